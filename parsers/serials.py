"""Serial numbers of meters: what stands in their column, after their label, or after a number sign behind a meter's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.found import Found
from parsers.lines import Form, Token, text_of
from parsers.marked import MarkedPage

_SERIAL = re.compile(r"(?<![\d.,])(\d(?:[ ]?\d){2,11}(?:-\d)?)(?![\d.,]\d)")


def serial_of_cell(cell: Sequence[Token], page: int, least: int = 3) -> Found | None:
    """The serial in a cell of its column: its digits in one piece, leading zeros and a dash suffix kept."""
    tokens = [t for t in cell if t.form in (Form.NUMBER, Form.WORD, Form.SIGN)]
    text = text_of(tokens)
    match = _SERIAL.search(text)
    if match is None:
        return None
    value = match[1].replace(" ", "")
    if len(value.split("-")[0]) < least:
        return None
    numbers = [t for t in tokens if t.form is Form.NUMBER]
    note = "parts read apart" if " " in match[1] else None
    return Found(value, page, numbers, note)


def serial_in(page: MarkedPage, tokens: Sequence[Token]) -> Found | None:
    """A serial among other words: after its label or a number sign, else a whole number of five to nine digits alone."""
    for place, token in enumerate(tokens):
        if token.form is not Form.NUMBER or not token.text.isdigit() or not 3 <= len(token.text) <= 10:
            continue
        before = next((t for t in reversed(tokens[:place]) if t.text not in ':.(«"_'), None)
        if before is not None and (before.fold in ("№", "n") or _labelled(page, before)):
            return Found(token.text, page.page.number, [token])
    whole = [t for t in tokens if t.form is Form.NUMBER and t.text.isdigit() and 5 <= len(t.text) <= 9 and not t.glued]
    return Found(whole[0].text, page.page.number, [whole[0]], trust=0.8) if len(whole) == 1 else None


def _labelled(page: MarkedPage, token: Token) -> bool:
    return any(i.sort == "label" and i.key == "serial" and i.tokens[-1] is token for i in page.on_line(token.line))
