"""Letters and blanks of the fourth batch: numbers in sentences, in lists, in a small table; blanks whose lines were typed upon; goods; a plain-text mail."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from html import escape

from metering.units import MeterKind, Unit
from tests.corpus.facts import Facts, MeterFacts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts import parts
from tests.corpus.layouts.aside.blocks import meter_row, row
from tests.corpus.layouts.aside.trade import close, css, indexes, kind, month, said, say, spelled, title, typed
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def _water(m: MeterFacts) -> bool:
    return m.kind is MeterKind.HOT_WATER


def please_accept(facts: Facts, style: Style) -> Drawn:
    """Russian letter: a sentence or two a meter; newer index first or older first, the older date in parentheses or left out."""
    random = style.random
    name, year = MONTHS["ru"][facts.period.month - 1], facts.period.year
    was, now = (f"{day:%d.%m.%Y} г." for day in (facts.previous_date, facts.reading_date))

    def sentence(m: MeterFacts) -> str:
        unit, n = escape(style.unit(m.unit)), style.number
        what = (
            "счетчика горячей воды"
            if _water(m)
            else random.choice(
                ("теплосчетчика на отопление", "теплосчетчика системы отопления", "прибора учета тепловой энергии (отопление)")
            )
        )
        device = f"{what} {escape(m.model)}, зав. № {m.serial}"
        return random.choice((
            f"Показания {device} на {now} составили {n(m.current)} {unit}, предыдущее показание (на {was}) — {n(m.previous)} {unit}. Расход за отчетный период — {n(m.consumption)} {unit}.",
            f"Показания {device}: предыдущие — {n(m.previous)} {unit}, текущие на {now} — {n(m.current)} {unit}, потребление составило {n(m.consumption)} {unit}.",
            f"По показаниям {device} потреблено {n(m.consumption)} {unit} (текущее показание на {now} {n(m.current)} {unit}, предыдущее {n(m.previous)} {unit}).",
        ))  # fmt: skip

    opening = random.choice((
        f"Просим принять показания приборов учета, установленных по адресу: {escape(facts.address)}, по договору № {facts.contract_number} за {name} {year} года.",
        f"{escape(facts.organization)} направляет отчет о потреблении тепловой энергии за {name} месяц {year} г. (договор № {facts.contract_number}, адрес объекта: {escape(facts.address)}).",
    ))  # fmt: skip
    body = (
        f'<div class="head"><b>{escape(facts.organization)}</b><br>{escape(facts.address)}<br>ИНН {facts.inn}, р/с 2020 8000 {random.randint(1000, 9999)} {random.randint(1000, 9999)} {random.randint(1000, 9999)} в АКБ «Узсаноаткурилишбанк», МФО {random.randint(100, 1199):05d}</div>'
        f"{parts.outgoing(style, facts)}{parts.addressee(style)}<p>{opening}</p>{''.join(f'<p>{sentence(m)}</p>' for m in facts.meters)}"
        + random.choice(("<p>Оригинал отчета будет представлен до 10 числа.</p>", ""))
        + close(style, facts, dated=False)
    )
    return Drawn(body, css=css(style))


def cover(facts: Facts, style: Style) -> Drawn:
    """Russian letter with a table: what was read stands under a sentence; contract and address in the sentence."""
    was, now = indexes(style, facts)
    rows = row([say(style, "meter"), say(style, "serial"), say(style, "system"), was, now, say(style, "consumption")], "th")
    for m in facts.meters:
        rows += meter_row(style, m, escape(m.model), m.serial, kind(style, m), unit="behind")
    body = (
        f'<table><tr><td style="width:55%"><b>{escape(facts.organization)}</b><br>{escape(facts.address)}<br>{said(style, facts, "inn")}<br>тел. (71) {style.random.randint(200, 299)}-{style.random.randint(10, 99)}-{style.random.randint(10, 99)}</td><td>{parts.addressee(style)}</td></tr></table>'
        f"{parts.outgoing(style, facts)}<p>В соответствии с договором № {facts.contract_number} направляем показания приборов учета тепловой энергии за {MONTHS['ru'][facts.period.month - 1]} {facts.period.year} года, снятые {style.date(facts.reading_date)}:</p>"
        f'<table class="grid mid">{rows}</table>{close(style, facts, dated=False)}{parts.executor(style)}'
    )
    return Drawn(body, css=css(style) + ".grid { font-size: 90% }")


def inform(facts: Facts, style: Style) -> Drawn:
    """Uzbek letter in Latin: a sentence a meter; the contract's number before its word or behind it."""
    random = style.random

    def t(text: str) -> str:
        return typed(style, text)

    year, name = facts.period.year, MONTHS["uz"][facts.period.month - 1]

    def sentence(m: MeterFacts) -> str:
        unit, n = escape(style.unit(m.unit)), style.number
        what = t(
            "issiq suv hisoblagichi"
            if _water(m)
            else random.choice(("isitish tizimi issiqlik hisoblagichi", "issiqlik hisoblagichi (isitish)"))
        )
        before, now, used = n(m.previous), n(m.current), n(m.consumption)
        return random.choice((
            f"{escape(m.model)} {what}, {t('zavod raqami')} {m.serial}: {t('oldingi ko‘rsatkich')} – {before} {unit}, {t('joriy ko‘rsatkich')} – {now} {unit}, {t('sarf')} – {used} {unit}.",
            f"{what.capitalize()} ({escape(m.model)}, {t('zavod raqami')} {m.serial}) {t('ko‘rsatkichi')} {now} {unit}, {t('o‘tgan oydagi ko‘rsatkich')} {before} {unit}, {t('iste’mol qilingan issiqlik energiyasi')} {used} {unit}.",
        ))  # fmt: skip

    contract = random.choice(
        (f"{facts.contract_number}-sonli shartnomaga asosan", f"{t('Shartnoma raqami')} {facts.contract_number} {t('bo‘yicha')}")
    )
    day = f"{facts.reading_date.year}-yil {facts.reading_date.day}-{MONTHS['uz'][facts.reading_date.month - 1]}"
    body = (
        f"{parts.letterhead(style, facts)}{parts.outgoing(style, facts)}{parts.addressee(style)}"
        f"<p>{contract} {year}-yil {name} {t('oyi uchun hisoblagichlarning')} {day} {t('holatiga ko‘rsatkichlarini qabul qilishingizni so‘raymiz.')}</p>"
        + "".join(f"<p>{sentence(m)}</p>" for m in facts.meters)
        + close(style, facts, dated=False)
    )
    return Drawn(body, css=css(style))


