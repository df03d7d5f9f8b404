"""Plain papers as most offices send them: tables with the object beside the meter, memos, references, lists with dashes, monthly archives."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from html import escape

from tests.corpus.facts import Facts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts import parts
from tests.corpus.layouts.aside.blocks import meter_row, row, said_kind
from tests.corpus.layouts.aside.ends import CSS, signed_by_two, signed_line
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style

_CENTRED = CSS + ".grid td, .grid th { text-align: center }"


def objects(facts: Facts, style: Style) -> Drawn:
    """A table with the object first; indexes under one head of two cells; the dates of both in the heads."""
    head = (
        "<tr><th rowspan=2>Объект</th><th rowspan=2>Счетчик тепла</th><th rowspan=2>Заводской №</th><th colspan=2>Показания счетчика</th><th rowspan=2>Расход</th><th rowspan=2>Ед. изм.</th></tr>"
        f"<tr><th>предыдущие {facts.previous_date:%d.%m.%y}</th><th>текущие {facts.reading_date:%d.%m.%y}</th></tr>"
    )
    rows = "".join(
        meter_row(style, m, said_kind(m, "Отопление здания", "ГВС здания"), escape(m.model), m.serial, unit="apart") for m in facts.meters
    )
    body = (
        f"{parts.addressee(style)}<h1 style='text-align:center'>ОТЧЕТ О РАСХОДЕ ТЕПЛА<br>за {MONTHS['ru'][facts.period.month - 1]} {facts.period.year}г.</h1>"
        f"<div>Организация {escape(facts.organization)}</div><div>Адрес {escape(facts.address)}</div><div>№ договора {facts.contract_number}</div><div>ИНН {facts.inn}</div>"
        f'<table class="grid">{head}{rows}</table>'
        + signed_line(style, facts, f"<div>Дата составления {style.date(facts.report_date)}</div>", "М.П.")
    )
    return Drawn(body, css=_CENTRED)


def memo(facts: Facts, style: Style) -> Drawn:
    """A short letter with three lines a meter, each of which begins with its date or its word."""
    text = ""
    for m in facts.meters:
        unit = escape(style.unit(m.unit))
        text += (
            f'<div style="margin-top:3mm">{said_kind(m, "Теплосчетчик", "Счетчик горячей воды")} {escape(m.model)} № {m.serial}</div><div>Показания на {facts.previous_date:%d.%m.%Y} г. — {style.number(m.previous)} {unit}</div>'
            f"<div>Показания на {facts.reading_date:%d.%m.%Y} г. — {style.number(m.current)} {unit}</div><div>Итого расход — {style.number(m.consumption)} {unit}</div>"
        )
    body = (
        f"{parts.letterhead(style, facts)}{parts.outgoing(style, facts)}{parts.addressee(style)}<p>{escape(facts.organization)} сообщает показания приборов учета за {MONTHS['ru'][facts.period.month - 1]} месяц {facts.period.year} г. "
        f"(договор № {facts.contract_number}):</p>{text}" + signed_line(style, facts, place="М.П.") + parts.executor(style)
    )
    return Drawn(body, css=CSS)


def reference(facts: Facts, style: Style) -> Drawn:
    """A reference: what was used first, the indexes in parentheses behind it."""
    said = "".join(
        f"<p>– {said_kind(m, 'отопление', 'горячее водоснабжение')}: {style.number(m.consumption)} {escape(style.unit(m.unit))} (теплосчетчик {escape(m.model)}, заводской № {m.serial}, начальное показание {style.number(m.previous)}, конечное показание {style.number(m.current)});</p>"
        for m in facts.meters
    )
    body = (
        f'<h1 style="text-align:center">СПРАВКА</h1><p>Дана {escape(facts.organization)} (ИНН {facts.inn}), расположенным по адресу: {escape(facts.address)}, в том, что по договору теплоснабжения № {facts.contract_number} '
        f"за {MONTHS['ru'][facts.period.month - 1]} {facts.period.year} года по показаниям, снятым {facts.reading_date:%d.%m.%Y}, израсходовано тепловой энергии:</p>{said}"
        + signed_line(style, facts, f"<div>Дата выдачи: {style.date(facts.report_date)}</div>", "М.П.")
    )
    return Drawn(body, css=CSS)


def statement(facts: Facts, style: Style) -> Drawn:
    """Uzbek: a table of one row a meter under a heading of two rows; what the customer is stands in a second table beside."""
    head = (
        "<tr><th rowspan=2>№</th><th rowspan=2>Hisoblagich rusumi</th><th rowspan=2>Zavod raqami</th><th rowspan=2>Nima uchun</th><th colspan=3>Ko‘rsatkichlar</th><th rowspan=2>Birligi</th></tr>"
        "<tr><th>oldingi</th><th>hozirgi</th><th>farqi</th></tr>"
    )
    rows = "".join(
        meter_row(style, m, str(i), escape(m.model), m.serial, said_kind(m, "isitish", "issiq suv"), unit="apart")
        for i, m in enumerate(facts.meters, 1)
    )
    total = style.total(facts)
    if total:
        rows += f'<tr><td colspan="6">Jami</td><td>{total}</td><td></td></tr>'
    pairs = [
        ("Korxona", escape(facts.organization)),
        ("Manzil", escape(facts.address)),
        ("STIR", facts.inn),
        ("Shartnoma №", facts.contract_number),
        ("Olingan sana", f"{facts.reading_date:%d.%m.%Y}-y."),
    ]
    body = (
        f"<h1 style='text-align:center'>{facts.period.year}-yil {MONTHS['uz'][facts.period.month - 1]} oyi uchun<br>issiqlik energiyasi iste’moli to‘g‘risida ma’lumotnoma</h1>"
        f'<table class="grid" style="width:70%">{"".join(row(list(p)) for p in pairs)}</table><table class="grid">{head}{rows}</table>'
        + signed_by_two(style, facts, "Energetik", f"Sana: {facts.report_date:%d.%m.%Y}", "M.O‘.")
    )
    return Drawn(body, css=_CENTRED)


def listed(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic: a table whose first column joins system, model and serial, with a total and the unit in the head of the last column."""
    unit = escape(style.unit(facts.meters[0].unit))
    rows = row(["Т/р", "Ҳисобга олиш прибори", f"Ой бошида, {unit}", f"Ой охирида, {unit}", f"Истеъмол, {unit}"], "th")
    for i, m in enumerate(facts.meters, 1):
        rows += meter_row(style, m, str(i), f"{said_kind(m, 'Иситиш', 'Иссиқ сув')}: {escape(m.model)}, завод рақами {m.serial}")
    total = style.total(facts)
    if total:
        rows += f'<tr><td colspan="4">Жами</td><td>{total}</td></tr>'
    body = (
        f"<h1>Иссиқлик энергияси сарфи ҳисоботи, {facts.period.year} йил {MONTHS['uz_cyrl'][facts.period.month - 1]} ойи</h1><div>Истеъмолчи: {escape(facts.organization)}, СТИР {facts.inn}</div>"
        f'<div>Манзили: {escape(facts.address)}</div><div>Шартнома рақами: {facts.contract_number}. Кўрсаткичлар олинди: {facts.reading_date:%d.%m.%Y} й.</div><table class="grid">{rows}</table>'
        + signed_line(style, facts, f"<div>Сана: {style.date(facts.report_date)}</div>", "М.Ў.")
    )
    return Drawn(body, css=_CENTRED)


