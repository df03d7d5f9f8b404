"""Every kind of report that organisations type is read whole: tables, letters and printouts in three alphabets."""

from __future__ import annotations

from decimal import Decimal

from metering.reports import Field, MeterLine, Report
from metering.units import MeterKind, Unit
from parsers.fields import extract
from tests.parsers import samples
from tests.parsers.typed import typed


def read(text: str) -> Report:
    reports = extract([typed(text)], "report.pdf")
    assert len(reports) == 1
    return reports[0]


def value(field: Field | None) -> str | None:
    return field.value if field is not None else None


def told(meter: MeterLine) -> tuple[object, ...]:
    return (value(meter.serial), meter.kind, meter.unit, value(meter.previous), value(meter.current), value(meter.consumption))


def test_numbers_that_belong_to_no_meter_are_noticed() -> None:
    assert not read(samples.FORM_TABLE).unread_numbers
    assert read(samples.FORM_TABLE + "\nГВС по второму вводу 5214,70 5366,20\n").unread_numbers


def test_a_russian_table_with_two_meters_and_a_quantity_in_two_units() -> None:
    report = read(samples.FORM_TABLE)
    assert value(report.contract_number) == "00417"
    assert value(report.inn) == "399000417"
    assert value(report.organization) == "ООО «ЧИНОР САВДО СЕРВИС»"
    assert value(report.address) == "г. Ташкент, Юнусабадский р-н, ул. Амира Темура, 999"
    assert value(report.period) == "2026-12"
    assert value(report.reading_date) == value(report.report_date) == "2026-12-24"
    assert (value(report.position), value(report.signatory)) == ("Директор", "Каримов Ш.Р.")
    assert [told(m) for m in report.meters] == [
        ("1306457", MeterKind.HEAT, Unit.GCAL, "1284.37", "1331.92", "47.55"),
        ("00021544", MeterKind.HOT_WATER, Unit.GCAL, "312.08", "318.46", "6.38"),
        ("00021544", MeterKind.HOT_WATER, Unit.M3, "5214.70", "5366.20", "151.50"),
    ]
    assert [(t.value.value, t.unit) for t in report.totals] == [("53.93", Unit.GCAL)]


def test_the_serial_of_the_row_above_is_not_certain_for_the_row_without_one() -> None:
    third = read(samples.FORM_TABLE).meters[2]
    assert third.serial is not None
    assert not third.serial.certain
    assert third.serial.note


def test_a_russian_letter_is_full_of_numbers_that_are_no_readings() -> None:
    report = read(samples.LETTER)
    assert value(report.contract_number) == "02915"
    assert value(report.inn) == "399002915"
    assert value(report.report_date) == value(report.reading_date) == "2026-12-24"
    assert value(report.organization) == "АКЦИОНЕРНОЕ ОБЩЕСТВО «ЗАРАФШОН ТЕКСТИЛЬ-Т»"
    assert (value(report.position), value(report.signatory)) == ("Главный инженер", "Юсупов Р.Х.")
    assert [told(m) for m in report.meters] == [("907733", MeterKind.HEAT, Unit.GCAL, "7801.530", "7846.105", "44.575")]


def test_an_uzbek_table_in_latin_letters() -> None:
    report = read(samples.FORM_TABLE_UZBEK)
    assert value(report.contract_number) == "00088"
    assert value(report.inn) == "399000088"
    assert value(report.period) == "2026-12"
    assert value(report.reading_date) == "2026-12-23"
    assert value(report.signatory) == "G'ulomov O'.Q."
    assert [told(m) for m in report.meters] == [
        ("71234567", MeterKind.HEAT, Unit.GCAL, "512.40", "530.15", "17.75"),
        ("0457812", MeterKind.HOT_WATER, Unit.M3, "1204", "1263", "59"),
    ]
    assert [t.value.value for t in report.totals] == ["17.75"]


def test_an_uzbek_letter_in_cyrillic_names_the_contract_before_the_word() -> None:
    report = read(samples.LETTER_UZBEK_CYRILLIC)
    assert value(report.contract_number) == "03340"
    assert value(report.organization) == "«БАҲОР» мактабгача таълим ташкилоти (999-сонли ДМТТ)"
    assert value(report.report_date) == "2026-12-24"
    assert (value(report.position), value(report.signatory)) == ("Мудира", "Ғаниева Ҳ.")
    assert [told(m) for m in report.meters] == [("158803", MeterKind.HEAT, Unit.GCAL, "2150.6", "2188.9", "38.3")]


