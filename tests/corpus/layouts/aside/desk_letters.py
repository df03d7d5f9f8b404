"""Letters of the sixth batch that were shown: short ones in Russian, Uzbek sentences, items with a parenthesis."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts, MeterFacts
from tests.corpus.layouts import parts
from tests.corpus.layouts.aside.desk import close, css, day, month, state
from tests.corpus.layouts.aside.trade import typed
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def _water(m: MeterFacts) -> bool:
    return m.kind is MeterKind.HOT_WATER


def brief(facts: Facts, style: Style) -> Drawn:
    """As few words as will do: what was used first, then the meter, was and is."""
    random, n = style.random, style.number
    was, now = day(style, facts.previous_date), day(style, facts.reading_date)

    def about(m: MeterFacts) -> str:
        unit, what = escape(style.unit(m.unit)), "горячую воду" if _water(m) else "отопление"
        return random.choice((
            f"На {what} израсходовано {n(m.consumption)} {unit}: счетчик {escape(m.model)} № {m.serial}, было {n(m.previous)} ({was}), стало {n(m.current)} ({now}).",
            f"Счетчик на {what} {escape(m.model)} (зав. № {m.serial}) {now} показывал {n(m.current)} {unit}, в прошлый раз, {was}, {n(m.previous)} {unit}. За месяц ушло {n(m.consumption)} {unit}.",
            f"За месяц на {what} получено {n(m.consumption)} {unit} тепла. Прибор {escape(m.model)}, заводской номер {m.serial}, показание {was} – {n(m.previous)}, показание {now} – {n(m.current)}.",
        ))  # fmt: skip

    opening = random.choice((
        f"Информируем Вас о расходе тепловой энергии за {month(style, facts)} {facts.period.year} года по договору № {facts.contract_number}.",
        f"Высылаем данные по теплу за {month(style, facts)} {facts.period.year} г. Наш договор № {facts.contract_number}.",
        f"Предоставляем показания счетчика тепла за {month(style, facts)} {facts.period.year} г. согласно договору {facts.contract_number}.",
    ))  # fmt: skip
    body = f"{parts.letterhead(style, facts)}{parts.outgoing(style, facts)}{parts.addressee(style)}<p>{opening}</p>{''.join(f'<p>{about(m)}</p>' for m in facts.meters)}<p>Показания сняты {now}.</p>{close(style, facts, dated=False)}"
    return Drawn(body, css=css(style))


def sentences(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: sentences with case endings on numbers and units."""
    random, n = style.random, style.number

    def t(text: str) -> str:
        return typed(style, text)

    def about(m: MeterFacts) -> str:
        unit, what = escape(style.unit(m.unit)), t("issiq suv" if _water(m) else "isitish")
        return random.choice((
            f"{t('Zavod raqami')} {m.serial} {t('bo‘lgan')} {escape(m.model)} {t('rusumli')} {what} {t('hisoblagichining o‘tgan oydagi ko‘rsatkichi')} {n(m.previous)} {unit}, {t('shu oydagi ko‘rsatkichi')} {n(m.current)} {unit}, {t('sarf')} {n(m.consumption)} {unit}{t('ni tashkil etdi.')}",
            f"{what.capitalize()} {t('hisoblagichi')}: {escape(m.model)}, № {m.serial}. {t('Ko‘rsatkichlari')}: {t('boshida')} {n(m.previous)}, {t('oxirida')} {n(m.current)}. {t('Jami sarflangan issiqlik')}: {n(m.consumption)} {unit}.",
            f"{escape(m.model)} ({t('zavod raqami')} {m.serial}) {t('hisoblagichi bo‘yicha')} {what} {t('uchun')} {n(m.consumption)} {unit} {t('issiqlik sarflandi (avvalgi ko‘rsatkich')} {n(m.previous)}, {t('hozirgi ko‘rsatkich')} {n(m.current)}).",
        ))  # fmt: skip

    opening = random.choice((
        f"{escape(facts.organization)} {t('Sizga')} {facts.period.year}-yil {month(style, facts)} {t('oyida sarflangan issiqlik energiyasi haqida ma’lumot beradi. Shartnoma raqami')}: {facts.contract_number}.",
        f"{facts.contract_number}-{t('sonli shartnoma bo‘yicha')} {facts.period.year}-yil {month(style, facts)} {t('oyidagi issiqlik sarfi haqidagi ma’lumotni ilova qilamiz.')}",
    ))  # fmt: skip
    read = f"{t('Ko‘rsatkichlar')} {state(style, facts.reading_date)} {t('yozib olingan.')}"
    body = f"{parts.letterhead(style, facts)}{parts.outgoing(style, facts)}{parts.addressee(style)}<p>{opening} {read}</p>{''.join(f'<p>{about(m)}</p>' for m in facts.meters)}{close(style, facts, dated=False)}"
    return Drawn(body, css=css(style))


def lettered(facts: Facts, style: Style) -> Drawn:
    """Russian: а), б), в) under a sentence, the day in words, both indexes in one item."""
    n = style.number
    items = ""
    for letter, m in zip("абвгде", facts.meters, strict=False):
        unit, what = escape(style.unit(m.unit)), "горячее водоснабжение" if _water(m) else "отопление"
        items += f'<div class="item">{letter}) {what}, прибор учета {escape(m.model)}, заводской номер {m.serial}:<br>показания с {n(m.previous)} по {n(m.current)} {unit}, потребление {n(m.consumption)} {unit};</div>'
    total = style.total(facts)
    sums = f"<p>Всего потреблено {total} {escape(style.unit(facts.meters[0].unit))}.</p>" if total else ""
    body = (
        f'<table><tr><td style="width:50%"><b>{escape(facts.organization)}</b><br>ИНН {facts.inn}<br>{escape(facts.address)}</td><td>{parts.addressee(style)}</td></tr></table><div>{day(style, facts.report_date, 5)} № {style.random.randint(10, 400)}</div>'
        f"<p>Во исполнение договора № {facts.contract_number} сообщаем потребление тепловой энергии за {month(style, facts)} {facts.period.year} г. (показания на {day(style, facts.reading_date, 4)}):</p>{items}{sums}{close(style, facts, dated=False)}{parts.executor(style)}"
    )
    return Drawn(body, css=css(style, ".item { margin: 2mm 0 2mm 8mm; line-height: 1.4 }"))
