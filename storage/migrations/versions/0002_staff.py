"""Staff: accounts, sessions, and what the review desk keeps."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import forbid_changes

revision = "0002"
down_revision = "0001"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_what_both_faces_keep()
    _create_accounts()
    _create_reviews()
    _create_what_was_corrected()
    op.create_index("ix_submissions_period", "submissions", ["period", "contract_number"])
    forbid_changes(["corrections"])


def _create_what_both_faces_keep() -> None:
    op.create_table(
        "web_sessions",
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("face", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("remembered", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("token_sha256", name="pk_web_sessions"),
    )
    op.create_index("ix_web_sessions_account", "web_sessions", ["face", "account"])
    op.create_index("ix_web_sessions_seen_at", "web_sessions", ["seen_at"])
    op.create_table(
        "throttles",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_throttles"),
    )
    op.create_index("ix_throttles_ends_at", "throttles", ["ends_at"])


def _create_accounts() -> None:
    op.create_table(
        "staff",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("password_temporary", sa.Boolean(), nullable=False),
        sa.Column("totp_secret", sa.Text()),
        sa.Column("totp_used_step", sa.BigInteger()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("disabled_at", MOMENT),
        sa.PrimaryKeyConstraint("name", name="pk_staff"),
    )


def _create_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("submission", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("contract_number", sa.Text()),
        sa.Column("period", sa.Text()),
        sa.Column("sender", sa.Text()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("certainty", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("postponed_until", MOMENT),
        sa.Column("held_by", sa.Text()),
        sa.Column("held_until", MOMENT),
        sa.Column("verdict", sa.Text()),
        sa.Column("closed_by", sa.Text()),
        sa.Column("closed_at", MOMENT),
        sa.Column("decision", KEY),
        sa.Column("letter", KEY),
        sa.Column("undo_until", MOMENT),
        sa.Column("corrected", sa.Integer()),
        sa.ForeignKeyConstraint(["submission"], ["submissions.id"], name="fk_reviews_submission"),
        sa.ForeignKeyConstraint(["decision"], ["submissions.id"], name="fk_reviews_decision"),
        sa.ForeignKeyConstraint(["letter"], ["letters.id"], name="fk_reviews_letter"),
        sa.PrimaryKeyConstraint("submission", name="pk_reviews"),
    )
    op.create_index("ix_reviews_queue", "reviews", ["state", "due_on", "certainty", "submission"])
    op.create_index("ix_reviews_contract", "reviews", ["contract_number", "period"])
    op.create_index("ix_reviews_closed", "reviews", ["kind", "closed_at"])
    op.create_table(
        "review_reasons",
        sa.Column("submission", KEY, nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["submission"], ["reviews.submission"], name="fk_review_reasons_submission"),
        sa.PrimaryKeyConstraint("submission", "rule", name="pk_review_reasons"),
    )
    op.create_index("ix_review_reasons_rule", "review_reasons", ["rule", "submission"])


def _create_what_was_corrected() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", KEY, nullable=False),
        sa.Column("submission", KEY, nullable=False),
        sa.Column("decision", KEY, nullable=False),
        sa.Column("line", sa.Integer()),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("old", sa.Text()),
        sa.Column("new", sa.Text()),
        sa.Column("page", sa.Integer()),
        sa.Column("box", sa.JSON()),
        sa.Column("corrected_by", sa.Text(), nullable=False),
        sa.Column("corrected_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["submission"], ["submissions.id"], name="fk_corrections_submission"),
        sa.ForeignKeyConstraint(["decision"], ["submissions.id"], name="fk_corrections_decision"),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_corrections_submission", "corrections", ["submission"])
    op.create_table(
        "page_pictures",
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("picture_sha256", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("file_sha256", "page", name="pk_page_pictures"),
    )
    op.create_index("ix_page_pictures_picture_sha256", "page_pictures", ["picture_sha256"])
