"""Draws printed forms filled in by hand, with their labels: for tuning the reading of handwriting and for counting false accepts.

Twelve kinds of form (on lines, in tables, combs and frames, labels before, above and below the values), three languages, writers made of
real digits or drawn strokes; pages of 250 dpi that tests/corpus/degrade.py then scans or photographs. Those of tests/corpus are others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image

from tests.bench.hand_fields import draw_across, draw_captions, draw_cells, draw_numbered, draw_stacked
from tests.bench.hand_lines import draw_boxed, draw_comb, draw_letter, draw_lines
from tests.bench.hand_sheet import MILLIMETRE, Form
from tests.bench.hand_tables import draw_keys, draw_table
from tests.bench.written_hands import Hands, pictured
from tests.corpus.facts import Facts
from tests.support.filled_forms import INKS, drawn, typed

_PRINT = (
    "liberation/LiberationSerif-Regular.ttf",
    "liberation/LiberationSans-Regular.ttf",
    "dejavu/DejaVuSerif.ttf",
    "dejavu/DejaVuSans.ttf",
    "paratype/PTS55F.ttf",
    "paratype/PTF55F.ttf",
    "crosextra/Carlito-Regular.ttf",
)
KINDS = ("lines", "dotted", "table", "comb", "boxed", "letter", "keys")
#: Whose labels do not stand before their values.
OTHER_KINDS = ("captions", "stacked", "cells", "across", "numbered")


def draw_form(kind: str, facts: Facts, hands: Hands, words: Sequence[Path], chance: Random, font: str | None = None) -> Image.Image:
    """A page of A4 at PIXELS_PER_INCH, filled in by hand; with a font as somebody types into it."""
    page = np.full((round(297 * MILLIMETRE), round(210 * MILLIMETRE), 3), 255, np.uint8)
    write = pictured(hands, chance) if hands.digits and chance.random() < 0.8 else drawn(chance)
    write = typed(font) if font else write
    faces = [f for f in _PRINT if facts.language != "uz_cyrl" or not f.startswith("liberation")]  # it has no қ, ғ, ҳ
    file = f"/usr/share/fonts/truetype/{chance.choice(faces)}"
    form = Form(
        chance,
        facts,
        hands,
        words,
        page,
        file,
        round(chance.uniform(3.6, 4.6) * MILLIMETRE),
        chance.choice(INKS),
        write,
        chance.uniform(4.2, 6.2) * MILLIMETRE,
    )
    _DRAWERS[kind](form)
    return Image.fromarray(form.page)


_DRAWERS: dict[str, Callable[[Form], None]] = {
    "lines": draw_lines,
    "dotted": lambda form: draw_lines(form, "dotted"),
    "table": draw_table,
    "comb": draw_comb,
    "boxed": draw_boxed,
    "letter": draw_letter,
    "keys": draw_keys,
    "captions": draw_captions,
    "stacked": draw_stacked,
    "cells": draw_cells,
    "across": draw_across,
    "numbered": draw_numbered,
}
