"""Printed forms with blank places for the pen, of the sixth batch, that stay aside: rows of a ruled sheet, sentences with gaps."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from html import escape

from tests.corpus.facts import Facts
from tests.corpus.layouts.aside.blocks import row
from tests.corpus.layouts.aside.desk import kind, pair, say
from tests.corpus.layouts.aside.hand_parts import SHEET_CSS, numbers, on, requisites, sheet_foot, sheet_head
from tests.corpus.layouts.aside.pen import Pen
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def ruled_sheet(facts: Facts, style: Style) -> Drawn:
    """A sheet of two columns, label in print and value by hand in a high row."""
    m, pen = facts.meters[0], Pen(style.random)
    was, now = pair(style, facts)
    unit = escape(style.unit(m.unit))
    rows = [
        *requisites(pen, facts, style),
        (say(style, "meter"), pen.words(m.model)),
        (say(style, "serial"), pen.number(m.serial, 5.2)),
        (say(style, "system"), kind(style, m)),
    ]
    rows += [(f"{word}, {unit}", value) for word, value in zip((was, now, say(style, "consumption")), numbers(pen, style, m), strict=True)]
    table = "".join(row([label, value]) for label, value in rows)
    return Drawn(
        f'{sheet_head(pen, facts, style)}<table class="sheet">{table}</table>{sheet_foot(pen, facts, style)}',
        css=SHEET_CSS,
        margins=(14, 18),
    )


def gaps(facts: Facts, style: Style) -> Drawn:
    """An act in print whose sentences have gaps, two or three numbers in each."""
    m, pen = facts.meters[0], Pen(style.random)
    unit = escape(style.unit(m.unit))
    before, now, used = (on(value) for value in numbers(pen, style, m))
    serial, contract, inn = on(pen.number(m.serial, 5.2)), on(pen.number(facts.contract_number, 5.2)), on(pen.number(facts.inn, 5))
    day = on(pen.number(f"{facts.reading_date:%d.%m.%Y}", 5))
    body = (
        f"<div class='l'>Потребитель {on(pen.words(facts.organization))}</div><div class='l'>Адрес {on(pen.words(facts.address))}</div><div class='l'>Договор № {contract} ИНН {inn}</div>"
        f"<div class='l'>Теплосчетчик {on(pen.words(m.model))} зав. № {serial} ({kind(style, m)})</div><div class='l'>на дату {day} показывает {now} {unit},</div><div class='l'>по предыдущему отчету показывал {before} {unit},</div><div class='l'>расход за месяц составил {used} {unit}.</div>"
    )
    return Drawn(sheet_head(pen, facts, style) + body + sheet_foot(pen, facts, style), css=SHEET_CSS)
