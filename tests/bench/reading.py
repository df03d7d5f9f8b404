"""`./run bench read`: accuracy and calibration on labelled reports, CPU a report by kind, and ocrmypdf on the same files."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.cost import bench_cost
from tests.bench.costs import run_measured
from tests.bench.score import KINDS, Reading, Record, Tally, kind_of, read_lines, score_reports

HISOBOT = Path(sys.executable).with_name("hisobot")
#: Where the lines of the last run stay, for whoever wants to know what exactly was read wrong.
KEPT = Path("build/bench")


def bench_reading(corpus: Path, console: Console, with_peer: bool = True) -> dict[str, float]:
    """Prints the tables; returns the figures."""
    truth = read_lines(corpus / "reports/truth.jsonl")
    by_kind = files_by_kind(corpus)
    lines: list[Record] = []
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="hisobot-bench-") as work:
        for kind, files in by_kind.items():
            if files:
                console.print(f"reading {len(files)} reports: {kind}", style="dim")
                got, cpu = extract(files, Path(work))
                lines += got
                figures[f"{kind}_cpu_seconds"] = round(cpu, 3)
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / "read.jsonl").write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    score = score_reports(truth, lines)
    figures = score.figures() | figures
    console.print(accuracy_table(score, figures))
    for title, tally in (("critically right by way of arrival", score.modes), ("critically right by layout", score.layouts)):
        console.print(tally_table(title, tally))
    console.print(tally_table("fields right", score.fields))
    console.print(tally_table("calibration: of values given this confidence or up to 0.1 more, right", score.calibration))
    if with_peer:
        figures |= bench_cost(by_kind, extract, console)
    return figures


def files_by_kind(corpus: Path) -> dict[str, list[Path]]:
    """The corpus's reports: text, scan, photo, handwritten."""
    truth = read_lines(corpus / "reports/truth.jsonl")
    return {kind: [corpus / "reports" / t["file"] for t in truth if kind_of(t) == kind] for kind in KINDS}


def extract(files: Sequence[Path], work: Path) -> tuple[list[Record], float]:
    """The lines that `hisobot extract` prints for the files in one run, and its CPU seconds a file, children counted."""
    done = run_measured([HISOBOT, "extract", *files, "--format", "jsonl"], environment(work), work / "extract.jsonl")
    if done.status not in (0, 1):  # 1: some file could not be read
        sys.exit(f"bench: hisobot extract ended with exit code {done.status}\n{(work / 'extract.stderr').read_text()[-2000:]}")
    lines = read_lines(work / "extract.jsonl")
    unanswered = {file.name for file in files} - {Path(line["file"].partition("!")[0]).name for line in lines}
    if unanswered:
        print(f"bench: no line for {', '.join(sorted(unanswered))}\n{(work / 'extract.stderr').read_text()[-2000:]}", file=sys.stderr)
    return lines, done.cpu / len(files)


def environment(home: Path) -> dict[str, str]:
    """Ours without the settings of whoever runs the bench, and a home of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HISOBOT_")}
    return kept | {"HISOBOT_HOME": str(home), "OMP_THREAD_LIMIT": "1"}


def accuracy_table(score: Reading, figures: Mapping[str, float]) -> Table:
    table = Table("kind", "reports", "critically right", "CPU seconds a report", title="Reading, without the register")
    for kind in KINDS:
        if score.critical.all[kind]:
            share = f"{100 * score.critical.share(kind):.1f} %"
            table.add_row(kind, str(score.critical.all[kind]), share, f"{figures[f'{kind}_cpu_seconds']:.2f}")
    return table


def tally_table(title: str, tally: Tally) -> Table:
    table = Table("", "of", "right", title=title)
    for name in sorted(tally.all):
        table.add_row(name, str(tally.all[name]), f"{100 * tally.share(name):.1f} %")
    return table
