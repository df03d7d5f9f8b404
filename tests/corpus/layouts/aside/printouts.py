"""Printouts of calculators that are kept aside: СПТ, ТЭМ, Multical, КМ-5 between bars and without a contract, МКТС, ТВ-7."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from html import escape
from random import Random

from tests.corpus.facts import Facts
from tests.corpus.layouts.aside.blocks import CSS, end, row
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style

_CSS = (
    CSS
    + "pre { white-space: pre; font-size: 7.4pt; line-height: 1.2; margin: 0 } .days { font-size: 7.2pt; margin: 2mm 0 } .days td, .days th { border: 0.2mm solid #333; padding: 0.3mm 0.9mm; text-align: right; font-weight: normal } .end { margin-top: 4mm }"
)


def energies(random: Random, facts: Facts) -> list[tuple[dt.date, str]]:
    """A day's energy from the day after the last reading on; their sum is the consumption exactly."""
    meter = facts.meters[0]
    places = len(meter.consumption.partition(".")[2])
    days = (facts.reading_date - facts.previous_date).days
    whole = int(Decimal(meter.consumption).scaleb(places))
    cuts = sorted(random.randint(int(whole * (i - 0.3) / days), int(whole * (i + 0.3) / days)) for i in range(1, days))
    ends = [0, *cuts, whole]
    parts = [b - a for a, b in itertools.pairwise(ends)]
    return [(facts.previous_date + dt.timedelta(days=i + 1), f"{Decimal(part).scaleb(-places):.{places}f}") for i, part in enumerate(parts)]


def _aligned(rows: list[list[str]], between: str) -> str:
    widths = [max(len(line[i]) for line in rows) for i in range(len(rows[0]))]
    return "\n".join(between.join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in rows)


def _ruled(rows: list[list[str]]) -> str:
    return f'<table class="days">{row([escape(c) for c in rows[0]], "th")}{"".join(row([escape(c) for c in line]) for line in rows[1:])}</table>'


def _page(facts: Facts, style: Style, body: str, unsaid: frozenset[str] = frozenset()) -> Drawn:
    css = _CSS + f'body {{ font-family: "{style.monospace}"; font-size: 9pt }}'
    return Drawn(body + end(style, facts), unsaid, css, (10, 12))


def _pre(text: str) -> str:
    return f"<pre>{escape(text)}</pre>"


def spt(facts: Facts, style: Style) -> Drawn:
    """СПТ941: identifier and network number beside the serial, totals counters at the start and the end as lines."""
    m, unit, random, n = facts.meters[0], style.unit(facts.meters[0].unit), style.random, style.number
    days = energies(random, facts)
    text = f"            ВЕДОМОСТЬ УЧЕТА ТЕПЛОВОЙ ЭНЕРГИИ\n   {m.model}   Заводской номер: {m.serial}   идентификатор ИД={random.randint(10000, 99999)}   Сетевой номер NT={random.randint(1, 99)}\n"
    text += f"   Потребитель: {facts.organization}   ИНН {facts.inn}\n   Адрес: {facts.address}\n   Договор № {facts.contract_number}\n"
    text += f"   Отчетный период: с {facts.previous_date + dt.timedelta(days=1):%d-%m-%y} по {facts.reading_date:%d-%m-%y}\n"
    rows = [["Дата", f"Q, {unit}", "M1, т", "M2, т", "V1, м3", "t1, C", "t2, C", "Ti, ч", "НС"]]
    for day, q in days:
        mass = random.uniform(40, 200)
        rows.append(
            [
                f"{day:%d-%m-%y}",
                n(q),
                n(f"{mass:.2f}"),
                n(f"{mass - 0.2:.2f}"),
                n(f"{mass * 1.02:.2f}"),
                n(f"{random.uniform(60, 85):.1f}"),
                n(f"{random.uniform(38, 50):.1f}"),
                "24",
                "-",
            ]
        )
    rows.append(["Итого", n(m.consumption), "", "", "", "", "", str(24 * len(days)), ""])
    after = f"\nТотальные счетчики на {facts.previous_date:%d-%m-%y} 24:00   Q={n(m.previous)} {unit}\nТотальные счетчики на {facts.reading_date:%d-%m-%y} 24:00   Q={n(m.current)} {unit}"
    table = _ruled(rows) if style.chance(0.5) else _pre(_aligned(rows, "  "))
    return _page(facts, style, _pre(text) + table + _pre(after))


