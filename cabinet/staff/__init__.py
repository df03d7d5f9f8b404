"""The review desk of staff."""

from __future__ import annotations

from cabinet.staff import login

ROUTERS = (login.ROUTER,)
