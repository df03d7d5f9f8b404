"""A page with its meanings marked: which tokens are labels, dates, months, numbers and units. Everything later looks at these."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from metering.pages import Box, Page, PageSource
from metering.periods import Period
from metering.units import MeterKind, Unit, is_energy
from parsers.cards import card_by_card
from parsers.dates import find_dates, find_months
from parsers.drawn import horizontals
from parsers.lexicon import find_labels
from parsers.lines import Form, Line, Token, box_of, cells_of, lines_of, text_of
from parsers.numbers import parse_misread_number, parse_number

UNITS = {unit.value: unit for unit in Unit}
KINDS = {"heat": MeterKind.HEAT, "hot_water": MeterKind.HOT_WATER}


@dataclass(slots=True)
class Item:
    """Something that was recognised: its sort ("label", "date", "month", "number", "serial", "unit", "kind"), its tokens [first, last] by
    index.

    key: of a label its meaning; value: a date, a Period, a number's text, a Unit or a MeterKind.
    """

    sort: str
    first: int
    last: int
    box: Box
    line: int
    key: str = ""
    value: object = None
    note: str | None = None
    group: str = ""
    tokens: list[Token] = field(default_factory=list)
    trust: float = 1.0  # below one where it is not sure that the tokens belong together

    @property
    def date(self) -> dt.date:
        assert isinstance(self.value, dt.date)
        return self.value

    @property
    def period(self) -> Period:
        assert isinstance(self.value, Period)
        return self.value

    @property
    def text(self) -> str:
        assert isinstance(self.value, str)
        return self.value


@dataclass(slots=True)
class MarkedPage:
    """Tokens of a page in reading order and the items among them, by position."""

    page: Page
    lines: list[Line]
    tokens: list[Token]
    items: list[Item]
    by_line: dict[int, list[Item]]
    across: tuple[Box, ...] = ()  # the horizontal rules

    @property
    def ocr(self) -> bool:
        return self.page.source is PageSource.OCR

    def on_line(self, number: int) -> list[Item]:
        return self.by_line.get(number, [])


def mark(page: Page) -> MarkedPage:
    lines = card_by_card(lines_of(page))
    tokens = [token for line in lines for token in line.tokens]
    across = horizontals(page.rules)
    vertical = [r for r in page.rules if r.height > 3 * r.width]
    items = mark_tokens(tokens, page.source is PageSource.OCR, vertical, max((line.letter for line in lines), default=0.0))
    items = _with_stacked_labels(lines, tokens, items, across)
    by_line: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        by_line[item.line].append(item)
    return MarkedPage(page, lines, tokens, items, by_line, across)


def best_number(items: Sequence[Item]) -> Item | None:
    """The number of a cell: the one with decimals where there are several."""
    numbers = [i for i in items if i.sort == "number"]
    return next((n for n in numbers if "." in n.text), numbers[0] if numbers else None)


def beside(page: MarkedPage, item: Item) -> list[Token]:
    """The tokens at the right of a label, on all lines that its height takes in: cells of two lines stand half a line apart."""
    height = max(t.box.height for t in item.tokens)
    top, bottom = item.box.top - 0.35 * height, item.box.bottom + 0.35 * height
    own = {id(t) for t in item.tokens}
    found = []
    for line in page.lines[max(0, item.line - 2) : item.line + 5]:
        if line.number in {t.line for t in item.tokens}:
            edge = max(t.box.right for t in item.tokens if t.line == line.number)
        elif top <= line.box.middle[1] <= bottom:
            edge = item.box.right
        else:
            continue
        found += [t for t in line.tokens if t.box.left >= edge - 1 and id(t) not in own]
    return found


def _with_stacked_labels(lines: list[Line], tokens: list[Token], items: list[Item], across: Sequence[Box] = ()) -> list[Item]:
    """Adds labels that are wrapped in their cell («Кўрсаткичлар олинган / сана:»), also where the value's line lies between.

    across: the page's horizontal rules, which part cells.
    """
    place = {id(t): n for n, t in enumerate(tokens)}
    heads = [(line, cells_of(line.tokens, line.letter)[0]) for line in lines]
    for n, (line, cell) in enumerate(heads):
        for other, below in heads[n + 1 : n + 3]:
            gap = other.box.top - line.box.bottom
            both = line.tokens[-1] is not cell[-1] and other.tokens[-1] is not below[-1]
            if both or gap > 0.6 * line.box.height or abs(below[0].box.left - cell[0].box.left) > 1.5 * line.letter:
                continue
            middle = box_of(cell).middle
            if any(r.left <= middle[0] <= r.right and middle[1] < r.middle[1] < box_of(below).middle[1] for r in across):
                break
            words = [t for t in (*cell, *below) if t.form is Form.WORD or t.fold == "№"]
            labels = [
                found
                for found in find_labels([t.fold for t in words])
                if found.group in ("requisites", "kinds") or found.key == "verification"
            ]
            for label in labels:
                span = words[label.first : label.last + 1]
                if span[0].line == span[-1].line or any(t.text == ":" for t in cell[cell.index(span[0]) :]):
                    continue
                first = place[id(span[0])]
                last = max(place[id(t)] for t in span if t.line == span[0].line)
                inside = [i for i in items if any(t in span for t in i.tokens)]
                if all(i.sort == "label" and len(i.tokens) < len(span) for i in inside):
                    items = [i for i in items if i not in inside]
                    sort, value = ("kind", KINDS[label.key]) if label.group == "kinds" else ("label", None)
                    items.append(
                        Item(sort, first, last, box_of(span), span[0].line, key=label.key, value=value, group=label.group, tokens=span)
                    )
            break
    return sorted(items, key=lambda item: item.first)


def mark_tokens(tokens: Sequence[Token], ocr: bool, rules: Sequence[Box] = (), space: float = 0.0) -> list[Item]:
    """The items among tokens, left to right. A token belongs to one item at most.

    No number reaches across a drawn rule; space: the page's usual gap between words, points.
    """
    items = _dates(tokens)
    used = {i for item in items for i in range(item.first, item.last + 1)}
    items += _labels(tokens, used)
    if ocr:
        _mend_units(tokens, items)
        _mend_energy(tokens, items)
    used = {i for item in items for i in range(item.first, item.last + 1)}
    items += _numbers(tokens, used, _Reach(ocr, tuple(rules), space, _stretched(tokens)))
    return sorted(items, key=lambda item: item.first)


def _item(sort: str, tokens: Sequence[Token], first: int, last: int, **rest: object) -> Item:
    span = list(tokens[first : last + 1])
    return Item(sort, first, last, box_of(span), span[0].line, tokens=span, **rest)  # type: ignore[arg-type]


def _dates(tokens: Sequence[Token]) -> list[Item]:
    pieces, starts, length = [], [], 0
    for token in tokens:
        space = "" if token.glued or not pieces else "\n" if token.form is Form.BAR else " "
        starts.append(length + len(space))
        pieces.append(space + token.text)
        length += len(pieces[-1])
    text = "".join(pieces)
    items = []
    for date in find_dates(text):
        first, last = bisect_right(starts, date.start) - 1, bisect_right(starts, date.end - 1) - 1
        first += tokens[first].text.strip('«»"“”„ ') == "" and first < last
        if _apart(tokens, first, last):
            continue
        items.append(_item("date", tokens, first, last, value=date.date, note="date with a lost mark" if date.repaired else None))
    for month in find_months(text):
        first, last = bisect_right(starts, month.start) - 1, bisect_right(starts, month.end - 1) - 1
        if not any(item.first <= last and first <= item.last for item in items) and not _apart(tokens, first, last):
            items.append(_item("month", tokens, first, last, value=month.period))
    return items


def _apart(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a date would reach over a gap that only columns have."""
    pairs = zip(tokens[first:last], tokens[first + 1 : last + 1], strict=True)
    return any(a.line == b.line and b.box.left - a.box.right > 4 * max(a.box.height, b.box.height) for a, b in pairs)


