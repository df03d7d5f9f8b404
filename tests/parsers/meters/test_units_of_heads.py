"""Units in a further row of a head hold for its columns, one in a sum for all that it adds up; kinds by a cell that OCR garbled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.pages import PageSource
from metering.units import MeterKind, Unit
from parsers.fields import extract
from parsers.meters.kinds import misread_kind
from tests.parsers.read_twice import Print, read, scanned
from tests.parsers.typed import ruled

THIRD_ROW = """
Hisobot, 2026-yil noyabr      Shartnoma № 00333

┌────┬────────────┬───────────────┬────────────┬────────────┬──────────┐
│ №  │ Tizim      │ Zavod raqami  │ Oldingi    │ Joriy      │ Sarf     │
│    │            │               │ ko‘rsatkich│ ko‘rsatkich│          │
├────┼────────────┼───────────────┼────────────┼────────────┼──────────┤
│    │            │               │ 23.10.2026 │ 24.11.2026 │          │
├────┼────────────┼───────────────┼────────────┼────────────┼──────────┤
│    │            │               │ Gkal       │ Gkal       │ Gkal     │
├────┼────────────┼───────────────┼────────────┼────────────┼──────────┤
│ 1  │ Isitish    │ 863503        │ 385527,77  │ 385806,22  │ 278,45   │
├────┼────────────┼───────────────┼────────────┼────────────┼──────────┤
│ 2  │ Issiq suv  │ 902140        │ 925,73     │ 941,33     │ 15,60    │
├────┼────────────┼───────────────┼────────────┼────────────┼──────────┤
│    │ Jami       │               │            │            │ 294,05   │
└────┴────────────┴───────────────┴────────────┴────────────┴──────────┘
"""


@pytest.mark.parametrize("torn", ["Gkal", "Gkai"])
def test_units_in_a_third_row_of_the_head_are_those_of_its_columns(torn: str) -> None:
    page = ruled(THIRD_ROW.replace("│ Gkal     │", f"│ {torn}     │"))
    meters = extract([replace(page, source=PageSource.OCR)], "report.pdf")[0].meters
    assert [(m.kind, m.unit) for m in meters] == [(MeterKind.HEAT, Unit.GCAL), (MeterKind.HOT_WATER, Unit.GCAL)]


def test_what_adds_up_to_one_sum_has_one_unit() -> None:
    text = """
Отчет за ноябрь 2026 г.  Договор № 03117
Зав. №     Система     Предыдущие   Текущие   Расход   Ед. изм.
4411223    Отопление   593,09       631,50    38,41    Гкал
4411224    ГВС         20,10        31,60     11,50    ~
Итого                                         49,91
"""
    assert [m.unit for m in read(scanned(text), Print(text)).meters] == [Unit.GCAL, Unit.GCAL]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Tec", MeterKind.HOT_WATER),
        ("issiq", MeterKind.HOT_WATER),
        ("Omonnenue", MeterKind.HEAT),
        ("lsitish", MeterKind.HEAT),
        ("issiqlk", None),
    ],
)
def test_a_garbled_cell_tells_its_kind_where_it_is_like_one(text: str, kind: MeterKind | None) -> None:
    assert misread_kind(text) is kind


@pytest.mark.parametrize("text", ["", "Нет", "Тип", "котельная", "здание 2", "Гкал", "сув"])
def test_other_words_tell_no_kind(text: str) -> None:
    assert misread_kind(text) is None
