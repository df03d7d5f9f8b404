"""The two ends of a printout's period: under a name of integrators, as a pair behind one label, days under their heads, in sentences."""

from __future__ import annotations

import pytest

from tests.parsers.test_fields_paper import on_paper, told
from tests.parsers.test_fields_samples import read, value

HEAD = "Договор № 08844    Потребитель: ООО «Сайхун Медиа Групп»\n"
HEAT = ("34330521", "628.586", "777.977", "149.391")

UNDER_A_NAME = """
Вычислитель Карат-307, Заводской номер: 34330521. Подсистема 1: отопление
                      Qот, Гкал    M1, т       M2, т       V1, м3      ВНР, ч
За месяц                149.391    8704.03     8684.79     8886.82       792
Показания интеграторов
25.12.2025              628.586   36178.96    35817.17    36902.54      4401
21.01.2026              777.977   44882.99    44501.96    45789.36      5193
"""
PAIR = """
Теплосчетчик ТЭМ-104   Зав. № 34330521   Система 1  (отопление)
Период: 25.12.2025 - 21.01.2026
Q нач./кон., Гкал  : 628.586 / 777.977      Q за период: 149.391
M1 нач./кон., т    : 25548.78 / 32507.85    M1 за период: 6959.07
V1 нач./кон., м3   : 25293.29 / 32237.88    V1 за период: 6944.59
"""
DAYS_UNDER_HEADS = """
Теплосчетчик ТЭМ-104 № 34330521
              Начало          Конец         Разность
Дата      25.12.2025     21.01.2026
Q, Гкал      628.586        777.977        149.391
M1, т       25548.78       32507.85        6959.07
V1, м3      25293.29       32237.88        6944.59
"""
SENTENCES = """
СПТ961 зав. № 34330521
Сутки       Qо, Гкал    M1, т      M2, т     НС
19.01.26     49.797*   2901.34   2894.93    --
20.01.26     49.797    2901.34#  2894.93    12
21.01.26     49.797    2901.34   2894.93    --
Сумма       149.391*   8704.02   8684.79
Счетчик на 24:00 18.01.26: 628.586 Гкал
Счетчик на 24:00 21.01.26: 777.977 Гкал
"""


@pytest.mark.parametrize("page", [UNDER_A_NAME, PAIR, DAYS_UNDER_HEADS, SENTENCES])
def test_both_ends_are_read_wherever_they_stand(page: str) -> None:
    for report in (read(HEAD + page), on_paper(HEAD + page)):
        assert [told(meter) for meter in report.meters] == [HEAT]
        assert value(report.reading_date) == "2026-01-21"


def test_a_pair_that_misses_what_was_used_is_not_certain() -> None:
    meter = read(HEAD + PAIR.replace("777.977", "777.877")).meters[0]
    assert meter.current is not None
    assert not meter.current.certain


def test_two_numbers_behind_one_label_are_no_pair() -> None:
    meters = read(HEAD + PAIR.replace("нач./кон., Гкал", "кон., Гкал     ")).meters
    assert all(meter.previous is None or not meter.previous.certain for meter in meters)


DAYS = """
Тепловычислитель ВКТ-9 зав. № 34330521
Дата           Q, Гкал    M1, т      M2, т     t1, °C    t2, °C    ВНР, ч
19.01.2026       49.797   2901.34   2894.93    76.07    54.22     24
20.01.2026       49.797   2901.34   2894.93    76.07    54.22     24
21.01.2026       49.797   2901.34   2894.93    76.07    54.22     24
Итого           149.391   8704.02   8684.79                       72
Интеграторы
Начало          628.586   36178.96    35817.17                 4401
Конец           777.977   44882.98    44501.96                 4473
"""


def test_the_last_of_the_days_is_that_of_the_readings_but_never_certain() -> None:
    read_on = read(HEAD + DAYS).reading_date
    assert read_on is not None
    assert (read_on.value, read_on.certain) == ("2026-01-21", False)


TWO_SYSTEMS = """
Тепловычислитель СПТ943 зав. № 34330521
             ТВ1 Q, Гкал   ТВ1 M1, т   ТВ2 Q, Гкал   ТВ2 M1, т
25.12.2025       628.586     36178.96        0.000        0.00
21.01.2026       777.977     44882.98        0.000        0.00
Разность         149.391      8704.02        0.000        0.00
"""


def test_a_second_system_of_zeros_is_not_in_use() -> None:
    for report in (read(HEAD + TWO_SYSTEMS), on_paper(HEAD + TWO_SYSTEMS)):
        assert [told(meter) for meter in report.meters] == [HEAT]


def test_a_second_system_that_counted_once_is_a_meter() -> None:
    report = read(
        HEAD + TWO_SYSTEMS.replace("0.000        0.00\n21", "7.250        0.00\n21").replace("0.000        0.00\nР", "7.250        0.00\nР")
    )
    assert [told(meter)[1:] for meter in report.meters] == [HEAT[1:], ("7.250", "7.250", "0.000")]
