"""Values whose label or place was not found: what is written where nothing else stands says by its form, or by the sum that it closes,
which one it is (docs/handwriting.md, "Without a label").

Only what is missing is looked for, or what does not add up, and only where there is but one answer; nothing that is found so is certain by
itself, but what three first readings that add up tell.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from metering.handwriting import HandReading
from metering.pages import Box
from parsers.handwritten.by_sum import numbers_by_sum
from parsers.handwritten.lines import SHARED, Place
from parsers.handwritten.order import free_places, in_reading_order, print_before
from parsers.handwritten.print_behind import is_number_sign
from parsers.handwritten.values import RUBBISH, Written, as_date, as_number, as_serial, cost_of_sum, digits_of_length, weigh, weigh_date
from parsers.handwritten.written_dates import torn_date
from parsers.meters.head_cells import BESIDE_HEAT
from parsers.page.found import NUMBERS
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form, Token
from parsers.requisites.phrases import known_words

_MOST, _AT_FOOT = 14, 4  # places that are read, so many of them the last: a page with more has lists of other things
_CHEAP = 6.0  # cost of a value at most that its form alone tells
_SURELY = 2.0  # cost of a value at most that is surely one
_APART = 1.6  # of its height: between the pieces of one number
_ROUND = 0.35  # of its height: paper around writing that the engine saw
_OTHERS = ("organization", "address", "position", "signatory", "email", "phone", "inn", "title")  # labels of what is no number of a report
_TWO = 2  # dates of a report: the readings' and its own
_SURE, _LETTERS = 0.6, 3  # confidence and letters of a printed word
_SOON = 7  # days from the readings to a report whose date has no label, at most
_MONTH = range(20, 63)  # days from one reading to the next, where no month is left out
_OF_DATE = range(6, 9)  # digits, as far as these were read as digits or letters
_DASHES = "-–—"
_NEXT_LINE = 4.0  # of a label's height: so far below it the next line is
_SERIAL = 5  # digits at least of a serial that nothing else tells

Hand = Callable[[Box, bool, bool], HandReading]  # a place, whether it has a frame, whether a date is expected


@dataclass(slots=True)
class Unlabelled:
    """The places of a page that are nobody's, in reading order, and how they are read."""

    page: int
    places: tuple[Place, ...]
    hand: Hand
    _read: dict[tuple[Place, bool], HandReading] = field(default_factory=dict)

    def reads(self, meaning: Callable[[str], str | None], dated: bool = False) -> list[Written]:
        """What means something of the kind in them."""
        found = (self._weighed(place, meaning, dated) for place in self.places)
        read = [w for w in found if w is not None]
        best: list[Written] = []  # the writing on a line may have been seen by the engine, too
        framed = {p.box for p in self.places if p.boxed}
        # Of two that are cheap the longer one: the other is a piece of it.
        for one in sorted(
            read, key=lambda w: (w.place not in framed, w.values[0].cost > _SURELY, -len(w.values[0].text), w.values[0].cost)
        ):
            if not any(one.place.overlaps(other.place, SHARED) for other in best):
                best.append(one)
        return [w for w in read if any(w is one for one in best)]

    def _weighed(self, place: Place, meaning: Callable[[str], str | None], dated: bool) -> Written | None:
        reading = self._reading(place, dated)
        return weigh_date(reading, self.page, place.box) if meaning is as_date else weigh(reading, self.page, place.box, meaning)

    def without(self, written: Iterable[Written]) -> Unlabelled:
        """The same without what was told meanwhile."""
        told = [w.place for w in written]
        return replace(self, places=tuple(p for p in self.places if not any(p.box.overlaps(box, SHARED) for box in told)))

    def and_also(self, written: Iterable[Written]) -> Unlabelled:
        """The same with places whose labels told wrongly what stands there."""
        return replace(self, places=(*self.places, *(Place(w.place, boxed=False) for w in written)))

    def _reading(self, place: Place, dated: bool) -> HandReading:
        if (place, dated) not in self._read:
            self._read[place, dated] = self.hand(place.box, place.boxed, dated)
        return self._read[place, dated]


def unlabelled(page: MarkedPage, inked: MarkedPage, frames: Sequence[Box], taken: Sequence[Place], hand: Hand) -> Unlabelled:
    """page: the print alone; inked: the page as it was read with its ink."""
    seen = [s for s in _writing_seen(page, inked) if not any(s.box.overlaps(o.box, SHARED) for o in taken)]
    slots = [s for s in (*free_places(page, frames, taken), *seen) if not _is_of_another(page, s)]
    slots = in_reading_order(slots)
    return Unlabelled(page.page.number, (*slots[: _MOST - _AT_FOOT], *slots[_MOST - _AT_FOOT :][-_AT_FOOT:]), hand)


