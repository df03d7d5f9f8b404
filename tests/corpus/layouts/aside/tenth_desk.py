"""The tenth batch's desk: the faces that offices have, requisites on lines or in a table, and ends of pages as the trade's own samples have them."""
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
    "ru": ("'Liberation Serif'", "'Liberation Serif'", "'Liberation Sans'", "Carlito"),
    "uz": ("'Liberation Serif'", "'Liberation Serif'", "'Liberation Sans'", "Carlito"),
    "uz_cyrl": ("'Nimbus Roman'", "'Nimbus Roman'", "'Nimbus Sans'", "Carlito"),
}
_OTHERS = (
    "'DejaVu Sans'",
    "'PT Serif'",
    "'PT Sans'",
    "Roboto",
    "'Open Sans'",
    "'DejaVu Serif'",
    "'Linux Libertine O'",
    "'Nimbus Sans Narrow'",
)
_PRINTERS = ("'Liberation Mono'", "'Nimbus Mono PS'", "'DejaVu Sans Mono'", "'PT Mono'", "'JetBrains Mono'")
WORDS = {
    "ru": {
        "organization": ("Организация", "Наименование организации", "Потребитель", "Абонент"),
        "address": ("Адрес", "Адрес объекта", "Юридический адрес"),
        "contract": ("Договор №", "Номер договора", "Дог. №"),
        "inn": ("ИНН",),
        "reading_date": ("Дата снятия показаний",),
        "heat": ("отопление", "система отопления", "ОТ"),
        "hot_water": ("ГВС", "горячее водоснабжение", "гор. вода"),
        "previous": ("Предыдущие показания", "Показания предыдущие", "Пред. показ."),
        "current": ("Текущие показания", "Показания текущие", "Тек. показ."),
        "consumption": ("Разность", "Расход", "Потребление"),
        "keeper": ("Ответственный за теплохозяйство", "Гл. энергетик", "Инженер-теплотехник"),
        "accountant": ("Главный бухгалтер", "Гл. бухгалтер"),
        "taken": ("Показания снял:",),
        "executor": ("Исполнитель:",),
        "signature": ("подпись",),
        "name": ("Ф.И.О.", "фамилия, инициалы"),
        "post": ("должность",),
        "stamp": ("М.П.",),
        "date": ("Дата", "Дата составления отчета", "Дата отчета"),
    },
    "uz": {
        "organization": ("Tashkilot nomi", "Iste’molchi", "Korxona nomi"),
        "address": ("Manzili", "Manzil", "Yuridik manzili"),
        "contract": ("Shartnoma raqami", "Shartnoma №"),
        "inn": ("STIR",),
        "reading_date": ("Ko‘rsatkichlar olingan sana", "Ko‘rsatkich olingan sana"),
        "heat": ("isitish", "isitish tizimi"),
        "hot_water": ("issiq suv", "issiq suv ta’minoti"),
        "previous": ("Oldingi ko‘rsatkich", "Avvalgi ko‘rsatkich"),
        "current": ("Joriy ko‘rsatkich", "Hozirgi ko‘rsatkich"),
        "consumption": ("Farqi", "Sarfi"),
        "keeper": ("Mas’ul shaxs", "Bosh energetik"),
        "accountant": ("Bosh hisobchi",),
        "taken": ("Ko‘rsatkichlarni oldi:",),
        "executor": ("Ijrochi:",),
        "signature": ("imzo",),
        "name": ("F.I.Sh.",),
        "post": ("lavozimi",),
        "stamp": ("M.O‘.",),
        "date": ("Sana", "Tuzilgan sana"),
    },
    "uz_cyrl": {
        "organization": ("Ташкилот номи", "Истеъмолчи", "Корхона номи"),
        "address": ("Манзили", "Манзил", "Юридик манзил"),
        "contract": ("Шартнома рақами", "Шартнома №"),
        "inn": ("СТИР",),
        "reading_date": ("Кўрсаткичлар олинган сана", "Кўрсаткич олинган сана"),
        "heat": ("иситиш", "иситиш тизими"),
        "hot_water": ("иссиқ сув", "иссиқ сув таъминоти"),
        "previous": ("Олдинги кўрсаткич", "Аввалги кўрсаткич"),
        "current": ("Жорий кўрсаткич", "Ҳозирги кўрсаткич"),
        "consumption": ("Фарқи", "Сарфи"),
        "keeper": ("Масъул шахс", "Бош энергетик"),
        "accountant": ("Бош ҳисобчи",),
        "taken": ("Кўрсаткичларни олди:",),
        "executor": ("Ижрочи:",),
        "signature": ("имзо",),
        "name": ("Ф.И.Ш.",),
        "post": ("лавозими",),
        "stamp": ("М.Ў.",),
        "date": ("Сана", "Тузилган сана"),
    },
}


