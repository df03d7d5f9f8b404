"""The first schema: register, queues, the ledger and the triggers that keep it append-only."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import forbid_changes

revision = "0001"
down_revision = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.Text().with_variant(sa.Numeric(), "postgresql")

APPEND_ONLY = ("submissions", "submission_files", "readings", "decisions", "audit", "letter_attempts")


def upgrade() -> None:
    _create_tables()
    forbid_changes(APPEND_ONLY)


def _create_tables() -> None:
    op.create_table(
        "audit",
        sa.Column("id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "contracts",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("inn", sa.Text(), nullable=False),
        sa.Column("heat_load", NUMBER, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("bank_account", sa.Text()),
        sa.Column("bank_code", sa.Text()),
        sa.Column("oked", sa.Text()),
        sa.Column("vat_code", sa.Text()),
        sa.Column("director", sa.Text()),
        sa.Column("estimate_method", sa.Text()),
        sa.Column("heat_load_ventilation", NUMBER),
        sa.Column("heat_load_hot_water", NUMBER),
        sa.PrimaryKeyConstraint("number", name="pk_contracts"),
    )
    op.create_table(
        "facts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_facts"),
    )
    op.create_table(
        "messages",
        sa.Column("id", KEY, nullable=False),
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("uid_number", sa.BigInteger()),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("internal_date", MOMENT),
        sa.Column("raw_sha256", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("headers_only", sa.Boolean(), nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.Column("queued_at", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text()),
        sa.Column("lease_until", MOMENT),
        sa.Column("not_before", MOMENT),
        sa.Column("last_error", sa.Text()),
        sa.Column("decided_at", MOMENT),
        sa.Column("outcome", sa.Text()),
        sa.Column("reply", sa.Text()),
        sa.Column("reasons", sa.JSON()),
        sa.Column("content_sha256", sa.Text()),
        sa.Column("sender", sa.Text()),
        sa.Column("message_id", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.UniqueConstraint("mailbox", "uidvalidity", "uid", "version", name="uq_messages_mailbox_uidvalidity_uid_version"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_messages_content_sha256", "messages", ["content_sha256"])
    op.create_index("ix_messages_cursor", "messages", ["mailbox", "uidvalidity", "uid_number"])
    op.create_index("ix_messages_message_id", "messages", ["message_id"])
    op.create_index("ix_messages_queue", "messages", ["state", "queued_at", "id"])
    op.create_index("ix_messages_raw_sha256", "messages", ["raw_sha256"])
    op.create_table(
        "contract_emails",
        sa.Column("contract_number", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contract_number"], ["contracts.number"], name="fk_contract_emails_contract_number"),
        sa.PrimaryKeyConstraint("contract_number", "address", name="pk_contract_emails"),
    )
    op.create_index("ix_contract_emails_address", "contract_emails", ["address"])
    op.create_table(
        "letters",
        sa.Column("id", KEY, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("mime", sa.LargeBinary(), nullable=False),
        sa.Column("answers", KEY),
        sa.Column("owed_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("ambiguous", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", MOMENT, nullable=False),
        sa.Column("owner", sa.Text()),
        sa.Column("lease_until", MOMENT),
        sa.Column("last_error", sa.Text()),
        sa.Column("ended_at", MOMENT),
        sa.ForeignKeyConstraint(["answers"], ["messages.id"], name="fk_letters_answers"),
        sa.PrimaryKeyConstraint("id", name="pk_letters"),
        sa.UniqueConstraint("key", name="uq_letters_key"),
        sa.UniqueConstraint("message_id", name="uq_letters_message_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_letters_answers", "letters", ["answers"])
    op.create_index("ix_letters_budget", "letters", ["recipient", "due_at"])
    op.create_index("ix_letters_due", "letters", ["due_at"])
    op.create_index("ix_letters_queue", "letters", ["state", "next_attempt_at", "id"])
    op.create_table(
        "meters",
        sa.Column("contract_number", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("point", sa.Text()),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_until", sa.Date()),
        sa.Column("verified_until", sa.Date()),
        sa.Column("digits", sa.Integer()),
        sa.ForeignKeyConstraint(["contract_number"], ["contracts.number"], name="fk_meters_contract_number"),
        sa.PrimaryKeyConstraint("contract_number", "serial", name="pk_meters"),
    )
    op.create_index("ix_meters_serial", "meters", ["serial"])
    op.create_table(
        "sender_links",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("contract_number", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("approved_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["contract_number"], ["contracts.number"], name="fk_sender_links_contract_number"),
        sa.PrimaryKeyConstraint("address", "contract_number", name="pk_sender_links"),
    )
    op.create_table(
        "submissions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("message", KEY),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("cabinet_id", sa.Text()),
        sa.Column("contract_number", sa.Text()),
        sa.Column("period", sa.Text()),
        sa.Column("reading_date", sa.Date()),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("bound_by", sa.Text()),
        sa.Column("sender", sa.Text()),
        sa.Column("trusted", sa.Boolean(), nullable=False),
        sa.Column("meters", sa.JSON(), nullable=False),
        sa.Column("report", sa.JSON()),
        sa.Column("supersedes", KEY),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["message"], ["messages.id"], name="fk_submissions_message"),
        sa.ForeignKeyConstraint(["supersedes"], ["submissions.id"], name="fk_submissions_supersedes"),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
        sa.UniqueConstraint("cabinet_id", name="uq_submissions_cabinet_id"),
        sa.UniqueConstraint("message", "part", name="uq_submissions_message_part"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_submissions_business", "submissions", ["contract_number", "period"])
    op.create_index("ix_submissions_contract_number", "submissions", ["contract_number"])
    op.create_index("ix_submissions_supersedes", "submissions", ["supersedes"])
    op.create_table(
        "decisions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("message", KEY),
        sa.Column("submission", KEY),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["message"], ["messages.id"], name="fk_decisions_message"),
        sa.ForeignKeyConstraint(["submission"], ["submissions.id"], name="fk_decisions_submission"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decisions_message", "decisions", ["message"])
    op.create_index("ix_decisions_submission", "decisions", ["submission"])
    op.create_table(
        "letter_attempts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("letter", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("text", sa.Text()),
        sa.ForeignKeyConstraint(["letter"], ["letters.id"], name="fk_letter_attempts_letter"),
        sa.PrimaryKeyConstraint("id", name="pk_letter_attempts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_letter_attempts_letter", "letter_attempts", ["letter"])
    op.create_table(
        "opening_readings",
        sa.Column("id", KEY, nullable=False),
        sa.Column("contract_number", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("reading_date", sa.Date(), nullable=False),
        sa.Column("index", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_number", "serial"], ["meters.contract_number", "meters.serial"], name="fk_opening_readings_contract_number_serial"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_opening_readings"),
        sa.UniqueConstraint("contract_number", "serial", "unit", "reading_date", "index", name="uq_opening_readings_reading"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "readings",
        sa.Column("id", KEY, nullable=False),
        sa.Column("submission", KEY, nullable=False),
        sa.Column("contract_number", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer()),
        sa.Column("corrects", KEY),
        sa.Column("kind", sa.Text()),
        sa.Column("unit", sa.Text()),
        sa.Column("reading_date", sa.Date()),
        sa.Column("index", NUMBER),
        sa.Column("previous", NUMBER),
        sa.Column("consumption", NUMBER),
        sa.Column("gcal", NUMBER),
        sa.Column("index_text", sa.Text()),
        sa.Column("previous_text", sa.Text()),
        sa.Column("consumption_text", sa.Text()),
        sa.ForeignKeyConstraint(["corrects"], ["readings.id"], name="fk_readings_corrects"),
        sa.ForeignKeyConstraint(["submission"], ["submissions.id"], name="fk_readings_submission"),
        sa.PrimaryKeyConstraint("id", name="pk_readings"),
        sa.UniqueConstraint("contract_number", "serial", "period", "version", name="uq_readings_contract_number_serial_period_version"),
        sa.UniqueConstraint("corrects", name="uq_readings_corrects"),
        sa.UniqueConstraint("submission", "serial", "period", name="uq_readings_submission_serial_period"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_readings_business", "readings", ["contract_number", "period", "serial"])
    op.create_table(
        "submission_files",
        sa.Column("submission", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["submission"], ["submissions.id"], name="fk_submission_files_submission"),
        sa.PrimaryKeyConstraint("submission", "position", name="pk_submission_files"),
    )
    op.create_index("ix_submission_files_sha256", "submission_files", ["sha256"])
