"""Which of a page's places hold a meter's previous, current and consumption, where their labels do not tell or tell it wrongly: those that
add up (docs/handwriting.md, "Without a label").

Labels in running text name what stands behind or before them, on their line or the next one; the sum needs no label.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from parsers.handwritten.lines import SHARED
from parsers.handwritten.values import Value, Written, cost_of_sum
from parsers.page.found import NUMBERS

_CHEAP = 6.0  # cost of each value at most, on the average
_CLEAR = 3.0  # by so much cheaper than the next one is the sum that tells which numbers these are
_NOBODYS, _ANOTHERS = 1.5, 3.0  # cost of a place that no label names, and of one that is labelled as something else
_UNUSUAL = 3.5  # cost of a consumption that stands before its previous index, where no label says which is which
_LEVEL = 6.0  # points by which places of one line stand higher or lower
_READINGS = 3  # that are tried of a place whose label does not call it so
_MOST = 12  # places that are tried
_SERIAL = 5  # digits of a serial at least
#: Digits at least of what no label calls so, where the other two are not both labelled: small numbers add up by chance.
_DIGITS = {"previous": 3, "current": 4, "consumption": 2}


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What may be a number of the meter; label: what its label says that it is."""

    written: Written
    label: str | None
    order: int


def numbers_by_sum(meter: dict[str, Written], free: Sequence[Written]) -> dict[str, Written]:
    """Previous, current and consumption by the places that add up; nothing where none do clearly, or those of the labels do.

    meter: what the labels say; free: the numbers that stand where no label is, in reading order.
    """
    own = {name: meter[name] for name in NUMBERS if name in meter}
    others = [w for w in free if not any(w.place.overlaps(o.place, SHARED) for o in own.values())]
    every = [*((w, name) for name, w in own.items()), *((w, None) for w in others)]
    every = sorted(every, key=lambda pair: pair[0].values[0].cost)[:_MOST]
    every.sort(key=lambda pair: (round(pair[0].place.middle[1] / _LEVEL), pair[0].place.left))
    found = sorted(_sums([_Candidate(w, label, n) for n, (w, label) in enumerate(every)]), key=lambda pair: pair[0])
    if not found or found[0][0] > _CHEAP * len(NUMBERS) or (len(found) > 1 and found[1][0] - found[0][0] < _CLEAR):
        return {}
    chosen = found[0][1]
    if all(candidate.label == name for name, candidate in chosen.items()):
        return {}
    dropped = [w for w in own.values() if all(w is not candidate.written for candidate in chosen.values())]
    if any(_is_a_reading(w) for w in dropped):
        return {}  # the page states something else than what would add up
    labelled = any(candidate.label == name for name, candidate in chosen.items())  # else it may be the row of another quantity
    firsts = {name: replace(c.written, values=c.written.values[:1]) for name, c in chosen.items()}
    first = labelled and not dropped and cost_of_sum(firsts) is not None
    return {name: replace(c.written, alike=c.written.alike and (first or c.label == name)) for name, c in chosen.items()}


def _is_a_reading(written: Written) -> bool:
    """Whether what stands behind a label is surely a number of a meter, and neither its serial nor something that is no number."""
    text = written.values[0].text
    return "." in text or (written.agreed() and 1 < len(text) < _SERIAL)


def _sums(candidates: Sequence[_Candidate]) -> Iterable[tuple[float, dict[str, _Candidate]]]:
    """What adds up of them, with its cost."""
    for three in itertools.permutations(candidates, len(NUMBERS)):
        chosen = dict(zip(NUMBERS, three, strict=True))
        others_told = sum(c.label == name for name, c in chosen.items()) == len(NUMBERS) - 1
        few = {name: replace(c.written, values=_readings(name, c, 2 if others_told else _DIGITS[name])) for name, c in chosen.items()}
        cost = cost_of_sum(few) if all(w.values for w in few.values()) else None
        if cost is not None:
            yield cost + sum(_of_label(name, c) for name, c in chosen.items()) + _of_order(chosen), chosen


def _readings(name: str, candidate: _Candidate, digits: int) -> tuple[Value, ...]:
    values = candidate.written.values
    if candidate.label == name:
        return values
    return tuple(v for v in values[:_READINGS] if sum(c.isdigit() for c in v.text) >= digits)


def _of_label(name: str, candidate: _Candidate) -> float:
    if candidate.label == name:
        return 0.0
    return _NOBODYS if candidate.label is None else _ANOTHERS


def _of_order(chosen: dict[str, _Candidate]) -> float:
    previous, consumption = chosen["previous"], chosen["consumption"]
    told = previous.label == "previous" or consumption.label == "consumption"
    return 0.0 if told or previous.order < consumption.order else _UNUSUAL
