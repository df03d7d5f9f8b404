"""The month: reference data, originals received, addresses that bounce or want no reminders."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Nothing yet."""
