"""When a report was drawn up."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence

from parsers.page.found import Found
from parsers.page.items import Item
from parsers.page.lines import cells_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form, Token
from parsers.page.trust import DOUBTED
from parsers.requisites.labelled_dates import TAKEN, find_date, has_line, in_sentence_before, is_of_contract
from parsers.requisites.phrases import known_words
from parsers.wording.folding import fold


def find_report_date(page: MarkedPage, without: Collection[int]) -> Found | None:
    """The date the report was drawn up: by its label, by the outgoing number, or a date that stands alone at the head or the foot."""
    labelled = find_date(page, "report_date", without)
    if labelled is not None:
        return labelled
    for item in page.items:
        if item.sort == "label" and item.key == "outgoing":
            dates = [i for i in page.items if i.sort == "date" and _is_of_outgoing(item, i)]
            if dates:
                return Found.of(dates[0], page.page.number, trust=0.95)
    if (numbered := _behind_number(page) or _behind_title(page)) is not None:
        return numbered
    claimed = [i for i in page.items if i.sort == "label" and i.key in _CLAIMING]
    lone = [
        i
        for i in page.items
        if i.sort == "date"
        and i.line not in without
        and not any(_claims(page, c, i) for c in claimed)
        and not any(in_sentence_before(page, c) is i for c in claimed if _tells_taken(c))
        and not _of_verification(page, i)
        and not _of_document(page, i)
        and not is_of_contract(page, i)
        and not _in_sentence(page, i)
        and not _in_span(page, i)
    ]
    if not lone:
        return None
    # Nothing says so. A person looks where there are others, or a meter was verified on some day;
    # a date on a line of its own is none of a meter.
    own = [i for i in lone if has_line(page, i) and len(page.on_line(i.line)) == 1]
    alone = len({i.date for i in lone}) == 1 and not any(i.key == "verification" for i in page.items)
    sure = alone or len({i.date for i in own}) == 1
    return Found.of((own if own and not alone else lone)[-1], page.page.number, trust=0.75 if sure else DOUBTED)


def _tells_taken(label: Item) -> bool:
    """Whether a label says that readings were taken, its verb at its end or at its head («олинган», «сняты показания»)."""
    return label.tokens[-1].fold.startswith(TAKEN) or label.tokens[0].fold in TAKEN


def _is_of_outgoing(label: Item, date: Item) -> bool:
    """Whether a date stands behind a letter's number or under it: «Исх. № 07/320» over «от «17» ноября 2026 г.», whom it is to beside."""
    if date.first <= label.last or date.line > label.line + 1:
        return False
    under = date.line > label.line and date.box.left < label.box.right + label.box.width
    return under or date.first - label.last <= _NEAR


