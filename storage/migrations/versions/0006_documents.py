"""Documents issued, second signatures beside them, and requests for documents."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import forbid_changes

revision = "0006"
down_revision = "0005"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.Text().with_variant(sa.Numeric(), "postgresql")

APPEND_ONLY = ("documents", "second_signatures")


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("id", KEY, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "contract_number", "first", "last", "language", "code")),
        sa.Column("total", NUMBER, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("figures", KEY, nullable=False),
        sa.ForeignKeyConstraint(["contract_number"], ["contracts.number"], name="fk_documents_contract_number"),
        sa.ForeignKeyConstraint(["figures"], ["billing_files.id"], name="fk_documents_figures"),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.UniqueConstraint("code", name="uq_documents_code"),
        sa.UniqueConstraint("sha256", name="uq_documents_sha256"),
        sa.UniqueConstraint("contract_number", "kind", "first", "last", name="uq_documents_contract_number_kind_first_last"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_documents_month", "documents", ["kind", "last"])
    op.create_table(
        "second_signatures",
        sa.Column("document", KEY, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("signed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name="fk_second_signatures_document"),
        sa.PrimaryKeyConstraint("document", name="pk_second_signatures"),
    )
    op.create_table(
        "document_requests",
        sa.Column("id", KEY, nullable=False),
        sa.Column("message", KEY, nullable=False),
        sa.Column("contract_number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("last", sa.Text()),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("thread", sa.JSON(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("answered_at", MOMENT),
        sa.ForeignKeyConstraint(["message"], ["messages.id"], name="fk_document_requests_message"),
        sa.ForeignKeyConstraint(["contract_number"], ["contracts.number"], name="fk_document_requests_contract_number"),
        sa.PrimaryKeyConstraint("id", name="pk_document_requests"),
        sa.UniqueConstraint("message", "contract_number", "kind", name="uq_document_requests_message_contract_number_kind"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_document_requests_answered_at", "document_requests", ["answered_at"])
    forbid_changes(APPEND_ONLY)
