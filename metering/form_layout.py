"""Where everything stands on a page of our report form: drawn there by documents/, looked for there by ocr/ (docs/form.md).

Places are points (1/72 inch) from the top left of an A4 page; the numbers below are millimetres.
A change that moves a box needs a new VERSION in metering/forms.py: printed forms stay in use.
"""

from __future__ import annotations

from dataclasses import dataclass

from metering.forms import DECIMALS, FormCode, FormMeter
from metering.pages import Box

MILLIMETRE = 72 / 25.4
WIDTH, HEIGHT = 210.0, 297.0
MARK = 5.0  # side of the black square in each corner
MARKS = ((11.0, 11.0), (199.0, 11.0), (199.0, 286.0), (11.0, 286.0))  # centres, clockwise from the top left

BOX_WIDTH, BOX_HEIGHT, GAP = 5.3, 7.5, 0.7
BREAK = 3.0  # between the boxes on either side of a comma or point
_COMB = 63.0  # the widest comb of a meter: longer numbers get narrower boxes
_FIRST_METER, _METER = 65.0, 18.8


@dataclass(frozen=True, slots=True)
class Comb:
    """Boxes for one number or date. groups: boxes before, between and after its commas or points."""

    groups: tuple[tuple[Box, ...], ...]

    @property
    def boxes(self) -> tuple[Box, ...]:
        return tuple(box for group in self.groups for box in group)

    @property
    def around(self) -> Box:
        return Box.around(list(self.boxes))


@dataclass(frozen=True, slots=True)
class MeterPlaces:
    """One meter of a form: where its printed words stand, and its combs."""

    serial: Box
    title: Box
    previous: Box
    current: Comb
    consumption: Comb


def _place(left: float, top: float, width: float, height: float) -> Box:
    return Box(*(edge * MILLIMETRE for edge in (left, top, left + width, top + height)))


TITLE = _place(15, 16.5, 137, 6.5)
MONTH = _place(15, 23.5, 137, 5.5)
CONTRACT = _place(50, 30.5, 35, 6)
INN = _place(110, 30.5, 42, 6)
ORGANIZATION = _place(50, 38, 102, 11.5)
ADDRESS = _place(50, 51, 102, 11.5)
CODE = _place(157, 17, 36, 36)
CODE_TEXT = _place(157, 55, 36, 4)
POSITION = _place(50, 229, 78, 8)
SIGNATORY = _place(50, 240, 78, 8)
SIGNATURE = _place(50, 251, 78, 14)
STAMP = _place(137, 230, 56, 45)
ADVICE = _place(15, 268, 120, 13)


def meter_places(number: int, meter: FormMeter) -> MeterPlaces:
    """Of the meter that is the page's `number`th, from 0."""
    top = _FIRST_METER + _METER * number
    return MeterPlaces(
        serial=_place(22, top, 46, 5),
        title=_place(72, top, 121, 5),
        previous=_place(15, top + 9.2, 45, BOX_HEIGHT - 1.4),
        current=_comb(62, top + 8.5, (meter.digits, DECIMALS)),
        consumption=_comb(130, top + 8.5, (meter.digits, DECIMALS)),
    )


def all_meter_places(code: FormCode) -> tuple[MeterPlaces, ...]:
    return tuple(meter_places(number, meter) for number, meter in enumerate(code.meters))


def _comb(left: float, top: float, groups: tuple[int, ...]) -> Comb:
    breaks = BREAK * (len(groups) - 1)
    pitch = min(BOX_WIDTH + GAP, (_COMB - breaks) / sum(groups))
    made = []
    for count in groups:
        made.append(tuple(_place(left + n * pitch, top, pitch - GAP, BOX_HEIGHT) for n in range(count)))
        left += count * pitch + BREAK
    return Comb(tuple(made))


CENTURY = 9.0  # room for the printed point and the 20 of a year


def _date(left: float, top: float) -> Comb:
    """DD.MM.20YY with boxes for all but the century."""
    day_and_month = _comb(left, top, (2, 2))
    year = day_and_month.boxes[-1].right / MILLIMETRE + GAP + CENTURY
    return Comb((*day_and_month.groups, *_comb(year, top, (2,)).groups))


READING_DATE = _date(62, 218)
REPORT_DATE = _date(147, 218)
