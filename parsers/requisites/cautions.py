"""Words that make a page no plain report: it is a draft, it was cancelled, or it says that a meter does not work."""

from __future__ import annotations

import statistics

from parsers.page.lines import Form, Line
from parsers.page.marked import MarkedPage
from parsers.wording.folding import fold

#: Alone on their line, or large across the page; within a sentence they mean nothing of the kind.
_ALONE = frozenset(
    fold(word)
    for word in ("образец", "проект", "черновик", "аннулировано", "аннулирован", "недействительно", "недействителен", "отказано",
        "namuna", "loyiha", "qoralama", "намуна", "лойиҳа", "қоралама")
) | {f"{fold(a)} {fold(b)}" for a in ("bekor", "бекор") for b in ("qilindi", "қилинди", "qilingan", "қилинган")}  # fmt: skip
_LARGE = 1.6  # times the height of the page's words
#: Anywhere in the text.
_SAID = {
    " ".join(fold(word) for word in phrase.split()): phrase
    for phrase in (
        "вышел из строя", "вышли из строя", "вышла из строя", "неисправен", "неисправны", "неисправна",
        "находится на поверке", "находится на госповерке",
        "снят на поверку", "снят на госповерку", "сняты на поверку", "сняты на госповерку", "по договорной нагрузке",
        "nosoz", "shartnomaviy yuklama bo'yicha", "qiyoslovga berilgan", "qiyoslovga olingan",
        "носоз", "шартномавий юклама бўйича", "қиёсловга берилган", "қиёсловга олинган",
    )
}  # fmt: skip


def caution_on(page: MarkedPage) -> str:
    """The words, as they stand on the page; "" where there are none."""
    heights = [t.box.height for t in page.tokens if t.form is Form.WORD]
    usual = statistics.median(heights) if heights else 0.0
    for line in page.lines:
        if (words := _alone(line, usual)) is not None:
            return words
    text = " " + " ".join(t.fold for t in page.tokens if t.form is Form.WORD) + " "
    return next((printed for phrase, printed in _SAID.items() if f" {phrase} " in text), "")


def _alone(line: Line, usual: float) -> str | None:
    words = [t for t in line.tokens if t.form is Form.WORD]
    if " ".join(t.fold for t in words) in _ALONE and not any(t.form is Form.NUMBER for t in line.tokens):
        return line.text()
    large = [t for t in words if t.text.isupper() and t.box.height > _LARGE * usual and t.fold in _ALONE]
    return large[0].text if large else None
