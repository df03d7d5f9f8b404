"""A word read in the other alphabet than its page's is read again; names that stand in that alphabet stay."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from metering.pages import Box, Word
from ocr.alphabets import in_one_alphabet

UZBEK = "Shartnoma raqami Tashkilot nomi Manzil Yuridik manzili Oldingi ko'rsatkich Hozirgi"
RUSSIAN = "Номер договора Наименование организации Юридический адрес Предыдущие показания"


def words(text: str, confidence: float = 0.95) -> tuple[Word, ...]:
    return tuple(Word(word, confidence, Box(40.0 * n, 20, 40.0 * n + 35, 30)) for n, word in enumerate(text.split()))


def reading(texts: dict[str, tuple[str, float]]) -> Callable[[Word, str], Sequence[Word]]:
    def again(word: Word, language: str) -> Sequence[Word]:
        text, confidence = texts[f"{word.text} {language}"]
        return [Word(text, confidence, word.box)]

    return again


def test_a_latin_page_has_no_cyrillic_words() -> None:
    page = words(UZBEK) + words("бапа: Ска!", 0.89)
    read = in_one_alphabet(page, reading({"бапа: eng": ("Sana:", 0.97), "Ска! eng": ("Gkal", 0.8)}))
    assert [word.text for word in read[-2:]] == ["Sana:", "Gkal"]
    assert read[:-2] == page[:-2]


def test_what_is_read_worse_the_second_time_stays() -> None:
    page = words(UZBEK) + words("ТЭМ-106", 0.8)
    assert in_one_alphabet(page, reading({"ТЭМ-106 eng": ("T3M-106", 0.5)})) == page


def test_letters_among_digits_are_no_number_where_the_pages_alphabet_makes_a_word_of_them() -> None:
    page = words(UZBEK) + words("10'911514а", 0.17)
    assert in_one_alphabet(page, reading({"10'911514а eng": ("togrisida", 0.05)}))[-1].text == "togrisida"


def test_a_cyrillic_page_keeps_latin_names_and_loses_doubtful_latin_words() -> None:
    page = words(RUSSIAN) + words("Zenner", 0.93) + words("cys", 0.67)
    read = in_one_alphabet(page, reading({"cys rus": ("сув", 0.93)}))
    assert [word.text for word in read[-2:]] == ["Zenner", "сув"]


def test_a_page_in_both_alphabets_is_left_alone() -> None:
    page = words(UZBEK) + words(RUSSIAN, 0.7)
    assert in_one_alphabet(page, reading({})) == page
