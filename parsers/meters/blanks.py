"""Places where something must be written but nothing was read: a label's line, a row's cell. The digit reader is asked about them."""

from __future__ import annotations

from metering.pages import Box
from parsers.certainty.opinions import Readers
from parsers.meters.columns import Header, rules_across
from parsers.meters.row import Row
from parsers.page.found import Found
from parsers.page.items import Item
from parsers.page.lines import Form
from parsers.page.marked import MarkedPage

_KEYS = {"contract_number": "contract", "inn": "inn", "reading_date": "reading_date", "report_date": "report_date"}
_LENGTHS = {"contract_number": 5, "inn": 9}
_REACH = 14.0  # letters of the label's size that a handwritten value may take
_TRUST = 0.7


def fill_blanks(page: MarkedPage, single: dict[str, Found | None], readers: Readers) -> None:
    """Asks the digit reader about the place behind each label whose value was not read, or read with too few digits."""
    for key, label in _KEYS.items():
        there = single.get(key)
        torn = there is not None and there.page == page.page.number and key in _LENGTHS and there.note is not None
        if there is not None and not torn:
            continue
        for item in page.items:
            if item.sort == "label" and item.key == label and (found := _behind(page, item, key, readers)) is not None:
                found.alternatives = (there.value,) if there is not None else ()
                single[key] = found
                break


def left_blank(page: MarkedPage, single: dict[str, Found | None]) -> frozenset[str]:
    """Names of the fields whose label stands on the page with nothing behind it. Of a text layer only: on a picture what was
    not read may still be written there."""
    if page.ocr:
        return frozenset()
    labels = [i for i in page.items if i.sort == "label" and i.key in ("organization", "address", "report_date")]
    return frozenset(i.key for i in labels if single.get(i.key) is None and _is_empty(page, i))


def _is_empty(page: MarkedPage, label: Item) -> bool:
    place = place_behind(page, label)
    if place is None or page.tokens[label.last + 1 : label.last + 2] == []:
        return False
    behind = [t for t in page.lines[label.line].tokens if place.left <= t.box.middle[0] <= place.right]
    return page.tokens[label.last + 1].text in ":_" and all(t.form in (Form.SIGN, Form.BAR) for t in behind)


def place_behind(page: MarkedPage, label: Item) -> Box | None:
    """The place on a label's line up to the next label, where its value is to be written; None where there is none."""
    height = max(t.box.height for t in label.tokens)
    left = label.box.right + 0.3 * height
    stops = [i.box.left for i in page.on_line(label.line) if i.first > label.last and i.sort in ("label", "month", "unit")]
    right = min([*stops, left + _REACH * height, page.page.width]) - 0.3 * height
    if right - left < 2 * height:
        return None
    return Box(left, label.box.top - 0.35 * height, right, label.box.bottom + 0.25 * height)


def _behind(page: MarkedPage, label: Item, key: str, readers: Readers) -> Found | None:
    box = place_behind(page, label)
    if box is None:
        return None
    opinion = readers.ask_box(page.page.number, box)
    if opinion is None or opinion.confidence < 0.9:
        return None
    length = _LENGTHS.get(key)
    value = opinion.digits if length is not None else opinion.date
    if value is None or (length is not None and len(value) != length):
        return None
    note = "only the digit reader read it, behind its label"
    return Found(value, page.page.number, [], note, _TRUST, place=box)


def cell_box(page: MarkedPage, header: Header, column: int, row: Row) -> Box:
    """The inside of a row's cell: between the drawn rules around it, else as wide as its column's header and as high as the row."""
    middle = header.columns[column].box.middle[0]
    rules = rules_across(page, row.box) or header.rules
    left = max((x for x in rules if x < middle), default=header.columns[column].box.left - 4)
    right = min((x for x in rules if x > middle), default=header.columns[column].box.right + 4)
    return Box(left + 1.5, row.box.top - 1.5, right - 1.5, row.box.bottom + 1.5)
