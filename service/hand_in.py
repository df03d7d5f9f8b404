"""Readings handed in at the cabinet or by the API: kept first, then judged and booked like any other submission.

An entry without files is settled in the transaction that keeps it. One with files waits until a worker has read them
(`work_off_next`): opened only in the sandbox, read by the same readers as mail, compared with what was typed, and settled.
"""

from __future__ import annotations

import datetime as dt
import logging
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from metering.decisions import Source
from metering.errors import PermanentError, TemporaryError
from metering.reports import Report
from parsers.merging import merge
from service.answers import Judged
from service.assembly import Service
from service.binding import Arrival, look_up
from service.cabinet_letters import receipt
from service.readers import Readers
from service.sandbox import open_file
from service.submissions import submission_of
from service.typed import typed_report
from storage import entries, ledger, outbox
from storage.database import Transaction
from storage.entries import Entry, EntryClaim, NewEntry
from storage.faults import LostLease
from storage.settling import SubmittedFile
from validation.rulebook import judge

log = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=10)  # longer than reading all files of an entry may take


class SaidOtherwise(Exception):
    """This client handed in other readings under the same id before."""


def hand_in(service: Service, new: NewEntry) -> Entry:
    """Keeps the entry and, where it has no files, settles it at once; the entry of before where the same was handed in again.

    Its files' bytes are in the blob store already. Raises ValueError where `meters` are none (service/typed.py), SaidOtherwise.
    """
    _report_of(new)  # raises before anything is kept
    with service.database.transaction() as tx:
        entry = entries.keep(tx, new)
        if entry is None:
            return _same_as_before(tx, new)
        if entry.files:
            return entry
        _settle(tx, service, entry, ())
        return entries.show(tx, entry.id)


def work_off_next(service: Service, readers: Readers, owner: str) -> bool:
    """Reads and settles the entry that has waited longest; False if none waits. Raises TemporaryError of the infrastructure."""
    with service.database.transaction() as tx:
        claim = entries.claim(tx, owner, service.clock(), LEASE)
    if claim is None:
        return False
    try:
        # Where three workers died with it in hand, nobody reads its files a fourth time.
        read = [] if claim.spent else _read(service, readers, claim.entry)
    except TemporaryError as error:
        _give_back(service, claim, error, counts=False)
        raise
    except Exception as error:  # the files' fault, or a bug that they brought to light
        log.warning("the files of an entry cannot be read entry=%d attempt=%d error=%s", claim.entry.id, claim.entry.attempts, type(error))
        if not claim.last:
            _give_back(service, claim, error, counts=True)
            return True
        read = []  # what was typed stands; a note says that its files could not be read
    try:
        with service.database.transaction() as tx:
            entries.assert_held(tx, claim)
            _settle(tx, service, claim.entry, read, claim)
    except LostLease:
        log.warning("the claim was lost; another worker has the entry")
    return True


def _same_as_before(tx: Transaction, new: NewEntry) -> Entry:
    known = entries.of_client(tx, new.client, new.client_id)
    said = ("contract_number", "period", "reading_date", "meters", "files")
    if known is None or any(getattr(known, name) != getattr(new, name) for name in said):
        raise SaidOtherwise
    return known


def _read(service: Service, readers: Readers, entry: Entry) -> list[Report]:
    reports: list[Report] = []
    for file in entry.files:
        raw = service.blobs.get(file.sha256)
        with tempfile.TemporaryDirectory(prefix="hisobot-entry-") as name:
            folder = Path(name)
            opened = open_file(raw, file.name, folder, service.settings.limits)
            reports += [report for each in opened.files if each.sheets for report in readers.read(each, folder)]
    return merge(reports)


def _give_back(service: Service, claim: EntryClaim, error: Exception, counts: bool) -> None:
    reason = str(error) if isinstance(error, PermanentError | TemporaryError) else f"{type(error).__name__}: {error}"
    with service.database.transaction() as tx:
        entries.release(tx, claim, reason, service.clock(), counts)


def _settle(tx: Transaction, service: Service, entry: Entry, read: Sequence[Report], claim: EntryClaim | None = None) -> None:
    """Look up, judge and record in this transaction, with the receipt that the contract's address is owed."""
    arrival = Arrival(Source.CABINET, entry.received_at, files_attached=len(entry.files), attached=tuple(read))
    report, case = look_up(tx, _report_of(entry), arrival, service.settings.rules.policy())
    decision = judge(report, case)
    files = tuple(SubmittedFile(file.name, file.sha256) for file in entry.files)
    new = replace(
        submission_of(report, case, decision, service.settings.review.audit_share), cabinet_id=entry.number, files=files, report=None
    )
    submission = ledger.record_submission(tx, new, service.clock(), f"customer {entry.contract_number}")
    entries.settle(tx, entry, submission, claim)
    letter = receipt(tx, service, entry, Judged(report, case, decision))
    if letter is not None:
        outbox.owe(tx, letter, service.clock())


def _report_of(entry: Entry | NewEntry) -> Report:
    return typed_report(
        {
            "contract_number": entry.contract_number,
            "period": str(entry.period),
            "reading_date": entry.reading_date.isoformat(),
            "meters": entry.meters,
            "files": [file.name for file in entry.files],
        }
    )
