"""Places of a form whose labels could not be read, since ink tears them: by the order that all forms keep (docs/handwriting.md, "Places").

What is found so is read as any other place; a wrong one does not add up, or holds no contract number.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from metering.handwriting import fill_lines
from metering.pages import Box
from parsers.handwritten.lines import Place, over_line
from parsers.handwritten.print_behind import is_number_sign
from parsers.page.found import NUMBERS
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Token

_AROUND = ("inn", "reading_date", "serial", *NUMBERS, "report_date")
_NUMBERED = ("raqam", "ракам", "номер", "nomer")
_HIGHEST = 40.0  # points of a frame of one line
_DIGIT = 2.0  # of its height: so wide at most is a box for one digit
_NEAR = 2.5  # of a word's height: so near a label ends before the line for its value
_REACH = 260.0  # points between a label and the frame for its value
_HIDDEN = 32.0  # points at a line's beginning that a digit may hide
_HALF = 0.5  # of the lower one's height that two places have in common that are one
_PIECE = 60.0  # points of a line's piece in which a number may stand
_PITCH = 1.6  # of the distance of two lines of a form: so far the next one is at most


def contract_without_label(page: MarkedPage, frames: Sequence[Box], known: Sequence[Place]) -> Place | None:
    """The one free place behind a word for a number («№», raqami) that belongs to no label."""
    labelled = {id(t) for i in page.items if i.sort == "label" and i.key != "serial_before" for t in i.tokens}
    found = []
    for slot in free_places(page, frames, known):
        before = print_before(page, slot)
        if before is None or id(before) in labelled or not (is_number_sign(before) or before.fold.startswith(_NUMBERED)):
            continue
        if not any(i.sort == "label" and i.key == "outgoing" and before in page.lines[i.line].tokens for i in page.items):
            found.append(slot)  # «Исх. № ____» is the letter's
    return found[0] if len(found) == 1 else None


def with_torn_labels(
    page: MarkedPage, frames: Sequence[Box], loose: list[tuple[str, Place]], known: Sequence[Place]
) -> list[tuple[str, Place]]:
    """A meter's places with those whose label is missing: the one row of the form between those that stand around it, and for a serial
    the one free place with the heating system printed behind it."""
    by_key = dict(loose)
    if len(by_key) != len(loose) or not any(key in by_key for key in NUMBERS):
        return loose
    others = [by_key[key].box.top for key in NUMBERS[:2] if key in by_key]
    stray = by_key.pop("consumption") if "consumption" in by_key and others and by_key["consumption"].box.bottom < min(others) else None
    rows = [by_key[key].box.middle[1] for key in NUMBERS if key in by_key]
    if rows != sorted(rows):
        return loose
    free = free_places(page, frames, known)
    if "serial" not in by_key:
        named = [s for s in free if _is_before_kind(page, s)]
        if len(named) == 1:
            by_key["serial"] = named[0]
            free.remove(named[0])
    taken = [*known, *by_key.values()]
    if not {"previous", "current"} & by_key.keys() and {"serial", "consumption"} <= by_key.keys():
        by_key |= _both_indexes(by_key["serial"].box, by_key["consumption"].box, free)
    for key in NUMBERS:
        if key not in by_key and (slot := _between(key, by_key, free, taken)) is not None:
            by_key[key] = slot
            taken.append(slot)
    if stray is not None:  # a word of a title, unless nothing else is the consumption
        by_key.setdefault("consumption", stray)
    return sorted(by_key.items(), key=lambda pair: (round(pair[1].box.middle[1]), pair[1].box.left))


def with_lost_labels(
    page: MarkedPage, frames: Sequence[Box], loose: list[tuple[str, Place]], single: Mapping[str, Sequence[Place]], known: Sequence[Place]
) -> list[tuple[str, Place]]:
    """A meter's places where labels stand above or below their values: with those whose labels were lost, if between two others, in reading
    order, just so many places are free. single: those of the report's own values."""
    keys = [key for key, _ in loose]
    if len(set(keys)) != len(keys) or not any(key in keys for key in NUMBERS):
        return loose
    slots = in_reading_order([*known, *free_places(page, frames, known)])
    out = dict(loose)
    around = {**out, **{key: places[0] for key, places in single.items()}}
    anchors = [n for n, key in enumerate(_AROUND) if key in around]
    for one, two in itertools.pairwise(anchors):
        lost = _AROUND[one + 1 : two]
        between = slots[slots.index(around[_AROUND[one]]) + 1 : slots.index(around[_AROUND[two]])]
        if len(between) == len(lost) and not any(slot in known for slot in between):
            out.update(zip(lost, between, strict=True))
    return sorted(out.items(), key=lambda pair: slots.index(pair[1]))


