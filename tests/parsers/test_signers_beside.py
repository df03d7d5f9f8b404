"""Who signs at the right of a narrow table, or of a calculator's tape glued to the sheet."""

from __future__ import annotations

from metering.pages import Box, Word
from parsers.fields import extract
from tests.parsers.read_twice import scanned
from tests.parsers.test_fields_paper import told
from tests.parsers.test_fields_samples import read, value

TAPE = """
Договор № 59036     Организация: ООО «Мадина Нон Савдо»

СПТ-941.20   Зав. N 34455322
ОТЧЕТ ЗА МЕСЯЦ
ТВ1 25-09-26 / 24-10-26
Qтв, Гкал
на нач. ..... 609670.72          Главный энергетик
на кон. ..... 609912.37
за период ...... 241.65          ________ Ходжаев М.Ф.
M1, т
на нач. ...... 28790.02          «26» октября 2026 г.
на кон. ...... 41757.65
за период .... 12967.62          М.П.
M2, т
на нач. ...... 28502.12
"""

TABLE = """
Договор № 35071     Организация: ООО «Лола Косметик»
Теплосчетчик ТСРВ-026 № 39162027
Показания счетчиков    Qтс1, Гкал   M1, т
на 25.09.2026 00:00    702148,835   10640,77      Энергетик
на 24.10.2026 24:00    702231,357   14703,46      ________ Собиров С.Р.
Разность                   82,522    4062,69
"""


def test_the_date_and_the_name_beside_a_tape_are_of_the_report() -> None:
    report = read(TAPE)
    assert value(report.report_date) == "2026-10-26"
    assert (value(report.position), value(report.signatory)) == ("Главный энергетик", "Ходжаев М.Ф.")
    assert [told(meter) for meter in report.meters] == [("34455322", "609670.72", "609912.37", "241.65")]


def test_the_last_rows_of_a_table_stay_with_it_where_who_signs_stands_beside_it() -> None:
    report = read(TABLE)
    assert [told(meter) for meter in report.meters] == [("39162027", "702148.835", "702231.357", "82.522")]
    assert (value(report.position), value(report.signatory)) == ("Энергетик", "Собиров С.Р.")


def test_a_covered_name_beside_a_table_is_asked_of_the_row_at_the_tables_right() -> None:
    torn = TABLE.replace("Энергетик", "Энергетик ~^v ~#~").replace("________ Собиров С.Р.", "")
    asked = []

    def row(number: int, place: Box) -> tuple[Word, ...]:
        asked.append(place)
        whole = TABLE.replace("Энергетик", "Энергетик Собиров С.Р.").replace("________ Собиров С.Р.", "")
        return tuple(w for w in scanned(whole).words if place.holds(Box(*w.box.middle, *w.box.middle)))

    (report,) = extract([scanned(torn)], "scan.pdf", row=row)
    assert value(report.signatory) == "Собиров С.Р."
    assert asked[0].left > 200  # the table's numbers are not read with it


def test_a_row_of_the_table_that_names_a_post_is_no_second_column() -> None:
    report = read(
        """
Договор № 35071     Организация: ООО «Лола Косметик»
Отчет за октябрь 2026 г., показания сняты 24.10.2026
Место            Зав. №     Предыдущее  Текущее  Расход, Гкал     Ответственный
Корпус 1         4411223        172,20   263,40         91,20     Инженер Собиров С.Р.
Корпус 2         4411224        572,20   763,40        191,20     Инженер Каримов Ш.Р.
"""
    )
    assert [told(meter) for meter in report.meters] == [
        ("4411223", "172.20", "263.40", "91.20"),
        ("4411224", "572.20", "763.40", "191.20"),
    ]
