"""The organisation that reports: its name as printed, with its legal form, never the addressee's."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence

from parsers.page.found import Found
from parsers.page.items import Item
from parsers.page.lines import Line, cells_of, text_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form, Token
from parsers.page.trust import UNCLEAR
from parsers.requisites.names import is_person
from parsers.requisites.phrases import is_open, is_supplier, known_words, next_line, pieces_of, printed, rest_of_quote, text_after
from parsers.requisites.plain_names import formed_in_text, plain_head
from parsers.requisites.trimmed_names import has_form, name_alone, reads_as_name
from parsers.wording.folding import fold


def find_organization(page: MarkedPage, without: Collection[int]) -> Found | None:
    """The consumer's name as printed, by its label, else the letterhead's line with a legal form in it."""
    best: Found | None = None
    for item in page.items:
        if item.sort == "label" and item.key == "organization" and item.line not in without:
            if not _opens_cell(page, item) or _is_of_supplier(page, item):
                continue
            found = text_after(page, item, is_open)
            if found is not None and not is_supplier(found.tokens) and _plausible_name(found):
                name = name_alone(found.tokens)
                if not name or _is_label(page, name):
                    continue
                name = [*name, *_form_below(page, name)]
                found = found if len(name) == len(found.tokens) else Found(printed(name), found.page, name)
                colon = page.tokens[item.last + 1 : item.last + 2]
                found.trust = (
                    0.97
                    if has_form(found.tokens)
                    else 0.85
                    if item.last > item.first or _is_numbered(found.tokens) or (colon and colon[0].text in ":-–—")
                    else 0.6
                )
                if not reads_as_name(found.tokens):
                    found.trust = min(found.trust, UNCLEAR)
                if best is None or found.trust > best.trust:
                    best = found
    if best is not None and best.trust > 0.6:
        return best
    found = _letterhead(page, without) or best or _named_in_text(page, without) or _numbered_head(page, without)
    return found or plain_head(page, without) or _formed_in_text(page, without)


def _form_below(page: MarkedPage, name: Sequence[Token]) -> list[Token]:
    """The legal form that opens the line below a name without one, which ends its own («– «Registon Plaza» | mehmonxonasi»)."""
    line = page.lines[name[-1].line]
    below = page.lines[line.number + 1] if line.number + 1 < len(page.lines) else line
    near = below.box.top - line.box.bottom < line.box.height and below.box.left < name[0].box.left
    if name[-1] is not line.tokens[-1] or name[-1].text not in '»”"' or not near or any(t.fold in known_words("legal_forms") for t in name):
        return []
    return list(itertools.takewhile(lambda t: t.fold in known_words("legal_forms"), below.tokens))


def _is_label(page: MarkedPage, tokens: Sequence[Token]) -> bool:
    """Whether what stands behind a label is the next label («Потребитель: | Принял:»)."""
    return any(
        i.sort == "label" and i.group == "people" and i.tokens[0] is tokens[0] and i.tokens[-1] is tokens[-1]
        for i in page.on_line(tokens[0].line)
    )


def _opens_cell(page: MarkedPage, label: Item) -> bool:
    """Whether a label stands where labels stand: at a cell's start, or with a colon behind it."""
    after = page.tokens[label.last + 1 : label.last + 2]
    if after and after[0].text in ":-–—":
        return True
    line = page.lines[label.line]
    return any(cell[0] is label.tokens[0] for cell in cells_of(line.tokens, line.letter))


def _is_of_supplier(page: MarkedPage, label: Item) -> bool:
    """Whether a word for an organisation ends what the line above it begins («От теплоснабжающей | организации:»)."""
    if not label.line:
        return False
    cells = cells_of(page.lines[label.line - 1].tokens, page.lines[label.line - 1].letter)
    return any(i.key == "supplier" and i.box.shares_width(label.box) and any(i.tokens[-1] is cell[-1] for cell in cells)
               and i.tokens[-1].fold.startswith(_SUPPLYING) for i in page.on_line(label.line - 1))  # fmt: skip


