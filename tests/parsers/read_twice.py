"""A printed page as both readers of numbers see it, with the errors that either is told to make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from metering.pages import Box, Page, PageSource, Word
from metering.reports import Field, Report, SecondReading
from parsers.fields import extract
from tests.parsers.typed import LETTER, LINE, MARGIN, REPORT, typed

PRINTED = f"""
             Отчет о потреблении тепловой энергии за ноябрь 2026 г.
{REPORT}Директор             Каримов Ш.Р.
"""


class Print:
    """What is printed on a page: the digit reader that looks at it, with the errors it is told to make."""

    def __init__(self, text: str, errors: dict[str, str] | None = None, wider: dict[str, str] | None = None) -> None:
        self.lines = text.strip("\n").split("\n")
        self.errors = errors or {}
        self.wider = wider or {}
        self.asked: list[str] = []

    def __call__(self, page: int, box: Box) -> SecondReading | None:
        line = self.lines[round((box.top - MARGIN) / LINE)] if 0 <= round((box.top - MARGIN) / LINE) < len(self.lines) else ""
        first, last = round((box.left - MARGIN) / LETTER), round((box.right - MARGIN) / LETTER)
        text = "".join(c for c in line[max(0, first) : last] if c in "0123456789.,-").strip(".,-")
        self.asked.append(text)
        return SecondReading(self.errors.get(text, text), self.wider.get(text, self.errors.get(text, text)), 0.999)


def scanned(text: str, misread: dict[str, str] | None = None) -> Page:
    """The page as the first reader sees it; misread words keep their place and lose their symbols' boxes."""
    page = typed(text, source=PageSource.OCR, confidence=0.95)
    wrong = misread or {}
    words = tuple(Word(wrong[w.text], w.confidence, w.box) if w.text in wrong else w for w in page.words)
    return replace(page, words=words)


def read(
    page: Page,
    second: Callable[[int, Box], SecondReading | None] | None,
    third: Callable[[int, float, float], tuple[Word, ...]] | None = None,
) -> Report:
    (report,) = extract([page], "scan.pdf", second, third)
    return report


def numbers(report: Report) -> list[Field]:
    (meter,) = report.meters
    assert meter.previous is not None
    assert meter.current is not None
    assert meter.consumption is not None
    return [meter.previous, meter.current, meter.consumption]
