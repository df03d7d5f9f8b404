"""The month: reference data, originals received, addresses that bounce or want no reminders."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import forbid_changes

revision = "0004"
down_revision = "0003"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.Text().with_variant(sa.Numeric(), "postgresql")


APPEND_ONLY = ("campaign_letters", "estimates", "recalculations", "originals", "address_events")


def upgrade() -> None:
    _create_reference_data()
    _give_letters_their_turn()
    _create_campaigns()
    _create_recalculations()
    _create_originals_and_addresses()
    forbid_changes(APPEND_ONLY)


def _create_reference_data() -> None:
    op.create_table(
        "monthly_plans",
        sa.Column("contract_number", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("gcal", NUMBER, nullable=False),
        sa.Column("hot_water_gcal", NUMBER),
        sa.ForeignKeyConstraint(["contract_number"], ["contracts.number"], name="fk_monthly_plans_contract_number"),
        sa.PrimaryKeyConstraint("contract_number", "period", name="pk_monthly_plans"),
    )
    op.create_table(
        "contract_annexes",
        sa.Column("contract_number", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("object_class", sa.Text()),
        sa.Column("indoor_temperature", NUMBER),
        sa.Column("design_temperature", NUMBER),
        sa.Column("ventilation_design_temperature", NUMBER),
        sa.Column("ventilation_hours", NUMBER),
        sa.ForeignKeyConstraint(["contract_number"], ["contracts.number"], name="fk_contract_annexes_contract_number"),
        sa.PrimaryKeyConstraint("contract_number", "valid_from", name="pk_contract_annexes"),
    )
    op.create_table(
        "heating_seasons",
        sa.Column("object_class", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date()),
        sa.PrimaryKeyConstraint("object_class", "starts", name="pk_heating_seasons"),
    )
    op.create_table(
        "outdoor_temperatures",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("mean", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_outdoor_temperatures"),
    )


def _give_letters_their_turn() -> None:
    op.add_column("letters", sa.Column("priority", sa.Text(), nullable=False, server_default="1"))
    op.add_column("letters", sa.Column("expires_at", MOMENT))
    op.drop_index("ix_letters_queue", "letters")
    op.create_index("ix_letters_turn", "letters", ["state", "priority", "next_attempt_at", "id"])


def _create_campaigns() -> None:
    op.create_table(
        "campaign_letters",
        sa.Column("letter", KEY, nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("contract_number", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["letter"], ["letters.id"], name="fk_campaign_letters_letter"),
        sa.PrimaryKeyConstraint("letter", name="pk_campaign_letters"),
        sa.UniqueConstraint(
            "campaign", "contract_number", "period", "step", name="uq_campaign_letters_campaign_contract_number_period_step"
        ),
    )
    op.create_index("ix_campaign_letters_period", "campaign_letters", ["period", "contract_number"])
    op.create_table(
        "estimates",
        sa.Column("id", KEY, nullable=False),
        sa.Column("letter", KEY, nullable=False),
        sa.Column("contract_number", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("gcal", NUMBER, nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["letter"], ["letters.id"], name="fk_estimates_letter"),
        sa.PrimaryKeyConstraint("id", name="pk_estimates"),
        sa.UniqueConstraint("letter", name="uq_estimates_letter"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_estimates_contract", "estimates", ["contract_number", "period"])


def _create_recalculations() -> None:
    op.create_table(
        "recalculations",
        sa.Column("id", KEY, nullable=False),
        sa.Column("contract_number", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("booked_in", sa.Text(), nullable=False),
        sa.Column("act_number", sa.Text(), nullable=False),
        sa.Column("act_date", sa.Date(), nullable=False),
        sa.Column("charged_gcal", NUMBER, nullable=False),
        sa.Column("actual_gcal", NUMBER, nullable=False),
        sa.Column("difference_gcal", NUMBER, nullable=False),
        sa.Column("indexes", sa.JSON(), nullable=False),
        sa.Column("estimate", KEY),
        sa.Column("corrects", KEY),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["corrects"], ["recalculations.id"], name="fk_recalculations_corrects"),
        sa.ForeignKeyConstraint(["estimate"], ["estimates.id"], name="fk_recalculations_estimate"),
        sa.PrimaryKeyConstraint("id", name="pk_recalculations"),
        sa.UniqueConstraint("contract_number", "period", "act_number", name="uq_recalculations_contract_number_period_act_number"),
        sa.UniqueConstraint("corrects", name="uq_recalculations_corrects"),
        sqlite_autoincrement=True,
    )


def _create_originals_and_addresses() -> None:
    op.create_table(
        "originals",
        sa.Column("id", KEY, nullable=False),
        sa.Column("contract_number", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("received", sa.Boolean(), nullable=False),
        sa.Column("told_by", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_originals"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_originals_period", "originals", ["period", "contract_number"])
    op.create_table(
        "address_events",
        sa.Column("id", KEY, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("contract_number", sa.Text()),
        sa.Column("letter", KEY),
        sa.Column("message", KEY),
        sa.Column("text", sa.Text()),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["letter"], ["letters.id"], name="fk_address_events_letter"),
        sa.ForeignKeyConstraint(["message"], ["messages.id"], name="fk_address_events_message"),
        sa.PrimaryKeyConstraint("id", name="pk_address_events"),
        sa.UniqueConstraint("message", "letter", "event", name="uq_address_events_message_letter_event"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_address_events_address", "address_events", ["address"])
