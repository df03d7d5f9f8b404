"""The report form in words: what stands on it in each language, as HTML whose places metering/form_layout.py gives."""

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

from metering import form_layout
from metering.contracts import Contract, Language
from metering.form_layout import MARK, MARKS, MILLIMETRE, Comb
from metering.forms import FormCode
from metering.pages import Box
from metering.periods import Period
from metering.units import MeterKind, Unit
from templates import terms

_FOLDER = Path(__file__).parent / "documents"
_HTML = jinja2.Environment(
    loader=jinja2.FileSystemLoader(_FOLDER), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


@dataclass(frozen=True, slots=True)
class FormLine:
    """One meter as it is printed; previous: its last accepted index and the date of that, None where none is known."""

    serial: str
    model: str
    kind: MeterKind
    unit: Unit
    previous: Decimal | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class FormPage:
    """One page: its meters, what its code says, and the code drawn as an SVG that fills its place."""

    code: FormCode
    lines: tuple[FormLine, ...]
    drawing: str


def render_form(contract: Contract, period: Period, pages: tuple[FormPage, ...], address: str) -> str:
    """The form as HTML in the contract's language; address: where it is to be mailed. Deterministic."""
    language = contract.language
    return _HTML.get_template("form.html.j2").render(
        contract=contract,
        period=period,
        address=address,
        words=_words(language),
        layout=form_layout,
        places={"marks": [_mark(x, y) for x, y in MARKS]},
        pages=[{"code": page.code, "drawing": page.drawing, "lines": _lines(page)} for page in pages],
        pairs=_pairs,
        size=lambda text: 10 if len(text) <= 80 else 8 if len(text) <= 160 else 6.2,
        month=lambda month: terms.month(month, language),
        meter_name=lambda kind: terms.meter_name(kind, language),
        unit_name=lambda unit: terms.unit_name(unit, language),
    )


def _lines(page: FormPage) -> list[tuple[dict[str, Any], form_layout.MeterPlaces]]:
    shown = [
        {
            "serial": line.serial,
            "model": line.model,
            "kind": line.kind,
            "unit": line.unit,
            "previous": terms.number(f"{line.previous:f}") if line.previous is not None else "",
            "date": f"{line.date:%d.%m.%Y}" if line.date else "",
        }
        for line in page.lines
    ]
    return list(zip(shown, form_layout.all_meter_places(page.code), strict=True))


def _mark(x: float, y: float) -> Box:
    half = MARK / 2
    return Box(*(edge * MILLIMETRE for edge in (x - half, y - half, x + half, y + half)))


def _pairs(comb: Comb) -> Iterator[tuple[Box, Box]]:
    """The boxes on either side of each comma or point."""
    for one, two in zip(comb.groups, comb.groups[1:], strict=False):
        yield one[-1], two[0]


@cache
def _words(language: Language) -> dict[str, str]:
    return tomllib.loads((_FOLDER / "form.toml").read_text(encoding="utf-8"))[language.value]
