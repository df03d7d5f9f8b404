"""Organisations without quotation marks: at the head of a letter by what they are, in a sentence by their legal form."""

from __future__ import annotations

import pytest

from parsers.page.marked import mark
from parsers.requisites.plain_names import formed_in_text
from tests.parsers.test_fields_samples import read, value
from tests.parsers.typed import typed

REST = """
Отчет за ноябрь 2026 г.
Договор № 03117
Дата снятия показаний: 23.11.2026
зав. № 4411223: предыдущее 1,00, текущее 2,50, расход 1,50 Гкал

Директор ____________ Каримов Ш.Р.
"""


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Республиканский центр онкологии\n100174, г. Ташкент, ул. Фароби, 383", "Республиканский центр онкологии"),
        ("ТАШКЕНТСКИЙ ТЕКСТИЛЬНЫЙ КОМБИНАТ\nг. Ташкент, ул. Пахтакор, 5", "ТАШКЕНТСКИЙ ТЕКСТИЛЬНЫЙ КОМБИНАТ"),
        ("Мы, нижеподписавшиеся, ООО Ситора Текс в лице директора Каримова Ш.Р.", "ООО Ситора Текс"),
        ("Мы, нижеподписавшиеся, представитель Детский сад № 341 заведующая Каримова Ш.Р.", "Детский сад № 341"),
        ("Мы, нижеподписавшиеся, от Абонента Школа № 87 (договор № 03117) директор Каримов Ш.Р.", "Школа № 87"),
    ],
)
def test_an_organisation_is_named_without_quotation_marks(head: str, name: str) -> None:
    organization = read(head + REST).organization
    assert value(organization) == name


@pytest.mark.parametrize(
    "head",
    [
        "Метрологический центр теплоснабжения\n100011, г. Ташкент, ул. Навои, 5",
        "Республиканский центр онкологии\nсообщает показания",
        "В расчетный центр\n100011, г. Ташкент, ул. Навои, 5",
    ],
)
def test_no_addressee_nor_a_line_of_words_is_one(head: str) -> None:
    assert read(head + REST).organization is None


@pytest.mark.parametrize(("text", "named"), [("в лице ЧП Каримов Ш.Р. и", False), ("в лице ЧП Каримов Сервис и", True)])
def test_a_person_behind_a_legal_form_is_no_name_of_its_own(text: str, named: bool) -> None:
    page = mark(typed(text))
    assert (formed_in_text(page, page.lines[0]) is not None) == named
