"""Positions of who signs: beside a name, above or below it, or alone on the page, also where a stamp or a pen covers part of them."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Collection
from dataclasses import replace

from rapidfuzz import fuzz

from parsers.page.found import Found
from parsers.page.items import Item
from parsers.page.lines import Line, cells_of, text_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form, Token
from parsers.requisites.names import NAME_FIRST, NAME_LAST, names_on
from parsers.requisites.phrases import known_words, printed, text_after, trim, word_list
from parsers.requisites.torn_names import COVERED
from parsers.wording.folding import fold, tidy

_IN_CHARGE = fold("ответственный")[:6]
_ASKS_FOR_POST = tuple(
    fold(word) for word in ("должность", "наименование", "lavozim", "лавозим")
)  # labels with nothing behind them name no position
_GOES_ON_ALIKE = 70  # per cent of the letters that can be read of a covered position
_TORN_POSITION = 0.5  # trust in a position of which only the first word was read
_LABEL_ALONE = 0.7  # trust in «Ответственное лицо», which is a label at times, as a position
_OF_A_WORD, _LEGIBLE = 2, 0.5  # letters of one («и.о.» stands before others), and the engine's confidence in it
_ABOVE, _OF_A_POST = 2, 4  # lines above a name, words of one
_GOES_ON = ("за", "по")  # no position ends with
_OVER_PRINT = 1.8  # times the height of a position's words: a pen's stroke
_ALIKE = 80  # of 100: a word that is the first one of a position


def position_at(page: MarkedPage, line: Line, name: Found) -> Found | None:
    """The position at the left of a name, or on the nearest line above it."""
    for number in (line.number, line.number - 1, line.number - 2):
        if number < 0:
            break
        space = 5 if number == line.number - 1 and _is_post_alone(page, number) else 3  # a pen's, between a post and the name under it
        if line.box.top - page.lines[number].box.bottom > space * line.box.height:
            break
        items = [i for i in _posts_on(page, number) if number != line.number or i.box.left < name.tokens[0].box.left]
        if items:
            item = items[-1] if number == line.number else items[0]
            return _whole_position(page, page.lines[number], item)
        if any(i.sort == "label" and i.key == "position_label" for i in page.on_line(number)):
            labels = [i for i in page.on_line(number) if i.sort == "label" and i.key == "position_label"]
            if len(labels) > 1 and page.tokens[labels[1].first - 1].text == ":" and not asks_for_post(labels[1].tokens[0].fold):
                return Found(printed(labels[1].tokens), page.page.number, labels[1].tokens, trust=0.9)
            label = labels[0]
            if (over := _post_over(page, label)) is not None:
                return over
            if number == line.number and (below := _position_below(page, line, name)) is not None:
                return below
            after = text_after(page, label)
            if after is not None and label.tokens[0].fold.startswith(_IN_CHARGE) and after.tokens[0] is page.tokens[label.last + 1]:
                whole = [*label.tokens, *after.tokens]  # no colon between: «Ответственный за эксплуатацию узла учета:»
                after = Found(printed(whole), after.page, whole, trust=0.9)
            if after is not None and not any(t in name.tokens for t in after.tokens) and _is_legible(after):
                return after
            if asks_for_post(label.tokens[0].fold):
                return None
            return Found(printed(label.tokens), page.page.number, label.tokens, trust=_LABEL_ALONE)
    return None


def _posts_on(page: MarkedPage, number: int) -> list[Item]:
    """The positions of a line, without the words before one that say whose place it is («Mas'ul shaxs: Direktor o'rinbosari») or
    beside the caption of the post itself («Ответственный | должность | подпись»)."""
    items = [i for i in page.on_line(number) if i.sort == "label" and i.key == "position"]
    asked = [i for i in page.on_line(number) if i.key == "position_label" and asks_for_post(i.tokens[0].fold)]
    items = [i for i in items if not (asked and all(t.fold in known_words("in_charge") for t in i.tokens))]
    return [i for i, behind in itertools.zip_longest(items, items[1:]) if behind is None or not _heads(i, behind)]


def _heads(label: Item, post: Item) -> bool:
    """Whether a position says no more than who is in charge, and another with a capital follows it."""
    return label.tokens[0].fold in known_words("in_charge") and post.tokens[0].text[:1].isupper()


def _without_head(tokens: list[Token]) -> list[Token]:
    """A position without those words: «Ответственный | Главный энергетик», and not «Ответственный за теплохозяйство»."""
    words = next((n for n, t in enumerate(tokens) if t.fold not in known_words("in_charge") and t.form is Form.WORD), 0)
    return tokens[words:] if words and tokens[words].text[:1].isupper() else tokens


def _post_over(page: MarkedPage, label: Item) -> Found | None:
    """The position over its caption, where the words before the caption stand as high («Ответственный | должность | подпись»)."""
    behind = page.tokens[label.last + 1 : label.last + 2]
    if not label.line or not asks_for_post(label.tokens[0].fold) or (behind and behind[0].text == ":"):
        return None
    post = next((i for i in _posts_on(page, label.line - 1) if i.box.shares_width(label.box)), None)
    return _whole_position(page, page.lines[label.line - 1], post) if post is not None else None


def asks_for_post(word: str) -> bool:
    """Whether a label's first word asks for the position («Должность», of which paper makes «Лолжность») and is none itself."""
    return word.startswith(_ASKS_FOR_POST) or any(fuzz.ratio(word, asks) >= _ALIKE for asks in _ASKS_FOR_POST)


