"""Words fold to one spelling whatever alphabet, apostrophe or misreading they come in."""

import pytest

from parsers.wording.folding import fold, fold_phrase, tidy


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ko‘rsatkich", "korsatkich"),
        ("KO'RSATKICH", "ko`rsatkich"),
        ("кўрсаткич", "курсаткич"),
        ("рақами", "раками"),
        ("Дaтa", "Дата"),
        ("BНP", "ВНР"),
        ("М1", "M1"),
        ("отчёт", "отчет"),
        ("тепл0вой", "тепловой"),
        ("м³", "м3"),
        ("Общий", "обший"),
    ],
)
def test_spellings_of_a_word_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("договор", "разговор"), ("t1", "t2"), ("isitish", "иситиш")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_phrase_folds_word_by_word_and_keeps_its_star() -> None:
    assert fold_phrase("Предыдущ* показан*") == ("предидуш*", "показан*")


def test_tidy_keeps_the_letters_and_evens_out_signs() -> None:
    assert tidy("O‘rta\u00a0– «кўча»") == "O'rta - «кўча»"
