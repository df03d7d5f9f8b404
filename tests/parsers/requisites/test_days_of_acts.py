"""The day of an act stands under what it is called, and what it is called names readings."""

from __future__ import annotations

import pytest

from parsers.fields import extract
from parsers.pagefacts import read_page
from tests.parsers.typed import typed

ACT = """
                       {title}
г. Ташкент                                                    26 декабря 2026 г.

Комиссия в составе: ООО «Grand Market» (договор теплоснабжения № 01197) составила акт в том, что
25 декабря 2026 г. сняты показания по зав. № 6815093 за период с 25.11.2026 по
25.12.2026.
Предыдущее показание 14207,8 ГДж, текущее 14655,1 ГДж, расход 447,3 ГДж
"""


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("АКТ № 11\n             снятия показаний узла учета", "2026-12-26"),
        ("Hisobga olish priborlari ko'rsatkichlarini olish\n                 DALOLATNOMASI", "2026-12-26"),
        ("АКТ № 11\n             Дата снятия показаний", None),
        ("Передаем\n             показания прибора", None),
    ],
)
def test_the_day_under_the_title_is_the_acts(title: str, day: str | None) -> None:
    found = read_page(typed(ACT.format(title=title))).single["report_date"]
    assert (found and found.value) == day


TAKEN = """
АКТ № 38 снятия показаний
г. Ташкент                                      «23» ноября 2025 г.
Представители абонента НОУ «Дипломат» (ИНН 204110731), договор № 27920, составили
настоящий акт в том, что 22.11.2025 г. на объекте абонента по адресу: г. Ташкент,
Чиланзарский район, ул. Истикбол, 17 {done} приборов учета:

Зав. №       Предыдущие     Текущие        Расход
4411223      593772,09      593810,50      38,41 Гкал
Пломбы не нарушены, замечаний к работе приборов нет.
"""


@pytest.mark.parametrize(("done", "day"), [("сняты показания", "2025-11-22"), ("осмотрены места", "2025-11-23")])
def test_a_day_in_the_sentence_of_an_act_is_that_of_the_readings_that_it_says_were_taken(done: str, day: str) -> None:
    (report,) = extract([typed(TAKEN.format(done=done))], "act.pdf")
    assert report.reading_date is not None
    assert report.reading_date.value == day


SENTENCE = """
                              АКТ № 38
           снятия показаний расчётных приборов учёта за ноябрь месяц 2025 года
г. Ташкент                                                    «20» ноября 2025 г.

Договор теплоснабжения № 01549.
Настоящий акт составлен о том, что 18.11.2025 г. представителем потребителя сняты
показания следующих приборов учёта тепловой энергии:
"""


def test_what_an_act_is_drawn_up_about_has_its_own_day() -> None:
    found = read_page(typed(SENTENCE)).single
    assert [d and d.value for d in (found["report_date"], found["reading_date"])] == ["2025-11-20", "2025-11-18"]
    read = read_page(typed(SENTENCE.replace("составлен о том, что", "составлен"))).single
    assert read["report_date"] is not None
    assert read["report_date"].value == "2025-11-18"


OF_A_SPAN = """
Акт снятия показаний № 58 от 19.01.2026 г.
Основание: договор № 14205
Период: 24.12.2025 - {end}

Зав. №       Предыдущие     Текущие        Расход
4411223      593772,09      593810,50      38,41 Гкал
"""


@pytest.mark.parametrize(("end", "certain"), [("19.01.2026", True), ("17.01.2026", False)])
def test_an_act_of_a_span_that_ends_on_another_day_is_not_surely_of_its_own(end: str, certain: bool) -> None:
    (report,) = extract([typed(OF_A_SPAN.format(end=end))], "act.pdf")
    assert report.reading_date is not None
    assert (report.reading_date.value, report.reading_date.certain) == (f"2026-01-{end[:2]}", certain)


IN_TWO_LINES = """
                            DALOLATNOMA
          hisoblagich ko‘rsatkichlarini {title} to‘g‘risida
Toshkent shahri                                   2025-yil 24-noyabr

Biz, quyida imzo chekuvchilar, «Sharq Ziyo Print» MChJ vakili, 02836-sonli issiqlik ta’minoti
shartnomasiga asosan 2025-yil noyabr oyi uchun hisoblagichlarning ko‘rsatkichlarini yozdik:

Zavod raqami   Oldingi        Joriy          Farqi
4411223        593772,09      593810,50      38,41 Gkal
{other}
"""


@pytest.mark.parametrize(
    ("title", "other", "day"),
    [
        ("olish", "", ("2025-11-24", True)),
        ("olish", "Yangi hisoblagich 21.11.2025 da keldi", ("2025-11-24", False)),
        ("tuzatish", "", None),
    ],
)
def test_a_title_of_two_lines_may_say_that_the_act_is_of_taking_readings(title: str, other: str, day: tuple[str, bool] | None) -> None:
    (report,) = extract([typed(IN_TWO_LINES.format(title=title, other=other))], "act.pdf")
    read = report.reading_date
    assert (read and (read.value, read.certain)) == day