def _is_legible(found: Found) -> bool:
    """Whether a word was read there: of a signature behind «Должность:» the engine makes single letters, and words that it doubts."""
    return any(len(t.fold) >= _OF_A_WORD and t.form is Form.WORD and t.confidence >= _LEGIBLE for t in found.tokens)


def _is_post_alone(page: MarkedPage, number: int) -> bool:
    """Whether a line says nothing but a position («Rahbar» over «X.O‘. Azimova»)."""
    tokens = page.lines[number].tokens
    return any(i.key == "position" and i.tokens[0] is tokens[0] and i.tokens[-1] is tokens[-1] for i in page.on_line(number))


def _position_below(page: MarkedPage, line: Line, name: Found) -> Found | None:
    """The post under «Представитель абонента ______ Мирзаев А.Т.», in its column and on a line of its own."""
    if line.number + 1 >= len(page.lines):
        return None
    below = page.lines[line.number + 1]
    items = [i for i in page.on_line(below.number) if i.sort == "label"]
    own = len(items) == 1 and items[0].key == "position" and items[0].box.left < name.tokens[-1].box.right
    near = below.box.top - line.box.bottom < 1.5 * line.box.height
    return _whole_position(page, below, items[0]) if own and near and not names_on(page, below, set()) else None


def _whole_position(page: MarkedPage, line: Line, item: Item) -> Found:
    """The position's words with those that belong to it before and behind (Зам. директора по АХЧ, Начальник отдела)."""
    cell = next(c for c in cells_of(line.tokens, 2 * line.letter) if any(t is item.tokens[0] for t in c))
    label = next((i for i in page.on_line(line.number) if i.sort == "label" and i.key == "position_label" and i.tokens[0] in cell), None)
    taken = [t for i in page.on_line(line.number) if i.key == "reading_date" for t in i.tokens]  # «Показания снял инженер …»
    start = next(n for n, t in enumerate(cell) if t is item.tokens[0])
    while (
        start
        and cell[start - 1].form is Form.WORD
        and (label is None or cell[start - 1] not in label.tokens)
        and not any(cell[start - 1] is t for t in taken)
        and len(cell[start - 1].text) > 1
        and cell[start - 1].fold not in known_words("on_behalf")
    ):
        start -= 1
    tokens = cell[start:]
    behind = next((n for n, t in enumerate(tokens) if label is not None and t is label.tokens[0]), len(tokens))
    tokens = tokens[:behind]
    names = [m.start() for pattern in (NAME_FIRST, NAME_LAST) for m in pattern.finditer(tidy(text_of(tokens)))]
    if names:
        tokens = tokens[: sum(1 for n in range(len(tokens)) if len(text_of(tokens[: n + 1])) <= min(names))]
    tokens = _without_organization(_without_head(tokens))
    ends = [n for n, t in enumerate(tokens) if t.text in "_/([\\" or t.form is Form.NUMBER]
    tokens = trim(tokens[: ends[0]] if ends and ends[0] > 0 else tokens) or item.tokens
    if page.ocr and (text := _without_dirt(printed(tokens))) == _completed(text):
        tokens = _without_pen(tokens, item)
    text = printed(tokens)
    whole = _completed(_without_dirt(text)) if page.ocr else text
    return Found(whole, page.page.number, tokens, None if whole == text else f"read as {text}", trust=0.95 if whole == text else 0.8)


def _without_pen(tokens: list[Token], item: Item) -> list[Token]:
    """A position without what the engine makes of the signature beside it («Инженер м gf», «Директор waa»): higher than its words are,
    in another alphabet than all of these, a single letter, or hardly read."""
    known = next(
        (n + 1 for n in range(len(tokens) - 1, -1, -1) if tokens[n] in item.tokens or tokens[n].fold in _words_of_posts()), len(tokens)
    )
    height = max(t.box.height for t in tokens[:known])
    cyrillic = any(_is_cyrillic(t.text) for t in tokens[:known])
    ink = (
        n
        for n, t in enumerate(tokens[known:], known)
        if t.form is Form.WORD
        and (t.box.height > _OVER_PRINT * height or t.confidence < _LEGIBLE or len(t.text) == 1 or _is_cyrillic(t.text) != cyrillic)
    )
    end = next(ink, len(tokens))
    # «Ответственный за», and what comes is under the pen: another reading may see it.
    return tokens if tokens[end - 1].fold in _GOES_ON else trim(tokens[:end])


