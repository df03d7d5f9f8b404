"""Meters told in running text: letters, key-value lines, integrator lines. One pass over what is marked, in reading order."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from metering.units import MeterKind, Unit, is_energy
from parsers.meters.beside_heat import beside_heat
from parsers.meters.blanks import place_behind
from parsers.meters.clauses import (
    VALUES,
    has_neighbour,
    is_index_of_name,
    is_of_other_unit,
    is_right_behind,
    leads,
    names_misread_heat,
)
from parsers.meters.equations import find_equations, find_pairs, find_spans
from parsers.meters.head_cells import BESIDE_HEAT, heads_dated
from parsers.meters.serials import serial_under
from parsers.meters.settling import Told
from parsers.meters.told_units import ToldUnits
from parsers.page.found import Found, FoundTotal
from parsers.page.items import Item
from parsers.page.marked import MarkedPage
from parsers.page.reading_order import labels_first
from parsers.page.tokens import Form, Token
from parsers.page.trust import LABELLED
from parsers.wording.folding import fold

#: Labels whose number is no quantity of a meter.
_FOREIGN = frozenset({"contract", "contract_load", "contract_date", "account", "inn", "person_number", "phone", "mfo",
    "bank_account", "oked", "vat_code", "outgoing", "order",
                      "network", "verification", "seal", "coefficient", "part", "average", "since", "mass", "volume",
                      "temperature", "pressure", "hours", "flags", "address", "object", "organization",
                      "executor", "title"})  # fmt: skip
#: Those of them whose number has a unit.
_MEASURED = frozenset(
    {"contract_load", "coefficient", "part", "average", "since", "mass", "volume", "temperature", "pressure", "hours", "flags"}
)
_LEAST_INDEX = 4  # digits
_TIMES = frozenset("×*·")
_ARROWS = frozenset("→⇒➔")
_BY = fold("по")
_REACH = 14  # tokens that a label's value may stand behind it


class SentenceReader(ToldUnits):
    """Reads the meters of one page outside its tables. drafts (some with only a serial and a model), totals."""

    def __init__(self, page: MarkedPage, without: Collection[int], spoken_for: Sequence[Token] = ()) -> None:
        """without: lines of tables; spoken_for: tokens that are known to be something else (the contract's number)."""
        super().__init__(page)
        self._measured = False
        self._summed = find_pairs(page) | find_spans(page) | find_equations(page)
        behind = {id(date) for date in self._behind.values()}
        self._taken |= {id(t) for t in spoken_for} | beside_heat(page)
        items = [i for i in page.items if i.line not in without and not (i.sort == "number" and id(i.tokens[0]) in self._taken)]
        items = labels_first(page, items)
        for place, item in enumerate(items):
            following = items[place + 1] if place + 1 < len(items) else None
            if id(item) not in behind:
                self._take(item, following)
        self._settle()
        self._doubt_columns()

    def _doubt_columns(self) -> None:
        """Numbers of a meter beside each of which another stands that nothing took: two columns, of which the words tell one."""
        taken = {id(token) for draft in self.drafts for found in draft.numbers() for token in found.tokens}
        for draft in self.drafts:
            told = [found for found in draft.numbers() if found.tokens]
            if len(told) > 1 and all(has_neighbour(self.page, found, taken) for found in told):
                for found in told:
                    found.trust = min(found.trust, LABELLED)

    def _take(self, item: Item, following: Item | None) -> None:
        if item.sort == "label":
            self._label(item)
        elif item.sort == "kind" and isinstance(item.value, MeterKind):
            self._take_kind(item, item.value)
        elif item.sort == "date":
            self._date = None if self._is_of_previous(item) else item
            if self._is_as_of(item):
                self._as_of = item
        elif item.sort == "unit":
            self._take_unit(item)
        elif item.sort == "number":
            self._number(item, following)
        elif item.sort == "serial" and self._is_serial(item, None):
            self._serial(item)

    def _is_of_previous(self, date: Item) -> bool:
        """Whether a date stands behind the label of the day of the previous reading, which has been told («Oldingi 655.93 | Oldingi sana
        22.12.2025»): the number that follows is the current one."""
        labels = [i for i in self.page.on_line(date.line) if i.sort == "label" and i.first < date.first]
        return bool(labels) and labels[-1].key == "previous_date" and self._draft is not None and self._draft.previous is not None

    def _is_as_of(self, date: Item) -> bool:
        """Whether a date stands right behind a label in a sentence that goes on with the word for readings: «по состоянию на 22.11.2025 г.
        показания теплосчетчика, зав. № …, составили …»."""
        items = self.page.items
        place = items.index(date)
        before, behind = items[place - 1 : place], items[place + 1 : place + 2]
        led = bool(before) and before[0].key == "reading_date" and before[0].last == date.first - 1
        return led and bool(behind) and behind[0].key == "reading" and leads(self.page, date, behind[0])

    # -- what is expected next

    def _label(self, item: Item) -> None:
        key = item.key
        if key == "consumption" and self._pending == "total" and item.first - self._pending_at <= 2:
            self._pending_at = item.last  # «Всего к оплате»
        elif key in VALUES and heads_dated(self.page, item):
            self._pending = None
        elif key in VALUES:
            self._expect(key, item)
            if key != "current":
                self._as_of = None
            if self._date is not None and not leads(self.page, self._date, item):
                self._date = None
        elif key == "reading_date":
            if self._date is not None and item.first - self._date.last <= 4:
                self._as_of = self._date
        elif key in ("reading", "cumulative"):
            if not (self._pending in VALUES or self._sums_readings(item)) or self._parted(item):
                self._expect("reading", item)
            else:
                self._pending_at = item.last  # «Joriy oy ko'rsatkichi», «Общее потребление по показаниям приборов»
        elif key == "serial":
            self._expect("serial", item)
            if (under := serial_under(self.page, item)) is not None and id(under.tokens[0]) not in self._taken:
                self._serial(under)
        elif key == "serial_before":
            self._serial_before(item)
        elif key in ("meter", "brand", "model"):
            self._meter_at, self._model_from = item.last, item.first - 1 if key == "brand" else item.last
            if self._pending == "serial":
                self._pending_at = item.last
        elif key == "total":
            self._expect("total", item)
        elif key == "unchanged":
            self._unchanged(item)
        elif key == "unit_column":
            self._take_garbled(item)
        elif key == "energy" and self._pending in (None, "foreign") and self._is_right_under_span(item):
            self._expect("consumption", item)
        elif key == "energy" and (self._pending == "foreign" or (self._pending is None and self._is_of_day(item))):
            self._expect("reading", item)
        elif key in _FOREIGN and not names_misread_heat(self.page, item):
            self._expect("foreign", item)
            self._measured = key in _MEASURED

    def _sums_readings(self, item: Item) -> bool:
        """Whether a label of readings says of what a sum is made: «Общее потребление по показаниям», «Всего по показаниям»."""
        label = self._label_item
        named = label is not None and (len(label.tokens) > 1 or self.page.tokens[item.first - 1].fold == _BY)
        return self._pending == "total" and named

    def _is_of_day(self, item: Item) -> bool:
        """Whether a day stands before a label on its line («Счетчик на 23.11.26  Q = 722.452»), or is all that the line above says."""
        day = self._date
        if day is None or day.line == item.line:
            return day is not None
        alone = all(i is day or i.sort == "number" for i in self.page.on_line(day.line))  # the time of day aside
        return day.line == item.line - 1 and alone

    def _expect(self, what: str, item: Item) -> None:
        self._pending, self._pending_at, self._label_item = what, item.last, item
        self._place = place_behind(self.page, item) if self.page.ocr else None
        draft = self._draft
        if self._place is not None and draft is not None and what in (*VALUES, "serial") and getattr(draft, what) is None:
            draft.cells.setdefault(what, self._place)

    def _parted(self, item: Item) -> bool:
        between = self.page.tokens[self._pending_at + 1 : item.first]
        return len(between) > 6 or any(t.text in ",;." for t in between)

    # -- numbers

    def _number(self, item: Item, following: Item | None) -> None:
        unit = following if following is not None and following.sort == "unit" and is_right_behind(self.page, item, following) else None
        if following is not None and following.sort == "label" and following.key == "fraction_words" and following.first == item.last + 1:
            return
        if (unit is not None and not isinstance(unit.value, Unit)) or (unit is None and is_of_other_unit(self.page, item)):
            return
        if unit is not None and is_index_of_name(self.page, item, unit):
            return
        if item.first not in self._summed and self._is_serial(item, unit):
            self._serial(item)
            return
        if self.page.tokens[item.first - 1].text in _TIMES and item.first:
            return  # a factor: «106,25 × 0,8598»
        near = item.first - self._pending_at <= _REACH and self._is_in_column(item)
        if self._pending == "foreign" and near and unit is not None and self._is_misread_heat(unit.value):
            self._pending = "reading"
        if self._pending == "foreign" and near and (unit is None or (self._measured and item.first - self._pending_at <= 3)):
            return
        if "." not in item.text and unit is None and item.first not in self._summed and not self._is_whole_value(item):
            return
        self._last_number = item
        self._own = unit.value if unit is not None and isinstance(unit.value, Unit) else None
        if self._arrow(item):
            return
        if unit is not None and self._draft is not None and _differ(self._draft.unit, unit.value):
            self._draft = None  # heat and cubic metres are never of one meter
        role = self._summed.get(item.first) or (self._pending if near and self._pending in VALUES | {"reading", "total"} else None)
        found = Found.of(item, self.page.page.number)
        self._date = self._behind.get(item.first, self._date)
        if role == "total":
            self.totals.append(FoundTotal(found, unit.value if unit is not None and isinstance(unit.value, Unit) else self._unit))
            self._pending = None
            return
        if role in VALUES:
            self._assign(role, item, found)
        elif unit is not None or role == "reading" or self._is_dated(item, 3):
            self._reading(item, found, role)
        else:
            if not self._is_equated(item):
                self._told.append((self._draft, Told(found)))
            return
        self._pending = None

    def _is_equated(self, item: Item) -> bool:
        """Whether a number is said to be what no label is («{1 = 68.2   {2 = 46.9   ЧЕ = 21.3», temperatures of a scan): no sum tells
        what it is of a meter."""
        before = self.page.tokens[max(0, item.first - 1) : item.first]
        said = (i.last for i in self.page.on_line(item.line) if i.sort == "label")
        return bool(before) and before[0].text == "=" and item.first - 2 not in said

    def _is_misread_heat(self, unit: object) -> bool:
        """Whether what the label says is counted in other units than that: «Мтс = 129,09 Гкал» is W whose letter was taken for M."""
        label = self._label_item
        return label is not None and label.key in BESIDE_HEAT and isinstance(unit, Unit) and is_energy(unit)

    def _is_whole_value(self, item: Item) -> bool:
        """Whether a whole number without a unit is a value: right behind its label, or at an arrow. A row's or page's number is none."""
        around = self.page.tokens[max(0, item.first - 1) : item.last + 2]
        if around[0].text in _ARROWS or around[-1].text in _ARROWS:
            return True
        if self._is_row_of_day(item):
            return True
        if self._pending not in VALUES | {"reading", "total"} or item.first - self._pending_at > _REACH:
            return False
        line = self.page.on_line(item.line)
        said = {n for i in line if i.sort in ("unit", "date", "month") for n in range(i.first, i.last + 1)}
        said |= {i.first - 1 for i in line if i.sort in ("date", "month") and self.page.tokens[i.first - 1].fold in ("за", "на")}
        between = [self.page.tokens[n] for n in range(self._pending_at + 1, item.first) if n not in said]
        straight = all(t.form is not Form.NUMBER and t.form is not Form.WORD for t in between) and len(between) <= 5
        return straight and not item.text.startswith("0") and len(item.text) > 1

    def _is_row_of_day(self, item: Item) -> bool:
        """Whether a line is a day and an index in the unit of the head above: «24.10.2026   1107578» under «Показания, кВт·ч»."""
        line = [i.sort for i in self.page.on_line(item.line)]
        return line == ["date", "number"] and len(item.text) >= _LEAST_INDEX and self._unit is not None and is_energy(self._unit)

    def _arrow(self, item: Item) -> bool:
        """`88,40 → 89,95`: from the previous reading to the current one."""
        tokens = self.page.tokens
        after = tokens[item.last + 1].text if item.last + 1 < len(tokens) else ""
        before = tokens[item.first - 1].text if item.first else ""
        if after not in _ARROWS and before not in _ARROWS:
            return False
        self._assign("previous" if after in _ARROWS else "current", item, Found.of(item, self.page.page.number))
        return True

    def _unchanged(self, item: Item) -> None:
        if self._draft is None or self._draft.current is not None:
            self._begin(item)
        assert self._draft is not None
        self._draft.unchanged = item
        self._expect("current", item)


def _differ(one: object, two: object) -> bool:
    """Whether one unit is of energy and the other of volume."""
    return isinstance(one, Unit) and isinstance(two, Unit) and is_energy(one) != is_energy(two)
