"""Foreign bytes of a mail to its headers, its text and its leaves, by a tolerant reader with limits; it never raises (docs/opening.md)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from metering.messages import FileKind
from parsers.files.sniff import sniff
from parsers.mail.boundaries import split_parts
from parsers.mail.charsets import decode
from parsers.mail.headers import decode_value, split_headers, split_parameters
from parsers.mail.html_text import MARKUP_LIMIT, text_of_html
from parsers.mail.transfer import looks_like_base64, undo_transfer, uuencoded_files

PARTS_LIMIT = 200
DEPTH_LIMIT = 20
TEXT_LIMIT = 200_000  # characters of body text that are kept
RETURNED_LIMIT = 20
_HEADERS_LIMIT = 32_000  # characters of a returned letter's headers that are looked at

#: A picture within HTML (RFC 2397), of a size that may be more than a line of a signature.
_EMBEDDED = re.compile(r"data:(image/[a-z0-9.+-]{2,30});base64,([A-Za-z0-9+/=\s]{1000,})", re.IGNORECASE)

_MESSAGES = frozenset(("message/rfc822", "message/global", "message/news"))

#: Fields of the content hash (docs/delivery.md, "Keys"): Received, Return-Path and Authentication-Results differ by path.
_CONTENT_FIELDS = ("from", "to", "date", "subject", "message-id")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One part that holds no parts: a file, or something that says it is one.

    content_type: as declared, lower case; content_id: without <>, "" if none; inline: it may be a picture within the text;
    path: names of the containers around it, outermost first.
    """

    name: str
    data: bytes
    content_type: str
    path: tuple[str, ...] = ()
    content_id: str = ""
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """A message taken apart. `markup` is the HTML of all text/html parts, for finding which pictures it refers to; `returned` are
    Message-IDs and headers of messages within it."""

    headers: tuple[tuple[str, str], ...]
    text: str
    markup: str
    leaves: tuple[Leaf, ...]
    problems: tuple[str, ...]
    content_sha256: str
    returned: tuple[str, ...] = ()


@dataclass(slots=True)
class _Walk:
    """What is collected on the way through the parts of one message."""

    parts: int = 0
    plain: list[str] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)
    nested: list[str] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
    problems: dict[str, None] = field(default_factory=dict)
    returned: list[str] = field(default_factory=list)

    def bring_back(self, text: str) -> None:
        if len(self.returned) < RETURNED_LIMIT:
            self.returned.append(text[:_HEADERS_LIMIT])

    def note(self, problem: str) -> None:
        if len(self.problems) < 100:
            self.problems[problem] = None


@dataclass(frozen=True, slots=True)
class _Entity:
    """A stretch of bytes that starts with headers."""

    raw: bytes
    start: int
    end: int
    path: tuple[str, ...] = ()
    depth: int = 0


def read_message(raw: bytes) -> Letter:
    """Headers, text and leaves of a whole message. Any bytes give a Letter; `problems` says what went wrong, in English."""
    walk = _Walk()
    start = _skip_mailbox_line(raw)
    if b"\n" not in raw[:65536] and b"\r" in raw[:65536]:
        raw = raw.replace(b"\r", b"\n")
    headers, body, problems = split_headers(raw, start, len(raw))
    for problem in problems:
        walk.note(problem)
    _walk_entity(walk, _Entity(raw, start, len(raw)), "text/plain")
    markup = "\n".join(walk.markup)
    plain = "\n\n".join(walk.plain)
    text = "\n\n".join(t for t in (plain if plain.strip() else text_of_html(markup), *walk.nested) if t.strip())
    if len(text) > TEXT_LIMIT:
        walk.note(f"only the first {TEXT_LIMIT} characters of the text are kept")
    return Letter(
        headers=tuple((name, decode_value(name, value)) for name, value in headers),
        text=text[:TEXT_LIMIT],
        markup=markup[:MARKUP_LIMIT],
        leaves=tuple(walk.leaves),
        problems=tuple(walk.problems),
        content_sha256=content_hash(headers, raw[body:]),
        returned=tuple(walk.returned),
    )


