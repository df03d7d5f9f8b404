"""A name that a stamp or a signature covers in part. That somebody is named decides, so it counts; its letters stay doubtful."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Collection

from parsers.page.found import Found
from parsers.page.items import Item
from parsers.page.lines import Line
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form, Token
from parsers.requisites.other_side import approving_lines, is_of_supplier
from parsers.requisites.phrases import known_words, word_list
from parsers.wording.folding import APOSTROPHES, fold
from parsers.wording.shapes import LATIN_LIKE_TO_CYRILLIC

_VOWELS = frozenset("aeiouyаеёиоуыэюяў")
#: Initials that the engine takes for digits.
_DIGIT_LIKE = str.maketrans("0345689", "ОЗЧББВЭ", ".:")
_INITIAL_DIGITS = re.compile(r"[0345689]([.:][0345689])?")
_INITIALS = 2
#: A surname and its initials without the blank and the dots between («ИвановаФФ»; «ТенРХ», since there is such a surname).
_JOINED = re.compile(r"(?P<surname>[A-ZА-ЯЁЎҚҒҲ][a-zа-яёўқғҳ]{2,})(?P<initials>[A-ZА-ЯЁЎҚҒҲ]{2})")
COVERED = "partly covered"  # the note of what was seen to be there rather than read
_LEGIBLE, _SURELY_READ = 0.6, 0.85  # confidence of the engine in a surname with initials beside it, and in one without
_LEAST = 0.3  # the same in a surname that does not end as one: strokes of a pen were read as «Opranpawn»
_SHORTEST, _SHORT, _LONG = 2, 3, 5  # letters of the same; of one that is known («Ли»)
_OF_A_NAME = 6  # tokens
_INITIALS_READ = 0.55  # confidence of the engine in initials without a surname
_FIRST_OF_MARKS = frozenset("МMФFОO0")  # «М.П.», «M.O‘.», «Ф.И.О.», and what the letters of a ring are read as
_TORN, _NO_NAME, _ALONE = 0.75, 0.5, 0.65  # trust: with initials; the same, of a word that is no name as it was read; without initials
_SHAPED = 6  # letters of a word that ends as surnames do
_ENDINGS = tuple(fold(e) for e in ("ов", "ев", "ова", "ева", "енко", "ov", "ev", "ova", "eva", "enko"))
_APART = 2.0  # letters: a wider gap parts a name from its position
_STEM = 6  # letters at the beginning of a word that tell it
#: Lines that name somebody else than who signed.
OF_OTHERS = frozenset({"executor", "accepted", "phone", "addressee"})


def torn_name(page: MarkedPage, taken: Collection[int], without: Collection[int]) -> tuple[Line, Found] | None:
    """The name of who signed and its line, where no name was read in full: on the lines of a position, the lower first, else one that
    has its line for itself, below the last reading or where the page is approved. taken: tokens of other values, by identity."""
    readings = max((i.line for i in page.items if _is_reading(page, i)), default=-1)  # a row read by itself is all of its page
    signing = [line for line in reversed(page.lines) if line.number > readings] + approving_lines(page)
    for line in signing:
        labels = [i for i in page.on_line(line.number) if i.sort == "label"]
        ends = [i.tokens[-1] for i in labels if i.key in ("position", "position_label") and line.number not in without]
        if not ends or any(i.key in OF_OTHERS for i in labels):
            continue
        end = max(t.box.right for t in ends)
        tokens = [t for t in _beside_captions(page, line) if t.box.left > end]
        name = _with_initials(page, tokens, taken) or _alone(page, line, tokens, taken) or _in_parts(page, tokens, taken)
        name = name or _initials_alone(page, tokens, taken)
        if name is not None and not is_of_supplier(page, line, name, readings):
            return line, name
    for line in signing:
        tokens = _beside_captions(page, line)
        specks = all(i.sort == "number" and len(i.text) == 1 for i in page.on_line(line.number))  # a stroke that was read as a digit
        if line.number not in without and specks and len(tokens) <= _OF_A_NAME:
            name = _with_initials(page, tokens, taken)
            opens = name is not None and tokens.index(name.tokens[0]) <= 1 and name.tokens[0].text.istitle()
            if name is not None and opens and not is_of_supplier(page, line, name, readings):
                return line, name
    return None


def _beside_captions(page: MarkedPage, line: Line) -> list[Token]:
    """A line's tokens without those of «Ф.И.О.», whose letters are no initials of what the engine made of a signature before it."""
    captions = [t for i in page.on_line(line.number) if i.key == "full_name" for t in i.tokens]
    return [t for t in line.tokens if t.form is not Form.BAR and not any(t is other for other in captions)]


