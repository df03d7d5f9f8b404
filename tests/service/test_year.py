"""A simulated year: one Message-ID for each letter that was owed, repeats only where an answer was lost, none wrong, none missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.database import Database
from tests.support.year import judge, play_year


@pytest.mark.slow
def test_a_year_of_kills_double_starts_and_failing_mail_leaves_no_letter_wrong_or_missing(database: Database, tmp_path: Path) -> None:
    """./run bench year plays it with 2,000 contracts."""
    play = play_year(database, tmp_path, contracts=7, seed=20261125, pace=4, together=not database.embedded)
    verdict = judge(play)
    print(f"\n{verdict}\n{play.kills} kills, {play.doubles} double starts, {dict(play.server.troubles)}")
    assert verdict.faults == []
    assert play.kills > 5
    assert play.doubles > 20
    assert all(counts["sent"] > 15 for counts in verdict.table.values())