def tem(facts: Facts, style: Style) -> Drawn:
    """ТЭМ-104: integrators before the days, the newer one first; minus signs at the end, no data as dashes."""
    m, unit, random, n = facts.meters[0], style.unit(facts.meters[0].unit), style.random, style.number
    days = energies(random, facts)
    text = f"Теплосчетчик {m.model} Зав. № {m.serial}\nАбонент: {facts.organization}, ИНН {facts.inn}\nАдрес: {facts.address}\nДог. № {facts.contract_number}\n"
    text += f"Отчет за период {facts.previous_date + dt.timedelta(days=1):%d.%m.%Y} - {facts.reading_date:%d.%m.%Y}\n\nИнтеграторы:\n"
    text += f"  на {facts.reading_date:%d.%m.%Y} 24:00:00  Q, {unit} = {n(m.current)}   Tнар, ч = {random.randint(9000, 30000)}\n"
    text += f"  на {facts.previous_date:%d.%m.%Y} 24:00:00  Q, {unit} = {n(m.previous)}   Tнар, ч = {random.randint(4000, 8900)}\n  Потреблено за период  Q, {unit} = {n(m.consumption)}\n\n"
    rows = [["Дата", f"Q, {unit}", "M1, т", "M2, т", "t1", "t2", "Tdt, ч", "Tраб, ч"]]
    for day, q in days:
        cells = ["---", "---"] if random.random() < 0.06 else [n(f"{random.uniform(40, 200):.2f}"), n(f"{random.uniform(40, 200):.2f}")]
        rows.append(
            [
                f"{day:%d.%m.%y}",
                n(q),
                *cells,
                n(f"{random.uniform(60, 85):.1f}"),
                n(f"{random.uniform(38, 50):.1f}"),
                "0.5-" if random.random() < 0.05 else "0",
                "24",
            ]
        )
    rows.append(["Итого:", n(m.consumption), "", "", "", "", "", str(24 * len(days))])
    return _page(facts, style, _pre(text + _aligned(rows, "   ")))


def multical(facts: Facts, style: Style) -> Drawn:
    """A European meter's log: English heads, S/N, energy in MWh, GJ or kWh; the customer's heading in his own language above."""
    m, unit, random = facts.meters[0], facts.meters[0].unit.value, style.random
    top = {
        "ru": ("Потребитель", "Адрес", "Договор №", "Показания сняты"),
        "uz": ("Iste'molchi", "Manzil", "Shartnoma №", "Ko'rsatkich olingan sana"),
    }[style.language]
    head = f"<div>{top[0]}: {escape(facts.organization)}, {style.label('inn')} {facts.inn}</div><div>{top[1]}: {escape(facts.address)}</div><div>{top[2]} {facts.contract_number}</div>"
    head += f"<div>{top[3]}: {style.date(facts.reading_date)}</div><div>{style.month(facts.period)}</div>"
    log = f"{m.model}      S/N: {m.serial}      Info: 0\nHeat energy E1, {unit}\n"
    rows = [["Log", "Date", f"E1 [{unit}]", "V1 [m3]", "T1 [C]", "T2 [C]", "Hour counter"]]
    for label, day, value in (("Previous reading", facts.previous_date, m.previous), ("Current reading", facts.reading_date, m.current)):
        rows.append(
            [
                label,
                f"{day:%d.%m.%Y}",
                style.number(value),
                style.number(f"{random.uniform(900, 9000):.2f}"),
                "71.4",
                "44.2",
                str(random.randint(2000, 40000)),
            ]
        )
    used = {"ru": "Расход за период", "uz": "Sarfi"}[style.language]
    rows.append([used, "", style.number(m.consumption), "", "", "", ""])
    return _page(facts, style, head + _pre(log) + _ruled(rows))


