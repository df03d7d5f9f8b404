"""Forms filled in by hand are read place by place; the same forms filled in by a printer are typed pages, however coarse the scan."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from PIL import Image

from metering.messages import Attachment, FileKind, OpenedFile, Sheet
from metering.reports import Report
from metering.units import Unit
from service.reading import read_file
from tests.bench.hand_forms import draw_form
from tests.bench.hand_sheet import PIXELS_PER_INCH
from tests.bench.written_hands import Hands
from tests.corpus import degrade
from tests.corpus.facts import Demand, Facts, complete, invent
from tests.support.filled_forms import FONTS

DEMAND = Demand(most_meters=1, units=(Unit.GCAL,), one_unit=True, hot_water=False)


def arrived(kind: str, seed: int, way: str, folder: Path, font: str | None = None) -> tuple[Facts, Report]:
    """A drawn form as it comes in, and what was read."""
    chance = Random(seed)
    facts = complete(invent(chance, "ru", DEMAND))
    page = draw_form(kind, facts, Hands({}), [], chance, font)
    resolution = degrade.SCANS[way]
    size = round(page.width * resolution / PIXELS_PER_INCH), round(page.height * resolution / PIXELS_PER_INCH)
    degrade.scan(page.resize(size, Image.Resampling.LANCZOS), way, chance).convert("RGB").save(folder / "page.ppm")
    sheet = Sheet(1, 595.28, 841.89, None, "page.ppm", float(resolution))
    (report,) = read_file(OpenedFile(Attachment("form.png", "0" * 64, 1, FileKind.PNG), (sheet,)), folder)
    return facts, report


@pytest.mark.parametrize(("kind", "way", "seed"), [("table", "scan200", 1), ("comb", "scan200gray", 2)])
def test_a_form_filled_in_by_hand_is_read(kind: str, way: str, seed: int, tmp_path: Path) -> None:
    facts, report = arrived(kind, seed, way, tmp_path)
    assert report.handwritten
    (meter,) = report.meters
    truth = facts.meters[0]
    read = {name: getattr(meter, name) for name in ("previous", "current", "consumption")}
    assert {n: f.value for n, f in read.items() if f is not None} == {n: getattr(truth, n) for n in read}
    assert report.contract_number is not None
    assert report.contract_number.value == facts.contract_number
    assert not report.contract_number.certain
    assert meter.previous is not None
    assert not meter.previous.certain


def test_the_same_form_typed_is_no_handwriting_on_a_coarse_scan(tmp_path: Path) -> None:
    _, report = arrived("lines", 5, "scan150", tmp_path, FONTS[3])
    assert not report.handwritten
