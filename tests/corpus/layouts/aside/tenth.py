"""The tenth batch's half that stays aside: two forms, a letter with a list, an act, КМ-5, SA-94, Карат."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from html import escape

from tests.corpus.facts import Facts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts import parts
from tests.corpus.layouts.aside.archive_parts import DAY, archive, columns, hours, integrators, logged, ruled
from tests.corpus.layouts.aside.blocks import row, total_row
from tests.corpus.layouts.aside.eighth_desk import cells, letterhead, outgoing, person, unit
from tests.corpus.layouts.aside.tenth_desk import close, css, kind, month, pair, printer, requisites, say, signed
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def month_form(facts: Facts, style: Style) -> Drawn:
    """Russian: title, requisites, a table with the system behind the meter's name, the total energy on a line below."""
    was, now = pair(style)
    rows = row(["№ п/п", "Наименование прибора", "Зав. №", was, now, say(style, "consumption"), "Ед. изм."], "th")
    for i, m in enumerate(facts.meters, 1):
        rows += row([str(i), f"{escape(m.model)} ({kind(style, m)})", m.serial, *cells(style, m), unit(style, m)])
    whole = style.total(facts)
    below = f"<div>Итого тепловой энергии: {whole} {unit(style, facts.meters[0])}</div>" if whole else ""
    head = f'<h1 style="text-align:center">ОТЧЕТ<br>о потреблении тепловой энергии<br>за {month(facts)} {facts.period.year} г.</h1>'
    return Drawn(
        f'{head}{requisites(style, facts)}<table class="grid mid">{rows}</table>{below}{close(style, facts)}',
        css=css(style),
    )


