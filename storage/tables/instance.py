"""Facts of the instance: keys it made for itself, when it last looked."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, Table

from storage.columns import CleanText
from storage.tables.base import metadata

facts = Table(
    "facts",
    metadata,
    Column("name", sa.Text, primary_key=True),
    Column("value", CleanText, nullable=False),
)
