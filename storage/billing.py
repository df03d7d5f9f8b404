"""Figures from billing: taking a file in as new versions of its months, and what stands for a contract now (docs/billing.md)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

import sqlalchemy as sa

from metering.billing import Accrual, BillingFile, Counted, KnownFigures, Payment, SettledMonth, Supplier, Tariff, VatRate
from metering.contracts import Language
from metering.periods import Period
from storage import audit
from storage.database import Transaction
from storage.inserts import insert_rows
from storage.standing import lock
from storage.tables import (
    billing_accruals,
    billing_counted,
    billing_files,
    billing_months,
    billing_payments,
    contracts,
    suppliers,
    tariffs,
    vat_rates,
)


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file that was taken in."""

    id: int
    name: str
    size: int
    as_of: dt.datetime
    period: Period
    closed_through: Period


def lock_billing(tx: Transaction) -> None:
    """From here to the end of the transaction nobody else imports."""
    lock(tx, "billing")


def is_imported(tx: Transaction, sha256: str) -> bool:
    return tx.scalar(sa.select(billing_files.c.id).where(billing_files.c.sha256 == sha256)) is not None


def imported_names(tx: Transaction) -> dict[tuple[str, int], dt.datetime]:
    """Of every file that was taken in, by name and size, when that was; of several the last time."""
    chosen = sa.select(billing_files.c.name, billing_files.c.size, billing_files.c.imported_at).order_by(billing_files.c.id)
    return {(row.name, row.size): row.imported_at for row in tx.execute(chosen)}


def last_file(tx: Transaction) -> ImportedFile | None:
    """The file whose figures stand; None before the first."""
    row = tx.execute(sa.select(*_FILE).order_by(billing_files.c.id.desc()).limit(1)).first()
    return ImportedFile(**row._mapping) if row else None


def known_figures(tx: Transaction, file: BillingFile) -> KnownFigures:
    """What the checks compare the file with."""
    last = last_file(tx)
    periods = {month.period for month in file.months} | {file.period}
    around = periods | {period.previous() for period in periods} | {period.next() for period in periods}
    latest = sa.select(billing_months.c.contract_number, sa.func.max(billing_months.c.period).label("period")).group_by(
        billing_months.c.contract_number
    )
    month = sa.tuple_(billing_months.c.contract_number, billing_months.c.period)
    chosen = billing_months.c.period.in_(sorted(around, key=str)) | month.in_(latest)
    rows = tx.execute(sa.select(billing_months).where(chosen, _stands(billing_months)))
    return KnownFigures(
        contracts=frozenset(tx.scalars(sa.select(contracts.c.number))),
        as_of=last.as_of if last else None,
        period=last.period if last else None,
        balances={(row.contract_number, row.period): (row.opening, row.closing) for row in rows},
        tariffs=tuple(Tariff(r.consumer_class, r.valid_from, r.price) for r in tx.execute(sa.select(tariffs).order_by(tariffs.c.file))),
        vat_rates=tuple(VatRate(r.valid_from, r.percent) for r in tx.execute(sa.select(vat_rates).order_by(vat_rates.c.file))),
    )


def take_in(tx: Transaction, file: BillingFile, name: str, size: int, sha256: str, now: dt.datetime) -> tuple[int, int]:
    """Writes the file's row and the months that differ from what stands. Returns how many are new, and how many were restated."""
    head = {"as_of": file.as_of, "period": file.period, "closed_through": file.closed_through, "imported_at": now}
    number = tx.execute(
        billing_files.insert().values({"name": name, "size": size, "sha256": sha256, **head}).returning(billing_files.c.id)
    ).scalar_one()
    standing = {
        (month.contract_number, month.period): month
        for period in sorted({month.period for month in file.months})
        for month in _read(tx, billing_months.c.period == period)
    }
    changed = [month for month in file.months if standing.get((month.contract_number, month.period)) != month]
    insert_rows(tx, billing_months, [{"file": number, **_columns(month, _MONTH)} for month in changed])
    for table, names, lines in (
        (billing_accruals, _ACCRUAL, "accruals"),
        (billing_payments, _PAYMENT, "payments"),
        (billing_counted, _COUNTED, "counted"),
    ):
        rows = [
            {"file": number, "contract_number": month.contract_number, "period": month.period, "position": i, **_columns(line, names)}
            for month in changed
            for i, line in enumerate(getattr(month, lines))
        ]
        insert_rows(tx, table, rows)
    insert_rows(tx, tariffs, _dated(number, file.tariffs))
    insert_rows(tx, vat_rates, _dated(number, file.vat_rates))
    insert_rows(tx, suppliers, _dated(number, file.suppliers))
    restated = sum((month.contract_number, month.period) in standing for month in changed)
    details = {"name": name, "as_of": file.as_of.isoformat(), "new": len(changed) - restated, "restated": restated}
    audit.write(tx, audit.Entry(now, "hisobot", "billing imported", f"billing file {number}", details))
    return len(changed) - restated, restated