def contract_beside_inn(page: MarkedPage, frames: Sequence[Box], inn: Place, known: Sequence[Place]) -> Place | None:
    """The free place directly before the taxpayer's number in reading order, where the contract's label was lost."""
    slots = in_reading_order([*known, *free_places(page, frames, known)])
    before = slots[slots.index(inn) - 1] if slots.index(inn) else None
    return before if before not in known else None


def in_reading_order(places: Sequence[Place]) -> list[Place]:
    rows: list[list[Place]] = []
    for place in sorted(places, key=lambda p: p.box.middle[1]):
        if rows and abs(rows[-1][0].box.middle[1] - place.box.middle[1]) < 0.5 * place.box.height:
            rows[-1].append(place)
        else:
            rows.append([place])
    return [place for row in rows for place in sorted(row, key=lambda p: p.box.left)]


def _both_indexes(serial: Box, consumption: Box, free: Sequence[Place]) -> dict[str, Place]:
    """The two rows between the serial and the consumption, whatever their labels say («23.10.2026 dagi ko'rsatkich»)."""
    between = [s for s in free if serial.bottom < s.box.middle[1] < consumption.top]
    if len(between) != 2 or between[0].box.bottom > between[1].box.middle[1]:
        return {}
    return dict(zip(NUMBERS, between, strict=False))


def _between(key: str, by_key: dict[str, Place], free: Sequence[Place], taken: Sequence[Place]) -> Place | None:
    """The first free place of the one row in which a number can stand."""
    place = NUMBERS.index(key)
    above, below = by_key.get(NUMBERS[place - 1]) if place else None, by_key.get(NUMBERS[place + 1]) if place < 2 else None
    if key == "previous" and below is not None:
        top = max((t.box.middle[1] for t in taken if t.box.middle[1] < below.box.top), default=0.0)
        bottom = below.box.middle[1]
    elif key == "current" and above is not None and below is not None:
        top, bottom = above.box.middle[1], below.box.middle[1]
    elif key == "consumption" and above is not None:
        top, before = above.box.middle[1], by_key.get("previous")
        far = top + _PITCH * (top - before.box.middle[1]) if before is not None else top + _PITCH * 2 * above.box.height
        bottom = min([t.box.middle[1] for t in taken if t.box.top > top] + [far])
    else:
        return None
    rows: list[list[Place]] = []
    for slot in (s for s in free if top + 0.4 * s.box.height < s.box.middle[1] < bottom - 0.3 * s.box.height):
        if rows and abs(rows[-1][0].box.middle[1] - slot.box.middle[1]) < 0.5 * slot.box.height:
            rows[-1].append(slot)
        else:
            rows.append([slot])
    return min(rows[0], key=lambda s: s.box.left) if len(rows) == 1 else None


