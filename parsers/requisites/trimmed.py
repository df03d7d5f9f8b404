"""A name or an address without what a label, a sentence or the next cell left at its ends; and whether what is left reads as one.

Each rule takes tokens and gives them back or fewer; the order of the tables below is the order in which they are applied.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from parsers.page.lines import Form, Token
from parsers.requisites.phrases import known_words, trim

Tokens = list[Token]
_OPENING, _CLOSING, _DASHES = '«“„"', '»”"', "-–—"
UNCLEAR = 0.75  # trust in a name or an address that holds words which are no part of one
_LEAST_REST = 3  # words of a sentence behind a name
_LONGEST = 6  # words of one street
_LONG = 4  # letters of a word that is no abbreviation of an address


def name_alone(tokens: Sequence[Token]) -> Tokens:
    """An organisation's name by itself."""
    return functools.reduce(lambda left, rule: rule(left) if left else left, _OF_NAMES, list(tokens))


def address_alone(tokens: Sequence[Token]) -> Tokens:
    """An address by itself."""
    return functools.reduce(lambda left, rule: rule(left) if left else left, _OF_ADDRESSES, list(tokens))


def reads_as_address(tokens: Sequence[Token]) -> bool:
    """Whether all of an address is of one: no words in small letters but those of streets and of their names («Кичик ҳалқа йўли кўчаси»),
    which begin with a capital; and none with an ending of the sentence (15-уйда)."""
    part: Tokens = []
    if tokens and tokens[0].fold in known_words("behind_names"):
        return False  # «ko'chasi 113»: its beginning stands elsewhere
    words = [t for t in tokens if t.form is not Form.SIGN]
    if words and words[-1].fold in known_words("before_names"):
        return False  # «…, ул.»: so does its end
    for token in [*tokens, None]:
        if token is not None and token.text != ",":
            part.append(token)
            continue
        words = [t for t in part if t.form is Form.WORD]
        small = [t for t in words if t.text[:1].islower() and len(t.text) >= _LONG and not t.glued and not is_street(t)]
        named = bool(words) and part[0] is words[0] and (words[0].text[:1].isupper() or is_street(words[0])) and len(words) <= _LONGEST
        if (small and not named) or any(is_street(t) and t.fold not in known_words("street") for t in words):
            return False
        part = []
    return True


def reads_as_name(tokens: Sequence[Token]) -> bool:
    """Whether a name goes on behind its quotation marks with at most two words in small letters that are no legal form."""
    closed = _last(tokens, _CLOSING)
    rest = tokens[closed + 1 :] if closed is not None else ()
    return sum(t.form is Form.WORD and t.text[:1].islower() and not _is_form(t) for t in rest) < _LEAST_REST


# -- names


def _behind_dash(tokens: Tokens) -> Tokens:
    """«Tashkilotning to'liq nomi – «Chinor» MChJ»: what stands before a colon or a dash before the name is its label."""
    first = _begin(tokens)
    signs = [n for n in range(first) if tokens[n].text == ":" or (tokens[n].text in _DASHES and not tokens[n].glued)]
    return tokens[signs[-1] + 1 :] if signs else tokens


def _behind_comma(tokens: Tokens) -> Tokens:
    """«Биз, қуйида имзо чекувчилар, "Юлдуз" меҳмонхонаси»: the words up to the comma are of the sentence."""
    commas = [n for n in range(_begin(tokens)) if tokens[n].text == ","]
    return tokens[commas[-1] + 1 :] if commas else tokens


def _behind_words(tokens: Tokens) -> Tokens:
    """«Кто представляет ООО «…»», «tashkilot «…»», «Наименование «…»»: words of a label or in small letters before the name."""
    first = _begin(tokens)
    if not first:
        return tokens
    prefix = tokens[:first]
    short = tokens[first].text.isupper() and len(tokens[first].text) > 1  # ООО, МЧЖ: no word before them is of the name
    labels = [n for n, t in enumerate(prefix) if t.fold in known_words("label_words")]
    small = [n for n, t in enumerate(prefix) if t.form is Form.WORD and t.text[:1].islower() and not _is_form(t)]
    if short and small:
        return tokens[first:]
    if labels and (labels[0] == 0 or labels[-1] == first - 1):
        return tokens[labels[-1] + 1 :]
    return tokens[first:] if small and len(small) == len(prefix) else tokens


def _before_sentence(tokens: Tokens) -> Tokens:
    """«Зарафшон» меҳмонхонаси | комиссияси аъзолари томонидан тузилди; «14-сонли … поликлиника | маъмурияти …»."""
    closed = _last(tokens, _CLOSING)
    forms = [n for n, t in enumerate(tokens) if _is_form(t)]
    if closed is None and not (forms and any(t.fold in known_words("numbered") for t in tokens[:4])):
        return tokens
    end = max([closed or 0, *forms])
    rest = [t for t in tokens[end + 1 :] if t.form is Form.WORD]
    if not rest or not rest[0].text[:1].islower():
        return tokens
    spoken = len(rest) >= _LEAST_REST or any(t.fold in known_words("goes_on") for t in rest)
    return tokens[: end + 1] if spoken or closed is None else tokens


