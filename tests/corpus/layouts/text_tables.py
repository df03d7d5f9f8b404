"""Reports typed as plain text in a monospaced font: tables of | and -, of blanks, of box-drawing characters."""

from __future__ import annotations

from html import escape, unescape

from tests.corpus.facts import Facts
from tests.corpus.layouts import parts
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style

_CSS = "pre { white-space: pre; }"


def _cells(facts: Facts, style: Style) -> list[list[str]]:
    """Heading and rows, as plain text."""
    keys = ("number", "serial", "system", "previous_short", "current_short", "consumption", "unit")
    rows = [[unescape(style.label(k)) for k in keys]]
    for i, m in enumerate(facts.meters, 1):
        numbers = [style.number(getattr(m, k)) for k in ("previous", "current", "consumption")]
        rows.append([str(i), m.serial, unescape(style.kind(m.kind)), *numbers, style.unit(m.unit)])
    return rows


def _widths(rows: list[list[str]]) -> list[int]:
    return [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]


def _aligned(row: list[str], widths: list[int]) -> list[str]:
    return [cell.ljust(width) if i in (1, 2, 6) else cell.rjust(width) for i, (cell, width) in enumerate(zip(row, widths, strict=True))]


def _heading(facts: Facts, style: Style) -> str:
    lines = [
        unescape(style.label("title")).upper() if style.chance(0.4) else unescape(style.label("title")),
        style.month(facts.period),
        "",
        f"{unescape(style.label('organization'))}: {facts.organization}",
        f"{unescape(style.label('address'))}: {facts.address}",
        f"{unescape(style.label('contract'))} {facts.contract_number}    {unescape(style.label('inn'))}: {facts.inn}",
        f"{unescape(style.label('reading_date'))}: {style.date(facts.reading_date)}",
        "",
    ]
    return "\n".join(lines)


def _page(facts: Facts, style: Style, table: list[str]) -> Drawn:
    total = style.total(facts)
    closing = f"\n{unescape(style.label('total'))}: {total} {style.unit(facts.meters[0].unit)}" if total else ""
    date = f"\n\n{unescape(style.label('report_date'))}: {style.date(facts.report_date)}"
    text = escape(_heading(facts, style) + "\n".join(table) + closing + date)
    return Drawn(f"<pre>{text}</pre>{parts.signatory(style, facts)}", css=_CSS, margins=(15, 14))


def pipes(facts: Facts, style: Style) -> Drawn:
    """| cells | like | these |, with lines of dashes."""
    rows = _cells(facts, style)
    widths = _widths(rows)
    line = "-" * (sum(widths) + 3 * len(widths) + 1)
    table = [line, "| " + " | ".join(_aligned(rows[0], widths)) + " |", line]
    table += ["| " + " | ".join(_aligned(row, widths)) + " |" for row in rows[1:]]
    return _page(facts, style, [*table, line])


def typewriter(facts: Facts, style: Style) -> Drawn:
    """Columns aligned by blanks alone, a line of = under the heading."""
    rows = _cells(facts, style)
    widths = _widths(rows)
    table = ["   ".join(_aligned(row, widths)) for row in rows]
    return _page(facts, style, [table[0], "=" * len(table[0]), *table[1:]])


def box_drawing(facts: Facts, style: Style) -> Drawn:
    """Frames of box-drawing characters, as a program for a matrix printer makes them."""
    rows = _cells(facts, style)
    widths = _widths(rows)

    def frame(left: str, middle: str, right: str) -> str:
        return left + middle.join("─" * (width + 2) for width in widths) + right

    table = [frame("┌", "┬", "┐"), "│ " + " │ ".join(_aligned(rows[0], widths)) + " │", frame("├", "┼", "┤")]
    table += ["│ " + " │ ".join(_aligned(row, widths)) + " │" for row in rows[1:]]
    return _page(facts, style, [*table, frame("└", "┴", "┘")])
