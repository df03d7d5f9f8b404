"""Folding of words for comparison: three alphabets, look-alike letters and what OCR makes of them become one spelling.

docs/extraction.md, "Folding", gives the steps and where they come from.
"""

from __future__ import annotations

import functools
import unicodedata

APOSTROPHES = "'`´‘’‛′ʹʻʼꞌ‵＇"
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " ")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_PLAIN = str.maketrans({**_SPACES, **_DASHES, **dict.fromkeys(map(ord, APOSTROPHES), "'"), 0xAD: None})

# What distinguishes Uzbek Cyrillic and Russian from their common base; OCR with the other language's model loses it as well.
_BASE = str.maketrans({"ё": "е", "ў": "у", "қ": "к", "ғ": "г", "ҳ": "х", "ь": None, "ъ": None, "щ": "ш", "ы": "и", "й": "и", "'": None})
_TO_CYRILLIC = str.maketrans("aceopxykmtbhi3046", "асеорхукмтвнізочб")
_TO_LATIN = str.maketrans("асеорхукмтвні0", "aceopxykmtbhio")
_LOOKALIKES = frozenset("асеорхукмтвніaceopxykmtbhi")


def tidy(text: str) -> str:
    """The text with one kind of space, dash and apostrophe; what a person would call the same characters."""
    return text.translate(_PLAIN)


@functools.lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """One spelling for all spellings of a word: lower case, no apostrophes, one script (the one most of its letters belong to)."""
    plain = tidy(word)
    if "№" not in plain:
        plain = unicodedata.normalize("NFKC", plain)
    plain = tidy(plain).lower().translate(_BASE)
    own = [c for c in plain if c.isalpha() and c not in _LOOKALIKES]
    latin = sum(1 for c in own if c < "\u0250")
    if latin > len(own) - latin:
        return _with_digits(plain, plain.translate(_TO_LATIN))
    return _with_digits(plain, plain.translate(_TO_CYRILLIC))


def _with_digits(plain: str, changed: str) -> str:
    """A digit becomes a letter only between letters (тепл0вой); elsewhere it stays (м3, t1)."""
    out = list(changed)
    for place, char in enumerate(plain):
        if char.isdigit() and not (0 < place < len(plain) - 1 and plain[place - 1].isalpha() and plain[place + 1].isalpha()):
            out[place] = char
    return "".join(out)


def fold_phrase(text: str) -> tuple[str, ...]:
    """The folded words of a label, without punctuation; a star at a word's end stays (any ending)."""
    words = "".join(c if c.isalnum() or c in "№*'" or c in APOSTROPHES else " " for c in text).split()
    return tuple(fold(w.rstrip("*")) + ("*" if w.endswith("*") else "") for w in words)
