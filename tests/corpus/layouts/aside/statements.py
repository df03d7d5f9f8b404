"""What is said in sentences: a letter whose numbers carry the endings of Uzbek cases, an act of a commission."""
# ruff: noqa: E501 - lines of text

from __future__ import annotations

import datetime as dt
from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts, MeterFacts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts import parts
from tests.corpus.layouts.aside.blocks import meter_row, row
from tests.corpus.layouts.aside.ends import CSS, ink, seal, signed_line
from tests.corpus.layouts.parts import Drawn
from tests.corpus.names import SURNAMES
from tests.corpus.style import Style


def _day(day: dt.date, ending: str) -> str:
    return f"{day.year}-yil {day.day}-{MONTHS['uz'][day.month - 1]}{ending}"


def endings(facts: Facts, style: Style) -> Drawn:
    """A letter: the unit after each number carries «dan», «ga», «ni»; the contract stands before its word, with the date of its signing."""
    random, month = style.random, MONTHS["uz"][facts.period.month - 1]

    def sentence(m: MeterFacts) -> str:
        unit = escape(style.unit(m.unit))
        what = "issiq suv" if m.kind is MeterKind.HOT_WATER else "isitish"
        was, now, used = style.number(m.previous), style.number(m.current), style.number(m.consumption)
        name = f"{what.capitalize()} tizimiga o‘rnatilgan {escape(m.model)} rusumli hisoblagich (zavod raqami {m.serial})"
        return random.choice((
            f"{name} ko‘rsatkichi {_day(facts.previous_date, 'dagi')} {was} {unit}dan {_day(facts.reading_date, 'da')} {now} {unit}ga yetdi, bir oylik sarf {used} {unit}ni tashkil etdi.",
            f"{name} bo‘yicha {_day(facts.reading_date, '')} holatiga joriy ko‘rsatkich {now} {unit}ni, avvalgi ko‘rsatkich {was} {unit}ni, farqi esa {used} {unit}ni tashkil qiladi.",
        ))  # fmt: skip

    body = (
        f"{parts.letterhead(style, facts)}{parts.outgoing(style, facts)}{parts.addressee(style)}"
        f"<p>Sizga shuni ma’lum qilamizki, {random.randint(2018, 2025)}-yil {random.randint(2, 28)}-yanvardagi {facts.contract_number}-sonli shartnomaga muvofiq "
        f"{facts.period.year}-yilning {month} oyida iste’mol qilingan issiqlik energiyasi to‘g‘risida {_day(facts.reading_date, '')} holatiga quyidagi ma’lumotlarni taqdim etamiz.</p>"
        + "".join(f"<p>{sentence(m)}</p>" for m in facts.meters)
        + "<p>Ko‘rsatkichlarni hisob-kitobga qabul qilishingizni so‘raymiz.</p>"
        + signed_line(style, facts, place="M.O‘.")
        + parts.executor(style)
    )
    return Drawn(body, css=CSS)


def commission(facts: Facts, style: Style) -> Drawn:
    """An act of three who read the meter together; the first is the customer's, the table names the indexes in two words."""
    random, month = style.random, MONTHS["uz_cyrl"][facts.period.month - 1]
    others = []
    for position in ("Ҳисобчи", "Навбатчи чилангар"):
        surname, letters = random.choice(SURNAMES["uz_cyrl"])
        others.append((position, f"{surname} {random.choice(letters)}.{random.choice(letters)}."))
    rows = row(["Прибор ва унинг рақами", "Тизим", "Бошланғич", "Охирги", "Фарқ", "Бирлик"], "th")
    for m in facts.meters:
        kind = "Иссиқ сув" if m.kind is MeterKind.HOT_WATER else "Иситиш"
        rows += meter_row(style, m, f"{escape(m.model)} № {m.serial}", kind, unit="apart")
    lines = "".join(
        f'<div style="margin:3mm 0">{escape(position)} <span class="hand">{mark}</span> {escape(name)}</div>'
        for position, mark, name in ((facts.position, ink(style, facts), facts.signatory), *((p, "", n) for p, n in others))
    )
    day = f"{facts.report_date.year} йил {facts.report_date.day} {MONTHS['uz_cyrl'][facts.report_date.month - 1]}"
    body = (
        f'<h1 style="text-align:center">ДАЛОЛАТНОМА № {random.randint(1, 60)}</h1><div><span>Тошкент шаҳри</span><span style="float:right">{day}</span></div>'
        f"<p>{escape(facts.organization)} (СТИР {facts.inn}, манзили: {escape(facts.address)}) вакиллари ушбу далолатномани шу ҳақда туздикки, "
        f"{facts.contract_number}-сонли шартнома бўйича {facts.period.year} йил {month} ойи учун иссиқлик ҳисоблагичларининг кўрсаткичлари {facts.reading_date:%d.%m.%Y} й. куни олинди:</p>"
        f'<table class="grid">{rows}</table><div class="close">{lines}<div class="small">М.Ў.</div>{seal(style, facts, (80, 120), (-6, 10))}</div>'
    )
    return Drawn(body, css=CSS + ".grid td { text-align: center }")
