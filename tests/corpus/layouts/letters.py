"""Letters: the numbers stand in sentences, the traps in the letterhead."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts, MeterFacts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts import parts
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def _day(style: Style, facts: Facts) -> str:
    return {"ru": f"{facts.reading_date:%d.%m.%Y} г.", "uz": f"{facts.reading_date:%d.%m.%Y}", "uz_cyrl": f"{facts.reading_date:%d.%m.%Y}"}[
        style.language
    ]


def _meter(style: Style, meter: MeterFacts) -> str:
    water = meter.kind is MeterKind.HOT_WATER
    model = escape(meter.model)
    if style.language == "ru":
        return f"{'счетчика горячей воды' if water else style.random.choice(('теплосчетчика', 'прибора учета тепловой энергии'))} {model} (зав. № {meter.serial})"
    if style.language == "uz":
        return f"{'issiq suv hisoblagichi' if water else 'issiqlik hisoblagichi'} {model} (zavod raqami {meter.serial})"
    return f"{'иссиқ сув ҳисоблагичи' if water else 'иссиқлик ҳисоблагичи'} {model} (завод рақами {meter.serial})"


def _opening(style: Style, facts: Facts) -> str:
    index, year, contract = facts.period.month - 1, facts.period.year, facts.contract_number
    if style.language == "ru":
        month = MONTHS["ru"][index]
        return style.random.choice(
            (
                f"Просим Вас принять к расчету показания по договору № {contract} за {month} {year} года.",
                f"Сообщаем показания приборов учета за {month} месяц {year} г. по договору теплоснабжения № {contract}.",
                f"Направляем отчет о потреблении тепла за {month} {year} г. (договор № {contract}).",
            )
        )
    month = MONTHS[style.language][index]
    if style.language == "uz":
        return style.random.choice(
            (
                f"{contract}-sonli shartnomaga asosan {year}-yil {month} oyi uchun hisoblagich ko‘rsatkichlarini qabul qilishingizni so‘raymiz.",
                f"Ma’lum qilamizki, {year} yil {month} oyida {contract}-sonli shartnoma bo‘yicha ko‘rsatkichlar quyidagicha.",
            )
        )
    return style.random.choice(
        (
            f"{contract}-сонли шартномага асосан {year} йил {month} ойи учун ҳисоблагич кўрсаткичларини қабул қилишингизни сўраймиз.",
            f"Маълум қиламизки, {year} йил {month} ойида {contract}-сонли шартнома бўйича кўрсаткичлар қуйидагича.",
        )
    )


def _sentence(style: Style, facts: Facts, meter: MeterFacts) -> str:
    unit, day = escape(style.unit(meter.unit)), _day(style, facts)
    previous, current, used = style.number(meter.previous), style.number(meter.current), style.number(meter.consumption)
    before = f"{facts.previous_date:%d.%m.%Y}"
    name = _meter(style, meter)
    if style.language == "ru":
        return style.random.choice(
            (
                f"Показания {name} на {day} составили {current} {unit}, предыдущее показание – {previous} {unit}. Расход за отчетный период {used} {unit}.",
                f"По состоянию на {day} показание {name}: {current} {unit}, предыдущее (на {before} г.) {previous} {unit}, потребление составило {used} {unit}.",
            )
        )
    if style.language == "uz":
        return style.random.choice(
            (
                f"{name}: oldingi ko‘rsatkich {previous} {unit}, {day} holatiga joriy ko‘rsatkich {current} {unit}, iste’mol {used} {unit}.",
                f"{name} bo‘yicha {day} kuni holatiga ko‘ra joriy ko‘rsatkich {current} {unit}, avvalgi ko‘rsatkich ({before}) {previous} {unit}. Sarf {used} {unit} ni tashkil etdi.",
            )
        )
    return style.random.choice(
        (
            f"{name}: олдинги кўрсаткич {previous} {unit}, {day} ҳолатига жорий кўрсаткич {current} {unit}, истеъмол {used} {unit}.",
            f"{name} бўйича {day} куни ҳолатига кўра жорий кўрсаткич {current} {unit}, аввалги кўрсаткич ({before}) {previous} {unit}. Сарф {used} {unit} ни ташкил этди.",
        )
    )


def letter(facts: Facts, style: Style) -> Drawn:
    """A letterhead and a paragraph for each meter."""
    sentences = [_sentence(style, facts, meter) for meter in facts.meters]
    text = "".join(f"<p>{sentence[0].upper()}{sentence[1:]}</p>" for sentence in sentences)
    return _page(facts, style, f"<p>{_opening(style, facts)}</p>{text}")


def letter_list(facts: Facts, style: Style) -> Drawn:
    """A letter with the values on lines of their own after dashes."""
    words = {
        "ru": ("предыдущее показание", "текущее показание", "расход"),
        "uz": ("oldingi ko‘rsatkich", "joriy ko‘rsatkich", "sarf"),
        "uz_cyrl": ("олдинги кўрсаткич", "жорий кўрсаткич", "сарф"),
    }[style.language]
    text = ""
    for meter in facts.meters:
        unit = escape(style.unit(meter.unit))
        values = [
            (words[0], f"{facts.previous_date:%d.%m.%Y}", meter.previous),
            (words[1], f"{facts.reading_date:%d.%m.%Y}", meter.current),
            (words[2], "", meter.consumption),
        ]
        name = _meter(style, meter)
        text += f"<p>{name[0].upper()}{name[1:]}:</p>" + "".join(
            f'<div class="item">– {word}{f" ({day})" if day else ""} – {style.number(value)} {unit};</div>' for word, day, value in values
        )
    return _page(facts, style, f"<p>{_opening(style, facts)}</p>{text}")


def letter_table(facts: Facts, style: Style) -> Drawn:
    """A letter whose numbers are in a small table inside the text."""
    keys = ("serial", "system", "unit", "current", "previous", "consumption")
    head = "".join(f"<th>{style.label(k)}</th>" for k in keys)
    rows = ""
    for m in facts.meters:
        cells = (
            m.serial,
            style.kind(m.kind),
            escape(style.unit(m.unit)),
            style.number(m.current),
            style.number(m.previous),
            style.number(m.consumption),
        )
        rows += "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    when = {"ru": "Показания сняты {}.", "uz": "Ko‘rsatkichlar {} kuni olindi.", "uz_cyrl": "Кўрсаткичлар {} куни олинди."}[style.language]
    text = f"<p>{_opening(style, facts)} {when.format(_day(style, facts))}</p><table><tr>{head}</tr>{rows}</table>"
    return _page(facts, style, text, "td, th { border: 0.3mm solid #333; padding: 1mm; text-align: center; }")


def _page(facts: Facts, style: Style, text: str, css: str = "") -> Drawn:
    closing = {
        "ru": ("Оригинал отчета будет представлен в установленный срок.", "Приложение: распечатка на 2 л."),
        "uz": ("Hisobotning asl nusxasi belgilangan muddatda topshiriladi.",),
        "uz_cyrl": ("Ҳисоботнинг асл нусхаси белгиланган муддатда топширилади.",),
    }[style.language]
    tail = f"<p>{style.random.choice(closing)}</p>" if style.chance(0.6) else ""
    end = parts.executor(style) if style.chance(0.4) else ""
    body = f"{parts.letterhead(style, facts)}{parts.outgoing(style, facts)}{parts.addressee(style)}{text}{tail}{parts.signatory(style, facts)}{end}"
    return Drawn(body, css=css + " .item { margin-left: 14mm; line-height: 1.5; }")
