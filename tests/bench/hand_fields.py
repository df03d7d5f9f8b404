"""Forms whose labels do not stand before their values: below a line, above a frame, inside it, or beside columns of meters."""

from __future__ import annotations

from collections.abc import Sequence

import cv2

from tests.bench.hand_lines import next_line, put_head
from tests.bench.hand_sheet import MILLIMETRE, Form, date_text, number_text, unit_of
from tests.bench.hand_tables import draw_grid
from tests.corpus.labels import MONTHS

_LEFT = 22 * MILLIMETRE
_NUMBERS = ("previous", "current", "consumption")
_PALE = ((235, 170, 120), (150, 190, 235), (170, 170, 170), (60, 60, 60))


def _values(form: Form) -> list[tuple[str, str, bool]]:
    """Label, text and whether it is digits, of all that a report of one meter says."""
    f, m, unit = form.facts, form.facts.meters[0], unit_of(form)
    month = f"{MONTHS[f.language][f.period.month - 1]} {f.period.year}"
    return [
        (form.word("organization"), f.organization, False),
        (form.word("address"), f.address, False),
        (form.word("contract"), f.contract_number, True),
        (form.word("inn"), f.inn, True),
        ({"ru": "Отчетный период", "uz": "Hisobot davri", "uz_cyrl": "Ҳисобот даври"}[f.language], month, False),
        (form.word("reading_date"), date_text(form, f.reading_date), True),
        (f"{form.word('serial')} ({form.word(m.kind.value)})", m.serial, True),
        *((f"{form.word(k)}, {unit}", number_text(form, getattr(m, k)), True) for k in _NUMBERS),
        (form.word("report_date"), date_text(form, f.report_date), True),
    ]


def draw_captions(form: Form) -> None:
    """Lines to write on, and in small print below each what belongs there."""
    put_head(form)
    x, edge = float(_LEFT), 190 * MILLIMETRE
    next_line(form, 1.3)
    for label, text, digits in _values(form):
        wide = (62 if digits else 150) * MILLIMETRE
        if x + wide > edge:
            x = float(_LEFT)
            next_line(form, 1.75)
        form.gap(x, wide, text, "lines", digits)
        base, small = form.y, 0.62
        form.y += 0.1 * form.tall + 0.72 * form.size
        caption = f"({label})" if form.chance.random() < 0.7 else label
        form.print(x + max(0.0, (wide - _width(form, caption, small)) / 2), caption, small)
        form.y = base
        x += wide + 8 * MILLIMETRE
    _signed(form, 2.2)


def draw_stacked(form: Form) -> None:
    """A frame for each value below its label, two beside each other; at times the label stands inside the frame."""
    put_head(form)
    inside = form.chance.random() < 0.5
    high = form.tall * 1.5 + (1.0 * form.size if inside else 0)
    x, top, gap = float(_LEFT), form.y + 8 * MILLIMETRE, 6 * MILLIMETRE
    for label, text, digits in _values(form):
        wide = (80 if digits else 166) * MILLIMETRE
        if x + wide > 192 * MILLIMETRE:
            x, top = float(_LEFT), top + high + (0.4 if inside else 1.5) * form.size + 1 * MILLIMETRE
        head = top if inside else top + 1.0 * form.size
        cv2.rectangle(form.page, (round(x), round(head)), (round(x + wide), round(head + high)), (50, 50, 50), 2)
        form.y = head + 0.75 * form.size if inside else head - 0.3 * form.size
        form.print(x + (6 if inside else 0), label, 0.68 if inside else 0.8)
        form.y = head + high - 0.25 * form.tall
        form.fill(x + 6, x + wide - 6, text, digits)
        x += wide + gap
        form.y = head + high
    _signed(form, 1.4)


