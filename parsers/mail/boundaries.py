"""Where the parts of a multipart begin and end (RFC 2046 section 5.1.1), also where boundaries are wrong or lost."""

from __future__ import annotations

import re


def split_parts(raw: bytes, start: int, end: int, boundary: str, limit: int) -> list[tuple[int, int]]:
    """(start, end) of each part, at most limit + 1. Where the declared boundary does not occur, the first line like one is taken."""
    named = boundary.encode("utf-8", "replace").rstrip()
    parts = _between(raw, start, end, b"--" + named, limit) if named else []
    if parts:
        return parts
    likely = re.search(rb"^--([^\s-][^\r\n]{3,100}|-{3,60}[^\s-][^\r\n]{0,80})\r?$", raw[start : min(end, start + 20_000)], re.MULTILINE)
    if likely is None or raw.find(b"\n--" + likely[1].rstrip(), start + likely.end(), end) < 0:
        return []
    return _between(raw, start, end, b"--" + likely[1].rstrip(), limit)


def _between(raw: bytes, start: int, end: int, marker: bytes, limit: int) -> list[tuple[int, int]]:
    """What stands between boundary lines (RFC 2046 section 5.1.1). A lost last boundary ends with the whole."""
    parts: list[tuple[int, int]] = []
    opened: int | None = None
    position = start
    while (position := raw.find(marker, position, end)) >= 0:
        behind = position + len(marker)
        line_end = raw.find(b"\n", behind, end)
        line_end = end if line_end < 0 else line_end
        rest = raw[behind : min(line_end, behind + 1000)].strip()
        if (position > start and raw[position - 1 : position] != b"\n") or rest not in (b"", b"--"):
            position = behind
            continue
        if opened is not None:
            parts.append((opened, max(opened, _before_line_break(raw, position))))
        opened = None if rest == b"--" else min(line_end + 1, end)
        if opened is None or len(parts) > limit:
            break
        position = max(behind, min(line_end, end))
    if opened is not None and len(parts) <= limit:
        parts.append((opened, end))
    return parts


def _before_line_break(raw: bytes, position: int) -> int:
    """The line break before a boundary belongs to the boundary (RFC 2046 section 5.1.1)."""
    if raw[position - 2 : position] == b"\r\n":
        return position - 2
    return position - 1 if raw[position - 1 : position] == b"\n" else position
