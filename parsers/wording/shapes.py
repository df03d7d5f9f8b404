"""Words of the lexicon by the look of their letters: «Cuctema» is «Система», «Shar1noma» is «Shartnoma».

An engine that knows two alphabets reads a word of one in letters of the other, and single letters as digits: the letters are wrong and
the shapes right.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from enum import Enum

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from parsers.wording.folding import fold
from parsers.wording.lexicon import label_stems, label_words, means_something

#: Signs that engines take for each other, by their look; capitals before small letters, since «B» is В and «b» is ь or б.
_CLASSES = (
    "aаАA", "вВBsS8$5", "тТtTгГrf7", "еЕeEёЁ", "иИйЙuUцЦ", "кКkK", "лЛпПn", "мМmM", "нНhH", "оОoO0", "рРpP", "сСcC", "уУyYўЎ", "хХxXҳҲ",
    "зЗ3эЭ", "бБ6b", "чЧ4", "шШщЩwW", "iIlL1|!]jіІ", "qQgG9",
)  # fmt: skip
_SHAPES = str.maketrans({letter: signs[0] for signs in _CLASSES for letter in signs} | dict.fromkeys("ьъЬЪ'`‘’ʻʼ", None))

#: Latin capitals that look like a Cyrillic one each; with the small letters that do.
LATIN_LIKE_TO_CYRILLIC = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")
_TWINS = LATIN_LIKE_TO_CYRILLIC | str.maketrans("aceopxy", "асеорху")
_TWINNED = frozenset(map(chr, _TWINS))
#: Words that no digit, hyphen or Cyrillic letter touches, as in types of meters.
_LATIN_WORD = re.compile(r"(?<![\w'-])[A-Za-z]{2,}(?![\w'-])")

_FEWEST, _FEWEST_LIKE = 3, 6  # signs of a word that is known by its whole shape, and by one like it
_FEWEST_WITH_DIGITS = 4
_TWO_WRONG = 10  # signs
_SHORTEST_STEM = 5


class Script(Enum):
    LATIN = "latin"
    CYRILLIC = "cyrillic"


def script_of(words: Iterable[str]) -> Script:
    """The alphabet that most letters of a page belong to."""
    latin, cyrillic = _letters("".join(words))
    return Script.LATIN if latin > cyrillic else Script.CYRILLIC


def is_in_other(word: str, script: Script) -> bool:
    """Whether any letter of a word belongs to the other alphabet."""
    latin, cyrillic = _letters(word)
    return bool(cyrillic if script is Script.LATIN else latin)


def _letters(text: str) -> tuple[int, int]:
    latin = sum(c.isalpha() and c < "\u0250" for c in text)
    return latin, sum("\u0400" <= c < "\u0530" for c in text)


def in_its_alphabet(text: str, known: Collection[str]) -> str:
    """A Cyrillic text without the Latin letters that an engine sees in it: known words (folded) of their twins («AO») and words with a
    capital that is no taller than the small letters beside it («HoH» for «Нон»). Other words may be names in Latin letters."""
    latin, cyrillic = _letters(text)
    if not 0 < latin < cyrillic:
        return text

    def mended(word: re.Match[str]) -> str:
        letters = word[0].translate(_TWINS)
        if not set(word[0]) <= _TWINNED:
            return word[0]
        if word[0].isupper():
            return letters if fold(word[0]) in known else word[0]
        return word[0] if word[0][1:].islower() else letters[0] + letters[1:].lower()

    return _LATIN_WORD.sub(mended, text)


def shape(word: str) -> str:
    """A word by the look of its signs, alphabets and digits aside."""
    return word.translate(_SHAPES).lower()


@functools.cache
def _by_shape() -> tuple[dict[str, str], dict[int, list[str]]]:
    """The words of the lexicon by shape, those whose shape is another's too left out; the shapes by length."""
    words: dict[str, set[str]] = defaultdict(set)
    for word in label_words():
        if len(word) >= _FEWEST:
            words[shape(word)].add(word)
    alone = {look: next(iter(same)) for look, same in words.items() if len(same) == 1}
    by_length: dict[int, list[str]] = defaultdict(list)
    for look in alone:
        by_length[len(look)].append(look)
    return alone, by_length


@functools.cache
def _stems() -> tuple[tuple[str, str], ...]:
    """The stems of the lexicon with their shapes, the longest first."""
    return tuple((shape(stem), stem) for stem in reversed(label_stems()) if len(stem) >= _SHORTEST_STEM)


@functools.lru_cache(maxsize=20_000)
def word_of_shape(word: str) -> str | None:
    """The folded word of the lexicon, or its stem, that a word which is none itself looks like: exactly, or in all signs but one of six
    and two of ten. None where two are as like, or none is."""
    if "w" in word and means_something(double := word.replace("w", "vv")):
        return fold(double)  # there is no w in Uzbek
    look = shape(word)
    fewest = _FEWEST_WITH_DIGITS if any(c.isdigit() for c in word) else _FEWEST
    if len(look) < fewest or means_something(word):
        return None
    alone, by_length = _by_shape()
    if look in alone:
        return alone[look]
    wrong = _wrong_in(len(look))
    near = [other for length in range(len(look) - wrong, len(look) + wrong + 1) for other in by_length[length]] if wrong else []
    best = process.extract(look, near, scorer=Levenshtein.distance, score_cutoff=wrong, limit=2)
    if best and (len(best) == 1 or best[0][1] < best[1][1]):
        return alone[best[0][0]]
    return next((stem for begins, stem in _stems() if _begins_with(look, begins)), None) if not best else None


def _wrong_in(length: int) -> int:
    return 0 if length < _FEWEST_LIKE else 1 if length < _TWO_WRONG else 2


def _begins_with(look: str, stem: str) -> bool:
    if len(look) < len(stem):
        return False
    allowed = _wrong_in(len(stem))
    return Levenshtein.distance(look[: len(stem)], stem, score_cutoff=allowed) <= allowed


@functools.lru_cache(maxsize=20_000)
def word_with_digits(word: str) -> str | None:
    """The folded word of the lexicon that a word with digits or strokes among its letters is («Shar1noma»); None where it may be a
    name with its number («ТСРВ024М») or means nothing."""
    letters = sum(c.isalpha() for c in word)
    if len(word) < _FEWEST_WITH_DIGITS or 3 * (len(word) - letters) > len(word):
        return None
    return fold(word) if means_something(word) else word_of_shape(word)
