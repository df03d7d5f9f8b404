"""The measure of cost: a start-up is not counted into a file's own cost, and a reader process tells its peak."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from tests.bench.cost import cost_of_a_file, peak_memory, spread
from tests.bench.score import Record
from tests.corpus.facts import invent
from tests.corpus.generate import draw
from tests.corpus.layouts import LAYOUTS


def test_the_cost_of_a_file_more_leaves_the_start_out(tmp_path: Path) -> None:
    def extract(files: Sequence[Path], work: Path) -> tuple[list[Record], float]:
        return [], (3.0 + 0.5 * len(files)) / len(files)

    started, marginal = cost_of_a_file([tmp_path / "a.pdf", tmp_path / "b.pdf"], tmp_path, extract)
    assert started == pytest.approx(2.0)
    assert marginal == pytest.approx(0.5)


def test_files_are_taken_from_all_over_the_corpus() -> None:
    files = [Path(str(n)) for n in range(20)]
    assert [file.name for file in spread(files, 6)] == ["0", "3", "6", "10", "13", "16"]
    assert spread(files[:2], 6) == files[:2]
    assert spread([], 6) == []


def test_the_peak_is_that_of_the_reader_process(tmp_path: Path) -> None:
    layout = LAYOUTS["ruled_ru"]
    page = draw("a", layout.name, "text", invent(Random(1), "ru", layout.demand), Random(1))
    (tmp_path / page.name).write_bytes(page.content)
    assert 50 < peak_memory([tmp_path / page.name]) < 3000
