"""The supplier's man on the same sheet is not who signs the report."""

from __future__ import annotations

import pytest

from metering.pages import PageSource
from parsers.certainty.rereading import complete_signatory
from parsers.fields import extract
from parsers.pagefacts import read_page
from tests.parsers.typed import REPORT, typed

PAGE = f"""
             Акт снятия показаний приборов учета за ноябрь 2026 г.
{REPORT}
"""
COLUMNS = """{}                              {}
Директор ________ {}             Инженер ________ {}
"""


def signatory(foot: str, source: PageSource) -> str | None:
    (report,) = extract([typed(PAGE + foot, source=source, confidence=0.95)], "act.pdf", None)
    return report.signatory.value if report.signatory is not None else None


@pytest.mark.parametrize("source", list(PageSource))
@pytest.mark.parametrize(
    ("foot", "name"),
    [
        (COLUMNS.format("Потребитель", "Поставщик", "            ", "Рахимов Б.Т."), None),
        (COLUMNS.format("Потребитель", "Поставщик", "Каримов Ш.Р.", "Рахимов Б.Т."), "Каримов Ш.Р."),
        (COLUMNS.format("Поставщик  ", "Потребитель", "Рахимов Б.Т.", "Каримов Ш.Р."), "Каримов Ш.Р."),
        ("От потребителя: директор ________        От Veolia Energy: инженер ________ Рахимов Б.Т.", None),
        ("Теплоснабжающая организация: инженер ________ Рахимов Б.Т.\nАбонент: директор ________ Каримов Ш.Р.", "Каримов Ш.Р."),
        ("Представитель абонента: директор ________ Каримов Ш.Р.", "Каримов Ш.Р."),
        ("Справка выдана для предъявления в отдел расчетов ООО «Veolia Energy Tashkent».\nДиректор ________ Каримов Ш.Р.", "Каримов Ш.Р."),
        ("Директор ________ Каримов Ш.Р.\nГлавный бухгалтер ________ Юсупова Н.Н.", "Каримов Ш.Р."),
    ],
)
def test_the_name_of_the_supplier_s_man_is_none_of_who_signs(foot: str, name: str | None, source: PageSource) -> None:
    assert signatory(foot, source) == name


def test_specks_between_a_head_and_a_name_part_them_not() -> None:
    foot = "От Абонента:                            От поставщика:\nДиректор                                контролер\n"
    foot += ".\n    rr\n  ,\nки\n   о\n                                        ____ Алиева М.Д."
    assert signatory(foot, PageSource.OCR) is None


def test_the_supplier_s_man_of_another_reading_is_told_by_his_place() -> None:
    head = "Потребитель                              Поставщик\n"
    page = read_page(typed(PAGE + head + "Директор ________                        Инженер ________", source=PageSource.OCR))
    row = read_page(typed(".\n" * len((PAGE + head).strip("\n").split("\n")) + " " * 58 + "Рахимов Б.Т.", source=PageSource.OCR))
    assert row.single["signatory"] is not None
    complete_signatory(page, row)
    assert page.single["signatory"] is None
