"""Ruled sheets as programs of ТСРВ, SA-94, Элтеко, Карат and of a readout centre print them."""
# ruff: noqa: E501 - lines of print

from __future__ import annotations

from decimal import Decimal
from html import escape

from tests.corpus.facts import Facts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts.aside.archive_parts import DAY, archive, counter, css, foot, hours, logged, mean, ruled, total, totals
from tests.corpus.layouts.aside.blocks import row
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def tsrv_sheet(facts: Facts, style: Style) -> Drawn:
    """ТСРВ from Взлёт's program: ruled days with events, means, then «Показания счетчиков» with dates as rows and the difference."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    unit, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    heads = ["Дата", f"Qтс1, {unit}", "M1, т", "M2, т", "t1, °C", "t2, °C", "P1, МПа", "P2, МПа", "Tраб, ч", "События"]
    kept = ("energy", "supply", "back", "hot", "cold", "0.61", "0.44", "24.00", "")
    lines, mass = logged(style, m.consumption, days, [heads], "%d.%m.%Y", kept, "Итого", "Среднее"), counter(style)
    sums = [["Показания счетчиков", f"Qтс1, {unit}", "M1, т", "Tраб, ч"], [f"на {facts.previous_date:%d.%m.%Y} 24:00", n(m.previous), n(str(mass)), n("14210.50")],
            [f"на {last:%d.%m.%Y} 24:00", n(m.current), n(str(mass + Decimal(total(days, "supply")))), n(f"{14210 + 24 * len(days)}.50")], [*totals(style, "Разность", m.consumption, days, "supply"), n(hours(days))]]  # fmt: skip
    head = (
        f"<div style='text-align:center'><b>Ведомость учета суточных значений параметров потребления тепловой энергии и теплоносителя</b><br>за период с {first:%d.%m.%Y} по {last:%d.%m.%Y}</div>"
        f"<table><tr><td>Потребитель: {escape(facts.organization)}</td><td>Прибор: {escape(m.model)} №{m.serial}</td></tr><tr><td>Адрес: {escape(facts.address)}</td><td>Система: отопление</td></tr><tr><td>Договор № {facts.contract_number}, ИНН {facts.inn}</td><td>tхв = 5,0 °C; Pхв = 0,3 МПа</td></tr></table>"
    )
    return Drawn(
        head + ruled(lines) + ruled(sums) + foot(style, facts, "Ответственное лицо"), css=css(style, monospace=False), margins=(8, 14)
    )


def sa94_sheet(facts: Facts, style: Style) -> Drawn:
    """SA-94: a head of two rows with groups over the columns; the indexes at the start and the end of the month in two lines below."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    unit, first, last = escape(style.unit(m.unit)), facts.previous_date + DAY, facts.reading_date
    head = (
        f"<tr><th rowspan=2>Дата</th><th rowspan=2>Количество тепловой энергии Q, {unit}</th><th colspan=3>Масса теплоносителя, т</th><th colspan=3>Температура, °C</th><th rowspan=2>Время нар-ки,<br>Т нараб, час</th></tr>"
        "<tr><th>Под. труб. M1</th><th>Обр. труб. M2</th><th>Разность M1-M2</th><th>t под.</th><th>t обр.</th><th>dt</th></tr>"
    )
    kept = ("energy", "supply", "back", "lost", "hot", "cold", "drop", "24.0")
    rows = "".join(map(row, logged(style, m.consumption, days, [], "%d.%m.%y", kept, "Итого", "Среднее")))
    top = (
        f"<div style='text-align:center'><b>ОТЧЁТНАЯ ВЕДОМОСТЬ ЗА ПОТРЕБЛЁННОЕ ТЕПЛО И ТЕПЛОНОСИТЕЛЬ</b><br>за {MONTHS['ru'][facts.period.month - 1]} {facts.period.year} г. (с {first:%d.%m.%Y} по {last:%d.%m.%Y})</div>"
        f"<div>Абонент: {escape(facts.organization)}, ИНН {facts.inn}</div><div>Адрес: {escape(facts.address)}</div><div>Договор №: {facts.contract_number}</div><div>Теплосчетчик: {escape(m.model)} &nbsp; Номер прибора: {m.serial} &nbsp; Конфигурация: 200 - 11 &nbsp; Система: отопление</div>"
    )
    below = f"<div>Показания теплосчетчика на начало периода ({facts.previous_date:%d.%m.%Y}): {n(m.previous)} {unit}</div><div>Показания теплосчетчика на конец периода ({last:%d.%m.%Y}): {n(m.current)} {unit}</div>"
    return Drawn(
        f'{top}<table class="log">{head}{rows}</table>{below}{foot(style, facts, "Представитель абонента", "Представитель теплосети")}',
        css=css(style, monospace=False),
        margins=(8, 14),
    )


