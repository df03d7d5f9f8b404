"""Stamp and signature, as SVG: a ring with text along it, and a stroke of ink; and what looks like neither."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

import base64
import math
from html import escape
from random import Random

from tests.corpus.facts import Facts

INKS = ("#1c3fa8", "#27348b", "#4a2d8f", "#0b2a6f", "#3a5fcd")


def signature(random: Random, width: float = 42) -> str:
    """An <svg> of that width in mm: loops that lean, sometimes with an underline or a flourish."""
    points, x = [], 4.0
    steps = random.randint(4, 9)
    for step in range(steps):
        x += random.uniform(60, 96) / steps
        low = random.uniform(6, 14) if step % 2 else random.uniform(22, 36)
        points.append((x + random.uniform(-6, 6), low))
    path = f"M 2 {random.uniform(18, 30):.1f}"
    for position, (px, py) in enumerate(points):
        lean = random.uniform(4, 14)
        path += f" S {px - lean:.1f} {py + random.uniform(-12, 12):.1f} {px:.1f} {py:.1f}"
        if position == 0 and random.random() < 0.6:
            path += f" c -14 -18 14 -22 6 {random.uniform(2, 10):.1f}"
    if random.random() < 0.5:
        path += f" q {random.uniform(-30, -60):.1f} {random.uniform(6, 16):.1f} {random.uniform(10, 30):.1f} {random.uniform(2, 8):.1f}"
    ink = random.choice((*INKS, "#111", "#222"))
    return (
        f'<svg viewBox="0 0 104 44" style="width:{width:.0f}mm" xmlns="http://www.w3.org/2000/svg"><path d="{path}" fill="none" '
        f'stroke="{ink}" stroke-width="{random.uniform(1.0, 2.2):.2f}" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


def stamp(random: Random, facts: Facts) -> str:
    """An <svg> ring of 34 to 42 mm with the organisation's name along it, turned, in one ink, sometimes faint or broken."""
    ink = random.choice((*INKS, "#5b3aa6", "#1f5fae", "#7a1f4f"))
    opacity = random.choice((0.95, 0.85, 0.75, 0.6, 0.42))
    diameter = random.uniform(34, 42)
    middle = {"ru": ("Для", "документов"), "uz": ("Hujjatlar", "uchun"), "uz_cyrl": ("Ҳужжатлар", "учун")}[facts.language]
    name = facts.organization.replace("«", "").replace("»", "")
    city = {
        "ru": "Республика Узбекистан г. Ташкент",
        "uz": "O‘zbekiston Respublikasi Toshkent",
        "uz_cyrl": "Ўзбекистон Республикаси Тошкент",
    }
    ring = f"{name} * ИНН {facts.inn} *" if facts.language == "ru" else f"{name} * STIR {facts.inn} *"
    gap = f'stroke-dasharray="{random.randint(60, 160)} {random.randint(2, 9)}"' if random.random() < 0.3 else ""
    turn = random.uniform(-40, 40)
    return (
        f'<svg viewBox="-52 -52 104 104" style="width:{diameter:.1f}mm" xmlns="http://www.w3.org/2000/svg">'
        f'<g transform="rotate({turn:.0f})" opacity="{opacity}" fill="none" stroke="{ink}">'
        f'<circle r="49" stroke-width="1.8" {gap}/>'
        + ('<circle r="46.5" stroke-width="0.7"/>' if random.random() < 0.5 else "")
        + f'<circle r="26" stroke-width="1.1" {gap}/>'
        + f'<g stroke="none" fill="{ink}" font-family="DejaVu Sans" text-anchor="middle">'
        + _along(ring, 33.5, 7.2)
        + (_along(city[facts.language], 41.0, 4.4) if random.random() < 0.6 else "")
        + f'<text y="-2" font-size="6.2">{middle[0]}</text><text y="7" font-size="6.2">{middle[1]}</text></g></g></svg>'
    )


def _along(text: str, radius: float, size: float) -> str:
    """Letter by letter round the ring; WeasyPrint draws no text on a path along a circle."""
    step = 360 / len(text)
    return "".join(
        f'<text font-size="{min(size, 2 * math.pi * radius / len(text) * 1.5):.1f}" transform="rotate({i * step:.1f}) translate(0 {-radius})">'
        f"{escape(letter)}</text>"
        for i, letter in enumerate(text)
    )


def logo(random: Random) -> str:
    """A letterhead's emblem: round and coloured, and no stamp."""
    colour = random.choice(("#0a7d3b", "#b3541e", "#2b6cb0", "#555"))
    return (
        f'<svg viewBox="0 0 40 40" style="width:14mm" xmlns="http://www.w3.org/2000/svg"><rect width="40" height="40" rx="6" fill="{colour}"/>'
        f'<path d="M8 30 L20 8 L32 30 Z" fill="none" stroke="#fff" stroke-width="3"/></svg>'
    )


def picture(svg: str) -> str:
    """The SVG as a data: address. The page names it as an image, so that its letters do not get into the text layer's lines."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
