"""Sends the letters that are owed, one after another: at least once, or a person is told (docs/delivery-out.md)."""

from __future__ import annotations

import datetime as dt
import logging
import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from mailer.bounces import Fate, fate_of_refusal
from mailer.budgets import Tally, replies_outrun_mail
from mailer.outbox import AmbiguousError, Outgoing, UnreachableError
from metering.errors import PermanentError, TemporaryError
from service import notify
from service.clock import Clock
from storage import addresses, audit, messages, outbox
from storage.addresses import Happening
from storage.database import Database, Transaction
from storage.faults import LostLease
from storage.outbox import LetterClaim
from storage.states import AddressEvent, LetterState, MessageState

log = logging.getLogger(__name__)

#: When a letter is tried, as pauses before each attempt; 31.9 hours in all (docs/delivery-out.md, "Retries").
PAUSES = tuple(dt.timedelta(minutes=m) for m in (0, 1, 5, 15, 30, 60, 120, 240, 480, 960))
JITTER = 0.1
TRIES_WITH_BUG = 3
SENT_PATIENCE = (0.5, 1.0, 2.0, 4.0, 8.0)  # seconds between tries to mark a letter as sent
IDLE_SECONDS = 2.0
TURN_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 300.0
ALIVE_SECONDS = 20.0
TALLY_EVERY = dt.timedelta(minutes=1)
TALLY_WINDOW = dt.timedelta(hours=1)


#: Why a letter must not go any more, in a few words; None where it may.
Objection = Callable[[Transaction, LetterClaim, dt.datetime], str | None]


def _none(tx: Transaction, claim: LetterClaim, now: dt.datetime) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Post:
    """What the loop works with. sender: our own address, of the envelope; owner: name of this duty, unique among live ones.

    campaigns_per_minute: how many letters of our own accord may go; objection: why an owed letter must not go any more.
    """

    database: Database
    outgoing: Outgoing
    clock: Clock
    sender: str
    owner: str
    campaigns_per_minute: int | None = None
    objection: Objection = _none


class Withdrawn(Exception):
    """The letter became untrue while it was on its way to the server: nothing of it was sent."""


def next_attempt(attempts: int, now: dt.datetime, chance: Callable[[float, float], float] = random.uniform) -> dt.datetime | None:
    """When a letter that was tried `attempts` times is tried again, with 10 % jitter either way; None: it is given up."""
    if attempts >= len(PAUSES):
        return None
    return now + PAUSES[attempts] * chance(1 - JITTER, 1 + JITTER)


def deliver_once(post: Post) -> bool:
    """Sends the letter that has been due longest and writes down what became of it; False if none is due.

    Raises TemporaryError where the infrastructure fails (database, way out): the loop is to pause. Dies at any point
    without harm: the letter is sent again with the same bytes, or counts as ambiguous (docs/delivery-out.md, "Outbox states").
    """
    with post.database.transaction() as tx:
        claim = outbox.claim_letter(tx, post.owner, post.clock(), post.campaigns_per_minute)
        withdrawn = claim is not None and _withdraw_if_untrue(post, tx, claim)
    if claim is None:
        return False
    if withdrawn:
        return True
    if claim.attempts > len(PAUSES):  # its sender died each time, so no one could write down a failure
        _give_up(post, claim, f"given up: {claim.attempts - 1} attempts ended without a result")
        return True
    may_have_gone = False

    def before_data() -> None:
        nonlocal may_have_gone
        with post.database.transaction() as tx:
            withdrawn = _withdraw_if_untrue(post, tx, claim)
            if not withdrawn:
                outbox.enter_data_phase(tx, claim)
        if withdrawn:
            raise Withdrawn
        may_have_gone = True

    try:
        answer = post.outgoing.send(claim.mime, post.sender, claim.recipient, before_data)
    except LostLease:
        log.warning("letter=%d the claim was lost before anything was sent; another sender has it", claim.id)
    except Withdrawn:
        pass  # written down and logged already
    except AmbiguousError as error:
        reason = str(error)
        _mark(post, claim, "no answer after the data", lambda tx, now: outbox.mark_ambiguous(tx, claim, now, reason))
    except PermanentError as error:
        _give_up(post, claim, str(error))
    except UnreachableError as error:
        _try_later(post, claim, str(error))
        raise
    except TemporaryError as error:
        _try_later(post, claim, str(error))
    except Exception as error:
        log.exception("letter=%d a bug ended the sending", claim.id)
        _after_bug(post, claim, f"{type(error).__name__}: {error}", may_have_gone)
    else:
        _mark_sent(post, claim, answer)
    return True


def _withdraw_if_untrue(post: Post, tx: Transaction, claim: LetterClaim) -> bool:
    now = post.clock()
    reason = post.objection(tx, claim, now)
    if reason is None:
        return False
    outbox.withdraw_letter(tx, claim, now, reason)
    log.info("letter=%d kind=%s withdrawn: %s", claim.id, claim.kind, reason)
    return True


def deliver_all(post: Post, step: Callable[[], None] = lambda: None) -> None:
    """Until no letter is due; `step` is called after each. Waits where letters of our own accord wait for their turn."""
    while True:
        if deliver_once(post):
            step()
            continue
        with post.database.transaction() as tx:
            waits = outbox.letters_wait(tx, post.clock())
        if not waits:
            return
        time.sleep(TURN_SECONDS)


