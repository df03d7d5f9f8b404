"""Authentication-Results header fields (RFC 8601), taken apart without trusting what strangers could put into them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class MethodResult:
    """One result, lower-cased; properties by "ptype.property", the first of a name, values lower-cased and without quotes."""

    method: str
    result: str
    properties: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuthenticationResults:
    """One header field. sound is False where brackets or quotes do not match: then nothing in it can be relied on."""

    authserv_id: str
    results: tuple[MethodResult, ...] = ()
    sound: bool = True


_QUOTED_OR = r'(?:"(?:\\.|[^"\\])*"|[^{0}"])'
_WORD = re.compile(_QUOTED_OR.format(r"\s") + "+")
_PART = re.compile(_QUOTED_OR.format(";") + "+")
_VALUE_OF_PROPERTY = re.compile(r"\.[\w-]+\s*=\s*[^\s;]+\Z")


def parse_results(value: str) -> AuthenticationResults | None:
    """The header field's value taken apart; None without an authserv-id, or in a version that is not 1 (section 2.2)."""
    text, sound = _without_comments(value)
    opening = text.partition(";")[0].split()
    authserv_id = _bare(opening[0]) if opening else ""
    if not authserv_id or (len(opening) > 1 and opening[1] != "1"):
        return None
    if not sound:
        return AuthenticationResults(authserv_id, sound=False)
    _, *others = _PART.findall(text)
    return AuthenticationResults(authserv_id, tuple(result for part in others if (result := _parse_result(part))))


def _parse_result(part: str) -> MethodResult | None:
    """`method [/ version] = result [reason = text] *(ptype.property = value)`, or `none` alone."""
    first, *others = _WORD.findall(_tightened(part)) or [""]
    method, equals, result = first.partition("=")
    if not equals:
        return MethodResult("none", "none") if method.lower() == "none" else None
    properties: dict[str, str] = {}
    for word in others:
        name, equals, value = word.partition("=")
        if equals and "." in name:
            properties.setdefault(name.lower(), _bare(value))
    return MethodResult(method.partition("/")[0].lower(), _bare(result), properties)


def _without_comments(value: str) -> tuple[str, bool]:
    """The text with a blank for each comment, and whether brackets and quotes match.

    A bracket that is glued to a property's value was not written by the server as a comment but is part of a name that
    a stranger chose (`smtp.mailfrom=example.com(.evil.example`, CVE-2020-12272): not sound.
    """
    kept: list[str] = []
    depth, quoted, escaped, sound = 0, False, False, True
    for character in value:
        if escaped:
            escaped = False
        elif character == "\\" and (quoted or depth):
            escaped = True
        elif character == '"' and not depth:
            quoted = not quoted
        elif character == "(" and not quoted:
            if depth == 0 and _VALUE_OF_PROPERTY.search("".join(kept[-300:])):
                sound = False
            depth += 1
        elif character == ")" and not quoted:
            if depth == 0:
                sound = False
            depth = max(depth - 1, 0)
            kept.append(" ")
            continue
        if not depth:
            kept.append(character)
    return "".join(kept), sound and not depth and not quoted


def _tightened(part: str) -> str:
    """Without the white space that may stand around = . and / outside of quoted strings."""
    pieces = re.split(r'("(?:\\.|[^"\\])*")', part)
    return "".join(piece if piece.startswith('"') else re.sub(r"\s*([=./])\s*", r"\1", piece) for piece in pieces)


def _bare(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = re.sub(r"\\(.)", r"\1", text[1:-1])
    return text.lower()
