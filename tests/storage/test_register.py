"""The register is loaded row by row, a later file updates it, and look-ups give what a rule may look at."""

import datetime as dt
from decimal import Decimal

import pytest
import sqlalchemy as sa

from metering.contracts import Contract, ContractStatus, Language, Meter
from metering.errors import PermanentError
from metering.units import MeterKind, Unit
from storage import register, tables
from storage.ledger import settle
from storage.register import import_register
from tests.storage.made import (
    CONTRACT_00007,
    CONTRACT_00421,
    CONTRACT_HEADER,
    METER_A,
    METER_B,
    METER_C,
    METER_HEADER,
    NOW,
    claimed,
    load_register,
    reading,
    register_files,
    settlement,
    submission,
)


def load(database, folder, contracts=(CONTRACT_00421, CONTRACT_00007), meters=(METER_A, METER_B, METER_C)):
    files = register_files(folder, list(contracts), list(meters))
    with database.transaction() as tx:
        return import_register(tx, *files)


def counts(report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, len(report.refused)


def test_what_was_loaded_is_looked_up_as_it_was(database, tmp_path):
    assert counts(load(database, tmp_path)) == (5, 0, 0, 0)
    with database.transaction() as tx:
        assert register.contract(tx, "00421") == Contract(
            number="00421",
            organization="«Зафар» МЧЖ",
            address="Тошкент ш., Навоий кўчаси, 5",
            inn="300000421",
            emails=("zafar@mail.example", "office@zafar.example"),
            heat_load=Decimal("0.35"),
            language=Language.UZBEK_CYRILLIC,
            status=ContractStatus.ACTIVE,
        )
        assert register.contract(tx, "421") is None
        meters = register.meters_of(tx, "00421")
        assert list(meters) == ["0042100", "B-7"]
        assert meters["B-7"].meter == Meter("00421", "B-7", "ВСТ", MeterKind.HOT_WATER, Unit.M3)
        last = meters["0042100"].last_accepted
        assert (last.index, last.date, last.source) == (Decimal("100.50"), dt.date(2026, 9, 21), "register")
        assert meters["0042100"].conflicting_last is None
        assert register.size(tx) == (2, 3)
        assert register.meters_of(tx, "99999") == {}


def test_importing_twice_changes_nothing(database, tmp_path):
    load(database, tmp_path)
    before = _everything(database)
    assert counts(load(database, tmp_path)) == (0, 0, 5, 0)
    assert _everything(database) == before


def test_a_later_import_updates_contracts_addresses_and_meters_and_adds_opening_readings(database, tmp_path):
    load(database, tmp_path)
    contract = (
        CONTRACT_00421.replace("Навоий", "Бобур").replace("Zafar@mail.example;", "new@zafar.example;").replace("active", "terminated")
    )
    meter = METER_A.replace("ТЭМ-104", "ТЭМ-106").replace("100.50,2026-09-21", "110.00,2026-10-21")
    assert counts(load(database, tmp_path, [contract], [meter, METER_B])) == (0, 2, 1, 0)
    with database.transaction() as tx:
        found = register.contract(tx, "00421")
        assert (found.address, found.status) == ("Тошкент ш., Бобур кўчаси, 5", ContractStatus.TERMINATED)
        assert found.emails == ("new@zafar.example", "office@zafar.example")
        assert register.contracts_of_sender(tx, "zafar@mail.example") == ("00007",)
        record = register.meters_of(tx, "00421")["0042100"]
        assert (record.meter.model, record.last_accepted.index) == ("ТЭМ-106", Decimal("110.00"))
        assert tx.scalar(sa.select(sa.func.count()).select_from(tables.opening_readings)) == 4
        assert register.contract(tx, "00007") is not None


def test_an_import_never_touches_the_ledger(database, tmp_path):
    load_register(database, tmp_path)
    with database.transaction() as tx:
        held = claimed(tx)
        settle(tx, settlement(held, submission(held)))
        before = tx.execute(sa.select(tables.readings)).all()
    load(database, tmp_path, meters=[METER_A.replace("100.50,2026-09-21", "999,2026-10-30")])
    with database.transaction() as tx:
        assert tx.execute(sa.select(tables.readings)).all() == before


BAD_CONTRACTS = {
    "0421,A,B,300000421,,0.1,ru,active": "contract_number: '0421' is not a contract number of 5 digits",
    "٠٠٤٢١,A,B,300000421,,0.1,ru,active": "contract_number",
    "00422,,B,300000421,,0.1,ru,active": "organization: is empty",
    "00422,A,B,30000042,,0.1,ru,active": "inn",
    "00422,A,B,300000421,not an address,0.1,ru,active": "emails: 'not an address' is not a mail address",
    '00422,A,B,300000421,,"0,1",ru,active': "heat_load_gcal_per_hour: '0,1' is not a number with a decimal point",
    "00422,A,B,300000421,,NaN,ru,active": "heat_load_gcal_per_hour",
    "00422,A,B,300000421,,0.1,en,active": "language: 'en' is none of ru, uz, uz_cyrl",
    "00422,A,B,300000421,,0.1,ru,closed": "status",
    "00422,A,B,300000421,,0.1,ru": "7 columns where the header has 8",
    '00422,"OOO "A"",B,300000421,,0.1,ru,active': "quotation mark",
    '00422,"A,B,300000421,,0.1,ru,active': "quotation mark",
    CONTRACT_00421: "the same contract is in line 2",
}


@pytest.mark.parametrize(("row", "reason"), BAD_CONTRACTS.items(), ids=BAD_CONTRACTS.values())
def test_a_bad_contract_is_refused_with_line_and_reason_and_the_others_load(database, tmp_path, row, reason):
    report = load(database, tmp_path, [CONTRACT_00421, row, CONTRACT_00007])
    assert [(refusal.file, refusal.line) for refusal in report.refused] == [("contracts.csv", 3)]
    assert report.refused[0].reason.startswith(reason) or reason in report.refused[0].reason
    with database.transaction() as tx:
        assert register.size(tx) == (2, 3)


BAD_METERS = {
    "00099,1,M,heat,Gcal,1,2026-09-21": "no contract 00099 in the register",
    "00421,,M,heat,Gcal,1,2026-09-21": "serial: is empty",
    "00421,1,M,steam,Gcal,1,2026-09-21": "kind",
    "00421,1,M,heat,gcal,1,2026-09-21": "unit: 'gcal' is none of Gcal, GJ, MWh, kWh, m3",
    "00421,1,M,heat,Gcal,-1,2026-09-21": "last_reading: '-1'",
    "00421,1,M,heat,Gcal,,2026-09-21": "last_reading: ''",
    "00421,1,M,heat,Gcal,1,21.09.2026": "last_reading_date: '21.09.2026' is not a date YYYY-MM-DD",
    "00421,1,M,heat,Gcal,1,2026-02-30": "last_reading_date",
    METER_A.replace("100.50", "7"): "the same meter is in line 2",
}


@pytest.mark.parametrize(("row", "reason"), BAD_METERS.items(), ids=BAD_METERS.values())
def test_a_bad_meter_is_refused_with_line_and_reason_and_the_others_load(database, tmp_path, row, reason):
    report = load(database, tmp_path, meters=[METER_A, row, METER_B, METER_C])
    assert [(refusal.file, refusal.line) for refusal in report.refused] == [("meters.csv", 3)]
    assert reason in report.refused[0].reason
    with database.transaction() as tx:
        assert register.size(tx) == (2, 3)
        assert register.meters_of(tx, "00421")["0042100"].last_accepted.index == Decimal("100.50")


def test_a_row_that_is_not_utf8_is_refused_alone(database, tmp_path):
    files = register_files(tmp_path, [CONTRACT_00421, "00422,Лола,B,300000421,,0.1,ru,active", CONTRACT_00007], [METER_A])
    files[0].write_bytes(files[0].read_bytes().replace("Лола,B".encode(), "Лола,B".encode("cp1251")))
    with database.transaction() as tx:
        report = import_register(tx, *files)
    assert [(refusal.line, "UTF-8" in refusal.reason) for refusal in report.refused] == [(3, True)]
    assert report.added == 3


def test_a_byte_order_mark_windows_line_ends_blank_lines_and_quoted_line_breaks_are_read(database, tmp_path):
    files = register_files(tmp_path, [CONTRACT_00421.replace("Навоий", "Навоий\n"), "", CONTRACT_00007, "x"], [METER_A])
    files[0].write_bytes(b"\xef\xbb\xbf" + files[0].read_bytes().replace(b"\n", b"\r\n"))
    with database.transaction() as tx:
        report = import_register(tx, *files)
        assert register.size(tx) == (2, 1)
    assert [refusal.line for refusal in report.refused] == [6]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"contract_number,organization", "the header line lacks address, inn"),
        (b"", "there is no header line; expected are contract_number, "),
        (CONTRACT_HEADER.replace(",", ";").encode(), "semicolons stand between the columns; save it with commas"),
        (CONTRACT_HEADER.replace(",", "\t").encode(), "tabs stand between the columns; save it with commas"),
        (CONTRACT_HEADER.encode("utf-16"), "is not UTF-8 but UTF-16; save it as CSV in UTF-8"),
    ],
)
def test_a_file_without_the_columns_is_refused_whole_with_what_is_wrong(database, tmp_path, content, complaint):
    files = register_files(tmp_path, [CONTRACT_00421], [METER_A])
    files[0].write_bytes(content)
    with pytest.raises(PermanentError, match=f"contracts.csv.*{complaint}"), database.transaction() as tx:
        import_register(tx, *files)


