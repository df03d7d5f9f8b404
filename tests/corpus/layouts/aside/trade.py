"""The trade's words of the fourth batch of pages, how an office types them, its fonts, and how its pages end."""
# ruff: noqa: E501 - lists of words and lines of markup

from __future__ import annotations

import datetime as dt
from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts, MeterFacts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts.aside.ends import CSS, initials_first, ink, seal
from tests.corpus.names import SURNAMES
from tests.corpus.style import Style

FONTS = ("Linux Biolinum O", "URW Gothic", "PT Sans Narrow", "Nimbus Sans Narrow", "PT Serif Caption", "DejaVu Serif Condensed")
MONOSPACE = ("JetBrains Mono", "Liberation Mono", "PT Mono")

WORDS: dict[str, dict[str, list[str]]] = {
    "ru": {
        "title": ["ОТЧЕТ о потреблении тепловой энергии", "Отчёт о потреблённой тепловой энергии", "Отчет по теплоэнергии", "Отчет о количестве потребленного тепла",
                  "СВЕДЕНИЯ о потреблении тепловой энергии", "Отчет о расходе т/энергии", "Отчет о теплопотреблении"],
        "month": ["за {m} {y} г.", "за {m} {y} года", "за {m} месяц {y}г.", "Отчетный период: {m} {y} г.", "Расчетный месяц: {m} {y}"],
        "organization": ["Наименование организации", "Потребитель", "Абонент", "Организация", "Предприятие", "Наименование абонента", "Название организации"],
        "address": ["Адрес", "Юр. адрес", "Адрес объекта", "Адрес организации", "Местонахождение", "Фактический адрес"],
        "contract": ["Договор №", "Номер договора", "№ договора", "Дог. №", "Договор на пользование тепловой энергией №", "Договор N"],
        "inn": ["ИНН", "ИНН организации"],
        "reading_date": ["Дата снятия показаний", "Показания сняты", "Дата снятия показаний приборов", "Показания по состоянию на", "Дата снятия"],
        "report_date": ["Дата составления", "Дата составления отчета", "Дата отчета", "Отчет составлен", "Дата заполнения"],
        "number": ["№", "№ п/п", "№<br>п/п", "N"],
        "meter": ["Прибор учета", "Тип прибора", "Теплосчетчик", "Марка прибора", "Наименование прибора", "Тип теплосчетчика", "Тип счетчика"],
        "serial": ["Зав. №", "Заводской номер", "Заводской №", "№ прибора", "№ счетчика", "Номер прибора", "Серийный номер"],
        "system": ["Система", "Вид потребления", "Вид теплопотребления", "Назначение", "Вид нагрузки"],
        "heat": ["Отопление", "отопление", "Отопл.", "ЦО", "система отопления"],
        "hot_water": ["ГВС", "Горячая вода", "гор. вода", "г/в", "Горячее водоснабжение"],
        "readings": ["Показания", "Показания прибора учета", "Показания счетчика"],
        "consumption": ["Разность", "Расход", "Потребление", "Потреблено", "Израсходовано", "Кол-во т/энергии", "Расход за месяц", "К начислению", "Разница показаний", "Количество тепловой энергии"],
        "unit": ["Ед. изм.", "Единица измерения", "Ед.изм.", "Ед. измер."],
        "total": ["Итого", "ИТОГО:", "Всего", "Итого по организации"],
        "accountant": ["Главный бухгалтер", "Гл. бухгалтер"],
        "deputy": ["Зам. директора"],
        "responsible": ["Ответственное лицо", "Ответственный за теплохозяйство", "Показания снял", "Отчет составил"],
        "signature": ["подпись"], "name": ["Ф.И.О."], "position": ["Должность"], "stamp": ["М.П.", "М. П.", "МП"], "date": ["Дата"],
    },
    "uz": {
        "title": ["ISSIQLIK ENERGIYASI ISTE’MOLI TO‘G‘RISIDA HISOBOT", "Issiqlik energiyasi sarfi to‘g‘risida hisobot", "Iste’mol qilingan issiqlik energiyasi bo‘yicha HISOBOT",
                  "Issiqlik energiyasi iste’moli haqida ma’lumot"],
        "month": ["{y}-yil {m} oyi uchun", "{y} yil {m} oyi", "{y}-yilning {m} oyi uchun", "Hisobot davri: {y}-yil {m}", "Hisobot oyi: {m} {y}-y."],
        "organization": ["Tashkilot nomi", "Korxona nomi", "Iste’molchi", "Iste’molchi nomi", "Abonent", "Tashkilot"],
        "address": ["Manzil", "Manzili", "Yuridik manzili", "Obyekt manzili", "Tashkilot manzili"],
        "contract": ["Shartnoma raqami", "Shartnoma №", "Sh-ma №", "Shartnoma N"],
        "inn": ["STIR", "STIR raqami", "INN"],
        "reading_date": ["Ko‘rsatkich olingan sana", "Ko‘rsatkichlar olingan kun", "Ko‘rsatkich yozib olingan sana", "Ko‘rsatkichlar olingan sana"],
        "report_date": ["Tuzilgan sana", "Hisobot sanasi", "Hisobot tuzilgan sana", "To‘ldirilgan sana"],
        "number": ["T/r", "№", "t/r"],
        "meter": ["Hisoblagich turi", "Hisoblagich rusumi", "Hisobga olish pribori", "Pribor turi", "Issiqlik hisoblagichi"],
        "serial": ["Zavod raqami", "Hisoblagich raqami", "Zavod №", "Seriya raqami", "Pribor №"],
        "system": ["Tizim", "Iste’mol turi", "Maqsadi"],
        "heat": ["Isitish", "isitish", "Isitish tizimi"],
        "hot_water": ["Issiq suv", "issiq suv", "Issiq suv ta’minoti"],
        "readings": ["Ko‘rsatkichlar", "Hisoblagich ko‘rsatkichlari", "Ko‘rsatkichi"],
        "consumption": ["Farqi", "Sarfi", "Farq", "Iste’mol", "Sarf bo‘ldi", "Iste’mol miqdori", "Sarflangan issiqlik", "Oylik sarf"],
        "unit": ["O‘lchov birligi", "Birlik", "O‘lch. birl."],
        "total": ["Jami", "JAMI:", "Hammasi"],
        "accountant": ["Bosh hisobchi", "Bosh buxgalter"],
        "deputy": ["Direktor o‘rinbosari"],
        "responsible": ["Mas’ul shaxs", "Javobgar shaxs", "Ko‘rsatkichni oldi"],
        "signature": ["imzo"], "name": ["F.I.Sh."], "position": ["Lavozimi"], "stamp": ["M.O‘.", "MO‘", "M.O‘"], "date": ["Sana"],
    },
    "uz_cyrl": {
        "title": ["ИССИҚЛИК ЭНЕРГИЯСИ ИСТЕЪМОЛИ ТЎҒРИСИДА ҲИСОБОТ", "Иссиқлик энергияси сарфи тўғрисида ҳисобот", "Истеъмол қилинган иссиқлик энергияси бўйича ҲИСОБОТ"],
        "month": ["{y} йил {m} ойи учун", "{y} йил {m} ойи", "{y}-йил {m} ойи учун", "Ҳисобот даври: {y} йил {m}"],
        "organization": ["Ташкилот номи", "Корхона номи", "Истеъмолчи", "Истеъмолчи номи", "Ташкилот"],
        "address": ["Манзил", "Манзили", "Юридик манзили", "Объект манзили"],
        "contract": ["Шартнома рақами", "Шартнома №", "Ш-ма №", "Шартнома N"],
        "inn": ["СТИР", "ИНН", "СТИР рақами"],
        "reading_date": ["Кўрсаткич олинган сана", "Кўрсаткичлар олинган кун", "Кўрсаткичлар олинган сана"],
        "report_date": ["Тузилган сана", "Ҳисобот санаси", "Тўлдирилган сана", "Ҳисобот тузилган сана"],
        "number": ["Т/р", "№", "т/р"],
        "meter": ["Ҳисоблагич тури", "Ҳисоблагич русуми", "Ҳисобга олиш прибори", "Прибор тури"],
        "serial": ["Завод рақами", "Ҳисоблагич рақами", "Завод №", "Прибор рақами"],
        "system": ["Тизим", "Истеъмол тури", "Мақсади"],
        "heat": ["Иситиш", "иситиш", "Иситиш тизими"],
        "hot_water": ["Иссиқ сув", "иссиқ сув", "Иссиқ сув таъминоти"],
        "readings": ["Кўрсаткичлар", "Ҳисоблагич кўрсаткичлари", "Кўрсаткичи"],
        "consumption": ["Фарқи", "Сарфи", "Фарқ", "Истеъмол", "Сарф миқдори", "Ойлик сарф", "Сарфланган иссиқлик"],
        "unit": ["Ўлчов бирлиги", "Бирлик", "Ўлч. бирл."],
        "total": ["Жами", "ЖАМИ:", "Ҳаммаси"],
        "accountant": ["Бош ҳисобчи", "Бош бухгалтер"],
        "deputy": ["Директор ўринбосари"],
        "responsible": ["Масъул шахс", "Жавобгар шахс"],
        "signature": ["имзо"], "name": ["Ф.И.Ш."], "position": ["Лавозими"], "stamp": ["М.Ў.", "МЎ", "М.Ў"], "date": ["Сана"],
    },
}  # fmt: skip
#: (previous, current) as heads of columns of their own, and under one head «Показания»; {} is the day.
INDEXES = {
    "ru": [("Предыдущие показания", "Текущие показания"), ("Предыдущее показание", "Последнее показание"), ("Показания на начало месяца", "Показания на конец месяца"), ("Пред. показ.", "Тек. показ."),
           ("Начальные показания", "Конечные показания"), ("Показания на {}", "Показания на {}"), ("Прошлые показания", "Настоящие показания"), ("Показания прошлого месяца", "Показания отчетного месяца")],
    "uz": [("Oldingi ko‘rsatkich", "Joriy ko‘rsatkich"), ("Avvalgi ko‘rsatkich", "Hozirgi ko‘rsatkich"), ("Oy boshidagi ko‘rsatkich", "Oy oxiridagi ko‘rsatkich"), ("O‘tgan oydagi ko‘rsatkich", "Shu oydagi ko‘rsatkich"),
           ("Oldingi ko‘rsatgich", "Hozirgi ko‘rsatgich"), ("{} dagi ko‘rsatkich", "{} dagi ko‘rsatkich")],
    "uz_cyrl": [("Олдинги кўрсаткич", "Жорий кўрсаткич"), ("Аввалги кўрсаткич", "Ҳозирги кўрсаткич"), ("Ой бошидаги кўрсаткич", "Ой охиридаги кўрсаткич"), ("Ўтган ойдаги кўрсаткич", "Шу ойдаги кўрсаткич"),
                ("{} даги кўрсаткич", "{} даги кўрсаткич")],
}  # fmt: skip
SHORT_INDEXES = {
    "ru": [("предыдущие", "текущие"), ("начальные", "конечные"), ("на начало", "на конец"), ("прошлые", "настоящие"), ("предыдущее", "последующее"), ("на {}", "на {}"), ("было", "стало")],
    "uz": [("oldingi", "joriy"), ("avvalgi", "hozirgi"), ("oy boshida", "oy oxirida"), ("oldingi", "keyingi"), ("boshlang‘ich", "oxirgi")],
    "uz_cyrl": [("олдинги", "жорий"), ("аввалги", "ҳозирги"), ("ой бошида", "ой охирида"), ("олдинги", "кейинги")],
}  # fmt: skip

