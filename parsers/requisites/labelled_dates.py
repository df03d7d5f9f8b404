"""A date by its label: over, beside, behind or beneath it, or in the sentence that the label ends."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence

from parsers.page.found import Found
from parsers.page.items import Item
from parsers.page.lines import cells_of
from parsers.page.marked import MarkedPage, beside
from parsers.page.tokens import Form, Token
from parsers.page.trust import DOUBTED
from parsers.requisites.digits_of_labels import is_wrapped
from parsers.wording.folding import fold

SENTENCE = 60  # tokens
_TORN = 5  # digits of a date that was read in part
#: Labels that a date behind them belongs to.
_DATED = frozenset({"report_date", "reading_date", "previous_date", "contract_date", "verification", "order", "removed", "previous",
                    "current", "outgoing", "contract", "reading"})  # fmt: skip
TAKEN = tuple(fold(word) for word in ("olindi", "olingan", "олинди", "олинган", "снят", "сняты", "сняли"))
#: Verbs of a sentence that goes on to the label of its day («снял показания по состоянию на …»): they have no other.
_TOOK = frozenset(fold(word) for word in ("снял", "сняла", "сняли", "сняты", "снято"))
_READINGS = fold("показан")  # of a meter: what is said behind it is said of them
#: Verbs of a sentence, before what was taken («… сняты показания приборов учета»).
_WERE_TAKEN = frozenset(fold(word) for word in ("снято", "сняты", "сняли"))


def find_date(page: MarkedPage, key: str, without: Collection[int] = ()) -> Found | None:
    """The date behind (or under) a label; the longer label and the later one on the page before the shorter."""
    best: tuple[float, Found] | None = None
    undated = False
    for item in page.items:
        if item.sort != "label" or item.key != key or item.line in without or (key == "report_date" and _heads_dates(page, item)):
            continue
        if _of_another(page, item) if key == "reading_date" else _opens_act(page, item):
            continue
        date = (
            _date_over(page, item)
            if item.first in page.over
            else _date_beside(page, item) or _date_behind(page, item, without) or _date_under(page, item, without)
        )
        if date is not None and key == "report_date" and is_of_contract(page, date):
            continue  # «tuzilgan» is said of a contract, too
        if date is None:
            twins = [i for i in page.on_line(item.line) if i.sort == "label" and i.key == key and i is not item]
            verb = item.tokens[0].fold in _TOOK
            undated = undated or (bool(twins) and not verb and not any(_next_to(page, item, twin) for twin in twins))
            continue
        # Of two labels alike the later one on the page counts; of readings the later date (two columns «… holatiga»).
        later = date.date.toordinal() * 1e-7 if key == "reading_date" else 0.001 * item.line
        weight = item.last - item.first + later
        if best is None or weight > best[0]:
            best = weight, Found.of(date, page.page.number, trust=min(item.trust, 0.98 if item.last > item.first else 0.9))
    if best is not None and undated:
        best[1].trust = DOUBTED  # one of two labels alike on a line has no date: which of them was read is not sure
    return best[1] if best else None


def _of_another(page: MarkedPage, label: Item) -> bool:
    """Whether a single verb is said of a thing that is no reading («Пломбы сняты 12.10.2026», «счетчики сняты на поверку», not
    «показания теплосчетчиков, снятые 23.11.2026»)."""
    before = [i for i in page.on_line(label.line) if 0 < label.first - i.last <= 2]
    things = [i for i in before if i.key == "seal" or not _are_readings_of(page, i)]
    return label.first == label.last and any(i.key in ("seal", "meter", "removed") for i in things)


def _are_readings_of(page: MarkedPage, meter: Item) -> bool:
    return any(token.fold.startswith(_READINGS) for token in page.tokens[max(0, meter.first - 1) : meter.first])


def _opens_act(page: MarkedPage, label: Item) -> bool:
    """Whether what a paper says comes right behind a label: the day is of that («акт составлен о том, что 18.11.2025 г. … сняты …»)."""
    return [t.fold for t in page.tokens[label.last + 1 : label.last + 3]] in _OF_THAT


_OF_THAT = [[fold("о"), fold("том")], [fold("в"), fold("том")]]


def _next_to(page: MarkedPage, one: Item, two: Item) -> bool:
    """Whether two labels of one meaning say it in two languages: only signs stand between, or a word of the first that was not read before
    a slash («Ko'rsatkich olingan запа/Дата снятия») or at the end of the line above the second in one cell."""
    first, second = sorted((one, two), key=lambda item: item.first)
    between = page.tokens[first.last + 1 : second.first]
    words = [t for t in between if t.form is not Form.SIGN]
    if not words or all(t.form is Form.BAR for t in words):
        return True
    ends = between[-1].text == "/" or second.box.top > words[0].box.middle[1]
    return len(words) == 1 and words[0].form is Form.WORD and ends


def _heads_dates(page: MarkedPage, label: Item) -> bool:
    """Whether a label stands over several days in its column (a row each): it dates none of them."""
    if page.tokens[label.last + 1 : label.last + 2] and page.tokens[label.last + 1].text == ":":
        return False
    days = 0
    for number in range(label.line + 1, min(label.line + 5, len(page.lines))):
        under = [i for i in page.on_line(number) if i.box.shares_width(label.box)]
        if any(i.sort == "label" for i in under):
            break
        days += any(i.sort == "date" for i in under)
    return days > 1


def _date_over(page: MarkedPage, label: Item) -> Item | None:
    """The date over a label that is a caption."""
    over = {id(t) for t in page.over[label.first]}
    return next((i for i in page.items if i.sort == "date" and id(i.tokens[0]) in over), None)


def _date_beside(page: MarkedPage, label: Item) -> Item | None:
    """A date that stands in the next cell of a wrapped label, half a line up or down."""
    if len({t.line for t in label.tokens}) == 1 and any(i.line == label.line for i in page.items if i.sort == "date"):
        return None
    below = [t for t in label.tokens if t.line != label.line]
    if below and min(t.box.left for t in label.tokens if t.line == label.line) > max(t.box.right for t in below):
        return None  # a sentence that goes on at the next line's start, no cell
    edges = [min(t.box.left for t in label.tokens if t.line == number) for number in {t.line for t in label.tokens}]
    if max(edges) - min(edges) > 3 * page.lines[label.line].letter:
        return None  # running text over a line's end, no cell
    tokens = {id(t) for t in beside(page, label)}
    dates = [i for i in page.items if i.sort == "date" and id(i.tokens[0]) in tokens]
    return dates[0] if len(dates) == 1 else None


def _date_under(page: MarkedPage, label: Item, without: Collection[int]) -> Item | None:
    """A date in the cell under a label, in a line of labels over a line of values."""
    line = page.lines[label.line]
    labels = [i for i in page.on_line(label.line) if i.sort == "label"]
    cells = cells_of(line.tokens, line.letter)
    if len(cells) < 2 or any(not any(i.tokens[0] is cell[0] for i in labels) for cell in cells) or label.line + 1 in without:
        return None
    if any(t.form is Form.NUMBER for cell in cells for t in cell if label.tokens[-1] in cell):
        return None  # its value stands behind it
    for item in page.on_line(label.line + 1):
        nearest = min(labels, key=lambda i: abs(i.box.middle[0] - item.box.middle[0]))
        if item.sort == "date" and nearest is label and min(item.box.right, label.box.right) > max(item.box.left, label.box.left):
            return item
    return None


def _labelled(page: MarkedPage, line: int, before: int | None = None) -> bool:
    return any(i.sort == "label" and (before is None or i.first < before) for i in page.on_line(line))


def _date_behind(page: MarkedPage, label: Item, without: Collection[int]) -> Item | None:
    end = label.tokens[-1].line
    for item in page.items:
        if item.first <= label.last or (item.line in without and item.line != end):
            continue  # a wrapped label's last word may stand on a line that a table was thought to begin with
        who = item.line == end and item.group == "people"  # «Показания снял: завхоз Умаров Д., 21.05.2026»
        if item.line > end + 1 or (item.sort == "label" and item.key not in ("report_date", "title") and not who):
            break
        others = item.sort == "label" and item.key == "report_date" and item.line == end
        if others and (_has_digits(page, label, item) or _date_before(page, label) is not None):
            break  # its own date was torn, or stands before it («24.03.2026 й. ҳолатига олинди. Сана: 25.03.2026 й.»)
        if item.sort == "date" and (
            item.line == end
            or (is_wrapped(page, label, item.tokens[0]) and not _labelled(page, item.line, item.first))
            or (item.box.shares_width(label.box) and not _labelled(page, item.line))
        ):
            return item
    if page.ocr and _is_torn(page, label):
        return None  # its own date could not be read: one before the label is another's
    taken = label.tokens[-1].fold.startswith(TAKEN) or any(t.fold in _WERE_TAKEN for t in label.tokens)
    if taken and (said := in_sentence_before(page, label)) is not None:
        return said
    return _date_before(page, label)


def _date_before(page: MarkedPage, label: Item) -> Item | None:
    """The date right before a label that no label of another day owns: Uzbek says the date first («24.11.2026 holatiga»)."""
    behind = [i for i in page.items if i.sort == "date" and 0 < label.first - i.last <= 4 and _leads_to(page, i, label)]
    before = (i for i in page.items if behind and i.line == behind[-1].line and i is not label and i.key in _DATED - {"reading"})
    owned = any(0 < behind[-1].first - i.last <= 3 for i in before)
    return behind[-1] if behind and not owned and not is_of_contract(page, behind[-1]) else None


def _leads_to(page: MarkedPage, date: Item, label: Item) -> bool:
    """Whether a date stands before a label on its line, or ends the line before it in a sentence that goes on («… 24.11.2026
    kuni⏎holatiga ko'ra»): a label by itself begins with a capital."""
    line, first = date.tokens[-1].line, label.tokens[0]
    goes_on = page.lines[label.line].tokens[0] is first and first.text[:1].islower()
    return line == label.line or (line == label.line - 1 and goes_on)


def _is_torn(page: MarkedPage, label: Item) -> bool:
    """Whether the digits right behind a label, on its line, are as many as those of a date."""
    behind = itertools.takewhile(lambda t: t.line == label.tokens[-1].line and t.form is not Form.WORD, page.tokens[label.last + 1 :])
    return sum(c.isdigit() for t in behind for c in t.text) >= _TORN


def _has_digits(page: MarkedPage, one: Item, two: Item) -> bool:
    """Whether digits stand right behind a label, before the next one."""
    return any(t.form is Form.NUMBER for t in page.tokens[one.last + 1 : min(two.first, one.last + 3)])


def in_sentence_before(page: MarkedPage, label: Item) -> Item | None:
    """The only date of the sentence that a verb ends («2026 йил 24 декабрь куни … кўрсаткичлари олинди»)."""
    start = label.first
    while start and label.first - start < SENTENCE and not _ends_sentence(page, start - 1):
        start -= 1
    dates = [
        i
        for i in page.items
        if i.sort == "date" and start <= i.first < label.first
        if not has_line(page, i) and not _was_sent(page, i) and not is_of_contract(page, i)
    ]
    on_the_day = [i for i in dates if page.tokens[i.last + 1].fold in _ON_THE_DAY]
    return dates[0] if len(dates) == 1 else on_the_day[-1] if len(on_the_day) == 1 else None


def _was_sent(page: MarkedPage, date: Item) -> bool:
    """Whether a date ends the line that a letter's number opens («Исх. № 533 от 21.11.2025»)."""
    items = page.on_line(date.line)
    return items[-1] is date and any(i.key == "outgoing" for i in items)


def is_of_contract(page: MarkedPage, date: Item) -> bool:
    """Whether a date is that of the contract named before it («по договору теплоснабжения № 25473 от 06.08.2025 г. сняты») or behind it
    («tuzilgan 2025-yil 8-avgustdagi № 25473 shartnoma»)."""
    before = page.tokens[max(0, date.first - 2) : date.first]
    numbered = len(before) == 2 and before[0].form is Form.NUMBER and before[1].fold in ("от", fold("ot"))
    behind = page.tokens[date.last + 1 : date.last + 3]  # a number, perhaps behind «№»; not where a letter's day has its line for itself
    leads = any(t.form is Form.NUMBER for t in behind) and not (behind[0].line != date.line and has_line(page, date))
    contracts = [i for i in page.items if i.key == "contract"]
    return (numbered and any(0 < date.first - i.last <= _OF_CONTRACT for i in contracts)) or (
        leads and any(0 < i.first - date.last <= _OF_CONTRACT for i in contracts)
    )


_OF_CONTRACT = 6  # tokens between the word for a contract and its date, either way
_ON_THE_DAY = frozenset({fold("куни"), fold("kuni"), "da", "да"})


def _ends_sentence(page: MarkedPage, place: int) -> bool:
    one, two = page.tokens[place], page.tokens[place + 1]
    return one.text in ".:" and two.text[:1].isupper() and one.line != two.line


_PLACES = frozenset(
    fold(word) for word in ("г", "год", "года", "y", "й", "yil", "йил", "Ташкент", "Toshkent", "Тошкент", "sh", "ш", "shahri", "шаҳри")
)


_TOWN = 6  # tokens: «г. Ташкент … 25 ноября 2026 г.»


def has_line(page: MarkedPage, date: Item) -> bool:
    """Whether a date has its line for itself, a town's name and the sign of the year aside."""
    return names_but_a_town([t for t in page.lines[date.line].tokens if t not in date.tokens])


def names_but_a_town(tokens: Sequence[Token]) -> bool:
    """Whether what stands beside a date says no more than a town and that a year is one."""
    return len(tokens) <= _TOWN and all(t.form is Form.SIGN or t.form is Form.BAR or t.fold in _PLACES for t in tokens)
