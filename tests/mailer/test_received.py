"""When a message file was received."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.received import received_at

US = "mx.teploenergo.uz"
INGEST = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
DATE = ("Date", "Wed, 21 Oct 2026 23:00:00 +0500")
TAKEN_IN = ("Received", f"from mail.firm.uz (mail.firm.uz [198.51.100.7]) by {US} with ESMTPS id 1; Thu, 22 Oct 2026 10:15:00 +0500")
DELIVERED = ("Received", f"from {US} (localhost [127.0.0.1]) by {US} with LMTP id 2; Fri, 23 Oct 2026 08:00:00 +0500")
WRITTEN_BY_THE_SENDER = ("Received", f"from a by {US}; Thu, 1 Oct 2026 00:00:00 +0500")


def at(*headers: tuple[str, str]) -> dt.datetime:
    return received_at(headers, [US], INGEST)


def test_the_line_of_our_server_tells_it() -> None:
    assert at(TAKEN_IN, DATE) == dt.datetime(2026, 10, 22, 5, 15, tzinfo=dt.UTC)


def test_it_is_our_outermost_server_that_counts_not_a_later_delivery() -> None:
    assert at(DELIVERED, TAKEN_IN, DATE) == dt.datetime(2026, 10, 22, 5, 15, tzinfo=dt.UTC)


def test_a_line_that_the_sender_wrote_in_our_name_does_not_count() -> None:
    assert at(TAKEN_IN, WRITTEN_BY_THE_SENDER, DATE) == dt.datetime(2026, 10, 22, 5, 15, tzinfo=dt.UTC)


def test_without_a_line_of_ours_it_is_the_date_header() -> None:
    assert at(("Received", "from a by mx.elsewhere.example; Thu, 22 Oct 2026 10:15:00 +0500"), DATE) == dt.datetime(
        2026, 10, 21, 18, tzinfo=dt.UTC
    )
    assert received_at([TAKEN_IN, DATE], [], INGEST) == dt.datetime(2026, 10, 21, 18, tzinfo=dt.UTC)


def test_without_either_it_is_the_time_of_ingest() -> None:
    assert at(("Subject", "x")) == INGEST
    assert at(("Date", "yesterday")) == INGEST


def test_a_line_of_ours_without_a_date_leaves_the_date_header() -> None:
    assert at(("Received", f"from a by {US}"), DATE) == dt.datetime(2026, 10, 21, 18, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "written",
    ["Thu, 22 Oct 2026 10:15:00 -0000", "22 Oct 2026 10:15:00 GMT (Coordinated)", "Thu, 22 Oct 2026 10:15:00"],
)
def test_a_date_without_a_zone_of_its_own_is_utc(written: str) -> None:
    assert at(("Date", written)) == dt.datetime(2026, 10, 22, 10, 15, tzinfo=dt.UTC)


@given(st.text(), st.text())
def test_no_text_makes_it_fail(received: str, date: str) -> None:
    found = received_at([("Received", received), ("Received", f"by {US}; {received}"), ("Date", date)], [US], INGEST)
    assert found.astimezone(dt.UTC) == found


@pytest.mark.parametrize(
    "odd", ["Thu, 0 Oct 2026 10:15:00 +0500", "31 Feb 2026 10:15:00 +0500", "1 Jan 99999 00:00:00", "22 Oct 2026 +9999"]
)
def test_an_impossible_date_is_no_date(odd: str) -> None:
    assert at(("Date", odd)) == INGEST
