"""Customers for tests of the cabinet: a small register, accounts with and without a password of their own, and sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from metering.periods import TASHKENT
from service import passwords
from service.customer_accounts import issue_accounts
from storage import accounts
from storage.database import Database
from storage.states import Face
from tests.storage.made import load_register
from tests.support.web import Site, Visitor, service_for

NUMBER, INN, OTHER = "00421", "300000421", "00007"
OWN_PASSWORD = "синий трамвай едет"
TODAY = dt.datetime(2026, 10, 22, 10, 30, tzinfo=TASHKENT)
_hashes: dict[str, str] = {}


def own_password(site: Site, number: str = NUMBER) -> None:
    """The customer has changed his first password; without the slow hash each time."""
    kept = _hashes.get(OWN_PASSWORD) or _hashes.setdefault(OWN_PASSWORD, passwords.hash_of(OWN_PASSWORD))
    with site.service.database.transaction() as tx:
        accounts.change_password(tx, number, kept, site.service.clock())


def customer(site: Site, number: str = NUMBER) -> Visitor:
    """Somebody in the cabinet of this contract, with a password of his own."""
    own_password(site, number)
    return site.signed_in(Face.CUSTOMER, number)


@pytest.fixture
def cabinet(database: Database, tmp_path: Path, serve: Callable[..., Site]) -> Site:
    """Both faces for two contracts, on the 22nd of October 2026; on SQLite and on PostgreSQL."""
    load_register(database, tmp_path)
    service = service_for(database, tmp_path, lambda: TODAY)
    issue_accounts(service)
    return replace(serve(service), service=service)