def _behind_number(page: MarkedPage) -> Found | None:
    """«№ 05-12/981 от 24.12.2026» at the head of a letter, whom it is to perhaps beside it, or «18 октября 2026 г. № 01-14/252» on a line
    of its own: the number and date that it was sent with."""
    for line in page.lines[: len(page.lines) // 2]:
        cell = cells_of(line.tokens, line.letter)[0]
        items = page.on_line(line.number)
        dates = [i for i in items if i.sort == "date" and i.tokens[-1] in cell]
        if any(i.sort == "label" and (i.tokens[0] in cell or i.key not in _WHOM) for i in items):
            continue
        opens = len(dates) == 1 and dates[0].tokens[0] is line.tokens[0]
        if opens and _is_number(line.tokens[len(dates[0].tokens) :]) and not _is_claimed(page, dates[0]):
            return Found.of(dates[0], page.page.number, trust=0.9)
        if cell[0].fold != "№":
            continue
        before = page.tokens[dates[0].first - 1] if len(dates) == 1 else None
        leads = before is not None and (before.form is Form.NUMBER or before.fold in _BEFORE_DAY)
        if leads and dates[0].tokens[-1] in cell[-3:]:
            return Found.of(dates[0], page.page.number, trust=0.9)
    return None


def _behind_title(page: MarkedPage) -> Found | None:
    """«Справка о потреблении № 00000043 от 24 декабря 2025 г.», «Отчетная ведомость № …»: number and day behind what
    the paper is called, nothing else's named."""
    for line in page.lines[: len(page.lines) // 2]:
        items = page.on_line(line.number)
        date = next((i for i in items if i.sort == "date"), None)
        if date is None or not any(t.fold in known_words("papers") for t in line.tokens[:_OF_NAME]):
            continue  # «Отчетная ведомость», «Сводный отчет»
        before = [t for t in line.tokens if t.box.right <= date.box.left]
        number = list(itertools.takewhile(lambda t: t.fold != "№", reversed(before)))
        numbered = 1 < len(number) < len(before) and all(t.form is not Form.WORD or sum(map(str.isalpha, t.text)) <= _INDEX for t in number)
        others = [i for i in items if i.sort == "label" and i.first < date.first and i.key not in _OF_TITLES]
        if numbered and not others and number[0].fold in _BEFORE_DAY:
            return Found.of(date, page.page.number, trust=0.95)
    return None


_BEFORE_DAY = ("от", fold("ot"))
_OF_TITLES = frozenset({"title", "reading", "reading_date", "consumption", "energy", "meter"})


def _is_claimed(page: MarkedPage, date: Item) -> bool:
    """Whether a label before a date says what it is of («Договор теплоснабжения от | 12.01.2024 № 01234»)."""
    return any(_claims(page, i, date) for i in page.items if i.sort == "label" and i.key in _CLAIMING)


def _is_number(tokens: Sequence[Token]) -> bool:
    """Whether what stands behind a date is a letter's number and nothing else."""
    marked = next((n for n, t in enumerate(tokens) if t.fold == "№"), None)
    if marked is None or any(t.form is Form.NUMBER for t in tokens[:marked]) or sum(len(t.text) for t in tokens[:marked]) > _YEAR_WORD:
        return False
    number = tokens[marked + 1 :]
    return any(t.form is Form.NUMBER for t in number) and all(len(t.text) <= (_INDEX if t.form is Form.WORD else _LONGEST) for t in number)


_ACT = fold("акт")
_DAY_WORDS = tuple(fold(word) for word in ("дата", "день", "sana", "сана", "kun", "кун"))
_OF_NAME = 2  # words of a paper's name
_WHOM = frozenset({"addressee", "supplier"})
_TITLE = 5  # words and signs of a title by itself («АКТ № 11», «СВОДНАЯ ВЕДОМОСТЬ»)
_YEAR_WORD = 5  # letters and signs between a date and its letter's number: «г.», «года»
_INDEX = 3  # letters of an index in a letter's number: «01-14/ТС»
_LONGEST = 5  # digits of a part of it; serials are longer
_NEAR = 8  # tokens from a label to its date, before it or behind, or from the one day of a span to the other
_PREPOSITIONS = ("на", "с", "по", "от", "до")
_OF_YEAR = frozenset({fold("yildagi"), fold("йилдаги")})
_CLAIMING = frozenset({"reading_date", "verification", "previous", "current", "contract", "reading", "order", "removed", "contract_date",
                       "period"})  # fmt: skip


def _claims(page: MarkedPage, label: Item, date: Item) -> bool:
    """Whether a date belongs to a label before it: near, with no number between (a row of the table that the label heads)."""
    if not 0 < date.first - label.last <= _NEAR or (date.line != label.line and (_has_its_date(page, label) or _is_in_title(page, label))):
        return False
    between = [i for i in page.items if label.last < i.first < date.first]
    if any(i.sort == "date" for i in between) and _begins_anew(page, between, date):
        return False
    return date.line == label.line or not any(i.sort in ("number", "date") for i in between)


def _is_in_title(page: MarkedPage, label: Item) -> bool:
    """Whether a label is a word of what the paper is called («Hisoblagich ko‘rsatkichlari dalolatnomasi», the last word perhaps on the next
    line, «АКТ № 11 | снятия показаний узла учета»): what stands below is not its. One that asks for a day is none."""
    below = page.lines[label.line + 1].tokens[0] if label.line + 1 < len(page.lines) else None
    wraps = any(i.key == "title" and i.tokens[0] is below for i in page.on_line(label.line + 1))
    if wraps or any(i.key == "title" and i.first > label.last for i in page.on_line(label.line)):
        return True
    colon = any(t.text == ":" for t in page.tokens[label.last + 1 : label.last + 2])
    asks = colon or any(t.fold.startswith(_DAY_WORDS) for t in label.tokens)
    return not asks and label.line > 0 and _is_title(page, label.line - 1)


def _is_title(page: MarkedPage, line: int) -> bool:
    """Whether a line says nothing but what the paper is called, and its number."""
    tokens, items = page.lines[line].tokens, page.on_line(line)
    named = any(i.key == "title" for i in items) or tokens[0].fold == _ACT
    return named and len(tokens) <= _TITLE and all(i.key == "title" or i.sort == "number" for i in items)


def _has_its_date(page: MarkedPage, label: Item) -> bool:
    """Whether a label's date stands before it in its line («25 ноябрь куни соат 10:00 да ёзиб олинган»): what follows on other lines is
    another's."""
    before = [i for i in page.on_line(label.line) if i.sort == "date" and 0 < label.first - i.last <= _NEAR]
    return label.key == "reading_date" and bool(before)


def _begins_anew(page: MarkedPage, between: Sequence[Item], date: Item) -> bool:
    """Whether another sentence has begun before a date: who signs stands between, or a point before a capital."""
    first = next(i for i in between if i.sort == "date")
    words = page.tokens[first.last + 1 : date.first]
    return any(i.group == "people" for i in between) or any(a.text == "." and b.text[:1].isupper() for a, b in itertools.pairwise(words))


def _of_document(page: MarkedPage, date: Item) -> bool:
    """Whether a date is that of the document named behind it: «12.03.2019 yildagi 04417-sonli shartnoma»."""
    behind = page.tokens[date.first : date.last + 3]
    return any(t.fold in _OF_YEAR for t in behind)


def _of_verification(page: MarkedPage, date: Item) -> bool:
    """Whether a date is that of a meter's verification: the word stands behind it, or over it at the head of its column."""
    for item in page.items:
        if item.key != "verification":
            continue
        behind = item.line == date.line and 0 < item.first - date.last <= 3
        over = date.line > item.line and item.box.shares_width(date.box)
        between = page.items[page.items.index(item) + 1 : page.items.index(date)] if over else []
        if behind or (over and not any(i.key == "report_date" or i.sort == "date" for i in between) and date.line - item.line <= 2):
            return True
    return False


def _in_sentence(page: MarkedPage, item: Item) -> bool:
    """Whether a date is inside running text («по состоянию на 24.11.2026 показания …»)."""
    before = page.tokens[item.first - 1] if item.first else None
    after = page.tokens[item.last + 1] if item.last + 1 < len(page.tokens) else None
    if before is not None and before.line == item.line and before.fold in (*_PREPOSITIONS, "("):
        return True
    if before is not None and before.line == item.line - 1 and before.fold in _PREPOSITIONS:
        return True  # «за период с 25.11.2026 по | 25.12.2026.»
    numbers = [i for i in page.on_line(item.line) if i.sort == "number" and "." in i.text]
    return bool(numbers) or (
        after is not None and after.line == item.line and after.fold in ("holatiga", "холатига", "dan", "дан", "gacha", "гача")
    )


def _in_span(page: MarkedPage, item: Item) -> bool:
    return any(
        other is not item
        and other.sort == "date"
        and other.line == item.line
        and abs(other.first - item.first) <= _NEAR
        and not (other.first < item.first and _begins_anew(page, [i for i in page.items if other.first <= i.first < item.first], item))
        for other in page.items
    )
