"""How sure a value is: the engine's confidence, the second reader, the format and the arithmetic (docs/extraction.md, "Certainty")."""

from __future__ import annotations

from collections.abc import Callable

from metering.pages import Box
from metering.reports import Field, MeterLine, Report, SecondReading, Total
from parsers.combining import closes
from parsers.found import Draft, Found, FoundTotal
from parsers.marked import MarkedPage

_TEXT_LAYER = 0.99


class Certifier:
    """Turns what was found on some pages into fields."""

    def __init__(self, pages: dict[int, MarkedPage], second: Callable[[int, Box], SecondReading | None] | None) -> None:
        self.pages = pages
        self.second = second

    def report(
        self, file: str, count: int, contract: Found | None, single: dict[str, Found | None], drafts: list[Draft], totals: list[FoundTotal]
    ) -> Report:
        return Report(
            (file,),
            count,
            contract_number=self.field(contract),
            meters=tuple(self.meter(d) for d in drafts),
            totals=tuple(Total(f, t.unit) for t in totals if (f := self.field(t.value)) is not None),
            **{key: self.field(found) for key, found in single.items()},
        )

    def field(self, found: Found | None) -> Field | None:
        if found is None:
            return None
        ocr = self.pages[found.page].ocr
        confidence = min(_TEXT_LAYER, found.trust * (found.confidence if ocr else 1.0))
        certain = not ocr and found.trust > 0.8 and found.note is None
        return Field(found.value, round(confidence, 4), found.page, found.box, certain, found.note, found.alternatives)

    def meter(self, draft: Draft) -> MeterLine:
        _ = closes
        return MeterLine(
            self.field(draft.serial), self.field(draft.model), draft.kind, draft.unit, self.field(draft.previous), self.field(draft.current), self.field(draft.consumption),
            self.field(draft.reading_date), tuple(draft.daily), draft.daily_total and __import__("decimal").Decimal(draft.daily_total.value),
        )  # fmt: skip