def elteko_sheet(facts: Facts, style: Style) -> Drawn:
    """Элтеко ИВ: integrators with a start, an end and a result column above the days."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    unit, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    mass = counter(style)
    sums = [["Показания интеграторов", f"{first:%d.%m.%Y} 00:00", f"{last:%d.%m.%Y} 24:00", "Результат за период"], [f"Eцо-ц, {unit}", n(m.previous), n(m.current), n(m.consumption)],
            ["Mц, т", n(str(mass)), n(str(mass + Decimal(total(days, "supply")))), n(total(days, "supply"))], ["Chцо-ц, час", "10344", str(10344 + 24 * len(days)), hours(days, 0)]]  # fmt: skip
    lines = [["Дата", f"Eцо-ц, {unit}", "Mц, т", "Mцо, т", "Tц, °C", "Tцо, °C", "pц, МПа", "pцо, МПа", "Chцо-ц, час", "Ошибки"]]
    lines += [
        [
            f"{d.date:%d.%m.%Y}",
            n(d.energy),
            n(d.supply),
            n(d.back),
            n(d.hot),
            n(d.cold),
            n("0.58"),
            n("0.40"),
            "24",
            style.random.choice(("", "", "", "", "", "", "T#")),
        ]
        for d in days
    ]
    lines.append(
        [
            *totals(style, "Итого", m.consumption, days, "supply", "back"),
            n(mean(days, "hot")),
            n(mean(days, "cold")),
            "",
            "",
            hours(days, 0),
            "",
        ]
    )
    text = (
        f"             ОТЧЁТНАЯ ВЕДОМОСТЬ ТЕПЛОПОТРЕБЛЕНИЯ В СИСТЕМЕ ОТОПЛЕНИЯ\n                   за период с {first:%d.%m.%Y} по {last:%d.%m.%Y}\nНазвание потребителя: {facts.organization}       ИНН: {facts.inn}\nАдрес: {facts.address}      Договор №: {facts.contract_number}\n"
        f"Номер теплосчетчика {m.serial}      Модель {m.model}      Версия 1.{style.random.randint(10, 40)}"
    )
    return Drawn(
        f"<pre>{escape(text)}</pre>{ruled(sums)}{ruled(lines)}{foot(style, facts, 'Ответственное лицо', 'Теплоснабжающая организация')}",
        css=css(style),
        margins=(8, 12),
    )


def karat_month(facts: Facts, style: Style) -> Drawn:
    """Карат-307, ТВ-7 in a spreadsheet: requisites in pairs of cells, days, «Итого», and integrators at start and end as the last rows of the same table."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    unit, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    mass, back = counter(style), counter(style)
    heads = ["Дата", f"Qот, {unit}", "M1, т", "M2, т", "dM, т", "t1, °C", "t2, °C", "dt, °C", "ВНР, ч", "ВОС, ч", "НС"]
    kept = ("energy", "supply", "back", "lost", "hot", "cold", "drop", "24", "0", "")
    lines = logged(style, m.consumption, days, [heads], "%d.%m.%Y", kept, "Итого", "Среднее")
    lines.append([f"Показания на {facts.previous_date:%d.%m.%Y} 24:00", n(m.previous), n(str(mass)), n(str(back)), *[""] * 7])
    lines.append(
        [
            f"Показания на {last:%d.%m.%Y} 24:00",
            n(m.current),
            n(str(mass + Decimal(total(days, "supply")))),
            n(str(back + Decimal(total(days, "back")))),
            *[""] * 7,
        ]
    )
    pairs = [
        ("Абонент:", escape(facts.organization)),
        ("Адрес:", escape(facts.address)),
        ("ИНН:", facts.inn),
        ("Договор:", facts.contract_number),
        ("Тип прибора:", escape(m.model)),
        ("Заводской номер:", m.serial),
        ("Система:", "отопление"),
    ]
    top = f"<b>Ведомость учета тепловой энергии и теплоносителя</b><div>Отчет за {MONTHS['ru'][facts.period.month - 1]} {facts.period.year} г. с {first:%d.%m.%Y} по {last:%d.%m.%Y}</div><table class='log' style='width:75%'>{''.join(row(list(p)) for p in pairs)}</table>"
    return Drawn(
        top + ruled(lines) + foot(style, facts, "Ответственный за учет", printed="Дата формирования отчета"),
        css=css(style, monospace=False),
        margins=(8, 14),
    )


def readout_centre(facts: Facts, style: Style) -> Drawn:
    """A readout centre's sheet for handing over to the supplier: a frame of requisites, indexes and sums first, the days after them."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    unit, first, last = escape(style.unit(m.unit)), facts.previous_date + DAY, facts.reading_date
    pairs = [("Потребитель", escape(facts.organization)), ("Адрес объекта", escape(facts.address)), ("ИНН", facts.inn), ("Номер договора", facts.contract_number), ("Точка учета", "Отопление, ввод 1"),
             ("Тип вычислителя", escape(m.model)), ("Заводской номер", m.serial), ("Назначение", "Для передачи поставщику")]  # fmt: skip
    sums = (
        f"<tr><th></th><th>Показания на начало<br>{facts.previous_date:%d.%m.%Y} 24:00</th><th>Показания на конец<br>{last:%d.%m.%Y} 24:00</th><th>Потребление</th></tr>"
        + row([f"Тепловая энергия, {unit}", n(m.previous), n(m.current), n(m.consumption)])
        + row(
            ["Масса в подающем, т", n("20418.10"), n(str(Decimal("20418.10") + Decimal(total(days, "supply")))), n(total(days, "supply"))]
        )
    )
    heads = ["Дата", f"Q, {style.unit(m.unit)}", "M1, т", "M2, т", "M1-M2, т", "t1, °C", "t2, °C", "Тр, ч"]
    lines = logged(style, m.consumption, days, [heads], "%d.%m.%Y", ("energy", "supply", "back", "lost", "hot", "cold", "24"), "Итого:")
    top = f"<div style='text-align:center'><b>Ведомость учета тепловой энергии и теплоносителя за {MONTHS['ru'][facts.period.month - 1]} {facts.period.year} г.</b><br>({first:%d.%m.%Y} – {last:%d.%m.%Y})</div><table class='log left'>{''.join(row(list(p)) for p in pairs)}</table><table class='log'>{sums}</table>"
    return Drawn(
        top + ruled(lines) + foot(style, facts, "Потребитель"),
        css=css(style, monospace=False) + ".left td { text-align: left }",
        margins=(8, 14),
    )
