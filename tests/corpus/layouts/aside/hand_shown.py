"""Blanks for the pen that were shown: a school's copied form, combs in cells, captions below lines, a column a meter, two blanks on a line, a slip."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from html import escape

from tests.corpus.facts import Facts
from tests.corpus.layouts.aside.blocks import row
from tests.corpus.layouts.aside.desk import kind, pair, say
from tests.corpus.layouts.aside.hand_parts import (
    LINES_CSS,
    SHEET_CSS,
    day,
    foot,
    month,
    numbers,
    on,
    requisites,
    sheet_foot,
    sheet_head,
    value,
)
from tests.corpus.layouts.aside.pen import Pen
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def school(facts: Facts, style: Style) -> Drawn:
    """A copied form: three numbers on one line behind their words, the day with a Roman month, the meter's kind in print."""
    m, random, pen = facts.meters[0], style.random, Pen(style.random)
    unit, dots = escape(style.unit(m.unit)), random.random() < 0.5
    lines = [
        f"{style.label('organization')} {on(pen.words(facts.organization), dots)}",
        f"{style.label('address')} {on(pen.words(facts.address), dots)}",
        f"{style.label('contract')} {on(pen.number(facts.contract_number, 5.2), dots)} &nbsp; {style.label('inn')} {on(pen.number(facts.inn, 5), dots)}",
        f"{style.label('meter')} {on(pen.words(m.model), dots)} &nbsp; {style.label('serial')} {on(pen.number(m.serial, 5.2), dots)}",
        f"{style.kind(m.kind)}: {style.label('previous_short')} {on(value(pen, style, m.previous), dots)} {style.label('current_short')} {on(value(pen, style, m.current), dots)}",
        f"{style.label('consumption')} {on(value(pen, style, m.consumption), dots)} {unit}",
        f"{style.label('reading_date')} {day(pen, style, facts, roman=random.random() < 0.5)}",
    ]
    title = f'<h2 style="text-align:center">{style.label("title")}<br>{month(pen, style, facts)}</h2>'
    return Drawn(title + "".join(f'<div class="l">{line}</div>' for line in lines) + foot(pen, facts, style), css=LINES_CSS)


def combs(facts: Facts, style: Style) -> Drawn:
    """Uzbek: combs drawn as little tables, a cell a digit, the comma printed between two cells."""
    m, pen = facts.meters[0], Pen(style.random)
    unit = escape(style.unit(m.unit))
    was, now = pair(style, facts)

    def comb(text: str | None, cells: int = 0) -> str:
        whole = (text or "").partition(".")[0]
        out = "<td></td>" * max(0, cells - len(whole))
        for c in text or "":
            out += f"<td>{pen.number(c, 4.6)}</td>" if c.isdigit() else f'<td class="mark">{"," if c == "." and cells else escape(c)}</td>'
        return f'<table class="comb"><tr>{out}</tr></table>'

    rows = [
        (say(style, "organization"), pen.words(facts.organization)),
        (say(style, "address"), pen.words(facts.address)),
        (say(style, "contract"), comb(facts.contract_number)),
        (say(style, "inn"), comb(facts.inn)),
        (say(style, "reading_date"), comb(f"{facts.reading_date:%d.%m.%Y}")),
        (f"{say(style, 'serial')} ({kind(style, m)})", comb(m.serial)),
        (f"{was}, {unit}", comb(m.previous, 7)),
        (f"{now}, {unit}", comb(m.current, 7)),
        (f"{say(style, 'consumption')}, {unit}", comb(m.consumption, 7)),
    ]
    table = "".join(f'<tr><td style="padding:1.2mm 3mm 1.2mm 0; width:44%">{label}</td><td>{value}</td></tr>' for label, value in rows)
    return Drawn(f"{sheet_head(pen, facts, style)}<table>{table}</table>{sheet_foot(pen, facts, style)}", css=SHEET_CSS, margins=(14, 18))


