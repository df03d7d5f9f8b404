"""Rows, heads, units and serials of a scan that one reading tore and a further one has whole."""

from __future__ import annotations

import pytest

from metering.pages import Box, Word
from metering.repairs import Repair, RepairReason
from metering.units import Unit
from parsers.fields import extract
from tests.parsers.read_twice import PRINTED, Print, numbers, read, scanned


def test_readers_that_differ_on_the_contract_leave_it_open() -> None:
    report = read(scanned(PRINTED), Print(PRINTED, {"03117": "03177"}))
    contract = report.contract_number
    assert contract is not None
    assert not contract.certain
    assert {contract.value, *contract.alternatives} == {"03117", "03177"}


def test_a_page_without_any_meter_is_read_as_one_block_before_the_third_time() -> None:
    def third(page: int, top: float, bottom: float) -> tuple[Word, ...]:
        raise AssertionError("nothing is missing any more")

    torn = "\n".join(line for line in PRINTED.split("\n") if "Зав." not in line and "4411223" not in line)
    (report,) = extract([scanned(torn)], "scan.pdf", Print(PRINTED), third, block=lambda page: scanned(PRINTED).words)
    assert [field.value for field in numbers(report)] == ["593772.09", "593810.50", "38.41"]


@pytest.mark.parametrize("blank", ["03117", "23.11.2026"])
def test_a_blank_behind_its_label_is_asked_of_the_digit_reader_and_is_never_certain(blank: str) -> None:
    report = read(scanned(PRINTED.replace(blank, "~" * len(blank))), Print(PRINTED))
    field = report.contract_number if blank == "03117" else report.reading_date
    assert field is not None
    assert field.value == {"03117": "03117", "23.11.2026": "2026-11-23"}[blank]
    assert not field.certain
    assert field.note


def test_an_empty_cell_is_asked_of_the_digit_reader_and_is_never_certain() -> None:
    report = read(scanned(PRINTED.replace("38,41 Гкал", "~~~~~ Гкал")), Print(PRINTED))
    consumption = numbers(report)[2]
    assert consumption.value == "38.41"
    assert not consumption.certain


COVERED = PRINTED.replace("593772,09", "~~~~~~~~~")


def test_what_a_stamp_covers_is_read_with_its_ink_faded() -> None:
    def fade(page: int, way: int) -> tuple[Box, tuple[Word, ...]] | None:
        words = scanned(PRINTED).words
        return (Box.around([w.box for w in words]), words) if way == 0 else None

    def third(page: int, top: float, bottom: float) -> tuple[Word, ...]:
        raise AssertionError("nothing is missing any more")

    (report,) = extract([scanned(COVERED)], "scan.pdf", Print(PRINTED), third, fade)
    assert [field.value for field in numbers(report)] == ["593772.09", "593810.50", "38.41"]


def test_a_table_that_was_torn_is_read_cell_by_cell_before_the_whole_page_again() -> None:
    def third(page: int, top: float, bottom: float) -> tuple[Word, ...]:
        raise AssertionError("nothing is missing any more")

    (report,) = extract([scanned(COVERED)], "scan.pdf", Print(PRINTED), third, cells=lambda page: scanned(PRINTED).words)
    assert [field.value for field in numbers(report)] == ["593772.09", "593810.50", "38.41"]


HEADLESS = PRINTED.replace("Зав. №       Предыдущие     Текущие        Расход", "~~~~~~")


def test_numbers_whose_columns_have_no_names_are_certain_once_a_further_reading_has_the_names() -> None:
    assert not any(field.certain for field in numbers(read(scanned(HEADLESS), Print(PRINTED))))
    (report,) = extract([scanned(HEADLESS)], "scan.pdf", Print(PRINTED), cells=lambda page: scanned(PRINTED).words)
    assert all(field.certain for field in numbers(report))


def test_a_head_that_was_not_read_is_looked_for_right_above_its_numbers() -> None:
    asked = []

    def third(page: int, top: float, bottom: float) -> tuple[Word, ...]:
        asked.append(top)
        return tuple(word for word in scanned(PRINTED).words if top <= word.box.middle[1] <= bottom)

    assert all(field.certain for field in numbers(read(scanned(HEADLESS), Print(PRINTED), third)))
    head = next(word for word in scanned(PRINTED).words if word.text == "Расход")
    assert all(0 < top < head.box.top for top in asked)


