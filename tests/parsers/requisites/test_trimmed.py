"""Names and addresses without what a label, a sentence or the next cell left at their ends."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.pages import Box, Page
from parsers.fields import extract
from parsers.page.lines import lines_of
from parsers.page.tokens import Token
from parsers.requisites.phrases import printed
from parsers.requisites.trimmed_addresses import address_alone, reads_as_address
from parsers.requisites.trimmed_names import name_alone, reads_as_name
from tests.parsers.test_fields_samples import read, value
from tests.parsers.typed import typed


def tokens(text: str) -> list[Token]:
    page: Page = typed(text)
    return [token for line in lines_of(page) for token in line.tokens]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Кто представляет ООО «Юлдуз»", "ООО «Юлдуз»"),
        ("Tashkilotning to'liq nomi - «Chinor Farm» QK MChJ", "«Chinor Farm» QK MChJ"),
        ('tashkilot: "Sharq Logistik" NTM', '"Sharq Logistik" NTM'),
        ("Наименование организации «Мебел Сити» ХК", "«Мебел Сити» ХК"),
        ('Биз, қуйида имзо чекувчилар, "Ўзбегим Савдо" меҳмонхонаси', '"Ўзбегим Савдо" меҳмонхонаси'),
        ("«Зарафшон» меҳмонхонаси комиссияси аъзолари томонидан тузилди", "«Зарафшон» меҳмонхонаси"),
        ("14-сонли оилавий поликлиника маъмурияти сизга шуни маълум қиладики", "14-сонли оилавий поликлиника"),
        ('ГУП "Узбекнефтегаз сервис" Абонент 14', 'ГУП "Узбекнефтегаз сервис"'),
        ("Медресе «Кукельдаш» №", "Медресе «Кукельдаш»"),
        ("Мы, нижеподписавшиеся, представитель ООО «Мебел Сити» главный инженер", "ООО «Мебел Сити»"),
        ("ООО «Мебел Сити» (далее – Абонент", "ООО «Мебел Сити»"),
        ("«Юлдуз Авто» МЧЖ, Тошкент ш., Навоий кўчаси, 5", "«Юлдуз Авто» МЧЖ"),
        ("«Sharq Yulduzi» MChJ tomonidan yuborildi", "«Sharq Yulduzi» MChJ"),
        ("ООО «Чинор» филиал «Север»", "ООО «Чинор» филиал «Север»"),
        ("«Шифо» тиббиёт бирлашмаси", "«Шифо» тиббиёт бирлашмаси"),
        ("Гостиница «Восточный базар»", "Гостиница «Восточный базар»"),
        ("Государственное учреждение «Музей искусств»", "Государственное учреждение «Музей искусств»"),
        ("Детский сад № 5 Чиланзарского района", "Детский сад № 5 Чиланзарского района"),
        ("Средняя школа № 14", "Средняя школа № 14"),
        ("от Школа № 87", "Школа № 87"),
        ("Клиника «Нигора Мед», Юнусабад-4, д. 61", "Клиника «Нигора Мед»"),
        ("«Истеъмолчи» – «Нур Тиббиёт» МЧЖ", "«Нур Тиббиёт» МЧЖ"),
        ('00745 ООО "Барака Трейд"', 'ООО "Барака Трейд"'),
        ("ГУ «Школа № 145» Ли В.А., с одной стороны, и", "ГУ «Школа № 145»"),
        ("ЧП «Саидова М.Р.» филиал", "ЧП «Саидова М.Р.» филиал"),
    ],
)
def test_a_name_stands_alone(text: str, name: str) -> None:
    assert printed(name_alone(tokens(text))) == name


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Тошкент шаҳри, Тараққиёт кўчаси 160) вакили Ким Э.В. ва иссиқлик", "Тошкент шаҳри, Тараққиёт кўчаси 160"),
        ("Место установки прибора г. Ташкент, ул. Мукими, д. 157", "г. Ташкент, ул. Мукими, д. 157"),
        ("Obyekt joylashgan joy - Toshkent sh., Gulobod ko'chasi, 135-uy", "Toshkent sh., Gulobod ko'chasi, 135-uy"),
        ("Объект Тошкент шаҳри Фозилтепа кўчаси 7-уй", "Тошкент шаҳри Фозилтепа кўчаси 7-уй"),
        ("теплового узла: 100034, г. Ташкент, ул. Бешагач, 34", "100034, г. Ташкент, ул. Бешагач, 34"),
        ("г. Ташкент, Юнусабадский р-н, 4-й квартал, 12", "г. Ташкент, Юнусабадский р-н, 4-й квартал, 12"),
        ("г. Ташкент, ул. Навои, 15. Показания на", "г. Ташкент, ул. Навои, 15"),
        ("г. Ташкент, ул. Элбек, 30, в том, что", "г. Ташкент, ул. Элбек, 30"),
        ("205526407, 100083, г. Ташкент, ул. Элбек, 30", "100083, г. Ташкент, ул. Элбек, 30"),
        ("200244811 г. Ташкент, ул. Навоий, 100", "г. Ташкент, ул. Навоий, 100"),
        ("СП ООО «Лола Косметик»; г. Ташкент, ул. Элбек, 30", "г. Ташкент, ул. Элбек, 30"),
        ("100068, г. Ташкент, ул. Кичик халка йули, 68", "100068, г. Ташкент, ул. Кичик халка йули, 68"),
        ("г. Ташкент, ул. Элбек, 30 Тип расходомера: ПРЭМ-50", "г. Ташкент, ул. Элбек, 30"),
        ("Toshkent sh., Navoiy ko'chasi, 7-uy manzilida joylashgan", "Toshkent sh., Navoiy ko'chasi, 7-uy"),
        ("г. Ташкент, ул. Катартал (бывшая Гагарина), 12", "г. Ташкент, ул. Катартал (бывшая Гагарина), 12"),
        ("Toshkent sh., Kichik halqa yo'li ko'chasi, 176-uy", "Toshkent sh., Kichik halqa yo'li ko'chasi, 176-uy"),
    ],
)  # fmt: skip
def test_an_address_stands_alone(text: str, address: str) -> None:
    assert printed(address_alone(tokens(text))) == address


def test_words_of_a_sentence_leave_a_doubt() -> None:
    assert reads_as_address(tokens("Toshkent sh., Kichik halqa yo'li ko'chasi, 176-uy"))
    assert not reads_as_address(tokens("Тошкент шаҳри, вакили иссиқлик таъминоти, кўчаси 7"))
    assert not reads_as_address(tokens("Тошкент шаҳри, Навоий кўчаси, 15-уйда"))
    assert not reads_as_address(tokens("Chilonzor tumani, Beshyog'och"))
    assert not reads_as_address(tokens("100068, г. Ташкент, ул. Кичик"))
    assert not reads_as_address(tokens("Содиқова С.Ш., 11436-сонли"))
    assert reads_as_name(tokens("«Шифо» тиббиёт бирлашмаси"))
    assert not reads_as_name(tokens("«Шифо» бинода жойлашган узел учун"))


def test_an_address_in_a_sentence_is_found_and_not_certain() -> None:
    report = read(
        """
