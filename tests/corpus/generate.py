"""A folder of labelled reports from a seed: files in reports/, their labels in reports/truth.jsonl, and the register that they fit."""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

from PIL import Image

from tests.corpus import degrade, layouts, paper, style, wear
from tests.corpus.facts import Facts, invent
from tests.corpus.layouts import Part

#: How often each way of arriving occurs. `text` is born digital; `text_broken` has a text layer that is garbage.
MODES = {
    "text": 16, "text_broken": 3, "scan300": 14, "scan200": 18, "scan200gray": 8, "scan150": 8, "bw200": 8, "rot": 7, "tiff": 2, "png": 2,
    "photo": 8, "photo_hard": 6, "photo_turned": 3, "photo_messenger": 3, "heic": 5,
}  # fmt: skip
#: The same for what is kept aside, with the scanners and cameras of wear.py, which nothing is tuned on either.
MODES_ASIDE = {
    "text": 12, "text_broken": 3, "scan300": 7, "scan200": 8, "scan200gray": 4, "scan150": 5, "bw200": 4, "rot": 5, "tiff": 2, "png": 2,
    "feed300": 6, "feed200": 8, "feed150": 4, "bw300": 4, "halftone200": 1,
    "photo": 4, "photo_hard": 4, "photo_turned": 3, "photo_messenger": 4, "heic": 4, "photo_tilted": 6, "photo_curl": 4, "photo_screen": 2,
}  # fmt: skip
#: Parts of the corpus share no seed.
SEED_NAMES = {Part.TUNED: "tuning", Part.SEEN: "held out", Part.ASIDE: "aside"}


@dataclass(frozen=True, slots=True)
class Sample:
    """One generated file and its labels. unsaid: what the page leaves out, as a printout does its contract."""

    name: str
    content: bytes
    layout: str
    mode: str
    facts: Facts
    unsaid: frozenset[str] = frozenset()

    def truth(self) -> dict[str, object]:
        layout = layouts.LAYOUTS[self.layout]
        said = {"file": self.name, "layout": self.layout, "mode": self.mode, "lang": layout.language, "handwritten": layout.handwritten}
        return {**said, **self.facts.truth(), **dict.fromkeys(self.unsaid)}


def generate(seed: int, count: int, folder: Path, part: Part = Part.TUNED) -> list[Sample]:
    """Write `count` reports into folder/reports with truth.jsonl, and contracts.csv and meters.csv beside.

    Layouts and seeds of the parts never meet. Same arguments: same facts, same damage.
    """
    reports = folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    samples = [sample(seed, index, part) for index in range(count)]
    for one in samples:
        (reports / one.name).write_bytes(one.content)
    (reports / "truth.jsonl").write_text("".join(json.dumps(one.truth(), ensure_ascii=False) + "\n" for one in samples))
    write_register([one.facts for one in samples], folder, Random(f"register {seed}"))
    return samples


def sample(seed: int, index: int, part: Part = Part.TUNED) -> Sample:
    """The index-th report of a seed; layouts take turns, so that every one occurs."""
    layout, mode, facts, random = plan(seed, index, part)
    return draw(f"{layout.name}-{mode}-{index:04d}", layout.name, mode, facts, random)


