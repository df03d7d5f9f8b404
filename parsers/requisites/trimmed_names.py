"""An organisation's name without what a label, a sentence, an address or the next cell left at its ends; whether the rest reads as one.

Each rule takes tokens and gives them back or fewer. The table's order is that in which they are applied: what stands before a name goes
first, what stands behind it is then told from it.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Sequence

from parsers.page.tokens import Form, Token
from parsers.requisites.phrases import known_words, trim

Tokens = list[Token]
_OPENING, _CLOSING, _DASHES = '«“„"', '»”"', "-–—"
_LEAST_REST = 3  # words of a sentence behind a name
_STREETS = 2  # words of streets in an address


def name_alone(tokens: Sequence[Token]) -> Tokens:
    """An organisation's name by itself."""
    return functools.reduce(lambda left, rule: rule(left) if left else left, _RULES, list(tokens))


def reads_as_name(tokens: Sequence[Token]) -> bool:
    """Whether a name goes on behind its quotation marks with at most two words in small letters that are no legal form."""
    closed = _last(tokens, _CLOSING)
    rest = tokens[closed + 1 :] if closed is not None else ()
    return sum(t.form is Form.WORD and t.text[:1].islower() and not _is_form(t) for t in rest) < _LEAST_REST


def has_form(tokens: Sequence[Token]) -> bool:
    """Whether a name shows that it is one: a legal form or quotation marks."""
    return any(_is_form(t) or t.text in _OPENING + _CLOSING for t in tokens)


def _before_address(tokens: Tokens) -> Tokens:
    """«Юлдуз Авто» МЧЖ, Тошкент ш., …: a comma behind which an address stands."""
    for place, token in enumerate(tokens):
        if token.text != "," or not has_form(tokens[:place]):
            continue
        rest = tokens[place:]
        house = any(t.fold in known_words("before_names") for t in rest) and rest[-1].form is not Form.WORD
        closed = tokens[place - 1].text in _CLOSING and house  # «Нигора Мед», Юнусабад-4, д. 61
        if closed or sum(t.fold in known_words("street") for t in rest) >= _STREETS:
            return tokens[:place]
    return tokens


def _behind_mark(tokens: Tokens) -> Tokens:
    """«Биз, қуйида имзо чекувчилар, "Юлдуз" меҳмонхонаси», «Tashkilotning nomi – «Chinor» MChJ»: a label or a sentence ends with a sign;
    before a number («представитель Абонента – Городская поликлиника № 27») a capital follows it."""
    numbered = next((n for n, t in enumerate(tokens) if t.fold == "№"), 0) if not any(t.text in _OPENING for t in tokens) else 0
    signs = [n for n in range(_begin(tokens)) if tokens[n].text in _ENDS or (tokens[n].text in _DASHES and not tokens[n].glued)]
    signs += [n for n in range(numbered) if tokens[n].text in _ENDS + _DASHES and tokens[n + 1].text[:1].isupper()]
    return tokens[signs[-1] + 1 :] if signs else tokens


_ENDS = ",:;!("


def _behind_quoted_label(tokens: Tokens) -> Tokens:
    """«Истеъмолчи» – «Нур Тиббиёт» МЧЖ: acts of two parties put what they call each of them in quotation marks, too."""
    marks = [t.text for t in (*tokens[:1], *tokens[2:4])]
    label = len(tokens) > 4 and tokens[1].fold in known_words("label_words")
    quoted = label and marks[0] in _OPENING and marks[1] in _CLOSING and marks[2] in _DASHES + ":"
    return tokens[4:] if quoted else tokens


def _behind_from(tokens: Tokens) -> Tokens:
    """«от Школа № 87» below whom a letter is to, «Мы, нижеподписавшиеся, от Абонента Школа № 87»: who writes it."""
    places = [n for n, t in enumerate(tokens) if t.text == "от" and (n == 0 or tokens[n - 1].text == ",")]
    for place in places:
        rest = list(itertools.dropwhile(lambda t: t.fold in known_words("label_words"), tokens[place + 1 :]))
        if rest and rest[0].text[:1].isupper():
            return rest
    return tokens


