"""Requisites of acts, certificates and letters: in sentences, in titles, without quotation marks, beside what belongs to the supplier."""

from __future__ import annotations

import pytest

from metering.pages import PageSource
from metering.reports import Report
from parsers.fields import extract
from tests.parsers.typed import typed

TABLE = """
Зав. №       Предыдущие     Текущие        Расход
4411223      593772,09      593810,50      38,41 Гкал
"""


def read(text: str, source: PageSource = PageSource.TEXT_LAYER) -> Report:
    (report,) = extract([typed(text, source=source, confidence=0.95)], "report.pdf", None)
    return report


def said(report: Report, name: str) -> str | None:
    field = getattr(report, name)
    return str(field.value) if field is not None else None


HEAD = "Организация: ООО «Сув Йўли»\n{}\nДата снятия показаний: 23.11.2026\n" + TABLE


@pytest.mark.parametrize(
    "line",
    [
        "Договор с теплоснабжающей организацией: № 25243 от 11.01.2023",
        "Договор с теплоснабжающим предприятием № 25243",
        "г. Ташкент, Учтепинский район, ул. Лутфий, 7   Договор № 25243",
    ],
)
def test_whom_a_contract_is_with_bars_not_its_number(line: str) -> None:
    assert said(read(HEAD.format(line)), "contract_number") == "25243"


def test_an_inn_whose_label_ends_a_line_with_values_stands_on_the_next() -> None:
    report = read(HEAD.format("     Договор на пользование тепловой энергией № 11513    ИНН\n      219658558"))
    assert (said(report, "contract_number"), said(report, "inn")) == ("11513", "219658558")


ACT = """
                     АКТ № 12 снятия показаний
г. Ташкент                                      23 ноября 2026 г.
Мы, нижеподписавшиеся, представитель Абонента – {}
(адрес: г. Ташкент, Алмазарский район, ул. Осиё, 145; ИНН 230663966), директор Бабаев Н.М., и
представитель поставщика составили акт о том, что по договору № 15894 зафиксировано:
{}
От Абонента:                       От теплоснабжающей
Директор                           организации:
                                   Контролер участка № 4
________ Бабаев Н.М.               ________ Пак Т.Э.
"""


@pytest.mark.parametrize(
    "name",
    ["ИП ООО «Глобал Текс»", "ИП ООО «Глобал\nТекс»", "Городская поликлиника № 27", "Городская\nполиклиника № 27", "ГУ «Школа № 231»"],
)
def test_the_supplier_s_side_of_an_act_is_no_organisation(name: str) -> None:
    assert said(read(ACT.format(name, TABLE)), "organization") == name.replace("\n", " ")


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Учреждение      Родильный комплекс № 6", "Родильный комплекс № 6"),
        ("Родильный комплекс № 6\nг. Ташкент, Учтепинский район, ул. Осиё, 15", "Родильный комплекс № 6"),
        ("Приложение к акту № 6\nг. Ташкент, Учтепинский район, ул. Осиё, 15", None),
        ("Акт проверки № 6", None),
    ],
)
def test_a_number_makes_a_name_without_quotation_marks(head: str, name: str | None) -> None:
    assert said(read(f"{head}\nДоговор № 11513\nДата снятия показаний: 23.11.2026\n{TABLE}"), "organization") == name


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Справка о потреблении № 00000043 от 24 ноября 2026 г.", "2026-11-24"),
        ("Акт снятия показаний № 17/2 от 24.11.2026", "2026-11-24"),
        ("Отчетная ведомость № ТЭ00-000002 от 24 ноября 2026 г.", "2026-11-24"),
        ("Сводная справка к договору № 03117 от 24.11.2026", None),
        ("Акт поверки № 17 от 24.11.2026", None),
        ("Справка по договору № 03117 от 24.11.2026", None),
    ],
)
def test_the_day_behind_the_number_of_a_paper_is_the_report_s(title: str, day: str | None) -> None:
    report = read(f"{title}\nОрганизация: ООО «Сув Йўли»\nДоговор № 03117 от 12.01.2024\nДата снятия показаний: 23.11.2026\n{TABLE}")
    assert said(report, "report_date") == day


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("№ 175 от 24 ноября 2026 г.                              Директору", "2026-11-24"),
        ("Chig. № 294, 2026-yil 24-noyabr", "2026-11-24"),
        ("2026 Иил 24 ноябрь                                  «Тошиссиққуввати» ДУК", "2026-11-24"),
        ("№ 175 от 24 ноября 2026 г.                              Приказ", None),
        ("Договор                      № 175 от 24 ноября 2026 г.", None),
    ],
)
def test_the_day_behind_a_letter_s_number_is_the_report_s_though_whom_it_is_to_stands_beside(head: str, day: str | None) -> None:
    report = read(f"{head}\n\n03117-sonli shartnoma. ООО «Сув Йўли»\nДата снятия показаний: 23.11.2026\n{TABLE}")
    assert said(report, "report_date") == day


