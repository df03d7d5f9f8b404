"""The sixth batch's desk: words that stand in no form, faces that no other page has, days as people write them, and how their pages end."""
# ruff: noqa: E501 - lists of words and lines of markup

from __future__ import annotations

import datetime as dt
from html import escape

from tests.corpus.facts import Facts, MeterFacts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts.aside.ends import CSS, initials_first, ink, seal
from tests.corpus.layouts.aside.trade import WORDS, indexes, second_person, typed
from tests.corpus.style import Style

#: What most offices have (Times, Arial, Calibri by their free twins), and faces of no other layout.
_USUAL = ("'Liberation Serif'", "'Liberation Sans'", "Carlito")
_OWN = ("'Open Sans'; font-weight: 300", "Roboto; font-weight: 300", "'Linux Libertine Display O'", "'PT Serif'; font-style: italic", "'Open Sans Condensed'", "'PT Sans'; letter-spacing: 0.03em", "'Roboto Condensed'; font-weight: 300")  # fmt: skip
#: Of these the letters of Uzbek in Cyrillic.
_OWN_CYRILLIC = ("'Open Sans'; font-weight: 300", "Roboto; font-weight: 300", "Carlito", "'DejaVu Serif'; font-style: italic", "'PT Sans'; letter-spacing: 0.03em", "'Liberation Sans'")  # fmt: skip
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

_OTHER: dict[str, dict[str, list[str]]] = {
    "ru": {
        "organization": ["Полное наименование предприятия", "Кто представляет", "Потребитель тепла", "Юридическое лицо", "Учреждение"],
        "address": ["Где находится объект", "Адрес здания", "Место установки прибора", "Почтовый адрес", "Адрес теплового узла"],
        "contract": ["Договор теплоснабжения", "№ действующего договора", "Договор (номер)", "Рег. номер договора"],
        "inn": ["ИНН предприятия", "Налоговый номер (ИНН)"],
        "reading_date": ["День снятия показаний", "Показания списаны", "Когда сняты показания", "Показания переписаны с прибора", "Съём показаний произведён"],
        "report_date": ["Отчёт подготовлен", "Заполнено", "Дата подачи", "Составлено"],
        "meter": ["Счётчик (марка)", "Чем измеряется", "Установленный прибор", "Марка счётчика"],
        "serial": ["Номер на корпусе", "Зав. номер счетчика", "Заводской N прибора", "№ зав."],
        "system": ["На что расходуется", "Куда подается", "Вид тепла", "Контур"],
        "heat": ["на отопление", "отопление здания", "Отопит. система"],
        "hot_water": ["на горячее водоснабжение", "горячая вода (ГВС)"],
        "consumption": ["Получено тепла", "Израсходовано за месяц", "Потреблено за период", "Фактический расход", "Ушло за месяц", "Использовано", "Принято к учету"],
        "unit": ["Измеряется в", "Единицы", "Ед."],
        "total": ["Всего за месяц", "Всего тепла", "Всего по всем приборам"],
    },
    "uz": {
        "organization": ["Tashkilotning to‘liq nomi", "Muassasa nomi", "Muassasa", "Iste’molchi tashkilot"],
        "address": ["Joylashgan manzili", "Bino manzili", "Obyekt joylashgan joy"],
        "contract": ["Shartnomaning raqami", "Amaldagi shartnoma №", "Shartnoma (raqami)"],
        "inn": ["Soliq raqami (STIR)", "STIR (INN)"],
        "reading_date": ["Ko‘rsatkich yozilgan kun", "Ko‘rsatkichlar qachon olingan", "Hisoblagichdan yozib olindi", "Ko‘rsatkich sanasi"],
        "report_date": ["To‘ldirildi", "Hisobot yozilgan kun", "Taqdim etilgan sana"],
        "meter": ["O‘rnatilgan hisoblagich", "Hisoblagich markasi", "Asbob turi"],
        "serial": ["Hisoblagich zavod №", "Korpusdagi raqam", "Zavod nomeri"],
        "system": ["Nima uchun", "Qaysi tizim"],
        "heat": ["binoni isitish", "isitish uchun"],
        "hot_water": ["issiq suv uchun"],
        "consumption": ["Sarflandi", "Olingan issiqlik", "Bir oyda sarflangan", "Ishlatildi", "Haqiqiy sarf"],
        "unit": ["Nimada o‘lchanadi", "O‘lchovi"],
        "total": ["Barchasi", "Oy bo‘yicha jami"],
    },
    "uz_cyrl": {
        "organization": ["Ташкилотнинг тўлиқ номи", "Муассаса номи", "Муассаса"],
        "address": ["Жойлашган манзили", "Бино манзили"],
        "contract": ["Шартноманинг рақами", "Амалдаги шартнома №"],
        "inn": ["Солиқ рақами (СТИР)", "СТИР (ИНН)"],
        "reading_date": ["Кўрсаткич ёзилган кун", "Кўрсаткичлар ёзиб олинди", "Кўрсаткич санаси"],
        "report_date": ["Тўлдирилди", "Топширилган сана"],
        "meter": ["Ўрнатилган ҳисоблагич", "Ҳисоблагич маркаси", "Асбоб тури"],
        "serial": ["Ҳисоблагич завод №", "Завод номери", "Корпусдаги рақам"],
        "system": ["Нима учун", "Қайси тизим"],
        "heat": ["бинони иситиш", "иситиш учун"],
        "hot_water": ["иссиқ сув учун"],
        "consumption": ["Сарфланди", "Олинган иссиқлик", "Бир ойда сарфланган", "Ҳақиқий сарф"],
        "unit": ["Нимада ўлчанади", "Ўлчови"],
        "total": ["Барчаси", "Ой бўйича жами"],
    },
}  # fmt: skip
_PAIRS = {
    "ru": [("Было на счетчике", "Стало на счетчике"), ("Прошлый съём", "Нынешний съём"), ("Показание в начале периода", "Показание в конце периода"), ("Счетчик показывал", "Счетчик показывает"), ("Показание прошлого месяца", "Показание сейчас"), ("Пред. мес.", "Тек. мес.")],
    "uz": [("O‘tgan safargi ko‘rsatkich", "Bu safargi ko‘rsatkich"), ("Edi", "Bo‘ldi"), ("Davr boshida", "Davr oxirida"), ("O‘tgan oy", "Shu oy")],
    "uz_cyrl": [("Ўтган сафарги кўрсаткич", "Бу сафарги кўрсаткич"), ("Эди", "Бўлди"), ("Давр бошида", "Давр охирида"), ("Ўтган ой", "Шу ой")],
}  # fmt: skip