def draw_cells(form: Form) -> None:
    """A box for each digit with gaps between, pale at times, below or behind its label."""
    put_head(form)
    form.tall = min(form.tall, 5.0 * MILLIMETRE)
    above, colour = form.chance.random() < 0.5, form.chance.choice(_PALE)
    next_line(form, 1.2)
    for label, text, digits in _values(form):
        end = form.print(_LEFT, label, 0.8 if above else 1.0)
        x = float(_LEFT) if above else max(end + 4 * MILLIMETRE, _LEFT + 66 * MILLIMETRE)
        if above:
            next_line(form, 0.85)
        if digits and all(sign in "0123456789.,-" for sign in text):
            _separate(form, x, text.replace("-", "."), colour)
        else:
            form.gap(x, 100 * MILLIMETRE, text, "lines", digits)
        next_line(form, 1.15 if above else 1.05)
    _signed(form, 0.6)


def _separate(form: Form, x: float, text: str, colour: tuple[int, int, int]) -> None:
    wide, high = form.tall * 1.02, form.tall * 1.3
    top = form.y - high + 0.2 * form.tall
    for sign in text:
        if not sign.isdigit():
            x = form.print(x + 3, sign, 1.1) + 3
            continue
        cv2.rectangle(form.page, (round(x), round(top)), (round(x + wide), round(top + high)), colour, 2)
        ink = form.digits(sign, 1.05 * wide)
        form.put(
            ink, x + (wide - ink.shape[1]) * form.chance.uniform(0.1, 0.9), top + high - 0.12 * form.tall * form.chance.uniform(-0.5, 2)
        )
        x += wide + 0.18 * form.tall


def draw_across(form: Form) -> None:
    """A table with a column for each meter: labels at its left, the meters' numbers at its head."""
    put_head(form)
    f, unit = form.facts, unit_of(form)
    for label, text, digits in _values(form)[:6]:
        next_line(form, 0.95)
        form.gap(form.print(_LEFT, label + " "), (60 if digits else 95) * MILLIMETRE, text, "lines", digits)
    heads = [(f"{n} - {form.word('meter')}", "") for n in range(1, len(f.meters) + 1)] if len(f.meters) > 1 else [("", "")]
    rows: list[Sequence[tuple[str, str]]] = [[("", ""), *heads]] if len(f.meters) > 1 else []
    rows.append([(form.word("serial"), ""), *((m.serial, "digits") for m in f.meters)])
    rows.append([(form.word("system"), ""), *((form.word(m.kind.value), "") for m in f.meters)])
    rows += [[(f"{form.word(k)}, {unit}", ""), *((number_text(form, getattr(m, k)), "digits") for m in f.meters)] for k in _NUMBERS]
    columns = [60 * MILLIMETRE, *[(112 / max(2, len(f.meters))) * MILLIMETRE] * len(f.meters)]
    draw_grid(form, columns, rows, [form.tall * 1.6] * len(rows))
    next_line(form)
    label, text, digits = _values(form)[-1]
    form.gap(form.print(_LEFT, label + " "), 50 * MILLIMETRE, text, "lines", digits)
    _signed(form, 1.2)


def draw_numbered(form: Form) -> None:
    """A list of numbered lines with dotted leaders, the values at the right, on half a sheet."""
    put_head(form)
    right = 150 * MILLIMETRE
    for number, (label, text, digits) in enumerate(_values(form), 1):
        next_line(form, 1.02)
        end = form.print(_LEFT, f"{number}. {label} ")
        start = max(end, right - (62 if digits else 88) * MILLIMETRE)
        y = form.y + 0.1 * form.tall
        form.rule(end, y, right, y, 3, form.chance.choice((8, 11)))
        form.fill(start, right, text, digits)
    _signed(form, 1.2)


def _width(form: Form, text: str, size: float) -> float:
    return form.font(size).getlength(text)


def _signed(form: Form, share: float) -> None:
    next_line(form, share)
    x = form.gap(_LEFT, 40 * MILLIMETRE, form.facts.position, "lines", digits=False)
    form.rule(x, form.y + 4, x + 40 * MILLIMETRE, form.y + 4)
    form.gap(x + 45 * MILLIMETRE, 50 * MILLIMETRE, form.facts.signatory, "lines", digits=False)
    next_line(form)
    form.print(_LEFT, form.word("stamp"))