def say(style: Style, key: str) -> str:
    """The office's word, the same all over its page; of Uzbek ones a part is typed with the straight apostrophe."""
    word = style.chosen.setdefault(f"tenth {key}", style.random.choice(WORDS[style.language][key]))
    if style.chosen.setdefault("tenth apostrophe", style.random.choice(("as it is", "as it is", "straight"))) == "straight":
        word = word.replace("‘", "'").replace("’", "'")
    return escape(word)


def kind(style: Style, m: MeterFacts) -> str:
    return say(style, "hot_water" if m.kind is MeterKind.HOT_WATER else "heat")


def pair(style: Style) -> tuple[str, str]:
    return say(style, "previous"), say(style, "current")


def css(style: Style, extra: str = "") -> str:
    face = style.random.choice(_USUAL[style.language] if style.chance(0.7) else _OTHERS)
    return faced(face, f".bare td {{ padding: 0.7mm 4mm 0.7mm 0; vertical-align: top }} {extra}")


def printer(style: Style, size: float = 7.8) -> str:
    """The face of a calculator's program, and of the tables that it rules."""
    face = style.random.choice(_PRINTERS)
    return (
        f"{CSS} body {{ font-family: {face}; font-size: 9pt }} pre {{ font-family: {face}; white-space: pre; font-size: {size}pt; line-height: 1.22; margin: 0 }}"
        " .log { font-size: 7.6pt; margin: 2mm 0 } .log td, .log th { border: 0.2mm solid #444; padding: 0.3mm 0.9mm; text-align: right; font-weight: normal } .log th { text-align: center } .close { margin-top: 5mm; font-size: 9.5pt }"
    )


def month(facts: Facts) -> str:
    return MONTHS[facts.language][facts.period.month - 1]


def day(style: Style, date: dt.date) -> str:
    """In digits mostly, or with the month in a word; the office does it one way all over its page."""
    form = style.chosen.setdefault("tenth day", style.random.choice(("digits", "digits", "year", "word")))
    if form == "word" and style.language == "ru":
        return f"«{date.day:02d}» {MONTHS['ru_of'][date.month - 1]} {date.year} г."
    if form == "word":
        return f"{date.year}-{YEAR[style.language]} {date.day}-{MONTHS[style.language][date.month - 1]}"
    return f"{date:%d.%m.%Y}" + ({"ru": " г.", "uz": " y.", "uz_cyrl": " й."}[style.language] if form == "year" else "")


