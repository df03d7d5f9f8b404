"""The place in the head of a page where its head approves it: «УТВЕРЖДАЮ», post, signature and name, and the stamp on them."""

from __future__ import annotations

import dataclasses

from metering.pages import Box, Page, Word
from metering.sides import AGREED, APPROVED, SUPPLIER
from ocr.signing_places import start_of_readings

SURELY_READ = 0.6  # confidence of the word
BEFORE, DEEPEST = 40.0, 150.0  # points: what is centred under the word begins before it; so far below it a stamp's middle lies at most
QUOTES = "«»\"'“”„.,:;()_|"
BESIDE = 8.0  # points up and down between the headings of two such places side by side


def approval_place(page: Page) -> Box | None:
    """From the word that approves to the first reading at most, in its half of the page; None without it, and where the supplier signs."""
    end = start_of_readings(page)
    words = [word for word in page.words if word.box.bottom < end and word.confidence >= SURELY_READ]
    heading = next((word for word in words if _opens(word, APPROVED)), None)
    if heading is None:
        return None
    others = [word.box.left for word in words if _opens(word, AGREED) and abs(word.box.top - heading.box.top) < BESIDE]
    middle = page.width / 2
    right = min((left for left in others if left > heading.box.right), default=page.width if heading.box.right > middle else middle)
    place = Box(heading.box.left - BEFORE, heading.box.top, right, min(end, heading.box.bottom + DEEPEST))
    return None if any(_opens(word, SUPPLIER) for word in words if place.holds(word.box)) else place


def page_of_approval(page: Page, place: Box) -> Page:
    """What of the page stands in that place."""
    return dataclasses.replace(
        page,
        words=tuple(word for word in page.words if place.holds(word.box)),
        rules=tuple(rule for rule in page.rules if place.holds(rule)),
    )


def around(place: Box, page: Page) -> list[Box]:
    """All of the page but that place."""
    return [
        Box(0.0, 0.0, page.width, place.top),
        Box(0.0, place.bottom, page.width, page.height),
        Box(0.0, 0.0, place.left, page.height),
        Box(place.right, 0.0, page.width, page.height),
    ]


def _opens(word: Word, beginnings: tuple[str, ...]) -> bool:
    return word.text.strip(QUOTES).lower().startswith(beginnings)
