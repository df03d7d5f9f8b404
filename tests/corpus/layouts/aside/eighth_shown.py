"""The eighth batch's half that was shown: a hospital, a preschool, the supplier's own form, a printed workbook, a short request, a head of two columns, КМ-5, Multical."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from decimal import Decimal
from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts
from tests.corpus.layouts.aside.archive_parts import DAY, archive, counter, foot, logged, ruled, total
from tests.corpus.layouts.aside.archive_parts import css as printed_css
from tests.corpus.layouts.aside.blocks import row, total_row
from tests.corpus.layouts.aside.eighth_desk import (
    cells,
    close,
    css,
    figures,
    kind,
    letterhead,
    meter_rows,
    month,
    outgoing,
    phone,
    pick,
    spelled,
    unit,
)
from tests.corpus.layouts.aside.ends import ink, seal
from tests.corpus.layouts.aside.trade import typed
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style

_BUILDINGS = ("Главный корпус", "Терапевтический корпус", "Хирургия", "Поликлиника", "Пищеблок", "Административное здание")


def hospital(facts: Facts, style: Style) -> Drawn:
    """Russian: a clinic's reference on its letterhead, a row a building with its system, the unit under the heads, a total."""
    one = unit(style, facts.meters[0])
    buildings = style.random.sample(_BUILDINGS, len(facts.meters))
    heads = [
        "№<br>п/п",
        "Корпус",
        "Вид потребления",
        "Прибор учета",
        "Заводской №",
        f"Показания на начало, {one}",
        f"Показания на конец, {one}",
        f"Расход, {one}",
    ]
    rows = row(heads, "th")
    rows += meter_rows(style, facts, "number building kind model serial numbers", building=buildings)
    rows += total_row(style, facts, lambda: pick(style, "Итого", "Всего", "ИТОГО по учреждению"), 7, right=True)
    said = f"<p>Договор на пользование тепловой энергией № {facts.contract_number}. Показания приборов учета сняты {spelled(style, facts.reading_date)}</p>"
    body = (
        f'{letterhead(style, facts)}{outgoing(style, facts)}<h1 style="text-align:center">{pick(style, "СПРАВКА", "ОТЧЕТ", "СВЕДЕНИЯ")}<br>о потреблении тепловой энергии за {month(style, facts)} {facts.period.year} года</h1>'
        f'{said}<table class="grid mid" style="font-size:88%">{rows}</table>{close(style, facts, dated=False)}'
    )
    return Drawn(body, css=css(style))


