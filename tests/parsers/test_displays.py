"""A photo of a display becomes a proposal; beside a report it is evidence, and never a second report."""

from __future__ import annotations

import pytest

from metering.reports import Report
from metering.units import MeterKind, Unit
from parsers.displays import display_report, may_be_display
from parsers.merging import merge
from tests.parsers.test_fields_samples import value
from tests.parsers.test_merging import FIRST, SECOND, TWO, part
from tests.parsers.typed import typed

HOUSING = "MULTICAL 603\nMWh\nS/N {}\nqp 2.5 m3/h"


def photo(digits: str, serial: str = "4411223", name: str = "IMG_1.jpg") -> Report:
    return display_report(typed(HOUSING.format(serial)), digits, 0.99, name)


def test_value_unit_and_serial_are_proposed_and_nothing_is_certain() -> None:
    report = photo("2.50")
    (meter,) = report.meters
    assert (value(meter.serial), meter.unit, meter.kind, value(meter.current)) == ("4411223", Unit.MWH, MeterKind.HEAT, "2.50")
    assert meter.serial is not None
    assert meter.current is not None
    assert not meter.serial.certain
    assert not meter.current.certain
    assert meter.current.confidence <= 0.5
    assert report.of_display


@pytest.mark.parametrize(("words", "unit"), [("m3", Unit.M3), ("кВт·ч", Unit.KWH), ("Gcal GJ", None), ("qp 2.5 m3/h", None)])
def test_a_unit_counts_only_where_one_stands_on_the_housing(words: str, unit: Unit | None) -> None:
    assert display_report(typed(f"Sharky 775\n{words}"), "12.5", 0.9, "a.jpg").meters[0].unit is unit


def test_a_page_of_a_report_is_not_searched_for_a_display() -> None:
    assert not may_be_display(part(FIRST, "1.pdf"), typed(FIRST))
    assert may_be_display(Report(("1.jpg",), 1), typed("MULTICAL"))
    assert not may_be_display(Report(("1.jpg",), 1), typed("слово " * 100))


def test_beside_a_report_it_is_evidence() -> None:
    (report,) = merge([photo("2.5"), part(FIRST, "1.pdf")])
    assert len(report.meters) == 1
    assert value(report.displays[0].current) == "2.5"
    assert report.files == ("1.pdf", "IMG_1.jpg")
    assert report.displays[0].current is not None
    assert report.displays[0].current.file == 2


def test_between_two_reports_it_stands_beside_that_of_its_meter() -> None:
    one, two = merge([*TWO, photo("7.00", "4411224")])
    assert (len(one.displays), len(two.displays)) == (0, 1)
    one, two = merge([*TWO, photo("2.50", "9999999")])  # its serial was misread: the value tells
    assert (len(one.displays), len(two.displays)) == (1, 0)


def test_alone_photos_of_several_displays_are_one_report_of_proposals() -> None:
    (report,) = merge([photo("2.50"), photo("7.00", "4411224", "IMG_2.jpg")])
    assert [value(m.current) for m in report.meters] == ["2.50", "7.00"]
    assert report.of_display
    assert len(merge([part(FIRST, "1.pdf"), part(SECOND, "2.pdf"), photo("2.50")])) == 1
