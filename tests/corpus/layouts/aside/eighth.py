"""The eighth batch's half that stays aside: a bank's letter, many houses, two languages of an embassy, a factory's sheet, days as heads, a letter with a card, a list, СПТ."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from decimal import Decimal
from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts
from tests.corpus.layouts.aside.archive_parts import DAY, archive, columns, foot, logged
from tests.corpus.layouts.aside.archive_parts import css as printed_css
from tests.corpus.layouts.aside.blocks import row, total_row
from tests.corpus.layouts.aside.eighth_desk import cells, close, css, figures, kind, letterhead, meter_rows, month, outgoing, pick, unit
from tests.corpus.layouts.aside.trade import typed
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style

_SHOPS = ("1-цех", "2-цех", "Маъмурий бино", "Омборхона", "Ошхона")


def branch(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: a bank's letter with its subject at the left and a table that has lines below its rows only."""

    def t(text: str) -> str:
        return escape(typed(style, text))

    rows = row(
        [t(h) for h in ("Hisoblagich", "Zavod raqami", "Tizim", "Avvalgi ko‘rsatkich", "Hozirgi ko‘rsatkich", "Sarf", "Birlik")], "th"
    )
    rows += meter_rows(style, facts, "model serial kind numbers unit")
    rows += total_row(style, facts, lambda: t("Jami"), between=4, after=1)
    body = (
        f'{letterhead(style, facts)}{outgoing(style, facts)}<div class="to">«Toshissiqquvvati» DUK<br>{t("metrologiya xizmatiga")}</div><div style="width:75mm; font-style:italic; margin-bottom:4mm">{t("Issiqlik energiyasi hisoblagichlari ko‘rsatkichlari to‘g‘risida")}</div>'
        f'<p>{t("Sizga")} {facts.contract_number}-{t("raqamli shartnoma bo‘yicha")} {facts.period.year}-yil {month(style, facts)} {t("oyi uchun hisoblagich ko‘rsatkichlarini")} ({figures(facts.reading_date)} {t("holatiga")}) {t("taqdim etamiz")}:</p><table class="below">{rows}</table>{close(style, facts, dated=False)}'
    )
    return Drawn(
        body,
        css=css(
            style,
            ".below td, .below th { border-bottom: 0.2mm solid #444; padding: 1mm 1.5mm; text-align: left } .below { font-size: 92% }",
        ),
    )


def housing(facts: Facts, style: Style) -> Drawn:
    """Russian: a housing company with a meter a house, the houses' addresses in a column of the table, a total."""
    street = style.random.choice(("ул. Катартал", "м-в Ц-5", "ул. Паркентская", "массив Юнусабад-4", "ул. Чехова"))
    one = unit(style, facts.meters[0])
    rows = (
        row(["№", "Адрес дома", "Система", "Тип счетчика", "№ счетчика", "Показания", f"Расход, {one}"], "th")
        .replace("<th>", '<th rowspan="2">')
        .replace('<th rowspan="2">Показания', '<th colspan="2">Показания')
    )
    rows += row(list(style.random.choice((("предыдущие", "текущие"), ("начальные", "конечные"), ("на начало", "на конец")))), "th")
    houses = (f"{street}, д. {style.random.randint(1, 98)}" for _ in facts.meters)
    rows += meter_rows(style, facts, "number house kind model serial numbers", house=houses)
    rows += total_row(style, facts, lambda: pick(style, "Всего по товариществу", "ИТОГО", "Всего"), 5, before=1)
    body = (
        f'<h1 style="text-align:center">Отчет о потребленной тепловой энергии<br>по жилым домам за {month(style, facts)} {facts.period.year} г.</h1><div>{pick(style, "Потребитель", "Абонент", "Наименование организации")}: {escape(facts.organization)}</div><div>{pick(style, "Юридический адрес", "Адрес")}: {escape(facts.address)}</div>'
        f'<div>Договор № {facts.contract_number}, ИНН {facts.inn}</div><div>{pick(style, "Дата снятия показаний", "Показания сняты")}: {figures(facts.reading_date, "ru")}</div><table class="grid mid" style="font-size:84%">{rows}</table>{close(style, facts)}'
    )
    return Drawn(body, css=css(style))


