"""Forms as an authority would print them: a heading of three rows, captions under the lines or above the values, an electronic document."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts, MeterFacts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts import parts
from tests.corpus.layouts.aside.blocks import meter_row, row
from tests.corpus.layouts.aside.ends import CSS, signed_by_two, signed_line, signed_over_captions, signed_table
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def three_row_head(facts: Facts, style: Style) -> Drawn:
    """The heading is three rows and a fourth with the columns' numbers; readings are named by their dates, the unit stands in the third row."""
    unit, random = escape(style.unit(facts.meters[0].unit)), style.random
    month = MONTHS["ru_of"][facts.period.month - 1]
    head = (
        '<tr><th rowspan="3">№<br>п/п</th><th colspan="3">Узел учёта</th><th colspan="2">Показания теплосчётчика</th><th rowspan="2">Потреблено<br>за месяц</th></tr>'
        f"<tr><th rowspan=2>тип</th><th rowspan=2>зав. №</th><th rowspan=2>нагрузка</th><th>на {facts.previous_date:%d.%m.%Y}</th><th>на {facts.reading_date:%d.%m.%Y}</th></tr>"
        f"<tr><th>{unit}</th><th>{unit}</th><th>{unit}</th></tr>"
    ) + row([str(i) for i in range(1, 8)], "th")
    rows = ""
    for i, m in enumerate(facts.meters, 1):
        kind = "ГВС" if m.kind is MeterKind.HOT_WATER else random.choice(("отопл.", "отопление"))
        rows += meter_row(style, m, str(i), escape(m.model), m.serial, kind)
    total = style.total(facts)
    if total:
        rows += f'<tr><td colspan="6" class="right">Итого по абоненту</td><td>{total}</td></tr>'
    top = (
        f'<div class="right small">Приложение № {random.randint(1, 9)}<br>к договору теплоснабжения</div>'
        f'<h1 style="text-align:center">СВЕДЕНИЯ<br>о количестве тепловой энергии, потреблённой<br>в течение {month} {facts.period.year} года</h1>'
        f"<div>Абонент: <u>{escape(facts.organization)}</u>, ИНН <u>{facts.inn}</u></div><div>Местонахождение: <u>{escape(facts.address)}</u></div>"
        f"<div>Договор № <u>{facts.contract_number}</u> от {random.randint(1, 28):02d}.01.{random.randint(2019, 2025)} г.</div>"
    )
    close = signed_by_two(
        style,
        facts,
        "Главный бухгалтер",
        f"«{facts.report_date.day:02d}» {MONTHS['ru_of'][facts.report_date.month - 1]} {facts.report_date.year} г.",
        "М.П.",
    )
    return Drawn(f'{top}<table class="grid">{head}{rows}</table>{close}', css=CSS + ".grid td, .grid th { text-align: center }")


def captions_below(facts: Facts, style: Style) -> Drawn:
    """Values stand on lines and what they are stands in small print below, in parentheses."""

    def line(*cells: tuple[str, str]) -> str:
        over = "".join(f'<td class="on">{value}</td>' for value, _ in cells)
        below = "".join(f'<td class="under">({caption})</td>' for _, caption in cells)
        return f"<table><tr>{over}</tr><tr>{below}</tr></table>"

    month = f"{MONTHS['ru'][facts.period.month - 1]} {facts.period.year} г."
    text = f'<h1 style="text-align:center">ОТЧЁТ</h1><div style="text-align:center">о потреблении тепловой энергии за <u>&nbsp;{month}&nbsp;</u></div>'
    text += line((escape(facts.organization), "полное наименование организации-абонента"))
    text += line((escape(facts.address), "почтовый адрес"))
    text += line((facts.contract_number, "номер договора"), (facts.inn, "ИНН"), (f"{facts.reading_date:%d.%m.%Y}", "дата снятия показаний"))
    for i, m in enumerate(facts.meters, 1):
        kind = "горячее водоснабжение" if m.kind is MeterKind.HOT_WATER else "отопление"
        text += f"<div style='margin-top:3mm'>{i}. Прибор учёта:</div>"
        text += line((escape(m.model), "тип прибора"), (m.serial, "заводской номер"), (kind, "вид теплопотребления"))
        numbers = (
            (style.number(m.previous), "предыдущее показание"),
            (style.number(m.current), "текущее показание"),
            (style.number(m.consumption), "расход"),
        )
        text += line(*numbers, (escape(style.unit(m.unit)), "единица измерения"))
    close = signed_over_captions(
        style, facts, ("должность", "подпись", "инициалы, фамилия"), f"Дата составления: {style.date(facts.report_date)}", "М.П."
    )
    return Drawn(
        text + close, css=CSS + "table { margin: 1mm 0 } .on { border-bottom: 0.25mm solid #222; text-align: center; padding: 1.5mm 2mm 0 }"
    )


