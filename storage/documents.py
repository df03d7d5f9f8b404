"""Documents issued, and requests for them (docs/documents.md, "Issued once")."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from metering.contracts import Language
from metering.documents import Buyer, DocumentKey, DocumentKind
from metering.periods import Period
from storage import audit
from storage.database import Transaction
from storage.inserts import insert_once
from storage.tables import billing_months, contracts, document_requests, documents, letters, second_signatures


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A signed document whose bytes lie in the blobs. total: of an invoice what is to be paid, of an act the balance at its end;
    figures: the billing file that stood when it was made."""

    key: DocumentKey
    language: Language
    code: str
    total: Decimal
    sha256: str
    size: int
    signer: str
    serial: str
    issued_at: dt.datetime
    figures: int


_COLUMNS = tuple(field.name for field in fields(NewDocument) if field.name != "key")


@dataclass(frozen=True, slots=True)
class IssuedDocument(NewDocument):
    """A document as it was issued, under its number in our table."""

    id: int


@dataclass(frozen=True, slots=True)
class DocumentRequest:
    """Somebody asked by mail. last: the month, None for the last one that is closed; thread: the headers that the answer needs."""

    message: int
    contract_number: str
    kind: DocumentKind
    last: Period | None
    recipient: str
    thread: dict[str, str | None]
    asked_at: dt.datetime
    id: int = 0


def record(tx: Transaction, new: NewDocument) -> IssuedDocument | None:
    """Writes the document; None where one with its key was issued before: that one stands."""
    row = {"kind": new.key.kind, "contract_number": new.key.contract_number, "first": new.key.first, "last": new.key.last}
    row |= {name: getattr(new, name) for name in _COLUMNS}
    if issued(tx, new.key) is not None:
        return None
    number = insert_once(tx, documents, row)
    if number is None:
        return None
    details = {"kind": str(new.key.kind), "number": new.key.number, "sha256": new.sha256}
    audit.write(tx, audit.Entry(new.issued_at, "hisobot", "document issued", f"document {number}", details))
    return IssuedDocument(id=number, key=new.key, **{name: getattr(new, name) for name in _COLUMNS})


def issued(tx: Transaction, key: DocumentKey) -> IssuedDocument | None:
    d = documents.c
    same = (d.contract_number == key.contract_number) & (d.kind == key.kind) & (d.first == key.first) & (d.last == key.last)
    return next(iter(_documents(tx, same)), None)


def by_code(tx: Transaction, code: str) -> IssuedDocument | None:
    return next(iter(_documents(tx, documents.c.code == code)), None)


def by_sha256(tx: Transaction, sha256: str) -> IssuedDocument | None:
    return next(iter(_documents(tx, documents.c.sha256 == sha256)), None)


def of_contract(tx: Transaction, number: str, since: Period) -> list[IssuedDocument]:
    """The contract's documents whose last month is that one or a later one, newest first."""
    found = _documents(tx, (documents.c.contract_number == number) & (documents.c.last >= since))
    return sorted(found, key=lambda each: (each.key.last, each.key.kind, each.id), reverse=True)


def listing(
    tx: Transaction, kind: DocumentKind | None = None, last: Period | None = None, number: str | None = None
) -> list[IssuedDocument]:
    """Documents issued, oldest first; of that kind, month and contract where they are named."""
    wanted = ((documents.c.kind, kind), (documents.c.last, last), (documents.c.contract_number, number))
    return _documents(tx, sa.and_(sa.true(), *(column == value for column, value in wanted if value is not None)))


def contracts_with(tx: Transaction, kind: DocumentKind, first: Period | None, last: Period) -> set[str]:
    """Numbers of the contracts that have this document already; first: None for any."""
    d = documents.c
    chosen = sa.select(d.contract_number).where(d.kind == kind, d.last == last)
    return set(tx.scalars(chosen.where(d.first == first) if first else chosen))


def figures_changed(tx: Transaction, document: IssuedDocument) -> bool:
    """Whether billing has stated one of its months anew since it was made."""
    m = billing_months.c
    newer = sa.select(m.file).where(
        m.contract_number == document.key.contract_number,
        m.period.between(document.key.first, document.key.last),
        m.file > document.figures,
    )
    return tx.execute(newer.limit(1)).first() is not None


def buyer(tx: Transaction, number: str) -> Buyer | None:
    """The customer as a document names him."""
    row = tx.execute(sa.select(contracts).where(contracts.c.number == number)).first()
    if row is None:
        return None
    optional = {name: getattr(row, name) or "" for name in ("vat_code", "bank_account", "bank_code", "oked", "director")}
    return Buyer(row.organization, row.address, row.inn, **optional)


def add_second_signature(tx: Transaction, document: int, sha256: str, now: dt.datetime) -> bool:
    """False where the document has one."""
    row = {"document": document, "sha256": sha256, "signed_at": now}
    if insert_once(tx, second_signatures, row) is None:
        return False
    audit.write(tx, audit.Entry(now, "hisobot", "second signature added", f"document {document}", {"sha256": sha256}))
    return True


def second_signature(tx: Transaction, document: int) -> str | None:
    """SHA-256 of the PKCS#7 beside it."""
    return tx.scalar(sa.select(second_signatures.c.sha256).where(second_signatures.c.document == document))


def ask(tx: Transaction, request: DocumentRequest) -> None:
    row = {name: getattr(request, name) for name in DocumentRequest.__slots__ if name != "id"}
    insert_once(tx, document_requests, row)


def open_requests(tx: Transaction) -> list[DocumentRequest]:
    """Those that wait for their answer, oldest first."""
    chosen = sa.select(document_requests).where(document_requests.c.answered_at.is_(None)).order_by(document_requests.c.id)
    return [DocumentRequest(**{name: getattr(row, name) for name in DocumentRequest.__slots__}) for row in tx.execute(chosen)]


def mark_answered(tx: Transaction, request: int, now: dt.datetime) -> bool:
    """False where another process was faster."""
    unanswered = (document_requests.c.id == request) & document_requests.c.answered_at.is_(None)
    return tx.execute(document_requests.update().where(unanswered).values(answered_at=now)).rowcount == 1


def letters_since(tx: Transaction, kind: str, address: str, since: dt.datetime) -> int:
    """Letters of this kind to this address that were owed since then."""
    ours = (letters.c.kind == kind) & (letters.c.recipient == address.lower()) & (letters.c.owed_at >= since)
    return tx.scalar(sa.select(sa.func.count()).select_from(letters).where(ours)) or 0


def _documents(tx: Transaction, which: Any) -> list[IssuedDocument]:
    rows = tx.execute(sa.select(documents).where(which).order_by(documents.c.id))
    return [
        IssuedDocument(
            id=row.id,
            key=DocumentKey(row.kind, row.contract_number, row.first, row.last),
            **{name: getattr(row, name) for name in _COLUMNS},
        )
        for row in rows
    ]