def test_a_bad_second_file_loads_neither(database, tmp_path):
    files = register_files(tmp_path, [CONTRACT_00421], [METER_A])
    files[1].unlink()
    with pytest.raises(PermanentError, match=r"meters.csv cannot be read"), database.transaction() as tx:
        import_register(tx, *files)
    with database.transaction() as tx:
        assert register.size(tx) == (0, 0)


def test_columns_come_in_any_order_and_optional_ones_are_kept_until_a_file_changes_them(database, tmp_path):
    files = register_files(tmp_path, [], [])
    files[0].write_text(
        f"director,{CONTRACT_HEADER},heat_load_hot_water,unknown\nИванов И.И.,{CONTRACT_00007},0.02,x\n,{CONTRACT_00421},,x\n",
        encoding="utf-8",
    )
    files[1].write_text(
        f"{METER_HEADER},valid_from,valid_until,verified_until,digits,point\n{METER_A},2020-01-01,,2027-05-01,6,ИТП 1\n"
        f"{METER_B},soon,,,,\n{METER_C},,,,99,\n",
        encoding="utf-8",
    )
    with database.transaction() as tx:
        report = import_register(tx, *files)
    assert [refusal.reason for refusal in report.refused] == [
        "valid_from: 'soon' is not a date YYYY-MM-DD",
        "digits: '99' is not a number of digits",
    ]
    assert load(database, tmp_path).changed == 0
    with database.transaction() as tx:
        meter = register.meters_of(tx, "00421")["0042100"].meter
        assert (meter.valid_from, meter.valid_until, meter.verified_until, meter.digits) == (
            dt.date(2020, 1, 1),
            None,
            dt.date(2027, 5, 1),
            6,
        )
        row = tx.execute(sa.select(tables.contracts).where(tables.contracts.c.number == "00007")).one()
        assert (row.director, row.heat_load_hot_water) == ("Иванов И.И.", Decimal("0.02"))


