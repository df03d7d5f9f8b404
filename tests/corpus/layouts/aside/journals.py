"""Tables that hold more than the month: a season's journal, dates as rows of one meter, all parameters of a meter, a questionnaire."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts import parts
from tests.corpus.layouts.aside.blocks import row
from tests.corpus.layouts.aside.ends import CSS, signed_line, signed_over_captions, signed_table
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def _month_before(day: dt.date) -> dt.date:
    return day.replace(year=day.year - (day.month == 1), month=day.month - 1 or 12)


def season(facts: Facts, style: Style) -> Drawn:
    """A season's journal of one meter, a row a month, the newest last; what is reported is its last row and the index of the row above."""
    m, random, n = facts.meters[0], style.random, style.number
    unit, places = escape(style.unit(m.unit)), len(m.consumption.partition(".")[2])
    rows, value, day = [], Decimal(m.previous or 0), facts.previous_date
    for _ in range(random.randint(1, 5)):
        used = (value * Decimal(random.randint(20, 80)) / 1000).quantize(Decimal(1).scaleb(-places))
        rows.append([MONTHS["ru"][day.month - 1], str(day.year), f"{day:%d.%m.%Y}", n(f"{value:.{places}f}"), n(f"{used:.{places}f}")])
        value, day = value - used, _month_before(day)
    rows.reverse()
    period = facts.period
    rows.append(
        [f"<b>{MONTHS['ru'][period.month - 1]}</b>", str(period.year), f"{facts.reading_date:%d.%m.%Y}", n(m.current), n(m.consumption)]
    )
    head = row(["Месяц", "Год", "Дата снятия", f"Показание, {unit}", f"Расход за месяц, {unit}"], "th")
    body = (
        f'<h1 style="text-align:center">ЖУРНАЛ УЧЕТА ТЕПЛОВОЙ ЭНЕРГИИ</h1><div>Потребитель: {escape(facts.organization)}, {escape(facts.address)}</div>'
        f"<div>ИНН {facts.inn}. Договор теплоснабжения № {facts.contract_number}</div><div>Прибор: {escape(m.model)} № {m.serial}, отопление, поверен до {random.randint(1, 12):02d}.{facts.period.year + 1}</div>"
        f'<table class="grid">{head}{"".join(row(line) for line in rows)}</table><div>Выписка за {MONTHS["ru"][period.month - 1]} {period.year} г. верна.</div>'
        + signed_line(style, facts, f"<div>Дата {style.date(facts.report_date)}</div>", "М.П.")
    )
    return Drawn(body, css=CSS + ".grid td { text-align: center }")


def dates_as_rows(facts: Facts, style: Style) -> Drawn:
    """Two rows a meter, a date each; serial and difference stand once beside both."""
    rows = row(["Pribor raqami", "Tizim", "Ko‘rsatkich sanasi", "Ko‘rsatkich", "O‘lch. birligi", "Oylik sarf"], "th")
    for m in facts.meters:
        kind = "issiq suv" if m.kind is MeterKind.HOT_WATER else "isitish"
        unit = escape(style.unit(m.unit))
        rows += (
            f"<tr><td rowspan=2>{m.serial}</td><td rowspan=2>{kind}</td><td>{facts.previous_date:%d.%m.%Y}</td><td>{style.number(m.previous)}</td>"
            f"<td rowspan=2>{unit}</td><td rowspan=2>{style.number(m.consumption)}</td></tr>"
        )
        rows += row([f"{facts.reading_date:%d.%m.%Y}", style.number(m.current)])
    month = f"{facts.period.year}-yil {MONTHS['uz'][facts.period.month - 1]}"
    body = (
        f'<table class="bare"><tr><td>{escape(facts.organization)}<br>{escape(facts.address)}<br>STIR: {facts.inn}</td>'
        f'<td class="right">Shartnoma № {facts.contract_number}<br>Hisobot oyi: {month}</td></tr></table>'
        f'<h1 style="text-align:center">Issiqlik energiyasi hisoblagichlari ko‘rsatkichlari</h1><table class="grid">{rows}</table>'
        + signed_line(style, facts, f"<div>Hisobot sanasi: {facts.report_date:%d.%m.%Y}</div>", "M.O‘.")
    )
    return Drawn(body, css=CSS + ".grid td { text-align: center; vertical-align: middle } .bare td { vertical-align: top }")


