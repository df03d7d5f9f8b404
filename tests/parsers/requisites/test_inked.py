"""Whose signature and stamp it is, where a file holds several reports."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.pages import Box, Mark
from metering.reports import Field, MeterLine, Report
from parsers.fields import extract
from parsers.requisites.inked import Ink, with_ink, written_places
from tests.parsers.typed import typed

PAGE = "Договор № {}\nЗав. № {} предыдущее 1,00 текущее 2,50 расход 1,50 Гкал"
YES, NO = Mark(True, 0.97), Mark(False, 0.96)


def two(*more: str) -> list[Report]:
    texts = [PAGE.format("03117", "4411223"), PAGE.format("03118", "4411224"), *more]
    return extract([typed(text, number) for number, text in enumerate(texts, 1)], "two.pdf")


def test_each_report_has_the_ink_of_its_own_page() -> None:
    first, second = with_ink(two(), {1: Ink(YES, NO), 2: Ink(YES, YES)})
    assert (first.signature_present, second.stamp_present) == (YES, YES)
    assert (first.stamp_present.value, first.stamp_present.confidence) == (True, 0.7)


def test_what_is_on_no_page_is_missing() -> None:
    assert all(r.stamp_present == NO for r in with_ink(two(), {1: Ink(YES, NO), 2: Ink(YES, NO)}))


def test_a_sheet_that_is_only_signed_is_of_the_report_before_it() -> None:
    first, second = with_ink(two("____________"), {1: Ink(NO, NO), 2: Ink(NO, NO), 3: Ink(YES, YES)})
    assert (second.signature_present, second.stamp_present) == (YES, YES)
    assert first.signature_present.confidence == 0.7


@pytest.mark.parametrize(("top", "confidence"), [(500.0, 0.97), (531.0, 0.97), (580.0, 0.7), (430.0, 0.7)])
def test_a_signature_far_from_the_row_of_who_signs_is_never_sure(top: float, confidence: float) -> None:
    """Another sheet lies over the foot of the page, signed and stamped; this one's own line is empty."""
    row = Box(300, 508, 380, 518)
    report = Report(("a.pdf",), 1, signatory=Field("Каримов А.А.", 0.9, 1, row))
    (report,) = with_ink([report], {1: Ink(Mark(True, 0.97, 1, Box(200, top, 290, top + 30)), YES)})
    assert report.signature_present.confidence == confidence


def test_who_is_named_in_a_sentence_above_the_readings_signs_below() -> None:
    reading = Field("593810.50", 0.99, 1, Box(300, 300, 380, 310))
    act = Report(("a.pdf",), 1, signatory=Field("Каримов А.А.", 0.9, 1, Box(300, 208, 380, 218)), meters=(MeterLine(current=reading),))
    (report,) = with_ink([act], {1: Ink(Mark(True, 0.97, 1, Box(200, 400, 290, 430)), YES)})
    assert report.signature_present.confidence == 0.97


def test_one_report_has_the_ink_of_all_pages() -> None:
    (report,) = with_ink([Report(("a.pdf",), 2)], {1: Ink(NO, Mark(False, 0.6)), 2: Ink(YES, NO)})
    assert (report.signature_present, report.stamp_present) == (YES, Mark(False, 0.6))


def test_what_is_written_by_hand_down_to_the_last_reading_is_known_as_that() -> None:
    by_hand, typed_one = (replace(report, handwritten=n == 0) for n, report in enumerate(two()))
    *places, above = written_places([by_hand, typed_one], 1)
    boxes = [field.box for line in by_hand.meters for field in (line.serial, line.current) if field is not None]
    assert set(boxes) <= set(places)
    assert all(box.meets(above) and box.bottom <= above.bottom for box in boxes if box is not None)
    assert written_places([by_hand, typed_one], 2) == []
