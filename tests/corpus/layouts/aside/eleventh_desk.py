"""The eleventh batch's desk: words, faces, requisites and ends of pages as the customers of such a utility type them."""
# ruff: noqa: E501 - lists of words and lines of markup

from __future__ import annotations

import datetime as dt
from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts, MeterFacts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts.aside.blocks import row
from tests.corpus.layouts.aside.eighth_desk import YEAR, person, phone
from tests.corpus.layouts.aside.ends import CSS, faced, initials_first, ink, seal
from tests.corpus.style import Style

_USUAL = {
    "ru": ("'Liberation Serif'", "'Liberation Serif'", "'Liberation Sans'", "Carlito", "Carlito"),
    "uz": ("'Liberation Serif'", "'Liberation Serif'", "'Liberation Sans'", "Carlito", "Carlito"),
    "uz_cyrl": ("'Nimbus Roman'", "'Nimbus Roman'", "'Nimbus Sans'", "Carlito"),
}
_OTHERS = ("'DejaVu Sans Condensed'", "'PT Serif'", "'PT Sans'", "P052", "C059", "'URW Bookman'", "'Open Sans'", "'Nimbus Mono PS'")
_PRINTERS = ("'Liberation Mono'", "'Liberation Mono'", "'Nimbus Mono PS'", "'DejaVu Sans Mono'", "'PT Mono'")
WORDS = {
    "ru": {
        "organization": ("Наименование организации", "Организация", "Потребитель", "Абонент", "Предприятие"),
        "address": ("Адрес", "Адрес", "Адрес объекта", "Юр. адрес", "Фактический адрес"),
        "contract": ("Договор №", "№ договора", "Номер договора", "Договор теплоснабжения №"),
        "inn": ("ИНН",),
        "reading_date": ("Дата снятия показаний", "Дата снятия показаний", "Показания сняты"),
        "meter": ("Тип прибора", "Прибор учета", "Теплосчетчик", "Марка прибора"),
        "serial": ("Зав. №", "Заводской номер", "Номер прибора", "№ счетчика"),
        "heat": ("отопление", "Отопление", "система отопления"),
        "hot_water": ("ГВС", "горячая вода", "горячее водоснабжение"),
        "consumption": ("Расход", "Разность", "Расход за месяц", "Потребление"),
        "total": ("Итого", "Всего", "ИТОГО:"),
        "executor": ("Исп.", "Исполнитель:"),
        "regards": ("С уважением,",),
        "second": ("Главный бухгалтер", "Ответственный за теплохозяйство", "Энергетик", "Завхоз"),
        "signature": ("подпись",),
        "name": ("Ф.И.О.",),
        "stamp": ("М.П.", "М.П.", "МП", "М. П."),
        "date": ("Дата составления", "Дата", "Дата отчета"),
    },
    "uz": {
        "organization": ("Tashkilot nomi", "Tashkilot", "Iste’molchi", "Korxona nomi"),
        "address": ("Manzil", "Manzili", "Obyekt manzili"),
        "contract": ("Shartnoma raqami", "Shartnoma №"),
        "inn": ("STIR",),
        "reading_date": ("Ko‘rsatkich olingan sana", "Ko‘rsatkichlar olingan sana"),
        "meter": ("Hisoblagich turi", "Hisoblagich rusumi", "Pribor turi"),
        "serial": ("Zavod raqami", "Hisoblagich raqami"),
        "heat": ("isitish", "Isitish", "isitish tizimi"),
        "hot_water": ("issiq suv", "issiq suv ta’minoti"),
        "consumption": ("Sarfi", "Farqi", "Oylik sarf"),
        "total": ("Jami", "JAMI:"),
        "executor": ("Ijrochi:",),
        "regards": ("Hurmat bilan,",),
        "second": ("Bosh hisobchi", "Mas’ul shaxs", "Xo‘jalik mudiri"),
        "signature": ("imzo",),
        "name": ("F.I.Sh.",),
        "stamp": ("M.O‘.", "M.O‘."),
        "date": ("Tuzilgan sana", "Sana"),
    },
    "uz_cyrl": {
        "organization": ("Ташкилот номи", "Ташкилот", "Истеъмолчи", "Корхона номи"),
        "address": ("Манзил", "Манзили", "Объект манзили"),
        "contract": ("Шартнома рақами", "Шартнома №"),
        "inn": ("СТИР",),
        "reading_date": ("Кўрсаткич олинган сана", "Кўрсаткичлар олинган сана"),
        "meter": ("Ҳисоблагич тури", "Ҳисоблагич русуми", "Прибор тури"),
        "serial": ("Завод рақами", "Ҳисоблагич рақами"),
        "heat": ("иситиш", "Иситиш", "иситиш тизими"),
        "hot_water": ("иссиқ сув", "иссиқ сув таъминоти"),
        "consumption": ("Сарфи", "Фарқи", "Ойлик сарф"),
        "total": ("Жами", "ЖАМИ:"),
        "executor": ("Ижрочи:",),
        "regards": ("Ҳурмат билан,",),
        "second": ("Бош ҳисобчи", "Масъул шахс", "Хўжалик мудири"),
        "signature": ("имзо",),
        "name": ("Ф.И.Ш.",),
        "stamp": ("М.Ў.", "М.Ў."),
        "date": ("Тузилган сана", "Сана"),
    },
}
PAIRS = {
    "ru": (("Предыдущие показания", "Текущие показания"), ("Показание предыдущее", "Показание текущее"), ("На начало месяца", "На конец месяца"), ("Предыдущее", "Текущее")),
    "uz": (("Oldingi ko‘rsatkich", "Joriy ko‘rsatkich"), ("Avvalgi ko‘rsatkich", "Hozirgi ko‘rsatkich"), ("Oy boshidagi ko‘rsatkich", "Oy oxiridagi ko‘rsatkich")),
    "uz_cyrl": (("Олдинги кўрсаткич", "Жорий кўрсаткич"), ("Аввалги кўрсаткич", "Ҳозирги кўрсаткич"), ("Ой бошидаги кўрсаткич", "Ой охиридаги кўрсаткич")),
}  # fmt: skip


