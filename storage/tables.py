"""The tables: register, queues of messages and letters, and the append-only ledger (docs/storage.md)."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint

from metering.contracts import ContractStatus, Language
from metering.decisions import BoundBy, Outcome, Source
from metering.units import MeterKind, Unit
from storage.columns import CleanText, Exact, Instant, Json, Key, Month, OneOf
from storage.states import LetterState, MessageState, Phase, ReadingStatus

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# -- the register -----------------------------------------------------------------------------------------------------

contracts = Table(
    "contracts",
    metadata,
    Column("number", sa.Text, primary_key=True),
    Column("organization", CleanText, nullable=False),
    Column("address", CleanText, nullable=False),
    Column("inn", sa.Text, nullable=False),
    Column("heat_load", Exact, nullable=False),  # Gcal/h
    Column("language", OneOf(Language), nullable=False),
    Column("status", OneOf(ContractStatus), nullable=False),
    Column("bank_account", CleanText),
    Column("bank_code", CleanText),
    Column("oked", CleanText),
    Column("vat_code", CleanText),
    Column("director", CleanText),
    Column("estimate_method", CleanText),
    Column("heat_load_ventilation", Exact),  # Gcal/h
    Column("heat_load_hot_water", Exact),  # Gcal/h
)

contract_emails = Table(
    "contract_emails",
    metadata,
    Column("contract_number", ForeignKey("contracts.number"), primary_key=True),
    Column("address", CleanText, primary_key=True, index=True),  # lower-cased
    Column("position", sa.Integer, nullable=False),  # its place in the register's list
)

sender_links = Table(
    "sender_links",
    metadata,
    Column("address", CleanText, primary_key=True),  # lower-cased
    Column("contract_number", ForeignKey("contracts.number"), primary_key=True),
    Column("approved_by", CleanText, nullable=False),
    Column("approved_at", Instant, nullable=False),
)

meters = Table(
    "meters",
    metadata,
    Column("contract_number", ForeignKey("contracts.number"), primary_key=True),
    Column("serial", CleanText, primary_key=True, index=True),
    Column("model", CleanText, nullable=False),
    Column("kind", OneOf(MeterKind), nullable=False),
    Column("unit", OneOf(Unit), nullable=False),
    Column("point", CleanText),
    Column("valid_from", sa.Date),
    Column("valid_until", sa.Date),
    Column("verified_until", sa.Date),
    Column("digits", sa.Integer),
)

opening_readings = Table(
    "opening_readings",
    metadata,
    Column("id", Key, primary_key=True),
    Column("contract_number", sa.Text, nullable=False),
    Column("serial", CleanText, nullable=False),
    Column("unit", OneOf(Unit), nullable=False),
    Column("reading_date", sa.Date, nullable=False),
    Column("index", Exact, nullable=False),
    UniqueConstraint("contract_number", "serial", "unit", "reading_date", "index", name="uq_opening_readings_reading"),
    sa.ForeignKeyConstraint(["contract_number", "serial"], ["meters.contract_number", "meters.serial"]),
    sqlite_autoincrement=True,
)

# -- messages in ------------------------------------------------------------------------------------------------------

messages = Table(
    "messages",
    metadata,
    Column("id", Key, primary_key=True),
    Column("mailbox", CleanText, nullable=False),
    Column("uidvalidity", sa.BigInteger, nullable=False),
    Column("uid", CleanText, nullable=False),
    Column("uid_number", sa.BigInteger),  # the UID where it is a number (IMAP), for the cursor
    Column("version", sa.Text, nullable=False),  # size and internal date: tells a reused UID from the same mail
    Column("size", sa.BigInteger, nullable=False),
    Column("internal_date", Instant),
    Column("raw_sha256", sa.Text, nullable=False, index=True),
    Column("file_name", CleanText, nullable=False),
    Column("headers_only", sa.Boolean, nullable=False),
    Column("kept_at", Instant, nullable=False),
    Column("queued_at", Instant, nullable=False),  # order of work: time of receipt as far as it is known when kept
    Column("received_at", Instant),
    Column("state", OneOf(MessageState), nullable=False),
    Column("attempts", sa.Integer, nullable=False),
    Column("owner", sa.Text),
    Column("lease_until", Instant),
    Column("not_before", Instant),
    Column("last_error", CleanText),
    Column("decided_at", Instant),
    Column("outcome", OneOf(Outcome)),
    Column("reply", CleanText),
    Column("reasons", Json),
    Column("content_sha256", sa.Text, index=True),
    Column("sender", CleanText),
    Column("message_id", CleanText, index=True),  # the header; not unique, never decides alone
    UniqueConstraint("mailbox", "uidvalidity", "uid", "version"),
    Index("ix_messages_queue", "state", "queued_at", "id"),
    Index("ix_messages_cursor", "mailbox", "uidvalidity", "uid_number"),
    sqlite_autoincrement=True,
)

# -- the ledger: append-only (triggers in the migration) --------------------------------------------------------------

submissions = Table(
    "submissions",
    metadata,
    Column("id", Key, primary_key=True),
    Column("source", OneOf(Source), nullable=False),
    Column("message", ForeignKey("messages.id")),
    Column("part", sa.Integer, nullable=False),  # which report of the message, from 1
    Column("cabinet_id", CleanText, unique=True),
    Column("contract_number", CleanText, index=True),  # as named: it may be none of ours
    Column("period", Month),
    Column("reading_date", sa.Date),
    Column("outcome", OneOf(Outcome), nullable=False),
    Column("bound_by", OneOf(BoundBy)),
    Column("sender", CleanText),
    Column("trusted", sa.Boolean, nullable=False),
    Column("meters", Json, nullable=False),  # what it states of each meter, as text, exactly the digits read
    Column("report", Json),  # every field with confidence, page and box
    Column("supersedes", ForeignKey("submissions.id"), index=True),
    Column("received_at", Instant, nullable=False),
    Column("settled_at", Instant, nullable=False),
    UniqueConstraint("message", "part"),
    Index("ix_submissions_business", "contract_number", "period"),
    sqlite_autoincrement=True,
)

submission_files = Table(
    "submission_files",
    metadata,
    Column("submission", ForeignKey("submissions.id"), primary_key=True),
    Column("position", sa.Integer, primary_key=True),
    Column("name", CleanText, nullable=False),
    Column("sha256", sa.Text, nullable=False, index=True),
)

readings = Table(
    "readings",
    metadata,
    Column("id", Key, primary_key=True),
    Column("submission", ForeignKey("submissions.id"), nullable=False),
    Column("contract_number", CleanText, nullable=False),
    Column("serial", CleanText, nullable=False),
    Column("period", Month, nullable=False),
    Column("status", OneOf(ReadingStatus), nullable=False),
    Column("version", sa.Integer),  # place in the chain of the business key, from 1; none while pending
    Column("corrects", ForeignKey("readings.id"), unique=True),
    Column("kind", OneOf(MeterKind)),
    Column("unit", OneOf(Unit)),
    Column("reading_date", sa.Date),
    Column("index", Exact),
    Column("previous", Exact),
    Column("consumption", Exact),
    Column("gcal", Exact),  # the consumption in Gcal; none for a volume
    Column("index_text", CleanText),
    Column("previous_text", CleanText),
    Column("consumption_text", CleanText),
    UniqueConstraint("submission", "serial", "period"),  # the effect key
    UniqueConstraint("contract_number", "serial", "period", "version"),  # the business key's chain is one line
    Index("ix_readings_business", "contract_number", "period", "serial"),
    sqlite_autoincrement=True,
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Key, primary_key=True),
    Column("message", ForeignKey("messages.id"), index=True),
    Column("submission", ForeignKey("submissions.id"), index=True),  # none: of the message as a whole
    Column("outcome", OneOf(Outcome), nullable=False),
    Column("findings", Json, nullable=False),
    Column("decided_by", CleanText, nullable=False),
    Column("decided_at", Instant, nullable=False),
    sqlite_autoincrement=True,
)

audit = Table(
    "audit",
    metadata,
    Column("id", Key, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor", CleanText, nullable=False),
    Column("action", CleanText, nullable=False),
    Column("subject", CleanText, nullable=False),
    Column("details", Json, nullable=False),
    sqlite_autoincrement=True,
)

# -- letters out ------------------------------------------------------------------------------------------------------

letters = Table(
    "letters",
    metadata,
    Column("id", Key, primary_key=True),
    Column("key", CleanText, nullable=False, unique=True),
    Column("kind", CleanText, nullable=False),
    Column("recipient", CleanText, nullable=False),  # lower-cased
    Column("language", CleanText, nullable=False),
    Column("message_id", CleanText, nullable=False, unique=True),
    Column("mime", sa.LargeBinary, nullable=False),  # fixed here: what is sent again is the same bytes
    Column("answers", ForeignKey("messages.id"), index=True),
    Column("owed_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),  # not sent before; later than owed_at when over budget
    Column("state", OneOf(LetterState), nullable=False),
    Column("phase", OneOf(Phase)),
    Column("attempts", sa.Integer, nullable=False),
    Column("ambiguous", sa.Integer, nullable=False),  # how often its fate was unknown
    Column("next_attempt_at", Instant, nullable=False),
    Column("owner", sa.Text),
    Column("lease_until", Instant),
    Column("last_error", CleanText),
    Column("ended_at", Instant),
    Index("ix_letters_queue", "state", "next_attempt_at", "id"),
    Index("ix_letters_budget", "recipient", "due_at"),
    Index("ix_letters_due", "due_at"),
    sqlite_autoincrement=True,
)

letter_attempts = Table(
    "letter_attempts",
    metadata,
    Column("id", Key, primary_key=True),
    Column("letter", ForeignKey("letters.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("attempt", sa.Integer, nullable=False),
    Column("result", CleanText, nullable=False),
    Column("text", CleanText),
    sqlite_autoincrement=True,
)

# -- the instance -----------------------------------------------------------------------------------------------------

facts = Table(
    "facts",
    metadata,
    Column("name", sa.Text, primary_key=True),
    Column("value", CleanText, nullable=False),
)

APPEND_ONLY = (submissions, submission_files, readings, decisions, audit, letter_attempts)
