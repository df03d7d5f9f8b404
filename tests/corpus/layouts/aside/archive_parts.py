"""What the printouts since the fourth batch share: days of an archive and the lines of their log, columns of text, ruled tables, and who signs below."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from tests.corpus.facts import Facts
from tests.corpus.layouts.aside.blocks import row
from tests.corpus.layouts.aside.ends import CSS, ink, seal
from tests.corpus.layouts.aside.printouts import energies
from tests.corpus.layouts.aside.trade import MONOSPACE
from tests.corpus.style import Style

DAY = dt.timedelta(days=1)
_MASSES = ("supply", "back", "lost")
_DEGREES = ("hot", "cold", "drop")
_NAMES = ("energy", *_MASSES, *_DEGREES)
#: Letters that real programs mix: Latin ones in Cyrillic words, where they look alike.
LATIN = str.maketrans("аеорсух", "aeopcyx")


@dataclass(frozen=True, slots=True)
class Day:
    date: dt.date
    energy: str
    supply: str
    back: str
    lost: str
    hot: str
    cold: str
    drop: str


def archive(facts: Facts, style: Style) -> list[Day]:
    """Rows of an archive: the energies add up to the consumption."""
    random, days = style.random, []
    for date, energy in energies(random, facts):
        mass, lost, hot = (
            Decimal(random.randint(2000, 30000)) / 100,
            Decimal(random.randint(2, 60)) / 100,
            Decimal(random.randint(580, 860)) / 10,
        )
        drop = Decimal(random.randint(160, 320)) / 10
        days.append(Day(date, energy, f"{mass:.2f}", f"{mass - lost:.2f}", f"{lost:.2f}", f"{hot:.1f}", f"{hot - drop:.1f}", f"{drop:.1f}"))
    return days


def total(days: list[Day], name: str) -> str:
    return str(sum((Decimal(getattr(day, name)) for day in days), Decimal(0)))


def totals(style: Style, word: str, consumption: str, days: list[Day], *names: str) -> list[str]:
    """The beginning of the row below the days: its word, the energy, and the sums of the named columns."""
    return [word, style.number(consumption), *(style.number(total(days, name)) for name in names)]


def mean(days: list[Day], name: str) -> str:
    return f"{sum(Decimal(getattr(day, name)) for day in days) / len(days):.1f}"


def logged(
    style: Style,
    consumption: str,
    days: list[Day],
    head: list[list[str]],
    pattern: str,
    columns: Sequence[str | tuple[str, ...]],
    sums: str,
    means: str = "",
) -> list[list[str]]:
    """The lines of a log: heads, a line a day, the sums of the days and, where the program prints them, the means; `sums` and `means` are their words.

    columns, after the day's own: a name of Day, or what stands there every day: hours (`24.00`), zeros, pressures, flags of which one is drawn.
    """
    n = style.number

    def cell(day: Day, column: str | tuple[str, ...]) -> str:
        if isinstance(column, tuple):
            return style.random.choice(column)
        return n(getattr(day, column) if column in _NAMES else column)

    def summed(column: str | tuple[str, ...]) -> str:
        if column == "energy":
            return n(consumption)
        if column in _MASSES:
            return n(total(days, str(column)))
        if isinstance(column, str) and column.startswith("24"):
            return n(hours(days, len(column.partition(".")[2])))
        return n(column) if isinstance(column, str) and set(column) <= set("0.") else ""

    def averaged(column: str | tuple[str, ...]) -> str:
        if column in _DEGREES:
            return n(mean(days, str(column)))
        pressure = isinstance(column, str) and column not in _NAMES and not column.startswith("24") and column.strip("0.-")
        return n(str(column)) if pressure else ""

    lines = [*head, *([f"{day.date:{pattern}}", *(cell(day, column) for column in columns)] for day in days)]
    lines.append([sums, *map(summed, columns)])
    return [*lines, *([[means, *map(averaged, columns)]] if means else [])]


def counter(style: Style) -> Decimal:
    """What another integrator of the same calculator stands at."""
    return Decimal(style.random.randint(10**6, 9 * 10**6)) / 100


def integrators(
    facts: Facts, style: Style, days: list[Day], energy: str, worked: int, *, decimals: int = 0
) -> list[tuple[str, str, str, str]]:
    """Name, start, end and difference of the month's energy, of a mass and of the hours of work, as the calculator's own counters have them."""
    m, n, mass, used = facts.meters[0], style.number, counter(style), total(days, "supply")
    hour = "." + "0" * decimals if decimals else ""
    return [
        (energy, n(m.previous), n(m.current), n(m.consumption)),
        ("M1, т", n(str(mass)), n(str(mass + Decimal(used))), n(used)),
        ("Tраб, ч", n(f"{worked}{hour}"), n(f"{worked + 24 * len(days)}{hour}"), n(hours(days, decimals))),
    ]


def columns(lines: list[list[str]], between: str = "  ") -> str:
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    return "\n".join(between.join(c.rjust(w) for c, w in zip(line, widths, strict=True)) for line in lines)


def ruled(lines: list[list[str]], head: int = 1) -> str:
    return (
        '<table class="log">'
        + "".join(row([escape(c) for c in line], "th" if i < head else "td") for i, line in enumerate(lines))
        + "</table>"
    )


def css(style: Style, *, monospace: bool = True) -> str:
    font = style.random.choice(MONOSPACE if monospace else ("Liberation Sans", "PT Sans Narrow", "Liberation Serif"))
    return (
        CSS
        + f'body {{ font-family: "{font}"; font-size: 8.6pt }} pre {{ font-family: "{font}"; white-space: pre; font-size: 7.4pt; line-height: 1.25; margin: 0 }}'
        ".log { font-size: 7.4pt; margin: 2mm 0 } .log td, .log th { border: 0.2mm solid #333; padding: 0.3mm 0.9mm; text-align: right; font-weight: normal } .log th { text-align: center } .close { margin-top: 4mm; font-size: 9pt }"
    )


def foot(style: Style, facts: Facts, ours: str, theirs: str = "", printed: str = "Дата составления") -> str:
    """Who signs under a printout: the customer, and at times a line for the supplier's man; the customer typed the date."""
    post = escape(facts.position) if facts.position == ours else f"{ours}: {escape(facts.position)}"
    who = f"{post} <span class='hand'>{ink(style, facts)}</span> {escape(facts.signatory)}"
    other = f"<div style='margin-top:4mm'>{theirs} <span class='hand'></span></div>" if theirs else ""
    return f'<div class="close"><div>{printed}: {facts.report_date:%d.%m.%Y}</div><div style="margin-top:5mm">{who}</div>{other}<div class="small">М.П.</div>{seal(style, facts, (60, 125), (-2, 6))}</div>'


def hours(days: list[Day], decimals: int = 2) -> str:
    return f"{24 * len(days)}.{'0' * decimals}" if decimals else str(24 * len(days))
