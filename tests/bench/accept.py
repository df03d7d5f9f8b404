"""`./run bench accept`: accuracy on what is kept aside, reliability of confidences, and false accepts over thousands of drawn reports."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.judged import Drawn, code_version, planned, run
from tests.bench.score import CRITICAL, KINDS, Record
from tests.corpus.layouts import Part

KEPT = Path("build/bench")
#: Half of the reports are of layouts kept aside, a quarter each of those once kept aside and those tuned on.
TURNS = (Part.ASIDE, Part.TUNED, Part.ASIDE, Part.SEEN)
BARS = {"text": 1.0, "scan": 0.97, "photo": 0.94, "handwritten": 0.80}
#: Lower ends of the buckets of confidence.
BUCKETS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)
#: Shown in the table of reliability; contract and dates, numbers and serials, then names and marks.
FIELDS = (
    "contract_number", "inn", "period", "reading_date", "report_date", "serial", "previous", "current", "consumption",
    "organization", "address", "position", "signatory", "signature_present", "stamp_present",
)  # fmt: skip


def bench_accept(
    seed: int,
    reports: int,
    corrupted: int,
    part: Part | None,
    hand: str,
    console: Console,
    only: str | None = None,
    chosen: frozenset[str] = frozenset(),
) -> dict[str, float]:
    """Reads and judges so many reports, then so many corrupted ones; prints tables, returns figures. `hand`: whose digits are written.

    chosen: names of layouts of the part, which alone are drawn.
    """
    turns = (part,) if part else TURNS
    figures: dict[str, float] = {}
    # A number of corrupted reports is drawn from indexes of their own.
    for count, wrong, first in ((reports, False, 0), (corrupted, True, 12_000)):
        if not count:
            continue
        cases = [planned(seed, first + i, turns[i % len(turns)], corrupted=wrong, only=only, chosen=chosen) for i in range(count)]
        lines = _all(
            cases,
            KEPT / f"{'corrupted' if wrong else 'judged'}-{seed}-{part or 'all'}-{only or 'mixed'}-{hand}-{code_version()}.jsonl",
            console,
        )
        figures |= show_corrupted(lines, console) if wrong else show(lines, console)
    return figures


def _all(cases: Sequence[Drawn], file: Path, console: Console) -> list[Record]:
    console.print(f"{len(cases)} reports; lines are kept in {file}", style="dim")
    lines = []
    for line in run(list(cases), file):
        lines.append(line)
        if len(lines) % 100 == 0:
            print(f"{len(lines)} read, {sum(line['false'] for line in lines)} accepted falsely", file=sys.stderr, flush=True)
    return lines


def show(lines: Sequence[Record], console: Console) -> dict[str, float]:
    """All tables of what was read and judged."""
    figures: dict[str, float] = {"judged": len(lines), "false_accepts": sum(line["false"] for line in lines)}
    console.print(_accuracy(lines, figures))
    console.print(_by("layout", [line for line in lines if line["part"] == Part.ASIDE], "critically right by layout, kept aside"))
    console.print(_by("mode", [line for line in lines if line["part"] == Part.ASIDE], "critically right by way of arrival, kept aside"))
    console.print(_acceptance(lines, figures))
    for title, chosen in (("kept aside", [line for line in lines if line["part"] == Part.ASIDE]), ("all", lines)):
        if chosen:
            console.print(reliability(chosen, f"reliability, {title}: right of the values given this confidence (how many)"))
    figures |= _calibration([line for line in lines if line["part"] == Part.ASIDE] or lines)
    console.print(_certain(lines, figures))
    for line in lines:
        if line["false"]:
            console.print(f"ACCEPTED FALSELY {line['name']}: {line['read']}", markup=False, highlight=False)
    return figures


def show_corrupted(lines: Sequence[Record], console: Console) -> dict[str, float]:
    """What became of reports that are wrong on purpose."""
    table = Table("changed on purpose", "reports", "accepted", "review", "other", title="Corrupted reports")
    for name in sorted({line["corruption"] for line in lines}):
        outcomes = Counter(line["outcome"] for line in lines if line["corruption"] == name)
        accepted = sum(line["false"] for line in lines if line["corruption"] == name)
        numbers = (outcomes.total(), accepted, outcomes["review"], outcomes.total() - accepted - outcomes["review"])
        table.add_row(name, *map(str, numbers))
    console.print(table)
    for line in lines:
        if line["false"]:
            console.print(f"ACCEPTED FALSELY {line['name']}: {line['read']}", markup=False, highlight=False)
    return {"corrupted": len(lines), "corrupted_accepted": sum(line["false"] for line in lines)}


def _accuracy(lines: Sequence[Record], figures: dict[str, float]) -> Table:
    table = Table("layouts", "kind", "reports", "critically right", "bar", "fields right", "CPU s", title="Reading, without the register")
    for part in Part:
        for kind in KINDS:
            chosen = [line for line in lines if line["part"] == part and line["kind"] == kind]
            if not chosen:
                continue
            share = sum(line["critical"] for line in chosen) / len(chosen)
            fields = [ok for line in chosen for ok in line["right"].values()]
            cpu = sum(line["cpu"] for line in chosen) / len(chosen)
            table.add_row(
                part, kind, str(len(chosen)), f"{share:.1%}", f"{BARS[kind]:.0%}" if part is Part.ASIDE else "",
                f"{sum(fields) / len(fields):.1%}", f"{cpu:.2f}",
            )  # fmt: skip
            figures[f"{part}_{kind}_critical_right"] = round(share, 4)
            figures[f"{part}_{kind}_reports"] = len(chosen)
    return table


def _by(key: str, lines: Sequence[Record], title: str) -> Table:
    table = Table(key, "reports", "right", "most often wrong", title=title)
    for name in sorted({line[key] for line in lines}):
        chosen = [line for line in lines if line[key] == name]
        wrong = Counter(field for line in chosen for field, ok in line["right"].items() if not ok and field in CRITICAL)
        often = ", ".join(f"{field} {count}" for field, count in wrong.most_common(3))
        table.add_row(name, str(len(chosen)), f"{sum(line['critical'] for line in chosen) / len(chosen):.0%}", often)
    return table


def _acceptance(lines: Sequence[Record], figures: dict[str, float]) -> Table:
    """The accept rate at zero false accepts: of complete reports, those that the product accepted."""
    table = Table("kind", "acceptable", "accepted", "rate", "accepted falsely", title="Judged with the register")
    for kind in (*KINDS, "typed", "all"):
        chosen = [line for line in lines if kind == "all" or line["kind"] == kind or (kind == "typed" and line["kind"] != "handwritten")]
        acceptable = [line for line in chosen if line["acceptable"]]
        accepted = sum(line["outcome"] == "accepted" and not line["false"] for line in acceptable)
        false = sum(line["false"] for line in chosen)
        if acceptable:
            figures[f"accept_rate_{kind}"] = round(accepted / len(acceptable), 4)
            table.add_row(kind, str(len(acceptable)), str(accepted), f"{accepted / len(acceptable):.1%}", str(false))
    return table


def reliability(lines: Sequence[Record], title: str) -> Table:
    """Per field and bucket of confidence: the share that was right, and of how many."""
    table = Table("field", *(f"{low:g}" for low in BUCKETS), title=title)
    for name in (*FIELDS, "all"):
        cells = []
        for low, high in zip(BUCKETS, (*BUCKETS[1:], 1.01), strict=True):
            right = [ok for line in lines for field, given, ok, _ in line["confidences"] if name in (field, "all") and low <= given < high]
            cells.append(f"{sum(right) / len(right):.1%} ({len(right)})" if right else "")
        table.add_row(name, *cells)
    return table


def _calibration(lines: Sequence[Record]) -> dict[str, float]:
    """Expected calibration error over tenths of confidence, and the share right of the values given 0.9 and more."""
    given = [(min(9, int(confidence * 10)), confidence, ok) for line in lines for _, confidence, ok, _ in line["confidences"]]
    error = 0.0
    for tenth in range(10):
        chosen = [(confidence, ok) for place, confidence, ok in given if place == tenth]
        error += abs(sum(confidence for confidence, _ in chosen) - sum(ok for _, ok in chosen))
    high = [ok for place, _, ok in given if place == 9]
    return {"calibration_error": round(error / max(1, len(given)), 4), "right_of_0.9": round(sum(high) / max(1, len(high)), 4)}


def _certain(lines: Sequence[Record], figures: dict[str, float]) -> Table:
    """What the rulebook goes by: of the values called certain, how many are wrong."""
    table = Table("field", "given", "certain", "certain and wrong", title="Certain values")
    for name in (*FIELDS[:9], "all"):
        fields = FIELDS[:9] if name == "all" else (name,)
        given = [(ok, certain) for line in lines for field, _, ok, certain in line["confidences"] if field in fields]
        certain = [ok for ok, is_certain in given if is_certain]
        table.add_row(name, str(len(given)), str(len(certain)), str(len(certain) - sum(certain)))
    figures["certain"] = len(certain)
    figures["certain_and_wrong"] = len(certain) - sum(certain)
    return table
