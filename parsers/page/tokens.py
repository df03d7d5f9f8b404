"""A read word becomes tokens: words, numbers, signs and bars, each with its place on the page."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from enum import Enum

from metering.pages import Box, Word
from parsers.wording.folding import APOSTROPHES, fold, tidy
from parsers.wording.numbers import LETTERS_FOR_DIGITS, parse_misread_number
from parsers.wording.shapes import word_with_digits

_LETTER = r"[^\W\d_]"
_TOKENS = re.compile(
    rf"(?P<word>[мМmM][3³](?![\w])|{_LETTER}+(?:[0346]{_LETTER}+|[{re.escape(APOSTROPHES)}]{_LETTER}+)*(?:\d{{1,2}}(?!\d|[.,]\d))?[{re.escape(APOSTROPHES)}]?)"
    rf"|(?P<number>\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}(?=-\d{{1,2}}\.\d{{1,2}}\.)|\d{{1,3}}(?:[{re.escape(APOSTROPHES)}]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,;:]\d+|[.,]{{2}}\d+|-\d+)*|\d)"
    r"|(?P<bar>[|│║┃¦]+|[─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╟╢╤╧╪╫]+|[-=+*~.·—–]{3,})"
    r"|(?P<sign>\S)"
)
_NUMBER_SIGNS = frozenset({"№", "n", "no", "ne", "мо", "ме", "м9", "лг", "ле", "хо", "#", "not", "nг", "n2", "n°"})
#: An engine makes braces of brackets; nobody prints them.
_BRACKETS = str.maketrans("{}", "()")
#: A word with digits or strokes inside it, and what stands around it: no name with dashes or slashes, no number with a mark.
_WITH_DIGITS = re.compile(rf"[^\w|!]*(?P<word>(?:{_LETTER}|[|!])+[\d|!$]+(?:{_LETTER}|[\d|!$])*{_LETTER})[^\w|!]*")


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


def tokens_of(word: Word) -> list[Token]:
    """The tokens of one word as it was read, left to right; a word of two columns gives those of both."""
    parts = _parts(word)
    if len(parts) > 1:
        return [token for part in parts for token in tokens_of(part)]
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
