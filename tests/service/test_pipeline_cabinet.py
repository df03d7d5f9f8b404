"""Submissions of the cabinet that are no submissions: each bad line is named and refused, the good ones are taken."""

from __future__ import annotations

import json

import pytest

from service.submissions import import_submissions
from tests.journeys.recipes import STORIES, load
from tests.support.stage import Stage

GOOD = load(STORIES / "mail-then-the-same-in-the-cabinet").steps[1].cabinet or ""


def changed(**changes: object) -> str:
    return json.dumps({**json.loads(GOOD), **changes})


def meter(**changes: object) -> str:
    return changed(meters=[{**json.loads(GOOD)["meters"][0], **changes}])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not a JSON object"),
        (b"[1]", "not a JSON object"),
        (b"[" * 100_000, "not a JSON object"),
        (b'{"id": "\xff"}', "UTF-8"),
        (changed(contract_number=None).encode(), "missing: contract_number"),
        (changed(contract_number=421).encode(), "contract_number is text"),
        (changed(submitted_at="2026-10-22T10:15:00").encode(), "a time with its zone"),
        (changed(submitted_at="yesterday").encode(), "a time with its zone"),
        (changed(period="10.2026").encode(), "period is a month"),
        (changed(period="2026-13").encode(), "period is a month"),
        (changed(reading_date="31.10.2026").encode(), "reading_date is a day"),
        (changed(reading_date="20261021").encode(), "reading_date is a day"),
        (changed(reading_date="2026-10-32").encode(), "reading_date is a day"),
        (changed(meters=5).encode(), "files and meters are lists"),
        (changed(meters={"serial": "1"}).encode(), "files and meters are lists"),
        (changed(meters=["1"]).encode(), "meters: each is an object"),
        (changed(files=7).encode(), "files and meters are lists"),
        (meter(kind="gas").encode(), "kind is heat or hot_water"),
        (meter(current="1,5").encode(), "current is a number with a decimal point"),
        (meter(current="NaN").encode(), "current is a number with a decimal point"),
        (meter(current=1.5).encode(), "current is text, in quotes"),
        (meter(serial=None).encode(), "serial is missing"),
        (meter(reading_date="soon").encode(), "reading_date is a day"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_the_others_are_taken(stage: Stage, line: bytes, reason: str) -> None:
    stage.register(load(STORIES / "mail-then-the-same-in-the-cabinet"))
    file = stage.folder / "cabinet.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.encode() + b"\r\n\r\n" + line + b"\n")
    done = import_submissions(stage.service, file)
    assert (done.settled, done.known) == (1, 0)
    ((number, said),) = done.refused
    assert number == 3
    assert reason in said
