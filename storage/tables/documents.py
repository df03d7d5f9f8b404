"""Documents issued: each once, its bytes a blob; second signatures beside them; and requests for documents that came by mail."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint

from metering.contracts import Language
from metering.documents import DocumentKind
from storage.columns import CleanText, Exact, Instant, Json, Key, Month, OneOf
from storage.tables.base import metadata

documents = Table(
    "documents",
    metadata,
    Column("id", Key, primary_key=True),
    Column("kind", OneOf(DocumentKind), nullable=False),
    Column("contract_number", ForeignKey("contracts.number"), nullable=False),
    Column("first", Month, nullable=False),
    Column("last", Month, nullable=False),
    Column("language", OneOf(Language), nullable=False),
    Column("code", sa.Text, nullable=False, unique=True),
    Column("total", Exact, nullable=False),
    Column("sha256", sa.Text, nullable=False, unique=True),
    Column("size", sa.BigInteger, nullable=False),
    Column("signer", CleanText, nullable=False),
    Column("serial", CleanText, nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("figures", ForeignKey("billing_files.id"), nullable=False),  # the newest file when it was made
    UniqueConstraint("contract_number", "kind", "first", "last"),
    Index("ix_documents_month", "kind", "last"),
    sqlite_autoincrement=True,
)

second_signatures = Table(
    "second_signatures",
    metadata,
    Column("document", ForeignKey("documents.id"), primary_key=True),
    Column("sha256", sa.Text, nullable=False),  # of the PKCS#7, a blob
    Column("signed_at", Instant, nullable=False),
)

document_requests = Table(
    "document_requests",
    metadata,
    Column("id", Key, primary_key=True),
    Column("message", ForeignKey("messages.id"), nullable=False),
    Column("contract_number", ForeignKey("contracts.number"), nullable=False),
    Column("kind", OneOf(DocumentKind), nullable=False),
    Column("last", Month),  # None: the last month that is closed
    Column("recipient", CleanText, nullable=False),
    Column("thread", Json, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("answered_at", Instant, index=True),
    UniqueConstraint("message", "contract_number", "kind"),
    sqlite_autoincrement=True,
)
