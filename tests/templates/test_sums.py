"""Sums in words: every awkward number in three languages, and never a word that is another number's."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metering.contracts import Language
from templates.sums import LARGEST, in_words, money, whole_in_words

RU, UZ, CYRL = Language

CASES = {
    "0": ("Ноль сум 00 тийин", "Nol soʻm 00 tiyin", "Нол сўм 00 тийин"),
    "0.01": ("Ноль сум 01 тийин", "Nol soʻm 01 tiyin", "Нол сўм 01 тийин"),
    "0.10": ("Ноль сум 10 тийин", "Nol soʻm 10 tiyin", "Нол сўм 10 тийин"),
    "1": ("Один сум 00 тийин", "Bir soʻm 00 tiyin", "Бир сўм 00 тийин"),
    "2.02": ("Два сум 02 тийин", "Ikki soʻm 02 tiyin", "Икки сўм 02 тийин"),
    "10": ("Десять сум 00 тийин", "Oʻn soʻm 00 tiyin", "Ўн сўм 00 тийин"),
    "11": ("Одиннадцать сум 00 тийин", "Oʻn bir soʻm 00 tiyin", "Ўн бир сўм 00 тийин"),
    "19": ("Девятнадцать сум 00 тийин", "Oʻn toʻqqiz soʻm 00 tiyin", "Ўн тўққиз сўм 00 тийин"),
    "20": ("Двадцать сум 00 тийин", "Yigirma soʻm 00 tiyin", "Йигирма сўм 00 тийин"),
    "40": ("Сорок сум 00 тийин", "Qirq soʻm 00 tiyin", "Қирқ сўм 00 тийин"),
    "90": ("Девяносто сум 00 тийин", "Toʻqson soʻm 00 tiyin", "Тўқсон сўм 00 тийин"),
    "100": ("Сто сум 00 тийин", "Bir yuz soʻm 00 tiyin", "Бир юз сўм 00 тийин"),
    "101": ("Сто один сум 00 тийин", "Bir yuz bir soʻm 00 tiyin", "Бир юз бир сўм 00 тийин"),
    "200": ("Двести сум 00 тийин", "Ikki yuz soʻm 00 tiyin", "Икки юз сўм 00 тийин"),
    "1000": ("Одна тысяча сум 00 тийин", "Bir ming soʻm 00 tiyin", "Бир минг сўм 00 тийин"),
    "1001.50": ("Одна тысяча один сум 50 тийин", "Bir ming bir soʻm 50 tiyin", "Бир минг бир сўм 50 тийин"),
    "2000": ("Две тысячи сум 00 тийин", "Ikki ming soʻm 00 tiyin", "Икки минг сўм 00 тийин"),
    "5000": ("Пять тысяч сум 00 тийин", "Besh ming soʻm 00 tiyin", "Беш минг сўм 00 тийин"),
    "11000": ("Одиннадцать тысяч сум 00 тийин", "Oʻn bir ming soʻm 00 tiyin", "Ўн бир минг сўм 00 тийин"),
    "21000": ("Двадцать одна тысяча сум 00 тийин", "Yigirma bir ming soʻm 00 tiyin", "Йигирма бир минг сўм 00 тийин"),
    "22022": (
        "Двадцать две тысячи двадцать два сум 00 тийин",
        "Yigirma ikki ming yigirma ikki soʻm 00 tiyin",
        "Йигирма икки минг йигирма икки сўм 00 тийин",
    ),
    "100000": ("Сто тысяч сум 00 тийин", "Bir yuz ming soʻm 00 tiyin", "Бир юз минг сўм 00 тийин"),
    "1000000": ("Один миллион сум 00 тийин", "Bir million soʻm 00 tiyin", "Бир миллион сўм 00 тийин"),
    "1000001": ("Один миллион один сум 00 тийин", "Bir million bir soʻm 00 tiyin", "Бир миллион бир сўм 00 тийин"),
    "2001000": (
        "Два миллиона одна тысяча сум 00 тийин",
        "Ikki million bir ming soʻm 00 tiyin",
        "Икки миллион бир минг сўм 00 тийин",
    ),
    "20675226.07": (
        "Двадцать миллионов шестьсот семьдесят пять тысяч двести двадцать шесть сум 07 тийин",
        "Yigirma million olti yuz yetmish besh ming ikki yuz yigirma olti soʻm 07 tiyin",
        "Йигирма миллион олти юз етмиш беш минг икки юз йигирма олти сўм 07 тийин",
    ),
    "1000000000": ("Один миллиард сум 00 тийин", "Bir milliard soʻm 00 tiyin", "Бир миллиард сўм 00 тийин"),
    "3000000000000": ("Три триллиона сум 00 тийин", "Uch trillion soʻm 00 tiyin", "Уч триллион сўм 00 тийин"),
    "-1234.05": (
        "Минус одна тысяча двести тридцать четыре сум 05 тийин",
        "Minus bir ming ikki yuz oʻttiz toʻrt soʻm 05 tiyin",
        "Минус бир минг икки юз ўттиз тўрт сўм 05 тийин",
    ),
}


@pytest.mark.parametrize("amount", CASES)
def test_awkward_sums_in_three_languages(amount: str) -> None:
    assert tuple(in_words(Decimal(amount), language) for language in (RU, UZ, CYRL)) == CASES[amount]


#: What an Uzbek reader adds up: the words' own values, independent of how they were made.
VALUES = {
    "nol": 0, "bir": 1, "ikki": 2, "uch": 3, "toʻrt": 4, "besh": 5, "olti": 6, "yetti": 7, "sakkiz": 8, "toʻqqiz": 9,
    "oʻn": 10, "yigirma": 20, "oʻttiz": 30, "qirq": 40, "ellik": 50, "oltmish": 60, "yetmish": 70, "sakson": 80, "toʻqson": 90,
    "нол": 0, "бир": 1, "икки": 2, "уч": 3, "тўрт": 4, "беш": 5, "олти": 6, "етти": 7, "саккиз": 8, "тўққиз": 9,
    "ўн": 10, "йигирма": 20, "ўттиз": 30, "қирқ": 40, "эллик": 50, "олтмиш": 60, "етмиш": 70, "саксон": 80, "тўқсон": 90,
}  # fmt: skip
POWERS = {"ming": 10**3, "million": 10**6, "milliard": 10**9, "trillion": 10**12}
POWERS |= {"минг": 10**3, "миллион": 10**6, "миллиард": 10**9, "триллион": 10**12}


def read(words: str) -> int:
    total = group = 0
    for word in words.split():
        if word in ("yuz", "юз"):
            group *= 100
        elif word in POWERS:
            total, group = total + group * POWERS[word], 0
        else:
            group += VALUES[word]
    return total + group


@given(st.integers(0, int(LARGEST) - 1), st.sampled_from([UZ, CYRL]))
def test_who_reads_the_uzbek_words_gets_the_number(number: int, language: Language) -> None:
    assert read(whole_in_words(number, language)) == number


@pytest.mark.parametrize("amount", ["0.001", "1.999"])
def test_parts_of_a_tiyin_are_never_rounded_into_words(amount: str) -> None:
    with pytest.raises(ValueError, match="parts of a tiyin"):
        in_words(Decimal(amount), RU)


def test_what_is_larger_than_any_account_is_refused() -> None:
    with pytest.raises(ValueError, match="larger"):
        in_words(LARGEST, UZ)


@pytest.mark.parametrize(
    ("amount", "said"), [("0", "0,00"), ("999.9", "999,90"), ("1000", "1 000,00"), ("20675226.07", "20 675 226,07"), ("-5", "−5,00")]
)
def test_figures_have_groups_of_three_and_two_decimals(amount: str, said: str) -> None:
    assert money(Decimal(amount)) == said