def _labels(tokens: Sequence[Token], used: set[int]) -> list[Item]:
    places = [i for i, t in enumerate(tokens) if t.form is Form.WORD or t.fold == "№"]
    words = [tokens[i].fold if i not in used else "" for i in places]
    breaks = frozenset(n for n in range(1, len(places)) if _parted(tokens, places[n - 1], places[n], used))
    items = []
    for label in find_labels(words, breaks):
        first, last = places[label.first], places[label.last]
        if label.group == "units":
            item = _unit(tokens, first, last, label.key)
        elif label.group == "kinds":
            item = _item("kind", tokens, first, last, key=label.key, value=KINDS[label.key], group=label.group)
        else:
            item = _item("label", tokens, first, last, key=label.key, group=label.group)
        items.append(item)
    return items


def _parted(tokens: Sequence[Token], before: int, after: int, used: set[int]) -> bool:
    """Whether a label cannot go on from one word to the next: a number, a bar, a colon or another line's far place between them."""
    between = tokens[before + 1 : after]
    if any(t.form in (Form.NUMBER, Form.BAR) or t.text in ':;=«»"()' for t in between):
        return True
    one, two = tokens[before], tokens[after]
    return one.line == two.line and two.box.left - one.box.right > 3 * max(one.box.height, two.box.height)


