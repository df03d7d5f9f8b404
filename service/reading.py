"""Steps 4 and 5, read and extract: one opened file -> the reports it holds. Runs inside a reader process.

This is where `ocr` and `parsers` meet: extraction asks the second reader about each number that decides.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from metering.forms import parse_code
from metering.messages import OpenedFile, Sheet
from metering.pages import Box, Page, PageSource
from metering.reports import Report, SecondReading
from ocr.read_page import ReadPage
from ocr.reader import PageReader
from parsers.displays import display_report, may_be_display
from parsers.fields import extract
from parsers.form.fields import FormSheet, form_report
from parsers.handwritten.writing import Writing
from parsers.requisites.inked import Ink, doubted, with_ink, written_places
from parsers.requisites.other_sheets import is_about_something_else

_DECIDE = ("contract_number", "period", "reading_date")
_OF_A_METER = ("serial", "previous", "current", "consumption", "reading_date")


def read_file(file: OpenedFile, folder: Path) -> tuple[Report, ...]:
    """The reports in one opened file; `folder` holds the pictures of its sheets."""
    pages = [_read_sheet(sheet, folder) for sheet in file.sheets]
    forms = [form for page in pages if (form := _form_sheet(page)) is not None]
    others = [page for page in pages if page.page.number not in {form.page.number for form in forms}]
    reports = [form_report(form, file.attachment.name) for form in forms]
    if others or not forms:
        found = _extract(others, file.attachment.name)
        reports += [report for report in found if not forms or report.meters or report.contract_number]
    if len(reports) == 1 and (shown := _displays(reports[0], file, pages, folder)):
        return shown
    inked = with_ink(reports, {number: _ink(page, reports) for number, page in _by_number(pages).items()})
    return tuple(replace(report, struck=_struck(report, _by_number(pages))) for report in inked)


def _ink(read: ReadPage, reports: Sequence[Report]) -> Ink:
    """What was signed and stamped on a page; on a sheet about something else no report was."""
    written = written_places(reports, read.page.number)
    ink = Ink(read.signature(written, read.printed if written else ()), read.stamp(), read.pen_over())
    return Ink(doubted(ink.signature), doubted(ink.stamp)) if is_about_something_else(read.page, reports) else ink


def _struck(report: Report, pages: Mapping[int, ReadPage]) -> frozenset[str]:
    """Names of the report's printed values that decide through which a pen struck."""
    if report.handwritten:
        return frozenset()
    values = [(name, getattr(report, name)) for name in _DECIDE]
    values += [(name, getattr(line, name)) for line in report.meters for name in _OF_A_METER]
    return frozenset(
        name for name, value in values if value is not None and value.box is not None and pages[value.page].is_struck(value.box)
    )


def _by_number(pages: Sequence[ReadPage]) -> dict[int, ReadPage]:
    return {read.page.number: read for read in pages}


def _displays(report: Report, file: OpenedFile, pages: Sequence[ReadPage], folder: Path) -> tuple[Report, ...]:
    """What displays the pictures of a file show, where that is all they show; no ink is looked for there."""
    found: list[Report] = []
    for sheet, page in zip(file.sheets, pages, strict=True):
        if page.page.source is not PageSource.OCR or not may_be_display(report, page.page):
            return ()
        reading = _reader().display(folder / sheet.picture)
        if reading is not None:
            found.append(display_report(page.page, reading.digits, reading.confidence, file.attachment.name))
    return tuple(found)


def _form_sheet(page: ReadPage) -> FormSheet | None:
    """The page as one of our form, if its code says which form it is and its places were found."""
    code = parse_code(page.codes[0]) if page.is_form else None
    return None if code is None else FormSheet(page.codes[0], code, page.page, page.boxes, page.line, page.second, page.is_inked)


def _extract(pages: Sequence[ReadPage], name: str) -> list[Report]:
    """The reports on pages of any layout; with the codes on them, which some page had to be laid aside for."""
    by_number = _by_number(pages)

    def second(number: int, box: Box) -> SecondReading | None:
        return by_number[number].second(box) if by_number[number].page.source is PageSource.OCR else None

    reports = extract(
        [read.page for read in pages],
        name,
        second,
        third=lambda number, top, bottom: by_number[number].sparse(top, bottom),
        fade=lambda number, way: by_number[number].beneath_ink(way),
        cells=lambda number: by_number[number].by_cells(),
        block=lambda number: by_number[number].block(),
        row=lambda number, place: by_number[number].row(place),
        name=lambda number, row: by_number[number].beside_signature(row),
        combs=lambda number: by_number[number].by_combs(),
        days=lambda number, columns: by_number[number].days(columns),
        writing=Writing(
            printed=lambda number: by_number[number].printed,
            lines=lambda number, form: by_number[number].form_lines if form else by_number[number].lines,
            frames=lambda number, form: by_number[number].form_frames if form else by_number[number].frames,
            look=lambda number, place, boxed: by_number[number].look(place, boxed),
            look_beside_stamp=lambda number, place: by_number[number].look_beside_stamp(place),
            hand=lambda number, place, boxed, dated: by_number[number].hand(place, boxed, dated),
            groups=lambda number, place, boxed: by_number[number].groups(place, boxed),
            print=lambda number, place: by_number[number].inside(place),
            stamp=lambda number: by_number[number].stamp().box,
        ),
    )
    codes = tuple(code for page in pages for code in page.codes)
    return [replace(report, codes=codes) for report in reports]


@functools.cache
def _reader() -> PageReader:
    """One a process: its models are loaded once."""
    return PageReader()


def _read_sheet(sheet: Sheet, folder: Path) -> ReadPage:
    picture = folder / sheet.picture
    if sheet.words is None:
        return _reader().read(picture, sheet.pixels_per_inch, sheet.number)
    page = Page(sheet.number, sheet.width, sheet.height, sheet.words, PageSource.TEXT_LAYER, sheet.rules, sheet.turned)
    return _reader().show(picture, page)