def _is_of_another(page: MarkedPage, slot: Place) -> bool:
    level = (i for i in page.items if i.sort == "label" and i.key in BESIDE_HEAT and slot.box.top < i.box.middle[1] < slot.box.bottom)
    if any(i.box.left < slot.box.left for i in level):
        return True  # a mass, hours
    before = print_before(page, slot)
    return before is not None and any(before in i.tokens for i in page.items if i.sort == "label" and i.key in _OTHERS)


def _writing_seen(page: MarkedPage, inked: MarkedPage) -> list[Place]:
    """Where the engine saw figures that are no print: groups of what is beside each other, with the paper around it."""
    print_ = [t.box for t in (*_said(page), *_said(inked))]
    print_ += [t.box for t in inked.tokens if _is_word(t) and any(o.fold == t.fold and o.box.meets(t.box) for o in page.tokens)]
    groups: list[list[Token]] = []
    for line in inked.lines:
        last: Token | None = None
        for token in line.tokens:
            if token.form is Form.BAR or any(token.box.meets(box) for box in print_):
                continue
            dash = token.text in _DASHES and not token.glued and _is_date(groups, last)
            if dash or is_number_sign(token) or token.fold in known_words("as_of"):
                print_.append(token.box)  # «zavod № 39134497», «на 25.09.2026 – 596,80», all of it by hand
                last = None
                continue
            if last is not None and token.box.left - last.box.right < _APART * max(token.box.height, last.box.height):
                groups[-1].append(token)
            else:
                groups.append([token])
            last = token
    boxes = [Box.around([t.box for t in group]) for group in groups if any(c.isdigit() for t in group for c in t.text)]
    return [Place(_with_paper(box, print_), boxed=False) for box in boxes]


def _is_date(groups: Sequence[Sequence[Token]], last: Token | None) -> bool:
    """Whether what was seen before a dash has as many digits as a date has, most of them read as such."""
    seen = "".join(t.text for t in groups[-1]) if last is not None else ""
    return sum(c.isalnum() for c in seen) in _OF_DATE


def _said(page: MarkedPage) -> list[Token]:
    """What is part of a label, a unit, a heating system or a month."""
    return [t for i in page.items if i.sort in ("label", "unit", "kind", "month") for t in i.tokens]


def _is_word(token: Token) -> bool:
    return token.confidence >= _SURE and sum(c.isalpha() for c in token.text) >= _LETTERS


def _with_paper(box: Box, print_: Sequence[Box]) -> Box:
    """The writing with paper around it, of which none is print."""
    level = [p for p in print_ if p.top < box.bottom and box.top < p.bottom]
    left = max([p.right for p in level if p.right <= box.left] + [box.left - box.height])
    right = min([p.left for p in level if p.left >= box.right] + [box.right + box.height])
    return Box(left, box.top - _ROUND * box.height, right, box.bottom + _ROUND * box.height)


def is_rubbish(written: Written | None) -> bool:
    """Whether nothing was read in a place, or what is none of what its label asks for."""
    return written is None or written.values[0].cost >= RUBBISH


def lacks_something(meter: dict[str, Written]) -> bool:
    """Whether something is to be looked for, or what its labels name does not add up."""
    if any(is_rubbish(meter.get(name)) for name in ("serial", *NUMBERS)):
        return True
    return cost_of_sum({name: meter[name] for name in NUMBERS}) is None


def put_missing(
    meter: dict[str, Written],
    written: dict[str, Written | None],
    free: Unlabelled,
    is_of_readings: Callable[[Box], bool],
    *,
    in_table: bool,
) -> None:
    """Adds what is found to a page's one meter and to the report's own values. is_of_readings: whether the words before a place say that
    the day there is theirs: then the register may confirm it; in_table: its meters stand in one and are read already."""
    if not in_table:
        clear = {key: w for key, w in meter.items() if key not in NUMBERS or not is_rubbish(w)}
        by_sum = numbers_by_sum(clear, free.reads(as_number))
        told = {w.place for w in by_sum.values()}
        labelled = (meter[name] for name in NUMBERS if name in meter)
        wrongly = [w for w in labelled if (by_sum or is_rubbish(w)) and w.place not in told]  # «показание на ____ — ____ Гкал»
        meter |= by_sum
        free = free.without(meter.values()).and_also(wrongly)
    if "reading_date" in written and is_rubbish(written["reading_date"]):
        date = _missing_date(free, written, meter.get("current"))
        if date is not None:
            date = replace(date, alike=False) if is_of_readings(date.place) else date.doubted()
        written["reading_date"] = date or written["reading_date"]
        free = free.without(filter(None, [date]))
    if (
        "report_date" in written
        and is_rubbish(written["report_date"])
        and (date := _report_date(free, written.get("reading_date"))) is not None
    ):
        written["report_date"] = date
        free = free.without([date])
    for key, length in (("contract_number", 5), ("inn", 9)):
        if key in written and written[key] is None:
            written[key] = _only(free.reads(digits_of_length(length)))
            free = free.without(filter(None, [written[key]]))
    lacks_serial = not in_table and is_rubbish(meter.get("serial")) and any(n in meter for n in NUMBERS)
    if lacks_serial and (serial := _missing_serial(meter, free)) is not None:
        meter["serial"] = serial