def _unit(tokens: Sequence[Token], first: int, last: int, key: str) -> Item:
    """A unit; not one of flow or load where a time stands under it (Гкал/ч)."""
    after = tokens[last + 1 : last + 3]
    per = len(after) == 2 and after[0].text == "/" and after[0].glued and after[1].glued and after[1].form in (Form.WORD, Form.NUMBER)
    if key in UNITS and not per:
        return _item("unit", tokens, first, last, key=key, value=UNITS[key])
    return _item("unit", tokens, first, last + 2 * per, key="other")


_CUBIC = frozenset({"м", "мз", "м3", "мзз", "мs"})


def _mend_units(tokens: Sequence[Token], items: list[Item]) -> None:
    """What OCR makes of м³: a lone м behind a number. Not where a time stands under it (мз/ч)."""
    used = {i for item in items for i in range(item.first, item.last + 1)}
    for place, token in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        if token.fold == "т" and place in used and after is not None and after.glued and after.text in "?*°":
            items[:] = [i for i in items if place not in range(i.first, i.last + 1)]
            items.append(_item("unit", tokens, place, place + 1, key="m3", value=Unit.M3, note="м³ read as т"))
        elif place not in used and token.fold in _CUBIC and token.form is Form.WORD and not (after is not None and after.text == "/"):
            marked = after is not None and after.glued and after.form is Form.SIGN and after.text in "?°*³'\"’”“`™"
            before = tokens[place - 1] if place else None
            behind = before is not None and before.form is Form.NUMBER and before.line == token.line and len(before.text) > 2
            if not (place and _part_of_name(tokens, place - 1)) and (marked or (behind and not token.glued)):
                items.append(_item("unit", tokens, place, place + marked, key="m3", value=Unit.M3, note="м³ read as м"))


#: What OCR makes of Q (Qо, with its index, has two signs).
_MISREAD_Q = re.compile(r"[0OОоoQ@©]{1,2}|90|9")


def _mend_energy(tokens: Sequence[Token], items: list[Item]) -> None:
    """What OCR makes of Q: a zero before a unit in brackets or behind a comma (`0, Гкал`), before `=`, two before a unit (`00 Гкал`)."""
    used = {i for item in items for i in range(item.first, item.last + 1)}
    units = {i.first for i in items if i.sort == "unit" and isinstance(i.value, Unit) and is_energy(i.value)}
    for place, token in enumerate(tokens[:-2]):
        mark = tokens[place + 1]
        if place in used or token.form is Form.BAR or mark.line != token.line:
            continue
        named = (mark.text == "," and mark.glued) or mark.text in "[("
        of_unit = named and place + 2 in units and (_MISREAD_Q.fullmatch(token.text) or (token.text.isdigit() and len(token.text) <= 2))
        equals = mark.text == "=" and tokens[place + 2].form is Form.NUMBER and _MISREAD_Q.fullmatch(token.text)
        indexed = place + 1 in units and len(token.text) == 2 and token.text != "90" and _MISREAD_Q.fullmatch(token.text)
        if of_unit or equals or indexed:
            items.append(_item("label", tokens, place, place, key="energy", group="printouts"))


@dataclass(frozen=True, slots=True)
class _Reach:
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
        return not any(one.box.middle[0] < r.left < two.box.middle[0] and r.top < one.box.middle[1] < r.bottom for r in self.rules)


def _numbers(tokens: Sequence[Token], used: set[int], reach: _Reach) -> list[Item]:
    items: list[Item] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if place in used or token.form is not Form.NUMBER or _part_of_name(tokens, place) or _is_ordinal(tokens, place):
            place += 1
            continue
        last, trust = _grouped(tokens, place, used, reach), 1.0
        if last == place and _goes_on_wide(tokens, place, used, reach):
            last, trust = last + 1, _WIDE_SPACE
        text = text_of(tokens[place : last + 1])
        value, note = parse_number(re.sub(r"(?<=[.,]) ", "", text) if reach.ocr else text), None
        if value is None and reach.ocr and (repair := parse_misread_number(text)) is not None:
            value, note = repair
        if value is not None and trust < 1:
            note = "its thousands stand wide apart"
        if value is not None and not _is_rate(tokens, last):
            items.append(_item("number", tokens, place, last, value=value, note=note, trust=trust))
        elif value is None and _SUFFIXED.fullmatch(token.text):
            items.append(_item("serial", tokens, place, place, value=token.text))
        place = last + 1
    return items


