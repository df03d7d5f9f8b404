"""Letters of which the day or the numbers were often unsure while they were kept aside, shown since: a reference in sentences, lists behind dashes and behind numbers; a page without apostrophes."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts import parts
from tests.corpus.layouts.aside.blocks import said_kind
from tests.corpus.layouts.aside.eighth_desk import close, css, figures, kind, letterhead, month, outgoing, unit
from tests.corpus.layouts.aside.ends import CSS, signed_line
from tests.corpus.layouts.aside.trade import typed
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def notice(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic: a reference of one sentence a meter, numbers named before and behind."""
    said = "".join(
        f"<p>{said_kind(m, 'Иситиш', 'Иссиқ сув')} тизими, {escape(m.model)} ҳисоблагичи, завод рақами {m.serial}: олдинги кўрсаткич {style.number(m.previous)}, жорий кўрсаткич {style.number(m.current)}, сарфи {style.number(m.consumption)} {escape(style.unit(m.unit))}.</p>"
        for m in facts.meters
    )
    body = (
        f'{parts.addressee(style)}<h1 style="text-align:center">МАЪЛУМОТНОМА</h1><div>Ташкилот: {escape(facts.organization)}</div><div>Манзил: {escape(facts.address)}</div><div>СТИР: {facts.inn}</div><div>Шартнома: № {facts.contract_number}</div>'
        f"<div>Ҳисобот ойи: {MONTHS['uz_cyrl'][facts.period.month - 1]} {facts.period.year} й.</div><div>Кўрсаткич олинган сана: {style.date(facts.reading_date)}</div>{said}"
        + signed_line(style, facts, f"<div>Тузилган сана: {style.date(facts.report_date)}</div>", "М.Ў.")
    )
    return Drawn(body, css=CSS)


def dashes(facts: Facts, style: Style) -> Drawn:
    """Uzbek: a letter with a list, a dash before each value and the unit in parentheses after its word."""
    text = ""
    for m in facts.meters:
        unit = escape(style.unit(m.unit))
        text += (
            f'<div style="margin-top:3mm"><b>{said_kind(m, "Isitish", "Issiq suv")} ({escape(m.model)}, zavod raqami {m.serial})</b></div>'
            f"<div>- avvalgi oy ko‘rsatkichi ({unit}) - {style.number(m.previous)}</div><div>- joriy oy ko‘rsatkichi ({unit}) - {style.number(m.current)}</div><div>- sarflangan ({unit}) - {style.number(m.consumption)}</div>"
        )
    body = (
        f"{parts.letterhead(style, facts)}{parts.addressee(style)}<p>{facts.contract_number}-sonli shartnoma bo‘yicha {facts.period.year}-yil {MONTHS['uz'][facts.period.month - 1]} oyi hisobotini yuboramiz. "
        f"Ko‘rsatkichlar {facts.reading_date:%d.%m.%Y} kuni olingan.</p>{text}"
        + signed_line(style, facts, f"<div>Hisobot sanasi: {facts.report_date:%d.%m.%Y}</div>", "M.O‘.")
    )
    return Drawn(body, css=CSS)


def in_list(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic: a letter with a numbered paragraph a meter."""

    def t(text: str) -> str:
        return escape(typed(style, text))

    n, items = style.number, ""
    for i, m in enumerate(facts.meters, 1):
        one = unit(style, m)
        items += f'<div style="margin:2mm 0 2mm 8mm">{i}. {t(kind(style, m)).capitalize()}: {escape(m.model)} {t("русумли")} {m.serial} {t("рақамли ҳисоблагич. Олдинги кўрсаткич")} – {n(m.previous)} {one}, {t("ҳозирги кўрсаткич")} – {n(m.current)} {one}, {t("сарф")} – {n(m.consumption)} {one}.</div>'
    body = (
        f'{letterhead(style, facts)}{outgoing(style, facts)}<div class="to">«Тошиссиққуввати» {t("ДУК раҳбарига")}</div><p>{t("Шартнома")} № {facts.contract_number}. {facts.period.year} {t("йил")} {month(style, facts)} {t("ойи учун иссиқлик ҳисоблагичларининг")} {figures(facts.reading_date)} {t("кунги кўрсаткичларини қабул қилишингизни сўраймиз")}:</p>'
        f"{items}{close(style, facts, dated=False)}"
    )
    return Drawn(body, css=css(style))


def bare_letters(facts: Facts, style: Style) -> Drawn:
    """Typed in haste, all apostrophes left out, columns by blanks alone, two words of Russian in Latin letters."""
    month = MONTHS["uz"][facts.period.month - 1]
    lines = [["schyotchik nomeri", "qayerda", "oldin", "xozir", "farqi", ""]]
    for m in facts.meters:
        lines.append(
            [
                m.serial,
                "issiq suv" if m.kind is MeterKind.HOT_WATER else "otopleniye",
                style.number(m.previous),
                style.number(m.current),
                style.number(m.consumption),
                style.unit(m.unit),
            ]
        )
    widths = [max(len(line[i]) for line in lines) for i in range(6)]
    table = "\n".join("   ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines)
    text = (
        f"{facts.organization}\n{facts.address}\nINN {facts.inn}   shartnoma {facts.contract_number}\n\n{facts.period.year} yil {month} oyi uchun issiqlik energiyasi korsatkichlari\n"
        f"korsatkich olingan sana {facts.reading_date:%d.%m.%Y} y.\n\n{table}\n\nsana {facts.report_date:%d.%m.%Y} y."
    )
    css = CSS + "pre { white-space: pre-wrap; line-height: 1.45 }"
    return Drawn(f"<pre>{escape(text)}</pre>{signed_line(style, facts, place='MO')}", css=css)
