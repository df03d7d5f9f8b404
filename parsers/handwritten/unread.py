"""Requisites by hand that could not be read, beside their labels: what is asked for is that they are there (docs/handwriting.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from metering.handwriting import fill_lines
from metering.pages import Box
from parsers.handwritten.lines import over_line, place_of
from parsers.handwritten.signers import NOTE, TRUST, SignersRow, is_written, signers_row
from parsers.handwritten.writing import Writing
from parsers.page.found import Found
from parsers.page.items import Item
from parsers.page.marked import MarkedPage
from parsers.requisites.other_side import stands_at_supplier
from parsers.requisites.phrases import known_words

_ASKED = {"organization": "organization", "address": "address", "position": "position_label", "signatory": "full_name"}
_OF_SENDER = ("organization", "address")
_CAPTION = 2.5  # of a caption's height: so far above it the line is whose place it names
_WORD = 3  # letters and digits that were read there, rightly or not: a dash or a tick is no name


def put_unread(inked: MarkedPage, printed: MarkedPage, single: dict[str, Found | None], frames: Sequence[Box], writing: Writing) -> None:
    """What is missing of name, address, post and signer, where handwriting of a word's length stands in the place of its label, clear of a
    stamp, whose own ink could be taken for it. Of what a stamp covers nothing needs to be read, if letters stand clear of its ring.

    inked: the page as it was read; printed: its print alone; single: the page's values by name, which are completed.
    """
    for key, label in _ASKED.items():
        if single[key] is None:
            post = single["position"].box if key == "signatory" and single["position"] is not None else None
            own = None if post is None else Box(*post.middle, *post.middle)
            places = [place for place in _places(printed, label, frames) if own is None or not place.holds(own)]
            single[key] = _first_written(inked, printed, places, writing)
    if (single["position"] is None or single["signatory"] is None) and (row := signers_row(printed)) is not None:
        _put_on_row(inked, printed, single, row, writing)


def _put_on_row(inked: MarkedPage, printed: MarkedPage, single: dict[str, Found | None], row: SignersRow, writing: Writing) -> None:
    """Post and name of who signed on a row without labels: a post is written in letters, and where nobody signed on the line for that it
    may be another's."""
    post = _written(inked, printed, row.post, writing) if row.post is not None and single["position"] is None else None
    if post is not None and sum(map(str.isalpha, post.value)) > sum(map(str.isdigit, post.value)) and not stands_at_supplier(inked, post):
        single["position"] = post
    if single["signatory"] is None and writing.look(inked.page.number, row.signature, False) is not None:
        name = _written(inked, printed, row.name, writing)
        single["signatory"] = name if name is not None and not stands_at_supplier(inked, name) else None


def _first_written(inked: MarkedPage, printed: MarkedPage, places: Sequence[Box], writing: Writing) -> Found | None:
    """What is written in the first of some places in which something is."""
    found = (_written(inked, printed, place, writing) for place in places)
    return next((one for one in found if one is not None), None)


def is_of_another(name: Found | None, printed: MarkedPage, single: dict[str, Found | None], frames: Sequence[Box]) -> bool:
    """Whether the name of who signed was read where the page has its address or the organisation by hand («г. Ташкент» is a surname and an
    initial): nobody is named so."""
    if name is None or name.box is None:
        return False
    known = [found.box for key in _OF_SENDER if (found := single[key]) is not None and found.box is not None]
    asked = [place for key in _OF_SENDER for place in _places(printed, _ASKED[key], frames)]
    return any(place.meets(name.box) for place in known) or any(place.holds(Box(*name.box.middle, *name.box.middle)) for place in asked)


def _places(printed: MarkedPage, label: str, frames: Sequence[Box]) -> list[Box]:
    """Where the page asks for something by its labels."""
    asking = (item for item in printed.items if item.sort == "label" and (item.key == label or _asks_for(label, item)))
    places = (_place(printed, item, frames) for item in asking)
    return [place for place in places if place is not None]


def _asks_for(label: str, item: Item) -> bool:
    """Whether a label of another meaning asks for an address («Объект манзили»)."""
    asks = tuple(known_words("asks_address"))
    return label == "address" and item.key == "object" and any(token.fold.startswith(asks) for token in item.tokens)


def _place(page: MarkedPage, label: Item, frames: Sequence[Box]) -> Box | None:
    """The line that a label is the caption of, right below its middle; else the frame or line behind it, or the line above it."""
    at = label.box
    above = [r for r in fill_lines(page.page) if r.left < at.middle[0] < r.right and 0 <= at.top - r.middle[1] < _CAPTION * at.height]
    right_above = [r for r in above if at.top - r.middle[1] < at.height and r.left < at.left - at.height and r.right > at.right + at.height]
    if not right_above and (behind := place_of(page, label, frames, drawn=True)) is not None:
        return behind.box
    if len(above) != 1:
        return None
    place = over_line(page, above[0])
    return replace(place, bottom=min(place.bottom, at.top))


def _written(inked: MarkedPage, printed: MarkedPage, place: Box, writing: Writing) -> Found | None:
    number = inked.page.number
    if not is_written(number, place, writing):
        return None
    stamp = writing.stamp(number)
    covered = stamp is not None and place.meets(stamp)
    own = [t for t in inked.tokens if place.holds(t.box) and not (covered and t.box.meets(stamp))]
    tokens = [t for t in own if not any(word.box.holds(t.box) for word in printed.tokens)]
    read = " ".join(t.text for t in tokens)
    if covered:  # what stands clear of its ring are letters, whatever was read of them
        return Found(read, number, tokens, NOTE, TRUST, place=place)
    if _signs(read) < _WORD:
        tokens, read = [], " ".join(word.text for word in writing.print(number, place))
    return Found(read, number, tokens, NOTE, TRUST, place=place) if _signs(read) >= _WORD else None


def _signs(text: str) -> int:
    return sum(map(str.isalnum, text))
