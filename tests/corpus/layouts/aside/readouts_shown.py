"""Printouts of the sixth batch that were shown: КМ-5 by the web, SA-94 between bars, a readout card in other units."""
# ruff: noqa: E501 - lines of print

from __future__ import annotations

from decimal import Decimal
from html import escape

from tests.corpus.facts import Facts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts.aside.archive_parts import DAY, archive, columns, counter, css, foot, hours, logged, ruled, total, totals
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def km5_web(facts: Facts, style: Style) -> Drawn:
    """КМ-5 from a dispatcher's web page: number of the meter over an underscore, the newer end before the older, «Итого» of both tables."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    unit, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    heads = ["Дата", f"Q [{unit}]", "М1 [т]", "М2 [т]", "М1-M2 [т]", "t1 [°С]", "t2 [°С]", "P1 [ат]", "P2 [ат]", "Тр [ч]", "Ошибки"]
    kept = ("energy", "supply", "back", "lost", "hot", "cold", "6.1", "4.4", "24.00", ("", "", "", "", "U"))
    lines, mass = logged(style, m.consumption, days, [heads], "%d.%m.%y", kept, "Итого"), counter(style)
    sums = [["Показания интеграторов КМ-5", f"Q [{unit}]", "М1 [т]", "Тр [ч]"], [f"на {last:%d.%m.%Y} 24:00:00", n(m.current), n(str(mass + Decimal(total(days, "supply")))), n("21044.10")],
            [f"на {facts.previous_date:%d.%m.%Y} 24:00:00", n(m.previous), n(str(mass)), n("20324.10")], [*totals(style, "Итого", m.consumption, days, "supply"), n(hours(days))]]  # fmt: skip
    head = (
        f"<div style='text-align:center'>Посуточная ведомость показаний прибора учета<br>за {MONTHS['ru'][facts.period.month - 1]} {facts.period.year} г. (с {first:%d.%m.%y} по {last:%d.%m.%y})</div><div>Потребитель ________ {escape(facts.organization)}</div><div>Адрес ________ {escape(facts.address)}</div>"
        f"<div>Договор № ____ {facts.contract_number} &nbsp; ИНН ____ {facts.inn}</div><div>Номер теплосчетчика _{m.serial} &nbsp; Тип {escape(m.model)} &nbsp; Система: отопление</div>"
    )
    return Drawn(
        f"{head}{ruled(lines)}{ruled(sums)}{foot(style, facts, 'Потребитель', 'Теплоснабжающая организация')}",
        css=css(style, monospace=False),
        margins=(9, 10),
    )


def sa94_bars(facts: Facts, style: Style) -> Drawn:
    """SA-94 between bars, heads on three lines, hours at the end, integrators on two lines of words."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    unit, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    heads = [
        ["Дата", "Кол-во тепл.", "Под. труб.", "Обр. труб.", "Разность", "t под.", "t обр.", "Время"],
        ["", "энергии Q", "M1", "M2", "M1-M2", "", "", "нар-ки"],
        ["", unit, "т", "т", "т", "°C", "°C", "час"],
    ]
    kept = ("energy", "supply", "back", "lost", "hot", "cold", "24.0")
    lines = logged(style, m.consumption, days, heads, "%d.%m.%Y", kept, "ИТОГО", "СРЕДНЕЕ")
    text = (
        f"         ОТЧЁТНАЯ ВЕДОМОСТЬ ЗА ПОТРЕБЛЁННОЕ ТЕПЛО И ТЕПЛОНОСИТЕЛЬ\n                    с {first:%d.%m.%Y} по {last:%d.%m.%Y}\n\nНомер прибора: {m.serial}    Тип: {m.model}    Конфигурация: 200 - 11\nПотребитель:   {facts.organization}, ИНН {facts.inn}\nАдрес:         {facts.address}\nДоговор №:     {facts.contract_number}\n\n"
        f"{columns(lines, ' | ')}\n\nПоказание счетчика энергии на начало периода ({first:%d.%m.%Y} 00:00): {n(m.previous)} {unit}\nПоказание счетчика энергии на конец периода  ({last:%d.%m.%Y} 24:00): {n(m.current)} {unit}"
    )
    return Drawn(f"<pre>{escape(text)}</pre>{foot(style, facts, 'Ответственное лицо')}", css=css(style), margins=(9, 12))


def readout_card(facts: Facts, style: Style) -> Drawn:
    """A European meter's card typed by a serviceman: registers with their codes, energy among volumes and temperatures, this month and the last."""
    m, n, random = facts.meters[0], style.number, style.random
    unit = style.unit(m.unit)
    volume = Decimal(random.randint(10**5, 9 * 10**6)) / 100
    lines = [["Регистр", "Наименование", "Ед.", f"{facts.previous_date:%d.%m.%Y}", f"{facts.reading_date:%d.%m.%Y}", "Разница"], ["E1", "Тепловая энергия", unit, n(m.previous), n(m.current), n(m.consumption)], ["V1", "Объем, подающий", "м3", n(str(volume)), n(str(volume + 612)), n("612.00")],
             ["T1", "Температура подачи", "°C", n("71.4"), n("68.9"), ""], ["T2", "Температура обратки", "°C", n("44.2"), n("43.0"), ""], ["h", "Часы работы", "ч", "18220", "18964", "744"]]  # fmt: skip
    head = (
        f"<h1>Карта считывания теплосчетчика</h1><div>Отчетный месяц: {MONTHS['ru'][facts.period.month - 1]} {facts.period.year}</div><div>Абонент: {escape(facts.organization)} (ИНН {facts.inn})</div><div>Адрес: {escape(facts.address)}</div><div>Договор № {facts.contract_number}</div>"
        f"<div>Прибор: {escape(m.model)}, S/N {m.serial}, DN50, система отопления</div><div>Дата считывания: {facts.reading_date:%d.%m.%Y}</div>"
    )
    return Drawn(
        f"{head}{ruled(lines)}{foot(style, facts, 'Ответственное лицо')}",
        css=css(style, monospace=False) + "body { font-size: 11pt } .log { font-size: 10pt }",
    )