def before_name(position: Found | None, name: Found) -> Found | None:
    """A position that was read on to a name that ink covers in part, up to what stands before that («Гл. энергетик Аим Ибрагимов»)."""
    if position is None or not any(t is name.tokens[0] for t in position.tokens):
        return position
    start = next(n for n, t in enumerate(position.tokens) if t is name.tokens[0])
    known = next((n + 1 for n in range(start - 1, -1, -1) if position.tokens[n].fold in _words_of_posts()), start)
    own = position.tokens[:known]
    return replace(position, value=printed(own), tokens=own) if own else position


@functools.cache
def _words_of_posts() -> frozenset[str]:
    return frozenset(fold(word) for position in word_list("positions") for word in position.replace("-", " ").split())


def _is_cyrillic(text: str) -> bool:
    return any("а" <= c.lower() <= "я" for c in text)


def _without_dirt(position: str) -> str:
    """A position as a picture reads it without the signs that stand by themselves behind it («Директор .») and the blanks beside a
    hyphen («Инженер - теплотехник»)."""
    return re.sub(r"(?<=\w) ?- ?(?=[^\W\d_])", lambda hyphen: hyphen[0].strip(), re.sub(r" [^\w\s»)]+$", "", position))


def _without_organization(tokens: list[Token]) -> list[Token]:
    """A position without the quoted name of whose it is («главный энергетик АО «Кабельный завод»»)."""
    end = next((n for n, t in enumerate(tokens) if t.text in '«“„"' and n), len(tokens))
    while end < len(tokens) and end > 1 and tokens[end - 1].fold in known_words("legal_forms"):
        end -= 1
    return tokens[:end]


def _completed(text: str) -> str:
    """A position whose end a signature covers («Ответственный за тепло...»), from the list of those that go on like what can be read.

    One that goes on otherwise («Ответственный за узел учёта») stays what was read.
    """
    start, rest = [fold(word) for word in text.split()[:2]], " ".join(text.split()[2:]).lower()
    likeness = {
        position: fuzz.ratio(tail[: len(rest)], rest)
        for position in word_list("positions")
        if rest and [fold(word) for word in position.split()[:2]] == start and (tail := " ".join(position.split()[2:]).lower())
    }
    best = max(likeness, key=lambda position: likeness[position], default=text)
    return best if likeness.get(best, 0) >= _GOES_ON_ALIKE else text


_ONLY_SIGNED = 15  # words of a report's second sheet, at most


def lone_position(page: MarkedPage, without: Collection[int]) -> Found | None:
    """The last position of the page that stands without a name, below its upper third; on a sheet that is only signed wherever it is."""
    top = 0.3 * page.page.height if len(page.page.words) > _ONLY_SIGNED else 0.0
    for line in reversed(page.lines):
        items = _posts_on(page, line.number) if line.number not in without else []
        if items and line.box.middle[1] > top:
            return _whole_position(page, line, items[0])
    for line in reversed(page.lines):
        labels = [i for i in page.on_line(line.number) if i.key == "position_label" and i.tokens[0].fold.startswith(_IN_CHARGE)]
        if labels and line.number not in without and line.box.middle[1] > top and page.ocr:
            return Found(printed(labels[-1].tokens), page.page.number, labels[-1].tokens, trust=_LABEL_ALONE)
    return None


def torn_position(page: MarkedPage, name: Found) -> Found | None:
    """The first word of a position that stands before a name, or on a line of its own above it, where ink covers the others
    («Bosh …… Aliyev A.A.»)."""
    if not page.ocr:
        return None
    own = page.lines[name.tokens[0].line]
    firsts = {fold(position.split()[0]) for position in word_list("positions")}
    for line in reversed(page.lines[max(0, own.number - _ABOVE) : own.number + 1]):
        words = [t for t in line.tokens if t.form is Form.WORD and (line is not own or t.box.right < name.tokens[0].box.left)]
        near = own.box.top - line.box.bottom < 3 * own.box.height and len(words) <= _OF_A_POST and not page.on_line(line.number)
        if not words or not (line is own or near):
            continue
        if words[0].text.istitle() and max(fuzz.ratio(words[0].fold, first) for first in firsts) >= _ALIKE:
            return Found(words[0].text, page.page.number, words[:1], COVERED, _TORN_POSITION)
    return None
