"""What a person decides goes through the ledger's one writer, is told by a letter that waits, and can be undone until it leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from metering.decisions import Outcome, Source
from metering.periods import Period
from metering.reviews import ReturnReason, ReviewKind, Verdict
from service.customer_files import give_file
from service.review_case import load_case, recheck
from service.verdicts import CannotBeBooked, ChangedMeanwhile, DoubtfulAnew, Said, decide, postpone, preview, undo
from storage import corrections, outbox, register, reviews, staff, standing, submissions
from storage.staff import StaffAccount
from storage.states import LetterState, ReviewState
from tests.support.desk import FOREIGN_METER, SUM_WRONG, TYPED, UNLINKED, Desk

OCTOBER = Period(2026, 10)


@pytest.fixture
def at(desk: Callable[..., Desk]) -> Callable[..., tuple[Desk, StaffAccount, int]]:
    """A desk with the report of one sample, and Olga before it."""

    def make(name: str, **options: float) -> tuple[Desk, StaffAccount, int]:
        made = desk(name, **options)
        made.site.add_staff("olga")
        with made.site.service.database.reading() as tx:
            person = staff.account(tx, "olga")
        assert person is not None
        (number,) = made.queue()
        return made, person, number

    return make


def booked(desk: Desk, contract: str) -> dict[str, Decimal | None]:
    with desk.site.service.database.reading() as tx:
        return {top.serial: top.index for top in standing.chain_tops(tx, contract, OCTOBER)}


def decision_letter(desk: Desk) -> tuple[outbox.LetterRow, str]:
    with desk.site.service.database.reading() as tx:
        (row,) = [row for row in outbox.letter_listing(tx) if row.kind == "decision"]
        return row, outbox.letter_bytes(tx, row.id).decode()


def test_an_acceptance_books_tells_and_closes_in_one_transaction(at) -> None:
    desk, olga, number = at(SUM_WRONG)
    service = desk.site.service
    done = decide(service, olga, number, Said(Verdict.ACCEPT, 1, {"consumption.1": "13546"}))
    assert booked(desk, "26565") == {"596078": Decimal(1189633)}
    assert (done.state, done.verdict, done.closed_by, done.corrected) == (ReviewState.CLOSED, Verdict.ACCEPT, "olga", 1)
    with service.database.reading() as tx:
        new = submissions.stored(tx, done.decision or 0)
        (correction,) = corrections.of_submission(tx, number)
    assert new is not None
    assert (new.source, new.supersedes, new.outcome, new.decided_by) == (Source.STAFF, number, Outcome.ACCEPTED, "olga")
    assert (correction.field, correction.line, correction.old, correction.new) == ("consumption", 1, "23546", "13546")
    assert correction.box
    row, _ = decision_letter(desk)
    assert done.undo_until is not None
    assert row.due_at >= done.undo_until
    assert row.recipient == "teplo26565@xat.example"
    assert desk.queue() == []


def test_the_customer_gets_the_files_of_a_report_that_staff_accepted(at) -> None:
    desk, olga, number = at(SUM_WRONG)
    done = decide(desk.site.service, olga, number, Said(Verdict.ACCEPT, 1, {"consumption.1": "13546"}))
    sent, decided = (give_file(desk.site.service, "26565", each, 0) for each in (number, done.decision))
    assert sent is not None
    assert sent == decided
    assert give_file(desk.site.service, "00692", done.decision or 0, 0) is None


def test_what_was_decided_meanwhile_is_a_conflict_and_nothing_is_overwritten(at) -> None:
    desk, olga, number = at(SUM_WRONG)
    decide(desk.site.service, olga, number, Said(Verdict.ACCEPT, 1))
    with pytest.raises(ChangedMeanwhile):
        decide(desk.site.service, olga, number, Said(Verdict.RETURN, 1))
    with pytest.raises(ChangedMeanwhile):
        postpone(desk.site.service, olga, number, 1, desk.site.service.clock())
    with desk.site.service.database.reading() as tx:
        review = reviews.show(tx, number)
    assert review is not None
    assert review.verdict is Verdict.ACCEPT


def test_undoing_takes_the_reading_back_and_cancels_the_letter(at) -> None:
    desk, olga, number = at(SUM_WRONG)
    service = desk.site.service
    decide(service, olga, number, Said(Verdict.ACCEPT, 1))
    assert undo(service, olga, number)
    assert booked(desk, "26565") == {}
    assert decision_letter(desk)[0].state is LetterState.CANCELLED
    assert desk.queue() == [number]
    with service.database.reading() as tx:
        waiting = standing.booked(tx, "26565", OCTOBER)
    assert waiting["596078"].outcome is Outcome.REVIEW
    decide(service, olga, number, Said(Verdict.ACCEPT, 3))
    assert booked(desk, "26565") == {"596078": Decimal(1189633)}


def test_it_is_too_late_to_undo_once_the_letter_is_being_sent(at) -> None:
    desk, olga, number = at(SUM_WRONG)
    service = desk.site.service
    decide(service, olga, number, Said(Verdict.ACCEPT, 1))
    with service.database.transaction() as tx:
        while claim := outbox.claim_letter(tx, "deliver", service.clock() + dt.timedelta(minutes=11)):
            sent = claim
    assert sent.kind == "decision"
    assert not undo(service, olga, number)
    assert booked(desk, "26565") == {"596078": Decimal(1189633)}


def test_only_the_person_who_decided_undoes(at) -> None:
    desk, olga, number = at(SUM_WRONG)
    desk.site.add_staff("rustam")
    with desk.site.service.database.reading() as tx:
        rustam = staff.account(tx, "rustam")
    assert rustam is not None
    decide(desk.site.service, olga, number, Said(Verdict.DUPLICATE, 1))
    assert not undo(desk.site.service, rustam, number)


def test_what_cannot_be_booked_is_refused_field_by_field(at) -> None:
    desk, olga, number = at(FOREIGN_METER)
    with pytest.raises(CannotBeBooked) as refused:
        decide(desk.site.service, olga, number, Said(Verdict.ACCEPT, 1))
    assert refused.value.rechecked.faults == {"serial.1": "serial_unknown"}
    with pytest.raises(CannotBeBooked) as refused:
        decide(desk.site.service, olga, number, Said(Verdict.ACCEPT, 1, {"current.1": "12x", "contract_number": "99999"}))
    assert {"current.1": "current", "contract_number": "contract_unknown"}.items() <= refused.value.rechecked.faults.items()
    assert desk.queue() == [number]


def test_nobody_books_less_than_nothing(at) -> None:
    desk, olga, number = at(SUM_WRONG)
    for typed in ("-5", "\u22125", "NaN", "1e5", "1.234,5"):
        with pytest.raises(CannotBeBooked) as raised:
            decide(desk.site.service, olga, number, Said(Verdict.ACCEPT, 1, {"current.1": typed}))
        assert raised.value.rechecked.faults == {"current.1": "current"}
    assert booked(desk, "26565") == {}


def test_a_return_tells_the_reasons_and_books_nothing(at) -> None:
    desk, olga, number = at(SUM_WRONG)
    service = desk.site.service
    said = Said(Verdict.RETURN, 1, reasons=(ReturnReason.SUMS_DIFFER,), comment="Сверьте, пожалуйста, расход.")
    with service.database.transaction() as tx:
        case = load_case(tx, number)
        assert case is not None
        shown = preview(tx, service, case, said)
    done = decide(service, olga, number, said)
    assert shown is not None
    assert (shown.recipient, done.verdict) == ("teplo26565@xat.example", Verdict.RETURN)
    assert booked(desk, "26565") == {}
    assert desk.queue() == []


def test_a_sender_may_be_let_to_speak_for_the_contract_and_that_taken_back(at) -> None:
    desk, olga, number = at(UNLINKED)
    service = desk.site.service
    done = decide(service, olga, number, Said(Verdict.ACCEPT, 1, link_sender=True))
    with service.database.transaction() as tx:
        sender = done.sender or ""
        assert register.contracts_of_sender(tx, sender) == ("12345",)
        (link,) = register.sender_links_listing(tx, 10, 0)
        assert (link.address, link.contract_number, link.approved_by) == (sender, "12345", "olga")
        assert register.unlink_sender(tx, sender, "12345", "olga", service.clock())
        assert register.contracts_of_sender(tx, sender) == ()


def test_who_takes_a_decision_back_takes_the_senders_link_back_too(at) -> None:
    desk, olga, number = at(UNLINKED)
    service = desk.site.service
    done = decide(service, olga, number, Said(Verdict.ACCEPT, 1, link_sender=True))
    assert undo(service, olga, number)
    with service.database.reading() as tx:
        assert register.contracts_of_sender(tx, done.sender or "") == ()


def test_a_link_of_before_stays_when_a_later_decision_is_taken_back(at) -> None:
    desk, olga, number = at(UNLINKED)
    service = desk.site.service
    with service.database.transaction() as tx:
        sender = reviews.show(tx, number).sender
        register.link_sender(tx, sender, "12345", "rustam", service.clock() - dt.timedelta(days=9))
    decide(service, olga, number, Said(Verdict.ACCEPT, 1, link_sender=True))
    assert undo(service, olga, number)
    with service.database.reading() as tx:
        assert register.contracts_of_sender(tx, sender) == ("12345",)


def test_a_stranger_is_told_the_decision_without_the_contracts_data(at) -> None:
    desk, olga, number = at(UNLINKED)
    decide(desk.site.service, olga, number, Said(Verdict.RETURN, 1, reasons=(ReturnReason.NOT_CONNECTED,)))
    row, _ = decision_letter(desk)
    with desk.site.service.database.reading() as tx:
        import email
        import email.policy

        message = email.message_from_bytes(outbox.letter_bytes(tx, row.id), policy=email.policy.default)
    text = message.get_body(("plain",)).get_content()  # type: ignore[attr-defined]
    assert "12345" not in text
    assert "не закреплён за договором" in text


def test_an_audit_that_agrees_changes_nothing_and_one_that_differs_corrects(at) -> None:
    desk, olga, number = at(TYPED, audit_share=1.0)
    service = desk.site.service
    with service.database.reading() as tx:
        review = reviews.show(tx, number)
    assert review is not None
    assert review.kind is ReviewKind.AUDIT
    before = booked(desk, review.contract_number or "")
    assert decide(service, olga, number, Said(Verdict.ACCEPT, 1)).verdict is Verdict.AGREE
    assert booked(desk, review.contract_number or "") == before
    assert undo(service, olga, number)
    serial, index = next(iter(before.items()))
    assert index is not None
    said = Said(Verdict.ACCEPT, 3, {"current.1": str(index + 1)})
    with pytest.raises(DoubtfulAnew):
        decide(service, olga, number, said)
    with service.database.transaction() as tx:
        case = load_case(tx, number)
        assert case is not None
        told = recheck(tx, service, case, said.form).doubts
    done = decide(service, olga, number, replace(said, told=told))
    assert done.verdict is Verdict.ACCEPT
    assert booked(desk, review.contract_number or "")[serial] == index + 1
    with service.database.reading() as tx:
        assert reviews.disagreement(tx, service.clock() - dt.timedelta(days=1)) == (1, 1)
    assert undo(service, olga, number)
    assert booked(desk, review.contract_number or "") == before
    decide(service, olga, number, Said(Verdict.RETURN, 5, reasons=(ReturnReason.UNREADABLE,)))
    assert booked(desk, review.contract_number or "") == {}
    assert undo(service, olga, number)
    assert booked(desk, review.contract_number or "") == before


def test_a_postponed_report_comes_back(at) -> None:
    desk, olga, number = at(SUM_WRONG)
    service = desk.site.service
    postpone(service, olga, number, 1, service.clock() + dt.timedelta(hours=12))
    assert desk.queue() == []
    postpone(service, olga, number, 2, service.clock() - dt.timedelta(seconds=1))
    assert desk.queue() == [number]
