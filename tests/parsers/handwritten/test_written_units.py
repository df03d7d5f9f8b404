"""A number's unit by hand: in the number's own cell, and in a cell of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.handwriting import HandReading, WrittenText
from metering.pages import Box, Page, PageSource, Word
from metering.units import Unit
from parsers.fields import extract
from parsers.handwritten.written_units import unit_by_hand
from parsers.page.marked import mark
from tests.parsers.handwritten.test_pages import writing

HEADS = {20: "Зав. №", 130: "Предыдущее показание", 240: "Текущее показание", 350: "Расход, ед. изм."}
NUMBER, BEHIND = Box(355, 346, 400, 362), Box(410, 346, 440, 362)


def said(text: str, cost: float = 0.0) -> HandReading:
    return HandReading((WrittenText(text, (cost, cost)),), (text, text), 0.9)


@pytest.mark.parametrize(
    ("seen", "whole", "unit", "consumption"),
    [
        ("Гкал", ("47,551", 1.0), Unit.GCAL, "47.55"),
        ("кал", ("47,551", 1.0), Unit.GCAL, "47.55"),
        ("м3", ("47,553", 1.0), Unit.M3, "47.55"),
        ("3", ("47,553", 1.0), Unit.M3, "47.55"),
        ("3", ("47,553", 0.0), None, "47.553"),
        ("551", ("47551", 0.0), None, "47551"),
    ],
    ids=["a unit", "a torn one", "of three signs", "what is left of it", "digits that are spaced", "more of them"],
)
def test_a_unit_by_hand_behind_the_number_in_its_cell(seen: str, whole: tuple[str, float], unit: Unit | None, consumption: str) -> None:
    words = [
        Word(part, 0.95, Box(left + 2, 300 + 12 * n, left + 2 + 6.0 * len(part), 310 + 12 * n))
        for left, head in HEADS.items()
        for n, part in enumerate(head.split())
    ]
    cells = [Box(left, top, left + 106, top + high) for top, high in ((295, 45), (342, 24)) for left in HEADS]
    values = dict(zip(HEADS, ("1306457", "1284,37", "1331,92"), strict=False))

    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        if place.top < 342 or place.left >= 350:
            return said("47,55") if place == NUMBER else said(*whole) if place.left == 350 else HandReading()
        return said(values[round(place.left)])

    sheet = Page(1, 595, 842, (*words, Word(seen, 0.6, BEHIND)), PageSource.OCR)
    asked = replace(writing(sheet, 0.95), hand=hand, frames=lambda number, form: tuple(cells), printed=lambda number: tuple(words))
    asked = replace(asked, groups=lambda number, place, boxed: ((NUMBER, BEHIND),) if place.left == 350 else ())
    (report,) = extract([sheet], "form.pdf", writing=asked)
    (meter,) = report.meters
    assert meter.consumption is not None
    assert (meter.unit, meter.consumption.value) == (unit, consumption)


@pytest.mark.parametrize(("seen", "unit"), [("Ивтч", Unit.MWH), ("Гкат", Unit.GCAL), ("Mm", None), ("М", None)])
def test_a_unit_by_hand_in_its_own_cell_is_what_its_letters_are_like(seen: str, unit: Unit | None) -> None:
    cell = Box(100, 200, 180, 220)
    assert unit_by_hand(mark(Page(1, 595, 842, (Word(seen, 0.3, Box(110, 204, 150, 216)),), PageSource.OCR)), cell) is unit
