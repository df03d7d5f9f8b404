"""The tenth batch's blanks for the pen that were shown: a ruled table, an act with gaps."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from html import escape

from tests.corpus.facts import Facts
from tests.corpus.layouts.aside.blocks import row
from tests.corpus.layouts.aside.hand_parts import numbers, on
from tests.corpus.layouts.aside.pen import Pen
from tests.corpus.layouts.aside.tenth_desk import month, say
from tests.corpus.layouts.aside.tenth_pen import CSS_OF_BLANKS, foot, kind_of, read_on
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def table_by_hand(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: the form's table with an empty row to spare, everything in it by hand."""
    pen = Pen(style.random)
    one = escape(style.unit(facts.meters[0].unit))
    heads = ["T/r", "Zavod raqami", "Tizimi", f"{say(style, 'previous')}, {one}", f"{say(style, 'current')}, {one}", f"{say(style, 'consumption')}, {one}"]  # fmt: skip
    rows = row(heads, "th")
    for i, m in enumerate(facts.meters):
        rows += row([str(i + 1), pen.number(m.serial, 4.8), kind_of(style, facts, i), *numbers(pen, style, m)])
    rows += row([str(len(facts.meters) + 1), *[""] * 5])
    lines = [
        f"{say(style, 'organization')} {on(pen.words(facts.organization))}",
        f"{say(style, 'address')} {on(pen.words(facts.address))}",
        f"{say(style, 'contract')} {on(pen.number(facts.contract_number, 5.2))} {say(style, 'inn')} {on(pen.number(facts.inn, 5))}",
        f"{say(style, 'reading_date')} {read_on(pen, facts)}",
    ]
    head = f'<h2 style="text-align:center">Issiqlik energiyasi iste’moli to‘g‘risida hisobot<br>{facts.period.year}-yil {on(pen.words(month(facts)))} oyi</h2>'
    return Drawn(
        f'{head}{"".join(f"<div class=l>{line}</div>" for line in lines)}<table class="frame grid mid">{rows}</table>{foot(pen, facts, style)}',
        css=CSS_OF_BLANKS,
        margins=(14, 16),
    )


def act_with_gaps(facts: Facts, style: Style) -> Drawn:
    """Russian: «АКТ снятия показаний» with gaps in its sentences, a number a line."""
    m, pen = facts.meters[0], Pen(style.random)
    one = escape(style.unit(m.unit))
    before, now, used = (on(v) for v in numbers(pen, style, m))
    lines = [
        f"Мы, представители абонента {on(pen.words(facts.organization))},",
        f"находящегося по адресу {on(pen.words(facts.address))},",
        f"договор № {on(pen.number(facts.contract_number, 5.2))}, ИНН {on(pen.number(facts.inn, 5))}, сняли {read_on(pen, facts)}",
        f"показания теплосчетчика {on(pen.words(m.model))} зав. № {on(pen.number(m.serial, 5.2))} ({kind_of(style, facts)}):",
        f"предыдущее показание {before} {one};",
        f"текущее показание {now} {one};",
        f"расход {used} {one}.",
    ]
    head = f'<h2 style="text-align:center">АКТ<br>снятия показаний за {on(pen.words(month(facts)))} {facts.period.year} г.</h2>'
    return Drawn(
        head + "".join(f'<div class="l">{line}</div>' for line in lines) + foot(pen, facts, style), css=CSS_OF_BLANKS, margins=(16, 20)
    )
