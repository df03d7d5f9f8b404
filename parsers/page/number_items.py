"""Numbers among the tokens of a page: where one begins and how far it goes, with its thousands and decimals parted by spaces."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from metering.pages import Box
from metering.units import Unit
from parsers.page.items import Item, item_of
from parsers.page.lines import text_of
from parsers.page.tokens import Form, Token
from parsers.wording.folding import APOSTROPHES
from parsers.wording.lexicon import opening_label
from parsers.wording.numbers import parse_misread_number, parse_number

_METERED = frozenset(unit.value for unit in Unit)
#: How OCR reads м³ without its index, folded.
CUBIC = frozenset({"м", "мз", "м3", "мзз"})


#: Of a number's height, that a rule which parts it from the next may end short of its edges.
_INTO = 0.3


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a number may go on: not across rules, and over a gap of little more than the page's usual space."""

    ocr: bool
    rules: tuple[Box, ...]
    space: float
    stretched: dict[int, float] = field(default_factory=dict)  # the space of lines that are drawn out to the margin

    def joins(self, one: Token, two: Token, letters: float = 1.35) -> bool:
        if two.form is not Form.NUMBER or one.line != two.line:
            return False
        letter = max(one.box.width / len(one.text), two.box.width / len(two.text), self.space)
        if two.box.left - one.box.right > max(letters * letter, self.stretched.get(one.line, 0.0)):
            return False
        # A rule between columns passes through the line; a frame whose corner reaches into it parts nothing.
        top, bottom = one.box.top + _INTO * one.box.height, one.box.bottom - _INTO * one.box.height
        return not any(one.box.middle[0] < r.left < two.box.middle[0] and r.top < top and r.bottom > bottom for r in self.rules)


def number_items(tokens: Sequence[Token], used: set[int], reach: Reach) -> list[Item]:
    """The numbers among tokens that are in no other item (used), and serials with a suffix."""
    items: list[Item] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if place in used or token.form is not Form.NUMBER or part_of_name(tokens, place) or _is_ordinal(tokens, place):
            place += 1
            continue
        last, trust = _grouped(tokens, place, used, reach), 1.0
        if last == place and _goes_on_wide(tokens, place, used, reach):
            last, trust = last + 1, _WIDE_SPACE
        elif last == place and _goes_on_with_zero(tokens, place, used, reach):
            last, trust = last + 1, _ZERO_SPACE
        elif reach.ocr and _lacks_thousands(tokens, place, reach):
            trust = _WIDE_SPACE
        text = text_of(tokens[place : last + 1])
        value, note = parse_number(re.sub(r"(?<=[.,]) ", "", text) if reach.ocr else text), None
        if value is None and reach.ocr and (repair := parse_misread_number(text)) is not None:
            value, note = repair
        if value is not None and trust == _WIDE_SPACE and last > place:
            note = "its thousands stand wide apart"
        if value is not None and not _is_rate(tokens, last):
            items.append(item_of("number", tokens, place, last, value=value, note=note, trust=trust))
        elif value is None and (_SUFFIXED.fullmatch(token.text) or DASHED.fullmatch(token.text)):
            items.append(item_of("serial", tokens, place, place, value=token.text))
        place = last + 1
    return items


#: A serial with the channel or version behind it (МКТС: №62485701-1).
_SUFFIXED = re.compile(r"\d{5,10}-\d")
#: A serial with the type or the year before it («94-30715»).
DASHED = re.compile(r"\d{2,4}-\d{4,8}")


def _is_ordinal(tokens: Sequence[Token], place: int) -> bool:
    """Whether a number only counts the lines of a form (`12. Предыдущее показание`)."""
    first = place == 0 or tokens[place - 1].line != tokens[place].line
    return first and len(tokens[place].text) <= _ORDINAL and tokens[place].right in (".", ")")


def _is_rate(tokens: Sequence[Token], last: int) -> bool:
    """Whether a number is of something per something (`60.000 м3/ч`): a limit or a load."""
    after = tokens[last + 1 : last + 4]
    if (
        len(tokens[last].text) == 1
        and after
        and after[0].glued
        and after[0].form is Form.WORD
        and len(after[0].text) > 1
        and not tokens[last].glued
    ):
        return True  # a letter read as a digit (0тс1)
    near = bool(after) and after[0].line == tokens[last].line and after[0].box.left - tokens[last].box.right < tokens[last].box.height
    per = (
        len(after) == 3
        and after[0].form is Form.WORD
        and after[1].text == "/"
        and after[1].glued
        and not is_unit(tokens[last + 3 : last + 6])
    )
    # ч is read as 4 where the м before it was not lost.
    return near and per and (after[2].form is Form.WORD or (after[0].fold in CUBIC and after[2].text == "4"))


def is_unit(tokens: Sequence[Token]) -> bool:
    """Whether words begin with a unit that meters count in, as behind the slash of «Gkal/Гкал» (кВт·ч is two words)."""
    label = opening_label([t.fold for t in tokens if t.form is Form.WORD])
    return label is not None and label.group == "units" and label.key in _METERED


def part_of_name(tokens: Sequence[Token], place: int) -> bool:
    """Whether a number is the tail of a name (ТЭМ-104, T550) or a fraction's under part."""
    if place == 0 or not tokens[place].glued:
        return False
    before = tokens[place - 1]
    if before.form is Form.WORD:  # an apostrophe at its end is dirt in the space before the number
        return before.fold not in ("№", "n") and before.text[-1] not in APOSTROPHES
    return before.text in "-–/" and place > 1 and before.glued and tokens[place - 2].form in (Form.WORD, Form.NUMBER)


