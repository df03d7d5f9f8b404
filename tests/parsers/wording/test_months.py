"""A month's name of which one letter was misread is that month's; words that only look like one are not."""

from __future__ import annotations

import pytest

from parsers.wording.months import misread_month


@pytest.mark.parametrize(
    ("word", "name"), [("моября", "ноября"), ("ноя6ря", "ноября"), ("Аекабря", "декабря"), ("n0yabr", "noyabr"), ("сентябпь", "сентябрь")]
)
def test_one_letter_makes_no_other_month(word: str, name: str) -> None:
    assert misread_month(word) == name


@pytest.mark.parametrize("word", ["ноября", "Марка", "Карта", "карта", "апрелев2", "яма", "показания", "Januzaj"])
def test_other_words_are_no_month(word: str) -> None:
    assert misread_month(word) is None
