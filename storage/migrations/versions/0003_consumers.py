"""Customers: accounts, sessions and tokens of the cabinet."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Nothing yet."""
