"""Forms to fill in whose values stand in the cells of ruled tables."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
from PIL import ImageFont

from tests.bench.hand_lines import next_line, put_foot, put_head, put_requisites
from tests.bench.hand_sheet import MILLIMETRE, Form, date_text, font_of, number_text, unit_of


def draw_grid(form: Form, columns: Sequence[float], rows: Sequence[Sequence[tuple[str, str]]], heights: Sequence[float]) -> None:
    """A ruled table: cells are (print, "") or (text, "digits" / "words")."""
    top, thick = form.y + 4 * MILLIMETRE, form.chance.choice((2, 3))
    edges = [20 * MILLIMETRE]
    for width in columns:
        edges.append(edges[-1] + width)
    y = top
    for row, height in zip(rows, heights, strict=True):
        for (text, hand), left, right in zip(row, edges, edges[1:], strict=False):
            cv2.rectangle(form.page, (round(left), round(y)), (round(right), round(y + height)), (40, 40, 40), thick)
            if hand:
                form.y = y + height - 0.42 * (height - form.tall)
                form.fill(left + 4, right - 4, text, hand == "digits")
            else:
                parts = _wrapped(text, right - left - 10, font_of(form.print_file, round(form.size * 0.85)))
                for n, part in enumerate(parts):
                    form.y = y + height / 2 + (n - (len(parts) - 1) / 2) * form.size + 0.35 * form.size
                    form.print(left + 6, part, 0.85)
        y += height
    form.y = y


def _wrapped(text: str, width: float, font: ImageFont.FreeTypeFont) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def draw_table(form: Form) -> None:
    put_head(form)
    put_requisites(form, form.chance.choice(("lines", "dotted")))
    unit, wide = unit_of(form), 172 * MILLIMETRE
    with_kind = form.chance.random() < 0.6
    numbered = form.chance.random() < 0.4
    head = ([("№", "")] if numbered else []) + [(form.word("serial"), "")] + ([(form.word("system"), "")] if with_kind else [])
    head += [(f"{form.word(k)}, {unit}", "") for k in ("previous", "current", "consumption")]
    rows = [head]
    for n, m in enumerate(form.facts.meters):
        row = ([(str(n + 1), "")] if numbered else []) + [(m.serial, "digits")] + ([(form.word(m.kind.value), "")] if with_kind else [])
        rows.append([*row, *((number_text(form, getattr(m, k)), "digits") for k in ("previous", "current", "consumption"))])
    if form.chance.random() < 0.3:
        rows.append([("", "") for _ in head])
    columns = ([9 * MILLIMETRE] if numbered else []) + [36 * MILLIMETRE] + ([26 * MILLIMETRE] if with_kind else [])
    rest = wide - sum(columns)
    columns += [0.36 * rest, 0.36 * rest, 0.28 * rest]
    draw_grid(form, columns, rows, [3.4 * form.size, *[form.tall * form.chance.uniform(1.4, 1.9)] * (len(rows) - 1)])
    next_line(form, 0.5)
    put_foot(form, "lines")


def draw_keys(form: Form) -> None:
    """A table of two columns: what, and its value."""
    put_head(form)
    f, m, unit = form.facts, form.facts.meters[0], unit_of(form)
    rows = [
        [(form.word("organization"), ""), (f.organization, "words")],
        [(form.word("address"), ""), (f.address, "words")],
        [(form.word("contract"), ""), (f.contract_number, "digits")],
        [(form.word("inn"), ""), (f.inn, "digits")],
        [(form.word("reading_date"), ""), (date_text(form, f.reading_date), "digits")],
        [(f"{form.word('serial')} ({form.word(m.kind.value)})", ""), (m.serial, "digits")],
        *([(f"{form.word(k)}, {unit}", ""), (number_text(form, getattr(m, k)), "digits")] for k in ("previous", "current", "consumption")),
        [(form.word("report_date"), ""), (date_text(form, f.report_date), "digits")],
    ]
    draw_grid(form, [75 * MILLIMETRE, 95 * MILLIMETRE], rows, [form.tall * 1.7] * len(rows))
    next_line(form)
    form.print(22 * MILLIMETRE, form.word("stamp"))
