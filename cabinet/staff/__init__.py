"""The review desk of staff."""

from __future__ import annotations

from cabinet.staff import addresses, login, mailbox, originals, overview, queue, report

ROUTERS = (login.ROUTER, queue.ROUTER, report.ROUTER, overview.ROUTER, mailbox.ROUTER, originals.ROUTER, addresses.ROUTER)
