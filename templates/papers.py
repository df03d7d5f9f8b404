"""Invoices and reconciliation acts in words: what stands on them in each language, as HTML (docs/documents.md)."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from metering.billing import Accrual
from metering.documents import DocumentKey, DocumentKind, Paper, SignatureMark
from metering.periods import TASHKENT
from metering.units import Unit
from templates import sums, terms

_FOLDER = Path(__file__).parent / "documents"
_HTML = jinja2.Environment(
    loader=jinja2.FileSystemLoader(_FOLDER), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


@dataclass(frozen=True, slots=True)
class ActRow:
    """One row of an act, as the supplier's books have it; total: a balance or the turnover."""

    text: str
    debit: Decimal
    credit: Decimal
    date: str = ""
    total: bool = False


def render_paper(paper: Paper, mark: SignatureMark, drawing: str, pages: int) -> str:
    """The document as HTML in its language, with the mark of its signature on a page of its own at the end.

    drawing: the code of its verification as an SVG that fills its place; pages: how many it has. Deterministic.
    """
    language, words = paper.language, _words(paper.language)
    return _HTML.get_template(f"{paper.key.kind}.html.j2").render(
        paper=paper,
        kind=str(paper.key.kind),
        words=words,
        mark=mark,
        moment=f"{mark.moment.astimezone(TASHKENT):%d.%m.%Y %H:%M:%S} (UTC+5)",
        drawing=drawing,
        pages=pages,
        rows=list(_act_rows(paper, words)) if paper.key.kind is DocumentKind.ACT else [],
        conclusion=_conclusion(paper, words),
        day=lambda date: terms.day(date, language),
        line_name=lambda line: _line_name(paper, line, words),
        money=sums.money,
        price=_price,
        quantity=terms.number,
        in_words=lambda amount: sums.in_words(amount, language),
        gcal=terms.unit_name(Unit.GCAL, language),
    )


def _line_name(paper: Paper, line: Accrual, words: dict[str, Any]) -> str:
    return words["lines"][line.kind].format(month=terms.month(line.for_period or paper.key.last, paper.language))


def _act_rows(paper: Paper, words: dict[str, Any]) -> Iterator[ActRow]:
    """Opening balance, each month's invoice and payments in the order of their days, turnover, closing balance."""
    yield _balance(words["opening"], paper.months[0].opening)
    for month in paper.months:
        of_month = [(payment.date, words["payment_of"].format(number=payment.document), payment.amount) for payment in month.payments]
        for date, text, amount in sorted(of_month, key=lambda row: row[0]):
            yield ActRow(text, Decimal(0), amount, _date(date))
        if month.accruals:
            number = DocumentKey(DocumentKind.INVOICE, paper.key.contract_number, month.period, month.period).number
            yield ActRow(words["accrual_of"].format(number=number), month.accrued, Decimal(0), _date(month.period.last_day))
    accrued, paid = (sum((getattr(month, name) for month in paper.months), Decimal(0)) for name in ("accrued", "paid"))
    yield ActRow(words["turnover"], accrued, paid, total=True)
    yield _balance(words["closing"], paper.months[-1].closing)


def _balance(text: str, balance: Decimal) -> ActRow:
    return ActRow(text, max(balance, Decimal(0)), max(-balance, Decimal(0)), total=True)


def _conclusion(paper: Paper, words: dict[str, Any]) -> Markup:
    balance = paper.months[-1].closing
    sentence = words["debt"] if balance > 0 else words["prepaid"] if balance < 0 else words["settled"]
    return Markup(sentence).format(  # what is filled in is escaped
        day=terms.day(paper.date, paper.language),
        buyer=paper.buyer.organization,
        supplier=paper.supplier.name,
        sum=Markup('<span class="whole">{}</span>').format(sums.money(abs(balance))),
        words=sums.in_words(abs(balance), paper.language),
    )


def _price(price: Decimal) -> str:
    """A tariff with two decimals, or with all that it has."""
    return sums.money(price) if price == round(price, 2) else terms.number(price)


def _date(date: dt.date) -> str:
    return f"{date:%d.%m.%Y}"


@cache
def _words(language: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / "papers.toml").read_text(encoding="utf-8"))[str(language)]
