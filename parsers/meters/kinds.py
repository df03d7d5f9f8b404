"""What a meter measures, where no word says it plainly: by a cell that OCR garbled («Tec» for ГВС), by a letter («Eг-х»)."""

from __future__ import annotations

from rapidfuzz import fuzz

from metering.units import MeterKind
from parsers.page.marked import MarkedPage
from parsers.wording.shapes import shape

_SPELLED = {
    MeterKind.HEAT: ("отопление", "отопл", "isitish", "иситиш", "issiqlik", "иссиқлик", "тепло"),
    MeterKind.HOT_WATER: ("гвс", "горячая вода", "горячее водоснабжение", "горячая", "горячее", "issiq suv", "иссиқ сув", "issiq", "иссиқ"),
}
_LEAST, _LIKE, _APART = 3, 60, 15  # letters; of 100, how like a cell is to what it says, and how much less to anything else


def misread_kind(text: str) -> MeterKind | None:
    """Only of a cell in which nothing else can stand; None where it is as like the other kind, or like neither."""
    plain = "".join(c for c in text if c.isalpha() or c == " ").strip()
    if len(plain) < _LEAST:
        return None
    like = {kind: max(fuzz.ratio(shape(plain), shape(word)) for word in words) for kind, words in _SPELLED.items()}
    best = max(like, key=lambda kind: like[kind])
    rest = max(score for kind, score in like.items() if kind is not best)
    return best if like[best] >= _LIKE and like[best] - rest >= _APART else None


def counts_hot_water(page: MarkedPage) -> bool:
    """Whether the letter of hot water («Qг», «Eг-х») says so on a page. A calculator that counts one circuit calls it «Eг-х», too: only
    beside the heat of another one it is that of hot water."""
    labels = [i for i in page.items if i.sort == "label" and i.key in ("energy", "energy_water")]
    return any(i.key == "energy" or not i.tokens[0].fold.startswith("е") for i in labels)