def hisobot(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: a ruled table with a head of two rows, «ko‘rsatkichlar» over both indexes, apostrophes as they come."""
    was, now = pair(style)
    one = unit(style, facts.meters[0])
    short = [word.split()[0].lower() for word in (was, now)]
    rows = "<tr>" + "".join(f'<th rowspan="2">{h}</th>' for h in ("T/r", "Hisoblagich turi", "Zavod raqami", "Tizimi"))
    rows += f'<th colspan="2">Hisoblagich ko‘rsatkichlari, {one}</th><th rowspan="2">{say(style, "consumption")}, {one}</th></tr>'
    rows += row(short, "th")
    for i, m in enumerate(facts.meters, 1):
        rows += row([str(i), escape(m.model), m.serial, kind(style, m), *cells(style, m)])
    rows += total_row(style, facts, lambda: "Jami", 5, before=1)
    head = f'<h1 style="text-align:center">ISSIQLIK ENERGIYASI ISTE’MOLI TO‘G‘RISIDA HISOBOT<br>{facts.period.year}-yil {month(facts)} oyi uchun</h1>'
    return Drawn(f'{head}{requisites(style, facts)}<table class="grid mid">{rows}</table>{close(style, facts)}', css=css(style))


def listed_days(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic: a letter with a list a meter, each index with its day in brackets behind its word, values behind a dash."""
    lists = ""
    for m in facts.meters:
        one = unit(style, m)
        lists += (
            f"<p>{kind(style, m).capitalize()} ҳисоблагичи {escape(m.model)} (завод рақами {m.serial}):</p><div class='list'>олдинги кўрсаткич ({facts.previous_date:%d.%m.%Y} й.) - {style.number(m.previous)} {one};</div>"
            f"<div class='list'>жорий кўрсаткич ({facts.reading_date:%d.%m.%Y} й.) - {style.number(m.current)} {one};</div><div class='list'>истеъмол қилинган иссиқлик энергияси миқдори - {style.number(m.consumption)} {one}.</div>"
        )
    body = (
        f"{letterhead(style, facts)}{outgoing(style, facts)}{parts.addressee(style)}<p>{facts.contract_number}-сонли шартномага асосан {facts.period.year} йил {month(facts)} ойи учун иссиқлик ҳисоблагичлари кўрсаткичларини қабул қилишингизни сўраймиз:</p>"
        f"{lists}{close(style, facts, dated=False)}"
    )
    return Drawn(body, css=css(style, ".list { margin-left: 12mm; line-height: 1.4 }"))


def joint_reading(facts: Facts, style: Style) -> Drawn:
    """Russian: «АКТ СНЯТИЯ ПОКАЗАНИЙ», a commission of the house, day and value of both readings in columns of their own."""
    rows = '<tr><th rowspan="2">№</th><th rowspan="2">Прибор учета</th><th rowspan="2">Зав. №</th><th colspan="2">Начальные показания</th><th colspan="2">Конечные показания</th><th rowspan="2">Расход</th><th rowspan="2">Ед. изм.</th></tr>'
    rows += row(["дата", "значение", "дата", "значение"], "th")
    for i, m in enumerate(facts.meters, 1):
        before, current, used = cells(style, m)
        rows += row([str(i), f"{escape(m.model)}, {kind(style, m)}", m.serial, f"{facts.previous_date:%d.%m.%Y}", before, f"{facts.reading_date:%d.%m.%Y}", current, used, unit(style, m)])  # fmt: skip
    body = (
        f'<h1 style="text-align:center">АКТ СНЯТИЯ ПОКАЗАНИЙ<br>расчетных приборов учета за {month(facts)} месяц {facts.period.year} года</h1>{requisites(style, facts)}<p>Комиссия в составе: {person(style)}, {person(style)} и {person(style)} сняла показания приборов учета тепловой энергии:</p>'
        f'<table class="grid mid" style="font-size:90%">{rows}</table>{close(style, facts)}'
    )
    return Drawn(body, css=css(style))


def km5_month(facts: Facts, style: Style) -> Drawn:
    """КМ-5: a month's protocol, the times' equation, «нарастающим итогом» with the newer end first; contract and INN typed above."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    one, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    heads = [["Дата", "Q", "Gпод", "Gобр", "Утечка", "tпод", "tобр", "Tнар", "Ош"], ["", f"[{one}]", "[тонн]", "[тонн]", "[тонн]", "[°С]", "[°С]", "[ч]", ""]]  # fmt: skip
    kept = ("energy", "supply", "back", "lost", "hot", "cold", "24.00", ("", "", "", "", "", "U"))
    log = logged(style, m.consumption, days, heads, "%d.%m.%y", kept, "Итого:")
    ends = integrators(facts, style, days, f"Q [{one}]", style.random.randint(4000, 30000), decimals=2)
    sums = [["Нарастающим итогом на:", f"Q [{one}]", "Gпод [тонн]", "Tнар [ч]"], [f"{last:%d.%m.%Y} 24:00:00", *(e[2] for e in ends)], [f"{first:%d.%m.%Y} 00:00:00", *(e[1] for e in ends)], ["Итого:", *(e[3] for e in ends)]]  # fmt: skip
    text = (
        f"Договор № {facts.contract_number}  ИНН {facts.inn}\n\n         Месячный протокол учёта тепловой энергии и теплоносителя\n      по системе отопления (вентиляции) за {MONTHS['ru'][facts.period.month - 1]} {facts.period.year} г.\n                   (с {first:%d.%m.%Y} по {last:%d.%m.%Y})\nПотребитель: {facts.organization}\nАдрес потребителя: {facts.address}\n"
        f"Прибор: -       Сер.номер: {m.serial}    Расход под.: 0.04-40.00 м3/ч\nМодель: {m.model}  Версия ПО: 2.300000  Расход обр.: 0.04-40.00 м3/ч\n\n{columns(log)}\n\n Тотч.пер = Тнар + Тмин + Тмакс + Тdt + Тэл.пит.\n {n(hours(days))} = {n(hours(days))} + 0 + 0 + 0 + 0\n\n{columns(sums, '   ')}"
    )
    return Drawn(
        f"<pre>{escape(text)}</pre>{signed(style, facts, 'Потребитель', '')}",
        css=printer(style),
        margins=(10, 14),
    )


def sa94_month(facts: Facts, style: Style) -> Drawn:
    """SA-94: days in columns of text, the counter at the month's ends before them as «Показания прибора»."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    one, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    heads = [["Дата", f"Q, {one}", "M1, т", "M2, т", "M1-M2, т", "t под.", "t обр.", "dt", "Т нараб, час"]]
    log = logged(style, m.consumption, days, heads, "%d.%m.%y", ("energy", "supply", "back", "lost", "hot", "cold", "drop", "24.0"), "ИТОГО", "СРЕДНЕЕ")  # fmt: skip
    text = (
        f"      ОТЧЁТНАЯ ВЕДОМОСТЬ ЗА ПОТРЕБЛЁННОЕ ТЕПЛО И ТЕПЛОНОСИТЕЛЬ\n                 с {first:%d.%m.%Y} по {last:%d.%m.%Y}\n\nАбонент:  {facts.organization}\nАдрес:    {facts.address}\nДоговор:  {facts.contract_number}     ИНН: {facts.inn}\nНомер прибора: {m.serial}    Тип: {m.model}    Конфигурация: 200 - 11\n\n"
        f"Показания прибора:  на {first:%d.%m.%y} 00:00   Q = {n(m.previous)} {one}\n                    на {last:%d.%m.%y} 24:00   Q = {n(m.current)} {one}\n\n{columns(log)}\n\nКоличество тепловой энергии за период: {n(m.consumption)} {one}"
    )
    return Drawn(
        f"<pre>{escape(text)}</pre>{signed(style, facts, 'Подпись потребителя', 'Подпись поставщика')}",
        css=printer(style),
        margins=(12, 14),
    )


def karat_days(facts: Facts, style: Style) -> Drawn:
    """Карат-307: «Назначение: Для передачи поставщику», ruled days, the counters' ends as the last two rows of the head."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    one, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    heads = ["Дата", f"Qот, {one}", "V1, м3", "M1, т", "M2, т", "dM, т", "t1, °C", "t2, °C", "ВНР, ч", "ВОС, ч", "НС"]
    kept = ("energy", "supply", "supply", "back", "lost", "hot", "cold", "24", "0", "")
    log = logged(style, m.consumption, days, [heads], "%d.%m.%Y", kept, "Итого:", "Среднее:")
    head = "".join(
        row([label, value])
        for label, value in (
            ("Потребитель", escape(facts.organization)),
            ("Адрес", escape(facts.address)),
            ("Договор №", facts.contract_number),
            ("ИНН", facts.inn),
            ("Прибор учета", f"{escape(m.model)}, заводской номер: {m.serial}"),
            (f"Показание на {first:%d.%m.%Y} 00:00", f"{n(m.previous)} {one}"),
            (f"Показание на {last:%d.%m.%Y} 24:00", f"{n(m.current)} {one}"),
        )
    )
    top = f"<div><b>Ведомость учета тепловой энергии и теплоносителя за {MONTHS['ru'][facts.period.month - 1]} {facts.period.year} г.</b></div><div>Назначение: Для передачи поставщику. Система: отопление</div>"
    return Drawn(f'{top}<table class="bare" style="width:auto; margin:2mm 0">{head}</table>{ruled(log)}{signed(style, facts, "Ответственный", "")}', css=printer(style) + ".bare td { padding: 0.2mm 4mm 0.2mm 0 }", margins=(9, 12))  # fmt: skip
