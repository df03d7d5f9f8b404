"""Words read in the wrong alphabet: a page is printed in Latin or in Cyrillic letters, and a reader of both takes some word for the other.

«Sana» is read as «бапа», «сув» as «cys», and the label is lost. Such a word is read again in the page's alphabet alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from metering.pages import Page, Word
from ocr.engine import PAGE_LANGUAGES
from ocr.ink import TALLEST_PRINT

_MUCH_MORE = 6  # times the letters of the other alphabet: names of models and firms are often in that
_CYRILLIC, _LATIN = re.compile("[а-яё]", re.IGNORECASE), re.compile("[a-z]", re.IGNORECASE)
_RUBBISH = 0.15  # confidence below which a word is dirt or ink
_TORN = 0.4  # confidence below which letters among digits are what is left of a word
_MOST = 20  # words that are read again
#: From these confidences on a word stays in the other alphabet: a Cyrillic page has Latin names, a Latin one hardly Cyrillic words.
_SURE = {"eng": 0.97, "rus": 0.88}
_WELL_READ = 0.75  # enough for a word of a Latin page, though the first reading was surer of its Cyrillic letters


def language_of(page: Page) -> str:
    """The one language whose letters the page is printed in, else both: with one a name is not read in two alphabets."""
    return _language(page.words)


def _language(words: Sequence[Word]) -> str:
    letters = "".join(word.text for word in words if len(word.text) > 2 and word.confidence >= 0.6)
    cyrillic, latin = len(_CYRILLIC.findall(letters)), len(_LATIN.findall(letters))
    return "rus" if cyrillic > _MUCH_MORE * latin else "eng" if latin > _MUCH_MORE * cyrillic else PAGE_LANGUAGES


def in_one_alphabet(words: tuple[Word, ...], again: Callable[[Word, str], Sequence[Word]]) -> tuple[Word, ...]:
    """The words of a page, those of the wrong alphabet as `again` reads them in the language given, where that is better."""
    language = _language(words)
    if language == PAGE_LANGUAGES:
        return words
    other = _CYRILLIC if language == "eng" else _LATIN
    odd = [w for w in words if other.search(w.text) and _RUBBISH <= w.confidence < _SURE[language] and w.box.height < TALLEST_PRINT]
    better: dict[int, Word] = {}
    for word in sorted(odd, key=lambda w: -w.confidence)[:_MOST]:
        read = again(word, language)
        if len(read) == 1 and _is_better(read[0], word, language):
            better[id(word)] = read[0]
    return tuple(better.get(id(word), word) for word in words)


def _is_better(again: Word, first: Word, language: str) -> bool:
    """Whether a word's second reading counts: it is surer, or no torn mixture of letters and digits any more."""
    if again.confidence > first.confidence or (language == "eng" and again.confidence >= _WELL_READ):
        return True
    return first.confidence < _TORN and any(c.isdigit() for c in first.text) and again.text.isalpha()
