"""Requisites by their labels: contract number and INN of a report, and the contract numbers that a mail names."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from parsers.page.found import Found
from parsers.page.items import Item
from parsers.page.lines import text_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form
from parsers.requisites.digits_of_labels import (
    NO_ROW_NUMBER,
    digits_behind,
    digits_jointly,
    digits_over,
    digits_under,
    is_in_column,
)
from parsers.requisites.phrases import is_supplier
from parsers.wording.folding import fold

_SONLI = frozenset({fold(word) for word in ("sonli", "сонли", "sonlı", "raqamli", "рақамли", "рақамдаги", "raqamdagi")})


_CONTRACT_LENGTH, _INN_LENGTH = 5, 9
_JOINING = frozenset({",", ";", "/", "&", "+", "и", "va", "ва", "hamda", "ҳамда"})
_MOST_LABELS = 100  # of a contract that are looked at: each walks over its line, and a page of nothing else must come to an end
_TO_NUMBER = 4  # tokens from a contract's day to its number: «г. № 38011»
_OF_A_DAY = frozenset({"от", "г", "года"})


def find_contracts(page: MarkedPage) -> list[Found]:
    """Contract numbers of a page, the surest first: after their label, before it (`03340-sonli shartnoma`), or under it."""
    found: list[Found] = []
    for item in itertools.islice((i for i in page.items if i.sort == "label" and i.key == "contract"), _MOST_LABELS):
        if item.first in page.over:
            found += [over] if (over := digits_over(page, item, _CONTRACT_LENGTH)) is not None else []
            continue
        if (joint := digits_jointly(page, item, _CONTRACT_LENGTH)) is not None:
            found.append(joint)
            continue
        before = _before(page, item)
        after = _behind_its_day(page, item) or digits_behind(page, item, _CONTRACT_LENGTH)
        candidates = (
            [before]
            if before is not None and before.trust > 0.95
            else [c for c in (after, digits_under(page, item, _CONTRACT_LENGTH), before) if c]
        )
        found += candidates[:1]
    dated = (i for i in page.items if i.sort == "label" and i.key == "contract_date")
    found += [of_day for item in itertools.islice(dated, _MOST_LABELS) if (of_day := _named_by_day(page, item)) is not None]
    found = [_padded(f) for f in found]
    return sorted(found, key=lambda f: -f.trust)


def joined_contracts(page: MarkedPage, found: Found | None) -> str:
    """The words that name another contract beside the one that was found («Договор № 03117 и 04321»); "" where there are none."""
    if found is None:
        return ""
    tokens = page.tokens
    own = [n for n, token in enumerate(tokens) if any(token is one for one in found.tokens)]
    for start, step in ((own[0], -1), (own[-1], 1)) if own else ():
        end = start + 2 * step
        if 0 <= end < len(tokens) and tokens[end].fold == "№":
            end += step
        if not 0 <= end < len(tokens) or tokens[end].line != tokens[start].line or tokens[start + step].text.lower() not in _JOINING:
            continue
        other = tokens[end].text
        if other.isdigit() and len(other) == _CONTRACT_LENGTH and other != found.value:
            return text_of(tokens[min(start, end) : max(start, end) + 1])
    return ""


def _padded(found: Found) -> Found:
    if len(found.value) >= _CONTRACT_LENGTH:
        return found
    note = f"printed as {found.value}: leading zeros added"
    return Found(found.value.zfill(_CONTRACT_LENGTH), found.page, found.tokens, note, 0.6 * found.trust)


def find_inn(page: MarkedPage) -> Found | None:
    """The INN of who reports: not the one behind the supplier's name, if there is another."""
    found = [(is_supplier([t for t in page.lines[i.line].tokens if t.box.right <= i.box.left]), inn) for i, inn in _inns(page)]
    others = [inn for of_supplier, inn in found if not of_supplier]
    return others[0] if others else replace(found[0][1], trust=0.6) if found else None


def _inns(page: MarkedPage) -> Iterator[tuple[Item, Found]]:
    for item in page.items:
        if item.sort == "label" and item.key == "inn":
            found = (
                digits_over(page, item, _INN_LENGTH)
                or digits_jointly(page, item, _INN_LENGTH)
                or digits_behind(page, item, _INN_LENGTH)
                or digits_under(page, item, _INN_LENGTH)
            )
            if found is not None and len(found.value) == _INN_LENGTH:
                yield item, found


