"""What the eleventh batch's blanks for the pen share: words, the day in three parts, combs, who signs."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

import datetime as dt

from metering.units import MeterKind
from tests.corpus.facts import Facts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts.aside.eleventh_desk import say
from tests.corpus.layouts.aside.ends import CSS, ink, seal
from tests.corpus.layouts.aside.hand_parts import LINES_CSS, on
from tests.corpus.layouts.aside.pen import Pen
from tests.corpus.style import Style

CSS_OF_BLANKS = (
    CSS
    + LINES_CSS
    + ".comb { border-collapse: collapse; width: auto; margin: 0 } .comb td { border: 0.25mm solid #444; width: 5.8mm; height: 7.4mm; padding: 0; text-align: center; vertical-align: middle } .comb td.mark { border: 0; width: 2.6mm; vertical-align: bottom; font-weight: bold }"
)


def month_by_hand(pen: Pen, facts: Facts) -> str:
    return on(pen.words(MONTHS[facts.language][facts.period.month - 1]))


def date_by_hand(pen: Pen, date: dt.date, height: float = 5) -> str:
    return pen.number(f"{date:%d.%m.%Y}", height)


def in_parts(pen: Pen, facts: Facts, date: dt.date) -> str:
    """«24» ноября 2026 г.: day and month by hand, of the year the last two digits."""
    name = MONTHS["ru_of" if facts.language == "ru" else facts.language][date.month - 1]
    end = {"ru": "г.", "uz": "y.", "uz_cyrl": "й."}[facts.language]
    return f"«{on(pen.number(f'{date.day:02d}', 5))}» {on(pen.words(name))} 20{on(pen.number(f'{date.year % 100:02d}', 5))} {end}"


def comb(pen: Pen, text: str, spare: int = 0) -> str:
    """A box a digit; points and commas are printed between the boxes."""
    cells = "<td></td>" * spare + "".join(f"<td>{pen.number(c, 4.6)}</td>" if c.isdigit() else f'<td class="mark">{c}</td>' for c in text)
    return f'<table class="comb"><tr>{cells}</tr></table>'


def kind_of(style: Style, facts: Facts, i: int = 0) -> str:
    return say(style, "hot_water" if facts.meters[i].kind is MeterKind.HOT_WATER else "heat")


def foot(pen: Pen, facts: Facts, style: Style, date: str) -> str:
    """The day, then post, signature and name on lines; printed captions below them in half of the blanks."""
    under = style.random.random() < 0.5
    said = (on(pen.words(facts.position)), f'<span class="hand">{ink(style, facts)}</span>', on(pen.words(facts.signatory)))
    body = f'<table style="width:auto" class="end"><tr>{"".join(f"<td>{cell}</td>" for cell in said)}</tr>'
    if under:
        words = {"ru": "должность", "uz": "lavozimi", "uz_cyrl": "лавозими"}[facts.language]
        body += f'<tr class="under"><td>({words})</td><td>({say(style, "signature")})</td><td>({say(style, "name")})</td></tr>'
    return f'<div class="close"><div class="l">{say(style, "date")} {date}</div>{body}</table><div class="small">{say(style, "stamp")}</div>{seal(style, facts, (50, 120), (-4, 8))}</div>'
