"""Where a label of a form ends, and what is printed behind it on its line: its value is written between the two
(docs/handwriting.md, "Places")."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from metering.pages import Box
from parsers.page.items import Item, item_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form, Token
from parsers.requisites.phrases import known_words

SURE = 0.6  # the engine's confidence of a printed word
_WORD, _SAID = 1.2, 2.0  # of the label's height: so near its next word stands, and its unit or system
_BLANK = 4.0  # of the label's height: so wide is one for a type at least
_BELOW = 4.0  # of the label's height: so far below it the next line is
_BESIDES = re.compile(r"(\(.*\)|\d{1,2})[.,:]?")  # between a label and its number sign
GOES_ON = ("reading", "energy")  # words with which a label goes on


def print_behind(page: MarkedPage, label: Item) -> tuple[Box, list[Box]]:
    """Where a label ends, the words that it goes on with included, and the words printed behind it on its line."""
    end = label.tokens[-1].box
    others = {id(t) for i in page.items if i is not label and i.key != label.key and _ends_label(i) for t in i.tokens}
    # What a label says besides («№ (отопление)», «показание, Гкал»), however badly it was read.
    said = {id(t) for i in page.items if i.sort in ("unit", "kind") or (i.sort == "label" and i.key in GOES_ON) for t in i.tokens}
    behind = sorted(
        (
            t
            for t in page.tokens  # of all lines: what stands in the next of two columns is another line
            if t.box.left > end.right
            and (is_print(t) or id(t) in others or id(t) in said)
            and abs(t.box.middle[1] - end.middle[1]) < 0.8 * end.height
        ),
        key=lambda t: t.box.left,
    )
    height = max(t.box.height for t in label.tokens)
    while behind and (id(behind[0]) not in others or id(behind[0]) in said):
        if behind[0].box.left - end.right > (_SAID if id(behind[0]) in said else _WORD) * height:
            break
        end = behind.pop(0).box
    signs = (
        t for t in page.lines[label.line].tokens if (t.text in ":)" or is_number_sign(t)) and -1 < t.box.left - end.right < 1.2 * height
    )
    for sign in signs:
        end = end.union(sign.box)
    words = [t.box for t in behind]
    if (bracket := _closing_bracket(page, label, end, words)) is not None:
        words = sorted([*words, bracket], key=lambda box: box.left)
    return Box(end.left, min(end.top, end.bottom - height), end.right, end.bottom), words


def _closing_bracket(page: MarkedPage, label: Item, end: Box, words: Sequence[Box]) -> Box | None:
    """The bracket behind a blank in brackets («(завод рақами ______ )»), which else looks like a written 1: the last one before the next
    print, as ink may be read as one."""
    tokens = page.lines[label.line].tokens
    before = [t.text for t in tokens if t.box.middle[0] < label.tokens[0].box.left and t.text in "()"]  # it may touch the label
    if not before or before[-1] != "(":
        return None
    stop = min((w.left for w in words), default=page.page.width)
    closing = [t.box for t in tokens if t.text == ")" and t.confidence >= SURE and end.right < t.box.left < stop]
    return max(closing, key=lambda box: box.left, default=None)


def up_to_number_sign(page: MarkedPage, label: Item) -> Item:
    """A label with a bracket or a number that counts behind it and the number sign after that, if both stand there («Прибор учёта (1-й
    ввод), №», «Счётчик 2 №»)."""
    line = itertools.takewhile(lambda n: page.tokens[n].line == label.line, range(label.last + 1, len(page.tokens)))
    sign = next((n for n in line if is_number_sign(page.tokens[n])), None)
    between = "".join(t.text for t in page.tokens[label.last + 1 : sign])
    if sign is None or not _BESIDES.fullmatch(between):
        return label
    return item_of("label", page.tokens, label.first, sign, key=label.key)


def sign_below(page: MarkedPage, label: Item) -> Item | None:
    """The number sign that begins the line below a label that ends its own, in its column («по договору» | «№ ____»)."""
    end = label.tokens[-1]
    if page.lines[label.line].tokens[-1] is not end:
        return None
    begin = min(t.box.left for t in page.lines[label.line].tokens)
    pitch = max(t.box.height for t in label.tokens)
    for n, sign in enumerate(page.tokens):
        below = 0 < sign.box.middle[1] - end.box.middle[1] < _BELOW * pitch and begin - pitch < sign.box.left < end.box.right
        if below and is_number_sign(sign):
            before = (t for t in page.lines[sign.line].tokens if t.box.right <= sign.box.left + 1 and is_print(t))
            is_of_another = any(sign.box.left - t.box.right < _BLANK * pitch for t in before)
            return None if is_of_another else item_of("label", page.tokens, n, n, key=label.key)
    return None


def sign_behind_type(page: MarkedPage, label: Item) -> Item | None:
    """The number sign, or a word for it, behind the blank for a meter's type on its line («Теплосчетчик тип ____ № ____»,
    «Ҳисоблагич: ____, рақами ____»)."""
    behind = [i for i in page.on_line(label.line) if i.sort == "label" and i.first > label.last]
    named = bool(behind) and behind[0].key == "model" and behind[0].first <= label.last + 2
    type_ = behind[0] if named else label
    blank = type_.box.right + _BLANK * label.box.height  # «тип № ____» asks for the type's
    line = list(itertools.takewhile(lambda n: page.tokens[n].line == label.line, range(type_.last + 1, len(page.tokens))))
    sign = next((n for n in line if page.tokens[n].box.left > blank and _says_number(page.tokens[n])), None)
    if sign is None or (not named and any(is_print(page.tokens[n]) for n in line if n < sign)):
        return None
    return item_of("label", page.tokens, sign, sign, key=label.key)


def _ends_label(item: Item) -> bool:
    """Whether something is no part of the label before it («Ой бошидаги» goes on with «кўрсаткич»)."""
    return item.sort in ("unit", "month", "kind") or (item.sort == "label" and item.key not in ("reading", "energy", "meter"))


def is_print(token: Token) -> bool:
    """Whether a word, or a bracket that opens, was surely printed."""
    if token.text in "([":
        return token.confidence >= SURE
    return token.form is Form.WORD and token.confidence >= SURE and len(token.text) >= 2 and not is_number_sign(token)


def _says_number(token: Token) -> bool:
    return is_number_sign(token) or token.fold in known_words("number_words")


def is_number_sign(token: Token) -> bool:
    """№, and what the engine makes of it among Latin letters."""
    return token.fold in ("№", "n", "ne", "no", "neo", "n°")
