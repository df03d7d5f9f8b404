"""A repair says which digit was first read otherwise, what it became, and why; it survives into what the ledger keeps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.repairs import Repair, RepairReason
from metering.report_json import report_as_json, report_from_json
from metering.reports import Field, MeterLine, Report


@pytest.mark.parametrize(
    ("first", "value", "changes"),
    [
        ("1308.00", "1300.00", ((4, "8", "0"),)),
        ("1234.37", "1284.31", ((3, "3", "8"), (6, "7", "1"))),
        ("О2484", "02484", ((1, "О", "0"),)),
        ("59377209", "593772.09", ((0, "", "."),)),
        ("728257;63", "728257.63", ()),  # no digit changed, and there was a mark
        ("1078885", "91078885", ()),  # of another length: no single digit is another one
    ],
)
def test_the_changed_digits_are_counted_from_the_left_without_the_mark(
    first: str, value: str, changes: tuple[tuple[int, str, str], ...]
) -> None:
    assert Repair(first, value, RepairReason.ARITHMETIC).changes == changes


def test_the_first_reading_stays_the_first_through_two_repairs_and_none_is_left_where_it_comes_back() -> None:
    field = Field("17", 0.9, 1, None)
    twice = field.taken("11", RepairReason.READERS).taken("71", RepairReason.REGISTER)
    assert (twice.value, twice.repair) == ("71", Repair("17", "71", RepairReason.REGISTER))
    assert twice.taken("17", RepairReason.REGISTER).repair is None


def test_the_kept_report_tells_each_repair() -> None:
    current = Field("1308.00", 0.9, 1, None).taken("1300.00", RepairReason.ARITHMETIC)
    kept = report_as_json(Report(("a.pdf",), 1, meters=(MeterLine(current=current, previous=Field("1", 1, 1, None)),)))
    assert kept["meters"][0]["current"]["repair"] == {
        "from": "1308.00",
        "to": "1300.00",
        "why": "arithmetic",
        "digits": [{"place": 4, "from": "8", "to": "0"}],
    }
    assert kept["meters"][0]["previous"]["repair"] is None


def test_a_kept_report_comes_back_with_its_repairs_files_and_displays() -> None:
    current = replace(Field("1308.00", 0.9, 1, None).taken("1300.00", RepairReason.ARITHMETIC), file=2)
    shown = MeterLine(current=Field("1300.0", 0.4, 1, None, file=3))
    report = Report(("a.pdf", "b.pdf", "c.jpg"), 3, meters=(MeterLine(current=current),), displays=(shown,))
    assert report_from_json(report_as_json(report)) == report
