"""Archives of calculators: a report without integrators and what the customer typed below it, a logger's deltas, ASCII frames."""
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
    + "pre { white-space: pre; font-size: 7.8pt; line-height: 1.22; margin: 0 } .log td, .log th { border: 0.2mm solid #444; padding: 0.3mm 1mm; font-weight: normal; text-align: right } .log { font-size: 7.6pt; margin: 2mm 0 } .close { margin-top: 5mm }"
)
_DAY = dt.timedelta(days=1)


def _mono(style: Style) -> str:
    return _CSS + f'body {{ font-family: "{style.monospace}"; font-size: 9pt }}'


def typed_below(facts: Facts, style: Style) -> Drawn:
    """ВКТ without integrators: days and their sum from the calculator; below it the customer typed both indexes himself."""
    m, random, n = facts.meters[0], style.random, style.number
    unit, days = style.unit(m.unit), energies(style.random, facts)
    lines = [["Дата", f"Qо {unit}", "V1 м3", "V2 м3", "M1 т", "M2 т", "t1", "t2", "dt", "ВНР ч", "НС"]]
    for day, q in days:
        hot, cold = random.uniform(60, 85), random.uniform(38, 50)
        cells = (
            random.uniform(100, 400),
            random.uniform(100, 400),
            random.uniform(100, 400),
            random.uniform(100, 400),
            hot,
            cold,
            hot - cold,
        )
        lines.append([f"{day:%d/%m/%y}", n(q), *(n(f"{v:.1f}") for v in cells), "24", "*" if random.random() < 0.07 else ""])
    lines.append(["Итого:", n(m.consumption), *[""] * 7, str(24 * len(days)), ""])
    head = (
        f"<b>Отчет о суточных параметрах теплопотребления</b><div>{facts.previous_date + _DAY:%d/%m/%y}–{facts.reading_date:%d/%m/%y}, {MONTHS['ru'][facts.period.month - 1]} {facts.period.year} г.</div>"
        f"<div>Тепловычислитель {escape(m.model)} сет. N {random.randint(1, 99):03d} &nbsp; Заводской номер {m.serial} &nbsp; ПО {random.randint(1, 3)}.{random.randint(0, 9)} &nbsp; КС=0x{random.randint(0, 65535):04X}</div>"
        f"<div>Абонент: {escape(facts.organization)} &nbsp; Договор N: {facts.contract_number} &nbsp; ИНН {facts.inn}</div><div>Адрес: {escape(facts.address)}</div>"
    )
    below = (
        f'<div style="font-size:10.5pt; margin-top:3mm">Показания: на {facts.previous_date:%d.%m.%Y} – {n(m.previous)}, на {facts.reading_date:%d.%m.%Y} – {n(m.current)}. '
        f"Расход {n(m.consumption)} {escape(unit)}. Отчет составлен {facts.report_date:%d.%m.%Y}</div>"
    )
    close = signed_by_two(style, facts, "Представитель поставщика", "", "М.П.")
    return Drawn(head + ruled(lines) + below + close, css=_CSS + "body { font-size: 9pt }", margins=(8, 14))


def logger(facts: Facts, style: Style) -> Drawn:
    """A readout program in English with a heading in Uzbek above: the log's index rows, and the use as a column of differences."""
    m, random, n = facts.meters[0], style.random, style.number
    unit = m.unit.value
    hours = random.randint(9000, 60000)
    rows = [["Date", f"Heat energy [{unit}]", f"Delta [{unit}]", "Volume [m3]", "Hours", "Info"]]
    volume = Decimal(random.randint(100_000, 9_000_000)) / 100
    rows.append([f"{facts.previous_date:%d.%m.%Y}", n(m.previous), "", n(str(volume)), str(hours), "0"])
    rows.append([f"{facts.reading_date:%d.%m.%Y}", n(m.current), n(m.consumption), n(str(volume + 655)), str(hours + 720), "0"])
    head = (
        f"<div>{escape(facts.organization)}, STIR {facts.inn}</div><div>{escape(facts.address)}</div><div>Shartnoma № {facts.contract_number}, {facts.period.year}-yil {MONTHS['uz'][facts.period.month - 1]} oyi</div>"
        f'<div style="margin-top:5mm"><b>Meter readout – Monthly logger</b></div><div>Meter type: {escape(m.model)} &nbsp; Serial number: {m.serial} &nbsp; Customer number: {random.randint(10**7, 10**8 - 1)}</div><div>Printed: {facts.report_date:%d.%m.%Y} {random.randint(8, 17):02d}:{random.randint(0, 59):02d}</div>'
    )
    return Drawn(head + ruled(rows) + signed_line(style, facts, place="M.O‘."), css=_CSS + ".log { font-size: 9pt }")


def ascii_frames(facts: Facts, style: Style) -> Drawn:
    """Frames of + - and |: a small table of requisites, one of the meter's totals with the newer first, one line for the month."""
    m, random, n = facts.meters[0], style.random, style.number
    unit = style.unit(m.unit)

    def frame(lines: list[list[str]]) -> str:
        widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
        rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
        return "\n".join([rule, *("| " + " | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) + " |" for line in lines), rule])

    text = f"ПРОТОКОЛ ТЕПЛОПОТРЕБЛЕНИЯ ЗА {MONTHS['ru'][facts.period.month - 1].upper()} {facts.period.year}\n\n"
    text += frame(
        [
            ["Абонент", facts.organization],
            ["Адрес", facts.address],
            ["Договор", facts.contract_number],
            ["ИНН", facts.inn],
            ["Прибор", m.model],
            ["Зав. номер", m.serial],
        ]
    )
    text += "\n\n" + frame(
        [
            ["Параметр", f"{facts.reading_date:%d.%m.%Y}", f"{facts.previous_date:%d.%m.%Y}", "Приращение"],
            [f"Q, {unit}", n(m.current), n(m.previous), n(m.consumption)],
            ["G1, м3", n(f"{random.randint(50000, 90000)}.4"), n(f"{random.randint(10000, 49000)}.8"), ""],
            ["Tр, ч", str(random.randint(20000, 30000)), str(random.randint(10000, 19000)), ""],
        ]
    )
    text += f"\n\nПоказания сняты {facts.reading_date:%d.%m.%Y}     Протокол от {facts.report_date:%d.%m.%Y}"
    return Drawn(f"<pre>{escape(text)}</pre>{signed_line(style, facts, place='М.П.')}", css=_mono(style) + "pre { font-size: 9pt }")
