"""The seventh batch's half that was shown: requisites in the table's own rows, a workbook, a reference, an answer to a letter, two languages, a month of a calculator."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from decimal import Decimal
from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts import parts
from tests.corpus.layouts.aside.archive_parts import DAY, archive, counter, foot, logged, ruled, total
from tests.corpus.layouts.aside.archive_parts import css as printed_css
from tests.corpus.layouts.aside.blocks import row, total_row
from tests.corpus.layouts.aside.desk import close, css, day, kind, line, lines, month, numbers, say, state, top
from tests.corpus.layouts.aside.other_words import begin, pair
from tests.corpus.layouts.aside.trade import typed
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def one_frame(facts: Facts, style: Style) -> Drawn:
    """Russian: title, requisites and meters in one frame; each requisite over the whole width."""
    begin(style)
    was, now = pair(style, facts)
    heads = [say(style, "number"), say(style, "system"), say(style, "meter"), say(style, "serial"), say(style, "unit"), was, now, say(style, "consumption"), "Примечание"]  # fmt: skip
    rows = "".join(f'<tr><td colspan="{len(heads)}" style="text-align:left">{line(style, facts, key)}</td></tr>' for key in ("organization", "address", "contract", "inn", "reading_date"))  # fmt: skip
    rows += row(heads, "th")
    for i, m in enumerate(facts.meters, 1):
        rows += row(
            [
                str(i),
                kind(style, m),
                escape(m.model),
                m.serial,
                escape(style.unit(m.unit)),
                *numbers(style, m),
                style.random.choice(("", "исправен", "-")),
            ]
        )
    rows += total_row(style, facts, lambda: say(style, "total"), 7, after=1)
    return Drawn(f'{top(style, facts)}<table class="grid mid" style="font-size:86%">{rows}</table>{close(style, facts)}', css=css(style))


def workbook_page(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters, a spreadsheet without rules but under its head: day and index, day and index, what was used."""
    begin(style)
    unit = escape(style.unit(facts.meters[0].unit))
    sana = typed(style, "Sana")
    rows = row([say(style, "system"), f"{say(style, 'meter')}, {say(style, 'serial')}", sana, typed(style, "Boshi"), sana, typed(style, "Oxiri"), f"{say(style, 'consumption')}, {unit}"], "th")  # fmt: skip
    for m in facts.meters:
        before, current, used = numbers(style, m)
        rows += row(
            [
                kind(style, m),
                f"{escape(m.model)}, {m.serial}",
                f"{facts.previous_date:%d.%m.%Y}",
                before,
                f"{facts.reading_date:%d.%m.%Y}",
                current,
                used,
            ]
        )
    keys = "".join(
        row([say(style, key), line(style, facts, key).removeprefix(say(style, key)).lstrip(" :–-")])
        for key in ("organization", "contract", "inn", "address")
    )
    return Drawn(
        f'{top(style, facts)}<table style="width:80%">{keys}</table><table class="mid sheet" style="font-size:88%">{rows}</table>{close(style, facts)}',
        css=css(style, ".sheet th { border-bottom: 0.4mm solid #333; padding: 1mm } .sheet td { padding: 1mm }"),
    )