def parameters(facts: Facts, style: Style) -> Drawn:
    """All that the meter counts as rows with indexes (energy, masses, volume, hours); only the energy is reported and repeated below."""
    m, random, n = facts.meters[0], style.random, style.number
    unit = escape(style.unit(m.unit))
    mass = Decimal(random.randint(500_000, 9_000_000)) / 100
    used = Decimal(random.randint(20_000, 90_000)) / 100
    hours = random.randint(5000, 40000)
    rows = row(["Параметр", "Ед. изм.", "Предыдущее", "Текущее", "Разность"], "th")
    rows += row(["Масса М1", "т", n(str(mass)), n(str(mass + used)), n(str(used))])
    rows += row(["Масса М2", "т", n(str(mass - 31)), n(str(mass - 31 + used)), n(str(used))])
    rows += row(["Тепловая энергия Q", unit, n(m.previous), n(m.current), n(m.consumption)])
    rows += row(["Время работы", "час", str(hours), str(hours + 720), "720"])
    month = MONTHS["ru"][facts.period.month - 1]
    body = (
        f"{parts.addressee(style)}<h1>Отчет о теплопотреблении за {month} {facts.period.year} г.</h1>"
        f"<div>Организация: {escape(facts.organization)}</div><div>Адрес: {escape(facts.address)}</div><div>ИНН: {facts.inn}&nbsp;&nbsp;&nbsp;Дог. № {facts.contract_number}</div>"
        f"<div>Теплосчетчик {escape(m.model)}, зав. № {m.serial}, показания сняты {facts.reading_date:%d.%m.%Y} (предыдущие {facts.previous_date:%d.%m.%Y})</div>"
        f'<table class="grid">{rows}</table><div><b>К оплате: {n(m.consumption)} {unit}</b></div>'
        + signed_table(style, facts, ("Должность", "Подпись", "Ф.И.О."), f"Дата заполнения {style.date(facts.report_date)}", "М.П.")
    )
    return Drawn(body, css=CSS + ".grid td { text-align: right } .grid td:first-child { text-align: left }")


def questionnaire(facts: Facts, style: Style) -> Drawn:
    """Numbered questions with answers at the right; those about a meter are numbered 5.1, 5.2 below its own number."""
    lines = [("1", "Отчетный месяц", f"{MONTHS['ru'][facts.period.month - 1]} {facts.period.year} года"), ("2", "Полное наименование абонента", escape(facts.organization)),
             ("3", "Адрес объекта теплоснабжения", escape(facts.address)), ("4", "Номер договора / ИНН", f"{facts.contract_number} / {facts.inn}")]  # fmt: skip
    for i, m in enumerate(facts.meters, 5):
        unit = escape(style.unit(m.unit))
        kind = "горячая вода" if m.kind is MeterKind.HOT_WATER else "отопление"
        lines += [
            (f"{i}", f"Узел учета: {kind}", ""),
            (f"{i}.1", "Тип и заводской номер теплосчетчика", f"{escape(m.model)}, № {m.serial}"),
            (f"{i}.2", "Показание на начало отчетного месяца", f"{style.number(m.previous)} {unit}"),
            (f"{i}.3", "Показание на конец отчетного месяца", f"{style.number(m.current)} {unit}"),
            (f"{i}.4", "Количество потребленной энергии", f"{style.number(m.consumption)} {unit}"),
        ]
    last = len(facts.meters) + 5
    lines += [(str(last), "Дата снятия показаний", style.date(facts.reading_date)), (str(last + 1), "Дата заполнения", style.date(facts.report_date)),
              (str(last + 2), "Контактный телефон", f"+998 {style.random.randint(90, 99)} {style.random.randint(100, 999)}-{style.random.randint(10, 99)}-{style.random.randint(10, 99)}")]  # fmt: skip
    body = f'<h1>АНКЕТА ПОТРЕБИТЕЛЯ ТЕПЛОВОЙ ЭНЕРГИИ (ежемесячная)</h1><table class="grid">{"".join(row(list(line)) for line in lines)}</table>'
    body += signed_over_captions(style, facts, ("должность", "подпись", "Ф.И.О."), "", "М.П.")
    return Drawn(body, css=CSS + ".grid td:first-child { width: 9mm } .grid td:last-child { font-weight: bold }")
