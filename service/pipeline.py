"""One report's journey, on one screen: open, read, extract, look up, judge, settle (ARCHITECTURE.md)."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from metering.decisions import Outcome, Source
from metering.errors import TemporaryError
from metering.messages import Fault, Opened
from metering.reports import Report
from parsers.merging import merge
from service import notify
from service.answers import Judged, Told, answer
from service.assembly import Service
from service.binding import Arrival, look_up
from service.bounces import note_bounce
from service.envelopes import Envelope, address
from service.readers import Readers
from service.sandbox import open_message
from service.submissions import submission_of
from storage import ledger, messages, standing
from storage.database import Transaction
from storage.messages import Claim, Message
from storage.settling import Fate, Settlement, SubmittedFile
from validation.outcomes import outcome_of_message
from validation.rulebook import judge

LEASE = dt.timedelta(minutes=10)
_FOLDERS = "hisobot-work-"
ROOM_BYTES = 256 * 1024**2  # a message and its pictures


def process(service: Service, readers: Readers, claim: Claim) -> Outcome:
    """Takes one claimed message through its journey; returns what became of it.

    Raises PermanentError (OpeningFailed, ReadingFailed) where this message's bytes defeat us, TemporaryError where
    the infrastructure fails: in both cases nothing was decided and nothing is lost.
    """
    raw = service.blobs.get(claim.message.raw_sha256)
    with _working_folder() as folder:
        opened = open_message(raw, folder, service.settings.limits)
        envelope = address(opened, claim.message, service)
        found = [] if envelope.holds_nothing_new else _read(service, readers, claim, opened, folder)
    reports = merge(found)
    if envelope.automatic is not None:
        reports = [report for report in reports if report.meters]  # a machine's picture without readings is no report
    with service.database.transaction() as tx:
        return _conclude(tx, service, claim, envelope, opened, reports)


def _read(service: Service, readers: Readers, claim: Claim, opened: Opened, folder: Path) -> list[Report]:
    """What each file says. A message of many files takes longer than a lease, so it is renewed in between."""
    reports: list[Report] = []
    for file in opened.files:
        if not file.sheets:
            continue
        if service.clock() > claim.lease_until - LEASE / 2:
            with service.database.transaction() as tx:
                claim = messages.renew(tx, claim, service.clock(), LEASE)
        notify.alive()
        reports += readers.read(file, folder)
    return reports


def clear_left_folders() -> None:
    """Removes the working folders of processes that were killed: they hold people's mail."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDERS}*"):
        process = folder.name.removeprefix(_FOLDERS).partition("-")[0]
        if process.isdecimal() and not Path("/proc", process).exists():
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _working_folder() -> Iterator[Path]:
    """Raises TemporaryError where there is no room for a message's files: a full disk is the fault of none of them."""
    try:
        folder = tempfile.TemporaryDirectory(prefix=f"{_FOLDERS}{os.getpid()}-")
    except OSError as error:
        raise TemporaryError(f"no folder to work in: {error}") from error
    with folder as path:
        if shutil.disk_usage(path).free < ROOM_BYTES:
            raise TemporaryError(f"less than {ROOM_BYTES // 1024**2} MiB are free in {tempfile.gettempdir()}: give it more room")
        yield Path(path)


def _conclude(tx: Transaction, service: Service, claim: Claim, envelope: Envelope, opened: Opened, reports: Sequence[Report]) -> Outcome:
    """Look up, judge and settle in one transaction: submissions, readings, decision, audit and the letter owed."""
    now = service.clock()
    message = claim.message
    messages.assert_held(tx, claim)
    if envelope.bounce is not None:
        note_bounce(tx, service, message.id, envelope.bounce)
    if envelope.holds_nothing_new or standing.content_known(tx, envelope.content_sha256, message.raw_sha256, message.id):
        judged, outcome = (), Outcome.IGNORED
    else:
        judged = tuple(_judge_and_record(tx, service, claim, envelope, opened, reports, part) for part in range(1, len(reports) + 1))
        outcome = outcome_of_message([each.decision for each in judged], _faults(message, opened), automatic=envelope.automatic is not None)
    owed = answer(tx, service, Told(message, envelope, opened, outcome, judged))
    fate = Fate(
        outcome=outcome,
        reply=owed.kind,
        reasons=tuple(dict.fromkeys(reason for each in judged for reason in each.decision.reasons)),
        received_at=envelope.received_at,
        # A false sender's copy must not make the true mail one that was kept before (docs/delivery.md, tier C).
        content_sha256=envelope.content_sha256 if envelope.sender.tier.may_be_answered else None,
        sender=envelope.sender.address,
        message_id=envelope.message_id,
    )
    ledger.settle(tx, Settlement(now, letters=(owed.letter,) if owed.letter else (), claim=claim, fate=fate))
    return outcome


def _faults(message: Message, opened: Opened) -> list[Fault]:
    """What is wrong with the files that are no decoration; of mail whose size let only its headers be fetched, just that."""
    if message.headers_only:
        return [Fault.TOO_LARGE]
    return [file.attachment.fault for file in opened.files if file.attachment.fault and not file.attachment.decoration]


def _judge_and_record(
    tx: Transaction, service: Service, claim: Claim, envelope: Envelope, opened: Opened, reports: Sequence[Report], part: int
) -> Judged:
    """One report after another: each sees what the one before it booked, and what the others state."""
    report = reports[part - 1]
    files = tuple(SubmittedFile(a.name, a.sha256) for a in (f.attachment for f in opened.files) if a.name in report.files)
    arrival = Arrival(
        source=Source.EMAIL,
        received_at=envelope.received_at,
        sender=envelope.sender,
        automatic=envelope.automatic is not None,
        contract_numbers=envelope.contract_numbers,
        beside=(*reports[: part - 1], *reports[part:]),
        files=tuple(file.sha256 for file in files),
    )
    report, case = look_up(tx, report, arrival, service.settings.rules.policy())
    decision = judge(report, case)
    new = replace(
        submission_of(report, case, decision, service.settings.review.audit_share), message=claim.message.id, part=part, files=files
    )
    ledger.record_submission(tx, new, service.clock())
    return Judged(report, case, decision)
