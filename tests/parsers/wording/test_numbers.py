"""Numbers keep exactly the digits that were printed; only marks and spaces change."""

import pytest

from parsers.wording.numbers import decimals, parse_misread_number, parse_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 284,37", "1284.37"),
        ("1\u00a0284,37", "1284.37"),
        ("1.284,37", "1284.37"),
        ("1,284.37", "1284.37"),
        ("12.345", "12.345"),
        ("00421", "00421"),
        ("0,00", "0.00"),
        ("44,550", "44.550"),
        ("5 214 700", "5214700"),
        ("_02,30_", "02.30"),
    ],
)
def test_a_number_is_read(text: str, number: str) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["24:00:00", "0.04-40.00", "ТЭМ-104", "12.01.2024", "1,2,3", "", "—", "нд"])
def test_what_is_no_number_stays_out(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("728257;63", "728257.63"), ("О2484", "02484"), ("1З84,37", "1384.37"), ("5S12,36", "5512.36"), ("89,,40", "89.40")],
)
def test_a_misread_number_is_repaired_and_says_how(text: str, number: str) -> None:
    repaired = parse_misread_number(text)
    assert repaired is not None
    assert repaired[0] == number
    assert repaired[1]


@pytest.mark.parametrize("text", ["ОО", "Бори", "24:00", "S", "СПТ-941"])
def test_words_are_not_made_into_numbers(text: str) -> None:
    assert parse_misread_number(text) is None


def test_decimals_are_counted() -> None:
    assert [decimals(n) for n in ("12", "12.3", "12.345")] == [0, 1, 3]
