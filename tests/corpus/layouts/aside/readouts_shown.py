"""Printouts that were shown: КМ-5 by the web and its protocol, SA-94 between bars and with its counter a day, a readout card in other units, ВКТ-7 and ТВ7 ruled."""
# ruff: noqa: E501 - lines of print

from __future__ import annotations

from decimal import Decimal
from html import escape

from tests.corpus.facts import Facts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts.aside import ninth_desk
from tests.corpus.layouts.aside.archive_parts import DAY, archive, columns, counter, css, foot, hours, logged, mean, ruled, total, totals
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


def vkt7_sheet(facts: Facts, style: Style) -> Drawn:
    """ВКТ-7 through a spreadsheet: head on two columns, a ruled day table, integrators as «начало / конец / за период» columns below."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    unit, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    heads = ["Дата", f"Qо, {unit}", "V1, м3", "M1, т", "V2, м3", "M2, т", "Mг, т", "t1, °C", "t2, °C", "BНP, ч", "BOC, ч"]
    kept = ("energy", "supply", "supply", "back", "back", "lost", "hot", "cold", "24", "0")
    lines, mass = logged(style, m.consumption, days, [heads], "%d/%m/%y", kept, "Итого:", "Средние:"), counter(style)
    sums = [["Интегратор", f"на {first:%d.%m.%Y} 00:00", f"на {last:%d.%m.%Y} 24:00", "за период"], [f"Qо, {unit}", n(m.previous), n(m.current), n(m.consumption)],
            ["M1, т", n(str(mass)), n(str(mass + Decimal(total(days, "supply")))), n(total(days, "supply"))], ["BНP, ч", "11820", str(11820 + 24 * len(days)), hours(days, 0)]]  # fmt: skip
    head = (
        f"<div><b>Отчет о суточных параметрах теплопотребления за период {first:%d.%m.%Y} - {last:%d.%m.%Y}</b></div><table style='margin:1mm 0; font-size:92%'><tr><td>Абонент: {escape(facts.organization)}</td><td>Тепловычислитель {escape(m.model)} сет.N {style.random.randint(1, 30):03d}</td></tr>"
        f"<tr><td>Адрес: {escape(facts.address)}</td><td>Заводской номер {m.serial}</td></tr><tr><td>Договор № {facts.contract_number} &nbsp; ИНН {facts.inn}</td><td>Тепловой ввод 1. Отопление. СИ=1</td></tr></table>"
    )
    return Drawn(
        f"{head}{ruled(lines)}{ruled(sums)}{foot(style, facts, 'Представитель абонента', 'Представитель теплоснабж. организации')}",
        css=css(style, monospace=False),
        margins=(9, 10),
    )


def tv7_sheet(facts: Facts, style: Style) -> Drawn:
    """ТВ7: «Отчет по тепловому вводу 1» with heads of two rows; counters' values at both ends as rows under the days."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    unit, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    heads = [["Дата", "t1", "t2", "dt", "V1", "M1", "M2", "dM", "Qтв", "ВНР", "ВОС", "НС"], ["", "°C", "°C", "°C", "м3", "т", "т", "т", unit, "ч", "ч", ""]]  # fmt: skip
    kept = ("hot", "cold", "drop", "supply", "supply", "back", "lost", "energy", "24", "0", "")
    lines, mass = logged(style, m.consumption, days, heads, "%d.%m.%Y", kept, "Итого", "Среднее"), counter(style)
    for word, value, tonnes in (
        (f"{facts.previous_date:%d.%m.%Y} 24:00", m.previous, mass),
        (f"{last:%d.%m.%Y} 24:00", m.current, mass + Decimal(total(days, "supply"))),
    ):
        lines.append([word, "", "", "", "", n(str(tonnes)), "", "", n(value), "", "", ""])
    head = (
        f"<div style='text-align:center'><b>Отчет по тепловому вводу 1 за период с {first:%d.%m.%Y} по {last:%d.%m.%Y}</b></div><div>Потребитель: {escape(facts.organization)}, ИНН {facts.inn}</div><div>Адрес: {escape(facts.address)}. Договор: {facts.contract_number}</div>"
        f"<div>Тип прибора: {escape(m.model)} &nbsp; Заводской номер: {m.serial} &nbsp; Схема измерений: 0 &nbsp; ФТ: 2 &nbsp; tх: 5 °C</div>"
    )
    return Drawn(
        f"{head}{ruled(lines, 2)}{foot(style, facts, 'Ответственный', printed='Отчет создан')}",
        css=css(style, monospace=False),
        margins=(9, 10),
    )


