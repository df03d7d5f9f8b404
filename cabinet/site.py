"""One face as its handlers see it: its parts, its cookies, and how long a session lasts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response

from service.assembly import Service
from storage.database import Transaction
from storage.states import Face

LANGUAGE_SECONDS = 400 * 86_400  # as long as browsers keep a cookie at all


@dataclass(frozen=True, slots=True)
class Site:
    """The service, which of the two faces this is, and who stands behind a session's account: asked for with the session itself, since each
    trip to the database counts; None where he may not be here any more."""

    service: Service
    face: Face
    known: Callable[[Transaction, str], Any] = lambda tx, account: None

    @property
    def idle(self) -> dt.timedelta:
        web = self.service.settings.web
        return dt.timedelta(minutes=web.staff_idle_minutes if self.face is Face.STAFF else web.customer_idle_minutes)

    @property
    def prefix(self) -> str:
        """What its addresses begin with."""
        return "/staff" if self.face is Face.STAFF else ""

    def cookie_name(self, what: str) -> str:
        """`__Host-` where HTTPS is: then no other host of the domain can set it (RFC 6265bis, section 4.1.3.2)."""
        return f"{'__Host-' if self.service.settings.web.secure else ''}hisobot-{self.face}-{what}"

    def cookie(self, request: Request, what: str) -> str | None:
        return request.cookies.get(self.cookie_name(what))

    def set_cookie(self, response: Response, what: str, value: str, seconds: int | None = None) -> None:
        """A cookie that no script can read; without `seconds` it goes with the browser."""
        secure = self.service.settings.web.secure
        strictness = "strict" if self.face is Face.STAFF else "lax"  # a customer may come by a link in a letter
        response.set_cookie(self.cookie_name(what), value, max_age=seconds, path="/", secure=secure, httponly=True, samesite=strictness)

    def drop_cookie(self, response: Response, what: str) -> None:
        secure = self.service.settings.web.secure
        response.delete_cookie(self.cookie_name(what), path="/", secure=secure, httponly=True)


def site_of(request: Request) -> Site:
    return request.app.state.site
