"""Plays every story through the whole pipeline, on SQLite and on PostgreSQL: real bytes, sandbox, tesseract, ledger and letters.

expected.toml, for each step: outcome (of the cabinet's only the readings tell it); of a mail also reply (left out: no answer), to
(whose address the letter goes to; left out: the one that the mail came from), reasons (among those given), says and never_says (texts
of the letter; {NAME.contract_number} and the like stand for a customer's facts, {number} for the message's number), neutral (the
letter gives nothing of the register away), unhashed (of a locked container there is no file to name the hash of).
"""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import hashlib
import re
from dataclasses import dataclass
from decimal import Decimal
from email.message import EmailMessage
from pathlib import Path

import pytest

from metering.periods import TASHKENT
from service.answers import letter_number
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
from tests.journeys.recipes import Mailed, Story, folders, load

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
        story.write_register(self.folder)
        with self.service.database.transaction() as tx:
            assert not import_register(tx, self.folder / "contracts.csv", self.folder / "meters.csv").refused
        return [self._take(number, step) for number, step in enumerate(story.steps, 1)]

    def _take(self, number: int, step: Mailed) -> Message | None:
        self.now = step.received_at + dt.timedelta(minutes=1)
        if step.cabinet is not None:
            file = self.folder / f"{number}.jsonl"
            file.write_text(step.cabinet + "\n")
            done = import_submissions(self.service, file)
            assert (done.settled, done.refused) == (1, ())
            assert import_submissions(self.service, file).known == 1
            return None
        sha256 = self.service.blobs.put(step.raw)
        size = 50_000_000 if step.headers_only else len(step.raw)
        new = NewMessage("INBOX", 1, str(number), size, step.received_at, sha256, f"{number}.eml", headers_only=step.headers_only)
        with self.service.database.transaction() as tx:
            assert messages.keep(tx, new, self.now) is not None
        process_all(self.service, self.readers, "test")
        return self._newest()

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


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_story(folder: Path, stage: Stage) -> None:
    story = load(folder)
    for (number, wanted), message in zip(enumerate(story.expected["steps"]), stage.play(story), strict=True):
        if message is None:
            continue
        where = f"step {number + 1} of {story.name}: {message.outcome} {message.reasons}"
        assert (message.outcome, message.reply) == (wanted["outcome"], wanted.get("reply")), where
        assert set(wanted.get("reasons", ())) <= set(message.reasons), where
        _check_letter(stage, story, story.steps[number] if story.steps else None, message, wanted)
    assert stage.readings(story) == story.expected.get("readings", [])


def _check_letter(stage: Stage, story: Story, step: Mailed | None, message: Message, wanted: dict) -> None:
    found = stage.letter(message)
    assert (found is not None) is ("reply" in wanted)
    if found is None:
        return
    row, letter, mime = found
    assert step is not None, "a letter.eml of the stories is never answered"
    text = letter.get_body(("plain",)).get_content()
    to = story.customers[wanted["to"]].email if "to" in wanted else message.sender
    assert (row.recipient, letter["To"]) == (to, to)
    _check_headers(letter, step, row)
    number = letter_number(step.received_at, message.id)
    assert number in text
    assert f"{step.received_at.astimezone(TASHKENT):%H:%M}" in text
    for digest in [] if wanted.get("unhashed") else _attached(step.raw):
        assert digest in text
    if wanted.get("neutral"):
        _check_neutral(story, text)
    fields = {**story.customers, "number": number}
    for piece in wanted.get("says", ()):
        assert _plain(piece.format_map(fields)) in _plain(text), text
    raw_words = mime.decode("ascii") + text + letter.get_body(("html",)).get_content() + letter["Subject"]
    for piece in wanted.get("never_says", ()):
        assert _plain(piece.format_map(fields)) not in _plain(raw_words)


def _check_headers(letter: EmailMessage, step: Mailed, row: outbox.LetterRow) -> None:
    assert letter["In-Reply-To"] == step.message_id
    assert letter["References"].split()[-1] == step.message_id
    assert letter["Auto-Submitted"] == "auto-replied"
    assert letter["X-Auto-Response-Suppress"] == "All"
    assert letter["Message-ID"] == row.message_id
    assert OUR_ADDRESS in letter["From"]


def _check_neutral(story: Story, text: str) -> None:
    """Not a word of the register and no reading: only what the sender knows himself, his files' names and our number."""
    digits = re.sub(r"SHA-256: \w+|[^\w]", "", text)
    for facts in story.customers.values():
        assert facts.organization not in text
        assert facts.inn not in digits
        for meter in facts.meters:
            assert meter.serial not in digits
            assert re.sub(r"\D", "", meter.current or "") not in digits


def _attached(raw: bytes) -> list[str]:
    """SHA-256 of each attached file, as another reader of mail decodes it."""
    parts = email.message_from_bytes(raw, policy=email.policy.default).iter_attachments()  # type: ignore[attr-defined]
    return [hashlib.sha256(part.get_payload(decode=True)).hexdigest() for part in parts]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)
