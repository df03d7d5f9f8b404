"""A year of the utility's own letters, played with a clock that turns: customers who report or do not, duties that are killed, started
twice, late or after a week, and a mail server that fails a third of the time. An oracle of its own says what was owed.

The oracle knows the world as it was written down before the play (who reports when), the days of the calendar, reckoned here once
more from the announcement's words, and when the duties ran. It never asks the database.
"""

from __future__ import annotations

import bisect
import datetime as dt
import random
import re
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import holidays

from mailer.outbox import AmbiguousError, UnreachableError
from metering.decisions import Outcome
from metering.errors import TemporaryError
from metering.periods import TASHKENT, Period
from service.delivery import Post, deliver_once
from service.post import post_of
from service.reminding import remind_once
from storage import outbox
from storage.database import Database
from storage.originals import Original, ToldBy, mark_original
from storage.outbox import LetterRow
from tests.support.months import Months, months_on

FIRST, MONTHS = Period(2026, 11), 12
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


class Killed(BaseException):
    """The process ended here, as by SIGKILL: nobody catches it, and an open transaction is rolled back."""


# --- the world, written down before the play


@dataclass(frozen=True)
class Customer:
    number: str
    serials: tuple[str, ...]
    emails: tuple[str, ...]


@dataclass(frozen=True)
class Event:
    """At that time a report for these meters was accepted, or waits in review, or was incomplete; or the original was handed in."""

    at: dt.datetime
    number: str
    period: Period
    serials: frozenset[str] = frozenset()
    outcome: Outcome | None = None  # none: the original


@dataclass
class World:
    customers: list[Customer]
    events: list[Event]
    by_cause: dict[tuple[str, Period], list[Event]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.events.sort(key=lambda event: event.at)
        for event in self.events:
            self.by_cause[event.number, event.period].append(event)

    def misses(self, customer: Customer, period: Period, at: dt.datetime) -> bool:
        return bool(set(customer.serials) - self._reported(customer, period, at))

    def owes_original(self, customer: Customer, period: Period, at: dt.datetime) -> bool:
        handed_in = any(e.at <= at and e.outcome is None for e in self.by_cause[customer.number, period])
        return bool(self._reported(customer, period, at)) and not handed_in

    def _reported(self, customer: Customer, period: Period, at: dt.datetime) -> set[str]:
        counted = (Outcome.ACCEPTED, Outcome.REVIEW)
        return {s for e in self.by_cause[customer.number, period] if e.at <= at and e.outcome in counted for s in e.serials}


def periods() -> list[Period]:
    found = [FIRST]
    while len(found) < MONTHS:
        found.append(found[-1].next())
    return found


def moment(day: dt.date, hour: float) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), TASHKENT) + hour * HOUR


def invent(contracts: int, chance: random.Random) -> World:
    """Customers and what each does in each month, of every kind that the rules tell apart."""
    customers = []
    for place in range(contracts):
        number = f"{place + 1:05d}"
        serials = tuple(f"{number}{letter}" for letter in "ABC"[: chance.choice((1, 1, 1, 2, 3))])
        emails = () if chance.random() < 0.03 else (f"c{number}@customer.example",)
        customers.append(Customer(number, serials, emails))
    events = []
    for customer in customers:
        for period in periods():
            events += _month_of(customer, period, chance)
    return World(customers, events)


def _month_of(customer: Customer, period: Period, chance: random.Random) -> Iterator[Event]:
    def at(first: int, last: int) -> dt.datetime:
        """On some day, counted from the month's first, at some minute of the day."""
        return moment(period.first_day, 0) + chance.randrange(first, last + 1) * DAY + chance.randrange(1, 1439) * dt.timedelta(minutes=1)

    every = frozenset(customer.serials)
    manner = chance.random()
    if manner < 0.15:
        return  # reports nothing
    when = at(*chance.choice(((5, 18), (19, 22), (19, 24), (23, 24), (24, 25), (25, 26), (27, 38))))
    kind = chance.choice((Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.REVIEW))
    if manner < 0.30 and len(every) > 1:  # one meter first, the others later or never
        one = frozenset(sorted(every)[:1])
        yield Event(when, customer.number, period, one, kind)
        if chance.random() < 0.6:
            yield Event(when + chance.uniform(0.1, 6) * DAY, customer.number, period, every - one, Outcome.ACCEPTED)
    elif manner < 0.42:  # something lacked; a good one comes later or never
        yield Event(when, customer.number, period, every, Outcome.INCOMPLETE)
        if chance.random() < 0.6:
            yield Event(when + chance.uniform(0.1, 6) * DAY, customer.number, period, every, Outcome.ACCEPTED)
    else:
        yield Event(when, customer.number, period, every, kind)
    if chance.random() < 0.6:
        yield Event(at(28, 39), customer.number, period)