def preschool(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: one table of a Word page, numbered rows of label and value, a column a meter."""

    def t(text: str) -> str:
        return escape(typed(style, text))

    wide = len(facts.meters)
    rows, i = "", 0

    def add(label: str, values: list[str]) -> None:
        nonlocal rows, i
        i += 1
        span = f' colspan="{wide}"' if len(values) == 1 and wide > 1 else ""
        rows += f"<tr><td>{i}</td><td>{t(label)}</td>" + "".join(f"<td{span}>{value}</td>" for value in values) + "</tr>"

    add(style.random.choice(("Muassasa nomi", "Tashkilot nomi")), [escape(facts.organization)])
    add("Manzili", [escape(facts.address)])
    add("STIR", [facts.inn])
    add(style.random.choice(("Shartnoma raqami", "Shartnoma №")), [facts.contract_number])
    add("Hisobot davri", [f"{facts.period.year}-yil {month(style, facts)}"])
    add("Hisoblagich turi", [escape(m.model) for m in facts.meters])
    add("Zavod raqami", [m.serial for m in facts.meters])
    add("Tizim", [t(kind(style, m)) for m in facts.meters])
    add("O‘lchov birligi", [unit(style, m) for m in facts.meters])
    was, now = style.random.choice(
        (
            ("Oldingi ko‘rsatkich", "Hozirgi ko‘rsatkich"),
            ("Oy boshidagi ko‘rsatkich", "Oy oxiridagi ko‘rsatkich"),
            ("O‘tgan oy ko‘rsatkichi", "Joriy oy ko‘rsatkichi"),
        )
    )
    for label, place in ((was, 0), (now, 1), (style.random.choice(("Sarflangan miqdor", "Farqi", "Bir oylik sarf")), 2)):
        add(label, [style.number((m.previous, m.current, m.consumption)[place]) for m in facts.meters])
    add("Ko‘rsatkich olingan sana", [figures(facts.reading_date)])
    title = t(
        style.random.choice(("Issiqlik energiyasi hisoblagichi ko‘rsatkichlari to‘g‘risida", "Issiqlik energiyasi sarfi to‘g‘risida"))
    )
    return Drawn(
        f'<h1 style="text-align:center">{title}<br>{t("MA’LUMOT")}</h1><table class="grid">{rows}</table>{close(style, facts)}',
        css=css(style, ".grid td:nth-child(1) { width: 8mm; text-align: center } .grid td:nth-child(2) { width: 72mm }"),
    )


def blank(facts: Facts, style: Style) -> Drawn:
    """Russian: the supplier's own form, an appendix of the contract, with its blanks filled in by a typewriter's or a bold face on lines."""
    face = style.random.choice(("font-weight:bold", "font-style:italic", "font-family:'Liberation Mono'", ""))

    def fill(text: str) -> str:
        return f'<span class="fill" style="{face}">&nbsp;{text}&nbsp;</span>'

    rows = row(
        [
            "№ п/п",
            "Наименование системы",
            "Тип прибора учета",
            "Заводской номер",
            "Предыдущее показание",
            "Текущее показание",
            "Количество тепловой энергии (теплоносителя)",
            "Ед. изм.",
        ],
        "th",
    )
    for i, m in enumerate(facts.meters, 1):
        rows += row(
            [
                str(i),
                *(f'<span style="{face}">{c}</span>' for c in (kind(style, m), escape(m.model), m.serial)),
                *cells(style, m),
                unit(style, m),
            ]
        )
    summed = style.total(facts)
    last = f"<div class='item'>6. Всего потреблено за отчетный период {fill(summed)} {unit(style, facts.meters[0])}</div>" if summed else ""
    end = (
        f'<div class="close"><div>Ответственный представитель Потребителя:</div><div style="margin:4mm 0">{fill(escape(facts.position))} <span class="hand">{ink(style, facts)}</span> {fill(escape(facts.signatory))}</div>'
        f'<div class="small">М.П.</div><div style="margin:3mm 0">Дата составления отчета {fill(spelled(style, facts.report_date))}</div><div style="margin-top:6mm">Отчет принял ______________________ &nbsp; «____» ______________ 20___ г.</div>{seal(style, facts, (45, 110), (-4, 8))}</div>'
    )
    body = (
        f'<div class="to small">Приложение № {style.random.randint(1, 5)}<br>к договору на пользование тепловой энергией</div><h1 style="text-align:center">ОТЧЕТ<br>о потреблении тепловой энергии<br>за {fill(month(style, facts))} {facts.period.year} г.</h1>'
        f'<div class="item">1. Потребитель {fill(escape(facts.organization))}</div><div class="item">2. Адрес {fill(escape(facts.address))}</div><div class="item">3. Договор № {fill(facts.contract_number)} &nbsp; ИНН {fill(facts.inn)}</div>'
        f'<div class="item">4. Дата снятия показаний {fill(figures(facts.reading_date, "ru"))}</div><div class="item">5. Показания приборов учета:</div><table class="grid mid" style="font-size:86%">{rows}</table>{last}{end}'
    )
    return Drawn(body, css=css(style, ".item { margin: 2mm 0 } .fill .n { display: inline }"))


def gridlines(facts: Facts, style: Style) -> Drawn:
    """Russian: a workbook printed with its grid, requisites in the first rows, the file's name and the page's number in the margins."""
    width, empty = 8, "<td></td>"

    def line(first: str, second: str = "", *, bold: bool = False) -> str:
        first = f"<b>{first}</b>" if bold else first
        return f'<tr><td colspan="2">{first}</td><td colspan="4">{second}</td>{empty * 2}</tr>'

    rows = f'<tr><td colspan="{width}" style="text-align:center"><b>{pick(style, "Отчет по потреблению теплоэнергии", "Отчет о расходе тепловой энергии", "Показания теплосчетчиков")} за {month(style, facts)} {facts.period.year} г.</b></td></tr><tr>{empty * width}</tr>'
    keys = [
        (pick(style, "Организация", "Потребитель", "Наименование"), escape(facts.organization)),
        ("ИНН", facts.inn),
        (pick(style, "Адрес", "Адрес объекта"), escape(facts.address)),
        (pick(style, "Договор", "№ договора", "Договор №"), facts.contract_number),
        (pick(style, "Дата снятия показаний", "Показания сняты"), figures(facts.reading_date)),
    ]
    rows += "".join(line(a, b) for a, b in keys) + f"<tr>{empty * width}</tr>"
    rows += row(
        ["<b>№</b>", "<b>Счетчик</b>", "<b>Зав. №</b>", "<b>Вид</b>", "<b>Предыдущее</b>", "<b>Текущее</b>", "<b>Разница</b>", "<b>Ед.</b>"]
    )
    rows += meter_rows(style, facts, "number model serial kind numbers unit")
    rows += total_row(style, facts, lambda: "Итого", before=1, between=4, after=1)
    name = style.random.choice(("Отчет тепло", "теплоэнергия", "Показания_тепло", "Книга1"))
    margins = f'@page {{ @top-left {{ content: "{name}.xls"; font: 7pt "Liberation Sans" }} @bottom-center {{ content: "Страница 1"; font: 7pt "Liberation Sans" }} }}'
    return Drawn(
        f'<table class="cells8">{rows}</table>{close(style, facts)}',
        css=css(
            style, margins + " .cells8 { font-size: 90% } .cells8 td { border: 0.15mm solid #999; padding: 0.6mm 1.2mm; height: 4.6mm }"
        ),
    )


def in_brief(facts: Facts, style: Style) -> Drawn:
    """Russian: half a page of a small firm, everything in sentences, the two days with their indexes."""
    n, text = style.number, ""
    for m in facts.meters:
        what = "горячего водоснабжения" if m.kind is MeterKind.HOT_WATER else "отопления"
        one = unit(style, m)
        before, after = (
            style.random.choice(
                (
                    (f"на {figures(facts.previous_date)}", f"на {figures(facts.reading_date)}"),
                    (f"предыдущее (на {figures(facts.previous_date)})", f"текущее (на {figures(facts.reading_date)})"),
                )
            )
            if text == ""
            else style.chosen["eighth brief"].split("|")
        )
        style.chosen["eighth brief"] = f"{before}|{after}"
        text += f"<p>Теплосчетчик {escape(m.model)}, зав. № {m.serial}, система {what}: показание {before} – {n(m.previous)} {one}, показание {after} – {n(m.current)} {one}. Потреблено за месяц {n(m.consumption)} {one}.</p>"
    head = letterhead(style, facts) if style.chance(0.5) else ""
    who = escape(facts.organization) + ("" if head else f" (ИНН {facts.inn}, {escape(facts.address)})")
    body = (
        f'{head}<div class="to">В отдел метрологии<br>{escape(style.random.choice(("ГУП «Toshissiqquvvati»", "ИП ООО «Veolia Energy Tashkent»")))}</div><p>{who} {pick(style, "представляет отчет о потреблении", "просит принять к расчету показания приборов учета")} тепловой энергии за {month(style, facts)} {facts.period.year} года по договору № {facts.contract_number}.</p>'
        f"{text}{close(style, facts)}"
    )
    return Drawn(body, css=css(style))


def two_heads(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic: an official letter whose head has two columns, its number and day below, one table."""

    def t(text: str) -> str:
        return escape(typed(style, text))

    account = "".join(str(style.random.randint(0, 9)) for _ in range(12))
    left = f"<b>{escape(facts.organization)}</b><br>{escape(facts.address)}"
    right = f"Тел.: {phone(style)}<br>Ҳ/р 20208000{account}<br>МФО {style.random.randint(400, 1199):05d}, СТИР {facts.inn}"
    head = f'<table style="border-bottom:0.5mm solid #223"><tr><td style="width:50%; text-align:center">{left}</td><td style="width:50%; text-align:center; font-size:0.9em">{right}</td></tr></table>'
    heads = [
        "Т/р",
        "Ҳисоблагич тури",
        "Завод рақами",
        "Тизим",
        *style.random.choice((("Олдинги кўрсаткич", "Жорий кўрсаткич"), ("Ой бошидаги кўрсаткич", "Ой охиридаги кўрсаткич"))),
        style.random.choice(("Фарқи", "Сарфи")),
        "Ўлчов бирлиги",
    ]
    rows = row([t(h) for h in heads], "th")
    rows += meter_rows(style, facts, "number model serial kind numbers unit")
    rows += total_row(style, facts, lambda: t("Жами"), 6, after=1)
    body = (
        f'{head}{outgoing(style, facts)}<div class="to">«Тошиссиққуввати» ДУК<br>{t("метрология бўлимига")}</div><p>{escape(facts.organization)} {facts.contract_number}-{t("сонли шартнома бўйича")} {facts.period.year} {t("йил")} {month(style, facts)} {t("ойида истеъмол қилинган иссиқлик энергияси тўғрисидаги ҳисоботни юборади. Ҳисоблагич кўрсаткичлари")} {facts.reading_date.year} {t("йил")} {facts.reading_date.day} {month(style, facts)} {t("куни олинган")}.</p>'
        f'<table class="grid mid" style="font-size:90%">{rows}</table>{close(style, facts, dated=False)}'
    )
    return Drawn(body, css=css(style))


def km5_rtm(facts: Facts, style: Style) -> Drawn:
    """КМ-5: days in a ruled table, totals and means, integrators of the later day first; what the office typed stands above."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    one, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    heads = ["Дата", "tпод, °C", "tобр, °C", "dt, °C", "Gпод, т", "Gобр, т", f"Q, {one}", "Tнар, ч", "Ошибки"]
    kept = ("hot", "cold", "drop", "supply", "back", "energy", "24.00", ("", "", "", "", "g", "D"))
    log, mass = logged(style, m.consumption, days, [heads], "%d/%m/%y", kept, "Итого:", "Среднее:"), counter(style)
    ends = [["Нарастающим итогом на:", f"Q, {one}", "Gпод, т", "Tнар, ч"], [f"{last:%d/%m/%y} 24:00", n(m.current), n(str(mass + Decimal(total(days, "supply")))), n(f"{9000 + 24 * len(days)}.00")], [f"{facts.previous_date:%d/%m/%y} 24:00", n(m.previous), n(str(mass)), n("9000.00")]]  # fmt: skip
    head = (
        f"<div style='text-align:center'><b>ОТЧЕТ</b><br>о суточных параметрах теплоснабжения<br>за период с {first:%d/%m/%y} по {last:%d/%m/%y}</div><div>Абонент: {escape(facts.organization)} &nbsp; ИНН: {facts.inn}</div><div>Адрес: {escape(facts.address)}</div><div>Договор № {facts.contract_number}</div>"
        f"<div>Теплосчетчик {escape(m.model)} &nbsp; Сер. номер: {m.serial} &nbsp; Система: отопление</div>"
    )
    return Drawn(
        f"{head}{ruled(log)}{ruled(ends)}{foot(style, facts, 'Представитель абонента', 'Представитель теплоснабжающей организации')}",
        css=printed_css(style, monospace=False),
        margins=(10, 14),
    )


def multical_read(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: the office's lines, then what a reader of Multical printed in English, current values and the logger's last month."""
    m = facts.meters[0]

    def t(text: str) -> str:
        return escape(typed(style, text))

    one, n = m.unit.value, style.number
    volume = Decimal(style.random.randint(10**5, 9 * 10**6)) / 100
    lines = [
        ("Meter type", m.model),
        ("Serial number", m.serial),
        ("Application", "Heat meter"),
        ("Info code", "0"),
        ("Reading date", f"{facts.reading_date:%Y-%m-%d} 0{style.random.randint(8, 9)}:{style.random.randint(10, 59)}"),
    ]
    table = "".join(row([a, escape(b)]) for a, b in lines)
    values = row(["Register", f"{facts.previous_date:%Y-%m-%d}", f"{facts.reading_date:%Y-%m-%d}", "Difference"], "th")
    values += (
        row([f"Heat energy E1 [{one}]", n(m.previous), n(m.current), n(m.consumption)])
        + row(["Volume V1 [m3]", n(str(volume)), n(str(volume + 612)), "612"])
        + row(["Hour counter [h]", "15210", "15930", "720"])
    )
    head = (
        f'<h1 style="text-align:center">{t("Issiqlik energiyasi hisoboti")}<br>{facts.period.year}-yil {month(style, facts)}</h1><div>{t("Iste’molchi")}: {escape(facts.organization)}</div><div>{t("Manzil")}: {escape(facts.address)}</div><div>{t("Shartnoma raqami")}: {facts.contract_number}, {t("STIR")}: {facts.inn}</div>'
        f"<div>{t('Ko‘rsatkich olingan sana')}: {figures(facts.reading_date)}</div>"
    )
    return Drawn(
        f'{head}<table class="read" style="width:60%">{table}</table><table class="grid mid">{values}</table>{close(style, facts)}',
        css=css(style, ".read { font-size: 90% } .read td { padding: 0.4mm 2mm }"),
    )
