"""Counts what would be booked wrongly of handwriting: python -m tests.bench.hand_accepts --digits FILE.npz --reports 1000

Each report is a meter's previous index, current index and consumption and a reading's and a report's date, written by one hand of real
digits that no training saw, as cut out of a scanned form. The register knows the previous index. Accepted is a report whose current
index, consumption and date are certain once the register was asked, by the product's own rules (docs/handwriting.md).
"""

from __future__ import annotations

import argparse
import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import cv2
import numpy as np

from metering.pages import Box
from metering.reports import Field, MeterLine, Report
from ocr.hand_crops import HandCrop
from ocr.handwriting import HandReader
from ocr.second_reader import SecondReader
from parsers.handwritten.dates_together import date_fields
from parsers.handwritten.values import Written, number_fields, weigh
from parsers.handwritten.writing import MEANINGS
from parsers.page.found import NUMBERS
from tests.bench.arriving import arriving
from tests.bench.written_hands import Hands, pictured, read_hands
from tests.bench.written_signs import TALL, beside
from tests.validation.made import HEAT, heat_record
from validation.evidence import weigh_date, weigh_meters

PLACE, BELOW = Box(0, 0, 100, 20), Box(0, 100, 100, 120)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--digits", type=Path, required=True)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    cv2.setNumThreads(1)
    _, hands = read_hands(given.digits, None, ())
    reader = HandReader(SecondReader())
    accepted = wrong = right = 0
    for number in range(given.reports):
        truth, read = _report(reader, hands, Random(f"accepts {given.seed} {number}"))
        right += _is_right(truth, read)
        if all(field is not None and field.certain for field in read.values()):
            accepted += 1
            if not _is_right(truth, read):
                wrong += 1
                print(f"WRONG {number}: {truth} read as {read}", flush=True)
        if number % 100 == 99:
            print(f"{number + 1} reports: {right} read right, {accepted} accepted, {wrong} of them wrong", flush=True)


def _report(reader: HandReader, hands: Hands, chance: Random):  # type: ignore[no-untyped-def]
    """What was written, and for each value its field as the register leaves it."""
    used = Decimal(chance.randint(100, 40000)) / 100
    before = Decimal(chance.randint(10 ** chance.choice((3, 4, 5, 6, 7)), 10**8 - 1)) / 100
    day = dt.date(2026, chance.randint(1, 12), chance.randint(17, 25))
    later = day + dt.timedelta(days=chance.choice((0, 0, 1, 2)))
    truth = {"previous": f"{before:.2f}", "current": f"{before + used:.2f}", "consumption": f"{used:.2f}"}
    truth |= {"reading_date": day.isoformat()}
    said = {**truth, "reading_date": f"{day:%d.%m.%Y}", "report_date": f"{later:%d.%m.%Y}"}
    write = pictured(hands, chance)
    written: dict[str, Written] = {}
    for name, text in said.items():
        ink = beside(text if "date" in name else text.replace(".", chance.choice(",,,.-")), write, chance)
        rows, columns = np.nonzero(ink > 0.3)
        margin = round(0.18 * TALL)
        ink = ink[max(0, rows.min() - margin) : rows.max() + margin, max(0, columns.min() - 2 * margin) : columns.max() + 2 * margin]
        crop = HandCrop(arriving(ink, chance), len(text) / 2, struck=False)
        found = weigh(reader.read_crop(crop, dated="date" in name), 1, BELOW if name == "report_date" else PLACE, MEANINGS[name])
        if found is not None:
            written[name] = found
    fields = number_fields({n: w for n, w in written.items() if n in NUMBERS})
    date, drawn_up = date_fields(written.get("reading_date"), written.get("report_date"), None)
    line = MeterLine(Field(HEAT, 1.0, 1, PLACE), **{name: fields.get(name) for name in NUMBERS})
    record = heat_record(last=truth["previous"])
    assert record.last_accepted is not None
    meters = {HEAT: replace(record, last_accepted=replace(record.last_accepted, date=day - dt.timedelta(days=chance.randint(27, 33))))}
    report = Report(("form",), 1, reading_date=date, report_date=drawn_up, meters=(line,), handwritten=True)
    report = weigh_date(weigh_meters(report, meters), meters, later + dt.timedelta(days=chance.choice((0, 0, 1, 2))))
    (line,), date = report.meters, report.reading_date
    return truth, {**{name: getattr(line, name) for name in NUMBERS}, "reading_date": date}


def _is_right(truth: dict[str, str], read: dict[str, Field | None]) -> bool:
    numbers = all((f := read[name]) is not None and Decimal(f.value) == Decimal(truth[name]) for name in NUMBERS)
    return numbers and (date := read["reading_date"]) is not None and date.value == truth["reading_date"]


if __name__ == "__main__":
    main()