def straight(style: Style, text: str) -> str:
    """One keyboard in three has the straight apostrophe alone."""
    if style.chosen.setdefault("eleventh apostrophe", style.random.choice(("bent", "bent", "straight"))) == "straight":
        text = text.replace("‘", "'").replace("’", "'")
    return escape(text)


def say(style: Style, key: str) -> str:
    """The office's word, the same all over its page."""
    return straight(style, style.chosen.setdefault(f"eleventh {key}", style.random.choice(WORDS[style.language][key])))


def pair(style: Style) -> tuple[str, str]:
    was, now = PAIRS[style.language][int(style.chosen.setdefault("eleventh pair", str(style.random.randrange(len(PAIRS[style.language])))))]
    return straight(style, was), straight(style, now)


def kind(style: Style, m: MeterFacts) -> str:
    return say(style, "hot_water" if m.kind is MeterKind.HOT_WATER else "heat")


def css(style: Style, extra: str = "") -> str:
    face = style.random.choice(_USUAL[style.language] if style.chance(0.75) else _OTHERS)
    return faced(
        face,
        f".bare td {{ padding: 0.6mm 4mm 0.6mm 0; vertical-align: top }} .bare {{ width: auto }} .end td {{ vertical-align: bottom }} {extra}",
    )


def printer(style: Style, size: float = 7.8) -> str:
    """The face of a calculator's program, and of the tables that it rules."""
    face = style.random.choice(_PRINTERS)
    return (
        f"{CSS} body {{ font-family: {face}; font-size: 9pt }} pre {{ font-family: {face}; white-space: pre; font-size: {size}pt; line-height: 1.2; margin: 0 }}"
        " .log { font-size: 7.6pt; margin: 2mm 0 } .log td, .log th { border: 0.2mm solid #444; padding: 0.3mm 0.9mm; text-align: right; font-weight: normal } .log th { text-align: center } .close { margin-top: 5mm; font-size: 9.5pt }"
    )


def month(facts: Facts) -> str:
    return MONTHS[facts.language][facts.period.month - 1]


def day(style: Style, date: dt.date) -> str:
    """In digits mostly; the office does it one way all over its page."""
    form = style.chosen.setdefault("eleventh day", style.random.choice(("digits", "digits", "year", "year", "word")))
    if form == "word" and style.language == "ru":
        return f"{date.day} {MONTHS['ru_of'][date.month - 1]} {date.year} г."
    if form == "word":
        return f"{date.year} {YEAR[style.language]} {date.day} {MONTHS[style.language][date.month - 1]}"
    return f"{date:%d.%m.%Y}" + ({"ru": "г.", "uz": " yil", "uz_cyrl": " йил"}[style.language] if form == "year" else "")


