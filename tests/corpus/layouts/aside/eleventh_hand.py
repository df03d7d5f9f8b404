"""The eleventh batch's blanks for the pen that stay aside: days in three parts, combs in rows of two, dotted lines."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from html import escape

from tests.corpus.facts import Facts
from tests.corpus.layouts.aside.eleventh_desk import pair, say
from tests.corpus.layouts.aside.eleventh_pen import CSS_OF_BLANKS, comb, date_by_hand, foot, in_parts, kind_of, month_by_hand
from tests.corpus.layouts.aside.hand_parts import numbers, on
from tests.corpus.layouts.aside.pen import Pen
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def day_parts(facts: Facts, style: Style) -> Drawn:
    """Russian: lines, both days in three parts, the meter's numbers a line each with their unit printed behind."""
    m, pen = facts.meters[0], Pen(style.random)
    one = escape(style.unit(m.unit))
    was, now = pair(style)
    before, current, used = (on(v) for v in numbers(pen, style, m))
    lines = [
        f"{say(style, 'organization')} {on(pen.words(facts.organization))}",
        f"{say(style, 'address')} {on(pen.words(facts.address))}",
        f"{say(style, 'contract')} {on(pen.number(facts.contract_number, 5.2))} &nbsp; ИНН {on(pen.number(facts.inn, 5))}",
        f"{say(style, 'meter')} {on(pen.words(m.model))} &nbsp; {say(style, 'serial')} {on(pen.number(m.serial, 5.2))} ({kind_of(style, facts)})",
        f"{say(style, 'reading_date')} {in_parts(pen, facts, facts.reading_date)}",
        f"{was} {before} {one}",
        f"{now} {current} {one}",
        f"{say(style, 'consumption')} {used} {one}",
    ]
    head = (
        f'<h2 style="text-align:center">ОТЧЕТ о потреблении тепловой энергии<br>за {month_by_hand(pen, facts)} {facts.period.year} г.</h2>'
    )
    body = "".join(f'<div class="l">{line}</div>' for line in lines)
    return Drawn(head + body + foot(pen, facts, style, in_parts(pen, facts, facts.report_date)), css=CSS_OF_BLANKS, margins=(16, 20))


def comb_rows(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic: combs, contract and INN in one row, three numbers below each other with empty boxes before them."""
    m, pen = facts.meters[0], Pen(style.random)
    one = escape(style.unit(m.unit))
    was, now = pair(style)

    def number(value: str | None) -> str:
        whole = (value or "").partition(".")[0]
        return comb(pen, (value or "").replace(".", ","), max(0, 7 - len(whole)))

    rows = "".join(
        f'<tr><td style="width:58mm">{label}</td><td colspan="3">{content}</td></tr>'
        for label, content in (
            (say(style, "organization"), on(pen.words(facts.organization))),
            (say(style, "address"), on(pen.words(facts.address))),
        )
    )
    rows += (
        f"<tr><td>{say(style, 'contract')}</td><td>{comb(pen, facts.contract_number)}</td><td>СТИР</td><td>{comb(pen, facts.inn)}</td></tr>"
    )
    said = [
        (f"{say(style, 'serial')} ({kind_of(style, facts)})", comb(pen, m.serial)),
        (say(style, "reading_date"), comb(pen, f"{facts.reading_date:%d.%m.%Y}")),
        (f"{was}, {one}", number(m.previous)),
        (f"{now}, {one}", number(m.current)),
        (f"{say(style, 'consumption')}, {one}", number(m.consumption)),
    ]
    rows += "".join(f'<tr><td>{label}</td><td colspan="3">{content}</td></tr>' for label, content in said)
    head = f'<h2 style="text-align:center">ИССИҚЛИК ЭНЕРГИЯСИ ҲИСОБОТИ<br>{facts.period.year} йил {month_by_hand(pen, facts)} ойи</h2>'
    date = on(date_by_hand(pen, facts.report_date, 4.8))
    return Drawn(f'{head}<table class="boxes">{rows}</table>{foot(pen, facts, style, date)}', css=CSS_OF_BLANKS, margins=(14, 14))


def dotted(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: dotted lines, the meter's words first and the requisites below them."""
    m, pen = facts.meters[0], Pen(style.random)
    one = escape(style.unit(m.unit))
    was, now = pair(style)
    before, current, used = numbers(pen, style, m)
    said = [
        (say(style, "meter"), pen.words(m.model), f"({kind_of(style, facts)})"),
        (say(style, "serial"), pen.number(m.serial, 5.2), ""),
        (was, before, one),
        (now, current, one),
        (say(style, "consumption"), used, one),
        (say(style, "reading_date"), date_by_hand(pen, facts.reading_date), ""),
        (say(style, "organization"), pen.words(facts.organization), ""),
        (say(style, "address"), pen.words(facts.address), ""),
        (say(style, "contract"), pen.number(facts.contract_number, 5.2), ""),
        (say(style, "inn"), pen.number(facts.inn, 5), ""),
    ]
    lines = "".join(f'<div class="l">{label}: {on(value, True)} {behind}</div>' for label, value, behind in said)
    head = f'<h2 style="text-align:center">Issiqlik energiyasi iste’moli to‘g‘risida hisobot<br>{facts.period.year}-yil {month_by_hand(pen, facts)} oyi uchun</h2>'
    return Drawn(head + lines + foot(pen, facts, style, on(date_by_hand(pen, facts.report_date, 4.8), True)), css=CSS_OF_BLANKS)
