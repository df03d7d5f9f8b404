"""A page with its meanings marked: which tokens are labels, dates, months, numbers and units. Everything later looks at these."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from metering.pages import Box, Page, PageSource
from metering.units import MeterKind
from parsers.page.captions import find_captions
from parsers.page.cards import card_by_card
from parsers.page.drawn import horizontals
from parsers.page.grids import row_by_row
from parsers.page.items import Item, item_of
from parsers.page.lines import Form, Line, Token, box_of, cells_of, lines_of
from parsers.page.number_items import Reach, number_items, wide_spaces
from parsers.page.numbering import without_codes, without_numbering
from parsers.page.qualified import in_two_languages, qualified
from parsers.page.unit_items import mend_energy, mend_units, unit_item
from parsers.page.wrapping import cell_by_cell
from parsers.wording.dates import LOST_MARK, find_dates, find_days, find_months
from parsers.wording.folding import fold
from parsers.wording.lexicon import find_labels

_NEAR_DAYS = 70  # between a report's own dates
_NEAR_TOKENS = 8
_READING = (fold("показан"), fold("кўрсатк"), fold("ko'rsatk"))
_TAKEN = tuple(fold(word) for word in ("olindi", "olingan", "олинди", "олинган", "holat", "ҳолат"))
_TO = frozenset({fold("по"), fold("до"), "-", "–", "—", "dan", "дан"})
_DECIMALS = re.compile(r"\d[.,]\d")
KINDS = {"heat": MeterKind.HEAT, "hot_water": MeterKind.HOT_WATER}


@dataclass(slots=True)
class MarkedPage:
    """Tokens of a page in reading order and the items among them, by position."""

    page: Page
    lines: list[Line]
    tokens: list[Token]
    items: list[Item]
    by_line: dict[int, list[Item]]
    across: tuple[Box, ...] = ()  # the horizontal rules
    over: dict[int, list[Token]] = field(default_factory=dict)  # what stands over a label that is a caption, by its first token

    @property
    def ocr(self) -> bool:
        return self.page.source is PageSource.OCR

    def on_line(self, number: int) -> list[Item]:
        return self.by_line.get(number, [])


def mark(page: Page) -> MarkedPage:
    lines = row_by_row(lines_of(page), page.rules)
    lines = card_by_card(cell_by_cell(lines, page.rules) if page.source is PageSource.TEXT_LAYER else lines)
    without_numbering(lines)
    without_codes(lines)
    tokens = [token for line in lines for token in line.tokens]
    across = horizontals(page.rules)
    vertical = [r for r in page.rules if r.height > 3 * r.width]
    items = mark_tokens(tokens, page.source is PageSource.OCR, vertical, max((line.letter for line in lines), default=0.0))
    items = _with_stacked_labels(lines, tokens, items, across)
    by_line: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        by_line[item.line].append(item)
    return MarkedPage(page, lines, tokens, items, by_line, across, _over_captions(lines, items))


def _over_captions(lines: Sequence[Line], items: Sequence[Item]) -> dict[int, list[Token]]:
    """Of each label in a caption: what stands over it. Only the first names it («(наименование организации-абонента)»)."""
    labels = [i for i in items if i.sort == "label"]
    over: dict[int, list[Token]] = {}
    for caption in find_captions(lines):
        said = [i for i in labels if any(t is i.tokens[0] for t in caption.words)]
        over |= {label.first: caption.value if n == 0 else [] for n, label in enumerate(said)}
    return over


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
                if span[0].line == span[-1].line or any(t.text == ":" or t.form is Form.NUMBER for t in cell[cell.index(span[0]) :]):
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
    items = qualified(tokens, in_two_languages(tokens, [*items, *_labels(tokens, used, ocr=ocr)]))
    if ocr:
        mend_units(tokens, items)
        mend_energy(tokens, items)
    used = {i for item in items for i in range(item.first, item.last + 1)}
    items += number_items(tokens, used, Reach(ocr, tuple(rules), space, wide_spaces(tokens)))
    return sorted(items, key=lambda item: item.first)


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
        items.append(item_of("date", tokens, first, last, value=date.date, note=LOST_MARK if date.repaired else None))
    for month in find_months(text):
        first, last = bisect_right(starts, month.start) - 1, bisect_right(starts, month.end - 1) - 1
        if not any(item.first <= last and first <= item.last for item in items) and not _apart(tokens, first, last):
            items.append(item_of("month", tokens, first, last, value=month.period))
    told = [i.period.day(15) if i.sort == "month" else i.date for i in items]
    for number, day, start, end in find_days(text) if told else []:
        first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
        free = not any(item.first <= last and first <= item.last for item in items) and not _apart(tokens, first, last)
        date = _with_year(number, day, max(told))
        if free and date is not None and (_beside_reading(tokens, first, last) or _opens_span(tokens, last, items)):
            items.append(item_of("date", tokens, first, last, value=date, note="its year is told elsewhere", trust=0.79))
    return items


def _with_year(month: int, day: int, told: dt.date) -> dt.date | None:
    """A day of the year in which it is nearest to a date of the page, and near it."""
    for year in (told.year, told.year - 1):
        try:
            date = dt.date(year, month, day)
        except ValueError:
            return None
        if abs((date - told).days) <= _NEAR_DAYS:
            return date
    return None


def _opens_span(tokens: Sequence[Token], last: int, dates: Sequence[Item]) -> bool:
    """Whether a day is the first of two («с 24 октября по 23 ноября 2026 г.»)."""
    following = next((i for i in dates if i.sort == "date" and 1 < i.first - last <= 3), None)
    return following is not None and any(t.fold in _TO for t in tokens[last + 1 : following.first])


def _beside_reading(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the word for a reading stands before it or a number with decimals near on its line: a street may be called after a day."""
    near = tokens[max(0, first - _NEAR_TOKENS) : last + _NEAR_TOKENS]
    named = any(t.fold.startswith(_READING) and t.line == tokens[first].line for t in tokens[max(0, first - 2) : first])
    named = named or any(t.fold.startswith((*_READING, *_TAKEN)) for t in tokens[last + 1 : last + 4])
    return named or any(t.form is Form.NUMBER and t.line == tokens[first].line and _DECIMALS.search(t.text) for t in near)


