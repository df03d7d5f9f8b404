"""The serials of meters told in running text: behind their label, a number sign or the meter's name, or before their words."""

from __future__ import annotations

from dataclasses import replace

from parsers.meters.clauses import heads_another, heads_meter, number_behind_colon
from parsers.meters.serials import SERIAL_REACH, is_dashed, is_of_another, is_of_kind, is_of_name, is_post_code, is_signed, model_between
from parsers.meters.told import ToldMeters
from parsers.page.found import Found
from parsers.page.items import Item
from parsers.page.marked import MarkedPage
from parsers.page.trust import OTHER_SYSTEM, SHARED
from parsers.requisites.digits_of_labels import is_in_column

_NEAR_METER, _NAMED_REACH = 8, 12  # tokens that a serial may stand behind the meter's name: without a number sign, and with it


class ToldSerials(ToldMeters):
    """What meters have been told, and which number is the serial of the next one."""

    def __init__(self, page: MarkedPage) -> None:
        super().__init__(page)
        self._pending: str | None = None  # what the last label lets expect
        self._pending_at = -100
        self._label_item: Item | None = None
        self._meter_at = self._model_from = -100
        self._taken: set[int] = set()  # tokens that are known to be something else

    def _is_in_column(self, item: Item) -> bool:
        label = self._label_item
        if label is None or label.first > item.first:
            return True
        return is_in_column(self.page, label, item.tokens[0]) and not heads_another(self.page, label, item)

    def _is_serial(self, item: Item, unit: Item | None) -> bool:
        measured = unit is not None and unit.first == item.last + 1 and unit.line == item.line  # «№ 4411223 (Гкал)» is still a serial
        labelled = self._pending == "serial" and self._is_in_column(item) and not is_of_another(self.page, self._pending_at, item)
        if item.sort == "serial" and is_dashed(item):
            return labelled and item.first - self._pending_at <= SERIAL_REACH
        if "." in item.text or measured or not 3 <= len(item.text.partition("-")[0]) <= 10 or is_post_code(self.page, item):
            return False
        behind = item.first - self._pending_at
        signed = is_signed(self.page, item)
        # «Зав. номер вычислителя   SA-94/1, 08744454»
        long = self._label_item is not None and item.line == self._label_item.line and len(item.text) >= 6
        if labelled and behind <= (2 if signed or long else 1) * SERIAL_REACH:
            return signed or not is_of_name(self.page, item)
        if signed and len(item.text) >= 5 and item.first - self._kind_at <= 3:
            return True  # «Issiq suv (№ 0098812)»
        if signed and len(item.text) >= 5 and (heads_meter(self.page, item) or is_of_kind(self.page, item) or self._names_meter(item)):
            return True
        if item.first - self._meter_at > (_NAMED_REACH if signed else _NEAR_METER) or self._meter_at <= self._foreign_at():
            return False
        behind = self.page.tokens[item.last + 1 : item.last + 2]
        if item.first - self._meter_at == 1 and len(item.text) >= 5 and [t.text for t in behind] == [":"]:
            return True  # «Склад, счетчик 12426: пред. 82301,31»
        return (signed and len(item.text) >= 4) or (6 <= len(item.text) <= 9 and self._pending_at <= self._meter_at)

    def _names_meter(self, item: Item) -> bool:
        """Whether a number stands right before the word for the meter, in whose language it comes first («№ 27700935 hisoblagich: …»)."""
        return any(i.key == "meter" and i.first == item.last + 1 for i in self.page.on_line(item.line))

    def _foreign_at(self) -> int:
        return self._pending_at if self._pending == "foreign" else -100

    def _serial(self, item: Item, *, before_words: bool = False) -> None:
        page = self.page.page.number
        named = self._pending == "serial" or is_signed(self.page, item)
        found = Found.of(item, page, trust=1.0 if named or before_words else 0.79)  # by its place behind the meter's name alone
        self._pending = None
        if self._draft is not None and self._draft.serial is not None and self._draft.serial.value == found.value:
            self._again = replace(found, trust=SHARED, note=OTHER_SYSTEM) if self._draft.has_value() else None
            return
        self._again = None
        if self._draft is None or self._draft.serial is not None:
            self._begin(item)
        assert self._draft is not None
        self._draft.serial = found
        self._late = self._draft if self._draft.has_value() else None
        if 0 <= self._meter_at < item.first:
            self._draft.model = model_between(self.page, self._model_from, item) or self._draft.model

    def _serial_before(self, label: Item) -> None:
        """`71234567 zavod raqamli hisoblagich`: Uzbek says the number first."""
        lines = (label.line - 1, label.line)  # the number may end the line before
        numbers = [i for n in lines for i in self.page.on_line(n) if i.sort == "number" and id(i.tokens[0]) not in self._taken]
        number = next((i for i in numbers if 1 <= label.first - i.last <= 2), None)
        if number is not None and "." not in number.text and 4 <= len(number.text) <= 10:
            self._serial(number, before_words=True)
        elif number is None and (number := number_behind_colon(self.page, label, numbers)) is not None:
            self._serial(number)