def _named_in_text(page: MarkedPage, without: Collection[int]) -> Found | None:
    """A legal form with a name in quotation marks, anywhere outside the tables."""
    for line in page.lines:
        if line.number in without:
            continue
        if (numbered := _numbered_in_text(page, line) or _with_number_sign(page, line)) is not None:
            return numbered
        if (trader := _trader_in_text(page, line)) is not None:
            return trader
        for place, token in enumerate(line.tokens):
            if token.text not in '«“"„':
                continue
            close = next((n for n in range(place + 1, min(place + 12, len(line.tokens))) if line.tokens[n].text in '»”"'), None)
            if close is None:
                continue
            start = place
            while start and line.tokens[start - 1].fold in known_words("legal_forms"):
                start -= 1
            end = close + 1
            while end < len(line.tokens) and line.tokens[end].fold in known_words("legal_forms"):
                end += 1
            tokens = line.tokens[start:end]
            if (start < place or end > close + 1) and not is_supplier(tokens):
                return Found(printed(tokens), page.page.number, tokens, trust=0.8)
    return None


def _formed_in_text(page: MarkedPage, without: Collection[int]) -> Found | None:
    return next(filter(None, (formed_in_text(page, line) for line in page.lines if line.number not in without)), None)


def _trader_in_text(page: MarkedPage, line: Line) -> Found | None:
    """A person who trades under his own name, in a sentence («представитель потребителя ИП Хамидова Н.Р. (адрес: …»)."""
    for place, token in enumerate(line.tokens):
        if token.fold not in _TRADERS or not token.text[-1].isupper():
            continue
        for end in range(min(place + _LONGEST_PERSON, len(line.tokens)), place + 2, -1):
            if is_person(text_of(line.tokens[place + 1 : end])):
                tokens = line.tokens[place:end]
                return Found(printed(tokens), page.page.number, tokens, trust=0.8)
    return None


#: Adjectives of the supplier, behind which a word for an organisation follows.
_SUPPLYING = tuple(fold(word) for word in ("теплоснабж", "энергоснабж", "ta'min", "таъмин"))
_TRADERS = frozenset(fold(form) for form in ("ИП", "YaTT", "ЯТТ"))
_LONGEST_PERSON = 7  # tokens of a legal form, a surname and initials with their points


def _plausible_name(found: Found) -> bool:
    return sum(c.isalpha() for c in found.value) >= 3 and not is_person(found.value)


_SONLI = frozenset({fold("sonli"), fold("сонли")})


def _is_numbered(cell: Sequence[Token]) -> bool:
    """«14-сонли оилавий поликлиника», «Школа № 14»: a name without quotation marks."""
    pairs = list(itertools.pairwise(cell))
    sonli = any(one.text == "-" and two.fold in _SONLI for one, two in pairs[:4])
    return sonli or any(one.fold == "№" and two.form is Form.NUMBER for one, two in pairs)


def _numbered_in_text(page: MarkedPage, line: Line) -> Found | None:
    """«127-сонли давлат мактабгача таълим ташкилоти» inside a sentence: from its number to the word for what it is."""
    for place, token in enumerate(line.tokens[:-1]):
        if token.fold not in _SONLI or place < 2 or line.tokens[place - 1].text != "-":
            continue
        ends = [n for n in range(place + 1, min(place + 9, len(line.tokens))) if line.tokens[n].fold in known_words("legal_forms")]
        tokens = line.tokens[place - 2 : ends[0] + 1] if ends else []
        if tokens and tokens[0].form is Form.NUMBER and all(t.form is Form.WORD for t in tokens[3:]):
            return Found(printed(tokens), page.page.number, tokens, trust=0.8)
    return None