def deliver_forever(post: Post, stop: threading.Event) -> None:
    """Until `stop` is set; finishes the letter in hand. Pauses while the infrastructure fails, 1 s doubling to 5 min."""
    pause = 1.0
    watch = Watch(post)
    recovered = False
    while not stop.is_set():
        notify.alive()
        try:
            if not recovered:
                recovered = _recover(post)
            watch.look()
            if pause > 1.0:
                post.outgoing.check()  # no letter spends an attempt to learn that the way out is still shut
            worked = deliver_once(post)
            pause = 1.0
        except TemporaryError as error:
            log.error("paused: %s", _nameless(str(error)))
            _rest(stop, pause * random.uniform(1 - JITTER, 1 + JITTER))
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            continue
        if not worked:
            stop.wait(IDLE_SECONDS)


def _rest(stop: threading.Event, seconds: float) -> None:
    """Waits, and tells systemd meanwhile that a long pause is no hang."""
    while seconds > 0 and not stop.wait(min(seconds, ALIVE_SECONDS)):
        notify.alive()
        seconds -= ALIVE_SECONDS


def _after_bug(post: Post, claim: LetterClaim, reason: str, may_have_gone: bool) -> None:
    """A letter that defeats us goes to a person after three tries, and the others go on."""
    if may_have_gone:
        _mark(post, claim, "left in an unknown state", lambda tx, now: outbox.mark_ambiguous(tx, claim, now, reason))
    elif claim.attempts >= TRIES_WITH_BUG:
        _give_up(post, claim, reason)
    else:
        _try_later(post, claim, reason)


def _try_later(post: Post, claim: LetterClaim, reason: str) -> None:
    due = next_attempt(claim.attempts, post.clock())
    if due is None:
        _give_up(post, claim, f"given up after {claim.attempts} attempts; the last: {reason}")
        return
    _mark(post, claim, f"put off: {reason}", lambda tx, now: outbox.mark_retry(tx, claim, now, due, reason))


def _give_up(post: Post, claim: LetterClaim, reason: str) -> None:
    """The letter is FAILED, where staff see it, and the log says so; nothing is sent to anybody instead."""

    def write(tx: object, now: dt.datetime) -> None:
        outbox.mark_failed(tx, claim, now, reason)
        if fate_of_refusal(reason) is Fate.HARD:
            addresses.note(tx, Happening(claim.recipient, AddressEvent.HARD, now, letter=claim.id, text=reason))
        audit.write(tx, audit.Entry(now, "hisobot", "letter given up", f"letter {claim.id}", {"reason": reason}))

    if _mark(post, claim, "given up", write):
        log.error("letter=%d kind=%s could not be delivered, a person has to see to it: %s", claim.id, claim.kind, _nameless(reason))


def _mark(post: Post, claim: LetterClaim, what: str, write: Callable[..., None]) -> bool:
    """Writes down what became of the letter. Where the claim has gone meanwhile, its new owner writes."""
    try:
        with post.database.transaction() as tx:
            write(tx, post.clock())
    except LostLease:
        log.warning("letter=%d was %s, but the claim had gone meanwhile", claim.id, what)
        return False
    log.info("letter=%d kind=%s attempt=%d %s", claim.id, claim.kind, claim.attempts, _nameless(what))
    return True


def _nameless(text: str) -> str:
    """For the log: a server's answer without the addresses that it repeats. Staff see the whole of it with the letter."""
    return re.sub(r"[^\s<>]+@[^\s<>]+", "(address)", text)


def _mark_sent(post: Post, claim: LetterClaim, answer: str) -> None:
    """The one mark whose loss means a letter twice, so a database that is away for a moment is waited for."""
    for seconds in SENT_PATIENCE:
        try:
            _mark(post, claim, "sent", lambda tx, now: outbox.mark_sent(tx, claim, now, answer))
        except TemporaryError as error:
            log.warning("letter=%d is sent but cannot be marked so yet: %s", claim.id, error)
            time.sleep(seconds)
        else:
            return
    _mark(post, claim, "sent", lambda tx, now: outbox.mark_sent(tx, claim, now, answer))


def _recover(post: Post) -> bool:
    """At start: letters that this duty held when it died are not held any more."""
    with post.database.transaction() as tx:
        outbox.recover_letters(tx, post.owner, post.clock())
    return True


@dataclass(slots=True)
class Watch:
    """Looks once a minute at the queue as a whole: letters given up, and answers that outrun the mail."""

    post: Post
    _next: dt.datetime | None = None
    _tallies: list[tuple[dt.datetime, Tally]] = field(default_factory=list)
    _failed: int | None = None

    def look(self) -> None:
        """Raises TemporaryError while answers outrun the mail: then nothing is sent, and the log says why."""
        now = self.post.clock()
        if self._next is not None and now < self._next:
            return
        with self.post.database.transaction() as tx:
            kept = messages.counts(tx)
            failed = outbox.letter_counts(tx)[LetterState.FAILED]
            replies = outbox.replies_total_since(tx, dt.datetime.min.replace(tzinfo=dt.UTC))
        if failed > (self._failed or 0):
            log.error("letters given up: %d; a person has to see to them", failed)
        self._failed = failed
        undecided = kept[MessageState.RECEIVED] + kept[MessageState.WORKING]
        self._compare(now, Tally(replies, sum(kept.values()), undecided))
        self._next = now + TALLY_EVERY

    def _compare(self, now: dt.datetime, tally: Tally) -> None:
        self._tallies = [(at, each) for at, each in self._tallies if at >= now - TALLY_WINDOW] + [(now, tally)]
        if replies_outrun_mail(self._tallies[0][1], tally):
            raise TemporaryError("more answers are owed than messages came in: stopped, look for a loop (docs/delivery-out.md, Budgets)")
