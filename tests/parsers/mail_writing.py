"""Messages written by hand, byte by byte, as no well-behaved library would write them."""

from __future__ import annotations

import base64

HEAD = b"From: a@example.com\r\nTo: b@example.com\r\nSubject: x\r\nDate: Tue, 20 Oct 2026 10:00:00 +0500\r\nMessage-ID: <1@example.com>\r\n"


def part(data: bytes, *headers: str, encode: bool = True) -> bytes:
    lines = [*headers, "Content-Transfer-Encoding: base64"] if encode else list(headers)
    body = base64.encodebytes(data).replace(b"\n", b"\r\n") if encode else data
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def multipart(*parts: bytes, kind: str = "mixed", boundary: str = "=_b") -> bytes:
    """Headers of a multipart, an empty line, and its parts: to follow other headers, or to be a part itself."""
    mark = f"--{boundary}".encode()
    body = b"".join(b"\r\n" + mark + b"\r\n" + p for p in parts) + b"\r\n" + mark + b"--\r\n"
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode() + body


def message(*parts: bytes) -> bytes:
    return HEAD + multipart(*parts)