# --- the calendar, reckoned once more


@dataclass(frozen=True)
class Window:
    campaign: str
    step: str
    period: Period
    opens: dt.datetime
    closes: dt.datetime


def windows() -> list[Window]:
    """5 days and 1 day before the 25th and on it, behind it, and before the 10th; at nine, on working days where it may move."""
    off = holidays.country_holidays("UZ")
    found = []
    for period in periods():
        deadline, tenth = period.first_day.replace(day=25), period.next().first_day.replace(day=10)

        def nine(day: dt.date, direction: int = 0, off: Any = off) -> dt.datetime:
            while direction and not off.is_working_day(day):
                day += direction * DAY
            return moment(day, 9)

        five, one, zero = nine(deadline - 5 * DAY, -1), nine(deadline - DAY, -1), nine(deadline)
        last = moment(tenth + DAY, 0)
        originals = nine(tenth - 5 * DAY, -1), nine(tenth - DAY, -1)
        found += [
            Window("reminder", "5", period, five, one),
            Window("reminder", "1", period, one, zero),
            Window("reminder", "0", period, zero, moment(deadline + DAY, 0)),
            Window("notice", "after", period, nine(deadline + DAY, +1), last),
            Window("original", "5", period, originals[0], originals[1]),
            Window("original", "1", period, originals[1], last),
        ]
    return found


# --- the play


class Mortal:
    """A database in a process that may be killed before or after any commit."""

    def __init__(self, database: Database, chance: random.Random, rate: float) -> None:
        self._database, self._chance, self._rate = database, chance, rate
        self.embedded = database.embedded

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        with self._database.transaction() as tx:
            yield tx
            if self._chance.random() < self._rate:
                raise Killed
        if self._chance.random() < self._rate:
            raise Killed

    def reading(self) -> Any:
        return self._database.reading()


@dataclass
class Taken:
    """A letter that the server took. known: we learned of it, and lived to write it down."""

    at: dt.datetime
    mime: bytes
    known: bool


@dataclass
class Server:
    """The other side: takes letters, fails a third of the time in every way, and remembers what it took and whether we know."""

    chance: random.Random
    clock: Callable[[], dt.datetime]
    taken: dict[str, list[Taken]] = field(default_factory=lambda: defaultdict(list))  # by Message-ID
    latest: Taken | None = None  # of the attempt in hand
    troubles: Counter[str] = field(default_factory=Counter)

    def check(self) -> None:
        pass

    def send(self, mime: bytes, sender: str, recipient: str, before_data: Callable[[], None]) -> str:
        fate = self.chance.random() * 3
        if fate < 0.35:
            self._trouble("refused for now", TemporaryError("450 greylisted"))
        if fate < 0.5:
            self._trouble("unreachable", UnreachableError("connection refused"))
        if fate < 0.55:
            self._trouble("killed before the data", Killed())
        before_data()
        if fate < 0.7:
            self._trouble("lost on its way", AmbiguousError("connection lost"))
        identity = re.search(rb"(?im)^message-id: (<[^>]+>)", mime)
        assert identity is not None
        self.latest = Taken(self.clock(), mime, known=fate >= 1)
        self.taken[identity[1].decode()].append(self.latest)
        if fate < 0.9:
            self._trouble("answer lost", AmbiguousError("no answer"))
        if fate < 1:
            self._trouble("killed before the mark", Killed())
        return "250 ok"

    def _trouble(self, name: str, error: BaseException) -> None:
        self.troubles[name] += 1
        raise error


@dataclass
class Play:
    """What happened: letters in the outbox, what the server took, and the passes of the reminding duty, ended or killed."""

    world: World
    rows: list[LetterRow] = field(default_factory=list)
    server: Server | None = None
    ended: list[dt.datetime] = field(default_factory=list)
    begun: list[dt.datetime] = field(default_factory=list)
    kills: int = 0
    doubles: int = 0


