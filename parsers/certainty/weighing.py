"""How sure a value is: format, engine, second reader and arithmetic weighed for every field (docs/extraction.md, "Certainty")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from metering.pages import Box
from metering.repairs import RepairReason
from metering.reports import Field, MeterLine, Report, Total
from parsers.certainty.candidates import NUMBERS, SURE, Candidate, add_candidate, adds_up, begins_at_nothing, closing, is_telling, likeliest
from parsers.certainty.daily_rows import weigh_daily_rows
from parsers.certainty.opinions import Opinion, Readers
from parsers.certainty.repairing import with_repair
from parsers.page.found import Draft, Found, FoundTotal, closes
from parsers.page.lines import Form, text_of
from parsers.wording.dates import LAST_DAY, LOST_MARK
from parsers.wording.numbers import decimals, digits_of

_TEXT_LAYER = 0.99
# Shares of right values by what is known of them, measured on the labelled sample (docs/extraction.md, "Certainty").
_AGREED_CLOSED, _AGREED, _CLOSED, _ALONE = 0.995, 0.98, 0.97, 0.85
_NOT_CLOSED, _UNTIED = 0.65, 0.65  # both readers see it, but three numbers do not add up, or there are not three
_OPEN, _TORN = 0.15, 0.2  # the same where the readers differ
_OUTVOTED, _DIFFER = 0.6, 0.1  # digits of a contract or a serial on which the readers differ: with a third voice, without
_DIFFER_DATE = 0.5
_SHORTEST_SERIAL = 5  # digits
_SAME_PLACE = 3.0  # points between the middles of what two readings have of one word
_LABELLED = 0.9  # trust in a date that stands behind its own label
_WORD_DOUBT = 1.6  # how much likelier a name is wrong than the engine's doubt of its letters says


class Certifier:
    """Turns what was found into fields, asking the other readers about the numbers that decide."""

    def __init__(self, readers: Readers) -> None:
        self.readers = readers

    def report(self, file: str, count: int, single: dict[str, Found | None], drafts: list[Draft], totals: list[FoundTotal]) -> Report:
        meters = tuple(self.meter(d) for d in drafts)
        fields: dict[str, Field | None] = {}
        for key, found in single.items():
            if key == "contract_number":
                fields[key] = self.digits(found, length=5)
            elif key in ("reading_date", "report_date"):
                fields[key] = self.date(found)
            elif key == "inn":
                fields[key] = self.digits(found, length=9)
            elif key != "period":
                fields[key] = self.plain(found)
        drawn_up = fields.get("report_date")
        read_on = fields.get("reading_date")
        if drawn_up is not None and self.readers.is_picture(drawn_up.page):
            # A report is not drawn up before its readings: such a date is the day of a verification, say.
            before = read_on is not None and drawn_up.value < read_on.value
            if before or _is_one_date(single["report_date"], single.get("reading_date")):
                fields["report_date"] = replace(drawn_up, certain=False)
        fields["period"] = self.period(single.get("period"), [fields.get("reading_date"), *(m.reading_date for m in meters)])
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
                round(min(_TEXT_LAYER, found.trust), 4),
                found.page,
                found.box,
                found.trust > 0.8,
                found.note,
                found.alternatives,
            )
        # A name is right with a letter misread in one of its words: the mean tells more than the worst, and never little.
        mean = sum(t.confidence for t in found.tokens) / len(found.tokens) if found.tokens else 0.5
        return self._field(found, max(0.0, 1 - _WORD_DOUBT * (1 - found.trust * (0.45 + 0.55 * mean))))

    def digits(self, found: Found | None, length: int | None = None) -> Field | None:
        """A contract number, an INN or a serial: sure when both readers see the same digits and no more of them."""
        if found is None:
            return None
        exact = length is None or (len(found.value) == length and found.note is None)
        if not self.readers.is_picture(found.page):
            return replace(self._field(found, min(_TEXT_LAYER, found.trust)), certain=found.trust > 0.8 and exact)
        opinion = self.readers.ask(found)
        if opinion is None:
            return self._field(found, 0.9 * found.trust * found.confidence)
        same = opinion.digits == digits_of(found.value) if found.note is None else opinion.digits.lstrip("0") == found.value.lstrip("0")
        if same:
            certain = exact and not opinion.more and found.trust > 0.8
            return replace(self._field(found, (_AGREED if certain else 0.9) * min(1.0, found.trust + 0.02)), certain=certain)
        return self._differing(found, opinion, length)

    def serial(self, found: Found | None) -> Field | None:
        """A serial. Of a picture one of few digits may be the half of one that ink covers, in which both readers see the same."""
        field = self.digits(found)
        if field is None or found is None or not self.readers.is_picture(found.page) or len(digits_of(found.value)) >= _SHORTEST_SERIAL:
            return field
        return replace(field, certain=False)

    def _differing(self, found: Found, opinion: Opinion, length: int | None) -> Field:
        """Two readers, two values: the third decides, else the digit reader where it is sure and the format is kept. Never certain."""
        third = self.readers.third_value(found)
        votes = digits_of(third) if third is not None else None
        fits = len(opinion.digits) == length if length is not None else len(opinion.digits) >= len(found.value.split("-")[0])
        value, trust = found.value, _DIFFER
        if votes == digits_of(found.value) and opinion.confidence < SURE:
            trust = _OUTVOTED
        elif fits and (votes == opinion.digits or opinion.confidence >= SURE):
            value, trust = opinion.digits, _OUTVOTED
        others = tuple(dict.fromkeys(v for v in (found.value, opinion.digits, votes) if v and v != value))
        note = f"the readers differ: {', '.join((value, *others))}"
        field = Field(value, round(trust * found.trust, 4), found.page, found.box, False, note, others)
        return with_repair(field, found, RepairReason.READERS)

    def date(self, found: Found | None) -> Field | None:
        if found is None:
            return None
        if not self.readers.is_picture(found.page):
            certain = found.trust > 0.7 and bool(found.tokens) and found.note != LOST_MARK
            return replace(self._field(found, min(_TEXT_LAYER, found.trust)), certain=certain)
        opinion = self.readers.ask_date(found)
        if opinion is None:
            return self._field(found, 0.9 * found.trust * found.confidence)
        if _same_date(found, opinion):
            certain = (not opinion.more or _is_complete(found)) and found.note in (None, LAST_DAY) and found.trust > 0.7
            return replace(self._field(found, _AGREED * min(1.0, found.trust + 0.02)), certain=certain)
        if opinion.date == found.value:
            return self._field(found, 0.9 * found.trust)
        if opinion.date is not None and opinion.confidence >= SURE:
            note = f"the readers differ: {opinion.date}, {found.value}"
            field = Field(opinion.date, round(0.8 * found.trust, 4), found.page, found.box, False, note, (found.value,))
            return with_repair(field, found, RepairReason.READERS)
        others = (opinion.date,) if opinion.date is not None else ()
        note = found.note or "the second reader differs"
        return Field(found.value, _DIFFER_DATE * found.trust, found.page, found.box, False, note, others)

    def period(self, found: Found | None, reading_dates: Sequence[Field | None]) -> Field | None:
        """A month is sure when it is printed in full and, read from a picture, when a sure date falls into it or its digits agree."""
        if found is None:
            return None
        if not self.readers.is_picture(found.page):
            return replace(self._field(found, min(_TEXT_LAYER, found.trust)), certain=found.trust > 0.8)
        dates = [date for date in reading_dates if date is not None]
        dated = bool(dates) and all(date.value.startswith(found.value) for date in dates)
        if dated and any(date.certain for date in dates):
            return replace(self._field(found, _AGREED), certain=True)
        opinion = self.readers.ask_date(found)
        agreed = opinion is not None and opinion.digits == digits_of(text_of([t for t in found.tokens if t.text[:1].isdigit()]))
        certain = agreed and opinion is not None and not opinion.more and found.trust > 0.9 and found.confidence > 0.8
        return replace(self._field(found, (_AGREED if agreed else 0.9 if dated else 0.8) * found.trust), certain=certain)

    def _field(self, found: Found, confidence: float) -> Field:
        field = Field(found.value, round(confidence, 4), found.page, found.box, False, found.note, found.alternatives)
        return with_repair(field, found, RepairReason.LOOKALIKE)

    def total(self, found: Found) -> Field:
        """A sum over meters. It decides nothing by itself, but one that was misread speaks against a good report: where the digit
        reader is sure of another number, that counts."""
        opinion = self.readers.ask(found)
        field = self._field(found, _TEXT_LAYER * found.trust)
        if opinion is None or opinion.number is None or opinion.confidence < SURE or Decimal(opinion.number) == field.number:
            return self.plain(found) or field
        taken = replace(field, value=opinion.number, confidence=_OUTVOTED, note=f"the readers differ: {opinion.number}, {found.value}")
        return with_repair(replace(taken, alternatives=(found.value,)), found, RepairReason.READERS)

    # -- meters

    def meter(self, draft: Draft) -> MeterLine:
        picture = self.readers.is_picture(draft.page)
        if picture:
            self._fill_cells(draft)
        values = {name: getattr(draft, name) for name in NUMBERS}
        fields = self._read_twice(values, draft.cells) if picture else self._as_printed(values)
        consumption = fields["consumption"]
        daily, total = weigh_daily_rows(draft, consumption.value if consumption is not None else None, self.readers)
        return MeterLine(
            self.serial(draft.serial),
            self.plain(draft.model),
            draft.kind,
            draft.unit,
            fields["previous"],
            fields["current"],
            fields["consumption"],
            self.date(draft.reading_date),
            daily,
            total,
        )

    def _as_printed(self, values: dict[str, Found | None]) -> dict[str, Field | None]:
        """Numbers of a text layer. Certain where the three add up: what was misunderstood shows there."""
        complete = all(values.values())
        fits = complete and closes(*(values[n] for n in NUMBERS))
        proven = fits and (previous := values["previous"]) is not None and not begins_at_nothing(previous.value)
        out: dict[str, Field | None] = {}
        for name, found in values.items():
            if found is None:
                out[name] = None
                continue
            confidence = min(_TEXT_LAYER, found.trust) if fits or not complete else 0.9 * found.trust
            out[name] = replace(self._field(found, confidence), certain=proven and found.trust > 0.8 and found.note is None)
        return out

    def _fill_cells(self, draft: Draft) -> None:
        """Cells of the meter's row in which nothing was read: the digit reader is asked about the whole cell."""
        note = "only the digit reader read it"
        for role, box in draft.cells.items():
            if getattr(draft, role) is not None:
                continue
            opinion = self.readers.ask_box(draft.page, box)
            if opinion is None or opinion.confidence < 0.9:
                continue
            value = opinion.digits if role == "serial" and len(opinion.digits) >= 4 else opinion.number if role != "serial" else None
            if value is not None:
                setattr(draft, role, Found(value, draft.page, [], note, 0.7, place=box))

    def _read_twice(self, values: dict[str, Found | None], cells: dict[str, Box]) -> dict[str, Field | None]:
        opinions = {name: self.readers.ask(found) if found is not None else None for name, found in values.items()}
        present = {name: found for name, found in values.items() if found is not None}
        if all(opinions[n] is None for n in present):
            closed = closes(*(values[n] for n in NUMBERS))
            return {n: self._field(f, (_CLOSED if closed else _ALONE * f.confidence) * f.trust) if f else None for n, f in values.items()}
        marked = sum("." in f.value for f in present.values())
        agreed = {
            n: (o := opinions[n]) is not None and o.number == f.value and ("." in f.value or marked < len(present) - 1 or marked == 0)
            for n, f in present.items()
        }  # both readers can lose a comma: a number without decimals beside numbers with them is not settled
        chosen = {n: f.value for n, f in present.items()}
        options = {n: self._candidates(n, values, opinions[n]) for n in present}
        closed = len(present) == 3 and adds_up(chosen)
        if not closed and not all(agreed.values()):
            better = closing(options) if len(present) == 3 else None
            if better is None:
                for name, box in cells.items():
                    if name in present and (cell := self.readers.ask_box(present[name].page, box)) is not None and cell.number is not None:
                        add_candidate(options[name], cell.number, 1.2)
                better = closing(options) if len(present) == 3 else None
            if better is None:
                options = {n: options[n] if agreed[n] else self._with_third(present[n], options[n]) for n in present}
                better = closing(options) if len(present) == 3 else None
            if better is not None:
                chosen, closed = better, True
            else:
                chosen = {n: f.value if agreed[n] else likeliest(options[n], opinions[n]) for n, f in present.items()}
        if closed and (marks := self._marks_seen(chosen, opinions)) != chosen:
            closed = adds_up(marks)
            chosen = marks if closed else chosen
        closed = closed and is_telling(chosen, {n: o for n, o in options.items() if not agreed[n]}, present.values())
        return {
            n: self._number(f, chosen[n], opinions[n], options[n], closed, sum(agreed.values()), len(present)) if f else None
            for n, f in ((n, values[n]) for n in NUMBERS)
        }

    def _candidates(self, name: str, values: dict[str, Found | None], opinion: Opinion | None) -> list[Candidate]:
        """What the readers read, and the same digits with the decimal mark where the other numbers have it."""
        found = values[name]
        assert found is not None
        read = [Candidate(found.value, 0.0, 1)]
        if opinion is not None and opinion.number is not None:
            add_candidate(read, opinion.number, 1.0)
        places = [decimals(f.value) for n, f in values.items() if f is not None and n != name and "." in f.value]
        for candidate in list(read):
            if places and "." not in candidate.value and len(candidate.value) > places[0]:
                marked = f"{candidate.value[: -places[0]]}.{candidate.value[-places[0] :]}"
                if not any(c.value == marked for c in read):
                    read.append(Candidate(marked, candidate.cost + 0.5, 0))
        return read

    def _marks_seen(self, chosen: dict[str, str], opinions: dict[str, Opinion | None]) -> dict[str, str]:
        """The numbers with the decimal marks that only the digit reader saw in them: the sum does not notice that all three lost theirs."""
        seen = dict(chosen)
        for name, value in chosen.items():
            opinion = opinions[name]
            if (
                "." not in value
                and opinion is not None
                and opinion.number is not None
                and "." in opinion.number
                and opinion.digits == value
            ):
                seen[name] = opinion.number
        return seen

    def _with_third(self, found: Found, options: list[Candidate]) -> list[Candidate]:
        third = self.readers.third_value(found)
        if third is not None:
            add_candidate(options, third, 1.5)
        return options

    def _number(
        self, found: Found, value: str, opinion: Opinion | None, options: list[Candidate], closed: bool, agreed: int, count: int
    ) -> Field:
        """One number with its certainty: read alike twice, the arithmetic closed, and no further digit in sight."""
        same = opinion is not None and opinion.number == value
        alike = opinion is not None and opinion.digits == digits_of(value)
        readers = next((c.readers for c in options if c.value == value), 0)
        repaired = value != found.value
        more = opinion is None or opinion.more
        others = tuple(c.value for c in options if c.value != value and c.readers)
        note = found.note
        if repaired:
            note = f"read as {found.value}; " + (
                "previous + consumption = current chose among the readings" if closed else "the readers differ"
            )
        certain = readers > 0 and not more and found.trust > 0.8
        if count == 3:
            certain = certain and closed and (alike or agreed >= 2)
        else:
            certain = False  # nothing ties a number to its meaning where one of the three was not read
        if closed:
            confidence = _AGREED_CLOSED if same or alike else _CLOSED
        elif count == 3:
            confidence = _NOT_CLOSED if same and not repaired else _OPEN
        else:
            confidence = _UNTIED if same and not repaired else _TORN
        field = Field(value, round(confidence * found.trust, 4), found.page, found.box, certain, note, others)
        return with_repair(field, found, RepairReason.ARITHMETIC if closed else RepairReason.READERS)


