"""What a message is answered, where that depends on the letters that went before."""

from __future__ import annotations

import datetime as dt

from service.processing import process_all
from storage.messages import Message
from tests.corpus import envelope as mail
from tests.corpus.envelope import Envelope
from tests.journeys.recipes import STORIES, Mailed, load
from tests.support.stage import Stage


def _replied(stage: Stage, message: Message, words: str) -> Message:
    """The sender's answer to the letter that the message got, as mail without a file and without a mark of being automatic."""
    found = stage.letter(message)
    assert found is not None
    _, letter, _ = found
    when = stage.now + dt.timedelta(minutes=5)
    extra = (f"In-Reply-To: {letter['Message-ID']}", f"References: {letter['Message-ID']}")
    envelope = Envelope(message.sender or "", when, f"{message.id:012x}", subject=f"Re: {letter['Subject']}", extra=extra)
    stage.now = when + dt.timedelta(minutes=1)
    row = stage.keep(100 + message.id, Mailed(when, mail.message(envelope, mail.text(words))))
    process_all(stage.service, stage.readers, "test")
    return stage.message(row)


def test_that_there_is_no_report_is_said_once_in_a_conversation(stage: Stage) -> None:
    (asked,) = stage.play(load(STORIES / "nothing"))
    assert asked is not None
    again = _replied(stage, asked, "Раҳмат, эртага юбораман.")
    assert (again.outcome, again.reply) == ("no_report", None)
    assert stage.letter(again) is None


def test_an_answer_to_a_receipt_learns_that_it_holds_no_report(stage: Stage) -> None:
    (sent,) = stage.play(load(STORIES / "accepted"))
    assert sent is not None
    first = _replied(stage, sent, "Спасибо! Я в отпуске до 10 ноября.")
    assert (first.outcome, first.reply) == ("no_report", "no_report")
    second = _replied(stage, first, "Спасибо! Я в отпуске до 10 ноября.")
    assert (second.outcome, second.reply) == ("no_report", None)
