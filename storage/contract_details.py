"""What the register knows of a contract besides what rules ask: its requisites with the bank, and where its meters hang."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from storage.database import Transaction
from storage.tables import contracts, meters


@dataclass(frozen=True, slots=True)
class ContractDetails:
    """None where the register's files do not say."""

    bank_account: str | None
    bank_code: str | None
    oked: str | None
    vat_code: str | None
    director: str | None


def details_of(tx: Transaction, contract_number: str) -> ContractDetails:
    chosen = sa.select(*(contracts.c[name] for name in ContractDetails.__slots__)).where(contracts.c.number == contract_number)
    row = tx.execute(chosen).first()
    return ContractDetails(*row) if row is not None else ContractDetails(None, None, None, None, None)


def points_of(tx: Transaction, contract_number: str) -> dict[str, str]:
    """Serial -> metering point, of the meters for which the register names one."""
    chosen = sa.select(meters.c.serial, meters.c.point).where(meters.c.contract_number == contract_number, meters.c.point.is_not(None))
    return {row.serial: row.point for row in tx.execute(chosen)}
