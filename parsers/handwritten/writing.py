"""What a page's picture may be asked about handwriting, and what its readers settled (docs/handwriting.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from metering.handwriting import HandReading
from metering.pages import Box, Word
from metering.reports import Field, Report
from parsers.handwritten.lines import Place
from parsers.handwritten.values import RUBBISH, Written, as_date, as_number, as_serial, digits_of_length, weigh
from parsers.page.found import NUMBERS, Found

SURELY_PRINT = 0.05  # look of ink
_WRITTEN = ("contract_number", "inn", "reading_date", "report_date")
DATES = ("reading_date", "report_date")
_OF_LENGTH = ("contract_number", "inn", "serial")
_SEVERAL, _LEAST_DIGITS = 2, 5  # words; digits of one that is no meter's type («602», «943»)
_MARKS = ",-/"  # between two words of one place
_DOUBTFUL = 6.0  # cost of what is read in a place from which it is rather another one
MEANINGS: dict[str, Callable[[str], str | None]] = {
    "contract_number": digits_of_length(5),
    "inn": digits_of_length(9),
    "reading_date": as_date,
    "report_date": as_date,
    "serial": as_serial,
    **dict.fromkeys(NUMBERS, as_number),
}


@dataclass(frozen=True, slots=True)
class Writing:
    """What can be asked of a page's picture about handwriting; pages by number.

    printed: the words of the page with all places to write in painted over; lines: its rules and dotted lines; frames: insides of
    everything framed, both with the flag whether pale boxes for single digits count, which take longer to find; look: how surely the ink
    in a place is handwriting, None without ink; look_beside_stamp: the same of what stands clear of the page's stamp, None where that are
    no letters; hand: what is written there. The first flag: the place has a printed frame; the second:
    a date is expected. groups: the words by hand in a place, parted in several
    ways, from the fewest. print: the words printed in a frame, read by itself; stamp: where one is on the page.
    """

    printed: Callable[[int], tuple[Word, ...]]
    lines: Callable[[int, bool], tuple[Box, ...]]
    frames: Callable[[int, bool], tuple[Box, ...]]
    look: Callable[[int, Box, bool], float | None]
    look_beside_stamp: Callable[[int, Box], float | None]
    hand: Callable[[int, Box, bool, bool], HandReading]
    groups: Callable[[int, Box, bool], tuple[tuple[Box, ...], ...]]
    print: Callable[[int, Box], tuple[Word, ...]]
    stamp: Callable[[int], Box | None]


@dataclass(slots=True)
class HandFields:
    """Values that the readers of handwriting settled, by page and place."""

    settled: dict[tuple[int, Box], Field] = field(default_factory=dict)

    def put_into(self, report: Report) -> Report:
        """The report with those values as they were settled."""
        if not self.settled:
            return report
        meters = tuple(replace(m, **{n: self._settled(getattr(m, n)) for n in ("serial", *NUMBERS)}) for m in report.meters)
        return replace(report, handwritten=True, meters=meters, **{n: self._settled(getattr(report, n)) for n in _WRITTEN})

    def _settled(self, found: Field | None) -> Field | None:
        if found is None or found.box is None:
            return found
        return self.settled.get((found.page, found.box), found)

    def found(self, value: Field) -> Found:
        """Notes a settled value, and gives it as extraction works with it."""
        assert value.box is not None
        self.settled[value.page, value.box] = value
        return Found(value.value, value.page, [], value.note, 0.95, value.alternatives, place=value.box)


def read_place(page: int, key: str, place: Place, writing: Writing) -> Written | None:
    """What is written in a place, as what its label says that it is; where that is doubtful, what is cheapest of it and of where the page's
    other reading has that place: a unit by hand may stand in the one, the beginning of the value may lack in the other. Where all of it
    is no number that is known by its length, the one word of it that is: a meter's type may stand beside its serial, a contract beside
    a taxpayer's number."""
    boxes = iter((place.box, *place.others))
    best: Written | None = None
    while (best is None or best.values[0].cost > _DOUBTFUL) and (box := next(boxes, None)) is not None:
        written = weigh(writing.hand(page, box, place.boxed, key in DATES), page, box, MEANINGS[key])
        if best is None or (written is not None and written.values[0].cost < best.values[0].cost):
            best = written
    if key in _OF_LENGTH and (best is None or best.values[0].cost >= RUBBISH):
        return word_of(page, key, place, writing) or best
    return best


def word_of(page: int, key: str, place: Place, writing: Writing) -> Written | None:
    """The one word in a place that is a number of the length that is asked for, parted where the paper between is widest; None where none
    is or several are."""

    def meaning(text: str) -> str | None:
        return MEANINGS[key](text.strip(_MARKS))

    for words in writing.groups(page, place.box, place.boxed):
        if len(words) < _SEVERAL:
            continue
        read = (weigh(writing.hand(page, box, False, False), page, box, meaning) for box in words)
        clear = [w for w in read if w is not None and w.values[0].cost <= _DOUBTFUL and len(w.values[0].text) >= _LEAST_DIGITS]
        if clear:
            return clear[0] if len(clear) == 1 else None
    return None
