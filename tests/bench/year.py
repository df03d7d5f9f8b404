"""A simulated year of our own letters with as many contracts as are asked for (docs/bench.md, "The simulated year")."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console

from storage.database import open_database
from tests.support.year import judge, play_year


def bench_year(contracts: int, seed: int, console: Console) -> dict[str, float]:
    """Ends with exit code 1 if a letter was wrong or missing."""
    with tempfile.TemporaryDirectory(prefix="hisobot-year-") as name:
        folder = Path(name)
        database = open_database(f"sqlite:///{folder / 'year.db'}")
        began, used = time.monotonic(), time.process_time()
        play = play_year(database, folder, contracts, seed)
        seconds, cpu = time.monotonic() - began, time.process_time() - used
        database.close()
    verdict = judge(play)
    assert play.server is not None
    console.print(str(verdict))
    console.print(
        f"{contracts} contracts, {len(play.begun)} passes, {play.doubles} double starts, {play.kills} kills; {dict(play.server.troubles)}"
    )
    console.print(f"{seconds:.0f} s, {cpu:.0f} s of CPU, {1000 * cpu / max(1, len(play.rows)):.1f} ms of CPU a letter")
    for fault in verdict.faults[:50]:
        console.print(fault, style="red")
    if verdict.faults:
        sys.exit(1)
    totals = {
        name: float(sum(counts[name] for counts in verdict.table.values())) for name in ("owed", "sent", "repeated", "wrong", "missing")
    }
    return {f"year_{name}": value for name, value in totals.items()}
