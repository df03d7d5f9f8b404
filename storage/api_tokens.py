"""Tokens of the programs that speak for customers by the API: shown once, and only their SHA-256 kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from metering.errors import PermanentError
from storage import audit
from storage.database import Transaction
from storage.inserts import insert_once
from storage.tables import api_tokens

_PREFIX = "hisobot_"  # so that a token that leaked into a repository is found


@dataclass(frozen=True, slots=True)
class ApiClient:
    """contracts: those that it may speak for, None for all."""

    name: str
    contracts: tuple[str, ...] | None
    made_by: str
    made_at: dt.datetime
    revoked_at: dt.datetime | None

    def may_speak_for(self, contract_number: str) -> bool:
        return self.contracts is None or contract_number in self.contracts


def add(tx: Transaction, name: str, contracts: Sequence[str] | None, actor: str, now: dt.datetime) -> str:
    """Makes a client and returns its token, which is kept nowhere. Raises PermanentError if the name is taken."""
    token = _PREFIX + secrets.token_urlsafe(32)
    row = {"name": name, "token_sha256": _sha256(token), "contracts": list(contracts) if contracts else None}
    if insert_once(tx, api_tokens, {**row, "made_by": actor, "made_at": now}) is None:
        raise PermanentError(f"there is an API client {name} already; names of revoked ones are not used again")
    audit.write(tx, audit.Entry(now, actor, "API token made", f"client {name}", {"contracts": row["contracts"]}))
    return token


def revoke(tx: Transaction, name: str, actor: str, now: dt.datetime) -> None:
    """Its token is refused from now on. Raises PermanentError if there is no such client, or it was revoked before."""
    live = (api_tokens.c.name == name) & api_tokens.c.revoked_at.is_(None)
    if tx.execute(api_tokens.update().where(live).values(revoked_at=now)).rowcount == 0:
        raise PermanentError(f"there is no API client {name} that is not revoked; see: hisobot api-token list")
    audit.write(tx, audit.Entry(now, actor, "API token revoked", f"client {name}"))


def listing(tx: Transaction) -> list[ApiClient]:
    return [_client(row) for row in tx.execute(sa.select(*_SHOWN).order_by(api_tokens.c.made_at, api_tokens.c.name))]


def client_of(tx: Transaction, token: str) -> ApiClient | None:
    """Whose token this is; None for one that is unknown or revoked."""
    live = (api_tokens.c.token_sha256 == _sha256(token)) & api_tokens.c.revoked_at.is_(None)
    row = tx.execute(sa.select(*_SHOWN).where(live)).first()
    return None if row is None else _client(row)


def _client(row: sa.Row) -> ApiClient:
    return ApiClient(row.name, None if row.contracts is None else tuple(row.contracts), row.made_by, row.made_at, row.revoked_at)


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


_SHOWN = [api_tokens.c[name] for name in ApiClient.__slots__]