_HEAD, _TRIPLE, _FRACTION = re.compile(r"\d{1,3}"), re.compile(r"\d{3}(?:[.,]\d+)?"), re.compile(r"\d{1,3}")
_MISREAD_TRIPLE = re.compile(r"\d{3}(?:[.,;:]\d+)?")


def _grouped(tokens: Sequence[Token], first: int, used: set[int], reach: Reach) -> int:
    """The last token of a number whose thousands are parted by spaces (`1 284,37`) or, by OCR, its decimals (`1284, 37`)."""
    last, triple = first, _MISREAD_TRIPLE if reach.ocr else _TRIPLE
    while _HEAD.fullmatch(tokens[first].text) and last + 1 < len(tokens) and last + 1 not in used:
        one, two = tokens[last], tokens[last + 1]
        if not triple.fullmatch(two.text) or not (reach.joins(one, two) or _broken(tokens, first, last)):
            break
        last += 1
        if not two.text.isdigit():
            return last
    if reach.ocr and last + 2 < len(tokens) and _is_mark(tokens, last + 1) and tokens[last].text.isdigit():
        fraction = tokens[last + 2]
        if last + 2 not in used and _FRACTION.fullmatch(fraction.text) and reach.joins(tokens[last + 1], fraction):
            return last + 2
    return last


def _is_mark(tokens: Sequence[Token], place: int) -> bool:
    """Whether a point or comma may be the mark of the number before it: glued to it, or to the two digits and more behind it with no
    more than a plain space before it («833637 .84»)."""
    whole, mark, part = tokens[place - 1 : place + 2]
    if mark.text not in (",", "."):
        return False
    letter = whole.box.width / len(whole.text)
    near = whole.line == mark.line and mark.box.left - whole.box.right < _SPACE * letter
    alone = place + 2 >= len(tokens) or not (tokens[place + 2].glued and tokens[place + 2].text in ",.-/")  # «24 .12.2026»
    return mark.glued or (near and part.glued and len(part.text) > 1 and len(whole.text) > _ORDINAL and alone)


_ORDINAL = 2  # digits of a number that may count the lines of a form
_SPACE = 1.35  # letters
#: A space that is wide for one between thousands and narrow for one between columns: a person is to look.
_WIDE, _WIDE_SPACE = 1.8, 0.79
_SPECKS = 2  # signs of a token that is dirt, and how many of such tokens are looked over
_WIDEST, _ZERO_SPACE = 4.0, 0.85
_LATER_TRIPLE = re.compile(r"0\d\d[.,]\d+")


def _goes_on_wide(tokens: Sequence[Token], place: int, used: set[int], reach: Reach) -> bool:
    """Whether a number's thousands may be parted by more than a plain space. To drop them would leave a smaller number that
    looks whole."""
    if place + 1 >= len(tokens) or place + 1 in used or not _HEAD.fullmatch(tokens[place].text):
        return False
    return bool(_TRIPLE.fullmatch(tokens[place + 1].text)) and reach.joins(tokens[place], tokens[place + 1], _WIDE)


def _lacks_thousands(tokens: Sequence[Token], place: int, reach: Reach) -> bool:
    """Whether a number may go on from one before it, with nothing but dirt between the two («564 ‹ 980,24»): what is left looks whole."""
    if not _TRIPLE.fullmatch(tokens[place].text) or tokens[place].text.isdigit():
        return False
    before = [n for n in range(max(0, place - _SPECKS - 1), place) if tokens[n].line == tokens[place].line]
    while before and tokens[before[-1]].form is not Form.NUMBER and len(tokens[before[-1]].text) <= _SPECKS:
        before.pop()
    return bool(before) and bool(_HEAD.fullmatch(tokens[before[-1]].text)) and reach.joins(tokens[before[-1]], tokens[place], _WIDEST)


def _goes_on_with_zero(tokens: Sequence[Token], place: int, used: set[int], reach: Reach) -> bool:
    """Whether what follows is no number by itself («1     016,821» in a justified line): none begins with a zero and another digit."""
    if place + 1 >= len(tokens) or place + 1 in used or not _HEAD.fullmatch(tokens[place].text) or tokens[place].glued:
        return False
    return bool(_LATER_TRIPLE.fullmatch(tokens[place + 1].text)) and reach.joins(tokens[place], tokens[place + 1], _WIDEST)


def wide_spaces(tokens: Sequence[Token]) -> dict[int, float]:
    """The widest space of each line of running text that is justified: all its spaces are about alike."""
    gaps: dict[int, list[float]] = defaultdict(list)
    for one, two in itertools.pairwise(tokens):
        if one.line == two.line and not two.glued:
            gaps[one.line].append(two.box.left - one.box.right)
    return {line: 1.02 * max(found) for line, found in gaps.items() if len(found) >= 5 and 0 < max(found) < 1.6 * min(found)}


_BEFORE = 20  # tokens of a line's end


def _broken(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether running text breaks a number at its line's end: words before it, a unit or the next words behind it on the next line."""
    one, two = tokens[last], tokens[last + 1]
    if first != last or two.line != one.line + 1 or first < 2 or last + 2 >= len(tokens):
        return False
    row_end = all(t.line != one.line or t.box.left <= one.box.left for t in tokens[last + 1 : last + 40])
    words = sum(t.form is Form.WORD for t in tokens[max(0, first - _BEFORE) : first] if t.line == one.line)
    behind = next((t for t in tokens[last + 2 :] if t.text not in ",;"), two)
    return row_end and words >= 3 and two.box.left < one.box.left and behind.form is Form.WORD
