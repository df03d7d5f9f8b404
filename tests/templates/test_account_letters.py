"""Letters about an account of the cabinet: each event in each language, with what the reader needs and nothing of the register."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from metering.contracts import Language
from templates.account_letters import AccountEvent, AccountFacts, render_account_letter
from tests.templates.test_letters import FACTS, seen, written

AT = dt.datetime(2026, 10, 21, 20, 5, tzinfo=dt.UTC)  # the 22nd, 01:05, in Tashkent
ACCOUNT = AccountFacts(
    AccountEvent.FIRST_LOGIN,
    AT,
    "00421",
    (Language.RUSSIAN,),
    "«Иссиқлик»",
    "metrology@utility.example",
    "https://cabinet.utility.example",
    until=AT + dt.timedelta(days=7),
)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("event", AccountEvent)
def test_each_event_is_told_in_text_and_html_with_time_contract_and_whom_to_ask(event: AccountEvent, language: Language) -> None:
    letter = render_account_letter(replace(ACCOUNT, event=event, languages=(language,)))
    assert "00421" in letter.subject
    for shown in (letter.text, seen(letter.html)):
        for piece in ("01:05", "00421", "«Иссиқлик»", "metrology@utility.example", "https://cabinet.utility.example"):
            assert piece in shown
        assert not re.search(r"[{}]|None", shown)


def test_the_four_subjects_differ_and_a_reset_says_how_long_the_inn_is_taken() -> None:
    letters = {event: render_account_letter(replace(ACCOUNT, event=event)) for event in AccountEvent}
    assert len({letter.subject for letter in letters.values()}) == 4
    assert "До 29 октября 2026 года" in letters[AccountEvent.PASSWORD_RESET].text
    assert "приостановлен до 01:05" in letters[AccountEvent.LOCKED].text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.RUSSIAN, "в личном кабинете 22 октября"),
        (Language.UZBEK, "shaxsiy kabinet orqali 2026-yil 22-oktabr"),
        (Language.UZBEK_CYRILLIC, "шахсий кабинет орқали 2026 йил 22 октябрь"),
    ],
)
def test_a_receipt_for_the_cabinet_does_not_speak_of_a_mail(language: Language, words: str) -> None:
    letter = written(replace(FACTS, languages=(language,), cabinet=True))
    assert words in letter.text
    assert words in seen(letter.html)
