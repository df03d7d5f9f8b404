"""The places of a form in which something is to be written, and how those of two readings of it complete each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from metering.pages import Box
from parsers.handwritten.cells import is_level
from parsers.handwritten.date_parts import DateParts
from parsers.handwritten.journals import Journal
from parsers.handwritten.lines import SHARED, Place, is_drawn
from parsers.handwritten.side_by_side import by_meter
from parsers.handwritten.tables import PlacedRow
from parsers.handwritten.writing import DATES
from parsers.page.marked import MarkedPage

_MARK = 2  # letters of a label that may be read for digits
_BEGIN = 6.0  # points by which two places begin apart that are one
_NAME = 2  # letters of a meter's type at least
_BEYOND = 25.0  # points by which one of them goes on beyond the other


@dataclass(slots=True)
class Places:
    """The places of one page: of single values by name, of meters in tables, and of meters' values behind labels in reading order; of dates
    those written in parts, too; passed: where the day of a previous index stands, which is nobody's; units: the cells that say the unit of
    a meter in a column."""

    single: dict[str, list[Place]] = field(default_factory=dict)
    rows: list[PlacedRow] = field(default_factory=list)
    loose: list[tuple[str, Place]] = field(default_factory=list)
    dates: dict[str, list[DateParts]] = field(default_factory=dict)
    journal: Journal | None = None
    passed: list[Place] = field(default_factory=list)
    units: list[Box] = field(default_factory=list)

    def put_date(self, key: str, parts: DateParts) -> None:
        self.dates.setdefault(key, []).append(parts)
        self.single.setdefault(key, []).append(Place(parts.box, boxed=False))

    def add_lost(self, other: Places, page: MarkedPage) -> None:
        """The places of labels that another reading of the page has and this one lost, where nothing else is; and of those that begin alike
        and have no frame the longer one, since ink that was read as a word ends the other; not over what is printed on the page."""
        printed = [i.box for i in page.items if i.sort in ("unit", "kind") or (i.sort == "label" and len(i.tokens[0].text) > _MARK)]
        taken = [place.box for place in self.all()]

        def is_free(place: Place, own: Place | None = None) -> bool:
            return not any(place.box.overlaps(box, SHARED) for box in taken if own is None or box != own.box)

        def longer(own: Place, places: Sequence[Place]) -> Place:
            further = (p for p in places if _goes_further(own, p) and is_free(p, own))
            return next((p for p in further if not any(p.box.holds(box) for box in printed)), own)

        for key, places in other.single.items():
            if key in self.single:
                if key in DATES and key not in self.dates:
                    behind = [place.box for name, beyond in other.single.items() if name != key for place in beyond]
                    self.single[key] = [_up_to(own, places, behind) for own in self.single[key]]
                if key not in self.dates:
                    # A further place counts where nothing is written in the first one, or what means nothing there: that may be too long.
                    self.single[key] = [*(longer(own, places) for own in self.single[key]), *sorted(places, key=is_free, reverse=True)]
            elif free := [place for place in places if is_free(place)]:
                self.single[key] = free
                if key in other.dates:
                    self.dates[key] = [parts for parts in other.dates[key] if any(parts.box == place.box for place in free)]
        for row in self.rows:
            twin = next((r for r in other.rows if is_level(r.band, row.band)), row)
            row.places |= {role: place for role, place in twin.places.items() if role not in row.places and is_free(place)}
        self.loose = [(key, self._with_others(own, longer, [p for k, p in other.loose if k == key])) for key, own in self.loose]
        if self.rows or other.rows:
            return
        # Of several meters only where they stand one below the other and all places of this reading are among the other's.
        alone = len(dict(self.loose)) == len(self.loose) and len(dict(other.loose)) == len(other.loose)
        among = all(any(k == key and p.box.overlaps(own.box, SHARED) for k, p in other.loose) for key, own in self.loose)
        known = {key for key, _ in self.loose} if alone else set()
        lost = [(key, place) for key, place in other.loose if key not in known and is_free(place)]
        if lost and (alone or (among and self.loose == in_order(self.loose))):
            self.loose = in_order([*self.loose, *lost])
        elif drawn := [(key, place) for key, place in lost if is_drawn(page, place)]:
            self.loose = by_meter(in_order([*self.loose, *drawn]))

    def begin_behind_signs(self, inked: MarkedPage) -> None:
        """Contract's and serials' places without the number sign at their beginning, which by hand is read as a digit; serials' also
        without the meter's type before one, whose digits are none of theirs («Sharky 775 № 344482»)."""
        signs = [t.box for t in inked.tokens if t.text == "№"]
        digits = [t.box for t in inked.tokens if any(c.isdigit() for c in t.text)]
        words = [t.box for t in inked.tokens if sum(c.isalpha() for c in t.text) >= _NAME]

        def behind(place: Place, types: Sequence[Box] = ()) -> Place:
            sign = next((s for s in signs if place.box.holds(s)), None)
            if sign is None:
                return place
            is_typed = any(place.box.holds(word) and word.right < sign.left for word in types)
            if not is_typed and (place.boxed or any(place.box.holds(d) and d.left < sign.left for d in digits)):
                return place
            return Place(Box(sign.right, place.box.top, place.box.right, place.box.bottom), place.boxed)

        if "contract_number" in self.single:
            self.single["contract_number"] = [behind(place) for place in self.single["contract_number"]]
        self.loose = [(key, behind(place, words) if key == "serial" else place) for key, place in self.loose]
        for row in self.rows:
            if "serial" in row.places:
                row.places["serial"] = behind(row.places["serial"], words)

    @staticmethod
    def _with_others(own: Place, longer: Callable[[Place, Sequence[Place]], Place], same: Sequence[Place]) -> Place:
        """The longer one of the places of a label, with those of the other reading that are as good as it."""
        place = longer(own, same)
        others = [p.box for p in (own, *same) if p.box != place.box and not p.boxed and p.box.overlaps(own.box, SHARED)]
        return place if place.boxed else replace(place, others=tuple(others))

    def all(self) -> list[Place]:
        single = [p for places in self.single.values() for p in places]
        return [*single, *(p for row in self.rows for p in row.places.values()), *(p for _, p in self.loose)]


def in_order(loose: Sequence[tuple[str, Place]]) -> list[tuple[str, Place]]:
    """Places of labels in reading order."""
    return sorted(loose, key=lambda pair: (round(pair[1].box.middle[1]), pair[1].box.left))


def _up_to(own: Place, places: Sequence[Place], behind: Sequence[Box]) -> Place:
    """A place that is paper alone as the other reading of the page has it (places) where that ends before another label's value (behind):
    the label between was lost («Дата снятия ____ Дата ____»)."""
    alike = (p for p in places if _goes_further(p, own))
    shorter = next((p for p in alike if any(p.box.right <= box.left and box.overlaps(own.box, SHARED) for box in behind)), None)
    return own if shorter is None else shorter


def _goes_further(one: Place, two: Place) -> bool:
    begins = abs(one.box.left - two.box.left) < _BEGIN and one.box.overlaps(two.box, SHARED)
    return begins and not one.boxed and not two.boxed and two.box.right > one.box.right + _BEYOND
