"""Words of one label that OCR read as one: «Issiqsuv», «Шуой»."""

from __future__ import annotations

import functools

from parsers.wording.folding import fold
from parsers.wording.lexicon import find_labels, label_words, means_something

_LEAST, _LEAST_PART, _LONGEST = 5, 2, 24  # letters


@functools.lru_cache(maxsize=20_000)
def glued_at(word: str) -> int | None:
    """After how many letters the second of two words begins that are one label together; None of a word that means something itself."""
    if not _LEAST <= len(word) <= _LONGEST or not word.isalpha():
        return None
    for place in range(_LEAST_PART, len(word) - _LEAST_PART + 1):
        parts = fold(word[:place]), fold(word[place:])
        if not all(part in _words() for part in parts):
            continue
        labels = find_labels(parts)
        if len(labels) == 1 and labels[0].last == 1 and not labels[0].errors and not means_something(word):
            return place
    return None


@functools.cache
def _words() -> frozenset[str]:
    return frozenset(label_words())
