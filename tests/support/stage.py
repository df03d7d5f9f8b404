"""A service with an empty ledger on which a test plays mail, with real bytes, sandbox, readers and database."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from dataclasses import dataclass
from decimal import Decimal
from email.message import EmailMessage
from pathlib import Path

import pytest

from service.assembly import Service
from service.config import MailSettings, SecretSettings, Settings
from service.ingest import find_files, keep_files, work_off
from service.processing import process_all
from service.readers import Readers
from service.submissions import import_submissions
from storage import exports, messages, outbox
from storage.blobs import BlobStore
from storage.database import Database
from storage.messages import Message, NewMessage
from storage.register import import_register
from storage.states import MessageState
from tests.corpus.envelope import OUR_ADDRESS, OUR_HOST
from tests.journeys.recipes import Mailed, Story

START = dt.datetime(2026, 10, 1, 5, tzinfo=dt.UTC)


@dataclass
class Stage:
    """A service with an empty ledger, a clock that the story turns, and the readers."""

    service: Service
    readers: Readers
    folder: Path
    now: dt.datetime = START

    def play(self, story: Story) -> list[Message | None]:
        """Every step in turn; returns the messages' rows (None for the cabinet's steps)."""
        if story.letter is not None:
            kept = keep_files(self.service, find_files([story.letter]).files)
            work_off(self.service, self.readers, "test", kept.numbers)
            return [self._newest()]
        self.register(story)
        return [self._take(number, step) for number, step in enumerate(story.steps, 1)]

    def register(self, story: Story) -> None:
        story.write_register(self.folder)
        with self.service.database.transaction() as tx:
            assert not import_register(tx, self.folder / "contracts.csv", self.folder / "meters.csv").refused

    def _take(self, number: int, step: Mailed) -> Message | None:
        self.now = step.received_at + dt.timedelta(minutes=1)
        if step.cabinet is not None:
            file = self.folder / f"{number}.jsonl"
            file.write_text(step.cabinet + "\n")
            done = import_submissions(self.service, file)
            assert (done.settled, done.refused) == (1, ())
            assert import_submissions(self.service, file).known == 1
            return None
        self.keep(number, step)
        process_all(self.service, self.readers, "test")
        return self._newest()

    def keep(self, number: int, step: Mailed) -> int:
        """As the fetcher keeps it, under that UID."""
        sha256 = self.service.blobs.put(step.raw)
        size = 50_000_000 if step.headers_only else len(step.raw)
        new = NewMessage("INBOX", 1, str(number), size, step.received_at, sha256, f"{number}.eml", headers_only=step.headers_only)
        with self.service.database.transaction() as tx:
            row = messages.keep(tx, new, self.now)
        assert row is not None
        return row

    def message(self, row: int) -> Message:
        with self.service.database.transaction() as tx:
            return messages.show(tx, row)

    def _newest(self) -> Message:
        with self.service.database.transaction() as tx:
            message = max(messages.listing(tx), key=lambda each: each.id)
        assert message.state is MessageState.DECIDED, message.last_error
        return message

    def letter(self, message: Message) -> tuple[outbox.LetterRow, EmailMessage, bytes] | None:
        """The letter that answers it; there is never more than one."""
        with self.service.database.transaction() as tx:
            found = [row for row in outbox.letter_listing(tx) if row.answers == message.id]
            if not found:
                return None
            (row,) = found
            mime = outbox.letter_bytes(tx, row.id)
        return row, email.message_from_bytes(mime, policy=email.policy.default), mime  # type: ignore[return-value]

    def readings(self, story: Story) -> list[str]:
        """Each row of the ledger as `school 1 +5: booked, email`: whose, which meter, how much more than the facts, status, source."""
        whose = {facts.contract_number: name for name, facts in story.customers.items()}
        said = []
        with self.service.database.reading() as tx:
            for row in exports.reading_rows(tx):
                meters = story.customers[whose[row["contract_number"]]].meters
                position = next(i for i, meter in enumerate(meters, 1) if meter.serial == row["serial"])
                more = Decimal(row["index"]) - Decimal(meters[position - 1].current or 0)
                meter = f"{whose[row['contract_number']]} {position}" + (f" +{more.normalize():f}" if more else "")
                said.append(f"{meter}: {row['status']}, {row['source']}")
        return said


@pytest.fixture
def stage(database: Database, readers: Readers, tmp_path: Path) -> Stage:
    settings = Settings(
        home=tmp_path,
        database_url=None,
        mail=MailSettings(address=OUR_ADDRESS, authserv_id=OUR_HOST, own_hosts=(OUR_HOST,)),
        secrets=SecretSettings(message_id_key="a key of sixteen bytes or more"),
    )
    stage = Stage(Service(settings, database, BlobStore(tmp_path / "blobs"), lambda: stage.now), readers, tmp_path)
    return stage