def consumption_first(facts: Facts, style: Style) -> Drawn:
    """What was used stands before the indexes, the newer index before the older, the meter last; the unit only over the table."""
    unit, random = escape(style.unit(facts.meters[0].unit)), style.random
    head = row(["Вид потребления", "Расход за месяц", "На конец периода", "На начало периода", "Номер счётчика"], "th")
    rows = ""
    for m in facts.meters:
        kind = "Горячая вода" if m.kind is MeterKind.HOT_WATER else "Отопление"
        rows += row([kind, style.number(m.consumption), style.number(m.current), style.number(m.previous), m.serial])
    total = style.total(facts)
    if total:
        rows += row(["<b>Всего</b>", f"<b>{total}</b>", "", "", ""])
    month = MONTHS["ru"][facts.period.month - 1]
    caption = random.choice((f"(все величины в {unit})", f"Единица измерения: {unit}", f"{unit}"))
    body = (
        f"{parts.letterhead(style, facts)}<h1>Отчет по теплу за {month} месяц {facts.period.year}г.</h1>"
        f"<div>Договор N {facts.contract_number}. Показания сняты {style.date(facts.reading_date)}</div>"
        f'<div class="right small" style="margin-top:4mm">{caption}</div><table class="grid" style="margin-top:1mm">{head}{rows}</table>'
        + signed_line(style, facts, f"<div>{style.date(facts.report_date)}</div>", "М. П.")
    )
    return Drawn(body, css=CSS + ".grid td { text-align: right } .grid td:first-child { text-align: left }")


def labels_above(facts: Facts, style: Style) -> Drawn:
    """A screen's form on paper: small grey words, and each value in bold under its word; a strip of such boxes a meter."""

    def boxes(*cells: tuple[str, str]) -> str:
        return (
            '<table class="boxes"><tr>'
            + "".join(f'<td><div class="word">{w}</div><div class="said">{v}</div></td>' for w, v in cells)
            + "</tr></table>"
        )

    month = MONTHS["uz"][facts.period.month - 1]
    text = f'<div class="word">Iste’molchining oylik hisoboti</div><div style="font-size:1.3em"><b>{month.capitalize()} {facts.period.year}</b></div>'
    text += boxes(("Tashkilot", escape(facts.organization)), ("STIR", facts.inn), ("Shartnoma raqami", facts.contract_number))
    text += boxes(("Manzil", escape(facts.address)), ("Ko‘rsatkich olingan sana", f"{facts.reading_date:%d.%m.%Y}"))
    for i, m in enumerate(facts.meters, 1):
        unit = escape(style.unit(m.unit))
        kind = "Issiq suv" if m.kind is MeterKind.HOT_WATER else "Isitish"
        text += f'<div style="margin-top:4mm"><b>{i}-hisoblagich</b> · {kind} · {escape(m.model)}</div>'
        readings = (("Oy boshida", m.previous), ("Oy oxirida", m.current), ("Sarflandi", m.consumption))
        text += boxes(("Zavod raqami", m.serial), *((word, f"{style.number(value)} {unit}") for word, value in readings))
    close = signed_table(style, facts, ("Lavozimi", "Imzo", "F.I.Sh."), f"To‘ldirilgan sana: {facts.report_date:%d.%m.%Y}", "M.O‘.")
    css = ".boxes { border-collapse: separate; border-spacing: 1.5mm; margin: 1mm 0 } .boxes td { border: 0.2mm solid #aaa; border-radius: 1mm; padding: 1.2mm 2mm } .word { font-size: 0.72em; color: #666 } .said { font-weight: bold }"
    return Drawn(text + close, css=CSS + css)


def electronic_document(facts: Facts, style: Style) -> Drawn:
    """An electronic document on paper: its own number and time at the top, a certificate's number and a page number at the foot."""
    random = style.random

    def lines(m: MeterFacts) -> str:
        unit = escape(style.unit(m.unit))
        kind = "issiq suv ta’minoti" if m.kind is MeterKind.HOT_WATER else "isitish"
        first = row([f"Hisoblagich № {m.serial} ({escape(m.model)}), {kind}", ""], "th")
        said = (("Davr boshidagi qiymat", m.previous), ("Davr oxiridagi qiymat", m.current), ("Davr mobaynida iste’mol", m.consumption))
        return first + "".join(row([word, f"{style.number(value)} {unit}"]) for word, value in said)

    days = f"{facts.previous_date:%d.%m.%Y} – {facts.reading_date:%d.%m.%Y}"
    month = f"{facts.period.year}-yil {MONTHS['uz'][facts.period.month - 1]}"
    top = f'<div class="small">Hujjat ID: {random.randint(10**9, 10**10 - 1)} &nbsp; {facts.report_date:%d.%m.%Y} {random.randint(9, 17)}:{random.randint(10, 59)}:{random.randint(10, 59)}</div>'
    pairs = [("Iste’molchi", escape(facts.organization)), ("Manzili", escape(facts.address)), ("STIR", facts.inn), ("Shartnoma №", facts.contract_number),
             ("Hisobot oyi", month), ("Hisob davri", days), ("Ko‘rsatkichlar olindi", f"{facts.reading_date:%d.%m.%Y}")]  # fmt: skip
    body = f'{top}<h1>ISSIQLIK ENERGIYASI SARFI BO‘YICHA HISOBOT № {random.randint(1, 400)}</h1><table class="grid">' + "".join(
        row(list(p)) for p in pairs
    )
    body += "".join(lines(m) for m in facts.meters) + "</table>"
    body += signed_line(style, facts, f"<div>Tuzilgan sana: {facts.report_date:%d.%m.%Y}</div>", "M.O‘.")
    foot = f'<div class="small" style="border-top:0.3mm solid #777; margin-top:16mm; color:#444">Elektron imzo sertifikati: {random.randint(16**7, 16**8 - 1):08x}{random.randint(16**7, 16**8 - 1):08x}. Amal qilish muddati: 01.09.{facts.period.year + 2}. &nbsp; 1-bet, jami 1</div>'
    css = ".grid th { text-align: left; background: #eee; border-right: 0 } .grid td:last-child { text-align: right }"
    return Drawn(body + foot, css=CSS + css)
