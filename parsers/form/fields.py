"""A page of our own form becomes a report: the code says which, the boxes hold the digits, the rest is read from the print (docs/form.md).

What the code says is never certain here: whether we made it is only known to who has the key (service/forms.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from metering import form_layout as layout
from metering.form_layout import Comb, MeterPlaces
from metering.forms import BoxReading, FormCode, FormMeter
from metering.pages import Box, Page, Word
from metering.reports import Field, MeterLine, Report, SecondReading
from parsers.form.numbers import read_date, read_numbers
from parsers.wording.numbers import digits_of, parse_number

FROM_CODE = 0.97  # confidence in what a code says before its seal is known to be ours


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A page of a form as it was read. boxes: what stands in a comb; line: the words of one place, read by itself; second: the
    digit reader on a printed number; is_inked: whether something stands in a place. Places are those of metering/form_layout.py."""

    text: str
    code: FormCode
    page: Page
    boxes: Callable[[Comb], tuple[BoxReading, ...]]
    line: Callable[[Box], Sequence[Word]]
    second: Callable[[Box], SecondReading]
    is_inked: Callable[[Box], bool]


def form_report(sheet: FormSheet, file: str) -> Report:
    """What one page of a form reports; further pages and photos of it are merged as those of any report are."""
    code = sheet.code
    dated = sheet.boxes(layout.REPORT_DATE)
    inked = {
        "report_date": any(box.inked for box in dated),
        "position": sheet.is_inked(layout.POSITION),
        "signatory": sheet.is_inked(layout.SIGNATORY),
    }
    return Report(
        files=(file,),
        pages=1,
        contract_number=_coded(sheet, code.contract_number, layout.CONTRACT),
        organization=_text(sheet, layout.ORGANIZATION),
        address=_text(sheet, layout.ADDRESS),
        inn=_inn(sheet),
        report_date=read_date(dated, layout.REPORT_DATE, code.period, sheet.page.number),
        reading_date=read_date(sheet.boxes(layout.READING_DATE), layout.READING_DATE, code.period, sheet.page.number),
        period=Field(str(code.period), FROM_CODE, sheet.page.number, layout.MONTH, note="from the form's code"),
        position=_written(sheet, layout.POSITION) if inked["position"] else None,
        signatory=_written(sheet, layout.SIGNATORY) if inked["signatory"] else None,
        meters=tuple(_meter(sheet, meter, place) for meter, place in zip(code.meters, layout.all_meter_places(code), strict=True)),
        blank=frozenset(name for name, ink in inked.items() if not ink),
        codes=(sheet.text,),
    )


def _meter(sheet: FormSheet, meter: FormMeter, place: MeterPlaces) -> MeterLine:
    previous = _printed_number(sheet, place.previous)
    current, consumption = read_numbers(
        previous, (place.current, sheet.boxes(place.current)), (place.consumption, sheet.boxes(place.consumption)), sheet.page.number
    )
    serial = _coded(sheet, meter.serial, place.serial)
    return MeterLine(serial, kind=meter.kind, unit=meter.unit, previous=previous, current=current, consumption=consumption)


def _coded(sheet: FormSheet, value: str, place: Box) -> Field:
    """A value of the code. Where the print beside it surely says another one the page was tampered with: that stays as an alternative."""
    printed, agreed = _printed_digits(sheet, place)
    differs = agreed and printed != digits_of(value)
    if differs:
        return Field(
            value, 0.5, sheet.page.number, place, note=f"the form's code says {value}, its print {printed}", alternatives=(printed,)
        )
    return Field(value, FROM_CODE, sheet.page.number, place, note="from the form's code")


def _printed_number(sheet: FormSheet, place: Box) -> Field | None:
    """A printed number, by both readers: certain where they agree."""
    words = sheet.line(place)
    box = Box.around([word.box for word in words]) if words else place
    number, second = parse_number("".join(word.text for word in words)), sheet.second(box)
    other = parse_number(second.text)
    value = number or other
    if value is None:
        return None
    if number == other:
        return Field(value, 0.99, sheet.page.number, box, certain=True)
    others = tuple(v for v in (number, other) if v and v != value)
    return Field(value, 0.6, sheet.page.number, box, note=f"the readers differ: {', '.join((value, *others))}", alternatives=others)


def _printed_digits(sheet: FormSheet, place: Box) -> tuple[str, bool]:
    """The digits printed in a place, and whether both readers read them alike."""
    words = sheet.line(place)
    digits = digits_of("".join(word.text for word in words))
    if not digits:
        return "", False
    return digits, digits_of(sheet.second(Box.around([word.box for word in words])).text) == digits


def _inn(sheet: FormSheet) -> Field | None:
    digits, agreed = _printed_digits(sheet, layout.INN)
    if not digits:
        return None
    return Field(digits, 0.98 if agreed else 0.6, sheet.page.number, layout.INN, certain=agreed and len(digits) == 9)


def _text(sheet: FormSheet, place: Box) -> Field | None:
    words = _words(sheet.page, place)
    if not words:
        return None
    confidence = sum(word.confidence for word in words) / len(words)
    return Field(" ".join(w.text for w in words), round(0.98 * confidence, 4), sheet.page.number, Box.around([w.box for w in words]))


def _written(sheet: FormSheet, place: Box) -> Field:
    """What somebody wrote on a line, as far as it can be read: that something is there is known from its ink."""
    return _text(sheet, place) or Field("", 0.0, sheet.page.number, place, note="written by hand, not read")


def _words(page: Page, place: Box) -> Sequence[Word]:
    """The words whose middle lies in a place, line by line."""
    inside = []
    for word in page.words:
        x, y = word.box.middle
        if place.left - 3 <= x <= place.right and place.top - 3 <= y <= place.bottom + 3:
            inside.append(word)
    lines: list[list[Word]] = []
    for word in sorted(inside, key=lambda w: w.box.middle[1]):
        if lines and abs(lines[-1][0].box.middle[1] - word.box.middle[1]) < 0.6 * max(word.box.height, 6):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [word for line in lines for word in sorted(line, key=lambda w: w.box.left)]
