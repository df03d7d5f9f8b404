"""A mail message once opened: its headers, its text, its files, and what was set aside."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from metering.pages import Box, Word


class FileKind(StrEnum):
    """What a file's bytes are; its name never decides."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    HEIC = "heic"
    WEBP = "webp"
    BMP = "bmp"
    GIF = "gif"
    OFFICE = "office"  # xlsx, xls, docx, odt, ods, and what office programs wrote before 2007
    OTHER = "other"


class Fault(StrEnum):
    """Why a file cannot be read."""

    TOO_LARGE = "too_large"  # over 10 MiB decoded (announcement 3.4)
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    LIMIT = "limit"  # beyond a limit on depth, parts, pages, pixels or unpacked size
    UNSUPPORTED = "unsupported"  # may well hold a report, in a format that is not opened (.doc, rar, 7z)
    NOT_A_REPORT = "not_a_report"  # bytes of a kind that can be no report


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of a message, unwrapped from its containers.

    name: as the sender gave it, cleaned; path: containers it came through, outermost first ("mail.eml", "отчет.zip");
    size: decoded bytes; decoration: a logo or the like, set aside and listed.
    """

    name: str
    sha256: str
    size: int
    kind: FileKind
    path: tuple[str, ...] = ()
    decoration: bool = False
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class RecipientReport:
    """What a delivery status notification says of one recipient (RFC 3464, 2.3), "" where it says nothing.

    final, original: bare addresses; action: failed, delayed, delivered, relayed, expanded; status: `5.1.1`; diagnostic: as given.
    """

    final: str
    original: str
    action: str
    status: str
    diagnostic: str


@dataclass(frozen=True, slots=True)
class Returned:
    """What within a message shows that it brings a letter back: nothing of it is proved, all of it is foreign text.

    envelope_id: Original-Envelope-Id; headers: Message-IDs and headers of messages within the message; recipients: of its
    delivery status.
    """

    envelope_id: str = ""
    headers: tuple[str, ...] = ()
    recipients: tuple[RecipientReport, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenedMessage:
    """headers: (name, unfolded value with RFC 2047 words decoded) of the outer message, in order, top first.

    In address headers a decoded word that holds specials stands in quotes, so that no address can be smuggled in by it.
    content_sha256: of From, To, Date, Subject, Message-ID and the body: the same mail by another path has the same.
    """

    headers: tuple[tuple[str, str], ...]
    text: str
    attachments: tuple[Attachment, ...]
    problems: tuple[str, ...] = ()
    content_sha256: str = ""
    returned: Returned = Returned()

    def header(self, name: str) -> str | None:
        """The first header of that name, or None."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a file as it came out of the sandbox.

    number: from 1; width, height: points as displayed; words: the text layer where it is sound, else None;
    picture: name of an image file that we wrote ourselves, in the message's working folder;
    pixels_per_inch: of that picture, None where unknown (a phone photo);
    rules: drawn table lines as thin boxes, only beside a sound text layer; turned: what that has at an angle across the page.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...] | None
    picture: str
    pixels_per_inch: float | None
    rules: tuple[Box, ...] = ()
    turned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """One attachment and its pages; no sheets where it has a fault or is decoration."""

    attachment: Attachment
    sheets: tuple[Sheet, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """What came out of the sandbox for one message, or for one file that came alone (message is None, problems say what was odd)."""

    message: OpenedMessage | None
    files: tuple[OpenedFile, ...]
    problems: tuple[str, ...] = ()
