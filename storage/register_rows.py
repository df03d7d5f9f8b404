"""Rows of the register's CSV files: each one checked by itself, a bad one refused with its line and the reason."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Any

from metering.contracts import ContractStatus, Language
from metering.errors import PermanentError
from metering.estimates import EstimateMethod
from metering.units import MeterKind, Unit

_LONGEST_RECORD = 20  # lines that one quoted row may span; beyond, its quote was never closed
_ADDRESS = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+")
_NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not loaded; line: where it begins in the file, the header is line 1."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """One good row: its columns as values of the trade. A column that the file does not have is not in it."""

    line: int
    values: dict[str, Any]


class BadValue(ValueError):
    """The text says what is wrong with the row, for the person who will mend it."""


def read_rows(file: Path, columns: dict[str, Callable[[str], Any]], optional: dict[str, Callable[[str], Any]]) -> Iterator[Row | Refusal]:
    """Good and refused rows of a CSV file in its order. Raises PermanentError if the file or its header cannot be used."""
    try:
        lines = list(io.StringIO(file.read_bytes().decode("utf-8-sig", "surrogateescape"), newline=""))
    except OSError as error:
        raise PermanentError(f"{file} cannot be read: {error.strerror}") from error
    records = _records(lines)
    header = [name.strip() for name in next((cells for _, cells in records if cells), [])]
    missing = [name for name in columns if name not in header]
    if missing:
        raise PermanentError(_about_header(file, lines, missing, columns))
    kinds = {name: kind for name, kind in (columns | optional).items() if name in header}
    for line, cells in records:
        if cells is not None and not any(cell.strip() for cell in cells):
            continue
        try:
            yield Row(line, _values(header, cells, kinds))
        except BadValue as error:
            yield Refusal(file.name, line, str(error))


def _records(lines: list[str]) -> Iterator[tuple[int, list[str] | None]]:
    """(first line, cells) of each record; None where a quote is never closed: the next line is then a record again."""
    at = width = 0
    while at < len(lines):
        for end in range(at + 1, min(at + _LONGEST_RECORD, len(lines)) + 1):
            try:
                cells = next(csv.reader(lines[at:end], strict=True), [])
            except csv.Error:
                continue
            if end > at + 1 and len(cells) != width:  # an open quote that ran into the quotes of another row
                continue
            width = width or len(cells)
            yield at + 1, cells
            at = end
            break
        else:
            yield at + 1, None
            at += 1


def _values(header: list[str], cells: list[str] | None, kinds: dict[str, Callable[[str], Any]]) -> dict[str, Any]:
    if cells is None:
        raise BadValue("a quotation mark is not closed or stands inside a value; a mark inside a quoted value is written twice")
    if len(cells) != len(header):
        raise BadValue(f"{len(cells)} columns where the header has {len(header)}")
    if any("\ud800" <= letter <= "\udfff" for cell in cells for letter in cell):
        raise BadValue("not UTF-8; save the file as CSV in UTF-8")
    given = dict(zip(header, cells, strict=True))
    found = {}
    for name, kind in kinds.items():
        try:
            found[name] = kind(given[name].strip())
        except BadValue as error:
            raise BadValue(f"{name}: {error}") from None
    return found


def _about_header(file: Path, lines: list[str], missing: list[str], columns: Iterable[str]) -> str:
    """What is wrong with a header line that lacks columns, by what Excel makes of the file when it is saved in another way."""
    header = lines[0] if lines else ""
    if "\x00" in header:
        return f"{file} is not UTF-8 but UTF-16; save it as CSV in UTF-8"
    other = next((name for mark, name in ((";", "semicolons"), ("\t", "tabs")) if header.count(mark) >= len(missing) - 1 > 0), None)
    if other:
        return f"{file}: {other} stand between the columns; save it with commas"
    lacks = f"the header line lacks {', '.join(missing)}" if header.strip() else "there is no header line"
    return f"{file}: {lacks}; expected are {', '.join(columns)}, separated by commas"


def a_text(cell: str) -> str:
    if not cell:
        raise BadValue("is empty")
    return cell


def _pattern(pattern: str, wanted: str) -> Callable[[str], str]:
    compiled = re.compile(pattern, re.ASCII)

    def kind(cell: str) -> str:
        if compiled.fullmatch(cell) is None:
            raise BadValue(f"{cell!r} is not {wanted}")
        return cell

    return kind


def a_number(cell: str) -> Decimal:
    try:
        if _NUMBER.fullmatch(cell):
            return Decimal(cell)
    except InvalidOperation:
        pass
    raise BadValue(f"{cell!r} is not a number with a decimal point")


def a_date(cell: str) -> dt.date:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell, re.ASCII):
            return dt.date.fromisoformat(cell)
    except ValueError:
        pass
    raise BadValue(f"{cell!r} is not a date YYYY-MM-DD")


def _digits(cell: str) -> int:
    if cell.isascii() and cell.isdecimal() and 1 <= int(cell) <= 12:
        return int(cell)
    raise BadValue(f"{cell!r} is not a number of digits")


def _emails(cell: str) -> tuple[str, ...]:
    addresses = [part.strip().lower() for part in cell.split(";") if part.strip()]
    for address in addresses:
        if _ADDRESS.fullmatch(address) is None:
            raise BadValue(f"{address!r} is not a mail address; several are separated by ;")
    return tuple(dict.fromkeys(addresses))


def one_of(members: type[StrEnum]) -> Callable[[str], StrEnum]:
    def kind(cell: str) -> StrEnum:
        try:
            return members(cell)
        except ValueError:
            raise BadValue(f"{cell!r} is none of {', '.join(members)}") from None

    return kind


def or_none(kind: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda cell: kind(cell) if cell else None


CONTRACT_NUMBER = _pattern(r"\d{5}", "a contract number of 5 digits")

CONTRACT_COLUMNS: dict[str, Callable[[str], Any]] = {
    "contract_number": CONTRACT_NUMBER,
    "organization": a_text,
    "address": a_text,
    "inn": _pattern(r"\d{9}", "an INN of 9 digits"),
    "emails": _emails,
    "heat_load_gcal_per_hour": a_number,
    "language": one_of(Language),
    "status": one_of(ContractStatus),
}
CONTRACT_OPTIONAL: dict[str, Callable[[str], Any]] = {
    **{name: or_none(a_text) for name in ("bank_account", "bank_code", "oked", "vat_code", "director")},
    "estimate_method": or_none(one_of(EstimateMethod)),
    "heat_load_ventilation": or_none(a_number),
    "heat_load_hot_water": or_none(a_number),
}
METER_COLUMNS: dict[str, Callable[[str], Any]] = {
    "contract_number": CONTRACT_NUMBER,
    "serial": a_text,
    "model": str,
    "kind": one_of(MeterKind),
    "unit": one_of(Unit),
    "last_reading": a_number,
    "last_reading_date": a_date,
}
METER_OPTIONAL: dict[str, Callable[[str], Any]] = {
    "point": or_none(a_text),
    "valid_from": or_none(a_date),
    "valid_until": or_none(a_date),
    "verified_until": or_none(a_date),
    "digits": or_none(_digits),
}
