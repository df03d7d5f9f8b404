"""The eleventh batch's half that stays aside: two forms, a workbook, a letter, an act, КМ-5, ВКТ-7."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

import datetime as dt
from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts import parts
from tests.corpus.layouts.aside.archive_parts import DAY, archive, columns, hours, integrators, logged, ruled
from tests.corpus.layouts.aside.blocks import row, total_row
from tests.corpus.layouts.aside.eighth_desk import cells, letterhead, outgoing, unit
from tests.corpus.layouts.aside.eleventh_desk import (
    close,
    css,
    day,
    kind,
    month,
    pair,
    printer,
    requisites,
    say,
    signed,
    straight,
)
from tests.corpus.layouts.aside.ends import ink, seal
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def nodes(facts: Facts, style: Style) -> Drawn:
    """Russian: the addressee at the right, a row a metering node, type and number of the meter in one cell, the unit before the indexes."""
    was, now = pair(style)
    rows = row(["№", "Узел учета", "Прибор учета, зав. №", "Ед. изм.", was, now, say(style, "consumption")], "th")
    for i, m in enumerate(facts.meters, 1):
        rows += row([str(i), f"УУТЭ-{i}, {kind(style, m)}", f"{escape(m.model)}, № {m.serial}", unit(style, m), *cells(style, m)])
    rows += total_row(style, facts, lambda: say(style, "total"), 6)
    head = f'{parts.addressee(style)}<h1 style="text-align:center">ОТЧЕТ<br>о потреблении тепловой энергии<br>за {month(facts)} {facts.period.year} года</h1>'
    return Drawn(f'{head}{requisites(style, facts)}<table class="grid mid">{rows}</table>{close(style, facts)}', css=css(style))


def systems_across(facts: Facts, style: Style) -> Drawn:
    """Russian: what it is in rows, the systems as columns, a row with the day of the last verification, the unit in a row of its own."""
    was, now = pair(style)
    checked = [
        dt.date(facts.period.year - style.random.randint(1, 3), style.random.randint(1, 12), style.random.randint(1, 28))
        for _ in facts.meters
    ]
    n = [cells(style, m) for m in facts.meters]
    rows = row(["Показатель", *(kind(style, m) for m in facts.meters)], "th")
    rows += row([say(style, "meter"), *(escape(m.model) for m in facts.meters)])
    rows += row([say(style, "serial"), *(m.serial for m in facts.meters)])
    rows += row(["Дата последней поверки", *(f"{c:%d.%m.%Y}" for c in checked)])
    rows += row(["Единица измерения", *(unit(style, m) for m in facts.meters)])
    rows += "".join(row([word, *(v[i] for v in n)]) for i, word in enumerate((was, now, say(style, "consumption"))))
    head = f'<h1 style="text-align:center">Сведения о показаниях приборов учета тепловой энергии<br>за {month(facts)} {facts.period.year} г.</h1>'
    return Drawn(
        f'{head}{requisites(style, facts)}<table class="grid mid" style="width:{62 + 14 * len(facts.meters)}%">{rows}</table>{close(style, facts)}',
        css=css(style),
    )


def contract_rows(facts: Facts, style: Style) -> Drawn:
    """Russian: a printed workbook, one row a meter, contract and address again in each row."""
    was, now = pair(style)
    heads = ["№ п/п", "№ договора", "Адрес объекта", "Вид", say(style, "meter"), say(style, "serial"), was, now, say(style, "consumption"), "Ед. изм."]  # fmt: skip
    rows = row(heads, "th")
    for i, m in enumerate(facts.meters, 1):
        rows += row([str(i), facts.contract_number, escape(facts.address), kind(style, m), escape(m.model), m.serial, *cells(style, m), unit(style, m)])  # fmt: skip
    rows += total_row(style, facts, lambda: say(style, "total"), 8, after=1)
    head = (
        f"<div><b>{escape(facts.organization)}</b></div><div>ИНН {facts.inn}</div><h1>Показания приборов учета тепловой энергии за {month(facts)} {facts.period.year} г.</h1>"
        f"<div>{say(style, 'reading_date')}: {day(style, facts.reading_date)}</div>"
    )
    return Drawn(f'{head}<table class="grid mid" style="font-size:78%">{rows}</table>{close(style, facts)}', css=css(style, ".grid th { background: #ddd }"), margins=(14, 10))  # fmt: skip


def amounted(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: a letter of sentences, «…ni tashkil etdi», the meter's number before its word."""

    def t(text: str) -> str:
        return straight(style, text)

    said = ""
    for m in facts.meters:
        one = unit(style, m)
        what = "issiq suv ta’minoti" if m.kind is MeterKind.HOT_WATER else "isitish"
        said += (
            f"<p>{m.serial} {t('zavod raqamli')} {escape(m.model)} ({t(what)}) {t('hisoblagichining')} {facts.reading_date:%d.%m.%Y} {t('holatiga ko‘rsatkichi')} {style.number(m.current)} {one}, {t('oldingi ko‘rsatkichi')} ({facts.previous_date:%d.%m.%Y}) {style.number(m.previous)} {one}, "
            f"{t('hisobot davridagi sarf')} {style.number(m.consumption)} {one}{t('ni tashkil etdi.')}</p>"
        )
    body = (
        f"{letterhead(style, facts)}{outgoing(style, facts)}{parts.addressee(style)}<p>{escape(facts.organization)} {facts.contract_number}-{t('sonli shartnoma bo‘yicha')} {facts.period.year}-yil {month(facts)} {t('oyi uchun issiqlik energiyasi sarfi to‘g‘risidagi hisobotni yuboradi.')}</p>"
        f"{said}{close(style, facts, dated=False, letter=True)}"
    )
    return Drawn(body, css=css(style))


