"""The labels, kinds and units in words among the tokens of a page, misspelt and misread ones too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from metering.units import MeterKind
from parsers.page.items import Item, item_of
from parsers.page.tokens import Form, Token
from parsers.page.trust import DOUBTED
from parsers.page.unit_items import unit_item
from parsers.wording.folding import fold
from parsers.wording.lexicon import find_labels

KINDS = {"heat": MeterKind.HEAT, "hot_water": MeterKind.HOT_WATER}

#: Letters of a label for each that differs: «Дата ввода» is no misspelt «Дата вывода».
_ERROR = 12
_LEAST_MISSPELT = 6  # letters of a word that alone is a label, where nothing is misread: shorter words are others


def label_items(tokens: Sequence[Token], used: set[int], *, ocr: bool = False) -> list[Item]:
    places = [i for i, t in enumerate(tokens) if t.form is Form.WORD or t.fold == "№"]
    words = [tokens[i].fold if i not in used else "" for i in places]
    breaks = frozenset(n for n in range(1, len(places)) if _parted(tokens, places[n - 1], places[n], used))
    items = []
    short = frozenset(n for n, i in enumerate(places) if _is_abbreviated(tokens, i))
    names = _quoted(tokens)
    for label in find_labels(words, breaks, short):
        first, last = places[label.first], places[label.last]
        if label.group in _NOT_IN_NAMES and any(one < first and last < two and last - first < two - one - 2 for one, two in names):
            continue
        if not ocr and label.errors and label.first == label.last and len(words[label.first]) < _LEAST_MISSPELT:
            continue
        if label.group == "kinds" and first < last and not _in_one_piece(tokens, first, last):
            continue
        if (label.key not in _OF_LETTERS or (label.key == "stamp" and _names_surname(tokens, first, last))) and _are_initials(
            tokens, first, last
        ):
            continue
        if label.key == "executor" and _tells_amount(tokens, last):
            continue
        if label.group == "units" and _is_system(tokens, first):
            continue
        if label.key == "m3" and _is_mass(tokens, last):
            item = item_of("label", tokens, first, last, key="mass", group="printouts")
        elif label.group == "units":
            item = unit_item(tokens, first, last, label.key)
        elif label.group == "kinds":
            item = item_of("kind", tokens, first, last, key=label.key, value=KINDS[label.key], group=label.group)
        else:
            trust = DOUBTED if not ocr and _ERROR * label.errors > label.weight else 1.0
            item = item_of("label", tokens, first, last, key=label.key, group=label.group, trust=trust)
        items.append(item)
    known = used | {n for item in items for n in range(item.first, item.last + 1)}
    named = (i for i in places if i not in known and _names_meter(tokens, i))
    return [*items, *(item_of("label", tokens, i, i, key="brand", group="meters") for i in named)]


#: Meters whose names are letters that mean other things too, or run together with a number: «КМ-5-2», «SA-94/1», «ВКТ7».
_WITH_NUMBER = re.compile(r"(?:км|km)-?5|(?:sa|са)-?94|(?:тв|tb)-?7|ст-?10|(?:вкт|bkt|тсрв|тэм|спт)-?\d")
_LONGEST_MODEL = 4  # tokens


def _tells_amount(tokens: Sequence[Token], last: int) -> bool:
    """Whether the word for who drew up a paper is said of an amount («Расход … составил 11,944 ГДж»)."""
    behind = tokens[last + 1 : last + 2]
    return bool(behind) and behind[0].form is Form.NUMBER


_TONNES = frozenset(fold(word) for word in ("т", "t", "тн", "тонн", "тонна", "tonna"))


_SYSTEM = ("Т/С", "T/C")  # in either alphabet


def _is_system(tokens: Sequence[Token], place: int) -> bool:
    """Whether capitals stand for a heating system («Сер.ном. 02853   Т/С Отопление»): tonnes are counted in an hour, not in a second."""
    return "".join(token.text.upper() for token in tokens[place : place + 3]) in _SYSTEM


def _is_mass(tokens: Sequence[Token], last: int) -> bool:
    """Whether what may be cubic metres is the third mass that a calculator counts: tonnes stand behind it («M3, т», «М3 [т]»)."""
    behind = tokens[last + 1 : last + 3]
    return len(behind) == 2 and behind[0].text in (",", "[", "(") and behind[1].fold in _TONNES and behind[1].line == tokens[last].line


def _names_meter(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word begins such a name, in one piece."""
    text = tokens[place].fold
    for token in tokens[place + 1 : place + _LONGEST_MODEL]:
        if not token.glued:
            break
        text += token.fold or token.text
    return _WITH_NUMBER.match(text) is not None