def speaks_of_readings(page: MarkedPage, place: Box) -> bool:
    """Whether the last label before a place, on its line or at the end of the one above, is a word for readings («Ko'rsatkichlar ____
    holatiga», «Ko'rsatkichlar | ____ kuni olindi»). A title's is none."""
    labels = [i for i in page.items if i.sort == "label"]
    level = [i for i in labels if place.top < i.box.middle[1] < place.bottom and i.box.middle[0] < place.left]
    if level:
        last = max(level, key=lambda i: i.box.right)
    else:
        ends = [i for i in labels if i.tokens[-1] is page.lines[i.line].tokens[-1] and i.box.left > place.left]
        near = [i for i in ends if 0 < place.middle[1] - i.box.middle[1] < _NEXT_LINE * i.box.height]
        if not near:
            return False
        last = max(near, key=lambda i: i.box.top)
    return last.key == "reading" and not any(i.key == "title" and i.line == last.line for i in labels)


def _missing_serial(meter: dict[str, Written], free: Unlabelled) -> Written | None:
    """The one number of a serial's length without decimals that stands above the meter's own numbers or beside the first."""
    low = min(meter[name].place.bottom for name in NUMBERS if name in meter)
    return _only(w for w in free.reads(as_serial) if len(w.values[0].text) >= _SERIAL and w.place.middle[1] < low)


def _is_before(date: Box, number: Box) -> bool:
    """Whether a date stands before a number on its line («на 19.10.2026 – 951,66 Гкал»)."""
    return date.top < number.middle[1] < date.bottom and date.middle[0] < number.left


def _missing_date(free: Unlabelled, written: dict[str, Written | None], current: Written | None) -> Written | None:
    """The day before the current index on its line, else the one date, or of several the last that is not after the report's («на 25.10 —
    …, на 23.11 — …»); where that is not known either, of two the later one if a month lies between, as between two readings, else the upper
    one."""
    cheap = [w for w in free.reads(as_date, dated=True) if w.values[0].cost <= _CHEAP]
    beside = [w for w in cheap if current is not None and _is_before(w.place, current.place)]
    if len(beside) == 1:
        return beside[0]
    report = written.get("report_date")
    if report is not None:
        known = report.values[0].text
        cheap = sorted((w for w in cheap if w.values[0].text <= known), key=lambda w: w.values[0].text)[-1:] or cheap
    elif len(cheap) == _TWO:
        one, two = sorted(cheap, key=lambda w: w.values[0].text)
        days = (dt.date.fromisoformat(two.values[0].text) - dt.date.fromisoformat(one.values[0].text)).days
        return two if days in _MONTH else cheap[0]
    return cheap[0] if len(cheap) == 1 else None


def _report_date(free: Unlabelled, reading: Written | None) -> Written | None:
    """The one date below that of the readings, of the same day or soon after, whole or torn: its label may lie under the stamp."""
    if reading is None or is_rubbish(reading):
        return None
    days = {(dt.date.fromisoformat(reading.values[0].text) + dt.timedelta(n)).isoformat() for n in range(_SOON + 1)}
    below = (w for w in free.reads(as_date, dated=True) if w.place.top > reading.place.middle[1] and w.values[0].text in days)
    if (whole := _only(below)) is not None:
        return whole
    torn = [w for w in free.reads(torn_date(reading.values[0].text), dated=True) if w.place.top > reading.place.middle[1]]
    return replace(torn[0].doubted(), derived=True) if len(torn) == 1 and not is_rubbish(torn[0]) else None


def _only(found: Iterable[Written]) -> Written | None:
    cheap = [w.doubted() for w in found if w.values[0].cost <= _CHEAP]
    return cheap[0] if len(cheap) == 1 else None
