"""Customers: accounts, tokens of programs, and what they hand in at the cabinet."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "consumer_accounts",
        sa.Column("contract_number", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text()),
        sa.Column("inn_until", MOMENT),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("first_login_at", MOMENT),
        sa.Column("changed_at", MOMENT),
        sa.ForeignKeyConstraint(["contract_number"], ["contracts.number"], name="fk_consumer_accounts_contract_number"),
        sa.PrimaryKeyConstraint("contract_number", name="pk_consumer_accounts"),
    )
    op.create_table(
        "api_tokens",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("contracts", sa.JSON()),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT),
        sa.PrimaryKeyConstraint("name", name="pk_api_tokens"),
        sa.UniqueConstraint("token_sha256", name="uq_api_tokens_token_sha256"),
    )
    _create_entries()


def _create_entries() -> None:
    op.create_table(
        "cabinet_entries",
        sa.Column("id", KEY, nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("contract_number", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("reading_date", sa.Date(), nullable=False),
        sa.Column("meters", sa.JSON(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text()),
        sa.Column("lease_until", MOMENT),
        sa.Column("not_before", MOMENT),
        sa.Column("last_error", sa.Text()),
        sa.Column("submission", KEY),
        sa.ForeignKeyConstraint(["contract_number"], ["contracts.number"], name="fk_cabinet_entries_contract_number"),
        sa.ForeignKeyConstraint(["submission"], ["submissions.id"], name="fk_cabinet_entries_submission"),
        sa.PrimaryKeyConstraint("id", name="pk_cabinet_entries"),
        sa.UniqueConstraint("client", "client_id", name="uq_cabinet_entries_client_client_id"),
        sa.UniqueConstraint("submission", name="uq_cabinet_entries_submission"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cabinet_entries_business", "cabinet_entries", ["contract_number", "period"])
    op.create_index("ix_cabinet_entries_queue", "cabinet_entries", ["state", "received_at", "id"])
    op.create_table(
        "cabinet_files",
        sa.Column("entry", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["cabinet_entries.id"], name="fk_cabinet_files_entry"),
        sa.PrimaryKeyConstraint("entry", "position", name="pk_cabinet_files"),
    )
    op.create_index("ix_cabinet_files_sha256", "cabinet_files", ["sha256"])