#: Groups of labels whose words are none inside a name in quotation marks («Олтин Водий Савдо»).
_NOT_IN_NAMES = frozenset({"meters", "printouts", "kinds", "people"})
_LONGEST_NAME = 12  # tokens
_CLOSING = {"«": "»", "“": "”", "„": "“”", '"': '"'}


def _quoted(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Where names stand in quotation marks: the indexes of the opening and the closing one."""
    spans: list[tuple[int, int]] = []
    for place, token in enumerate(tokens):
        if token.text not in _CLOSING or (spans and place <= spans[-1][1]):
            continue
        ends = (n for n in range(place + 2, min(place + _LONGEST_NAME, len(tokens))) if tokens[n].text in _CLOSING[token.text])
        end = next(ends, None)
        if end is not None and tokens[place + 1].form is Form.WORD and tokens[end].line - token.line <= 1:
            spans.append((place, end))
    return spans


def _is_abbreviated(tokens: Sequence[Token], place: int) -> bool:
    """Whether a point stands right behind a word and ends no sentence: what follows on its line does not begin with a capital."""
    token, behind = tokens[place], tokens[place + 1 : place + 3]
    if not behind or behind[0].text != "." or not behind[0].glued:
        return False
    return len(behind) == 1 or behind[1].line != token.line or not behind[1].text[:1].isupper() or behind[1].form is not Form.WORD


#: Labels that are single letters with points themselves (М.П., Ф.И.О., И.Н.Н.).
_OF_LETTERS = frozenset({"stamp", "full_name", "inn"})


def _in_one_piece(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether single letters are one sign with a slash («Г/в», hot water), no letters that happen to follow («2026 г. в адрес»)."""
    span = tokens[first : last + 1]
    return any(len(t.text) > 1 for t in span) or [t.text for t in span[1::2]] == ["/"]


def _names_surname(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the letters of a stamp's mark are initials: something stands before, a surname behind them («Директор  М.У. Ким»)."""
    behind = [t for t in tokens[last + 1 : last + 3] if t.form is Form.WORD and t.line == tokens[last].line]
    near = bool(behind) and behind[0].box.left - tokens[last].box.right < 1.5 * behind[0].box.height
    return near and behind[0].text.istitle() and first > 0 and tokens[first - 1].line == tokens[first].line


def _are_initials(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether letters are a person's initials («Х.Р. Турсунов», not «х/р 2020…»): capitals with points beside a surname."""
    span = tokens[first : last + 1]
    words = [t for t in span if t.form is Form.WORD]
    if any(len(t.text) > 1 or not t.text.isupper() for t in words) or any(t.text != "." for t in span if t.form is not Form.WORD):
        return False
    around = [tokens[n] for n in (first - 1, last + 1, last + 2) if 0 <= n < len(tokens) and tokens[n].line == tokens[first].line]
    return len(words) > 1 and any(t.form is Form.WORD and len(t.text) > 2 and t.text.istitle() for t in around)


def _parted(tokens: Sequence[Token], before: int, after: int, used: set[int]) -> bool:
    """Whether a label cannot go on from one word to the next: a number, a bar, a colon or another line's far place between them."""
    between = tokens[before + 1 : after]
    if any(t.form in (Form.NUMBER, Form.BAR) or t.text in ':;=«»"()' for t in between):
        return True
    one, two = tokens[before], tokens[after]
    return one.line == two.line and two.box.left - one.box.right > 3 * max(one.box.height, two.box.height)
