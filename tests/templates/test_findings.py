"""Findings speak the customer's language, with dates, numbers, months and units as people write them."""

from __future__ import annotations

import re

import pytest

from metering.contracts import Language
from metering.decisions import Finding, Severity
from templates.findings import Audience, finding_text, finding_texts


def text(rule: str, values: dict[str, str], language: Language = Language.RUSSIAN, audience: Audience = Audience.CUSTOMER) -> str:
    return finding_text(Finding(rule, Severity.REVIEW, values), language, audience)


def test_numbers_have_a_comma_and_the_meter_is_named():
    said = text("current_below_previous", {"serial": "1306457", "previous_number": "1284.37", "current_number": "1284.36"})
    assert said == "Текущее показание 1284,36 (прибор № 1306457) меньше предыдущего 1284,37; проверьте их, пожалуйста."


@pytest.mark.parametrize(
    ("language", "month"),
    [(Language.RUSSIAN, "октябрь 2026 г."), (Language.UZBEK, "2026-yil oktabr"), (Language.UZBEK_CYRILLIC, "2026-йил октябрь")],
)
def test_months_and_dates_are_written_in_the_language(language: Language, month: str):
    said = text("late", {"period": "2026-10", "received_date": "2026-10-27", "deadline_date": "2026-10-25"}, language)
    assert month in said
    assert "27.10.2026" in said
    assert "25.10.2026" in said


def test_a_meter_without_a_serial_is_named_by_its_row():
    assert "(прибор в строке 2)" in text("unit_missing", {"serial": "#2"})
    assert "(2-qatordagi hisoblagich)" in text("unit_missing", {"serial": "#2"}, Language.UZBEK)


@pytest.mark.parametrize(
    ("field", "read", "said"),
    [
        ("current", "1331.92", "текущее показание (прибор № 1306457): 1331,92."),
        ("reading_date", "2026-10-21", "дата снятия показаний (прибор № 1306457): 21.10.2026."),
        ("period", "2026-10", "отчётный месяц (прибор № 1306457): октябрь 2026 г."),
        ("serial", "1306457", "заводской номер прибора (прибор № 1306457): 1306457."),
    ],
)
def test_staff_see_what_was_read_without_certainty(field: str, read: str, said: str):
    assert text("value_uncertain", {"field": field, "serial": "1306457", "read": read}, audience=Audience.STAFF).endswith(said)


def test_a_value_that_belongs_to_no_meter_is_said_without_one():
    said = text("value_uncertain", {"field": "contract_number", "serial": "", "read": "00417"}, audience=Audience.STAFF)
    assert said == "Прочитано неуверенно: номер договора: 00417."


def test_units_and_kinds_are_said_in_the_language():
    values = {"serial": "1306457", "unit": "MWh", "expected_unit": "Gcal"}
    assert "МВт·ч" in text("unit_differs", values)
    assert "Gkal" in text("unit_differs", values, Language.UZBEK)
    kinds = {"serial": "1306457", "kind": "heat", "expected_kind": "hot_water"}
    assert "иссиқ сув" in text("kind_differs", kinds, Language.UZBEK_CYRILLIC)


def test_braces_that_stand_on_a_page_are_only_text():
    assert "{serial}" in text("contract_numbers_differ", {"contract": "00417", "read": "{serial}"})


def test_what_only_staff_need_to_know_is_not_told_to_the_customer():
    assert text("sender_tier", {"tier": "C", "sender": "a@b.example"}) == ""
    assert text("stamp_unsure", {}) == ""


@pytest.mark.parametrize("language", Language)
def test_the_three_languages_fill_the_same_blanks(language: Language):
    russian, other = finding_texts(Language.RUSSIAN), finding_texts(language)
    for rule in russian.keys() - {"words"}:
        for audience in Audience:
            assert set(re.findall(r"\{\w+\}", russian[rule][audience])) == set(re.findall(r"\{\w+\}", other[rule][audience])), rule
    assert {
        name: set(words) if isinstance(words, dict) else len(words)
        for name, words in russian["words"].items()
        if name not in ("meter", "row", "period")
    } == {
        name: set(words) if isinstance(words, dict) else len(words)
        for name, words in other["words"].items()
        if name not in ("meter", "row", "period")
    }


@pytest.mark.parametrize(
    ("language", "alphabet"),
    [(Language.RUSSIAN, "а-яё"), (Language.UZBEK_CYRILLIC, "а-яёўқғҳ"), (Language.UZBEK, "a-z")],
)
def test_every_text_is_written_in_the_alphabet_of_its_language(language: Language, alphabet: str):
    for rule, texts in finding_texts(language).items():
        if rule == "words":
            continue
        for said in texts.values():
            words = re.sub(r"\{\w+\}|authserv_id|XXXXXX,XX", "", said).lower()
            assert not re.findall(rf"[^\W\d_{alphabet}]", re.sub("[ʻʼ]", "", words)), (rule, said)


def test_a_rule_without_texts_is_an_error():
    with pytest.raises(KeyError):
        text("no_such_rule", {})


def test_uzbek_in_latin_letters_has_one_kind_of_apostrophe():
    texts = finding_texts(Language.UZBEK)
    said = " ".join(texts[rule][audience] for rule in texts.keys() - {"words"} for audience in Audience)
    assert not re.search("['‘’`´]", said), "oʻ and gʻ are written with U+02BB, the tutuq with U+02BC (docs/letters.md)"
    assert set(re.findall(r"(\w)ʻ", said)) <= set("oOgG")
    assert not re.search("['‘’`´]", str(texts["words"].values()).replace("'", "")), "nor in the names of fields and months"
