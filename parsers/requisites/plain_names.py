"""Organisations named without quotation marks and number: by what they are at the head of a letter, by their legal form in a sentence."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence

from parsers.page.found import Found
from parsers.page.lines import Line, cells_of, text_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form, Token
from parsers.page.trust import UNCLEAR
from parsers.requisites.names import is_person
from parsers.requisites.phrases import is_supplier, known_words, printed

_HEAD = 0.4  # of the page's lines
_WORDS = (2, 9)  # of a name in full («Ташкентский государственный аграрный университет»)
_STREETS = 2  # words of streets in an address
_NEXT = 2.0  # of a line's height: to the address below a name
_LONGEST = 4  # words of a name behind its legal form
_SHORTEST_FORM = 2  # letters
_LONGEST_PERSON = 6  # tokens of a surname and initials with their points
_PREPOSITION = 2  # letters («В расчетный центр»)


def plain_head(page: MarkedPage, without: Collection[int]) -> Found | None:
    """«Республиканский центр онкологии» over its address at the head of a letter: words of which one tells what it is. Never certain."""
    for line, below in itertools.pairwise(page.lines[: max(4, int(_HEAD * len(page.lines)))]):
        if line.number in without or below.box.top - line.box.bottom > _NEXT * line.box.height:
            continue
        for cell in cells_of(line.tokens, 2.5 * line.letter):
            if _tells_what_it_is(cell) and _is_over_address(cell, below) and not _is_labelled(page, line, cell):
                return Found(printed(cell), page.page.number, cell, trust=UNCLEAR)
    return None


def _tells_what_it_is(cell: Sequence[Token]) -> bool:
    words = [t for t in cell if t.form is Form.WORD]
    least, most = _WORDS
    if len(words) < len(cell) or not least <= len(words) <= most or not cell[0].text[:1].isupper():
        return False
    if len(cell[0].text) <= _PREPOSITION or is_supplier(cell):
        return False
    return any(t.fold.startswith(tuple(known_words("kinds"))) for t in words)


def _is_over_address(cell: Sequence[Token], below: Line) -> bool:
    left, right = cell[0].box.left, cell[-1].box.right
    under = [t for t in below.tokens if t.box.right > left and t.box.left < max(right, left + 1)]
    starts = bool(under) and any(t.form is Form.NUMBER for t in below.tokens)
    return starts and sum(t.fold in known_words("street") for t in below.tokens) >= _STREETS


def _is_labelled(page: MarkedPage, line: Line, cell: Sequence[Token]) -> bool:
    inside = {id(t) for t in cell}
    return any(i.sort == "label" and id(i.tokens[0]) in inside for i in page.on_line(line.number))


def formed_in_text(page: MarkedPage, line: Line) -> Found | None:
    """«ООО Ситора Текс в лице директора …»: words with a capital behind a legal form in capitals, no person's name. Never certain."""
    for place, form in enumerate(line.tokens):
        if not form.text.isupper() or len(form.text) < _SHORTEST_FORM or form.fold not in known_words("legal_forms"):
            continue
        words = list(itertools.takewhile(_is_named, line.tokens[place + 1 :]))
        tokens = [form, *words]
        if words and len(words) <= _LONGEST and not _opens_with_person(line.tokens[place + 1 :]) and not is_supplier(tokens):
            return Found(printed(tokens), page.page.number, tokens, trust=UNCLEAR)
    return None


def _opens_with_person(tokens: Sequence[Token]) -> bool:
    return any(is_person(text_of(tokens[:end])) for end in range(2, _LONGEST_PERSON + 1))


def _is_named(token: Token) -> bool:
    return token.form is Form.WORD and token.text[:1].isupper() and len(token.text) > 1