def _same_date(found: Found, opinion: Opinion) -> bool:
    """Whether the digit reader saw the same date. It has no slash: between day, month and year it makes a 1 or a 7 of one."""
    parts = [t.text for t in found.tokens if t.form is Form.NUMBER]
    if opinion.digits == digits_of("".join(parts)):
        return True
    return len(parts) == 3 and re.fullmatch("[17]".join(parts), opinion.digits) is not None and any(t.text == "/" for t in found.tokens)


def _is_one_date(one: Found | None, two: Found | None) -> bool:
    """Whether one date was taken for two things, for one of them without a label: on a picture the other date may not have been read."""
    if one is None or two is None or min(one.trust, two.trust) >= _LABELLED:
        return False
    if one.page != two.page or one.box is None or two.box is None:
        return False
    return all(abs(a - b) < _SAME_PLACE for a, b in zip(one.box.middle, two.box.middle, strict=True))


def _is_complete(found: Found) -> bool:
    """Whether a date has all its digits (two of the day, four of the year): no further one can stand beside it."""
    digits = digits_of("".join(t.text for t in found.tokens if t.form is Form.NUMBER))
    return len(digits) == (6 if any(t.form is Form.WORD for t in found.tokens) else 8)


def _review_all(report: Report) -> Report:
    """Of a page written by hand nothing is certain: two readers made for print can err alike there."""

    def open_(field: Field | None) -> Field | None:
        return replace(field, certain=False) if field is not None else None

    names = ("serial", "model", *NUMBERS, "reading_date")
    meters = tuple(replace(m, **{n: open_(getattr(m, n)) for n in names}) for m in report.meters)
    single = ("contract_number", "organization", "address", "inn", "report_date", "reading_date", "period", "position", "signatory")
    return replace(report, meters=meters, handwritten=True, **{n: open_(getattr(report, n)) for n in single})