def _before_label(tokens: Tokens) -> Tokens:
    """ГУП "Сервис" | Абонент 14: a word for who reports, behind the name, is the next label."""
    closed = _last(tokens, _CLOSING)
    if closed is None:
        return tokens
    found = [n for n in range(closed + 1, len(tokens)) if tokens[n].fold in known_words("label_words") and not _is_form(tokens[n])]
    return tokens[: found[0]] if found and tokens[found[0]].text[:1].isupper() else tokens


def _without_sign(tokens: Tokens) -> Tokens:
    """A number sign at the end belongs to what follows («Медресе «Кукельдаш» | № договора»)."""
    return trim(tokens[:-1]) if tokens[-1].fold == "№" else trim(tokens)


_OF_NAMES: tuple[Callable[[Tokens], Tokens], ...] = (
    _behind_dash, _behind_comma, _behind_words, _before_sentence, _before_label, _without_sign,
)  # fmt: skip


def _begin(tokens: Sequence[Token]) -> int:
    """Where a name begins: its quotation mark, with the legal forms right before it; 0 where it has none."""
    opened = next((n for n, t in enumerate(tokens) if t.text in _OPENING), 0)
    while opened and _is_form(tokens[opened - 1]):
        opened -= 1
    return opened


def _last(tokens: Sequence[Token], signs: str) -> int | None:
    return next((n for n in range(len(tokens) - 1, 0, -1) if tokens[n].text in signs), None)


def _is_form(token: Token) -> bool:
    return token.fold in known_words("legal_forms")


# -- addresses


def within_bracket(tokens: Tokens) -> Tokens:
    """An address in brackets ends with them («…, 29-уй) вакили …»)."""
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token.text == "(") - (token.text == ")")
        if depth < 0:
            return tokens[:place]
    return tokens


def _behind_label(tokens: Tokens) -> Tokens:
    """«Место установки прибора г. Ташкент, …», «теплового узла: 100034, …»: what is left of the label before the address."""
    first = next((n for n, t in enumerate(tokens) if is_street(t) or (t.form is Form.NUMBER and len(t.text) == _POST_CODE)), 0)
    ends = [
        n
        for n in range(first)
        if tokens[n].text == ":"
        or tokens[n].fold in known_words("address_words")
        or (tokens[n].text in _DASHES and not tokens[n].glued)
        or (tokens[n].form is Form.WORD and tokens[n].text[:1].islower() and len(tokens[n].text) > 2)
    ]
    return tokens[ends[-1] + 1 :] if ends else tokens


def _before_colon(tokens: Tokens) -> Tokens:
    """«…, 12 Тип расходомера: ПРЭМ»: a colon ends the next label, which begins behind the last number or comma."""
    colon = next((n for n, t in enumerate(tokens) if t.text == ":" and n), None)
    if colon is None:
        return tokens
    ends = [n for n in range(colon) if tokens[n].form is Form.NUMBER or tokens[n].text == ","]
    return tokens[: ends[-1] + 1] if ends else tokens


def _before_next_sentence(tokens: Tokens) -> Tokens:
    """«…, ул. Навои, 15. Показания на …»: a point behind the house ends the sentence."""
    for place in range(2, len(tokens) - 1):
        ends = tokens[place].text == "." and tokens[place - 1].form is Form.NUMBER and tokens[place].glued
        behind = tokens[place + 1]
        if ends and behind.form is Form.WORD and behind.text[:1].isupper() and not is_street(behind):
            return tokens[:place]
    return tokens


def _before_verb(tokens: Tokens) -> Tokens:
    """«…, 15-уйда жойлашган …», «…, 7-uy manzilida»: words in small letters behind the house are of the sentence."""
    numbers = [n for n, t in enumerate(tokens) if t.form is Form.NUMBER]
    for place in range(numbers[0] if numbers else len(tokens), len(tokens)):
        token = tokens[place]
        if token.form is Form.WORD and token.text[:1].islower() and len(token.text) >= _LONG and not token.glued and not is_street(token):
            return tokens[:place]
    return tokens


_POST_CODE = 6  # digits

_OF_ADDRESSES: tuple[Callable[[Tokens], Tokens], ...] = (
    within_bracket, _behind_label, _before_colon, _before_next_sentence, _before_verb, trim,
)  # fmt: skip


def is_street(token: Token) -> bool:
    """Whether a word is one of addresses, in Uzbek perhaps with an ending (уйда, ko'chasida)."""
    if token.form is not Form.WORD:
        return False
    return token.fold in known_words("street") or any(
        token.fold.endswith(ending) and token.fold[: -len(ending)] in known_words("street") for ending in _ENDINGS
    )


_ENDINGS = ("да", "даги", "дан", "нинг", "га", "da", "dagi", "dan", "ning", "ga")
