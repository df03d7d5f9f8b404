"""The tenth batch's half that was shown: a table a meter, goods with a tenant's share, two letters, ВКТ-7, ТСРВ, СПТ, a Multical's readout."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from decimal import Decimal
from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts import parts
from tests.corpus.layouts.aside.archive_parts import DAY, archive, columns, counter, hours, integrators, logged, mean, ruled, total
from tests.corpus.layouts.aside.blocks import row, total_row
from tests.corpus.layouts.aside.eighth_desk import letterhead, outgoing, person, unit
from tests.corpus.layouts.aside.tenth_desk import close, css, kind, month, pair, printer, requisites, say, signed
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def per_meter(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic: no table of meters, a small ruled table of label and value for each."""
    was, now = pair(style)
    blocks = ""
    for i, m in enumerate(facts.meters, 1):
        one = unit(style, m)
        before, current, used = (f"{style.number(v)} {one}" for v in (m.previous, m.current, m.consumption))
        said = [
            ("Ҳисоблагич русуми", f"{escape(m.model)} ({kind(style, m)})"),
            ("Завод рақами", m.serial),
            (was, before),
            (now, current),
            (say(style, "consumption"), used),
        ]
        title = f"<div>{i}-ҳисоблагич</div>" if len(facts.meters) > 1 else ""
        blocks += f'{title}<table class="grid" style="width:72%; margin:2mm 0">{"".join(row(list(pair)) for pair in said)}</table>'
    head = f'<h1 style="text-align:center">Иссиқлик энергияси истеъмоли тўғрисида<br>ҲИСОБОТ<br>{facts.period.year} йил {month(facts)} ойи</h1>'
    return Drawn(f"{head}{requisites(style, facts)}{blocks}{close(style, facts)}", css=css(style))


def nomenclature_with_part(facts: Facts, style: Style) -> Drawn:
    """Russian, of the bookkeeping: name, unit, amount, the meter in the remarks; refill in tonnes and a tenant's share, which count in no sum."""
    rows = row(["№", "Наименование", "Ед. изм.", "Кол-во", "Примечание"], "th")
    for i, m in enumerate(facts.meters, 1):
        what = "нужды ГВС" if m.kind is MeterKind.HOT_WATER else "отопление"
        rows += row([str(i), f"Тепловая энергия на {what}", unit(style, m), style.number(m.consumption), f"т/сч № {m.serial}"])
    n, share = len(facts.meters), Decimal(facts.meters[0].consumption) / 10
    places = len(facts.meters[0].consumption.partition(".")[2])
    rows += row([str(n + 1), "Подпитка (теплоноситель)", "тн", style.number(f"{style.random.randint(20, 900) / 100:.2f}"), ""])
    rows += row([str(n + 2), f"в т.ч. субабонент {escape(person(style))}", unit(style, facts.meters[0]), style.number(f"{share:.{places}f}"), "внутри строки 1"])  # fmt: skip
    rows += total_row(style, facts, lambda: "ВСЕГО т/энергии", 2, before=1, after=1)
    head = f'<h1 style="text-align:center">Сведения о потреблении тепловой энергии<br>за {month(facts)} {facts.period.year} г.</h1>'
    return Drawn(
        f'{head}{requisites(style, facts)}<table class="grid mid">{rows}</table>{close(style, facts)}',
        css=css(style),
    )


def to_director(facts: Facts, style: Style) -> Drawn:
    """Russian: an office's letter in prose, the current index before the previous one, the day of the latter in brackets."""
    said = ""
    for m in facts.meters:
        one = unit(style, m)
        said += (
            f"<p>Показания теплосчетчика {escape(m.model)} (зав. № {m.serial}, {kind(style, m)}) на {facts.reading_date:%d.%m.%Y} г. составили {style.number(m.current)} {one}, предыдущее показание (на {facts.previous_date:%d.%m.%Y} г.) — {style.number(m.previous)} {one}. "
            f"Расход за отчетный период {style.number(m.consumption)} {one}.</p>"
        )
    body = (
        f"{letterhead(style, facts)}{outgoing(style, facts)}{parts.addressee(style)}<p>Просим принять отчет о потреблении тепловой энергии по договору № {facts.contract_number} за {month(facts)} месяц {facts.period.year} года.</p>"
        f"{said}{close(style, facts, dated=False)}"
    )
    return Drawn(body, css=css(style))


