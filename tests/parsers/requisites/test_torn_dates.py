"""The date of a report of which ink left a part, or nothing but the row it stands on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.pages import Box, PageSource, Word
from metering.reports import Field
from parsers.fields import extract
from tests.parsers.typed import LINE, MARGIN, typed

PAGE = """
             Отчет о потреблении тепловой энергии за ноябрь 2026 г.
Договор № 03117      ИНН 301234567
Дата снятия показаний: 23.11.2026

Зав. №       Предыдущие     Текущие        Расход
4411223      593772,09      593810,50      38,41 Гкал

{}
Директор             Каримов Ш.Р.
"""
ROW = MARGIN + 7 * LINE


def report_date(printed: str, alone: str) -> Field | None:
    """printed: the row of the report's date as the page has it; alone: as it is read by itself."""
    page = typed(PAGE.format(printed), source=PageSource.OCR, confidence=0.95)
    stroke = Word("OP", 0.24, Box(150, ROW - 4, 190, ROW + 30))  # far higher than the row: ink

    def row(_: int, place: Box) -> tuple[Word, ...]:
        words = typed(alone, source=PageSource.OCR, confidence=0.9).words
        moved = (replace(word, box=replace(word.box, top=ROW, bottom=ROW + 10)) for word in words)
        return tuple(moved) if abs(place.top - ROW) < 5 else ()

    (report,) = extract([replace(page, words=(*page.words, stroke))], "scan.pdf", row=row)
    return report.report_date


@pytest.mark.parametrize(("printed", "alone"), [("Дата составления:", "Дата составления: 25.14:2026"), ("", "Дата составления: 25.1)202")])
def test_a_day_behind_its_label_says_that_the_date_is_there(printed: str, alone: str) -> None:
    """Ink hid the rest of the date, and the label as well."""
    found = report_date(printed, alone)
    assert found is not None
    assert (found.value, found.certain, found.note) == ("2026-11-25", False, "partly covered")


@pytest.mark.parametrize("alone", ["Дата составления: 242026 г.", "Дата составления: 249942026 г.", "Дата составления: 2026 Val 24 hoedr"])
def test_day_and_year_behind_the_label_say_so_though_the_month_is_lost(alone: str) -> None:
    found = report_date("Дата составления:", alone)
    assert found is not None
    assert (found.value, found.certain) == ("2026-11-24", False)


@pytest.mark.parametrize(
    "alone",
    [
        "Дата составления: ____ 20__ г.",
        "Дата составления:",
        "А.Б. Каримов 25.1",
        "Дата составления: 2026 г.",
        "Дата составления: 122026 г.",
        "Дата составления: 242025 г.",
        "Дата составления: 2026 yil 24",
    ],
)
def test_a_blank_is_no_date(alone: str) -> None:
    assert report_date("Дата составления:", alone) is None
