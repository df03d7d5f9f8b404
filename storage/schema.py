"""The schema's revisions, from within the installed package (Alembic)."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError

from metering.errors import PermanentError
from storage.tables import metadata


def upgrade_schema(connection: sa.Connection) -> None:
    """Runs the missing migrations on this connection, in its transaction."""
    configuration = _configuration()
    configuration.attributes["connection"] = connection
    try:
        command.upgrade(configuration, "head")
    except CommandError as error:
        raise PermanentError(f"the schema cannot be upgraded ({error}); was the database made by a newer hisobot?") from error


def newest_revision() -> str | None:
    """The head of storage/migrations/versions."""
    return ScriptDirectory.from_config(_configuration()).get_current_head()


def schema_differences(connection: sa.Connection) -> list[object]:
    """What a migration is missing against storage/tables/; empty when they agree."""
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


def _configuration() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return configuration
