"""Forms as offices make them with a word processor or a spreadsheet: ruled reports, a bilingual one, a card, a workbook's sheet, acts of readings."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from html import escape

from metering.units import Unit
from tests.corpus.facts import Facts, MeterFacts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts import parts
from tests.corpus.layouts.aside.blocks import row, total_row
from tests.corpus.layouts.aside.ends import initials_first, ink, seal
from tests.corpus.layouts.aside.trade import close, css, indexes, kind, month, said, say, second_person, title, typed
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style

_KEYS = ["organization", "address", "contract", "inn", "reading_date"]


def _numbers(style: Style, m: MeterFacts) -> list[str]:
    return [f'<span class="n">{style.number(v)}</span>' for v in (m.previous, m.current, m.consumption)]


def _requisites(facts: Facts, style: Style) -> str:
    """On lines, two on a line, or as two columns with or without rules."""
    random = style.random
    keys = [*_KEYS[:2], *random.sample(_KEYS[2:], 3)]
    shape = random.choice(("lines", "lines", "pairs", "columns", "ruled"))
    words = [said(style, facts, key) for key in keys]
    if shape == "lines":
        return "".join(f"<div>{w}</div>" for w in words)
    if shape == "pairs":
        return f"<div>{words[0]}</div><div>{words[1]}</div><table style='margin:0'><tr><td>{words[2]}</td><td>{words[3]}</td></tr></table><div>{words[4]}</div>"
    cells = "".join(row([say(style, key), word.removeprefix(say(style, key)).lstrip(" :–")]) for key, word in zip(keys, words, strict=True))
    return f'<table class="{"grid" if shape == "ruled" else "bare"}" style="width:85%">{cells}</table>'


def report(facts: Facts, style: Style) -> Drawn:
    """The usual form: a head of one row or two, the unit in the head, in a column or beside the number, columns in the office's order."""
    random = style.random
    unit = escape(style.unit(facts.meters[0].unit))
    one_unit = len({m.unit for m in facts.meters}) == 1
    place = random.choice(("head", "column", "column")) if one_unit else random.choice(("column", "column", "beside"))
    numbered, tall = random.random() < 0.7, random.random() < 0.5
    front = random.choice(
        (["meter", "serial", "system"], ["system", "meter", "serial"], ["serial", "system"], ["serial", "meter", "system"])
    )
    unit_first = place == "column" and random.random() < 0.35
    was, now = indexes(style, facts, short=tall)
    suffix = f", {unit}" if place == "head" else ""
    used = say(style, "consumption") + suffix
    first = [*(["number"] if numbered else []), *front, *(["unit"] if unit_first else [])]
    last = ["unit"] if place == "column" and not unit_first else []
    if tall:
        head = (
            "<tr>"
            + "".join(f'<th rowspan="2">{say(style, k)}</th>' for k in first)
            + f'<th colspan="2">{say(style, "readings")}{suffix}</th>'
        )
        head += (
            f'<th rowspan="2">{used}</th>'
            + "".join(f'<th rowspan="2">{say(style, k)}</th>' for k in last)
            + "</tr>"
            + row([was, now], "th")
        )
    else:
        head = row([*(say(style, k) for k in first), was + suffix, now + suffix, used, *(say(style, k) for k in last)], "th")
    if random.random() < 0.2:
        head += row([str(i + 1) for i in range(len(first) + 3 + len(last))], "th")
    rows = ""
    for i, m in enumerate(facts.meters, 1):
        its = escape(style.unit(m.unit))
        said_of = {"number": str(i), "meter": escape(m.model), "serial": m.serial, "system": kind(style, m), "unit": its}
        numbers = _numbers(style, m)
        if place == "beside":
            numbers[2] += f" {its}"
        rows += row([*(said_of[k] for k in first), *numbers, *(said_of[k] for k in last)])
    total = style.total(facts)
    if total and random.random() < 0.8:
        rows += f'<tr><td colspan="{len(first) + 2}">{say(style, "total")}</td><td class="n">{total}</td>{"<td></td>" * len(last)}</tr>'
    top = parts.addressee(style) if random.random() < 0.5 else ""
    body = f'{top}{title(style, facts)}{_requisites(facts, style)}<table class="grid mid main">{head}{rows}</table>{close(style, facts)}'
    return Drawn(body, css=css(style) + ".main { font-size: 86% }")


