"""One report's journey, on one screen: open, read, extract, look up, judge, settle (ARCHITECTURE.md)."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from metering.decisions import Decision, Outcome, Policy
from metering.messages import Opened
from metering.reports import Report
from parsers.fields import merge
from service import answers
from service.assembly import Service
from service.binding import Arrival, look_up
from service.envelopes import Envelope, address
from service.readers import Readers
from service.sandbox import open_message
from service.submissions import submission_of
from storage import ledger, standing
from storage.database import Transaction
from storage.ledger import Fate, Settlement
from storage.messages import Claim
from validation.outcomes import outcome_of_message
from validation.rulebook import judge


def process(service: Service, readers: Readers, claim: Claim) -> Outcome:
    """Takes one claimed message through its journey; returns what became of it.

    Raises PermanentError (OpeningFailed, ReadingFailed) where this message's bytes defeat us, TemporaryError where
    the infrastructure fails: in both cases nothing was decided and nothing is lost.
    """
    raw = service.blobs.get(claim.message.raw_sha256)
    with tempfile.TemporaryDirectory(prefix="hisobot-") as folder:
        opened = open_message(raw, Path(folder), service.settings.limits)
        envelope = address(opened, claim.message, service)
        reports = [] if envelope.holds_nothing_new else _read(opened, Path(folder), readers)
    with service.database.transaction() as tx:
        return _conclude(tx, service, claim, envelope, opened, reports)


def _read(opened: Opened, folder: Path, readers: Readers) -> list[Report]:
    """The reports in a message: photos and attachments that belong together are one, another contract is another."""
    return merge([report for file in opened.files if file.sheets for report in readers.read(file, folder)])


def _conclude(tx: Transaction, service: Service, claim: Claim, envelope: Envelope, opened: Opened, reports: Sequence[Report]) -> Outcome:
    """Look up, judge and settle, in one transaction: submissions, readings, decision, audit and the letter owed."""
    now = service.clock()
    policy = service.settings.rules.policy()
    known = envelope.holds_nothing_new or standing.content_known(tx, envelope.content_sha256, claim.message.raw_sha256, claim.message.id)
    judged = [] if known else [_settle_report(tx, claim, envelope, opened, report, part, policy) for part, report in enumerate(reports, 1)]
    if known:
        outcome = Outcome.IGNORED
    else:
        faults = [file.attachment.fault for file in opened.files if file.attachment.fault and not file.attachment.decoration]
        outcome = outcome_of_message([decision for _, _, decision in judged], faults, automatic=envelope.automatic is not None)
