"""A unit that a picture has no legible sign of, in its own row or cell: the meter takes no other unit of the page for it."""

from __future__ import annotations

import pytest

from metering.units import MeterKind, Unit
from tests.parsers.test_fields_paper import on_paper, told
from tests.parsers.test_fields_samples import read

HEAD = """
Hisobot 2026-yil oktabr oyi uchun
Shartnoma raqami 07106
Ko'rsatkich olingan sana: 18.10.2026
"""
HEAT, WATER = ("29719389", "5435.4", "5446.2", "10.8"), ("85029181", "77913.15", "77957.09", "43.94")
LABELS = {
    "serial": "Zavod raqami",
    "kind": "Tizim",
    "unit": "O'lchov birligi",
    "previous": "Oldingi ko'rsatkich",
    "current": "Joriy ko'rsatkich",
    "used": "Sarf",
}
NUMBERS = "serial previous current used"
ORDERS = ["serial kind previous current used unit", "serial unit previous current used", "unit serial previous current used"]


def cards(order: str, system: str, unit: str) -> str:
    """Two meters, a line for each thing told of them."""
    said = [
        dict(zip(NUMBERS.split(), meter, strict=True)) | {"kind": kind, "unit": of}
        for meter, kind, of in ((HEAT, "isitish", "Gkal"), (WATER, system, unit))
    ]
    return HEAD + "\n".join("\n" + "\n".join(f"{LABELS[key]}: {meter[key]}" for key in order.split()) for meter in said)


@pytest.mark.parametrize("order", ORDERS)
def test_the_row_of_a_unit_is_of_the_meter_before_or_behind_as_the_first_one_is(order: str) -> None:
    for report in (read(cards(order, "issiq suv", "m³")), on_paper(cards(order, "issiq suv", "m³"))):
        assert [(m.unit, m.kind, *told(m)) for m in report.meters] == [
            (Unit.GCAL, MeterKind.HEAT, *HEAT),
            (Unit.M3, MeterKind.HOT_WATER, *WATER),
        ]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("torn", ["n1", "№?", ""])
def test_a_meter_whose_own_unit_was_not_read_takes_none_of_another(order: str, torn: str) -> None:
    heat, water = on_paper(cards(order, "1551g 5uу", torn)).meters
    assert (heat.unit, *told(heat)) == (Unit.GCAL, *HEAT)
    assert (water.unit, *told(water)) == (None, *WATER)


def test_a_kind_behind_a_serial_is_not_the_next_meters() -> None:
    _, water = on_paper(cards(ORDERS[0], "issiq suv", "n1")).meters
    assert (water.unit, water.kind) == (Unit.M3, MeterKind.HOT_WATER)


def test_a_garbled_unit_that_is_like_one_alone_is_that_one() -> None:
    assert [m.unit for m in on_paper(cards(ORDERS[0], "1551g 5uу", "Me")).meters] == [Unit.GCAL, Unit.M3]


def test_a_meter_of_heat_is_in_the_pages_unit_of_energy_though_its_own_was_not_read() -> None:
    assert [m.unit for m in on_paper(cards(ORDERS[1].replace("unit", "kind unit"), "isitish", "n1")).meters] == [Unit.GCAL, Unit.GCAL]


ROWS = """
Seriya raqami   Maqsadi           oldingi    hozirgi    Sarfi     O'lchov birligi
29719389        isitish tizimi    5435,4     5446,2     10,8      Gkal
85029181        {system}          77913,15   77957,09   43,94     {unit}
"""
COLUMNS = """
Ko'rsatkichlar      1-hisoblagich    2-hisoblagich
Zavod raqami        29719389         85029181
O'lchov birligi     Gkal             {unit}
Oldingi             5435,4           77913,15
Joriy               5446,2           77957,09
Sarfi               10,8             43,94
"""


@pytest.mark.parametrize("table", [ROWS, COLUMNS])
@pytest.mark.parametrize(("unit", "expected"), [("m3", Unit.M3), ("n1", None)])
def test_so_does_a_meter_of_a_table(table: str, unit: str, expected: Unit | None) -> None:
    heat, water = on_paper(HEAD + table.format(system="1551g suu", unit=unit)).meters
    assert (heat.unit, *told(heat)) == (Unit.GCAL, *HEAT)
    assert (water.unit, *told(water)) == (expected, *WATER)


def test_a_square_metre_that_ends_a_row_of_values_is_a_cubic_one() -> None:
    heat, water = on_paper(HEAD + ROWS.format(system="TBC", unit="M2")).meters
    assert [(m.unit, *told(m)) for m in (heat, water)] == [(Unit.GCAL, *HEAT), (Unit.M3, *WATER)]


def test_the_area_of_a_building_is_no_volume() -> None:
    (only,) = on_paper(HEAD + ROWS.split("85029181")[0] + "Isitish maydoni: 2450,5 m2\n").meters
    assert (only.unit, *told(only)) == (Unit.GCAL, *HEAT)
