"""The letters of our own accord, in each language: what they name, what they explain, and that each reads as it should."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import templates
from metering.contracts import Language
from metering.decisions import Finding, Severity
from metering.estimates import Conditions, Estimate, EstimateMethod, LoadTerms, MonthlyPlan, estimate
from metering.periods import Period
from metering.schedule import Campaign
from metering.units import MeterKind, Unit
from templates.campaign_letters import CampaignFacts, MeterStanding, render_campaign_letter
from templates.estimates import estimate_texts
from tests.templates.test_letters import in_latin, normal

RU, UZ, CYRL = Language
NOVEMBER = Period(2026, 11)
HEAT = MeterStanding("0042100", MeterKind.HEAT, Unit.GJ, "ТЭМ", Decimal("1284.370"), dt.date(2026, 10, 21), True)
WATER = MeterStanding("77013", MeterKind.HOT_WATER, Unit.M3, "", Decimal(88), dt.date(2026, 10, 22), True)
NEW = MeterStanding("90", MeterKind.HEAT, Unit.GCAL, "", None, None, True)
DAYS = tuple(NOVEMBER.day(number) for number in range(5, 31))
LOAD = LoadTerms(EstimateMethod.WEATHER, Decimal("0.125"), Decimal("0.02"), Decimal("0.03"))
BY_WEATHER = estimate("00421", NOVEMBER, LOAD, Conditions(DAYS, True, {day: Decimal("-1.5") for day in DAYS[:20]}))
FACTS = CampaignFacts(
    campaign=Campaign.REMINDER,
    contract_number="00421",
    organization="«Лола» & K",
    period=NOVEMBER,
    languages=(RU,),
    utility="U",
    address="metrology@utility.example",
    until=dt.date(2026, 11, 25),
    deadline=dt.date(2026, 11, 25),
    meters=(HEAT, WATER),
    cabinet="https://cabinet.example/login",
    unsubscribe="https://cabinet.example/unsubscribe/0a.0b",
    form=True,
)
NOTICE = replace(FACTS, campaign=Campaign.NOTICE, until=dt.date(2026, 12, 10), estimate=BY_WEATHER, unsubscribe=None)
ORIGINAL = replace(FACTS, campaign=Campaign.ORIGINAL, until=dt.date(2026, 12, 10), form=False)
LACKS = (Finding("signature_missing", Severity.INCOMPLETE), Finding("stamp_missing", Severity.INCOMPLETE))


def plain(facts: CampaignFacts) -> str:
    return render_campaign_letter(facts).text.replace("\N{NO-BREAK SPACE}", " ")


def every(language: Language) -> list[CampaignFacts]:
    """All that these letters can say."""
    partly = (HEAT, replace(WATER, missing=False), NEW)
    bare = {"cabinet": None, "unsubscribe": None, "form": False}
    flat = replace(LOAD, method=EstimateMethod.FLAT)
    conditions = Conditions(DAYS)
    estimates: list[Estimate | None] = [
        BY_WEATHER,
        estimate("1", NOVEMBER, flat, conditions).less(Decimal(12)),
        estimate("1", NOVEMBER, replace(LOAD, method=EstimateMethod.MONTHLY_PLAN), replace(conditions, plan=MonthlyPlan(Decimal(40)))),
        estimate("1", NOVEMBER, LOAD, Conditions(())),
        estimate("1", NOVEMBER, replace(LOAD, method=EstimateMethod.MONTHLY_PLAN), conditions),
        replace(BY_WEATHER, parts=()),
        None,
    ]
    made = [replace(NOTICE, estimate=each) for each in estimates]
    for base in (FACTS, replace(FACTS, today=True), replace(FACTS, before=dt.date(2026, 11, 23)), NOTICE, ORIGINAL, *made):
        made += [base, replace(base, meters=partly), replace(base, meters=partly[:2]), replace(base, lacks=LACKS), replace(base, **bare)]
    return [replace(each, languages=(language,), organization="") for each in made]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("facts", [FACTS, NOTICE, ORIGINAL], ids=lambda facts: facts.campaign.value)
def test_it_names_contract_meters_with_their_last_index_and_the_day(facts, language):
    letter = render_campaign_letter(replace(facts, languages=(language,)))
    assert "00421" in letter.subject
    assert "«Лола» & K" in letter.text
    assert "«Лола» &amp; K" in letter.html
    for content in (letter.text, letter.html.replace("&nbsp;", " ")):
        for told in ("0042100", "77013", "1284,370", "88 ", f"{facts.until.day}", "https://cabinet.example/login"):
            assert told in content
    assert ("unsubscribe" in letter.text) == ("unsubscribe" in letter.html) == (facts.unsubscribe is not None)


def test_the_day_is_told_as_people_say_it():
    assert "нужно передать до 25 ноября 2026 года включительно" in plain(FACTS)
    assert "2026-yil 25-noyabr kunidan kechiktirmay" in plain(replace(FACTS, languages=(UZ,)))
    assert (
        render_campaign_letter(replace(FACTS, today=True)).subject
        == "Сегодня последний день для показаний за ноябрь 2026 года, договор 00421"
    )


def test_a_day_off_is_told_with_the_working_day_before_it():
    text = plain(replace(FACTS, until=dt.date(2026, 10, 25), before=dt.date(2026, 10, 23)))
    assert "25 октября — выходной день" in text
    assert "не позднее 23 октября" in text


def test_an_incomplete_report_is_told_what_it_lacks():
    text = plain(replace(FACTS, lacks=LACKS))
    assert "принять его пока не можем" in text
    assert "  – На отчёте нет подписи ответственного лица.\n  – На отчёте не видно печати организации." in text


def test_a_notice_explains_the_estimate_and_the_recalculation():
    text = plain(NOTICE)
    assert "Предварительный расчёт за месяц: 73,62 Гкал." in text
    assert "Отопление: 0,125 Гкал/ч × (18 − (−1,5)) / (18 − (−14)) × 24 ч × 26 сут. = 47,53 Гкал" in text
    assert "известна пока за 20 из 26 суток" in text
    assert "снимет показания с исправного прибора учёта" in text
    assert "в расчёте за следующий отчётный период" in text


def test_what_was_reported_of_other_meters_is_shown():
    partly = replace(NOTICE, meters=(HEAT, replace(WATER, missing=False)), estimate=BY_WEATHER.less(Decimal("10.5")))
    text = plain(partly)
    assert "показаний прибора № 0042100" in text
    assert "Учтено по отчёту о других приборах: − 10,50 Гкал" in text
    assert "63,12 Гкал" in text


def test_without_a_load_for_the_missing_meters_no_figure_is_made_up():
    text = plain(replace(NOTICE, estimate=replace(BY_WEATHER, parts=(), gcal=Decimal("0.00"))))
    assert "Расчёт сделает наш сотрудник" in text
    assert "0,00" not in text


@pytest.mark.parametrize("language", list(Language))
def test_no_letter_has_gaps_or_marks_of_its_template(language):
    for facts in every(language):
        letter = render_campaign_letter(facts)
        text = letter.subject + "\n" + letter.text
        assert not re.search(r"[{}%]|None|  +\S.*  | \n| [,.:;]", text), text
        assert "\n\n\n\n" not in text


def test_each_language_is_itself():
    words = {language: "\n".join(plain(replace(facts, lacks=())) for facts in every(language)) for language in Language}
    bare = {key: re.sub(r"https://\S+|\S+@\S+", "", text) for key, text in words.items()}
    assert not re.search(r"[а-яёўқғҳ]|['‘’`´]", bare[UZ], re.IGNORECASE)
    assert not re.search(r"[ыщ]", bare[CYRL], re.IGNORECASE)
    assert not re.search(r"[ўқғҳ]", bare[RU])
    assert set(re.findall(r"\b[A-Za-z]+\b", bare[CYRL] + bare[RU])) <= {"U"}


def test_the_two_scripts_of_uzbek_explain_an_estimate_alike():
    folder = Path(templates.__file__ or "").parent / "estimates"
    told = [line for line in (folder / "uz_cyrl.toml").read_text().splitlines() if not line.startswith("#")]
    latin = [line for line in (folder / "uz.toml").read_text().splitlines() if not line.startswith("#")]
    assert in_latin("\n".join(told)) == normal("\n".join(latin))
    assert estimate_texts(UZ).keys() == estimate_texts(CYRL).keys() == estimate_texts(RU).keys()
