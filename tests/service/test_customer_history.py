"""What a customer sees of his contract: each thing sent with its source and state, conflicts, and nothing of anybody else."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from metering.contracts import Language
from metering.decisions import Outcome, Source
from metering.periods import TASHKENT, Period
from metering.reports import Field, Report, Total
from service.assembly import Service
from service.config import SecretSettings, Settings
from service.customer_files import GivenFile, give_file, give_page
from service.customer_history import MeterHistory, history_of, year_before
from service.hand_in import hand_in
from service.month_state import MeterState, month_state, open_periods, states_today
from service.page_pictures import PictureMaker
from service.typed_check import Slip, check, typed_index, typed_meter, usual_month
from storage import pictures, register, sent_files
from storage.blobs import BlobStore
from storage.database import Database
from storage.entries import EntryFile, NewEntry
from storage.ledger import settle
from storage.originals import Original, ToldBy, mark_original
from storage.settling import Settlement, SubmittedFile
from tests.storage.made import NOW, OCTOBER, claimed, decided, load_register, reading, settlement, submission

TODAY = dt.datetime(2026, 10, 23, 9, tzinfo=TASHKENT)


@pytest.fixture
def service(database: Database, tmp_path: Path) -> Service:
    load_register(database, tmp_path)
    settings = Settings(home=tmp_path, secrets=SecretSettings(message_id_key="a key of sixteen bytes or more"))
    return Service(settings, database, BlobStore(tmp_path / "blobs"), lambda: TODAY)


def entry(**changes: object) -> NewEntry:
    meter = {"serial": "0042100", "kind": "heat", "unit": "Gcal", "previous": "100.50", "current": "120.50", "consumption": "20.00"}
    values = {"client": "cabinet", "client_id": "1", "contract_number": "00421", "period": OCTOBER, "reading_date": dt.date(2026, 10, 21)}
    return NewEntry(**{**values, "meters": [meter], "language": Language.RUSSIAN, "received_at": TODAY, **changes})  # type: ignore[arg-type]


def seen(service: Service, serial: str = "0042100", contract: str = "00421") -> MeterHistory:
    with service.database.reading() as tx:
        return next(m for m in history_of(tx, contract, Period(2026, 1), OCTOBER) if m.serial == serial)


def test_mail_cabinet_and_staff_stand_in_one_timeline_with_their_state_and_a_conflict_as_one(service: Service) -> None:
    with service.database.transaction() as tx:
        held = claimed(tx)
        settle(tx, settlement(held, submission(held)))
    hand_in(service, entry(meters=[{**entry().meters[0], "current": "125.50", "consumption": "25.00"}]))
    rows = seen(service).rows
    assert [(row.source, row.status, row.index, row.conflict) for row in rows] == [
        (Source.CABINET, "review", "125.50", True),
        (Source.EMAIL, "booked", "120.50", True),
    ]
    assert str(rows[0].number).startswith("261023-K")
    assert "conflict" in [finding.rule for finding in rows[0].reasons]
    assert str(rows[1].number).startswith("261022-")
    assert [file.name for file in rows[1].files] == ["hisobot.pdf"]


def test_a_staff_correction_replaces_the_value_and_is_no_conflict(service: Service) -> None:
    with service.database.transaction() as tx:
        held = claimed(tx)
        (first,) = settle(tx, settlement(held, submission(held))).submissions
        corrected = submission(None, reading(index="121.50"), source=Source.STAFF, supersedes=first, sender=None)
        settle(tx, Settlement(NOW, (corrected,)))
    rows = seen(service).rows
    assert [(row.source, row.status, row.conflict) for row in rows] == [
        (Source.STAFF, "booked", False),
        (Source.EMAIL, "corrected", False),
    ]
    october = seen(service).months[-1]
    assert (october.sent.index, october.booked.index) == ("120.50", "121.50")  # type: ignore[union-attr]


def test_what_a_stranger_sent_in_the_customers_name_is_not_shown_and_its_file_not_given(service: Service) -> None:
    with service.database.transaction() as tx:
        held = claimed(tx)
        (strange,) = settle(tx, settlement(held, submission(held, trusted=False, decision=decided(Outcome.REVIEW)))).submissions
    assert seen(service).rows == ()
    with service.database.reading() as tx:
        assert sent_files.file_of_contract(tx, "00421", strange, 0) is None
        assert month_state(tx, service, "00421", OCTOBER).meters[0].state is MeterState.MISSING


def test_a_file_is_given_to_its_own_contract_alone(service: Service) -> None:
    with service.database.transaction() as tx:
        held = claimed(tx)
        (ours,) = settle(tx, settlement(held, submission(held, files=(SubmittedFile("отчёт.pdf", "b" * 64),)))).submissions
    with service.database.reading() as tx:
        found = sent_files.file_of_contract(tx, "00421", ours, 0)
        assert found is not None
        assert (found.name, found.message, found.pages) == ("отчёт.pdf", held.message.id, None)
        assert sent_files.file_of_contract(tx, "00007", ours, 0) is None
        assert sent_files.file_of_contract(tx, "00421", ours, 1) is None


def of_pages(contract: str, *pages: int) -> Report:
    """A report whose number stands on each of these pages of one file."""
    first, *others = (Field(contract, 1.0, page, None, certain=True) for page in pages)
    return Report(("двое.pdf",), 3, contract_number=first, totals=tuple(Total(other, None) for other in others))


def test_of_a_file_with_reports_of_several_contracts_each_gets_the_pages_that_are_its_own_alone(service: Service) -> None:
    both = (SubmittedFile("двое.pdf", "b" * 64),)
    with service.database.transaction() as tx:
        held = claimed(tx)
        mine = submission(held, files=both, report=of_pages("00421", 1, 2))
        theirs = submission(held, reading(index="5.50"), files=both, part=2, contract_number="00007", report=of_pages("00007", 2, 3))
        first, second = settle(tx, settlement(held, mine, theirs)).submissions
    with service.database.reading() as tx:
        own = sent_files.file_of_contract(tx, "00421", first, 0)
        others = sent_files.file_of_contract(tx, "00007", second, 0)
    assert own is not None
    assert others is not None
    assert (own.pages, others.pages) == ((1,), (3,))
    assert give_file(service, "00421", first, 0) is None  # never the file itself
    with service.database.transaction() as tx:
        for page in (1, 2, 3):
            pictures.remember_picture(tx, "b" * 64, page, service.blobs.put(f"page {page}".encode()))
    given = {page: give_page(service, PictureMaker(service), "00421", (first, 0), page) for page in (1, 2, 3)}
    assert [page for page, file in given.items() if file is not None] == [1]
    assert given[1] == GivenFile("двое-1.jpg", b"page 1", "image/jpeg")
    assert give_page(service, PictureMaker(service), "00007", (first, 0), 1) is None


def test_what_staff_found_to_be_another_contracts_is_gone_from_the_one_that_it_was_read_for(service: Service) -> None:
    waiting = decided(Outcome.REVIEW)
    with service.database.transaction() as tx:
        held = claimed(tx)
        (misread,) = settle(tx, settlement(held, submission(held, decision=waiting, report=of_pages("00421", 1)))).submissions
    assert [row.status for row in seen(service).rows] == ["review"]
    moved = submission(None, reading(index="5.50"), source=Source.STAFF, supersedes=misread, sender=None, contract_number="00007")
    with service.database.transaction() as tx:
        (decision,) = settle(tx, Settlement(NOW, (moved,))).submissions
    assert seen(service).rows == ()
    with service.database.reading() as tx:
        assert sent_files.file_of_contract(tx, "00421", misread, 0) is None
        right = sent_files.file_of_contract(tx, "00007", decision, 0)
    assert right is not None
    assert right.pages is None
    undone = submission(None, source=Source.STAFF, supersedes=decision, sender=None, decision=waiting, readings=(), restores=True)
    with service.database.transaction() as tx:
        settle(tx, Settlement(NOW, (undone,)))
    assert [row.submission for row in seen(service).rows] == [misread]


def test_values_sent_again_are_shown_as_known_and_an_entry_with_files_as_waiting(service: Service) -> None:
    hand_in(service, entry())
    hand_in(service, entry(client_id="2"))
    hand_in(service, entry(client_id="3", files=(EntryFile("1.jpg", service.blobs.put(b"1"), 1),)))
    assert [row.status for row in seen(service).rows] == ["waiting", "duplicate", "booked"]
    assert not any(row.conflict for row in seen(service).rows)


def test_the_months_have_no_gaps_and_a_meter_of_which_nothing_came_has_them_too(service: Service) -> None:
    assert [month.period.month for month in seen(service, "B-7").months] == list(range(1, 11))
    assert year_before(OCTOBER, 1) == Period(2025, 11)
    assert year_before(Period(2026, 12), 1) == Period(2026, 1)


def test_the_month_says_what_is_missing_how_long_there_is_time_and_what_is_charged_otherwise(service: Service) -> None:
    with service.database.reading() as tx:
        (state,) = states_today(tx, service, "00421")
    assert [(each.meter.serial, each.state) for each in state.meters] == [("0042100", MeterState.MISSING), ("B-7", MeterState.MISSING)]
    assert (state.days_left, state.deadline.day, state.closes) == (2, 25, dt.date(2026, 11, 10))
    assert state.estimate is not None
    hand_in(service, entry())
    hand_in(service, entry(client_id="2", meters=[{**entry().meters[0], "serial": "B-7", "previous": None, "consumption": None}]))
    with service.database.reading() as tx:
        (state,) = states_today(tx, service, "00421")
    assert [each.state for each in state.meters] == [MeterState.ACCEPTED, MeterState.REVIEW]
    assert (state.missing, state.reported) == ((), 2)


def test_until_the_month_closes_the_one_before_comes_first() -> None:
    policy = Settings().rules.policy()
    assert open_periods(dt.date(2026, 11, 10), policy) == (OCTOBER, Period(2026, 11))
    assert open_periods(dt.date(2026, 11, 11), policy) == (Period(2026, 11),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("120,50", "120.50"),
        ("120.5", "120.5"),
        (" 1 234,50 ", "1234.50"),
        ("1’234", "1234"),
        ("000120", "120"),
        ("120,", "120"),
        ("", Slip.EMPTY),
        ("сто", Slip.NO_NUMBER),
        ("-1", Slip.NO_NUMBER),
        ("1,2,3", Slip.NO_NUMBER),
        ("١٢", Slip.NO_NUMBER),
        ("1234567", Slip.DIGITS),
        ("1,234", Slip.DECIMALS),
    ],
)
def test_an_index_is_taken_as_people_write_it_and_a_slip_is_named(service: Service, text: str, said: str | Slip) -> None:
    with service.database.reading() as tx:
        record = register.meters_of(tx, "00421")["0042100"]
    assert typed_index(text, record) == said


def test_who_types_is_told_what_was_used_and_how_that_compares_with_his_usual_month(service: Service) -> None:
    with service.database.transaction() as tx:
        index = Decimal("100.50")
        for month in (6, 7, 8, 9):
            index += 10
            day = dt.date(2026, month, 22)
            sent = reading(index=str(index), reading_date=day, previous=index - 10, consumption=Decimal(10))
            settle(tx, Settlement(NOW, (submission(None, sent, period=Period(2026, month), reading_date=day),)))
    with service.database.reading() as tx:
        record = register.meters_of(tx, "00421")["0042100"]
        assert usual_month(record) == 10
        typed = typed_meter(record, "184.50", "140.50")
        found = check(tx, service, "00421", OCTOBER, dt.date(2026, 10, 21), [typed])["0042100"]
    assert (found.used, found.gcal, found.usual, found.times) == (Decimal("44.00"), Decimal("44.00"), Decimal(10), Decimal("4.4"))
    assert found.is_doubtful
    assert "consumption_unusual" in [finding.rule for finding in found.findings]


def test_who_types_less_than_the_last_index_is_told_so(service: Service) -> None:
    with service.database.reading() as tx:
        record = register.meters_of(tx, "00421")["0042100"]
        typed = typed_meter(record, "90.00", "100.50")
        found = check(tx, service, "00421", OCTOBER, dt.date(2026, 10, 21), [typed])["0042100"]
    assert found.used is None
    assert "current_below_previous" in [finding.rule for finding in found.findings]


def test_a_months_paper_original_is_shown_once_it_was_received_and_no_more_when_the_mark_is_taken_back(service: Service) -> None:
    original = Original("00421", OCTOBER, ToldBy.NUMBER)
    for received in (True, False):
        with service.database.transaction() as tx:
            mark_original(tx, original, "olga", NOW, received)
        assert seen(service).months[-1].original is received
        with service.database.reading() as tx:
            assert month_state(tx, service, "00421", OCTOBER).original is received
