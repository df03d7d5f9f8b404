"""Several sheets on one picture are parted into pages; one sheet, however it lies, stays one."""

from __future__ import annotations

from random import Random

import pytest
from PIL import Image

from parsers.files.spreads import parted
from tests.corpus import degrade, layouts, paper, style
from tests.corpus.facts import invent


def page(layout: str, seed: str) -> Image.Image:
    random = Random(seed)
    chosen = layouts.LAYOUTS[layout]
    facts, hand = invent(random, chosen.language, chosen.demand), style.choose(random, chosen.language)
    return paper.pictures(paper.printed(chosen.draw(facts, hand), hand, facts), 120)[0]


@pytest.fixture(scope="module")
def pages() -> list[Image.Image]:
    return [page("ruled_ru", "spread 1"), page("letter_uz", "spread 2"), page("blocks_uzc", "spread 3")]


@pytest.mark.parametrize("count", [2, 3])
def test_each_sheet_on_a_table_is_a_page(count: int, pages: list[Image.Image]) -> None:
    parts = parted(degrade.photograph_of_several(pages[:count], Random(count)))
    assert len(parts) == count
    assert all(1.2 < part.height / part.width < 1.7 for part in parts)


def test_two_facing_pages_of_a_scan_are_two(pages: list[Image.Image]) -> None:
    one, two = pages[:2]
    spread = Image.new("RGB", (one.width + two.width, one.height), "white")
    spread.paste(one, (0, 0))
    spread.paste(two, (one.width, 0))
    left, right = parted(spread)
    assert abs(left.width - one.width) < 0.06 * one.width
    assert left.width + right.width == spread.width


@pytest.mark.parametrize("turns", [0, 90, 180, 270])
def test_one_page_stays_one_however_it_lies(turns: int, pages: list[Image.Image]) -> None:
    for one in pages:
        assert len(parted(one.rotate(turns, expand=True))) == 1


@pytest.mark.parametrize("hard", [False, True])
def test_a_photo_of_one_sheet_stays_whole(hard: bool, pages: list[Image.Image]) -> None:
    shot = degrade.photograph(pages[0], Random(7), hard=hard)
    (whole,) = parted(shot)
    assert whole.size == shot.size