def km5_bars(facts: Facts, style: Style) -> Drawn:
    """КМ-5 between bars, start before end, flags glued to hours, the serial over underscores; the contract is not named at all."""
    m, unit, random, n = facts.meters[0], style.unit(facts.meters[0].unit), style.random, style.number
    days = energies(random, facts)
    first, last = facts.previous_date + dt.timedelta(days=1), facts.reading_date
    text = f"  {facts.organization}\n  {facts.address}   ИНН {facts.inn}\n\n       Посуточная ведомость параметров теплопотребления\n         за период с {first:%d.%m.%y} по {last:%d.%m.%y}\n"
    text += f" Тип {m.model}   Номер теплосчетчика _{m.serial}_   Версия ПО 02.30\n"
    rows = [["Дата", f"Q [{unit}]", "V1 [м3]", "V2 [м3]", "t1", "t2", "Работы Тр"]]
    for day, q in days:
        flag = random.choice("UGDg") if random.random() < 0.08 else ""
        rows.append(
            [
                f"{day:%d.%m.%y}",
                n(q),
                n(f"{random.uniform(40, 200):.2f}"),
                n(f"{random.uniform(40, 200):.2f}"),
                n(f"{random.uniform(60, 85):.1f}"),
                n(f"{random.uniform(38, 50):.1f}"),
                n("24.00") + flag,
            ]
        )
    rows.append(["Итого", n(m.consumption), "", "", "", "", n(f"{24 * len(days)}.00")])
    after = "\n\nПоказания интеграторов КМ-5\n" + _aligned(
        [["", f"Q [{unit}]"], [f"{first:%d.%m.%Y} 00:00:00", n(m.previous)], [f"{last:%d.%m.%Y} 24:00:00", n(m.current)]], "   "
    )
    return _page(facts, style, _pre(text + _aligned(rows, " | ") + after), frozenset({"contract_number"}))


def mkts(facts: Facts, style: Style) -> Drawn:
    """МКТС: a serial with a dash, a card of totals, the newer column first."""
    m, unit, random, n = facts.meters[0], style.unit(facts.meters[0].unit), style.random, style.number
    text = f"Теплосчетчик МКТС: №{m.serial}\nПотребитель: {facts.organization}    ИНН {facts.inn}\nАдрес: {facts.address}\nНомер договора: {facts.contract_number}\nДата снятия показаний: {facts.reading_date:%d.%m.%Y}\n"
    mass = Decimal(random.randint(100000, 900000)) / 10
    rows = [
        ["Нарастающим итогом", f"на {facts.reading_date:%d.%m.%Y}", f"на {facts.previous_date:%d.%m.%Y}", "За период"],
        [f"Количество тепла Q, {unit}", n(m.current), n(m.previous), n(m.consumption)],
        ["Масса M1, т", n(str(mass + 812)), n(str(mass)), n("812")],
        ["Время работы, час", "28140", "27420", "720"],
    ]
    return _page(facts, style, _pre(text) + _ruled(rows))


def tv7(facts: Facts, style: Style) -> Drawn:
    """ТВ-7: a monthly report with its dated start and end rows inside the table, hours and events."""
    m, unit, random, n = facts.meters[0], style.unit(facts.meters[0].unit), style.random, style.number
    text = f"Месячный отчет потребления тепловой энергии\nТВ-7   Заводской номер: {m.serial}   Сетевой адрес: {random.randint(1, 30)}\nНаименование абонента: {facts.organization}\nАдрес абонента: {facts.address}\nИНН: {facts.inn}   Договор: {facts.contract_number}\n"
    rows = [["Дата", f"Qтв, {unit}", "M1, т", "M2, т", "t1, °C", "t2, °C", "ВНР, ч", "НС"]]
    masses = [f"{random.uniform(1000, 9000):.1f}" for _ in range(2)]
    rows.append(
        [
            f"Показания на {facts.previous_date:%d.%m.%Y}",
            n(m.previous),
            n(masses[0]),
            n(masses[1]),
            "",
            "",
            str(random.randint(8000, 20000)),
            "",
        ]
    )
    rows.append(
        [
            f"Показания на {facts.reading_date:%d.%m.%Y}",
            n(m.current),
            n(str(Decimal(masses[0]) + 700)),
            n(str(Decimal(masses[1]) + 698)),
            "",
            "",
            str(random.randint(20000, 30000)),
            "",
        ]
    )
    rows.append(["За период", n(m.consumption), n("700"), n("698"), n("72.4"), n("45.1"), "720", "*"])
    return _page(facts, style, _pre(text) + _ruled(rows))
