"""Words that make a page no plain report go to a person; the same words as a part of something else do not."""

from __future__ import annotations

import dataclasses

import pytest

from metering.pages import Page, PageSource
from metering.reports import Report
from parsers.fields import extract
from tests.parsers.typed import typed

PAGE = """
{}
Отчет о потреблении тепловой энергии за ноябрь 2026 г.
Договор № 03117      ИНН 301234567
Зав. №       Предыдущие     Текущие        Расход
4411223      593772,09      593810,50      38,41 Гкал
{}
"""


def read(above: str, below: str) -> Report:
    (report,) = extract([typed(PAGE.format(above, below))], "report.pdf", None)
    return report


@pytest.mark.parametrize(
    "words",
    [
        "ОБРАЗЕЦ",
        "Проект",
        "BEKOR QILINDI",
        "Намуна",
        "АННУЛИРОВАНО",
        "О Б Р А З Е Ц",
        "(образец заполнения)",
        "ҲАҚИҚИЙ ЭМАС",
        "переделать!",
        "НЕВЕРНО",
        "Noto‘g‘ri!",
    ],
)
def test_a_word_that_cancels_a_page_alone_on_its_line_is_a_caution(words: str) -> None:
    assert read(words, "").caution == words


@pytest.mark.parametrize(
    "sentence",
    [
        "Прибор учета вышел из строя, просим произвести начисление по договорной нагрузке.",
        "Hisoblagich nosoz, shartnomaviy yuklama bo‘yicha hisoblashingizni so‘raymiz.",
        "Ҳисоблагич носоз, шартномавий юклама бўйича ҳисоблашингизни сўраймиз.",
        "В связи с тем, что теплосчетчик находится на\nповерке, просим учесть.",
        "Ҳисоблагич қиёсловга топширилган.",
        "Прибор зав. № 4411223 демонтирован 25.10.2026, установлен новый прибор зав. № 5511223.",
        "Hisoblagich № 4411223 yechib olindi, o‘rniga № 5511223 o‘rnatildi.",
        "Ҳисоблагич № 4411223 ечиб олинди, ўрнига № 5511223 ўрнатилди.",
        "Исправленному верить.",
        "Tuzatilganga ishonilsin",
        "Исправлено: 593815,50",
        "Показания указаны ориентировочно.",
        "Ko‘rsatkichlar taxminiy.",
        "Расход определен расчетным путем по среднему за предыдущие месяцы.",
        "Сарф ўтган ойлар ўртачаси бўйича ҳисобланган.",
    ],
)
def test_a_sentence_that_a_meter_does_not_work_or_was_changed_or_a_number_corrected_is_a_caution(sentence: str) -> None:
    assert read("", sentence).caution


@pytest.mark.parametrize(
    "title", ["СЧЕТ-ФАКТУРА № 4417 от 30.11.2026", "HISOBVARAQ-FAKTURA № 12, 30.11.2026", "Акт сверки взаимных расчетов"]
)
def test_a_paper_about_money_is_no_report(title: str) -> None:
    assert read(title, "").caution


@pytest.mark.parametrize(
    "line",
    [
        "Проект реконструкции узла учёта утверждён",
        "Прибор учета исправен, неисправностей нет. Дата поверки: 12.03.2025",
        "Прибор исправен",
        "Договорная нагрузка: 0,125 Гкал/ч",
        "Счет-фактура прилагается к отчету № 4",
        "Просим выставить счет-фактуру № 4417 от 30.11.2026",
        "Среднее за предыдущие месяцы: 40,11 Гкал",
        "Hisoblagich soz, nosozliklar yo‘q",
        "Если прибор учета вышел из строя, начисление производится по договорной нагрузке.",
        "Прибор учета установлен по адресу: ул. Навои, 5",
        "При замене прибора учета укажите показания обоих.",
        "Agar hisoblagich nosoz bo‘lsa, hisob shartnomaviy yuklama bo‘yicha yuritiladi.",
        "",
    ],
)
def test_what_only_holds_such_a_word_is_none(line: str) -> None:
    assert read(line, line).caution == ""


@pytest.mark.parametrize(
    ("turned", "caution"), [("О Б Р А З Е Ц", "О Б Р А З Е Ц"), ("НЕДЕЙСТВИТЕЛЬНО",) * 2, ("АННУЛИРОВАНС |",) * 2, ("Для документов", "")]
)
def test_such_a_word_across_the_page_is_a_caution(turned: str, caution: str) -> None:
    page = dataclasses.replace(typed(PAGE), turned=("Karbon Plaza", turned))
    (report,) = extract([page], "report.pdf", None)
    assert report.caution == caution


def test_an_empty_page_says_nothing() -> None:
    (report,) = extract([Page(1, 595, 842, (), PageSource.OCR)], "scan.pdf", None)
    assert report.caution == ""


@pytest.mark.parametrize(
    ("contracts", "caution"),
    [
        ("Договор № 03117 и 04321", "03117 и 04321"),
        ("Договор № 03117, № 04321", "03117, № 04321"),
        ("03117 va 04321-sonli shartnoma", "03117 va 04321"),
        ("Договор № 03117 / ИНН 301234567", ""),
        ("Договор № 03117, 12.01.2024 г.", ""),
        ("Договор № 03117 и № 03117", ""),
    ],
)
def test_two_contracts_in_one_place_are_a_caution(contracts: str, caution: str) -> None:
    (report,) = extract([typed(PAGE.format("", "").replace("Договор № 03117      ИНН 301234567", contracts))], "report.pdf", None)
    assert report.contract_number is not None
    assert report.caution == caution
