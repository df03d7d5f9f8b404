"""python -m tests.bench [all | read | mail | crash] [--held-out] [--no-peer]: what `./run bench` prints.

The corpus is the folder that HISOBOT_CORPUS names (reports/truth.jsonl, mail_truth.jsonl, mail/, contracts.csv,
meters.csv), else one that the generator makes in build/. The last line is one JSON object with all figures.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
from pathlib import Path

from rich.console import Console

from tests.bench.mailing import bench_mail
from tests.bench.reading import bench_reading
from tests.corpus.cases import make_mailbox
from tests.corpus.generate import generate

SEED = 2026
REPORTS = 90
GOOD_MAIL = 30


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=("all", "read", "mail", "crash"), default="all")
    parser.add_argument("--held-out", action="store_true", help="the layouts that nobody tunes on")
    parser.add_argument("--no-peer", action="store_true", help="without ocrmypdf")
    parser.add_argument("--rounds", type=int, default=50, help="kills of `crash`")
    given = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 160)
    figures: dict[str, float] = {}
    if given.what in ("all", "read"):
        figures |= bench_reading(corpus_for("reports", given.held_out), console, with_peer=not given.no_peer)
    if given.what in ("all", "mail"):
        figures |= bench_mail(corpus_for("mail", given.held_out), console)
    if given.what == "crash":
        figures |= crash(given.rounds, console)
    print(json.dumps(figures))


def corpus_for(what: str, held_out: bool) -> Path:
    """The named corpus, or a generated one: reports and mail have a folder each, as each has its own register."""
    if "HISOBOT_CORPUS" in os.environ:
        return Path(os.environ["HISOBOT_CORPUS"])
    folder = Path("build") / f"corpus-{SEED}-{'held-out' if held_out else 'tuning'}-{what}"
    if (folder / "complete").exists():
        return folder
    print(f"Drawing a corpus into {folder}", file=sys.stderr)
    if what == "reports":
        generate(SEED, REPORTS, folder, held_out=held_out)
    else:
        make_mailbox(SEED, held_out=held_out, good=GOOD_MAIL).write(folder)
    (folder / "complete").touch()
    return folder


def crash(rounds: int, console: Console) -> dict[str, float]:
    """kill -9 at random moments; lives in tests/bench/crash.py."""
    if importlib.util.find_spec("tests.bench.crash") is None:
        sys.exit("bench: tests/bench/crash.py is not there")
    return importlib.import_module("tests.bench.crash").bench_crash(rounds, console)


if __name__ == "__main__":
    main()
