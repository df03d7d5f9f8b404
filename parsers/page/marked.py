"""A page with its meanings marked: which tokens are labels, dates, months, numbers and units. Everything later looks at these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from metering.pages import Box, Page, PageSource
from parsers.page.beside_days import after_days
from parsers.page.beside_rows import after_rows
from parsers.page.captions import find_captions
from parsers.page.cards import card_by_card
from parsers.page.date_items import date_items
from parsers.page.drawn import horizontals
from parsers.page.grids import row_by_row
from parsers.page.items import Item
from parsers.page.label_items import KINDS, label_items
from parsers.page.lines import Line, box_of, cells_of, lines_of
from parsers.page.number_items import Reach, number_items, wide_spaces
from parsers.page.numbering import without_codes, without_numbering
from parsers.page.qualified import in_two_languages, qualified
from parsers.page.tokens import Form, Token
from parsers.page.unit_items import mend_energy, mend_units
from parsers.page.wrapping import cell_by_cell
from parsers.wording.lexicon import find_labels


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
    lines = after_rows(after_days(row_by_row(lines_of(page), page.rules)))
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
    top, bottom = item.box.top - 0.45 * height, item.box.bottom + 0.45 * height
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
    items = date_items(tokens, ocr=ocr)
    used = {i for item in items for i in range(item.first, item.last + 1)}
    items = qualified(tokens, in_two_languages(tokens, [*items, *label_items(tokens, used, ocr=ocr)]))
    if ocr:
        mend_units(tokens, items)
        mend_energy(tokens, items)
    used = {i for item in items for i in range(item.first, item.last + 1)}
    items += number_items(tokens, used, Reach(ocr, tuple(rules), space, wide_spaces(tokens)))
    return sorted(items, key=lambda item: item.first)