def play_year(database: Database, folder: Path, contracts: int, seed: int, pace: float = 1, together: bool = False) -> Play:
    """pace: how far the looks of the duties lie apart; together: double starts run at the same moment, else one after the other."""
    chance = random.Random(seed)
    world = invent(contracts, chance)
    months = months_on(database, folder)
    _register(months, world)
    play = Play(world, server=Server(chance, lambda: months.now))
    events = iter(world.events)
    event = next(events, None)
    for now in _ticks(chance, pace):
        while event is not None and event.at <= now:
            months.now = event.at
            _happen(months, event)
            event = next(events, None)
        months.now = now
        _remind(months, play, chance, together)
        _deliver(months, play, chance)
    play.rows = months.rows()
    return play


def _ticks(chance: random.Random, pace: float) -> list[dt.datetime]:
    """When the duties look: some hours apart, after nights, and now and then after a week's outage; no more often than a test can pay."""
    now, end = moment(FIRST.first_day + 18 * DAY, 8), moment(periods()[-1].next().first_day + 14 * DAY, 0)
    found = []
    while now < end:
        found.append(now)
        quiet = 13 <= now.astimezone(TASHKENT).day <= 18
        now += chance.choice((0.3, 1, 2, 4, 7, 11, 16)) * HOUR * pace * (4 if quiet else 1)
        if chance.random() < 0.01:
            now += 7 * DAY
    return found


def _register(months: Months, world: World) -> None:
    languages = ("ru", "uz", "uz_cyrl")
    contracts = [
        f"{c.number},Customer {c.number},Tashkent,3{c.number}000,{';'.join(c.emails)},0.125,{languages[i % 3]},active,,"
        for i, c in enumerate(world.customers)
    ]
    meters = [f"{c.number},{serial},TEM,heat,Gcal,100,2026-10-21" for c in world.customers for serial in c.serials]
    months.register(contracts, meters)


def _happen(months: Months, event: Event) -> None:
    if event.outcome is None:
        with months.service.database.transaction() as tx:
            mark_original(tx, Original(event.number, event.period, ToldBy.NUMBER), "counter", months.now)
        return
    months.report(event.number, *sorted(event.serials), period=str(event.period), outcome=event.outcome)


def _remind(months: Months, play: Play, chance: random.Random, together: bool) -> None:
    """One pass, or two at once, each of which may be killed anywhere."""
    passes = 2 if chance.random() < 0.2 else 1
    play.doubles += passes - 1
    mortal = replace(months.service, database=Mortal(months.service.database, chance, _kill_rate(play)))  # type: ignore[arg-type]

    def one_pass() -> None:
        play.begun.append(months.now)
        try:
            remind_once(mortal, draw=lambda facts: b"%PDF")
            play.ended.append(months.now)
        except Killed:
            play.kills += 1

    threads = [threading.Thread(target=one_pass) for _ in range(passes)]
    for thread in threads:
        thread.start()
        if not together:
            thread.join()
    for thread in threads:
        thread.join()


def _kill_rate(play: Play) -> float:
    """Of each commit: about one kill in a pass that writes to a third of the customers."""
    return min(0.004, 0.4 / len(play.world.customers))


def _deliver(months: Months, play: Play, chance: random.Random) -> None:
    """Sends what is due; after a kill the duty starts again under its own name, and after a failure of the server it looks again."""
    assert play.server is not None
    post: Post = replace(post_of(months.service, play.server, "deliver@test"), campaigns_per_minute=None)
    mortal = replace(post, database=Mortal(months.service.database, chance, _kill_rate(play)))  # type: ignore[arg-type]
    worked = True
    while worked:
        play.server.latest = None
        try:
            worked = deliver_once(mortal)
        except Killed:
            play.kills += 1
            if play.server.latest is not None:
                play.server.latest.known = False
            with months.service.database.transaction() as tx:
                outbox.recover_letters(tx, "deliver@test", months.now)
        except TemporaryError:
            pass


# --- the oracle


