"""Words in the other alphabet's letters, or with digits among theirs, are known by their shapes; names and models stay as they are."""

from __future__ import annotations

import pytest

from parsers.wording.folding import fold
from parsers.wording.shapes import Script, in_its_alphabet, is_in_other, script_of, word_of_shape, word_with_digits


@pytest.mark.parametrize(
    ("read", "printed"), [("Cuctema", "система"), ("Tun", "тип"), ("TU3UMU", "тизими"), ("noroBop", "договор"), ("BUCT", "вист")]
)
def test_a_word_read_in_the_other_alphabet_is_known_by_its_shape(read: str, printed: str) -> None:
    assert word_of_shape(read) == printed


@pytest.mark.parametrize("word", ["Каримов", "Shodiyev", "Юнусабадский", "Гостиница", "Navoiy", "ООО", "Тошкент"])
def test_other_words_are_no_labels(word: str) -> None:
    assert word_of_shape(word) is None


@pytest.mark.parametrize(("read", "printed"), [("Shar1noma", "shar1noma"), ("О7опление", "о7опление"), ("дого|8ора", "договора")])
def test_a_word_with_digits_among_its_letters_is_one_word(read: str, printed: str) -> None:
    assert word_with_digits(read) == printed


@pytest.mark.parametrize("model", ["ТСРВ024М", "SA94", "М1т", "DN50", "A4Б5В"])
def test_a_model_with_its_number_is_none(model: str) -> None:
    assert word_with_digits(model) is None


def test_the_alphabet_of_a_page_is_that_of_most_letters() -> None:
    script = script_of(["Отчет", "за", "ноябрь", "Multical"])
    assert script is Script.CYRILLIC
    assert is_in_other("Cuctema", script)
    assert not is_in_other("Система", script)
    assert not is_in_other("603", script)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("AO «Нон саноати»", "АО «Нон саноати»"),
        ("«Тошкент HoH» AO", "«Тошкент Нон» АО"),
        ("ООО «MAX Сервис»", "ООО «MAX Сервис»"),
        ("ООО «Coca Сервис плюс»", "ООО «Coca Сервис плюс»"),
        ("AO «Temir yo'l»", "AO «Temir yo'l»"),
        ("Узел ТЭМ-104 TEM-104", "Узел ТЭМ-104 TEM-104"),
    ],
)
def test_latin_twins_in_a_cyrillic_name(read: str, meant: str):
    assert in_its_alphabet(read, {fold("АО")}) == meant
