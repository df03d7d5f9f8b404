"""What a cell shows under its number format."""

from __future__ import annotations

import datetime as dt

import pytest

from parsers.office.number_formats import Value, is_date_format, shown


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (417, "00000", "00417"),
        (417.0, "00000", "00417"),
        (1234.5, "0.00", "1234,50"),
        (1234.5, "#,##0.00", "1234,50"),
        (65.59999999999991, "0.00", "65,60"),
        (65.59999999999991, "General", "65,6"),
        (0.1 + 0.2, "General", "0,3"),
        (2.675, "0.00", "2,68"),  # as the office program rounds what was typed, not what binary makes of it
        (12345678, "General", "12345678"),
        (593772.09, "General", "593772,09"),
        (0.5, "#.##", ",5"),
        (12.0, "0.0#", "12,0"),
        (12.25, "0.0#", "12,25"),
        (-3.5, "0.00;(0.00)", "(3,50)"),
        (-3.5, "0.00", "-3,50"),
        (0.0, '0.00;-0.00;"-"', "-"),
        (0.256, "0.0%", "25,6%"),
        (12.5, '0.00" Гкал"', "12,50 Гкал"),
        (12.5, "0.00\\ _₽", "12,50"),
        (1234567.0, "0,", "1235"),
        (12.5, "[Red]0.0;[Blue]-0.0", "12,5"),
        (301234567, "@", "301234567"),
        ("00417", "General", "00417"),
        (True, "General", "ИСТИНА"),
        (1e300, "0.00", "1.00000E+300"),
        (float("nan"), "0.00", ""),
        (dt.date(2026, 10, 23), "dd.mm.yyyy", "23.10.2026"),
        (dt.datetime(2026, 10, 23, 14, 5, tzinfo=dt.UTC), "dd.mm.yyyy hh:mm", "23.10.2026 14:05"),
        (dt.datetime(2026, 10, 1, tzinfo=dt.UTC), "mmmm yyyy", "октябрь 2026"),
        (dt.date(2026, 10, 1), "[$-419]mmmm\\ yyyy;@", "октябрь 2026"),
        (dt.date(2026, 10, 3), "d/m/yy", "3/10/26"),
        (dt.date(2026, 10, 3), "General", "03.10.2026"),
        (dt.time(9, 7), "h:mm", "9:07"),
        (dt.timedelta(hours=26, minutes=3), "[h]:mm", "26:03:00"),
    ],
)
def test_a_cell_shows_the_digits_that_a_person_sees(value: Value, code: str, text: str) -> None:
    assert shown(value, code) == text


@pytest.mark.parametrize(
    ("code", "is_date"), [("dd.mm.yyyy", True), ('0.00" дней"', False), ("General", False), ("[h]:mm", True), ("0.00", False)]
)
def test_dates_are_known_by_their_letters_outside_quotation_marks(code: str, is_date: bool) -> None:
    assert is_date_format(code) is is_date


def test_no_format_however_odd_breaks_a_cell() -> None:
    for code in ("", ";;;", '"', "0" * 300, "[", "0.0.0", "#" * 255, "\\", "_", "*", "0" * 100 + "." + "0" * 100, "yyyy" * 60):
        assert isinstance(shown(1234.5, code), str)
        assert isinstance(shown(dt.date(2026, 1, 2), code), str)
