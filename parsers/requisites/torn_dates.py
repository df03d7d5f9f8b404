"""The date of a report under a stamp or a pen: day and month behind its label, or the day alone, the rest that of the readings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from metering.pages import Box
from parsers.page.found import Found
from parsers.page.items import Item
from parsers.page.lines import text_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form
from parsers.requisites.signing_rows import rows_above
from parsers.requisites.torn_names import COVERED
from parsers.wording.dates import day_and_year, days_of_torn_dates, first_day

_SOON_AFTER = dt.timedelta(days=31)  # a report is drawn up so soon after its readings
_COVERED, _DAY_ALONE = 0.5, 0.3  # trust in such a date: that it is there decides
_DAY = dt.timedelta(days=1)
_RIGHT_AFTER = 14  # days after the readings of which day and year alone tell one
_MOST = 2  # rows that are read
_OF_A_HEAD = 3  # bars on its line


def torn_report_date(page: MarkedPage, read: Found | None) -> Found | None:
    """The date of which day and month, or the day alone, stand behind the report's label, on the day of the readings or soon after it."""
    if read is None:
        return None
    taken = dt.date.fromisoformat(read.value)
    for label in page.items:
        if label.sort != "label" or label.key != "report_date":
            continue
        line = page.lines[label.tokens[-1].line]
        behind = [t for t in line.tokens if t.box.left >= label.tokens[-1].box.right - 1]
        days = {day for month, number in days_of_torn_dates(text_of(behind)) for day in _in_these_years(taken, month, number)}
        fitting = [day for day in days if taken <= day <= taken + _SOON_AFTER]
        trust = _COVERED
        if not days and (number := first_day(text_of(behind))) is not None:
            fitting, trust = [day for day in (taken + n * _DAY for n in range(_SOON_AFTER.days)) if day.day == number][:1], _DAY_ALONE
        if not fitting and (told := day_and_year(text_of(behind))) is not None:
            soon = (taken + n * _DAY for n in range(_RIGHT_AFTER))
            fitting, trust = [day for day in soon if (day.day, day.year) == told], _DAY_ALONE
        if len(fitting) == 1:
            return Found(fitting[0].isoformat(), page.page.number, [], COVERED, trust, place=Box.around([t.box for t in behind]))
    return None


def rows_of_report_dates(page: MarkedPage, signed: Box | None) -> list[Box]:
    """The rows of the report's labels, as high as these are; without any those that may stand above the row of who signs: a signature on
    it hides them. signed: where post and surname stand. The head of a column of days («Дата | Q, Гкал | …») is no such label."""
    labels = [i for i in page.items if i.sort == "label" and i.key == "report_date" and not _heads_a_column(page, i)]
    rows = [Box(0.0, i.box.top, page.page.width, i.box.bottom) for i in labels if len({t.line for t in i.tokens}) == 1][-_MOST:]
    return rows or ([] if signed is None else list(rows_above(signed, page.page.width)))


def _heads_a_column(page: MarkedPage, label: Item) -> bool:
    line = page.lines[label.tokens[-1].line]
    return sum(t.form is Form.BAR for t in line.tokens) >= _OF_A_HEAD


def _in_these_years(taken: dt.date, month: int, number: int) -> Iterator[dt.date]:
    for year in (taken.year, taken.year + 1):
        try:
            yield dt.date(year, month, number)
        except ValueError:
            continue