_APOSTROPHES = ("", "'", "'", "`", "proper", "proper", "ʻ", "’")
_RUSSIAN_KEYS = str.maketrans("ўқғҳЎҚҒҲ", "укгхУКГХ")


def css(style: Style) -> str:
    return (
        CSS
        + f'body {{ font-family: "{style.random.choice(FONTS)}" }} td, th {{ font-weight: normal }} .n {{ white-space: nowrap }} .mid td, .mid th {{ text-align: center }}'
    )


def typed(style: Style, text: str) -> str:
    """Words as this office types them: its apostrophe, or Uzbek letters on a Russian keyboard. Not for names and numbers."""
    if style.language == "uz":
        mark = style.chosen.setdefault("apostrophe", style.random.choice(_APOSTROPHES))
        return text if mark == "proper" else text.replace("‘", mark).replace("’", mark)
    if style.language == "uz_cyrl" and style.chosen.setdefault("keys", style.random.choice(("uz", "uz", "ru"))) == "ru":
        return text.translate(_RUSSIAN_KEYS)
    return text


def say(style: Style, key: str) -> str:
    """The office's word for it, the same all over the page."""
    kept = f"trade {key}"
    if kept not in style.chosen:
        style.chosen[kept] = typed(style, style.random.choice(WORDS[style.language][key]))
    return style.chosen[kept]


