"""The ninth batch's half that stays aside: a sheet on its side, a shaded workbook, lists, a school's letter, SA-94, ТС-201, Multical."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from decimal import Decimal
from html import escape

from tests.corpus.facts import Facts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts.aside.archive_parts import DAY, archive, columns, counter, hours, logged, ruled, total
from tests.corpus.layouts.aside.blocks import row, total_row
from tests.corpus.layouts.aside.eighth_desk import cells, kind, letterhead, meter_rows, outgoing, pick, unit
from tests.corpus.layouts.aside.ninth_desk import close, css, day, month, printer, signed
from tests.corpus.layouts.aside.trade import typed
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style

_OBJECTS = ("Главный корпус", "Склад № 2", "Общежитие", "Гараж", "Столовая", "Цех № 1")


def landscape_book(facts: Facts, style: Style) -> Drawn:
    """Russian: a workbook on its side: object, address and meter a row, days of both readings in columns of their own beside each index."""
    objects = style.random.sample(_OBJECTS, len(facts.meters))
    rows = '<tr><th rowspan="2">№</th><th rowspan="2">Наименование объекта</th><th rowspan="2">Тип прибора</th><th rowspan="2">Зав. №</th><th rowspan="2">Вид</th><th colspan="2">Предыдущее</th><th colspan="2">Текущее</th><th rowspan="2">Расход</th><th rowspan="2">Ед. изм.</th></tr>'
    rows += row(["дата", "показание", "дата", "показание"], "th")
    for i, (m, what) in enumerate(zip(facts.meters, objects, strict=True), 1):
        before, current, used = cells(style, m)
        rows += row([str(i), what, escape(m.model), m.serial, kind(style, m), f"{facts.previous_date:%d.%m.%Y}", before, f"{facts.reading_date:%d.%m.%Y}", current, used, unit(style, m)])  # fmt: skip
    rows += total_row(style, facts, lambda: pick(style, "ИТОГО", "Всего"), 9, after=1)
    head = (
        f"<table style='margin:0'><tr><td>Организация:</td><td><b>{escape(facts.organization)}</b></td><td>Договор:</td><td><b>{facts.contract_number}</b></td></tr><tr><td>Адрес:</td><td>{escape(facts.address)}</td><td>ИНН:</td><td>{facts.inn}</td></tr></table>"
        f'<h1 style="text-align:center; margin:3mm">Отчет по теплопотреблению, {month(facts)} {facts.period.year} г.</h1>'
    )
    return Drawn(
        f'{head}<table class="grid mid" style="font-size:86%">{rows}</table>{close(style, facts)}',
        css=css(style, "@page { size: A4 landscape }"),
        margins=(12, 14),
    )


def shaded(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: a workbook's ready-made style: heads in white on dark, every second row shaded, no rules."""

    def t(text: str) -> str:
        return escape(typed(style, text))

    dark, light = style.random.choice((("#1f4e79", "#deeaf6"), ("#375623", "#e2efd9"), ("#3b3838", "#ededed")))
    heads = ["№", "Hisoblagich", "Zavod raqami", "Tizim", "Oldingi", "Joriy", style.random.choice(("Sarf", "Farq")), "Birlik"]
    rows = row([t(h) for h in heads], "th") + meter_rows(style, facts, "number model serial kind numbers unit")
    rows += total_row(style, facts, lambda: t("Jami"), before=1, between=4, after=1)
    keys = [("Tashkilot", escape(facts.organization)), ("Manzil", escape(facts.address)), ("Shartnoma", facts.contract_number), ("STIR", facts.inn), ("Ko‘rsatkichlar olingan sana", f"{facts.reading_date:%d.%m.%Y}")]  # fmt: skip
    table = "".join(row([t(a), b]) for a, b in keys)
    return Drawn(
        f'<h1>{t("Issiqlik energiyasi hisoboti")} – {month(facts)} {facts.period.year}</h1><table style="width:auto">{table}</table><table class="shaded">{rows}</table>{close(style, facts)}',
        css=css(
            style,
            f".shaded th {{ background: {dark}; color: #fff; padding: 1.4mm }} .shaded td {{ padding: 1.2mm 1.6mm }} .shaded tr:nth-child(even) td {{ background: {light} }}",
        ),
    )


