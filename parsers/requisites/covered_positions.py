"""A position that a pen crosses: its letters are torn, and yet it is one of those that people have."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from metering.pages import Box, Word
from parsers.page.found import Found
from parsers.requisites.phrases import word_list
from parsers.requisites.torn_names import COVERED
from parsers.wording.folding import fold

_ALIKE = 58  # of 100: strokes of a pen that were read as letters came to 44 at most
_SURELY = 75  # of 100: it is this one; with less its first word is given
_LETTERS = 9  # of a position and of what was read: shorter ones are alike by chance
_COVERED = 0.7  # trust in such a position
#: What stands on such rows, too, and is no position: what is more like one of these is none.
_OTHERS = (
    "Представитель потребителя", "Представитель абонента", "Подпись ответственного лица", "Потребитель", "От потребителя", "Исполнитель",
    "Отчет составил", "Абонент (потребитель)", "Дата составления отчета", "Iste'molchi", "Iste'molchi vakili", "Истеъмолчи",
    "Истеъмолчи вакили", "Mas'ul ijrochi", "Масъул ижрочи",
)  # fmt: skip


def covered_position(words: Sequence[Word], page: int) -> Found | None:
    """The position that the words of one row look like. That it is there decides, not its letters."""
    text = "".join(letter for word in words for letter in fold(word.text) if letter.isalpha())
    if len(text) < _LETTERS:
        return None
    best = process.extractOne(text, _phrases(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    if best is None or best[2] in _OTHERS:
        return None
    position = best[2] if best[1] >= _SURELY else best[2].split()[0]
    return Found(position, page, [], COVERED, _COVERED, place=Box.around([word.box for word in words]))


@functools.cache
def _phrases() -> dict[str, str]:
    """Positions and what else stands there without blanks and marks, by how they are written."""
    joined = {phrase: "".join(letter for letter in fold(phrase) if letter.isalpha()) for phrase in (*word_list("positions"), *_OTHERS)}
    return {phrase: letters for phrase, letters in joined.items() if len(letters) >= _LETTERS}
