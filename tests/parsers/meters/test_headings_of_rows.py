"""A line from side to side of a table that says where the meters of the rows below stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.pages import Box, Page
from metering.units import Unit
from parsers.fields import extract
from tests.parsers.test_fields_samples import told
from tests.parsers.typed import LINE, ruled

REGISTER = """
Реестр показаний за октябрь 2026 г. (дата снятия 20.10.2026), договор № 35440
┌───┬──────────┬───────────┬──────────────┬──────────────┬─────────────┬──────┐
│ № │ Тип      │ Заводской │ Начало       │        Конец │ Потребление │ Ед.  │
├───┴──────────┴───────────┴──────────────┴──────────────┴─────────────┴──────┤
│                                      Корпус {}                               │
├───┬──────────┬───────────┬──────────────┬──────────────┬─────────────┬──────┤
│ 1 │ ТЭМ-104  │ 39793408  │ 1 027,25     │ 1 202,00     │ 174,75      │ Гкал │
├───┼──────────┼───────────┼──────────────┼──────────────┼─────────────┼──────┤
│ 2 │ ВКТ-7    │ 99542805  │ 376,09       │ 675,97       │ 299,88      │ Гкал │
├───┴──────────┴───────────┴──────────────┴──────────────┴─────────────┴──────┤
│                                      Корпус {}                               │
├───┬──────────┬───────────┬──────────────┬──────────────┬─────────────┬──────┤
│ 3 │ ВКТ-7    │ 44054820  │ 2 902,40     │ 2 976,32     │ 73,92       │ Гкал │
└───┴──────────┴───────────┴──────────────┴──────────────┴─────────────┴──────┘
"""


CLOSE = 0.5  # rows stand as near as print has them


def closer(page: Page) -> Page:
    def up(box: Box, high: float | None = None) -> Box:
        return replace(box, top=CLOSE * box.top, bottom=CLOSE * box.bottom if high is None else CLOSE * box.top + high)

    words = (replace(w, box=up(w.box, 8.0), symbols=tuple(up(s, 8.0) for s in w.symbols)) for w in page.words)
    return replace(page, words=tuple(words), rules=tuple(map(up, page.rules)))


def without_upright_rules_of_the_head(page: Page) -> Page:
    top = page.words[0].box.top
    edges = min(r.left for r in page.rules) + 5, max(r.right for r in page.rules) - 5
    head = (top + CLOSE * 1.1 * LINE, top + CLOSE * 3.4 * LINE)
    lost = [r for r in page.rules if r.height > r.width and edges[0] < r.left < edges[1] and head[0] < r.middle[1] < head[1]]
    assert lost
    return replace(page, rules=tuple(r for r in page.rules if r not in lost))


@pytest.mark.parametrize("names", [("А", "Б"), ("2", "3")])
@pytest.mark.parametrize("whole", [True, False])
def test_it_is_no_part_of_the_head_nor_of_a_row_also_where_the_head_s_own_rules_were_not_found(names: tuple[str, str], whole: bool) -> None:
    page = closer(ruled(REGISTER.format(*names)))
    (report,) = extract([page if whole else without_upright_rules_of_the_head(page)], "register.pdf")
    assert [(meter[0], *meter[2:]) for meter in map(told, report.meters)] == [
        ("39793408", Unit.GCAL, "1027.25", "1202.00", "174.75"),
        ("99542805", Unit.GCAL, "376.09", "675.97", "299.88"),
        ("44054820", Unit.GCAL, "2902.40", "2976.32", "73.92"),
    ]
