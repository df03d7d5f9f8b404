"""What the tenth batch's blanks for the pen share: the day of reading, the meter's kind, who signs."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from metering.units import MeterKind
from tests.corpus.facts import Facts
from tests.corpus.layouts.aside.ends import CSS, ink, seal
from tests.corpus.layouts.aside.hand_parts import LINES_CSS, on
from tests.corpus.layouts.aside.pen import Pen
from tests.corpus.layouts.aside.tenth_desk import say
from tests.corpus.style import Style

CSS_OF_BLANKS = CSS + LINES_CSS


def read_on(pen: Pen, facts: Facts, height: float = 5) -> str:
    return on(pen.number(f"{facts.reading_date:%d.%m.%Y}", height))


def foot(pen: Pen, facts: Facts, style: Style, *, dated: bool = True) -> str:
    """Post and name by hand on lines, the signature between them, the report's day below."""
    who = f'{on(pen.words(facts.position))} <span class="hand">{ink(style, facts)}</span> {on(pen.words(facts.signatory))}'
    date = f'<div class="l">{say(style, "date")} {on(pen.number(f"{facts.report_date:%d.%m.%Y}", 4.8))}</div>' if dated else ""
    return f'<div class="close"><div class="l">{who}</div><div class="small">{say(style, "stamp")}</div>{date}{seal(style, facts, (50, 120), (-4, 8))}</div>'


def kind_of(style: Style, facts: Facts, i: int = 0) -> str:
    return say(style, "hot_water" if facts.meters[i].kind is MeterKind.HOT_WATER else "heat")
