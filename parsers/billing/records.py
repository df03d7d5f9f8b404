"""A billing file by its rows: each record with its columns, values of the trade, gathered by contract and month (docs/billing.md)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from metering.billing import (
    Accrual,
    AccrualKind,
    Basis,
    BillingFile,
    Complaint,
    Counted,
    Payment,
    SettledMonth,
    Supplier,
    Tariff,
    Totals,
    VatRate,
)
from metering.contracts import Language
from metering.periods import TASHKENT, Period
from metering.units import Unit
from parsers.billing.table import RefusedFile, TableRow, read_table

MOST_COMPLAINTS = 50  # a person mends the first ones and tries again

_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,9})?", re.ASCII)


class _BadCell(ValueError):
    """What is wrong with a cell."""


def parse_billing(content: bytes) -> BillingFile:
    """The file. Raises RefusedFile with the place of each row that cannot be understood; nothing is left out silently."""
    found: dict[str, list[dict[str, Any]]] = {record: [] for record in _COLUMNS}
    complaints: list[Complaint] = []
    for row in read_table(content):
        try:
            found[row.record].append(_values(row))
        except KeyError:
            known = ", ".join(_COLUMNS)
            complaints.append(Complaint(row.place, f"there is no record {row.record!r}; known are {known}"))
        except _BadCell as error:
            complaints.append(Complaint(row.place, str(error)))
        if len(complaints) >= MOST_COMPLAINTS:
            break
    if not complaints and len(found["file"]) != 1:
        complaints.append(Complaint("the file", f"holds {len(found['file'])} records `file`; there must be one"))
    if complaints:
        raise RefusedFile(complaints)
    months, strays = _gather(found)
    if strays:
        raise RefusedFile(strays[:MOST_COMPLAINTS])
    head = found["file"][0]
    return BillingFile(
        as_of=head["as_of"],
        period=head["period"],
        closed_through=head["closed_through"],
        totals=Totals(head["accounts"], head["accrued"], head["paid"], head["closing_balance"]),
        months=tuple(months),
        tariffs=tuple(Tariff(row["consumer_class"], row["valid_from"], row["tariff"], row["place"]) for row in found["tariff"]),
        vat_rates=tuple(VatRate(row["valid_from"], row["vat_rate"], row["place"]) for row in found["vat"]),
        suppliers=tuple(Supplier(**row) for row in found["supplier"]),
    )


def _gather(found: dict[str, list[dict[str, Any]]]) -> tuple[list[SettledMonth], list[Complaint]]:
    """Each account's month with its accruals, payments and consumption; and rows whose account is not there or is there twice."""
    months: dict[tuple[str, Period], dict[str, Any]] = {}
    strays = []
    for row in found["account"]:
        key = row["contract_number"], row["period"]
        if key in months:
            strays.append(Complaint(row["place"], f"contract {key[0]} has another `account` row for {key[1]}: {months[key]['place']}"))
        months.setdefault(key, {**row, "accruals": [], "payments": [], "counted": []})
    for record, into, make in (("accrual", "accruals", Accrual), ("payment", "payments", Payment), ("consumption", "counted", Counted)):
        for row in found[record]:
            key = row.pop("contract_number"), row.pop("period")
            if key in months:
                months[key][into].append(make(**row))
            else:
                strays.append(Complaint(row["place"], f"there is no `account` row for contract {key[0]} and {key[1]}"))
    return [_month(values) for values in months.values()], strays


