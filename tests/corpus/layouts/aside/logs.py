"""Logs of calculators and of the programs that read them: a dispatcher's report, СПТ961, SKS-3, Пульсар's card."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from html import escape

from tests.corpus.facts import Facts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts.aside.archive_parts import ruled
from tests.corpus.layouts.aside.ends import CSS, signed_by_two, signed_line
from tests.corpus.layouts.aside.printouts import energies
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style

_CSS = (
    CSS
    + "pre { white-space: pre; font-size: 7.6pt; line-height: 1.25; margin: 0 } .log td, .log th { border: 0.2mm solid #555; padding: 0.3mm 1mm; font-weight: normal; text-align: center } .log { font-size: 7.4pt; margin: 2mm 0 } .close { margin-top: 5mm }"
)
_DAY = dt.timedelta(days=1)


def dispatcher(facts: Facts, style: Style) -> Drawn:
    """What a program of dispatchers prints: days on a sheet on its side, and the integrators as a table with a column each for start and end."""
    m, random, n = facts.meters[0], style.random, style.number
    unit, days = style.unit(m.unit), energies(style.random, facts)
    lines = [
        [
            "Дата",
            f"Q, {unit}",
            "M1, т",
            "M2, т",
            "M1-M2, т",
            "t1, °C",
            "t2, °C",
            "dt, °C",
            "P1, кгс/см2",
            "P2, кгс/см2",
            "Вр. раб., ч",
            "НС",
        ]
    ]
    for day, q in days:
        mass, hot, cold = random.uniform(300, 900), random.uniform(62, 88), random.uniform(38, 52)
        lost = random.uniform(0.1, 3)
        lines.append(
            [
                f"{day:%d.%m.%Y}",
                n(q),
                *(n(f"{v:.2f}") for v in (mass, mass - lost, lost, hot, cold, hot - cold, random.uniform(5, 7), random.uniform(3, 5))),
                "24,00",
                "",
            ]
        )
    lines.append(["Итого:", n(m.consumption), n("18412.40"), n("18380.15"), n("32.25"), "", "", "", "", "", str(24 * len(days)), ""])
    lines.append(
        [
            "Среднее:",
            n(f"{float(m.consumption) / len(days):.3f}"),
            n("613.75"),
            n("612.67"),
            n("1.08"),
            n("74.20"),
            n("44.91"),
            n("29.29"),
            n("6.02"),
            n("4.10"),
            "",
            "",
        ]
    )
    mass = Decimal(random.randint(1_000_000, 9_000_000)) / 100
    totals = [
        ["Параметр", f"Начало ({facts.previous_date:%d.%m.%Y} 24:00)", f"Конец ({facts.reading_date:%d.%m.%Y} 24:00)", "За период"],
        [f"Q, {unit}", n(m.previous), n(m.current), n(m.consumption)],
        ["M1, т", n(str(mass)), n(str(mass + Decimal("18412.40"))), n("18412.40")],
        ["Вр. раб., ч", "21440", str(21440 + 24 * len(days)), str(24 * len(days))],
    ]
    top = (
        f"<b>Ведомость учёта параметров теплопотребления</b><div>за период с {facts.previous_date + _DAY:%d.%m.%Y} по {facts.reading_date:%d.%m.%Y} (расчетный месяц {MONTHS['ru'][facts.period.month - 1]} {facts.period.year})</div>"
        f"<div>Объект учета: {escape(facts.organization)}; {escape(facts.address)}; ИНН {facts.inn}</div>"
        f"<div>Точка учета: ввод {random.randint(1, 3)}, отопление. Договор: {facts.contract_number}. Вычислитель: {escape(m.model)}, заводской № {m.serial}, сетевой № {random.randint(1, 240)}</div>"
    )
    close = signed_by_two(
        style,
        facts,
        "Представитель теплоснабжающей организации",
        f"Отчет сформирован {facts.report_date:%d.%m.%Y} {random.randint(9, 17)}:{random.randint(10, 59)}",
        "М.П.",
    )
    return Drawn(
        top + ruled(lines) + "<div>Показания интеграторов</div>" + ruled(totals) + close,
        css=_CSS + "@page { size: A4 landscape } body { font-size: 8.5pt }",
        margins=(8, 12),
    )


def spt961(facts: Facts, style: Style) -> Drawn:
    """СПТ961: parameters by the number of their pipe and channel, the totals of two moments on one line, no table for them."""
    m, random, n = facts.meters[0], style.random, style.number
    unit, days = style.unit(m.unit), energies(style.random, facts)
    text = (
        f"{m.model}   Зав.N {m.serial}   Спец.внеш.оборуд. {random.randint(100, 999)}0     Отчет за месяц  {facts.period.month:02d}-{facts.period.year}\n"
        f"Потребитель  {facts.organization}   ИНН {facts.inn}\nАдрес        {facts.address}\nДоговор N    {facts.contract_number}      Магистраль N 1     Расчетный час 24\n\n"
    )
    lines = [["Дата", "t1", "t2", "M1", "M2", "V1", "W", "Ти", "НС"], ["", "гр.С", "гр.С", "т", "т", "м3", unit, "ч", ""]]
    for day, q in days:
        mass = random.uniform(200, 700)
        lines.append(
            [
                f"{day:%d-%m-%y}",
                n(f"{random.uniform(60, 90):.2f}"),
                n(f"{random.uniform(36, 50):.2f}"),
                n(f"{mass:.2f}"),
                n(f"{mass * 0.998:.2f}"),
                n(f"{mass * 1.02:.2f}"),
                n(q),
                "24.0",
                "-",
            ]
        )
    lines.append(["Всего", "", "", "", "", "", n(m.consumption), f"{24 * len(days)}.0", ""])
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    text += "\n".join("   ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
    text += (
        f"\n\nТотальные значения W ({unit}):  на начало {facts.previous_date:%d-%m-%y}  {n(m.previous)}     на конец {facts.reading_date:%d-%m-%y}  {n(m.current)}\n"
        f"Печать {facts.report_date:%d-%m-%Y}  {random.randint(9, 17)}:{random.randint(10, 59)}"
    )
    close = signed_line(style, facts, place="М.П.")
    return Drawn(
        f"<pre>{escape(text)}</pre>{close}", css=_CSS + f'body {{ font-family: "{style.monospace}"; font-size: 9pt }}', margins=(10, 14)
    )


def sks(facts: Facts, style: Style) -> Drawn:
    """SKS-3: the counters at two moments as lines that are named by nothing but their time, and their difference."""
    m, random, n = facts.meters[0], style.random, style.number
    unit = m.unit.value
    volume = Decimal(random.randint(100_000, 900_000)) / 10
    lines = [
        ["Дата и время", f"E1, {unit}", "V1, m3", "V2, m3", "Время работы, h", "Код ошибки"],
        [f"{facts.previous_date:%Y-%m-%d} 24:00", n(m.previous), n(str(volume)), n(str(volume - 40)), "31202", "0000"],
        [f"{facts.reading_date:%Y-%m-%d} 24:00", n(m.current), n(str(volume + 811)), n(str(volume + 769)), "31922", "0000"],
        ["Разность", n(m.consumption), n("811"), n("809"), "720", ""],
    ]
    top = (
        f"<div style='font-size:1.2em'><b>Теплосчётчик {escape(m.model)} № {m.serial}</b></div><div>Схема измерения U1A3, версия программы {random.randint(1, 4)}.{random.randint(10, 99)}, адрес M-bus {random.randint(1, 250)}</div>"
        f"<div style='margin-top:3mm'>Абонент {escape(facts.organization)} (ИНН {facts.inn}), {escape(facts.address)}. Договор на пользование тепловой энергией № {facts.contract_number}.</div>"
        f"<div>Отчёт за {MONTHS['ru'][facts.period.month - 1]} {facts.period.year} г., показания сняты {facts.reading_date:%d.%m.%Y}</div>"
    )
    close = signed_line(style, facts, f"<div>Распечатано: {facts.report_date:%d.%m.%Y}</div>", "М.П.")
    return Drawn(top + ruled(lines) + close, css=_CSS + ".log { font-size: 9.5pt }")


def card(facts: Facts, style: Style) -> Drawn:
    """A strip as a small printer gives it: one narrow column of short lines, the archive's values and the difference."""
    m, random, n = facts.meters[0], style.random, style.number
    unit = style.unit(m.unit)
    lines = [
        f"ТЕПЛОСЧЕТЧИК {m.model.upper()}", f"S/N {m.serial}   ПО {random.randint(1, 5)}.{random.randint(10, 60)}", f"Адрес RS485: {random.randint(1, 247)}", "-" * 34,
        facts.organization, facts.address, f"ИНН {facts.inn}", f"Договор {facts.contract_number}", "-" * 34,
        f"Месяц        {facts.period.month:02d}.{facts.period.year}", f"Снято        {facts.reading_date:%d.%m.%Y} {random.randint(8, 17):02d}:{random.randint(0, 59):02d}", "", "ЭНЕРГИЯ (отопление)",
        f" нач. {facts.previous_date:%d.%m.%y}  {n(m.previous)} {unit}", f" кон. {facts.reading_date:%d.%m.%y}  {n(m.current)} {unit}", f" итого          {n(m.consumption)} {unit}",
        "", "ОБЪЕМ", f" нач.  {n(f'{random.uniform(4000, 9000):.2f}')} м3", f" кон.  {n(f'{random.uniform(9001, 12000):.2f}')} м3", "", f"t под {random.uniform(60, 80):.1f} C   t обр {random.uniform(38, 50):.1f} C", f"Наработка {random.randint(4000, 40000)} ч", f"Отчет от {facts.report_date:%d.%m.%Y}",
    ]  # fmt: skip
    close = signed_line(style, facts, place="М.П.")
    css = (
        _CSS
        + f'body {{ font-family: "{style.monospace}"; font-size: 10pt }} pre {{ font-size: 9.5pt; white-space: pre-wrap; width: 92mm }}'
    )
    return Drawn(f"<pre>{escape(chr(10).join(lines))}</pre>{close}", css=css)
