"""A sender in a process of its own, to be killed: `python -m tests.service.delivery_child JSON`. Not a test."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import sys
import threading
from collections.abc import Callable

from mailer.outbox import Outgoing
from mailer.smtp import SmtpAccount, SmtpOutgoing
from service.delivery import Post, deliver_forever
from storage.database import open_database

OWNER, SENDER = "delivery@test", "metrology@utility.example"


class Mortal:
    """A real way out whose process dies by SIGKILL at a chosen moment of the first letter."""

    def __init__(self, outgoing: Outgoing, moment: str | None) -> None:
        self._outgoing = outgoing
        self._moment = moment

    def check(self) -> None:
        self._outgoing.check()

    def send(self, mime: bytes, sender: str, recipient: str, before_data: Callable[[], None]) -> str:
        def commit_phase() -> None:
            self._die_at("before the phase is committed")
            before_data()
            self._die_at("when the phase is committed")

        self._die_at("when the letter is claimed")
        answer = self._outgoing.send(mime, sender, recipient, commit_phase)
        self._die_at("when the letter is taken but not marked")
        return answer

    def _die_at(self, moment: str) -> None:
        if moment == self._moment:
            os.kill(os.getpid(), signal.SIGKILL)


def main(order: dict[str, str]) -> None:
    now = dt.datetime.fromisoformat(order["now"])
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    database = open_database(order["database"])
    account = SmtpAccount("127.0.0.1", int(order["port"]), "none", timeout=20.0)
    outgoing = Mortal(SmtpOutgoing(account), order.get("die"))
    deliver_forever(Post(database, outgoing, lambda: now, SENDER, order.get("owner", OWNER)), stop)
    database.close()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
