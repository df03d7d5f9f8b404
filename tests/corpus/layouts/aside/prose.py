"""Letters and an act of the sixth batch that stay aside."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts, MeterFacts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts import parts
from tests.corpus.layouts.aside.blocks import row
from tests.corpus.layouts.aside.desk import close, css, day, kind, line, month, numbers, pair, say, state
from tests.corpus.layouts.aside.trade import second_person, typed
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def _water(m: MeterFacts) -> bool:
    return m.kind is MeterKind.HOT_WATER


def enclosed(facts: Facts, style: Style) -> Drawn:
    """Russian letter with a table of two columns, what and how much, for each meter."""
    was, now = pair(style, facts)
    tables = ""
    for m in facts.meters:
        unit, (before, current, used) = escape(style.unit(m.unit)), numbers(style, m)
        rows = row([say(style, "meter"), f"{escape(m.model)} № {m.serial}"]) + row([say(style, "system"), kind(style, m)])
        rows += row([was, f"{before} {unit}"]) + row([now, f"{current} {unit}"]) + row([say(style, "consumption"), f"{used} {unit}"])
        tables += f'<table class="grid" style="width:75%">{rows}</table>'
    body = (
        f"{parts.letterhead(style, facts)}{parts.outgoing(style, facts)}{parts.addressee(style)}<p>Прилагаем показания узла учета за {month(style, facts)} {facts.period.year} года по договору № {facts.contract_number}, снятые {day(style, facts.reading_date)}:</p>"
        f"{tables}{close(style, facts, dated=False)}"
    )
    return Drawn(body, css=css(style, ".grid td:first-child { width: 55% }"))


def we_tell(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic: «маълум қиламизки», a sentence a meter with numbers before and behind their words."""
    random, n = style.random, style.number

    def t(text: str) -> str:
        return typed(style, text)

    def about(m: MeterFacts) -> str:
        unit, what = escape(style.unit(m.unit)), t("иссиқ сув" if _water(m) else "иситиш")
        return random.choice((
            f"{what.capitalize()} {t('тизимидаги')} {escape(m.model)} {t('ҳисоблагичи (завод рақами')} {m.serial}) {t('бўйича сарф')} {n(m.consumption)} {unit} {t('ни ташкил этди: аввалги кўрсаткич')} {n(m.previous)}, {t('ҳозирги кўрсаткич')} {n(m.current)}.",
            f"{escape(m.model)}, {t('завод рақами')} {m.serial} ({what}): {day(style, facts.previous_date, 0)} {t('кунги кўрсаткич')} {n(m.previous)} {unit}, {day(style, facts.reading_date, 0)} {t('кунги кўрсаткич')} {n(m.current)} {unit}, {t('фарқи')} {n(m.consumption)} {unit}.",
        ))  # fmt: skip

    body = (
        f"{parts.letterhead(style, facts)}{parts.outgoing(style, facts)}{parts.addressee(style)}<p>{escape(facts.organization)} {t('шуни маълум қиладики')}, {facts.period.year}-{t('йил')} {month(style, facts)} {t('ойида')} {facts.contract_number}-{t('сонли шартнома бўйича қуйидаги миқдорда иссиқлик энергияси истеъмол қилинди. Кўрсаткичлар')} {state(style, facts.reading_date)} {t('олинган')}.</p>"
        + "".join(f"<p>{about(m)}</p>" for m in facts.meters)
        + close(style, facts, dated=False)
    )
    return Drawn(body, css=css(style))


def parties(facts: Facts, style: Style) -> Drawn:
    """Russian act: the parties in a sentence, a table, both sides below."""
    _, other = second_person(style, facts)
    was, now = pair(style, facts)
    rows = row(
        [
            say(style, "number"),
            say(style, "system"),
            say(style, "meter"),
            say(style, "serial"),
            was,
            now,
            say(style, "consumption"),
            say(style, "unit"),
        ],
        "th",
    )
    for i, m in enumerate(facts.meters, 1):
        rows += row([str(i), kind(style, m), escape(m.model), m.serial, *numbers(style, m), escape(style.unit(m.unit))])
    body = (
        f'<h1 style="text-align:center">АКТ<br>снятия показаний приборов учета</h1><table style="margin:0"><tr><td>г. Ташкент</td><td class="right">{day(style, facts.report_date, 5)}</td></tr></table>'
        f"<p>Мы, нижеподписавшиеся, представитель потребителя {escape(facts.organization)} (ИНН {facts.inn}, {escape(facts.address)}) {escape(facts.signatory)} с одной стороны и представитель теплоснабжающей организации {escape(other)} с другой стороны составили настоящий акт о том, что {day(style, facts.reading_date, 0)} сняты показания приборов учета по договору № {facts.contract_number} за {MONTHS['ru'][facts.period.month - 1]} {facts.period.year} г.:</p>"
        f'<table class="grid mid" style="font-size:88%">{rows}</table>{close(style, facts, dated=False)}'
    )
    return Drawn(body, css=css(style))


def note_of_month(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: a half-page note, label and value in two columns without rules, sums in the same column."""
    was, now = pair(style, facts)
    rows = ""
    for key in ("organization", "address", "contract", "inn", "reading_date"):
        word = say(style, key)
        rows += row([word, line(style, facts, key).removeprefix(word).lstrip(" :–-")])
    for m in facts.meters:
        unit, (before, current, used) = escape(style.unit(m.unit)), numbers(style, m)
        rows += row([say(style, "meter"), f"{escape(m.model)} ({kind(style, m)})"]) + row([say(style, "serial"), m.serial])
        rows += row([f"{was} ({unit})", before]) + row([f"{now} ({unit})", current]) + row([f"{say(style, 'consumption')} ({unit})", used])
    body = f'<h1>{facts.period.year}-yil {month(style, facts)}: {typed(style, "issiqlik energiyasi hisoboti")}</h1><table class="bare">{rows}</table>{close(style, facts)}'
    return Drawn(body, css=css(style, ".bare td:first-child { width: 42% } .bare td { padding: 0.7mm 0 }"))