def dalolatnoma(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: an act with city and day on one line, the house's man in its first sentence, both sides below."""

    def t(text: str) -> str:
        return straight(style, text)

    was, now = pair(style)
    rows = row(["№", say(style, "meter"), say(style, "serial"), was, now, say(style, "consumption"), t("O‘lchov birligi")], "th")
    for i, m in enumerate(facts.meters, 1):
        rows += row([str(i), f"{escape(m.model)} ({kind(style, m)})", m.serial, *cells(style, m), unit(style, m)])
    who = f"{escape(facts.position)} {escape(facts.signatory)}"
    sides = f'<table class="end bare"><tr><td style="width:66mm">{t("Iste’molchi vakili:")}<br>{escape(facts.position)}</td><td><span class="hand">{ink(style, facts)}</span></td><td>{escape(facts.signatory)}</td></tr><tr><td style="padding-top:7mm">{t("Issiqlik ta’minoti korxonasi vakili:")}</td><td style="padding-top:7mm"><span class="hand"></span></td><td></td></tr></table>'
    body = (
        f'<h1 style="text-align:center">{t("Hisoblagich ko‘rsatkichlarini olish")}<br>DALOLATNOMASI</h1><table><tr><td>Toshkent shahri</td><td class="right">{day(style, facts.report_date)}</td></tr></table>'
        f"<p>{t('Men, iste’molchi vakili')} {who}, {escape(facts.organization)} ({t('manzil')}: {escape(facts.address)}, STIR {facts.inn}) {t('bilan tuzilgan')} {facts.contract_number}-{t('sonli shartnomaga asosan')} {facts.period.year}-yil {month(facts)} {t('oyi uchun hisoblagichlar ko‘rsatkichlarini')} {day(style, facts.reading_date)} {t('holatiga oldim:')}</p>"
        f'<table class="grid mid">{rows}</table><div class="close">{sides}<div>{say(style, "stamp")}</div>{seal(style, facts, (34, 112), (-4, 8))}</div>'
    )
    return Drawn(body, css=css(style))


def km5_integrators(facts: Facts, style: Style) -> Drawn:
    """КМ-5 from its terminal: days, «Показания интеграторов КМ-5» below them with the end first, hours of failure before those of work."""
    m, days = facts.meters[0], archive(facts, style)
    one, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    heads = [["Дата", "Q", "М1", "М2", "М1-М2", "t1", "t2", "Нераб.", "Работы", "Ошибки"], ["", one, "т", "т", "т", "°C", "°C", "Тн,ч", "Тр,ч", ""]]  # fmt: skip
    kept = ("energy", "supply", "back", "lost", "hot", "cold", "0.00", "24.00", ("", "", "", "g"))
    log = logged(style, m.consumption, days, heads, "%d.%m.%y", kept, "Итого", "Средн.")
    ends = integrators(facts, style, days, f"Q,{one}", style.random.randint(4000, 30000), decimals=2)
    sums = [["Показания интеграторов КМ-5", f"Q, {one}", "М1, т", "Тр, ч"], [f"на {last:%d.%m.%y} 24:00", *(e[2] for e in ends)], [f"на {first:%d.%m.%y} 00:00", *(e[1] for e in ends)], ["Итого", *(e[3] for e in ends)]]  # fmt: skip
    text = (
        f"           ОТЧЕТНАЯ ВЕДОМОСТЬ ТЕПЛОПОТРЕБЛЕНИЯ В СИСТЕМЕ ОТОПЛЕНИЯ\n                      за {MONTHS['ru'][facts.period.month - 1]} {facts.period.year} г.\n\n Потребитель: {facts.organization}\n Адрес:       {facts.address}\n Договор N {facts.contract_number}       ИНН {facts.inn}\n"
        f" Теплосчетчик {m.model}   Номер теплосчетчика {m.serial}   Прошивка 2.31\n Gmax = 60.000 м3/ч  Gmin = 0.060 м3/ч\n\n{columns(log)}\n\n{columns(sums, '   ')}"
    )
    return Drawn(f"<pre>{escape(text)}</pre>{signed(style, facts, 'Потребитель', 'Поставщик')}", css=printer(style), margins=(10, 13))


def vkt7_ends_first(facts: Facts, style: Style) -> Drawn:
    """ВКТ-7 through its program: the integrators at both ends as a ruled table above the days, «сет. номер» beside the serial."""
    m, days = facts.meters[0], archive(facts, style)
    one, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    heads = ["Дата", f"Qо, {one}", "M1, т", "M2, т", "dM, т", "t1, °C", "t2, °C", "ВНР, ч", "ВОС, ч", "НС"]
    kept = ("energy", "supply", "back", "lost", "hot", "cold", "24", "0", ("", "", "", "*"))
    log = logged(style, m.consumption, days, [heads], "%d/%m/%y", kept, "Итого", "Средние")
    ends = integrators(facts, style, days, f"Qо, {one}", style.random.randint(4000, 30000))
    sums = [["Итоговые значения", f"на начало {first:%d/%m/%y}", f"на конец {last:%d/%m/%y}", "за период"], *(list(e) for e in ends)]
    head = (
        f"<div style='text-align:center'><b>Отчет о суточных параметрах теплопотребления за период<br>с {first:%d/%m/%y} по {last:%d/%m/%y}</b></div><div>Абонент: {escape(facts.organization)} &nbsp; Договор № {facts.contract_number}</div><div>Адрес: {escape(facts.address)} &nbsp; ИНН {facts.inn}</div>"
        f"<div>Тепловычислитель {escape(m.model)} &nbsp; зав. № {m.serial} &nbsp; сет. номер {style.random.randint(1, 20)} &nbsp; Тв1 (отопление) &nbsp; схема {style.random.randint(1, 6)}</div>"
    )
    return Drawn(f"{head}{ruled(sums)}{ruled(log)}<div>Время нормальной работы {hours(days, 0)} ч</div>{signed(style, facts, 'Представитель абонента', 'Представитель теплоснабж. организации')}", css=printer(style), margins=(9, 12))  # fmt: skip
