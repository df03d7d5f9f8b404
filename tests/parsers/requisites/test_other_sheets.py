"""A sheet about something else, signed and stamped, signs no report that it came with."""
# ruff: noqa: E501 - letters

from __future__ import annotations

import pytest

from parsers.fields import extract
from parsers.requisites.other_sheets import is_about_something_else
from tests.parsers.typed import typed

REPORT = "Договор № 03117\nЗав. № 4411223 предыдущее 1,00 текущее 2,50 расход 1,50 Гкал"


def about_something_else(sheet: str) -> bool:
    pages = [typed(REPORT), typed(sheet, 2)]
    return is_about_something_else(pages[1], extract(pages, "two.pdf"))


@pytest.mark.parametrize(
    "sheet",
    [
        "Директору ГУП «Toshissiqquvvati»\nПросим направить в наш адрес акт сверки взаимных расчетов и счет-фактуру\nза прошедший квартал по договору № 03117.\nДиректор ______ Каримов А.А.\nМ.П. Исполнитель Юсупова Д.К.",
        "«Toshissiqquvvati» DUK rahbariga\nO‘tgan chorak uchun o‘zaro hisob-kitoblar dalolatnomasini va hisobvaraq-fakturani elektron pochtamizga yuborishingizni so‘raymiz.\nDirektor ______ Karimov A.A.\nIjrochi: Yusupova Dilnoza",
    ],
)
def test_a_letter_that_speaks_of_no_readings_is(sheet: str) -> None:
    assert about_something_else(sheet)


@pytest.mark.parametrize(
    "sheet",
    [
        "Главный энергетик ______ Каримов А.А.\nГлавный бухгалтер ______ Юсупова Д.К.\nМ.П.\nДата составления: 24.11.2026\nИсполнитель: Петренко В.В.",
        "Директору ГУП «Toshissiqquvvati»\nНаправляем Вам отчет за ноябрь 2026 года по договору № 03117 на одном листе, подписанный и заверенный печатью организации.\nДиректор ______ Каримов А.А.",
        "Зав. № 4411224 5,00 7,50 2,50 Гкал\nДиректор ______ Каримов А.А. Главный бухгалтер ______ Юсупова Д.К. Печать организации и подписи лиц, ответственных за достоверность, ставятся здесь",
    ],
)
def test_the_end_of_a_report_a_letter_with_it_and_its_further_meters_are_not(sheet: str) -> None:
    assert not about_something_else(sheet)