def _apart(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a date would reach over a gap that only columns have."""
    pairs = zip(tokens[first:last], tokens[first + 1 : last + 1], strict=True)
    return any(a.line == b.line and b.box.left - a.box.right > 4 * max(a.box.height, b.box.height) for a, b in pairs)


#: Letters of a label for each that differs: «Дата ввода» is no misspelt «Дата вывода».
_ERROR = 12
_LEAST_MISSPELT = 6  # letters of a word that alone is a label, where nothing is misread: shorter words are others
_DOUBTED = 0.65


def _labels(tokens: Sequence[Token], used: set[int], *, ocr: bool = False) -> list[Item]:
    places = [i for i, t in enumerate(tokens) if t.form is Form.WORD or t.fold == "№"]
    words = [tokens[i].fold if i not in used else "" for i in places]
    breaks = frozenset(n for n in range(1, len(places)) if _parted(tokens, places[n - 1], places[n], used))
    items = []
    short = frozenset(n for n, i in enumerate(places) if _is_abbreviated(tokens, i))
    names = _quoted(tokens)
    for label in find_labels(words, breaks, short):
        first, last = places[label.first], places[label.last]
        if label.group in _NOT_IN_NAMES and any(one < first and last < two and last - first < two - one - 2 for one, two in names):
            continue
        if not ocr and label.errors and label.first == label.last and len(words[label.first]) < _LEAST_MISSPELT:
            continue
        if label.group == "kinds" and first < last and not _in_one_piece(tokens, first, last):
            continue
        if (label.key not in _OF_LETTERS or (label.key == "stamp" and _names_surname(tokens, first, last))) and _are_initials(
            tokens, first, last
        ):
            continue
        if label.group == "units":
            item = unit_item(tokens, first, last, label.key)
        elif label.group == "kinds":
            item = item_of("kind", tokens, first, last, key=label.key, value=KINDS[label.key], group=label.group)
        else:
            trust = _DOUBTED if not ocr and _ERROR * label.errors > label.weight else 1.0
            item = item_of("label", tokens, first, last, key=label.key, group=label.group, trust=trust)
        items.append(item)
    return items


#: Groups of labels whose words are none inside a name in quotation marks («Олтин Водий Савдо»).
_NOT_IN_NAMES = frozenset({"meters", "printouts", "kinds", "people"})
_LONGEST_NAME = 12  # tokens
_CLOSING = {"«": "»", "“": "”", "„": "“”", '"': '"'}


def _quoted(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Where names stand in quotation marks: the indexes of the opening and the closing one."""
    spans: list[tuple[int, int]] = []
    for place, token in enumerate(tokens):
        if token.text not in _CLOSING or (spans and place <= spans[-1][1]):
            continue
        ends = (n for n in range(place + 2, min(place + _LONGEST_NAME, len(tokens))) if tokens[n].text in _CLOSING[token.text])
        end = next(ends, None)
        if end is not None and tokens[place + 1].form is Form.WORD and tokens[end].line - token.line <= 1:
            spans.append((place, end))
    return spans


def _is_abbreviated(tokens: Sequence[Token], place: int) -> bool:
    """Whether a point stands right behind a word and ends no sentence: what follows on its line does not begin with a capital."""
    token, behind = tokens[place], tokens[place + 1 : place + 3]
    if not behind or behind[0].text != "." or not behind[0].glued:
        return False
    return len(behind) == 1 or behind[1].line != token.line or not behind[1].text[:1].isupper() or behind[1].form is not Form.WORD


#: Labels that are single letters with points themselves (М.П., Ф.И.О., И.Н.Н.).
_OF_LETTERS = frozenset({"stamp", "full_name", "inn"})


def _in_one_piece(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether single letters are one sign with a slash («Г/в», hot water), no letters that happen to follow («2026 г. в адрес»)."""
    span = tokens[first : last + 1]
    return any(len(t.text) > 1 for t in span) or [t.text for t in span[1::2]] == ["/"]


def _names_surname(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the letters of a stamp's mark are initials: something stands before, a surname behind them («Директор  М.У. Ким»)."""
    behind = [t for t in tokens[last + 1 : last + 3] if t.form is Form.WORD and t.line == tokens[last].line]
    near = bool(behind) and behind[0].box.left - tokens[last].box.right < 1.5 * behind[0].box.height
    return near and behind[0].text.istitle() and first > 0 and tokens[first - 1].line == tokens[first].line


def _are_initials(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether letters are a person's initials («Х.Р. Турсунов», not «х/р 2020…»): capitals with points beside a surname."""
    span = tokens[first : last + 1]
    words = [t for t in span if t.form is Form.WORD]
    if any(len(t.text) > 1 or not t.text.isupper() for t in words) or any(t.text != "." for t in span if t.form is not Form.WORD):
        return False
    around = [tokens[n] for n in (first - 1, last + 1, last + 2) if 0 <= n < len(tokens) and tokens[n].line == tokens[first].line]
    return len(words) > 1 and any(t.form is Form.WORD and len(t.text) > 2 and t.text.istitle() for t in around)


def _parted(tokens: Sequence[Token], before: int, after: int, used: set[int]) -> bool:
    """Whether a label cannot go on from one word to the next: a number, a bar, a colon or another line's far place between them."""
    between = tokens[before + 1 : after]
    if any(t.form in (Form.NUMBER, Form.BAR) or t.text in ':;=«»"()' for t in between):
        return True
    one, two = tokens[before], tokens[after]
    return one.line == two.line and two.box.left - one.box.right > 3 * max(one.box.height, two.box.height)
