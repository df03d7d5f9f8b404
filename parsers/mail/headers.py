"""Header lines of a message or a part: split, unfolded, decoded, and their parameters (RFC 5322, 2047, 2231), whatever the bytes."""

from __future__ import annotations

import binascii
import re

from parsers.mail.charsets import codec, decode

VALUE_LIMIT = 32 * 1024  # bytes of one value
BLOCK_LIMIT = 256 * 1024  # bytes of all headers of a message or a part
LINES_LIMIT = 2000

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:[ \t]*")
_ENCODED = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_ADDRESSES = frozenset(("from", "to", "cc", "bcc", "sender", "reply-to", "resent-from", "resent-sender", "resent-to"))
_MACHINE = frozenset(("received", "return-path", "message-id", "in-reply-to", "references", "date", "dkim-signature"))
_SPECIALS = frozenset('()<>[]:;@\\,."')
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def split_headers(raw: bytes, start: int, end: int) -> tuple[list[tuple[str, bytes]], int, list[str]]:
    """The headers of raw[start:end] as (name, unfolded bytes) in order, where the body begins, and what was wrong.

    A first line that is no header means there are none: all of it is body (a part without its empty line).
    """
    headers: list[tuple[str, bytes]] = []
    problems: list[str] = []
    position, limit, lines, current = start, min(end, start + BLOCK_LIMIT), 0, b""
    name: str | None = None
    pieces: list[bytes] = []

    def finish() -> None:
        if name is None:
            return
        value = b" ".join(piece for piece in pieces if piece)
        if len(value) > VALUE_LIMIT:
            problems.append(f"header {name[:40]} of {len(value)} bytes cut")
            value = value[:VALUE_LIMIT]
        headers.append((name, value))

    while position < limit:
        line_end = raw.find(b"\n", position, limit)
        following = limit if line_end < 0 else line_end + 1
        current = raw[position:following].rstrip(b"\r\n")
        if not current:
            position = following
            break
        lines += 1
        if lines > LINES_LIMIT:
            problems.append(f"more than {LINES_LIMIT} header lines")
            position = _after_empty_line(raw, position, end)
            break
        if current[:1] in b" \t" and name is not None:
            pieces.append(current.strip())
        elif match := _FIELD.match(current):
            finish()
            name, pieces = match[1].decode("ascii"), [current[match.end() :].rstrip()]
        elif name is None and not headers:
            return [], start, problems
        else:
            problems.append("a line among the headers is none")
        position = following
    else:
        if limit < end:
            problems.append(f"more than {BLOCK_LIMIT} bytes of headers")
            position = _after_empty_line(raw, position, end)
    finish()
    return headers, position, list(dict.fromkeys(problems))


def _after_empty_line(raw: bytes, position: int, end: int) -> int:
    found = [at + len(gap) for gap in (b"\n\n", b"\n\r\n") if (at := raw.find(gap, position, end)) >= 0]
    return min(found, default=end)


def decode_value(name: str, value: bytes) -> str:
    """A header's value as one line of text. Machine-made headers are not RFC 2047 decoded; addresses stay safe to parse."""
    plain, text = name.lower(), decode(value)
    if plain in _ADDRESSES:
        text = _decode_phrases(text)
    elif plain not in _MACHINE and not plain.startswith(("content-", "authentication-", "arc-")):
        text = decode_words(text)
    return _CONTROL.sub(" ", text).strip()


def decode_words(text: str) -> str:
    """RFC 2047 encoded words decoded, wherever they stand; neighbours of one charset are joined before decoding."""
    return "".join(piece for piece, _ in _pieces(text))


def _pieces(text: str) -> list[tuple[str, bool]]:
    """(text, was encoded) in order. White space between two encoded words is dropped (RFC 2047 section 6.2)."""
    pieces: list[tuple[str, bool]] = []
    pending, charset, position = b"", "", 0
    for match in _ENCODED.finditer(text):
        between = text[position : match.start()]
        joined = bool(pending) and not between.strip()
        named = match[1].split("*")[0]  # RFC 2231 section 5: a language may follow
        if not joined or codec(named) != codec(charset):
            if pending:
                pieces.append((decode(pending, charset), True))
            if between and not joined:
                pieces.append((between, False))
            pending = b""
        pending, charset, position = pending + _word_bytes(match[2], match[3]), named, match.end()
    if pending:
        pieces.append((decode(pending, charset), True))
    if position < len(text):
        pieces.append((text[position:], False))
    return pieces


