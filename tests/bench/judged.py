"""Drawn reports read and judged one by one, with a register that they fit: a line of JSON each, of what was read and what became of it.

The steps are the product's own (open, read, merge, look up, judge); only mail, sandbox and ledger are left out, so that thousands can
be done. A run that was broken off goes on where it stopped, as long as the code is the same.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from metering.decisions import Case, Decision, Outcome, Policy, Source
from metering.periods import TASHKENT
from metering.report_json import nothing_read, report_as_json
from metering.reports import Report
from metering.senders import Sender, Tier
from parsers.merging import merge
from parsers.opening import OpeningLimits, open_bytes
from service.binding import Arrival, look_up
from service.reading import read_file
from storage.database import Database
from storage.register import import_register
from tests.bench.score import CRITICAL, Record, confidences, judge_report, kind_of, same_report
from tests.corpus.corrupt import CORRUPTIONS
from tests.corpus.facts import Facts, complete
from tests.corpus.generate import Sample, draw, plan, write_register
from tests.corpus.layouts import Layout, Part
from validation.rulebook import judge

ROOT = Path(__file__).resolve().parents[2]
#: What decides about the figures: a run is not continued with other code.
_CODE = ("metering", "parsers", "ocr", "validation", "service", "storage", "tests/corpus", "tests/bench")
CONTRACTS = 29_999


@dataclass(frozen=True, slots=True)
class Drawn:
    """One report to be drawn. true: what the register knows; facts: what its page says; corruption: how the two differ, or ""."""

    index: int
    part: Part
    layout: Layout
    mode: str
    true: Facts
    facts: Facts
    corruption: str
    random: Random


def code_version() -> str:
    """Eight hexadecimal digits of all code and models that the figures depend on."""
    digest = hashlib.sha256()
    for folder in _CODE:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in (".py", ".toml", ".onnx"):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


def planned(seed: int, index: int, part: Part, *, corrupted: bool, only: str | None = None, chosen: frozenset[str] = frozenset()) -> Drawn:
    """The index-th case. Contract numbers are given out once each; what is corrupted is complete and has indexes.

    only: the way in which all arrive; of layouts that can. chosen: as of `plan`.
    """
    tries = itertools.count(index, 1_000_003)
    layout, mode, facts, random = plan(seed, next(tries), part, chosen)
    while (corrupted and not layout.demand.indexes) or (only and not layout.arrives_as(only)):
        layout, mode, facts, random = plan(seed, next(tries), part, chosen)
    mode = only or mode
    facts = replace(facts, contract_number=f"{_contract(seed, index):05d}")
    if not corrupted:
        return Drawn(index, part, layout, mode, facts, facts, "", random)
    facts = complete(facts)
    change = CORRUPTIONS[index % len(CORRUPTIONS)]
    return Drawn(index, part, layout, mode, facts, change(random, facts), change.__name__, random)


def _contract(seed: int, index: int) -> int:
    """A number that no other index below 29,999 has: a walk over all of them in steps that meet each once."""
    return (seed * 7919 + index * 10_007) % CONTRACTS + 1


def run(cases: list[Drawn], file: Path) -> Iterator[Record]:
    """Yields the line of each case, new or kept in the file; new ones are appended to it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    known = {line["name"]: line for line in map(json.loads, file.read_text().splitlines())} if file.exists() else {}
    with tempfile.TemporaryDirectory(prefix="hisobot-bench-") as folder, file.open("a", encoding="utf-8") as out:
        database = _register([case.true for case in cases], Path(folder))
        for case in cases:
            name = f"{case.layout.name}-{case.mode}-{case.index:05d}{case.corruption and '-' + case.corruption}"
            line = known.get(name)
            if line is None:
                line = _judged(case, draw(name, case.layout.name, case.mode, case.facts, case.random), database)
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
                out.flush()
            yield line
        database.close()


def _register(facts: list[Facts], folder: Path) -> Database:
    write_register(facts, folder, Random("register"))
    database = Database(f"sqlite:///{folder}/register.db")
    database.upgrade()
    with database.transaction() as tx:
        refused = import_register(tx, folder / "contracts.csv", folder / "meters.csv").refused
    if refused:
        raise SystemExit(f"bench: {len(refused)} rows of the drawn register are refused, the first: {refused[0].reason}")
    return database


def _judged(case: Drawn, sample: Sample, database: Database) -> Record:
    started = time.process_time()
    with tempfile.TemporaryDirectory(prefix="hisobot-bench-") as folder:
        opened = open_bytes(sample.content, sample.name, Path(folder), OpeningLimits())
        reports = merge([report for file in opened.files if file.sheets for report in read_file(file, Path(folder))])
    cpu = time.process_time() - started
    truth, got = sample.truth(), report_as_json(reports[-1]) if reports else nothing_read()
    right = judge_report(truth, got)
    outcomes, reasons, false = [], [], False
    for report in reports:
        weighed, looked_up, decision = _decide(report, case, database)
        outcomes.append(str(decision.outcome))
        reasons += decision.reasons
        if decision.outcome is Outcome.ACCEPTED:
            wrong_page = case.corruption and not (case.corruption == "digit_of_contract" and "contract_number" in sample.unsaid)
            entitled = not wrong_page and case.true.signature_present and case.true.stamp_present and len(reports) == 1
            false = false or not entitled or not same_report(case.true.truth(), _booked(weighed, looked_up))
    return {
        "name": sample.name.rpartition(".")[0],
        "layout": case.layout.name,
        "part": str(case.part),
        "mode": case.mode,
        "kind": kind_of(truth),
        "corruption": case.corruption,
        "acceptable": case.true.signature_present and case.true.stamp_present and case.layout.demand.indexes and not case.corruption,
        "outcome": "+".join(outcomes) or "nothing read",
        "reasons": list(dict.fromkeys(reasons)),
        "false": false,
        "critical": all(ok for name, ok in right.items() if name in CRITICAL),
        "right": right,
        "confidences": [[name, confidence, ok, certain] for name, confidence, ok, certain in confidences(truth, got)],
        "read": got if false else None,
        "cpu": round(cpu, 3),
    }


def _booked(report: Report, looked_up: Case) -> Record:
    """What the ledger would say: what the report does not name itself is the register's."""
    said = report_as_json(report)
    meters = [{**m, "kind": m["kind"] or looked_up.meters[m["serial"]["value"]].meter.kind.value} for m in said["meters"]]
    day = next((m["reading_date"] for m in meters if m["reading_date"]), said["fields"]["reading_date"])
    return {"contract_number": looked_up.contract_number, "period": str(looked_up.period), "reading_date": day, "meters": meters}


def _decide(report: Report, case: Drawn, database: Database) -> tuple[Report, Case, Decision]:
    """As mail of the customer's own address that came on the day of the report, and nothing booked before it."""
    received = dt.datetime.combine(case.true.report_date, dt.time(12), TASHKENT)
    arrival = Arrival(Source.EMAIL, received, Sender(case.true.email, Tier.A, "dmarc=pass"))
    with database.transaction() as tx:
        report, looked_up = look_up(tx, report, arrival, Policy())
    return report, looked_up, judge(report, looked_up)