def indexes(style: Style, facts: Facts, *, short: bool = False) -> tuple[str, str]:
    was, now = style.random.choice((SHORT_INDEXES if short else INDEXES)[style.language])
    return typed(style, was.format(f"{facts.previous_date:%d.%m.%Y}")), typed(style, now.format(f"{facts.reading_date:%d.%m.%Y}"))


def kind(style: Style, meter: MeterFacts) -> str:
    return say(style, "hot_water" if meter.kind is MeterKind.HOT_WATER else "heat")


def month(style: Style, facts: Facts) -> str:
    return say(style, "month").format(m=MONTHS[style.language][facts.period.month - 1], y=facts.period.year)


def title(style: Style, facts: Facts) -> str:
    between = style.random.choice(("<br>", "<br>", " "))
    return f'<h1 style="text-align:center">{say(style, "title")}{between}{month(style, facts)}</h1>'


def spelled(style: Style, day: dt.date) -> str:
    """«24» ноября 2025 г. and its like."""
    if style.language == "ru":
        return f"«{day.day:02d}» {MONTHS['ru_of'][day.month - 1]} {day.year} г."
    year = "yil" if style.language == "uz" else "йил"
    return f"{day.year}-{year} «{day.day:02d}» {MONTHS[style.language][day.month - 1]}"


