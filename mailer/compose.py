"""From a letter in words to the bytes that are sent, for ever the same for the same input (docs/delivery-out.md, "The message")."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime

from mailer.automatic import OUR_HEADER
from metering.contracts import Language
from metering.errors import PermanentError
from templates.letters import RenderedLetter

_LINE = 76  # RFC 2045, 6.8
_MOST_REFERENCES = 20  # RFC 5322 sets no limit; many servers refuse header fields of more than a few KB
_LONGEST_SUBJECT = 150

#: RFC 5322, 3.6.4, in its usual form; obsolete and folded ones are dropped rather than repaired.
_MESSAGE_ID = re.compile(r"<[!-;=?A-~]{1,120}@[!-;=?A-~]{1,120}>")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*")
_REPLY_PREFIX = re.compile(r"^\s*((re|fw|fwd|ответ|отв|пересл|ha|жавоб|javob)\s*(\[\d+\])?\s*:\s*)+", re.IGNORECASE)

_PUNCTUATION = re.compile(r"[]!-,./:-<>?@[\\^`{|}~]")  # harmless in a subject; no "=", which could begin an encoded word

_TAGS = {Language.RUSSIAN: "ru", Language.UZBEK: "uz-Latn", Language.UZBEK_CYRILLIC: "uz-Cyrl"}


@dataclass(frozen=True, slots=True)
class Thread:
    """The message that a letter answers, by its own headers as they stood; all of it is foreign text.

    subject: None when the letter goes to another address than the message came from: it shall not carry a stranger's words.
    """

    message_id: str | None
    references: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who writes to whom, and the two values that make a letter itself: its Message-ID (with brackets) and its aware date."""

    from_name: str
    from_address: str
    to: str
    message_id: str
    date: dt.datetime


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that goes with a letter. name: plain ASCII, so that every mail program saves it under it; media_type: `application/pdf`."""

    name: str
    media_type: str
    content: bytes

    def __post_init__(self) -> None:
        if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}", self.name) is None:
            raise ValueError(f"no name for an enclosed file: {self.name!r}")


def compose(
    letter: RenderedLetter, envelope: Envelope, thread: Thread | None, enclosed: Sequence[Enclosed] = (), unsubscribe: str | None = None
) -> bytes:
    """The whole message, ASCII with CRLF line ends: multipart/alternative of plain text and HTML; with enclosed files within a
    multipart/mixed.

    thread: what it answers, so that it lands in the customer's thread; None for a letter of our own accord. unsubscribe: the address
    at which one click ends letters like this one (RFC 8058).
    Raises PermanentError for an address that needs SMTPUTF8.
    """
    identity = hashlib.sha256(envelope.message_id.encode()).hexdigest()[:32]
    boundary, outer = f"=_{identity}", f"=+{identity}"
    alternative = ["Content-Type: multipart/alternative;", f' boundary="{boundary}"']
    parts = [*_part("plain", letter.text, boundary), *_part("html", letter.html, boundary), f"--{boundary}--", ""]
    header = [
        *_identity(envelope),
        *_threading(letter, thread),
        # RFC 3834, 5: an answer is auto-replied, a letter nobody asked for auto-generated.
        f"Auto-Submitted: {'auto-replied' if thread else 'auto-generated'}",
        "X-Auto-Response-Suppress: All",
        f"{OUR_HEADER}: letter",
        f"Content-Language: {', '.join(_TAGS[language] for language in letter.languages)}",
        *_unsubscribing(unsubscribe),
        "MIME-Version: 1.0",
    ]
    if not enclosed:
        lines = [*header, *alternative, "", *parts]
    else:
        mixed = ["Content-Type: multipart/mixed;", f' boundary="{outer}"']
        files = [line for file in enclosed for line in _file(file, outer)]
        lines = [*header, *mixed, "", f"--{outer}", *alternative, "", *parts, *files, f"--{outer}--", ""]
    return "\r\n".join(lines).encode("ascii")


def _unsubscribing(address: str | None) -> list[str]:
    """RFC 8058, 3.1: a mail program may post `List-Unsubscribe=One-Click` to the address, without a page in between."""
    if address is None:
        return []
    if re.fullmatch(r"https?://[!-;=?-~]{1,300}", address) is None:
        raise ValueError("the address of unsubscribing is no URL of plain ASCII")
    return [f"List-Unsubscribe: <{address}>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"]


def can_be_written_to(address: str) -> bool:
    """Whether `compose` and SMTP can name this address without SMTPUTF8."""
    return _ADDRESS.fullmatch(address) is not None


def _identity(envelope: Envelope) -> list[str]:
    for address in (envelope.from_address, envelope.to):
        if not can_be_written_to(address):
            raise PermanentError("an address of the letter needs SMTPUTF8 or is none; a person has to answer")
    if _MESSAGE_ID.fullmatch(envelope.message_id) is None:
        raise ValueError("not a Message-ID")
    return [
        f"Date: {format_datetime(envelope.date)}",
        f"From: {_words(envelope.from_name, 'From: ')}\r\n <{envelope.from_address}>",
        f"To: {envelope.to}",
        f"Message-ID: {envelope.message_id}",
    ]


def _threading(letter: RenderedLetter, thread: Thread | None) -> list[str]:
    """In-Reply-To, References and Subject (RFC 5322, 3.6.4 and 3.6.5). Mail programs join a thread by the References, some
    only if the subject is the same but for "Re:", so an answer keeps the customer's subject; the letter opens with ours."""
    if thread is None:
        return [f"Subject: {_words(letter.subject, 'Subject: ')}"]
    parent = _MESSAGE_ID.search(thread.message_id or "")
    earlier = [each for each in dict.fromkeys(_MESSAGE_ID.findall(thread.references or "")) if not parent or each != parent[0]]
    chain = [*_shortened(earlier), *([parent[0]] if parent else [])]
    theirs = _plain_subject(thread.subject or "")
    subject = f"Re: {theirs}" if theirs else letter.subject
    return [
        *([f"In-Reply-To: {parent[0]}"] if parent else []),
        *(["References: " + "\r\n ".join(chain)] if chain else []),
        f"Subject: {_words(subject, 'Subject: ')}",
    ]


