"""The bytes of a letter: safe on every wire, in the customer's thread, the same every time, and not to be answered by machines."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
from dataclasses import replace
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.automatic import automatic_reason
from mailer.compose import Enclosed, Envelope, Thread, can_be_written_to, compose
from mailer.message_ids import MessageIds
from metering.contracts import Language
from metering.errors import PermanentError
from metering.periods import TASHKENT
from metering.senders import Sender, Tier
from templates.letters import RenderedLetter

IDS = MessageIds(b"a key of sixteen bytes or more", "utility.example")
LETTER = RenderedLetter(
    "Отчёт за октябрь 2026 года: принят", "Здравствуйте!\n\nОтчёт принят.\n", "<p>Здравствуйте!</p>", (Language.RUSSIAN,)
)
ENVELOPE = Envelope(
    "Тепло, сеть",
    "metrology@utility.example",
    "a@school.example",
    IDS.make("message/1/receipt"),
    dt.datetime(2026, 10, 26, 10, 15, tzinfo=TASHKENT),
)
THREAD = Thread("<b@school.example>", "<a@school.example>", "Отчёт за октябрь")


def parsed(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert [part.defects for part in message.walk() if part.defects] == []
    return message


def test_both_parts_hold_the_letter_and_the_plain_one_comes_first() -> None:
    message = parsed(compose(LETTER, ENVELOPE, THREAD))
    assert message.get_content_type() == "multipart/alternative"
    plain, html = message.iter_parts()
    assert (plain.get_content_type(), plain.get_content().replace("\r\n", "\n")) == ("text/plain", LETTER.text)
    assert (html.get_content_type(), html.get_content()) == ("text/html", LETTER.html)


def test_sender_recipient_date_and_identity_are_as_given() -> None:
    message = parsed(compose(LETTER, ENVELOPE, THREAD))
    (sender,) = message["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Тепло, сеть", "metrology@utility.example")
    assert message["To"] == "a@school.example"
    assert message["Date"].datetime == ENVELOPE.date
    assert message["Message-ID"] == ENVELOPE.message_id
    assert IDS.is_ours(message["Message-ID"])


def test_the_answer_lands_in_the_customers_thread() -> None:
    message = parsed(compose(LETTER, ENVELOPE, THREAD))
    assert message["In-Reply-To"] == "<b@school.example>"
    assert message["References"].split() == ["<a@school.example>", "<b@school.example>"]
    assert message["Subject"] == "Re: Отчёт за октябрь"


@pytest.mark.parametrize("theirs", ["Re: Отчёт", "RE: Re: Отчёт", "Fwd: Отчёт", "Ответ: Отчёт", "Re[2]: Отчёт", "  Отчёт "])
def test_re_is_written_once_however_they_began(theirs: str) -> None:
    assert parsed(compose(LETTER, ENVELOPE, replace(THREAD, subject=theirs)))["Subject"] == "Re: Отчёт"


@pytest.mark.parametrize("thread", [None, replace(THREAD, subject=None), replace(THREAD, subject=" Re: ")])
def test_where_there_is_no_subject_of_theirs_ours_stands(thread: Thread | None) -> None:
    assert parsed(compose(LETTER, ENVELOPE, thread))["Subject"] == LETTER.subject


def test_a_letter_of_our_own_accord_answers_nothing_and_says_so() -> None:
    message = parsed(compose(LETTER, ENVELOPE, None))
    assert (message["In-Reply-To"], message["References"]) == (None, None)
    assert message["Auto-Submitted"] == "auto-generated"
    assert parsed(compose(LETTER, ENVELOPE, THREAD))["Auto-Submitted"] == "auto-replied"


def test_machines_are_asked_not_to_answer_and_we_would_not_answer_ourselves() -> None:
    message = parsed(compose(LETTER, ENVELOPE, THREAD))
    assert message["X-Auto-Response-Suppress"] == "All"
    stranger = Sender("someone@school.example", Tier.A, "test")
    headers = tuple((name, str(value)) for name, value in message.items())
    assert automatic_reason(headers, stranger, "metrology@utility.example", IDS.is_ours) == "a letter of our own that came back"


def test_the_same_letter_is_the_same_bytes_and_another_cause_is_another_message_id() -> None:
    assert compose(LETTER, ENVELOPE, THREAD) == compose(LETTER, ENVELOPE, THREAD)
    assert IDS.make("message/1/receipt") == IDS.make("message/1/receipt") != IDS.make("message/2/receipt")


def test_only_message_ids_that_we_sealed_are_ours() -> None:
    ours = IDS.make("message/1/receipt")
    assert IDS.is_ours(ours)
    assert IDS.is_ours(f" {ours[1:-1]} ")
    forged = ours.replace(ours[3], "0" if ours[3] != "0" else "1", 1)
    for other in (forged, ours.replace("utility", "other"), "<o.1.2@utility.example>", "", "<>"):
        assert not IDS.is_ours(other)
    assert not MessageIds(b"another key of sixteen bytes", "utility.example").is_ours(ours)


def test_a_long_thread_keeps_its_first_and_its_latest_references() -> None:
    many = " ".join(f"<{n}@school.example>" for n in range(500))
    references = parsed(compose(LETTER, ENVELOPE, replace(THREAD, references=many)))["References"].split()
    assert len(references) == 20
    assert (references[0], references[-2:]) == ("<0@school.example>", ["<499@school.example>", "<b@school.example>"])


def test_junk_in_their_headers_is_left_out() -> None:
    junk = Thread("no brackets", "<a@x.example> junk <<b@y.example> <c d@e> (comment) <ы@e> <f@g.example>", "x")
    message = parsed(compose(LETTER, ENVELOPE, junk))
    assert message["In-Reply-To"] is None
    assert message["References"].split() == ["<a@x.example>", "<b@y.example>", "<f@g.example>"]


hostile = st.text(alphabet=st.one_of(st.sampled_from('\r\n\t\0\x1b\u2028\u202e\ud800=?<>@:;"\\, '), st.characters()), max_size=300)


@given(subject=hostile, message_id=hostile, references=hostile, name=hostile, own=hostile, text=hostile)
def test_no_foreign_text_breaks_out_of_its_place(subject: str, message_id: str, references: str, name: str, own: str, text: str) -> None:
    letter = RenderedLetter(own, text.encode("utf-8", "replace").decode(), "<p></p>", (Language.RUSSIAN, Language.UZBEK))
    for thread in (Thread(message_id, references, subject), None):
        raw = compose(letter, replace(ENVELOPE, from_name=name), thread)
        raw.decode("ascii")
        head = raw.split(b"\r\n\r\n", 1)[0]
        assert max(len(line) for line in raw.split(b"\r\n")) <= 998
        assert b"\r" not in raw.replace(b"\r\n", b"")
        assert b"\n" not in raw.replace(b"\r\n", b"")
        names = [line.split(b":")[0] for line in head.split(b"\r\n") if not line.startswith(b" ")]
        assert len(names) == len(set(names))
        assert set(names) <= EXPECTED
        message = email.message_from_bytes(raw, policy=email.policy.default)
        assert message["To"] == "a@school.example"
        assert len(list(message.iter_parts())) == 2


EXPECTED = {
    *(b"Date", b"From", b"To", b"Message-ID", b"In-Reply-To", b"References", b"Subject", b"Auto-Submitted"),
    *(b"X-Auto-Response-Suppress", b"X-Hisobot", b"Content-Language", b"MIME-Version", b"Content-Type"),
}


@given(subject=st.text(alphabet=st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=140))
def test_any_subject_comes_back_as_it_was(subject: str) -> None:
    whole = " ".join(subject.split())
    raw = compose(replace(LETTER, subject=subject), ENVELOPE, None)
    assert max(len(line) for line in raw.split(b"\r\n\r\n", 1)[0].split(b"\r\n")) <= 78
    assert " ".join(str(parsed(raw)["Subject"]).split()) == whole


@pytest.mark.parametrize("address", ["отчёт@school.example", "a b@school.example", "a@", "", "a@b\r\nBcc: c@d.example", "a@b@c"])
def test_an_address_that_cannot_be_written_goes_to_a_person(address: str) -> None:
    assert not can_be_written_to(address)
    with pytest.raises(PermanentError):
        compose(LETTER, replace(ENVELOPE, to=address), THREAD)


def test_a_letter_never_grows_lines_that_a_relay_would_break() -> None:
    long = RenderedLetter("x", "слово " * 5000, "<p>" + "y" * 20000 + "</p>", (Language.RUSSIAN,))
    body = compose(long, ENVELOPE, THREAD).split(b"\r\n\r\n", 1)[1]
    assert max(len(line) for line in body.split(b"\r\n")) <= 76
    assert not re.search(rb"^\.", body, re.MULTILINE)


def test_files_go_with_a_letter_byte_for_byte_and_the_letter_comes_first() -> None:
    files = [Enclosed("00421-2026-10.pdf", "application/pdf", bytes(range(256)) * 3), Enclosed("empty.pdf", "application/pdf", b"")]
    raw = compose(LETTER, ENVELOPE, None, files)
    message = parsed(raw)
    assert message.get_content_type() == "multipart/mixed"
    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == LETTER.text  # type: ignore[union-attr]
    assert message.get_body(("html",)).get_content() == LETTER.html  # type: ignore[union-attr]
    found = [(part.get_filename(), part.get_content_type(), part.get_content()) for part in message.iter_attachments()]
    assert found == [(file.name, file.media_type, file.content) for file in files]
    assert all(len(line) <= 78 for line in raw.split(b"\r\n"))


@pytest.mark.parametrize("name", ["", "счёт.pdf", 'a".pdf', "a\r\nb.pdf", "../a.pdf", "a b.pdf"])
def test_a_files_name_is_plain_ascii(name: str) -> None:
    with pytest.raises(ValueError, match="no name"):
        Enclosed(name, "application/pdf", b"")


def test_a_letter_that_one_may_be_rid_of_says_how_in_one_click():
    message = parsed(compose(LETTER, ENVELOPE, None, unsubscribe="https://company.example/unsubscribe/0a1b.2c3d"))
    assert message["List-Unsubscribe"] == "<https://company.example/unsubscribe/0a1b.2c3d>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "List-Unsubscribe" not in parsed(compose(LETTER, ENVELOPE, None))


@pytest.mark.parametrize("address", ["https://a.example/\r\nBcc: x@y.z", "mailto:a@b.example", ""])
def test_nothing_but_a_url_becomes_the_address_of_unsubscribing(address):
    with pytest.raises(ValueError, match="URL"):
        compose(LETTER, ENVELOPE, None, unsubscribe=address)
