"""Blanks filled in by hand that are kept aside: boxes in a table, a grid."""

from __future__ import annotations

from html import escape

from tests.corpus.facts import Facts
from tests.corpus.layouts.aside.blocks import row
from tests.corpus.layouts.aside.hand_parts import LINES_CSS, day, foot, month, on, value
from tests.corpus.layouts.aside.pen import Pen
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def boxes(facts: Facts, style: Style) -> Drawn:
    """A box a digit, in the rows of a table without rules; the decimal point is printed between boxes, unused boxes stay empty."""
    m, pen = facts.meters[0], Pen(style.random)
    unit = escape(style.unit(m.unit))

    def comb(text: str, spare: int = 0) -> str:
        out = '<span class="b"></span>' * spare
        for c in text:
            out += f'<span class="b">{pen.number(c, 4.6)}</span>' if c.isdigit() else f"<b>{escape(c)}</b>&nbsp;"
        return out

    def value(text: str | None) -> str:
        text = text or ""
        return comb(text.replace(".", ",") if style.comma else text, spare=max(0, 8 - len(text.partition(".")[0])))

    rows = [
        (style.label("organization"), pen.words(facts.organization)),
        (style.label("address"), pen.words(facts.address)),
        (style.label("contract"), comb(facts.contract_number)),
        (style.label("inn"), comb(facts.inn)),
        (style.label("reading_date"), comb(f"{facts.reading_date:%d.%m.%Y}")),
        (style.label("serial"), f"{comb(m.serial)} {style.kind(m.kind)}"),
        *((f"{style.label(k)}, {unit}", value(getattr(m, k))) for k in ("previous", "current", "consumption")),
    ]
    title = f'<h2 style="text-align:center">{style.label("title")}<br>{month(pen, style, facts)}</h2>'
    table = "".join(row([label, content]) for label, content in rows)
    return Drawn(f'{title}<table class="boxes">{table}</table>{foot(pen, facts, style)}', css=LINES_CSS)


def grid(facts: Facts, style: Style) -> Drawn:
    """A printed grid with empty rows to spare; serials, indexes and difference by hand, the unit in the heading."""
    unit, pen = escape(style.unit(facts.meters[0].unit)), Pen(style.random)
    keys = ("previous", "current", "consumption")
    rows = row([style.label("number"), style.label("serial"), style.label("system"), *(f"{style.label(k)}, {unit}" for k in keys)], "th")
    for i, m in enumerate(facts.meters, 1):
        rows += row([str(i), pen.number(m.serial, 4.6), style.kind(m.kind), *(value(pen, style, getattr(m, k)) for k in keys)])
    rows += row([""] * 6) * style.random.randint(0, 2)
    top = [
        f"{style.label('organization')} {on(pen.words(facts.organization))}",
        f"{style.label('address')} {on(pen.words(facts.address))}",
        f"{style.label('contract')} {on(pen.number(facts.contract_number, 5.2))} {style.label('inn')} {on(pen.number(facts.inn, 5))}",
        f"{style.label('reading_date')} {day(pen, style, facts, roman=False)}",
    ]
    title = f'<h2 style="text-align:center">{style.label("title")}<br>{month(pen, style, facts)}</h2>'
    lines = "".join(f'<div class="l">{line}</div>' for line in top)
    return Drawn(f'{title}{lines}<table class="frame">{rows}</table>{foot(pen, facts, style)}', css=LINES_CSS)
