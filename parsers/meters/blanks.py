"""Places where something must be written but nothing was read: a label's line, a row's cell. The digit reader is asked about them."""

from __future__ import annotations

from metering.pages import Box
from parsers.certainty.opinions import Readers
from parsers.meters.columns import Header, rules_across
from parsers.meters.row import Row
from parsers.page.found import Found
from parsers.page.items import Item
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form
from parsers.requisites.positions import asks_for_post
from parsers.requisites.torn_names import OF_OTHERS

_KEYS = {"contract_number": "contract", "inn": "inn", "reading_date": "reading_date", "report_date": "report_date"}
_LENGTHS = {"contract_number": 5, "inn": 9}
#: Labels that ask for a requisite, and the field that they ask for.
_ASKED_FOR = {"organization": "organization", "address": "address", "report_date": "report_date"}
#: The same of who signs: only on a row where another of these or a name tells that it is the signer's.
_OF_SIGNER = {"position_label": "position", "full_name": "signatory"}
_TELLING = frozenset({"position", "position_label", "signature", "full_name"})
_REACH = 14.0  # letters of the label's size that a handwritten value may take
_TRUST = 0.7
_SIGNS = 4  # from a label to its number: «№», a colon


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
    asking = [(i, _ASKED_FOR[i.key]) for i in page.items if i.sort == "label" and i.key in _ASKED_FOR and not _heads_side(page, i)]
    named = single.get("signatory")
    signers = [i for i in page.items if i.sort == "label" and i.key in _OF_SIGNER and _is_of_signer(page, i, named)]
    asking += [(i, _OF_SIGNER[i.key]) for i in signers]
    return frozenset(field for label, field in asking if single.get(field) is None and _is_empty(page, label))


def _heads_side(page: MarkedPage, label: Item) -> bool:
    """Whether a label stands over who signs for one side of an act, the supplier beside it: it asks for no name of the organisation."""
    return label.key == "organization" and any(i.key == "supplier" for i in page.on_line(label.line))


def _is_of_signer(page: MarkedPage, label: Item, named: Found | None) -> bool:
    """Whether a label for a post or a name stands on the row of who signs. «Ответственное лицо» asks for no post."""
    others = [i for i in page.on_line(label.line) if i.sort == "label" and i is not label]
    if any(i.key in OF_OTHERS for i in others) or (label.key == "position_label" and not asks_for_post(label.tokens[0].fold)):
        return False
    return any(i.key in _TELLING for i in others) or (named is not None and any(t.line == label.line for t in named.tokens))


def _is_empty(page: MarkedPage, label: Item) -> bool:
    place = place_behind(page, label)
    after = [t for t in page.tokens[label.last + 1 : label.last + 3] if t.text != "."]  # the last one of «Ф.И.О.:»
    if place is None or not after or after[0].text not in ":_":
        return False
    behind = [t for t in page.lines[label.line].tokens if place.left <= t.box.middle[0] <= place.right]
    return all(t.form in (Form.SIGN, Form.BAR) for t in behind) and not _is_written_below(page, label, place)


def _is_written_below(page: MarkedPage, label: Item, place: Box) -> bool:
    """Whether words that are no label's stand right under the line («Ф.И.О.: ____» over a name in full)."""
    if label.line + 1 >= len(page.lines):
        return False
    below, height = page.lines[label.line + 1], label.box.height
    labels = [t for i in page.on_line(below.number) if i.sort == "label" for t in i.tokens]
    under = [t for t in below.tokens if t.form is Form.WORD and label.box.left < t.box.middle[0] < place.right]
    return below.box.top - label.box.bottom < height and bool(under) and not any(under[0] is t for t in labels)


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
    box = _sign_too_many(page, label, _LENGTHS.get(key)) or place_behind(page, label)
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


def _sign_too_many(page: MarkedPage, label: Item, length: int | None) -> Box | None:
    """The place of a number right behind a label that has a digit more than such numbers have: a zero with a dot or a stroke was read as
    two («900910» of 00910)."""
    behind = page.tokens[label.last + 1 : label.last + 1 + _SIGNS]
    number = next((t for t in behind if t.form is Form.NUMBER and t.line == label.line), None)
    if length is None or number is None or not number.text.isdigit() or len(number.text) != length + 1:
        return None
    return number.box


def cell_box(page: MarkedPage, header: Header, column: int, row: Row) -> Box:
    """The inside of a row's cell: between the drawn rules around it, else as wide as its column's header and as high as the row."""
    middle = header.columns[column].box.middle[0]
    rules = rules_across(page, row.box) or header.rules
    left = max((x for x in rules if x < middle), default=header.columns[column].box.left - 4)
    right = min((x for x in rules if x > middle), default=header.columns[column].box.right + 4)
    return Box(left + 1.5, row.box.top - 1.5, right - 1.5, row.box.bottom + 1.5)
