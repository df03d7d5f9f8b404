"""That somebody wrote his name under a form, where it cannot be read: what is asked for is that it is there (docs/handwriting.md)."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from metering.handwriting import fill_lines
from metering.pages import Box
from parsers.handwritten.lines import over_line
from parsers.handwritten.writing import Writing
from parsers.page.found import NUMBERS, Found
from parsers.page.lines import text_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Token

NOTE = "written by hand, not read"
SURELY_HAND = 0.7  # how surely the ink must be handwriting, 0 print .. 1 hand
TRUST = 0.2  # in what the engine, made for print, reads there

_LEVEL = 6.0  # points between the lines of one row at most
_CAPTION = 20.0  # points below a line to a caption's middle at most
_SIGNERS = 3  # lines of a row for post, signature and name
_READ, _LETTERS = 0.5, 2  # confidence and letters of a printed word
_OF_SIGNERS = frozenset({"signature", "full_name", "position_label", "stamp"})
_OF_READINGS = frozenset({*NUMBERS, "serial", "reading_date", "report_date", "contract"})


@dataclass(frozen=True, slots=True)
class SignersRow:
    """Where a row without labels of its own asks for a post, None where it does not, for the signature, and for the name."""

    post: Box | None
    signature: Box
    name: Box


def signers_row(page: MarkedPage) -> SignersRow | None:
    """The one row of lines below all readings on which people sign: three of them («____ ____ ____», with «имзо» between), or two behind
    the word for the signature («Подпись ____ / ____ /»); None where several are, or the signature has the last line. Lines on whose row
    other words stand are theirs. page: its print alone."""
    foot = max((i.box.bottom for i in page.items if i.sort == "label" and i.key in _OF_READINGS), default=0.0)
    lines = sorted((line for line in fill_lines(page.page) if line.middle[1] > foot), key=lambda line: line.middle[1])
    rows: list[list[Box]] = []
    for line in lines:
        if rows and line.middle[1] - rows[-1][0].middle[1] < _LEVEL:
            rows[-1].append(line)
        else:
            rows.append([line])
    found = [asked for row in rows if (asked := _asked_on(page, sorted(row, key=lambda line: line.left))) is not None]
    return found[0] if len(found) == 1 else None


def _asked_on(page: MarkedPage, row: list[Box]) -> SignersRow | None:
    """What a row of lines, from the left, asks for, if people sign on it."""
    if len(row) not in (_SIGNERS, _SIGNERS - 1) or any(one.right > two.left for one, two in itertools.pairwise(row)):
        return None
    beside = [t for t in page.tokens if _is_beside(t, row)]
    labels = [i for i in page.items if i.sort == "label" and i.key in _OF_SIGNERS]
    own = [i for i in labels if any(t in i.tokens for t in beside)]
    if any(not any(t in i.tokens for i in own) for t in beside):
        return None
    before = {i.key for i in own if i.box.right <= row[0].left + i.box.height}
    of_last = (i for i in labels if i.key == "signature" and row[-2].right < i.box.middle[0] < row[-1].right)
    if any(abs(i.box.middle[1] - row[-1].middle[1]) < _CAPTION for i in of_last):
        return None
    places = [over_line(page, line) for line in row]
    if len(row) == _SIGNERS and not before:
        return SignersRow(*places)
    return SignersRow(None, *places) if len(row) < _SIGNERS and before == {"signature"} else None


def _is_beside(token: Token, row: list[Box]) -> bool:
    """Whether a printed word stands on a row of lines, over none of them."""
    x, y = token.box.middle
    if token.confidence < _READ or sum(map(str.isalpha, token.text)) < _LETTERS:
        return False
    return row[0].middle[1] - 2 * token.box.height < y < row[0].middle[1] + _LEVEL and not any(line.left < x < line.right for line in row)


def written_name(inked: MarkedPage, printed: MarkedPage, position: Found, writing: Writing) -> Found | None:
    """The name on the last of the lines behind a position, for the signature and for the name, if handwriting stands there, clear of a
    stamp, whose own ink could be taken for it; None where there are no such lines, or nothing is written.

    inked: the page as it was read; printed: its print alone, with all its lines.
    """
    at = position.box
    if at is None:
        return None
    level = [r for r in fill_lines(printed.page) if at.top < r.middle[1] < at.bottom + 1.5 * at.height]
    behind = sorted((r for r in level if r.left > at.right - 0.5 * at.height), key=lambda r: r.left)
    if len(behind) < 2:
        return None
    place = over_line(printed, behind[-1])
    if not is_written(inked.page.number, place, writing):
        return None
    tokens = [t for t in inked.tokens if place.holds(t.box)]
    return Found(text_of(tokens), inked.page.number, tokens, NOTE, TRUST, place=place)


def is_written(page: int, place: Box, writing: Writing) -> bool:
    """Whether handwriting stands in a place, of one that a stamp reaches beside its ring."""
    stamp = writing.stamp(page)
    covered = stamp is not None and place.meets(stamp)
    surely = writing.look_beside_stamp(page, place) if covered else writing.look(page, place, False)
    return surely is not None and surely >= SURELY_HAND