def free_places(page: MarkedPage, frames: Sequence[Box], known: Sequence[Place]) -> list[Place]:
    """The frames of one line and the printed lines that are nobody's, from the top; in frames that hold print nothing is to be written."""
    low = [f for f in frames if f.height < _HIGHEST]
    single = [f for f in low if f.width < _DIGIT * f.height]
    slots = [Place(f, boxed=True) for f in (*_joined(single), *(f for f in low if f not in single))]
    slots = [s for s in slots if not any(_is_in(t, s.box) for t in page.tokens if _is_word(t))]
    for line in _joined(fill_lines(page.page)):
        place = over_line(page, line)
        before = print_before(page, Place(place, boxed=False))
        left = before.box.right + 0.3 * before.box.height if before is not None else _first_paper(page, place)
        place = Box(min(left, place.left), place.top, place.right, place.bottom)
        slots.append(Place(place, boxed=False))
    free = [piece for s in slots for piece in _remaining(s, known)]
    return sorted(free, key=lambda s: (s.box.middle[1], s.box.left))


def _remaining(slot: Place, known: Sequence[Place]) -> list[Place]:
    """What is left of a place beside those that are known: several captions part one line; of a frame nothing."""
    on = sorted((k.box for k in known if slot.box.overlaps(k.box, _HALF)), key=lambda box: box.left)
    if not on:
        return [slot]
    if slot.boxed:
        return []
    edges = itertools.pairwise([slot.box.left, *(x for box in on for x in (box.left, box.right)), slot.box.right])
    gaps = [(a, b) for n, (a, b) in enumerate(edges) if n % 2 == 0 and b - a > _PIECE]
    return [Place(Box(a, slot.box.top, b, slot.box.bottom), boxed=False) for a, b in gaps]


def _joined(boxes: Sequence[Box]) -> list[Box]:
    """Parts of one printed line, and boxes for single digits beside each other, put together."""
    out: list[Box] = []
    for box in sorted(boxes, key=lambda b: b.left):
        home = next((o for o in out if _goes_on(o, box)), None)
        if home is None:
            out.append(box)
        else:
            out[out.index(home)] = home.union(box)
    return out


def _first_paper(page: MarkedPage, place: Box) -> float:
    """Where a place may begin whose line's beginning a digit hides: not before what looks like a word."""
    words = [
        t.box.right
        for t in page.tokens
        if place.top < t.box.middle[1] < place.bottom and t.box.middle[0] < place.left and sum(c.isalpha() for c in t.text) >= 3
    ]
    return max([*words, place.left - _HIDDEN])


def _goes_on(one: Box, two: Box) -> bool:
    level = abs(one.middle[1] - two.middle[1]) < 4 and abs(one.height - two.height) < 4
    return level and -2 < two.left - one.right < 1.2 * max(one.height, 12)


def print_before(page: MarkedPage, slot: Place) -> Token | None:
    """The last word printed before a place on its line."""
    box = slot.box
    level = [t for t in page.tokens if _is_word(t) and _is_level(t, slot) and t.box.right < box.left + t.box.height]
    last = max(level, key=lambda t: t.box.right, default=None)
    if last is None or box.left - last.box.right > (_REACH if slot.boxed else _NEAR * last.box.height):
        return None
    return last


def _is_before_kind(page: MarkedPage, slot: Place) -> bool:
    """Whether a heating system is printed directly behind a place («(иситиш тизими)»)."""
    kinds = [i for i in page.items if i.sort == "kind" and any(_is_level(t, slot) for t in i.tokens)]
    return any(-4 < i.box.left - slot.box.right < _NEAR * i.box.height for i in kinds)


def _is_level(token: Token, slot: Place) -> bool:
    """Whether a word stands on a place's line: beside a frame, or with its base on a printed line."""
    y = token.box.middle[1]
    return slot.box.top < y < slot.box.bottom if slot.boxed else slot.box.bottom - 2.2 * token.box.height < y < slot.box.bottom


def _is_word(token: Token) -> bool:
    return is_number_sign(token) or (sum(c.isalpha() for c in token.text) >= 2 and token.confidence >= 0.5)


def _is_in(token: Token, box: Box) -> bool:
    x, y = token.box.middle
    return box.left < x < box.right and box.top < y < box.bottom
