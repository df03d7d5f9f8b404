"""Typed forms that are kept aside: a passport of one meter, dated columns, a wide register, goods with parts, cards, sections, a sheet."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from decimal import Decimal
from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts, MeterFacts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts import parts
from tests.corpus.layouts.aside.blocks import CSS, end, heading, numbers, requisites, row
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style

_WORDS = {
    "ru": {
        "indicator": "Показатель", "value": "Значение", "verified": "Дата поверки", "seal": "Пломба №", "object": "Объект", "factor": "К тр.",
        "on": "Показание на {}", "goods": ("Наименование", "Кол-во", "Примечание"), "heat": "Тепловая энергия на отопление",
        "water": "Тепловая энергия на нужды ГВС", "by": "сч. №{}", "makeup": ("Подпитка (теплоноситель)", "тн"), "part": "в т.ч. субабонент ООО «Ижара Плюс»",
        "inside": "внутри строки {}", "all": "ВСЕГО т/энергии", "building": "Корпус {}", "chief_accountant": "Гл. бухгалтер",
    },
    "uz": {
        "indicator": "Ko'rsatkich nomi", "value": "Qiymati", "verified": "Qiyoslov sanasi", "seal": "Plomba №", "object": "Obyekt", "factor": "Koef.",
        "on": "{} holatiga ko‘rsatkich", "goods": ("Nomi", "Miqdori", "Izoh"), "heat": "Isitish uchun issiqlik energiyasi",
        "water": "Issiq suv uchun issiqlik energiyasi", "by": "hisoblagich №{}", "makeup": ("To‘ldirish suvi", "tonna"), "part": "shu jumladan ijarachi «Ijara Plus» MChJ",
        "inside": "{}-qator ichida", "all": "JAMI issiqlik energiyasi", "building": "{}-bino", "chief_accountant": "Bosh hisobchi",
    },
    "uz_cyrl": {
        "indicator": "Кўрсаткич номи", "value": "Қиймати", "verified": "Қиёслов санаси", "seal": "Пломба №", "object": "Объект", "factor": "Коэф.",
        "on": "{} ҳолатига кўрсаткич", "goods": ("Номи", "Миқдори", "Изоҳ"), "heat": "Иситиш учун иссиқлик энергияси",
        "water": "Иссиқ сув учун иссиқлик энергияси", "by": "ҳисоблагич №{}", "makeup": ("Тўлдириш суви", "тонна"), "part": "шу жумладан ижарачи «Ижара Плюс» МЧЖ",
        "inside": "{}-қатор ичида", "all": "ЖАМИ иссиқлик энергияси", "building": "{}-бино", "chief_accountant": "Бош ҳисобчи",
    },
}  # fmt: skip


def passport(facts: Facts, style: Style) -> Drawn:
    """One meter, a row a property; the dates of the two readings stand in its own rows, verification and seal are traps."""
    word, meter, random = _WORDS[style.language], facts.meters[0], style.random
    unit = escape(style.unit(meter.unit))
    verified = f"{random.randint(1, 28):02d}.{random.randint(1, 12):02d}.{random.randint(2023, 2025)}"
    rows = [
        (style.label("meter"), escape(meter.model)),
        (style.label("serial"), meter.serial),
        (word["verified"], verified),
        (word["seal"], f"{random.randint(100000, 999999)}"),
        (style.label("system"), style.kind(meter.kind)),
        (f"{style.label('previous')}, {unit}", style.number(meter.previous)),
        (f"{style.label('current')}, {unit}", style.number(meter.current)),
        (f"{style.label('consumption')}, {unit}", style.number(meter.consumption)),
    ]
    lines = [[str(i), name, value] for i, (name, value) in enumerate(rows, 1)]
    table = row([style.label("number"), word["indicator"], word["value"]], "th") + "".join(row(line) for line in lines)
    css = CSS + ".frame td:nth-child(2) { text-align: left; } .frame td:nth-child(3) { font-weight: bold; }"
    return Drawn(f'{heading(style, facts)}{requisites(style, facts)}<table class="frame">{table}</table>{end(style, facts)}', css=css)


def dated_columns(facts: Facts, style: Style) -> Drawn:
    """The two readings are named by their dates alone; all in one unit, in the heading of the columns."""
    word, unit = _WORDS[style.language], escape(style.unit(facts.meters[0].unit))
    dates = [word["on"].format(f"{day:%d.%m.%Y}") for day in (facts.previous_date, facts.reading_date)]
    head = row(
        [style.label("serial"), style.label("system"), *(f"{d}, {unit}" for d in dates), f"{style.label('consumption')}, {unit}"], "th"
    )
    rows = "".join(row([m.serial, style.kind(m.kind), *numbers(style, m)]) for m in facts.meters)
    total = style.total(facts)
    if total:
        rows += f'<tr><td colspan="4" style="text-align:left">{style.label("total")}</td><td>{total}</td></tr>'
    body = f'{parts.addressee(style)}{heading(style, facts)}{requisites(style, facts, with_reading_date=style.chance(0.5))}<table class="frame">{head}{rows}</table>{end(style, facts)}'
    return Drawn(body, css=CSS)


def wide_register(facts: Facts, style: Style) -> Drawn:
    """A sheet on its side with a column for everything: building, verification, a factor of 1, both indexes, difference, unit."""
    word, random = _WORDS[style.language], style.random
    names = [style.label("number"), word["object"], style.label("meter"), style.label("serial"), word["verified"], style.label("system")]
    head = row(
        [*names, style.label("previous"), style.label("current"), word["factor"], style.label("consumption"), style.label("unit")], "th"
    )
    rows = ""
    for i, m in enumerate(facts.meters, 1):
        previous, current, consumption = numbers(style, m)
        verified = f"{random.randint(1, 12):02d}.{random.randint(2023, 2026)}"
        cells = [str(i), word["building"].format(random.randint(1, 9)), escape(m.model), m.serial, verified, style.kind(m.kind)]
        rows += row([*cells, previous, current, "1", consumption, escape(style.unit(m.unit))])
    total = style.total(facts)
    if total:
        rows += f'<tr><td colspan="9" style="text-align:right">{style.label("total")}</td><td>{total}</td><td></td></tr>'
    css = CSS + "@page { size: A4 landscape } .frame { font-size: 0.86em; }"
    return Drawn(f'{heading(style, facts)}{requisites(style, facts)}<table class="frame">{head}{rows}</table>{end(style, facts)}', css=css)


def goods_with_parts(facts: Facts, style: Style) -> Drawn:
    """A goods-like table without indexes: tonnes and a share «в т.ч.» that belong to no sum, a total, a second signatory."""
    word, random = _WORDS[style.language], style.random
    name, amount, remark = word["goods"]
    head = row([style.label("number"), name, style.label("unit"), amount, remark], "th")
    rows = ""
    for i, m in enumerate(facts.meters, 1):
        what = word["water"] if m.kind is MeterKind.HOT_WATER else word["heat"]
        rows += row([str(i), what, escape(style.unit(m.unit)), style.number(m.consumption), word["by"].format(m.serial)])
    count = len(facts.meters)
    rows += row([str(count + 1), word["makeup"][0], word["makeup"][1], style.number(f"{random.randint(100, 900) / 100:.2f}"), ""])
    if style.chance(0.6):
        share = (Decimal(facts.meters[0].consumption) / random.randint(5, 12)).quantize(Decimal(facts.meters[0].consumption))
        rows += row(
            [str(count + 2), word["part"], escape(style.unit(facts.meters[0].unit)), style.number(str(share)), word["inside"].format(1)]
        )
    whole = sum((Decimal(m.consumption) for m in facts.meters), Decimal(0))
    rows += row(["", word["all"], escape(style.unit(facts.meters[0].unit)), style.number(str(whole)), ""])
    second = f'<div class="who"><span class="what">{word["chief_accountant"]}</span><span class="pen" style="border-bottom:0.3mm solid #333"></span></div>'
    css = CSS + ".frame td:nth-child(2), .frame td:nth-child(5) { text-align: left; }"
    return Drawn(
        f'{heading(style, facts)}{requisites(style, facts)}<table class="frame">{head}{rows}</table>{end(style, facts)}{second}', css=css
    )


def cards(facts: Facts, style: Style) -> Drawn:
    """Each meter on a card of its own, cards side by side."""

    def card(m: MeterFacts) -> str:
        unit = escape(style.unit(m.unit))
        lines = [
            f"<b>{style.kind(m.kind)}</b>",
            f"{escape(m.model)}, {style.label('serial')} {m.serial}",
            *(f"{style.label(k)}: {style.number(getattr(m, k))} {unit}" for k in ("previous", "current", "consumption")),
        ]
        return '<td class="card">' + "".join(f"<div>{line}</div>" for line in lines) + "</td>"

    css = (
        CSS
        + ".card { border: 0.4mm solid #222; padding: 2mm; width: 50%; vertical-align: top; line-height: 1.5 } .deck { border-spacing: 3mm; border-collapse: separate; font-size: 0.9em }"
    )
    deck = "".join(card(m) for m in facts.meters)
    return Drawn(
        f'{heading(style, facts)}{requisites(style, facts)}<table class="deck"><tr>{deck}</tr></table>{end(style, facts)}', css=css
    )


def sections(facts: Facts, style: Style) -> Drawn:
    """The kind of the rows stands in a row over the table's width, not beside each meter."""
    keys = ("meter", "serial", "previous", "current", "consumption", "unit")
    rows = row([style.label(k) for k in keys], "th")
    for kind in (MeterKind.HEAT, MeterKind.HOT_WATER):
        of_it = [m for m in facts.meters if m.kind is kind]
        if of_it:
            rows += f'<tr><td colspan="6" style="text-align:left"><b>{style.kind(kind)}</b></td></tr>'
        rows += "".join(row([escape(m.model), m.serial, *numbers(style, m), escape(style.unit(m.unit))]) for m in of_it)
    return Drawn(f'{heading(style, facts)}{requisites(style, facts)}<table class="frame">{rows}</table>{end(style, facts)}', css=CSS)


