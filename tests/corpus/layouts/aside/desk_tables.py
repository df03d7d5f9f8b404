"""Tables and acts of the sixth batch that were shown: an appendix, a bill-like sheet, coded rows, notes beside the numbers, two languages, objects, an act."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from decimal import Decimal
from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts import parts
from tests.corpus.layouts.aside.blocks import row, total_row
from tests.corpus.layouts.aside.desk import close, css, day, kind, line, lines, month, numbers, pair, say, state, top
from tests.corpus.layouts.aside.trade import second_person, typed
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def appendix(facts: Facts, style: Style) -> Drawn:
    """The contract stands above at the right only; type and number of the meter share a cell, a coefficient of 1 stands beside the difference."""
    unit = escape(style.unit(facts.meters[0].unit))
    was, now = pair(style, facts, short=True)
    head = f"<tr><th rowspan=3>№<br>п/п</th><th rowspan=3>Наименование объекта</th><th rowspan=3>Тип, заводской номер прибора</th><th colspan=4>Показания прибора учета</th><th rowspan=3>{say(style, 'consumption')}, {unit}</th></tr>"
    head += (
        f"<tr><th colspan=2>по счетчику</th><th rowspan=2>разность</th><th rowspan=2>коэф.</th></tr><tr><th>{was}</th><th>{now}</th></tr>"
    )
    head += row([str(i) for i in range(1, 9)], "th")
    rows = ""
    for i, m in enumerate(facts.meters, 1):
        before, current, used = numbers(style, m)
        rows += row([str(i), kind(style, m).capitalize(), f"{escape(m.model)}, {m.serial}", before, current, used, "1", used])
    rows += total_row(style, facts, lambda: say(style, "total"), 6, before=1)
    number = style.random.randint(1, 6)
    body = (
        f'<div class="right">Приложение № {number}<br>к договору № {facts.contract_number}<br>от {day(style, facts.previous_date.replace(year=facts.previous_date.year - 2), 0)} г.</div>{top(style, facts)}'
        f'{lines(style, facts, "organization", "address", "reading_date")}<table class="grid mid" style="font-size:88%">{head}{rows}</table>{close(style, facts)}'
    )
    return Drawn(body, frozenset({"inn"}), css(style))


def bill(facts: Facts, style: Style) -> Drawn:
    """A spreadsheet that reckons the money, too: date and index, date and index, used, price, sum, tax, with tax; the meter on a line above its row."""
    random, wide = style.random, 9
    price = Decimal(random.choice((342296, 952797, 383371)))
    head = row(["Дата пред.", "Показание", "Дата текущ.", "Показание", "Расход", "Ед.", "Цена, сум", "Сумма без НДС", "НДС 12%"], "th")
    rows, money = "", Decimal(0)
    for m in facts.meters:
        before, current, used = numbers(style, m)
        cost = (Decimal(m.consumption) * price).quantize(Decimal(1))
        money += cost
        tax = (cost * Decimal("0.12")).quantize(Decimal(1))
        rows += f'<tr><td colspan="{wide}" style="text-align:left">{kind(style, m).capitalize()}: {escape(m.model)}, {say(style, "serial")} {m.serial}</td></tr>'
        rows += row([f"{facts.previous_date:%d.%m.%y}", before, f"{facts.reading_date:%d.%m.%y}", current, used, escape(style.unit(m.unit)), f"{price:,}".replace(",", " "), f"{cost:,}".replace(",", " "), f"{tax:,}".replace(",", " ")])  # fmt: skip
    rows += f'<tr><td colspan="7">Всего к оплате с НДС</td><td colspan="2">{(money * Decimal("1.12")).quantize(Decimal(1)):,} сум</td></tr>'.replace(",", " ")  # fmt: skip
    keys = row([line(style, facts, "organization"), line(style, facts, "contract")]) + row(
        [line(style, facts, "address"), line(style, facts, "inn")]
    )
    return Drawn(
        f'{top(style, facts)}<table class="bare">{keys}</table><table class="grid mid" style="font-size:82%">{head}{rows}</table>{close(style, facts)}',
        css=css(style),
        margins=(14, 12),
    )


def coded_rows(facts: Facts, style: Style) -> Drawn:
    """As a statistical form: what the row is, its code, the unit, and a column for each meter."""
    heads = ["Показатели", "Код<br>строки", "Ед. изм.", *(f"Прибор {i}" for i in range(1, len(facts.meters) + 1))]
    was, now = pair(style, facts)
    unit = escape(style.unit(facts.meters[0].unit))
    each = [numbers(style, m) for m in facts.meters]
    cells = [
        [say(style, "meter"), "", *(escape(m.model) for m in facts.meters)],
        [say(style, "serial"), "", *(m.serial for m in facts.meters)],
        [say(style, "system"), "", *(kind(style, m) for m in facts.meters)],
        [was, unit, *(n[0] for n in each)],
        [now, unit, *(n[1] for n in each)],
        [say(style, "consumption"), unit, *(n[2] for n in each)],
    ]
    rows = row(heads, "th") + row(["А", "Б", "В", *(str(i) for i in range(1, len(each) + 1))], "th")
    rows += "".join(row([cell[0], f"{i}0".zfill(3), *cell[1:]]) for i, cell in enumerate(cells, 1))
    body = (
        f'<div class="right small">Форма № {style.random.randint(1, 9)}-ТЭ<br>Представляется ежемесячно до 25 числа</div>{top(style, facts)}{lines(style, facts, "organization", "address")}'
        f'<div>{line(style, facts, "inn")} &nbsp;&nbsp; {line(style, facts, "contract")}</div>{lines(style, facts, "reading_date")}<table class="grid mid">{rows}</table>{close(style, facts)}'
    )
    return Drawn(body, css=css(style, ".grid td:first-child { text-align: left }"))


def remarks(facts: Facts, style: Style) -> Drawn:
    """Uzbek: heads with a day of a two-digit year, the unit in parentheses below, a last column of seals and remarks."""
    random = style.random

    def t(text: str) -> str:
        return typed(style, text)

    was, now = pair(style, facts)
    heads = [say(style, "number"), say(style, "system"), say(style, "meter"), say(style, "serial"), f"{was}<br>({facts.previous_date:%d.%m.%y})", f"{now}<br>({facts.reading_date:%d.%m.%y})", say(style, "consumption"), say(style, "unit"), t("Izoh")]  # fmt: skip
    rows = row(heads, "th")
    for i, m in enumerate(facts.meters, 1):
        note = random.choice(
            (f"plomba № {random.randint(10000, 999999)} {t('butun')}", t("ishlayapti"), f"{t('qiyoslov')} {facts.period.year + 1}-yil", "")
        )
        rows += row([str(i), kind(style, m), escape(m.model), m.serial, *numbers(style, m), escape(style.unit(m.unit)), note])
    rows += total_row(style, facts, lambda: say(style, "total"), 6, after=2)
    body = f'{parts.addressee(style) if random.random() < 0.6 else ""}{top(style, facts)}{lines(style, facts, "organization", "contract", "address", "inn")}<div>{t("Ko‘rsatkichlar")} {state(style, facts.reading_date)} {t("olindi")}.</div><table class="grid mid" style="font-size:84%">{rows}</table>{close(style, facts)}'
    return Drawn(body, css=css(style))


def two_scripts(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic and Russian: the second language in brackets, in small print or behind a bar."""
    shape = style.random.choice(("{} ({})", "{}<br><i>{}</i>", "{} | {}", "{} – {}"))

    def both(a: str, b: str) -> str:
        return shape.format(typed(style, a), b)

    top_rows = "".join(
        row([both(a, b), v])
        for a, b, v in (
            ("Ташкилот номи", "Наименование организации", escape(facts.organization)),
            ("Манзили", "Адрес", escape(facts.address)),
            ("СТИР", "ИНН", facts.inn),
            ("Шартнома рақами", "№ договора", facts.contract_number),
            ("Кўрсаткич олинган сана", "Дата снятия показаний", day(style, facts.reading_date)),
        )
    )
    heads = [both("Ҳисоблагич", "Прибор учета"), both("Завод рақами", "Зав. №"), both("Тизим", "Система"), both("Олдинги", "Предыдущее"), both("Жорий", "Текущее"), both("Сарф", "Расход"), both("Бирлик", "Ед. изм.")]  # fmt: skip
    rows = row(heads, "th")
    for m in facts.meters:
        system = both("иссиқ сув", "ГВС") if m.kind is MeterKind.HOT_WATER else both("иситиш", "отопление")
        rows += row([escape(m.model), m.serial, system, *numbers(style, m), escape(style.unit(m.unit))])
    rows += total_row(style, facts, lambda: both("Жами", "Итого"), 5, after=1)
    name = f"{facts.period.year} йил {month(style, facts)} / {MONTHS['ru'][facts.period.month - 1]} {facts.period.year} г."
    body = f'<h1 style="text-align:center">{typed(style, "Иссиқлик энергияси истеъмоли ҳисоботи")}<br>Отчет о потреблении тепловой энергии<br>{name}</h1><table class="grid">{top_rows}</table><table class="grid mid" style="font-size:88%">{rows}</table>{close(style, facts)}'
    return Drawn(body, css=css(style))


