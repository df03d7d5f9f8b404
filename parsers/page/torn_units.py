"""Units as OCR tears them: «Ткап», «Tkan», by hand «Chal» (Гкал), «ГДк», «TK» (ГДж), «кВт: соат» (кВт·соат). Folded, letters
of either alphabet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from metering.units import Unit
from parsers.page.tokens import Form, Token
from parsers.wording.folding import fold

_WHOLE = (
    (Unit.GCAL, re.compile("[гтrtfliпнj1cс][кkh][аaоo][лlпnиiтhнмдj1]ь?")),
    (Unit.GJ, re.compile("[гтrt][дdл][жkкxм]")),
    (Unit.MWH, re.compile("[мm](?:[вb8][тtг][чhu4]|(?:[iі]|w|v|[vw]v|vw)[hн])")),
    (Unit.KWH, re.compile("[кk](?:[вb8][тtг][чhu4]|(?:[iі]|w|v|[vw]v|vw)[hн])")),
)
#: «Gkal» whose last letter was read as a mark, folded: «Ска!».
_MARKED = re.compile("[гтrtfliпнj1cс][кkh][аaоo]")
#: Of two letters: a unit behind a number alone.
_SHORT = re.compile("[гтt][жкk]|gy")
#: «GJ» whose hook was read as a stroke or a bracket, folded: «Gl», «GI», «G1»; «G)», «С)».
_HOOKED = re.compile("g[il1]|6j")
_G = frozenset({"g", "с", "c"})
_LIMITS = frozenset(map(fold, ("max", "min", "макс", "мин")))
#: What is left of a watt, and behind it of an hour, with a sign between them.
_WATTS = ((Unit.MWH, re.compile("[мm][вb8][тtrгm1]")), (Unit.KWH, re.compile("[кk][вvb8][тtrгm1]")))
_SIGNS = 2  # that a point between watt and hour was taken for, at most: «kVt:-soat»
_HOUR = re.compile("[чhuy4]|час|[сcs][оo][аa][тtг]r?|coar")


def torn_unit(tokens: Sequence[Token], place: int, *, behind_number: bool) -> tuple[Unit, int] | None:
    """The unit that a torn word stands for, and its last token."""
    token = tokens[place]
    if token.form is not Form.WORD or (token.glued and tokens[place - 1].form is not Form.SIGN):
        return None
    for unit, pattern in _WHOLE:
        if pattern.fullmatch(token.fold):
            return unit, place
    behind = tokens[place + 1 : place + 2]
    if _MARKED.fullmatch(token.fold) and behind and behind[0].glued and behind[0].text == "!":
        return Unit.GCAL, place + 1
    for unit, pattern in _WATTS:
        if pattern.fullmatch(token.fold) and (last := _hour_after(tokens, place)) is not None:
            return unit, last
    flow = bool(behind) and behind[0].fold in _LIMITS  # «Gl max 60.000 m3/h» behind a serial is G1
    if behind_number and not flow and ((bracket := _is_hooked(tokens, place)) or _HOOKED.fullmatch(token.fold)):
        return Unit.GJ, place + bracket
    named = place + 1 < len(tokens) and tokens[place + 1].glued  # ТК-12
    return (Unit.GJ, place) if behind_number and not named and _SHORT.fullmatch(token.fold) else None


def _is_hooked(tokens: Sequence[Token], place: int) -> bool:
    """Whether a G is followed by the bracket that its J was read as: one that nothing on the line opens."""
    behind = tokens[place + 1 : place + 2]
    if tokens[place].fold not in _G or not behind or not behind[0].glued or behind[0].text not in ")]":
        return False
    before = [t.text for t in tokens[max(0, place - _FAR) : place] if t.line == tokens[place].line]
    return sum(t in "([" for t in before) <= sum(t in ")]" for t in before)


_FAR = 40  # tokens: a line


def _hour_after(tokens: Sequence[Token], place: int) -> int | None:
    rest = tokens[place + 1 : place + 2 + _SIGNS]
    last = next((n for n, t in enumerate(rest) if t.form is not Form.SIGN or t.text == "/"), None)
    if last is None or rest[last].line != tokens[place].line or not _HOUR.fullmatch(rest[last].fold):
        return None
    return place + 1 + last
