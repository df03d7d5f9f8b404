"""Units among the tokens of a page, and what OCR makes of m³ and of Q."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from metering.units import Unit, is_energy
from parsers.page.items import Item, item_of
from parsers.page.number_items import CUBIC, is_unit, part_of_name
from parsers.page.tokens import Form, Token
from parsers.page.torn_units import torn_unit
from parsers.wording.folding import fold

_LONGEST_TIME = 4  # letters of «час», «soat»: longer ones say the unit again
_TIMES = tuple(map(fold, ("soat", "соат", "сутк", "hour")))
_ALIKE = 50  # of 100: half of the letters
_WITH_DECIMALS = re.compile(r"\d+[.,]\d+")
UNITS = {unit.value: unit for unit in Unit}


def unit_item(tokens: Sequence[Token], first: int, last: int, key: str) -> Item:
    """A unit; not one of flow or load where a time stands under it (Гкал/ч)."""
    after = tokens[last + 1 : last + 3]
    per = len(after) == 2 and after[0].text == "/" and after[0].glued and after[1].glued and after[1].form in (Form.WORD, Form.NUMBER)
    per = per and _is_time(after[1])
    # «Gkal/Гкал»: the same unit in the other language
    per = per and not is_unit(tokens[last + 2 : last + 5]) and torn_unit(tokens, last + 2, behind_number=False) is None
    if key in UNITS and not per:
        return item_of("unit", tokens, first, last, key=key, value=UNITS[key])
    return item_of("unit", tokens, first, last + 2 * per, key="other")


def _is_time(token: Token) -> bool:
    """Whether a word under a unit's stroke may be a time: a short one, or one of four letters that is like «soat» («Gkal/Txan» is the unit
    once more)."""
    return len(token.text) < _LONGEST_TIME or (
        len(token.text) == _LONGEST_TIME and any(fuzz.ratio(token.fold, time) >= _ALIKE for time in _TIMES)
    )


def mend_units(tokens: Sequence[Token], items: list[Item]) -> None:
    """What OCR makes of units: of м³ a lone м behind a number (not where a time stands under it, мз/ч), and what is like another."""
    used = {i for item in items for i in range(item.first, item.last + 1)}
    for place, token in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        if token.fold in ("т", "мм") and place in used and after is not None and after.glued and after.text in "?*°":
            items[:] = [i for i in items if place not in range(i.first, i.last + 1)]
            items.append(_cubic(tokens, place, place + 1, token.fold))
        elif token.fold == "м2" and _ends_row_of_values(tokens, place):
            items[:] = [i for i in items if place not in range(i.first, i.last + 1)]
            items.append(_cubic(tokens, place, place, token.text))
        elif place not in used and token.fold in CUBIC and token.form is Form.WORD and not (after is not None and after.text == "/"):
            marked = after is not None and after.glued and after.form is Form.SIGN and after.text in "?°*³'\"’”“`™"
            behind = _is_behind_number(tokens, place)
            named = place > 0 and tokens[place - 1].form is Form.NUMBER and part_of_name(tokens, place - 1)
            if not named and (marked or (behind and not token.glued)):
                items.append(_cubic(tokens, place, place + marked, "м"))
        elif (
            place not in used
            and (torn := torn_unit(tokens, place, behind_number=_is_behind_number(tokens, place) or _is_behind_energy(tokens, place)))
            is not None
        ):
            unit, last = torn
            items.append(unit_item(tokens, place, last, unit.value))
            used.update(range(place, last + 1))
        elif place not in used and token.text == "4" and (_is_framed(tokens, place) or _ends_name(tokens, place)):
            items.append(item_of("unit", tokens, place, place, key="other", note="ч read as 4"))
        elif place not in used and _is_torn_cubic(tokens, place):
            items.append(_cubic(tokens, place, place, token.text))


def _cubic(tokens: Sequence[Token], first: int, last: int, read: str) -> Item:
    """What was read otherwise and is m³."""
    return item_of("unit", tokens, first, last, key="m3", value=Unit.M3, note=f"м³ read as {read}")


_ROW = 2  # numbers with decimals: «отапливаемая площадь 2450,5 м2» has one


def _ends_row_of_values(tokens: Sequence[Token], place: int) -> bool:
    """Whether a token stands last on its line, behind several numbers with decimals, the lines of a table aside: there M2 is no name of a
    mass, and nothing that is counted is in square metres."""
    line = [t for t in tokens if t.line == tokens[place].line and t.form is not Form.BAR]
    values = [t for t in line if _WITH_DECIMALS.fullmatch(t.text)]
    return line[-1] is tokens[place] and len(values) >= _ROW and line[-2] is values[-1]


#: What OCR makes of м³ besides, folded: behind a number alone, since elsewhere it may be a name (T3) or a word.
_TORN_CUBIC = frozenset({"м8", "ms", "тз", "т3", "мэ", "м9"})


def _is_torn_cubic(tokens: Sequence[Token], place: int) -> bool:
    per = place + 1 < len(tokens) and tokens[place + 1].text == "/"
    return tokens[place].fold in _TORN_CUBIC and not tokens[place].glued and not per and _is_behind_number(tokens, place)


def _is_behind_number(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word stands right behind a number of a few digits on its line; the line of a table may be between."""
    before = next((t for t in reversed(tokens[:place]) if t.form is not Form.BAR), None)
    return before is not None and before.form is Form.NUMBER and before.line == tokens[place].line and len(before.text) > 2


