"""The review desk of staff."""

from __future__ import annotations

from cabinet.staff import login, mailbox, overview, queue, report

ROUTERS = (login.ROUTER, queue.ROUTER, report.ROUTER, overview.ROUTER, mailbox.ROUTER)
