"""Tables and lists of the sixth batch that stay aside: numbered points, a head of three rows, a right-hand addressee, plain lists, goods with money."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from decimal import Decimal
from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts
from tests.corpus.layouts import parts
from tests.corpus.layouts.aside.blocks import row, total_row
from tests.corpus.layouts.aside.desk import close, css, day, kind, line, lines, month, numbers, pair, say, state, top
from tests.corpus.layouts.aside.trade import typed
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def points(facts: Facts, style: Style) -> Drawn:
    """Russian: numbered points, each a short clause; indexes with their days in the point's own words."""
    texts = [line(style, facts, key) for key in ("organization", "address", "contract", "inn")]
    for m in facts.meters:
        unit, (before, current, used) = escape(style.unit(m.unit)), numbers(style, m)
        texts += [
            f"{say(style, 'meter')} ({kind(style, m)}): {escape(m.model)}, {say(style, 'serial')} {m.serial}",
            f"Показание прибора на {day(style, facts.previous_date, 0)} (предыдущее): {before} {unit}",
            f"Показание прибора на {day(style, facts.reading_date, 0)} (текущее): {current} {unit}",
            f"{say(style, 'consumption')}: {used} {unit}",
        ]
    body = "".join(f'<div class="point">{i}. {text}</div>' for i, text in enumerate(texts, 1))
    return Drawn(f"{top(style, facts)}{body}{close(style, facts)}", css=css(style, ".point { margin: 1.6mm 0 }"))


def tall_head(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic: a head of three rows, with the day under each index and the units under these."""
    unit = escape(style.unit(facts.meters[0].unit))
    was, now = pair(style, facts, short=True)
    fronts = "".join(f"<th rowspan=3>{say(style, k)}</th>" for k in ("number", "system", "serial", "meter"))
    head = f"<tr>{fronts}<th colspan=2>{say(style, 'readings')}</th><th rowspan=2>{say(style, 'consumption')}</th></tr>"
    head += row([f"{was}<br>{facts.previous_date:%d.%m.%y}", f"{now}<br>{facts.reading_date:%d.%m.%y}"], "th") + row([unit] * 3, "th")
    rows = "".join(row([str(i), kind(style, m), m.serial, escape(m.model), *numbers(style, m)]) for i, m in enumerate(facts.meters, 1))
    rows += total_row(style, facts, lambda: say(style, "total"), 5, before=1)
    body = f'{top(style, facts)}{lines(style, facts, "organization", "address", "contract", "inn", "reading_date")}<table class="grid mid" style="font-size:88%">{head}{rows}</table>{close(style, facts)}'
    return Drawn(body, css=css(style))


def word_page(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic, from a word processor: customer at the left, addressee at the right, the day «ҳолатига», a table without numbers of rows."""
    was, now = pair(style, facts)
    heads = [say(style, "system"), say(style, "meter"), say(style, "serial"), say(style, "unit"), was, now, say(style, "consumption")]
    rows = row(heads, "th")
    for m in facts.meters:
        rows += row([kind(style, m), escape(m.model), m.serial, escape(style.unit(m.unit)), *numbers(style, m)])
    body = (
        f'<table><tr><td style="width:55%">{lines(style, facts, "organization", "address", "inn", "contract")}</td><td>{parts.addressee(style)}</td></tr></table>{top(style, facts)}'
        f'<div>{typed(style, "Ҳисоблагич кўрсаткичлари")} {state(style, facts.reading_date)}:</div><table class="grid mid">{rows}</table>{close(style, facts)}'
    )
    return Drawn(body, css=css(style))


def plain_list(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: no table at all, a line a value, meters parted by an empty line."""
    was, now = pair(style, facts)
    dash = style.random.choice((" – ", ": ", " - ", " = "))
    text = ""
    for i, m in enumerate(facts.meters, 1):
        unit = escape(style.unit(m.unit))
        number = f"{i}. " if len(facts.meters) > 1 else ""
        text += f'<div style="margin-top:4mm">{number}{escape(m.model)}, {say(style, "serial")} {m.serial}, {kind(style, m)}</div>'
        text += "".join(
            f"<div>{w}{dash}{v} {unit}</div>" for w, v in zip((was, now, say(style, "consumption")), numbers(style, m), strict=True)
        )
    body = f"{top(style, facts)}{lines(style, facts, 'organization', 'contract', 'inn', 'address')}<div>{state(style, facts.reading_date).capitalize()} {typed(style, 'ko‘rsatkichlar')}:</div>{text}{close(style, facts)}"
    return Drawn(body, css=css(style, "body { line-height: 1.35 }"))


def volumes(facts: Facts, style: Style) -> Drawn:
    """Russian, of the bookkeeping: service, unit, amount, price, sum; the meter in the service's words; no indexes."""
    price = Decimal(style.random.choice((342296, 952797)))
    rows, money = row(["№", "Наименование услуги", "Ед. изм.", "Количество", "Цена (сум)", "Сумма (сум)"], "th"), Decimal(0)
    for i, m in enumerate(facts.meters, 1):
        cost = (Decimal(m.consumption) * price).quantize(Decimal("0.01"))
        money += cost
        what = "горячее водоснабжение" if m.kind is MeterKind.HOT_WATER else "отопление"
        rows += row([str(i), f"Тепловая энергия на {what} (счетчик № {m.serial})", escape(style.unit(m.unit)), style.number(m.consumption), f"{price:,.2f}".replace(",", " ").replace(".", ","), f"{cost:,.2f}".replace(",", " ").replace(".", ",")])  # fmt: skip
    rows += f'<tr><td colspan="5" class="right">ИТОГО, сум</td><td>{f"{money:,.2f}".replace(",", " ").replace(".", ",")}</td></tr>'
    body = f'<h1 style="text-align:center">Справка об объеме потребленной тепловой энергии<br>за {month(style, facts)} {facts.period.year} года</h1>{lines(style, facts, "organization", "address", "inn", "contract")}<div>Показания приборов учета сняты {day(style, facts.reading_date)}</div><table class="grid mid" style="font-size:90%">{rows}</table>{close(style, facts)}'
    return Drawn(body, css=css(style))
