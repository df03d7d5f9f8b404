"""Staff: accounts, sessions, and what the review desk keeps."""

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Nothing yet."""
