"""The eighth batch's desk: letterheads, faces and ends of pages of a hospital, a bank, a factory and their like, in the usual words of the trade."""
# ruff: noqa: E501 - lists of words and lines of markup

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts, MeterFacts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts.aside.blocks import row
from tests.corpus.layouts.aside.ends import faced, initials_first, ink, seal
from tests.corpus.layouts.aside.trade import typed
from tests.corpus.marks import logo, picture
from tests.corpus.names import SURNAMES
from tests.corpus.style import Style

#: Times, Arial and Calibri by their twins in every second office, else any face that has the letters.
_LATIN_TOO = ("Liberation Serif", "Liberation Sans", "Liberation Sans Narrow", "Linux Biolinum O")
_ALL = ("Carlito", "Nimbus Roman", "Nimbus Sans", "DejaVu Sans Condensed", "Linux Libertine O", "Open Sans", "PT Sans", "PT Sans Caption", "PT Serif", "PT Serif Caption", "Roboto", "Roboto Condensed", "P052", "C059", "URW Gothic", "DejaVu Serif Condensed", "Nimbus Sans Narrow")  # fmt: skip
_USUAL = {
    "ru": ("Liberation Serif", "Liberation Sans", "Carlito"),
    "uz": ("Liberation Serif", "Liberation Sans", "Carlito"),
    "uz_cyrl": ("Nimbus Roman", "Nimbus Sans", "Carlito"),
}
_KINDS = {
    "ru": (("отопление", "Отопление", "отопление"), ("ГВС", "горячая вода", "Горячее водоснабжение")),
    "uz": (("isitish", "Isitish tizimi", "Isitish"), ("issiq suv", "Issiq suv ta’minoti", "Issiq suv")),
    "uz_cyrl": (("иситиш", "Иситиш тизими", "Иситиш"), ("иссиқ сув", "Иссиқ сув таъминоти", "Иссиқ сув")),
}
YEAR = {"uz": "yil", "uz_cyrl": "йил"}


def css(style: Style, extra: str = "") -> str:
    """The page's face and size; forms are set smaller than letters by `extra`."""
    every = _ALL if style.language == "uz_cyrl" else _ALL + _LATIN_TOO
    face = style.random.choice(_USUAL[style.language] if style.chance(0.55) else every)
    return faced(f'"{face}"', f".fill {{ border-bottom: 0.25mm solid #333; padding: 0 1.5mm }} {extra}")


def pick(style: Style, *words: str) -> str:
    """One of the words that such an office would use."""
    return escape(style.random.choice(words))


def kind(style: Style, m: MeterFacts) -> str:
    """One word a system, the same all over the page."""
    place = style.chosen.setdefault("eighth kind", str(style.random.randrange(3)))
    return escape(_KINDS[style.language][m.kind is MeterKind.HOT_WATER][int(place)])


def month(style: Style, facts: Facts) -> str:
    return MONTHS[style.language][facts.period.month - 1]


def spelled(style: Style, date: dt.date) -> str:
    """The day with its month in a word, as letters have it."""
    name = MONTHS["ru_of" if style.language == "ru" else style.language][date.month - 1]
    if style.language == "ru":
        return style.random.choice(
            (f"{date.day} {name} {date.year} г.", f"«{date.day:02d}» {name} {date.year} г.", f"{date.day:02d} {name} {date.year} года")
        )
    year = YEAR[style.language]
    return style.random.choice((f"{date.year}-{year} {date.day}-{name}", f"{date.year} {year} {date.day} {name}", f"{date.day:02d}.{date.month:02d}.{date.year}"))  # fmt: skip


def figures(date: dt.date, language: str = "") -> str:
    return f"{date:%d.%m.%Y}" + (" г." if language == "ru" else "")


def cells(style: Style, m: MeterFacts) -> list[str]:
    return [f'<div class="n">{style.number(v)}</div>' for v in (m.previous, m.current, m.consumption)]


def unit(style: Style, m: MeterFacts) -> str:
    return escape(style.unit(m.unit))


def meter_rows(style: Style, facts: Facts, order: str, **own: Iterable[str]) -> str:
    """A row a meter with the cells that `order` names: number, model, serial, kind, numbers (the three), unit, and the page's `own` of each row."""
    named = {key: iter(values) for key, values in own.items()}

    def cell(key: str, i: int, m: MeterFacts) -> list[str]:
        if key == "numbers":
            return cells(style, m)
        if key in named:
            return [escape(typed(style, next(named[key])))]
        if key == "kind":
            return [escape(typed(style, kind(style, m)))]
        if key == "unit":
            return [unit(style, m)]
        return [{"number": str(i), "model": escape(m.model), "serial": m.serial}[key]]

    return "".join(row([c for key in order.split() for c in cell(key, i, m)]) for i, m in enumerate(facts.meters, 1))


def person(style: Style) -> str:
    """Somebody else of the house."""
    name, letters = style.random.choice(SURNAMES[style.language])
    return escape(f"{name} {style.random.choice(letters)}.{style.random.choice(letters)}.")


def phone(style: Style) -> str:
    random = style.random
    return random.choice(
        (
            f"(+998 71) {random.randint(200, 299)}-{random.randint(10, 99)}-{random.randint(10, 99)}",
            f"+998 {random.choice((90, 91, 93, 97))} {random.randint(100, 999)} {random.randint(10, 99)} {random.randint(10, 99)}",
            f"{random.randint(200, 299)}-{random.randint(10, 99)}-{random.randint(10, 99)}",
        )
    )