def requisites(style: Style, facts: Facts, *, dated: bool = True) -> str:
    """Who, where, contract, INN and the day of reading: a line each, two on a line where they are short, or a table without rules."""
    said = [
        (say(style, "organization"), escape(facts.organization)),
        (say(style, "address"), escape(facts.address)),
        (say(style, "contract"), facts.contract_number),
        (say(style, "inn"), facts.inn),
        *([(say(style, "reading_date"), day(style, facts.reading_date))] if dated else []),
    ]
    shape = style.random.choice(("lines", "pairs", "table"))
    if shape == "table":
        return (
            '<table class="bare" style="width:auto">' + "".join(row([f"{label}:", f"<b>{value}</b>"]) for label, value in said) + "</table>"
        )
    lines = [f"{label}: {value}" if label[-1] != "№" else f"{label} {value}" for label, value in said]
    if shape == "pairs":
        lines[2:4] = [" &nbsp;&nbsp;&nbsp;&nbsp; ".join(lines[2:4])]
    return "".join(f"<div>{line}</div>" for line in lines)


def close(style: Style, facts: Facts, *, dated: bool = True) -> str:
    """Who signs: two below each other, who took the readings, a letter's one line, or values over their captions; the day at the end."""
    random = style.random
    name, post = escape(random.choice((facts.signatory, initials_first(facts)))), escape(facts.position)
    hand = f'<span class="hand">{ink(style, facts)}</span>'
    shape = random.choice(("two", "two", "taken", "letter", "captions"))
    date = f"<div>{say(style, 'date')}: {day(style, facts.report_date)}</div>" if dated else ""
    left, top = (34, 108), (-4, 8)
    if shape == "two":
        second = say(style, "keeper") if random.random() < 0.6 else say(style, "accountant")
        second = say(style, "keeper") if second.casefold() == facts.position.casefold() else second
        other = f'<span class="hand">{ink(style, facts) if random.random() < 0.5 else ""}</span>'
        body = f'<table class="bare"><tr><td style="width:58mm">{post}</td><td style="width:48mm">{hand}</td><td>{name}</td></tr><tr><td style="padding-top:5mm">{second}</td><td style="padding-top:5mm">{other}</td><td style="padding-top:5mm">{person(style)}</td></tr></table>'
    elif shape == "taken":
        body = f"<div>{say(style, 'taken')} {post} {hand} {name}</div>"
    elif shape == "letter":
        body = f'<table style="width:100%"><tr><td style="width:40%"><b>{post}</b></td><td>{hand.replace("class=", "style=border:0 class=")}</td><td style="text-align:right"><b>{name}</b></td></tr></table><div class="small" style="margin-top:9mm">{say(style, "executor")} {person(style)}<br>{phone(style)}</div>'
    else:
        body = f'<table style="width:94%"><tr><td style="border-bottom:0.25mm solid #222; text-align:center">{post}</td><td style="border-bottom:0.25mm solid #222"><span class="hand" style="border:0">{ink(style, facts)}</span></td><td style="border-bottom:0.25mm solid #222; text-align:center">{name}</td></tr><tr class="under"><td>({say(style, "post")})</td><td>({say(style, "signature")})</td><td>({say(style, "name")})</td></tr></table>'
    place = f'<div class="small">{say(style, "stamp")}</div>' if random.random() < 0.85 else ""
    return f'<div class="close"><div style="margin:4mm 0">{body}</div>{place}{date}{seal(style, facts, left, top)}</div>'


def signed(style: Style, facts: Facts, ours: str, theirs: str) -> str:
    """The end of a printout: the program's line for the customer with post and name typed in, at times one for the supplier; the day of the report."""
    random = style.random
    name, post = escape(facts.signatory), escape(facts.position)
    line = f'{ours}: {post} <span class="hand">{ink(style, facts)}</span> {name}'
    if random.random() < 0.4:
        line = f'{ours} <span class="hand">{ink(style, facts)}</span> {post} {name}'
    other = f'<div style="margin-top:5mm">{theirs} <span class="hand"></span></div>' if theirs else ""
    word = random.choice(("Дата формирования отчета:", "Дата составления:", "Дата:"))
    return f'<div class="close"><div>{line} &nbsp; М.П.</div>{other}<div style="margin-top:4mm">{word} {facts.report_date:%d.%m.%Y}</div>{seal(style, facts, (60, 120), (-4, 8))}</div>'
