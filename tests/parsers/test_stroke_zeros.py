"""Printouts in a type whose zeros have a stroke: the engine makes an 8, a 6 or a 9 of them, the digit reader does not."""

from __future__ import annotations

from tests.parsers.read_twice import Print, read, scanned
from tests.parsers.test_fields_paper import told
from tests.parsers.test_fields_samples import value

PRINTED = """
Абонент: ТЧСЖ «Бинокор-7»      Договор № 48713
Номер теплосчетчика 11311211
за период с 21.09.2025 по 19.10.2025
Показания интеграторов  20.09.25 24:00  19.10.25 24:00  Результат
Ецо-ц, Гкал                   3632.151        3645.383     13.232
Завхоз Ибрагимова Л.В.
М.П.    20.10.2025
"""
MISREAD = {"21.09.2025": "21.89.2825", "19.10.2025": "19.18.2825", "19.10.25": "19.18.25", "20.10.2025": "28.18.2025"}


def test_dates_with_stroke_zeros_are_as_the_digit_reader_sees_them() -> None:
    report = read(scanned(PRINTED, MISREAD), Print(PRINTED))
    assert (value(report.reading_date), value(report.period), value(report.report_date)) == ("2025-10-19", "2025-10", "2025-10-20")
    assert report.reading_date is not None
    assert report.reading_date.certain  # it stands twice on the page, in two forms
    assert report.report_date is not None
    assert not report.report_date.certain
    assert report.report_date.note == "read as 28.18.2025, whose zeros have a stroke"
    assert [told(meter) for meter in report.meters] == [("11311211", "3632.151", "3645.383", "13.232")]


def test_where_no_date_is_torn_another_one_of_the_digit_reader_changes_nothing() -> None:
    report = read(scanned(PRINTED), Print(PRINTED, {"19.10.25": "19.00.25"}))
    assert value(report.reading_date) == "2025-10-19"


def test_other_digits_than_zeros_are_not_taken_from_the_digit_reader() -> None:
    digits = {"19.10.25": "17.10.25", "19.10.2025": "17.10.2025", "20.10.2025": "27.10.2025"}
    report = read(scanned(PRINTED, MISREAD), Print(PRINTED, digits))
    assert report.reading_date is None or not report.reading_date.certain
    assert report.report_date is None or not report.report_date.certain
