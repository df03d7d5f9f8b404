"""`./run bench crash`: kill -9 at random moments while mail comes in; nothing may be lost, booked twice or answered by two letters.

The tree is the real one, between a real Dovecot and a real SMTP server. What must come out is what `hisobot ingest` makes of the
same mail undisturbed. `tests/service/test_crashes.py` runs the same with fewer kills.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import email
import email.policy
import random
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from mailer.smtp import SmtpAccount, SmtpOutgoing
from service.delivery import Post, deliver_all
from service.processing import owner_name
from storage import messages, outbox
from storage.database import open_database
from storage.states import LetterState, MessageState
from tests.corpus.envelope import OUR_ADDRESS
from tests.journeys.mailing import Mailing, of_customers
from tests.support.dovecot import Dovecot, start_dovecot
from tests.support.process_tree import Instance, bookings, fates, running, wait_until
from tests.support.smtp_server import SmtpServer, make_certificates

VICTIMS = ("tree", "tree", "run", "intake", "intake", "deliver", "deliver", "reader", "opener")
AT_WORK = 0.8  # of the kills wait until reading has begun; the others come at any moment, also while all that starts
LONGEST_WAIT = 3.0  # seconds, after that
PATIENCE = 240.0


@dataclass
class Crashes:
    """What happened. repeats: letters that arrived more than once, byte for byte the same."""

    kills: Counter[str] = field(default_factory=Counter)
    quarantined: int = 0
    given_up: int = 0
    letters: int = 0
    repeats: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Scene:
    """Where it happens: the mailbox's server and user, and where the letters go."""

    dovecot: Dovecot
    user: str
    server: SmtpServer


