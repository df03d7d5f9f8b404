"""Blocks that many pages share: letterhead, addressee, requisites that are traps, the signatory with ink and stamp."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from tests.corpus.facts import Facts, MeterFacts
from tests.corpus.marks import logo, picture, signature, stamp
from tests.corpus.names import SUPPLIERS
from tests.corpus.style import Style


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as HTML, what of the facts it does not say, and its paper's margins in mm."""

    body: str
    unsaid: frozenset[str] = frozenset()
    css: str = ""
    margins: tuple[int, int] = (18, 18)


def field(style: Style, key: str, value: str) -> str:
    """`Label: value` with the office's word and colon."""
    return f"{style.label(key)}{style.colon} {escape(value)}"


def title(style: Style, facts: Facts) -> str:
    heading, month = style.label("title"), style.month(facts.period)
    align = style.chosen.setdefault("title align", style.random.choice(("center", "center", "center", "left")))
    middle = "<br>" if style.chance(0.7) else " "
    return f'<h1 style="text-align:{align}">{heading}{middle}{month}</h1>'


def addressee(style: Style) -> str:
    """To whom it is sent: the supplier, who must never be taken for the customer."""
    supplier = escape(style.random.choice(SUPPLIERS[style.language]))
    words = {
        "ru": [f"В отдел метрологии<br>{supplier}", f"Директору {supplier}", f"Начальнику РТС-{style.random.randint(1, 9)}<br>{supplier}"],
        "uz": [f"{supplier} rahbariga", f"{supplier}<br>metrologiya bo‘limiga"],
        "uz_cyrl": [f"{supplier} раҳбарига", f"{supplier}<br>метрология бўлимига"],
    }
    return f'<div class="to">{style.random.choice(words[style.language])}</div>'


def letterhead(style: Style, facts: Facts) -> str:
    """Name, address, bank: long numbers that are nobody's reading."""
    random = style.random
    account = "2020 8000 " + " ".join(f"{random.randint(0, 9999):04d}" for _ in range(3))
    bank = f"{random.randint(100, 1199):05d}"
    phone = f"{random.choice((71, 78, 90, 93))} {random.randint(200, 299)}-{random.randint(0, 99):02d}-{random.randint(0, 99):02d}"
    words = {
        "ru": f"р/с {account}, МФО {bank}, ИНН {facts.inn}, ОКЭД {random.randint(10000, 96000)}, тел. {phone}",
        "uz": f"h/r {account}, MFO {bank}, STIR {facts.inn}, tel. {phone}",
        "uz_cyrl": f"ҳ/р {account}, МФО {bank}, СТИР {facts.inn}, тел. {phone}",
    }
    emblem = f'<img class="emblem" src="{picture(logo(random))}">' if style.chance(0.35) else ""
    return f'<div class="head">{emblem}<b>{escape(facts.organization)}</b><br>{escape(facts.address)}<br>{words[style.language]}</div>'


def outgoing(style: Style, facts: Facts) -> str:
    """`Исх. № 12/418 от ...`: a number beside № that is no contract."""
    word = {"ru": "Исх. №", "uz": "Chiq. №", "uz_cyrl": "Чиқ. №"}[style.language]
    of = {"ru": " от ", "uz": ", ", "uz_cyrl": ", "}[style.language]
    number = style.random.choice((f"{style.random.randint(1, 900)}", f"{style.random.randint(1, 40):02d}/{style.random.randint(1, 999)}"))
    return f'<div class="outgoing">{word} {number}{of}{style.date(facts.report_date)}</div>'


def executor(style: Style) -> str:
    phone = f"{style.random.choice((71, 90, 97))}-{style.random.randint(100, 999)}-{style.random.randint(10, 99)}-{style.random.randint(10, 99)}"
    return f'<div class="small">{style.label("executor")} {style.label("phone")} {phone}</div>'


def signatory(style: Style, facts: Facts, *, second: bool = False) -> str:
    """Position, line with ink over it, name; the stamp's place; and the stamp, often over the name."""
    random = style.random
    ink = ""
    if facts.signature_present:
        ink = f'<img class="ink" style="left:{random.uniform(0, 14):.0f}mm; bottom:{random.uniform(-5, 0):.0f}mm" src="{picture(signature(random))}">'
    line = "" if style.chance(0.15) else "rule"
    under = f'<div class="small" style="margin-left:62mm">{style.label("signature")}</div>' if style.chance(0.25) else ""
    rows = (
        f'<div class="sign"><span class="position">{escape(facts.position)}</span><span class="{line} pen">{ink}</span>'
        f'<span class="name">{escape(facts.signatory)}</span></div>{under}'
    )
    if second:
        other = {"ru": "Исполнитель", "uz": "Ijrochi", "uz_cyrl": "Ижрочи"}[style.language]
        rows += f'<div class="sign"><span class="position">{other}</span><span class="rule pen"></span></div>'
    seal = ""
    if facts.stamp_present:
        seal = (
            f'<img class="seal" style="left:{random.uniform(38, 105):.0f}mm; top:{random.uniform(-14, 4):.0f}mm" '
            f'src="{picture(stamp(random, facts))}">'
        )
    place = f'<div class="small place">{style.label("stamp")}</div>' if style.chance(0.85) else ""
    return f'<div class="signatory">{rows}{place}{seal}</div>'


def meter_name(meter: MeterFacts) -> str:
    return escape(meter.model)


def css(style: Style, drawn: Drawn) -> str:
    """The page's look; the same for all layouts but for what a layout adds."""
    top, side = drawn.margins
    return f"""
@page {{ size: A4; margin: {top}mm {side}mm; }}
body {{ font: {style.size}pt "{style.font}"; margin: 0; }}
h1 {{ font-size: 1.15em; margin: 6mm 0; }}
table {{ border-collapse: collapse; width: 100%; margin: 4mm 0; }}
.to {{ text-align: right; margin-bottom: 5mm; }}
.head {{ border-bottom: 0.4mm solid #333; padding-bottom: 2mm; margin-bottom: 4mm; font-size: 0.92em; }}
.emblem {{ float: left; margin-right: 4mm; }}
.outgoing {{ margin-bottom: 4mm; }}
.small {{ font-size: 0.78em; }}
.signatory {{ position: relative; margin-top: 12mm; page-break-inside: avoid; }}
.sign {{ margin-bottom: 5mm; white-space: nowrap; }}
.position {{ display: inline-block; min-width: 52mm; padding-right: 4mm; }}
.pen {{ display: inline-block; width: 46mm; height: 5mm; position: relative; margin-right: 5mm; }}
.rule {{ border-bottom: 0.3mm solid #222; }}
.ink {{ position: absolute; width: 42mm; }}
.seal {{ position: absolute; width: 38mm; }}
.place {{ margin-top: 3mm; }}
p {{ text-indent: 10mm; line-height: 1.45; margin: 2mm 0; text-align: justify; }}
pre {{ font: {style.size * 0.85:.1f}pt "{style.monospace}"; line-height: 1.3; }}
{drawn.css}
"""
