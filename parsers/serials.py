"""Serial numbers of meters: what stands in their column, after their label, or after a number sign behind a meter's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.found import Found
from parsers.lines import Form, Token, text_of
from parsers.marked import MarkedPage

_SERIAL = re.compile(r"(?<![\d.,])(\d(?:[ ]?\d){2,11}(?:-\d)?)(?![\d.,]\d)")


def serial_of_cell(cell: Sequence[Token], page: int, least: int = 3) -> Found | None:
    """The serial in a cell of its column: behind a number sign, else the longest run of digits (a model may stand there too).

    In one piece, leading zeros and a dash suffix kept.
    """
    tokens = [t for n, t in enumerate(cell) if not _part_of_model(cell, n)]
    signs = [n for n, t in enumerate(tokens) if t.fold in ("№", "n")]
    behind = tokens[signs[-1] + 1 :] if signs else []
    for part in (behind, tokens):
        lines = [[t for t in part if t.line == number] for number in sorted({t.line for t in part})]
        matches = [(match[1], line) for line in lines for match in _SERIAL.finditer(text_of(line))]
        if not matches:
            continue
        value, line = max(matches, key=lambda match: len(match[0].split("-")[0]))
        plain = value.replace(" ", "")
        if len(plain.split("-")[0]) >= least:
            numbers = [t for t in line if t.form is Form.NUMBER and t.text in plain]
            return Found(plain, page, numbers, "parts read apart" if " " in value else None)
    return None


def _part_of_model(cell: Sequence[Token], place: int) -> bool:
    """Whether a number is glued to a name (SA-94/1): a number sign before it makes it a serial all the same."""
    token = cell[place]
    if token.form is not Form.NUMBER or not token.glued or place == 0:
        return False
    before = cell[place - 1]
    return before.form is not Form.BAR and before.fold not in ("№", "n") and before.text not in ":(|[{"


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
