"""What a calculator tells beside heat: masses in the words of readings, integrators under their name, days and numbers in headings."""

from __future__ import annotations

import pytest

from tests.parsers.test_fields_paper import on_paper, told
from tests.parsers.test_fields_samples import read, value

LIST = """
Договор № 04017    Потребитель: ООО «Тошкент Совук Занжири»
Теплосчетчик ТЭМ-104   Зав. № 8864505   Система 1  (отопление)
Начало периода   : 25.12.2025 23:59
Конец периода    : 21.01.2026 23:59
Q нач., Гкал     : 628.586
Q кон., Гкал     : 777.977
Q за период, Гкал: 149.391
M1 нач./кон., т  : 25548.78 / 32507.85      M1 за период: 6959.07
M2 нач./кон., т  : 25293.29 / 32237.88      M2 за период: 6944.59
t1 ср.= 77.79 °C    t2 ср.= 55.84 °C
Траб = 646.50 ч   Tdt = 0.00 ч
"""
HEAT = ("8864505", "628.586", "777.977", "149.391")


@pytest.mark.parametrize("page", [LIST, LIST.replace("M1 нач", "Ml нач")])
def test_masses_told_in_the_words_of_readings_are_no_meter(page: str) -> None:
    for report in (read(page), on_paper(page)):
        assert [told(meter) for meter in report.meters] == [HEAT]


def test_a_number_in_a_unit_that_meters_count_in_is_one_whatever_stands_before_it() -> None:
    page = "Договор № 04017\nЗав. № 8864505\nМасса M1 нач.: 628.586 Гкал\nМасса M1 кон.: 777.977 Гкал\nРасход: 149.391 Гкал"
    assert [told(meter) for meter in read(page).meters] == [HEAT]
    page = "Договор № 04017\nЗав. № 8864505\nM1 = 25548.78 т, на начало 628.586, на конец 777.977\nРасход: 149.391 Гкал"
    assert [told(meter) for meter in read(page).meters] == [HEAT]


def test_the_day_behind_the_end_of_a_period_is_that_of_the_readings() -> None:
    assert value(read(LIST).reading_date) == "2026-01-21"
    torn = read(LIST.replace("Конец периода    : 21.01.2026 23:59\n", "")).reading_date
    assert torn is not None
    assert not torn.certain


CARD = """
Договор № 08844    Потребитель: ООО «Сайхун Медиа Групп»
Вычислитель Карат-307, Заводской номер: 34330521. Подсистема 1: отопление
                      Qот, Гкал    M1, т       M2, т       V1, м3      ВНР, ч
За месяц                186.198    8704.03     8684.79     8886.82       792
Интеграторы
Конец: 24.10.2025     50169.742   44882.99    44501.96    45789.36      5193
Начало: 21.09.2025    49983.544   36178.96    35817.17    36902.54      4401
"""


def test_integrators_under_their_name_stand_in_the_columns_of_what_was_used() -> None:
    for report in (read(CARD), on_paper(CARD)):
        assert [told(meter) for meter in report.meters] == [("34330521", "49983.544", "50169.742", "186.198")]
        assert value(report.reading_date) == "2025-10-24"


def test_of_the_sum_of_all_meters_below_integrators_none_is_one_meters_consumption() -> None:
    report = read(CARD + "Всего по объекту Qот:   222.755 Гкал\n")
    assert [told(meter) for meter in report.meters] == [("34330521", "49983.544", "50169.742", "186.198")]


TWO = """
Договор № 14323    Наименование абонента: ЧП «Мамажонов Дилшод»
1. Теплосчетчик ТСРВ-034 №6619813. Теплосистема ТС1 «Отопление»
Параметр       Ед.     Начало периода    Конец периода     За период
Qтс1           Гкал             73,03           301,52        228,49
M1             т            39 080,23        50 256,89     11 176,66

2. Водосчетчик ВСГН-40 №25358464. Горячее водоснабжение
Параметр       Ед.     Начало периода    Конец периода     За период
Vгвс           м³            4 254,92         4 549,42        294,50
"""


def test_a_number_sign_in_a_heading_names_the_meter_of_the_table_below() -> None:
    for report in (read(TWO), on_paper(TWO)):
        assert [told(meter) for meter in report.meters] == [
            ("6619813", "73.03", "301.52", "228.49"),
            ("25358464", "4254.92", "4549.42", "294.50"),
        ]
        assert [meter.unit and meter.unit.value for meter in report.meters] == ["Gcal", "m3"]


def test_rows_without_a_name_beside_one_in_tonnes_or_hours_are_no_meters() -> None:
    table = (
        TWO.partition("\n\n")[0].replace("M1             т   ", "МЬт                ")
        + "\nт.ч            ч             8 000,0          8 744,0         744,0\n"
    )
    assert [told(meter) for meter in on_paper(table).meters] == [("6619813", "73.03", "301.52", "228.49")]


def test_all_numbers_of_a_line_that_a_mass_opens_are_its() -> None:
    page = """
Договор № 04017    Прибор КМ-5 № 8864505
Показания интегратора {heat}: на начало 628.586, на конец 777.977, расход 149.391
Показания интегратора {mass}: на начало 2360.40, на конец 3828.40, расход 1468.00
"""
    one = page.format(heat="Q, Гкал", mass="M1, т")
    for report in (read(one), on_paper(one)):
        assert [told(meter) for meter in report.meters] == [HEAT]
    two = page.format(heat="M1, т", mass="M2, т") + "Тепло, Гкал: на начало 628.586, на конец 777.977, расход 149.391"
    assert [told(meter) for meter in read(two).meters] == [HEAT]