def css(style: Style, extra: str = "") -> str:
    own = _OWN_CYRILLIC if style.language == "uz_cyrl" else _OWN + _USUAL
    return f"{CSS} body {{ font-family: {style.random.choice(own)} }} td, th {{ font-weight: inherit }} .n {{ white-space: nowrap }} .mid td, .mid th {{ text-align: center }} {extra}"


def say(style: Style, key: str) -> str:
    """The office's word for it, the same all over the page: of the trade, or in two cases of five its own."""
    kept = f"desk {key}"
    if kept not in style.chosen:
        own = _OTHER[style.language].get(key)
        style.chosen[kept] = typed(style, style.random.choice(own if own and style.random.random() < 0.4 else WORDS[style.language][key]))
    return style.chosen[kept]


def pair(style: Style, facts: Facts, *, short: bool = False, others: dict[str, list[tuple[str, str]]] = _PAIRS) -> tuple[str, str]:
    """Words for the previous and the current index, a third of them from the batch's own `others`."""
    if style.random.random() < 0.35:
        was, now = style.random.choice(others[style.language])
        return typed(style, was), typed(style, now)
    return indexes(style, facts, short=short)


def kind(style: Style, m: MeterFacts) -> str:
    return say(style, "hot_water" if m.kind.value == "hot_water" else "heat")


def numbers(style: Style, m: MeterFacts) -> list[str]:
    return [f'<span class="n">{style.number(v)}</span>' for v in (m.previous, m.current, m.consumption)]


def month(style: Style, facts: Facts) -> str:
    return MONTHS[style.language][facts.period.month - 1]


def day(style: Style, date: dt.date, form: int | None = None) -> str:
    """As people write a day: in digits, with two of the year, a month in words or Roman, Uzbek with the year first."""
    form = style.random.randint(0, 6) if form is None else form
    if form == 1:
        return f"{date:%d.%m.%y}"
    if form == 2:
        return f"{date.day}.{_ROMAN[date.month - 1]}.{date.year}"
    if form == 3:
        return f"{date:%d-%m-%Y}"
    if form in (4, 5):
        name = MONTHS["ru_of" if style.language == "ru" else style.language][date.month - 1]
        if style.language == "ru":
            return f"{date.day} {name} {date.year} года" if form == 4 else f"«{date.day:02d}» {name} {date.year}г."
        year = "yil" if style.language == "uz" else "йил"
        return f"{date.year}-{year} {date.day}-{name}" if form == 4 else f"{date.day} {name} {date.year} {year}"
    return f"{date:%d.%m.%Y}" + ("" if form == 0 else {"ru": "г.", "uz": " y.", "uz_cyrl": " й."}[style.language])


def state(style: Style, date: dt.date) -> str:
    """`по состоянию на ...`, `... holatiga`."""
    if style.language == "ru":
        return f"по состоянию на {day(style, date)}"
    year, word = ("yil", "holatiga") if style.language == "uz" else ("йил", "ҳолатига")
    return f"{date.year}-{year} {date.day}-{MONTHS[style.language][date.month - 1]} {typed(style, word)}"