def read_nested(data: bytes, path: tuple[str, ...]) -> Letter:
    """A message, or a MIME part, that was found within a file; its leaves' paths start with `path`."""
    letter = read_message(data)
    leaves = tuple(Leaf(leaf.name, leaf.data, leaf.content_type, path + leaf.path, leaf.content_id, leaf.inline) for leaf in letter.leaves)
    return Letter(letter.headers, letter.text, letter.markup, leaves, letter.problems, letter.content_sha256)


def content_hash(headers: list[tuple[str, bytes]], body: bytes) -> str:
    """SHA-256 in hex of what the sender wrote; blind to line endings, folding and trailing empty lines, which transport changes."""
    digest = hashlib.sha256()
    for wanted in _CONTENT_FIELDS:
        for name, value in headers:
            if name.lower() == wanted:
                digest.update(wanted.encode() + b":" + b" ".join(value.split()) + b"\n")
    digest.update(b"\n" + body.replace(b"\r\n", b"\n").rstrip())
    return digest.hexdigest()


def _skip_mailbox_line(raw: bytes) -> int:
    """Where the headers begin, behind a byte order mark, empty lines and mbox's own line."""
    start = 3 if raw[:3] == b"\xef\xbb\xbf" else 0
    while raw[start : start + 1] in (b"\r", b"\n") and start < 1000:
        start += 1
    if re.match(rb">?From [^\r\n:]{0,200}", raw[start : start + 210]):
        line_end = raw.find(b"\n", start)
        start = line_end + 1 if line_end >= 0 else start
    return start


def _walk_entity(walk: _Walk, entity: _Entity, default_type: str) -> None:
    walk.parts += 1
    if walk.parts > PARTS_LIMIT:
        return walk.note(f"more than {PARTS_LIMIT} parts")
    if entity.depth > DEPTH_LIMIT:
        return walk.note(f"parts nested deeper than {DEPTH_LIMIT}")
    fields, body, problems = split_headers(entity.raw, entity.start, entity.end)
    for problem in problems:
        walk.note(problem)
    headers = _Fields(fields)
    content_type, parameters = headers.parameters("content-type")
    content_type = content_type if "/" in content_type else default_type
    if content_type.startswith("multipart/"):
        pieces = split_parts(entity.raw, body, entity.end, parameters.get("boundary", ""), PARTS_LIMIT)
        if pieces:
            inner = "message/rfc822" if content_type == "multipart/digest" else "text/plain"
            for piece_start, piece_end in pieces:
                if walk.parts > PARTS_LIMIT:
                    break
                _walk_entity(walk, _Entity(entity.raw, piece_start, piece_end, entity.path, entity.depth + 1), inner)
            return None
        walk.note(f"{content_type[:40]} without its parts")
        headers.type = "text/plain"
    elif content_type in _MESSAGES and not headers.encoded:
        return _walk_nested(walk, _Entity(entity.raw, body, entity.end, entity.path, entity.depth + 1), headers.name)
    return _take_leaf(walk, entity, body, headers)


def _walk_nested(walk: _Walk, entity: _Entity, name: str) -> None:
    """A message within the message: its leaves are ours, its text follows ours, its headers prove nothing."""
    start = entity.start + _skip_mailbox_line(entity.raw[entity.start : min(entity.end, entity.start + 2000)])
    inner = _Walk(parts=walk.parts, problems=walk.problems, returned=walk.returned)
    path = (*entity.path, name or "message.eml")
    _walk_entity(inner, _Entity(entity.raw, start, entity.end, path, entity.depth), "text/plain")
    fields, _, _ = split_headers(entity.raw, start, entity.end)
    for identity in (decode_value(n, v) for n, v in fields if n.lower() == "message-id"):
        walk.bring_back(identity)
    subject = next((decode_value(n, v) for n, v in fields if n.lower() == "subject"), "")
    plain = "\n\n".join(inner.plain)
    body = plain if plain.strip() else text_of_html("\n".join(inner.markup))
    walk.nested.append("\n".join(t for t in (subject, body) if t.strip()))
    walk.nested.extend(inner.nested)
    walk.markup.extend(inner.markup)
    walk.leaves.extend(inner.leaves)
    walk.parts = inner.parts


