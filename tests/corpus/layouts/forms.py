"""Typed forms: ruled and unruled tables, blocks of label and value, transposed and goods-like tables, certificates, acts."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts, MeterFacts
from tests.corpus.labels import LABELS, MONTHS
from tests.corpus.layouts import parts
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style

_RULED = "td, th { border: 0.3mm solid #111; padding: 1.1mm 1.5mm; text-align: center; }"
_KEYS = ("organization", "address", "contract", "inn", "reading_date")


def _value(style: Style, facts: Facts, key: str) -> str:
    return {
        "organization": facts.organization,
        "address": facts.address,
        "contract": facts.contract_number,
        "inn": facts.inn,
        "reading_date": style.date(facts.reading_date),
        "report_date": style.date(facts.report_date),
    }[key]


def _requisites(style: Style, facts: Facts) -> str:
    """The customer's block in one of three shapes: lines, two columns, or two facts on a line."""
    keys = [*_KEYS[:2], *style.random.sample(_KEYS[2:], 3)]
    shape = style.random.choice(("lines", "columns", "pairs"))
    if shape == "columns":
        rows = "".join(f"<tr><td>{style.label(k)}{style.colon}</td><td>{escape(_value(style, facts, k))}</td></tr>" for k in keys)
        return f'<table class="plain">{rows}</table>'
    lines = [parts.field(style, k, _value(style, facts, k)) for k in keys]
    if shape == "pairs":
        lines = [*lines[:2], f"{lines[2]}{'&nbsp;' * 12}{lines[3]}", lines[4]]
    return "".join(f"<div>{line}</div>" for line in lines)


def _ending(style: Style, facts: Facts) -> str:
    tail = parts.executor(style) if style.chance(0.3) else ""
    return f"<div>{parts.field(style, 'report_date', style.date(facts.report_date))}</div>{parts.signatory(style, facts, second=style.chance(0.2))}{tail}"


def _total_row(style: Style, facts: Facts, before: int, after: int) -> str:
    total = style.total(facts)
    if total is None or style.chance(0.3):
        return ""
    return f'<tr><td colspan="{before}" style="text-align:right">{style.label("total")}</td><td>{total}</td>{"<td></td>" * after}</tr>'


def _head(style: Style, *keys: str) -> str:
    return "<tr>" + "".join(f"<th>{style.label(k)}</th>" for k in keys) + "</tr>"


def _numbers(style: Style, meter: MeterFacts) -> tuple[str, str, str]:
    return style.number(meter.previous), style.number(meter.current), style.number(meter.consumption)


def ruled(facts: Facts, style: Style) -> Drawn:
    """A ruled table with a row a meter; the unit in its own column or beside the consumption."""
    own_unit = style.chance(0.6)
    keys = ["number", "meter", "serial", "system", "previous", "current", "consumption"] + ["unit"] * own_unit
    rows = ""
    for position, meter in enumerate(facts.meters, 1):
        previous, current, consumption = _numbers(style, meter)
        unit = escape(style.unit(meter.unit))
        cells = [str(position), escape(meter.model), meter.serial, style.kind(meter.kind), previous, current]
        cells += [consumption, unit] if own_unit else [f"{consumption} {unit}"]
        rows += "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    rows += _total_row(style, facts, 6, own_unit)
    top = parts.addressee(style) if style.chance(0.5) else ""
    body = f"{top}{parts.title(style, facts)}{_requisites(style, facts)}<table>{_head(style, *keys)}{rows}</table>{_ending(style, facts)}"
    # Eight columns in a wide font would leave the paper at its right edge, and with them the unit.
    fitted = "table:not(.plain) { font-size: 80%; } table:not(.plain) :is(td, th) { padding: 1.1mm 0.8mm; }"
    return Drawn(body, css=_RULED + ".plain td { border: 0; text-align: left; }" + fitted)


