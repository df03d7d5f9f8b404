"""Forms to fill in on lines, in boxes and in the gaps of a letter, with the requisites and the foot that most forms have."""
# ruff: noqa: E501 - tables

from __future__ import annotations

import cv2

from tests.bench.hand_sheet import MILLIMETRE, Form, date_text, font_of, number_text, unit_of
from tests.corpus.labels import MONTHS


def put_head(form: Form) -> None:
    title = form.word("title")
    form.y = 26 * MILLIMETRE
    form.print((form.page.shape[1] - font_of(form.print_file, round(form.size * 1.1)).getlength(title)) / 2, title, 1.1)


def next_line(form: Form, share: float = 1.0) -> None:
    form.y += (form.tall * 1.5 + 3 * MILLIMETRE) * share


def put_requisites(form: Form, kind: str) -> None:
    f, left = form.facts, 22 * MILLIMETRE
    for key, text in (("organization", f.organization), ("address", f.address)):
        next_line(form)
        form.gap(form.print(left, form.word(key) + form.chance.choice(("", ":")) + " "), 130 * MILLIMETRE, text, kind, digits=False)
    next_line(form)
    x = form.gap(form.print(left, form.word("contract") + " "), 36 * MILLIMETRE, f.contract_number, kind)
    form.gap(form.print(x, form.word("inn") + " "), 52 * MILLIMETRE, f.inn, kind)
    next_line(form)
    month = MONTHS[f.language][f.period.month - 1]
    before, after = {"ru": ("за ", "{} г."), "uz": ("", "{}-yil"), "uz_cyrl": ("", "{} йил")}[f.language]
    x = form.gap(form.print(left, before), 38 * MILLIMETRE, month, kind, digits=False)
    x = form.print(x, after.format(f.period.year)) + form.size
    form.gap(form.print(x, form.word("reading_date") + " "), 50 * MILLIMETRE, date_text(form, f.reading_date), kind)


def put_foot(form: Form, kind: str) -> None:
    left = 22 * MILLIMETRE
    next_line(form)
    form.gap(form.print(left, form.word("report_date") + " "), 50 * MILLIMETRE, date_text(form, form.facts.report_date), kind)
    next_line(form, 1.3)
    x = form.gap(left, 40 * MILLIMETRE, form.facts.position, kind, digits=False)
    form.rule(x, form.y + 4, x + 40 * MILLIMETRE, form.y + 4)
    form.gap(x + 45 * MILLIMETRE, 50 * MILLIMETRE, form.facts.signatory, kind, digits=False)
    next_line(form)
    form.print(left, form.word("stamp"))


def draw_lines(form: Form, kind: str = "lines") -> None:
    put_head(form)
    put_requisites(form, kind)
    left, m = 22 * MILLIMETRE, form.facts.meters[0]
    next_line(form)
    x = form.gap(form.print(left, form.word("meter") + " "), 40 * MILLIMETRE, m.model, kind, digits=False)
    x = form.gap(form.print(x, form.word("serial") + " "), 48 * MILLIMETRE, m.serial, kind)
    form.print(x, f"({form.word(m.kind.value)})")
    for key in ("previous", "current", "consumption"):
        next_line(form)
        form.print(
            form.gap(
                form.print(left, form.word(key) + form.chance.choice(("", ":")) + " "),
                60 * MILLIMETRE,
                number_text(form, getattr(m, key)),
                kind,
            ),
            unit_of(form),
        )
    put_foot(form, kind)


def draw_comb(form: Form) -> None:
    put_head(form)
    form.tall = min(form.tall, 5.2 * MILLIMETRE)
    f, left = form.facts, 22 * MILLIMETRE
    for key, text in (("organization", f.organization), ("address", f.address)):
        next_line(form)
        form.gap(form.print(left, form.word(key) + " "), 130 * MILLIMETRE, text, "lines", digits=False)
    next_line(form)
    x = form.boxes(form.print(left, form.word("contract") + " "), f.contract_number)
    if x < 100 * MILLIMETRE:
        form.boxes(form.print(x, form.word("inn") + " "), f.inn)
    else:
        next_line(form)
        form.boxes(form.print(left, form.word("inn") + " "), f.inn)
    next_line(form)
    form.boxes(form.print(left, form.word("reading_date") + " "), f"{f.reading_date:%d.%m.%Y}")
    m = f.meters[0]
    next_line(form)
    form.print(form.boxes(form.print(left, form.word("serial") + " "), m.serial), f"({form.word(m.kind.value)})")
    for key in ("previous", "current", "consumption"):
        next_line(form)
        form.print(form.boxes(form.print(left, form.word(key) + " "), (getattr(m, key) or "").replace(".", ",")), unit_of(form))
    put_foot(form, "lines")


