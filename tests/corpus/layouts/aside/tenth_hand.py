"""The tenth batch's blanks for the pen: a copied form with three numbers on a line, a ruled table, an act with gaps, lines in Cyrillic."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts
from tests.corpus.layouts.aside.blocks import row
from tests.corpus.layouts.aside.ends import CSS, ink, seal
from tests.corpus.layouts.aside.hand_parts import LINES_CSS, numbers, on
from tests.corpus.layouts.aside.pen import Pen
from tests.corpus.layouts.aside.tenth_desk import month, say
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style

_CSS = CSS + LINES_CSS


def _date(pen: Pen, facts: Facts, height: float = 5) -> str:
    return on(pen.number(f"{facts.reading_date:%d.%m.%Y}", height))


def _foot(pen: Pen, facts: Facts, style: Style, *, dated: bool = True) -> str:
    """Post and name by hand on lines, the signature between them, the report's day below."""
    who = f'{on(pen.words(facts.position))} <span class="hand">{ink(style, facts)}</span> {on(pen.words(facts.signatory))}'
    date = f'<div class="l">{say(style, "date")} {on(pen.number(f"{facts.report_date:%d.%m.%Y}", 4.8))}</div>' if dated else ""
    return f'<div class="close"><div class="l">{who}</div><div class="small">{say(style, "stamp")}</div>{date}{seal(style, facts, (50, 120), (-4, 8))}</div>'


def _kind(style: Style, facts: Facts, i: int = 0) -> str:
    return say(style, "hot_water" if facts.meters[i].kind is MeterKind.HOT_WATER else "heat")


def copied(facts: Facts, style: Style) -> Drawn:
    """Russian: «Показания: предыдущие __ текущие __ расход __» on one line, the contract beside the organisation."""
    m, pen = facts.meters[0], Pen(style.random)
    one = escape(style.unit(m.unit))
    before, now, used = (on(v) for v in numbers(pen, style, m))
    lines = [
        f"Организация {on(pen.words(facts.organization))} Дог. № {on(pen.number(facts.contract_number, 5.2))}",
        f"Адрес {on(pen.words(facts.address))}",
        f"ИНН {on(pen.number(facts.inn, 5))}",
        f"Теплосчетчик тип {on(pen.words(m.model))} зав.№ {on(pen.number(m.serial, 5.2))} ({_kind(style, facts)})",
        f"Показания: предыдущие {before} текущие {now}",
        f"расход {used} {one}",
        f"Показания сняты {_date(pen, facts)}",
    ]
    head = f'<h2 style="text-align:center">ОТЧЕТ<br>о потреблении тепловой энергии за {on(pen.words(month(facts)))} месяц {facts.period.year} г.</h2>'
    return Drawn(head + "".join(f'<div class="l">{line}</div>' for line in lines) + _foot(pen, facts, style), css=_CSS)


def table_by_hand(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: the form's table with an empty row to spare, everything in it by hand."""
    pen = Pen(style.random)
    one = escape(style.unit(facts.meters[0].unit))
    heads = ["T/r", "Zavod raqami", "Tizimi", f"{say(style, 'previous')}, {one}", f"{say(style, 'current')}, {one}", f"{say(style, 'consumption')}, {one}"]  # fmt: skip
    rows = row(heads, "th")
    for i, m in enumerate(facts.meters):
        rows += row([str(i + 1), pen.number(m.serial, 4.8), _kind(style, facts, i), *numbers(pen, style, m)])
    rows += row([str(len(facts.meters) + 1), *[""] * 5])
    lines = [
        f"{say(style, 'organization')} {on(pen.words(facts.organization))}",
        f"{say(style, 'address')} {on(pen.words(facts.address))}",
        f"{say(style, 'contract')} {on(pen.number(facts.contract_number, 5.2))} {say(style, 'inn')} {on(pen.number(facts.inn, 5))}",
        f"{say(style, 'reading_date')} {_date(pen, facts)}",
    ]
    head = f'<h2 style="text-align:center">Issiqlik energiyasi iste’moli to‘g‘risida hisobot<br>{facts.period.year}-yil {on(pen.words(month(facts)))} oyi</h2>'
    return Drawn(
        f'{head}{"".join(f"<div class=l>{line}</div>" for line in lines)}<table class="frame grid mid">{rows}</table>{_foot(pen, facts, style)}',
        css=_CSS,
        margins=(14, 16),
    )


def lines_in_cyrillic(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic: a value a line behind its label, dotted lines, the unit printed behind."""
    m, pen = facts.meters[0], Pen(style.random)
    one = escape(style.unit(m.unit))
    before, now, used = numbers(pen, style, m)
    said = [
        (say(style, "organization"), pen.words(facts.organization), ""),
        (say(style, "address"), pen.words(facts.address), ""),
        (say(style, "contract"), pen.number(facts.contract_number, 5.2), ""),
        (say(style, "inn"), pen.number(facts.inn, 5), ""),
        ("Ҳисоблагич русуми", pen.words(m.model), f"({_kind(style, facts)})"),
        ("Завод рақами", pen.number(m.serial, 5.2), ""),
        (say(style, "previous"), before, one),
        (say(style, "current"), now, one),
        (say(style, "consumption"), used, one),
        (say(style, "reading_date"), pen.number(f"{facts.reading_date:%d.%m.%Y}", 5), ""),
    ]
    lines = "".join(f'<div class="l">{label}: {on(value, True)} {behind}</div>' for label, value, behind in said)
    head = f'<h2 style="text-align:center">Иссиқлик энергияси истеъмоли тўғрисида ҲИСОБОТ<br>{facts.period.year} йил {on(pen.words(month(facts)))} ойи учун</h2>'
    return Drawn(head + lines + _foot(pen, facts, style), css=_CSS)


def act_with_gaps(facts: Facts, style: Style) -> Drawn:
    """Russian: «АКТ снятия показаний» with gaps in its sentences, a number a line."""
    m, pen = facts.meters[0], Pen(style.random)
    one = escape(style.unit(m.unit))
    before, now, used = (on(v) for v in numbers(pen, style, m))
    lines = [
        f"Мы, представители абонента {on(pen.words(facts.organization))},",
        f"находящегося по адресу {on(pen.words(facts.address))},",
        f"договор № {on(pen.number(facts.contract_number, 5.2))}, ИНН {on(pen.number(facts.inn, 5))}, сняли {_date(pen, facts)}",
        f"показания теплосчетчика {on(pen.words(m.model))} зав. № {on(pen.number(m.serial, 5.2))} ({_kind(style, facts)}):",
        f"предыдущее показание {before} {one};",
        f"текущее показание {now} {one};",
        f"расход {used} {one}.",
    ]
    head = f'<h2 style="text-align:center">АКТ<br>снятия показаний за {on(pen.words(month(facts)))} {facts.period.year} г.</h2>'
    return Drawn(head + "".join(f'<div class="l">{line}</div>' for line in lines) + _foot(pen, facts, style), css=_CSS, margins=(16, 20))