def _word_bytes(encoding: str, payload: str) -> bytes:
    data = payload.encode("ascii", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(data.replace(b"_", b" "), header=False)
    data = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
    data = data[: len(data) - 1] if len(data) % 4 == 1 else data
    return binascii.a2b_base64(data + b"=" * (-len(data) % 4))


def _decode_phrases(text: str) -> str:
    """As decode_words, but a decoded word is quoted: RFC 2047 decodes after parsing, so it can hold no address."""
    result: list[str] = []
    quoted, comment = False, 0
    for piece, encoded in _pieces(text):
        if not encoded:
            result.append(piece)
            quoted, comment = _lexical_state(piece, quoted, comment)
        elif quoted:
            result.append(re.sub(r'(["\\])', r"\\\1", piece))
        elif comment:
            result.append(re.sub(r"[()\\]", " ", piece))
        elif _SPECIALS & set(piece):
            result.append('"' + re.sub(r'(["\\])', r"\\\1", piece) + '"')
        else:
            result.append(piece)
    return "".join(result)


def _lexical_state(text: str, quoted: bool, comment: int) -> tuple[bool, int]:
    """Whether we are in a quoted string, and how deep in comments, after this text (RFC 5322 section 3.2)."""
    for token in re.findall(r'\\.|["()]', text):
        if token == '"' and not comment:
            quoted = not quoted
        elif token == "(" and not quoted:
            comment += 1
        elif token == ")" and not quoted:
            comment = max(0, comment - 1)
    return quoted, comment


_PARAMETER = re.compile(rb';\s*([^\s=;"]{1,80})\s*=\s*(?:"((?:[^"\\]|\\.)*)(?:"|$)|([^;]*))', re.DOTALL)


def split_parameters(value: bytes) -> tuple[str, dict[str, str]]:
    """`text/plain; charset="x"` -> ("text/plain", {"charset": "x"}); continuations and charsets of RFC 2231, RFC 2047 words
    and raw 8-bit are decoded, since all of them are met in file names."""
    main, _, _ = value.partition(b";")
    found: dict[str, list[tuple[int, bool, bytes]]] = {}
    for count, match in enumerate(_PARAMETER.finditer(value[len(main) :])):
        if count >= 200:
            break
        name, quoted, bare = match[1].decode("ascii", "replace").lower(), match[2], match[3]
        content = re.sub(rb"\\([\"\\])", rb"\1", quoted) if quoted is not None else (bare or b"").strip()
        parts = re.fullmatch(r"([^*]+)(?:\*(\d{1,3}))?(\*)?", name)
        if parts is None:
            continue
        found.setdefault(parts[1], []).append((int(parts[2] or -1), bool(parts[3]), content))
    return main.strip().decode("ascii", "replace").lower(), {name: _parameter(pieces) for name, pieces in found.items()}


def _parameter(pieces: list[tuple[int, bool, bytes]]) -> str:
    extended = [p for p in pieces if p[1] or p[0] >= 0]
    if not extended:
        text = decode(pieces[0][2])
    else:  # the extended form is preferred where both stand (RFC 6266 section 4.3; mail programs do the same)
        extended.sort(key=lambda p: p[0])
        charset = ""
        data = b""
        for number, (_, percent, content) in enumerate(extended):
            if percent:
                if number == 0 and content.count(b"'") >= 2:
                    named, _, content = content.split(b"'", 2)
                    charset = named.decode("ascii", "replace")
                content = re.sub(rb"%([0-9A-Fa-f]{2})", lambda m: bytes((int(m[1], 16),)), content)
            data += content
        text = decode(data, charset)
    return _CONTROL.sub(" ", decode_words(text)).strip()