def buildings(facts: Facts, style: Style) -> Drawn:
    """A kindergarten's or a school's: each building's meter, the address of the whole above; heads in Uzbek of everyday words, a numbering row, no rules but lines below rows."""
    was, now = pair(style, facts)
    unit_in_head = len({m.unit for m in facts.meters}) == 1
    unit = escape(style.unit(facts.meters[0].unit))
    suffix = f" ({unit})" if unit_in_head else ""
    heads = [
        say(style, "number"),
        typed(style, "Bino"),
        say(style, "serial"),
        was,
        now,
        say(style, "consumption") + suffix,
        *([] if unit_in_head else [say(style, "unit")]),
    ]
    rows = row(heads, "th")
    for i, m in enumerate(facts.meters, 1):
        building = typed(style, style.random.choice(("Asosiy bino", f"{i}-bino", f"{chr(64 + i)} korpus"))) + f", {kind(style, m)}"
        rows += row([str(i), building, f"{escape(m.model)}<br>{m.serial}", *numbers(style, m), *([] if unit_in_head else [escape(style.unit(m.unit))])])  # fmt: skip
    rows += total_row(style, facts, lambda: say(style, "total"), 5)
    body = f'{top(style, facts)}{lines(style, facts, "organization", "address", "inn", "contract", "reading_date")}<table class="lined mid">{rows}</table>{close(style, facts)}'
    return Drawn(body, css=css(style, ".lined td, .lined th { border-bottom: 0.2mm solid #555; padding: 1mm 1.5mm }"))


