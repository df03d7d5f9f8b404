"""Figures from billing, as imported."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import forbid_changes

revision = "0005"
down_revision = "0004"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.Text().with_variant(sa.Numeric(), "postgresql")

APPEND_ONLY = (
    "billing_files",
    "billing_months",
    "billing_accruals",
    "billing_payments",
    "billing_counted",
    "tariffs",
    "vat_rates",
    "suppliers",
)


def upgrade() -> None:
    op.create_table(
        "billing_files",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("as_of", MOMENT, nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("closed_through", sa.Text(), nullable=False),
        sa.Column("imported_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_billing_files"),
        sa.UniqueConstraint("sha256", name="uq_billing_files_sha256"),
        sqlite_autoincrement=True,
    )
    _of_a_month(
        "billing_months",
        _text("consumer_class"),
        *(_number(name) for name in ("opening", "accrued", "paid", "closing")),
        lines=False,
    )
    op.create_index("ix_billing_months_period", "billing_months", ["period", "contract_number"])
    _of_a_month(
        "billing_accruals",
        _text("kind"),
        *(_number(name) for name in ("gcal", "tariff", "amount", "vat_rate", "vat", "total")),
        sa.Column("for_period", sa.Text()),
        sa.Column("catalog_code", sa.Text()),
    )
    _of_a_month("billing_payments", sa.Column("date", sa.Date(), nullable=False), _text("document"), _number("amount"))
    _of_a_month(
        "billing_counted",
        _text("basis"),
        _number("gcal"),
        sa.Column("serial", sa.Text()),
        sa.Column("unit", sa.Text()),
        *(sa.Column(name, NUMBER) for name in ("previous", "current", "consumption")),
        sa.Column("reading_date", sa.Date()),
    )
    _dated("tariffs", _text("consumer_class"), sa.Column("valid_from", sa.Date(), nullable=False), _number("price"))
    _dated("vat_rates", sa.Column("valid_from", sa.Date(), nullable=False), _number("percent"))
    _dated(
        "suppliers",
        sa.Column("valid_from", sa.Date(), nullable=False),
        _text("language"),
        *(_text(name) for name in ("name", "address", "inn", "vat_code", "bank_account", "bank", "bank_code", "director", "accountant")),
    )
    forbid_changes(APPEND_ONLY)


def _of_a_month(table: str, *columns: sa.Column, lines: bool = True) -> None:
    """A table keyed by file, contract and month, of several lines a month by their position too."""
    key = ["file", "contract_number", "period", *(["position"] if lines else [])]
    op.create_table(
        table,
        sa.Column("file", KEY, nullable=False),
        _text("contract_number"),
        _text("period"),
        *([sa.Column("position", sa.Integer(), nullable=False)] if lines else []),
        *columns,
        sa.ForeignKeyConstraint(["file"], ["billing_files.id"], name=f"fk_{table}_file"),
        sa.ForeignKeyConstraint(["contract_number"], ["contracts.number"], name=f"fk_{table}_contract_number"),
        sa.PrimaryKeyConstraint(*key, name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_contract", table, ["contract_number", "period", "file"])


def _dated(table: str, *columns: sa.Column) -> None:
    """Reference data from a day on; a later file may state it anew."""
    named = [column.name for column in columns if column.name in ("consumer_class", "valid_from", "language")]
    op.create_table(
        table,
        sa.Column("file", KEY, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["file"], ["billing_files.id"], name=f"fk_{table}_file"),
        sa.PrimaryKeyConstraint("file", *named, name=f"pk_{table}"),
    )


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column:
    return sa.Column(name, NUMBER, nullable=False)
