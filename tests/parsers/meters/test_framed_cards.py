"""Cards with a frame around each: words for readings over their values, without rules between."""

from __future__ import annotations

from dataclasses import replace

from parsers.fields import extract
from tests.parsers.test_fields_samples import told, value
from tests.parsers.typed import ruled, typed

CARDS = """
Передача показаний за март 2026 г.

Организация                         ИНН
ГУП «Мехргон»                        320964878
Адрес объекта                       Договор
г. Ташкент, ул. Мукими, 3           № 46969

┌──────────────────────────────────────────────────────────┐
│ Теплосчетчик 1                         Зав. № 96334863   │
│ Предыдущее         Текущее             Расход            │
│ 62339.33 Гкал      62408.83 Гкал       69.50 Гкал        │
│ 20.02.2026         24.03.2026                            │
└──────────────────────────────────────────────────────────┘

┌──────────────────────────────────────────────────────────┐
│ Теплосчетчик 2                         Зав. № 78258063   │
│ Предыдущее         Текущее             Расход            │
│ 68815.64 Гкал      68999.20 Гкал       183.56 Гкал       │
│ 20.02.2026         24.03.2026                            │
└──────────────────────────────────────────────────────────┘
"""


def test_the_words_over_the_values_of_a_card_name_them() -> None:
    (report,) = extract([ruled(CARDS)], "cabinet.pdf")
    assert [(meter[0], *meter[3:]) for meter in map(told, report.meters)] == [
        ("96334863", "62339.33", "62408.83", "69.50"),
        ("78258063", "68815.64", "68999.20", "183.56"),
    ]
    assert all(meter.previous is not None and meter.previous.certain for meter in report.meters)


def test_a_card_whose_numbers_do_not_add_up_stays_open() -> None:
    (report,) = extract([ruled(CARDS.replace("69.50", "96.50"))], "cabinet.pdf")
    assert not any(found.certain for found in (report.meters[0].previous, report.meters[0].consumption) if found is not None)


def test_a_number_may_be_wider_than_its_short_label_over_it() -> None:
    (report,) = extract([ruled(CARDS)], "cabinet.pdf")
    assert (value(report.inn), value(report.contract_number)) == ("320964878", "46969")


def test_days_over_the_values_of_a_frame_head_them() -> None:
    card = """
Договор № 17942
┌──────────────────────────────────────────────────────────────┐
│ Теплосчетчик ТЭМ-104       Зав. № 63776266                   │
│ Показания интеграторов                                       │
│ Параметр          24.01.2026         22.02.2026     Разность │
│ Q, Гкал            578919.63          579028.52       108.89 │
│ V1, м3              54355.02           59630.91      5275.90 │
│ Траб, ч                10536              11232          696 │
└──────────────────────────────────────────────────────────────┘
"""
    (report,) = extract([ruled(card)], "card.pdf")
    assert [(meter[0], *meter[3:]) for meter in map(told, report.meters)] == [("63776266", "578919.63", "579028.52", "108.89")]
    assert value(report.reading_date) == "2026-02-22"


def test_cards_side_by_side_may_have_two_lines_of_days_between_their_labels_in_low_letters() -> None:
    page = typed("""
Договор № 13531
Прибор 1: Multical 603                  Прибор 2: Sharky 775
Заводской № 29032175                    Заводской № 8247254
На 20.10.2025: 15351,254 МВт·ч          На 20.10.2025: 154,795 МВт·ч
На 17.11.2025: 15545,110 МВт·ч          На 17.11.2025: 280,011 МВт·ч
Потребление: 193,856 МВт·ч              Потребление: 125,216 МВт·ч
""")
    low = [replace(w, box=replace(w.box, bottom=w.box.top + 7), symbols=()) for w in page.words]
    (report,) = extract([replace(page, words=tuple(low))], "cards.pdf")
    assert [(meter[0], *meter[3:]) for meter in map(told, report.meters)] == [
        ("29032175", "15351.254", "15545.110", "193.856"),
        ("8247254", "154.795", "280.011", "125.216"),
    ]
