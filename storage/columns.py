"""How values of the trade lie in a column: exact decimals, instants in UTC, periods, clean text, JSON."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

from metering.periods import Period

# PostgreSQL refuses NUL in text, SQLite keeps it; neither driver encodes a lone surrogate (an undecodable byte of a mail).
_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")

Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # only INTEGER is SQLite's row id


def clean(text: str) -> str:
    """The text as both databases can keep it: without NUL, a lone surrogate as U+FFFD."""
    return _NOT_STORABLE.sub(lambda found: "" if found[0] == "\x00" else "\ufffd", text)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(key)): _cleaned(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(item) for item in value]
    return value


class CleanText(TypeDecorator[str]):
    """Text from outside; NUL is removed here and nowhere else."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else clean(value)


class Json(TypeDecorator[Any]):
    """Values that are kept to be shown, never queried by their inside."""

    impl = sa.JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        return _cleaned(value)


class Exact(TypeDecorator[Decimal]):
    """A Decimal with exactly its digits: `numeric` on PostgreSQL, text on SQLite, whose numbers are floats."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        return dialect.type_descriptor(sa.Numeric() if dialect.name == "postgresql" else sa.Text())

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> Any:
        if value is None:
            return None
        if not isinstance(value, Decimal) or not value.is_finite():
            raise ValueError(f"not an exact number: {value!r}")
        return value if dialect.name == "postgresql" else format(value, "f")

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Instant(TypeDecorator[dt.datetime]):
    """An aware datetime, kept and given back in UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without time zone is never stored")
        moment = value.astimezone(dt.UTC)
        return moment if dialect.name == "postgresql" else moment.replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.astimezone(dt.UTC) if value.tzinfo else value.replace(tzinfo=dt.UTC)


class Month(TypeDecorator[Period]):
    """A Period as YYYY-MM, which sorts by time."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Period | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Period | None:
        return None if value is None else Period.parse(value)


class OneOf(TypeDecorator[StrEnum]):
    """A member of an enum by its value, as text: a new member needs no change of the database's types."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, members: type[StrEnum]) -> None:
        super().__init__()
        self.members = members

    def process_bind_param(self, value: StrEnum | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else self.members(value).value

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> StrEnum | None:
        return None if value is None else self.members(value)
