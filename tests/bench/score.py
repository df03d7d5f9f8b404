"""Compares what was read, booked and answered with labels. The figures are defined in docs/bench.md."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

Record = dict[str, Any]

EXACT = ("contract_number", "inn", "report_date", "reading_date", "period")
ALIKE = ("organization", "address", "signatory", "position")
MARKS = ("signature_present", "stamp_present")
NUMBERS = ("previous", "current", "consumption")
NAMED = ("serial", "unit", "kind")
#: A report is critically right when all of these are: they are what the ledger and the bill stand on.
CRITICAL = frozenset({"contract_number", "reading_date", "period", "meter count", *(f"meter {name}" for name in (*NAMED, *NUMBERS))})
KINDS = ("text", "scan", "photo", "handwritten")


def read_lines(file: Path) -> list[Record]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def kind_of(truth: Record) -> str:
    """text, scan, photo or handwritten: the four for which figures are given apart."""
    if truth.get("handwritten"):
        return "handwritten"
    mode = truth["mode"]
    if mode == "text":
        return "text"
    return "photo" if mode.startswith(("photo", "heic")) else "scan"


def pair_meters(wanted: Sequence[Record], got: Sequence[Record]) -> list[tuple[Record, Record]]:
    """Each wanted meter with the one read for it: first by serial, then by current index, the rest in order; {} for none."""
    left, found = list(got), dict[int, Record]()
    for same in (_same_serial, _same_index, lambda _wanted, _got: True):
        for place, meter in enumerate(wanted):
            match = next((other for other in left if place not in found and same(meter, other)), None)
            if match is not None:
                found[place] = match
                left.remove(match)
    return [(meter, found.get(place, {})) for place, meter in enumerate(wanted)]


def judge_report(truth: Record, got: Record | None) -> dict[str, bool]:
    """For each field that the truth holds: was it right? All wrong where nothing was read or reading failed."""
    read = got if got and not got.get("error") else {}
    fields = read.get("fields") or {}
    right = {name: _text(fields.get(name)) == truth[name] for name in EXACT if truth.get(name) is not None}
    right |= {name: alike(_text(fields.get(name)), truth[name]) for name in ALIKE if truth.get(name) is not None}
    right |= {name: (read.get(name) or {}).get("value") is truth[name] for name in MARKS if name in truth}
    meters = read.get("meters") or []
    pairs = pair_meters(truth["meters"], meters)
    for name in NAMED:
        right[f"meter {name}"] = all(_text(read_one.get(name)) == wanted[name] for wanted, read_one in pairs)
    for name in NUMBERS:
        right[f"meter {name}"] = all(_number(read_one.get(name)) == _number(wanted[name]) for wanted, read_one in pairs)
    right["meter count"] = len(meters) <= len(truth["meters"])
    return right if read else dict.fromkeys(right, False)


@dataclass(slots=True)
class Tally:
    """right of all, by name."""

    right: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, right: bool) -> None:
        self.right[name] += right
        self.all[name] += 1

    def share(self, name: str) -> float:
        return self.right[name] / self.all[name]

    def whole(self) -> float:
        return sum(self.right.values()) / max(1, sum(self.all.values()))


@dataclass(slots=True)
class Reading:
    """Figures of a corpus of reports. critical: by kind; fields: by name; layouts, modes: critically right; calibration: by tenth."""

    critical: Tally = field(default_factory=Tally)
    fields: Tally = field(default_factory=Tally)
    layouts: Tally = field(default_factory=Tally)
    modes: Tally = field(default_factory=Tally)
    calibration: Tally = field(default_factory=Tally)
    answered: int = 0

    def figures(self) -> dict[str, float]:
        out = {f"{kind}_critical_right": round(self.critical.share(kind), 4) for kind in KINDS if self.critical.all[kind]}
        return out | {"fields_right": round(self.fields.whole(), 4), "reports": sum(self.critical.all.values()), "answered": self.answered}


def score_reports(truth: Iterable[Record], got: Iterable[Record]) -> Reading:
    """Lines of `hisobot extract` against the truth, matched by file name."""
    by_file = {Path(line["file"].partition("!")[0]).name: line for line in got}
    score = Reading()
    for wanted in truth:
        line = by_file.get(wanted["file"])
        right = judge_report(wanted, line)
        score.answered += line is not None
        whole = all(ok for name, ok in right.items() if name in CRITICAL)
        for tally, name in ((score.critical, kind_of(wanted)), (score.layouts, wanted["layout"]), (score.modes, wanted["mode"])):
            tally.add(name, whole)
        for name, ok in right.items():
            score.fields.add(name, ok)
        for _, confidence, ok, _ in confidences(wanted, line or {}):
            score.calibration.add(f"{min(int(confidence * 10), 9) / 10:.1f}", ok)
    return score


@dataclass(slots=True)
class Fates:
    """Figures of a mailbox, and the messages whose fate was wrong, in words."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        names = ("messages", "answered", "surplus", "acceptable", "accepted_right", "false_accepts", "wrong_outcome")
        names += ("wrongly_incomplete", "wrong_replies", "handwritten_acceptable", "handwritten_accepted")
        share = self.counts["accepted_right"] / max(1, self.counts["acceptable"])
        return {name: self.counts[name] for name in names} | {"straight_through": round(share, 4)}