def sa94_counters(facts: Facts, style: Style) -> Drawn:
    """SA-94: the counter's state at the end of each day beside the day's heat; the line before the first day is the month's beginning."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    one, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    places = len(m.consumption.partition(".")[2])
    log = [["Дата", f"Q за сутки, {one}", f"Счетчик Q, {one}", "M1, т", "M2, т", "t под.", "t обр.", "Время нар-ки, ч"], [f"{facts.previous_date:%d.%m.%Y}", "", n(m.previous), "", "", "", "", ""]]  # fmt: skip
    state = Decimal(m.previous or 0)
    for d in days:
        state += Decimal(d.energy)
        shown = m.current if d is days[-1] else f"{state:.{places}f}"
        log.append([f"{d.date:%d.%m.%Y}", n(d.energy), n(shown), n(d.supply), n(d.back), n(d.hot), n(d.cold), n("24.0")])
    log.append(["Итого", n(m.consumption), "", n(total(days, "supply")), n(total(days, "back")), "", "", n(hours(days, 1))])
    head = (
        f"<div style='text-align:center'><b>ОТЧЁТНАЯ ВЕДОМОСТЬ ЗА ПОТРЕБЛЁННОЕ ТЕПЛО И ТЕПЛОНОСИТЕЛЬ</b><br>с {first:%d.%m.%Y} по {last:%d.%m.%Y}</div><div>Абонент: {escape(facts.organization)}</div><div>Адрес: {escape(facts.address)}</div><div>Договор № {facts.contract_number} &nbsp; ИНН {facts.inn}</div>"
        f"<div>Номер прибора: {m.serial} &nbsp; Тип: {escape(m.model)} &nbsp; Конфигурация: 200 - 11</div>"
    )
    ends = f"<div>Показания счетчика: на начало периода {n(m.previous)} {escape(one)}, на конец периода {n(m.current)} {escape(one)}</div>"
    return Drawn(
        f"{head}{ruled(log)}{ends}{ninth_desk.signed(style, facts, 'Ответственное лицо', '', 'Дата печати')}",
        css=ninth_desk.printer(style),
        margins=(9, 14),
    )


def km5_protocol(facts: Facts, style: Style) -> Drawn:
    """КМ-5's month: the equation of the times below the days, integrators newest first; no contract and no INN on it, as the program knows neither."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    unit, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    text = (
        f"             Месячный протокол учёта тепловой энергии и теплоносителя\n           по системе отопления (вентиляции) за {MONTHS['ru'][facts.period.month - 1]} {facts.period.year} г.\n"
        f"                         (с {first:%d.%m.%Y} по {last:%d.%m.%Y})\nПотребитель: {facts.organization}\nАдрес потребителя: {facts.address}      Телефон:-\n"
        f"Прибор: -                 Сер.номер: {m.serial}      Расход под.: 0.04-40.00 м3/ч Ду=50мм\nМодель: {m.model}            Версия ПО: 2.300000    Расход обр.: 0.04-40.00 м3/ч Ду=50мм\n\n"
    )
    lines = [
        ["Дата", "Q", "Gпод", "Gобр", "Gпод-Gобр", "tпод", "tобр", "Tнар", "Классиф"],
        ["", f"[{unit}]", "[тонн]", "[тонн]", "Утечка", "[°С]", "[°С]", "[ч]", "ошибок"],
    ]
    lines += [
        [
            f"{d.date:%d.%m.%y}",
            n(d.energy),
            n(d.supply),
            n(d.back),
            n(d.lost),
            n(d.hot),
            n(d.cold),
            n("24.00"),
            "U" if style.random.random() < 0.04 else "",
        ]
        for d in days
    ]
    lines.append(
        [
            *totals(style, "Итого:", m.consumption, days, "supply", "back", "lost"),
            n(mean(days, "hot")),
            n(mean(days, "cold")),
            n(hours(days)),
            "",
        ]
    )
    times = columns(
        [
            ["Тотч.пер =", "Тнар +", "Тмин +", "Тмакс +", "Тdt +", "Тэл.пит. +", "Тпроч.ав."],
            [n(hours(days)), n(hours(days)), n("0.00"), n("0.00"), n("0.00"), n("0.00"), n("0.00")],
        ]
    )
    mass, back, worked = (
        counter(style),
        counter(style),
        style.random.randint(4000, 30000),
    )
    sums = [
        ["Нарастающим итогом на:", f"Q [{unit}]", "Gпод [тонн]", "Gобр [тонн]", "Tнар [ч]"],
        [
            f"{last:%d.%m.%Y} 24:00:00",
            n(m.current),
            n(str(mass + Decimal(total(days, "supply")))),
            n(str(back + Decimal(total(days, "back")))),
            n(f"{worked + 24 * len(days)}.00"),
        ],
        [f"{first:%d.%m.%Y} 00:00:00", n(m.previous), n(str(mass)), n(str(back)), n(f"{worked}.00")],
        [*totals(style, "Итого:", m.consumption, days, "supply", "back"), n(hours(days))],
    ]
    body = f"<pre>{escape(text + columns(lines) + chr(10) * 2 + times + chr(10) * 2 + columns(sums, '   '))}</pre>{foot(style, facts, 'Потребитель')}"
    return Drawn(body, frozenset({"contract_number", "inn"}), css(style), (10, 12))