def _with_number_sign(page: MarkedPage, line: Line) -> Found | None:
    """«представитель Абонента – Городская | поликлиника № 27 (адрес: …»: what it is, its number behind, from the capital before."""
    for place, token in enumerate(line.tokens[:-2]):
        sign, number = line.tokens[place + 1 : place + 3]
        what = {t.fold for t in line.tokens[max(0, place - 1) : place + 1]}  # «Детский сад № 341»
        if not what & known_words("legal_forms") or sign.fold != "№" or number.form is not Form.NUMBER:
            continue
        own = next(n for n, t in enumerate(page.tokens) if t is token)
        start = next((n for n in range(own, max(own - _ADJECTIVES, 0) - 1, -1) if page.tokens[n].text[:1].isupper()), None)
        tokens = page.tokens[start : own + 3] if start is not None else []
        if tokens and all(t.form is Form.WORD for t in tokens[:-2]) and not is_supplier(tokens):
            return Found(printed(tokens), page.page.number, tokens, trust=0.8)
    return None


def _numbered_head(page: MarkedPage, without: Collection[int]) -> Found | None:
    """«Родильный комплекс № 6» by itself at the head of a letter: two words and more before a number, the first of them with a capital."""
    for line in page.lines[: len(page.lines) // 2]:
        for cell in cells_of(line.tokens, 2.5 * line.letter) if line.number not in without else ():
            if len(cell) < _SHORTEST_NUMBERED:
                continue
            *words, sign, number = cell
            whole = all(t.form is Form.WORD and len(t.text) >= _WORD for t in words)  # «Приложение к акту № 6»
            named = whole and words[0].text[:1].isupper() and words[0].fold not in known_words("papers")
            numbered = sign.fold == "№" and number.form is Form.NUMBER and len(words) <= _LONGEST_PERSON
            if named and numbered and not any(i.sort == "label" and i.tokens[0] in cell for i in page.on_line(line.number)):
                return Found(printed(cell), page.page.number, cell, trust=UNCLEAR)
    return None


_WORD = 3  # letters
_SHORTEST_NUMBERED = 4  # tokens: two words, the sign, the number
_ADJECTIVES = 3  # words before the one for what it is («Городская семейная поликлиника»), in all


def _is_of_paper(page: MarkedPage, cell: Sequence[Token]) -> bool:
    """Whether what stands in quotation marks is what a paper is called, whose word is right before («отчёт «Показания на две даты»»)."""
    titles = (i.last for i in page.on_line(cell[0].line) if i.key == "title")
    return cell[0].text in "«“„" and any(page.tokens[last + 1] is cell[0] for last in titles if last + 1 < len(page.tokens))


def _letterhead(page: MarkedPage, without: Collection[int]) -> Found | None:
    """The first cell from the top with a legal form or a quoted name that is not the addressee."""
    limit = max(12, len(page.lines) // 2)
    for line in page.lines[:limit]:
        if line.number in without:
            continue
        for piece in (piece for cell in cells_of(line.tokens, 2.5 * line.letter) for piece in pieces_of(page, cell)):
            cell = name_alone(piece)
            words = [t for t in cell if t.form is Form.WORD]
            if not cell or not words or not has_form(cell) or is_supplier(cell) or _is_of_paper(page, cell):
                continue
            if any(
                i.sort == "label"
                and i.key in ("addressee", "contract", "bank_account", "mfo", "title", "address", "meter", "reading")
                and i.tokens[0] in cell
                for i in page.on_line(line.number)
            ):
                continue
            quoted = any(t.text in '«»"“”„' for t in cell)
            capital = any(t.text.isupper() and t.fold in known_words("legal_forms") for t in cell) or any(
                t.text[:1].isupper() and t.fold in known_words("legal_forms") for t in cell
            )
            if not (quoted or capital or _is_numbered(cell)) or len(words) > 12:
                continue
            if not (quoted or capital) and cell[0].text.islower():
                continue  # «Абонента – Городская | поликлиника № 27»: the end of it
            if not quoted and any(i.key == "position" and i.tokens[0] in cell for i in page.on_line(line.number)):
                continue  # «Мактаб директори»
            while is_open(text_of(cell)):
                more = next_line(page, cell) or rest_of_quote(page, cell)
                if not more:
                    break
                cell = [*cell, *more]
            cell = name_alone(cell)
            cell = [*cell, *_form_below(page, cell)]
            return Found(printed(cell), page.page.number, cell, trust=0.85 if reads_as_name(cell) else UNCLEAR)
    return None
