"""The geometry of charts: from values to the places of bars, lines and ticks in an SVG (macros in templates/pages/charts.html.j2)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_LEFT, _TOP, _RIGHT, _BOTTOM = 56, 10, 10, 26  # room around the plot, in units of the viewBox
_WIDEST = 40  # of a bar


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the plot with what it says beside it."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar, or point of a line: x, y of its top, its width and height; centre: where the label below it stands."""

    x: float
    y: float
    width: float
    height: float
    centre: float
    label: str
    value: str
    series: int = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """width, height: of the viewBox; baseline: y of zero; labelled: the marks whose label has room."""

    width: int
    height: int
    left: int
    right: int
    baseline: float
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    labelled: tuple[Mark, ...]

    @property
    def points(self) -> str:
        """The marks' tops as the points of a polyline."""
        return " ".join(f"{mark.centre:.1f},{mark.y:.1f}" for mark in self.marks)


def bars(values: Sequence[tuple[str, Sequence[Decimal | int | None]]], width: int = 640, height: int = 200) -> Chart:
    """Bars from zero, one column a label; several values of a label are stacked, the first at the bottom."""
    top = max((sum(_float(v) for v in column) for _, column in values), default=0.0)
    low, high, step = _scale(0.0, top)
    slot = (width - _LEFT - _RIGHT) / max(1, len(values))
    marks, feet = [], []
    for place, (label, column) in enumerate(values):
        wide = min(slot * 0.7, _WIDEST)
        foot, x = 0.0, _LEFT + place * slot + (slot - wide) / 2
        for series, value in enumerate(column):
            upper, lower = _y(foot + _float(value), low, high, height), _y(foot, low, high, height)
            if value:
                marks.append(Mark(x, upper, wide, lower - upper, x + wide / 2, label, _number(value), series))
            foot += _float(value)
        feet.append(Mark(x, height - _BOTTOM, wide, 0, x + wide / 2, label, ""))
    return Chart(
        width,
        height,
        _LEFT,
        width - _RIGHT,
        _y(0, low, high, height),
        _ticks(low, high, step, height),
        tuple(marks),
        _with_room(feet, slot),
    )


def single(values: Sequence[tuple[str, Decimal | int | None]]) -> list[tuple[str, list[Decimal | int | None]]]:
    """Values of one series, as `bars` takes them."""
    return [(label, [value]) for label, value in values]


def line(values: Sequence[tuple[str, Decimal | int | None]], width: int = 640, height: int = 200) -> Chart:
    """A line through the values that are known; the axis need not begin at zero (an index grows for ever)."""
    known = [_float(value) for _, value in values if value is not None]
    low, high, step = _scale(min(known, default=0.0), max(known, default=0.0))
    slot = (width - _LEFT - _RIGHT) / max(1, len(values))
    places = [(_LEFT + (place + 0.5) * slot, label, value) for place, (label, value) in enumerate(values)]
    marks = tuple(Mark(x, _y(_float(v), low, high, height), 0, 0, x, label, _number(v)) for x, label, v in places if v is not None)
    feet = [Mark(x, height - _BOTTOM, 0, 0, x, label, "") for x, label, _ in places]
    return Chart(
        width, height, _LEFT, width - _RIGHT, float(height - _BOTTOM), _ticks(low, high, step, height), marks, _with_room(feet, slot)
    )


def _scale(low: float, high: float) -> tuple[float, float, float]:
    """Round ends and a round step for an axis that holds both, of about four steps."""
    span = (high - low) or abs(high) or 1.0
    raw = span / 4
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= raw * 0.999)
    start = math.floor(low / step) * step
    return start, max(math.ceil(high / step) * step, start + step), step


def _ticks(low: float, high: float, step: float, height: int) -> tuple[Tick, ...]:
    count = round((high - low) / step)
    return tuple(Tick(_y(low + i * step, low, high, height), _number(Decimal(repr(round(low + i * step, 6))))) for i in range(count + 1))


def _y(value: float, low: float, high: float, height: int) -> float:
    return height - _BOTTOM - (value - low) / (high - low) * (height - _TOP - _BOTTOM)


def _with_room(feet: list[Mark], slot: float) -> tuple[Mark, ...]:
    every = max(1, math.ceil(46 / slot)) if slot else 1
    return tuple(feet[::every])


def _float(value: Decimal | int | None) -> float:
    """Only for drawing: no quantity is reckoned with it."""
    return float(value or 0)


def _number(value: Decimal | int) -> str:
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",")
