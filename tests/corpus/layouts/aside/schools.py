"""Papers of schools, kindergartens and clinics in Uzbek: as an annex, as a letter in Cyrillic, in both alphabets at once."""
# ruff: noqa: E501 - lines of text

from __future__ import annotations

from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts, MeterFacts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts import parts
from tests.corpus.layouts.aside.blocks import meter_row, row
from tests.corpus.layouts.aside.ends import CSS, initials_first, ink, seal, signed_by_two, signed_line
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def annex(facts: Facts, style: Style) -> Drawn:
    """An approved annex: whose it is stands in the corner, the unit in parentheses under the title, the requisites at the foot below the signatures."""
    unit, month = escape(style.unit(facts.meters[0].unit)), MONTHS["uz"][facts.period.month - 1]
    rows = row(
        ["T/r", "Issiqlik hisoblagichi (turi, №)", "Iste’mol turi", "Hisobot davri boshiga", "Hisobot davri oxiriga", "Iste’mol hajmi"],
        "th",
    )
    rows += row([str(i) for i in range(1, 7)], "th")
    for i, m in enumerate(facts.meters, 1):
        kind = "Issiq suv" if m.kind is MeterKind.HOT_WATER else "Isitish"
        rows += meter_row(style, m, str(i), f"{escape(m.model)}, № {m.serial}", kind)
    total = style.total(facts)
    if total:
        rows += f'<tr><td colspan="5">Jami</td><td>{total}</td></tr>'
    top = (
        f'<div class="right small">Issiqlik ta’minoti shartnomasiga<br>{style.random.randint(1, 5)}-ILOVA</div><h1 style="text-align:center">{facts.period.year}-yil {month} oyida foydalanilgan issiqlik energiyasi<br>HISOBOTI</h1>'
        f'<div style="text-align:center">({unit} hisobida)</div>'
    )
    foot = (
        f'<div style="margin-top:14mm; border-top:0.3mm solid #333" class="small">Iste’molchi: {escape(facts.organization)}. Manzil: {escape(facts.address)}. STIR {facts.inn}. '
        f"Shartnoma raqami {facts.contract_number}. Ko‘rsatkichlar olingan sana: {facts.reading_date:%d.%m.%Y}.</div>"
    )
    close = signed_by_two(
        style,
        facts,
        "Bosh hisobchi",
        f"{facts.report_date.year}-yil «{facts.report_date.day:02d}» {MONTHS['uz'][facts.report_date.month - 1]}",
        "M.O‘.",
    )
    return Drawn(f'{top}<table class="grid">{rows}</table>{close}{foot}', css=CSS + ".grid td { text-align: center }")


def kindergarten(facts: Facts, style: Style) -> Drawn:
    """A letter in Cyrillic: endings on the numbers' units, «дан … гача», the meter's number with «-рақамли» behind it."""
    month = MONTHS["uz_cyrl"][facts.period.month - 1]

    def sentence(m: MeterFacts) -> str:
        unit = escape(style.unit(m.unit))
        what = "иссиқ сув" if m.kind is MeterKind.HOT_WATER else "иситиш"
        return (
            f"{m.serial}-рақамли {escape(m.model)} ҳисоблагичи ({what}) бўйича кўрсаткич {facts.previous_date:%d.%m.%Y} йилдаги {style.number(m.previous)} {unit}дан "
            f"{facts.reading_date:%d.%m.%Y} йилдаги {style.number(m.current)} {unit}гача ўзгарди, сарф {style.number(m.consumption)} {unit}."
        )

    body = (
        f'<table class="bare"><tr><td>{escape(facts.organization)}<br>{escape(facts.address)}<br>СТИР {facts.inn}</td><td class="right">{parts.addressee(style)}</td></tr></table>{parts.outgoing(style, facts)}'
        f"<p>Сизга {facts.contract_number}-сонли шартнома бўйича {facts.period.year} йил {month} ойида истеъмол қилинган иссиқлик энергияси ҳақида маълумот юборамиз. Кўрсаткичлар {facts.reading_date:%d.%m.%Y} йилда олинди.</p>"
        + "".join(f"<p>{sentence(m)}</p>" for m in facts.meters)
        + signed_line(style, facts, place="М.Ў.")
    )
    return Drawn(body, css=CSS)


