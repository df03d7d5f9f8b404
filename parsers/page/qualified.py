"""Labels together with what stands beside them: the same in another language («Sana / Дата»), and words that say of what a date is one
(«Дата обхода», «o'qilgan sana»)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.page.items import Item, item_of
from parsers.page.tokens import Form, Token
from parsers.page.trust import DOUBTED
from parsers.wording.folding import fold

_BARE = frozenset(fold(word) for word in ("дата", "даты", "число", "сана", "санаси", "sana", "sanasi", "date"))
#: Beginnings of the words for looking at a meter, and for drawing up a paper; the first row that knows a word decides.
_ROOTS = (
    ("report_date", "отчет документ письм справк акта отправ подач состав заполн выда печат представл сдач подпис оформл формир"),
    ("report_date", "hisobot hujjat xat tuz topshir imzo to'ldir yubor berilgan report letter issue sign print submi document"),
    ("report_date", "ҳисобот ҳужжат хат туз топшир имзо тўлдир юбор берилган"),
    ("reading_date", "снят съем сним считыв считан замер обход осмотр фиксац показан опрос"),
    ("reading_date", "olin o'qil yozi qayd o'lch ko'chir ko'rik ko'rsat олин ўқил ёзи қайд ўлч кўчир кўрик кўрсат read record taken"),
)
_KNOWN = tuple((key, tuple(fold(root) for root in roots.split())) for key, roots in _ROOTS)
_BESIDE = frozenset({"reading", "current", "meter", "unit_column", "previous"})  # labels that are words of such a cell
_MOST_WORDS = 4
_SURE = 0.85  # trust in a label that these roots explain; with words that nothing explains it is doubted


def in_two_languages(tokens: Sequence[Token], items: Sequence[Item]) -> list[Item]:
    """The items, labels of one meaning with a slash between them as one label."""
    out: list[Item] = []
    for item in sorted(items, key=lambda item: item.first):
        before = out[-1] if out else None
        again = before is not None and before.sort == item.sort == "label" and before.key == item.key
        if before is not None and again and _is_again(before, item, tokens[before.last + 1 : item.first]):
            trust = max(before.trust, item.trust)
            out[-1] = item_of("label", tokens, before.first, item.last, key=item.key, group=item.group, trust=trust)
        else:
            out.append(item)
    return out


def _is_again(before: Item, item: Item, between: Sequence[Token]) -> bool:
    """Whether a label says again what the one before it says: behind one sign in their cell, or beneath it there."""
    if not between:
        return before.box.shares_width(item.box) and before.box.bottom < item.box.middle[1]
    return len(between) == 1 and between[0].text in "/-–—(" and between[0].form is Form.SIGN and before.line == item.line


def qualified(tokens: Sequence[Token], items: Sequence[Item]) -> list[Item]:
    """The items, those that say only "date" with the meaning that their cell gives them, or with a doubt."""
    owners = {n: item for item in items for n in range(item.first, item.last + 1)}
    out = list(items)
    for item in items:
        before = owners.get(item.first - 1)
        if item.key == "reading_date" and before is not None and before.key == "title" and _goes_on(tokens, before.last, item.first):
            out[out.index(item)] = replace(item, key="report_date")  # «Hisobot yozilgan kun»
        elif item.key == "reading_date" and item.first and _is_of_paper(tokens, item.first):
            out[out.index(item)] = replace(item, key="report_date", trust=DOUBTED)  # «Hujjat olingan sana»
        if item.sort != "label" or item.key != "report_date" or item.first != item.last or item.tokens[0].fold not in _BARE:
            continue
        if before is not None and before.key == "verification" and _goes_on(tokens, before.last, item.first):
            out[out.index(item)] = replace(item, key="verification")  # «Киёслов | санаси», a letter of which was misread
            continue
        places = _words_beside(tokens, item, owners)
        if not places:
            continue
        words = [tokens[n].fold for n in places]
        key = next((key for key, roots in _KNOWN if any(word.startswith(roots) for word in words)), None)
        if any(owners[n].key == "previous" for n in places if n in owners):
            key = "previous_date"
        taken = [owners[n] for n in places if n in owners]
        if key == "report_date" or (key is None and len(taken) == len(places)):
            continue
        out = [other for other in out if other is not item and not any(other is one for one in taken)]
        first, last = min(item.first, *places), max(item.last, *places)
        trust = DOUBTED if key is None else _SURE
        out.append(item_of("label", tokens, first, last, key=key or item.key, group=item.group, trust=trust))
    return sorted(out, key=lambda item: item.first)


def _is_of_paper(tokens: Sequence[Token], first: int) -> bool:
    """Whether the word right before a label is that of a paper, which is received or written on some day, too."""
    papers = tuple(root for key, roots in _KNOWN if key == "report_date" for root in roots)
    return _goes_on(tokens, first - 1, first) and tokens[first - 1].fold.startswith(papers)


def _words_beside(tokens: Sequence[Token], item: Item, owners: dict[int, Item]) -> list[int]:
    """The words right before and behind a label in its cell, to the next sign, number or thing of another meaning."""
    found: list[int] = []
    for step, start in ((-1, item.first), (1, item.last)):
        place = start + step
        while 0 <= place < len(tokens) and len(found) < _MOST_WORDS and _goes_on(tokens, place, place - step):
            owner = owners.get(place)
            if owner is not None and (owner.sort != "label" or owner.key not in _BESIDE):
                break
            found.append(place)
            place += step
    return found


def _goes_on(tokens: Sequence[Token], place: int, before: int) -> bool:
    """Whether a word stands beside another on its line, no wider apart than words do."""
    one, two = (tokens[place], tokens[before]) if place < before else (tokens[before], tokens[place])
    gap = two.box.left - one.box.right
    return tokens[place].form is Form.WORD and one.line == two.line and gap < 0.9 * max(one.box.height, two.box.height)