def test_the_number_of_a_model_gives_way_to_the_serial_that_a_further_reading_has() -> None:
    (report,) = extract(
        [scanned(PRINTED.replace("4411223", "603    ").replace("ООО «Сув Йўли»", "~~~~~~~ ~~~~"))],
        "scan.pdf",
        Print(PRINTED),
        cells=lambda page: scanned(PRINTED).words,
    )
    (meter,) = report.meters
    assert meter.serial is not None
    assert meter.serial.value == "4411223"


ROWS = """
Сведения о потреблении тепловой энергии за ноябрь 2026 г.
1.  Организация            ООО «Сув Йўли»
3.  Дог. №                 {contract}
5.  Дата показаний         23.11.2026
    Гкал
Зав. №       Предыдущие     Текущие        Расход
4411223      593772,09      593810,50      38,41
5522334      1200,40        1250,50        50,10
{total}

Дата: 24.11.2026
Директор             Каримов Ш.Р.
"""


def test_the_number_of_a_row_before_the_contracts_label_is_no_contract() -> None:
    torn = ROWS.format(contract="", total="")
    assert read(scanned(torn), Print(torn)).contract_number is None


def test_a_contract_of_fewer_digits_gives_way_to_a_further_reading_of_all() -> None:
    torn, whole = (ROWS.format(contract=contract, total="") for contract in ("7", "05754"))
    report = read(scanned(torn), Print(whole), lambda number, top, bottom: scanned(whole).words)
    assert report.contract_number is not None
    assert report.contract_number.value == "05754"


def test_a_unit_that_the_page_tells_once_leaves_nothing_open() -> None:
    asked: list[int] = []

    def third(number: int, top: float, bottom: float) -> tuple[Word, ...]:
        asked.append(number)
        return ()

    text = ROWS.format(contract="05754", total="")
    report = read(scanned(text), Print(text), third)
    assert [str(line.unit) for line in report.meters] == ["Gcal", "Gcal"]
    assert not asked


def test_a_further_reading_with_one_more_row_of_noise_takes_no_whole_meters_place() -> None:
    text = ROWS.format(contract="", total="")
    noisy = ROWS.format(contract="05754", total="5522334      90                            88,51")
    report = read(scanned(text), Print(text), lambda number, top, bottom: scanned(noisy).words)
    assert [line.serial and line.serial.value for line in report.meters] == ["4411223", "5522334"]
    assert report.contract_number is not None


TWO_ROWS = """
Договор № 03117
Дата снятия показаний: 23.11.2026

Зав. №       Предыдущие     Текущие        Расход
{rows}

Дата: 24.11.2026
Директор             Каримов Ш.Р.
"""

FIRST_ROW = "4411223      593772,09      593810,50      38,41 Гкал"

SECOND_ROW = "5522334      1200,40        1250,50        50,10 Гкал"


def test_a_row_that_only_a_further_reading_has_is_a_meter_of_its_own() -> None:
    torn = FIRST_ROW.replace("593772,09", "         ").replace("4411223", "       ")
    first, second = TWO_ROWS.format(rows=f"{torn}\n\n"), TWO_ROWS.format(rows=f"\n{SECOND_ROW}\n")
    printed = TWO_ROWS.format(rows=f"{FIRST_ROW}\n{SECOND_ROW}\n")
    report = read(scanned(first), Print(printed), lambda number, top, bottom: scanned(second).words)
    second_meter = [line for line in report.meters if line.serial is not None and line.serial.value == "5522334"]
    assert [line.consumption and line.consumption.value for line in second_meter] == ["50.10"]
    assert any(line.consumption is not None and line.consumption.value == "38.41" for line in report.meters)


def test_a_total_that_the_digit_reader_surely_sees_otherwise_is_taken_as_that_sees_it() -> None:
    printed = ROWS.format(contract="05754", total="Итого                                       88,51")
    report = read(scanned(printed, {"88,51": "58,51"}), Print(printed))
    assert [total.value.value for total in report.totals] == ["88.51"]
    assert report.totals[0].value.repair == Repair("58.51", "88.51", RepairReason.READERS)


def test_a_serial_of_few_digits_on_a_picture_may_be_half_of_one() -> None:
    text = PRINTED.replace("4411223", "296    ")
    report = read(scanned(text), Print(text))
    assert report.meters[0].serial is None or not report.meters[0].serial.certain
    assert all(number.certain for number in numbers(report))


def test_a_meter_all_of_whose_numbers_were_misread_is_the_one_of_its_row() -> None:
    torn = SECOND_ROW.replace("1200,40", "1299,49").replace("1250,50", "12595  ").replace("50,10 Гкал", "59,19")
    first, printed = (TWO_ROWS.format(rows=f"{FIRST_ROW}\n{row}\n") for row in (torn, SECOND_ROW))
    report = read(scanned(first), Print(printed), lambda number, top, bottom: scanned(printed).words)
    assert [line.consumption and line.consumption.value for line in report.meters] == ["38.41", "50.10"]


