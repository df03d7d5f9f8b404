"""The duty that signs: answers who asked for a document, and issues the month's as soon as billing has closed it (docs/documents.md)."""

from __future__ import annotations

import datetime as dt
import logging
import random
import threading

from metering.errors import PermanentError, TemporaryError
from service import notify
from service.assembly import Service, signing_of
from service.document_letters import tell_contract
from service.document_requests import answer_requests
from service.documents import Office, Tally, closed_through, issue_month
from storage.database import Transaction
from storage.documents import IssuedDocument

log = logging.getLogger(__name__)

IDLE_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 300.0
MONTH_EVERY = dt.timedelta(minutes=5)


def office_of(service: Service) -> Office:
    """What issues documents and mails them to their contracts. Raises PermanentError that names what the settings lack."""

    def told(tx: Transaction, document: IssuedDocument, pdf: bytes) -> None:
        tell_contract(tx, service, document, pdf)

    return Office(service, signing_of(service.settings), told)


def issue_due(office: Office) -> list[Tally]:
    """What is missing of the last closed month, of the kinds that are issued of our own accord."""
    with office.service.database.reading() as tx:
        closed = closed_through(tx)
    if closed is None:
        return []
    return [issue_month(office, kind, closed, step=notify.alive) for kind in office.service.settings.documents.automatic]


def sign_forever(service: Service, stop: threading.Event) -> None:
    """Until `stop` is set. Pauses while the token or the timestamp server is away, 1 s doubling to 5 min.

    What needs a person (a wrong PIN, a certificate that has ended) is said once, and nothing is tried again until the duty is
    started anew: a token locks itself after a few wrong PINs.
    """
    pause, next_month = 1.0, service.clock()
    try:
        office = office_of(service)
        while not stop.is_set():
            notify.alive()
            try:
                answer_requests(office)
                if service.clock() >= next_month:
                    _say(issue_due(office))
                    next_month = service.clock() + MONTH_EVERY
                pause = 1.0
            except TemporaryError as error:
                log.error("paused: %s", error)
                stop.wait(pause * random.uniform(0.9, 1.1))
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
                continue
            stop.wait(IDLE_SECONDS)
    except PermanentError as error:
        log.error("no document is signed until a person has seen to it and started the duty again: %s", error)
        while not stop.wait(IDLE_SECONDS):
            notify.alive()


def _say(tallies: list[Tally]) -> None:
    for tally in tallies:
        if tally.issued:
            log.info("documents issued=%d before=%d without=%d", tally.issued, tally.before, len(tally.left_out))
