"""What a person decides about a report: booked, returned, or laid aside, with the letter that tells it, in one transaction; and undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from metering.decisions import Decision, Outcome, Source
from metering.errors import PermanentError
from metering.reviews import ReturnReason, ReviewKind, Verdict
from service.assembly import Service
from service.decision_letters import Told, decision_letter
from service.review_case import Rechecked, ReviewCase, load_case, recheck
from service.submissions import readings_of
from storage import audit, corrections, ledger, outbox, register, reviews, submissions
from storage.database import Transaction
from storage.faults import StaleLookup
from storage.outbox import Letter
from storage.reviews import Closing, Review
from storage.settling import NewSubmission
from storage.staff import StaffAccount
from storage.states import ReviewState
from validation.values import date_of

_OUTCOMES = {
    Verdict.ACCEPT: Outcome.ACCEPTED,
    Verdict.RETURN: Outcome.INCOMPLETE,
    Verdict.DUPLICATE: Outcome.DUPLICATE,
    Verdict.NOT_A_REPORT: Outcome.NO_REPORT,
}


@dataclass(frozen=True, slots=True)
class Said:
    """What the person said. version: of the review that he saw; form: the fields as typed; seen: submissions whose booked
    readings he saw beside it; told: doubts that stood before him (service/review_case.py); reasons and comment: of a return;
    link_sender: the sender may speak for the contract from now on."""

    verdict: Verdict
    version: int
    form: Mapping[str, str] = field(default_factory=dict)
    seen: frozenset[int] = frozenset()
    told: frozenset[str] = frozenset()
    reasons: tuple[ReturnReason, ...] = ()
    comment: str = ""
    link_sender: bool = False


class ChangedMeanwhile(Exception):
    """Somebody else decided, or another value was booked, since the page was opened; nothing was written."""


class CannotBeBooked(Exception):
    """faults: by field, why (service/review_case.py)."""

    def __init__(self, rechecked: Rechecked) -> None:
        super().__init__("cannot be booked")
        self.rechecked = rechecked


class DoubtfulAnew(Exception):
    """What was typed raises doubts that the person has not seen yet: a slip of the hand must not be booked at once."""


def decide(service: Service, person: StaffAccount, submission: int, said: Said) -> Review:
    """Raises ChangedMeanwhile, CannotBeBooked, DoubtfulAnew; PermanentError if the submission never waited for a person."""
    try:
        with service.database.transaction() as tx:
            case = load_case(tx, submission)
            if case is None:
                raise PermanentError(f"submission {submission} does not wait for a person")
            if case.review.state is not ReviewState.OPEN or case.review.version != said.version:
                raise ChangedMeanwhile
            _conclude(tx, service, person, case, said)
            done = reviews.show(tx, submission)
            assert done is not None
            return done
    except StaleLookup:
        raise ChangedMeanwhile from None


def preview(tx: Transaction, service: Service, case: ReviewCase, said: Said) -> Letter | None:
    """The letter as it would go out; None where nobody can be written to. Nothing is written."""
    rechecked = recheck(tx, service, case, said.form) if said.verdict is Verdict.ACCEPT else None
    return decision_letter(tx, service, case, _told(said, rechecked), f"preview/{case.stored.id}")


def postpone(service: Service, person: StaffAccount, submission: int, version: int, until: dt.datetime) -> None:
    """Raises ChangedMeanwhile."""
    try:
        with service.database.transaction() as tx:
            reviews.postpone(tx, submission, version, until)
            entry = audit.Entry(service.clock(), person.name, "review postponed", f"submission {submission}", {"until": until.isoformat()})
            audit.write(tx, entry)
    except StaleLookup:
        raise ChangedMeanwhile from None


def undo(service: Service, person: StaffAccount, submission: int) -> bool:
    """Takes the person's own decision back while its letter waits: what stood before stands again, and who was let to
    speak for the contract by it may no more. False if it is too late."""
    now = service.clock()
    try:
        with service.database.transaction() as tx:
            review = reviews.show(tx, submission)
            if review is None or review.closed_by != person.name or review.undo_until is None or review.undo_until <= now:
                return False
            if review.letter is not None and not outbox.cancel(tx, review.letter, now):
                return False
            if review.decision is not None:
                _take_back(tx, person, review, now)
            if review.sender is not None and review.closed_at is not None:
                register.take_link_back(tx, review.sender, person.name, review.closed_at, now)
            reviews.reopen(tx, submission, review.version)
            audit.write(tx, audit.Entry(now, person.name, "decision undone", f"submission {submission}", {"decision": review.decision}))
    except StaleLookup:
        return False
    return True


def _conclude(tx: Transaction, service: Service, person: StaffAccount, case: ReviewCase, said: Said) -> None:
    now = service.clock()
    rechecked = None
    if said.verdict is Verdict.ACCEPT:
        rechecked = recheck(tx, service, case, said.form)
        if rechecked.faults:
            raise CannotBeBooked(rechecked)
        if rechecked.typed.corrections and rechecked.doubts - said.told - recheck(tx, service, case, {}).doubts:
            raise DoubtfulAnew
    changed = rechecked.typed.corrections if rechecked else ()
    agreed = case.review.kind is ReviewKind.AUDIT and said.verdict in (Verdict.ACCEPT, Verdict.AGREE) and not changed
    verdict = Verdict.AGREE if agreed else said.verdict
    decision = letter = None
    if not agreed:
        decision = ledger.record_submission(tx, _submission(case, said, rechecked, _restored(tx, case)), now, person.name)
        corrections.write(tx, case.stored.id, decision, changed, person.name, now)
        letter = _owe(tx, service, case, _told(said, rechecked), decision)
    if said.link_sender and rechecked is not None and case.stored.sender and rechecked.case.contract is not None:
        register.link_sender(tx, case.stored.sender, rechecked.case.contract.number, person.name, now)
    until = now + dt.timedelta(minutes=service.settings.review.undo_minutes)
    reviews.close(tx, case.stored.id, said.version, Closing(verdict, person.name, now, decision, letter, until, len(changed)))
    details = {"verdict": verdict.value, "decision": decision, "corrections": len(changed), "kind": case.review.kind.value}
    audit.write(tx, audit.Entry(now, person.name, "review decided", f"submission {case.stored.id}", details))


def _restored(tx: Transaction, case: ReviewCase) -> frozenset[int]:
    """Submissions by which an undone decision gave this report's readings back: they stand for it."""
    found = set()
    for booked in case.booked_by_others.values():
        undoing = submissions.stored(tx, booked.submission)
        undone = submissions.stored(tx, undoing.supersedes) if undoing and undoing.source is Source.STAFF and undoing.supersedes else None
        if undone is not None and undone.supersedes == case.stored.id:
            found.add(booked.submission)
    return frozenset(found)


