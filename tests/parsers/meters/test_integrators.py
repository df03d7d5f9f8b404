"""What a calculator counted until the start and until the end of a month, however its program places it: heat, and no mass and no hours."""

from __future__ import annotations

import pytest

from metering.units import Unit
from parsers.fields import extract
from tests.parsers.typed import ruled, typed

HEAD = """
                    Карточка теплосчетчика
              за период с 01.10.2026 по 31.10.2026
Абонент: ООО «Сув Йўли»      Договор № 03117
Теплосчетчик СТУ-1   Зав. № 5763221
"""
DAYS = """
      Дата   Gпод, т   Gобр, т   W, Гкал   Ti, ч
29.10.2026    141.20    140.15     6.410    24.0
30.10.2026    138.80    138.02     5.611    24.0
31.10.2026    140.02    139.77     7.110    24.0
     Итого    420.02    417.94    19.131    72.0
"""
WHOLE = ("5763221", "8123.410", "8142.541", "19.131")

BLOCKS = {
    "rows known by words, a mass before heat": """
   Параметр      G1, т    E, Гкал     ВНР, ч
Нач. знач.   226458.11   8123.410    29224.0
Кон. знач.   226878.13   8142.541    29296.0
     Разн.      420.02     19.131       72.0
""",
    "rows named by what was counted, the end first, under a title as wide as three columns": """
Показания тотальных счетчиков
       Наименование   E [Гкал]     m1 [т]  Tраб [ч]
 Накоплено на конец   8142.541  226878.13   29296.0
Накоплено на начало   8123.410  226458.11   29224.0
За период               19.131     420.02      72.0
""",
    "rows known by days behind words, heat last": """
Значения интеграторов на 24:00
                 Дата/время      m1, т    W, Гкал   ВНР, ч
    Показания на 31.10.2026  226878.13   8142.541  29296.0
    Показания на 28.10.2026  226458.11   8123.410  29224.0
                     Расход     420.02     19.131     72.0
""",
    "columns of two days, the later one first, under a title": """
Значения интеграторов на 24:00
Наименование  31.10.2026 24:00  28.10.2026 24:00  За период
       M1, т         226878.13         226458.11     420.02
     E, Гкал          8142.541          8123.410     19.131
      ВНР, ч           29296.0           29224.0       72.0
""",
    "columns of what was counted": """
 Параметр  Ед.изм.  Накоплено на конец  Накоплено на начало  Накоплено за период
      Qтс     Гкал            8142.541             8123.410               19.131
       M1        т           226878.13            226458.11               420.02
""",
    "lines under a title that names both ends": """
Показания счетчиков на начало и конец отчетного периода
на 28.10.2026 24:00   Q= 8123.410 Гкал   M1= 226458.11 т
на 31.10.2026 24:00   Q= 8142.541 Гкал   M1= 226878.13 т
За период:   Q= 19.131 Гкал   M1= 420.02 т
""",
}


def told(text: str) -> list[tuple[str | None, ...]]:
    page = ruled(text) if "│" in text else typed(text)
    (report,) = extract([page], "printout.pdf")
    assert all(meter.unit is Unit.GCAL for meter in report.meters)
    return [
        tuple(value.value if value is not None else None for value in (m.serial, m.previous, m.current, m.consumption))
        for m in report.meters
    ]


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_integrators_stand_alone_above_or_below_the_days(block: str) -> None:
    assert told(HEAD + block) == [WHOLE]
    assert told(HEAD + block + DAYS) == [WHOLE]
    assert told(HEAD + DAYS + block) == [WHOLE]


STORED = """
Показания на конец месяца
┌───┬────────────┬──────────┬───────────┐
│ № │ Дата записи│ E1, Гкал │    V1, м3 │
├───┼────────────┼──────────┼───────────┤
│ 1 │ 31.08.2026 │ 8101,300 │ 386090,40 │
├───┼────────────┼──────────┼───────────┤
│ 2 │ 30.09.2026 │ 8123,410 │ 386458,11 │
├───┼────────────┼──────────┼───────────┤
│ 3 │ 31.10.2026 │ 8142,541 │ 386878,13 │
└───┴────────────┴──────────┴───────────┘
"""


def test_stored_months_are_indexes_and_their_numbers_are_none() -> None:
    assert told(HEAD + STORED) == [("5763221", "8123.410", "8142.541", None)]
