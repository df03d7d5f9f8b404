"""The estimate of a contract is computed from register, annex, plans, seasons and temperatures, and explained in its language."""

import datetime as dt
from decimal import Decimal

import pytest

from metering.contracts import Language
from metering.errors import PermanentError
from metering.estimates import Estimate, EstimateMethod, EstimateNote
from metering.periods import Period
from service.config import EstimateSettings
from service.estimates import estimate
from storage.reference import ReferenceKind, import_reference
from storage.register import import_register
from templates.estimates import estimate_lines, estimate_notes, estimate_quantity, estimate_texts

NOW = dt.datetime(2026, 11, 26, tzinfo=dt.UTC)
DECEMBER = Period(2026, 12)
CONTRACTS = """\
contract_number,organization,address,inn,emails,heat_load_gcal_per_hour,language,status,estimate_method,heat_load_hot_water
00421,ООО «Лола»,Ташкент,300000421,a@lola.example,0.125,ru,active,weather,0.03
00422,«Зафар» МЧЖ,Тошкент,300000422,b@zafar.example,0.125,uz_cyrl,active,monthly_plan,
00423,Maktab,Toshkent,300000423,c@maktab.example,0.2,uz,active,,
"""
METERS = "contract_number,serial,model,kind,unit,last_reading,last_reading_date\n"


@pytest.fixture
def reckoned(database, tmp_path):
    def write(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    warm = "".join(f"2026-12-{day:02d},1.5\n" for day in range(1, 32))
    with database.transaction() as tx:
        assert import_register(tx, write("c.csv", CONTRACTS), write("m.csv", METERS)).refused == ()
        for kind, text in (
            ("seasons", "object_class,starts,ends\ngeneral,2026-11-05,\nsocial,2026-11-02,\n"),
            ("temperatures", "day,mean\n" + warm),
            ("plans", "contract_number,period,gcal\n00422,2026-12,31.5\n"),
            ("annexes", "contract_number,valid_from,object_class,indoor_temperature\n00423,2026-01-01,social,20\n"),
        ):
            assert import_reference(tx, ReferenceKind(kind), write(f"{kind}.csv", text), NOW).refused == ()

    def give(number, period=DECEMBER, **settings) -> Estimate:
        with database.transaction() as tx:
            return estimate(tx, number, period, EstimateSettings(**settings))

    return give


def test_the_method_is_the_contracts_own(reckoned):
    assert (reckoned("00421").method, reckoned("00421").gcal) == (EstimateMethod.WEATHER, Decimal("70.27"))
    assert (reckoned("00422").method, reckoned("00422").gcal) == (EstimateMethod.MONTHLY_PLAN, Decimal("31.50"))
    assert (reckoned("00423").method, reckoned("00423").gcal) == (EstimateMethod.FLAT, Decimal("148.80"))


def test_the_annex_gives_class_and_temperatures(reckoned):
    assert reckoned("00423", Period(2026, 11)).heating_days == 29  # the social season
    assert reckoned("00421", Period(2026, 11)).heating_days == 26
    assert reckoned("00423", method="weather").parts[0].indoor == 20


def test_a_month_without_a_plan_is_computed_by_the_load(reckoned):
    assert reckoned("00422", Period(2027, 1)).notes == (EstimateNote.PLAN_MISSING,)


def test_an_unknown_contract_is_named(reckoned):
    with pytest.raises(PermanentError, match="99999"):
        reckoned("99999")


def test_a_reader_can_follow_the_formula(reckoned):
    found = reckoned("00421")
    lines = [line.replace("\N{NO-BREAK SPACE}", " ") for line in estimate_lines(found, Language.RUSSIAN)]
    assert lines[1:] == [
        "Отопление: 0,125 Гкал/ч × (18 − 1,5) / (18 − (−14)) × 24 ч × 31 сут. = 47,95 Гкал",
        "Горячая вода: 0,03 Гкал/ч × 24 ч × 31 сут. = 22,32 Гкал",
    ]
    assert estimate_quantity(found, Language.UZBEK) == "70,27\N{NO-BREAK SPACE}Gkal"


def test_a_reader_is_told_what_is_not_known_yet(reckoned):
    assert estimate_notes(reckoned("00421", Period(2026, 8)), Language.RUSSIAN) == ("В этом месяце отопление не подаётся.",)
    assert "режа йўқ" in estimate_notes(reckoned("00422", Period(2027, 1)), Language.UZBEK_CYRILLIC)[0]


@pytest.mark.parametrize("language", list(Language))
def test_every_method_load_and_note_has_its_words(language):
    texts = estimate_texts(language)
    assert set(texts["method"]) == set(EstimateMethod)
    assert set(texts["note"]) == {*EstimateNote, "no_heating"}
    assert set(texts["load"]) == {"heating", "ventilation", "hot_water", "heat"}
