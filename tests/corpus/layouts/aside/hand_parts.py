"""What several blanks for the pen share: lines to write on, numbers, days, months, requisites, ends."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from tests.corpus.facts import Facts, MeterFacts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts.aside.blocks import CSS, end
from tests.corpus.layouts.aside.desk import say
from tests.corpus.layouts.aside.pen import Pen
from tests.corpus.style import Style

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
LINES_CSS = (
    CSS
    + """
.on { border-bottom: 0.25mm solid #333; display: inline-block; padding: 0 2mm; min-width: 20mm; white-space: nowrap } .dots { border-bottom-style: dotted }
.l { margin: 3.6mm 0; } .frame td { height: 9mm; } .b { display: inline-block; width: 5.6mm; height: 7.4mm; border: 0.25mm solid #555; margin-right: 0.5mm; text-align: center; vertical-align: middle; overflow: hidden }
.boxes td { padding: 1.2mm 2mm 1.2mm 0; text-align: left; vertical-align: middle }
"""
)


def on(content: str, dots: bool = False) -> str:
    return f'<span class="on{" dots" if dots else ""}">{content}</span>'


def value(pen: Pen, style: Style, value: str | None) -> str:
    """As people write it: with a comma, never with thousands parted; sometimes a dash for the comma."""
    if value is None:
        return "—"
    mark = "-" if style.random.random() < 0.05 else "," if style.comma else "."
    return pen.number(value.replace(".", mark), 5.2, may_strike=True)


def day(pen: Pen, style: Style, facts: Facts, *, roman: bool) -> str:
    """«24» XI 2026 with a Roman month, or all in digits."""
    day = facts.reading_date
    if roman:
        return f"« {on(pen.number(f'{day.day:02d}', 5))} » {on(pen.words(_ROMAN[day.month - 1]))} {day.year} {_YEAR[style.language]}"
    return on(pen.number(f"{day:%d.%m.%Y}", 5))


_YEAR = {"ru": "г.", "uz": "y.", "uz_cyrl": "й."}


def month(pen: Pen, style: Style, facts: Facts) -> str:
    name = pen.words(MONTHS[style.language][facts.period.month - 1])
    if style.language == "ru":
        return f"за {on(name)} месяц {facts.period.year} г."
    return f"{facts.period.year}-yil {on(name)} oyi uchun" if style.language == "uz" else f"{facts.period.year}-йил {on(name)} ойи учун"


def foot(pen: Pen, facts: Facts, style: Style) -> str:
    date = pen.number(f"{facts.report_date:%d.%m.%Y}", 4.8)
    return f'<div class="l">{style.label("report_date")} {on(date)}</div>{end(style, facts, dated=False)}'


SHEET_CSS = (
    CSS
    + """
.on { border-bottom: 0.25mm solid #333; display: inline-block; padding: 0 2mm; min-width: 22mm; white-space: nowrap } .l { margin: 3.4mm 0; line-height: 2.1 }
.sheet td { border: 0.25mm solid #333; padding: 0.6mm 2mm; height: 9mm; vertical-align: middle } .sheet td:first-child { width: 48% }
.comb { border-collapse: collapse; margin: 0; width: auto } .comb td { border: 0.25mm solid #444; width: 6mm; height: 7.6mm; padding: 0; text-align: center; vertical-align: middle } .comb td.mark { border: 0; width: 3mm; vertical-align: bottom; font-weight: bold }
.cap td { text-align: center; padding: 0 2mm } .cap td.v { border-bottom: 0.25mm solid #333; height: 9mm; vertical-align: bottom }
"""
)


def plain_value(pen: Pen, style: Style, value: str | None) -> str:
    return pen.number((value or "").replace(".", "," if style.comma else "."), 5.2, may_strike=True)


def sheet_head(pen: Pen, facts: Facts, style: Style) -> str:
    name, year = pen.words(MONTHS[style.language][facts.period.month - 1]), facts.period.year
    month = {"ru": f"за {on(name)} {year} г.", "uz": f"{year}-yil {on(name)} oyi", "uz_cyrl": f"{year} йил {on(name)} ойи"}[style.language]
    return f'<h2 style="text-align:center">{say(style, "title")}<br>{month}</h2>'


def sheet_foot(pen: Pen, facts: Facts, style: Style) -> str:
    return f'<div class="l">{say(style, "report_date")} {on(pen.number(f"{facts.report_date:%d.%m.%Y}", 4.8))}</div>{end(style, facts, dated=False)}'


def numbers(pen: Pen, style: Style, m: MeterFacts) -> list[str]:
    return [plain_value(pen, style, v) for v in (m.previous, m.current, m.consumption)]


def requisites(pen: Pen, facts: Facts, style: Style) -> list[tuple[str, str]]:
    return [
        (say(style, "organization"), pen.words(facts.organization)),
        (say(style, "address"), pen.words(facts.address)),
        (say(style, "contract"), pen.number(facts.contract_number, 5.2)),
        (say(style, "inn"), pen.number(facts.inn, 5)),
        (say(style, "reading_date"), pen.number(f"{facts.reading_date:%d.%m.%Y}", 5)),
    ]
