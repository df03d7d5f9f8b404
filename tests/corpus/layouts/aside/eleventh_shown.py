"""The eleventh batch's half that was shown: two forms, a workbook, two letters, SA-94, ТСРВ."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from html import escape

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
    say,
    signed,
    straight,
)
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def named_rows(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic: a table of number, name and answer, the requisites and each meter's numbers as its rows."""
    was, now = pair(style)
    said = [
        (say(style, "organization"), escape(facts.organization)),
        (say(style, "address"), escape(facts.address)),
        (say(style, "inn"), facts.inn),
        (say(style, "contract"), facts.contract_number),
        ("Ҳисобот ойи", f"{facts.period.year} йил {month(facts)}"),
        (say(style, "reading_date"), day(style, facts.reading_date)),
    ]
    for m in facts.meters:
        one = unit(style, m)
        said += [
            (f"{say(style, 'meter')} ({kind(style, m)})", escape(m.model)),
            (say(style, "serial"), m.serial),
            *(
                (word, f"{style.number(v)} {one}")
                for word, v in zip((was, now, say(style, "consumption")), (m.previous, m.current, m.consumption), strict=True)
            ),
        ]
    rows = row(["Т/р", "Кўрсаткич номи", "Маълумот"], "th") + "".join(row([str(i), *pair]) for i, pair in enumerate(said, 1))
    head = '<h1 style="text-align:center">Иссиқлик энергияси истеъмоли тўғрисида<br>ҲИСОБОТ</h1>'
    return Drawn(f'{head}<table class="grid">{rows}</table>{close(style, facts)}', css=css(style))