class _Fields:
    """The headers of one part, asked by name."""

    def __init__(self, fields: list[tuple[str, bytes]]) -> None:
        self._first: dict[str, bytes] = {}
        for name, value in fields:
            self._first.setdefault(name.lower(), value)
        self.type, type_parameters = self.parameters("content-type")
        self.disposition, disposition_parameters = self.parameters("content-disposition")
        self.charset = type_parameters.get("charset", "")
        self.name = disposition_parameters.get("filename", "") or type_parameters.get("name", "") or disposition_parameters.get("name", "")
        self.transfer = self._first.get("content-transfer-encoding", b"").partition(b";")[0].decode("ascii", "replace").strip().lower()
        self.content_id = decode(self._first.get("content-id", b"")).strip("<> \t")

    def parameters(self, name: str) -> tuple[str, dict[str, str]]:
        return split_parameters(self._first.get(name, b""))

    @property
    def encoded(self) -> bool:
        return self.transfer in ("base64", "quoted-printable")


def _take_leaf(walk: _Walk, entity: _Entity, body: int, headers: _Fields) -> None:
    encoded = entity.raw[body : entity.end]
    data, problem = undo_transfer(encoded, headers.transfer)
    if problem:
        walk.note(problem + (f" in {headers.name[:60]!r}" if headers.name else ""))
    content_type = headers.type if "/" in headers.type else ""
    is_text = content_type.startswith("text/") or not content_type
    if content_type in _MESSAGES:
        return _walk_nested(walk, _Entity(data, 0, len(data), entity.path, entity.depth + 1), headers.name)
    if not is_text and looks_like_base64(data):  # gateways encode a second time, or forget to say that they did
        walk.note("base64 that does not say so")
        data, _ = undo_transfer(data, "base64")
    if is_text and not headers.name and headers.disposition != "attachment" and not _is_binary(data):
        return _take_text(walk, entity.path, decode_body(data, headers.charset), content_type)
    if not data and not headers.name:
        return None
    inline = headers.disposition != "attachment"
    walk.leaves.append(Leaf(headers.name, data, content_type, entity.path, headers.content_id, inline))
    return None


def decode_body(data: bytes, charset: str) -> str:
    return decode(data, charset).replace("\r\n", "\n").replace("\r", "\n")


def _is_binary(data: bytes) -> bool:
    """Whether a part that says it is text is a file: the known beginnings of files, or many control characters."""
    if sniff(data) is not FileKind.OTHER:
        return True
    sample = data[:2000]
    return sample[:2] not in (b"\xff\xfe", b"\xfe\xff") and sum(b < 9 or 13 < b < 27 for b in sample) * 10 > len(sample)


def _take_embedded(walk: _Walk, path: tuple[str, ...], markup: str) -> str:
    """Pictures that stand in the HTML itself become leaves; the markup refers to them as to those that came beside it."""

    def take(match: re.Match[str]) -> str:
        if len(walk.leaves) >= PARTS_LIMIT:
            walk.note(f"more than {PARTS_LIMIT} files")
            return ""
        data, _ = undo_transfer(match[2].encode(), "base64")
        name = f"embedded{len(walk.leaves) + 1}"
        walk.leaves.append(Leaf("", data, match[1].lower(), path, name, inline=True))
        return f"cid:{name}"

    return _EMBEDDED.sub(take, markup)


def _take_text(walk: _Walk, path: tuple[str, ...], text: str, content_type: str) -> None:
    if content_type == "text/html":
        walk.markup.append(_take_embedded(walk, path, text))
        return
    if content_type == "text/rfc822-headers":  # RFC 3462, 2
        walk.bring_back(text)
    if content_type not in ("text/plain", ""):
        return
    if "\nend" in text and "begin " in text:
        data = text.encode("utf-8", "replace")
        kept = 0
        remaining: list[bytes] = []
        for name, content, start, end in uuencoded_files(data):
            if len(walk.leaves) >= PARTS_LIMIT:
                walk.note(f"more than {PARTS_LIMIT} files")
                break
            walk.leaves.append(Leaf(decode(name).strip(), content, "", path))
            remaining.append(data[kept:start])
            kept = end
        text = (b"".join(remaining) + data[kept:]).decode("utf-8", "replace")
    walk.plain.append(text)
