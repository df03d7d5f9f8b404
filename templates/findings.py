"""What a finding says to a person: one sentence for staff or for the customer, in the language of the contract.

The sentences stand in templates/findings/LANGUAGE.toml, keyed by the rule's id; `findings` in validation/ fill their blanks.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from metering.contracts import Language
from metering.decisions import Finding


class Audience(StrEnum):
    STAFF = "staff"
    CUSTOMER = "customer"


def finding_text(finding: Finding, language: Language, audience: Audience) -> str:
    """The sentence, or "" where the customer is not told. Raises KeyError for a rule that has no texts.

    It may hold values of the register: whom we answer without them (docs/delivery.md) is told no findings at all.
    """
    texts = finding_texts(language)
    said = texts[finding.rule][audience].format_map(_blanks(finding.values, texts["words"]))
    return said.replace("..", ".")  # a sentence that ends with an abbreviation


@cache
def finding_texts(language: Language) -> Mapping[str, Any]:
    """All texts of one language, by rule id, and under "words" the names of fields, units, kinds and months."""
    return tomllib.loads(files("templates").joinpath("findings", f"{language.value}.toml").read_text(encoding="utf-8"))


def _blanks(values: Mapping[str, str], words: Mapping[str, Any]) -> dict[str, str]:
    said = {key: _said(key, value, values, words) for key, value in values.items()}
    meter = _meter(values.get("serial", ""), words)
    return {**said, "of_meter": f" ({meter})" if meter else ""}


def _said(key: str, value: str, values: Mapping[str, str], words: Mapping[str, Any]) -> str:
    """A value as people write it: 74,17 and 21.10.2026, names of fields and units in their language."""
    name = values.get("field", "") if key == "read" else key  # of an uncertain value, which field it is tells what it is
    if key == "field":
        return words["field"].get(value, value)
    if name.endswith("unit"):
        return words["unit"].get(value, value)
    if name.endswith("kind"):
        return words["kind"].get(value, value)
    if name == "period":
        return _month(value, words)
    if name.endswith(("date", "received_at")):
        return re.sub(r"^(\d{4})-(\d{2})-(\d{2})$", r"\3.\2.\1", value)
    if name.endswith("number") or name in ("previous", "current", "consumption"):
        return value.replace(".", ",")
    return value


def _month(period: str, words: Mapping[str, Any]) -> str:
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", period)
    return words["period"].format(month=words["months"][int(match[2]) - 1], year=match[1]) if match else period


def _meter(serial: str, words: Mapping[str, Any]) -> str:
    """How the meter is named: by its serial, or by its row where the report gives none (`#2`)."""
    if not serial:
        return ""
    return words["row"].format(place=serial[1:]) if serial.startswith("#") else words["meter"].format(serial=serial)
