"""What a customer may not choose as a password: what is short, known of him, typed by everybody, or a pattern.

NIST SP 800-63B, 5.1.1: length and a list of what is guessed first; no rules about kinds of characters, no expiry.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from service.passwords import LONGEST, SHORTEST

_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,./"
_CYRILLIC_KEYS = "йцукенгшщзхъфывапролджэячсмитьбю."
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qazwsxedcrfvtgbyhnujmikolp", "abcdefghijklmnopqrstuvwxyz", "01234567890", "1qaz2wsx3edc")
#: Words that people begin with, in Latin letters as they are typed or meant; digits and signs around them make them no better.
_USUAL_WORDS = """
password passw0rd parol paroll maxfiyparol admin administrator root user login welcome letmein secret master access dragon
monkey football superman princess sunshine iloveyou hello world computer internet google samsung android windows test temp
qwerty qwertyuiop qwertyu asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx abc abcd abcdef changeme default guest office
uzbekistan ozbekiston toshkent tashkent samarkand samarqand buxoro chilonzor yunusobod mirobod navoiy
teploenergo toshissiqquvvati tashteploenergo issiqlik issiqsuv teplo energiya energo hisobot otchet buxgalter buhgalter
director direktor kabinet cabinet metrologiya shartnoma dogovor kompaniya firma korxona tashkilot assalom salom privet
natasha marina svetlana dilshod jasur sardor nodira malika gulnora otabek aziz azizbek bobur temur amirtemur
"""
_USUAL = frozenset(_USUAL_WORDS.split())


class Weakness(StrEnum):
    """Why a password is not taken; each has a sentence on the page."""

    SHORT = "short"
    LONG = "long"
    KNOWN = "known"  # number, INN, name, or an address of the contract
    USUAL = "usual"
    PATTERN = "pattern"


def weakness_of(password: str, known: Iterable[str]) -> Weakness | None:
    """The first thing that is wrong with it, or None. known: what everybody knows of the customer."""
    if len(password) < SHORTEST:
        return Weakness.SHORT
    if len(password) > LONGEST:
        return Weakness.LONG
    folded = _folded(password)
    if any(len(word) >= 4 and word in folded for word in _words(known)) and len(folded) < 20:
        return Weakness.KNOWN
    if _core(folded) in _USUAL or _core(_as_keys(folded)) in _USUAL:
        return Weakness.USUAL
    if len(set(folded)) < 5 or _is_row(folded) or _is_row(_as_keys(folded)) or _repeats(folded):
        return Weakness.PATTERN
    return None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _words(known: Iterable[str]) -> list[str]:
    return [word for text in known for word in re.findall(r"[^\W_]+", _folded(text))]


def _core(text: str) -> str:
    """Its letters, without the digits and signs that people hang on to a word, and those that stand for letters read so."""
    word = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text)
    return re.sub(r"[\W_]+", "", word.translate(str.maketrans("0134578@$", "oieastbas")))


def _as_keys(text: str) -> str:
    """Typed on the same keys with the Latin layout: пароль is gfhjkm, йцукен is qwerty."""
    return text.translate(str.maketrans(_CYRILLIC_KEYS, _KEYS))


def _is_row(text: str) -> bool:
    """Nothing but pieces of four or more neighbours on the keyboard, in the alphabet or among the digits."""
    rest = re.sub(r"[\W_]+", "", text)
    rows = [row for each in _ROWS for row in (each, each[::-1])]
    while rest:
        taken = max((n for row in rows for n in range(min(len(rest), len(row)), 3, -1) if rest[:n] in row), default=0)
        if taken == 0:
            return False
        rest = rest[taken:]
    return True


def _repeats(text: str) -> bool:
    """One piece of at most five characters, over and over."""
    return any(text == (text[:size] * len(text))[: len(text)] for size in range(1, 6))
