"""Where a page itself says that people sign: on the line over «(подпись)», behind «Подпись:», and of lines beside each other on the one
before that for the name (docs/reading.md, "Marks")."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from metering.handwriting import fill_lines
from metering.pages import Box, Page
from ocr.ink import is_print

CAPTION = re.compile(r"\W*(подпись|роспись|imzo(si)?|имзо(си)?)\W*", re.IGNORECASE)
LABELS = re.compile(r"\W*(должн|lavoz|лавоз|дата|sana|сана|подп|imz|имз)", re.IGNORECASE)
UNDER, BEHIND = 16, 24  # points: of a caption below its line; of a line behind its label
LEVEL, HIGH = 3, 6  # points: between lines of one row; of a rule
GAP, APART, NEXT = 12, 1, 25  # points: between the words of one caption; from one line to the next, at least and at most
LEAST = 30  # points of a place to sign in
OVER, BELOW = 30, 12  # points of its line: how far a signature reaches
WIDTH = (60, 230)  # points of a line for one of post, signature and name
LONGEST, STANDS = 300, 0.7  # points of a line for signature and name; of the height of what stands on it
ON_LINE = 12  # points over a line in which print stands on it
MOSTLY = 0.5  # of a stroke's width, or of the place's


def captioned_places(page: Page, top: float) -> list[Box]:
    """The places below `top`, in points, that are captioned for a signature, and have a line drawn to sign on."""
    rules = [rule for rule in page.rules if rule.height < HIGH and rule.width > rule.height and rule.top > top]
    captions = [word.box for word in page.words if CAPTION.fullmatch(word.text)]
    found = (place for box in captions for place in (_over(box, rules, page), _behind(box, rules)) if place is not None)
    told = [place for place in found if place.width >= LEAST]
    beside = (around_line(row[-2]) for row in rows_to_write_on(page, top))
    return [*told, *(place for place in beside if not any(is_level_with(place, other) for other in told))]


def stands_in(stroke: Box, place: Box) -> bool:
    """Whether a stroke stands in a place for signatures for the most part, or over most of it."""
    across = min(stroke.right, place.right) - max(stroke.left, place.left)
    return stroke.meets(place) and across >= MOSTLY * min(stroke.width, place.width)


def is_level_with(stroke: Box, place: Box) -> bool:
    """Whether a stroke stands on the row of a place."""
    return place.top < stroke.middle[1] < place.bottom


def rows_to_write_on(page: Page, top: float = 0.0) -> Iterator[list[Box]]:
    """Rows of three lines to write on with nothing between them, or of two behind a printed post: for post, signature and name."""
    narrowest, widest = WIDTH
    lines = [line for line in fill_lines(page) if line.top > top and narrowest < line.width < widest]
    for line in lines:
        row = sorted((other for other in lines if abs(other.bottom - line.bottom) < LEVEL), key=lambda other: other.left)
        beside = all(APART < two.left - one.right < NEXT for one, two in itertools.pairwise(row))
        is_all = len(row) == 3 or (len(row) == 2 and _is_behind_post(page, line))
        if line is row[0] and beside and is_all and not _has_words(page, row):
            yield row


def _is_behind_post(page: Page, line: Box) -> bool:
    """Whether print that is no label ends right before a line on its row: of three lines one may be torn."""
    words = [word for word in page.words if is_print(word) and not LABELS.match(word.text)]
    ends = (word.box for word in words if word.box.top < line.top < word.box.bottom + HIGH)
    return any(-LEVEL < line.left - box.right < NEXT for box in ends)


def _has_words(page: Page, row: Sequence[Box]) -> bool:
    """Whether print stands on or between lines of a row."""
    place = Box(row[0].left, row[0].top - ON_LINE, row[-1].right, row[0].bottom)
    return any(is_print(word) and place.holds(Box(*word.box.middle, *word.box.middle)) for word in page.words)


def around_line(line: Box) -> Box:
    """As far about a line to sign on as a signature reaches."""
    return Box(line.left, line.top - OVER, line.right, line.bottom + BELOW)


def _over(caption: Box, rules: Sequence[Box], page: Page) -> Box | None:
    """The line over a caption, of one for several captions the part that is this one's."""
    near = [r for r in rules if -LEVEL <= caption.top - r.bottom < UNDER and r.left - NEXT < caption.middle[0] < r.right + NEXT]
    if not near:
        return None
    line = max(near, key=lambda r: r.bottom)
    beside = [w.box for w in page.words if caption.top < w.box.middle[1] < caption.bottom and line.left < w.box.middle[0] < line.right]
    left = max((box.right for box in beside if box.right <= caption.left), default=None)
    right = min((box.left for box in beside if box.left >= caption.right), default=None)
    if (left is not None and caption.left - left < GAP) or (right is not None and right - caption.right < GAP):
        return None  # «должность, подпись, фамилия и инициалы» below all three lines
    start = line.left if left is None else (left + caption.left) / 2
    end = line.right if right is None else (right + caption.right) / 2
    return around_line(Box(start, line.top, end, line.bottom))


def _behind(label: Box, rules: Sequence[Box]) -> Box | None:
    """The line that begins right behind a label, on its row."""
    near = [r for r in rules if -LEVEL <= r.left - label.right < BEHIND and label.top < r.top < label.bottom + LEVEL]
    return around_line(min(near, key=lambda r: r.left)) if near else None


def along_lines(places: Sequence[Box], lines: Sequence[Box], captioned: Sequence[Box]) -> list[Box]:
    """Places in which a part of a post or a name by hand was read, each as far as the line goes on which it stands, but not on into a
    place for the signature."""
    return [_along(place, [line for line in lines if _carries(line, place)], captioned) for place in places]


def _along(place: Box, own: Sequence[Box], captioned: Sequence[Box]) -> Box:
    if not own:
        return place
    left, right = min(place.left, *(line.left for line in own)), max(place.right, *(line.right for line in own))
    level = [other for other in captioned if is_level_with(place, other)]
    left = max([left, *(other.right for other in level if other.middle[0] < place.left)])
    right = min([right, *(other.left for other in level if other.middle[0] > place.right)])
    return Box(min(left, place.left), place.top, max(right, place.right), place.bottom)


def _carries(line: Box, place: Box) -> bool:
    """Whether a place stands on a line that is for one thing or two."""
    across = line.left - HIGH < place.left and place.middle[0] < line.right and line.width < LONGEST
    return across and abs(line.top - place.bottom) < STANDS * place.height
