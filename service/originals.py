"""Marks paper originals as received, by contract numbers or by the codes of our own forms as a scanner types them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from metering.forms import claims_to_be_ours, is_sealed, parse_code
from metering.periods import TASHKENT, Period
from service.assembly import Service
from service.form_codes import form_key
from storage.database import Transaction
from storage.originals import Original, ToldBy, contract_exists, mark_original

#: What a scanner's keys type while the keyboard is set to Russian, back to what it meant: it sends keys, not letters.
_MEANT = str.maketrans(
    "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬйцукенгшщзфывапролдячсмитьЖжюЮ.,Ё",
    "QWERTYUIOPASDFGHJKLZXCVBNMqwertyuiopasdfghjklzxcvbnm:;.>/?~",
)


class Refusal(StrEnum):
    """Why a line names no original; what it says goes to the terminal, and the desk has it in three languages."""

    FORM_UNKNOWN = "the code is not one of our forms, or was read wrongly: scan it again, or type the contract's number"
    NO_NUMBER = "neither a contract's number nor the code of a form"
    CONTRACT_UNKNOWN = "the register has no contract of this number"


@dataclass(frozen=True, slots=True)
class Marked:
    """marked: new marks; known: that stood already; refused: (what was given, why)."""

    marked: tuple[Original, ...]
    known: tuple[Original, ...]
    refused: tuple[tuple[str, Refusal], ...]


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
            if isinstance(found, Refusal):
                refused.append((text, found))
            elif mark_original(tx, found, actor, now, received):
                marked.append(found)
            else:
                known.append(found)
    return Marked(tuple(marked), tuple(known), tuple(refused))


def _original(tx: Transaction, text: str, period: Period) -> Original | Refusal:
    """What a line names, or why it names nothing."""
    if any(claims_to_be_ours(meant.upper()) for meant in _meant(text)):
        key = form_key(tx)
        code = next((parse_code(meant) for meant in _meant(text) if is_sealed(meant, key)), None)
        return Original(code.contract_number, code.period, ToldBy.FORM) if code else Refusal.FORM_UNKNOWN
    if re.fullmatch(r"\d{1,5}", text, re.ASCII) is None:
        return Refusal.NO_NUMBER
    number = text.zfill(5)
    return Original(number, period, ToldBy.NUMBER) if contract_exists(tx, number) else Refusal.CONTRACT_UNKNOWN


def _meant(text: str) -> Iterator[str]:
    """What a scanner may have read that types this: as it stands, with Caps Lock on, and the same on a Russian keyboard. The seal tells."""
    for cased in (text, text.swapcase()):
        yield cased
        yield cased.translate(_MEANT)
