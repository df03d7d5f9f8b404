"""Workbooks (xlsx, xls) as tables of what their cells show. Formulas are never computed: the values that their program left are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from metering.messages import Fault
from parsers.files.pictures import PictureError
from parsers.office.biff import XlsParts
from parsers.office.blocks import Block, Cell, Picture, Table, table_runs
from parsers.office.number_formats import Value, shown
from parsers.office.package import OfficeKind
from parsers.office.size import Extent, TooLarge
from parsers.office.xlsx_parts import SheetParts, XlsxParts

SHEETS_LIMIT = 20


def read_workbook(data: bytes, kind: OfficeKind) -> Iterator[list[Block]]:
    """The blocks of each visible sheet that shows something, in the workbook's order. Raises PictureError."""
    try:
        parts = XlsxParts(data) if kind is OfficeKind.XLSX else XlsParts(data)
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        shown_sheets = [s.name for s in book.sheets_metadata if s.visible is SheetVisibleEnum.Visible and s.typ is SheetTypeEnum.WorkSheet]
        for name in shown_sheets[:SHEETS_LIMIT]:
            of_sheet = parts.sheet(name)
            blocks: list[Block] = []
            if table := _table(book.get_sheet_by_name(name), of_sheet):
                blocks.append(table)
            if blocks or of_sheet.pictures:
                yield [*blocks, *(_moved(picture, of_sheet) for picture in of_sheet.pictures)]
    except TooLarge as error:
        raise PictureError(Fault.LIMIT, str(error)) from error
    except PasswordError as error:
        raise PictureError(Fault.ENCRYPTED, "protected by a password") from error
    except (CalamineError, ElementTree.ParseError, KeyError, ValueError, OverflowError) as error:
        raise PictureError(Fault.DAMAGED, f"the workbook cannot be read: {type(error).__name__}") from error


def _table(sheet: CalamineSheet, parts: SheetParts) -> Table | None:
    if sheet.end is None:
        return None
    Extent().reach(*sheet.end)
    covered: dict[tuple[int, int], tuple[int, int]] = {}
    inside: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        bottom, right = min(bottom, sheet.end[0]), min(right, sheet.end[1])
        covered[top, left] = _seen(left, right, parts.hidden_columns), _seen(top, bottom, parts.hidden_rows)
        if (bottom - top + 1) * (right - left + 1) <= 10_000:
            inside |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)} - {(top, left)}
    rows = _visible(sheet.end[0], parts.hidden_rows)
    columns = _visible(sheet.end[1], parts.hidden_columns)
    cells: dict[tuple[int, int], Cell] = {}
    for row, values in enumerate(sheet.to_python(skip_empty_area=False)):
        for column, value in enumerate(values):
            place = row, column
            if value == "" or place in inside or row not in rows or column not in columns:
                continue
            text = _text(value, parts.formats.get(place, "General"))
            if text:
                across, down = covered.get(place, (1, 1))
                cells[rows[row], columns[column]] = Cell(text, across, down)
    return Table(cells, table_runs(cells), overflows=True) if cells else None


def _moved(picture: Picture, parts: SheetParts) -> Picture:
    """A picture over the cell where it is shown, hidden rows and columns left out."""
    if picture.cell is None:
        return picture
    row, column = picture.cell
    hidden_above = sum(place < row for place in parts.hidden_rows)
    return replace(picture, cell=(row - hidden_above, column - sum(place < column for place in parts.hidden_columns)))


def _text(value: Value, code: str) -> str:
    return "\n".join(" ".join(line.split()) for line in shown(value, code).splitlines()).strip()


def _visible(last: int, hidden: set[int]) -> dict[int, int]:
    """Where each row or column stands once the hidden ones are left out."""
    return {index: place for place, index in enumerate(i for i in range(last + 1) if i not in hidden)}


def _seen(first: int, last: int, hidden: set[int]) -> int:
    return max(1, sum(index not in hidden for index in range(first, min(last, first + 10_000) + 1)))
