"""Dates as people write them: a Roman month of bare strokes is not taken for digits without asking."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from metering.pages import Box
from ocr.hand_crops import HandCrop
from ocr.handwriting import HandReader
from ocr.second_reader import SecondReader
from parsers.handwritten.values import Written, as_date, weigh
from tests.bench.arriving import arriving
from tests.bench.written_signs import TALL, beside
from tests.support.filled_forms import drawn


@pytest.fixture(scope="module")
def reader() -> HandReader:
    return HandReader(SecondReader())


def written(reader: HandReader, text: str, seed: int) -> Written:
    chance = Random(seed)
    ink = beside(text, drawn(chance), chance)
    rows, columns = np.nonzero(ink > 0.3)
    margin = round(0.18 * TALL)
    ink = ink[max(0, rows.min() - margin) : rows.max() + margin, max(0, columns.min() - 2 * margin) : columns.max() + 2 * margin]
    crop = HandCrop(arriving(ink, chance), len(text) / 2, struck=False)
    found = weigh(reader.read_crop(crop, dated=True), 1, Box(0, 0, 100, 20), as_date)
    assert found is not None
    return found


def test_a_roman_february_is_read_or_at_least_offered_and_never_surely_november(reader: HandReader) -> None:
    read = [written(reader, "24.II.2026", seed) for seed in range(8)]
    first = [w.values[0].text for w in read]
    assert first.count("2026-02-24") >= 5
    assert not any(w.agreed() for w in read if w.values[0].text != "2026-02-24")
