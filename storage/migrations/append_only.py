"""Triggers that hold a table append-only, on either database: every migration that makes such a table calls this."""

from __future__ import annotations

from collections.abc import Iterable

from alembic import op


def forbid_changes(tables: Iterable[str]) -> None:
    """Lets rows of these tables be inserted and nothing else."""
    if op.get_bind().dialect.name == "postgresql":
        _forbid_changes_on_postgresql(tables)
    else:
        _forbid_changes_on_sqlite(tables)


def _forbid_changes_on_sqlite(tables: Iterable[str]) -> None:
    for table in tables:
        for change in ("update", "delete"):
            op.execute(
                f"create trigger {table}_no_{change} before {change} on {table} "
                f"begin select raise(abort, '{table} is append-only: a correction is a new row'); end"
            )


def _forbid_changes_on_postgresql(tables: Iterable[str]) -> None:
    op.execute(
        """create or replace function refuse_change() returns trigger language plpgsql as $$
        begin
            raise exception '% is append-only: a correction is a new row', tg_table_name using errcode = 'integrity_constraint_violation';
        end $$"""
    )
    for table in tables:
        op.execute(
            f"create trigger {table}_append_only before update or delete or truncate on {table} "
            "for each statement execute function refuse_change()"
        )
