"""Which blob holds the picture of a page: a page is made into a picture once, then shown from the blob store."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from storage.database import Transaction
from storage.inserts import insert_once
from storage.tables import page_pictures


def remember_picture(tx: Transaction, file_sha256: str, page: int, picture_sha256: str) -> None:
    """page: from 1; again is no error."""
    insert_once(tx, page_pictures, {"file_sha256": file_sha256, "page": page, "picture_sha256": picture_sha256})


def pictures_of(tx: Transaction, file_sha256s: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Of each file that was made into pictures the blobs of its pages, in order; a file that has none is left out."""
    chosen = sa.select(page_pictures).where(page_pictures.c.file_sha256.in_(file_sha256s))
    found: dict[str, tuple[str, ...]] = {}
    for row in tx.execute(chosen.order_by(page_pictures.c.file_sha256, page_pictures.c.page)):
        found[row.file_sha256] = (*found.get(row.file_sha256, ()), row.picture_sha256)
    return found


def is_picture(tx: Transaction, sha256: str) -> bool:
    """Whether this blob is a page's picture that we made, and not a file as somebody sent it."""
    return tx.execute(sa.select(page_pictures.c.page).where(page_pictures.c.picture_sha256 == sha256).limit(1)).first() is not None
