"""A row that has both readings in one cell, each behind its word, is a meter's and no end of a calculator's integrators."""

from __future__ import annotations

import pytest

from parsers.fields import extract
from tests.parsers.test_fields_samples import told
from tests.parsers.typed import ruled

TABLE = """
По состоянию на 20.10.2025 г. по договору № 38812 сняты показания теплосчётчиков за октябрь 2025 г.:
┌─────────────────┬──────────────────┬───────────────┐
│ Корпус          │ Показания, МВт·ч │ Расход, МВт·ч │
├─────────────────┼──────────────────┼───────────────┤
│ Главный корпус  │ нач.  497,4      │ 27,0          │
│ сч. 92968913    │ кон.  524,4      │               │
├─────────────────┼──────────────────┼───────────────┤
│ Пищеблок        │ нач.  61841,2    │ 230,0         │
│ сч. 72392853    │ кон.  62071,2    │               │
├─────────────────┴──────────────────┼───────────────┤
│ Всего                              │ 257,0         │
└────────────────────────────────────┴───────────────┘
"""


@pytest.mark.parametrize(("before", "after"), [("нач. ", "кон. "), ("пред.", "тек. "), ("было ", "стало")])
def test_each_row_of_a_building_is_a_meter(before: str, after: str) -> None:
    (report,) = extract([ruled(TABLE.replace("нач. ", before).replace("кон. ", after))], "memo.pdf")
    assert [(meter[0], *meter[3:]) for meter in map(told, report.meters)] == [
        ("92968913", "497.4", "524.4", "27.0"),
        ("72392853", "61841.2", "62071.2", "230.0"),
    ]


def test_rows_whose_sum_does_not_hold_stay_open() -> None:
    (report,) = extract([ruled(TABLE.replace("27,0  ", "72,0  "))], "memo.pdf")
    meter = report.meters[0]
    assert meter.consumption is not None
    assert not meter.consumption.certain
