"""The month: reference data, originals received, addresses that bounce or want no reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

NUMBER = sa.Text().with_variant(sa.Numeric(), "postgresql")


def upgrade() -> None:
    _create_reference_data()


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