def listed_letter(facts: Facts, style: Style) -> Drawn:
    """Uzbek letter in Cyrillic: date at the right, a list with dashes under each meter, the dates in parentheses behind the words."""

    def t(text: str) -> str:
        return typed(style, text)

    year, name = facts.period.year, MONTHS["uz_cyrl"][facts.period.month - 1]
    items = ""
    for m in facts.meters:
        unit = escape(style.unit(m.unit))
        what = t("Иссиқ сув ҳисоблагичи" if _water(m) else "Иссиқлик ҳисоблагичи (иситиш)")
        items += f'<div style="margin-top:3mm">{what} {escape(m.model)}, {t("завод рақами")} {m.serial}:</div>'
        items += f"<div class=in>– {t('олдинги кўрсаткич')} ({facts.previous_date:%d.%m.%Y} й.) – {style.number(m.previous)} {unit};</div><div class=in>– {t('жорий кўрсаткич')} ({facts.reading_date:%d.%m.%Y} й.) – {style.number(m.current)} {unit};</div>"
        items += f"<div class=in>– {t('истеъмол қилинган иссиқлик энергияси миқдори' if m.unit is not Unit.M3 else 'истеъмол қилинган сув миқдори')} – {style.number(m.consumption)} {unit}.</div>"
    body = (
        f'<table><tr><td>{escape(facts.organization)}<br>{escape(facts.address)}<br>{say(style, "inn")} {facts.inn}</td><td class="right" style="vertical-align:top">{spelled(style, facts.report_date)}</td></tr></table>{parts.addressee(style)}'
        f"<p>{facts.contract_number}-{t('сонли шартномага асосан')} {year} {t('йил')} {name} {t('ойи учун ҳисоблагич кўрсаткичларини қабул қилишингизни сўраймиз')}:</p>{items}{close(style, facts, dated=False)}"
    )
    return Drawn(body, css=css(style) + ".in { margin-left: 8mm; line-height: 1.4 }")


def underscored(facts: Facts, style: Style) -> Drawn:
    """A Russian blank filled in on a computer: the values stand on underlined places, several to a line."""

    def on(value: str, wide: int = 0) -> str:
        return f'<span class="on" style="min-width:{wide}mm">{value}</span>'

    month_name = MONTHS["ru"][facts.period.month - 1]
    text = f'<h1 style="text-align:center">ОТЧЕТ</h1><div style="text-align:center">о потреблении тепловой энергии за {on(month_name, 30)} месяц {on(str(facts.period.year))} г.</div><br>'
    text += f"<div>Организация {on(escape(facts.organization), 120)}</div><div>Адрес {on(escape(facts.address), 130)}</div><div>Договор № {on(facts.contract_number, 25)} ИНН {on(facts.inn, 35)}</div>"
    for m in facts.meters:
        unit = escape(style.unit(m.unit))
        text += f'<div style="margin-top:3mm">Прибор учета {on(escape(m.model), 40)} зав. № {on(m.serial, 35)} ({"ГВС" if _water(m) else "отопление"})</div>'
        text += f"<div>Показания: предыдущие {on(style.number(m.previous), 26)} текущие {on(style.number(m.current), 26)} расход {on(style.number(m.consumption), 22)} {unit}</div>"
    text += f'<div style="margin-top:3mm">Показания сняты {on(style.date(facts.reading_date), 35)}</div>'
    return Drawn(
        text + close(style, facts),
        css=css(style)
        + "div { line-height: 1.7 } .on { display: inline-block; border-bottom: 0.25mm solid #222; text-align: center; padding: 0 1.5mm; line-height: 1.2 } .close div { line-height: 1.3 }",
    )


