"""Papers with more in them than a report: a letter with an annex, an act with prices, sums as a formula, numbers repeated in words."""
# ruff: noqa: E501 - lines of text

from __future__ import annotations

from decimal import Decimal
from html import escape

from num2words import num2words

from metering.units import MeterKind
from tests.corpus.facts import Facts, MeterFacts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts import parts
from tests.corpus.layouts.aside.blocks import meter_row, row
from tests.corpus.layouts.aside.ends import CSS, initials_first, ink, seal, signed_line
from tests.corpus.layouts.parts import Drawn
from tests.corpus.names import SUPPLIERS
from tests.corpus.style import Style


def _kind(m: MeterFacts) -> str:
    return "горячее водоснабжение" if m.kind is MeterKind.HOT_WATER else "отопление"


def letter_with_annex(facts: Facts, style: Style) -> Drawn:
    """Two sheets: a letter with the requisites, ink and seal, and an annex that holds the table and nothing else."""
    month = MONTHS["ru"][facts.period.month - 1]
    rows = row(["№", "Теплосчетчик", "Вид", "Нач. показание", "Кон. показание", "Потребление", "Ед."], "th")
    for i, m in enumerate(facts.meters, 1):
        rows += meter_row(style, m, str(i), f"{escape(m.model)} зав. № {m.serial}", _kind(m), unit="apart")
    letter = (
        f"{parts.letterhead(style, facts)}{parts.outgoing(style, facts)}{parts.addressee(style)}"
        f"<p>Направляем отчет о потреблении тепловой энергии за {month} {facts.period.year} г. по договору № {facts.contract_number}. Показания приборов учета сняты {style.date(facts.reading_date)}</p>"
        f"<p>Приложение: на 1 листе.</p>{signed_line(style, facts, place='М.П.')}{parts.executor(style)}"
    )
    annex = f'<div style="page-break-before: always" class="right">Приложение</div><h1 style="text-align:center">Показания приборов учета</h1><table class="grid">{rows}</table>'
    return Drawn(letter + annex, css=CSS + ".grid td { text-align: center }")


def act_with_prices(facts: Facts, style: Style) -> Drawn:
    """An act of acceptance: tariff, cost, tax and sum beside the quantities; supplier and customer sign side by side."""
    random, n = style.random, style.number
    rows = row(["Прибор учета", "Нач. показ.", "Кон. показ.", "Кол-во", "Ед.", "Тариф, сум", "Стоимость, сум"], "th")
    tariff = Decimal(random.randint(30_000_000, 99_000_000)) / 100
    whole = Decimal(0)
    for m in facts.meters:
        cost = (Decimal(m.consumption) * tariff).quantize(Decimal("0.01"))
        whole += cost
        name = f"{_kind(m)}, {escape(m.model)} № {m.serial}"
        rows += row([name, n(m.previous), n(m.current), n(m.consumption), escape(style.unit(m.unit)), n(str(tariff)), n(str(cost))])
    tax = (whole * Decimal("0.12")).quantize(Decimal("0.01"))
    for word, value in (("Итого без НДС", whole), ("НДС 12 %", tax), ("Всего к оплате", whole + tax)):
        rows += f'<tr><td colspan="6" class="right">{word}</td><td>{n(str(value))}</td></tr>'
    supplier = escape(random.choice(SUPPLIERS["ru"]))
    sides = (
        f"<tr><td><b>Поставщик</b><br>{supplier}<br><br>____________________</td><td><b>Потребитель</b><br>{escape(facts.organization)}<br>ИНН {facts.inn}<br>{escape(facts.address)}<br>"
        f'{escape(facts.position)} <span class="hand" style="width:34mm">{ink(style, facts)}</span> {escape(initials_first(facts))}<br>М.П.</td></tr>'
    )
    body = (
        f'<h1 style="text-align:center">АКТ № {random.randint(1, 90)}<br>приема-передачи тепловой энергии за {MONTHS["ru"][facts.period.month - 1]} {facts.period.year} г.</h1>'
        f'<div>г. Ташкент <span style="float:right">{style.date(facts.report_date)}</span></div>'
        f"<p>Мы, нижеподписавшиеся, составили настоящий акт в том, что по договору № {facts.contract_number} на основании показаний приборов учета, снятых {facts.reading_date:%d.%m.%Y} г., потребителем принята тепловая энергия:</p>"
        f'<table class="grid">{rows}</table><div class="close"><table class="sides">{sides}</table>{seal(style, facts, (105, 130), (10, 22))}</div>'
    )
    return Drawn(
        body,
        css=CSS
        + ".grid { font-size: 0.86em } .grid td { text-align: center } .sides td { width: 50%; vertical-align: top; line-height: 1.5 }",
    )


def formula(facts: Facts, style: Style) -> Drawn:
    """The difference is written out: current − previous = used, one such line a meter."""
    month = MONTHS["ru"][facts.period.month - 1]
    text = f"<div>{escape(facts.organization)}</div><div>{escape(facts.address)}</div><div>ИНН {facts.inn}</div>"
    text += f"<h1>Показания теплосчетчиков за {month} месяц {facts.period.year}г., договор №{facts.contract_number}</h1><div>Сняты {facts.reading_date:%d.%m.%Y}</div>"
    for m in facts.meters:
        unit = escape(style.unit(m.unit))
        text += f'<div class="item">{_kind(m).capitalize()}, счетчик №{m.serial}:<br>{style.number(m.current)} – {style.number(m.previous)} = {style.number(m.consumption)} {unit}</div>'
    return Drawn(
        text + signed_line(style, facts, f"<div>{facts.report_date:%d.%m.%Y}г.</div>", "М.П."),
        css=CSS + ".item { margin: 4mm 0; line-height: 1.5 }",
    )


def in_words(facts: Facts, style: Style) -> Drawn:
    """A letter that repeats what was used in words, in parentheses between number and unit; dates are spelled out."""
    month = MONTHS["ru"][facts.period.month - 1]

    def said(value: str) -> str:
        whole, _, part = value.partition(".")
        words = num2words(int(whole), lang="ru")
        return f"{words} целых {int(part)} {({1: 'десятых', 2: 'сотых', 3: 'тысячных'})[len(part)]}" if part else words

    def spelled(day) -> str:
        return f"{day.day} {MONTHS['ru_of'][day.month - 1]} {day.year} года"

    text = ""
    for m in facts.meters:
        unit = escape(style.unit(m.unit))
        text += (
            f"<p>По прибору учета {escape(m.model)} с заводским номером {m.serial} ({_kind(m)}) показание по состоянию на {spelled(facts.reading_date)} составило {style.number(m.current)} {unit} "
            f"при предыдущем показании {style.number(m.previous)} {unit} на {spelled(facts.previous_date)}. Потреблено за отчетный период {style.number(m.consumption)} ({said(m.consumption)}) {unit}.</p>"
        )
    body = (
        f"{parts.letterhead(style, facts)}{parts.outgoing(style, facts)}{parts.addressee(style)}"
        f"<p>В соответствии с пунктом 58 Правил пользования тепловой энергией и договором № {facts.contract_number} представляем отчет о потреблении тепловой энергии за {month} {facts.period.year} года.</p>{text}"
        + signed_line(style, facts, place="М.П.")
    )
    return Drawn(body, css=CSS)
