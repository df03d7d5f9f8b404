"""The customers' cabinet."""

from __future__ import annotations

from cabinet.customer import installing, login, overview

ROUTERS = (login.ROUTER, overview.ROUTER, installing.ROUTER)
