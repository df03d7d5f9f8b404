"""Names of months of which OCR took a letter for another («моября», «ноя6ря»), or several of one that was written by hand."""

from __future__ import annotations

import functools

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from parsers.wording.shapes import shape

#: Names of five letters and more: in these one letter that differs makes no other month's name.
_NAMES = (
    "января", "январь", "январе", "февраля", "февраль", "феврале", "апреля", "апрель", "апреле", "августа", "август", "августе",
    "сентября", "сентябрь", "сентябре", "октября", "октябрь", "октябре", "ноября", "ноябрь", "ноябре", "декабря", "декабрь", "декабре",
    "yanvar", "fevral", "aprel", "avgust", "sentabr", "sentyabr", "oktabr", "oktyabr", "noyabr", "dekabr",
    "январ", "феврал", "апрел", "сентябр", "октябр", "ноябр", "декабр",
)  # fmt: skip
_SHAPES = {shape(name): name for name in _NAMES}
#: The short ones, with which a word by hand is compared, too.
_SHORT = ("марта", "март", "мая", "май", "июня", "июнь", "июля", "июль", "mart", "may", "iyun", "iyul", "июн", "июл")
_LEAST_LIKE, _LIKER = 0.55, 0.12  # share of letters that are the month's, and by which that is more than the next month's
_MAYBE = 0.4  # share of letters from which on a word may be another month's name («марта» for «мая», never for «февраля»)
_STEM = 3  # letters that tell one month from another
_FEWEST = 4  # letters of a word by hand


@functools.lru_cache(maxsize=20_000)
def misread_month(word: str) -> str | None:
    """The name of a month that a word is but for one letter, by its letters or by their look; None of such a name itself."""
    plain = word.lower()
    if not 5 <= len(plain) <= 10 or plain in _NAMES:
        return None
    near = process.extract(plain, _NAMES, scorer=Levenshtein.distance, score_cutoff=1, limit=1)
    if near:
        return near[0][0]
    look = process.extract(shape(word), list(_SHAPES), scorer=Levenshtein.distance, score_cutoff=1, limit=1)
    return _SHAPES[look[0][0]] if look else None


@functools.lru_cache(maxsize=2_000)
def written_month(word: str) -> str | None:
    """The name of the month that is most like what an engine, made for print, made of a word by hand, by its letters or by their look; None
    where another month is nearly as like. Only where the caller knows that a month stands there."""
    if sum(c.isalpha() for c in word) < _FEWEST:
        return None
    likeness: dict[str, tuple[float, str]] = {}
    for name in (*_NAMES, *_SHORT):
        stem = shape(name)[:_STEM]
        likeness[stem] = max(likeness.get(stem, (0.0, "")), (_likeness(word, name), name))
    (first, name), (second, _), *_ = sorted(likeness.values(), reverse=True)
    return name if first >= _LEAST_LIKE and first - second >= _LIKER else None


def names_like(word: str) -> list[str]:
    """The names of all months that a word by hand may be, as an engine, made for print, read it."""
    return [name for name in (*_NAMES, *_SHORT) if _likeness(word, name) >= _MAYBE]


def _likeness(word: str, name: str) -> float:
    """The share of letters that two words have in common, by their letters or by their look."""
    return max(Levenshtein.normalized_similarity(*pair) for pair in ((word.lower(), name), (shape(word), shape(name))))
