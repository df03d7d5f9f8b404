"""Pictures of pages that nobody looks at just now lie on disk: a file of twenty pages would hold half a gigabyte of them."""

from __future__ import annotations

import dataclasses
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from ocr.geometry import UprightPicture

Made = TypeVar("Made")

AT_HAND = 2  # pages whose pictures stay in memory; of a file of so few nothing is written


class Shelf:
    """Knows which pictures were looked at last. One a worker process."""

    def __init__(self) -> None:
        self._at_hand: list[weakref.ref[KeptPicture]] = []

    def note(self, kept: KeptPicture) -> None:
        """It is looked at; the one that was not for longest is laid down where there are too many."""
        others = [ref for ref in self._at_hand if ref() not in (None, kept)]
        while len(others) >= AT_HAND:
            if oldest := others.pop(0)():
                oldest.lay_down()
        self._at_hand = [*others, weakref.ref(kept)]


class KeptPicture:
    """A page's picture, in memory or on disk, and what was made of it, in memory or nowhere. place: of a file of its own, that may be
    written and that whoever gave it removes."""

    def __init__(self, picture: UprightPicture, place: Path, shelf: Shelf) -> None:
        self._picture: UprightPicture | None = picture
        self._place = place.with_suffix(".npz")
        self._shelf = shelf
        self._made: dict[Callable[..., Any], Any] = {}
        shelf.note(self)

    def take(self) -> UprightPicture:
        if self._picture is None:
            with np.load(self._place, allow_pickle=False) as laid:
                self._picture = UprightPicture(laid["grey"], laid["colour"], float(laid["pixels_per_inch"]))
        self._shelf.note(self)
        return self._picture

    def made(self, make: Callable[[Any], Made], owner: object) -> Made:
        if make not in self._made:
            self._made[make] = make(owner)
        made: Made = self._made[make]
        return made

    def lay_down(self) -> None:
        if self._picture is not None and not self._place.exists():
            parts = {field.name: getattr(self._picture, field.name) for field in dataclasses.fields(UprightPicture)}
            np.savez(self._place, **parts)
        self._picture = None
        self._made.clear()


def of_picture(make: Callable[[Any], Any]) -> property:
    """A property of a page that is made of its picture, large, and forgotten with it. The page has the picture as `kept`."""
    return property(lambda page: page.kept.made(make, page), doc=make.__doc__)
