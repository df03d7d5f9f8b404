"""Documents issued: signed once, kept as bytes."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Nothing yet."""