14-сонли оилавий поликлиника маъмурияти сизга шуни маълум қиладики, Тошкент шаҳри, Яккасарой тумани,
Шота Руставели кўчаси, 15-уйда жойлашган бинода 01234-сонли шартнома асосида ўрнатилган ҳисоблагич
(завод рақами 4411223): олдинги кўрсаткич 1204,50 Гкал, жорий кўрсаткич 1310,75 Гкал.
"""
    )
    assert value(report.organization) == "14-сонли оилавий поликлиника"
    assert report.address is not None
    assert report.address.value.startswith("Тошкент шаҳри, Яккасарой тумани, Шота Руставели кўчаси, 15-уй")
    assert not report.address.certain


def test_the_next_label_is_no_name() -> None:
    report = read("ТСЖ «Мебель Сити»\nДоговор № 01234\nПотребитель:            Принял:\nДиректор   Каримов А.Б.")
    assert value(report.organization) == "ТСЖ «Мебель Сити»"


def test_an_address_that_lacks_its_beginning_or_its_end_leaves_a_doubt() -> None:
    assert not reads_as_address(tokens("ko'chasi 113"))
    assert not reads_as_address(tokens("г. Ташкент, Бектемирский р-н, ул."))


def test_two_blocks_half_a_line_apart_are_read_one_after_the_other() -> None:
    left = typed("""