def requisites(style: Style, facts: Facts, *, dated: bool = True) -> str:
    """Who, where, contract, INN and the day of reading: on lines, in two columns of a bare table, or the contract at the right of the name."""
    said = [
        (say(style, "organization"), escape(facts.organization)),
        (say(style, "address"), escape(facts.address)),
        (say(style, "contract"), facts.contract_number),
        (say(style, "inn"), facts.inn),
        *([(say(style, "reading_date"), day(style, facts.reading_date))] if dated else []),
    ]
    shape = style.random.choice(("lines", "lines", "bold", "table"))
    if shape == "table":
        return '<table class="bare">' + "".join(row([label, value]) for label, value in said) + "</table>"
    bold = "b" if shape == "bold" else "span"
    return "".join(f"<div>{label}{'' if label[-1] == '№' else ':'} <{bold}>{value}</{bold}></div>" for label, value in said)


def close(style: Style, facts: Facts, *, dated: bool = True, letter: bool = False) -> str:
    """Who signs: post, line and name, a second person below or none, the day above, below or at the right; a letter's regards."""
    random = style.random
    name, post = escape(random.choice((facts.signatory, initials_first(facts), initials_first(facts)))), escape(facts.position)
    hand = f'<span class="hand">{ink(style, facts)}</span>'
    date = f"{say(style, 'date')}: {day(style, facts.report_date)}" if dated else ""
    place = f'<div style="margin-top:2mm">{say(style, "stamp")}</div>' if random.random() < 0.9 else ""
    shape = "regards" if letter and random.random() < 0.5 else random.choice(("one", "one", "two", "under", "house"))
    if shape == "regards":
        body = f'<div>{say(style, "regards")}</div><table class="end"><tr><td>{post}</td><td>{hand.replace("class=", "style=border:0 class=")}</td><td>{name}</td></tr></table>'
    elif shape == "two":
        other = say(style, "second")
        other = (
            other
            if other.casefold() != facts.position.casefold()
            else {"ru": "Комендант", "uz": "Komendant", "uz_cyrl": "Комендант"}[style.language]
        )
        body = f'<table class="end bare"><tr><td style="width:56mm">{post}</td><td>{hand}</td><td>{name}</td></tr><tr><td style="padding-top:6mm">{other}</td><td style="padding-top:6mm"><span class="hand"></span></td><td style="padding-top:6mm">{person(style)}</td></tr></table>'
    elif shape == "under":
        body = f'<table class="end bare"><tr><td>{post}</td><td>{hand}</td><td>/{name}/</td></tr><tr class="under"><td></td><td>({say(style, "signature")})</td><td>({say(style, "name")})</td></tr></table>'
    elif shape == "house":
        body = f'<table class="end"><tr><td style="width:62mm">{post}<br>{escape(facts.organization)}</td><td>{hand}</td><td>{name}</td></tr></table>'
    else:
        body = f'<div class="end">{post} {hand} {name}</div>'
    where = random.choice(("above", "below", "below")) if date else ""
    foot = (
        f'<div class="small" style="margin-top:7mm">{say(style, "executor")} {person(style)}, {phone(style)}</div>'
        if letter and random.random() < 0.6
        else ""
    )
    return f'<div class="close">{f"<div>{date}</div>" if where == "above" else ""}<div style="margin:4mm 0">{body}</div>{place}{f"<div>{date}</div>" if where == "below" else ""}{foot}{seal(style, facts, (34, 112), (-4, 8))}</div>'


def signed(style: Style, facts: Facts, ours: str, theirs: str = "") -> str:
    """The end of a printout: the program's line for the customer, who typed post and name, at times one for the supplier; the day of the report."""
    random = style.random
    hand = f'<span class="hand">{ink(style, facts)}</span>'
    who = f"{escape(facts.position)} {hand} {escape(facts.signatory)}"
    other = f'<div style="margin-top:5mm">{theirs} <span class="hand"></span></div>' if theirs else ""
    word = random.choice(("Дата составления отчета:", "Дата отчета:", "Отчет сформирован"))
    return f'<div class="close"><div>{ours}: {who}</div><div>М.П.</div>{other}<div style="margin-top:3mm">{word} {facts.report_date:%d.%m.%Y}</div>{seal(style, facts, (58, 120), (-4, 8))}</div>'