def line(style: Style, facts: Facts, key: str) -> str:
    """`Label: value`, `Label - value` or `Label value`."""
    value = {"organization": escape(facts.organization), "address": escape(facts.address), "contract": facts.contract_number, "inn": facts.inn}.get(key)  # fmt: skip
    if value is None:
        value = day(style, facts.reading_date if key == "reading_date" else facts.report_date)
    word = say(style, key)
    between = style.chosen.setdefault("between", style.random.choice((": ", ": ", ": ", " – ", " - ", " ")))
    return f"{word}{' ' if word.endswith(('№', ' N')) else between}{value}"


def lines(style: Style, facts: Facts, *keys: str) -> str:
    return "".join(f"<div>{line(style, facts, key)}</div>" for key in keys)


def top(style: Style, facts: Facts) -> str:
    """Title and month; often without capitals, at times with a number of its own."""
    months = {"ru": ("за {} {} г.", "за {} месяц {} года", "{} {} года"), "uz": ("{1}-yil {0} oyi uchun", "{1} yil {0}", "{0} oyi, {1}-yil"), "uz_cyrl": ("{1}-йил {0} ойи учун", "{1} йил {0}", "{0} ойи, {1} йил")}[style.language]  # fmt: skip
    when = style.random.choice(months).format(month(style, facts), facts.period.year)
    align = style.random.choice(("center", "center", "left"))
    return f'<h1 style="text-align:{align}">{say(style, "title")}{style.random.choice(("<br>", " ", ", "))}{when}</h1>'


def close(style: Style, facts: Facts, *, dated: bool = True) -> str:
    """Who signs: a line, a table with its date in a cell, two columns with the supplier's place, after a greeting, with an executor below."""
    random = style.random
    words = {
        "ru": ("Должность", "Подпись", "Фамилия, инициалы", "Дата", "От потребителя", "Принял", "С уважением,", "Исп.", "М.П."),
        "uz": ("Lavozimi", "Imzosi", "Familiyasi, ismi", "Sana", "Iste’molchi", "Qabul qildi", "Hurmat bilan,", "Ijrochi:", "M.O‘."),
        "uz_cyrl": ("Лавозими", "Имзоси", "Фамилияси, исми", "Сана", "Истеъмолчи", "Қабул қилди", "Ҳурмат билан,", "Ижрочи:", "М.Ў."),
    }[style.language]
    post, sign, who, date_word, ours, theirs, greeting, executor, place = (typed(style, w) for w in words)
    name = escape(random.choice((facts.signatory, initials_first(facts))))
    position, hand = escape(facts.position), f'<span class="hand">{ink(style, facts)}</span>'
    bare = hand.replace('class="hand"', 'class="hand" style="border:0"')
    date = day(style, facts.report_date)
    shape = random.choice(("line", "line", "table", "sides", "greeting", "below"))
    shown = random.choice((f"{say(style, 'report_date')}: {date}", f"{date_word}: {date}", date)) if dated else ""
    if shape == "table":
        heads, cells = [post, sign, who], [position, bare, name]
        if dated:
            heads.append(date_word)
            cells.append(day(style, facts.report_date, 0))
            shown = ""
        body = f'<table class="cells"><tr>{"".join(f"<td>{h}</td>" for h in heads)}</tr><tr>{"".join(f"<td>{c}</td>" for c in cells)}</tr></table>'
    elif shape == "sides":
        body = f'<table><tr><td>{ours}:</td><td>{theirs}:</td></tr><tr><td>{position}</td><td></td></tr><tr><td>{hand} {name}</td><td><span class="hand"></span></td></tr></table>'
    elif shape == "greeting":
        body = f"<div style='margin:2mm 0'>{greeting}</div><div>{position} &nbsp; {bare} &nbsp; {name}</div>"
    elif shape == "below":
        _, other = second_person(style, facts)
        body = f'<div>{position} {hand} {name}</div><div class="small" style="margin-top:5mm">{executor} {escape(other)} тел. {random.choice((71, 90, 97))} {random.randint(200, 299)}-{random.randint(10, 99)}-{random.randint(10, 99)}</div>'
        if style.language == "uz":
            body = body.replace("тел.", "tel.")
    else:
        body = f"<div>{position}: {hand} {name}</div>" if random.random() < 0.5 else f"<div>{position} {hand} ({name})</div>"
    above = random.random() < 0.5
    where = f'<div class="small">{place}</div>' if random.random() < 0.8 else ""
    return f'<div class="close">{f"<div>{shown}</div>" if above else ""}<div style="margin:3mm 0">{body}</div>{where}{"" if above else f"<div>{shown}</div>"}{seal(style, facts, (40, 115), (-4, 8))}</div>'
