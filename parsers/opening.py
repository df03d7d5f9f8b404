"""A message or a file, as foreign bytes, to an Opened: its attachments unwrapped, judged by their bytes, and their pages as sheets.

Runs only inside the sandbox's worker (service/sandbox.py); docs/opening.md says what becomes of what.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from metering.messages import Attachment, Fault, FileKind, Opened, OpenedFile, OpenedMessage, Sheet
from parsers.files.containers import Allowance, armoured_signed, unwrap
from parsers.files.sniff import Wrapper, sniff, sniff_wrapper
from parsers.mail.decoration import is_decoration, is_furniture
from parsers.mail.returned import read_returned
from parsers.mime import Leaf, Letter, read_message, read_nested

FILES_LIMIT = 200
WRAPPERS_DEEP = 6
_A_DOCUMENT = re.compile(r"\.(pdf|jpe?g|png|tiff?|hei[cf]|webp|bmp|gif|docx?|xlsx?|od[ts]|zip|rar|7z)\s*$", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class OpeningLimits:
    """attachment_bytes: of one file, decoded; unpacked_bytes: of all that comes out of wrappers of one message."""

    attachment_bytes: int = 10_485_760
    unpacked_bytes: int = 128 * 1024 * 1024
    pages_per_file: int = 20
    pages_per_message: int = 40


@dataclass(slots=True)
class _Work:
    """What is left of the limits, and what was noted, while one message is opened."""

    limits: OpeningLimits
    folder: Path
    unpacked: int = 0
    pages: int = 0
    problems: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def note(self, problem: str) -> None:
        if problem not in self.problems and len(self.problems) < 200:
            self.problems.append(problem)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A file that is no wrapper, or a wrapper that could not be opened (then with its fault)."""

    leaf: Leaf
    fault: Fault | None = None
    furniture: bool = False


def open_bytes(raw: bytes, name: str, folder: Path, limits: OpeningLimits) -> Opened:
    """Opens a message, or a single file if the bytes are none and are not called .eml.

    `folder` must exist; it receives each file under its SHA-256 and each page's picture as <sha256>-<page>.ppm or .pgm.
    Never raises on account of the bytes: what is wrong stands in faults and problems.
    """
    called_message = name.lower().endswith((".eml", ".mht", ".rfc822")) and sniff(raw) is FileKind.OTHER
    if called_message or sniff_wrapper(raw) is Wrapper.MESSAGE:
        return open_message(raw, folder, limits)
    work = _Work(limits, folder)
    files = _open_all(_candidates(Leaf(name, raw, ""), work, 0), work, markup=None)
    return Opened(None, files, tuple(work.problems))


def open_message(raw: bytes, folder: Path, limits: OpeningLimits) -> Opened:
    """Opens the bytes as a message, whatever they look like."""
    letter = read_message(raw)
    work = _Work(limits, folder, problems=list(letter.problems))
    candidates = [candidate for leaf in letter.leaves for candidate in _candidates(leaf, work, 0)]
    files = _open_all(iter(candidates), work, letter.markup)
    return Opened(_message(letter, files, work), files)


def _message(letter: Letter, files: tuple[OpenedFile, ...], work: _Work) -> OpenedMessage:
    return OpenedMessage(
        headers=letter.headers,
        text="\n\n".join(text for text in (letter.text, *work.texts) if text.strip()),
        attachments=tuple(file.attachment for file in files),
        problems=tuple(work.problems),
        content_sha256=letter.content_sha256,
        returned=read_returned(letter),
    )


def _candidates(leaf: Leaf, work: _Work, depth: int) -> Iterator[_Candidate]:
    """The files that a leaf holds: itself, or what comes out of it when it is a wrapper."""
    if is_furniture(leaf.content_type) and sniff(leaf.data) is FileKind.OTHER:
        yield _Candidate(leaf, furniture=True)
        return
    if len(leaf.data) > work.limits.attachment_bytes:
        yield _Candidate(leaf, Fault.TOO_LARGE)
        return
    wrapper = _wrapper_of(leaf)
    if wrapper is None:
        yield _Candidate(leaf)
        yield from _of_portfolio(leaf, work, depth)
    elif depth >= WRAPPERS_DEEP:
        work.note(f"wrapped more than {WRAPPERS_DEEP} times: {leaf.name[:60]}")
        yield _Candidate(leaf, Fault.LIMIT)
    elif wrapper is Wrapper.MESSAGE:
        yield from _of_message(leaf, leaf.data, work, depth)
    else:
        yield from _of_wrapper(leaf, wrapper, work, depth)