def record(facts: Facts, style: Style) -> Drawn:
    """An act in Uzbek Cyrillic: who met where in a sentence, a table, that all is in order, both sides below."""

    def t(text: str) -> str:
        return typed(style, text)

    _, other = second_person(style, facts)
    was, now = pair(style, facts)
    rows = row(
        [say(style, "meter"), say(style, "serial"), say(style, "system"), was, now, say(style, "consumption"), say(style, "unit")], "th"
    )
    for m in facts.meters:
        rows += row([escape(m.model), m.serial, kind(style, m), *numbers(style, m), escape(style.unit(m.unit))])
    body = (
        f'<h1 style="text-align:center">{t("ДАЛОЛАТНОМА")} № {style.random.randint(1, 90)}</h1><table style="margin:0"><tr><td>{t("Тошкент шаҳри")}</td><td class="right">{day(style, facts.report_date, 4)}</td></tr></table>'
        f"<p>{t('Биз, қуйида имзо чекувчилар,')} {escape(facts.organization)} ({t('СТИР')} {facts.inn}, {t('манзили')}: {escape(facts.address)}) {t('вакили')} {escape(facts.signatory)} {t('ва иссиқлик таъминоти корхонаси вакили')} {escape(other)}, "
        f"{facts.contract_number}-{t('сонли шартномага мувофиқ')} {facts.period.year} {t('йил')} {month(style, facts)} {t('ойи учун ҳисоблагичларнинг')} {state(style, facts.reading_date)} {t('кўрсаткичларини ёзиб олдик')}:</p>"
        f'<table class="grid mid" style="font-size:90%">{rows}</table><div>{t("Пломбалар бутун, ҳисоблагичлар соз ҳолатда.")}</div>{close(style, facts, dated=False)}'
    )
    return Drawn(body, css=css(style))