def embassy(facts: Facts, style: Style) -> Drawn:
    """Russian and English: each word in Russian with the English one in small print below it."""

    def both(russian: str, english: str) -> str:
        return f'{russian}<br><span style="font-size:0.75em">{english}</span>'

    keys = [
        (both("Организация", "Organization"), escape(facts.organization)),
        (both("Адрес", "Address"), escape(facts.address)),
        (both("Договор №", "Contract No."), facts.contract_number),
        (both("ИНН", "Tax ID"), facts.inn),
        (both("Отчетный период", "Reporting period"), f"{month(style, facts)} {facts.period.year} г."),
        (both("Дата снятия показаний", "Date of reading"), figures(facts.reading_date)),
    ]
    heads = [
        both("Прибор учета", "Meter"),
        both("Зав. №", "Serial No."),
        both("Система", "System"),
        both("Предыдущее показание", "Previous reading"),
        both("Текущее показание", "Present reading"),
        both("Потребление", "Consumption"),
        both("Ед. изм.", "Unit"),
    ]
    rows = row(heads, "th")
    for m in facts.meters:
        what = ("ГВС", "Hot water") if m.kind is MeterKind.HOT_WATER else ("Отопление", "Heating")
        rows += row([escape(m.model), m.serial, both(*what), *cells(style, m), unit(style, m)])
    table = "".join(row([a, b]) for a, b in keys)
    return Drawn(
        f'<h1 style="text-align:center">ОТЧЕТ О ПОТРЕБЛЕНИИ ТЕПЛОВОЙ ЭНЕРГИИ<br><span style="font-size:0.8em">HEAT CONSUMPTION REPORT</span></h1><table class="grid" style="width:86%">{table}</table><table class="grid mid" style="font-size:90%">{rows}</table>{close(style, facts)}',
        css=css(style),
    )


