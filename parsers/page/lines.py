"""Words with boxes become lines of tokens: words, numbers and signs in reading order, each with its place on the page."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from metering.pages import Box, Page, PageSource, Word
from parsers.page.combs import with_joined_combs
from parsers.page.specks import without_specks
from parsers.page.tokens import Form, Token, tokens_of
from parsers.wording.folding import fold
from parsers.wording.glued import glued_at
from parsers.wording.shapes import Script, is_in_other, script_of, word_of_shape

_TALL = 0.4  # of a word's height: a last word of its line
_FRAME_PIECE = 2  # letters that a piece of a drawn line is read as
_TYPED_BARS = 20  # exclamation marks on a page
_MOST_WORDS = 6_000  # on a page; a dense printout has 1,500, and what has more is no report


@dataclass(slots=True)
class Line:
    """Tokens of one printed line, left to right. letter: mean width of a character or the page's usual space, the wider, points."""

    number: int
    tokens: list[Token]
    box: Box
    letter: float

    def text(self) -> str:
        return text_of(self.tokens)


def text_of(tokens: Sequence[Token]) -> str:
    """The printed text of tokens, spaces where they stood apart."""
    text = ""
    after_bar = False
    for token in tokens:
        if token.form is Form.BAR:
            after_bar = True
            continue
        text += token.text if not text or (token.glued and not after_bar) else f" {token.text}"
        after_bar = False
    return text


def lines_of(page: Page) -> list[Line]:
    """The page's lines, top to bottom."""
    words = _with_bars([w for w in page.words if w.text.strip() and not w.is_unread][:_MOST_WORDS])
    rows = with_joined_combs(_rows(without_specks(words) if page.source is PageSource.OCR else words))
    script = script_of(w.text for w in words) if page.source is PageSource.OCR else None
    lines = []
    for words in rows:
        tokens = [token for word in words for token in tokens_of(word)]
        if all(token.form is Form.BAR for token in tokens) or (script is not None and _is_frame(tokens)):
            continue  # nothing, or a line drawn with characters
        if script is not None:
            tokens = _parted(tokens)
            _mend_words(tokens, script)
        letters = sum(len(w.text) for w in words)
        letter = sum(w.box.width for w in words) / letters
        lines.append(Line(0, tokens, Box.around([w.box for w in words]), letter))
    space = _usual_space(lines)
    for line in lines:
        line.letter = max(line.letter, 1.03 * space)
    return numbered(lines)


def _is_frame(tokens: Sequence[Token]) -> bool:
    """Whether tokens are what an engine makes of a line drawn with dashes and crosses («+ 1 1 р i +»): a cross at an end, and no word."""
    ends = {tokens[0].text[0], tokens[-1].text[-1]}
    return "+" in ends and all(len(token.text) <= _FRAME_PIECE or token.form is Form.BAR for token in tokens)


def _with_bars(words: list[Word]) -> list[Word]:
    """The words with bars for the exclamation marks that old programs draw the columns of their tables with: nobody exclaims so often."""
    if sum(word.text.count("!") for word in words) < _TYPED_BARS:
        return words
    return [replace(word, text=word.text.replace("!", "|")) if "!" in word.text else word for word in words]


