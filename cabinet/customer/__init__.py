"""The customers' cabinet."""

from __future__ import annotations

from cabinet.customer import history, installing, login, overview, readings, settlements, verification

ROUTERS = (login.ROUTER, overview.ROUTER, readings.ROUTER, history.ROUTER, settlements.ROUTER, verification.ROUTER, installing.ROUTER)