def factory(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic: a factory's sheet with a shop a row and the columns' numbers in a row below the heads."""

    def t(text: str) -> str:
        return escape(typed(style, text))

    shops = style.random.sample(_SHOPS, len(facts.meters))
    was, now = style.random.choice((("олдинги", "жорий"), ("аввалги", "ҳозирги"), ("ой бошида", "ой охирида")))
    heads = [
        "Т/р",
        "Объект номи",
        "Тизими",
        "Ҳисоблагич русуми",
        "Завод рақами",
        f"Кўрсаткич, {was}",
        f"Кўрсаткич, {now}",
        style.random.choice(("Сарф", "Фарқи")),
        "Ўлчов бирлиги",
    ]
    rows = row([t(h) for h in heads], "th") + row([str(i) for i in range(1, len(heads) + 1)])
    rows += meter_rows(style, facts, "number shop kind model serial numbers unit", shop=shops)
    rows += total_row(style, facts, lambda: t("Жами"), before=1, between=5, after=1)
    body = (
        f'<h1 style="text-align:center">{t("Иссиқлик энергияси истеъмоли бўйича")}<br>{t("ҲИСОБОТ")}<br>{facts.period.year} {t("йил")} {month(style, facts)} {t("ойи")}</h1><table style="width:auto"><tr><td>{t("Корхона номи")}:</td><td>{escape(facts.organization)}</td></tr><tr><td>{t("Манзили")}:</td><td>{escape(facts.address)}</td></tr>'
        f'<tr><td>{t("Шартнома рақами")}:</td><td>{facts.contract_number}</td></tr><tr><td>{t("СТИР")}:</td><td>{facts.inn}</td></tr><tr><td>{t("Кўрсаткич олинган сана")}:</td><td>{figures(facts.reading_date)}</td></tr></table><table class="grid mid" style="font-size:84%">{rows}</table>{close(style, facts)}'
    )
    return Drawn(body, css=css(style))


def month_ends(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: a short form, the days of the two readings as heads under one word."""

    def t(text: str) -> str:
        return escape(typed(style, text))

    one = unit(style, facts.meters[0])
    rows = f'<tr><th rowspan="2">{t("Hisoblagich turi, zavod raqami")}</th><th rowspan="2">{t("Maqsadi")}</th><th colspan="2">{t("Hisoblagich ko‘rsatkichlari")}, {one}</th><th rowspan="2">{t("Sarf")}, {one}</th></tr>'
    rows += row([f"{figures(facts.previous_date)}", f"{figures(facts.reading_date)}"], "th")
    for m in facts.meters:
        rows += row([f"{escape(m.model)}, № {m.serial}", t(kind(style, m)), *cells(style, m)])
    rows += total_row(style, facts, lambda: t("Jami"), 4)
    body = (
        f'<h1 style="text-align:center">{t("HISOBOT")}<br>{facts.period.year}-yil {month(style, facts)} {t("oyida iste’mol qilingan issiqlik energiyasi bo‘yicha")}</h1><div>{t("Korxona")}: {escape(facts.organization)} &nbsp; {t("STIR")}: {facts.inn}</div><div>{t("Manzili")}: {escape(facts.address)}</div>'
        f'<div>{t("Shartnoma")} №: {facts.contract_number}</div><div>{t("Ko‘rsatkichlar olingan sana")}: {figures(facts.reading_date)}</div><table class="grid mid">{rows}</table>{close(style, facts)}'
    )
    return Drawn(body, css=css(style))


def with_printout(facts: Facts, style: Style) -> Drawn:
    """Russian: a covering letter, and in a frame on the same page what the calculator's program printed."""
    m, n = facts.meters[0], style.number
    one = style.unit(m.unit)
    mass = Decimal(style.random.randint(10**5, 9 * 10**6)) / 100
    table = [
        ["Параметр", f"на {facts.previous_date:%d.%m.%y}", f"на {facts.reading_date:%d.%m.%y}", "за период"],
        [f"Q, {one}", n(m.previous), n(m.current), n(m.consumption)],
        ["M1, т", n(str(mass)), n(str(mass + 1244)), n("1244.00")],
        ["M2, т", n(str(mass - 9)), n(str(mass + 1233)), n("1242.00")],
        ["Tр, ч", n("8640.0"), n("9384.0"), n("744.0")],
    ]
    card = f"Итоговый архив    {m.model}    Зав. N {m.serial}\nСистема: отопление\n\n{columns(table, '   ')}"
    face = style.random.choice(("PT Mono", "Liberation Mono", "DejaVu Sans Mono"))
    body = (
        f'{letterhead(style, facts)}{outgoing(style, facts)}<div class="to">Начальнику отдела метрологии<br>ИП ООО «Veolia Energy Tashkent»</div><p>Направляем отчет о потреблении тепловой энергии за {month(style, facts)} {facts.period.year} г. по договору № {facts.contract_number}. Потребление по теплосчетчику {escape(m.model)} № {m.serial} составило {n(m.consumption)} {escape(one)}. Показания сняты {figures(facts.reading_date, "ru")}, распечатка архива прилагается ниже.</p>'
        f'<div style="border:0.25mm solid #444; padding:3mm; margin:4mm 0"><pre style="font-family:\'{face}\'; white-space:pre">{escape(card)}</pre></div>{close(style, facts, dated=False)}'
    )
    return Drawn(body, css=css(style))


def spt944(facts: Facts, style: Style) -> Drawn:
    """СПТ944: the program's text with the identifier beside the serial, days, and the totals of both days on lines of letters."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    one, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    heads = ["Дата", f"Q({one})", "M1(т)", "M2(т)", "t1(°C)", "t2(°C)", "Ти(ч)", "НС"]
    log = logged(style, m.consumption, days, [heads], "%d-%m-%y", ("energy", "supply", "back", "hot", "cold", "24.0", "-"), "Сумма")
    text = (
        f"Отчет за месяц: {month(style, facts)} {facts.period.year} (с {first:%d-%m-%y} по {last:%d-%m-%y})\nПотребитель: {facts.organization}\nАдрес: {facts.address}\nДоговор: {facts.contract_number}    ИНН: {facts.inn}\nПрибор: {m.model}   зав. номер {m.serial}   ИД={style.random.randint(10000, 99999)}   Ввод 1, отопление\n\n"
        f"{columns(log)}\n\nТотальный счетчик Q на начало ({facts.previous_date:%d-%m-%y} 24:00): {n(m.previous)} {one}\nТотальный счетчик Q на конец  ({last:%d-%m-%y} 24:00): {n(m.current)} {one}"
    )
    return Drawn(
        f"<pre>{escape(text)}</pre>{foot(style, facts, 'Ответственный за теплохозяйство')}", css=printed_css(style), margins=(12, 14)
    )
