"""What a calculator counted until the start and until the end of a month, however its program places it: heat, and no mass and no hours."""

from __future__ import annotations

import pytest

from metering.units import Unit
from parsers.fields import extract
from tests.parsers.read_twice import Print, scanned
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


BLOCKS["columns of two days, the later one first, under an empty corner"] = """
               31.10.2026   28.10.2026
Энергия, Гкал    8142.541     8123.410
Объем, м3       226878.13    226458.11
Часы работы         29296        29224

Расход за период: 19.131 Гкал
"""
BLOCKS["lines that begin with a preposition and hold heat alone"] = """
Показания интеграторов:
  на 28/10/26 24:00   Qо= 8123.410 Гкал
  на 31/10/26 24:00   Qо= 8142.541 Гкал
Расход: 19.131 Гкал
"""


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


MONTHS = """
Архив
     Месяц    На начало, Гкал   На конец, Гкал   За период, Гкал
октябрь 2026         8123.410         8142.541            19.131
сентябрь 2026        8110.006         8123.410            13.404
август 2026          8101.300         8110.006             8.706
"""


def test_of_months_that_go_on_from_each_other_the_last_is_reported_whichever_stands_first() -> None:
    title, head, *rows = MONTHS.strip("\n").split("\n")
    assert told(HEAD + MONTHS) == [WHOLE]
    assert told("\n".join([HEAD, title, head, *reversed(rows), DAYS])) == [WHOLE]


def counted(first: str, last: str) -> str:
    """A table of nine days with the index at the end of each; first, last: what stands above and below them."""
    rows = [f"{21 + n}.10.2026    {2 + n % 2}.000   {141 + n}.20   {8125 + 5 * (n // 2) + 2 * (n % 2) + 0.41:.3f}" for n in range(9)]
    return "\n".join([HEAD, "      Дата   Q, Гкал     M1, т   Q накопл., Гкал", *([first] if first else []), *rows, last])


def test_an_index_beside_each_day_is_told_by_the_last_day_and_by_one_before_the_first() -> None:
    total = "     Итого    22.000   1304.80"
    whole = told(counted("20.10.2026                       8123.410", total))
    assert whole == [("5763221", "8123.410", "8145.410", "22.000")]
    assert told(counted("", total)) == [("5763221", None, "8145.410", "22.000")], "the index before the first day is on no page"


def test_indexes_of_days_alone_need_their_difference() -> None:
    rows = [f"{21 + n}.10.2026   {8123.41 + 3 * n:.3f}   24.0" for n in range(9)]
    table = "\n".join([HEAD, "      Дата   Q на 24:00, Гкал   Tраб, ч", *rows])
    assert told(table + "\n  Разность        24.000   216.0") == [("5763221", "8123.410", "8147.410", "24.000")]
    assert told(table) == [("5763221", None, "8147.410", None)], "the first day's end need not be the month's beginning"


ON_PAPER = {
    "a head of which little was left, heat by its unit": """
     Показания счетчиков    Qrel, Гкал        МЬт   Tpa6, 4
       на начало периода      8123,410   43341,94   6210,00
        на конец периода      8142,541   47699,34   6930,00
              за период         19,131    4357,40    720,00
""",
    "the letter of heat taken for that of a mass": """
Показания счетчиков:
   Мтс = 8123,410 Гкал  (28.10.2026 24:00)
   Мтс = 8142,541 Гкал  (31.10.2026 24:00)

Расход за период: 19,131 Гкал
""",
    "a speck beside the title over two days": """
Показания интеграторов                                  *
Параметр     28.10.2026     31.10.2026     Разность
Q, Гкал        8123,410       8142,541       19,131
M1, т         226458,11      226878,13       420,02
""",
    "sentences under a year of stored values": """
N    Дата         Энергия, Гкал   Объем, м3
1    31.10.2026        8142,541       23112
2    28.09.2026        8123,410       22381
3    28.08.2026        8101,300       21758
Показание на 31.10.2026: 8142,541 Гкал
Показание на 28.09.2026: 8123,410 Гкал
Расход за месяц: 19,131 Гкал
""",
}


@pytest.mark.parametrize("block", ON_PAPER.values(), ids=ON_PAPER)
def test_integrators_of_which_the_first_reading_left_only_numbers_and_units_are_one_meter(block: str) -> None:
    printed = HEAD + block
    (report,) = extract([scanned(printed)], "scan.pdf", Print(printed))
    assert [tuple(v.value if v else None for v in (m.serial, m.previous, m.current, m.consumption)) for m in report.meters] == [WHOLE]


BETWEEN = """
      Дата   Ti, час   W, Гкал   Gпод, т   Gобр, т
Нач. показания   29224.0   8123.410   226458.11
29.10.2026      24.0     6.410    141.20    140.15
30.10.2026      24.0     5.611    138.80    138.02
31.10.2026      24.0     7.110    140.02    139.77
     Итого      72.0    19.131    420.02    417.94
Кон. показания   29296.0   8142.541   226878.13
"""
ONE_SPACE = """
Дата     W, Гкал Gпод, т Gобр, т Ti, ч
29.10.26   6.410  141.20  140.15  24.0
30.10.26   5.611  138.80  138.02  24.0
31.10.26   7.110  140.02  139.77  24.0
Итого     19.131  420.02  417.94  72.0

Показания интеграторов КМ-5  W, Гкал   М1, т     Тр, ч
на 31.10.2026 24:00         8142.541 226878.13 29296.0
на 29.10.2026 00:00         8123.410 226458.11 29224.0
Итого                         19.131    420.02    72.0
"""


@pytest.mark.parametrize("block", [BETWEEN, ONE_SPACE.replace("КМ-5  W", "КМ-5 W")])
def test_ends_before_and_behind_the_days_and_heads_a_plain_space_apart(block: str) -> None:
    (meter,) = extract([typed(HEAD + block)], "card.pdf")[0].meters
    fields = (meter.serial, meter.previous, meter.current, meter.consumption)
    assert tuple(field.value if field else None for field in fields) == WHOLE
