"""Units of meters told in running text: behind a number or its label, in a row of their own («Ед. изм.: м³»), or for all that follows."""

from __future__ import annotations

from collections.abc import Sequence

from metering.units import MeterKind, Unit
from parsers.meters.clauses import VALUES, closes_block
from parsers.meters.garbled_units import misread_unit
from parsers.meters.told_serials import ToldSerials
from parsers.page.found import Draft
from parsers.page.items import Item
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form, Token

_LINES_TO_UNIT = 2  # from a number at a line's end: dirt between is a line, too


class ToldUnits(ToldSerials):
    """What meters have been told, and which of them a unit is of."""

    def __init__(self, page: MarkedPage) -> None:
        super().__init__(page)
        self._last_number: Item | None = None
        self._garbled = _garbled_rows(page)
        self._row: Item | None = None  # the label of a row whose unit is that of the numbers to come
        self._headed: Draft | None = None  # its unit has a row before its numbers

    def _give_unit(self, draft: Draft) -> None:
        if draft.unit is None and self._own is None and self._row is not None:
            self._headed = draft
            draft.unit_unread = self._unit is None
        if self._own is not None:
            draft.unit_unread = False
        self._row = None
        super()._give_unit(draft)

    def _take_unit(self, item: Item) -> None:
        number = self._last_number
        if self._is_of_label(item) and self._draft is not None and self._draft is self._carried and isinstance(item.value, Unit):
            self._draft.unit = self._unit = item.value
            return
        if number is not None and item.first - number.last <= 2 and item.line - number.line <= _LINES_TO_UNIT:
            if isinstance(item.value, Unit) and self._draft is not None and self._draft.unit is None:
                self._draft.unit = item.value
            return
        if not isinstance(item.value, Unit):
            return
        self._unit = item.value
        labels = (i for i in self.page.on_line(item.line) if i.key == "unit_column" and i.last < item.first)
        self._take_row(next(labels, None), item.value)

    def _take_garbled(self, label: Item) -> None:
        """A row of a unit of which a picture shows no unit: none told elsewhere is that meter's."""
        if label.first not in self._garbled:
            return
        heat = self._draft is not None and self._draft.kind is MeterKind.HEAT
        self._unit = misread_unit(self._garbled[label.first], heat=heat)
        self._take_row(label, self._unit)

    def _take_row(self, label: Item | None, unit: Unit | None) -> None:
        """A row of a unit is of the meter whose last number stands right above it, unless rows of units come before the numbers."""
        draft, number = self._draft, self._last_number
        if label is None:
            return
        closing = number is not None and self._own is None and closes_block(label, number)
        if draft is not None and draft is not self._headed and closing:
            draft.unit, draft.unit_unread = unit, unit is None
        else:
            self._row = label

    def _is_of_label(self, item: Item) -> bool:
        """Whether a unit stands behind the label of a value that the meter does not have yet: «Sarf, m³»."""
        label = self._label_item
        if label is None or self._pending not in VALUES or getattr(self._draft, self._pending, None) is not None:
            return False
        return label.line == item.line and 0 < item.first - label.last <= 2


def _garbled_rows(page: MarkedPage) -> dict[int, str]:
    """By the place of its label among the tokens, what stands on a picture behind each label of a unit and is none: the signs read, ""
    where nothing was, which counts only where another label of the page has its unit behind it."""
    if not page.ocr:
        return {}
    behind = {i.first: _behind(page, i) for i in page.items if i.sort == "label" and i.key == "unit_column"}
    units = {id(i.tokens[0]) for i in page.items if i.sort == "unit"}
    told = [place for place, tokens in behind.items() if any(id(t) in units for t in tokens)]
    rows = {place: "".join(t.text for t in tokens if t.form in (Form.WORD, Form.NUMBER)) for place, tokens in behind.items()}
    return {place: text for place, text in rows.items() if place not in told and (text or told)}


def _behind(page: MarkedPage, label: Item) -> Sequence[Token]:
    """What stands behind a label on its line, up to the next label; the line of a table may be between."""
    following = next((i.first for i in page.items if i.first > label.last and i.sort in ("label", "date")), len(page.tokens))
    return [t for t in page.tokens[label.last + 1 : following] if t.line == label.line and t.form is not Form.BAR]