Наименование абонента ИП ООО «Олимп Спорт»
Место установки прибора 100030, г. Ташкент, Бектемирский
район, ул. Бешагач, 30
""")
    right = typed("""
Договор на пользование тепловой
энергией № 06947
ИНН 248132559
""")
    beside = [replace(w, box=Box(w.box.left + 380, w.box.top + 7, w.box.right + 380, w.box.bottom + 7), symbols=()) for w in right.words]
    (report,) = extract([replace(left, width=800.0, words=(*left.words, *beside))], "report.pdf")
    assert value(report.organization) == "ИП ООО «Олимп Спорт»"
    assert value(report.address) == "100030, г. Ташкент, Бектемирский район, ул. Бешагач, 30"
    assert (value(report.contract_number), value(report.inn)) == ("06947", "248132559")


def test_an_address_stands_in_a_table_where_all_rows_tell_the_same() -> None:
    table = """
Потребитель: АО «Нурли Келажак»   ИНН 236495250   Договор № 06793

Наименование объекта   Адрес                              Зав. №     Предыдущее   Текущее   Расход, Гкал
Корпус А               г. Ташкент, ул. Мукими, 158        2458991    28,25        167,62    139,37
Корпус Б               {other}        2458992    10,00        15,50     5,50
"""
    assert value(read(table.format(other="г. Ташкент, ул. Мукими, 158")).address) == "г. Ташкент, ул. Мукими, 158"
    assert value(read(table.format(other="г. Ташкент, ул. Элбек, 301 ")).address) is None


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            """
АО «Темир Бетон» (ИНН 205526407, 100083, г. Ташкент, Чиланзарский район, ул.
Гульобод, 83) представляет отчет о потреблении тепловой энергии по договору № 00938.
""",
            "100083, г. Ташкент, Чиланзарский район, ул. Гульобод, 83",
        ),
        (
            """
Адрес: г. Ташкент, Учтепинский район, ул. Зульфияханум, д.  Налоговый номер: 305816380
153
Договор № 00938
""",
            "г. Ташкент, Учтепинский район, ул. Зульфияханум, д. 153",
        ),
        (
            """
Tashkilot joylashgan    Toshkent sh., Yashnobod tumani, Farhod ko'chasi,
manzil                  148-uy
""",
            "Toshkent sh., Yashnobod tumani, Farhod ko'chasi, 148-uy",
        ),
        (
            """
Обслуживаемый объект: СП ООО «Лола Косметик»; г. Ташкент, ул. Нукусская, д. 192
""",
            "г. Ташкент, ул. Нукусская, д. 192",
        ),
    ],
)
def test_an_address_is_whole_where_it_wraps(text: str, address: str) -> None:
    assert value(read(text).address) == address


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("Адрес объекта\n             (район, улица, дом)", None),
        ("Адрес:\n        (индекс, город, улица, дом)", None),
        ("Адрес: ул. мукими, 5", "ул. мукими, 5"),
        ("Адрес: г. Ташкент, ул. Мукими", "г. Ташкент, ул. Мукими"),
    ],
)
def test_what_an_address_is_made_of_is_none(line: str, address: str | None) -> None:
    assert value(read(f"Организация: ООО «Юлдуз»\n{line}\nДоговор № 00938").address) == address
