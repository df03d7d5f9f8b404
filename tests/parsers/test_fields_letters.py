"""Letters and cards in the words of their writers: what stands between a label and its value, around a name, before a date."""

from __future__ import annotations

import pytest

from metering.units import Unit
from tests.parsers.read_twice import Print, read
from tests.parsers.typed import typed

LETTER = """
"BARAKA INVEST" MChJ
Toshkent sh., Yakkasaroy tumani, Bog'ibo'ston ko'chasi 118-uy

№ 47/11                                                  24.11.2026 y.

12.03.2019 yildagi 04417-sonli issiqlik ta'minoti shartnomasiga asosan 2026 yil noyabr oyi uchun
quyidagi ma'lumotlarni taqdim etamiz:
Issiqlik o'lchagich (Multical 602, № 8123907) ko'rsatkichi 23.11.2026 holatiga ko'ra 1 845,32 Gkal ni,
o'tgan oyda esa 1 702,18 Gkal ni tashkil etgan. Demak, noyabr oyida 143,14 Gkal issiqlik iste'mol qilingan.
Direktor                                 B.X. Tursunov
"""
CARD = """
Тошкент шаҳар, Юнусобод тумани 214-сонли умумтаълим мактаби
Шартнома рақами        33018
Завод рақами           67451203
Ой бошига              512,407 ГЖ
Ой охирига             688,912 ГЖ
Ўқилган кун            20.11.2026
Мактаб директори                         З. Ҳамидова
"""
NOTE = """
Передаём показания счётчика тепла по договору № 08835 (Клиника «Шифо Нур», ул. Мукими, 40, Ташкент).
Счётчик Sharky 774, зав. ном. 51990233.
Тепло, нараст. итог 20.11.2026   5 118,903 Гкал
Тепло, нараст. итог 20.10.2026   4 807,115 Гкал
"""


def told(text: str) -> dict[str, str | None]:
    report = read(typed(text), Print(text))
    return {
        name: None if (field := getattr(report, name)) is None else field.value
        for name in ("contract_number", "organization", "address", "report_date", "reading_date", "position", "signatory")
    }


def test_words_between_the_number_and_the_contract_and_the_day_of_the_contract_mislead_nobody() -> None:
    letter = told(LETTER)
    assert letter["contract_number"] == "04417"
    assert letter["report_date"] == "2026-11-24"
    assert letter["reading_date"] == "2026-11-23"


def test_who_signs_is_no_name_of_an_organisation() -> None:
    card = told(CARD)
    assert card["organization"] == "214-сонли умумтаълим мактаби"
    assert card["position"] == "Мактаб директори"
    assert card["signatory"] == "Ҳамидова З."
    assert card["reading_date"] == "2026-11-20"


def test_a_name_and_an_address_in_brackets_end_with_them_and_a_running_total_is_an_index() -> None:
    note = told(NOTE)
    assert note["organization"] == "Клиника «Шифо Нур»"
    assert note["address"] == "ул. Мукими, 40, Ташкент"
    (meter,) = read(typed(NOTE), Print(NOTE)).meters
    assert [f.value if f else None for f in (meter.previous, meter.current)] == ["4807.115", "5118.903"]


def test_an_act_of_this_day_dates_its_readings() -> None:
    act = told(
        """
АКТ снятия показаний узла учета тепловой энергии
г. Ташкент                                                    22 ноября 2026 года
Мы, нижеподписавшиеся, составили настоящий акт в том, что сего числа сняты показания прибора учета.
Договор теплоснабжения: № 00719
Показания предыдущие: 27 630,1 Гкал
"""
    )
    assert act["reading_date"] == "2026-11-22"
    assert act["report_date"] == "2026-11-22"


@pytest.mark.parametrize("surname", ["O‘rinboyev", "O'rinboyeva"])
def test_a_surname_that_begins_as_a_post_does_is_one(surname: str) -> None:
    signed = told(f"Hisobot\nShartnoma № 00719\nOldingi ko'rsatkich 27 630,1 Gkal\n\nBosh energetik  ____________  X.M. {surname}\n")
    assert signed["signatory"] == f"{surname.replace('‘', chr(39))} X.M."