def has_vowel(surname: str) -> bool:
    """Every surname has one; what the engine makes of ink or of the mark for the stamp («Nl М.») often has none."""
    return not _VOWELS.isdisjoint(surname.lower())


def _is_reading(page: MarkedPage, item: Item) -> bool:
    """Whether a number with a mark may be of a meter: «3.9.» behind a position are initials."""
    if item.sort != "number" or "." not in item.text:
        return False
    return not any(i.key == "position" for i in page.on_line(item.line))


def _with_initials(page: MarkedPage, tokens: list[Token], taken: Collection[int]) -> Found | None:
    """A word with initials behind or before it, whose dots or letters are lost. A word without initials may be the ink itself."""
    for place, token in enumerate(tokens):
        known = token.fold in known_words("short_surnames")
        if not _is_word(page, token, taken, _SHORTEST if known else _SHORT if token.text.istitle() else _SHORT + 1):
            continue
        doubtful = len(token.text) <= _SHORT and not (known and token.text.istitle())
        if token.confidence < (_LEGIBLE if doubtful else _LEAST) and not token.fold.endswith(_ENDINGS):
            continue
        joined = _JOINED.fullmatch(token.text)
        if joined is not None and (len(joined["surname"]) > _SHORT or fold(joined["surname"]) in known_words("short_surnames")):
            value = f"{joined['surname']} {'.'.join(joined['initials'])}."
            return Found(value, page.page.number, [token], COVERED, _TORN if token.confidence >= _LEGIBLE else _NO_NAME)
        behind, before = tokens[place + 1 : place + 5], tokens[max(0, place - 4) : place]
        initials = _initials(behind, token) or (_initials(before, token) if before and before[-1].text in ".," else [])
        letters = "".join(_letters(t, token) for t in initials)[:_INITIALS]
        if letters:
            trust = _TORN if token.text.istitle() and token.confidence >= _LEGIBLE else _NO_NAME
            return Found(f"{token.text} {'.'.join(letters)}.", page.page.number, [token, *initials], COVERED, trust)
    return None


def _initials(tokens: list[Token], surname: Token) -> list[Token]:
    """Of the tokens beside a surname those that are its initials, up to the first that is neither one nor a mark."""
    found: list[Token] = []
    for token in tokens:
        if token.form is Form.SIGN:
            continue
        if not _letters(token, surname) or sum(len(_letters(t, surname)) for t in found) >= _INITIALS:
            break
        found.append(token)
    return found


def _letters(token: Token, surname: Token) -> str:
    """The initials in a token beside a surname: capitals, or the digits that the engine makes of Cyrillic ones."""
    cyrillic = any("а" <= c.lower() <= "я" for c in surname.text)
    if token.form is Form.NUMBER:
        return token.text.translate(_DIGIT_LIKE) if cyrillic and _INITIAL_DIGITS.fullmatch(token.text) is not None else ""
    if token.form is not Form.WORD or len(token.text) > 3 or not token.text[:1].isupper():
        return ""
    capitals = "".join(c for c in token.text if c.isupper())
    return capitals.translate(LATIN_LIKE_TO_CYRILLIC) if cyrillic else capitals


def _alone(page: MarkedPage, line: Line, tokens: list[Token], taken: Collection[int]) -> Found | None:
    """A surname, surely read, that ends a position's line and stands apart from it, its initials are under the ink; or one of three
    letters that is known, whatever its initials were read as («Тен эм.»); or a word that ends as surnames do, however surely it was read:
    neither a pen nor what stands in a stamp reads so."""
    words = [t for t in tokens if t.form is not Form.SIGN and t.confidence >= _LEGIBLE]
    if words and words[-1].text.istitle() and words[-1].confidence >= _SURELY_READ:
        last = words[-1]
        ends = not any(t.form is Form.NUMBER for t in tokens[tokens.index(last) :])
        if ends and _is_word(page, last, taken, _LONG) and _is_apart(line, tokens, last):
            return Found(last.text, page.page.number, [last], COVERED, _ALONE)
    short = [t for t in words if t.fold in known_words("short_surnames") and t.text.istitle() and t.confidence >= _SURELY_READ]
    if short and _is_word(page, short[0], taken, _SHORT) and _is_apart(line, tokens, short[0]):
        return Found(short[0].text, page.page.number, short[:1], COVERED, _ALONE)
    shaped = [t for t in tokens if t.fold.endswith(_ENDINGS) and _is_word(page, t, taken, _SHAPED) and _is_apart(line, tokens, t)]
    return Found(shaped[-1].text, page.page.number, shaped[-1:], COVERED, _NO_NAME) if shaped else None


