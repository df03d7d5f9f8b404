"""How pages of other offices end: ink and seal to be placed anywhere, a table of signatures, one line, two who sign, captions under lines."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from html import escape

from tests.corpus.facts import Facts
from tests.corpus.marks import picture, signature, stamp
from tests.corpus.names import SURNAMES
from tests.corpus.style import Style

CSS = """
.close { position: relative; margin-top: 10mm; page-break-inside: avoid; } .close .seal { position: absolute; width: 38mm; }
.hand { display: inline-block; position: relative; width: 44mm; height: 6mm; border-bottom: 0.25mm solid #333; }
.hand img { position: absolute; width: 40mm; }
.close table td { padding: 1.2mm 2mm; } .close .cells td { border: 0.25mm solid #222; }
.under { font-size: 0.72em; text-align: center; }
.grid td, .grid th { border: 0.25mm solid #222; padding: 0.9mm 1.3mm; font-weight: normal; }
.right { text-align: right; }
"""


def faced(face: str, extra: str = "") -> str:
    """The look of an office's page in that face; `face` may go on with a weight or a slope."""
    return f"{CSS} body {{ font-family: {face} }} td, th {{ font-weight: inherit }} .n {{ white-space: nowrap; text-align: right }} .mid td, .mid th {{ text-align: center; vertical-align: middle }} {extra}"


def ink(style: Style, facts: Facts) -> str:
    """A signature, or nothing where the report is not signed; its parent places it."""
    random = style.random
    if not facts.signature_present:
        return ""
    return f'<img style="left:{random.uniform(-2, 6):.0f}mm; bottom:{random.uniform(-5, 0):.0f}mm" src="{picture(signature(random, 40))}">'


def seal(style: Style, facts: Facts, left: tuple[int, int] = (30, 110), top: tuple[int, int] = (-6, 8)) -> str:
    """The stamp somewhere in those millimetres from the corner of its parent."""
    if not facts.stamp_present:
        return ""
    random = style.random
    place = f"left:{random.uniform(*left):.0f}mm; top:{random.uniform(*top):.0f}mm"
    return f'<img class="seal" style="{place}" src="{picture(stamp(random, facts))}">'


def initials_first(facts: Facts) -> str:
    surname, initials = facts.signatory.split()
    return f"{initials} {surname}"


def signed_line(style: Style, facts: Facts, before: str = "", place: str = "") -> str:
    """Position, line, name; `before` and `place` (of the stamp) above and below it."""
    who = f'{escape(facts.position)} <span class="hand">{ink(style, facts)}</span> {escape(style.random.choice((facts.signatory, initials_first(facts))))}'
    return f'<div class="close">{before}<div style="margin:3mm 0 4mm">{who}</div><div class="small">{place}</div>{seal(style, facts)}</div>'


def signed_table(style: Style, facts: Facts, heads: tuple[str, str, str], date: str, place: str) -> str:
    """A frame with position, signature and name as columns, the date below."""
    first = "".join(f"<td>{head}</td>" for head in heads)
    second = f'<td>{escape(facts.position)}</td><td><span class="hand" style="border:0">{ink(style, facts)}</span></td><td>{escape(facts.signatory)}</td>'
    return f'<div class="close"><table class="cells"><tr>{first}</tr><tr>{second}</tr></table><div>{date}</div><div class="small">{place}</div>{seal(style, facts, (60, 125), (2, 14))}</div>'


def signed_over_captions(style: Style, facts: Facts, captions: tuple[str, str, str], date: str, place: str) -> str:
    """Values on lines, what they are in small print below each."""
    said = (escape(facts.position), f'<span class="hand" style="border:0">{ink(style, facts)}</span>', escape(initials_first(facts)))
    over = "".join(f'<td style="border-bottom:0.25mm solid #222; text-align:center">{cell}</td>' for cell in said)
    below = "".join(f'<td class="under">({caption})</td>' for caption in captions)
    return f'<div class="close"><table><tr>{over}</tr><tr>{below}</tr></table><div>{date}</div><div class="small">{place}</div>{seal(style, facts, (20, 60), (4, 14))}</div>'


def signed_by_two(style: Style, facts: Facts, other_position: str, date: str, place: str) -> str:
    """The customer's line, and below it that of another (where he holds that very post, his deputy) whose line stays empty."""
    name, letters = style.random.choice(SURNAMES[style.language])
    other = f"{name} {style.random.choice(letters)}.{style.random.choice(letters)}."
    other_position = "Зам. директора" if other_position == facts.position else other_position
    rows = "".join(
        f'<tr><td style="width:55mm">{escape(position)}</td><td><span class="hand">{mark}</span></td><td>{escape(who)}</td></tr>'
        for position, mark, who in ((facts.position, ink(style, facts), facts.signatory), (other_position, "", other))
    )
    return f'<div class="close"><div>{date}</div><table>{rows}</table><div class="small">{place}</div>{seal(style, facts, (50, 120), (-4, 6))}</div>'