def we_inform(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: «ma’lum qilamiz», contract and address in the sentence, a table of four columns below it."""
    was, now = pair(style)
    rows = row(["Hisoblagich", was, now, say(style, "consumption")], "th")
    for m in facts.meters:
        one = unit(style, m)
        numbers = [f"{style.number(v)} {one}" for v in (m.previous, m.current, m.consumption)]
        rows += row([f"{escape(m.model)}, zavod raqami {m.serial} ({kind(style, m)})", *numbers])
    body = (
        f"{letterhead(style, facts)}{outgoing(style, facts)}{parts.addressee(style)}<p>{facts.contract_number}-sonli shartnoma bo‘yicha {facts.period.year}-yil {month(facts)} oyida iste’mol qilingan issiqlik energiyasi hisoblagichlarining {facts.reading_date:%d.%m.%Y} holatiga ko‘rsatkichlarini ma’lum qilamiz:</p>"
        f'<table class="grid">{rows}</table>{close(style, facts, dated=False)}'
    )
    return Drawn(body, css=css(style))


def vkt7_pipes(facts: Facts, style: Style) -> Drawn:
    """ВКТ-7: «сет.N» beside the serial, cells between bars, integrators on one line below the days with their hours."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    one, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    heads = [["Дата", "Qо", "M1", "M2", "dM", "t1", "t2", "BНP", "BOC", "НС"], ["", one, "т", "т", "т", "°C", "°C", "ч", "ч", ""]]
    kept = ("energy", "supply", "back", "lost", "hot", "cold", "24", "0", "")
    lines = logged(style, m.consumption, days, heads, "%d/%m/%y", kept, "Итого:", "Средние:")
    table = columns(lines, "|")
    text = (
        f"                                 ОТЧЕТ\n              о суточных параметрах теплоснабжения\n                     {first:%d/%m/%y}г.-{last:%d/%m/%y}г.\nАбонент: {facts.organization}\nАдрес: {facts.address}\nДоговор N: {facts.contract_number}    ИНН: {facts.inn}    Тип расходомера: ПРЭМ\n"
        f"Тепловычислитель {m.model} сет.N {style.random.randint(1, 9):03d}\nG под max = 30.00 м3/ч  G под min = 0.12 м3/ч   Тхв= 5.00°C\nЗаводской номер {m.serial}   ВВОД 1 отопление  СХЕМА ПОДКЛЮЧЕНИЯ 2  БД 1  ФТ=1  Т3=0  КС=0xB3F1  ПО 2.4\n\n{table}\n\n"
        f"Показания интеграторов: на {first:%d/%m/%y} 00:00 Q= {n(m.previous)} {one} ; на {last:%d/%m/%y} 24:00 Q= {n(m.current)} {one}\nПериод нормальной работы {hours(days, 0)}ч          Период отсутств.счета тепл.энергии 0ч"
    )
    return Drawn(f"<pre>{escape(text)}</pre>{signed(style, facts, 'Представитель абонента', 'Представитель теплоснабж.организации')}", css=printer(style), margins=(10, 12))  # fmt: skip


def tsrv_daily(facts: Facts, style: Style) -> Drawn:
    """ТСРВ: ruled days, means below the sums, and a table of its own with both ends of the counters."""
    m, days = facts.meters[0], archive(facts, style)
    one, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    heads = ["Дата", f"Qтс1, {one}", "M1, т", "M2, т", "t1, °C", "t2, °C", "P1, МПа", "Tраб, ч", "События"]
    kept = ("energy", "supply", "back", "hot", "cold", "0.61", "24.00", "")
    log = logged(style, m.consumption, days, [heads], "%d.%m.%Y", kept, "Итого", "Среднее")
    ends = integrators(facts, style, days, f"Qтс1, {one}", style.random.randint(4000, 30000), decimals=2)
    sums = [["Показания счетчиков", f"{facts.previous_date:%d.%m.%Y} 24:00", f"{last:%d.%m.%Y} 24:00", "За период"], *(list(e) for e in ends)]  # fmt: skip
    head = (
        f"<div style='text-align:center'><b>Ведомость учета суточных значений параметров потребления тепловой энергии и теплоносителя</b><br>за период с {first:%d.%m.%Y} по {last:%d.%m.%Y}</div><div>Потребитель: {escape(facts.organization)}</div><div>Адрес: {escape(facts.address)}</div>"
        f"<div>Договор № {facts.contract_number}, ИНН {facts.inn}</div><div>{escape(m.model)} №{m.serial} &nbsp; Система: отопление &nbsp; tхв = 5 °C</div>"
    )
    return Drawn(f"{head}{ruled(log)}{ruled(sums)}{signed(style, facts, 'Ответственное лицо', 'Теплоснабжающая организация')}", css=printer(style), margins=(9, 12))  # fmt: skip


def spt_card(facts: Facts, style: Style) -> Drawn:
    """СПТ: the archive of a month on lines, identifier and network number beside the serial, integrators as start, end and difference."""
    m, days = facts.meters[0], archive(facts, style)
    one, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    ends = integrators(facts, style, days, f"Q, {one}", style.random.randint(4000, 30000))
    table = columns([["Параметр", f"{first:%d.%m.%y} 00:00", f"{last:%d.%m.%y} 24:00", "Разность"], *(list(e) for e in ends)], "    ")
    text = (
        f"ОТЧЕТ О ТЕПЛОПОТРЕБЛЕНИИ ЗА МЕСЯЦ\n{MONTHS['ru'][facts.period.month - 1]} {facts.period.year} г.\n\nАбонент: {facts.organization}\nАдрес: {facts.address}\nДоговор № {facts.contract_number}     ИНН {facts.inn}\n\nТепловычислитель {m.model}   Заводской номер: {m.serial}\nИдентификатор ИД={style.random.randint(10000, 99999)}   Сетевой номер NT={style.random.randint(1, 99)}   Ввод 1 (отопление)\n\n"
        f"Показания интеграторов\n{table}\n\nСредняя температура: t1 = {mean(days, 'hot')} °C, t2 = {mean(days, 'cold')} °C\nРасход теплоносителя: {style.number(total(days, 'supply'))} т"
    )
    return Drawn(
        f"<pre>{escape(text)}</pre>{signed(style, facts, 'Представитель абонента', '')}",
        css=printer(style, 9.2),
        margins=(18, 18),
    )


def multical_month(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: an office's page round a Multical's two monthly readouts, energy and volume, one below the other."""
    m, n = facts.meters[0], style.number
    one, volume, months = m.unit.value, counter(style), style.random.randint(380, 900)
    back = f"{style.random.randint(350, 480) / 10:.1f}"
    was, now = pair(style)
    read = [["", "E1", "V1", "T1", "T2", "h"], [f"{was}, {facts.previous_date:%d.%m.%Y}", f"{n(m.previous)} {one}", f"{n(str(volume))} m3", "", "", "18720"], [f"{now}, {facts.reading_date:%d.%m.%Y}", f"{n(m.current)} {one}", f"{n(str(volume + months))} m3", "68,4", back, "19440"], [say(style, "consumption"), f"{n(m.consumption)} {one}", f"{n(f'{months}.00')} m3", "", "", "720"]]  # fmt: skip
    head = f'<h1 style="text-align:center">Issiqlik energiyasi sarfi haqida ma’lumot<br>{facts.period.year}-yil {month(facts)} oyi</h1>'
    meter = f"<div>Hisoblagich: {escape(m.model)}, S/N {m.serial} ({kind(style, m)})</div>"
    table = "".join(row([escape(c) for c in line], "th" if not i else "td") for i, line in enumerate(read))
    return Drawn(
        f'{head}{requisites(style, facts)}{meter}<table class="grid mid">{table}</table>{close(style, facts)}',
        css=css(style),
    )
