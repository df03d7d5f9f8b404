"""The database as a whole: schema, durability settings, transactions and their errors."""

import datetime as dt
import sqlite3
import subprocess
import sys
import threading
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from metering.contracts import Language
from metering.documents import DocumentKey, DocumentKind
from metering.errors import PermanentError, TemporaryError
from metering.estimates import Estimate, EstimateMethod
from metering.schedule import Campaign
from parsers.billing.records import parse_billing
from storage import database as database_module
from storage import facts, messages, tables
from storage.addresses import Happening, note
from storage.billing import take_in
from storage.campaigns import Cause, owe_campaign_letter
from storage.database import HEAD, Database, open_database
from storage.documents import NewDocument, add_second_signature, record
from storage.ledger import settle
from storage.originals import Original, ToldBy, mark_original
from storage.recalculations import JointReading, add_recalculation
from storage.schema import newest_revision, schema_differences
from storage.states import AddressEvent
from tests.storage.made import NOW, claimed, letter, load_register, new_message, reading, settlement, submission
from tests.support.billing_files import OCTOBER, as_csv, month, reference, with_head

only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
only_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def own_url(request, tmp_path):
    """A database without schema that the test may spoil."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'own.db'}"
    return request.getfixturevalue("new_postgresql")()


def test_migrations_from_empty_give_exactly_the_tables(own_url):
    database = Database(own_url)
    assert database.current_revision() is None
    assert database.upgrade() == HEAD
    with database.transaction() as tx:
        assert schema_differences(tx) == []
        tx.execute(sa.text("alter table facts add column surplus integer"))
        assert schema_differences(tx) != []
    database.close()


def test_the_revision_that_the_program_needs_is_the_newest_migration(database):
    assert newest_revision() == HEAD == database.current_revision()


def test_an_upgrade_of_an_upgraded_database_changes_nothing(database):
    with database.transaction() as tx:
        facts.remember(tx, "a", "1")
    assert database.upgrade() == HEAD
    with database.transaction() as tx:
        assert facts.recall(tx, "a") == "1"


def test_a_new_sqlite_file_is_usable_at_once_even_if_several_processes_open_it_together(tmp_path):
    url = f"sqlite:///{tmp_path / 'new.db'}"
    script = (
        "import sys; from storage.database import open_database; from storage import facts\n"
        "d = open_database(sys.argv[1])\n"
        "with d.transaction() as tx: facts.remember(tx, sys.argv[2], 'here')"
    )
    started = [subprocess.Popen([sys.executable, "-W", "error", "-c", script, url, str(i)]) for i in range(3)]
    assert [process.wait(60) for process in started] == [0, 0, 0]
    opened = open_database(url)
    with opened.transaction() as tx:
        assert set(facts.recall_all(tx)) == {"0", "1", "2"}
    opened.close()


def test_an_empty_postgresql_is_refused_with_the_remedy(new_postgresql):
    url = new_postgresql()
    with pytest.raises(PermanentError, match="hisobot db upgrade"):
        open_database(url)
    database = Database(url)
    database.upgrade()
    database.close()
    open_database(url).close()


def test_a_schema_of_a_newer_program_is_refused(own_url):
    database = Database(own_url)
    database.upgrade()
    with database.transaction() as tx:
        tx.execute(sa.text("update alembic_version set version_num = '9999'"))
    with pytest.raises(PermanentError, match="newer hisobot"):
        database.upgrade()
    database.close()
    with pytest.raises(PermanentError, match="newer hisobot" if database.embedded else "9999"):
        open_database(own_url)


def test_sqlite_is_set_to_be_durable(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    with database.transaction() as tx:
        values = {
            name: tx.execute(sa.text(f"pragma {name}")).scalar() for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    database.close()
    assert values == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30000}


def test_a_transaction_that_fails_leaves_nothing(database):
    def remember_and_fail() -> None:
        with database.transaction() as tx:
            facts.remember(tx, "a", "1")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        remember_and_fail()
    with database.transaction() as tx:
        assert facts.recall(tx, "a") is None


def test_a_second_writer_of_sqlite_waits_from_its_begin(tmp_path):
    """A transaction that reads first and then writes must not fail because another wrote in between."""
    database = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    inside = threading.Event()

    def second() -> None:
        inside.wait()
        with database.transaction() as tx:
            facts.remember(tx, "sum", str(int(facts.recall(tx, "sum") or 0) + 1))

    thread = threading.Thread(target=second)
    thread.start()
    with database.transaction() as tx:
        before = int(facts.recall(tx, "sum") or 0)
        inside.set()
        thread.join(0.3)
        assert thread.is_alive()
        facts.remember(tx, "sum", str(before + 1))
    thread.join()
    with database.transaction() as tx:
        assert facts.recall(tx, "sum") == "2"
    database.close()


def test_a_locked_sqlite_is_a_temporary_error(tmp_path, monkeypatch):
    monkeypatch.setattr(database_module, "_BUSY_SECONDS", 0)
    file = tmp_path / "a.db"
    database = open_database(f"sqlite:///{file}")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(TemporaryError, match="locked"), database.transaction():
        pass
    other.close()
    database.close()


def test_a_file_that_is_no_database_is_for_a_person(tmp_path):
    file = tmp_path / "a.db"
    file.write_bytes(b"not a database, " * 100)
    with pytest.raises(PermanentError, match="not a SQLite database"):
        open_database(f"sqlite:///{file}")


def test_a_folder_that_does_not_exist_is_a_temporary_error_that_names_it(tmp_path):
    with pytest.raises(TemporaryError, match="folder"):
        open_database(f"sqlite:///{tmp_path / 'missing' / 'a.db'}")


def test_a_server_that_does_not_answer_is_a_temporary_error_without_the_password():
    with pytest.raises(TemporaryError, match="cannot be reached") as caught:
        open_database("postgresql://hisobot:secret@127.0.0.1:1/hisobot")
    assert "secret" not in str(caught.value)


def test_a_database_that_does_not_exist_is_for_a_person(postgresql_server):
    with pytest.raises((PermanentError, TemporaryError), match=r"hisobot_missing|3D000"):
        open_database(f"{postgresql_server}/hisobot_missing")


@pytest.mark.parametrize("url", ["mysql://a@b/c", "nonsense", "sqlite://", "sqlite:///:memory:"])
def test_another_kind_of_database_is_refused(url):
    with pytest.raises(PermanentError):
        open_database(url)


@only_postgresql
def test_a_connection_that_the_server_ended_is_a_temporary_error_and_the_next_one_works(database, database_url):

    def work_on_an_ended_connection() -> None:
        with database.transaction() as tx:
            backend = tx.scalar(sa.text("select pg_backend_pid()"))
            with psycopg.connect(database_url, autocommit=True) as other:
                other.execute("select pg_terminate_backend(%s)", [backend])
            tx.execute(sa.text("select 1"))

    with pytest.raises(TemporaryError):
        work_on_an_ended_connection()
    with database.transaction() as tx:
        assert tx.scalar(sa.text("select 1")) == 1


@only_postgresql
def test_two_transactions_that_lock_each_other_end_in_a_temporary_error(database):
    with database.transaction() as tx:
        facts.remember(tx, "a", "")
        facts.remember(tx, "b", "")
    failures, met = [], threading.Barrier(2)

    def cross(first: str, second: str) -> None:
        try:
            with database.transaction() as tx:
                facts.remember(tx, first, first)
                met.wait()
                facts.remember(tx, second, first)
        except TemporaryError as error:
            failures.append(error)

    threads = [threading.Thread(target=cross, args=names) for names in (("a", "b"), ("b", "a"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(failures) == 1


def test_a_long_reading_sees_one_state_and_holds_up_no_writer(database):
    with database.reading() as reader:
        assert facts.recall(reader, "a") is None
        with database.transaction() as tx:
            facts.remember(tx, "a", "1")
        assert facts.recall(reader, "a") is None
    with database.reading() as reader:
        assert facts.recall(reader, "a") == "1"


@pytest.mark.parametrize("text", ["120.50", "0.000001", "123456789012345678.123456789", "1E+3", "-0.10"])
def test_numbers_come_back_with_exactly_their_digits(database, tmp_path, text):
    with database.transaction() as tx:
        tx.execute(tables.contracts.insert().values(_contract_with_load(Decimal(text))))
        found = tx.scalar(sa.select(tables.contracts.c.heat_load))
    assert found == Decimal(text)
    assert format(found, "f") == format(Decimal(text), "f")


@pytest.mark.parametrize("number", [1.5, Decimal("NaN"), Decimal("Infinity")])
def test_what_is_not_an_exact_number_is_never_stored(database, number):
    with pytest.raises(sa.exc.StatementError, match="not an exact number"), database.transaction() as tx:
        tx.execute(tables.contracts.insert().values(_contract_with_load(number)))


def test_times_come_back_in_utc_and_one_without_zone_is_never_stored(database):
    tashkent = dt.timezone(dt.timedelta(hours=5))
    moment = dt.datetime(2026, 10, 1, 2, 30, 15, 123456, tashkent)
    with database.transaction() as tx:
        number = messages.keep(tx, new_message(internal_date=moment), NOW)
        found = messages.show(tx, number).internal_date
    assert found == moment
    assert found.tzinfo is dt.UTC
    with pytest.raises(sa.exc.StatementError, match="time zone"), database.transaction() as tx:
        messages.keep(tx, new_message(), dt.datetime(2026, 10, 1))  # noqa: DTZ001


def test_nul_and_undecodable_bytes_are_never_stored(database):
    with database.transaction() as tx:
        number = messages.keep(tx, new_message(file_name="a\x00b\udce4.eml"), NOW)
        assert messages.show(tx, number).file_name == "ab\ufffd.eml"
        tables_json = {"at": NOW, "actor": "a", "action": "b", "subject": "c", "details": {"k\x00": ["\x00x", {"y": "\udcff"}]}}
        tx.execute(tables.audit.insert().values(tables_json))
        assert tx.scalar(sa.select(tables.audit.c.details)) == {"k": ["x", {"y": "\ufffd"}]}


def _contract_with_load(load: object) -> dict[str, object]:
    return {"number": "1", "organization": "", "address": "", "inn": "", "heat_load": load, "language": "ru", "status": "active"}


@pytest.fixture
def full_ledger(database, tmp_path: Path) -> Database:
    load_register(database, tmp_path)
    with database.transaction() as tx:
        held = claimed(tx)
        settled = settle(tx, settlement(held, submission(held, reading()), letters=(letter(),)))
        row = {"letter": settled.letters[0], "at": NOW, "attempt": 1, "result": "SENT", "text": "250 ok"}
        tx.execute(tables.letter_attempts.insert().values(row))
        change = {"submission": settled.submissions[0], "decision": settled.submissions[0], "field": "current", "old": "1", "new": "2"}
        tx.execute(tables.corrections.insert().values({**change, "corrected_by": "olga", "corrected_at": NOW}))
        file = parse_billing(as_csv(with_head([*reference(), *month("00421", OCTOBER)])))
        take_in(tx, file, "day.csv", 1, "b" * 64, NOW)
        write_of_our_own_accord(tx)
        file_id = tx.scalar(sa.select(tables.billing_files.c.id))
        key = DocumentKey(DocumentKind.INVOICE, "00421", OCTOBER, OCTOBER)
        document = record(tx, NewDocument(key, Language.RUSSIAN, "CODE", Decimal(1), "d" * 64, 1, "Karimov", "1F", NOW, file_id))
        assert document is not None
        add_second_signature(tx, document.id, "e" * 64, NOW)
    return database


def write_of_our_own_accord(tx) -> None:
    """A row in each table of the month's calendar."""
    told = Estimate("00421", OCTOBER, EstimateMethod.FLAT, Decimal("1.00"), ())
    assert owe_campaign_letter(tx, Cause(Campaign.NOTICE, "00421", OCTOBER, "after"), letter("notice"), told, NOW)
    add_recalculation(tx, JointReading("00421", OCTOBER, "17", dt.date(2026, 11, 12), Decimal(2)), "lola", NOW)
    mark_original(tx, Original("00421", OCTOBER, ToldBy.NUMBER), "lola", NOW)
    note(tx, Happening("zafar@mail.example", AddressEvent.SOFT, NOW))


@pytest.mark.parametrize("table", tables.APPEND_ONLY, ids=lambda table: table.name)
def test_the_ledger_is_never_updated_or_deleted_from(full_ledger, table):
    column = next(column for column in table.c if not column.primary_key)
    changes = [
        table.update().values({column.name: table.c[column.name]}),
        table.delete(),
    ]
    if not full_ledger.embedded:
        changes.append(sa.text(f"truncate {table.name} cascade"))
    for change in changes:
        with pytest.raises(sa.exc.IntegrityError, match="append-only"), full_ledger.transaction() as tx:
            tx.execute(change)
    with full_ledger.transaction() as tx:
        assert tx.scalar(sa.select(sa.func.count()).select_from(table)) > 0


@only_sqlite
def test_sqlite_does_not_replace_a_row_of_the_ledger_either(full_ledger):
    with pytest.raises(sa.exc.IntegrityError, match="append-only"), full_ledger.transaction() as tx:
        tx.execute(sa.text("insert or replace into audit select * from audit limit 1"))
