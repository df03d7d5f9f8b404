"""`./run bench mail`: a labelled mailbox through register import, ingest and export, and whether each message met its fate."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.costs import run_measured
from tests.bench.reading import HISOBOT, KEPT, environment
from tests.bench.score import read_lines, score_mail
from tests.corpus.envelope import OUR_HOST


def bench_mail(corpus: Path, console: Console) -> dict[str, float]:
    """Prints what went wrong and the figures; returns the figures. Nothing of the mailbox is changed."""
    truth = read_lines(corpus / "mail_truth.jsonl")
    console.print(f"ingesting {len(truth)} messages", style="dim")
    with tempfile.TemporaryDirectory(prefix="hisobot-bench-") as folder:
        home = Path(folder)
        settings = environment(home) | {"HISOBOT_MAIL__AUTHSERV_ID": OUR_HOST, "HISOBOT_MAIL__OWN_HOSTS": OUR_HOST}
        commands = [
            ["register", "import", corpus / "contracts.csv", corpus / "meters.csv"],
            ["ingest", corpus / "mail"],
            ["export", "messages", "--format", "jsonl"],
        ]
        cpu = 0.0
        for command in commands:
            done = run_measured([HISOBOT, *command], settings, home / "out.jsonl")
            cpu += done.cpu
            if done.status:
                sys.exit(f"bench: hisobot {command[0]} ended with exit code {done.status}\n{(home / 'out.stderr').read_text()[-2000:]}")
        KEPT.mkdir(parents=True, exist_ok=True)
        shutil.copy(home / "out.jsonl", KEPT / "mail.jsonl")
        fates = score_mail(truth, read_lines(home / "out.jsonl"))
    for line in fates.wrong:
        console.print(line, highlight=False, markup=False)
    figures = fates.figures() | {"mail_cpu_seconds": round(cpu / len(truth), 3)}
    table = Table("figure", "", title="Mail")
    for name, value in figures.items():
        table.add_row(name.replace("_", " "), str(value))
    console.print(table)
    return figures
