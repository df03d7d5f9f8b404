"""The hand of one office: its font, its wording, how it writes numbers and dates; fixed for a report, drawn from the seed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from random import Random

from metering.periods import Period
from metering.units import MeterKind, Unit
from tests.corpus.facts import Facts
from tests.corpus.labels import LABELS, MONTHS, UNITS
from tests.corpus.words import INDEXES, WORDS

FONTS = (
    "Liberation Sans",
    "Liberation Serif",
    "DejaVu Sans",
    "DejaVu Serif",
    "Carlito",
    "PT Sans",
    "Liberation Sans Narrow",
    "Nimbus Sans",
    "C059",
)
MONOSPACE = ("Liberation Mono", "DejaVu Sans Mono", "Nimbus Mono PS")
#: Of the layouts kept aside: none of those above but a monospaced one, two of them with a slashed or dotted zero.
FONTS_ASIDE = (
    "PT Serif",
    "Open Sans",
    "Roboto",
    "Roboto Condensed",
    "Linux Libertine O",
    "Nimbus Roman",
    "P052",
    "URW Bookman",
    "PT Sans Caption",
    "DejaVu Sans Condensed",
)
MONOSPACE_ASIDE = ("PT Mono", "Nimbus Mono PS", "DejaVu Sans Mono")
NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True, slots=True)
class Style:
    """Choices that hold for the whole page."""

    random: Random
    language: str
    font: str
    monospace: str
    size: float  # points
    comma: bool
    thousands: str
    date_form: int
    colon: str
    chosen: dict[str, str]
    labels: Mapping[str, list[str]] = field(default_factory=dict)

    def label(self, key: str) -> str:
        """The office's word for it, the same all over the page."""
        if key not in self.chosen:
            self.chosen[key] = escape(self.random.choice(self.labels[key]))
        return self.chosen[key]

    def unit(self, unit: Unit) -> str:
        key = f"unit {unit}"
        if key not in self.chosen:
            self.chosen[key] = self.random.choice(UNITS[self.language][unit])
        return self.chosen[key]

    def number(self, value: str | None) -> str:
        if value is None:
            return "—"
        whole, _, part = value.partition(".")
        if self.thousands and len(whole) > 3:
            whole = f"{int(whole):,}".replace(",", self.thousands)
        return whole + ("," if self.comma else ".") * bool(part) + part

    def kind(self, kind: MeterKind) -> str:
        return self.label(kind.value)

    def date(self, day: dt.date) -> str:
        if self.date_form == 0:
            return f"{day:%d.%m.%Y}"
        if self.date_form == 1:
            return f"{day:%d.%m.%Y}" + {"ru": " г.", "uz": "-y.", "uz_cyrl": " й."}[self.language]
        if self.date_form == 2:
            return f"{day:%d/%m/%Y}"
        if self.language == "ru":
            month = MONTHS["ru_of"][day.month - 1]
            return f"«{day.day:02d}» {month} {day.year} г." if self.date_form == 3 else f"{day.day} {month} {day.year} г."
        month, year = MONTHS[self.language][day.month - 1], "yil" if self.language == "uz" else "йил"
        return f"{day.year}-{year} {day.day}-{month}" if self.date_form == 3 else f"{day.year} {year} {day.day} {month}"

    def month(self, period: Period) -> str:
        return self.label("for_month").format(month=MONTHS[self.language][period.month - 1], year=period.year)

    def total(self, facts: Facts) -> str | None:
        """The sum over the rows of energy in one unit, or None where there is nothing to sum."""
        energy = [m for m in facts.meters if m.unit is not Unit.M3]
        if len(energy) < 2 or len({m.unit for m in energy}) > 1:
            return None
        return self.number(str(sum((Decimal(m.consumption) for m in energy), Decimal(0))))

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability


def choose(random: Random, language: str, spelled_dates: bool = True, *, aside: bool = False) -> Style:
    """`aside`: with the fonts and the wording of the layouts that nobody tunes on."""
    fonts = [font for font in (FONTS_ASIDE if aside else FONTS) if language != "uz_cyrl" or font != "Liberation Serif"]
    return Style(
        random=random,
        language=language,
        font=random.choice(fonts),
        monospace=random.choice(MONOSPACE_ASIDE if aside else MONOSPACE),
        size=random.choice((10, 10.5, 11, 11, 12, 12, 13)),
        comma=random.random() < 0.8,
        thousands=random.choice(("", "", "", " ", NO_BREAK_SPACE)),
        date_form=random.choice((0, 0, 1, 1, 2, 3, 4)) if spelled_dates else random.choice((0, 0, 1, 2)),
        colon=random.choice((":", ":", "", " –")),
        chosen=_pairs(random, language) if aside else {},
        labels=(WORDS if aside else LABELS)[language],
    )


def _pairs(random: Random, language: str) -> dict[str, str]:
    """Words for the previous and the current index that go together, long and short."""
    previous, current, was, now = random.choice(INDEXES[language])
    return {"previous": escape(previous), "current": escape(current), "previous_short": escape(was), "current_short": escape(now)}
