"""Transfer encodings undone as far as their damage allows: base64, quoted-printable, uuencode (RFC 2045 section 6)."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_UU_BEGIN = re.compile(rb"^begin[ \t]+[0-7]{3,4}[ \t]+([^\r\n]{1,255})\r?$", re.MULTILINE)


def undo_transfer(data: bytes, encoding: str) -> tuple[bytes, str | None]:
    """The bytes behind a Content-Transfer-Encoding, and what was wrong with it (None: nothing)."""
    encoding = encoding.strip().lower()
    if encoding == "base64":
        return from_base64(data)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(data), None
    if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        found = next(uuencoded_files(data), None)
        return (found[1], None) if found else (data, "uuencoded part without a begin line")
    if encoding in ("", "7bit", "8bit", "binary"):
        return data, None
    return data, f"unknown transfer encoding {encoding[:40]!r}"


def from_base64(data: bytes) -> tuple[bytes, str | None]:
    """Lines that are no base64 (a footer that some gateway added) are left out; what follows padding is decoded too."""
    packed = data.translate(None, b" \t\r\n")
    if not packed.translate(None, _ALPHABET) or (packed[-2:].count(b"=") and not packed.rstrip(b"=").translate(None, _ALPHABET)):
        problem = None if len(packed.rstrip(b"=")) % 4 != 1 else "base64 is cut"
        return _base64_run(packed.rstrip(b"=")), problem
    kept = b"".join(line for line in (raw.strip() for raw in data.splitlines()) if not _is_prose(line))
    kept = kept.translate(None, bytes(set(range(256)) - set(_ALPHABET) - {61}))
    return b"".join(_base64_run(run) for run in re.split(rb"=+", kept) if run), "base64 is damaged"


def _is_prose(line: bytes) -> bool:
    strange = line.translate(None, _ALPHABET + b"=")
    return b" " in line or len(strange) * 4 > len(line)


def _base64_run(run: bytes) -> bytes:
    if len(run) % 4 == 1:
        run = run[:-1]
    return binascii.a2b_base64(run + b"=" * (-len(run) % 4))


def looks_like_base64(data: bytes) -> bool:
    """Whether a body that calls itself something else is one block of base64."""
    packed = data.translate(None, b"\r\n")
    return len(packed) > 200 and not packed.rstrip(b"=").translate(None, _ALPHABET)


def uuencoded_files(data: bytes) -> Iterator[tuple[bytes, bytes, int, int]]:
    """Each uuencoded file within a text: its name, its bytes, and where it stands (start, end)."""
    position = 0
    while match := _UU_BEGIN.search(data, position):
        position = match.end()
        stop = data.find(b"\nend", position)
        if stop < 0:
            continue
        decoded = _uu_lines(data[position:stop].splitlines())
        position = stop + 4
        if decoded:
            yield match[1], decoded, match.start(), position


def _uu_lines(lines: list[bytes]) -> bytes:
    pieces: list[bytes] = []
    for line in lines:
        if not line.strip():
            continue
        try:
            pieces.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Some encoders pad a line with junk: its length byte says how much counts (as in Lib/uu.py of Python 3.12).
            wanted = (((line[0] - 32) & 63) * 4 + 5) // 3
            try:
                pieces.append(binascii.a2b_uu(line[:wanted]))
            except binascii.Error:
                return b""
    return b"".join(pieces)
