"""A day and its label: which label's it is where a cell holds two of one meaning."""

from __future__ import annotations

import pytest

from parsers.fields import extract
from parsers.page.marked import mark
from parsers.requisites.labelled_dates import find_date
from tests.parsers.test_fields_samples import read, value
from tests.parsers.typed import ruled, typed

PAGE = """
Korxona: «Sog‘lom ona» MChJ     Shartnoma № 03117

┌────────────────────────────┬─────────────────────────┐
│{}│                         │
│{}│ 23.11.2026              │
└────────────────────────────┴─────────────────────────┘

Zavod raqami     Oldingi         Joriy          Farqi
4411223          593772,09       593810,50      38,41 Gkal
"""


@pytest.mark.parametrize(
    ("above", "below", "certain"),
    [
        ("Ko‘rsatkich olingan sane", "Дата снятия показаний", True),
        ("Ko‘rsatkich olingan sana", "Дата снятия показаний", True),
        ("Показания сняты в срок два", "Дата снятия показаний", False),  # two words more: it may have had a day of its own
    ],
)
def test_a_label_in_two_languages_over_each_other_in_one_cell_is_one(above: str, below: str, certain: bool) -> None:
    (report,) = extract([ruled(PAGE.format(above.ljust(28), below.ljust(28)))], "report.pdf", None)
    assert report.reading_date is not None
    assert (report.reading_date.value, report.reading_date.certain) == ("2026-11-23", certain)


LETTER = """
«Sog‘lom ona» MChJ
№ 94/929
2026-yil 24-noyabr{}
11391-sonli shartnoma bo‘yicha 2026-yil noyabr oyida iste’mol qilingan issiqlik energiyasi:

Zavod raqami     Oldingi         Joriy          Farqi
4411223          593772,09       593810,50      38,41 Gkal
"""


def test_the_day_of_a_letter_on_its_own_line_is_not_that_of_the_contract_that_the_text_begins_with() -> None:
    (letter,) = extract([typed(LETTER.format(""))], "letter.pdf", None)
    assert letter.report_date is not None
    assert letter.report_date.value == "2026-11-24"
    (sentence,) = extract([typed(LETTER.format(" № 25473 shartnomaga ko‘ra yuboramiz"))], "letter.pdf", None)
    assert sentence.report_date is None


SENT = """
Отчет о потреблении тепловой энергии за март 2026 г.
Договор № 11325

Зав. №       Предыдущие    Текущие       Расход    Ед. изм.
00245748     818057,65     818072,17     14,52     Гкал

{told}
"""


@pytest.mark.parametrize(
    "told",
    [
        "Кўрсаткичлар 24.03.2026 й. ҳолатига олинди. Сана: 25.03.2026 й.",
        "Ko'rsatkichlar 2026-yil 24-mart kuni holatiga ko'ra olindi. Tuzilgan sana: 25.03.2026 y.",
        "Показания на 24.03.2026 сняты. Дата: 25.03.2026",
        "Показания сняты по состоянию на 24.03.2026 г. Дата: 25.03.2026 г.",
        "На 24.03.2026 показания сняты, отчет составлен 25.03.2026",
    ],
)
def test_the_day_before_the_words_for_readings_is_theirs_and_the_one_behind_the_next_label_the_reports(told: str) -> None:
    """On one line: the report's own day had been certain to be that of the readings."""
    report = read(SENT.format(told=told))
    assert (value(report.reading_date), value(report.report_date)) == ("2026-03-24", "2026-03-25")


@pytest.mark.parametrize("told", ["Дата снятия показаний: 24.03.2026   Дата: 25.03.2026", "Sana: 25.03.2026.   Holatiga: 24.03.2026"])
def test_a_day_behind_the_label_of_readings_stays_theirs(told: str) -> None:
    report = read(SENT.format(told=told))
    assert (value(report.reading_date), value(report.report_date)) == ("2026-03-24", "2026-03-25")


@pytest.mark.parametrize("verb", ["снял", "сняли"])
def test_a_verb_before_the_label_of_the_day_has_no_day_of_its_own(verb: str) -> None:
    (report,) = extract([typed(_ACT.format(verb))], "act.pdf")
    assert report.reading_date is not None
    assert report.reading_date.value == "2026-01-25"
    assert report.reading_date.certain


_ACT = """АКТ
г. Ташкент               «26» января 2026 г.
Потребитель: ООО «Азия», договор теплоснабжения № 12573, в лице ответственного
представителя {} показания приборов учета по состоянию на «25» января 2026 г.:

Зав. №     предыдущие   последующие   Разность
53647274   44061,01     44176,45      115,44 Гкал
"""


def test_the_day_right_behind_a_labels_last_word_is_its_own_though_a_table_takes_that_line() -> None:
    page = mark(typed("Показания на\nдату:             17.03.2026\n"))
    found = find_date(page, "reading_date", without={1})
    assert found is not None
    assert found.value == "2026-03-17"
    assert find_date(mark(typed("Дата снятия показаний\n17.03.2026\n")), "reading_date", without={1}) is None
