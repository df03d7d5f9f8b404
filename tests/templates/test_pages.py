"""Pages say the same in each language: all texts are there, with the same blanks, and every text that a template asks for exists."""

from __future__ import annotations

import re
import string
from typing import Any

import pytest

from metering.contracts import Language
from templates.pages import FOLDER, text, texts


def flat(group: dict[str, Any], before: str = "") -> dict[str, str]:
    found = {}
    for name, said in group.items():
        found |= flat(said, f"{before}{name}.") if isinstance(said, dict) else {before + name: said}
    return found


def blanks(said: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(said) if name}


@pytest.mark.parametrize("language", [Language.UZBEK, Language.UZBEK_CYRILLIC])
def test_every_language_has_the_same_texts_with_the_same_blanks(language: Language) -> None:
    russian, other = flat(texts(Language.RUSSIAN)), flat(texts(language))
    assert set(russian) == set(other)
    assert {key: blanks(said) for key, said in russian.items()} == {key: blanks(said) for key, said in other.items()}
    assert not [key for key, said in other.items() if not said.strip()]


def test_each_script_is_written_in_its_own_letters() -> None:
    cyrillic, latin = re.compile("[а-яёқғҳў]", re.IGNORECASE), re.compile("[a-z]{3,}", re.IGNORECASE)
    known = re.compile(r"\{\w+\}|\b(PDF|JPEG|PNG|HEIC|CSV|csv|xlsx|Excel|hisobot staff|hisobot|https?|API|Enter|Tab|Esc|Shift|Ctrl)\b")
    assert not [key for key, said in flat(texts(Language.UZBEK)).items() if cyrillic.search(known.sub("", said))]
    for language in (Language.RUSSIAN, Language.UZBEK_CYRILLIC):
        assert not [key for key, said in flat(texts(language)).items() if latin.search(known.sub("", said))]


def test_every_text_that_a_template_asks_for_exists() -> None:
    asked = set()
    for template in FOLDER.rglob("*.j2"):
        asked |= set(re.findall(r"""\bt\(["']([a-z0-9_.]+)["']\s*[,)]""", template.read_text(encoding="utf-8")))
    known = flat(texts(Language.RUSSIAN))
    assert asked - set(known) == set()


def test_a_text_that_is_missing_is_a_bug_and_no_empty_place() -> None:
    with pytest.raises(KeyError):
        text(Language.RUSSIAN, "shared.nothing_of_that_name")