def captions(facts: Facts, style: Style) -> Drawn:
    """Russian: values on lines, what they are in small print under each line."""
    m, pen = facts.meters[0], Pen(style.random)
    unit = escape(style.unit(m.unit))
    was, now = pair(style, facts)

    def under(*cells: tuple[str, str]) -> str:
        above = "".join(f'<td class="v">{value}</td>' for _, value in cells)
        below = "".join(f'<td class="small">({label})</td>' for label, _ in cells)
        return f'<table class="cap"><tr>{above}</tr><tr>{below}</tr></table>'

    said = requisites(pen, facts, style)
    body = under(said[0]) + under(said[1]) + under(said[2], said[3])
    body += under(
        (say(style, "meter"), pen.words(m.model)), (say(style, "serial"), pen.number(m.serial, 5.2)), (say(style, "system"), kind(style, m))
    )
    body += under(
        *((f"{word}, {unit}", value) for word, value in zip((was, now, say(style, "consumption")), numbers(pen, style, m), strict=True))
    )
    return Drawn(sheet_head(pen, facts, style) + body + under(said[4]) + sheet_foot(pen, facts, style), css=SHEET_CSS)


def columns(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic: a ruled sheet with a column for each of three meters, those without a meter left empty."""
    pen, spare = Pen(style.random), 3 - len(facts.meters)
    unit = escape(style.unit(facts.meters[0].unit))
    was, now = pair(style, facts, short=True)
    each = [numbers(pen, style, m) for m in facts.meters]
    rows = row(["", *(f"{i}-ҳисоблагич" for i in range(1, 4))]) + row(
        [say(style, "serial"), *(pen.number(m.serial, 4.6) for m in facts.meters), *[""] * spare]
    )
    rows += row([say(style, "system"), *(kind(style, m) for m in facts.meters), *[""] * spare])
    rows += "".join(
        row([f"{word}, {unit}", *(n[i] for n in each), *[""] * spare]) for i, word in enumerate((was, now, say(style, "consumption")))
    )
    lines = "".join(f'<div class="l">{label} {on(value)}</div>' for label, value in requisites(pen, facts, style))
    return Drawn(
        f'{sheet_head(pen, facts, style)}{lines}<table class="sheet mid">{rows}</table>{sheet_foot(pen, facts, style)}',
        css=SHEET_CSS + ".sheet td:first-child { width: 28% }",
        margins=(14, 18),
    )


def two_on_a_line(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: lines with two blanks each, the numbers of the meter on the last ones."""
    m, pen = facts.meters[0], Pen(style.random)
    unit = escape(style.unit(m.unit))
    was, now = pair(style, facts)
    before, current, used = numbers(pen, style, m)
    said = requisites(pen, facts, style)
    lines = [f"{said[0][0]} {on(said[0][1])}", f"{said[1][0]} {on(said[1][1])}", f"{said[2][0]} {on(said[2][1])} {said[3][0]} {on(said[3][1])}", f"{said[4][0]} {on(said[4][1])}",
             f"{say(style, 'meter')} {on(pen.words(m.model))} {say(style, 'serial')} {on(pen.number(m.serial, 5.2))} ({kind(style, m)})", f"{was} {on(before)} {unit}", f"{now} {on(current)} {unit}", f"{say(style, 'consumption')} {on(used)} {unit}"]  # fmt: skip
    return Drawn(
        sheet_head(pen, facts, style) + "".join(f'<div class="l">{line}</div>' for line in lines) + sheet_foot(pen, facts, style),
        css=SHEET_CSS,
    )


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
        *(under(f"{style.label(k)}, {unit}", value(pen, style, getattr(m, k)), 46) for k in ("previous", "current", "consumption")),
    ]
    title = f'<h2 style="text-align:center">{style.label("title")}: {style.kind(m.kind)}<br>{month(pen, style, facts)}</h2>'
    return Drawn(title + "".join(parts) + foot(pen, facts, style), css=LINES_CSS, margins=(16, 20))
