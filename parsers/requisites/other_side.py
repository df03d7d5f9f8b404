"""Who else than the one below the readings signs on a sheet: the supplier's people, by the words before a name or over its column, and
the sender's head who approves the report above it."""

from __future__ import annotations

from collections.abc import Sequence

from metering.sides import APPROVED, CUSTOMER, SUPPLIER
from parsers.page.found import Found
from parsers.page.lines import Line, box_of, cells_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form, Token
from parsers.requisites.phrases import known_words
from parsers.wording.folding import fold

_SUPPLIER, _CUSTOMER = tuple(map(fold, SUPPLIER)), tuple(map(fold, CUSTOMER))
_APPROVED = tuple(map(fold, APPROVED))
_OF_AN_APPROVAL = 5  # lines of «УТВЕРЖДАЮ»: post, organisation, name, day
_HEADINGS = 4  # lines above a name on which the head of its column may stand
_WORD = 3  # letters
_COLUMN = 230.0  # points: such a head begins so far to the left of the name at most
_WIDE = 2.0  # letters between the cells of a line


def is_of_supplier(page: MarkedPage, line: Line, name: Found, readings: int) -> bool:
    """Whether a name is that of the supplier's man. readings: the number of the last line with a reading, what stands above heads no
    column of signers."""
    if name.box is None:
        return False
    left = name.box.left
    before = [token for token in line.tokens if token.box.right <= left and token.form is Form.WORD]
    if (side := _side(before)) is not None:
        return side
    # Specks and what a pen was read as make lines of their own.
    said = [
        above for above in page.lines[readings + 1 : line.number] if any(len(t.fold) >= _WORD and t.form is Form.WORD for t in above.tokens)
    ]
    for above in said[: -_HEADINGS - 1 : -1]:
        cells = [cell for cell in cells_of(above.tokens, _WIDE * above.letter) if left - _COLUMN < cell[0].box.left <= left + above.letter]
        heads = bool(cells) and box_of(cells[-1]).width < page.page.width / 2  # a line of a sentence is wider
        if heads and (side := _side(cells[-1])) is not None:
            return side
    return False


def stands_at_supplier(page: MarkedPage, name: Found) -> bool:
    """The same of a name that another reading of the page gave, by its place among the lines of this one."""
    readings = max((i.line for i in page.items if i.sort == "number" and "." in i.text), default=-1)
    if name.box is None:
        return False
    line = next((line for line in reversed(page.lines) if line.box.top <= name.box.middle[1]), None)
    return line is not None and line.number > readings and is_of_supplier(page, line, name, readings)


def approving_lines(page: MarkedPage) -> list[Line]:
    """The lines under «УТВЕРЖДАЮ» on which the sender's head is named; none where the word heads the supplier's place."""
    heading = next((line for line in page.lines if any(token.fold.startswith(_APPROVED) for token in line.tokens)), None)
    if heading is None:
        return []
    lines = page.lines[heading.number + 1 : heading.number + 1 + _OF_AN_APPROVAL]
    if any(_side(line.tokens) for line in lines):
        return []
    return [line for line in lines if not any(token.fold in known_words("legal_forms") for token in line.tokens)]  # «Зарафшон» АО


def _side(tokens: Sequence[Token]) -> bool | None:
    """Whether the last of some words that tells whose side signs is of the supplier; None where none does."""
    for token in reversed(tokens):
        if token.fold.startswith(_SUPPLIER):
            return True
        if token.fold.startswith(_CUSTOMER):
            return False
    return None