def _of_portfolio(leaf: Leaf, work: _Work, depth: int) -> Iterator[_Candidate]:
    """The files within a PDF. The PDF itself is read too: of a portfolio it is a cover sheet, of others the report."""
    if sniff(leaf.data) is not FileKind.PDF or depth >= WRAPPERS_DEEP:
        return
    from parsers.pdf.embedded import files_within

    members, complete = files_within(leaf.data, Allowance(work.limits.attachment_bytes, work.limits.unpacked_bytes - work.unpacked))
    if not complete:
        work.note(f"not all files within {leaf.name[:60]} were taken out")
    for member in members:
        work.unpacked += len(member.data)
        inner = Leaf(member.name, member.data, "", (*leaf.path, leaf.name))
        if member.fault is not None:
            yield _Candidate(inner, member.fault)
        else:
            yield from _candidates(inner, work, depth + 1)


def _wrapper_of(leaf: Leaf) -> Wrapper | None:
    if sniff(leaf.data) is not FileKind.OTHER:
        return None
    wrapper = sniff_wrapper(leaf.data)
    if wrapper is None and (armoured := armoured_signed(leaf.data)) and sniff_wrapper(armoured) is Wrapper.CMS:
        return Wrapper.CMS
    return wrapper


def _of_message(leaf: Leaf, data: bytes, work: _Work, depth: int) -> Iterator[_Candidate]:
    nested = read_nested(data, (*leaf.path, leaf.name or "message.eml"))
    for problem in nested.problems:
        work.note(problem)
    work.texts.append(nested.text)
    for inner in nested.leaves:
        yield from _candidates(inner, work, depth + 1)


def _of_wrapper(leaf: Leaf, wrapper: Wrapper, work: _Work, depth: int) -> Iterator[_Candidate]:
    data = leaf.data
    if wrapper is Wrapper.CMS and data[:1] != b"\x30":
        data = armoured_signed(data) or data
    allowance = Allowance(work.limits.attachment_bytes, work.limits.unpacked_bytes - work.unpacked)
    members, fault = unwrap(wrapper, data, leaf.name, allowance)
    if wrapper is Wrapper.ARCHIVE:
        work.note(f"a file of a kind that is not opened: {leaf.name[:60]}")
    if not members:
        detached = wrapper is Wrapper.CMS and fault is None
        yield _Candidate(leaf, fault or (None if detached else Fault.NOT_A_REPORT), furniture=detached)
        return
    if fault is not None:
        work.note(f"not all of {leaf.name[:60]} was unpacked")
        yield _Candidate(leaf, fault)
    path = (*leaf.path, leaf.name) if wrapper is not Wrapper.TNEF else (*leaf.path, leaf.name or "winmail.dat")
    for member in members:
        work.unpacked += len(member.data)
        inner = Leaf(member.name, member.data, "", path)
        if member.fault is not None:
            yield _Candidate(inner, member.fault)
        elif wrapper is Wrapper.CMS and re.match(rb"\s*(MIME-Version|Content-[A-Za-z-]+):", member.data[:200], re.IGNORECASE):
            yield from _of_message(leaf, member.data, work, depth)
        else:
            yield from _candidates(inner, work, depth + 1)


def _open_all(candidates: Iterator[_Candidate], work: _Work, markup: str | None) -> tuple[OpenedFile, ...]:
    """`markup` is the message's HTML; None for a file that came alone, which is never taken for decoration."""
    files: list[OpenedFile] = []
    seen: set[str] = set()
    names: set[str] = set()
    for candidate in candidates:
        if len(files) >= FILES_LIMIT:
            work.note(f"only the first {FILES_LIMIT} files are opened")
            break
        attachment = _named_apart(_judge(candidate, markup), names)
        if attachment.sha256 in seen and attachment.size and attachment.fault is None:
            work.note(f"the same file again: {attachment.name[:60]}")
            attachment = replace(attachment, decoration=True)
        seen.add(attachment.sha256)
        files.append(_open_one(attachment, candidate.leaf.data, work))
    return tuple(files)


