"""In which of our three languages a person wrote, by his commonest words; for the language of the answer (docs/letters.md, "Languages")."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

from metering.contracts import Language
from parsers.wording.folding import tidy

_LOOKED_AT = 4000  # characters; a person's own words stand first
_QUOTED = re.compile(r"^\s*>.*$", re.MULTILINE)
_HISTORY = re.compile(  # from here on the mail program quotes what came before, which may be a letter of ours in two languages
    r"^\s*(?:-{3,}|_{10,}|(?:from|от|кимдан|kimdan)\s*:|.{0,120}(?:wrote|пишет|написал(?:\(а\)|а)?|ёзди|yozdi)\s*:\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_ONLY_UZBEK_CYRILLIC = frozenset("ўқғҳ")

_WORDS = {
    Language(name): frozenset(words)
    for name, words in tomllib.loads((resources.files("parsers.wording") / "languages.toml").read_text(encoding="utf-8")).items()
}


def language_of(text: str) -> Language | None:
    """The language with the most words of its own in what the person wrote himself; None where none has more than the others."""
    own = _HISTORY.split(_QUOTED.sub("", text), maxsplit=1)[0][:_LOOKED_AT]
    words = [tidy(word) for word in _WORD.findall(tidy(own).lower())]
    counts = {language: sum(word in known for word in words) for language, known in _WORDS.items()}
    counts[Language.UZBEK_CYRILLIC] += sum(bool(_ONLY_UZBEK_CYRILLIC & set(word)) for word in words)
    first, second, *_ = sorted(counts, key=lambda language: counts[language], reverse=True)
    return first if counts[first] > counts[second] else None
