"""The report form that we print: what its code carries, and the seal by which we know our own (docs/form.md, "The code")."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from metering.periods import Period
from metering.units import MeterKind, Unit

VERSION = 1
METERS_A_PAGE = 8
DECIMALS = 2  # announcement 3.4 a: XXXXXX,XX
INTEGER_DIGITS, MOST_DIGITS = 6, 9  # as the announcement asks for, and as many as a comb has room for

_PREFIX = "HISOBOT"
_SEAL = 20  # characters of base32: 100 bits of HMAC-SHA256
_KINDS = {MeterKind.HEAT: "H", MeterKind.HOT_WATER: "W"}
_UNITS = {Unit.GCAL: "G", Unit.GJ: "J", Unit.MWH: "M", Unit.KWH: "K", Unit.M3: "V"}
_FORM = re.compile(rf"{_PREFIX}:(\d):(\d{{5}}):(\d{{6}}):(\d{{1,2}})\.(\d{{1,2}}):([^:]+):([A-Z2-7]{{{_SEAL}}})", re.ASCII)
_METER = re.compile(r"([^/]+)/([HW])([GJMKV])(\d{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class FormMeter:
    """One meter of a form; digits: integer digits of its index, so many boxes it has."""

    serial: str
    kind: MeterKind
    unit: Unit
    digits: int = INTEGER_DIGITS


@dataclass(frozen=True, slots=True)
class FormCode:
    """What the code on one page of a form says: all that is needed to know the page, and no reading. `page` from 1."""

    contract_number: str
    period: Period
    meters: tuple[FormMeter, ...]
    page: int = 1
    pages: int = 1
    version: int = VERSION

    def sealed(self, key: bytes) -> str:
        """The text of the code with its seal, in characters that a QR code packs well where the serials allow it."""
        meters = "+".join(f"{quote(m.serial, safe='')}/{_KINDS[m.kind]}{_UNITS[m.unit]}{m.digits}" for m in self.meters)
        month = f"{self.period.year:04d}{self.period.month:02d}"
        content = f"{_PREFIX}:{self.version}:{self.contract_number}:{month}:{self.page}.{self.pages}:{meters}"
        return f"{content}:{_seal(content, key)}"


def claims_to_be_ours(text: str) -> bool:
    """Whether a code says that it is a form's, whatever else it holds."""
    return text.startswith(f"{_PREFIX}:")


def is_sealed(text: str, key: bytes) -> bool:
    """Whether a code's text was made by us and not altered since."""
    content, _, seal = text.rpartition(":")
    return hmac.compare_digest(_seal(content, key).encode(), seal.encode())


def parse_code(text: str) -> FormCode | None:
    """What a code's text says, whoever made it; None where it is no form's of a version that we read."""
    found = _FORM.fullmatch(text)
    if found is None or int(found[1]) != VERSION:
        return None
    meters = [_METER.fullmatch(part) for part in found[6].split("+")]
    if not all(meters) or len(meters) > METERS_A_PAGE:
        return None
    if any(m and not INTEGER_DIGITS <= int(m[4]) <= MOST_DIGITS for m in meters):
        return None
    try:
        period = Period(int(found[3][:4]), int(found[3][4:]))
    except ValueError:
        return None
    kinds, units = ({letter: value for value, letter in names.items()} for names in (_KINDS, _UNITS))
    return FormCode(
        contract_number=found[2],
        period=period,
        meters=tuple(FormMeter(unquote(m[1]), kinds[m[2]], units[m[3]], int(m[4])) for m in meters if m),
        page=int(found[4]),
        pages=int(found[5]),
    )


def _seal(content: str, key: bytes) -> str:
    return base64.b32encode(hmac.new(key, content.encode(), hashlib.sha256).digest()).decode()[:_SEAL]


@dataclass(frozen=True, slots=True)
class BoxReading:
    """What two independent readers saw in one box of a comb. `inked` False: the box is empty.

    together, alone: the digit that the line reader saw on the whole comb and on this box by itself, "" where it saw no single one;
    chances: the box reader's probabilities of the digits 0 to 9.
    """

    inked: bool
    together: str = ""
    alone: str = ""
    chances: tuple[float, ...] = ()