def crash(instance: Instance, mailing: Mailing, scene: Scene, kills: int, seed: int) -> Crashes:
    """Lets mail come in and kills so often; then lets the tree finish. The register must be loaded. Raises AssertionError."""
    chance = random.Random(f"crash {seed}")
    done = Crashes()
    started = time.monotonic()
    instance.reach(scene.dovecot, scene.user, scene.server)
    waiting = list(mailing.mails)
    with running(instance):
        for left in range(kills, 0, -1):
            for _ in range(-(-len(waiting) // left)):
                each = waiting.pop(0)
                scene.dovecot.append(scene.user, each.raw, each.received_at)
            if not instance.runs:
                instance.start()
            if chance.random() < AT_WORK:
                _wait_for("reader", instance)
            time.sleep(chance.uniform(0.0, LONGEST_WAIT))
            _kill(instance, chance.choice(VICTIMS), done)
        if not instance.runs:
            instance.start()
        _finish(instance, len(mailing.mails), done)
        assert instance.stop() == 0
    _send_the_rest(instance, scene.server, done)
    done.seconds = time.monotonic() - started
    return done


def _kill(instance: Instance, victim: str, done: Crashes) -> None:
    if victim == "tree":
        instance.kill_tree()
    elif victim == "run":
        instance.kill_head()
    else:
        _wait_for(victim, instance)
        if not instance.kill_one(victim):
            victim = "tree"  # there was no such process
            instance.kill_tree()
    done.kills[victim] += 1


def _wait_for(what: str, instance: Instance) -> None:
    """Until that process is there, or for a few seconds in vain: an opener, say, comes only with mail."""
    with contextlib.suppress(AssertionError):
        wait_until(lambda: instance.process_of(what), 12.0)


def _finish(instance: Instance, count: int, done: Crashes) -> None:
    """Until every message is decided. One that lost three workers waits for a person, who tries it again."""
    database = open_database(instance.database_url)

    def decided() -> bool:
        if not instance.runs:
            instance.start()
        with database.transaction() as tx:
            for message in messages.listing(tx, MessageState.QUARANTINED):
                messages.retry(tx, message.id, "bench", dt.datetime.now(dt.UTC))
                done.quarantined += 1
            return messages.counts(tx)[MessageState.DECIDED] == count

    try:
        wait_until(decided, PATIENCE, lambda: f"{instance.states()}\n{instance.log()[-3000:]}")
    finally:
        database.close()


def _send_the_rest(instance: Instance, server: SmtpServer, done: Crashes) -> None:
    """What was killed after its data began waits a quarter of an hour, at most twice: so the clock is turned."""
    database = open_database(instance.database_url)
    way_out = SmtpOutgoing(SmtpAccount(server.host, server.port, "none"))
    now = dt.datetime.now(dt.UTC)
    try:
        for _ in range(4):
            now += dt.timedelta(minutes=20)
            deliver_all(Post(database, way_out, lambda at=now: at, OUR_ADDRESS, owner_name("deliver")))
            with database.transaction() as tx:
                for letter in outbox.letter_listing(tx, LetterState.FAILED):
                    outbox.retry_letter(tx, letter.id, "bench", now)
                    done.given_up += 1
    finally:
        database.close()


def check(instance: Instance, undisturbed: Instance, server: SmtpServer, done: Crashes) -> None:
    """Nothing lost, nothing booked twice, one letter a cause, and repeats byte for byte the same. Raises AssertionError."""
    rows = instance.exported("messages")
    assert difference(fates(undisturbed.exported("messages")), fates(rows)) == ([], [])
    assert difference(bookings(undisturbed.exported("readings")), bookings(instance.exported("readings"))) == ([], [])
    owed = {row["message_id"] for row in rows if row["reply"]}
    ids_of, copies = defaultdict(set), defaultdict(list)
    for received in server.received:
        letter = email.message_from_bytes(received.mime, policy=email.policy.default)
        ids_of[letter["In-Reply-To"]].add(letter["Message-ID"])
        copies[letter["Message-ID"]].append(received.mime)
    assert set(ids_of) == owed
    assert [ids for ids in ids_of.values() if len(ids) != 1] == []
    assert [each for each in copies.values() if len(set(each)) != 1] == []
    done.letters = len(copies)
    done.repeats = sum(len(each) - 1 for each in copies.values())
    assert list((instance.home / "tmp").glob("hisobot-work-*")) == []


def difference(wanted: list[tuple], found: list[tuple]) -> tuple[list[tuple], list[tuple]]:
    """What is missing and what is too much."""
    missing, surplus = Counter(wanted), Counter(found)
    return list((missing - surplus).elements()), list((surplus - missing).elements())


def load_register(instance: Instance, mailing: Mailing) -> None:
    instance.command("register", "import", mailing.register / "contracts.csv", mailing.register / "meters.csv")


def ingest(home: Path, mailing: Mailing) -> Instance:
    """The same mail, undisturbed."""
    instance = Instance(home, f"sqlite:///{home}/hisobot.db")
    load_register(instance, mailing)
    instance.command("ingest", mailing.write(home / "mail"))
    return instance


def bench_crash(rounds: int, console: Console) -> dict[str, float]:
    """`rounds` kills on SQLite; prints and returns the figures. An AssertionError is a promise broken."""
    with tempfile.TemporaryDirectory(prefix="hisobot-bench-") as folder:
        root = Path(folder)
        mailing = of_customers(max(12, rounds), root / "register", seed=rounds)
        console.print(f"{len(mailing.mails)} messages, undisturbed first", style="dim")
        undisturbed = ingest(root / "undisturbed", mailing)
        certificates = make_certificates(root)
        dovecot, stop_dovecot = start_dovecot(certificates)
        server = SmtpServer("none", {}, certificates)
        server.start()
        try:
            instance = Instance(root / "crashed", f"sqlite:///{root}/crashed.db")
            load_register(instance, mailing)
            console.print(f"{rounds} kills", style="dim")
            done = crash(instance, mailing, Scene(dovecot, "bench", server), rounds, seed=rounds)
            check(instance, undisturbed, server, done)
        finally:
            server.stop()
            stop_dovecot()
    figures: dict[str, float] = {"crash_messages": len(mailing.mails), "crash_kills": done.kills.total()}
    figures |= {f"crash_kills_{victim}": count for victim, count in sorted(done.kills.items())}
    figures |= {"crash_lost": 0, "crash_booked_twice": 0, "crash_letters": done.letters, "crash_repeats": done.repeats}
    figures |= {"crash_quarantined": done.quarantined, "crash_letters_given_up": done.given_up, "crash_seconds": round(done.seconds, 1)}
    table = Table("figure", "", title="Crashes")
    for name, value in figures.items():
        table.add_row(name.replace("_", " "), str(value))
    console.print(table)
    return figures