def test_a_rows_number_beside_the_serial_is_no_digit_of_it() -> None:
    counted = PRINTED.replace("Зав. №  ", "Зав. №").replace("4411223  ", "2 4411223")
    (meter,) = read(scanned(counted), Print(counted)).meters
    assert meter.serial is not None
    assert (meter.serial.value, meter.serial.certain) == ("4411223", True)


def test_a_serial_put_together_from_parts_is_not_certain() -> None:
    parted = PRINTED.replace("4411223", "44 11223")
    (meter,) = read(scanned(parted), Print(PRINTED)).meters
    assert meter.serial is not None
    assert not meter.serial.certain


WATER = PRINTED.replace("Расход\n", "Расход        Вид\n").replace(
    "38,41 Гкал\n", "38,41 Гкал   Отопление\n5522334      48098,62       48203,28       104,66 {}   ГВС\n"
)


@pytest.mark.parametrize("read_as", ["м3", "m8", "ms", "тз", "|м", "~"])
def test_cubic_metres_of_hot_water_are_never_taken_for_the_heat_of_another_row(read_as: str) -> None:
    page = WATER.format(read_as)
    units = [meter.unit for meter in read(scanned(page), Print(page)).meters]
    assert units == [Unit.GCAL, Unit.M3]


@pytest.mark.parametrize(
    ("read_as", "unit"),
    [
        ("Tkan", Unit.GCAL), ("Гкаи", Unit.GCAL), ("Ска!", Unit.GCAL), ("Gkal/Tkan", Unit.GCAL), ("Gkal/Txan", Unit.GCAL), ("TK", Unit.GJ),
        ("ГДк", Unit.GJ), ("кВт: соат", Unit.KWH), ("МВг-ч", Unit.MWH),
    ],
)  # fmt: skip
def test_a_torn_unit_is_the_one_that_it_is_like(read_as: str, unit: Unit) -> None:
    page = PRINTED.replace("Гкал", read_as)
    (meter,) = read(scanned(page), Print(page)).meters
    assert meter.unit is unit


def test_the_flow_behind_a_serial_is_no_unit_of_it() -> None:
    page = PRINTED.replace("4411223      593772,09", "             593772,09").replace(
        "Дата снятия", "Сер.ном. 4411223   Gl max 60.000 м3/ч\nДата снятия"
    )
    (meter,) = read(scanned(page), Print(page)).meters
    assert (meter.serial and meter.serial.value, meter.unit) == ("4411223", Unit.GCAL)


@pytest.mark.parametrize("load", ["0,38 Ткан/ч", "0,38 TK-12", "0,38 Gkal/soal", "0,38 Гкал/соаг"])
def test_a_torn_load_is_no_unit_of_a_meter(load: str) -> None:
    page = PRINTED.replace("38,41 Гкал", "38,41").replace("Дата снятия", f"Нагрузка {load}\nДата снятия")
    (meter,) = read(scanned(page), Print(page)).meters
    assert meter.unit is None


def test_meters_that_all_add_up_give_way_to_no_further_reading_that_took_their_rows_apart() -> None:
    journal = PRINTED.replace("Каримов Ш.Р.", "")
    rows = "".join(f"\n4411223                     59{n}810,50      38,41 Гкал" for n in range(4))
    torn = journal.replace("\n4411223      593772,09      593810,50      38,41 Гкал", rows)
    report = read(scanned(journal), Print(journal), lambda page, top, bottom: scanned(torn).words)
    assert [field.value for field in numbers(report)] == ["593772.09", "593810.50", "38.41"]


def test_a_torn_energy_with_its_unit_in_brackets_is_energy() -> None:
    page = """
Теплосчетчик ВИСТ Сер.ном. 4411223
Отопление нарастающим итогом     Чтеп[Гкал.]     61[т]
23.11.2026 24:00                 25706,15        26941,79
23.10.2026 00:00                 25538,65        22044,58
Итого                            167,50          4897,21
"""
    (meter,) = read(scanned(page), Print(page)).meters
    assert meter.current is not None
    assert meter.current.value == "25706.15"


def test_the_cubic_metres_of_another_row_are_no_unit_of_heat() -> None:
    page = WATER.format("м3").replace("38,41 Гкал", "38,41 6)  ")
    units = [meter.unit for meter in read(scanned(page), Print(page)).meters]
    assert units == [None, Unit.M3]
