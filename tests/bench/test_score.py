"""The scorer: what counts as right, and that nothing wrong counts as accepted."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.bench.score import judge_report, kind_of, pair_meters, score_mail, score_reports

METER = {"serial": "1234567", "kind": "heat", "unit": "Gcal", "previous": "10.50", "current": "12.75", "consumption": "2.25"}
TRUTH = {
    "file": "a.pdf", "layout": "form", "mode": "scan200", "handwritten": False, "contract_number": "00421", "inn": "301234567",
    "organization": "ООО «Олтин Водий»", "period": "2026-10", "reading_date": "2026-10-21", "signature_present": True, "meters": [METER],
}  # fmt: skip


def read(value: object, confidence: float = 0.95) -> dict[str, object]:
    return {"value": value, "confidence": confidence, "page": 1, "box": None}


def line_of(truth: dict[str, Any]) -> dict[str, Any]:
    fields = {name: read(truth[name]) for name in ("contract_number", "inn", "organization", "period", "reading_date")}
    meters = [{k: v if k in ("kind", "unit") else read(v) for k, v in m.items()} for m in truth["meters"]]
    return {"file": f"/somewhere/{truth['file']}", "fields": fields, "meters": meters, "signature_present": read(True), "error": None}


def test_a_report_read_as_labelled_is_right_in_all() -> None:
    score = score_reports([TRUTH], [line_of(TRUTH)])
    assert score.figures() == {"scan_critical_right": 1.0, "fields_right": 1.0, "reports": 1, "answered": 1}


@pytest.mark.parametrize(("name", "value"), [("contract_number", "421"), ("period", "2026-09"), ("reading_date", None)])
def test_a_wrong_critical_field_costs_the_whole_report(name: str, value: str | None) -> None:
    line = line_of(TRUTH)
    line["fields"][name] = value and read(value)
    assert score_reports([TRUTH], [line]).figures()["scan_critical_right"] == 0


def test_numbers_are_compared_as_numbers_and_serials_as_text() -> None:
    line = line_of(TRUTH)
    line["meters"][0]["current"] = read("12.750")
    assert judge_report(TRUTH, line)["meter current"]
    line["meters"][0]["serial"] = read("01234567")
    assert not judge_report(TRUTH, line)["meter serial"]


def test_a_meter_too_many_is_wrong() -> None:
    line = line_of(TRUTH)
    line["meters"].append(copy.deepcopy(line["meters"][0]))
    assert not judge_report(TRUTH, line)["meter count"]


def test_a_misread_serial_does_not_shift_the_other_meters() -> None:
    second = METER | {"serial": "7654321", "current": "90"}
    got = [{"serial": "7654321", "current": "90"}, {"serial": "1234561", "current": "12.75"}]
    assert [pair[1]["serial"] for pair in pair_meters([METER, second], got)] == ["1234561", "7654321"]


def test_an_unread_file_counts_as_wrong_and_unanswered() -> None:
    assert score_reports([TRUTH], []).figures() == {"scan_critical_right": 0, "fields_right": 0, "reports": 1, "answered": 0}
    assert not any(judge_report(TRUTH, line_of(TRUTH) | {"error": "damaged"}).values())


def test_names_may_differ_a_little() -> None:
    line = line_of(TRUTH)
    line["fields"]["organization"] = read("ООО Олтин Водuй")
    assert judge_report(TRUTH, line)["organization"]
    line["fields"]["organization"] = read("ГУП Тошиссиккуввати")
    assert not judge_report(TRUTH, line)["organization"]


def test_confidence_is_counted_by_tenths() -> None:
    line = line_of(TRUTH)
    line["fields"]["inn"] = read("999999999", 0.55)
    calibration = score_reports([TRUTH], [line]).calibration
    assert (calibration.right["0.5"], calibration.all["0.5"]) == (0, 1)
    assert calibration.share("0.9") == 1


@pytest.mark.parametrize(
    ("mode", "hand", "kind"),
    [("text", False, "text"), ("text_broken", False, "scan"), ("heic", False, "photo"), ("photo", True, "handwritten")],
)
def test_kinds(mode: str, hand: bool, kind: str) -> None:
    assert kind_of(TRUTH | {"mode": mode, "handwritten": hand}) == kind


REPORT = {"contract_number": "00421", "period": "2026-10", "reading_date": "2026-10-21", "meters": [METER]}
MAIL = {"mail": "1.eml", "sha256": "aa", "outcome": "accepted", "reply": "receipt", "reports": [REPORT], "kind": "typed", "note": ""}
ROW = {"file": "1.eml", "sha256": "aa", "outcome": "accepted", "reply": "receipt", "reports": [REPORT], "reasons": []}


def test_a_message_with_its_fate_is_right() -> None:
    figures = score_mail([MAIL], [ROW]).figures()
    assert (figures["accepted_right"], figures["straight_through"], figures["false_accepts"], figures["wrong_replies"]) == (1, 1, 0, 0)


def test_a_number_booked_wrong_is_a_false_acceptance() -> None:
    row = copy.deepcopy(ROW)
    row["reports"][0]["meters"][0]["current"] = "12.76"
    assert score_mail([MAIL], [row]).figures()["false_accepts"] == 1


def test_accepting_what_should_be_reviewed_is_a_false_acceptance() -> None:
    assert score_mail([MAIL | {"outcome": "review"}], [ROW]).figures()["false_accepts"] == 1


def test_other_fates_and_replies_are_counted() -> None:
    row = ROW | {"outcome": "incomplete", "reply": None}
    figures = score_mail([MAIL], [row, ROW | {"sha256": "bb", "file": "2.eml"}]).figures()
    assert (figures["wrong_outcome"], figures["wrongly_incomplete"], figures["wrong_replies"], figures["surplus"]) == (1, 1, 1, 1)


def test_two_copies_of_a_message_need_two_rows() -> None:
    again = MAIL | {"mail": "2.eml", "outcome": "ignored", "reply": None, "reports": []}
    rows = [ROW, ROW | {"file": "2.eml", "outcome": "ignored", "reply": None, "reports": []}]
    assert score_mail([MAIL, again], rows).figures()["wrong_outcome"] == 0
    assert score_mail([MAIL, again], rows[:1]).figures()["answered"] == 1
