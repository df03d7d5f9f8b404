"""What goes wrong with a message costs that message its quarantine, and nothing else; what goes wrong with us costs nobody anything."""

from __future__ import annotations

import datetime as dt
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from metering.errors import TemporaryError
from metering.messages import Attachment, FileKind, OpenedFile
from service import pipeline
from service.config import LimitSettings
from service.processing import process_all, process_next
from service.readers import Readers, ReadingFailed
from storage import messages
from storage.states import MessageState
from tests.corpus import envelope as mail
from tests.journeys.recipes import STORIES, Mailed, Story, load
from tests.service.unruly import read_unless_told_otherwise
from tests.support.stage import Stage

MINUTE = dt.timedelta(minutes=1)
WRONG = {"dies": "the reader ended", "hangs": "took more than 5 s", "eats": "MemoryError", "bug": "IndexError"}
SQLITE_ONLY = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # what is in doubt is no business of the database


@pytest.fixture(scope="module")
def unruly() -> Iterator[Readers]:
    """Real reader processes that go wrong over certain files; a file may take 2.5 seconds of CPU, 5 on the wall clock."""
    with Readers(1, 2.5, read_unless_told_otherwise) as readers:
        yield readers


@pytest.fixture
def story() -> Story:
    return load(STORIES / "accepted")


def named(step: Mailed, name: str, number: int) -> Mailed:
    """The same mail with its file under another name, as a message of its own."""
    ascii_name = step.raw.replace(mail.quote("отчёт").encode(), name.encode())
    assert ascii_name != step.raw
    return replace(step, raw=ascii_name.replace(b"Message-ID: <", f"Message-ID: <{number}.".encode()))


def work(stage: Stage, readers: Readers) -> None:
    """Four looks at the queue, with the clock turned past every pause."""
    for _ in range(4):
        process_all(stage.service, readers, "test")
        stage.now += MINUTE


@SQLITE_ONLY
def test_readers_that_go_wrong_cost_their_message_its_quarantine_and_nothing_else(stage: Stage, story: Story, unruly: Readers) -> None:
    stage.register(story)
    bad = {wrong: stage.keep(number, named(story.steps[0], wrong, number)) for number, wrong in enumerate(WRONG, 1)}
    good = stage.keep(9, story.steps[0])
    work(stage, unruly)
    for wrong, said in WRONG.items():
        message = stage.message(bad[wrong])
        assert (message.state, message.attempts) == (MessageState.QUARANTINED, 3)
        assert said in (message.last_error or "")
        assert stage.letter(message) is None
    assert stage.message(good).outcome == "accepted"
    assert stage.readings(story) == ["school 1: booked, email"]


def test_a_file_that_takes_no_end_of_cpu_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.readers.WALL_CLOCK", 600)  # on a busy machine a second of CPU takes long
    file = OpenedFile(Attachment("turns.pdf", "0" * 64, 1, FileKind.PDF), ())
    with Readers(1, 1.0, read_unless_told_otherwise) as readers, pytest.raises(ReadingFailed, match="more than 1 s of CPU"):
        readers.read(file, tmp_path)


def test_a_message_in_quarantine_can_be_tried_again_with_other_limits(stage: Stage, story: Story, readers: Readers) -> None:
    """Here the limit on opening was too small for any message, as on a machine that is too slow."""
    limits = stage.service.settings.limits
    hurried = replace(stage.service, settings=stage.service.settings.model_copy(update={"limits": LimitSettings(open_seconds=0.001)}))
    stage.register(story)
    row = stage.keep(1, story.steps[0])
    for _ in range(3):
        process_all(hurried, readers, "test")
        stage.now += MINUTE
    assert stage.message(row).state is MessageState.QUARANTINED
    assert "opening took more than" in (stage.message(row).last_error or "")
    with stage.service.database.transaction() as tx:
        messages.retry(tx, row, "somebody", stage.now)
    assert stage.service.settings.limits == limits
    process_all(stage.service, readers, "test")
    assert stage.message(row).outcome == "accepted"