APPROVED = """
                                              TASDIQLAYMAN
                                              Rahbar


                                                        X.O‘. Azimova
MA’LUMOTNOMA
Shartnoma № 00719
Ko'rsatkichlar 25.10.2025 holatiga
Oldingi ko'rsatkich 25,69 Gkal
Joriy ko'rsatkich 364,52 Gkal
Sarf 338,83 Gkal

Ijrochi: A. Nosirov, tel. 71-264-30-63
"""


def test_who_approves_signs_where_nobody_else_does() -> None:
    signed = told(APPROVED.replace("Azimova", "Tõraqulova"))
    assert signed["signatory"] == "Tõraqulova X.O'."
    signed = told(APPROVED)
    assert (signed["position"], signed["signatory"]) == ("Rahbar", "Azimova X.O'.")
    signed = told(APPROVED.replace("Ijrochi: A. Nosirov, tel. 71-264-30-63", "Direktor   ________   A. Nosirov"))
    assert (signed["position"], signed["signatory"]) == ("Direktor", "Nosirov A.")


EACH_ITS_TABLE = """
Договор № 00719
1. Отопление
Марка и заводской номер      Ultraheat UH50 № 68001241
Показание на 24.10.2026      402,118
Показание на 23.11.2026      431,770
Расход                       29,652
Единица измерения            Гкал
2. Горячее водоснабжение
Марка и заводской номер      ВСХНд-50 № 2219044
Показание на 24.10.2026      9 114
Показание на 23.11.2026      9 402
Расход                       288
Единица измерения            м³
"""


def test_the_unit_that_ends_a_block_is_that_of_its_meter_and_an_index_may_be_whole() -> None:
    report = read(typed(EACH_ITS_TABLE), Print(EACH_ITS_TABLE))
    read_of = [(m.unit, *(f.value for f in (m.serial, m.previous, m.current, m.consumption) if f is not None)) for m in report.meters]
    assert read_of == [(Unit.GCAL, "68001241", "402.118", "431.770", "29.652"), (Unit.M3, "2219044", "9114", "9402", "288")]


def test_a_number_of_who_reports_is_none_of_the_contract_behind_its_label() -> None:
    garden = told("Истеъмолчи: 45-сонли болалар боғчаси       Шартнома рақами: 01440      СТИР: 203558811")
    assert (garden["contract_number"], garden["organization"]) == ("01440", "45-сонли болалар боғчаси")
    assert told("01440-сонли иссиқлик таъминоти шартномасига асосан")["contract_number"] == "01440"


ACT_OF_TRADER = """
АКТ
Мы, нижеподписавшиеся, представитель потребителя ИП Хамидова Н.Р. (ИНН 272764036) и представитель
теплоснабжающей организации ИП ООО «Veolia Energy Tashkent», составили настоящий акт о
том, что по договору теплоснабжения № 25473 от 06.08.2025 г. сняты следующие показания:
Зав. № 36979116: предыдущее 183684,99 Гкал на 20.09.2026; текущее 183745,80 Гкал на 19.10.2026; разность 60,81 Гкал
"""


def test_a_trader_is_named_in_a_sentence_and_the_day_of_his_contract_is_none_of_readings() -> None:
    act = told(ACT_OF_TRADER)
    assert (act["contract_number"], act["organization"], act["reading_date"]) == ("25473", "ИП Хамидова Н.Р.", "2026-10-19")


@pytest.mark.parametrize(
    ("line", "position"),
    [
        ("Главный энергетик АО «Кабельный завод»   ____________   Исмаилов Д.Ф.", "Главный энергетик"),
        ('Главный энергетик АО "Кабельный завод"   ____________   Исмаилов Д.Ф.', "Главный энергетик"),
        ("Нач. хоз. отдела      ____________   Исмаилов Д.Ф.\n24 ноября 2026 г.", "Нач. хоз. отдела"),
        ("«Нур» МЧЖ номидан бош муҳандис ________ Исмаилов Д.Ф.", "бош муҳандис"),
        ("Ответственный за эксплуатацию узла учета:  ____________  (Исмаилов Д.Ф.)", "Ответственный за эксплуатацию узла учета"),
    ],
)
def test_a_position_ends_before_whose_it_is_and_not_before_what_it_is_for(line: str, position: str) -> None:
    signed = told(f"Отчет о показаниях\nДоговор № 00719\nПоказания предыдущие: 27 630,1 Гкал\n\n{line}\n")
    assert (signed["position"], signed["signatory"]) == (position, "Исмаилов Д.Ф.")