def _submission(case: ReviewCase, said: Said, rechecked: Rechecked | None, restored: frozenset[int]) -> NewSubmission:
    """The staff's submission that disposes of the reviewed one. It keeps the time of receipt: the customer was in time or late by that."""
    stored = case.stored
    new = NewSubmission(
        source=Source.STAFF,
        decision=Decision(_OUTCOMES[said.verdict], rechecked.decision.findings if rechecked else ()),
        received_at=stored.received_at,
        readings=(),
        contract_number=stored.contract_number,
        period=stored.period,
        bound_by=stored.bound_by,
        sender=stored.sender,
        supersedes=stored.id,
        withdraws=case.review.kind is ReviewKind.AUDIT and rechecked is None,
        corrects=said.seen | restored,
    )
    if rechecked is None:
        return new
    report = rechecked.report
    return replace(
        new,
        readings=readings_of(report),
        contract_number=rechecked.case.contract_number,
        period=rechecked.case.period,
        reading_date=date_of(report.reading_date),
        files=stored.files,
        report=report,
    )


def _told(said: Said, rechecked: Rechecked | None) -> Told:
    return Told(
        said.verdict, said.reasons, said.comment.strip(), rechecked.report if rechecked else None, rechecked.case if rechecked else None
    )


def _owe(tx: Transaction, service: Service, case: ReviewCase, told: Told, decision: int) -> int | None:
    letter = decision_letter(tx, service, case, told, f"decision/{decision}")
    return None if letter is None else outbox.owe(tx, letter, service.clock())


def _take_back(tx: Transaction, person: StaffAccount, review: Review, now: dt.datetime) -> None:
    """A submission of staff in the place of the decision, which gives what it booked or withdrew back to what stood before."""
    decided = submissions.stored(tx, review.decision or 0)
    assert decided is not None
    new = NewSubmission(
        source=Source.STAFF,
        decision=Decision(Outcome.REVIEW),
        received_at=decided.received_at,
        readings=(),
        contract_number=decided.contract_number,
        period=decided.period,
        sender=decided.sender,
        supersedes=decided.id,
        restores=True,
    )
    ledger.record_submission(tx, new, now, person.name)
