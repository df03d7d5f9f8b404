"""Plays every story through the whole pipeline, on SQLite and on PostgreSQL: real bytes, sandbox, tesseract, ledger and letters.

expected.toml, for each step: outcome (of the cabinet's only the readings tell it); of a mail also reply (left out: no answer), to
(whose address the letter goes to; left out: the one that the mail came from), reasons (among those given), says and never_says (texts
of the letter; {NAME.contract_number} and the like stand for a customer's facts, {number} for the message's number), neutral (the
letter gives nothing of the register away), unhashed (of a locked container there is no file to name the hash of).
"""

from __future__ import annotations

import email
import email.policy
import hashlib
import re
from email.message import EmailMessage
from pathlib import Path

import pytest

from metering.periods import TASHKENT
from service.answers import letter_number
from storage import outbox
from storage.messages import Message
from tests.corpus.envelope import OUR_ADDRESS
from tests.journeys.recipes import Mailed, Story, folders, load
from tests.support.stage import Stage


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
