"""Printed forms with blank places for the pen, of the sixth batch: rows of a ruled sheet, sentences with gaps, combs in cells, captions below lines, a column a meter."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from html import escape

from tests.corpus.facts import Facts, MeterFacts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts.aside.blocks import CSS, end, row
from tests.corpus.layouts.aside.desk import kind, pair, say
from tests.corpus.layouts.aside.pen import Pen
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style

_CSS = (
    CSS
    + """
.on { border-bottom: 0.25mm solid #333; display: inline-block; padding: 0 2mm; min-width: 22mm; white-space: nowrap } .l { margin: 3.4mm 0; line-height: 2.1 }
.sheet td { border: 0.25mm solid #333; padding: 0.6mm 2mm; height: 9mm; vertical-align: middle } .sheet td:first-child { width: 48% }
.comb { border-collapse: collapse; margin: 0; width: auto } .comb td { border: 0.25mm solid #444; width: 6mm; height: 7.6mm; padding: 0; text-align: center; vertical-align: middle } .comb td.mark { border: 0; width: 3mm; vertical-align: bottom; font-weight: bold }
.cap td { text-align: center; padding: 0 2mm } .cap td.v { border-bottom: 0.25mm solid #333; height: 9mm; vertical-align: bottom }
"""
)


def _value(pen: Pen, style: Style, value: str | None, height: float = 5.2) -> str:
    return pen.number((value or "").replace(".", "," if style.comma else "."), height, may_strike=True)


def _on(content: str) -> str:
    return f'<span class="on">{content}</span>'


def _head(pen: Pen, facts: Facts, style: Style) -> str:
    name, year = pen.words(MONTHS[style.language][facts.period.month - 1]), facts.period.year
    month = {"ru": f"за {_on(name)} {year} г.", "uz": f"{year}-yil {_on(name)} oyi", "uz_cyrl": f"{year} йил {_on(name)} ойи"}[
        style.language
    ]
    return f'<h2 style="text-align:center">{say(style, "title")}<br>{month}</h2>'


def _foot(pen: Pen, facts: Facts, style: Style) -> str:
    return f'<div class="l">{say(style, "report_date")} {_on(pen.number(f"{facts.report_date:%d.%m.%Y}", 4.8))}</div>{end(style, facts, dated=False)}'


def _numbers(pen: Pen, style: Style, m: MeterFacts) -> list[str]:
    return [_value(pen, style, v) for v in (m.previous, m.current, m.consumption)]


def _requisites(pen: Pen, facts: Facts, style: Style) -> list[tuple[str, str]]:
    return [
        (say(style, "organization"), pen.words(facts.organization)),
        (say(style, "address"), pen.words(facts.address)),
        (say(style, "contract"), pen.number(facts.contract_number, 5.2)),
        (say(style, "inn"), pen.number(facts.inn, 5)),
        (say(style, "reading_date"), pen.number(f"{facts.reading_date:%d.%m.%Y}", 5)),
    ]


def ruled_sheet(facts: Facts, style: Style) -> Drawn:
    """A sheet of two columns, label in print and value by hand in a high row."""
    m, pen = facts.meters[0], Pen(style.random)
    was, now = pair(style, facts)
    unit = escape(style.unit(m.unit))
    rows = [
        *_requisites(pen, facts, style),
        (say(style, "meter"), pen.words(m.model)),
        (say(style, "serial"), pen.number(m.serial, 5.2)),
        (say(style, "system"), kind(style, m)),
    ]
    rows += [(f"{word}, {unit}", value) for word, value in zip((was, now, say(style, "consumption")), _numbers(pen, style, m), strict=True)]
    table = "".join(row([label, value]) for label, value in rows)
    return Drawn(f'{_head(pen, facts, style)}<table class="sheet">{table}</table>{_foot(pen, facts, style)}', css=_CSS, margins=(14, 18))


def gaps(facts: Facts, style: Style) -> Drawn:
    """An act in print whose sentences have gaps, two or three numbers in each."""
    m, pen = facts.meters[0], Pen(style.random)
    unit = escape(style.unit(m.unit))
    before, now, used = (_on(value) for value in _numbers(pen, style, m))
    serial, contract, inn = _on(pen.number(m.serial, 5.2)), _on(pen.number(facts.contract_number, 5.2)), _on(pen.number(facts.inn, 5))
    day = _on(pen.number(f"{facts.reading_date:%d.%m.%Y}", 5))
    body = (
        f"<div class='l'>Потребитель {_on(pen.words(facts.organization))}</div><div class='l'>Адрес {_on(pen.words(facts.address))}</div><div class='l'>Договор № {contract} ИНН {inn}</div>"
        f"<div class='l'>Теплосчетчик {_on(pen.words(m.model))} зав. № {serial} ({kind(style, m)})</div><div class='l'>на дату {day} показывает {now} {unit},</div><div class='l'>по предыдущему отчету показывал {before} {unit},</div><div class='l'>расход за месяц составил {used} {unit}.</div>"
    )
    return Drawn(_head(pen, facts, style) + body + _foot(pen, facts, style), css=_CSS)


def combs(facts: Facts, style: Style) -> Drawn:
    """Uzbek: combs drawn as little tables, a cell a digit, the comma printed between two cells."""
    m, pen = facts.meters[0], Pen(style.random)
    unit = escape(style.unit(m.unit))
    was, now = pair(style, facts)

    def comb(text: str | None, cells: int = 0) -> str:
        whole = (text or "").partition(".")[0]
        out = "<td></td>" * max(0, cells - len(whole))
        for c in text or "":
            out += f"<td>{pen.number(c, 4.6)}</td>" if c.isdigit() else f'<td class="mark">{"," if c == "." and cells else escape(c)}</td>'
        return f'<table class="comb"><tr>{out}</tr></table>'

    rows = [
        (say(style, "organization"), pen.words(facts.organization)),
        (say(style, "address"), pen.words(facts.address)),
        (say(style, "contract"), comb(facts.contract_number)),
        (say(style, "inn"), comb(facts.inn)),
        (say(style, "reading_date"), comb(f"{facts.reading_date:%d.%m.%Y}")),
        (f"{say(style, 'serial')} ({kind(style, m)})", comb(m.serial)),
        (f"{was}, {unit}", comb(m.previous, 7)),
        (f"{now}, {unit}", comb(m.current, 7)),
        (f"{say(style, 'consumption')}, {unit}", comb(m.consumption, 7)),
    ]
    table = "".join(f'<tr><td style="padding:1.2mm 3mm 1.2mm 0; width:44%">{label}</td><td>{value}</td></tr>' for label, value in rows)
    return Drawn(f"{_head(pen, facts, style)}<table>{table}</table>{_foot(pen, facts, style)}", css=_CSS, margins=(14, 18))


def captions(facts: Facts, style: Style) -> Drawn:
    """Russian: values on lines, what they are in small print under each line."""
    m, pen = facts.meters[0], Pen(style.random)
    unit = escape(style.unit(m.unit))
    was, now = pair(style, facts)

    def under(*cells: tuple[str, str]) -> str:
        above = "".join(f'<td class="v">{value}</td>' for _, value in cells)
        below = "".join(f'<td class="small">({label})</td>' for label, _ in cells)
        return f'<table class="cap"><tr>{above}</tr><tr>{below}</tr></table>'

    requisites = _requisites(pen, facts, style)
    body = under(requisites[0]) + under(requisites[1]) + under(requisites[2], requisites[3])
    body += under(
        (say(style, "meter"), pen.words(m.model)), (say(style, "serial"), pen.number(m.serial, 5.2)), (say(style, "system"), kind(style, m))
    )
    body += under(
        *((f"{word}, {unit}", value) for word, value in zip((was, now, say(style, "consumption")), _numbers(pen, style, m), strict=True))
    )
    return Drawn(_head(pen, facts, style) + body + under(requisites[4]) + _foot(pen, facts, style), css=_CSS)


def columns(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic: a ruled sheet with a column for each of three meters, those without a meter left empty."""
    pen, spare = Pen(style.random), 3 - len(facts.meters)
    unit = escape(style.unit(facts.meters[0].unit))
    was, now = pair(style, facts, short=True)
    each = [_numbers(pen, style, m) for m in facts.meters]
    rows = row(["", *(f"{i}-ҳисоблагич" for i in range(1, 4))]) + row(
        [say(style, "serial"), *(pen.number(m.serial, 4.6) for m in facts.meters), *[""] * spare]
    )
    rows += row([say(style, "system"), *(kind(style, m) for m in facts.meters), *[""] * spare])
    rows += "".join(
        row([f"{word}, {unit}", *(n[i] for n in each), *[""] * spare]) for i, word in enumerate((was, now, say(style, "consumption")))
    )
    lines = "".join(f'<div class="l">{label} {_on(value)}</div>' for label, value in _requisites(pen, facts, style))
    return Drawn(
        f'{_head(pen, facts, style)}{lines}<table class="sheet mid">{rows}</table>{_foot(pen, facts, style)}',
        css=_CSS + ".sheet td:first-child { width: 28% }",
        margins=(14, 18),
    )


def two_on_a_line(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: lines with two blanks each, the numbers of the meter on the last ones."""
    m, pen = facts.meters[0], Pen(style.random)
    unit = escape(style.unit(m.unit))
    was, now = pair(style, facts)
    before, current, used = _numbers(pen, style, m)
    said = _requisites(pen, facts, style)
    lines = [f"{said[0][0]} {_on(said[0][1])}", f"{said[1][0]} {_on(said[1][1])}", f"{said[2][0]} {_on(said[2][1])} {said[3][0]} {_on(said[3][1])}", f"{said[4][0]} {_on(said[4][1])}",
             f"{say(style, 'meter')} {_on(pen.words(m.model))} {say(style, 'serial')} {_on(pen.number(m.serial, 5.2))} ({kind(style, m)})", f"{was} {_on(before)} {unit}", f"{now} {_on(current)} {unit}", f"{say(style, 'consumption')} {_on(used)} {unit}"]  # fmt: skip
    return Drawn(_head(pen, facts, style) + "".join(f'<div class="l">{line}</div>' for line in lines) + _foot(pen, facts, style), css=_CSS)
