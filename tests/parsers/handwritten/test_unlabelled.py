"""What no label names is told by the sum that it closes or by its form, and is never certain."""

from __future__ import annotations

import pytest

from parsers.fields import extract
from tests.parsers.handwritten.test_pages import LABELS, VALUES, page, writing

LOST = "Ххх ххх"


def read(lost: dict[float, str], values: dict[float, str] = VALUES):  # type: ignore[no-untyped-def]
    sheet = page({top: text for top, text in (LABELS | lost).items() if top > min(LABELS)})  # without its title
    (report,) = extract([sheet], "form.pdf", writing=writing(sheet, 0.95, values=values))
    return report


@pytest.mark.parametrize("lost", [(300.0, 350.0), (350.0, 400.0), (300.0, 400.0)], ids=["first two", "last two", "first and last"])
def test_the_sum_tells_which_numbers_stand_on_lines_without_a_label(lost: tuple[float, ...]) -> None:
    (meter,) = read(dict.fromkeys(lost, LOST)).meters
    assert [getattr(meter, name).value for name in ("previous", "current", "consumption")] == ["1284.37", "1331.92", "47.55"]


def test_numbers_that_do_not_add_up_are_none_of_the_meter_s() -> None:
    (meter,) = read({350.0: LOST, 400.0: LOST}, VALUES | {400.0: "48,55"}).meters
    assert meter.current is None
    assert meter.consumption is None


def test_a_contract_and_a_date_are_told_by_their_form_and_are_not_certain() -> None:
    report = read({200.0: LOST, 450.0: LOST}, VALUES | {450.0: "23,11,2026"})
    assert report.contract_number is not None
    assert report.contract_number.value == "00417"
    assert not report.contract_number.certain
    assert report.reading_date is not None
    assert report.reading_date.value == "2026-11-23"
    assert not report.reading_date.certain


def test_of_two_that_may_be_the_contract_none_is_taken() -> None:
    assert read({200.0: LOST, 450.0: LOST}, VALUES | {450.0: "12345"}).contract_number is None
