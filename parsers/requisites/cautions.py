"""Words that make a page no plain report: a draft, a bill, cancelled; a meter that fails or was changed; numbers corrected or guessed."""

from __future__ import annotations

import functools
import statistics
import tomllib
from collections.abc import Sequence
from importlib import resources

from rapidfuzz import fuzz

from parsers.page.lines import Line, text_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form, Token
from parsers.wording.folding import fold, fold_phrase

Phrase = tuple[str, ...]
_BEGINNING = 2  # letters of a word
_LARGE = 1.6  # times the height of the page's words
_LONG, _ALIKE = 7, 85  # letters of a word that may be misread in part, and how much of it must be alike, of 100
_SPELT = 3  # capitals that stand apart («О Б Р А З Е Ц») and spell one word


def caution_on(page: MarkedPage) -> str:
    """The words, as they stand on the page; "" where there are none."""
    heights = [t.box.height for t in page.tokens if t.form is Form.WORD]
    usual = statistics.median(heights) if heights else 0.0
    for turned in page.page.turned:
        if _stands_for_itself(turned.split()) or _is_like(turned):
            return turned
    for line in page.lines:
        if _stands_for_itself([t.text for t in line.tokens if t.form in (Form.WORD, Form.NUMBER)]):
            return line.text()
        large = [t for t in line.tokens if t.text.isupper() and t.box.height > _LARGE * usual and (t.fold,) in _phrases("alone")]
        if large:
            return large[0].text
        if titled := _titled(line):
            return text_of(titled)
    words = [_words(line) for line in page.lines]
    for number, line in enumerate(words):
        if told := _said(line, [word for one in words[number : number + 2] for word in one]):
            return text_of(told)
    return ""


def _stands_for_itself(words: Sequence[str]) -> bool:
    """Whether words of a line are such a word alone; within a sentence it means nothing of the kind."""
    if len(words) >= _SPELT and all(len(word) == 1 and word.isupper() for word in words):
        words = ["".join(words)]
    return tuple(map(fold, words)) in _phrases("alone")


def _titled(line: Line) -> Sequence[Token]:
    """The words that begin a line, name another kind of paper, and have its number, its day or nothing behind them."""
    words = _words(line)
    if not words or line.tokens[0] is not words[0]:
        return ()
    named = max((end for _, end in _places([t.fold for t in words], 1, "title")), default=0)
    if not named:
        return ()
    behind = line.tokens[line.tokens.index(words[named - 1]) + 1 :]
    return words[:named] if not behind or behind[0].form is not Form.WORD else ()


def _is_like(turned: str) -> bool:
    """Whether a stamp's text is such a word but for a letter or two, which a frame or the print beneath made unreadable."""
    text = fold("".join(c for c in turned if c.isalpha()))
    words = ("".join(phrase) for phrase in _phrases("alone"))
    return any(fuzz.ratio(text, word) >= _ALIKE for word in words if len(word) >= _LONG)


def _said(line: Sequence[Token], sentence: Sequence[Token]) -> Sequence[Token]:
    """The words that begin on a line and say that a meter does not work, is away or was changed, or that a number was corrected; sentence:
    with those of the next line. With a condition they are a rule of the form («Если прибор неисправен …»)."""
    folded = [t.fold for t in sentence]
    if _places(folded, len(folded), "condition"):
        return ()
    told = _places(folded, len(line), "anywhere")
    if not told and _places(folded, len(folded), "meter"):
        told = _places(folded, len(line), "fault")
    return sentence[told[0][0] : told[0][1]] if told else ()


def _places(words: Sequence[str], starts: int, name: str) -> list[tuple[int, int]]:
    """Where phrases of a list stand that begin on one of the first so many words: from which word to which."""
    return [
        (start, start + len(phrase))
        for start in range(starts)
        for phrase in _begun(name).get(words[start][:_BEGINNING], ())
        if len(words) - start >= len(phrase) and all(map(_fits, words[start:], phrase))
    ]


def _fits(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


def _words(line: Line) -> list[Token]:
    return [t for t in line.tokens if t.form is Form.WORD]


@functools.cache
def _begun(name: str) -> dict[str, list[Phrase]]:
    """The phrases of a list by how their first word begins."""
    begun: dict[str, list[Phrase]] = {}
    for phrase in _phrases(name):
        begun.setdefault(phrase[0][:_BEGINNING], []).append(phrase)
    return begun


@functools.cache
def _phrases(name: str) -> frozenset[Phrase]:
    """A list of cautions.toml, folded."""
    lists = tomllib.loads((resources.files("parsers.wording") / "cautions.toml").read_text(encoding="utf-8"))
    return frozenset(fold_phrase(phrase) for phrase in lists[name])
