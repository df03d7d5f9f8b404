"""A unit right behind a number, under a column of its own that no rule parts from the numbers."""

from __future__ import annotations

from parsers.fields import extract
from tests.parsers.typed import typed

PAGE = """
Iste'molchi: «Anor Market» MChJ
Shartnoma raqami 18575
Ko'rsatkichlar sanasi 22.10.2025

Tizim       Asbob      Zavod №      Avvalgi       Joriy         Sarf        {}
Isitish     TEM-104    9109285            23139,27      23333,02      193,75 Gkal
Issiq suv   SGV-20     76804654               1594          2051         457 m3
"""


def meters(head: str) -> list[tuple[str | None, ...]]:
    (report,) = extract([typed(PAGE.format(head))], "report.pdf")
    return [
        tuple(str(f.value) if (f := getattr(meter, name)) is not None else None for name in ("previous", "current", "consumption", "unit"))
        for meter in report.meters
    ]


def test_numbers_at_the_right_of_their_columns_keep_them_where_the_unit_has_one() -> None:
    assert meters("Birlik") == [("23139.27", "23333.02", "193.75", "Gcal"), ("1594", "2051", "457", "m3")]


def test_a_unit_without_a_column_stays_with_its_number() -> None:
    assert meters("")[0] == ("23139.27", "23333.02", "193.75", "Gcal")
