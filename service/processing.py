"""Works off the queue of kept messages, one after another, in the order of receipt, and between them the cabinet's entries.

A message's own failure is counted and ends in quarantine after three tries; a failure of the
infrastructure pauses the loop and counts against nobody (docs/delivery.md).
"""

from __future__ import annotations

import logging
import random
import socket
import threading
from collections.abc import Callable

from metering.errors import PermanentError, TemporaryError
from service import notify
from service.assembly import Service
from service.hand_in import work_off_next
from service.logs import about
from service.pipeline import LEASE, clear_left_folders, process
from service.readers import Readers
from storage import entries, messages
from storage.faults import LostLease
from storage.messages import Claim

log = logging.getLogger(__name__)

IDLE_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 300.0


def owner_name(duty: str) -> str:
    return f"{duty}@{socket.gethostname()}"


def process_next(service: Service, readers: Readers, owner: str) -> bool:
    """Takes the next message through its journey. False if none waits. Raises TemporaryError of the infrastructure."""
    with service.database.transaction() as tx:
        claim = messages.claim(tx, owner, service.clock(), LEASE)
    if claim is None:
        return False
    with about(claim.message.id):
        try:
            outcome = process(service, readers, claim)
            log.info("decided outcome=%s attempt=%d", outcome, claim.message.attempts)
        except LostLease:
            log.warning("the claim was lost; another worker has the message")
        except TemporaryError as error:
            _give_back(service, claim, error, counts=False)
            raise
        except PermanentError as error:
            _give_back(service, claim, error, counts=True)
        except Exception as error:  # a bug: its traceback for us, the message for a person after the third try
            log.exception("a bug ended the work on this message")
            _give_back(service, claim, error, counts=True)
    return True


def process_all(service: Service, readers: Readers, owner: str, step: Callable[[], None] = lambda: None) -> None:
    """Until nothing waits; `step` is called after each message."""
    while process_next(service, readers, owner):
        step()


def process_forever(service: Service, readers: Readers, owner: str, stop: threading.Event) -> None:
    """Until `stop` is set; finishes the message in hand. Pauses while the infrastructure fails, 1 s doubling to 5 min."""
    pause = 1.0
    clear_left_folders()
    with service.database.transaction() as tx:
        messages.recover(tx, owner, service.clock())
        entries.recover(tx, owner, service.clock())
    while not stop.is_set():
        notify.alive()
        try:
            # Who typed something in the cabinet may be looking at the screen; each in turn, so that neither starves.
            worked = work_off_next(service, readers, owner)
            worked = process_next(service, readers, owner) or worked
            pause = 1.0
        except TemporaryError as error:
            log.error("paused: %s", error)
            stop.wait(pause * random.uniform(0.9, 1.1))
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            continue
        if not worked:
            stop.wait(IDLE_SECONDS)


def _give_back(service: Service, claim: Claim, error: Exception, counts: bool) -> None:
    reason = f"{type(error).__name__}: {error}" if not isinstance(error, PermanentError | TemporaryError) else str(error)
    try:
        with service.database.transaction() as tx:
            state = messages.release(tx, claim, reason, service.clock(), counts)
        log.warning("given back state=%s error=%s", state, type(error).__name__)  # its text may quote the message: it stands in the row
    except (LostLease, TemporaryError):
        # The lease ends by itself, and the attempt is counted.
        log.warning("could not be given back; its lease ends by itself")
