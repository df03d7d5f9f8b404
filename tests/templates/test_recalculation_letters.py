"""The letter about a recalculation, in each language: figures, which way the charge goes, and what it corrects."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from metering.contracts import Language
from metering.periods import Period
from templates.recalculation_letters import RecalculationFacts, render_recalculation_letter
from tests.templates.test_letters import in_latin, normal

RU, UZ, CYRL = Language
FACTS = RecalculationFacts(
    contract_number="00421",
    organization="«Лола» & K",
    period=Period(2026, 10),
    booked_in=Period(2026, 12),
    act_number="17/26",
    act_date=dt.date(2026, 12, 3),
    charged=Decimal("93.00"),
    actual=Decimal("41.20"),
    indexes=(("0042100", "141.70"),),
    corrects=False,
    as_told=True,
    languages=(RU,),
    utility="U",
    address="metrology@utility.example",
    cabinet="https://cabinet.example/login",
)


def plain(facts: RecalculationFacts) -> str:
    return render_recalculation_letter(facts).text.replace("\N{NO-BREAK SPACE}", " ")


def test_it_says_what_was_charged_what_the_act_found_and_which_month_takes_it_in() -> None:
    letter = render_recalculation_letter(FACTS)
    assert letter.subject == "Перерасчёт за октябрь 2026 года, договор 00421"
    said = plain(FACTS)
    assert "По акту № 17/26 от 3 декабря 2026 года" in said
    assert "Было учтено по договорной нагрузке: 93,00 Гкал" in said
    assert "По акту: 41,20 Гкал" in said
    assert "Показание прибора № 0042100 по акту: 141,70" in said
    assert "Начисление за декабрь 2026 года уменьшится на 51,80 Гкал." in said
    assert "«Лола» &amp; K" in letter.html


@pytest.mark.parametrize(
    ("actual", "said"),
    [
        ("100.50", "увеличится на 7,50 Гкал"),
        ("93.00", "Количество не изменилось"),
    ],
)
def test_the_charge_may_go_up_or_stay(actual: str, said: str) -> None:
    assert said in plain(replace(FACTS, actual=Decimal(actual)))


def test_a_charge_that_staff_named_is_ascribed_to_nothing() -> None:
    assert "Было учтено: 93,00" in plain(replace(FACTS, as_told=False))
    again = plain(replace(FACTS, corrects=True))
    assert "исправляет предыдущий за тот же месяц" in again
    assert "Было учтено по предыдущему перерасчёту: 93,00" in again


def test_the_two_scripts_of_uzbek_say_the_same_and_no_language_leaves_gaps() -> None:
    kinds = itertools.product((False, True), (False, True), ("1.00", "93.00", "100.00"), (None, "https://cabinet.example/login"))
    for corrects, as_told, actual, cabinet in kinds:
        facts = replace(FACTS, organization="", corrects=corrects, as_told=as_told, actual=Decimal(actual), cabinet=cabinet)
        texts = {language: plain(replace(facts, languages=(language,))) for language in Language}
        for text in texts.values():
            assert not re.search(r"[{}%]|None|\n\n\n\n|  +\S.*  | \n| [,.:;]", text), text
        assert in_latin(dateless(texts[CYRL])) == normal(dateless(texts[UZ]))


def dateless(text: str) -> str:
    """Without dates, which the scripts write differently."""
    return re.sub(r"2026-yil (3-)?\w+|2026 йил (3 )?\w+", "·", text)
