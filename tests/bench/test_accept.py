"""The measure of false accepts: what is corrupted is wrong indeed, and what is judged is judged as the product does it."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from tests.bench.judged import planned, run
from tests.corpus.corrupt import CORRUPTIONS
from tests.corpus.facts import complete, invent
from tests.corpus.layouts import LAYOUTS, Part


@pytest.mark.parametrize("change", CORRUPTIONS, ids=lambda change: change.__name__)
def test_what_is_corrupted_is_wrong_in_that_one_way(change) -> None:
    for index in range(50):
        facts = complete(invent(Random(index), "ru", LAYOUTS["ruled_ru"].demand))
        wrong = change(Random(index), facts)
        assert wrong != facts
        closes = all(Decimal(m.previous) + Decimal(m.consumption) == Decimal(m.current) for m in wrong.meters)
        keeps_sum = ("digit_of_serial", "both_indexes_moved", "digit_of_contract")
        assert closes is (change.__name__ in keeps_sum)


def test_no_contract_number_is_given_out_twice() -> None:
    numbers = [planned(1, index, Part.ASIDE, corrupted=False).true.contract_number for index in range(300)]
    assert len(set(numbers)) == 300


def test_only_the_chosen_layouts_are_drawn_in_turns() -> None:
    chosen = sorted(name for name, layout in LAYOUTS.items() if layout.part is Part.ASIDE)[:2]
    drawn = [planned(1, index, Part.ASIDE, corrupted=False, chosen=frozenset(chosen)).layout.name for index in range(10)]
    assert Counter(drawn) == dict.fromkeys(chosen, 5)


def test_every_layout_occurs_where_only_every_second_report_is_of_its_part() -> None:
    for count in (6, 7, 8):
        chosen = frozenset(sorted(name for name, layout in LAYOUTS.items() if layout.part is Part.ASIDE)[:count])
        drawn = {planned(1, index, Part.ASIDE, corrupted=False, chosen=chosen).layout.name for index in range(0, 48, 2)}
        assert drawn == chosen


def text_cases(corrupted: bool) -> list:
    cases = (planned(1, index, Part.TUNED, corrupted=corrupted) for index in range(400))
    return [case for case in cases if case.mode == "text" and case.layout.name.startswith("ruled")][:4]


def test_sound_reports_are_accepted_and_corrupted_ones_never(tmp_path: Path) -> None:
    sound = [line for line in run(text_cases(corrupted=False), tmp_path / "sound.jsonl") if line["acceptable"]]
    assert [line["outcome"] for line in sound] == ["accepted"] * len(sound)
    assert sound
    wrong = list(run(text_cases(corrupted=True), tmp_path / "wrong.jsonl"))
    assert [line["outcome"] for line in wrong if line["outcome"] == "accepted"] == []
    assert {line["corruption"] for line in wrong} <= {change.__name__ for change in CORRUPTIONS}


def test_a_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    cases = text_cases(corrupted=False)[:2]
    first = list(run(cases[:1], tmp_path / "lines.jsonl"))
    both = list(run(cases, tmp_path / "lines.jsonl"))
    assert both[0] == first[0]
    assert len((tmp_path / "lines.jsonl").read_text().splitlines()) == 2
