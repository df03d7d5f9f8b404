"""Names of months of which OCR took a letter for another («моября», «ноя6ря»)."""

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