def two_alphabets(facts: Facts, style: Style) -> Drawn:
    """A form whose heads are printed in Latin and whose answers are typed in Cyrillic; the answer boxes stand at the right edge."""
    month = MONTHS["uz_cyrl"][facts.period.month - 1]
    lines = [("Tashkilot nomi", escape(facts.organization)), ("Manzil", escape(facts.address)), ("STIR", facts.inn), ("Shartnoma raqami", facts.contract_number),
             ("Hisobot davri", f"{month} {facts.period.year} й."), ("Ko‘rsatkichlar olingan sana", f"{facts.reading_date:%d.%m.%Y}")]  # fmt: skip
    for m in facts.meters:
        unit = escape(style.unit(m.unit))
        kind = "иссиқ сув" if m.kind is MeterKind.HOT_WATER else "иситиш"
        lines += [("Hisoblagich raqami va turi", f"{m.serial}, {escape(m.model)}"), ("Qaysi tizimda", kind), ("Avvalgi ko‘rsatkich", f"{style.number(m.previous)} {unit}"),
                  ("Hozirgi ko‘rsatkich", f"{style.number(m.current)} {unit}"), ("Foydalanilgan issiqlik", f"{style.number(m.consumption)} {unit}")]  # fmt: skip
    table = "".join(f'<tr><td>{word}</td><td class="answer">{value}</td></tr>' for word, value in lines)
    close = (
        f'<div class="close"><table><tr><td>Rahbar ({escape(facts.position)})</td><td><span class="hand">{ink(style, facts)}</span></td><td>{escape(initials_first(facts))}</td></tr></table>'
        f"<div>Sana: {facts.report_date:%d.%m.%Y}</div><div class='small'>M.O‘.</div>{seal(style, facts)}</div>"
    )
    css = CSS + ".answers td { padding: 0.8mm 1mm } .answer { border: 0.25mm solid #222; width: 85mm; text-align: right }"
    return Drawn(f'<h1>ISSIQLIK ENERGIYASI HISOBOTI</h1><table class="answers">{table}</table>{close}', css=css)


def clinic(facts: Facts, style: Style) -> Drawn:
    """A note in Cyrillic to be pasted into a folder: framed, numbers first and their words behind them in parentheses."""
    month = MONTHS["uz_cyrl"][facts.period.month - 1]
    text = f"<div><b>{escape(facts.organization)}</b> ({escape(facts.address)}; СТИР {facts.inn}; {facts.contract_number} рақамли шартнома)</div>"
    text += f"<h1>{facts.period.year} йил {month}: иссиқлик ҳисоблагичлари</h1>"
    for m in facts.meters:
        unit = escape(style.unit(m.unit))
        kind = "иссиқ сув" if m.kind is MeterKind.HOT_WATER else "иситиш"
        text += (
            f'<div class="item">{kind}, {escape(m.model)}, завод рақами {m.serial}<br>&nbsp;&nbsp;{style.number(m.previous)} {unit} (олдинги, {facts.previous_date:%d.%m.%Y})'
            f"<br>&nbsp;&nbsp;{style.number(m.current)} {unit} (охирги, {facts.reading_date:%d.%m.%Y})<br>&nbsp;&nbsp;{style.number(m.consumption)} {unit} (сарф)</div>"
        )
    close = signed_line(style, facts, f"<div>Тўлдирилган сана: {style.date(facts.report_date)}</div>", "М.Ў.")
    return Drawn(
        f'<div class="pasted">{text}{close}</div>',
        css=CSS + ".pasted { border: 0.5mm double #333; padding: 5mm } .item { margin: 3mm 0; line-height: 1.5 }",
    )