def draw_boxed(form: Form) -> None:
    """A frame for each value behind its label."""
    put_head(form)
    f, m, unit, left = form.facts, form.facts.meters[0], unit_of(form), 22 * MILLIMETRE
    values = [
        ("organization", f.organization, False, ""), ("address", f.address, False, ""), ("contract", f.contract_number, True, ""), ("inn", f.inn, True, ""),
        ("reading_date", date_text(form, f.reading_date), True, ""), ("serial", m.serial, True, f"({form.word(m.kind.value)})"),
        *((k, number_text(form, getattr(m, k)), True, unit) for k in ("previous", "current", "consumption")),
        ("report_date", date_text(form, f.report_date), True, ""),
    ]  # fmt: skip
    for key, text, digits, behind in values:
        next_line(form, 1.05)
        form.print(left, form.word(key))
        x, wide = left + 66 * MILLIMETRE, (60 if digits else 105) * MILLIMETRE
        cv2.rectangle(
            form.page, (round(x), round(form.y - 1.35 * form.tall)), (round(x + wide), round(form.y + 0.35 * form.tall)), (40, 40, 40), 2
        )
        form.fill(x + 6, x + wide - 6, text, digits)
        form.print(x + wide + 12, behind)
    next_line(form, 1.5)
    form.print(left, form.word("stamp"))


_LETTER = {
    "ru": (("Просим принять показания теплосчетчика зав. № ", "serial"), (" ({kind}) по договору № ", "contract_number"), (", ИНН ", "inn"), (". По состоянию на ", "reading_date"), (" предыдущее показание ", "previous"), (" {unit}, текущее показание ", "current"), (" {unit}, расход ", "consumption"), (" {unit}.", "")),
    "uz": (("Issiqlik hisoblagich zavod raqami ", "serial"), (" ({kind}), shartnoma № ", "contract_number"), (", STIR ", "inn"), (". Ko'rsatkich olingan sana ", "reading_date"), (", oldingi ko'rsatkich ", "previous"), (" {unit}, joriy ko'rsatkich ", "current"), (" {unit}, farqi ", "consumption"), (" {unit}.", "")),
    "uz_cyrl": (("Иссиқлик ҳисоблагич завод рақами ", "serial"), (" ({kind}), шартнома № ", "contract_number"), (", СТИР ", "inn"), (". Кўрсаткич олинган сана ", "reading_date"), (", олдинги кўрсаткич ", "previous"), (" {unit}, жорий кўрсаткич ", "current"), (" {unit}, фарқи ", "consumption"), (" {unit}.", "")),
}  # fmt: skip


def draw_letter(form: Form) -> None:
    """A printed letter with gaps."""
    put_head(form)
    f, m, left, edge = form.facts, form.facts.meters[0], 22 * MILLIMETRE, 190 * MILLIMETRE
    for key, text in (("organization", f.organization), ("address", f.address)):
        next_line(form)
        form.gap(form.print(left, form.word(key) + " "), 130 * MILLIMETRE, text, "lines", digits=False)
    next_line(form)
    x = left
    font = font_of(form.print_file, form.size)
    for before, key in _LETTER[f.language]:
        for word in before.format(kind=form.word(m.kind.value), unit=unit_of(form)).split(" "):
            if x + font.getlength(word) > edge:
                next_line(form)
                x = left
            x = form.print(x, word) + (font.getlength(" ") if word else 0)
        if not key:
            break
        value = getattr(m, key, None) or getattr(f, key, None)
        text = (
            date_text(form, value)
            if key == "reading_date"
            else number_text(form, value)
            if key in ("previous", "current", "consumption")
            else str(value)
        )
        width = (44 if key != "contract_number" else 30) * MILLIMETRE
        if x + width > edge:
            next_line(form)
            x = left
        x = form.gap(x, width, text, "lines")
    put_foot(form, "lines")
