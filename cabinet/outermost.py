"""Around every request: a limit on its size, the headers that tie a browser's hands, and one log line without anybody's data."""

from __future__ import annotations

import logging
import time

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

BODY_BYTES = 64 * 1024  # a form
UPLOAD_BYTES = 42 * 1024 * 1024  # four files of 10 MiB and the form around them
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "no-store",  # what may be kept says so itself
}
HTTPS_HEADERS = {**HEADERS, "strict-transport-security": "max-age=31536000; includeSubDomains"}
#: Routes that take files say so in their first path segment after the face's prefix.
UPLOADS = "/upload/"


class Outermost:
    """ASGI middleware; see the module."""

    def __init__(self, app: ASGIApp, secure: bool) -> None:
        self._app = app
        self._headers = [(k.encode(), v.encode()) for k, v in (HTTPS_HEADERS if secure else HEADERS).items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 0
        left = UPLOAD_BYTES if UPLOADS in scope["path"] else BODY_BYTES

        async def counted() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise HTTPException(413)
            return message

        async def headed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                given = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *((n, v) for n, v in self._headers if n not in given)]
            await send(message)

        try:
            await self._app(scope, counted, headed)
        finally:
            route = getattr(scope.get("route"), "path", "-")  # as it stands in the program, without what stood in the address
            log.info("request method=%s route=%s status=%d ms=%.0f", scope["method"], route, status, (time.perf_counter() - began) * 1000)