def reference_page(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic: «Маълумотнома» with a sentence first, then a list of values under each meter."""
    begin(style)

    def t(text: str) -> str:
        return typed(style, text)

    was, now = pair(style, facts)
    text = ""
    for m in facts.meters:
        unit, (before, current, used) = escape(style.unit(m.unit)), numbers(style, m)
        text += f'<div style="margin-top:3mm"><b>{kind(style, m).capitalize()}</b> ({escape(m.model)}, {say(style, "serial")} {m.serial})</div><ul><li>{was}: {before} {unit}</li><li>{now}: {current} {unit}</li><li>{say(style, "consumption")}: {used} {unit}</li></ul>'
    body = (
        f'<h1 style="text-align:center">{t("МАЪЛУМОТНОМА")}</h1><p>{escape(facts.organization)} ({t("СТИР")} {facts.inn}) {t("томонидан")} {facts.period.year} {t("йил")} {month(style, facts)} {t("ойида истеъмол қилинган иссиқлик энергияси тўғрисида берилди. Шартнома рақами")}: {facts.contract_number}.</p>'
        f"{lines(style, facts, 'address', 'reading_date')}{text}{close(style, facts)}"
    )
    return Drawn(body, css=css(style, "ul { margin: 1mm 0 } li { line-height: 1.4 }"))


def answer(facts: Facts, style: Style) -> Drawn:
    """Russian: an answer to the supplier's letter with that letter's number and day; indexes on one line a meter, semicolons between."""
    begin(style)
    random, n = style.random, style.number
    asked = facts.previous_date.replace(day=random.randint(1, 9))
    items = ""
    for m in facts.meters:
        unit = escape(style.unit(m.unit))
        what = "ГВС" if m.kind is MeterKind.HOT_WATER else "отопление"
        items += f"<p>{escape(m.model)} зав. № {m.serial} ({what}): предыдущее показание {n(m.previous)}; последнее показание {n(m.current)}; расход {n(m.consumption)} {unit}.</p>"
    body = (
        f"{parts.letterhead(style, facts)}{parts.outgoing(style, facts)}<div class='small'>на № {random.randint(10, 99)}-{random.randint(100, 999)} от {asked:%d.%m.%Y}</div>{parts.addressee(style)}<p>На Ваше письмо сообщаем, что {day(style, facts.reading_date, 4)} нами сняты показания теплосчетчиков за {month(style, facts)} {facts.period.year} г. (договор № {facts.contract_number}):</p>"
        f"{items}<p>Приборы исправны, пломбы на месте.</p>{close(style, facts, dated=False)}"
    )
    return Drawn(body, css=css(style))


def slashed(facts: Facts, style: Style) -> Drawn:
    """Russian and Uzbek in Latin letters: heads of two languages, blocks of label and value at the left and the right."""
    begin(style)
    cut = style.random.choice((" / ", "<br>", "/"))
    pairs = [("Организация", "Tashkilot", escape(facts.organization)), ("Договор №", "Shartnoma №", facts.contract_number), ("Адрес", "Manzil", escape(facts.address)), ("ИНН", "STIR", facts.inn),
             ("Показания сняты", "Ko‘rsatkich olindi", day(style, facts.reading_date, 0)), ("Месяц", "Oy", f"{month(style, facts)} {facts.period.year} / {MONTHS['uz'][facts.period.month - 1]}")]  # fmt: skip
    cells = [f"{a} / {b}: {v}" for a, b, v in pairs]
    keys = "".join(row([cells[i], cells[i + 1]]) for i in range(0, 6, 2))
    rows = row(
        [
            a + cut + b
            for a, b in (
                ("Прибор", "Hisoblagich"),
                ("Зав. №", "Zavod №"),
                ("Вид", "Turi"),
                ("Было", "Oldingi"),
                ("Стало", "Hozirgi"),
                ("Расход", "Sarf"),
                ("Ед.", "Birlik"),
            )
        ],
        "th",
    )
    for m in facts.meters:
        what = "ГВС / issiq suv" if m.kind is MeterKind.HOT_WATER else "отопление / isitish"
        rows += row([escape(m.model), m.serial, what, *numbers(style, m), escape(style.unit(m.unit))])
    return Drawn(
        f'<h1 style="text-align:center">Отчет о потреблении тепла / Issiqlik sarfi hisoboti</h1><table>{keys}</table><table class="grid mid" style="font-size:90%">{rows}</table>{close(style, facts)}',
        css=css(style),
    )


def karat_log(facts: Facts, style: Style) -> Drawn:
    """Карат: days with hours first, the integrators in a second table whose rows are the values and whose columns the days."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    unit, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    heads = ["Дата", "ВНР, ч", f"Qот, {unit}", "M1, т", "M2, т", "t1, °C", "t2, °C", "dt, °C"]
    kept = ("24", "energy", "supply", "back", "hot", "cold", "drop")
    log, mass = logged(style, m.consumption, days, [heads], "%d.%m.%y", kept, "ИТОГО"), counter(style)
    ends = [["Накоплено", f"{facts.previous_date:%d.%m.%y} 24:00", f"{last:%d.%m.%y} 24:00"], [f"Qот, {unit}", n(m.previous), n(m.current)], ["M1, т", n(str(mass)), n(str(mass + Decimal(total(days, "supply"))))], ["ВНР, ч", "8811", str(8811 + 24 * len(days))]]  # fmt: skip
    head = f"<div><b>Суточный архив. Карат, отопление</b></div><div>{escape(m.model)} Заводской номер: {m.serial}</div><div>Потребитель: {escape(facts.organization)} ИНН {facts.inn}</div><div>Адрес: {escape(facts.address)}</div><div>Договор № {facts.contract_number}</div><div>Период: {first:%d.%m.%Y} – {last:%d.%m.%Y}</div>"
    return Drawn(
        f"{head}{ruled(log)}{ruled(ends)}{foot(style, facts, 'Потребитель')}", css=printed_css(style, monospace=False), margins=(10, 12)
    )


def state_line(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: a form on lines with what was read «holatiga» in its title and a ruled table of three columns a meter."""
    begin(style)
    was, now = pair(style, facts)
    tables = ""
    for m in facts.meters:
        unit, (before, current, used) = escape(style.unit(m.unit)), numbers(style, m)
        tables += f'<div style="margin-top:3mm">{escape(m.model)}, {say(style, "serial")}: {m.serial}; {kind(style, m)}</div><table class="grid mid" style="margin:1mm 0">'
        tables += (
            row([f"{was}, {unit}", f"{now}, {unit}", f"{say(style, 'consumption')}, {unit}"], "th")
            + row([before, current, used])
            + "</table>"
        )
    body = f"{top(style, facts)}<div>({state(style, facts.reading_date)})</div>{lines(style, facts, 'organization', 'address', 'contract', 'inn')}{tables}{close(style, facts)}"
    return Drawn(body, css=css(style))
