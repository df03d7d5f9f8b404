"""A worker that is killed at any moment leaves each message either undone or done with all that belongs to it."""

import re
import subprocess
import sys

import sqlalchemy as sa

from storage import messages, tables
from storage.states import MessageState
from tests.storage.made import NOW, new_message

_WORKER = """
import sys
from storage import messages
from storage.database import open_database
from storage.ledger import settle
from tests.storage.made import LEASE, NOW, letter, reading, settlement, submission

database = open_database(sys.argv[1])
with database.transaction() as tx:
    messages.recover(tx, "worker", NOW)
while True:
    with database.transaction() as tx:
        held = messages.claim(tx, "worker", NOW, LEASE)
    if held is None:
        break
    number = held.message.id
    print("claimed", number, flush=True)
    with database.transaction() as tx:
        owed = letter(f"message/{number}/receipt", message_id=f"<{number}@x>")
        settle(tx, settlement(held, submission(held, reading(serial=f"meter {number}")), letters=(owed,)))
    print("settled", number, flush=True)
"""
_MESSAGES = 40


def test_a_killed_worker_leaves_no_message_half_done_and_none_done_twice(database, database_url):
    with database.transaction() as tx:
        for number in range(_MESSAGES):
            messages.keep(tx, new_message(str(number)), NOW)
    told = []
    for lines_before_the_kill in (5, 12):
        told += _run_and_kill(database_url, lines_before_the_kill)
    _assert_whole(database, told)
    told += _run_and_kill(database_url, None)
    _assert_whole(database, told)
    with database.transaction() as tx:
        assert messages.counts(tx)[MessageState.DECIDED] == _MESSAGES


def _run_and_kill(url: str, lines: int | None) -> list[int]:
    """Ids of the messages that the worker said it had settled, killed after so many lines or left to end."""
    worker = subprocess.Popen([sys.executable, "-W", "error", "-c", _WORKER, url], stdout=subprocess.PIPE, text=True)
    seen = []
    for line in worker.stdout:
        seen.append(line.split())
        if len(seen) == lines:
            worker.kill()
    worker.wait(60)
    worker.stdout.close()
    assert worker.returncode == (0 if lines is None else -9)
    return [int(number) for word, number in seen if word == "settled"]


def _assert_whole(database, told: list[int]) -> None:
    with database.transaction() as tx:
        decided = [message.id for message in messages.listing(tx, MessageState.DECIDED)]
        assert set(told) <= set(decided)
        for column in (tables.submissions.c.message, tables.letters.c.key, tables.readings.c.serial):
            owners = [int(re.search(r"\d+", str(value))[0]) for value in tx.scalars(sa.select(column))]
            assert sorted(owners) == sorted(decided)
