"""How sure a value is: format, engine, second reader and arithmetic weighed for every field (docs/extraction.md, "Certainty")."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from metering.repairs import RepairReason
from metering.reports import Field, MeterLine, Report, Total
from parsers.certainty.candidates import SURE
from parsers.certainty.daily_rows import weigh_daily_rows
from parsers.certainty.dates import confirmed_by_month, confirmed_elsewhere, date_field, is_one_date, period_field
from parsers.certainty.digits import digits_field, serial_field
from parsers.certainty.numbers import numbers_as_printed, numbers_read_twice
from parsers.certainty.opinions import Readers
from parsers.certainty.repairing import with_repair
from parsers.certainty.shares import OUTVOTED, TEXT_LAYER, field_of
from parsers.page.found import NUMBERS, Draft, Found, FoundTotal

_SOON = dt.timedelta(days=31)  # from the readings to the report
_WORD_DOUBT = 1.6  # how much likelier a name is wrong than the engine's doubt of its letters says


class Certifier:
    """Turns what was found into fields, asking the other readers about the numbers that decide."""

    def __init__(self, readers: Readers) -> None:
        self.readers = readers

    def report(self, file: str, count: int, single: dict[str, Found | None], drafts: list[Draft], totals: list[FoundTotal]) -> Report:
        serials = frozenset(d.serial.value for d in drafts if d.serial is not None)
        meters = tuple(self.meter(d, serials) for d in drafts)
        fields: dict[str, Field | None] = {}
        for key, found in single.items():
            if key == "contract_number":
                fields[key] = digits_field(self.readers, found, length=5)
            elif key in ("reading_date", "report_date"):
                fields[key] = date_field(self.readers, found)
            elif key == "inn":
                fields[key] = digits_field(self.readers, found, length=9)
            elif key != "period":
                fields[key] = self.plain(found)
        fields["reading_date"] = confirmed_by_month(self.readers, fields["reading_date"], single["reading_date"], single["period"])
        days = {day.value for day in (fields["reading_date"], *(m.reading_date for m in meters)) if day is not None and day.certain}
        meters = tuple(replace(m, reading_date=confirmed_elsewhere(m.reading_date, days)) for m in meters)
        drawn_up = fields.get("report_date")
        read_on = fields.get("reading_date")
        if drawn_up is not None and self.readers.is_picture(drawn_up.page):
            # A report is not drawn up before its readings: such a date is the day of a verification, say.
            before = read_on is not None and drawn_up.value < read_on.value
            # Nor long after them: «26.II.2026» is read as 26.11.2026.
            late = read_on is not None and dt.date.fromisoformat(drawn_up.value) - dt.date.fromisoformat(read_on.value) > _SOON
            if before or late or is_one_date(single["report_date"], single.get("reading_date")):
                fields["report_date"] = replace(drawn_up, certain=False)
        fields["period"] = period_field(self.readers, single.get("period"), [fields.get("reading_date"), *(m.reading_date for m in meters)])
        found_totals = tuple(Total(self.total(t.value), t.unit) for t in totals)
        report = Report((file,), count, meters=meters, totals=found_totals, **fields)
        return _review_all(report) if self.readers.by_hand else report

    # -- single fields

    def plain(self, found: Found | None) -> Field | None:
        """A field that no number decides on: the engine's word for it."""
        if found is None:
            return None
        if not self.readers.is_picture(found.page):
            return Field(
                found.value,
                round(min(TEXT_LAYER, found.trust), 4),
                found.page,
                found.box,
                found.trust > 0.8,
                found.note,
                found.alternatives,
            )
        # A name is right with a letter misread in one of its words: the mean tells more than the worst, and never little.
        mean = sum(t.confidence for t in found.tokens) / len(found.tokens) if found.tokens else 0.5
        return field_of(found, max(0.0, 1 - _WORD_DOUBT * (1 - found.trust * (0.45 + 0.55 * mean))))

    def total(self, found: Found) -> Field:
        """A sum over meters. It decides nothing by itself, but one that was misread speaks against a good report: where the digit
        reader is sure of another number, that counts."""
        opinion = self.readers.ask(found)
        field = field_of(found, TEXT_LAYER * found.trust)
        if opinion is None or opinion.number is None or Decimal(opinion.number) == field.number:
            return self.plain(found) or field
        if opinion.confidence < SURE:
            return replace(self.plain(found) or field, alternatives=(opinion.number,))
        taken = replace(field, value=opinion.number, confidence=OUTVOTED, note=f"the readers differ: {opinion.number}, {found.value}")
        return with_repair(replace(taken, alternatives=(found.value,)), found, RepairReason.READERS)

    # -- meters

    def meter(self, draft: Draft, serials: frozenset[str]) -> MeterLine:
        """serials: those that were read on the report's pages; two meters cannot have one."""
        picture = self.readers.is_picture(draft.page)
        if picture:
            self._fill_cells(draft, serials)
        values = {name: getattr(draft, name) for name in NUMBERS}
        fields = numbers_read_twice(self.readers, values, draft.cells) if picture else numbers_as_printed(values)
        consumption = fields["consumption"]
        daily, total = weigh_daily_rows(draft, consumption.value if consumption is not None else None, self.readers)
        return MeterLine(
            serial_field(self.readers, draft.serial),
            self.plain(draft.model),
            draft.kind,
            draft.unit,
            fields["previous"],
            fields["current"],
            fields["consumption"],
            date_field(self.readers, draft.reading_date),
            daily,
            total,
        )

    def _fill_cells(self, draft: Draft, serials: frozenset[str]) -> None:
        """Cells of the meter's row in which nothing was read: the digit reader is asked about the whole cell."""
        note = "only the digit reader read it"
        for role, box in draft.cells.items():
            if getattr(draft, role) is not None:
                continue
            opinion = self.readers.ask_box(draft.page, box)
            if opinion is None or opinion.confidence < 0.9:
                continue
            value = opinion.digits if role == "serial" and len(opinion.digits) >= 4 else opinion.number if role != "serial" else None
            if value is not None and not (role == "serial" and value in serials):
                setattr(draft, role, Found(value, draft.page, [], note, 0.7, place=box))


def _review_all(report: Report) -> Report:
    """Of a page written by hand nothing is certain: two readers made for print can err alike there."""

    def open_(field: Field | None) -> Field | None:
        return replace(field, certain=False, digits_sure=False) if field is not None else None

    names = ("serial", "model", *NUMBERS, "reading_date")
    meters = tuple(replace(m, **{n: open_(getattr(m, n)) for n in names}) for m in report.meters)
    single = ("contract_number", "organization", "address", "inn", "report_date", "reading_date", "period", "position", "signatory")
    return replace(report, meters=meters, handwritten=True, **{n: open_(getattr(report, n)) for n in single})
