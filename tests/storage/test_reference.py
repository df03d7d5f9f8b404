"""Reference data are loaded row by row, a later file updates them, and bad rows are named."""

import datetime as dt
from decimal import Decimal

import pytest

from metering.errors import PermanentError
from metering.estimates import HeatingSeason, MonthlyPlan
from metering.periods import Period
from storage import reference
from storage.reference import Annex, ReferenceKind, import_reference
from tests.storage.made import NOW, load_register

NOVEMBER = Period(2026, 11)


@pytest.fixture
def loaded(database, tmp_path):
    load_register(database, tmp_path)

    def load(kind, *lines):
        file = tmp_path / f"{kind}.csv"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        with database.transaction() as tx:
            return import_reference(tx, ReferenceKind(kind), file, NOW)

    return load


def counts(done):
    return done.added, done.changed, done.unchanged, [(row.line, row.reason) for row in done.refused]


def test_a_plan_is_found_for_its_contract_and_month(database, loaded):
    lines = ("contract_number,period,gcal,hot_water_gcal", "00421,2026-11,31.50,2", "00421,2026-12,40,")
    assert counts(loaded("plans", *lines)) == (2, 0, 0, [])
    assert counts(loaded("plans", *lines)) == (0, 0, 2, [])
    assert counts(loaded("plans", lines[0], "00421,2026-12,41,")) == (0, 1, 0, [])
    with database.transaction() as tx:
        assert reference.plan(tx, "00421", NOVEMBER) == MonthlyPlan(Decimal("31.50"), Decimal(2))
        assert reference.plan(tx, "00421", NOVEMBER.next()) == MonthlyPlan(Decimal(41))
        assert reference.plan(tx, "00007", NOVEMBER) is None


def test_the_annex_in_force_on_a_day_is_found(database, loaded):
    header = "contract_number,valid_from,object_class,indoor_temperature,design_temperature"
    loaded("annexes", header, "00421,2026-01-01,social,20,-14", "00421,2026-12-01,social,22,")
    with database.transaction() as tx:
        assert reference.annex(tx, "00421", dt.date(2025, 12, 31)) is None
        assert reference.annex(tx, "00421", dt.date(2026, 11, 30)) == Annex(dt.date(2026, 1, 1), "social", Decimal(20), Decimal(-14))
        assert reference.annex(tx, "00421", dt.date(2026, 12, 1)).indoor_temperature == 22


def test_a_class_of_objects_without_a_season_of_its_own_has_the_general_one(database, loaded):
    loaded("seasons", "object_class,starts,ends", "general,2025-11-03,2026-03-10", "general,2026-11-05,", "social,2026-11-02,")
    year = dt.date(2026, 7, 1), dt.date(2027, 6, 30)
    with database.transaction() as tx:
        assert reference.seasons(tx, "social", *year) == (HeatingSeason("social", dt.date(2026, 11, 2)),)
        assert reference.seasons(tx, "greenhouse", *year) == (HeatingSeason("general", dt.date(2026, 11, 5)),)
        assert reference.seasons(tx, "general", dt.date(2027, 7, 1), dt.date(2028, 6, 30)) == ()


def test_temperatures_are_found_by_month(database, loaded):
    loaded("temperatures", "day,mean", "2026-10-31,9.1", "2026-11-01,-0.5", "2026-11-30,+3")
    with database.transaction() as tx:
        assert reference.temperatures(tx, NOVEMBER) == {dt.date(2026, 11, 1): Decimal("-0.5"), dt.date(2026, 11, 30): Decimal(3)}


@pytest.mark.parametrize(
    ("kind", "header", "row", "reason"),
    [
        ("plans", "contract_number,period,gcal", "00422,2026-11,1", "no contract 00422 in the register"),
        ("plans", "contract_number,period,gcal", "00421,2026-13,1", "period: no such month: 2026-13"),
        ("annexes", "contract_number,valid_from,ventilation_hours", "00421,2026-01-01,25", "ventilation_hours: '25' is more than"),
        ("seasons", "object_class,starts,ends", "general,2026-11-01,2026-10-01", "the season ends before it starts"),
        ("temperatures", "day,mean", "2026-11-01,минус 2", "mean: 'минус 2' is not a temperature"),
        ("temperatures", "day,mean", "2026-11-02,4", "the same is in line 2"),
    ],
)
def test_a_bad_row_is_named_and_the_good_ones_load(loaded, kind, header, row, reason):
    good = {
        "plans": "00421,2026-11,1",
        "annexes": "00421,2026-02-01,8",
        "seasons": "general,2025-11-01,2026-03-01",
        "temperatures": "2026-11-02,4",
    }[kind]
    added, _, _, refused = counts(loaded(kind, header, good, row))
    assert added == 1
    assert [line for line, _ in refused] == [3]
    assert refused[0][1].startswith(reason)


def test_a_file_without_a_column_is_refused_whole(loaded):
    with pytest.raises(PermanentError, match="mean"):
        loaded("temperatures", "day,temperature", "2026-11-01,1")