def _month(values: dict[str, Any]) -> SettledMonth:
    renamed = {"opening_balance": "opening", "closing_balance": "closing"}
    given = {renamed.get(name, name): tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return SettledMonth(**given)


def _values(row: TableRow) -> dict[str, Any]:
    needed, optional = _COLUMNS[row.record]
    strange = [name for name in row.cells if name not in needed and name not in optional]
    if strange:
        raise _BadCell(f"a record `{row.record}` has no column {', '.join(strange)}")
    missing = [name for name in needed if name not in row.cells]
    if missing:
        raise _BadCell(f"{', '.join(missing)}: is empty")
    return dict(_cells(row, needed | optional)) | {"place": row.place}


def _cells(row: TableRow, kinds: dict[str, Callable[[str], Any]]) -> Iterator[tuple[str, Any]]:
    for name, cell in row.cells.items():
        try:
            yield name, kinds[name](cell)
        except ValueError as error:
            raise _BadCell(f"{name}: {error}") from None


def _number(cell: str) -> Decimal:
    if _NUMBER.fullmatch(cell) is None:
        raise _BadCell(f"{cell!r} is not a number with a decimal point")
    return Decimal(cell)


def _money(cell: str) -> Decimal:
    value = _number(cell)
    if value != value.quantize(Decimal("0.01")):
        raise _BadCell(f"{cell!r} has more than two decimals")
    return value.quantize(Decimal("0.01"))


def _percent(cell: str) -> Decimal:
    value = _number(cell)
    if not 0 <= value <= 100:
        raise _BadCell(f"{cell!r} is not a percentage")
    return value


def _count(cell: str) -> int:
    if re.fullmatch(r"\d{1,9}", cell, re.ASCII) is None:
        raise _BadCell(f"{cell!r} is not a number of rows")
    return int(cell)


def _date(cell: str) -> dt.date:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell, re.ASCII):
            return dt.date.fromisoformat(cell)
    except ValueError:
        pass
    raise _BadCell(f"{cell!r} is not a date YYYY-MM-DD")


def _moment(cell: str) -> dt.datetime:
    """Without an offset it is Tashkent's time."""
    try:
        moment = dt.datetime.fromisoformat(cell)
    except ValueError:
        raise _BadCell(f"{cell!r} is not a moment YYYY-MM-DDTHH:MM") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=TASHKENT)


def _pattern(pattern: str, wanted: str) -> Callable[[str], str]:
    compiled = re.compile(pattern, re.ASCII)

    def kind(cell: str) -> str:
        if compiled.fullmatch(cell) is None:
            raise _BadCell(f"{cell!r} is not {wanted}")
        return cell

    return kind


def _member(members: Any) -> Callable[[str], Any]:
    def kind(cell: str) -> Any:
        try:
            return members(cell)
        except ValueError:
            raise _BadCell(f"{cell!r} is none of {', '.join(members)}") from None

    return kind


_CONTRACT = _pattern(r"\d{5}", "a contract number of 5 digits; in a workbook the column must hold text")
_INN = _pattern(r"\d{9}", "an INN of 9 digits")
_MONTH = {"contract_number": _CONTRACT, "period": Period.parse}
_Columns = dict[str, Callable[[str], Any]]

#: Columns of each record: those that must be filled, those that may be.
_COLUMNS: dict[str, tuple[_Columns, _Columns]] = {
    "file": (
        {
            "as_of": _moment, "period": Period.parse, "closed_through": Period.parse,
            "accounts": _count, "accrued": _money, "paid": _money, "closing_balance": _money,
        },
        {},
    ),
    "supplier": (
        {"valid_from": _date, "language": _member(Language), "name": str, "address": str, "inn": _INN},
        {
            "vat_code": _pattern(r"\d{12}", "a VAT code of 12 digits"),
            "bank_account": _pattern(r"\d{20}(\d{7})?", "an account of 20 digits"), "bank": str,
            "bank_code": _pattern(r"\d{5}", "a bank code of 5 digits"), "director": str, "accountant": str,
        },
    ),
    "tariff": ({"consumer_class": str, "valid_from": _date, "tariff": _number}, {}),
    "vat": ({"valid_from": _date, "vat_rate": _percent}, {}),
    "account": (
        {
            **_MONTH, "consumer_class": str,
            "opening_balance": _money, "accrued": _money, "paid": _money, "closing_balance": _money,
        },
        {},
    ),
    "accrual": (
        {
            **_MONTH, "kind": _member(AccrualKind), "gcal": _number, "tariff": _number,
            "amount": _money, "vat_rate": _percent, "vat": _money, "total": _money,
        },
        {"for_period": Period.parse, "catalog_code": _pattern(r"\d{17}", "a catalogue code of 17 digits")},
    ),
    "payment": ({**_MONTH, "date": _date, "document": str, "amount": _money}, {}),
    "consumption": (
        {**_MONTH, "basis": _member(Basis), "gcal": _number},
        {
            "serial": str, "unit": _member(Unit), "previous": _number, "current": _number,
            "consumption": _number, "reading_date": _date,
        },
    ),
}  # fmt: skip
