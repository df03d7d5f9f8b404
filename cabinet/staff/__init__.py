"""The review desk of staff."""

from __future__ import annotations

from cabinet.staff import accounts, addresses, colleagues, login, mailbox, originals, overview, queue, report, verdicts

_PARTS = (login, queue, report, verdicts, overview, mailbox, originals, addresses, accounts, colleagues)
ROUTERS = tuple(part.ROUTER for part in _PARTS)