@dataclass
class Verdict:
    """Counts for the table, and every fault in words: none may be left."""

    table: dict[str, Counter[str]]
    faults: list[str]

    def __str__(self) -> str:
        columns = ("owed", "written", "sent", "taken back", "given up", "repeated", "wrong", "missing")
        lines = ["letter".ljust(12) + "".join(column.rjust(12) for column in columns)]
        lines += [name.ljust(12) + "".join(str(counts[c]).rjust(12) for c in columns) for name, counts in sorted(self.table.items())]
        return "\n".join(lines)


def judge(play: Play) -> Verdict:
    """Compares what happened with what was owed: must have been written, by a pass that ended, and may have been, by any pass."""
    assert play.server is not None
    verdict = Verdict(defaultdict(Counter), [])
    rows = {row.key: row for row in play.rows}
    if len(rows) != len(play.rows) or len({row.message_id for row in play.rows}) != len(play.rows):
        verdict.faults.append("two letters of one cause, or two causes with one Message-ID")
    foreign = set(play.server.taken) - {row.message_id for row in play.rows}
    verdict.faults += [f"the server took a letter that is not in the outbox: {identity}" for identity in foreign]
    ended, begun = sorted(set(play.ended)), sorted(set(play.begun))
    for window in windows():
        must_times, may_times = _within(ended, window), _within(begun, window)
        for customer in play.world.customers:
            key = f"{window.campaign}/{customer.number}/{window.period}/{window.step}"
            must, may = (any(_is_owed(play.world, window, customer, at) for at in times) for times in (must_times, may_times))
            _judge_one(verdict, play, (window, customer), (must, may), rows.pop(key, None))
    verdict.faults += [f"nobody is owed {key}" for key in rows]
    return verdict


def _within(times: list[dt.datetime], window: Window) -> list[dt.datetime]:
    return times[bisect.bisect_left(times, window.opens) : bisect.bisect_left(times, window.closes)]


def _is_owed(world: World, window: Window, customer: Customer, at: dt.datetime) -> bool:
    asks = world.owes_original if window.campaign == "original" else world.misses
    return bool(customer.emails) and window.opens <= at < window.closes and asks(customer, window.period, at)


def _judge_one(verdict: Verdict, play: Play, of: tuple[Window, Customer], owed: tuple[bool, bool], row: LetterRow | None) -> None:
    window, customer = of
    counts = verdict.table[window.campaign]
    counts["owed"] += owed[0] or row is not None
    if row is None:
        if owed[0]:
            counts["missing"] += 1
            verdict.faults.append(f"missing: {window.campaign}/{window.step} of {customer.number}, {window.period}")
        return
    counts["written"] += 1
    assert play.server is not None
    taken = play.server.taken.get(row.message_id, [])
    counts["sent"] += bool(taken)
    counts["repeated"] += max(0, len(taken) - 1)
    if not owed[1]:
        counts["wrong"] += 1
        verdict.faults.append(f"written and not owed: {row.key}")
    for each in taken:
        if not _is_owed(play.world, window, customer, each.at):
            counts["wrong"] += 1
            verdict.faults.append(f"sent when it was not true: {row.key} at {each.at}")
        if each.mime != taken[0].mime:
            verdict.faults.append(f"other bytes the second time: {row.key}")
    if any(each.known for each in taken[:-1]):
        verdict.faults.append(f"repeated although the answer was written down: {row.key}")
    _judge_state(verdict, play, of, row, bool(taken))


def _judge_state(verdict: Verdict, play: Play, of: tuple[Window, Customer], row: LetterRow, taken: bool) -> None:
    window, customer = of
    counts = verdict.table[window.campaign]
    state = row.state.value
    if state == "SENT":
        if not taken:
            verdict.faults.append(f"marked as sent, and the server has nothing: {row.key}")
    elif state == "CANCELLED":
        counts["taken back"] += 1
        assert row.ended_at is not None
        if _is_owed(play.world, window, customer, row.ended_at):
            verdict.faults.append(f"taken back although it was true: {row.key}, {row.last_error}")
    elif state == "FAILED":
        counts["given up"] += 1
        if row.ambiguous < 3 and row.attempts < 10:
            verdict.faults.append(f"given up too early: {row.key}, {row.last_error}")
    else:
        verdict.faults.append(f"left in the state {state}: {row.key}")
