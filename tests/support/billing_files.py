"""Billing files for tests, bench and demo: months of invented figures that hold together, as CSV and as a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from random import Random

import xlsxwriter

from metering.periods import Period

Row = dict[str, str]
CENT = Decimal("0.01")
TARIFF, VAT = Decimal("342296"), Decimal(12)
COLUMNS = (
    "record", "contract_number", "period", "as_of", "closed_through", "accounts", "accrued", "paid", "opening_balance", "closing_balance",
    "valid_from", "language", "name", "address", "inn", "vat_code", "bank_account", "bank", "bank_code", "director", "accountant",
    "consumer_class", "kind", "gcal", "tariff", "amount", "vat_rate", "vat", "total", "for_period", "catalog_code", "date", "document",
    "basis", "serial", "unit", "previous", "current", "consumption", "reading_date",
)  # fmt: skip
OCTOBER, NOVEMBER = Period(2026, 10), Period(2026, 11)


def reference() -> list[Row]:
    """Rates and names that were in force."""
    money = {"inn": "200595932", "vat_code": "326010001234", "bank_account": "20210000000458557001", "bank_code": "00444"}
    people = {
        "ru": ("Ташкент шаҳар", "Каримов Б. А.", "Юсупова Н. Р."),
        "uz": ("Toshkent shahar", "Karimov B. A.", "Yusupova N. R."),
        "uz_cyrl": ("Тошкент шаҳар", "Каримов Б. А.", "Юсупова Н. Р."),
    }
    names = {
        "ru": ("ГУП «Toshissiqquvvati»", "г. Ташкент, ул. Шота Руставели, 12", "АКБ «Узпромстройбанк», Ташкент"),
        "uz": ("«Toshissiqquvvati» DUK", "Toshkent sh., Shota Rustaveli koʻchasi, 12", "«Oʻzsanoatqurilishbank» ATB, Toshkent"),
        "uz_cyrl": ("«Тошиссиққуввати» ДУК", "Тошкент ш., Шота Руставели кўчаси, 12", "«Ўзсаноатқурилишбанк» АТБ, Тошкент"),
    }
    rows = [
        {
            "record": "supplier", "valid_from": "2022-10-01", "language": language, "name": name, "address": address, "bank": bank,
            "director": people[language][1], "accountant": people[language][2], **money,
        }
        for language, (name, address, bank) in names.items()
    ]  # fmt: skip
    return [
        *rows,
        {"record": "tariff", "consumer_class": "legal", "valid_from": "2025-11-12", "tariff": str(TARIFF)},
        {"record": "vat", "valid_from": "2023-01-01", "vat_rate": str(VAT)},
    ]


def month(number: str, period: Period, opening: str = "0.00", gcal: str = "53.93", paid: str = "20000000.00") -> list[Row]:
    """An account with heating by a meter's readings and one payment."""
    key = {"contract_number": number, "period": str(period)}
    amount = (Decimal(gcal) * TARIFF).quantize(CENT, ROUND_HALF_UP)
    vat = (amount * VAT / 100).quantize(CENT, ROUND_HALF_UP)
    total, day = amount + vat, period.day(24)
    closing = Decimal(opening) + total - Decimal(paid)
    rows = [
        {
            "record": "account", **key, "consumer_class": "legal", "opening_balance": opening, "accrued": str(total), "paid": paid,
            "closing_balance": str(closing),
        },
        {
            "record": "accrual", **key, "kind": "heating", "gcal": gcal, "tariff": str(TARIFF), "amount": str(amount),
            "vat_rate": str(VAT), "vat": str(vat), "total": str(total), "catalog_code": "10303001001000000",
        },
        {
            "record": "consumption", **key, "basis": "reading", "serial": "1306457", "unit": "Gcal", "previous": "1284.37",
            "current": str(Decimal("1284.37") + Decimal(gcal)), "consumption": gcal, "gcal": gcal, "reading_date": day.isoformat(),
        },
    ]  # fmt: skip
    if Decimal(paid):
        rows.append({"record": "payment", **key, "date": period.day(15).isoformat(), "document": f"{period.month}17", "amount": paid})
    return rows


def year(number: str, last: Period, random: Random) -> list[Row]:
    """Twelve months up to the last, each opening with what the one before closed with."""
    periods = [last]
    while len(periods) < 12:
        periods.append(periods[-1].previous())
    rows, opening = [], "0.00"
    for period in reversed(periods):
        gcal = f"{random.randint(1, 9000) / 100 + 20:.2f}"
        rows += month(number, period, opening, gcal, f"{random.randint(10, 30) * 1_000_000}.00")
        opening = rows[-4]["closing_balance"]
    return rows


def closing(rows: list[Row]) -> str:
    """The balance of the last account."""
    return [row["closing_balance"] for row in rows if row["record"] == "account"][-1]


def with_head(rows: Iterable[Row], period: Period = NOVEMBER, as_of: str = "2026-11-02T19:05", closed: Period | None = None) -> list[Row]:
    """The rows with the `file` record that fits them."""
    rows = list(rows)
    accounts = [row for row in rows if row["record"] == "account"]
    sums = {name: str(sum((Decimal(row[name]) for row in accounts), Decimal("0.00"))) for name in ("accrued", "paid", "closing_balance")}
    head = {"record": "file", "as_of": as_of, "period": str(period), "closed_through": str(closed or period.previous())}
    return [head | {"accounts": str(len(accounts))} | sums, *rows]


def as_csv(rows: Iterable[Row]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Iterable[Row]) -> bytes:
    """A sheet a record, as billing programs write them: sums and quantities as numbers, contract numbers as text."""
    stream = io.BytesIO()
    by_record: dict[str, list[Row]] = {}
    for row in rows:
        by_record.setdefault(row["record"], []).append(row)
    numbers = {"accrued", "paid", "opening_balance", "closing_balance", "gcal", "tariff", "amount", "vat_rate", "vat", "total", "accounts"}
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for record, group in by_record.items():
            sheet = book.add_worksheet(record)
            names = [name for name in COLUMNS[1:] if any(name in row for row in group)]
            sheet.write_row(0, 0, names)
            for at, row in enumerate(group, 1):
                for column, name in enumerate(names):
                    cell = row.get(name, "")
                    if cell:
                        (sheet.write_number(at, column, float(cell)) if name in numbers else sheet.write_string(at, column, cell))
    return stream.getvalue()
