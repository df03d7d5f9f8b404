"""The seventh batch's half that stays aside: two numbers in a cell, a letter's table, groups of meters, an act, days of ТЭМ, a form of lines."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts
from tests.corpus.layouts import parts
from tests.corpus.layouts.aside.archive_parts import DAY, archive, columns, foot, logged
from tests.corpus.layouts.aside.archive_parts import css as printed_css
from tests.corpus.layouts.aside.blocks import row
from tests.corpus.layouts.aside.desk import close, css, day, kind, lines, month, numbers, say, top
from tests.corpus.layouts.aside.other_words import begin, pair
from tests.corpus.layouts.aside.trade import typed
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def pairs_in_cells(facts: Facts, style: Style) -> Drawn:
    """Russian: the older and the newer index below each other in one cell, their days likewise beside them."""
    begin(style)
    heads = [say(style, "number"), say(style, "meter"), say(style, "serial"), say(style, "system"), "Дата", say(style, "readings"), say(style, "consumption"), say(style, "unit")]  # fmt: skip
    rows = row(heads, "th")
    for i, m in enumerate(facts.meters, 1):
        before, current, used = numbers(style, m)
        rows += row(
            [
                str(i),
                escape(m.model),
                m.serial,
                kind(style, m),
                f"{facts.previous_date:%d.%m.%y}<br>{facts.reading_date:%d.%m.%y}",
                f"{before}<br>{current}",
                used,
                escape(style.unit(m.unit)),
            ]
        )
    return Drawn(
        f'{top(style, facts)}{lines(style, facts, "organization", "inn", "contract", "address", "reading_date")}<table class="grid mid" style="font-size:90%">{rows}</table>{close(style, facts)}',
        css=css(style),
    )


def sent_with(facts: Facts, style: Style) -> Drawn:
    """Uzbek letter in Latin letters, a table of meters under it, day and month in words in the sentence."""
    begin(style)

    def t(text: str) -> str:
        return typed(style, text)

    was, now = pair(style, facts)
    rows = row(
        [say(style, "system"), say(style, "meter"), say(style, "serial"), was, now, say(style, "consumption"), say(style, "unit")], "th"
    )
    for m in facts.meters:
        rows += row([kind(style, m), escape(m.model), m.serial, *numbers(style, m), escape(style.unit(m.unit))])
    body = (
        f"{parts.letterhead(style, facts)}{parts.outgoing(style, facts)}{parts.addressee(style)}<p>{escape(facts.organization)} {t('va Sizning korxonangiz o‘rtasidagi')} {facts.contract_number}-{t('sonli shartnomaga ko‘ra')} {facts.period.year}-yil {month(style, facts)} {t('oyidagi issiqlik energiyasi sarfi quyidagicha bo‘ldi')} "
        f"({t('ko‘rsatkichlar')} {day(style, facts.reading_date, 4)} {t('kuni olingan')}):</p><table class='grid mid' style='font-size:90%'>{rows}</table>{close(style, facts, dated=False)}{parts.executor(style)}"
    )
    return Drawn(body, css=css(style))


def groups(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic: rows in groups, a row with the system's name over its meters."""
    begin(style)
    was, now = pair(style, facts, short=True)
    heads = [say(style, "number"), say(style, "meter"), say(style, "serial"), was, now, say(style, "consumption"), say(style, "unit")]
    rows, i = row(heads, "th"), 0
    for water in (False, True):
        chosen = [m for m in facts.meters if (m.kind is MeterKind.HOT_WATER) is water]
        if chosen:
            rows += f'<tr><td colspan="{len(heads)}"><b>{kind(style, chosen[0]).capitalize()}</b></td></tr>'
        for m in chosen:
            i += 1
            rows += row([str(i), escape(m.model), m.serial, *numbers(style, m), escape(style.unit(m.unit))])
    return Drawn(
        f'{top(style, facts)}{lines(style, facts, "organization", "address", "contract", "inn", "reading_date")}<table class="grid mid" style="font-size:90%">{rows}</table>{close(style, facts)}',
        css=css(style),
    )


def act_of_day(facts: Facts, style: Style) -> Drawn:
    """Russian act: what was found on the day, label and value in two columns a meter."""
    begin(style)
    was, now = pair(style, facts)
    rows = ""
    for i, m in enumerate(facts.meters, 1):
        unit, (before, current, used) = escape(style.unit(m.unit)), numbers(style, m)
        rows += f'<tr><td colspan="2" style="text-align:center">Прибор учета {i if len(facts.meters) > 1 else ""}</td></tr>'
        rows += row([f"{say(style, 'meter')}, {say(style, 'serial')}", f"{escape(m.model)}, {m.serial}"]) + row(
            [say(style, "system"), kind(style, m)]
        )
        rows += row([was, f"{before} {unit}"]) + row([now, f"{current} {unit}"]) + row([say(style, "consumption"), f"{used} {unit}"])
    body = (
        f'<h1 style="text-align:center">АКТ<br>о показаниях приборов учета тепловой энергии за {month(style, facts)} {facts.period.year} г.</h1><div>г. Ташкент, {day(style, facts.report_date, 5)}</div>{lines(style, facts, "organization", "address", "contract", "inn")}'
        f"<p>Показания приборов на {day(style, facts.reading_date, 4)}:</p><table class='grid'>{rows}</table>{close(style, facts, dated=False)}"
    )
    return Drawn(body, css=css(style, ".grid td:first-child { width: 50% }"))


def tem_days(facts: Facts, style: Style) -> Drawn:
    """ТЭМ-104: days of text between blanks, the integrators' two days and their difference on lines of words."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    unit, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    heads = ["Дата", f"Q,{unit}", "M1,т", "M2,т", "T1,°C", "T2,°C", "Tраб,ч", "Tош,ч"]
    log = logged(style, m.consumption, days, [heads], "%d.%m.%Y", ("energy", "supply", "back", "hot", "cold", "24.0", "0.0"), "Итого")
    text = (
        f"                 Отчет о теплопотреблении\n        за период с {first:%d.%m.%Y} по {last:%d.%m.%Y}\n\nТеплосчетчик: {m.model}\nЗав. номер:   {m.serial}\nСистема 1:    отопление\nПотребитель:  {facts.organization}\nАдрес:        {facts.address}\nДоговор:      {facts.contract_number}      ИНН: {facts.inn}\n\n"
        f"{columns(log)}\n\nИнтегратор Q на {facts.previous_date:%d.%m.%Y} 24:00  {n(m.previous)} {unit}\nИнтегратор Q на {last:%d.%m.%Y} 24:00  {n(m.current)} {unit}\nРазность                       {n(m.consumption)} {unit}"
    )
    return Drawn(f"<pre>{escape(text)}</pre>{foot(style, facts, 'Ответственное лицо')}", css=printed_css(style), margins=(10, 14))
