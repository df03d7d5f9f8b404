"""The fifth batch, plain papers: a table for heat and one for water, a landscape register, a journal of days, a letter with a table, statements, an archive's month."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from decimal import Decimal
from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts, MeterFacts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts import parts
from tests.corpus.layouts.aside.archive_parts import DAY, archive
from tests.corpus.layouts.aside.blocks import meter_row, row
from tests.corpus.layouts.aside.trade import close, css, indexes, kind, said, say, typed
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def _water(m: MeterFacts) -> bool:
    return m.kind is MeterKind.HOT_WATER


def _name(facts: Facts) -> str:
    return MONTHS[facts.language][facts.period.month - 1]


def two_tables(facts: Facts, style: Style) -> Drawn:
    """Russian form: heating in one table, hot water in a second one, each with its unit over it; one without meters is left out."""
    was, now = indexes(style, facts)
    head = row([say(style, "meter"), say(style, "serial"), was, now, say(style, "consumption")], "th")
    tables = ""
    groups = [("Отопление", [m for m in facts.meters if not _water(m)]), ("Горячее водоснабжение", [m for m in facts.meters if _water(m)])]
    for number, (name, meters) in enumerate([g for g in groups if g[1]], 1):
        unit = escape(style.unit(meters[0].unit))
        rows = "".join(meter_row(style, m, escape(m.model), m.serial) for m in meters)
        tables += (
            f'<div style="margin-top:4mm">{number}. {name}, {unit}</div><table class="grid mid" style="margin:1mm 0">{head}{rows}</table>'
        )
    keys = "".join(f"<div>{said(style, facts, key)}</div>" for key in ("contract", "organization", "inn", "address", "reading_date"))
    return Drawn(
        f'<h1 style="text-align:center">{say(style, "title")}<br>за {_name(facts)} {facts.period.year} года</h1>{keys}{tables}{close(style, facts)}',
        css=css(style),
    )


def landscape(facts: Facts, style: Style) -> Drawn:
    """A register on its side: object and contract in the row itself, the number of the meter below its type."""
    was, now = f"{facts.previous_date:%d.%m.%Y}", f"{facts.reading_date:%d.%m.%Y}"
    head = row(
        [
            "№",
            "Наименование объекта",
            "Адрес",
            "Договор №",
            "Прибор учета, зав. №",
            "Вид",
            f"Показание на {was}",
            f"Показание на {now}",
            "Расход",
            "Ед. изм.",
        ],
        "th",
    )
    rows = ""
    for i, m in enumerate(facts.meters, 1):
        word = "ГВС" if _water(m) else "отопление"
        rows += meter_row(
            style,
            m,
            str(i),
            escape(facts.organization),
            escape(facts.address),
            facts.contract_number,
            f"{escape(m.model)}<br>№ {m.serial}",
            word,
            unit="apart",
        )
    body = (
        f'<h1 style="text-align:center">Ведомость показаний приборов учета тепловой энергии за {_name(facts)} {facts.period.year} г.</h1><div>Потребитель: {escape(facts.organization)} &nbsp; ИНН {facts.inn}</div>'
        f'<table class="grid mid" style="font-size:88%">{head}{rows}</table>{close(style, facts)}'
    )
    return Drawn(body, css=css(style) + "@page { size: A4 landscape }", margins=(14, 14))


def letter_in_cyrillic(facts: Facts, style: Style) -> Drawn:
    """Uzbek letter in Cyrillic with a table of the meters; unit in the heads where all share it, else beside the number."""

    def t(text: str) -> str:
        return typed(style, text)

    was, now = indexes(style, facts)
    rows = row([t("№"), t("Ҳисоблагич"), t("Завод рақами"), t("Тизим"), was, now, say(style, "consumption")], "th")
    for i, m in enumerate(facts.meters, 1):
        rows += meter_row(style, m, str(i), escape(m.model), m.serial, kind(style, m), unit="behind")
    body = (
        f"{parts.letterhead(style, facts)}{parts.outgoing(style, facts)}{parts.addressee(style)}"
        f"<p>{t('Сизга')} {facts.contract_number}-{t('сонли шартнома бўйича')} {facts.period.year} {t('йил')} {_name(facts)} {t('ойида истеъмол қилинган иссиқлик энергияси тўғрисидаги маълумотларни тақдим этамиз. Кўрсаткичлар')} {facts.reading_date:%d.%m.%Y} {t('йил ҳолатига олинган.')}</p>"
        f'<table class="grid mid" style="font-size:90%">{rows}</table>{close(style, facts, dated=False)}{parts.executor(style)}'
    )
    return Drawn(body, css=css(style))


def statement_of_month(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin: requisites as sentences, a line with the meter, then three short lines with the values right-aligned."""

    def t(text: str) -> str:
        return typed(style, text)

    was, now = indexes(style, facts)
    blocks = ""
    for m in facts.meters:
        unit = escape(style.unit(m.unit))
        word = t("Issiq suv hisoblagichi" if _water(m) else "Isitish tizimi hisoblagichi")
        lines = [(was, m.previous), (now, m.current), (say(style, "consumption"), m.consumption)]
        blocks += (
            f'<div style="margin-top:3mm">{word}: {escape(m.model)}, {t("zavod raqami")} {m.serial}</div><table style="width:70%; margin:0 0 0 8mm">'
            + "".join(f'<tr><td>{w}</td><td class="right n">{style.number(v)} {unit}</td></tr>' for w, v in lines)
            + "</table>"
        )
    body = (
        f'{parts.addressee(style)}<h1 style="text-align:center">{t("MA’LUMOTNOMA")}</h1><div>{escape(facts.organization)} (STIR {facts.inn}), {t("manzili")}: {escape(facts.address)}</div>'
        f"<div>{t('Shartnoma raqami')}: {facts.contract_number}</div><div>{t('Hisobot davri')}: {facts.period.year}-yil {_name(facts)}</div><div>{said(style, facts, 'reading_date')}</div>{blocks}{close(style, facts)}"
    )
    return Drawn(body, css=css(style))