def _parted(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with words of one label that were read as one parted."""
    out = []
    for token in tokens:
        place = glued_at(token.text) if token.form is Form.WORD and not token.glued and not token.right else None
        if place is None:
            out.append(token)
            continue
        x = token.box.left + token.box.width * place / len(token.text)
        for text, box in (
            (token.text[:place], replace(token.box, right=x)),
            (token.text[place:], replace(token.box, left=x)),
        ):
            out.append(replace(token, text=text, fold=fold(text), box=box))
    return out


def _mend_words(tokens: Sequence[Token], script: Script) -> None:
    """Words that mean nothing in letters of the alphabet that the page is not in: what they look like."""
    for token in tokens:
        doubtful = is_in_other(token.text, script) or "w" in token.text
        if token.form is Form.WORD and doubtful and (known := word_of_shape(token.text)) is not None:
            token.fold = known


def _usual_space(lines: list[Line]) -> float:
    """The usual gap between words, points: half a letter in print, more than a letter on a typewriter. Numbers stand in columns."""
    gaps = [
        b.box.left - a.box.right
        for line in lines
        for a, b in itertools.pairwise(line.tokens)
        if not b.glued and a.form is Form.WORD and b.form is Form.WORD
    ]
    usual = sorted(gap for gap in gaps if gap > 0)
    space = usual[len(usual) // 3] if usual else 0.0  # the wider gaps are those between columns
    return space if len(usual) >= 10 and space < 12 else 0.0


def _rows(words: list[Word]) -> list[list[Word]]:
    """Words chained left to right into lines: each joins the line whose last word overlaps it most, up and down. Specks and small signs are
    no last word of a taller one: dirt at a line's foot would tear off all that follows, as if it stood before its label."""
    rows: list[list[Word]] = []
    reaches: list[tuple[float, float]] = []  # top and bottom of each row
    for word in sorted(words, key=lambda w: w.box.left):
        best, most = None, (False, 0.0)
        for number, (row, (top, bottom)) in enumerate(zip(rows, reaches, strict=True)):
            if word.box.bottom <= top or word.box.top >= bottom:
                continue
            last = row[-1].box
            if last.height < _TALL * word.box.height:
                last = next((w.box for w in reversed(row) if w.box.height >= _TALL * word.box.height), last)
            shared = min(last.bottom, word.box.bottom) - max(last.top, word.box.top)
            share = shared / max(0.1, min(last.height, word.box.height))
            # Far along a bent or skewed line the neighbour decides; a small sign (comma, dash) counts by its neighbour's height.
            # A line of nothing but dirt takes no word from one of print.
            rank = (last.height >= _TALL * word.box.height, share - max(0.0, word.box.left - last.right) / 10_000)
            if share > 0.5 and rank > most and word.box.left >= row[-1].box.left:
                best, most = number, rank
        if best is None:
            rows.append([word])
            reaches.append((word.box.top, word.box.bottom))
        else:
            rows[best].append(word)
            reaches[best] = min(reaches[best][0], word.box.top), max(reaches[best][1], word.box.bottom)
    return sorted(rows, key=lambda row: sum(w.box.top + w.box.bottom for w in row) / len(row))


def cells_of(tokens: Sequence[Token], letter: float, rules: Sequence[float] = ()) -> list[list[Token]]:
    """Cells of a line: tokens parted by bars, by vertical rules (their x) or by gaps wider than one and a half letters."""
    cells: list[list[Token]] = []
    current: list[Token] = []
    for token in tokens:
        if token.form is Form.BAR:
            if current:
                cells.append(current)
            current = []
            continue
        if current and not token.glued:
            before = current[-1].box
            crossed = any(
                before.middle[0] < x < token.box.middle[0] and before.right - letter <= x <= token.box.left + letter for x in rules
            )
            if crossed or token.box.left - before.right > 1.5 * letter:
                cells.append(current)
                current = []
        current.append(token)
    if current:
        cells.append(current)
    return cells


def box_of(tokens: Sequence[Token]) -> Box:
    return Box.around([t.box for t in tokens])


def numbered(lines: list[Line]) -> list[Line]:
    """Lines with their numbers in this order."""
    for number, line in enumerate(lines):
        line.number = number
        for token in line.tokens:
            token.line = number
    return lines


def cut(lines: Sequence[Line], places: Sequence[float]) -> list[Line]:
    """The parts of lines between the places across a page, those of the one furthest left first."""
    parts: list[list[Line]] = [[] for _ in range(len(places) + 1)]
    for line in lines:
        for number, part in enumerate(parts):
            tokens = [t for t in line.tokens if sum(t.box.middle[0] > x for x in places) == number]
            if any(t.form is not Form.BAR for t in tokens):
                part.append(Line(0, tokens, box_of(tokens), line.letter))
    return [line for part in parts for line in part]
