"""The tenth batch's blanks for the pen that stay aside: a copied form with two numbers on a line, lines in Cyrillic."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from html import escape

from tests.corpus.facts import Facts
from tests.corpus.layouts.aside.hand_parts import numbers, on
from tests.corpus.layouts.aside.pen import Pen
from tests.corpus.layouts.aside.tenth_desk import month, say
from tests.corpus.layouts.aside.tenth_pen import CSS_OF_BLANKS, foot, kind_of, read_on
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def copied(facts: Facts, style: Style) -> Drawn:
    """Russian: «Показания: предыдущие __ текущие __ расход __» on one line, the contract beside the organisation."""
    m, pen = facts.meters[0], Pen(style.random)
    one = escape(style.unit(m.unit))
    before, now, used = (on(v) for v in numbers(pen, style, m))
    lines = [
        f"Организация {on(pen.words(facts.organization))} Дог. № {on(pen.number(facts.contract_number, 5.2))}",
        f"Адрес {on(pen.words(facts.address))}",
        f"ИНН {on(pen.number(facts.inn, 5))}",
        f"Теплосчетчик тип {on(pen.words(m.model))} зав.№ {on(pen.number(m.serial, 5.2))} ({kind_of(style, facts)})",
        f"Показания: предыдущие {before} текущие {now}",
        f"расход {used} {one}",
        f"Показания сняты {read_on(pen, facts)}",
    ]
    head = f'<h2 style="text-align:center">ОТЧЕТ<br>о потреблении тепловой энергии за {on(pen.words(month(facts)))} месяц {facts.period.year} г.</h2>'
    return Drawn(head + "".join(f'<div class="l">{line}</div>' for line in lines) + foot(pen, facts, style), css=CSS_OF_BLANKS)


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
        ("Ҳисоблагич русуми", pen.words(m.model), f"({kind_of(style, facts)})"),
        ("Завод рақами", pen.number(m.serial, 5.2), ""),
        (say(style, "previous"), before, one),
        (say(style, "current"), now, one),
        (say(style, "consumption"), used, one),
        (say(style, "reading_date"), pen.number(f"{facts.reading_date:%d.%m.%Y}", 5), ""),
    ]
    lines = "".join(f'<div class="l">{label}: {on(value, True)} {behind}</div>' for label, value, behind in said)
    head = f'<h2 style="text-align:center">Иссиқлик энергияси истеъмоли тўғрисида ҲИСОБОТ<br>{facts.period.year} йил {on(pen.words(month(facts)))} ойи учун</h2>'
    return Drawn(head + lines + foot(pen, facts, style), css=CSS_OF_BLANKS)