def _behind_its_day(page: MarkedPage, label: Item) -> Found | None:
    """The whole number behind the contract's day, on the line under a label that ends its own: «к договору теплоснабжения |
    от 14.02.2024 г. № 06183», as annexes have it in their corner."""
    line = page.lines[label.tokens[-1].line]
    below = page.lines[line.number + 1].tokens if line.number + 1 < len(page.lines) else []
    rest = line.tokens[next(n for n, t in enumerate(line.tokens) if t is label.tokens[-1]) + 1 :]
    if len(below) < 4 or len(rest) > 1 or any(t.form is not Form.WORD for t in rest) or not is_in_column(page, label, below[0]):
        return None
    *words, sign, number = below
    dated = {id(t) for i in page.on_line(line.number + 1) if i.sort == "date" for t in i.tokens}
    said = {t.fold for t in words if id(t) not in dated and t.form is not Form.SIGN}
    if sign.fold != "№" or not dated or not said <= _OF_A_DAY or not number.text.isdigit() or len(number.text) != _CONTRACT_LENGTH:
        return None
    return Found(number.text, page.page.number, [number], trust=0.95)


def _named_by_day(page: MarkedPage, label: Item) -> Found | None:
    """The whole number behind a contract's day in a sentence: «ИНН 212951597, договор от 15.01.2020 г. № 38011»."""
    day = next((i for i in page.items if i.sort == "date" and i.first == label.last + 1), None)
    if day is None:
        return None
    behind = page.tokens[day.last + 1 : day.last + 1 + _TO_NUMBER]
    place = next((n for n, t in enumerate(behind) if t.form is Form.NUMBER), len(behind))
    *words, sign = (t.fold for t in behind[:place]) if place else (None,)
    if sign != "№" or place == len(behind) or not {w for w in words if w != "."} <= _OF_A_DAY:
        return None
    number = behind[place]
    whole = number.text.isdigit() and len(number.text) == _CONTRACT_LENGTH
    return Found(number.text, page.page.number, [number], trust=0.95) if whole else None


def _has_own(page: MarkedPage, label: Item) -> bool:
    """Whether a colon and a whole contract number stand right behind a label."""
    behind = page.tokens[label.last + 1 : label.last + 3]
    return len(behind) == 2 and behind[0].text == ":" and behind[1].text.isdigit() and len(behind[1].text) == _CONTRACT_LENGTH


_OF_SUPPLY = 3  # words between a number and the contract («04417-sonli issiqlik ta'minoti shartnomasi»)


def _before(page: MarkedPage, label: Item) -> Found | None:
    tokens = page.tokens
    place, trust = label.first - 1, 0.8
    words = list(itertools.takewhile(lambda t: t.form is Form.WORD and t.fold not in _SONLI, reversed(tokens[: label.first])))
    if words and _has_own(page, label):
        return None  # «45-сонли болалар боғчаси   Шартнома рақами: 01440»
    if 0 < len(words) <= _OF_SUPPLY and len(words) < label.first and tokens[place - len(words)].fold in _SONLI:
        place -= len(words)
    while place >= 0 and (tokens[place].text in "-–—()" or tokens[place].fold in _SONLI):
        trust = 1.0 if tokens[place].fold in _SONLI else trust
        place -= 1
    if place < 0 or tokens[place].form is not Form.NUMBER or label.line - tokens[place].line > 1:
        return None
    if place and tokens[place - 1].text == "(" and any(t.text == ")" for t in tokens[place + 1 : label.first]):
        return None  # «(8-сонли) | Шартнома № 26114»: of what stands before it
    value = tokens[place].text
    if not value.isdigit() or not 1 <= len(value) <= _CONTRACT_LENGTH:
        return None
    if trust < 1.0 and len(value) < NO_ROW_NUMBER:
        return None
    if place + 1 < label.first or tokens[place].line == label.line:
        return Found(value, page.page.number, [tokens[place]], trust=trust)
    return None


_IN_MAIL = re.compile(
    r"(?i)(?:дог(?:овор\w*)?|контракт\w*|shartnoma\w*|sh-?ma|шартнома\w*|ш-?ма)\s{0,3}\.?\s{0,3}(?:raqami|рақами|раками)?\s{0,3}[:.]?\s{0,3}(?:№|n[oº°]?\.?|ne)?\s{0,3}[:.]?\s{0,3}[«\"_]{0,5}(\d{1,5})(?![\d]|[.,/]\d)"
    r"|(?<![\d.,/])(\d{1,5})\s{0,2}-?\s{0,2}(?:sonli\s{1,3}|сонли\s{1,3})?(?:shartnoma|шартнома)"
)


def contract_numbers_in(text: str) -> tuple[str, ...]:
    """Contract numbers that the words of a mail name (subject, body), padded to 5 digits, each once."""
    numbers = [(m[1] or m[2]).zfill(_CONTRACT_LENGTH) for m in _IN_MAIL.finditer(text[:20_000])]
    return tuple(dict.fromkeys(numbers))