class TestLastAccepted:
    """Of the register's opening reading and the ledger's booked one the later date wins."""

    def booked(self, database, date: dt.date, index: str) -> None:
        with database.transaction() as tx:
            held = claimed(tx)
            settle(tx, settlement(held, submission(held, reading(index=index, reading_date=date))))

    def last(self, database):
        with database.transaction() as tx:
            record = register.meters_of(tx, "00421")["0042100"]
        return [(found.index, found.source) if found else None for found in (record.last_accepted, record.conflicting_last)]

    def test_the_later_ledger_wins(self, database, tmp_path):
        load(database, tmp_path)
        self.booked(database, dt.date(2026, 10, 21), "120.50")
        assert self.last(database) == [(Decimal("120.50"), "ledger"), None]

    def test_the_later_register_wins(self, database, tmp_path):
        load(database, tmp_path)
        self.booked(database, dt.date(2026, 10, 21), "120.50")
        load(database, tmp_path, meters=[METER_A.replace("100.50,2026-09-21", "0.00,2026-10-25")])
        assert self.last(database) == [(Decimal("0.00"), "register"), None]

    def test_the_same_date_and_value_agree(self, database, tmp_path):
        load(database, tmp_path)
        self.booked(database, dt.date(2026, 9, 21), "100.5")
        assert self.last(database) == [(Decimal("100.5"), "ledger"), None]

    def test_the_same_date_and_another_value_conflict(self, database, tmp_path):
        load(database, tmp_path)
        self.booked(database, dt.date(2026, 9, 21), "101")
        assert self.last(database) == [(Decimal(101), "ledger"), (Decimal("100.50"), "register")]

    def test_two_opening_readings_of_one_date_conflict_the_newest_first(self, database, tmp_path):
        load(database, tmp_path)
        load(database, tmp_path, meters=[METER_A.replace("100.50", "100.60")])
        assert self.last(database) == [(Decimal("100.60"), "register"), (Decimal("100.50"), "register")]

    def test_readings_in_another_unit_than_the_meters_do_not_count(self, database, tmp_path):
        load(database, tmp_path)
        self.booked(database, dt.date(2026, 10, 21), "120.50")
        load(database, tmp_path, meters=[METER_A.replace("Gcal,100.50,2026-09-21", "MWh,11.63,2026-09-25")])
        assert self.last(database) == [(Decimal("11.63"), "register"), None]


