"""A calculator's systems in columns, in blocks of what stood at each end of the period."""

from __future__ import annotations

import pytest

from metering.units import MeterKind, Unit
from tests.parsers.test_fields_paper import on_paper, told
from tests.parsers.test_fields_samples import read, value

BLOCKS = """
Договор № 27103      Отчетный месяц: февраль 2026
ТЭМ-106   Интегральные значения
                     Система 1     Система 2
{serials}
На 24.01.2026 24:00
Q, Гкал                 49.324        98.634
M1, т                  1085.13       2071.31
Tр, ч                  8123.40       8123.40
На 23.02.2026 24:00
Q, Гкал                122.614       157.580
M1, т                  2697.51       3309.18
Tр, ч                  8843.40       8843.40
Разность
Q, Гкал                 73.290        {used}
M1, т                  1612.38       1237.87
Tр, ч                   720.00        720.00
"""
SERIALS = "Зав. номер             1611306       1350535"


def test_each_system_has_the_numbers_of_its_column_in_all_blocks() -> None:
    text = BLOCKS.format(serials=SERIALS, used="58.946")
    for report in (read(text), on_paper(text)):
        assert [(m.kind, m.unit, *told(m)) for m in report.meters] == [
            (MeterKind.HEAT, Unit.GCAL, "1611306", "49.324", "122.614", "73.290"),
            (MeterKind.HEAT, Unit.GCAL, "1350535", "98.634", "157.580", "58.946"),
        ]
        assert value(report.reading_date) == "2026-02-23"
        assert all(field.certain for m in report.meters for field in (m.serial, m.previous, m.current) if field is not None)


@pytest.mark.parametrize(("serials", "used"), [("Зав. номер  1611306", "58.946"), (SERIALS, "58.964"), (SERIALS, "")])
def test_a_system_that_lacks_its_serial_or_its_sum_is_not_certain(serials: str, used: str) -> None:
    text = BLOCKS.format(serials=serials, used=used)
    for report in (read(text), on_paper(text)):
        sure = [all(f is not None and f.certain for f in (m.serial, m.previous, m.current, m.consumption)) for m in report.meters]
        assert not all(sure)