def ruled_two_rows(facts: Facts, style: Style) -> Drawn:
    """A header of two rows: «Показания» spans the columns previous and current; the unit stands in the header where all share it."""
    shared = len({m.unit for m in facts.meters}) == 1
    suffix = f", {escape(style.unit(facts.meters[0].unit))}" if shared else ""
    tall = ["number", "serial", "meter", "system"]
    head = "<tr>" + "".join(f'<th rowspan="2">{style.label(k)}</th>' for k in tall)
    head += f'<th colspan="2">{style.label("readings")}{suffix}</th><th rowspan="2">{style.label("consumption")}{suffix}</th>'
    head += "" if shared else f'<th rowspan="2">{style.label("unit")}</th>'
    head += f"</tr><tr><th>{style.label('previous_short')}</th><th>{style.label('current_short')}</th></tr>"
    rows = ""
    for position, meter in enumerate(facts.meters, 1):
        cells = [str(position), meter.serial, escape(meter.model), style.kind(meter.kind), *_numbers(style, meter)]
        cells += [] if shared else [escape(style.unit(meter.unit))]
        rows += "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    rows += _total_row(style, facts, 6, not shared)
    body = f"{parts.letterhead(style, facts)}{parts.title(style, facts)}{_requisites(style, facts)}<table>{head}{rows}</table>{_ending(style, facts)}"
    return Drawn(body, css=_RULED + ".plain td { border: 0; text-align: left; }")


def unruled(facts: Facts, style: Style) -> Drawn:
    """Columns held by white space only, or by lines under the rows."""
    keys = ["serial", "system", "previous", "current", "consumption", "unit"]
    rows = ""
    for meter in facts.meters:
        cells = [meter.serial, style.kind(meter.kind), *_numbers(style, meter), escape(style.unit(meter.unit))]
        rows += "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    rows += _total_row(style, facts, 4, 1)
    body = f"{parts.title(style, facts)}{_requisites(style, facts)}<table>{_head(style, *keys)}{rows}</table>{_ending(style, facts)}"
    line = "border-bottom: 0.2mm solid #888;" if style.chance(0.5) else ""
    return Drawn(
        body, css=f"td, th {{ padding: 1.6mm 2mm; text-align: left; {line} }} th {{ font-weight: normal; }} .plain td {{ border: 0; }}"
    )


def blocks(facts: Facts, style: Style) -> Drawn:
    """No table: each meter is a block of lines `label: value unit`."""
    text = ""
    for meter in facts.meters:
        unit = escape(style.unit(meter.unit))
        previous, current, consumption = _numbers(style, meter)
        lines = [
            f"{style.label('meter')}{style.colon} {escape(meter.model)} ({style.kind(meter.kind)})",
            f"{style.label('serial')}{style.colon} {meter.serial}",
            f"{style.label('previous')}{style.colon} {previous} {unit}",
            f"{style.label('current')}{style.colon} {current} {unit}",
            f"{style.label('consumption')}{style.colon} {consumption} {unit}",
        ]
        text += '<div class="block">' + "".join(f"<div>{line}</div>" for line in lines) + "</div>"
    total = style.total(facts)
    closing = f"<div>{style.label('total')}: {total} {escape(style.unit(facts.meters[0].unit))}</div>" if total else ""
    body = f"{parts.addressee(style)}{parts.title(style, facts)}{_requisites(style, facts)}{text}{closing}<br>{_ending(style, facts)}"
    return Drawn(body, css=".block { margin: 4mm 0 4mm 6mm; line-height: 1.5; } .plain td { text-align: left; padding: 0.6mm 2mm; }")


def transposed(facts: Facts, style: Style) -> Drawn:
    """A column a meter, a row a quantity."""
    rows = [("meter", [escape(m.model) for m in facts.meters]), ("serial", [m.serial for m in facts.meters])]
    rows.append(("system", [style.kind(m.kind) for m in facts.meters]))
    for key in ("previous", "current", "consumption"):
        rows.append((key, [f"{style.number(getattr(m, key))} {escape(style.unit(m.unit))}" for m in facts.meters]))
    if style.chance(0.5):
        rows.insert(3, ("unit", [escape(style.unit(m.unit)) for m in facts.meters]))
        rows[4:] = [(key, [style.number(getattr(m, key)) for m in facts.meters]) for key in ("previous", "current", "consumption")]
    table = "".join(f"<tr><th>{style.label(key)}</th>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>" for key, cells in rows)
    body = f"{parts.title(style, facts)}{_requisites(style, facts)}<table>{table}</table>{_ending(style, facts)}"
    return Drawn(body, css=_RULED + "th { text-align: left; font-weight: normal; } .plain td { border: 0; text-align: left; }")