def monthly_archive(facts: Facts, style: Style) -> Drawn:
    """A calculator's monthly report on one sheet: requisites in two columns, one row of the month, integrators as two dated rows and a third of differences."""
    m, random, n = facts.meters[0], style.random, style.number
    unit = escape(style.unit(m.unit))
    mass = Decimal(random.randint(500_000, 9_000_000)) / 100
    first = facts.previous_date + dt.timedelta(days=1)
    rows = row(["Дата, время", f"Q, {unit}", "M1, т", "M2, т", "Tнар, ч"], "th")
    rows += row([f"{facts.previous_date:%d.%m.%Y} 24:00", n(m.previous), n(str(mass)), n(str(mass - 12)), "18220"])
    rows += row([f"{facts.reading_date:%d.%m.%Y} 24:00", n(m.current), n(str(mass + 640)), n(str(mass + 625)), "18940"])
    rows += row(["Итого за период", n(m.consumption), n("640"), n("637"), "720"])
    body = (
        f'<h1 style="text-align:center">Месячный отчет о потреблении тепловой энергии<br>за {MONTHS["ru"][facts.period.month - 1]} {facts.period.year} г. (с {first:%d.%m.%Y} по {facts.reading_date:%d.%m.%Y})</h1>'
        f'<table class="bare"><tr><td>Потребитель: {escape(facts.organization)}</td><td>Прибор: {escape(m.model)}</td></tr><tr><td>Адрес: {escape(facts.address)}</td><td>Заводской номер: {m.serial}</td></tr>'
        f"<tr><td>Договор №: {facts.contract_number}</td><td>Версия ПО: {random.randint(1, 4)}.{random.randint(10, 99)}</td></tr><tr><td>ИНН: {facts.inn}</td><td>Схема: {random.randint(1, 9)}, tхв = 5,0 °C</td></tr></table>"
        f'<table class="grid">{rows}</table>' + signed_line(style, facts, f"<div>Дата отчета: {facts.report_date:%d.%m.%Y}</div>", "М.П.")
    )
    return Drawn(body, css=_CENTRED)