UZBEK = """
Toshkent shahri                                       2026-yil 23-oktabr
Biz, quyida imzo chekuvchilar, iste’molchi – «Mebel Siti Servis» MChJ ({}:
Toshkent sh., Yakkasaroy tumani, Shota Rustaveli ko‘chasi, 41-uy; STIR 200039320) nomidan
direktor Abdullayev J.K., 04999-sonli shartnoma asosida 2026-yil 23-oktabr kuni ko‘rsatkichlar olindi:
Zavod raqami     Oldingi      Joriy      Farqi
72734150         451860,52    452153,98  293,46 Gkal
"""


def test_a_label_in_a_bracket_at_a_line_s_end_names_what_the_next_line_begins_with() -> None:
    assert said(read(UZBEK.format("manzil")), "address") == "Toshkent sh., Yakkasaroy tumani, Shota Rustaveli ko‘chasi, 41-uy"


def test_an_inn_on_the_next_line_is_no_part_of_the_address_before_its_label() -> None:
    report = read(UZBEK.format("manzil").replace("41-uy; STIR 200039320)", "41-uy, STIR\n200039320)"))
    assert said(report, "address") == "Toshkent sh., Yakkasaroy tumani, Shota Rustaveli ko‘chasi, 41-uy"
    assert said(report, "inn") == "200039320"


def test_the_word_for_what_an_organisation_is_may_open_the_next_line() -> None:
    report = read(UZBEK.format("manzil").replace("«Mebel Siti Servis» MChJ (", "«Registon Plaza»\nmehmonxonasi ("))
    assert said(report, "organization") == "«Registon Plaza» mehmonxonasi"


def test_the_next_label_in_the_column_of_labels_is_no_end_of_an_address() -> None:
    lines = 'Адрес         г. Ташкент, Яккасарайский район, ул. Шота Руставели, 41\nКонтрагент    ИП ООО "Veolia Energy Tashkent"'
    assert said(read(HEAD.format("Договор № 03117\n" + lines)), "address") == "г. Ташкент, Яккасарайский район, ул. Шота Руставели, 41"


@pytest.mark.parametrize(("street", "house"), [("ул. Беруни,", "146/2"), ("ул.", "Беруни, 146/2")])
def test_whom_a_letter_is_to_is_no_part_of_the_address_beside_it(street: str, house: str) -> None:
    head = f"""
ГУ «Детская музыкальная школа № 11»    Начальнику отдела метрологии
г. Ташкент, Юнусабадский район, {street}  ГУП «Veolia Energy Tashkent»
{house}
"""
    report = read(f"{head}\nДоговор № 03117\nДата снятия показаний: 23.11.2026\n{TABLE}")
    address = said(report, "address") or ""
    assert address.startswith("г. Ташкент, Юнусабадский район, ул. Беруни")
    assert address.endswith("146/2")
    assert "Veolia" not in address


