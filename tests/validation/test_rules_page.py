"""The page, the texts and the rulebook name the same rules, and every text has its blanks filled."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from metering.contracts import Language
from templates.findings import Audience, finding_text, finding_texts
from tests.validation.examples import EXAMPLES
from validation.rulebook import RULES, judge

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_lists_every_rule_in_order_with_its_severity_and_sentence():
    rows = re.findall(r"^\| `(\w+)` \| (incomplete|review|note) \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [(rule.id, rule.severity.value, rule.sentence) for rule in RULES]


@pytest.mark.parametrize("language", Language)
def test_the_texts_of_a_language_are_those_of_the_rules(language: Language):
    texts = finding_texts(language)
    assert list(texts) == ["words", *(rule.id for rule in RULES)]
    assert all(set(texts[rule.id]) == {"staff", "customer"} and texts[rule.id]["staff"] for rule in RULES)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("rule", EXAMPLES)
def test_every_text_finds_the_values_for_its_blanks(rule: str, language: Language):
    (report, case), _ = EXAMPLES[rule]
    for finding in judge(report, case).findings:
        staff = finding_text(finding, language, Audience.STAFF)
        customer = finding_text(finding, language, Audience.CUSTOMER)
        assert staff.endswith(".")
        assert not customer or customer.endswith(".")
        assert not re.search(r"\{\w*\}|\bNone\b| {2}|\(\)|«»", staff + customer)


@pytest.mark.parametrize("language", Language)
def test_a_customer_is_told_the_same_rules_in_every_language(language: Language):
    told = {rule.id for rule in RULES if finding_texts(language)[rule.id]["customer"]}
    assert told == {rule.id for rule in RULES if finding_texts(Language.RUSSIAN)[rule.id]["customer"]}


@pytest.mark.parametrize("language", Language)
def test_the_register_of_others_is_never_told_to_a_customer(language: Language):
    (report, case), _ = EXAMPLES["serial_of_other_contract"]
    findings = [f for f in judge(report, case).findings if f.rule == "serial_of_other_contract"]
    assert findings
    assert all("00555" not in finding_text(f, language, Audience.CUSTOMER) for f in findings)
    assert all("00555" in finding_text(f, language, Audience.STAFF) for f in findings)