def letterhead(style: Style, facts: Facts) -> str:
    """Name, address, telephone, mail, bank: in the middle, at the left, or beside an emblem."""
    random = style.random
    account = "".join(str(random.randint(0, 9)) for _ in range(12))
    words = {
        "ru": (f"Тел./факс: {phone(style)}, e-mail: {facts.email}", f"р/с 20208000{account} в АКБ «Ипак Йули», МФО {random.randint(400, 1199):05d}, ИНН {facts.inn}, ОКЭД {random.randint(10000, 96000)}"),
        "uz": (f"Tel.: {phone(style)}, e-mail: {facts.email}", f"h/r 20208000{account}, MFO {random.randint(400, 1199):05d}, STIR {facts.inn}, IFUT {random.randint(10000, 96000)}"),
        "uz_cyrl": (f"Тел.: {phone(style)}, e-mail: {facts.email}", f"ҳ/р 20208000{account}, МФО {random.randint(400, 1199):05d}, СТИР {facts.inn}, ИФУТ {random.randint(10000, 96000)}"),
    }[style.language]  # fmt: skip
    shape = random.choice(("center", "center", "left", "emblem"))
    name = f'<div style="font-size:1.15em"><b>{escape(facts.organization)}</b></div>'
    rest = "".join(f"<div>{escape(part)}</div>" for part in (facts.address, *words))
    mark = f'<img class="emblem" src="{picture(logo(random))}">' if shape == "emblem" else ""
    align = "center" if shape == "center" else "left"
    return f'<div class="head" style="text-align:{align}">{mark}{name}<div style="font-size:0.88em">{rest}</div></div>'


def outgoing(style: Style, facts: Facts) -> str:
    random = style.random
    number = random.choice((str(random.randint(11, 980)), f"{random.randint(1, 30):02d}-{random.randint(1, 20):02d}/{random.randint(10, 990)}", f"{random.randint(1, 9)}-{random.randint(100, 999)}"))  # fmt: skip
    date = spelled(style, facts.report_date) if style.chance(0.5) else figures(facts.report_date, style.language)
    shapes = {"ru": ("Исх. № {n} от {d}", "№ {n} от {d}", "{d} № {n}"), "uz": ("№ {n}, {d}", "Chiq. № {n} {d}", "{d} № {n}"), "uz_cyrl": ("№ {n}, {d}", "Чиқ. № {n} {d}", "{d} № {n}")}  # fmt: skip
    return f'<div class="outgoing">{random.choice(shapes[style.language]).format(n=number, d=date)}</div>'


def close(style: Style, facts: Facts, *, dated: bool = True) -> str:
    """Who signs: on one line, over captions, with an accountant below, at the right, or with an executor; the date before or after it."""
    random = style.random
    words = {
        "ru": (
            "Главный бухгалтер",
            "подпись",
            "Ф.И.О.",
            "М.П.",
            "Исполнитель:",
            "тел.",
            ("Дата составления отчета", "Дата составления", "Дата"),
        ),
        "uz": ("Bosh hisobchi", "imzo", "F.I.Sh.", "M.O‘.", "Ijrochi:", "tel.", ("Tuzilgan sana", "Hisobot sanasi", "Sana")),
        "uz_cyrl": ("Бош ҳисобчи", "имзо", "Ф.И.Ш.", "М.Ў.", "Ижрочи:", "тел.", ("Тузилган сана", "Ҳисобот санаси", "Сана")),
    }[style.language]
    accountant, sign, who, place, executor, tel, dates = words
    name, post = escape(random.choice((facts.signatory, initials_first(facts)))), escape(facts.position)
    hand = f'<span class="hand">{ink(style, facts)}</span>'
    bare = hand.replace('class="hand"', 'class="hand" style="border:0"')
    shape = random.choice(("line", "line", "captions", "accountant", "wide", "executor"))
    mark = f'<div class="small">{place}</div>' if random.random() < 0.85 else ""
    if shape == "captions":
        body = f'<table style="width:92%"><tr><td>{post}</td><td>{hand}</td><td class="fill" style="text-align:center">{name}</td></tr><tr class="under"><td></td><td>({sign})</td><td>({who})</td></tr></table>'
    elif shape == "accountant" and accountant.casefold() not in facts.position.casefold():
        second = f'<span class="hand">{ink(style, facts) if random.random() < 0.3 else ""}</span>'
        body = f'<table><tr><td style="width:56mm">{post}</td><td style="width:48mm">{hand}</td><td>{name}</td></tr><tr><td style="padding-top:4mm">{accountant}</td><td>{second}</td><td>{person(style)}</td></tr></table>'
    elif shape == "wide":
        body = f'<table style="width:100%"><tr><td>{post}</td><td style="text-align:center">{bare}</td><td style="text-align:right">{name}</td></tr></table>'
    elif shape == "executor":
        body = f'<div>{post} {hand} {name}</div><div class="small" style="margin-top:6mm">{executor} {person(style)}, {tel} {phone(style)}</div>'
    else:
        body = f"<div>{post} {hand} {random.choice((name, f'/ {name} /', f'({name})'))}</div>"
    date = ""
    if dated:
        shown = spelled(style, facts.report_date) if style.chance(0.35) else figures(facts.report_date, style.language)
        date = f"<div>{random.choice((random.choice(dates) + ': ', random.choice(dates) + ' – ', ''))}{shown}</div>"
    above = random.random() < 0.4
    return f'<div class="close">{date if above else ""}<div style="margin:4mm 0">{body}</div>{mark}{"" if above else date}{seal(style, facts, (38, 112), (-4, 9))}</div>'