def sheet(facts: Facts, style: Style) -> Drawn:
    """A spreadsheet printed with its grid and its headings A, B, C and 1, 2, 3; dots and commas as the program likes."""
    month = f"{MONTHS[style.language][facts.period.month - 1]} {facts.period.year}"
    lines: list[list[str]] = [
        [f"{style.label('title')}", "", "", "", "", ""],
        ["", month, "", "", "", ""],
        [style.label("organization"), escape(facts.organization), "", "", "", ""],
        [style.label("address"), escape(facts.address), "", "", "", ""],
        [style.label("contract"), facts.contract_number, "", style.label("inn"), facts.inn, ""],
        [style.label("reading_date"), f"{facts.reading_date:%d.%m.%Y}", "", "", "", ""],
        ["", "", "", "", "", ""],
        [style.label(k) for k in ("serial", "system", "previous", "current", "consumption", "unit")],
        *([m.serial, style.kind(m.kind), *numbers(style, m), escape(style.unit(m.unit))] for m in facts.meters),
    ]
    total = style.total(facts)
    if total:
        lines.append([style.label("total"), "", "", "", total, ""])
    grid = row(["", *"ABCDEF"], "th") + "".join(row([f'<span class="n">{i}</span>', *line]) for i, line in enumerate(lines, 1))
    css = (
        CSS
        + ".sheet td, .sheet th { border: 0.15mm solid #bbb; padding: 0.6mm 1mm; text-align: left; font-weight: normal } .sheet th, .sheet .n { color: #777 } .sheet { font-size: 0.88em }"
    )
    return Drawn(f'<table class="sheet">{grid}</table>{end(style, facts)}', css=css)
