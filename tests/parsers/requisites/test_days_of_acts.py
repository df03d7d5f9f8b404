"""The day of an act stands under what it is called, and what it is called names readings."""

from __future__ import annotations

import pytest

from parsers.pagefacts import read_page
from tests.parsers.typed import typed

ACT = """
                       {title}
г. Ташкент                                                    26 декабря 2026 г.

Комиссия в составе: ООО «Grand Market» (договор теплоснабжения № 01197) составила акт в том, что
25 декабря 2026 г. сняты показания по зав. № 6815093 за период с 25.11.2026 по
25.12.2026.
Предыдущее показание 14207,8 ГДж, текущее 14655,1 ГДж, расход 447,3 ГДж
"""


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("АКТ № 11\n             снятия показаний узла учета", "2026-12-26"),
        ("Hisobga olish priborlari ko'rsatkichlarini olish\n                 DALOLATNOMASI", "2026-12-26"),
        ("АКТ № 11\n             Дата снятия показаний", None),
        ("Передаем\n             показания прибора", None),
    ],
)
def test_the_day_under_the_title_is_the_acts(title: str, day: str | None) -> None:
    found = read_page(typed(ACT.format(title=title))).single["report_date"]
    assert (found and found.value) == day
