"""The ninth batch's desk: faces, days, and ends of pages that no batch before it has, in the usual words of the trade."""
# ruff: noqa: E501 - lists of words and lines of markup

from __future__ import annotations

import datetime as dt
from html import escape

from tests.corpus.facts import Facts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts.aside.eighth_desk import YEAR, person, phone
from tests.corpus.layouts.aside.ends import CSS, faced, initials_first, ink, seal
from tests.corpus.style import Style

#: Weights and slopes of faces that other pages have upright and regular; the usual three of every office in every second page.
_FACES = ("'Open Sans'; font-weight: 600", "'DejaVu Sans Light'", "Roboto; font-weight: 500", "'Roboto Condensed'; font-weight: 500", "'URW Bookman'", "'URW Gothic'; font-weight: 600", "'PT Serif Caption'; font-style: italic", "'Nimbus Roman'; font-style: italic", "Carlito; font-style: italic", "P052; letter-spacing: 0.02em", "'Linux Libertine Display O'", "'PT Sans Narrow'; font-weight: 700")  # fmt: skip
_USUAL = {
    "ru": ("'Liberation Serif'", "'Liberation Sans'", "Carlito"),
    "uz": ("'Liberation Serif'", "'Liberation Sans'", "Carlito"),
    "uz_cyrl": ("'Nimbus Roman'", "'Nimbus Sans'", "Carlito"),
}
_PRINTERS = (
    "'PT Mono'; font-weight: 700",
    "'Nimbus Mono PS'; font-weight: 700",
    "'DejaVu Sans Mono'",
    "'Liberation Mono'; letter-spacing: -0.02em",
)
WORDS = {
    "ru": ("Главный бухгалтер", "подпись", "Ф.И.О.", "М.П.", "Руководитель", "Ответственный за теплохозяйство", "Дата", "Отчет составлен"),
    "uz": ("Bosh hisobchi", "imzo", "F.I.Sh.", "M.O‘.", "Rahbar", "Issiqlik xo‘jaligi uchun mas’ul", "Sana", "Hisobot tuzildi"),
    "uz_cyrl": ("Бош ҳисобчи", "имзо", "Ф.И.Ш.", "М.Ў.", "Раҳбар", "Иссиқлик хўжалиги учун масъул", "Сана", "Ҳисобот тузилди"),
}


def css(style: Style, extra: str = "") -> str:
    face = style.random.choice(_USUAL[style.language] if style.chance(0.5) else _FACES)
    return faced(face, extra)


def printer(style: Style, size: float = 7.6) -> str:
    """The face of a calculator's program, and of the tables that it rules."""
    face = style.random.choice(_PRINTERS)
    return (
        f"{CSS} body {{ font-family: {face}; font-size: 8.8pt }} pre {{ font-family: {face}; white-space: pre; font-size: {size}pt; line-height: 1.24; margin: 0 }}"
        " .log { font-size: 7.5pt; margin: 2mm 0 } .log td, .log th { border: 0.2mm solid #333; padding: 0.3mm 0.9mm; text-align: right; font-weight: normal } .log th { text-align: center } .close { margin-top: 5mm; font-size: 9.4pt }"
    )


def month(facts: Facts) -> str:
    return MONTHS[facts.language][facts.period.month - 1]


def day(style: Style, date: dt.date) -> str:
    """In digits, or with the month in a word; the office does it one way all over its page."""
    form = style.chosen.setdefault("ninth day", style.random.choice(("digits", "digits", "year", "word")))
    name = MONTHS["ru_of" if style.language == "ru" else style.language][date.month - 1]
    if form == "digits":
        return f"{date:%d.%m.%Y}"
    if form == "year":
        return f"{date:%d.%m.%Y}" + {"ru": " г.", "uz": " y.", "uz_cyrl": " й."}[style.language]
    return f"{date.day} {name} {date.year} г." if style.language == "ru" else f"{date.year}-{YEAR[style.language]} {date.day}-{name}"


def close(style: Style, facts: Facts, *, dated: bool = True) -> str:
    """Who signs: name and post before the line, post above it, head and the man of the heating side by side or below each other, or in a frame with the seal's place."""
    random = style.random
    accountant, sign, who, place, head, keeper, word, made = WORDS[style.language]
    name, post = escape(random.choice((facts.signatory, initials_first(facts)))), escape(facts.position)
    hand = f'<span class="hand">{ink(style, facts)}</span>'
    bare = hand.replace('class="hand"', 'class="hand" style="border:0"')
    shape = random.choice(("name first", "above", "sides", "head", "frame", "dotted"))
    date = ""
    if dated:
        shown = day(style, facts.report_date)
        date = random.choice((f"<div>{word}: {shown}</div>", f"<div>{made}: {shown}</div>", f"<div>{shown}</div>"))
    mark = f'<div class="small" style="margin-left:{random.choice((0, 0, 30))}mm">{place}</div>' if random.random() < 0.85 else ""
    left, top = (36, 112), (-4, 9)
    if shape == "name first":
        body = f"<div>{name}, {post[:1].lower() + post[1:]} {hand}</div>"
    elif shape == "above":
        body = f'<div>{post}</div><div style="margin-top:5mm">{hand} <span style="margin-left:3mm">{name}</span></div><div class="under" style="text-align:left; margin-left:14mm">({sign})</div>'
    elif shape == "sides":
        other = f'<span class="hand" style="width:26mm">{ink(style, facts) if random.random() < 0.3 else ""}</span>'
        body = f'<table style="width:100%"><tr><td>{post}<br><br>{bare.replace("44mm", "30mm")} {name}</td><td>{keeper}<br><br>{other} {person(style)}</td></tr></table>'
    elif shape == "head":
        body = f'<div>{head}: {post}</div><div style="margin:4mm 0">{hand} / {name} /</div><div class="small" style="margin-top:3mm">{keeper}: {person(style)}, {phone(style)}</div>'
    elif shape == "frame":
        body = f'<table class="cells" style="width:88%"><tr><td>{post}</td><td style="width:50mm; height:12mm">{bare}</td><td>{name}</td></tr><tr class="under"><td></td><td>{sign}</td><td>{who}</td></tr></table>'
        top = (2, 14)
    else:
        body = f'<div>{post} <span class="hand" style="border-bottom:0.4mm dotted #222">{ink(style, facts)}</span> ({name})</div>'
        if accountant.casefold() not in facts.position.casefold():
            body += f'<div style="margin-top:5mm">{accountant} <span class="hand" style="border-bottom:0.4mm dotted #222"></span> ({person(style)})</div>'
    above = random.random() < 0.5
    return f'<div class="close">{date if above else ""}<div style="margin:4mm 0">{body}</div>{mark}{"" if above else date}{seal(style, facts, left, top)}</div>'


def signed(style: Style, facts: Facts, ours: str, theirs: str, made: str) -> str:
    """The end of a printout: the program's two lines, the customer's with post and name typed in; `made` is the program's word before the day of printing."""
    random = style.random
    name, post = escape(random.choice((facts.signatory, initials_first(facts)))), escape(facts.position)
    who = post if facts.position == ours or random.random() < 0.4 else f"{ours}: {post}"
    other = f'<div style="margin-top:6mm">{theirs} <span class="hand"></span></div>' if theirs else ""
    return f'<div class="close"><div>{who} <span class="hand">{ink(style, facts)}</span> {name}</div><div class="small" style="margin-left:60mm">М.П.</div>{other}<div style="margin-top:4mm">{made} {facts.report_date:%d.%m.%Y}</div>{seal(style, facts, (55, 120), (-4, 8))}</div>'
