"""python -m tests.bench [all | read | cost | mail | accept | crash | web | documents | year] [--part aside]: what `./run bench` prints.

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

from tests.bench.accept import bench_accept
from tests.bench.cost import bench_cost
from tests.bench.mailing import bench_mail
from tests.bench.reading import bench_reading, extract, files_by_kind
from tests.bench.year import bench_year
from tests.corpus import ink
from tests.corpus.cases import make_mailbox
from tests.corpus.generate import MODES_ASIDE, generate
from tests.corpus.layouts import LAYOUTS, Part

SEED = 2026
REPORTS = 90
GOOD_MAIL = 30
JUDGED = 2000
CORRUPTED = 600


def main() -> None:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = ("all", "read", "cost", "mail", "accept", "crash", "web", "documents", "year")
    parser.add_argument("what", nargs="?", choices=kinds, default="all")
    parser.add_argument("--part", type=Part, choices=tuple(Part), help="of the layouts; aside: those that nobody tunes on")
    parser.add_argument("--digits", type=Path, help="an .npz of real handwritten digits (images, labels) instead of drawn strokes")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--reports", type=int, help=f"how many are drawn: {REPORTS} for read, {JUDGED} for accept")
    parser.add_argument("--corrupted", type=int, default=CORRUPTED, help="reports that are wrong on purpose, of accept")
    parser.add_argument("--mode", choices=tuple(MODES_ASIDE), help="of `accept`: all arrive so; text is born digital and quick")
    parser.add_argument("--layouts", help="of `accept` with --part: names of its layouts, which alone are drawn; between commas")
    parser.add_argument("--no-peer", action="store_true", help="without ocrmypdf")
    parser.add_argument("--contracts", type=int, help="of `web` 100,000, with 3 years of readings; of `year` 2,000")
    parser.add_argument("--seconds", type=float, default=180.0, help="of `web`: how long 50 people look at pages")
    parser.add_argument("--documents", type=int, default=120, help="of `documents`: how many of each kind")
    parser.add_argument("--rounds", type=int, default=50, help="kills of `crash`")
    given = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 160)
    hand = "drawn"
    if given.digits is not None:
        ink.use_pictures(given.digits)
        hand = "real"
    said = {"real": "pictures of real digits, those kept aside from training", "drawn": "drawn strokes: no --digits were given"}
    console.print(f"handwriting: {said[hand]}", style="dim")
    figures: dict[str, float] = {}
    if given.what in ("all", "read"):
        corpus = corpus_for("reports", given.part or Part.TUNED, given.seed, given.reports or REPORTS, hand)
        figures |= bench_reading(corpus, console, with_peer=not given.no_peer)
    if given.what == "cost":
        corpus = corpus_for("reports", given.part or Part.TUNED, given.seed, given.reports or REPORTS, hand)
        figures |= bench_cost(files_by_kind(corpus), extract, console)
    if given.what in ("all", "mail"):
        figures |= bench_mail(corpus_for("mail", given.part or Part.TUNED, given.seed, GOOD_MAIL, hand), console)
    if given.what == "accept":
        chosen = _layouts(given.layouts, given.part)
        figures |= bench_accept(given.seed, given.reports or JUDGED, given.corrupted, given.part, hand, console, given.mode, chosen)
    if given.what == "crash":
        figures |= crash(given.rounds, console)
    if given.what == "web":
        from tests.bench.web import Load, bench_web  # the pages and their server, which the other figures do not need

        contracts = given.contracts or 100_000
        load = Load(contracts=contracts, reviews=contracts // 10, seconds=given.seconds)
        figures |= bench_web(load, console)
    if given.what == "documents":
        from tests.bench.documents import bench_documents  # drawing and signing, which the other figures do not need

        figures |= bench_documents(given.documents, console)
    if given.what == "year":
        figures |= bench_year(given.contracts or 2000, given.seed, console)
    print(json.dumps(figures))


def _layouts(names: str | None, part: Part | None) -> frozenset[str]:
    chosen = frozenset(filter(None, (names or "").split(",")))
    strangers = [name for name in sorted(chosen) if name not in LAYOUTS or LAYOUTS[name].part is not part]
    if strangers:
        sys.exit(f"bench: --layouts: not of the part that --part names: {', '.join(strangers)}")
    return chosen


def corpus_for(what: str, part: Part, seed: int, count: int, hand: str) -> Path:
    """The named corpus, or a generated one: reports and mail have a folder each, as each has its own register."""
    if "HISOBOT_CORPUS" in os.environ:
        return Path(os.environ["HISOBOT_CORPUS"])
    folder = Path("build") / f"corpus-{seed}-{part}-{count}-{hand}-{what}"
    if (folder / "complete").exists():
        return folder
    print(f"Drawing a corpus into {folder}", file=sys.stderr)
    if what == "reports":
        generate(seed, count, folder, part)
    else:
        make_mailbox(seed, part, good=count).write(folder)
    (folder / "complete").touch()
    return folder


def crash(rounds: int, console: Console) -> dict[str, float]:
    """kill -9 at random moments; lives in tests/bench/crash.py."""
    if importlib.util.find_spec("tests.bench.crash") is None:
        sys.exit("bench: tests/bench/crash.py is not there")
    return importlib.import_module("tests.bench.crash").bench_crash(rounds, console)


if __name__ == "__main__":
    main()
