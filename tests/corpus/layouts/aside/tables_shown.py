"""Tables that were often misread while they were kept aside, shown since: three rows a meter, verification days, heads on end, an office's own form, journals of days and weeks."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from html import escape

from tests.corpus.facts import Facts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts.aside import ninth_desk, other_words, trade
from tests.corpus.layouts.aside.archive_parts import archive
from tests.corpus.layouts.aside.blocks import row, total_row
from tests.corpus.layouts.aside.desk import close, css, kind, line, lines, month, numbers, pair, say, top
from tests.corpus.layouts.aside.eighth_desk import meter_rows, pick
from tests.corpus.layouts.aside.trade import typed
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def three_rows(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic: for each meter a row with the older day, one with the newer, one with the difference; what it is spans the three."""
    was, now = pair(style, facts, short=True)
    rows = row([say(style, "meter"), say(style, "system"), say(style, "readings"), say(style, "date"), typed(style, "Қиймати")], "th")
    for m in facts.meters:
        unit, (before, current, used) = escape(style.unit(m.unit)), numbers(style, m)
        rows += f'<tr><td rowspan="3">{escape(m.model)}<br>№ {m.serial}</td><td rowspan="3">{kind(style, m)}</td><td>{was}</td><td>{facts.previous_date:%d.%m.%Y}</td><td>{before} {unit}</td></tr>'
        rows += row([now, f"{facts.reading_date:%d.%m.%Y}", f"{current} {unit}"]) + row([say(style, "consumption"), "", f"{used} {unit}"])
    body = f'{top(style, facts)}{lines(style, facts, "organization", "address", "inn", "contract")}<table class="grid mid">{rows}</table>{close(style, facts)}'
    return Drawn(body, css=css(style))


def verified(facts: Facts, style: Style) -> Drawn:
    """Russian: a column for the day of verification, the unit in a head of its own over the three numbers."""
    unit = escape(style.unit(facts.meters[0].unit))
    was, now = pair(style, facts, short=True)
    front = ["number", "meter", "serial"]
    head = "<tr>" + "".join(f"<th rowspan=2>{say(style, k)}</th>" for k in front) + f"<th rowspan=2>Дата поверки</th><th rowspan=2>{say(style, 'system')}</th><th colspan=3>Тепловая энергия, {unit}</th></tr>"  # fmt: skip
    head += row([was, now, say(style, "consumption")], "th")
    rows = ""
    for i, m in enumerate(facts.meters, 1):
        date = facts.reading_date - dt.timedelta(days=style.random.randint(60, 700))
        rows += row([str(i), escape(m.model), m.serial, f"{date:%d.%m.%Y}", kind(style, m), *numbers(style, m)])
    rows += total_row(style, facts, lambda: say(style, "total"), 7)
    body = f'{top(style, facts)}{lines(style, facts, "contract", "organization", "address", "inn", "reading_date")}<table class="grid mid" style="font-size:88%">{head}{rows}</table>{close(style, facts)}'
    return Drawn(body, css=css(style))


def vertical_heads(facts: Facts, style: Style) -> Drawn:
    """Russian, as nobody expects: the heads of the narrow columns stand on end."""
    heads = ["№ п/п", "Система", "Тип прибора", "Заводской номер", "Предыдущее показание", "Текущее показание", "Расход", "Ед. изм."]
    rows = (
        "<tr>"
        + "".join(
            f'<th><div class="well"><div class="end">{h}</div></div></th>' if i in (0, 4, 5, 6, 7) else f"<th>{h}</th>"
            for i, h in enumerate(heads)
        )
        + "</tr>"
    )
    rows += meter_rows(style, facts, "number kind model serial numbers unit")
    rows += total_row(style, facts, lambda: pick(style, "Итого", "Всего"), 6, after=1)
    body = (
        f'<div>{escape(facts.organization)}, {escape(facts.address)}</div><div>ИНН {facts.inn}, договор № {facts.contract_number}</div><h1 style="text-align:center">СВЕДЕНИЯ<br>о потреблении тепловой энергии за {ninth_desk.month(facts)} {facts.period.year} г.</h1>'
        f'<div>Показания сняты: {ninth_desk.day(style, facts.reading_date)}</div><table class="grid mid" style="font-size:92%">{rows}</table>{ninth_desk.close(style, facts)}'
    )
    return Drawn(body, css=ninth_desk.css(style, ".well { position: relative; width: 6mm; height: 38mm; margin: 0 auto } .end { position: absolute; left: -15mm; top: 16mm; width: 36mm; height: 6mm; white-space: nowrap; transform: rotate(-90deg) }"))  # fmt: skip


