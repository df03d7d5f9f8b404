"""Tables as files: CSV and xlsx of the same rows, in which no cell of foreign text can become a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal

import xlsxwriter

Cell = str | Decimal | dt.date | int | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheets take for one when a text begins so


def as_csv(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark and semicolons, which is what a spreadsheet in our languages opens by a double click."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_text(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """One sheet with a frozen header and a filter; numbers are numbers with all their digits, dates are dates."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "dd.mm.yyyy"}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for column, name in enumerate(header):
            sheet.write_string(0, column, name, bold)
            longest = max([len(name), *(len(_text(row[column])) for row in rows)])
            sheet.set_column(column, column, min(longest, 40) + 2)
        formats = {places: book.add_format({"num_format": f"0.{'0' * places}" if places else "0"}) for places in range(7)}
        for line, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, Decimal):
                    sheet.write_number(line, column, cell, formats[min(6, max(0, -int(cell.as_tuple().exponent)))])
                elif isinstance(cell, dt.date):
                    sheet.write_datetime(line, column, dt.datetime.combine(cell, dt.time()))
                elif isinstance(cell, int):
                    sheet.write_number(line, column, cell)
                elif cell:
                    sheet.write_string(line, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(rows)), max(0, len(header) - 1))
    return out.getvalue()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format(cell, "f").replace(".", ",")
    if isinstance(cell, dt.date):
        return f"{cell:%d.%m.%Y}"
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