def _named_apart(attachment: Attachment, names: set[str]) -> Attachment:
    """Phones call every photo image.jpg: each file gets a name that no other has, for what was read is told by names."""
    stem, dot, ending = attachment.name.rpartition(".")
    name, count = attachment.name, 1
    while name in names:
        count += 1
        name = f"{stem} ({count}).{ending}" if dot and stem else f"{attachment.name} ({count})"
    names.add(name)
    return replace(attachment, name=name)


def _judge(candidate: _Candidate, markup: str | None) -> Attachment:
    leaf = candidate.leaf
    kind = sniff(leaf.data)
    decoration = candidate.furniture or (markup is not None and candidate.fault is None and is_decoration(leaf, kind, markup))
    fault = candidate.fault
    if fault is None and kind is FileKind.OTHER and not decoration:
        lost = not leaf.data and _A_DOCUMENT.search(leaf.name)  # its name is all that came of it
        fault = Fault.DAMAGED if lost else Fault.NOT_A_REPORT
    return Attachment(
        name=clean_name(leaf.name, kind),
        sha256=hashlib.sha256(leaf.data).hexdigest(),
        size=len(leaf.data),
        kind=kind,
        path=tuple(clean_name(name, FileKind.OTHER) for name in leaf.path),
        decoration=decoration,
        fault=fault,
    )


def clean_name(name: str, kind: FileKind) -> str:
    """A name to show: the last part of a path, without control and direction marks, at most 150 characters; never empty."""
    plain = _UNSAFE.sub(" ", re.split(r"[\\/]", name)[-1]).strip(" .\t") or f"attachment.{kind.value}"
    return plain if len(plain) <= 150 else plain[:130] + "…" + plain[-19:]


def _open_one(attachment: Attachment, data: bytes, work: _Work) -> OpenedFile:
    if attachment.fault is Fault.TOO_LARGE or not data:
        return OpenedFile(attachment)
    (work.folder / attachment.sha256).write_bytes(data)
    if attachment.fault is not None or attachment.decoration or attachment.kind is FileKind.OTHER:
        return OpenedFile(attachment)
    pages = min(work.limits.pages_per_file, work.limits.pages_per_message - work.pages)
    if pages <= 0:
        work.note(f"only the first {work.limits.pages_per_message} pages of the message are read")
        return OpenedFile(replace(attachment, fault=Fault.LIMIT))
    sheets, fault = _sheets(attachment, data, pages, work)
    work.pages += len(sheets)
    return OpenedFile(replace(attachment, fault=fault), tuple(sheets))


def _sheets(attachment: Attachment, data: bytes, pages: int, work: _Work) -> tuple[list[Sheet], Fault | None]:
    from parsers.files.pictures import PictureError, open_picture

    try:
        if attachment.kind is FileKind.PDF:
            from parsers.pdf import open_pdf

            sheets, problems = open_pdf(data, work.folder, attachment.sha256, pages)
        elif attachment.kind is FileKind.OFFICE:
            from parsers.office import open_office

            sheets, problems = open_office(data, work.folder, attachment.sha256, pages)
        else:
            sheets, problems = open_picture(data, attachment.kind, work.folder, attachment.sha256, pages)
    except PictureError as error:
        work.note(f"{attachment.name[:60]}: {error}"[:300])
        return [], error.fault
    except MemoryError:
        work.note(f"{attachment.name[:60]}: out of memory")
        return [], Fault.LIMIT
    except OSError as error:  # our own writing: the file size limit, a full disk
        work.note(f"{attachment.name[:60]}: {error.strerror}")
        return [], Fault.LIMIT
    for problem in problems:
        work.note(f"{attachment.name[:60]}: {problem}")
    return sheets, None
