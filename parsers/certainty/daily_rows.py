"""Daily rows of a printout as a cross-check: read again where they miss their total, and handed on only where they are evidence.

See docs/extraction.md, "Daily rows".
"""

from __future__ import annotations

import itertools
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from metering.pages import Box
from parsers.certainty.opinions import Readers
from parsers.page.found import Draft, Found
from parsers.wording.numbers import decimals

#: The digit reader's confidence from which its word outweighs the first reader's.
_SURE = 0.97
#: Of more ways than this to put readings together one adds up by chance.
_MOST_CHOICES = 12
#: Rows of days of which a printout has a month's, and how many times their number their usual value may be above or below their total.
_MONTHLY, _ABOUT = 10, Decimal("1.4")


@dataclass(slots=True)
class _Row:
    """A row's readings, the likeliest first. agreed: both readers read that one."""

    readings: list[Decimal]
    agreed: bool

    def others(self) -> list[Decimal]:
        return self.readings[1:]


def weigh_daily_rows(draft: Draft, consumption: str | None, readers: Readers) -> tuple[tuple[Decimal, ...], Decimal | None]:
    """The daily rows and their total that count as evidence; consumption: the meter's as it was decided.

    Those of a text layer always count. Of a picture they count where they add up, as they were read or in readings of both
    readers, and where both readers agree on every one: then the page itself is wrong. Else there are none: they were misread.
    """
    if (not draft.daily and draft.daily_total is None) or _are_indexes(draft):
        return (), None
    total = Decimal(draft.daily_total.value) if draft.daily_total is not None else None
    first = tuple(Decimal(found.value) for found in draft.daily)
    if not readers.is_picture(draft.page):
        return first, total
    stated = Decimal(consumption) if consumption is not None else None
    if draft.daily_total is not None and stated is not None and total != stated:
        total = _total_again(draft.daily_total, stated, readers)
    target = total if total is not None else stated
    if target is None or not first:
        return (), total
    if not draft.gaps and abs(sum(first, Decimal(0)) - target) <= _rounding(first, target):
        return first, total
    places = Counter(decimals(found.value) for found in draft.daily).most_common(1)[0][0]
    rows = [*(_read_again(found, places, readers) for found in draft.daily), *_gaps(draft, places, readers)]
    chosen = _adding_up(rows, target)
    if chosen is not None:
        return chosen, total
    if all(row.agreed for row in rows) and _is_unbroken(draft):
        return tuple(row.readings[0] for row in rows), total
    return (), total


def place_of_days(draft: Draft) -> Box | None:
    """Where the rows of days stand that make up their total, though some may be misread: the digit reader is asked about those, and no
    further reading of the page. None of rows that are something else, or whose column may be another's."""
    if draft.daily_total is None or len(draft.daily) < _MONTHLY or _are_indexes(draft):
        return None
    days = [Decimal(found.value) for found in draft.daily]
    if not 1 / _ABOUT < statistics.median(days) * len(days) / max(Decimal(draft.daily_total.value), Decimal(1)) < _ABOUT:
        return None
    boxes = [found.box for found in draft.daily if found.box is not None]
    return Box.around(boxes) if boxes else None


def _are_indexes(draft: Draft) -> bool:
    """Whether the rows are what the meter showed from day to day or from month to month: its own two indexes are among them, and no use of
    a day is as high as its counter."""
    shown = {Decimal(found.value) for found in draft.daily}
    own = [Decimal(found.value) for found in (draft.previous, draft.current) if found is not None]
    return len(own) == 2 and own[0] != own[1] and shown.issuperset(own)


def _rounding(rows: Sequence[Decimal], total: Decimal) -> Decimal:
    """How far rows may miss a total of fewer decimals; a calculator rounds it from a finer sum. Of the same decimals they fit exactly."""
    finest = min(row.as_tuple().exponent for row in rows)
    coarse = total.as_tuple().exponent
    return Decimal(1).scaleb(int(coarse)) if finest < coarse else Decimal(0)


def _is_unbroken(draft: Draft) -> bool:
    """Whether the rows stand at even distances down to their total: none between them was overlooked."""
    places = sorted(found.box.middle[1] for found in (*draft.daily, draft.daily_total) if found is not None and found.box is not None)
    steps = [below - above for above, below in itertools.pairwise(places)]
    return bool(steps) and max(steps) < 1.6 * statistics.median(steps)


def _total_again(found: Found, stated: Decimal, readers: Readers) -> Decimal | None:
    """A total that is not the consumption: misread where another reading of it is; kept where both readers see it so; else unknown."""
    opinion = readers.ask(found)
    number = opinion.number if opinion is not None else None
    third = readers.third_value(found)
    if stated in {Decimal(text) for text in (number, third) if text is not None}:
        return stated
    return Decimal(found.value) if number is not None and Decimal(number) == Decimal(found.value) else None


def _read_again(found: Found, places: int, readers: Readers) -> _Row:
    """A row by both readers. Where its mark was lost also the same digits with as many decimals as the other rows have."""
    read = Decimal(found.value)
    opinion = readers.ask(found)
    number = Decimal(opinion.number) if opinion is not None and opinion.number is not None else None
    if opinion is not None and number == read and decimals(str(read)) == places:
        return _Row([read], not opinion.more)
    readings = [read]
    if opinion is not None and number is not None:
        readings = [number, read] if opinion.confidence >= _SURE else [read, number]
    return _Row(list(dict.fromkeys(_with_marks(readings, places))), False)


def _gaps(draft: Draft, places: int, readers: Readers) -> Iterable[_Row]:
    """Rows in which the first reader saw no number: as the digit reader sees them. An empty cell is a day without heat."""
    for box in draft.gaps:
        opinion = readers.ask_box(draft.page, box)
        if opinion is None or (not opinion.digits and opinion.text == ""):
            yield _Row([Decimal(0)], agreed=False)
        elif opinion.number is not None:
            yield _Row(list(dict.fromkeys(_with_marks([Decimal(opinion.number)], places))), agreed=False)
        else:
            yield _Row([Decimal(0)], agreed=False)


def _with_marks(readings: list[Decimal], places: int) -> Iterable[Decimal]:
    """Readings, before each whose mark was lost the same digits with as many decimals as the other rows have."""
    for value in readings:
        if places and decimals(str(value)) == 0:
            yield value.scaleb(-places)
        yield value


def _adding_up(rows: list[_Row], target: Decimal) -> tuple[Decimal, ...] | None:
    """The choice among the rows' readings that adds up with the fewest second choices; None where none does or too many could."""
    best = [row.readings[0] for row in rows]
    gap, allowed = target - sum(best, Decimal(0)), _rounding(best, target)
    if abs(gap) <= allowed:
        return tuple(best)
    # reached: by what the changes add, the fewest changes that do so
    reached: dict[Decimal, dict[int, Decimal]] = {Decimal(0): {}}
    open_rows = [n for n, row in enumerate(rows) if row.others()]
    if len(open_rows) > _MOST_CHOICES:
        return None
    for n in open_rows:
        for added, changes in list(reached.items()):
            for value in rows[n].others():
                total = added + value - best[n]
                if total not in reached or len(reached[total]) > len(changes) + 1:
                    reached[total] = {**changes, n: value}
    fits = [added for added in reached if abs(gap - added) <= allowed]
    if not fits:
        return None
    changes = reached[min(fits, key=lambda added: (len(reached[added]), abs(gap - added)))]
    return tuple(changes.get(n, value) for n, value in enumerate(best))
