"""Words written in the other alphabet: Uzbek in Latin letters as Uzbek Cyrillic, Russian typed in Latin letters as Russian."""

from __future__ import annotations

import re

from parsers.wording.folding import fold

#: Longest first. Folding afterwards makes ё е, щ ш, ы and й и, and drops the soft sign, so one letter serves for several.
_UZBEK = {"o'": "ў", "g'": "ғ", "sh": "ш", "ch": "ч", "yo": "ё", "yu": "ю", "ya": "я", "ye": "е", "ts": "ц", "q": "қ", "h": "ҳ", "'": "ъ"}
_RUSSIAN = {
    "shch": "щ", "sch": "щ", "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "ts": "ц", "yo": "ё", "yu": "ю", "ju": "ю", "ya": "я", "ja": "я",
    "ye": "е", "h": "х", "w": "в", "q": "к",
}  # fmt: skip
_LETTERS = dict(zip("abvgdejziyklmnoprstufxc", "абвгдежзийклмнопрстуфхц", strict=True))
_FIRST_E = re.compile(r"\be")
_LEAST = 4  # letters: shorter words of one language are words of another


def _pattern(letters: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, letters), key=len, reverse=True)))


_TO_UZBEK, _TO_RUSSIAN = {**_LETTERS, **_UZBEK}, {**_LETTERS, **_RUSSIAN}
_UZBEK_PATTERN, _RUSSIAN_PATTERN = _pattern(_TO_UZBEK), _pattern(_TO_RUSSIAN)


def uzbek_in_cyrillic(text: str) -> str | None:
    """A label in Latin letters (apostrophes straight) as Uzbek Cyrillic writes it; None where other letters stand in it."""
    if not text.isascii() or not any(c.isalpha() for c in text):
        return None
    return _UZBEK_PATTERN.sub(lambda found: _TO_UZBEK[found[0]], _FIRST_E.sub("э", text.lower()))


def russian_in_cyrillic(word: str) -> tuple[str, ...]:
    """The folded Russian words that a folded word in Latin letters can stand for («predyduschee», «rashod»)."""
    if len(word) < _LEAST or not word.isascii() or not word.isalpha():
        return ()
    plain = _RUSSIAN_PATTERN.sub(lambda found: _TO_RUSSIAN[found[0]], word)
    apart = _RUSSIAN_PATTERN.sub(lambda found: _TO_RUSSIAN[found[0]], word.replace("sh", "sx"))
    return tuple(dict.fromkeys(fold(one) for one in (plain, apart)))
