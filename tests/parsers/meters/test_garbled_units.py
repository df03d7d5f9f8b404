"""Units in a column of their own, as a scan leaves them."""

from __future__ import annotations

import pytest

from metering.pages import PageSource
from metering.units import Unit
from parsers.fields import extract
from tests.parsers.typed import typed

PAGE = """
Абонент: ООО «Анор Маркет»
Номер договора 18575
Дата снятия показаний 22.10.2025

№   Тип прибора   Заводской №   Предыдущее    Текущее     Разность     Ед. изм.
1   ТЭМ-104       9109285       23139,27      23333,02      193,75     {0}
2   ТЭМ-104       9109286       3139,27       3333,02       193,75     {0}
"""


@pytest.mark.parametrize(
    ("unit", "known"),
    [
        ("ГДж", Unit.GJ),
        ("УТДж", Unit.GJ),  # «GJ / ГДж»
        ("ЦДж", Unit.GJ),
        ("МДж", None),
        ("УМДж", None),
        ("кДж", None),
        ("MJ", None),
    ],
)
def test_a_torn_unit_is_the_one_it_is_like_and_never_one_a_thousand_times_larger(unit: str, known: Unit | None) -> None:
    (report,) = extract([typed(PAGE.format(unit), source=PageSource.OCR, confidence=0.9)], "scan.pdf")
    assert [meter.unit for meter in report.meters] == [known, known]