@SQLITE_ONLY
def test_a_reader_killed_at_any_moment_costs_no_message_anything(stage: Stage, story: Story) -> None:
    """While it starts, pebble takes a death for the end of its pool; while it idles, for nothing."""
    stage.register(story)
    rows = [stage.keep(1, story.steps[0]), stage.keep(2, named(story.steps[0], "again", 2))]
    with Readers(1, 60.0) as readers:
        old = reader_processes()
        assert readers._pool.active  # starts it
        wait_until(lambda: bool(reader_processes() - old))
        kill(reader_processes() - old)
        work_in_spite(stage, readers)
        kill(reader_processes() - old)
        work_in_spite(stage, readers)
    assert [stage.message(row).state for row in rows] == [MessageState.DECIDED] * 2


def work_in_spite(stage: Stage, readers: Readers) -> None:
    """One message, as the loop of the duty does it."""
    for _ in range(5):
        try:
            if process_next(stage.service, readers, "test"):
                return
        except TemporaryError:
            pass
        stage.now += MINUTE
    pytest.fail("the infrastructure did not come back")


def reader_processes() -> set[int]:
    """Children of this process that run Python's spawn, without the resource tracker."""
    found = set()
    for task in Path("/proc/self/task").iterdir():
        for child in (task / "children").read_text().split():
            try:
                command = Path(f"/proc/{child}/cmdline").read_bytes()
            except OSError:
                continue
            if b"spawn_main" in command:
                found.add(int(child))
    return found


def kill(processes: set[int]) -> None:
    assert processes
    for process in processes:
        os.kill(process, signal.SIGKILL)


def wait_until(true: Callable[[], bool]) -> None:
    for _ in range(3000):
        if true():
            return
        time.sleep(0.02)
    pytest.fail("what was waited for did not happen in a minute")


def test_a_full_disk_counts_against_no_message(stage: Stage, story: Story, readers: Readers, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.register(story)
    row = stage.keep(1, story.steps[0])
    with monkeypatch.context() as smaller:
        smaller.setattr(pipeline, "ROOM_BYTES", 2**60)
        for _ in range(5):
            with pytest.raises(TemporaryError, match="give it more room"):
                process_next(stage.service, readers, "test")
            stage.now += MINUTE
    assert (stage.message(row).state, stage.message(row).attempts) == (MessageState.RECEIVED, 0)
    assert process_next(stage.service, readers, "test")
    assert stage.message(row).outcome == "accepted"


def test_a_message_of_many_files_keeps_its_lease_while_it_is_read(stage: Stage, story: Story, readers: Readers) -> None:
    """Each file takes six minutes: the lease of ten is renewed in between, so nobody else may take the message."""

    class Slow(Readers):
        taken = 0

        def __init__(self) -> None: ...

        def read(self, file: object, folder: Path) -> tuple:
            stage.now += 6 * MINUTE
            with stage.service.database.transaction() as tx:
                self.taken += messages.claim(tx, "other", stage.now, MINUTE) is not None
            return readers.read(file, folder)  # type: ignore[arg-type]

    many = load(STORIES / "two-contracts")
    stage.register(many)
    row = stage.keep(1, many.steps[0])
    slow = Slow()
    process_all(stage.service, slow, "test")
    assert slow.taken == 0
    assert stage.message(row).outcome == "accepted"


def test_a_worker_whose_claim_was_lost_books_nothing(stage: Stage, story: Story, readers: Readers) -> None:
    class Interrupted(Readers):
        def __init__(self) -> None: ...

        def read(self, file: object, folder: Path) -> tuple:
            stage.now += 11 * MINUTE  # it slept, and another worker took the message and decided it
            process_all(stage.service, readers, "other")
            return readers.read(file, folder)  # type: ignore[arg-type]

    stage.register(story)
    row = stage.keep(1, story.steps[0])
    process_all(stage.service, Interrupted(), "test")
    assert stage.message(row).outcome == "accepted"
    assert stage.readings(story) == ["school 1: booked, email"]
    assert stage.letter(stage.message(row)) is not None
