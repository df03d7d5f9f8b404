"""The supplier's people sign on the same sheet: which names are theirs, by the words before them or over their column."""

from __future__ import annotations

from collections.abc import Sequence

from metering.sides import CUSTOMER, SUPPLIER
from parsers.page.found import Found
from parsers.page.lines import Form, Line, Token, cells_of
from parsers.page.marked import MarkedPage
from parsers.wording.folding import fold

_SUPPLIER, _CUSTOMER = tuple(map(fold, SUPPLIER)), tuple(map(fold, CUSTOMER))
_HEADINGS = 4  # lines above a name on which the head of its column may stand
_COLUMN = 230.0  # points: such a head begins so far to the left of the name at most
_WIDE = 2.0  # letters between the cells of a line


def is_of_supplier(page: MarkedPage, line: Line, name: Found, readings: int) -> bool:
    """Whether a name is that of the supplier's man. readings: the number of the last line with a reading, what stands above heads no
    column of signers."""
    left = name.tokens[0].box.left
    before = [token for token in line.tokens if token.box.right <= left and token.form is Form.WORD]
    if (side := _side(before)) is not None:
        return side
    for number in range(line.number - 1, max(readings, line.number - 1 - _HEADINGS), -1):
        above = page.lines[number]
        cells = [cell for cell in cells_of(above.tokens, _WIDE * above.letter) if left - _COLUMN < cell[0].box.left <= left + above.letter]
        if cells and (side := _side(cells[-1])) is not None:
            return side
    return False


def _side(tokens: Sequence[Token]) -> bool | None:
    """Whether the last of some words that tells whose side signs is of the supplier; None where none does."""
    for token in reversed(tokens):
        if token.fold.startswith(_SUPPLIER):
            return True
        if token.fold.startswith(_CUSTOMER):
            return False
    return None