def listed_lines(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: a letter with a list a meter, each value on its own line behind a dash, the unit before the number's brackets."""

    def t(text: str) -> str:
        return escape(typed(style, text))

    n, items = style.number, ""
    was, now = style.random.choice(
        (
            ("oldingi ko‘rsatkich", "joriy ko‘rsatkich"),
            ("oy boshidagi ko‘rsatkich", "oy oxiridagi ko‘rsatkich"),
            ("avvalgi ko‘rsatkich", "hozirgi ko‘rsatkich"),
        )
    )
    for m in facts.meters:
        one = unit(style, m)
        items += f"<p>{t(kind(style, m)).capitalize()}, {escape(m.model)} ({t('zavod raqami')} {m.serial}):</p><ul><li>{t(was)} – {n(m.previous)} {one};</li><li>{t(now)} – {n(m.current)} {one};</li><li>{t('sarf')} – {n(m.consumption)} {one}.</li></ul>"
    body = (
        f'{letterhead(style, facts)}{outgoing(style, facts)}<div class="to">«Veolia Energy Tashkent» MChJ XK<br>{t("metrologiya bo‘limiga")}</div><p>{escape(facts.organization)} {facts.contract_number}-{t("sonli shartnoma asosida")} {facts.period.year}-yil {month(facts)} {t("oyi uchun issiqlik energiyasi sarfi haqida hisobot taqdim etadi")}. {t("Ko‘rsatkichlar olingan sana")}: {day(style, facts.reading_date)}</p>'
        f"{items}{close(style, facts, dated=False)}"
    )
    return Drawn(body, css=css(style, "ul { list-style-type: '– '; margin: 1mm 0 2mm } li { line-height: 1.4 }"))


def school_letter(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic: a school's letter with a table without rules, its rows the values and its columns the meters."""

    def t(text: str) -> str:
        return escape(typed(style, text))

    was, now = style.random.choice((("Олдинги кўрсаткич", "Жорий кўрсаткич"), ("Ўтган ой кўрсаткичи", "Шу ой кўрсаткичи")))
    lines = [
        ("Ҳисоблагич тури", [escape(m.model) for m in facts.meters]),
        ("Завод рақами", [m.serial for m in facts.meters]),
        ("Тизим", [t(kind(style, m)) for m in facts.meters]),
        (was, [style.number(m.previous) for m in facts.meters]),
        (now, [style.number(m.current) for m in facts.meters]),
        ("Сарф", [style.number(m.consumption) for m in facts.meters]),
        ("Ўлчов бирлиги", [unit(style, m) for m in facts.meters]),
    ]
    rows = "".join(row([t(label), *values]) for label, values in lines)
    body = (
        f'{letterhead(style, facts)}{outgoing(style, facts)}<div class="to">«Тошиссиққуввати» ДУК<br>{t("метрология бўлимига")}</div><p>{facts.contract_number}-{t("сонли шартномага мувофиқ")} {facts.period.year} {t("йил")} {month(facts)} {t("ойи учун иссиқлик энергияси ҳисоботини юборамиз. Кўрсаткичлар")} {day(style, facts.reading_date)} {t("ҳолатига")}:</p>'
        f'<table style="width:auto; margin-left:12mm">{rows}</table>{close(style, facts, dated=False)}'
    )
    return Drawn(body, css=css(style, "td { padding: 0.8mm 4mm }"))


def ts201_text(facts: Facts, style: Style) -> Drawn:
    """ТС-201: sums and integrators before the days, dashes under the heads, «Тн» the hours of work, Latin letters among Cyrillic ones."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    one, first, last, mass = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date, counter(style)
    sums = [["Нарастающим итогом", f"Qтеп[{one}]", "G1[т]", "Тн[час]"], [f"{first:%d.%m.%y} 00:00", n(m.previous), n(str(mass)), n("7120.00")], [f"{last:%d.%m.%y} 24:00", n(m.current), n(str(mass + Decimal(total(days, "supply")))), n(f"{7120 + 24 * len(days)}.00")], ["За период", n(m.consumption), n(total(days, "supply")), n(hours(days, 2))]]  # fmt: skip
    log = logged(style, m.consumption, days, [["Дaтa", f"Qтеп[{one}]", "G1[т]", "G2[т]", "Tпод[°C]", "Tобp[°C]", "Тн[час]", "Ош"]], "%d.%m.%y", ("energy", "supply", "back", "hot", "cold", "24.00", ("", "", "", "", "<", "R")), "Итого", "Среднее")  # fmt: skip
    ruler = "-" * len(columns(log).splitlines()[0])
    table = columns(log).splitlines()
    text = (
        f"       Месячный протокол учета тепловой энергии\n        и теплоносителя за {MONTHS['ru'][facts.period.month - 1]} {facts.period.year} г.\nПотребитель: {facts.organization}\nАдрес: {facts.address}\nДоговор: {facts.contract_number}   ИНН: {facts.inn}\n{m.model}   Серийный номер {m.serial}   Система: отопление\n\n"
        f"{columns(sums, '   ')}\n\n{table[0]}\n{ruler}\n" + "\n".join(table[1:])
    )
    return Drawn(f"<pre>{escape(text)}</pre>{signed(style, facts, 'Подпись потребителя', 'Подпись поставщика', 'Протокол напечатан')}", css=printer(style), margins=(10, 14))  # fmt: skip


def multical_log(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters above, Multical's monthly log in English below: newest first, four months of which the last two count, the office's sentence with the use."""
    m, n = facts.meters[0], style.number

    def t(text: str) -> str:
        return escape(typed(style, text))

    one, places = m.unit.value, len(m.consumption.partition(".")[2])
    volume, energy = counter(style), Decimal(m.previous or 0)
    log = [["Log date", f"E1 {one}", "V1 m3", "h", "Info"], [f"{facts.reading_date:%d.%m.%Y}", n(m.current), n(str(volume + 640)), "19440", "0"], [f"{facts.previous_date:%d.%m.%Y}", n(m.previous), n(str(volume)), "18720", "0"]]  # fmt: skip
    date = facts.previous_date
    for i in range(1, 3):
        date = (date.replace(day=1) - DAY).replace(day=25)
        energy = energy * Decimal(style.random.randint(940, 985)) / 1000
        log.append([f"{date:%d.%m.%Y}", n(f"{energy:.{places}f}"), n(str(volume - 500 * i)), str(18720 - 730 * i), "0"])
    body = (
        f'<div style="text-align:center"><b>{escape(facts.organization)}</b><br>{escape(facts.address)}<br>{t("STIR")} {facts.inn}</div><h1 style="text-align:center">{t("Issiqlik energiyasi sarfi to‘g‘risida hisobot")}<br>{facts.period.year}-yil {month(facts)}</h1><div>{t("Shartnoma raqami")}: {facts.contract_number}</div><div>{t("Hisoblagich")}: {escape(m.model)}, S/N {m.serial}, {t("isitish")}</div><div>{t("Ko‘rsatkich olingan sana")}: {day(style, facts.reading_date)}</div>'
        f"{ruled(log)}<p>{t('Oldingi ko‘rsatkich')} {n(m.previous)} {one}, {t('joriy ko‘rsatkich')} {n(m.current)} {one}, {t('bir oylik sarf')} {n(m.consumption)} {one}.</p>{close(style, facts)}"
    )
    return Drawn(
        body,
        css=css(
            style,
            ".log { font-size: 92%; width: 75% } .log td, .log th { border: 0.2mm solid #666; padding: 0.6mm 1.4mm; text-align: right }",
        ),
    )
