"""An address without what a label, a sentence or the next cell left at its ends; and whether what is left reads as one.

Each rule takes tokens and gives them back or fewer. The table's order is that in which they are applied: what is left of a label before an
address goes first, what stands behind it is then told from it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from parsers.page.tokens import Form, Token
from parsers.requisites.phrases import known_words, trim

Tokens = list[Token]
_DASHES = "-–—"
_LONGEST = 6  # words of one street
_LONG = 4  # letters of a word that is no abbreviation of an address


def address_alone(tokens: Sequence[Token]) -> Tokens:
    """An address by itself; nothing where there is none."""
    alone = functools.reduce(lambda left, rule: rule(left) if left else left, _RULES, list(tokens))
    return [] if _is_caption(alone) else alone


def _is_caption(tokens: Sequence[Token]) -> bool:
    """Whether words in small letters only say what an address is made of («(район, улица, дом)» below an empty line), or that one
    follows («адресу»)."""
    words = [t for t in tokens if t.form is Form.WORD]
    parts = known_words("street") | known_words("before_names") | known_words("parts_of_addresses")
    asks = all(t.text.islower() and (t.fold in parts or t.fold.startswith(tuple(known_words("address_words")))) for t in words)
    return asks and all(t.form is not Form.NUMBER for t in tokens)


def reads_as_address(tokens: Sequence[Token]) -> bool:
    """Whether all of an address is of one: no words in small letters but those of streets and of their names («Кичик ҳалқа йўли кўчаси»),
    which begin with a capital; and none with an ending of the sentence (15-уйда)."""
    part: Tokens = []
    if tokens and tokens[0].fold in known_words("behind_names"):
        return False  # «ko'chasi 113»: its beginning stands elsewhere
    words = [t for t in tokens if t.form is not Form.SIGN]
    if words and words[-1].fold in known_words("before_names"):
        return False  # «…, ул.»: so does its end
    if not any(is_street(t) and len(t.text) > 1 for t in tokens):
        return False  # «Содиқова С.Ш., 11436-сонли»: an initial is no town
    if not any(t.form is Form.NUMBER and not _is_post_code(n, t) for n, t in enumerate(tokens)):
        return False  # «Chilonzor tumani, Beshyog‘och»: so does the house
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


def within_bracket(tokens: Tokens) -> Tokens:
    """An address in brackets ends with them («…, 29-уй) вакили …»)."""
    if tokens and tokens[0].text == "(":
        return within_bracket(tokens[1:])
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token.text == "(") - (token.text == ")")
        if depth < 0:
            return tokens[:place]
    return tokens


def _behind_number(tokens: Tokens) -> Tokens:
    """«205526407, 100083, г. Ташкент, …»: a number longer than a post code is the INN or the account named before."""
    if len(tokens) < 2 or tokens[0].form is not Form.NUMBER or len(tokens[0].text) <= _POST_CODE:
        return tokens
    return tokens[2:] if tokens[1].text in ",;." else tokens[1:]


def _behind_label(tokens: Tokens) -> Tokens:
    """«Место установки прибора г. Ташкент, …», «теплового узла: 100034, …», «Объект: ООО «…»; г. Ташкент, …»: what is left of the label, or
    who it is of, before the address."""
    plain = _outside_quotes(tokens)
    first = next((n for n in plain if is_street(tokens[n]) or (tokens[n].form is Form.NUMBER and len(tokens[n].text) == _POST_CODE)), 0)
    ends = [
        n
        for n in range(first)
        if tokens[n].text in ':;»”"'
        or tokens[n].fold in known_words("address_words")
        or tokens[n].fold in known_words("legal_forms")
        or (tokens[n].text in _DASHES and not tokens[n].glued)
        or (tokens[n].form is Form.WORD and tokens[n].text[:1].islower() and len(tokens[n].text) > 2)
    ]
    return tokens[ends[-1] + 1 :] if ends else tokens


def _outside_quotes(tokens: Tokens) -> list[int]:
    """The places of tokens that stand in no quotation marks: «Сув Йўли» is a name and no road."""
    out, quoted = [], False
    for place, token in enumerate(tokens):
        quoted = token.text in "«“„" or (quoted and token.text not in '»”"') or (token.text == '"' and not quoted)
        out += [] if quoted else [place]
    return out


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


def _before_rest(tokens: Tokens) -> Tokens:
    """«…, 67, в том, что»: behind its last comma an address goes on with a number, a word of streets or a capital, else it has ended."""
    for place in range(len(tokens) - 1, 0, -1):
        part = tokens[place + 1 :]
        if tokens[place].text == "," and part:
            if any(t.form is Form.NUMBER or _is_of_address(t) for t in part) or not part[0].text[:1].islower():
                break
            tokens = tokens[:place]
    return tokens


def _is_of_address(token: Token) -> bool:
    return is_street(token) or token.fold in known_words("before_names")


def _before_verb(tokens: Tokens) -> Tokens:
    """«…, 15-уйда жойлашган …», «…, 7-uy manzilida»: words in small letters behind the house are of the sentence."""
    numbers = [n for n, t in enumerate(tokens) if t.form is Form.NUMBER and not _is_post_code(n, t)]
    for place in range(numbers[0] if numbers else len(tokens), len(tokens)):
        token = tokens[place]
        if token.form is Form.WORD and token.text[:1].islower() and len(token.text) >= _LONG and not token.glued and not is_street(token):
            return tokens[:place]
    return tokens


_POST_CODE = 6  # digits


def _is_post_code(place: int, token: Token) -> bool:
    """Whether a number of an address opens it as its post code, and is no house."""
    return place == 0 and len(token.text) == _POST_CODE


_RULES: tuple[Callable[[Tokens], Tokens], ...] = (
    within_bracket, _behind_number, _behind_label, _before_colon, _before_next_sentence, _before_rest, _before_verb, trim,
)  # fmt: skip


def is_street(token: Token) -> bool:
    """Whether a word is one of addresses, in Uzbek perhaps with an ending (уйда, ko'chasida)."""
    if token.form is not Form.WORD:
        return False
    return token.fold in known_words("street") or any(
        token.fold.endswith(ending) and token.fold[: -len(ending)] in known_words("street") for ending in _ENDINGS
    )


_ENDINGS = ("да", "даги", "дан", "нинг", "га", "da", "dagi", "dan", "ning", "ga")
