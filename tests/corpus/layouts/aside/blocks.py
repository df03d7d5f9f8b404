"""What pages that are kept aside share: the block of requisites, and the end of the page, at times with the stamp over the digits."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from collections.abc import Callable
from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts, MeterFacts
from tests.corpus.marks import picture, signature, stamp
from tests.corpus.style import Style

#: How often a stamp was set higher up, over the last lines of numbers.
OVER_NUMBERS = 0.15

CSS = """
.end { position: relative; margin-top: 9mm; page-break-inside: avoid; }
.who { margin: 3mm 0 5mm 0; white-space: nowrap; }
.who > span { display: inline-block; } .who .what { min-width: 55mm; padding-right: 3mm; } .who .pen { width: 42mm; height: 6mm; position: relative; }
.end .seal { position: absolute; width: 39mm; }
.boxed td { border: 0.25mm solid #333; text-align: left; padding: 0.8mm 1.6mm; } .boxed { margin: 3mm 0; }
.frame td, .frame th { border: 0.3mm solid #111; padding: 1mm 1.2mm; text-align: center; vertical-align: middle; font-weight: normal; }
h2 { font-size: 1.1em; margin: 4mm 0; }
"""


def requisites(style: Style, facts: Facts, *, with_reading_date: bool = True) -> str:
    """Organisation, address, contract, INN and the day of the readings: in a frame, in two columns without one, or on lines."""
    pairs = [
        (style.label("organization"), facts.organization),
        (style.label("address"), facts.address),
        (style.label("contract"), facts.contract_number),
        (style.label("inn"), facts.inn),
    ]
    if with_reading_date:
        pairs.append((style.label("reading_date"), style.date(facts.reading_date)))
    shape = style.random.choice(("boxed", "bare", "lines", "joined"))
    if shape in ("boxed", "bare"):
        rows = "".join(f"<tr><td>{label}</td><td>{escape(value)}</td></tr>" for label, value in pairs)
        return f'<table class="{shape}">{rows}</table>'
    lines = [f"{label}{_colon(style, label)} {escape(value)}" for label, value in pairs]
    if shape == "joined":
        lines = [f"{lines[2]}, {lines[3]}", lines[0], lines[1], *lines[4:]]
    return "".join(f"<div>{line}</div>" for line in lines)


def _colon(style: Style, label: str) -> str:
    return "" if label.endswith(("№", ":", "N")) else style.colon or ":"


def heading(style: Style, facts: Facts) -> str:
    return f'<h2 style="text-align:{style.random.choice(("center", "left"))}">{style.label("title")}<br>{style.month(facts.period)}</h2>'


def row(cells: list[str], tag: str = "td") -> str:
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"


def total_row(
    style: Style,
    facts: Facts,
    word: Callable[[], str],
    span: int = 1,
    *,
    before: int = 0,
    between: int = 0,
    after: int = 0,
    right: bool = False,
) -> str:
    """The row with the sum of the meters' rows, or nothing where there is none; only then is its word asked for.

    span: of the word's cell; before, between (word and sum), after: empty cells.
    """
    summed = style.total(facts)
    if not summed:
        return ""
    wide = (f' colspan="{span}"' if span > 1 else "") + (' style="text-align:right"' if right else "")
    empty = "<td></td>"
    return f'<tr>{empty * before}<td{wide}>{word()}</td>{empty * between}<td class="n">{summed}</td>{empty * after}</tr>'


def numbers(style: Style, meter: MeterFacts) -> list[str]:
    return [style.number(meter.previous), style.number(meter.current), style.number(meter.consumption)]


def meter_row(style: Style, meter: MeterFacts, *first: str, unit: str = "") -> str:
    """A meter's row: the cells before its numbers, the numbers, and the unit `behind` the consumption, in a cell `apart`, or said elsewhere."""
    cells = numbers(style, meter)
    if unit == "behind":
        cells[2] += f" {escape(style.unit(meter.unit))}"
    elif unit == "apart":
        cells.append(escape(style.unit(meter.unit)))
    return row([*first, *cells])


def end(style: Style, facts: Facts, *, dated: bool = True) -> str:
    """Date, position, ink and name in one of three orders; the stamp left, right, over the name, or over the numbers above."""
    random = style.random
    ink = ""
    if facts.signature_present:
        ink = f'<img style="position:absolute; width:44mm; left:{random.uniform(-4, 8):.0f}mm; bottom:{random.uniform(-6, 1):.0f}mm" src="{picture(signature(random, 44))}">'
    line = random.choice(("border-bottom: 0.3mm solid #333", "border-bottom: 0.3mm dotted #333", ""))
    pen = f'<span class="pen" style="{line}">{ink}</span>'
    name = escape(facts.signatory)
    if random.random() < 0.5:
        surname, initials = facts.signatory.split()
        name = escape(f"{initials} {surname}")
    shown = random.choice((f"{name}", f"/{name}/", f"({name})"))
    what = f'<span class="what">{escape(facts.position)}</span>'
    who = f'<div class="who">{what}{pen} <span>&nbsp;{shown}</span></div>'
    if random.random() < 0.2:
        who = f'<div class="who">{what}<span>{shown}</span> {pen}</div>'
    hint = f'<div class="small" style="margin-left:60mm">{style.label("signature")}</div>' if random.random() < 0.3 else ""
    place = f'<div class="small">{style.label("stamp")}</div>' if random.random() < 0.8 else ""
    date = f"<div>{style.label('report_date')}{style.colon or ':'} {style.date(facts.report_date)}</div>" if dated else ""
    return f'<div class="end">{date}{who}{hint}{place}{_seal(style, facts)}</div>'


def _seal(style: Style, facts: Facts) -> str:
    if not facts.stamp_present:
        return ""
    random = style.random
    if random.random() < OVER_NUMBERS:
        left, top = random.uniform(70, 130), random.uniform(-40, -26)
    else:
        left, top = random.choice((random.uniform(0, 30), random.uniform(55, 120))), random.uniform(-8, 8)
    return f'<img class="seal" style="left:{left:.0f}mm; top:{top:.0f}mm" src="{picture(stamp(random, facts))}">'


def said_kind(m: MeterFacts, heat: str, water: str) -> str:
    return water if m.kind is MeterKind.HOT_WATER else heat