def _behind_words(tokens: Tokens) -> Tokens:
    """«Кто представляет ООО «…»», «tashkilot «…»», «Наименование «…»»: words of a label or in small letters before the name."""
    first = _begin(tokens)
    if not first:
        return tokens
    prefix = tokens[:first]
    short = _is_abbreviated(tokens[first])  # no word before it is of the name
    labels = [n for n, t in enumerate(prefix) if t.fold in known_words("label_words")]
    small = [n for n, t in enumerate(prefix) if t.form is Form.WORD and t.text[:1].islower() and not _is_form(t)]
    numbers = all(t.form is not Form.WORD for t in prefix)  # «Договор 00745   ООО «…»»
    if short and (small or numbers):
        return tokens[first:]
    if labels and (labels[0] == 0 or labels[-1] == first - 1):
        return tokens[labels[-1] + 1 :]
    return tokens[first:] if small and len(small) == len(prefix) else tokens


def _before_open_bracket(tokens: Tokens) -> Tokens:
    """ООО «…» (далее – Абонент: a bracket behind the name that closes on another line."""
    opened = next((n for n, t in enumerate(tokens) if t.text == "(" and n > (_last(tokens, _CLOSING) or n)), None)
    return tokens if opened is None or any(t.text == ")" for t in tokens[opened:]) else tokens[:opened]


def _before_sentence(tokens: Tokens) -> Tokens:
    """«Зарафшон» меҳмонхонаси | комиссияси аъзолари томонидан тузилди; «14-сонли … поликлиника | маъмурияти …»; ООО «…» | главный инженер:
    words in small letters behind a name, however few where its form is abbreviated: such a name has ended."""
    closed = _last(tokens, _CLOSING)
    forms = [n for n, t in enumerate(tokens) if _is_form(t)]
    if closed is None and not (forms and any(t.fold in known_words("numbered") for t in tokens[:4])):
        return tokens
    end = max([closed or 0, *forms])
    rest = [t for t in tokens[end + 1 :] if t.form is Form.WORD]
    if not rest or not rest[0].text[:1].islower():
        return tokens
    ended = closed is None or (rest[0] is tokens[end + 1] and any(_is_abbreviated(tokens[n]) for n in forms))
    spoken = len(rest) >= _LEAST_REST or any(t.fold in known_words("goes_on") for t in rest)
    return tokens[: end + 1] if ended or spoken else tokens


def _before_person(tokens: Tokens) -> Tokens:
    """ГУ «Школа № 145» | Ли В.А., с одной стороны: a person's initials behind the quotation marks end what was the organisation's."""
    closed = _last(tokens, _CLOSING)
    if closed is None:
        return tokens
    rest = tokens[closed + 1 :]
    points = [n for n in range(1, len(rest)) if rest[n].text == "." and len(rest[n - 1].text) == 1 and rest[n - 1].text.isupper()]
    return tokens[: closed + 1] if len(points) > 1 and points[1] <= _NAME else tokens


_NAME = 5  # signs and words of a surname with its initials, either way round


def _before_label(tokens: Tokens) -> Tokens:
    """ГУП "Сервис" | Абонент 14: a word for who reports, behind the name, is the next label."""
    closed = _last(tokens, _CLOSING)
    if closed is None:
        return tokens
    found = [n for n in range(closed + 1, len(tokens)) if tokens[n].fold in known_words("label_words") and not _is_form(tokens[n])]
    return tokens[: found[0]] if found and tokens[found[0]].text[:1].isupper() else tokens


def _without_sign(tokens: Tokens) -> Tokens:
    """Медресе «Кукельдаш» | №: a number sign at the end belongs to what follows."""
    return trim(tokens[:-1]) if tokens[-1].fold == "№" else trim(tokens)


_RULES: tuple[Callable[[Tokens], Tokens], ...] = (
    _before_address, _behind_quoted_label, _behind_from, _behind_mark, _behind_words, _before_open_bracket, _before_person,
    _before_sentence, _before_label, _without_sign,
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


def _is_abbreviated(token: Token) -> bool:
    """ООО, МЧЖ, MChJ, YaTT."""
    return _is_form(token) and len(token.text) > 1 and token.text[0].isupper() and token.text[-1].isupper()
