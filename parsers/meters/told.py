"""The meters that running text tells of, as far as it was read: to which of them a value, a kind or a date belongs."""

from __future__ import annotations

from metering.pages import Box
from metering.units import MeterKind, Unit
from parsers.meters.clauses import ends_span
from parsers.meters.kinds import is_of_volume
from parsers.meters.settling import Told, adds_up, dates_behind, give_respectively, settle
from parsers.page.found import Draft, Found, FoundTotal, closes
from parsers.page.items import Item
from parsers.page.marked import MarkedPage


class ToldMeters:
    """What was told so far of the meters of a page. drafts (some with only a serial and a model), totals."""

    def __init__(self, page: MarkedPage) -> None:
        self.page = page
        self.drafts: list[Draft] = []
        self.totals: list[FoundTotal] = []
        self._draft: Draft | None = None
        self._begun: Item | None = None  # where the last of them began
        self._place: Box | None = None
        self._kind: MeterKind | None = None
        self._kind_at = -100
        self._kind_within: Draft | None = None  # whose kind was told behind its serial
        self._unit: Unit | None = None
        self._own: Unit | None = None  # of the number that is looked at
        self._bare: Found | None = None  # the last consumption without a unit of its own
        self._carried: Draft | None = None  # its unit was told before its numbers, perhaps of the meter before
        self._plain: Draft | None = None  # its current reading was called a reading and no more
        self._date: Item | None = None
        self._as_of: Item | None = None  # the day of all readings that a sentence goes on to tell («по состоянию на …»)
        self._late: Draft | None = None  # got its serial behind its values: it may be the next meter's
        self._again: Found | None = None  # the last meter's serial once more, before another system of its calculator
        self._loose: list[tuple[Draft, Item]] = []
        self._told: list[tuple[Draft | None, Told]] = []
        self._behind = dates_behind(page)

    def _settle(self) -> None:
        """Nothing more is told: dates and arithmetic decide what is left open, and what got neither value nor serial is no meter."""
        titled = any(i.sort == "label" and i.key in ("title", "consumption") for i in self.page.items)
        for draft in self.drafts:
            told = [told for home, told in self._told if home is draft]
            settle(draft, told, [Found.of(item, self.page.page.number) for home, item in self._loose if home is draft], titled)
        give_respectively(self.drafts, [told for _, told in self._told])
        self.drafts = [d for d in self.drafts if d.has_value() or d.serial]

    def _take_kind(self, item: Item, kind: MeterKind) -> None:
        other = self._draft is not None and self._draft.has_value() and self._draft.kind not in (None, kind)
        if other or adds_up([told for home, told in self._told if home is self._draft and home is not None]):
            self._draft = None
        if self._draft is not None and self._draft.serial is not None and not self._draft.has_value() and is_of_volume(self.page, item):
            self._draft = None  # «Тепловычислитель …, зав. № …. Счетчик ГВС …»: of the calculator no more than the serial was told
        self._kind, self._kind_at = kind, item.last
        if self._draft is not None and not self._draft.has_value():
            # Two kinds under one serial are the systems that its calculator counts.
            self._draft.kind = kind if self._draft.kind in (None, kind) else None
            self._kind_within = self._draft if self._draft.serial is not None else None

    def _is_dated(self, item: Item, reach: int) -> bool:
        """Whether the date last met stands with a number: behind it, or at most so many tokens before it. What stands under a span of days
        («с 20-10-25 по 25-11-25») is of both."""
        if self._date is None or self._is_under_span(item):
            return False
        return item.first in self._behind or 0 < item.first - self._date.last <= reach

    def _is_under_span(self, item: Item) -> bool:
        return self._date is not None and self._date.line < item.line and ends_span(self.page, self._date)

    def _is_right_under_span(self, item: Item) -> bool:
        """Whether what a line tells was used in the span of days on the line above."""
        return self._is_under_span(item) and self._date is not None and self._date.line == item.line - 1

    def _begin(self, item: Item) -> None:
        kind = self._kind
        if self._draft is not None and self._draft.serial is not None and self._draft.kind == kind:
            own = self._draft is self._kind_within and self._draft.has_value()  # «Зав. № 1 | Система: отопление | …»
            kind = None if own or self._kind_older(item) else kind
            if kind is not None and self._named_here(item, self._draft):
                self._draft.kind = None
        # The words of a picture's line stand unevenly high: what begins further right on it does not stand above.
        level = self._begun is not None and self._begun.line == item.line
        top = max(item.box.top, self.drafts[-1].top) if level else item.box.top
        self._draft, self._begun = Draft(self.page.page.number, kind=kind, top=top), item
        self.drafts.append(self._draft)

    def _named_here(self, item: Item, before: Draft) -> bool:
        """Whether the kind last named opens the line of a meter that begins here («Водосчетчик ГВС, зав. № ...»): it is not that of the
        calculator of which no more than the serial was told above."""
        own = [i for i in self.page.items if i.sort == "kind" and i.last == self._kind_at and i.line == item.line]
        return bool(own) and not before.has_value() and before.serial is not None and before.serial.tokens[0].line < item.line

    def _kind_older(self, item: Item) -> bool:
        """Whether the kind was last named before the previous meter began: it says nothing of this one."""
        previous = self._draft.serial.tokens[0] if self._draft and self._draft.serial else None
        kinds = [i for i in self.page.items if i.sort == "kind" and i.first < item.first]
        if not kinds or previous is None:
            return True
        return kinds[-1].line < previous.line

    def _begin_values(self, item: Item) -> None:
        """Another meter's values begin. A serial told right before them is theirs, though the meter before had none yet."""
        late, self._late = self._late, None
        self._begin(item)
        if late is not None and self._draft is not None and self._draft.serial is None:
            self._draft.serial, self._draft.model = late.serial, late.model
            late.serial = late.model = None
        elif self._again is not None and self._draft is not None and self._draft.serial is None:
            self._draft.serial, self._again = self._again, None

    def _give_unit(self, draft: Draft) -> None:
        """The unit of its number, else the one last told."""
        if draft.unit is None and self._own is None:
            self._carried = draft
        draft.unit = draft.unit or self._own or self._unit

    def _assign(self, role: str, item: Item, found: Found) -> None:
        if self._draft is None:
            self._begin_values(item)
        assert self._draft is not None
        if role == "current" and self._draft is self._plain and self._draft.previous is None:
            self._draft.current = None  # what was called a reading before is another one
        self._plain = None
        there = getattr(self._draft, role)
        if there is not None:
            if there.value == found.value:
                return
            foreign = there is self._bare and self._draft.has_foreign_amount()
            if foreign and closes(self._draft.previous, self._draft.current, found):
                self._told = [(home, told) for home, told in self._told if told.found is not there]
            else:
                self._begin_values(item)
        setattr(self._draft, role, found)
        self._bare = found if role == "consumption" and self._own is None else self._bare
        self._late = None  # what follows its serial is the meter's own
        if self._place is not None:
            self._draft.cells[role] = self._place
        self._give_unit(self._draft)
        if self._own is not None:
            self._draft.units.add(self._own)
        date, self._date = self._date or self._as_of, None
        self._told.append((self._draft, Told(found, role, date)))
        if role == "current" and date is not None:
            self._draft.reading_date = Found.of(date, self.page.page.number)

    def _reading(self, item: Item, found: Found, role: str | None) -> None:
        """A reading that only its date or nothing explains: the later one of two is the current one."""
        if self._draft is None:
            self._begin_values(item)
        assert self._draft is not None
        self._give_unit(self._draft)
        if (day := self._day_of(item, role)) is not None:
            if any(date == day.date for date, _ in self._draft.dated) or (self._draft.dated and self._draft.previous):
                self._begin_values(item)  # the same days again are another meter's
            self._draft.dated.append((day.date, found))
            self._late = None
            self._draft.dated_items = [*self._draft.dated_items, day]
            self._told.append((self._draft, Told(found, date=day)))
            self._date = None
        elif role == "reading" and self._draft.current is None:
            self._draft.current = found
            self._plain = self._draft
            self._told.append((self._draft, Told(found)))
        else:
            self._loose.append((self._draft, item))
            self._told.append((self._draft, Told(found)))

    def _day_of(self, item: Item, role: str | None) -> Item | None:
        """The day of a reading: the date beside it, else that of all readings of its sentence, which a number with a unit has that no label
        explains, once a meter."""
        if self._is_dated(item, 8):
            return self._date
        as_of = self._as_of
        if as_of is None or as_of is self._date:
            return as_of
        given = self._draft is not None and any(date == as_of.date for date, _ in self._draft.dated)
        return as_of if role is None and self._own is not None and not given else None
