"""Files beside typed values: what counts as the same index, and which meter a file speaks of."""

from __future__ import annotations

import pytest

from metering.decisions import Case, Outcome, Source
from metering.reports import MeterLine, Report
from tests.validation.made import good_case, good_report, heat_line, read, water_line
from validation.rulebook import judge


def typed(*meters: MeterLine) -> Report:
    return good_report(meters=meters or (heat_line(), water_line()))


def case(*meters: MeterLine, files: int = 1) -> Case:
    attached = (Report(files=("photo.jpg",), pages=1, meters=meters),) if meters else ()
    return good_case(source=Source.CABINET, sender=None, files_attached=files, attached=attached)


def reasons(report: Report, given: Case) -> tuple[str, ...]:
    return tuple(rule for rule in judge(report, given).reasons if rule.startswith("attachment"))


@pytest.mark.parametrize(
    ("seen", "found"),
    [
        ("1331.92", ()),
        ("1331.924", ()),  # the display shows one more
        ("1331.9", ()),
        ("1331", ()),  # cut off
        ("1332", ()),  # rounded
        ("1331.93", ("attachment_differs",)),
        ("1330", ("attachment_differs",)),
        ("1333", ("attachment_differs",)),
        ("133192", ("attachment_differs",)),
    ],
)
def test_places_that_one_of_the_two_leaves_out_are_allowed_and_nothing_else(seen: str, found: tuple[str, ...]) -> None:
    assert reasons(typed(), case(heat_line(current=read(seen)))) == found


def test_a_display_without_a_serial_speaks_of_the_only_meter_that_was_typed() -> None:
    display = MeterLine(current=read("1400.00"))
    assert reasons(typed(heat_line()), case(display)) == ("attachment_differs",)
    assert reasons(typed(), case(display)) == ("attachment_unread",)


def test_a_doubtful_reading_that_allows_the_typed_index_agrees_with_it() -> None:
    assert reasons(typed(), case(heat_line(current=read("1381.92", certain=False, alternatives=("1331.92",))))) == ()


def test_typed_values_without_files_are_accepted_with_files_that_agree_too_and_with_others_never() -> None:
    assert judge(typed(), case(files=0)).outcome is Outcome.ACCEPTED
    assert judge(typed(), case(heat_line(), water_line())).outcome is Outcome.ACCEPTED
    assert judge(typed(), case(heat_line(current=read("1331.93")), water_line())).outcome is Outcome.REVIEW