def settled_months(tx: Transaction, number: str, first: Period, last: Period) -> tuple[SettledMonth, ...]:
    """The contract's months as they stand, oldest first."""
    month = billing_months.c
    return tuple(_read(tx, (month.contract_number == number) & month.period.between(first, last)))


def contracts_settled_in(tx: Transaction, period: Period) -> tuple[str, ...]:
    """Numbers of the contracts that have this month."""
    chosen = sa.select(billing_months.c.contract_number).where(billing_months.c.period == period).distinct()
    return tuple(tx.scalars(chosen.order_by(billing_months.c.contract_number)))


def first_settled_month(tx: Transaction, number: str) -> Period | None:
    text = tx.scalar(sa.select(sa.func.min(billing_months.c.period)).where(billing_months.c.contract_number == number))
    return text if text is None or isinstance(text, Period) else Period.parse(text)


def supplier_on(tx: Transaction, day: dt.date, language: Language) -> Supplier | None:
    """The utility as it was named on that day: in that language, else in another that is known; None where nothing is."""
    chosen = sa.select(suppliers).where(suppliers.c.valid_from <= day).order_by(suppliers.c.valid_from, suppliers.c.file)
    found = {row.language: row for row in tx.execute(chosen)}
    if not found:
        return None
    row = found.get(language) or found[max(found, key=lambda each: found[each].valid_from)]
    return Supplier(**{name: getattr(row, name) for name in _names(Supplier)})


def _read(tx: Transaction, which: sa.ColumnElement[bool]) -> list[SettledMonth]:
    """Months that stand, with their lines."""
    months = tx.execute(sa.select(billing_months).where(which, _stands(billing_months)).order_by(billing_months.c.period)).all()
    keys = {(row.file, row.contract_number, row.period): row for row in months}
    if not keys:
        return []
    lines = {
        name: _lines(tx, table, kind, keys, which)
        for name, table, kind in (
            ("accruals", billing_accruals, Accrual),
            ("payments", billing_payments, Payment),
            ("counted", billing_counted, Counted),
        )
    }
    return [
        SettledMonth(**{name: getattr(row, name) for name in _MONTH}, **{name: tuple(of.get(key, ())) for name, of in lines.items()})
        for key, row in keys.items()
    ]


def _lines(tx: Transaction, table: sa.Table, kind: Any, keys: dict[Any, Any], which: sa.ColumnElement[bool]) -> dict[Any, list[Any]]:
    month = billing_months.c
    of_month = (table.c.file == month.file) & (table.c.contract_number == month.contract_number) & (table.c.period == month.period)
    found: dict[Any, list[Any]] = {}
    for row in tx.execute(sa.select(table).join(billing_months, of_month).where(which).order_by(table.c.position)):
        key = row.file, row.contract_number, row.period
        if key in keys:
            found.setdefault(key, []).append(kind(**{name: getattr(row, name) for name in _names(kind)}))
    return found


def _stands(table: sa.Table) -> sa.ColumnElement[bool]:
    """The version of the newest file."""
    newer = table.alias("newer")
    same = (newer.c.contract_number == table.c.contract_number) & (newer.c.period == table.c.period)
    return ~sa.exists().where(same, newer.c.file > table.c.file)


def _names(kind: Any) -> list[str]:
    return [each.name for each in fields(kind) if each.name != "place"]


def _columns(value: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}


def _dated(file: int, rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [{"file": file, **_columns(row, _names(type(row)))} for row in rows]


_FILE = [billing_files.c[name] for name in ImportedFile.__slots__]
_MONTH = [name for name in _names(SettledMonth) if name not in ("accruals", "payments", "counted")]
_ACCRUAL, _PAYMENT, _COUNTED = (_names(kind) for kind in (Accrual, Payment, Counted))