def own_form(facts: Facts, style: Style) -> Drawn:
    """Russian: an office's own form, requisites at the left and right of one line, a table with the unit under each head."""
    other_words.begin(style)
    was, now = other_words.pair(style, facts)
    unit = f"<br>({escape(style.unit(facts.meters[0].unit))})"
    rows = row(
        [say(style, "system"), say(style, "serial"), say(style, "meter"), was + unit, now + unit, say(style, "consumption") + unit], "th"
    )
    for m in facts.meters:
        rows += row([kind(style, m), m.serial, escape(m.model), *numbers(style, m)])
    rows += total_row(style, facts, lambda: say(style, "total"), 5)
    keys = row([line(style, facts, "organization"), line(style, facts, "contract")]) + row(
        [line(style, facts, "address"), line(style, facts, "reading_date")]
    )
    return Drawn(
        f'{top(style, facts)}<table>{keys}</table><table class="grid mid">{rows}</table>{close(style, facts)}',
        frozenset({"inn"}),
        css(style),
    )


def day_journal(facts: Facts, style: Style) -> Drawn:
    """A journal: the index every morning and the day's use; month's first and last index and the sum below the days."""
    m, days, n = facts.meters[0], archive(facts, style), style.number
    unit, places = escape(style.unit(m.unit)), len(m.consumption.partition(".")[2])
    value = Decimal(m.previous or 0)
    rows = row(["Дата", f"Показание, {unit}", f"Расход за сутки, {unit}", "t1, °C", "t2, °C", "Подпись"], "th")
    for day in days:
        value += Decimal(day.energy)
        rows += row([f"{day.date:%d.%m.%Y}", n(f"{value:.{places}f}"), n(day.energy), n(day.hot), n(day.cold), ""])
    rows += f"<tr><td>Итого за месяц</td><td></td><td>{n(m.consumption)}</td><td></td><td></td><td></td></tr>"
    body = (
        f'<h1 style="text-align:center">ЖУРНАЛ УЧЕТА ТЕПЛОВОЙ ЭНЕРГИИ<br>{MONTHS[facts.language][facts.period.month - 1]} {facts.period.year} г.</h1><div>Организация: {escape(facts.organization)}, ИНН {facts.inn}</div><div>Адрес: {escape(facts.address)}</div>'
        f"<div>Договор № {facts.contract_number}. Теплосчетчик {escape(m.model)}, зав. № {m.serial} (отопление)</div>"
        f'<table class="grid mid" style="font-size:78%; margin:2mm 0">{rows}</table><div>Показание на начало периода ({facts.previous_date:%d.%m.%Y}): {n(m.previous)} {unit}</div><div>Показание на конец периода ({facts.reading_date:%d.%m.%Y}): {n(m.current)} {unit}</div>'
        f"<div>Расход за период: {n(m.consumption)} {unit}</div>{trade.close(style, facts)}"
    )
    return Drawn(body, css=trade.css(style) + ".close { margin-top: 4mm } .grid td, .grid th { padding: 0.3mm 1mm }", margins=(10, 18))


def weekly(facts: Facts, style: Style) -> Drawn:
    """Russian journal with a reading every few days and who took it; the month's sum on lines below."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    unit, places = escape(style.unit(m.unit)), len(m.consumption.partition(".")[2])
    value, rows = Decimal(m.previous or 0), row(["Дата", "Время", f"Показание счетчика, {unit}", "t под.", "t обр.", "Снял"], "th")
    rows += row([f"{facts.previous_date:%d.%m.%Y}", "09:00", n(f"{value:.{places}f}"), n(days[0].hot), n(days[0].cold), ""])
    for i, one in enumerate(days, 1):
        value += Decimal(one.energy)
        if i % 7 == 0 or i == len(days):
            rows += row([f"{one.date:%d.%m.%Y}", "09:00", n(f"{value:.{places}f}"), n(one.hot), n(one.cold), ""])
    body = (
        f'<h1 style="text-align:center">Журнал учета тепловой энергии<br>{month(style, facts)} {facts.period.year} г.</h1>{lines(style, facts, "organization", "address", "contract", "inn")}<div>Прибор: {escape(m.model)}, зав. № {m.serial}, система отопления</div>'
        f'<table class="grid mid">{rows}</table><div>Показание предыдущего отчета: {n(m.previous)} {unit}</div><div>Показание на дату отчета: {n(m.current)} {unit}</div><div>{say(style, "consumption")}: {n(m.consumption)} {unit}</div><div>{line(style, facts, "reading_date")}</div>{close(style, facts)}'
    )
    return Drawn(body, css=css(style))