def test_a_serial_need_not_be_unique_over_contracts(database, tmp_path):
    load(database, tmp_path)
    with database.transaction() as tx:
        assert register.contracts_by_serial(tx, ["0042100", "B-7", "42100"]) == {"0042100": ("00007", "00421"), "B-7": ("00421",)}
        assert register.contracts_by_serial(tx, []) == {}


def test_a_sender_speaks_for_the_contracts_of_the_register_and_for_those_that_staff_approved(database, tmp_path):
    load(database, tmp_path)
    with database.transaction() as tx:
        assert register.contracts_of_sender(tx, "ZAFAR@mail.example") == ("00007", "00421")
        assert register.contracts_of_sender(tx, "stranger@else.example") == ()
        for _ in range(2):
            register.link_sender(tx, "Stranger@else.example", "00007", "Karimova", NOW)
        assert register.contracts_of_sender(tx, "stranger@else.example") == ("00007",)
        assert len(tx.execute(sa.select(tables.audit)).all()) == 1
    with pytest.raises(sa.exc.IntegrityError), database.transaction() as tx:
        register.link_sender(tx, "stranger@else.example", "99999", "Karimova", NOW)


def test_a_register_of_20000_rows_loads_and_loads_again_unchanged(database, tmp_path):
    contracts = [
        f'{n:05},"Организация {n}","Ташкент, {n}",{300000000 + n},o{n}@mail.example;p{n}@mail.example,0.1,ru,active' for n in range(10_000)
    ]
    meters = [f"{n:05},{n:07},ТЭМ,heat,Gcal,{n}.50,2026-09-21" for n in range(10_000)]
    assert counts(load(database, tmp_path, contracts, meters)) == (20_000, 0, 0, 0)
    changed = [row.replace("Ташкент", "Тошкент") for row in contracts]
    assert counts(load(database, tmp_path, changed, meters)) == (0, 10_000, 10_000, 0)
    with database.transaction() as tx:
        assert register.contract(tx, "09999").address == "Тошкент, 9999"
        assert register.meters_of(tx, "09999")["0009999"].last_accepted.index == Decimal("9999.50")


def _everything(database) -> dict[str, list]:
    names = ("contracts", "contract_emails", "meters", "opening_readings")
    with database.transaction() as tx:
        return {name: sorted(map(tuple, tx.execute(sa.select(tables.metadata.tables[name]))), key=str) for name in names}
