"""Printouts and cards that were never read right while they were kept aside, shown since: ТЭМ's card, stored months, ТСРВ with its counters below and above the days."""
# ruff: noqa: E501 - lines of print

from __future__ import annotations

from decimal import Decimal
from html import escape

from tests.corpus.facts import Facts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts.aside.archive_parts import DAY, archive, columns, counter, css, foot, logged, ruled, total
from tests.corpus.layouts.aside.desk import month
from tests.corpus.layouts.aside.ends import CSS, signed_line
from tests.corpus.layouts.aside.printouts import energies
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style

_CSS = (
    CSS
    + "pre { white-space: pre; font-size: 7.8pt; line-height: 1.22; margin: 0 } .log td, .log th { border: 0.2mm solid #555; padding: 0.3mm 1mm; font-weight: normal; text-align: center } .log { margin: 2mm 0 } .close { margin-top: 5mm }"
)


def tem_card(facts: Facts, style: Style) -> Drawn:
    """ТЭМ: no days, a card of integrators on lines with two dated columns and their difference; other integrators of the same calculator beside."""
    m, n, random = facts.meters[0], style.number, style.random
    unit, last, hours = style.unit(m.unit), facts.reading_date, 24 * (facts.reading_date - facts.previous_date).days
    mass, volume = counter(style), counter(style)
    lines = [["Параметр", f"{facts.previous_date:%d.%m.%Y}", f"{last:%d.%m.%Y}", "Разность"], [f"Q, {unit}", n(m.previous), n(m.current), n(m.consumption)], ["M1, т", n(str(mass)), n(str(mass + 512)), n("512.00")],
             ["V1, м3", n(str(volume)), n(str(volume + 523)), n("523.00")], ["Траб, ч", "9120", str(9120 + hours), str(hours)], ["Tdt, ч", "2", "2", "0"]]  # fmt: skip
    text = (
        f"Теплосчетчик {m.model}     Зав. № {m.serial}     Версия ПО 1.{random.randint(10, 40)}\nСистема: отопление\n\nПотребитель: {facts.organization}\nАдрес:       {facts.address}\nИНН:         {facts.inn}\nДоговор №:   {facts.contract_number}\n"
        f"Отчетный период: {MONTHS['ru'][facts.period.month - 1]} {facts.period.year} г.\n\nПоказания интеграторов\n{columns(lines, '    ')}\n\nПоказания сняты: {last:%d.%m.%Y}"
    )
    return Drawn(
        f"<pre>{escape(text)}</pre>{foot(style, facts, 'Ответственное лицо')}",
        css=css(style) + "pre { font-size: 9pt }",
        margins=(16, 16),
    )


def two_months(facts: Facts, style: Style) -> Drawn:
    """A European meter's stored values of two months as columns, the later one first; the office wrote what was used below."""
    m, n = facts.meters[0], style.number
    unit = style.unit(m.unit)
    volume = Decimal(style.random.randint(10**5, 9 * 10**6)) / 100
    table = [["", f"{facts.reading_date:%d.%m.%Y}", f"{facts.previous_date:%d.%m.%Y}"], [f"Энергия, {unit}", n(m.current), n(m.previous)], ["Объем, м3", n(str(volume + 488)), n(str(volume))], ["Часы работы", "20740", "20020"], ["Ошибки", "0", "0"]]  # fmt: skip
    head = f"<h1>Показания теплосчетчика за {month(style, facts)} {facts.period.year} г.</h1><div>{escape(m.model)}, серийный номер {m.serial}, отопление</div><div>Абонент: {escape(facts.organization)}, ИНН {facts.inn}</div><div>Адрес: {escape(facts.address)}</div><div>Договор № {facts.contract_number}</div>"
    return Drawn(
        f"{head}{ruled(table)}<div>Расход за период: {n(m.consumption)} {unit}</div><div>Показания сняты {facts.reading_date:%d.%m.%Y}</div>{foot(style, facts, 'Ответственное лицо')}",
        css=css(style, monospace=False) + "body { font-size: 11pt } .log { font-size: 10.5pt }",
    )