def _shortened(references: list[str]) -> list[str]:
    """The first, which names the thread, and the latest."""
    if len(references) < _MOST_REFERENCES:
        return references
    return [references[0], *references[-(_MOST_REFERENCES - 2) :]]


def _plain_subject(subject: str) -> str:
    """Their subject on one line, without Re: and its like, not too long."""
    line = _REPLY_PREFIX.sub("", _printable(subject))
    return line if len(line) <= _LONGEST_SUBJECT else line[: _LONGEST_SUBJECT - 1] + "…"


def _printable(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _words(text: str, name: str) -> str:
    """Text of a header, as RFC 2047 words in base64 where it is not plain ASCII or too long for a line."""
    line = _printable(text)
    if re.fullmatch(r"[A-Za-z0-9 _-]*", line if name == "From: " else _PUNCTUATION.sub("", line)) and len(name) + len(line) <= _LINE:
        return line
    words, chunk = [], b""
    for character in line:
        encoded = character.encode("utf-8", "replace")
        if len(chunk) + len(encoded) > 39:  # 52 characters of base64 and the frame: within 75, and the name before the first
            words.append(chunk)
            chunk = b""
        chunk += encoded
    words.append(chunk)
    return "\r\n ".join(f"=?utf-8?B?{base64.b64encode(word).decode()}?=" for word in words)


def _part(subtype: str, text: str, boundary: str) -> list[str]:
    content = text.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    return [f"--{boundary}", f"Content-Type: text/{subtype}; charset=utf-8", *_encoded(content)]


def _file(file: Enclosed, boundary: str) -> list[str]:
    kind = f'Content-Type: {file.media_type}; name="{file.name}"'
    return [f"--{boundary}", kind, f'Content-Disposition: attachment; filename="{file.name}"', *_encoded(file.content)]


def _encoded(content: bytes) -> list[str]:
    text = base64.b64encode(content).decode()
    lines = [text[start : start + _LINE] for start in range(0, len(text), _LINE)]
    return ["Content-Transfer-Encoding: base64", "", *lines, ""]