def values(facts: Facts, style: Style) -> dict[str, str]:
    return {"organization": escape(facts.organization), "address": escape(facts.address), "contract": facts.contract_number, "inn": facts.inn,
            "reading_date": style.date(facts.reading_date), "report_date": style.date(facts.report_date)}  # fmt: skip


def said(style: Style, facts: Facts, key: str) -> str:
    """`Label: value`; no colon after №."""
    word = say(style, key)
    return f"{word}{'' if word.endswith(('№', ' N', ':')) else style.colon or ':'} {values(facts, style)[key]}"


def second_person(style: Style, facts: Facts) -> tuple[str, str]:
    """Somebody else of the house, with another post than the signatory's."""
    name, letters = style.random.choice(SURNAMES[style.language])
    post = say(style, "accountant")
    same = post.split()[-1].casefold() in facts.position.casefold()
    return say(style, "deputy") if same else post, f"{name} {style.random.choice(letters)}.{style.random.choice(letters)}."


def close(style: Style, facts: Facts, *, dated: bool = True) -> str:
    """How a page ends: one who signs, two below each other, two on a line, or words with a line each; date above or below."""
    random = style.random
    name = escape(random.choice((facts.signatory, initials_first(facts))))
    post = escape(facts.position)
    hand = f'<span class="hand">{ink(style, facts)}</span>'
    shape = random.choice(("one", "one", "two", "slashes", "words"))
    if shape == "one":
        lines = f'<div style="margin:4mm 0">{post} &nbsp; {hand} &nbsp; {name}</div>'
    elif shape == "two":
        other, who = second_person(style, facts)
        lines = f'<table><tr><td style="width:52mm">{post}</td><td>{hand}</td><td>{name}</td></tr><tr><td>{other}</td><td><span class="hand"></span></td><td>{escape(who)}</td></tr></table>'
    elif shape == "slashes":
        lines = f'<div style="margin:4mm 0">{post} {hand} / {name} /</div><div class="small" style="margin-left:55mm">({say(style, "signature")})</div>'
    else:
        lines = f"<div style='margin:3mm 0'>{say(style, 'responsible')}: {post}, {name}</div><div style='margin:5mm 0'>{say(style, 'signature').capitalize()}: {hand}</div>"
    date = ""
    if dated:
        shown = values(facts, style)["report_date"]
        labelled = said(style, facts, "report_date")
        date = f"<div>{random.choice((labelled, labelled, say(style, 'date') + ': ' + shown, spelled(style, facts.report_date)))}</div>"
    above = random.random() < 0.5
    place = f'<div class="small">{say(style, "stamp")}</div>' if random.random() < 0.85 else ""
    return f'<div class="close">{date if above else ""}{lines}{"" if above else date}{place}{seal(style, facts, (45, 115), (-4, 8))}</div>'