def tsrv_counters(facts: Facts, style: Style) -> Drawn:
    """ТСРВ: days of text, then the counters at both ends and their difference as rows of a table."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    one, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    heads = ["Дата", f"Qтс1, {one}", "M1, т", "M2, т", "t1, °C", "t2, °C", "P1, МПа", "P2, МПа", "Tраб, ч"]
    kept = ("energy", "supply", "back", "hot", "cold", "0.62", "0.41", "24.00")
    log, mass = logged(style, m.consumption, days, [heads], "%d.%m.%y", kept, "Итого", "Средн."), counter(style)
    ends = [["Показания счетчиков", f"Qтс1, {one}", "M1, т", "Tраб, ч"], [f"на начало периода {facts.previous_date:%d.%m.%y} 24:00", n(m.previous), n(str(mass)), n("6210.00")], [f"на конец периода {last:%d.%m.%y} 24:00", n(m.current), n(str(mass + Decimal(total(days, "supply")))), n(f"{6210 + 24 * len(days)}.00")], ["за период", n(m.consumption), n(total(days, "supply")), n(f"{24 * len(days)}.00")]]  # fmt: skip
    head = (
        f"<div style='text-align:center'><b>Ведомость учета суточных значений параметров потребления тепловой энергии и теплоносителя</b><br>с {first:%d.%m.%Y} по {last:%d.%m.%Y}</div><div>Потребитель: {escape(facts.organization)}, ИНН {facts.inn}</div><div>Адрес: {escape(facts.address)}</div><div>Договор № {facts.contract_number} &nbsp; Теплосистема 1 (отопление)</div>"
        f"<div>Тепловычислитель {escape(m.model)} № {m.serial}</div>"
    )
    return Drawn(
        f"{head}{ruled(log)}{ruled(ends)}{foot(style, facts, 'Потребитель', 'Поставщик')}",
        css=css(style, monospace=False),
        margins=(9, 13),
    )


def stored_values(facts: Facts, style: Style) -> Drawn:
    """A meter that stores a value on one day of each month: a year of values, newest first; only the first two are this month's."""
    m, random, n = facts.meters[0], style.random, style.number
    unit = m.unit.value
    places = len(m.consumption.partition(".")[2])
    lines = [["N", "Дата", f"Энергия, {unit}", "Объем, m3", "Макс. мощность, kW"]]
    value, volume, day = Decimal(m.previous or 0), Decimal(random.randint(20_000, 90_000)), facts.previous_date
    lines.append(["1", f"{facts.reading_date:%d.%m.%Y}", n(m.current), str(volume + 731), n(f"{random.uniform(80, 190):.1f}")])
    for i in range(2, random.randint(7, 13)):
        lines.append([str(i), f"{day:%d.%m.%Y}", n(f"{value:.{places}f}"), str(volume), n(f"{random.uniform(20, 190):.1f}")])
        value, volume = value * Decimal(random.randint(930, 985)) / 1000, volume - random.randint(100, 800)
        day = day.replace(year=day.year - (day.month == 1), month=day.month - 1 or 12)
    head = (
        f"<b>{escape(facts.organization)}</b><div>{escape(facts.address)}, ИНН {facts.inn}</div><div>Договор № {facts.contract_number}</div>"
        f"<h1>Отчет о потребленном тепле, {MONTHS['ru'][facts.period.month - 1]} {facts.period.year}</h1>"
        f"<div>Счетчик {escape(m.model)}, серийный № {m.serial}. Показания из архива прибора:</div>"
    )
    tail = f"<div>Показание на {facts.reading_date:%d.%m.%Y}: {n(m.current)} {unit}</div><div>Показание на {facts.previous_date:%d.%m.%Y}: {n(m.previous)} {unit}</div><div><b>Расход за месяц: {n(m.consumption)} {unit}</b></div>"
    close = signed_line(style, facts, f"<div>Дата: {style.date(facts.report_date)}</div>", "М.П.")
    return Drawn(head + ruled(lines) + tail + close, css=_CSS + ".log { font-size: 9pt }")


def counters_first(facts: Facts, style: Style) -> Drawn:
    """ТСРВ with its counters at the top, the time of each behind the value; loads that are not used are columns of zeros."""
    m, random, n = facts.meters[0], style.random, style.number
    unit, days = style.unit(m.unit), energies(style.random, facts)
    text = (
        f"ЗАО «ВЗЛЕТ»                         Ведомость учета суточных параметров\n{m.model} №{m.serial}        Отчетный период: {MONTHS['ru'][facts.period.month - 1]} {facts.period.year}\n"
        f"Потребитель: {facts.organization}\nАдрес: {facts.address}\nИНН: {facts.inn}      Договор №: {facts.contract_number}\n\n"
        f"Показания счетчиков:\n  Wтс = {n(m.previous)} {unit}  ({facts.previous_date:%d.%m.%Y} 24:00)\n  Wтс = {n(m.current)} {unit}  ({facts.reading_date:%d.%m.%Y} 24:00)\n\n"
    )
    lines = [["Дата", f"Wтс,{unit}", "Wгвс", "m1,т", "m2,т", "t1,°C", "t2,°C", "Tраб,ч"]]
    for day, q in days:
        lines.append(
            [
                f"{day:%d.%m.%y}",
                n(q),
                n("0.000"),
                n(f"{random.uniform(100, 400):.2f}"),
                n(f"{random.uniform(100, 400):.2f}"),
                n(f"{random.uniform(60, 85):.2f}"),
                n(f"{random.uniform(38, 50):.2f}"),
                n("24.00"),
            ]
        )
    lines.append(["Итого", n(m.consumption), n("0.000"), "", "", "", "", n(f"{24 * len(days)}.00")])
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    text += "\n".join(" ".join(cell.rjust(width + 2) for cell, width in zip(line, widths, strict=True)) for line in lines)
    return Drawn(
        f"<pre>{escape(text)}</pre>{signed_line(style, facts, f'<div>Дата печати {facts.report_date:%d.%m.%Y}</div>', 'М.П.')}",
        css=_CSS + f'body {{ font-family: "{style.monospace}"; font-size: 9pt }}',
        margins=(10, 14),
    )
