"""Blanks filled in by hand that are kept aside: a school's copied form, boxes in a table, a grid, a slip of half a page."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from html import escape

from tests.corpus.facts import Facts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts.aside.blocks import CSS, end, row
from tests.corpus.layouts.aside.pen import Pen
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_CSS = (
    CSS
    + """
.on { border-bottom: 0.25mm solid #333; display: inline-block; padding: 0 2mm; min-width: 20mm; white-space: nowrap } .dots { border-bottom-style: dotted }
.l { margin: 3.6mm 0; } .frame td { height: 9mm; } .b { display: inline-block; width: 5.6mm; height: 7.4mm; border: 0.25mm solid #555; margin-right: 0.5mm; text-align: center; vertical-align: middle; overflow: hidden }
.boxes td { padding: 1.2mm 2mm 1.2mm 0; text-align: left; vertical-align: middle }
"""
)


def _on(content: str, dots: bool = False) -> str:
    return f'<span class="on{" dots" if dots else ""}">{content}</span>'


def _value(pen: Pen, style: Style, value: str | None) -> str:
    """As people write it: with a comma, never with thousands parted; sometimes a dash for the comma."""
    if value is None:
        return "—"
    mark = "-" if style.random.random() < 0.05 else "," if style.comma else "."
    return pen.number(value.replace(".", mark), 5.2, may_strike=True)


def _day(pen: Pen, style: Style, facts: Facts, *, roman: bool) -> str:
    """«24» XI 2026 with a Roman month, or all in digits."""
    day = facts.reading_date
    if roman:
        return f"« {_on(pen.number(f'{day.day:02d}', 5))} » {_on(pen.words(ROMAN[day.month - 1]))} {day.year} {_YEAR[style.language]}"
    return _on(pen.number(f"{day:%d.%m.%Y}", 5))


_YEAR = {"ru": "г.", "uz": "y.", "uz_cyrl": "й."}


def _month(pen: Pen, style: Style, facts: Facts) -> str:
    name = pen.words(MONTHS[style.language][facts.period.month - 1])
    if style.language == "ru":
        return f"за {_on(name)} месяц {facts.period.year} г."
    return f"{facts.period.year}-yil {_on(name)} oyi uchun" if style.language == "uz" else f"{facts.period.year}-йил {_on(name)} ойи учун"


def school(facts: Facts, style: Style) -> Drawn:
    """A copied form: three numbers on one line behind their words, the day with a Roman month, the meter's kind in print."""
    m, random, pen = facts.meters[0], style.random, Pen(style.random)
    unit, dots = escape(style.unit(m.unit)), random.random() < 0.5
    lines = [
        f"{style.label('organization')} {_on(pen.words(facts.organization), dots)}",
        f"{style.label('address')} {_on(pen.words(facts.address), dots)}",
        f"{style.label('contract')} {_on(pen.number(facts.contract_number, 5.2), dots)} &nbsp; {style.label('inn')} {_on(pen.number(facts.inn, 5), dots)}",
        f"{style.label('meter')} {_on(pen.words(m.model), dots)} &nbsp; {style.label('serial')} {_on(pen.number(m.serial, 5.2), dots)}",
        f"{style.kind(m.kind)}: {style.label('previous_short')} {_on(_value(pen, style, m.previous), dots)} {style.label('current_short')} {_on(_value(pen, style, m.current), dots)}",
        f"{style.label('consumption')} {_on(_value(pen, style, m.consumption), dots)} {unit}",
        f"{style.label('reading_date')} {_day(pen, style, facts, roman=random.random() < 0.5)}",
    ]
    title = f'<h2 style="text-align:center">{style.label("title")}<br>{_month(pen, style, facts)}</h2>'
    return Drawn(title + "".join(f'<div class="l">{line}</div>' for line in lines) + _end(pen, facts, style), css=_CSS)


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
    title = f'<h2 style="text-align:center">{style.label("title")}<br>{_month(pen, style, facts)}</h2>'
    table = "".join(row([label, content]) for label, content in rows)
    return Drawn(f'{title}<table class="boxes">{table}</table>{_end(pen, facts, style)}', css=_CSS)


def grid(facts: Facts, style: Style) -> Drawn:
    """A printed grid with empty rows to spare; serials, indexes and difference by hand, the unit in the heading."""
    unit, pen = escape(style.unit(facts.meters[0].unit)), Pen(style.random)
    keys = ("previous", "current", "consumption")
    rows = row([style.label("number"), style.label("serial"), style.label("system"), *(f"{style.label(k)}, {unit}" for k in keys)], "th")
    for i, m in enumerate(facts.meters, 1):
        rows += row([str(i), pen.number(m.serial, 4.6), style.kind(m.kind), *(_value(pen, style, getattr(m, k)) for k in keys)])
    rows += row([""] * 6) * style.random.randint(0, 2)
    top = [
        f"{style.label('organization')} {_on(pen.words(facts.organization))}",
        f"{style.label('address')} {_on(pen.words(facts.address))}",
        f"{style.label('contract')} {_on(pen.number(facts.contract_number, 5.2))} {style.label('inn')} {_on(pen.number(facts.inn, 5))}",
        f"{style.label('reading_date')} {_day(pen, style, facts, roman=False)}",
    ]
    title = f'<h2 style="text-align:center">{style.label("title")}<br>{_month(pen, style, facts)}</h2>'
    lines = "".join(f'<div class="l">{line}</div>' for line in top)
    return Drawn(f'{title}{lines}<table class="frame">{rows}</table>{_end(pen, facts, style)}', css=_CSS)


def slip(facts: Facts, style: Style) -> Drawn:
    """Half a page, label above its line."""
    m, pen = facts.meters[0], Pen(style.random)
    unit = escape(style.unit(m.unit))

    def under(label: str, content: str, wide: int) -> str:
        return f'<div style="display:inline-block; width:{wide}mm; margin:1.6mm 3mm 1.6mm 0; vertical-align:bottom"><div class="small">{label}</div><div style="border-bottom:0.25mm solid #333; height:8mm">{content}</div></div>'

    parts = [
        under(style.label("organization"), pen.words(facts.organization), 88),
        under(style.label("contract"), pen.number(facts.contract_number, 5.2), 34),
        under(style.label("address"), pen.words(facts.address), 124),
        under(style.label("inn"), pen.number(facts.inn, 5), 46),
        under(style.label("serial"), pen.number(m.serial, 5.2), 46),
        under(style.label("reading_date"), pen.number(f"{facts.reading_date:%d.%m.%Y}", 5), 46),
        *(under(f"{style.label(k)}, {unit}", _value(pen, style, getattr(m, k)), 46) for k in ("previous", "current", "consumption")),
    ]
    title = f'<h2 style="text-align:center">{style.label("title")}: {style.kind(m.kind)}<br>{_month(pen, style, facts)}</h2>'
    return Drawn(title + "".join(parts) + _end(pen, facts, style), css=_CSS, margins=(16, 20))


def _end(pen: Pen, facts: Facts, style: Style) -> str:
    date = pen.number(f"{facts.report_date:%d.%m.%Y}", 4.8)
    return f'<div class="l">{style.label("report_date")} {_on(date)}</div>{end(style, facts, dated=False)}'
