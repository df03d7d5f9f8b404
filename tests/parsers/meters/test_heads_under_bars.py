"""The head of a table stands between rules of its own: a line over the page's head makes no row of the two."""

from __future__ import annotations

from parsers.meters.table_headers import find_headers
from parsers.page.marked import mark
from tests.parsers.typed import ruled

PAGE = """
──────────────────────────────────────────────────────────────────────────
Номер договора       22830
Дата снятия показаний   21.02.2026
Точка учета: Отопление, ввод 1 - Ultraheat T550 - Зав. номер: 747717
│                      │          │ На начало    │ На конец     │              │
│ Параметр             │ Ед. изм. │              │              │ Потребление  │
│                      │          │ 19.01.2026   │ 21.02.2026   │              │
├──────────────────────┼──────────┼──────────────┼──────────────┼──────────────┤
│ Тепловая энергия Q   │     Гкал │  232 326,758 │  232 684,216 │      357,458 │
├──────────────────────┼──────────┼──────────────┼──────────────┼──────────────┤
│ Масса в подающем М1  │        т │    53 354,46 │    62 102,49 │     8 748,03 │
└──────────────────────┴──────────┴──────────────┴──────────────┴──────────────┘
"""


def test_a_rule_over_the_page_and_one_under_the_head_of_a_table_are_no_row() -> None:
    (header,) = find_headers(mark(ruled(PAGE)))
    assert [column.role for column in header.columns] == ["name_column", "unit_column", "previous", "current", "consumption"]
