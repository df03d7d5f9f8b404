"""Letters that are kept aside: numbers in sentences of other offices, a short note, numbered items."""
# ruff: noqa: E501 - lines of text

from __future__ import annotations

from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts, MeterFacts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts import parts
from tests.corpus.layouts.aside.blocks import CSS, end
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def _named(style: Style, m: MeterFacts) -> str:
    water, model = m.kind is MeterKind.HOT_WATER, escape(m.model)
    if style.language == "ru":
        return f"{'горячее водоснабжение' if water else 'отопление'}, прибор {model}, заводской номер {m.serial}"
    if style.language == "uz":
        return f"{'issiq suv' if water else 'isitish'}, {model} pribori, zavod raqami {m.serial}"
    return f"{'иссиқ сув' if water else 'иситиш'}, {model} прибори, завод рақами {m.serial}"


def _asks(style: Style, facts: Facts) -> str:
    """The opening sentence: the contract before or behind its word, the month in the sentence."""
    month, year = facts.period.month - 1, facts.period.year
    if style.language == "ru":
        return style.random.choice((
            f"Настоящим направляем отчет о потреблении тепловой энергии за {MONTHS['ru'][month]} {year} года согласно договора № {facts.contract_number}.",
            f"Просим Вас принять к расчету показания приборов учета за {MONTHS['ru'][month]} месяц {year} года по договору теплоснабжения № {facts.contract_number}.",
        ))  # fmt: skip
    if style.language == "uz":
        return f"{facts.contract_number}-sonli shartnoma asosida {year}-yil {MONTHS['uz'][month]} oyi uchun hisobga olish asboblari ko‘rsatkichlarini taqdim etamiz."
    return f"{facts.contract_number}-сонли шартномага асосан {year} йил {MONTHS['uz_cyrl'][month]} ойи учун ҳисобга олиш асбоблари кўрсаткичларини тақдим этамиз."


def _says(style: Style, facts: Facts, m: MeterFacts) -> str:
    unit, name = escape(style.unit(m.unit)), _named(style, m)
    was, now, used = style.number(m.previous), style.number(m.current), style.number(m.consumption)
    before, day = f"{facts.previous_date:%d.%m.%Y}", f"{facts.reading_date:%d.%m.%Y}"
    if style.language == "ru":
        return style.random.choice((
            f"{name}: на {before} г. было {was} {unit}, на {day} г. стало {now} {unit}, израсходовано {used} {unit}.",
            f"{name}. Показания на {day} г. – {now} {unit}, показания прошлого месяца ({before} г.) – {was} {unit}, разница составила {used} {unit}.",
            f"{name}: за отчетный месяц потреблено {used} {unit} (с {was} {unit} на {before} до {now} {unit} на {day}).",
        ))  # fmt: skip
    if style.language == "uz":
        return style.random.choice((
            f"{name}: {before} kuni {was} {unit} edi, {day} holatiga {now} {unit}, farqi {used} {unit}.",
            f"{name}. {day} holatiga ko‘rsatkich {now} {unit}, o‘tgan oy ko‘rsatkichi ({before}) {was} {unit}, iste’mol qilingan issiqlik miqdori {used} {unit}.",
        ))  # fmt: skip
    return style.random.choice((
        f"{name}: {before} куни {was} {unit} эди, {day} ҳолатига {now} {unit}, фарқи {used} {unit}.",
        f"{name}. {day} ҳолатига кўрсаткич {now} {unit}, ўтган ой кўрсаткичи ({before}) {was} {unit}, истеъмол қилинган иссиқлик миқдори {used} {unit}.",
    ))  # fmt: skip


def request(facts: Facts, style: Style) -> Drawn:
    """Letterhead, outgoing number, a request, one sentence a meter."""
    text = "".join(f"<p>{said[0].upper()}{said[1:]}</p>" for said in (_says(style, facts, m) for m in facts.meters))
    top = f"{parts.letterhead(style, facts)}{parts.outgoing(style, facts)}{parts.addressee(style)}"
    return Drawn(f"{top}<p>{_asks(style, facts)}</p>{text}{end(style, facts, dated=False)}", css=CSS)


def items(facts: Facts, style: Style) -> Drawn:
    """Numbered items, a line each for meter and numbers."""
    on = {"ru": "показание на {} г. – {} {};", "uz": "{} holatiga ko'rsatkich – {} {};", "uz_cyrl": "{} ҳолатига кўрсаткич – {} {};"}[
        style.language
    ]
    used = {"ru": "потребление за месяц – {} {}.", "uz": "bir oylik sarf – {} {}.", "uz_cyrl": "бир ойлик сарф – {} {}."}[style.language]
    text = ""
    for i, m in enumerate(facts.meters, 1):
        unit, name = escape(style.unit(m.unit)), _named(style, m)
        lines = [
            f"{i}) {name}:",
            "– " + on.format(f"{facts.previous_date:%d.%m.%Y}", style.number(m.previous), unit),
            "– " + on.format(f"{facts.reading_date:%d.%m.%Y}", style.number(m.current), unit),
            "– " + used.format(style.number(m.consumption), unit),
        ]
        text += f'<div style="margin:2mm 0 2mm 8mm">{"<br>".join(lines)}</div>'
    top = f"{parts.letterhead(style, facts)}{parts.outgoing(style, facts)}"
    return Drawn(f"{top}<p>{_asks(style, facts)}</p>{text}{end(style, facts, dated=False)}", css=CSS + "div { line-height: 1.4 }")


def note(facts: Facts, style: Style) -> Drawn:
    """A few typed lines without a table: contract, meter, was, now, used."""
    said = {
        "ru": ("Договор {}", "Показания за {} {} г., дата снятия {}", "сч.№ {} ({}): было {}, стало {}, расход {} {}", "Дата"),
        "uz": (
            "Shartnoma {}",
            "{1}-yil {0} oyi ko'rsatkichlari, olingan sana {2}",
            "hisoblagich № {} ({}): oldingi {}, joriy {}, sarf {} {}",
            "Sana",
        ),
    }[style.language]
    lines = [
        facts.organization, facts.address, f"{said[0].format(facts.contract_number)}   {style.label('inn')} {facts.inn}", "",
        said[1].format(MONTHS[style.language][facts.period.month - 1], facts.period.year, f"{facts.reading_date:%d.%m.%Y}"), "",
    ]  # fmt: skip
    for m in facts.meters:
        lines += [
            said[2].format(
                m.serial,
                style.kind(m.kind),
                style.number(m.previous),
                style.number(m.current),
                style.number(m.consumption),
                style.unit(m.unit),
            )
        ]
    lines += ["", f"{said[3]}: {facts.report_date:%d.%m.%Y}"]
    return Drawn(
        f"<pre>{escape(chr(10).join(lines))}</pre>{end(style, facts, dated=False)}",
        css=CSS + "pre { white-space: pre-wrap; line-height: 1.5 }",
    )
