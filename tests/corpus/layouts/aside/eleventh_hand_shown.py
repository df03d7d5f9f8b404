"""The eleventh batch's blanks for the pen that were shown: a row for each system, squared paper, a slip in two columns."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts
from tests.corpus.layouts.aside.blocks import row
from tests.corpus.layouts.aside.eleventh_desk import pair, say
from tests.corpus.layouts.aside.eleventh_pen import CSS_OF_BLANKS, date_by_hand, foot, in_parts, kind_of, month_by_hand
from tests.corpus.layouts.aside.hand_parts import numbers, on
from tests.corpus.layouts.aside.pen import Pen
from tests.corpus.layouts.parts import Drawn
from tests.corpus.marks import picture
from tests.corpus.style import Style


def rows(facts: Facts, style: Style) -> Drawn:
    """Russian: a printed row for heating and one for hot water, dashes by hand where there is no meter."""
    pen = Pen(style.random)
    one = escape(style.unit(facts.meters[0].unit))
    was, now = pair(style)
    table = row(["Вид", "Тип прибора", say(style, "serial"), f"{was}, {one}", f"{now}, {one}", f"{say(style, 'consumption')}, {one}"], "th")
    for kind, word in ((MeterKind.HEAT, "Отопление"), (MeterKind.HOT_WATER, "ГВС")):
        its = [m for m in facts.meters if m.kind is kind]
        for m in its:
            table += row([word, pen.words(m.model), pen.number(m.serial, 4.6), *numbers(pen, style, m)])
        if not its:
            table += row([word, *(pen.number("-", 4.6) for _ in range(5))])
    lines = [
        f"{say(style, 'organization')} {on(pen.words(facts.organization))}",
        f"{say(style, 'contract')} {on(pen.number(facts.contract_number, 5.2))} &nbsp; ИНН {on(pen.number(facts.inn, 5))}",
        f"{say(style, 'address')} {on(pen.words(facts.address))}",
    ]
    head = (
        f'<h2 style="text-align:center">ОТЧЕТ<br>о потреблении тепловой энергии за {month_by_hand(pen, facts)} {facts.period.year} г.</h2>'
    )
    day = f'<div class="l">{say(style, "reading_date")} {on(date_by_hand(pen, facts.reading_date))}</div>'
    return Drawn(
        f'{head}{"".join(f"<div class=l>{line}</div>" for line in lines)}<table class="frame">{table}</table>{day}{foot(pen, facts, style, on(date_by_hand(pen, facts.report_date, 4.8)))}',
        css=CSS_OF_BLANKS,
        margins=(14, 14),
    )


def squared(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: a blank printed on squared paper, a line a value without any line to write on."""
    m, pen = facts.meters[0], Pen(style.random)
    one = escape(style.unit(m.unit))
    was, now = pair(style)
    before, current, used = numbers(pen, style, m)
    said = [
        (say(style, "organization"), pen.words(facts.organization)),
        (say(style, "address"), pen.words(facts.address)),
        (say(style, "contract"), pen.number(facts.contract_number, 5.2)),
        (say(style, "inn"), pen.number(facts.inn, 5)),
        (f"{say(style, 'serial')} ({kind_of(style, facts)})", pen.number(m.serial, 5.2)),
        (f"{was}, {one}", before),
        (f"{now}, {one}", current),
        (f"{say(style, 'consumption')}, {one}", used),
        (say(style, "reading_date"), date_by_hand(pen, facts.reading_date)),
    ]
    lines = "".join(f'<div style="margin:0; height:10mm; line-height:10mm">{label}: {value}</div>' for label, value in said)
    square = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><path d="M0 0H20M0 0V20" fill="none" stroke="#a9b8d4" stroke-width="1"/></svg>'
    head = f'<h2 style="text-align:center">Issiqlik energiyasi sarfi to‘g‘risida ma’lumot<br>{facts.period.year}-yil {month_by_hand(pen, facts)} oyi</h2>'
    return Drawn(f'<div style="background:url({picture(square)}); background-size:5mm; padding:2mm 3mm">{head}{lines}{foot(pen, facts, style, on(date_by_hand(pen, facts.report_date, 4.8)))}</div>', css=CSS_OF_BLANKS, margins=(12, 14))  # fmt: skip


def counterfoil(facts: Facts, style: Style) -> Drawn:
    """Russian: a slip in a frame, requisites in its left half and the meter's numbers in its right one."""
    m, pen = facts.meters[0], Pen(style.random)
    one = escape(style.unit(m.unit))
    was, now = pair(style)
    before, current, used = (on(v) for v in numbers(pen, style, m))
    above = [
        f"{say(style, 'organization')} {on(pen.words(facts.organization))}",
        f"{say(style, 'address')} {on(pen.words(facts.address))}",
    ]
    left = [
        f"{say(style, 'contract')} {on(pen.number(facts.contract_number, 5.2))}",
        f"ИНН {on(pen.number(facts.inn, 5))}",
        f"{say(style, 'meter')} {on(pen.words(m.model))}",
        f"{say(style, 'serial')} {on(pen.number(m.serial, 5.2))}",
    ]
    right = [
        f"{was} {before}",
        f"{now} {current}",
        f"{say(style, 'consumption')}, {one} {used}",
        f"{say(style, 'reading_date')} {on(date_by_hand(pen, facts.reading_date))}",
    ]
    two = "".join(
        f'<td style="width:50%; vertical-align:top">{"".join(f"<div class=l>{line}</div>" for line in side)}</td>' for side in (left, right)
    )
    head = f'<div style="text-align:center"><b>ТАЛОН показаний теплосчетчика</b> ({kind_of(style, facts)})<br>за {month_by_hand(pen, facts)} {facts.period.year} г.</div>'
    return Drawn(f'<div style="border:0.5mm solid #222; padding:3mm 4mm">{head}{"".join(f"<div class=l>{line}</div>" for line in above)}<table style="width:100%"><tr>{two}</tr></table>{foot(pen, facts, style, in_parts(pen, facts, facts.report_date))}</div>', css=CSS_OF_BLANKS, margins=(12, 12))  # fmt: skip
