"""Printed forms filled in by hand: on lines, in table cells, in comb boxes of one digit each."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from html import escape

from metering.units import MeterKind
from tests.corpus import ink
from tests.corpus.facts import Facts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts import parts
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style

_CSS = """
.fill { border-bottom: 0.25mm solid #444; padding: 0 3mm; display: inline-block; min-width: 24mm; }
.row { margin: 4.2mm 0; } .ink-text { white-space: nowrap; }
td, th { border: 0.3mm solid #222; padding: 1mm; text-align: center; font-weight: normal; font-size: 0.9em; }
.comb { display: inline-block; border: 0.3mm solid #333; width: 6.2mm; height: 7.5mm; text-align: center; margin-right: -0.3mm; vertical-align: middle; }
.hand { height: 6.4mm; vertical-align: -1.6mm; }
"""


def _fill(style: Style, text: str) -> str:
    return f'<span class="fill">{ink.written(style.random, text)}</span>'


def _kinds(facts: Facts, style: Style) -> str:
    return style.kind(facts.meters[0].kind)


def _month(facts: Facts, style: Style) -> str:
    words = {"ru": ("за", "{} г."), "uz": ("", "{}-yil"), "uz_cyrl": ("", "{} йил")}[style.language]
    return f"{words[0]} {_fill(style, MONTHS[style.language][facts.period.month - 1])} {words[1].format(facts.period.year)}"


def _top(facts: Facts, style: Style) -> str:
    title = f'<h1 style="text-align:center">{style.label("title")}</h1>'
    rows = [
        f"{style.label('organization')} {_fill(style, facts.organization)}",
        f"{style.label('address')} {_fill(style, facts.address)}",
        f"{style.label('contract')} {_fill(style, facts.contract_number)} {style.label('inn')} {_fill(style, facts.inn)}",
        f"{_month(facts, style)} {style.label('reading_date')} {_fill(style, f'{facts.reading_date:%d.%m.%Y}')}",
    ]
    return title + "".join(f'<div class="row">{row}</div>' for row in rows)


def _bottom(facts: Facts, style: Style) -> str:
    return f'<div class="row">{style.label("report_date")} {_fill(style, f"{facts.report_date:%d.%m.%Y}")}</div>{parts.signatory(style, facts)}'


def lines(facts: Facts, style: Style) -> Drawn:
    """Every value on its own printed line."""
    m = facts.meters[0]
    unit = escape(style.unit(m.unit))
    middle = [
        f"{style.label('meter')} {_fill(style, m.model)} {style.label('serial')} {_fill(style, m.serial)} ({_kinds(facts, style)})",
        f"{style.label('previous')} {_fill(style, style.number(m.previous))} {unit}",
        f"{style.label('current')} {_fill(style, style.number(m.current))} {unit}",
        f"{style.label('consumption')} {_fill(style, style.number(m.consumption))} {unit}",
    ]
    return Drawn(_top(facts, style) + "".join(f'<div class="row">{row}</div>' for row in middle) + _bottom(facts, style), css=_CSS)


def table(facts: Facts, style: Style) -> Drawn:
    """A printed table with values in ink."""
    unit = escape(style.unit(facts.meters[0].unit))
    heads = [style.label(k) for k in ("serial", "system")] + [f"{style.label(k)}, {unit}" for k in ("previous", "current", "consumption")]
    rows = ""
    for m in facts.meters:
        word = style.kind(MeterKind.HOT_WATER if m.kind is MeterKind.HOT_WATER else MeterKind.HEAT)
        written = [ink.written(style.random, style.number(getattr(m, k))) for k in ("previous", "current", "consumption")]
        cells = [ink.written(style.random, m.serial), word, *written]
        rows += "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    head = "<tr>" + "".join(f"<th>{h}</th>" for h in heads) + "</tr>"
    return Drawn(f"{_top(facts, style)}<table>{head}{rows}</table>{_bottom(facts, style)}", css=_CSS)


def comb(facts: Facts, style: Style) -> Drawn:
    """A box for each digit of the numbers that matter; the decimal mark is printed or written between boxes."""
    m = facts.meters[0]
    unit = escape(style.unit(m.unit))

    def boxes(text: str) -> str:
        return "".join(
            f'<span class="comb">{ink.written(style.random, c)}</span>' if c.isdigit() else f"<b>&nbsp;{escape(c)}&nbsp;</b>" for c in text
        )

    rows = [
        f"{style.label('organization')} {_fill(style, facts.organization)}",
        f"{style.label('address')} {_fill(style, facts.address)}",
        f"{style.label('contract')} {boxes(facts.contract_number)}",
        f"{style.label('inn')} {boxes(facts.inn)}",
        f"{_month(facts, style)} {style.label('reading_date')} {boxes(f'{facts.reading_date:%d.%m.%Y}')}",
        f"{style.label('serial')} {boxes(m.serial)} ({_kinds(facts, style)})",
        *(f"{style.label(k)} {boxes(style.number(getattr(m, k)))} {unit}" for k in ("previous", "current", "consumption")),
    ]
    title = f'<h1 style="text-align:center">{style.label("title")}</h1>'
    return Drawn(title + "".join(f'<div class="row">{row}</div>' for row in rows) + _bottom(facts, style), css=_CSS)
