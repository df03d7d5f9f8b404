"""The rows of a billing file, from CSV or xlsx: which record each is, where it stands, and its cells as text (docs/billing.md)."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import python_calamine

from metering.billing import Complaint


class RefusedFile(Exception):
    """The file is refused as a whole; complaints say where and why."""

    def __init__(self, complaints: list[Complaint]) -> None:
        super().__init__(f"{len(complaints)} complaints")
        self.complaints = tuple(complaints)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: the record's kind, its place for a person, and the cells that are not empty, by column."""

    record: str
    place: str
    cells: dict[str, str]


def read_table(content: bytes) -> Iterator[TableRow]:
    """Rows in the file's order; what kind of file it is the bytes say. Raises RefusedFile where it cannot be read as a table."""
    return _xlsx(content) if content.startswith(b"PK\x03\x04") else _csv(content)


def _csv(content: bytes) -> Iterator[TableRow]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RefusedFile([Complaint(f"line {line}", "is not UTF-8; save the file as CSV in UTF-8")]) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise RefusedFile([Complaint(f"line {line}", f"is not CSV: {error}")]) from None
        if cells is None:
            break
        if not any(cell.strip() for cell in cells):
            continue
        if header is None:
            header = _header(cells, f"line {line}")
            continue
        yield _row(header, cells, f"line {line}", "")
    if header is None:
        raise RefusedFile([Complaint("line 1", "there is no header line")])


def _xlsx(content: bytes) -> Iterator[TableRow]:
    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except (python_calamine.CalamineError, ValueError, KeyError) as error:
        raise RefusedFile([Complaint("the file", f"cannot be opened as xlsx: {error}")]) from None
    for name, rows in sheets:
        header: list[str] | None = None
        for number, values in enumerate(rows, 1):
            cells = [_as_text(value) for value in values]
            place = f"sheet {name}, row {number}"
            if not any(cells):
                continue
            if header is None:
                while cells and not cells[-1]:
                    cells.pop()
                header = _header(cells, place)
                continue
            yield _row(header, cells, place, name)


def _as_text(value: object) -> str:
    """A cell as a CSV would have it. A number of a workbook is a float of at most 15 digits, which its shortest text gives back."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        return format(Decimal(repr(value)).normalize(), "f")
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds") if value.time() != dt.time() else value.date().isoformat()
    return str(value).strip()


def _header(cells: list[str], place: str) -> list[str]:
    names = [cell.strip() for cell in cells]
    if len(names) == 1 and names[0].count(";") > 1:
        raise RefusedFile([Complaint(place, "semicolons stand between the columns; save it with commas")])
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled or "" in names:
        raise RefusedFile([Complaint(place, f"the header names {', '.join(doubled) or 'no column'} twice or leaves a name out")])
    return names


def _row(header: list[str], cells: list[str], place: str, sheet: str) -> TableRow:
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        raise RefusedFile([Complaint(place, f"{len(cells)} cells where the header has {len(header)}")])
    named = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if cell.strip()}
    return TableRow(named.pop("record", sheet), place, named)
