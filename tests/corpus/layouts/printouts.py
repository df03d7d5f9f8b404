"""Printouts of heat calculators: daily rows, a totals row, integrators in one of several orders; each family with its own words and traps."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from random import Random

from tests.corpus.facts import Facts
from tests.corpus.layouts import parts
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style

_CSS = """
pre { white-space: pre; font-size: 7.6pt; line-height: 1.22; margin: 0; }
table.days { font-size: 7.4pt; } .days td, .days th { border: 0.2mm solid #222; padding: 0.35mm 0.8mm; text-align: right; }
.days { margin: 2mm 0; }
"""


@dataclass(frozen=True, slots=True)
class Day:
    """One archive row: energy, masses, temperatures, pressures, hours."""

    date: dt.date
    q: str
    m1: str
    m2: str
    t1: str
    t2: str
    hours: str


def _days(random: Random, facts: Facts) -> list[Day]:
    """From the day after the last reading to the reading; their energies add up to the consumption exactly."""
    meter = facts.meters[0]
    decimals = len(meter.consumption.partition(".")[2])
    count = (facts.reading_date - facts.previous_date).days
    weights = [random.uniform(0.7, 1.3) for _ in range(count)]
    total = int(Decimal(meter.consumption).scaleb(decimals))
    shares = [int(total * w / sum(weights)) for w in weights]
    shares[random.randrange(count)] += total - sum(shares)
    days = []
    for i, share in enumerate(shares):
        mass, warm = random.uniform(60, 240), random.uniform(58, 88)
        days.append(Day(
            date=facts.previous_date + dt.timedelta(days=i + 1),
            q=f"{Decimal(share).scaleb(-decimals):.{decimals}f}",
            m1=f"{mass:.2f}", m2=f"{mass - random.uniform(0.1, 0.9):.2f}",
            t1=f"{warm:.1f}", t2=f"{warm - random.uniform(16, 34):.1f}",
            hours=f"{24 if random.random() < 0.95 else random.randint(18, 23)}",
        ))  # fmt: skip
    return days


def _sum(days: list[Day], name: str) -> str:
    values = [Decimal(getattr(day, name)) for day in days]
    return str(sum(values, Decimal(0)))


def _mean(days: list[Day], name: str) -> str:
    return f"{sum(Decimal(getattr(day, name)) for day in days) / len(days):.1f}"


def _span(facts: Facts) -> tuple[dt.date, dt.date]:
    return facts.previous_date + dt.timedelta(days=1), facts.reading_date


def _unit(style: Style, facts: Facts) -> str:
    return style.unit(facts.meters[0].unit)


def _columns(rows: list[list[str]], separator: str = "  ") -> str:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(separator.join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def _sheet(facts: Facts, style: Style, text: str, table: str = "", after: str = "") -> Drawn:
    """Monospaced text, a ruled table or none, more text, and the customer's signature with the date of the report."""
    date = f"<div>{style.label('report_date')}: {style.date(facts.report_date)}</div>"
    table = table or ""
    body = f"<pre>{escape(text)}</pre>{table}<pre>{escape(after)}</pre><br>{date}{parts.signatory(style, facts)}"
    return Drawn(
        body,
        frozenset(),
        _CSS + f'body {{ font-family: "{style.monospace}"; font-size: 9pt; }} .signatory {{ margin-top: 5mm; }}',
        margins=(10, 12),
    )


def _ruled(rows: list[list[str]]) -> str:
    head = "".join(f"<th>{escape(cell)}</th>" for cell in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows[1:])
    return f'<table class="days"><tr>{head}</tr>{body}</table>'


def _identity(facts: Facts, names: tuple[str, str, str]) -> str:
    return f"{names[0]} {facts.organization}    ИНН {facts.inn}\n{names[1]} {facts.address}\n{names[2]} {facts.contract_number}\n"


def km5(facts: Facts, style: Style) -> Drawn:
    """KM-5: integrators newest first or oldest first, «Нарастающим итогом на:»; flow limits and software version as traps."""
    meter, unit, days, (first, last) = facts.meters[0], _unit(style, facts), _days(style.random, facts), _span(facts)
    n = style.number
    text = f"          Месячный протокол учёта тепловой энергии и теплоносителя\n                 (с {first:%d.%m.%Y} по {last:%d.%m.%Y})\n"
    text += _identity(facts, ("Потребитель:", "Адрес потребителя:", "Договор №"))
    text += f"Прибор: -          Сер.номер: {meter.serial}     Расход под.: 0.04-40.00 м3/ч\nМодель: {meter.model}     Версия ПО: 2.300000     Расход обр.: 0.04-40.00 м3/ч\n\n"
    rows = [["Дата", f"Q [{unit}]", "Gпод [тонн]", "Gобр [тонн]", "tпод", "tобр", "Tнар [ч]", "Ошибки"]]
    rows += [[f"{d.date:%d.%m.%y}", n(d.q), n(d.m1), n(d.m2), n(d.t1), n(d.t2), n(d.hours), "" if d.hours == "24" else "U"] for d in days]
    rows.append(
        [
            "Итого:",
            n(meter.consumption),
            n(_sum(days, "m1")),
            n(_sum(days, "m2")),
            n(_mean(days, "t1")),
            n(_mean(days, "t2")),
            n(_sum(days, "hours")),
            "",
        ]
    )
    mass = Decimal(style.random.randint(1000000, 9000000)) / 100
    block = [
        [f"{last:%d.%m.%Y} 24:00:00", n(meter.current), n(str(mass + Decimal(_sum(days, "m1"))))],
        [f"{first:%d.%m.%Y} 00:00:00", n(meter.previous), n(str(mass))],
    ]
    if style.chance(0.5):
        block.reverse()
    totals = [["Нарастающим итогом на:", f"Q [{unit}]", "Gпод [тонн]"], *block, ["Итого:", n(meter.consumption), n(_sum(days, "m1"))]]
    return _sheet(facts, style, text + _columns(rows), "", "\n" + _columns(totals))


def vkt7(facts: Facts, style: Style) -> Drawn:
    """ВКТ-7: a network number beside the serial, | between columns, masses and hours under short heads."""
    meter, unit, days, (first, last) = facts.meters[0], _unit(style, facts), _days(style.random, facts), _span(facts)
    text = f"                           ОТЧЕТ\n            о суточных параметрах теплоснабжения\n                 {first:%d/%m/%y}г.-{last:%d/%m/%y}г.\n"
    text += _identity(facts, ("Абонент:", "Адрес:", "Договор N:"))
    text += f"Тепловычислитель ВКТ-7 сет.N {style.random.randint(1, 9):03d}    G под max = 30.00 м3/ч  G под min = 0.12 м3/ч\n"
    text += f"Заводской номер {meter.serial}   ВВОД 1  СХЕМА 2  БД 1  КС=0x{style.random.randint(4096, 65535):X}  ПО 2.4\n"
    rows = [["Дата", f"Qо {unit}", "M1 т", "M2 т", "t1 °C", "t2 °C", "BНP ч", "НС"]]
    rows += [[f"{d.date:%d/%m/%y}", d.q, d.m1, d.m2, d.t1, d.t2, d.hours, "" if d.hours == "24" else "*"] for d in days]
    rows.append(["Итого:", meter.consumption, _sum(days, "m1"), _sum(days, "m2"), "", "", _sum(days, "hours"), ""])
    rows.append(["Средние:", "", "", "", _mean(days, "t1"), _mean(days, "t2"), "", ""])
    after = f"\nПоказания интеграторов: на {first:%d/%m/%y} 00:00 Q= {meter.previous} {unit} ; на {last:%d/%m/%y} 24:00 Q= {meter.current} {unit}\n"
    after += f"Период нормальной работы {_sum(days, 'hours')}ч"
    ruled = style.chance(0.4)
    return _sheet(facts, style, text + ("" if ruled else _columns(rows, " | ")), _ruled(rows) if ruled else "", after)


def tsrv(facts: Facts, style: Style) -> Drawn:
    """ТСРВ: a ruled sheet; the integrators are a table of their own with the start and the end as rows."""
    meter, unit, days, (first, last) = facts.meters[0], _unit(style, facts), _days(style.random, facts), _span(facts)
    n = style.number
    text = "Ведомость учета суточных значений параметров потребления тепловой энергии и теплоносителя\n"
    text += f"за период с {first:%d.%m.%Y} по {last:%d.%m.%Y}\n" + _identity(facts, ("Название потребителя:", "Адрес:", "№ договора:"))
    text += f"Тип прибора: {meter.model}    Номер прибора: {meter.serial}    tхв = 5,0 °C\n"
    rows = [["Дата", f"Qтс1, {unit}", "M1, т", "M2, т", "t1, °C", "t2, °C", "P1, МПа", "Tраб, ч"]]
    rows += [[f"{d.date:%d.%m.%Y}", n(d.q), n(d.m1), n(d.m2), n(d.t1), n(d.t2), n("0.52"), n(d.hours)] for d in days]
    rows.append(["Итого", n(meter.consumption), n(_sum(days, "m1")), n(_sum(days, "m2")), "", "", "", n(_sum(days, "hours"))])
    after = "Показания интеграторов\n" + _columns([
        ["", f"Qтс1, {unit}"],
        [f"на {facts.previous_date:%d.%m.%Y} 24:00", n(meter.previous)],
        [f"на {last:%d.%m.%Y} 24:00", n(meter.current)],
        ["Разность", n(meter.consumption)],
    ])  # fmt: skip
    return _sheet(facts, style, text, _ruled(rows), after)


def sa94(facts: Facts, style: Style) -> Drawn:
    """SA-94: long heads, a configuration code, totals, and the integrators in a sentence."""
    meter, unit, days, (first, last) = facts.meters[0], _unit(style, facts), _days(style.random, facts), _span(facts)
    n = style.number
    text = "      ОТЧЁТНАЯ ВЕДОМОСТЬ ЗА ПОТРЕБЛЁННОЕ ТЕПЛО И ТЕПЛОНОСИТЕЛЬ\n" + f"               с {first:%d.%m.%y} по {last:%d.%m.%y}\n"
    text += _identity(facts, ("Потребитель", "Адрес", "Договор"))
    text += f"Теплосчетчик {meter.model}   Номер прибора: {meter.serial}   Конфигурация: 200 - 11\n"
    rows = [["Дата", f"Количество тепловой энергии Q, {unit}", "Под. труб. M1, т", "Обр. труб. M2, т", "t под.", "t обр.", "Т нараб, час"]]
    rows += [[f"{d.date:%d-%m}", n(d.q), n(d.m1), n(d.m2), n(d.t1), n(d.t2), n(d.hours)] for d in days]
    rows.append(
        [
            "ИТОГО",
            n(meter.consumption),
            n(_sum(days, "m1")),
            n(_sum(days, "m2")),
            n(_mean(days, "t1")),
            n(_mean(days, "t2")),
            n(_sum(days, "hours")),
        ]
    )
    after = f"Показания счетчика Q, {unit}: на начало периода {n(meter.previous)}, на конец периода ({last:%d.%m.%Y}) {n(meter.current)}\nРасход тепла {n(meter.consumption)} {unit}"
    return _sheet(facts, style, text, _ruled(rows), after)


def vist(facts: Facts, style: Style) -> Drawn:
    """ВИСТ: box-drawing «нарастающим итогом» table, newest first, Latin letters among Cyrillic ones."""
    meter, unit, days, (first, last) = facts.meters[0], _unit(style, facts), _days(style.random, facts), _span(facts)
    text = (
        "        Дневной протокол учета тепловой энергии и теплоносителя\n"
        + f"            за период с {first:%d.%m.%y} по {last:%d.%m.%y}\n"
    )
    text += _identity(facts, ("Абонент", "Адрес", "Договор N"))
    text += f"Тип: {meter.model}   Сер.ном. {meter.serial}   G1 max 60.000 м3/ч\n"
    rows = [["Дaтa", f"Qтеп [{unit}]", "M1 [т]", "M2 [т]", "Tпод", "Tобp", "Tнар [час]"]]
    rows += [[f"{d.date:%d.%m.%y}", d.q, d.m1, d.m2, d.t1, d.t2, f"{d.hours}.00"] for d in days]
    rows.append(
        ["Итого", meter.consumption, _sum(days, "m1"), _sum(days, "m2"), _mean(days, "t1"), _mean(days, "t2"), f"{_sum(days, 'hours')}.00"]
    )
    cells = [
        ["Т/C Отопление", f"Qтеп [{unit}]"],
        [f"{last:%d.%m.%y} 24:00", str(meter.current)],
        [f"{first:%d.%m.%y} 00:00", str(meter.previous)],
        ["Итого", meter.consumption],
    ]
    widths = [max(len(r[i]) for r in cells) for i in range(2)]
    bar = [left + middle.join("─" * (w + 2) for w in widths) + right for left, middle, right in ("┌┬┐", "├┼┤", "└┴┘")]
    lines = [f"│ {a.ljust(widths[0])} │ {b.rjust(widths[1])} │" for a, b in cells]
    after = "\nТ/C Отопление нарастающим итогом\n" + "\n".join([bar[0], lines[0], bar[1], *lines[1:], bar[2]])
    return _sheet(facts, style, text + _columns(rows), "", after)


def elteko(facts: Facts, style: Style) -> Drawn:
    """Элтеко: «Показания интеграторов» with the start and the end as columns and «Результат за период»."""
    meter, unit, days, (first, last) = facts.meters[0], _unit(style, facts), _days(style.random, facts), _span(facts)
    n = style.number
    text = f"ОТЧЕТНАЯ ВЕДОМОСТЬ ПО СИСТЕМЕ ОТОПЛЕНИЯ\nза период с {first:%d.%m.%Y} по {last:%d.%m.%Y} включительно\n"
    text += (
        _identity(facts, ("Абонент:", "Адрес объекта:", "Договор №:"))
        + f"Номер теплосчетчика _______ {meter.serial}    Модель {meter.model}\n"
    )
    rows = [["Дата", f"Eцо-ц, {unit}", "Mц, т", "Mцо, т", "Tц", "Tцо", "Chцо-ц, час", "#"]]
    rows += [[f"{d.date:%d.%m.%y}", n(d.q), n(d.m1), n(d.m2), n(d.t1), n(d.t2), n(d.hours), "" if d.hours == "24" else "T#"] for d in days]
    rows.append(["Итого", n(meter.consumption), n(_sum(days, "m1")), n(_sum(days, "m2")), "", "", n(_sum(days, "hours")), ""])
    mass = Decimal(style.random.randint(1000000, 9000000)) / 100
    integrators = [
        ["Показания интеграторов", f"на {first:%d.%m.%Y}", f"на {last:%d.%m.%Y}", "Результат за период"],
        [f"Eцо-ц, {unit}", n(meter.previous), n(meter.current), n(meter.consumption)],
        ["Mц, т", n(str(mass)), n(str(mass + Decimal(_sum(days, "m1")))), n(_sum(days, "m1"))],
    ]
    return _sheet(facts, style, text, _ruled(rows) + _ruled(integrators))


def karat(facts: Facts, style: Style) -> Drawn:
    """Карат-307 and ТВ-7: no daily rows, a card of totals with the integrators of every channel."""
    meter, unit, (first, last) = facts.meters[0], _unit(style, facts), _span(facts)
    n = style.number
    hours = 24 * (facts.reading_date - facts.previous_date).days
    mass, used = Decimal(style.random.randint(100000, 900000)) / 10, Decimal(style.random.randint(10000, 90000)) / 10
    text = f"Отчет об интеграторах  {meter.model}\nПериод: {first:%d.%m.%Y} 00:00 - {last:%d.%m.%Y} 24:00\n"
    text += (
        _identity(facts, ("Потребитель:", "Адрес:", "Договор:"))
        + f"Заводской номер: {meter.serial}   Сетевой адрес: {style.random.randint(1, 99)}   КС 0x{style.random.randint(4096, 65535):X}\n"
    )
    rows = [
        ["Параметр", "Начало", "Конец", "За период"],
        [f"Qот, {unit}", n(meter.previous), n(meter.current), n(meter.consumption)],
        ["M1, т", n(str(mass)), n(str(mass + used)), n(str(used))],
        ["M2, т", n(str(mass - 3)), n(str(mass + used - 4)), n(str(used - 1))],
        ["ВНР, ч", n(str(hours * 9)), n(str(hours * 10)), n(str(hours))],
    ]
    return _sheet(facts, style, text, _ruled(rows))
