"""The day's figures: taken or refused as a whole, with line and reason; the same file again changes nothing; the age is known."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from metering.billing import Basis
from metering.contracts import Language
from metering.errors import TemporaryError
from metering.periods import TASHKENT
from service.assembly import Service
from service.billing import Imported, age_of_figures, import_due, import_file
from service.command_line.application import application
from service.config import Settings
from storage import billing
from storage.blobs import BlobStore
from storage.database import Database
from tests.storage.made import load_register
from tests.support.billing_files import NOVEMBER, OCTOBER, Row, as_csv, as_xlsx, closing, month, reference, with_head

EVENING = dt.datetime(2026, 11, 2, 19, 20, tzinfo=TASHKENT)
SQLITE_ONLY = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def service(database: Database, tmp_path: Path) -> Service:
    load_register(database, tmp_path)
    return Service(Settings(home=tmp_path), database, BlobStore(tmp_path / "blobs"), lambda: EVENING)


def two_months(number: str = "00421") -> list[Row]:
    october = month(number, OCTOBER, "1500000.00")
    return [*october, *month(number, NOVEMBER, closing(october), gcal="0.10", paid="0.00")]


def take(service: Service, content: bytes, name: str = "day.csv") -> Imported:
    file = service.settings.home / name
    file.write_bytes(content)
    return import_file(service, file)


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_a_file_is_taken_in_and_what_it_says_stands(service: Service, write: Callable[[list[Row]], bytes]):
    rows = with_head([*reference(), *two_months(), *two_months("00007")])
    assert take(service, write(rows), "day") == Imported("day", new=4)
    with service.database.reading() as tx:
        october, november = billing.settled_months(tx, "00421", OCTOBER, NOVEMBER)
        supplier = billing.supplier_on(tx, dt.date(2026, 10, 31), Language.UZBEK)
        last = billing.last_file(tx)
    assert (october.opening, october.accrued, october.paid, october.closing) == tuple(
        map(Decimal, ("1500000.00", "20675226.07", "20000000.00", "2175226.07"))
    )
    (line,) = october.accruals
    assert (line.gcal, line.tariff, line.amount, line.vat) == tuple(map(Decimal, ("53.93", "342296", "18460023.28", "2215202.79")))
    assert [payment.document for payment in october.payments] == ["1017"]
    assert [(each.basis, each.serial, each.current) for each in october.counted] == [(Basis.READING, "1306457", Decimal("1338.30"))]
    assert november.opening == october.closing
    assert supplier is not None
    assert supplier.name == "«Toshissiqquvvati» DUK"
    assert last is not None
    assert (last.as_of, last.closed_through) == (dt.datetime(2026, 11, 2, 14, 5, tzinfo=dt.UTC), OCTOBER)


def test_the_same_file_again_changes_nothing_and_a_newer_one_writes_only_what_differs(service: Service):
    first = as_csv(with_head([*reference(), *two_months(), *two_months("00007")]))
    assert take(service, first).new == 4
    assert take(service, first).known
    moved = [*two_months()[:-3], *month("00421", NOVEMBER, "2175226.07", gcal="0.25", paid="5000.00")]
    assert take(service, as_csv(with_head([*moved, *two_months("00007")], as_of="2026-11-03T19:04"))) == Imported("day.csv", restated=1)
    with service.database.reading() as tx:
        (november,) = billing.settled_months(tx, "00421", NOVEMBER, NOVEMBER)
    assert (november.gcal, november.paid) == (Decimal("0.25"), Decimal("5000.00"))


def changed(rows: list[Row], record: str, /, **cells: str) -> list[Row]:
    """The first row of that record with other cells."""
    at = next(i for i, row in enumerate(rows) if row["record"] == record)
    return [*rows[:at], rows[at] | cells, *rows[at + 1 :]]


GOOD = with_head([*reference(), *two_months()])
FAULTS = {
    "the sum of a line": (
        changed(GOOD, "accrual", amount="18460023.29"),
        "line 9: amount is 18460023.29, 53.93 x 342296 makes 18460023.28",
    ),
    "the VAT of a line": (changed(GOOD, "accrual", vat="1.00"), "line 9: vat is 1.00, 12 % of 18460023.28 makes 2215202.79"),
    "a rate that was not in force": (changed(GOOD, "accrual", vat_rate="15"), "line 9: vat_rate 15: in force in 2026-10 was 12"),
    "a tariff that was not in force": (changed(GOOD, "accrual", tariff="1"), "line 9: tariff 1: in force for legal in 2026-10 was 342296"),
    "accruals and their sum": (changed(GOOD, "account", accrued="1.00"), "line 8: accrued is 1.00, the accruals make 20675226.07"),
    "payments and their sum": (changed(GOOD, "payment", amount="1.00"), "line 8: paid is 20000000.00, the payments make 1.00"),
    "the closing balance": (
        changed(GOOD, "account", closing_balance="1.00"),
        "line 8: closing_balance is 1.00, opening + accrued - paid makes",
    ),
    "the opening balance": (
        with_head([*reference(), *month("00421", OCTOBER), *month("00421", NOVEMBER, "7.00")]),
        "line 12: opening_balance is 7.00, 2026-10 closed with 675226.07",
    ),
    "consumption and accruals": (
        changed(GOOD, "consumption", gcal="53.94"),
        "line 8: the accruals are for 53.93 Gcal, the consumption counted makes 53.94",
    ),
    "indexes": (changed(GOOD, "consumption", current="1338.31"), "line 10: consumption is 53.93, current - previous makes 53.94"),
    "an unknown contract": (with_head([*reference(), *two_months("99999")]), "line 8: no contract 99999 in the register"),
    "a file that is cut short": (GOOD[:-3], "the file: accounts: its `file` record says 2, its rows make 1"),
    "a row without an account": (
        with_head([*GOOD[1:], month("00007", OCTOBER)[1]]),
        "line 15: there is no `account` row for contract 00007",
    ),
    "two accounts": (with_head([*GOOD[1:], month("00421", OCTOBER)[0]]), "has another `account` row for 2026-10: line 8"),
    "no number": (changed(GOOD, "payment", amount="20 000 000"), "line 11: amount: '20 000 000' is not a number with a decimal point"),
    "parts of a tiyin": (changed(GOOD, "payment", amount="1.005"), "line 11: amount: '1.005' has more than two decimals"),
    "a column of another record": (changed(GOOD, "payment", gcal="1"), "line 11: a record `payment` has no column gcal"),
    "an empty cell": (changed(GOOD, "payment", date=""), "line 11: date: is empty"),
    "an unknown record": (changed(GOOD, "payment", record="pay"), "line 11: there is no record 'pay'"),
    "no head": (GOOD[1:], "the file: holds 0 records `file`"),
    "an open month as closed": (with_head(GOOD[1:], closed=NOVEMBER), "closed_through 2026-11 is not before its period 2026-11"),
}


@SQLITE_ONLY
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_refuses_the_whole_file_and_says_where(service: Service, fault: str):
    rows, said = FAULTS[fault]
    done = take(service, as_csv(rows))
    told = [f"{complaint.place}: {complaint.reason}" for complaint in done.complaints]
    assert any(said in line for line in told), told
    with service.database.reading() as tx:
        assert billing.last_file(tx) is None
        assert billing.settled_months(tx, "00421", OCTOBER, NOVEMBER) == ()


@SQLITE_ONLY
def test_a_file_must_go_on_from_the_one_before(service: Service):
    assert take(service, as_csv(with_head([*reference(), *two_months(), *two_months("00007")]))).new == 4
    december = NOVEMBER.next()
    cases = {
        "its figures are of": with_head(two_months(), as_of="2026-11-01T19:00"),
        "2026-10 closed with 2175226.07": with_head([*month("00421", NOVEMBER, "9.00"), *two_months("00007")], as_of="2026-11-03T19:00"),
        "contract 00007 was in the last file for 2026-11": with_head(two_months(), as_of="2026-11-03T19:00"),
        "the months between 2026-11 and 2027-01 are missing": with_head(
            month("00421", december.next()), december.next(), "2027-01-03T19:00"
        ),
        "and 2026-11, which is not in the file, opened with": with_head(month("00421", OCTOBER, "1.00"), december, "2026-12-03T19:00"),
    }
    for said, rows in cases.items():
        done = take(service, as_csv(rows), "next.csv")
        assert any(said in complaint.reason for complaint in done.complaints), (said, done)


@SQLITE_ONLY
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "there is no header line"),
        ("запись".encode("cp1251"), "is not UTF-8"),
        (b"record;as_of;period\r\n", "semicolons"),
        (b'record,as_of\r\nfile,"2026', "is not CSV"),
        (b"PK\x03\x04 and nothing else", "cannot be opened as xlsx"),
        (b"record,record\r\n", "twice"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(service: Service, content: bytes, said: str):
    done = take(service, content)
    assert said in done.complaints[0].reason


@SQLITE_ONLY
def test_a_contract_number_that_a_workbook_made_a_number_of_is_refused_with_the_remedy(service: Service):
    rows = [row | {"contract_number": "421"} if "contract_number" in row else row for row in GOOD]
    done = take(service, as_xlsx(rows))
    assert (done.complaints[0].place, done.complaints[0].reason) == (
        "sheet account, row 2",
        "contract_number: '421' is not a contract number of 5 digits; in a workbook the column must hold text",
    )


@SQLITE_ONLY
def test_the_folder_is_looked_at_until_the_days_file_comes(service: Service):
    folder = service.settings.home / "billing"
    folder.mkdir()
    with pytest.raises(TemporaryError, match="none has ever come"):
        import_due(service)
    (folder / "2026-11-01.csv").write_bytes(as_csv(with_head([*reference(), *two_months()], as_of="2026-11-01T19:05")))
    with pytest.raises(TemporaryError, match="its last figures are of 2026-11-01 19:05"):
        import_due(service)
    (folder / "2026-11-02.csv").write_bytes(as_csv(with_head(two_months())))
    assert [done.name for done in import_due(service)] == ["2026-11-02.csv"]
    assert import_due(service) == []


@SQLITE_ONLY
def test_a_file_that_was_written_anew_under_its_name_is_taken_in_although_it_is_as_large(service: Service):
    folder = service.settings.home / "billing"
    folder.mkdir()
    path = folder / "day.csv"
    path.write_bytes(as_csv(with_head([*reference(), *two_months()])))
    os.utime(path, (0, 0))
    assert [done.known for done in import_due(service)] == [False]
    assert import_due(service) == []
    anew = as_csv(with_head([*reference(), *two_months()], as_of="2026-11-02T19:06"))
    assert len(anew) == path.stat().st_size
    path.write_bytes(anew)
    later = service.clock().timestamp() + 60
    os.utime(path, (later, later))
    assert [done.name for done in import_due(service)] == ["day.csv"]
    assert import_due(service) == []


@SQLITE_ONLY
@pytest.mark.parametrize(
    ("now", "late"),
    [("2026-11-02T19:05", False), ("2026-11-03T19:14", False), ("2026-11-03T19:15", True), ("2026-11-05T08:00", True)],
)
def test_figures_are_late_when_the_refresh_that_was_due_has_not_come(service: Service, now: str, late: bool):
    take(service, as_csv(GOOD))
    with service.database.reading() as tx:
        age = age_of_figures(tx, dt.datetime.fromisoformat(now).replace(tzinfo=TASHKENT), dt.time(19))
    assert (age.as_of, age.late) == (dt.datetime(2026, 11, 2, 14, 5, tzinfo=dt.UTC), late)


@SQLITE_ONLY
def test_before_the_first_file_there_is_no_age(service: Service):
    with service.database.reading() as tx:
        assert age_of_figures(tx, EVENING, dt.time(19)).as_of is None


@SQLITE_ONLY
def test_the_command_says_what_became_of_the_file(service: Service, monkeypatch: pytest.MonkeyPatch):
    home = service.settings.home
    service.database.close()
    monkeypatch.setenv("HISOBOT_HOME", str(home))
    monkeypatch.setenv("HISOBOT_DATABASE_URL", service.database.name)
    (home / "day.csv").write_bytes(as_csv(GOOD))
    (home / "bad.csv").write_bytes(as_csv(changed(GOOD, "accrual", vat="1.00")))
    run = partial(CliRunner().invoke, application)
    done = run(["billing", "import", str(home / "day.csv")])
    assert (done.exit_code, done.stdout) == (0, "day.csv: 2 months new, 0 restated\n")
    assert run(["billing", "import", str(home / "day.csv")]).stdout == "day.csv: was taken in before, nothing changed\n"
    refused = run(["billing", "import", str(home / "bad.csv")])
    assert refused.exit_code == 1
    assert "bad.csv, line 9: vat is 1.00, 12 % of 18460023.28 makes 2215202.79" in refused.stderr
