"""Where numbers stand otherwise: meters as columns in two languages, a table for the start and one for the end, two halves, lines of abbreviations."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts, MeterFacts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts import parts
from tests.corpus.layouts.aside.blocks import row
from tests.corpus.layouts.aside.ends import CSS, initials_first, ink, seal, signed_line, signed_table
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def columns_of_meters(facts: Facts, style: Style) -> Drawn:
    """A column a meter, a row a property, each word in Uzbek and in Russian."""
    month = facts.period.month - 1
    names = [f"{i}-pribor" for i in range(1, len(facts.meters) + 1)]
    kinds = ["Issiq suv / ГВС" if m.kind is MeterKind.HOT_WATER else "Isitish / Отопление" for m in facts.meters]
    rows = [
        row(["Ko‘rsatkichlar / Показатели", *names], "th"),
        row(["Pribor turi / Тип прибора", *(escape(m.model) for m in facts.meters)]),
        row(["Zavod raqami / Заводской №", *(m.serial for m in facts.meters)]),
        row(["Tizim / Система", *kinds]),
        row(["O‘lchov birligi / Ед. изм.", *(escape(style.unit(m.unit)) for m in facts.meters)]),
        row(
            [
                f"Oldingi ko‘rsatkich / Предыдущее показание, {facts.previous_date:%d.%m.%Y}",
                *(style.number(m.previous) for m in facts.meters),
            ]
        ),
        row([f"Joriy ko‘rsatkich / Текущее показание, {facts.reading_date:%d.%m.%Y}", *(style.number(m.current) for m in facts.meters)]),
        row(["Farqi / Разница", *(style.number(m.consumption) for m in facts.meters)]),
    ]
    pairs = [("Tashkilot / Организация", escape(facts.organization)), ("Manzil / Адрес", escape(facts.address)),
             ("Shartnoma / Договор №", facts.contract_number), ("STIR / ИНН", facts.inn)]  # fmt: skip
    top = f'<h1 style="text-align:center">HISOBOT / ОТЧЕТ<br>{facts.period.year} yil {MONTHS["uz"][month]} / {MONTHS["ru"][month]} {facts.period.year} г.</h1>'
    top += "".join(f"<div>{word}: {value}</div>" for word, value in pairs)
    close = signed_table(
        style,
        facts,
        ("Rahbar / Руководитель", "Imzo / Подпись", "F.I.Sh. / Ф.И.О."),
        f"Sana / Дата: {facts.report_date:%d.%m.%Y}",
        "M.O‘. / М.П.",
    )
    return Drawn(
        f'{top}<table class="grid">{"".join(rows)}</table>{close}',
        css=CSS + ".grid td { text-align: center } .grid td:first-child { text-align: left }",
    )


def start_and_end(facts: Facts, style: Style) -> Drawn:
    """Three small tables: the indexes at the start, those at the end, what was used; the meter is named in each by its serial."""
    month = MONTHS["uz_cyrl"][facts.period.month - 1]

    def table(title: str, word: str, values: list[str | None], *, full: bool) -> str:
        head = ["Т/р", "Ҳисоблагич №", *(["Тури", "Тизим"] if full else []), word, "Ўлчов бирлиги"]
        rows = row(head, "th")
        for i, (m, value) in enumerate(zip(facts.meters, values, strict=True), 1):
            kind = "иссиқ сув" if m.kind is MeterKind.HOT_WATER else "иситиш"
            rows += row([str(i), m.serial, *([escape(m.model), kind] if full else []), style.number(value), escape(style.unit(m.unit))])
        return f'<div style="margin-top:4mm"><b>{title}</b></div><table class="grid" style="margin:1mm 0">{rows}</table>'

    was, now = f"{facts.previous_date:%d.%m.%Y}", f"{facts.reading_date:%d.%m.%Y}"
    body = (
        f'<h1 style="text-align:center">{facts.period.year} йил {month} ойида истеъмол қилинган<br>иссиқлик энергияси ҳақида ҳисобот</h1>'
        f"<div>{escape(facts.organization)}, СТИР {facts.inn}</div><div>{escape(facts.address)}</div><div>Шартнома № {facts.contract_number}</div>"
        + table(f"1. Ой бошидаги кўрсаткичлар ({was} ҳолатига)", "Кўрсаткич", [m.previous for m in facts.meters], full=True)
        + table(f"2. Ой охиридаги кўрсаткичлар ({now} ҳолатига)", "Кўрсаткич", [m.current for m in facts.meters], full=False)
        + table("3. Ой давомида истеъмол", "Миқдори", [m.consumption for m in facts.meters], full=False)
        + signed_line(style, facts, f"<div>Тузилган сана: {style.date(facts.report_date)}</div>", "М.Ў.")
    )
    return Drawn(body, css=CSS + ".grid td, .grid th { text-align: left }")


def halves(facts: Facts, style: Style) -> Drawn:
    """The sheet is two halves, a system each: word at the left of its half, number at its right, nothing between."""

    def half(m: MeterFacts | None, title: str) -> str:
        if m is None:
            return f'<td class="half"><b>{title}</b><div>мавжуд эмас</div></td>'
        unit = escape(style.unit(m.unit))
        said = [("прибор", escape(m.model)), ("завод рақами", m.serial), ("аввалги кўрсаткич", f"{style.number(m.previous)} {unit}"),
                ("ҳозирги кўрсаткич", f"{style.number(m.current)} {unit}"), ("сарфи", f"{style.number(m.consumption)} {unit}")]  # fmt: skip
        lines = "".join(f'<tr><td>{word}</td><td class="right">{value}</td></tr>' for word, value in said)
        return f'<td class="half"><b>{title}</b><table>{lines}</table></td>'

    first, second = facts.meters[0], facts.meters[1] if len(facts.meters) > 1 else None
    if first.kind is MeterKind.HOT_WATER:
        first, second = second, first
    title = "ИССИҚ СУВ" if second is None or second.kind is MeterKind.HOT_WATER else "ИСИТИШ (2-узел)"
    body = (
        f"{parts.addressee(style)}<h1>Ҳисобот: {MONTHS['uz_cyrl'][facts.period.month - 1]} {facts.period.year} й.</h1>"
        f"<div>Истеъмолчи {escape(facts.organization)} (СТИР {facts.inn}), манзили {escape(facts.address)}, {facts.contract_number}-сонли шартнома. "
        f"Кўрсаткичлар {facts.reading_date:%d.%m.%Y} куни олинди.</div>"
        f"<table><tr>{half(first, 'ИСИТИШ')}{half(second, title)}</tr></table>"
        + signed_line(style, facts, f"<div>Сана: {style.date(facts.report_date)}</div>", "М.Ў.")
    )
    return Drawn(
        body, css=CSS + ".half { width: 50%; vertical-align: top; border: 0.3mm solid #444; padding: 2mm } .half table { margin: 1mm 0 }"
    )


def abbreviations(facts: Facts, style: Style) -> Drawn:
    """Few words and all of them cut short: a line a meter, years of two digits, the month as 11.2026."""
    text = f"<div>{escape(facts.organization)}<br>адр.: {escape(facts.address)}<br>ИНН {facts.inn}&nbsp;&nbsp; дог.№ {facts.contract_number}</div>"
    text += f'<h1 style="text-align:left">Отч. о расх. т/энергии за {facts.period.month:02d}.{facts.period.year} г.</h1>'
    for i, m in enumerate(facts.meters, 1):
        unit = escape(style.unit(m.unit))
        kind = "ГВС" if m.kind is MeterKind.HOT_WATER else "отопл."
        text += (
            f'<div class="item">{i}. сч. {escape(m.model)} ({kind}) зав.№ {m.serial}: пок. предыд. {style.number(m.previous)} ({facts.previous_date:%d.%m.%y}), '
            f"тек. {style.number(m.current)} ({facts.reading_date:%d.%m.%y}), расх. {style.number(m.consumption)} {unit}</div>"
        )
    total = style.total(facts)
    if total:
        text += f'<div class="item">Всего расх. {total} {escape(style.unit(facts.meters[0].unit))}</div>'
    close = f'<div class="close">Дата {facts.report_date:%d.%m.%y}<div style="margin:4mm 0">{escape(facts.position)} <span class="hand" style="border:0">{ink(style, facts)}</span> /{escape(initials_first(facts))}/</div>{seal(style, facts)}</div>'
    return Drawn(text + close, css=CSS + ".item { margin: 3mm 0; line-height: 1.5 }")