def _in_parts(page: MarkedPage, tokens: list[Token], taken: Collection[int]) -> Found | None:
    """A surname of which a circle of the stamp cuts a letter out («Ру иев»): its beginning, and behind a small gap its end."""
    for one, two in itertools.pairwise(tokens):
        begins = one.text.istitle() and two.text.islower() and one.box.left < two.box.left < one.box.right + _APART * two.box.height
        legible = min(one.confidence, two.confidence) >= _LEGIBLE and _is_word(page, one, taken, 2) and _is_word(page, two, taken, 2)
        if begins and legible and fold(one.text + two.text).endswith(_ENDINGS):
            return Found(one.text + two.text, page.page.number, [one, two], COVERED, _NO_NAME)
    return None


def _initials_alone(page: MarkedPage, tokens: list[Token], taken: Collection[int]) -> Found | None:
    """Two initials with their dots behind a position, of a surname that ink hides: nothing else there is written so but the mark for the
    stamp, which has its own letters."""
    if any(len(t.text) >= _SHORT and is_of_caption(t.text) for t in tokens):
        return None
    for first, dot, second, end in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False):
        letters = [t.text for t in (first, second)]
        capitals = all(len(letter) == 1 and letter.isalpha() and letter.isupper() for letter in letters)
        legible = min(first.confidence, second.confidence) >= _INITIALS_READ and (dot.text, end.text) == (".", ".")
        other = letters[0] in _FIRST_OF_MARKS or id(first) in taken or any(first in i.tokens for i in page.on_line(first.line))
        if capitals and legible and not other:
            return Found(f"{letters[0]}.{letters[1]}.", page.page.number, [first, dot, second, end], COVERED, _NO_NAME)
    return None


def _is_apart(line: Line, tokens: list[Token], word: Token) -> bool:
    """Whether a word stands apart from the position before it, or behind ink."""
    place = tokens.index(word)
    before = tokens[place - 1] if place else line.tokens[line.tokens.index(word) - 1]
    return word.box.left - before.box.right > _APART * line.letter or before.text in ":/,_" or before.confidence < _LEGIBLE


def _is_word(page: MarkedPage, token: Token, taken: Collection[int], letters: int) -> bool:
    """Whether a token may be a surname: a word that means nothing else on the page."""
    if token.form is not Form.WORD or len(token.text) < letters or id(token) in taken:
        return False
    if (
        not "".join(c for c in token.text if c not in APOSTROPHES).isalpha()
        or not has_vowel(token.text)
        or token.fold in known_words("street")
        or is_of_caption(token.text)
    ):
        return False
    return not any(token in i.tokens for i in page.on_line(token.line))


def is_of_caption(word: str) -> bool:
    """Whether a word, or the beginning of one that ink cuts off, is of a label, a post or a stamp: no surname («Фамил», «Ини»). What ends
    as surnames do is one, if it is no whole word of these («O'rinboyev», who is no o'rinbosar)."""
    whole = fold(word)
    if whole.endswith(_ENDINGS) and whole not in map(fold, _words_of_captions()):
        return False
    begins = whole[:_STEM]
    return begins in _no_names() or (len(begins) >= _SHORT and any(stem.startswith(begins) for stem in _no_names()))


@functools.cache
def _no_names() -> frozenset[str]:
    return frozenset(fold(word)[:_STEM] for word in _words_of_captions())


def _words_of_captions() -> tuple[str, ...]:
    return (
        *word_list("signing_labels"),
        *word_list("stamp_middle"),
        *word_list("captions_of_names"),
        *(word for position in word_list("positions") for word in position.replace("-", " ").split()),
    )
