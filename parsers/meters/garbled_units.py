"""Units of cells where nothing but a unit can stand, as OCR leaves them: garbled beyond the lexicon."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from metering.units import Unit
from parsers.wording.folding import fold

_CUBIC = re.compile(r"[мmwтt][\w]?", re.I)
#: What OCR makes of «GJ» alone in a cell.
_TORN_GJ = frozenset({"6", "©", "G", "G)", "С)", "6)", "G]", "GI", "Gl", "СJ", "С]"})
#: Units that no report is booked in and that differ by a letter from one that is: never taken for it.
_OTHERS = re.compile(r".*[мк]дж|[mkмк]j")
#: What is left of «GJ / ГДж».
_BEHIND_ANOTHER = re.compile(r"\w{1,3}[гт]дж")
_SPELLED = {Unit.GCAL: "гкал", Unit.GJ: "гдж", Unit.MWH: "мвтч", Unit.KWH: "квтч"}


def misread_unit(text: str, *, heat: bool = False) -> Unit | None:
    """A unit that OCR garbled beyond the lexicon; only for the cell of a unit column, where nothing else can stand. heat: whether the meter
    is known to be one of heat, which is never counted in cubic metres."""
    if text.strip() in _TORN_GJ:
        return Unit.GJ
    plain = fold("".join(c for c in text if c.isalnum()))
    if _OTHERS.fullmatch(plain):
        return None
    if _BEHIND_ANOTHER.fullmatch(plain):
        return Unit.GJ
    if _CUBIC.fullmatch(plain):
        return None if heat else Unit.M3
    best = max(_SPELLED, key=lambda unit: fuzz.ratio(plain, _SPELLED[unit]))
    return best if len(plain) >= 3 and fuzz.ratio(plain, _SPELLED[best]) >= 60 else None