def answered(facts: Facts, style: Style) -> Drawn:
    """A Uzbek blank: numbered questions at the left, answers on a dotted line; one block of them a meter."""
    lines = [(say(style, "organization"), escape(facts.organization)), (say(style, "address"), escape(facts.address)), (say(style, "inn"), facts.inn), (say(style, "contract"), facts.contract_number),
             (typed(style, "Hisobot oyi"), f"{facts.period.year}-yil {MONTHS['uz'][facts.period.month - 1]}"), (say(style, "reading_date"), style.date(facts.reading_date))]  # fmt: skip
    was, now = indexes(style, facts)
    for m in facts.meters:
        unit = escape(style.unit(m.unit))
        lines += [(say(style, "meter"), f"{escape(m.model)} ({kind(style, m)})"), (say(style, "serial"), m.serial), (was, f"{style.number(m.previous)} {unit}"), (now, f"{style.number(m.current)} {unit}"),
                  (say(style, "consumption"), f"{style.number(m.consumption)} {unit}")]  # fmt: skip
    rows = "".join(
        f'<tr><td style="width:8mm">{i}.</td><td style="width:66mm">{word}</td><td class="dots">{value}</td></tr>'
        for i, (word, value) in enumerate(lines, 1)
    )
    return Drawn(
        f'<h1 style="text-align:center">{say(style, "title")}</h1><table>{rows}</table>{close(style, facts)}',
        css=css(style) + "td { padding: 1mm } .dots { border-bottom: 0.3mm dotted #333 }",
    )


def goods(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic, goods-like: name, unit, amount, remark with the meter's number; no indexes."""

    def t(text: str) -> str:
        return typed(style, text)

    rows = row([t("Т/р"), t("Номи"), t("Ўлчов бирлиги"), t("Миқдори"), t("Изоҳ")], "th")
    for i, m in enumerate(facts.meters, 1):
        name = t("Иссиқ сув таъминоти учун иссиқлик энергияси" if _water(m) else "Иситиш учун иссиқлик энергияси")
        rows += row([str(i), name, escape(style.unit(m.unit)), style.number(m.consumption), f"{t('ҳисоблагич')} № {m.serial}"])
    total = style.total(facts)
    if total:
        rows += row(["", t("Жами иссиқлик энергияси"), escape(style.unit(facts.meters[0].unit)), total, ""])
    keys = "".join(f"<div>{said(style, facts, k)}</div>" for k in ("organization", "address", "contract", "inn", "reading_date"))
    return Drawn(
        f'{parts.addressee(style)}{title(style, facts)}{keys}<table class="grid mid">{rows}</table>{close(style, facts)}', css=css(style)
    )


def bare_text(facts: Facts, style: Style) -> Drawn:
    """Uzbek, typed without a word processor: a table of | in a monospaced letter, labels on lines, a line for the total below."""

    def t(text: str) -> str:
        return typed(style, text)

    heads = ["T/r", t("Hisoblagich turi"), t("Zavod raqami"), t("Oldingi"), t("Joriy"), t("Farqi"), t("Birligi")]
    lines = [heads]
    for i, m in enumerate(facts.meters, 1):
        lines.append(
            [
                str(i),
                f"{m.model} ({t('issiq suv' if _water(m) else 'isitish')})",
                m.serial,
                style.number(m.previous),
                style.number(m.current),
                style.number(m.consumption),
                style.unit(m.unit),
            ]
        )
    widths = [max(len(line[i]) for line in lines) for i in range(len(heads))]
    table = "\n".join("| " + " | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) + " |" for line in lines)
    total = style.total(facts)
    sums = f"\n\n{t('Jami issiqlik energiyasi')}: {total} {style.unit(facts.meters[0].unit)}" if total else ""
    text = (
        f"{t('ISSIQLIK ENERGIYASI ISTE’MOLI TO‘G‘RISIDA HISOBOT')}\n{month(style, facts)}\n\n{t('Tashkilot nomi')}: {facts.organization}\n{t('Manzili')}: {facts.address}\n{t('Shartnoma raqami')}: {facts.contract_number}     STIR: {facts.inn}\n\n"
        f"{table}{sums}\n\n{t('Ko‘rsatkichlar olingan sana')}: {style.date(facts.reading_date)}"
    )
    return Drawn(
        f"<pre>{escape(text)}</pre>{close(style, facts)}",
        css=css(style) + 'pre { font-family: "DejaVu Sans Mono"; font-size: 8pt; line-height: 1.4 }',
        margins=(16, 14),
    )
