"""Printouts of the sixth batch that stay aside: ВКТ-7 as a ruled sheet, ТВ7 with two systems' columns."""
# ruff: noqa: E501 - lines of print

from __future__ import annotations

from decimal import Decimal
from html import escape

from tests.corpus.facts import Facts
from tests.corpus.layouts.aside.archive_parts import DAY, archive, counter, css, foot, hours, logged, ruled, total
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


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