@pytest.mark.parametrize(("label", "day"), [("Показания на", "2026-11-22"), ("Поверка прибора", None)])
def test_the_day_right_behind_the_word_for_readings_and_a_colon_is_theirs(label: str, day: str | None) -> None:
    page = HEAD.format("Договор № 03117").replace("Дата снятия показаний: 23.11.2026", f"{label}: 22.11.2026") + "Дата: 24.11.2026\n"
    found = read(page).reading_date
    assert (found.value if found is not None and found.certain else None) == day


def test_a_town_and_a_day_are_no_address() -> None:
    page = UZBEK.format("pochta").replace("Toshkent sh., Yakkasaroy tumani, Shota Rustaveli ko‘chasi, 41-uy; ", "")
    assert said(read(page), "address") is None


@pytest.mark.parametrize("source", list(PageSource))
@pytest.mark.parametrize(
    ("foot", "post"),
    [
        ("Ответственный   Главный энергетик   ________   Ниязов Ш.Ш.", "Главный энергетик"),
        ("Mas’ul shaxs: Xo‘jalik mudiri   ________   Ниязов Ш.Ш.", "Xo‘jalik mudiri"),
        ("Mas’ul shaxs: Xo‘jalik mudiri\n     Ниязов Ш.Ш.", "Xo‘jalik mudiri"),
        ("Ответственный за теплохозяйство   ________   Ниязов Ш.Ш.", "Ответственный за теплохозяйство"),
        ("             Главный энергетик\nОтветственный   должность     подпись\n     Ниязов Ш.Ш.", "Главный энергетик"),
        ("Ответственное лицо   ________   Ниязов Ш.Ш.", "Ответственное лицо"),
    ],
)
def test_words_for_who_is_in_charge_are_no_part_of_the_position_behind_them(foot: str, post: str, source: PageSource) -> None:
    assert said(read(HEAD.format("Договор № 03117") + "\n" + foot, source), "position") == post


def test_a_total_under_the_serial_of_the_row_above_is_no_meter() -> None:
    rows = """
Потребитель: ООО «Сув Йўли»   Договор: 29731
Сер. № 9762010: показание на начало 6600,37, на конец 6751,31 Гкал, расход 150,94 Гкал
Сер. № 2912388: показание на начало 639,35, на конец 677,39 Гкал, расход 38,04 Гкал
Всего за период {}
"""
    assert len(read(rows.format("188,98 Гкал")).meters) == 2
    assert len(read(rows.format("187,98 Гкал")).meters) == 3


def test_who_is_named_behind_the_organisation_in_an_act_signs_it_and_ends_its_name() -> None:
    page = ACT.replace("представитель Абонента – {}", "директор ГУ «Школа № 145» Ли В.А., с одной стороны, и").replace(
        ", директор Бабаев Н.М.", ""
    )
    report = read(page.replace("{}", TABLE).replace("Бабаев Н.М.", " " * 11))
    assert (said(report, "organization"), said(report, "signatory")) == ("ГУ «Школа № 145»", "Ли В.А.")


PORTAL = """
Личный кабинет — отчёт «Показания на две даты» сформирован 25.11.2026
ГУ «Городская поликлиника № 41» · договор 03772
г. Ташкент, Юнусабадский район, ул. Кичик Халка йули, 142
"""


def test_what_a_paper_is_called_in_quotation_marks_is_no_organisation_and_a_middle_dot_parts() -> None:
    report = read(PORTAL + TABLE)
    assert [said(report, name) for name in ("organization", "contract_number")] == ["ГУ «Городская поликлиника № 41»", "03772"]


@pytest.mark.parametrize("labels", ["ИНН / № договора", "ИНН / Договор"])
def test_a_contract_behind_an_inn_has_the_second_of_their_numbers(labels: str) -> None:
    report = read(f"Организация: ООО «Сув Йўли»\n{labels}     394228790 / 04216\n" + TABLE)
    assert [said(report, name) for name in ("inn", "contract_number")] == ["394228790", "04216"]
