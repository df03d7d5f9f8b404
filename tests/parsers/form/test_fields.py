"""What the print says beside the code, what is left blank, and what is written by hand and cannot be read."""

from __future__ import annotations

from collections.abc import Sequence

from metering import form_layout as layout
from metering.form_layout import Comb
from metering.forms import BoxReading, FormCode, FormMeter
from metering.pages import Box, Page, PageSource, Word
from metering.periods import Period
from metering.reports import Report, SecondReading
from metering.units import MeterKind, Unit
from parsers.form.fields import FormSheet, form_report

CODE = FormCode("00421", Period(2026, 11), (FormMeter("1306457", MeterKind.HEAT, Unit.GCAL),))
SERIAL, PREVIOUS = layout.meter_places(0, CODE.meters[0]).serial, layout.meter_places(0, CODE.meters[0]).previous
EMPTY = BoxReading(inked=False)
SMUDGE = BoxReading(True, "", "", (0.1,) * 10)
PRINT = {layout.CONTRACT: "00421", layout.INN: "300000421", SERIAL: "1306457", PREVIOUS: "1284,37"}


def report(
    printed: dict[Box, str] | None = None,
    second: dict[Box, str] | None = None,
    inked: Sequence[Box] = (),
    boxes: dict[Comb, BoxReading] | None = None,
) -> Report:
    """A form with that print as each of two readers sees it (the second as the first if not said), nothing filled in but what is named."""
    first = PRINT | (printed or {})
    other = first | (second or {})

    def place_of(box: Box) -> Box:
        return next(place for place in first if place.left <= box.left and place.top <= box.top and place.right >= box.right)

    sheet = FormSheet(
        text="HISOBOT:",
        code=CODE,
        page=Page(1, 595, 842, (), PageSource.OCR),
        boxes=lambda comb: ((boxes or {}).get(comb, EMPTY),) * len(comb.boxes),
        line=lambda place: (Word(first[place], 0.95, place),) if first.get(place) else (),
        second=lambda box: SecondReading(other[place_of(box)], other[place_of(box)], 0.99),
        is_inked=lambda place: place in inked,
    )
    return form_report(sheet, "form.png")


def test_nothing_of_the_code_is_certain_before_its_seal_is_checked():
    found = report()
    (line,) = found.meters
    assert found.contract_number is not None
    assert line.serial is not None
    assert (found.contract_number.value, line.serial.value, line.kind, line.unit) == ("00421", "1306457", MeterKind.HEAT, Unit.GCAL)
    assert not found.contract_number.certain
    assert not line.serial.certain
    assert found.codes == ("HISOBOT:",)


def test_the_previous_index_is_what_is_printed():
    (line,) = report().meters
    assert line.previous is not None
    assert (line.previous.value, line.previous.certain) == ("1284.37", True)


def test_a_print_that_two_readers_see_differently_is_not_certain():
    (line,) = report(second={PREVIOUS: "1284,87"}).meters
    assert line.previous is not None
    assert (line.previous.certain, line.previous.alternatives) == (False, ("1284.87",))


def test_a_previous_index_that_is_not_printed_is_none():
    (line,) = report(printed={PREVIOUS: ""}).meters
    assert line.previous is None


def test_a_print_that_both_readers_see_otherwise_than_the_code_stays_as_an_alternative():
    found = report(printed={layout.CONTRACT: "00877", SERIAL: "1306458"})
    assert found.contract_number is not None
    assert found.contract_number.alternatives == ("00877",)
    assert found.meters[0].serial is not None
    assert found.meters[0].serial.alternatives == ("1306458",)


def test_a_print_that_only_one_reader_sees_otherwise_is_no_contradiction():
    found = report(printed={layout.CONTRACT: "00871"}, second={layout.CONTRACT: "00421"})
    assert found.contract_number is not None
    assert found.contract_number.alternatives == ()


def test_an_empty_place_is_blank_and_an_inked_one_is_not():
    assert report().blank == {"position", "signatory", "report_date"}
    found = report(inked=(layout.POSITION,), boxes={layout.REPORT_DATE: SMUDGE})
    assert found.blank == {"signatory"}
    assert found.report_date is None
    assert found.position is not None
    assert (found.position.value, found.position.note) == ("", "written by hand, not read")