def plan(seed: int, index: int, part: Part, chosen: frozenset[str] = frozenset()) -> tuple[layouts.Layout, str, Facts, Random]:
    """What the index-th report of a seed will be, before it is drawn: layout, mode, facts, and the random state to draw with.

    chosen: names of layouts of that part, of which alone are drawn; all where it is empty.
    """
    random = Random(f"{SEED_NAMES[part]} {seed} {index}")
    names = [name for name, layout in layouts.LAYOUTS.items() if layout.part is part and (not chosen or name in chosen)]
    Random(f"order {seed}").shuffle(names)
    # Parts take turns of two and of four: when those have come round the layouts begin one further on, so that every one occurs.
    layout = layouts.LAYOUTS[names[(index + index // math.lcm(len(names), 4)) % len(names)]]
    weights = MODES_ASIDE if part is Part.ASIDE else MODES
    modes = [mode for mode in weights if layout.arrives_as(mode)]
    mode = random.choices(modes, weights=[weights[m] for m in modes])[0]
    return layout, mode, invent(random, layout.language, layout.demand), random


def draw(stem: str, layout_name: str, mode: str, facts: Facts, random: Random) -> Sample:
    """The facts on that layout in that mode, as a file whose name starts with the stem."""
    layout = layouts.LAYOUTS[layout_name]
    hand = style.choose(random, layout.language, layout.spelled_dates, aside=layout.part is Part.ASIDE)
    drawn = layout.draw(facts, hand)
    if mode == "text_broken":
        return Sample(f"{stem}.pdf", paper.without_unicode(drawn, hand, facts), layout_name, mode, facts, drawn.unsaid)
    pdf = paper.printed(drawn, hand, facts)
    if mode == "text":
        return Sample(f"{stem}.pdf", pdf, layout_name, mode, facts, drawn.unsaid)
    ending, content = _degraded(pdf, mode, random)
    return Sample(f"{stem}.{ending}", content, layout_name, mode, facts, drawn.unsaid)


def _degraded(pdf: bytes, mode: str, random: Random) -> tuple[str, bytes]:
    if mode in degrade.SCANS:
        pages = [degrade.scan(page, mode, random) for page in paper.pictures(pdf, degrade.SCANS[mode])]
        return "pdf", paper.scanned_pdf(pages, degrade.SCANS[mode], random.randint(45, 85))
    if mode in wear.SCANS:
        pages = [wear.scan(page, mode, random) for page in paper.pictures(pdf, wear.SCANS[mode])]
        return "pdf", paper.scanned_pdf(pages, wear.SCANS[mode], random.randint(40, 80))
    if mode in ("tiff", "png"):
        pages = [degrade.scan(page, "scan200", random) for page in paper.pictures(pdf, 200)]
        return mode, _image_file(pages, mode)
    if mode in ("photo_tilted", "photo_curl", "photo_screen"):
        return "jpg", degrade.jpeg(wear.photograph(paper.pictures(pdf, 240)[0], mode, random), random.randint(60, 85))
    shot = degrade.photograph(paper.pictures(pdf, 260)[0], random, hard=mode in ("photo_hard", "photo_turned"))
    if mode == "heic":
        return "heic", degrade.heic(shot, random.randint(45, 70))
    if mode == "photo_messenger":
        return "jpg", degrade.jpeg(degrade.through_messenger(shot, random), 82)
    return "jpg", degrade.jpeg(shot, random.randint(62, 88), random.choice((6, 8, 3)) if mode == "photo_turned" else 1)


def _image_file(pages: list[Image.Image], mode: str) -> bytes:
    out = io.BytesIO()
    if mode == "png":
        pages[0].save(out, "PNG", dpi=(200, 200))
    else:
        pages[0].save(out, "TIFF", compression="jpeg", quality=75, dpi=(200, 200), save_all=True, append_images=pages[1:])
    return out.getvalue()


CONTRACTS = ("contract_number", "organization", "inn", "address", "emails", "heat_load_gcal_per_hour", "language", "status")
METERS = ("contract_number", "serial", "model", "kind", "unit", "last_reading", "last_reading_date")


def write_register(facts: list[Facts], folder: Path, random: Random, terminated: frozenset[str] = frozenset()) -> None:
    """contracts.csv and meters.csv that the reports fit: previous readings, loads above the consumption. A number once only."""
    contracts, meters = [], []
    for one in {f.contract_number: f for f in reversed(facts)}.values():
        status = "terminated" if one.contract_number in terminated else "active"
        contracts.append((one.contract_number, one.organization, one.inn, one.address, one.email, one.load(random), one.language, status))
        meters += [
            (
                one.contract_number,
                m.serial,
                m.model,
                m.kind.value,
                m.unit.value,
                _previous(m.previous, m.consumption),
                one.previous_date.isoformat(),
            )
            for m in one.meters
        ]
    for name, head, rows in (("contracts.csv", CONTRACTS, contracts), ("meters.csv", METERS, meters)):
        with (folder / name).open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(head)
            writer.writerows(rows)


def _previous(previous: str | None, consumption: str) -> str:
    """The last index; for a page without indexes any that a consumption can follow."""
    return previous if previous is not None else str(Decimal(consumption) * 40)