def nomenclature(facts: Facts, style: Style) -> Drawn:
    """A goods-like table: consumption only, the meter in the remarks, tonnes of make-up water that belong to no sum."""
    words = {
        "ru": (
            "Наименование",
            "Кол-во",
            "Примечание",
            "Тепловая энергия на {}",
            "т/сч №",
            ("отопление", "нужды ГВС"),
            "Подпитка (теплоноситель)",
            "тн",
        ),
        "uz": ("Nomi", "Miqdori", "Izoh", "Issiqlik energiyasi, {}", "hisoblagich №", ("isitish", "issiq suv"), "To‘ldirish suvi", "tonna"),
    }[style.language]
    head = "<tr>" + "".join(f"<th>{w}</th>" for w in (style.label("number"), words[0], style.label("unit"), words[1], words[2])) + "</tr>"
    rows = ""
    for position, meter in enumerate(facts.meters, 1):
        what = words[3].format(words[5][meter.kind is MeterKind.HOT_WATER])
        cells = [str(position), what, escape(style.unit(meter.unit)), style.number(meter.consumption), f"{words[4]}{meter.serial}"]
        rows += "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    if style.chance(0.5):
        rows += f"<tr><td>{len(facts.meters) + 1}</td><td>{words[6]}</td><td>{words[7]}</td><td>{style.number(f'{style.random.randint(100, 900) / 100:.2f}')}</td><td></td></tr>"
    rows += _total_row(style, facts, 3, 1)
    body = (
        f"{parts.addressee(style)}{parts.title(style, facts)}{_requisites(style, facts)}<table>{head}{rows}</table>{_ending(style, facts)}"
    )
    return Drawn(body, css=_RULED + "td:nth-child(2) { text-align: left; } .plain td { border: 0; text-align: left; }")


def certificate(facts: Facts, style: Style) -> Drawn:
    """Two columns of numbered lines with leader dots, value at the right edge."""
    lines = [(style.label(k), _value(style, facts, k)) for k in _KEYS]
    for meter in facts.meters:
        unit = escape(style.unit(meter.unit))
        lines.append(
            (f"{style.label('meter')} ({style.kind(meter.kind)})", f"{meter.model}, {LABELS[style.language]['serial'][0]} {meter.serial}")
        )
        lines += [(style.label(k), f"{style.number(getattr(meter, k))} {unit}") for k in ("current", "previous", "consumption")]
    rows = "".join(
        f'<tr><td class="n">{i}.</td><td class="k"><span>{k}</span></td><td class="v">{escape(v)}</td></tr>'
        for i, (k, v) in enumerate(lines, 1)
    )
    body = f"{parts.letterhead(style, facts)}{parts.title(style, facts)}<table>{rows}</table>{_ending(style, facts)}"
    css = ".n { width: 8mm; } .k { border-bottom: 0.3mm dotted #555; } .v { text-align: right; border-bottom: 0.3mm dotted #555; } td { padding: 0.8mm 0; }"
    return Drawn(body, css=css)


def act(facts: Facts, style: Style) -> Drawn:
    """An act of taking the readings: two dated columns, two parties."""
    words = {
        "ru": (
            "АКТ снятия показаний приборов учета",
            "за {} {} года",
            "Мы, нижеподписавшиеся, составили настоящий акт о том, что сняты показания:",
            "Показание на {}",
            "Дом / ввод",
        ),
        "uz": (
            "Hisoblagich ko‘rsatkichlarini olish DALOLATNOMASI",
            "{1} yil {0}",
            "Quyidagi ko‘rsatkichlar olindi:",
            "{} holatiga ko‘rsatkich",
            "Bino",
        ),
    }[style.language]
    month = words[1].format(MONTHS[style.language][facts.period.month - 1], facts.period.year)
    unit = escape(style.unit(facts.meters[0].unit))
    shared = len({m.unit for m in facts.meters}) == 1
    columns = [words[3].format(f"{d:%d.%m.%Y}") for d in (facts.previous_date, facts.reading_date)]
    head = "".join(
        f"<th>{w}</th>"
        for w in (
            style.label("serial"),
            style.label("system"),
            *columns,
            style.label("consumption") + (f", {unit}" if shared else ""),
            *([] if shared else [style.label("unit")]),
        )
    )
    rows = ""
    for meter in facts.meters:
        cells = [
            f"{escape(meter.model)}<br>№ {meter.serial}",
            style.kind(meter.kind),
            *_numbers(style, meter),
            *([] if shared else [escape(style.unit(meter.unit))]),
        ]
        rows += "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    keys = "".join(f"<div>{parts.field(style, k, _value(style, facts, k))}</div>" for k in ("organization", "address", "contract", "inn"))
    body = f"<h1 style='text-align:center'>{words[0]}<br>{month}</h1>{keys}<p>{words[2]}</p><table><tr>{head}</tr>{rows}</table>{_ending(style, facts)}"
    return Drawn(body, css=_RULED)
