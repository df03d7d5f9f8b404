"""kill -9 at random moments of the whole tree and of single processes: no message is lost, none booked twice, no second letter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bench.crash import Scene, check, crash, ingest, load_register
from tests.journeys.mailing import Mailing, of_customers
from tests.support.dovecot import Dovecot
from tests.support.process_tree import Instance
from tests.support.smtp_server import SmtpServer

pytestmark = pytest.mark.slow
MESSAGES, KILLS = 8, 4  # kills on each database; `./run bench crash` kills more often


@pytest.fixture(scope="module")
def mailing(tmp_path_factory: pytest.TempPathFactory) -> Mailing:
    return of_customers(MESSAGES, tmp_path_factory.mktemp("mailing") / "register", seed=1)


@pytest.fixture(scope="module")
def undisturbed(mailing: Mailing, tmp_path_factory: pytest.TempPathFactory) -> Instance:
    return ingest(tmp_path_factory.mktemp("undisturbed"), mailing)


def test_kills_lose_nothing_and_do_nothing_twice(
    mailing: Mailing,
    undisturbed: Instance,
    tmp_path: Path,
    database_url: str,
    dovecot: Dovecot,
    mail_user: str,
    smtp_server: Callable[..., SmtpServer],
) -> None:
    server = smtp_server()
    instance = Instance(tmp_path / "home", database_url)
    load_register(instance, mailing)
    done = crash(instance, mailing, Scene(dovecot, mail_user, server), KILLS, seed=len(database_url.split(":")[0]))
    assert done.kills.total() == KILLS
    check(instance, undisturbed, server, done)
    assert done.letters == MESSAGES