def _is_framed(tokens: Sequence[Token], place: int) -> bool:
    """Whether a sign stands alone in square brackets, as units do in the heads of printouts («Тнар [4]» for «[ч]»)."""
    around = tokens[place - 1 : place] + tokens[place + 1 : place + 2]
    return [t.text for t in around] == ["[", "]"] and tokens[place].glued and around[1].glued


def _ends_name(tokens: Sequence[Token], place: int) -> bool:
    """Whether a sign stands behind a word and its comma, and ends their cell («BHP, 4 | 8811» for «ВНР, ч»)."""
    before, behind = tokens[max(0, place - 2) : place], tokens[place + 1 : place + 2]
    if len(before) < 2 or before[0].form is not Form.WORD or before[1].text != "," or before[0].line != tokens[place].line:
        return False
    ends = not behind or behind[0].form is Form.BAR or behind[0].line != before[0].line
    return before[1].glued and (ends or behind[0].box.left - tokens[place].box.right > _FAR * tokens[place].box.height)


_FAR = 1.5  # of a sign's height: a gap that only columns have


def _is_behind_energy(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word stands behind what OCR makes of Q and a comma («0, GI»)."""
    before = tokens[max(0, place - 2) : place]
    named = len(before) == 2 and before[1].text == "," and before[1].glued and before[0].line == tokens[place].line
    return named and _MISREAD_Q.fullmatch(before[0].text) is not None


_SHORT = 5  # letters of Q with its index («Чтеп[Гкал]»)
#: What OCR makes of Q (Qо, with its index, has two signs).
_MISREAD_Q = re.compile(r"[0OОоoQ@©]{1,2}|90|9")


def mend_energy(tokens: Sequence[Token], items: list[Item]) -> None:
    """What OCR makes of Q: a zero before a unit in brackets or behind a comma (`0, Гкал`), before `=`, two before a unit (`00 Гкал`);
    any short word before a unit in square brackets; any sign that opens a line before a unit and its value (`3 Гкал 679.39`)."""
    used = {i for item in items for i in range(item.first, item.last + 1)}
    units = {i.first for i in items if i.sort == "unit" and isinstance(i.value, Unit) and is_energy(i.value)}
    for place, token in enumerate(tokens[:-2]):
        mark = tokens[place + 1]
        if place in used or token.form is Form.BAR or mark.line != token.line:
            continue
        named = (mark.text == "," and mark.glued) or mark.text in "[("
        of_unit = named and place + 2 in units and (_MISREAD_Q.fullmatch(token.text) or (token.text.isdigit() and len(token.text) <= 2))
        equals = mark.text == "=" and tokens[place + 2].form is Form.NUMBER and _MISREAD_Q.fullmatch(token.text)
        framed = token.form is Form.WORD and len(token.text) <= _SHORT and mark.text == "[" and mark.glued and place + 2 in units
        indexed = place + 1 in units and len(token.text) == 2 and token.text != "90" and _MISREAD_Q.fullmatch(token.text)
        alone = place + 1 in units and _opens_line(tokens, place) and _is_value_behind(tokens, place + 1)
        if of_unit or equals or indexed or framed or (alone and len(token.text) <= _MOST_OF_Q):
            items.append(item_of("label", tokens, place, place, key="energy", group="printouts"))


_MOST_OF_Q = 2  # signs


def _opens_line(tokens: Sequence[Token], place: int) -> bool:
    return place == 0 or tokens[place - 1].line != tokens[place].line


def _is_value_behind(tokens: Sequence[Token], place: int) -> bool:
    """Whether a number with decimals, and no other word, stands behind a unit on its line."""
    behind = next((t for t in tokens[place + 1 : place + 4] if t.form in (Form.NUMBER, Form.WORD)), None)
    return behind is not None and behind.line == tokens[place].line and _WITH_DECIMALS.fullmatch(behind.text) is not None
