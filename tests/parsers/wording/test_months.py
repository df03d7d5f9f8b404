"""A month's name of which one letter was misread is that month's; words that only look like one are not."""

from __future__ import annotations

import pytest

from parsers.wording.months import misread_month, names_like, written_month


@pytest.mark.parametrize(
    ("word", "name"), [("моября", "ноября"), ("ноя6ря", "ноября"), ("Аекабря", "декабря"), ("n0yabr", "noyabr"), ("сентябпь", "сентябрь")]
)
def test_one_letter_makes_no_other_month(word: str, name: str) -> None:
    assert misread_month(word) == name


@pytest.mark.parametrize("word", ["ноября", "Марка", "Карта", "карта", "апрелев2", "яма", "показания", "Januzaj"])
def test_other_words_are_no_month(word: str) -> None:
    assert misread_month(word) is None


@pytest.mark.parametrize(
    ("word", "name"), [("марша", "марта"), ("oxrabpa", "октября"), ("Декадря", "декабря"), ("noyadr", "noyabr"), ("wapma", "марта")]
)
def test_a_word_by_hand_is_the_month_that_it_is_most_like(word: str, name: str) -> None:
    assert (written_month(word) or "")[:3] == name[:3]


@pytest.mark.parametrize("word", ["Оенафря", "413471", "Чиланзар", "мфр", "Manma"])
def test_a_word_by_hand_that_is_like_no_month_or_like_two_is_none(word: str) -> None:
    assert written_month(word) is None


@pytest.mark.parametrize(
    ("word", "may_be", "never"),
    [
        ("марта", {"марта", "мая"}, {"февраля", "апреля", "января"}),
        ("ноября", {"октября", "декабря", "сентября"}, {"февраля", "марта", "июня"}),
        ("iyul", {"iyun"}, {"mart", "avgust"}),
        ("gexabpa", {"декабря"}, {"января", "ноября"}),
    ],
)
def test_a_word_by_hand_may_be_another_month_only_if_that_one_is_like_it(word: str, may_be: set[str], never: set[str]) -> None:
    names = set(names_like(word))
    assert may_be <= names
    assert not never & names
