"""Marks paper originals as received, by contract numbers or by the codes of our own forms as a scanner types them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from metering.forms import claims_to_be_ours, is_sealed, parse_code
from metering.periods import TASHKENT, Period
from service.assembly import Service
from service.form_codes import form_key
from storage.database import Transaction
from storage.originals import Original, ToldBy, contract_exists, mark_original


@dataclass(frozen=True, slots=True)
class Marked:
    """marked: new marks; known: that stood already; refused: (what was given, why)."""

    marked: tuple[Original, ...]
    known: tuple[Original, ...]
    refused: tuple[tuple[str, str], ...]


def period_in_hand(service: Service) -> Period:
    """The month whose originals come in now: the one before, until its original's day is half a month past; else this one."""
    today = service.clock().astimezone(TASHKENT).date()
    month = Period.of(today)
    return month.previous() if today.day <= 20 else month


def receive(service: Service, lines: Iterable[str], period: Period, actor: str, received: bool = True) -> Marked:
    """Each line a contract's number, of `period`, or the text of a form's code, which names its own month. Good lines count although
    others are refused; empty ones and those behind # are skipped."""
    marked, known, refused = [], [], []
    now = service.clock()
    with service.database.transaction() as tx:
        for line in lines:
            text = line.strip()
            if not text or text.startswith("#"):
                continue
            found = _original(tx, text, period)
            if isinstance(found, str):
                refused.append((text, found))
            elif mark_original(tx, found, actor, now, received):
                marked.append(found)
            else:
                known.append(found)
    return Marked(tuple(marked), tuple(known), tuple(refused))


def _original(tx: Transaction, text: str, period: Period) -> Original | str:
    """What a line names, or why it names nothing."""
    if claims_to_be_ours(text.upper()):
        code = parse_code(text)
        if code is None or not is_sealed(text, form_key(tx)):
            return "the code is not one of our forms, or was read wrongly: scan it again, or type the contract's number"
        return Original(code.contract_number, code.period, ToldBy.FORM)
    if re.fullmatch(r"\d{1,5}", text, re.ASCII) is None:
        return "neither a contract's number nor the code of a form"
    number = text.zfill(5)
    if not contract_exists(tx, number):
        return f"the register has no contract {number}"
    return Original(number, period, ToldBy.NUMBER)