def one_line_each(facts: Facts, style: Style) -> Drawn:
    """Russian note: a meter a line, «предыдущее – …; текущее – …; расход – …», requisites in one paragraph above."""
    lines = ""
    for i, m in enumerate(facts.meters, 1):
        unit, n = escape(style.unit(m.unit)), style.number
        word = "ГВС" if _water(m) else "Отопление"
        lines += f'<div class="one">{i}) {word}: теплосчетчик {escape(m.model)} № {m.serial}; предыдущее показание – {n(m.previous)}; текущее показание – {n(m.current)}; расход – {n(m.consumption)} {unit}.</div>'
    total = style.total(facts)
    sums = f'<div class="one">Всего: {total} {escape(style.unit(facts.meters[0].unit))}.</div>' if total else ""
    body = (
        f"{parts.addressee(style)}<p>{escape(facts.organization)} (договор № {facts.contract_number}, ИНН {facts.inn}, адрес: {escape(facts.address)}) представляет отчет о потреблении тепловой энергии за {_name(facts)} {facts.period.year} г. Показания сняты {facts.reading_date:%d.%m.%Y} г.</p>"
        f"{lines}{sums}{close(style, facts)}"
    )
    return Drawn(body, css=css(style) + ".one { margin: 2.5mm 0; line-height: 1.4 }")


def card_in_cyrillic(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic: a ruled sheet with a number, a label and a value in each row; a meter's rows follow each other."""
    was, now = indexes(style, facts)
    lines = [(say(style, "organization"), escape(facts.organization)), (say(style, "address"), escape(facts.address)), (say(style, "inn"), facts.inn), (say(style, "contract"), facts.contract_number),
             (typed(style, "Ҳисобот ойи"), f"{facts.period.year} йил {_name(facts)}"), (say(style, "reading_date"), style.date(facts.reading_date))]  # fmt: skip
    for m in facts.meters:
        unit = escape(style.unit(m.unit))
        lines += [(say(style, "meter"), escape(m.model)), (say(style, "serial"), m.serial), (say(style, "system"), kind(style, m)), (was, f"{style.number(m.previous)} {unit}"), (now, f"{style.number(m.current)} {unit}"),
                  (say(style, "consumption"), f"{style.number(m.consumption)} {unit}")]  # fmt: skip
    rows = "".join(row([str(i), *line]) for i, line in enumerate(lines, 1))
    return Drawn(
        f'<h1 style="text-align:center">{say(style, "title")}</h1><table class="grid">{rows}</table>{close(style, facts)}',
        css=css(style) + ".grid td:first-child { width: 8mm; text-align: center }",
    )


def month_of_archive(facts: Facts, style: Style) -> Drawn:
    """A European meter's month by its Russian readout program: days with the counter itself, its two ends in the head of the page."""
    m, days, n = facts.meters[0], archive(facts, style), style.number
    unit, places = escape(style.unit(m.unit)), len(m.consumption.partition(".")[2])
    value = Decimal(m.previous or 0)
    rows = row(["Дата", f"Энергия E1, {unit}", f"За сутки, {unit}", "Объем V1, м3", "T1, °C", "T2, °C", "Инфо"], "th")
    for day in days:
        value += Decimal(day.energy)
        rows += row([f"{day.date:%d.%m.%Y}", n(f"{value:.{places}f}"), n(day.energy), n(day.supply), n(day.hot), n(day.cold), "0"])
    pairs = [("Теплосчетчик", f"{escape(m.model)}"), ("Серийный номер", m.serial), ("Абонент", escape(facts.organization)), ("Адрес", escape(facts.address)), ("ИНН", facts.inn), ("Договор №", facts.contract_number),
             ("Период отчета", f"{facts.previous_date + DAY:%d.%m.%Y} – {facts.reading_date:%d.%m.%Y}"), ("Показание на начало периода", f"{n(m.previous)} {unit}"), ("Показание на конец периода", f"{n(m.current)} {unit}"), ("Потребление за период", f"{n(m.consumption)} {unit}")]  # fmt: skip
    body = f"<b>Отчет о потреблении тепловой энергии на отопление</b><table style='font-size:92%; margin:2mm 0'>{''.join(row(list(p)) for p in pairs)}</table><table class='grid mid' style='font-size:72%; margin:2mm 0'>{rows}</table>{close(style, facts)}"
    return Drawn(
        body,
        css=css(style)
        + "body { font-size: 10pt } .close { margin-top: 3mm } .grid td, .grid th { padding: 0.3mm 1mm } td:first-child { width: 32% } .grid td:first-child { width: auto }",
        margins=(10, 16),
    )
