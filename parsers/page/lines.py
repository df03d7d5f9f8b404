"""Words with boxes become lines of tokens: words, numbers and signs in reading order, each with its place on the page."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from metering.pages import Box, Page, PageSource, Word
from parsers.page.combs import with_joined_combs
from parsers.page.specks import without_specks
from parsers.wording.folding import APOSTROPHES, fold, tidy
from parsers.wording.glued import glued_at
from parsers.wording.numbers import LETTERS_FOR_DIGITS, parse_misread_number
from parsers.wording.shapes import Script, is_in_other, script_of, word_of_shape, word_with_digits

_LETTER = r"[^\W\d_]"
_TOKENS = re.compile(
    rf"(?P<word>[мМmM][3³](?![\w])|{_LETTER}+(?:[0346]{_LETTER}+|[{re.escape(APOSTROPHES)}]{_LETTER}+)*(?:\d{{1,2}}(?!\d|[.,]\d))?[{re.escape(APOSTROPHES)}]?)"
    rf"|(?P<number>\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}(?=-\d{{1,2}}\.\d{{1,2}}\.)|\d{{1,3}}(?:[{re.escape(APOSTROPHES)}]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,;:]\d+|[.,]{{2}}\d+|-\d+)*|\d)"
    r"|(?P<bar>[|│║┃¦]+|[─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╟╢╤╧╪╫]+|[-=+*~.·—–]{3,})"
    r"|(?P<sign>\S)"
)
_NUMBER_SIGNS = frozenset({"№", "n", "no", "nо", "nº", "ne", "nе", "мо", "ме", "мe", "м9", "лг", "ле", "хо", "#", "not", "nг", "n2", "n°"})


#: An engine makes braces of brackets; nobody prints them.
_BRACKETS = str.maketrans("{}", "()")
#: A word with digits or strokes inside it, and what stands around it: no name with dashes or slashes, no number with a mark.
_WITH_DIGITS = re.compile(rf"[^\w|!]*(?P<word>(?:{_LETTER}|[|!])+[\d|!$]+(?:{_LETTER}|[\d|!$])*{_LETTER})[^\w|!]*")
_TALL = 0.4  # of a word's height: a last word of its line
_FRAME_PIECE = 2  # letters that a piece of a drawn line is read as
_TYPED_BARS = 20  # exclamation marks on a page
_MOST_WORDS = 6_000  # on a page; a dense printout has 1,500, and what has more is no report


class Form(Enum):
    WORD = "word"
    NUMBER = "number"
    SIGN = "sign"
    BAR = "bar"  # a drawn or typed column rule: separates cells


@dataclass(slots=True)
class Token:
    """A piece of a printed word. glued: nothing stands between it and the token before it; printed: as it was read, where letters in
    it were taken for digits."""

    text: str
    form: Form
    fold: str
    box: Box
    confidence: float
    glued: bool = False
    line: int = 0
    left: str = ""  # what is printed directly before and behind it, without a space
    right: str = ""
    printed: str = ""


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
    words = _with_bars([w for w in page.words if w.text.strip()][:_MOST_WORDS])
    rows = with_joined_combs(_rows(without_specks(words) if page.source is PageSource.OCR else words))
    script = script_of(w.text for w in words) if page.source is PageSource.OCR else None
    lines = []
    for words in rows:
        tokens = [token for word in words for token in _tokens(word)]
        if all(token.form is Form.BAR for token in tokens) or (script is not None and _is_frame(tokens)):
            continue  # nothing, or a line drawn with characters
        if script is not None:
            tokens = _parted(tokens)
            _mend_words(tokens, script)
        letters = sum(len(w.text) for w in words)
        letter = sum(w.box.width for w in words) / letters
        lines.append(Line(0, tokens, Box.around([w.box for w in words]), letter))
    space = _usual_space(lines)
    for number, line in enumerate(lines):
        line.number = number
        line.letter = max(line.letter, 1.03 * space)
        for token in line.tokens:
            token.line = number
    return lines


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


def _tokens(word: Word) -> list[Token]:
    parts = _parts(word)
    if len(parts) > 1:
        return [token for part in parts for token in _tokens(part)]
    text = word.text
    repaired = _misread_digits(word)
    if repaired is not None:
        return [Token(repaired, Form.NUMBER, repaired, word.box, word.confidence * 0.8, printed=text)]
    read, known = (text.translate(_BRACKETS), _WITH_DIGITS.fullmatch(text)) if word.confidence < 1 else (text, None)
    meant = word_with_digits(known["word"]) if known is not None else None
    if known is not None and meant is not None:
        read = f"{read[: known.start('word')]}{'x' * len(known['word'])}{read[known.end('word') :]}"  # one word
    found: list[Token] = []
    end = -1
    for match in _TOKENS.finditer(read):
        form = Form(match.lastgroup or "sign")
        piece = match[0]
        if known is not None and meant is not None and match.start() == known.start("word"):
            piece, folded = known["word"], meant
        else:
            folded = fold(piece) if form is Form.WORD else tidy(piece)
        if piece == "_":
            # A form's line: it goes on through a number (20_26_), but what stands after it on the line is written, no part of a name.
            end = match.end() if found and found[-1].form is not Form.WORD and end == match.start() else -1
            continue
        found.append(Token(piece, form, folded, _part(word, match.start(), match.end()), word.confidence, match.start() == end))
        end = match.end()
    for token, following in itertools.pairwise(found):
        if following.glued:
            token.right, following.left = following.text, token.text
        if token.form is Form.WORD and token.fold in _NUMBER_SIGNS and following.form is Form.NUMBER and following.glued:
            token.form, token.fold = Form.SIGN, "№"
    if len(found) == 1 and found[0].fold in _NUMBER_SIGNS and found[0].text not in ("№", "#") and found[0].text[:1].isupper():
        found[0].fold = "№"
    return found


def _parts(word: Word) -> list[Word]:
    """Numbers of two columns that OCR read as one word, parted where their digits stand a digit's width apart, and further than the
    word's characters usually do: thin digits of a typewriter all stand wide."""
    if len(word.symbols) != len(word.text) or len(word.text) < 6 or not any(c.isdigit() for c in word.text):
        return [word]
    widths = sorted(s.width for s, c in zip(word.symbols, word.text, strict=True) if c.isalnum())
    width = widths[len(widths) // 2]
    steps = [b.middle[0] - a.middle[0] for a, b in itertools.pairwise(word.symbols)]
    usual = sorted(steps)[len(steps) // 2]
    cuts = [
        n
        for n in range(1, len(word.text))
        if word.symbols[n].left - word.symbols[n - 1].right > 0.9 * width
        and steps[n - 1] > 1.5 * usual
        and word.text[n].isdigit()
        and word.text[n - 1].isdigit()
    ]
    ends = [0, *cuts, len(word.text)]
    return [
        Word(word.text[a:b], word.confidence, Box.around(list(word.symbols[a:b])), word.symbols[a:b]) for a, b in itertools.pairwise(ends)
    ]


def _misread_digits(word: Word) -> str | None:
    """The number that an OCR word must be although letters stand in it (О2484), else None."""
    text = word.text.strip("|[](){}«»\"'_ ")
    if word.confidence >= 1 or not any(c.isdigit() for c in text) or not any(c in "OОоoQDЗзЭбlIІі!SsВBgqЧч" for c in text):
        return None
    if text[0] in "мМm" or parse_misread_number(text) is None or sum(c.isdigit() for c in text) < 3:
        return None
    return text.translate(LETTERS_FOR_DIGITS)


def _part(word: Word, start: int, end: int) -> Box:
    """The box of the characters [start, end): from the symbols' boxes where the reader gave them, else by proportion."""
    if len(word.symbols) == len(word.text):
        return Box.around(list(word.symbols[start:end]))
    step = word.box.width / len(word.text)
    return Box(word.box.left + start * step, word.box.top, word.box.left + end * step, word.box.bottom)


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


def cut(lines: Sequence[Line], x: float) -> list[Line]:
    """The parts of lines at the left of a place, then those at its right."""
    sides: tuple[list[Line], list[Line]] = ([], [])
    for line in lines:
        for place, side in enumerate(sides):
            tokens = [t for t in line.tokens if (t.box.middle[0] > x) == place]
            if any(t.form is not Form.BAR for t in tokens):
                side.append(Line(0, tokens, box_of(tokens), line.letter))
    return [*sides[0], *sides[1]]