def bilingual(facts: Facts, style: Style) -> Drawn:
    """Each label and each head in Uzbek and in Russian, one below the other or with a slash between."""
    cut = style.random.choice(("<br>", " / ", "/"))
    line = " / " if cut == "<br>" else cut
    names = MONTHS["uz"][facts.period.month - 1], MONTHS["ru"][facts.period.month - 1]
    unit = {Unit.GCAL: "Gkal/Гкал", Unit.GJ: "GJ/ГДж", Unit.MWH: "MVt·soat/МВт·ч", Unit.KWH: "kVt·soat/кВт·ч", Unit.M3: "m³/м³"}
    pairs = [
        (typed(style, "Tashkilot nomi"), "Наименование организации", escape(facts.organization)), ("Manzili", "Адрес", escape(facts.address)), ("Shartnoma raqami", "Номер договора", facts.contract_number),
        ("STIR", "ИНН", facts.inn), (typed(style, "Ko‘rsatkich olingan sana"), "Дата снятия показаний", f"{facts.reading_date:%d.%m.%Y}"),
    ]  # fmt: skip
    top = "".join(f"<tr><td>{a}{line}{b}</td><td>{v}</td></tr>" for a, b, v in pairs)
    heads = [("T/r", "№"), ("Hisoblagich turi", "Тип прибора"), ("Zavod raqami", "Заводской №"), ("Tizim", "Система"), (typed(style, "Oldingi ko‘rsatkich"), "Предыдущее показание"),
             (typed(style, "Joriy ko‘rsatkich"), "Текущее показание"), ("Farqi", "Разность"), (typed(style, "O‘lchov birligi"), "Ед. изм.")]  # fmt: skip
    rows = row([f"{a}{cut}{b}" for a, b in heads], "th")
    for i, m in enumerate(facts.meters, 1):
        system = "Issiq suv / ГВС" if m.kind.value == "hot_water" else "Isitish / Отопление"
        rows += row([str(i), escape(m.model), m.serial, system, *_numbers(style, m), unit[m.unit]])
    rows += total_row(style, facts, lambda: "Jami / Итого", 6, after=1)
    post, name = escape(facts.position), escape(initials_first(facts))
    end = (
        f'<div class="close"><div>Hisobot sanasi / Дата составления: {facts.report_date:%d.%m.%Y}</div><table><tr><td style="width:60mm">{post}</td><td><span class="hand">{ink(style, facts)}</span></td><td>{name}</td></tr>'
        f'<tr><td></td><td class="under">imzo / подпись</td><td></td></tr></table><div class="small">{typed(style, "M.O‘.")} / М.П.</div>{seal(style, facts, (60, 120), (0, 8))}</div>'
    )
    body = (
        f'<h1 style="text-align:center">{typed(style, "ISSIQLIK ENERGIYASI ISTE’MOLI TO‘G‘RISIDA HISOBOT")}<br>ОТЧЕТ О ПОТРЕБЛЕНИИ ТЕПЛОВОЙ ЭНЕРГИИ<br>{facts.period.year}-yil {names[0]} / {names[1]} {facts.period.year} г.</h1>'
        f'<table class="{style.random.choice(("bare", "grid"))}">{top}</table><table class="grid mid main">{rows}</table>{end}'
    )
    return Drawn(body, css=css(style) + ".main { font-size: 82% }")


def card(facts: Facts, style: Style) -> Drawn:
    """A ruled sheet of two columns, label and value; what belongs to one meter stands under a row with its number."""
    was, now = indexes(style, facts)
    rows = '<tr><td colspan="2" class="mid"><b>Сведения об абоненте</b></td></tr>'
    for key in ("organization", "inn", "address", "contract"):
        rows += row(
            [
                say(style, key),
                {
                    "organization": escape(facts.organization),
                    "inn": facts.inn,
                    "address": escape(facts.address),
                    "contract": facts.contract_number,
                }[key],
            ]
        )
    rows += row(["Отчетный месяц", f"{MONTHS['ru'][facts.period.month - 1]} {facts.period.year} г."]) + row(
        [say(style, "reading_date"), style.date(facts.reading_date)]
    )
    for i, m in enumerate(facts.meters, 1):
        unit = escape(style.unit(m.unit))
        number = f"Прибор учета № {i}" if len(facts.meters) > 1 else "Прибор учета"
        rows += f'<tr><td colspan="2" class="mid"><b>{number}</b></td></tr>'
        before, current, used = _numbers(style, m)
        rows += row(["Тип прибора", escape(m.model)]) + row([say(style, "serial"), m.serial]) + row([say(style, "system"), kind(style, m)])
        rows += row([f"{was}, {unit}", before]) + row([f"{now}, {unit}", current]) + row([f"{say(style, 'consumption')}, {unit}", used])
    total = style.total(facts)
    if total:
        rows += row(["<b>Итого тепловой энергии</b>", f"<b>{total}</b> {escape(style.unit(facts.meters[0].unit))}"])
    body = f'<h1 style="text-align:center">{style.random.choice(("КАРТОЧКА ПОКАЗАНИЙ", "ОТЧЕТ АБОНЕНТА", "Форма отчета о потреблении тепловой энергии"))}</h1><table class="grid">{rows}</table>{close(style, facts)}'
    return Drawn(body, css=css(style) + ".grid td:first-child { width: 46% } td.mid { text-align: center }")


