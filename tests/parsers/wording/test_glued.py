"""Words of one label that were read as one are parted; words that mean something, and names, are not."""

from __future__ import annotations

import pytest

from parsers.wording.glued import glued_at


@pytest.mark.parametrize(("word", "first"), [("Issiqsuv", "Issiq"), ("Заводскойномер", "Заводской"), ("Yuridikmanzili", "Yuridik")])
def test_two_words_of_one_label_are_parted(word: str, first: str) -> None:
    assert word[: glued_at(word)] == first


@pytest.mark.parametrize("word", ["показания", "Каримов", "Toshkent", "теплосчетчик", "Медцентр", "Qiymati", "суток"])
def test_other_words_stay_whole(word: str) -> None:
    assert glued_at(word) is None
