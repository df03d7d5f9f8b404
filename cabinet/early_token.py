"""Proof that an upload came from a page of ours is asked for before the upload is taken: the token is the first thing in its form.

Else anybody could let us write 42 MB of somebody's form to disk before it is refused (docs/security.md, "Every page").
"""

from __future__ import annotations

import hmac
import re

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cabinet.errors import error_page
from cabinet.guards import csrf_of, token_of_cookies
from cabinet.outermost import UPLOADS

_FIRST_PART_BYTES = 2048  # a boundary, the headers of a short field and a token are some hundreds
#: RFC 7578: the part of a field, from the beginning of the body; browsers send fields in the order of the form.
_FIRST_PART = re.compile(
    rb"csrf=([0-9a-f]{64})(?=&|\Z)|"  # of a form without files
    rb'--[^\r\n]{1,70}\r\n[Cc]ontent-[Dd]isposition: form-data; name="csrf"\r\n(?:[^\r\n]+\r\n)*\r\n([0-9a-f]{64})\r\n'
)


class EarlyToken:
    """ASGI middleware of one face; see the module."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or UPLOADS not in scope["path"]:
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        expected = token_of_cookies(request)
        given = request.headers.get("x-csrf-token", "").encode()
        begun: list[Message] = []
        if not given:
            begun, given = await _first_token(receive)
        if expected is None or not hmac.compare_digest(given, csrf_of(expected).encode()):
            await error_page(request, 403, "forged")(scope, receive, send)
            return

        async def again() -> Message:
            return begun.pop(0) if begun else await receive()

        await self._app(scope, again, send)


async def _first_token(receive: Receive) -> tuple[list[Message], bytes]:
    """What had to be received to see the token, which is given to the application again; and the token, empty where there is none."""
    begun: list[Message] = []
    start = b""
    while len(start) < _FIRST_PART_BYTES:
        message = await receive()
        begun.append(message)
        if message["type"] != "http.request":
            break
        start += message.get("body", b"")
        found = _FIRST_PART.match(start[:_FIRST_PART_BYTES])
        if found is not None:
            return begun, found[1] or found[2]
        if not message.get("more_body", False):
            break
    return begun, b""
