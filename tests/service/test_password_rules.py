"""Passwords of customers: what is refused and why, and that an honest choice is taken."""

from __future__ import annotations

import pytest

from service.password_rules import Weakness, weakness_of

KNOWN = ("00421", "300000421", "ООО «ЛОЛА САВДО»", "zafar@mail.example")


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("короткий1", Weakness.SHORT),
        ("x" * 201, Weakness.LONG),
        ("300000421", Weakness.SHORT),
        ("300000421!", Weakness.KNOWN),
        ("inn300000421", Weakness.KNOWN),
        ("dogovor-00421", Weakness.KNOWN),
        ("Zafar2026!!", Weakness.KNOWN),
        ("савдо-савдо-1", Weakness.KNOWN),
        ("Password2026!", Weakness.USUAL),
        ("P@ssw0rd12345", Weakness.USUAL),
        ("Toshkent2026", Weakness.USUAL),
        ("qwertyuiop123", Weakness.USUAL),
        ("йцукенгшщз1", Weakness.USUAL),
        ("1234567890", Weakness.PATTERN),
        ("0987654321", Weakness.PATTERN),
        ("aaaaaaaaaaaa", Weakness.PATTERN),
        ("abab1abab1abab1", Weakness.PATTERN),
        ("qwerty123456", Weakness.USUAL),
        ("asdf-zxcv-1234", Weakness.PATTERN),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(password: str, weakness: Weakness) -> None:
    assert weakness_of(password, KNOWN) is weakness


@pytest.mark.parametrize(
    "password", ["синий трамвай едет", "yashil choynak 7 ta", "tR4m-vo%kz-al", "ko‘k osmon va tog‘", "зима близко, топим"]
)
def test_an_honest_choice_is_taken(password: str) -> None:
    assert weakness_of(password, KNOWN) is None