def numbered(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: numbered lines of requisites, the last of them over a table of few columns with the unit in its heads."""

    def t(text: str) -> str:
        return straight(style, text)

    was, now = pair(style)
    one = unit(style, facts.meters[0])
    said = [
        f"{say(style, 'organization')}: {escape(facts.organization)}",
        f"{say(style, 'address')}: {escape(facts.address)}",
        f"{say(style, 'contract').rstrip('№').strip()}: {facts.contract_number}",
        f"STIR: {facts.inn}",
        f"{t('Hisobot davri')}: {facts.period.year}-yil {month(facts)}",
        f"{say(style, 'reading_date')}: {day(style, facts.reading_date)}",
        t("Issiqlik hisoblagichlari ko‘rsatkichlari:"),
    ]
    rows = row([say(style, "serial"), t("Tizim"), f"{was}, {one}", f"{now}, {one}", f"{say(style, 'consumption')}, {one}"], "th")
    rows += "".join(row([m.serial, kind(style, m), *cells(style, m)]) for m in facts.meters)
    rows += total_row(style, facts, lambda: say(style, "total"), 4)
    lines = "".join(f'<div style="margin:1mm 0">{i}. {text}</div>' for i, text in enumerate(said, 1))
    head = f'<h1 style="text-align:center">{t("Issiqlik energiyasi sarfi to‘g‘risida hisobot")}</h1>'
    return Drawn(f'{head}{lines}<table class="grid mid">{rows}</table>{close(style, facts)}', css=css(style))


def sheet_of_cells(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: a printed workbook, requisites in the cells of the same grid as the meters, empty cells beside."""

    def t(text: str) -> str:
        return straight(style, text)

    was, now = pair(style)
    said = [
        (say(style, "organization"), escape(facts.organization)),
        (say(style, "address"), escape(facts.address)),
        (say(style, "contract"), facts.contract_number),
        (say(style, "inn"), facts.inn),
        (say(style, "reading_date"), f"{facts.reading_date:%d.%m.%Y}"),
    ]
    rows = f'<tr><td colspan="7" style="text-align:center"><b>{t("Issiqlik energiyasi hisoboti")} {facts.period.year}-yil {month(facts)}</b></td></tr>'
    rows += "".join(
        f'<tr><td colspan="2" class="left">{a}</td><td colspan="3" class="left">{b}</td><td></td><td></td></tr>' for a, b in said
    )
    rows += "<tr>" + "<td>&nbsp;</td>" * 7 + "</tr>"
    rows += row([say(style, "serial"), say(style, "meter"), t("Tizimi"), was, now, say(style, "consumption"), t("O‘lchov birligi")], "th")
    rows += "".join(row([m.serial, escape(m.model), kind(style, m), *cells(style, m), unit(style, m)]) for m in facts.meters)
    rows += total_row(style, facts, lambda: say(style, "total"), 5, after=1)
    return Drawn(f'<table class="grid mid" style="font-size:90%">{rows}</table>{close(style, facts)}', css=css(style, ".mid td.left { text-align: left }"), margins=(14, 14))  # fmt: skip


def by_days(facts: Facts, style: Style) -> Drawn:
    """Russian: a letter, the readings of each meter on lines that begin with their day, the later one below."""
    said = ""
    for m in facts.meters:
        one = unit(style, m)
        said += (
            f"<p>Теплосчетчик {escape(m.model)}, зав. № {m.serial} ({kind(style, m)}):</p><div class='day'>на {facts.previous_date:%d.%m.%Y} г. – {style.number(m.previous)} {one}</div>"
            f"<div class='day'>на {facts.reading_date:%d.%m.%Y} г. – {style.number(m.current)} {one}</div><div class='day'>расход – {style.number(m.consumption)} {one}</div>"
        )
    body = (
        f"{letterhead(style, facts)}{outgoing(style, facts)}{parts.addressee(style)}<p>Направляем Вам показания приборов учета тепловой энергии за {month(facts)} {facts.period.year} года по договору № {facts.contract_number}:</p>"
        f"{said}{close(style, facts, dated=False, letter=True)}"
    )
    return Drawn(body, css=css(style, ".day { margin-left: 14mm; line-height: 1.4 }"))


def line_a_meter(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic: a letter, a numbered line a meter with its three numbers, the day of reading in a sentence."""
    said = ""
    for i, m in enumerate(facts.meters, 1):
        one = unit(style, m)
        said += f"<p>{i}) {kind(style, m)} – {escape(m.model)}, завод рақами {m.serial}: аввалги кўрсаткич {style.number(m.previous)} {one}, ҳозирги кўрсаткич {style.number(m.current)} {one}, сарфи {style.number(m.consumption)} {one}.</p>"
    body = (
        f"{letterhead(style, facts)}{outgoing(style, facts)}{parts.addressee(style)}<p>{facts.contract_number}-сонли шартнома бўйича {facts.period.year} йил {month(facts)} ойи учун иссиқлик энергияси ҳисоботини тақдим этамиз. Кўрсаткичлар {facts.reading_date:%d.%m.%Y} куни олинди.</p>"
        f"{said}{close(style, facts, dated=False, letter=True)}"
    )
    return Drawn(body, css=css(style))


def sa94_hours(facts: Facts, style: Style) -> Drawn:
    """SA-94: hours first, ruled days between a row with the counters at the start and one with those at the end."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    one, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    heads = ["Дата", "Т нараб, час", f"Q, {one}", "Под. труб. M1, т", "Обр. труб. M2, т", "t под., °C", "t обр., °C", "dt, °C"]
    ends = integrators(facts, style, days, f"Q, {one}", style.random.randint(4000, 30000), decimals=1)
    lines = [
        heads,
        ["Нач. показания", ends[2][1], ends[0][1], ends[1][1], "", "", "", ""],
        *([f"{d.date:%d.%m.%Y}", n("24.0"), n(d.energy), n(d.supply), n(d.back), n(d.hot), n(d.cold), n(d.drop)] for d in days),
        ["Итого", hours(days, 1), ends[0][3], ends[1][3], "", "", "", ""],
        ["Кон. показания", ends[2][2], ends[0][2], ends[1][2], "", "", "", ""],
    ]
    head = (
        f"<div style='text-align:center'><b>ОТЧЁТНАЯ ВЕДОМОСТЬ<br>ЗА ПОТРЕБЛЁННОЕ ТЕПЛО И ТЕПЛОНОСИТЕЛЬ</b><br>за {MONTHS['ru'][facts.period.month - 1]} {facts.period.year} г. ({first:%d.%m.%Y} - {last:%d.%m.%Y})</div>"
        f"<div>Абонент: {escape(facts.organization)}</div><div>Адрес: {escape(facts.address)}</div><div>Договор: {facts.contract_number} &nbsp; ИНН: {facts.inn}</div><div>Тип прибора: {escape(m.model)} &nbsp; Номер прибора: {m.serial} &nbsp; Конфигурация: 200 - 11 &nbsp; Отопление</div>"
    )
    return Drawn(
        f"{head}{ruled(lines)}{signed(style, facts, 'Подпись потребителя', 'Подпись поставщика')}", css=printer(style), margins=(9, 12)
    )


def tsrv_periods(facts: Facts, style: Style) -> Drawn:
    """ТСРВ: days in columns of text, the counter at the start, at the end and for the period on three lines below."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    one, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    heads = [["Дата", f"Qтс1, {one}", "M1, т", "M2, т", "Mтс1, т", "t1,°C", "t2,°C", "P1,МПа", "Tраб,ч", "События"]]
    log = logged(style, m.consumption, days, heads, "%d.%m.%Y", ("energy", "supply", "back", "lost", "hot", "cold", "0.58", "24.00", ("-", "-", "-", "1")), "Итого", "Среднее")  # fmt: skip
    text = (
        f"       Посуточная ведомость учета параметров теплопотребления\n             с {first:%d.%m.%Y} 00:00 по {last:%d.%m.%Y} 24:00\n\nПотребитель : {facts.organization}\nАдрес       : {facts.address}\nДоговор     : {facts.contract_number}\nИНН         : {facts.inn}\nПрибор      : {m.model} №{m.serial}   Теплосистема 1 (отопление)\n\n{columns(log)}\n\n"
        f"Показание Qтс1 на начало периода  {n(m.previous)} {one}\nПоказание Qтс1 на конец периода   {n(m.current)} {one}\nПотреблено за период              {n(m.consumption)} {one}\nНаработка за период               {hours(days)} ч"
    )
    return Drawn(f"<pre>{escape(text)}</pre>{signed(style, facts, 'Ответственное лицо', '')}", css=printer(style), margins=(10, 13))