def test_a_total_of_each_meter_is_its_consumption_and_a_day_before_its_label_leaves_the_next_date_free() -> None:
    text = """
Договор 12870
                Счётчик 1       Счётчик 2       Счётчик 3
Номер           61120045        61120046        61300417
Ед. изм.        ГДж             ГДж             м3
Прошлое         1204,5          877,1           3115
Настоящее       1288,9          930,0           3190
Итого           84,4            52,9            75

Кўрсаткичлар 25 ноябрь куни соат 10:00 да ёзиб олинган.
Раҳбар: Абдуқодиров Н.     25.11.2026
"""
    report = read(typed(text), Print(text))
    assert [m.consumption and m.consumption.value for m in report.meters] == ["84.4", "52.9", "75"]
    assert told(text)["report_date"] == "2026-11-25"


def test_a_row_of_whole_numbers_behind_a_serial_is_a_meter_and_no_heading() -> None:
    text = """
Договор 27835
Прибор учета                      Было         Стало        Расход
ТСРВ-024М зав. № 31891909         4142,36      4290,36      148,00 Гкал
ОСВХ-40 зав. № 29090316           941          1721         780 м3
"""
    report = read(typed(text), Print(text))
    assert [(m.serial and m.serial.value, m.current and m.current.value) for m in report.meters] == [
        ("31891909", "4290.36"),
        ("29090316", "1721"),
    ]


def test_a_contract_goes_on_behind_its_number_sign_at_a_lines_end() -> None:
    sentence = """
Настоящим ЧП «Камолот Транс» (ИНН 302887105; договор на теплоснабжение от 01.10.2021 г. №
21940) сообщает, что на 23.11.2026 показания прибора учета № 4478120 составляют 415,902 Гкал.
"""
    assert told(sentence)["contract_number"] == "21940"


def test_a_readout_is_of_the_day_on_which_it_was_printed() -> None:
    readout = """
Kamstrup MULTICAL 603   S/N: 67110482   Shartnoma № 25518
Type 603-C219           Date 2026.11.23  10:05
                       Current      2026.10.24    Difference
Heat energy E1         712.404      655.118        57.286  Gcal
Operating hours          9120          8376           744   h
"""
    assert told(readout)["reading_date"] == "2026-11-23"


def test_a_label_at_a_lines_end_names_the_number_that_opens_the_next() -> None:
    letter = """
03274-sonli shartnoma bo'yicha 2026-yil mart oyi uchun issiqlik energiyasi sarfi quyidagicha:

Isitish bo'yicha Multical 603 hisoblagichi (zavod raqami 4675545): avvalgi ko'rsatkich
88.528 Gcal, 2026-yil 22-mart holatiga ko'rsatkich 219.264 Gcal. Bir oyda 130.736 Gcal
sarflangan.
"""
    (meter,) = read(typed(letter), Print(letter)).meters
    values = [field and (field.value, field.certain) for field in (meter.previous, meter.current, meter.consumption)]
    assert values == [("88.528", True), ("219.264", True), ("130.736", True)]


def test_what_a_consumption_came_to_is_no_word_for_who_drew_the_paper_up() -> None:
    letter = """
Договор № 26759
Serial number  79725442
Monthly values
Set date       Energy, GJ    Volume, m3
2025-12-25     84.718        6392.67
2026-01-22     96.662        6762.93

Расход тепла за январь 2026 года составил 11,944 ГДж.
"""
    (meter,) = read(typed(letter), Print(letter)).meters
    values = [field and (field.value, field.certain) for field in (meter.previous, meter.current, meter.consumption)]
    assert values == [("84.718", True), ("96.662", True), ("11.944", True)]
