"""Names and addresses are compared blind to alphabet, legal form, quotes and the noise of OCR, and still told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validation.identity import ALIKE, CLEARLY_DIFFERENT
from validation.likeness import address_likeness, organization_likeness, skeleton

SAME_NAMES = [
    ("ООО «Навруз Савдо»", "«Navruz Savdo» MChJ"),
    ("«Наврўз Савдо» МЧЖ", "ООО «Навруз Савдо»"),
    ("ЧП «Зарафшан Текстиль»", "«Zarafshon Tekstil» XK"),
    ('Общество с ограниченной ответственностью "Чинор"', "CHINOR MCHJ"),
    ("АО «Ғалла-Алтег»", '"G‘alla-Alteg" AJ'),
    ("ООО «O'ZBEGIM»", "Ўзбегим МЧЖ"),
    ("ГУ «Школа № 145»", "145-сонли умумтаълим мактаби"),
    ("ГУ «Школа №145»", "145-sonli umumta’lim maktabi"),
    ("Гостиница «Дархан»", "«Darxon» mehmonxonasi"),
    ("ООО «Баракат Фуд»", "ООО Бapaкaт Фуд"),  # Latin letters in a Cyrillic word, as OCR with rus+eng gives them
    ("ООО «Баракат Фуд»", "000 <Баракат Фул»"),
    ("АКБ «Туркистон» филиал «Шайхонтохур»", "филиал Шайхонтохур АКБ Туркистон"),
    ("YaTT Ahmedov I.K.", "ЯТТ Аҳмедов И.К."),
]
OTHER_NAMES = [
    ("ООО «Навруз Савдо»", "ООО «Баракат Фуд»"),
    ("ГУ «Школа № 145»", "ГУ «Школа № 146»"),
    ("ООО «Мирзо Плаза»", "ООО «Техно-Импульс»"),
    ("ООО", "ООО «Мирзо Плаза»"),
    ("«Сервис»", "ООО «Узметкомбинат Сервис»"),
]


@pytest.mark.parametrize(("here", "there"), SAME_NAMES)
def test_one_name_in_two_spellings_is_alike(here: str, there: str):
    assert organization_likeness(here, there) >= ALIKE
    assert organization_likeness(there, here) >= ALIKE


@pytest.mark.parametrize(("here", "there"), OTHER_NAMES)
def test_two_names_are_not_alike(here: str, there: str):
    assert organization_likeness(here, there) < ALIKE
    assert organization_likeness(there, here) < ALIKE


def test_names_without_a_common_word_are_clearly_different():
    assert organization_likeness("ООО «Навруз Савдо»", "ООО «Баракат Фуд»") < CLEARLY_DIFFERENT
    assert organization_likeness("ГУ «Школа № 145»", "ГУ «Школа № 146»") < CLEARLY_DIFFERENT


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("г. Ташкент, Яккасарайский р-н, ул. Амира Темура, д. 112", "Toshkent sh., Yakkasaroy tumani, Amir Temur ko‘chasi, 112-uy"),
        ("100000, г Ташкент, Юнусабадский район, ул. Фаргона йули, 125", "Тошкент ш., Юнусобод тумани, Фарғона йўли, 125-уй"),
        ("Toshkent shahri Mirobod tumani Mustaqillik shoh kochasi 152", "Тошкент ш., Миробод тумани, Мустақиллик шоҳ кўчаси, 152-уй"),
    ],
)
def test_one_address_in_two_spellings_is_alike(here: str, there: str):
    streets, same_house = address_likeness(here, there)
    assert streets >= ALIKE
    assert same_house


def test_another_house_in_the_same_street_is_seen():
    assert address_likeness("ул. Лабзак, 12а", "ул. Лабзак, 12б") == (1.0, False)


def test_another_street_is_clearly_different():
    streets, same_house = address_likeness(
        "г. Ташкент, Сергелийский район, ул. Лабзак, 4", "г. Ташкент, Юнусабадский район, ул. Паркентская, 92"
    )
    assert streets < CLEARLY_DIFFERENT
    assert not same_house


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_have_a_likeness_and_a_name_is_like_itself(here: str, there: str):
    assert 0 <= organization_likeness(here, there) <= 1
    assert 0 <= address_likeness(here, there)[0] <= 1
    assert organization_likeness(here, here) in (0.0, 1.0)


@given(st.text(max_size=20))
def test_a_skeleton_holds_latin_letters_and_digits_only(word: str):
    assert all(letter in "abcdefghijklmnopqrstuvwxyz0123456789" for letter in skeleton(word))