def test_a_months_printout_with_integrators() -> None:
    report = read(samples.VKT7_PRINTOUT)
    assert value(report.contract_number) == "01884"
    assert value(report.organization) == 'ООО "Ипак Йули Офис"'
    assert value(report.period) == "2026-12"
    assert value(report.reading_date) == "2026-12-25"
    (meter,) = report.meters
    assert told(meter) == ("00052817", MeterKind.HEAT, Unit.GCAL, "4127.316", "4154.666", "27.350")
    assert len(meter.daily) == 30
    assert sum(meter.daily) == meter.daily_total == Decimal("27.350")


def test_a_printout_that_starts_mid_period_keeps_its_total_and_is_not_certain() -> None:
    report = read(samples.KM5_PRINTOUT)
    assert report.contract_number is None
    assert value(report.organization) == 'ЧП "НУРАФШОН"'
    (meter,) = report.meters
    assert told(meter) == ("328806", MeterKind.HEAT, Unit.GCAL, "0", "918.402", "9.697")
    assert len(meter.daily) == 6
    assert meter.consumption is not None
    assert not meter.consumption.certain


def test_a_filled_blank_pads_a_short_contract_number_and_says_so() -> None:
    report = read(samples.FILLED_BLANK)
    assert value(report.contract_number) == "01250"
    assert report.contract_number is not None
    assert report.contract_number.confidence < 0.7
    assert report.contract_number.note is not None
    assert "1250" in report.contract_number.note
    assert not report.contract_number.certain
    assert value(report.period) == "2026-12"
    assert value(report.report_date) == "2026-12-24"
    (meter,) = report.meters
    assert (value(meter.serial), meter.kind, meter.unit) == ("11873", MeterKind.HEAT, Unit.GCAL)
    assert (value(meter.previous), value(meter.consumption)) == ("4307.55", "44.55")


def test_a_table_of_goods_gives_consumptions_without_indexes() -> None:
    report = read(samples.NOMENCLATURE)
    assert value(report.contract_number) == "04071"
    assert value(report.period) == "2026-12"
    assert value(report.organization) == 'СП ООО "ORZU-LOGISTIK"'
    assert (value(report.position), value(report.signatory)) == ("Руководитель", "Ли С.Г.")
    assert [told(m) for m in report.meters] == [
        ("445120", MeterKind.HEAT, Unit.GCAL, None, None, "21.40"),
        ("445121", MeterKind.HEAT, Unit.GCAL, None, None, "4.15"),
        ("445122", MeterKind.HOT_WATER, Unit.GCAL, None, None, "2.08"),
    ]
    assert [t.value.value for t in report.totals] == ["27.63"]


def test_a_number_without_a_label_is_a_guess() -> None:
    report = read(samples.MESSY_MAIL)
    assert value(report.contract_number) == "01207"
    (meter,) = report.meters
    assert value(meter.current) == "1048.33"
    assert meter.current is not None
    assert not meter.current.certain
    assert meter.current.confidence < 0.5


def test_a_replaced_meter_gives_both_meters() -> None:
    report = read(samples.METER_REPLACED)
    assert value(report.contract_number) == "00650"
    assert [told(m) for m in report.meters] == [
        ("20417", MeterKind.HEAT, Unit.GCAL, "981.20", "998.71", "17.51"),
        ("33108", MeterKind.HEAT, Unit.GCAL, "0.00", "14.36", "14.36"),
    ]
    assert [t.value.value for t in report.totals] == ["31.87"]


def test_a_letter_that_the_meter_is_away_gives_no_meters() -> None:
    report = read(samples.NO_METERING)
    assert value(report.contract_number) == "00777"
    assert report.meters == ()


def test_unchanged_readings_are_previous_and_current() -> None:
    report = read(samples.UNCHANGED)
    assert [told(m) for m in report.meters] == [
        (None, MeterKind.HEAT, Unit.GCAL, "3315.08", "3315.08", "0"),
        (None, MeterKind.HOT_WATER, Unit.GCAL, "88.40", "89.95", "1.55"),
    ]
    assert report.meters[0].consumption is not None
    assert not report.meters[0].consumption.certain