def workbook(facts: Facts, style: Style) -> Drawn:
    """A spreadsheet's sheet: requisites in the first cells of the same grid, fine lines about every cell, an empty row here and there."""
    heads = [typed(style, w) for w in ("№", "Прибор номи", "Прибор рақами", "Тизим", "Ўтган ой", "Шу ой", "Фарқи", "Бирлиги")]
    wide = len(heads)

    def across(label: str, value: str) -> str:
        return f'<tr><td colspan="3">{typed(style, label)}</td><td colspan="{wide - 3}">{value}</td></tr>'

    empty = "<tr>" + "<td>&nbsp;</td>" * wide + "</tr>"
    rows = f'<tr><td colspan="{wide}"><b>{say(style, "title")}</b></td></tr><tr><td colspan="{wide}">{month(style, facts)}</td></tr>{empty}'
    rows += (
        across("Ташкилот", escape(facts.organization))
        + across("Манзил", escape(facts.address))
        + across("Шартнома рақами", facts.contract_number)
        + across("СТИР", facts.inn)
    )
    rows += across("Кўрсаткичлар олинган сана", f"{facts.reading_date:%d.%m.%Y}") + empty + row(heads, "th")
    for i, m in enumerate(facts.meters, 1):
        rows += row([str(i), escape(m.model), m.serial, kind(style, m), *_numbers(style, m), escape(style.unit(m.unit))])
    total = style.total(facts)
    if total:
        rows += "<tr>" + "<td></td>" * 5 + f"<td>{typed(style, 'Жами')}</td><td>{total}</td><td></td></tr>"
    return Drawn(
        f'<table class="sheet">{rows}</table>{close(style, facts)}',
        css=css(style)
        + ".sheet { font-size: 88% } .sheet td, .sheet th { border: 0.15mm solid #888; padding: 0.5mm 1.2mm; text-align: left }",
    )


def readings_act(facts: Facts, style: Style) -> Drawn:
    """Act of readings, Russian: number, day and month, value and value with their dates, difference; both parties at the foot."""
    random = style.random
    was, now = f"{facts.previous_date:%d.%m.%Y}", f"{facts.reading_date:%d.%m.%Y}"
    head = "<tr>" + "".join(f"<th rowspan=2>{w}</th>" for w in ("№ прибора", "Тип", "Вид потребления"))
    head += "<th colspan=2>Предыдущие показания</th><th colspan=2>Текущие показания</th><th rowspan=2>Расход</th><th rowspan=2>Ед. изм.</th></tr>"
    head += row(["дата", "показание", "дата", "показание"], "th")
    rows = ""
    for m in facts.meters:
        before, current, used = _numbers(style, m)
        rows += row([m.serial, escape(m.model), kind(style, m), was, before, now, current, used, escape(style.unit(m.unit))])
    _, other = second_person(style, facts)
    body = (
        f'<h1 style="text-align:center">АКТ № {random.randint(1, 60)}<br>снятия показаний расчетных приборов учета<br>за {MONTHS["ru"][facts.period.month - 1]} месяц {facts.period.year} года</h1>'
        f'<table style="margin:0"><tr><td>г. Ташкент</td><td class="right">{style.date(facts.report_date)}</td></tr></table>'
        f"<div>{said(style, facts, 'organization')}</div><div>{said(style, facts, 'address')}</div><div>{said(style, facts, 'contract')}, {said(style, facts, 'inn')}</div>"
        f'<table class="grid mid main">{head}{rows}</table><div>Пломбы не нарушены, приборы учета исправны.</div>'
        f'<div class="close"><table><tr><td style="width:62mm">Представитель абонента:<br>{escape(facts.position)}</td><td><span class="hand">{ink(style, facts)}</span></td><td>{escape(facts.signatory)}</td></tr>'
        f'<tr><td>Представитель теплоснабжающей организации</td><td><span class="hand"></span></td><td>{escape(other) if random.random() < 0.5 else ""}</td></tr></table><div class="small">М.П.</div>{seal(style, facts, (50, 110), (-2, 8))}</div>'
    )
    return Drawn(body, css=css(style) + ".main { font-size: 82% }")


def readings_act_latin(facts: Facts, style: Style) -> Drawn:
    """Act of readings, Uzbek: a numbered point for each matter; a small table for each meter."""

    def t(text: str) -> str:
        return typed(style, text)

    points = f"<div>1. {t('Iste’molchi')}: {escape(facts.organization)}, STIR {facts.inn}</div><div>2. {t('Obyekt manzili')}: {escape(facts.address)}</div><div>3. {t('Shartnoma raqami')}: {facts.contract_number}</div>"
    points += f"<div>4. {t('Ko‘rsatkichlar olingan sana')}: {style.date(facts.reading_date)}</div><div>5. {t('Hisob-kitob davri')}: {facts.period.year}-yil {MONTHS['uz'][facts.period.month - 1]}</div>"
    was, now = indexes(style, facts)
    tables = ""
    for m in facts.meters:
        unit = escape(style.unit(m.unit))
        tables += f'<div style="margin-top:4mm"><b>{escape(m.model)}, {t("zavod raqami")} {m.serial}</b> – {kind(style, m)}</div><table class="grid mid" style="margin:1mm 0">'
        tables += row([was, now, say(style, "consumption"), say(style, "unit")], "th") + row([*_numbers(style, m), unit]) + "</table>"
    return Drawn(
        f'<h1 style="text-align:center">{t("HISOBLAGICH KO‘RSATKICHLARI DALOLATNOMASI")}</h1>{points}{tables}{close(style, facts)}',
        css=css(style),
    )
