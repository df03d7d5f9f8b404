"""What the API takes and gives, as its OpenAPI document describes it. Numbers are text with a decimal point: no float holds a quantity."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from metering.decisions import Source
from metering.units import MeterKind, Unit

Number = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,15}(\.[0-9]{1,9})?$")]
Month = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
Status = Literal["booked", "corrected", "withdrawn", "superseded", "review", "incomplete", "duplicate", "returned", "waiting"]
Outcome = Literal["accepted", "review", "incomplete", "duplicate"]


def _written_out(given: object) -> object:
    """A date is text: a bare number would be taken for seconds since 1970."""
    if not isinstance(given, str) or re.fullmatch(r"\d{4}-\d{2}-\d{2}", given, re.ASCII) is None:
        raise ValueError("a date is text, YYYY-MM-DD")
    return given


Day = Annotated[dt.date, BeforeValidator(_written_out)]


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TypedMeter(_Given):
    """One meter of a submission. previous: the last index that the person saw; consumption: their difference."""

    serial: Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$")]
    kind: MeterKind
    unit: Unit
    current: Number
    previous: Number | None = None
    consumption: Number | None = None


class Submission(_Given):
    """Readings of one contract and month. id: the client's own; the same again is the same submission."""

    id: Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9._:-]+$")]
    period: Month
    reading_date: Day
    meters: Annotated[list[TypedMeter], Field(min_length=1, max_length=50)]


class Reason(BaseModel):
    """rule: its id, as docs/rules.md lists them; text: the sentence for the customer in the contract's language, or empty."""

    rule: str
    severity: Literal["incomplete", "review", "note"]
    text: str


class Receipt(BaseModel):
    """What became of a submission. number: to be quoted; correct_until: the last day on which another value is taken."""

    id: str
    number: str
    received_at: dt.datetime
    outcome: Outcome
    reasons: list[Reason]
    correct_until: dt.date


class SentReading(BaseModel):
    """One reading of the history, of any source; digits as they were sent."""

    serial: str
    unit: Unit | None
    period: str
    reading_date: dt.date | None
    index: str | None
    consumption: str | None
    source: Source
    status: Status
    conflict: bool
    received_at: dt.datetime
    number: str | None


class History(BaseModel):
    readings: list[SentReading]


class MeterMonth(BaseModel):
    serial: str
    kind: MeterKind
    unit: Unit
    state: Literal["missing", "incomplete", "waiting", "review", "accepted"]
    index: str | None
    reading_date: dt.date | None


class PeriodState(BaseModel):
    """One month of a contract. estimate_gcal: what is charged by contract load if nothing comes, null where it cannot be computed."""

    period: str
    deadline: dt.date
    correct_until: dt.date
    days_left: int
    missing: list[str]
    meters: list[MeterMonth]
    estimate_gcal: str | None
    original_received: bool


class Problem(BaseModel):
    """error: a code that does not change; message: what is wrong, where, and what helps."""

    error: str
    message: str
