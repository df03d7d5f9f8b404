"""How well our own form is read back: python -m tests.bench.form [--digits FILE.npz] [--forms 20] [--seed 1]

Forms of invented contracts are filled in type, by drawn hands and, with --digits (see tests/bench/train_digits.py), with the
pictures of real digits that were kept aside from training; then scanned, copied to one bit, photographed and sent through a messenger.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image
from rich.console import Console
from rich.table import Table

from documents.form import FormFacts, draw_form, form_meter
from metering import form_layout as layout
from metering.contracts import AcceptedIndex, Contract, ContractStatus, Language, Meter
from metering.decisions import MeterRecord
from metering.forms import parse_code
from metering.messages import Attachment, FileKind, OpenedFile, Sheet
from metering.reports import Field, Report
from metering.units import Unit
from service.form_codes import form_key, weigh_codes
from service.reading import read_file
from storage.database import Database
from tests.bench.train_digits import held_out
from tests.corpus import degrade, paper
from tests.corpus.facts import Demand, Facts, invent
from tests.support.filled_forms import FONTS, Hand, drawn, fill, pictured, sign, split, stamp, typed, write_text

WAYS = ("scan300", "scan200", "scan150", "bw200", "rot", "photo", "hard photo", "messenger")
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Filled:
    """One form filled in: its facts, the two numbers written for each meter, and the picture that arrives."""

    facts: Facts
    written: tuple[tuple[str, str], ...]
    picture: Image.Image


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--digits", type=Path)
    parser.add_argument("--forms", type=int, default=20, help="of each way of writing, for each way of arrival")
    parser.add_argument(
        "--hands", nargs="+", choices=("typed", "drawn", "real"), default=("typed", "drawn", "real"), help="real: with --digits"
    )
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=WAYS)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    hands = {"typed": lambda random: typed(random.choice(FONTS)), "drawn": drawn}
    if given.digits is not None:
        with np.load(given.digits) as data:
            aside = held_out(len(data["images"]))
            real = pictured(data["images"][aside], data["labels"][aside])
        hands["real"] = lambda random: real
    hands = {writing: hand for writing, hand in hands.items() if writing in given.hands}
    tallies: dict[tuple[str, str], Counter[str]] = {}
    with tempfile.TemporaryDirectory(prefix="hisobot-form-") as folder:
        database = Database(f"sqlite:///{folder}/form.db")
        database.upgrade()
        with database.transaction() as tx:
            key = form_key(tx)
        for writing, hand in hands.items():
            for way in given.ways:
                tally = tallies[writing, way] = Counter()
                for number in range(given.forms):
                    random = Random(f"{given.seed} {writing} {way} {number}")
                    filled = make(random, hand(random), way, key)
                    started = time.process_time()
                    reports = read(filled.picture, Path(folder), None if "photo" in way or way == "messenger" else degrade.SCANS[way])
                    tally["cpu"] += time.process_time() - started
                    with database.transaction() as tx:
                        weighed = [weigh_codes(tx, report) for report in reports]
                    for line in count(filled, weighed, tally):
                        print(f"{writing}, {way} {number}: {line}", flush=True)
    show(tallies, Console(width=170))


def make(random: Random, hand: Hand, way: str, key: bytes) -> Filled:
    """A form of one page, filled in and on its way."""
    facts = invent(random, random.choice(("ru", "uz", "uz_cyrl")), Demand(most_meters=4))
    contract = Contract(
        facts.contract_number, facts.organization, facts.address, facts.inn, (), Decimal(1), Language(facts.language), ContractStatus.ACTIVE
    )
    records = tuple(
        MeterRecord(
            Meter(contract.number, m.serial, m.model, m.kind, m.unit, digits=8 if m.unit is Unit.KWH else None),
            AcceptedIndex(Decimal(m.previous or 0), facts.previous_date, "register"),
        )
        for m in facts.meters
    )
    pdf = draw_form(FormFacts(contract, facts.period, records, "metrology@teploenergo.uz", key))
    page = np.asarray(paper.pictures(pdf, degrade.SCANS.get(way, 300))[0]).copy()
    written = []
    for number, (meter, record) in enumerate(zip(facts.meters, records, strict=True)):
        consumption = Decimal(meter.consumption).quantize(CENT, ROUND_DOWN)
        current = (Decimal(meter.previous or 0).quantize(CENT, ROUND_DOWN) + consumption).quantize(CENT)
        places = layout.meter_places(number, form_meter(record.meter))
        fill(page, places.current, split(str(current)), hand, random)
        fill(page, places.consumption, split(str(consumption)), hand, random)
        written.append((str(current), str(consumption)))
    for comb, day in ((layout.READING_DATE, facts.reading_date), (layout.REPORT_DATE, facts.report_date)):
        fill(page, comb, (f"{day:%d}", f"{day:%m}", f"{day:%y}"), hand, random)
    write_text(page, layout.POSITION, facts.position, random)
    write_text(page, layout.SIGNATORY, facts.signatory, random)
    if facts.signature_present:
        sign(page, layout.SIGNATURE, random)
    if facts.stamp_present:
        stamp(page, layout.STAMP, random)
    return Filled(facts, tuple(written), arrive(Image.fromarray(page), way, random))


def arrive(page: Image.Image, way: str, random: Random) -> Image.Image:
    if way in degrade.SCANS:
        return degrade.scan(page, way, random)
    # Paper is never quite white.
    shot = degrade.photograph(page.point(lambda value: round(value * 0.94)), random, hard=way != "photo")
    return degrade.through_messenger(shot, random) if way == "messenger" else shot


def read(picture: Image.Image, folder: Path, pixels_per_inch: float | None) -> tuple[Report, ...]:
    picture.convert("RGB").save(folder / "page.ppm")
    size = os.path.getsize(folder / "page.ppm")
    attachment = Attachment("form.png", "0" * 64, size, FileKind.PNG)
    sheet = Sheet(1, 595.28, 841.89, None, "page.ppm", pixels_per_inch)
    return read_file(OpenedFile(attachment, (sheet,)), folder)


def count(filled: Filled, weighed: list[tuple[Report, bool]], tally: Counter[str]) -> list[str]:
    """Counts what was right, what was certain, and what was certain and wrong: that must never be. Returns what was wrong, in words."""
    facts = filled.facts
    tally["forms"] += 1
    tally["known"] += (
        len(weighed) == 1 and weighed[0][0].codes != () and not weighed[0][1] and parse_code(weighed[0][0].codes[0]) is not None
    )
    report = weighed[0][0]
    pairs: list[tuple[str, Field | None, str]] = [
        ("contract", report.contract_number, facts.contract_number),
        ("period", report.period, str(facts.period)),
        ("date", report.reading_date, facts.reading_date.isoformat()),
        ("date", report.report_date, facts.report_date.isoformat()),
    ]
    lines = {line.serial.value: line for line in report.meters if line.serial}
    for meter, (current, consumption) in zip(facts.meters, filled.written, strict=True):
        line = lines.get(meter.serial)
        tally["meters"] += 1
        tally["meters right"] += line is not None and (line.kind, line.unit) == (meter.kind, meter.unit)
        pairs.append(("previous", line.previous if line else None, meter.previous or ""))
        pairs.append(("reading", line.current if line else None, current))
        pairs.append(("reading", line.consumption if line else None, consumption))
    everything, wrong = True, []
    for name, field, truth in pairs:
        right = field is not None and field.value == truth
        certain = field is not None and field.certain
        tally[name] += 1
        tally[f"{name} right"] += right
        tally[f"{name} certain"] += certain
        tally["certain and wrong"] += certain and not right
        everything = everything and certain
        if not right:
            wrong.append(f"{name} {truth} read as {field.value if field else None}{', certain' if certain else ''}")
    tally["all certain"] += everything
    for name, mark in (("signature", report.signature_present), ("stamp", report.stamp_present)):
        tally[name] += mark.value == getattr(facts, f"{name}_present")
    if (over := report.pen_over) is not None or report.struck:
        tally["as printed"] -= 1
        wrong.append(f"taken for {over or 'struck out'}")
    tally["as printed"] += 1
    return wrong


def show(tallies: dict[tuple[str, str], Counter[str]], console: Console) -> None:
    names = ("contract", "period", "meters", "previous", "reading", "date")
    columns = (
        "written",
        "arrives as",
        "forms",
        *names,
        "readings certain",
        "all certain",
        "certain, wrong",
        "signature",
        "stamp",
        "no pen over",
        "CPU s",
    )
    table = Table(*columns, box=None, pad_edge=False)
    rows: dict[tuple[str, str], Counter[str]] = {}
    for (writing, way), tally in tallies.items():
        rows[writing, way] = tally
        group = "all photos" if way in WAYS[5:] else "all scans"
        rows.setdefault((writing, group), Counter()).update(tally)
    for (writing, way), tally in sorted(rows.items()):
        cells = [f"{tally[f'{name} right'] / tally[name]:.2%}" for name in names]
        certain = f"{tally['reading certain'] / tally['reading']:.1%}"
        forms = tally["forms"]
        rest = [f"{tally[name] / forms:.1%}" for name in ("signature", "stamp", "as printed")]
        table.add_row(
            writing,
            way,
            str(forms),
            *cells,
            certain,
            f"{tally['all certain'] / forms:.1%}",
            str(tally["certain and wrong"]),
            *rest,
            f"{tally['cpu'] / forms:.2f}",
        )
    console.print(table)


if __name__ == "__main__":
    main()