#: A serial with the channel or version behind it (МКТС: №62485701-1).
_SUFFIXED = re.compile(r"\d{5,10}-\d")


def _is_ordinal(tokens: Sequence[Token], place: int) -> bool:
    """Whether a number only counts the lines of a form (`12. Предыдущее показание`)."""
    first = place == 0 or tokens[place - 1].line != tokens[place].line
    return first and len(tokens[place].text) <= 2 and tokens[place].right in (".", ")")


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
    per = len(after) == 3 and after[0].form is Form.WORD and after[1].text == "/" and after[1].glued
    # ч is read as 4 where the м before it was not lost.
    return near and per and (after[2].form is Form.WORD or (after[0].fold in _CUBIC and after[2].text == "4"))


def _part_of_name(tokens: Sequence[Token], place: int) -> bool:
    """Whether a number is the tail of a name (ТЭМ-104, T550) or a fraction's under part."""
    if place == 0 or not tokens[place].glued:
        return False
    before = tokens[place - 1]
    if before.form is Form.WORD:
        return before.fold not in ("№", "n")
    return before.text in "-–/" and place > 1 and before.glued and tokens[place - 2].form in (Form.WORD, Form.NUMBER)


_HEAD, _TRIPLE, _FRACTION = re.compile(r"\d{1,3}"), re.compile(r"\d{3}(?:[.,]\d+)?"), re.compile(r"\d{1,3}")


def _grouped(tokens: Sequence[Token], first: int, used: set[int], reach: _Reach) -> int:
    """The last token of a number whose thousands are parted by spaces (`1 284,37`) or, by OCR, its decimals (`1284, 37`)."""
    last = first
    while _HEAD.fullmatch(tokens[first].text) and last + 1 < len(tokens) and last + 1 not in used:
        one, two = tokens[last], tokens[last + 1]
        if not _TRIPLE.fullmatch(two.text) or not (reach.joins(one, two) or _broken(tokens, first, last)):
            break
        last += 1
        if "," in two.text or "." in two.text:
            return last
    if reach.ocr and last + 2 < len(tokens) and tokens[last + 1].text in ",." and tokens[last + 1].glued and tokens[last].text.isdigit():
        fraction = tokens[last + 2]
        if last + 2 not in used and _FRACTION.fullmatch(fraction.text) and reach.joins(tokens[last + 1], fraction):
            return last + 2
    return last


#: A space that is wide for one between thousands and narrow for one between columns: a person is to look.
_WIDE, _WIDE_SPACE = 1.8, 0.79


def _goes_on_wide(tokens: Sequence[Token], place: int, used: set[int], reach: _Reach) -> bool:
    """Whether a number's thousands may be parted by more than a plain space. To drop them would leave a smaller number that
    looks whole."""
    if place + 1 >= len(tokens) or place + 1 in used or not _HEAD.fullmatch(tokens[place].text):
        return False
    return bool(_TRIPLE.fullmatch(tokens[place + 1].text)) and reach.joins(tokens[place], tokens[place + 1], _WIDE)


def _stretched(tokens: Sequence[Token]) -> dict[int, float]:
    """The widest space of each line of running text that is justified: all its spaces are about alike."""
    gaps: dict[int, list[float]] = defaultdict(list)
    for one, two in itertools.pairwise(tokens):
        if one.line == two.line and not two.glued:
            gaps[one.line].append(two.box.left - one.box.right)
    return {line: 1.02 * max(found) for line, found in gaps.items() if len(found) >= 5 and 0 < max(found) < 1.6 * min(found)}


def _broken(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether running text breaks a number at its line's end: words before it, a unit behind it on the next line."""
    one, two = tokens[last], tokens[last + 1]
    if first != last or two.line != one.line + 1 or first < 2 or last + 2 >= len(tokens):
        return False
    row_end = all(t.line != one.line or t.box.left <= one.box.left for t in tokens[last + 1 : last + 40])
    words = sum(t.form is Form.WORD for t in tokens[max(0, first - 8) : first] if t.line == one.line)
    return row_end and words >= 3 and two.box.left < one.box.left and tokens[last + 2].form is Form.WORD