def score_mail(truth: Iterable[Record], got: Iterable[Record]) -> Fates:
    """Lines of `hisobot export messages` against the truth: by SHA-256, else by file name, each line for one message only."""
    left = list(got)
    fates = Fates()
    for wanted in truth:
        line = _taken(left, "sha256", wanted["sha256"]) or _taken(left, "file", wanted["mail"]) or {}
        fates.counts["messages"] += 1
        fates.counts["answered"] += bool(line)
        _judge_fate(fates, wanted, line)
        if line.get("reply") != wanted["reply"]:
            fates.counts["wrong_replies"] += 1
            fates.wrong.append(f"{wanted['mail']}: reply {line.get('reply')} in place of {wanted['reply']}")
    fates.counts["surplus"] = len(left)
    return fates


def _judge_fate(fates: Fates, wanted: Record, line: Record) -> None:
    hand = wanted["kind"] == "handwritten"
    fates.counts["handwritten_acceptable" if hand else "acceptable"] += wanted["outcome"] == "accepted"
    outcome = line.get("outcome")
    if outcome == "accepted":
        if wanted["outcome"] == "accepted" and _booked_exactly(wanted["reports"], line.get("reports") or []):
            fates.counts["handwritten_accepted" if hand else "accepted_right"] += 1
        else:
            fates.counts["false_accepts"] += 1
            fates.wrong.append(
                f"FALSELY ACCEPTED {wanted['mail']} ({wanted['outcome']}): {line.get('reports')} in place of {wanted['reports']}"
            )
        return
    if outcome != wanted["outcome"]:
        fates.counts["wrong_outcome"] += 1
        fates.counts["wrongly_incomplete"] += outcome == "incomplete" and wanted["outcome"] == "accepted"
        fates.wrong.append(f"{wanted['mail']}: {outcome} in place of {wanted['outcome']}, because of {line.get('reasons')}")


def _booked_exactly(wanted: Sequence[Record], got: Sequence[Record]) -> bool:
    return len(wanted) == len(got) and all(any(same_report(one, other) for other in got) for one in wanted)


def same_report(wanted: Record, got: Record) -> bool:
    if any(_text(got.get(name)) != wanted[name] for name in ("contract_number", "period", "reading_date")):
        return False
    if len(got.get("meters") or []) > len(wanted["meters"]):
        return False
    pairs = pair_meters(wanted["meters"], got.get("meters") or [])
    named = all(_text(read.get(name)) == one[name] for one, read in pairs for name in NAMED)
    return named and all(_number(read.get(name)) == _number(one[name]) for one, read in pairs for name in NUMBERS)


def _taken(left: list[Record], key: str, wanted: str) -> Record | None:
    for line in left:
        if Path(line.get(key) or "").name == wanted:
            left.remove(line)
            return line
    return None


def alike(one: str, other: str) -> bool:
    """Names count as right from a likeness of 0.85, case and punctuation aside."""
    a, b = _folded(one), _folded(other)
    return bool(a and b) and SequenceMatcher(None, a, b).ratio() >= 0.85


def _folded(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text).casefold() if letter.isalnum() or letter == "_")


def confidences(truth: Record, got: Record) -> list[tuple[str, float, bool, bool]]:
    """(field, confidence, right, certain) of every value that was given for a field that the truth holds; marks have no certainty."""
    fields = got.get("fields") or {}
    right = judge_report(truth, got)
    given = [(name, fields[name], right[name]) for name in (*EXACT, *ALIKE) if name in right and fields.get(name)]
    given += [(name, got[name], right[name]) for name in MARKS if name in right and got.get(name)]
    for wanted, read in pair_meters(truth["meters"], got.get("meters") or []):
        given += [(n, read[n], _number(read[n]) == _number(wanted[n])) for n in NUMBERS if isinstance(read.get(n), dict)]
        if isinstance(read.get("serial"), dict):
            given.append(("serial", read["serial"], _same_serial(wanted, read)))
    return [(name, field["confidence"], ok, bool(field.get("certain"))) for name, field, ok in given]


def _same_serial(wanted: Record, got: Record) -> bool:
    return _text(got.get("serial")) == wanted["serial"]


def _same_index(wanted: Record, got: Record) -> bool:
    return wanted["current"] is not None and _number(got.get("current")) == _number(wanted["current"])


def _text(value: Any) -> str:
    inner = value.get("value") if isinstance(value, dict) else value
    return "" if inner is None else str(inner)


def _number(value: Any) -> Decimal | None:
    text = _text(value)
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
