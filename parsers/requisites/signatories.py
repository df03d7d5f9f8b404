"""Who signed: position and name of the first signature, also where a stamp or a pen covers part of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from rapidfuzz import fuzz

from parsers.page.found import Found
from parsers.page.items import Item
from parsers.page.lines import Form, Line, Token, cells_of, text_of
from parsers.page.marked import MarkedPage
from parsers.requisites.other_side import is_of_supplier
from parsers.requisites.phrases import known_words, printed, text_after, trim, word_list
from parsers.requisites.torn_names import COVERED, OF_OTHERS, has_vowel, is_of_caption, torn_name
from parsers.wording.folding import fold, tidy
from parsers.wording.shapes import LATIN_LIKE_TO_CYRILLIC

_UPPER = "A-ZА-ЯЁЎҚҒҲÕÖŌĞĢ"
_LOWER = "a-zа-яёўқғҳõöōğģ"
_INITIAL = rf"(?:[{_UPPER}](?:h|')?|Yo|Yu|Ya|Ye|Sh|Ch|Ts)"
_SURNAME = rf"[{_UPPER}]'?[{_LOWER}][{_LOWER}'-]*(?:-[{_UPPER}][{_LOWER}]+)?"
_NAME_LAST = re.compile(rf"(?<![\w'])(?P<i>{_INITIAL}\s?[.,]\s{{0,3}}(?:{_INITIAL}\s?\.?,?\s{{0,3}})?)(?P<s>{_SURNAME})")
_NAME_FIRST = re.compile(
    rf"(?<![\w'])(?P<s>{_SURNAME})\s{{1,4}}(?:[{_LOWER}«»*]\s{{1,4}})?(?P<i>{_INITIAL}\s?[.,]\s{{0,3}}(?:{_INITIAL}(?:\s?[.,])?)?)(?![\w'])"
)
_INITIAL_DIGIT = re.compile(r"(?<![\d.,])[30](?=\s?\.\D)|(?<=\D\.)[30](?=\s?[.,]?(?:\s|$))|(?<=\b3\.)0(?=\.)")
_COLUMNS = 4.0  # letters: a wider gap parts columns, which no name goes over («Direktor  A. Nazarov      Metrolog ____ B. Umarov»)
_BETWEEN_COLUMNS = " " * 6
_DREW_UP = tuple(fold(word) for word in ("составил", "tuzdi", "тузди"))
_IN_CHARGE = fold("ответственный")[:6]
_ASKS_FOR_POST = tuple(
    fold(word) for word in ("должность", "наименование", "lavozim", "лавозим")
)  # labels with nothing behind them name no position
_GOES_ON_ALIKE = 70  # per cent of the letters that can be read of a covered position
_TORN_POSITION = 0.5  # trust in a position of which only the first word was read
_LABEL_ALONE = 0.7  # trust in «Ответственное лицо», which is a label at times, as a position
_OF_A_WORD, _LEGIBLE = 2, 0.5  # letters of one («и.о.» stands before others), and the engine's confidence in it
_ABOVE, _OF_A_POST = 2, 4  # lines above a name, words of one
_ALIKE = 80  # of 100: a word that is the first one of a position


def is_person(text: str) -> bool:
    """Whether a text is nothing but a surname with initials."""
    plain = tidy(text).strip(" /_")
    return any(pattern.fullmatch(plain) is not None for pattern in (_NAME_FIRST, _NAME_LAST))


def find_signatory(page: MarkedPage, organization: Found | None, without: Collection[int]) -> tuple[Found | None, Found | None]:
    """Position and name («Фамилия И.О.») of who signed: the first name beside a position, from the bottom half's signature lines."""
    taken = {id(t) for t in organization.tokens} if organization is not None else set()
    names = [(line, found) for line in page.lines if line.number not in without for found in _names(page, line, taken)]
    names += [
        (line, found) for line in page.lines if line.number not in without and (found := _wrapped_name(page, line, taken)) is not None
    ]
    best: tuple[float, Found | None, Found] | None = None
    # Who signed stands below what was read; above it are those who approve, or are named in the text.
    readings = max((*without, *(i.line for i in page.items if i.sort == "number" and "." in i.text)), default=0)
    for line, name in sorted(names, key=lambda pair: (pair[0].number, pair[1].tokens[0].box.left)):
        labels = [i for i in page.on_line(line.number) if i.sort == "label"]  # one behind the name is of the next column
        keys = {i.key for i in labels if i.key == "phone" or i.box.left < name.tokens[0].box.left}
        position = _position_at(page, line, name)
        others = keys & OF_OTHERS and not (position is not None and _drew_up_alone(page, line, labels))
        weight = (2.0 if position is not None else 0.0) - (3.0 if others else 0.0)
        weight += 0.5 * (line.number > readings if readings else line.box.middle[1] > 0.35 * page.page.height) - 0.001 * line.number
        weight -= 3.0 * is_of_supplier(page, line, name, readings)
        weight -= 2.0 * any(t.fold in known_words("legal_forms") and t.text.isupper() for t in line.tokens)
        if best is None or weight > best[0]:
            best = weight, position, name
    if best is None or best[0] < -0.5:
        position = _lone_position(page, without)
        torn = torn_name(page, taken, without) if page.ocr else None
        if torn is None:
            return position, None
        return position or _position_at(page, *torn), torn[1]
    return best[1] or _lone_position(page, without) or _torn_position(page, best[2]), best[2]


def _drew_up_alone(page: MarkedPage, line: Line, labels: Sequence[Item]) -> bool:
    """Whether a line names who drew the report up, with his post, and no other line of the page a post: he signs («Отчет составил: …»)."""
    drew_up = any(i.key == "executor" and i.tokens[0].fold.startswith(_DREW_UP) for i in labels)
    posts = (i for i in page.items if i.sort == "label" and i.key in ("position", "position_label"))
    return drew_up and all(i.line == line.number for i in posts)


def _names(page: MarkedPage, line: Line, taken: set[int]) -> list[Found]:
    shown = [t for t in line.tokens if t.form is not Form.BAR]
    text, starts = "", []
    for n, token in enumerate(shown):
        apart = n > 0 and not page.ocr and token.box.left - shown[n - 1].box.right > _COLUMNS * line.letter
        text += "" if token.glued or n == 0 else _BETWEEN_COLUMNS if apart else " "
        starts.append(len(text))
        text += token.text
    text = tidy(text)
    text = _INITIAL_DIGIT.sub(lambda m: {"3": "З", "0": "О"}[m[0]], text) if page.ocr else text
    text = _without_stamp_mark(page, line, text, dict(zip((id(t) for t in shown), starts, strict=True)))
    found = []
    for pattern in (_NAME_FIRST, _NAME_LAST):
        for match in pattern.finditer(text):
            tokens = [t for t, at in zip(shown, starts, strict=True) if match.start() <= at < match.end()]
            if any(fold(w) in known_words("street") for w in match["s"].split("-")):
                continue
            if is_of_caption(match["s"]):
                continue
            if not has_vowel(match["s"]):
                continue
            first = next((t for t, at in zip(reversed(shown), reversed(starts), strict=True) if at <= match.start("i")), None)
            if any(first is t for i in page.on_line(line.number) if i.key == "full_name" for t in i.tokens):
                continue  # «…… Ф.И.О.: ____»: a caption's letters behind what the engine made of a signature
            if not tokens or any(id(t) in taken for t in tokens) or any(id(t) in {id(x) for f in found for x in f.tokens} for t in tokens):
                continue
            if any(
                i.sort in ("label", "unit")
                and len("".join(t.text for t in i.tokens)) > 1
                and i.key not in ("signature", "full_name")
                and any(t is tokens[0] or t is tokens[-1] for t in i.tokens)
                for i in page.on_line(line.number)
            ):
                continue
            if pattern is _NAME_FIRST and _is_stamp_mark(page, line, match["i"]) and _NAME_LAST.search(text[: match.end("s")]):
                continue  # «Ҳ. Ғаниева   М.Ў.»: the mark for the stamp, not initials
            letters = match["i"].translate(LATIN_LIKE_TO_CYRILLIC) if "а" <= match["s"][-1] <= "я" else match["i"]
            initials = ".".join(re.findall(_INITIAL, letters)) + "."
            found.append(Found(f"{match['s']} {initials}", page.page.number, tokens, trust=0.95))
    return found


def _without_stamp_mark(page: MarkedPage, line: Line, text: str, starts: dict[int, int]) -> str:
    """A line's text with «М.П.» blanked where it stands apart from what is before it: no initials of «Ташпулатова Д.     М.П.»."""
    for mark in [i for i in page.on_line(line.number) if i.sort == "label" and i.key == "stamp"]:
        before = [t for t in line.tokens if t.box.right <= mark.box.left and t.form is not Form.BAR]
        if before and mark.box.left - before[-1].box.right > 1.5 * line.letter:
            for token in (t for t in mark.tokens if id(t) in starts):  # a bar within it, or its end on the next line, has no place
                text = text[: starts[id(token)]] + "_" * len(token.text) + text[starts[id(token)] + len(token.text) :]
    return text


def _wrapped_name(page: MarkedPage, line: Line, taken: set[int]) -> Found | None:
    """A surname at the end of a position's line whose initials stand alone at the start of the next one."""
    if line.number + 1 >= len(page.lines) or not any(i.sort == "label" and i.key == "position" for i in page.on_line(line.number)):
        return None
    below = [t for t in page.lines[line.number + 1].tokens if t.form is not Form.BAR]
    if any(i.sort == "label" and i.key == "stamp" for i in page.on_line(line.number + 1)):
        return None  # «М.О'.» are no initials
    if (turned := _surname_below(page, line, below, taken)) is not None:
        return turned
    last, initials = line.tokens[-1], tidy(text_of(below[:4])).replace(" ", "")
    if any(t is last for i in page.on_line(line.number) if i.key == "position" for t in i.tokens):
        return None  # «Rahbar» over «X.O‘. Azimova»
    found = re.match(rf"(?:{_INITIAL}\.){{1,2}}", initials)
    if found is None or id(last) in taken or re.fullmatch(_SURNAME, last.text) is None or last.box.right < 0.6 * page.page.width:
        return None
    letters = found[0].translate(LATIN_LIKE_TO_CYRILLIC) if "а" <= last.text[-1] <= "я" else found[0]
    return Found(f"{last.text} {letters}", page.page.number, [last, *below[:2]], "over two lines", 0.9)


def _surname_below(page: MarkedPage, line: Line, below: list[Token], taken: set[int]) -> Found | None:
    """Initials that end a position's line, their surname alone on the next one."""
    end = [t for t in line.tokens[-4:] if t.form is not Form.BAR]
    match = re.search(rf"(?:{_INITIAL}\.){{1,2}}$", tidy(text_of(end)).replace(" ", ""))
    if match is None or len(below) != 1 or id(below[0]) in taken or re.fullmatch(_SURNAME, tidy(below[0].text)) is None:
        return None
    return Found(f"{below[0].text} {match[0]}", page.page.number, [*end, below[0]], "over two lines", 0.9)


def _is_stamp_mark(page: MarkedPage, line: Line, initials: str) -> bool:
    marks = [i for i in page.on_line(line.number) if i.sort == "label" and i.key == "stamp"]
    return any("".join(t.text for t in i.tokens).strip(".' ") == initials.replace(" ", "").strip(".' ") for i in marks)


def _position_at(page: MarkedPage, line: Line, name: Found) -> Found | None:
    """The position at the left of a name, or on the nearest line above it."""
    for number in (line.number, line.number - 1, line.number - 2):
        if number < 0:
            break
        space = 5 if number == line.number - 1 and _is_post_alone(page, number) else 3  # a pen's, between a post and the name under it
        if line.box.top - page.lines[number].box.bottom > space * line.box.height:
            break
        items = [
            i
            for i in page.on_line(number)
            if i.sort == "label" and i.key == "position" and (number != line.number or i.box.left < name.tokens[0].box.left)
        ]
        if items:
            item = items[-1] if number == line.number else items[0]
            return _whole_position(page, page.lines[number], item)
        if any(i.sort == "label" and i.key == "position_label" for i in page.on_line(number)):
            labels = [i for i in page.on_line(number) if i.sort == "label" and i.key == "position_label"]
            if len(labels) > 1 and page.tokens[labels[1].first - 1].text == ":" and not asks_for_post(labels[1].tokens[0].fold):
                return Found(printed(labels[1].tokens), page.page.number, labels[1].tokens, trust=0.9)
            label = labels[0]
            if number == line.number and (below := _position_below(page, line, name)) is not None:
                return below
            after = text_after(page, label)
            if after is not None and label.tokens[0].fold.startswith(_IN_CHARGE) and after.tokens[0] is page.tokens[label.last + 1]:
                whole = [*label.tokens, *after.tokens]  # no colon between: «Ответственный за эксплуатацию узла учета:»
                after = Found(printed(whole), after.page, whole, trust=0.9)
            if after is not None and not any(t in name.tokens for t in after.tokens) and _is_legible(after):
                return after
            if asks_for_post(label.tokens[0].fold):
                return None
            return Found(printed(label.tokens), page.page.number, label.tokens, trust=_LABEL_ALONE)
    return None


def asks_for_post(word: str) -> bool:
    """Whether a label's first word asks for the position («Должность», of which paper makes «Лолжность») and is none itself."""
    return word.startswith(_ASKS_FOR_POST) or any(fuzz.ratio(word, asks) >= _ALIKE for asks in _ASKS_FOR_POST)


def _is_legible(found: Found) -> bool:
    """Whether a word was read there: of a signature behind «Должность:» the engine makes single letters, and words that it doubts."""
    return any(len(t.fold) >= _OF_A_WORD and t.form is Form.WORD and t.confidence >= _LEGIBLE for t in found.tokens)


def _is_post_alone(page: MarkedPage, number: int) -> bool:
    """Whether a line says nothing but a position («Rahbar» over «X.O‘. Azimova»)."""
    tokens = page.lines[number].tokens
    return any(i.key == "position" and i.tokens[0] is tokens[0] and i.tokens[-1] is tokens[-1] for i in page.on_line(number))


def _position_below(page: MarkedPage, line: Line, name: Found) -> Found | None:
    """The post under «Представитель абонента ______ Мирзаев А.Т.», in its column and on a line of its own."""
    if line.number + 1 >= len(page.lines):
        return None
    below = page.lines[line.number + 1]
    items = [i for i in page.on_line(below.number) if i.sort == "label"]
    own = len(items) == 1 and items[0].key == "position" and items[0].box.left < name.tokens[-1].box.right
    near = below.box.top - line.box.bottom < 1.5 * line.box.height
    return _whole_position(page, below, items[0]) if own and near and not _names(page, below, set()) else None


def _whole_position(page: MarkedPage, line: Line, item: Item) -> Found:
    """The position's words with those that belong to it before and behind (Зам. директора по АХЧ, Начальник отдела)."""
    cell = next(c for c in cells_of(line.tokens, 2 * line.letter) if any(t is item.tokens[0] for t in c))
    label = next((i for i in page.on_line(line.number) if i.sort == "label" and i.key == "position_label" and i.tokens[0] in cell), None)
    start = next(n for n, t in enumerate(cell) if t is item.tokens[0])
    while (
        start
        and cell[start - 1].form is Form.WORD
        and (label is None or cell[start - 1] not in label.tokens)
        and len(cell[start - 1].text) > 1
        and cell[start - 1].fold not in known_words("on_behalf")
    ):
        start -= 1
    tokens = cell[start:]
    behind = next((n for n, t in enumerate(tokens) if label is not None and t is label.tokens[0]), len(tokens))
    tokens = tokens[:behind]
    names = [m.start() for pattern in (_NAME_FIRST, _NAME_LAST) for m in pattern.finditer(tidy(text_of(tokens)))]
    if names:
        tokens = tokens[: sum(1 for n in range(len(tokens)) if len(text_of(tokens[: n + 1])) <= min(names))]
    tokens = _without_organization(tokens)
    ends = [n for n, t in enumerate(tokens) if t.text in "_/([\\" or t.form is Form.NUMBER]
    tokens = trim(tokens[: ends[0]] if ends and ends[0] > 0 else tokens) or item.tokens
    text = printed(tokens)
    whole = _completed(_without_dirt(text)) if page.ocr else text
    return Found(whole, page.page.number, tokens, None if whole == text else f"read as {text}", trust=0.95 if whole == text else 0.8)


def _without_dirt(position: str) -> str:
    """A position as a picture reads it without the signs that stand by themselves behind it («Директор .») and the blanks beside a
    hyphen («Инженер - теплотехник»)."""
    return re.sub(r"(?<=\w) ?- ?(?=[^\W\d_])", lambda hyphen: hyphen[0].strip(), re.sub(r" [^\w\s»)]+$", "", position))


def _without_organization(tokens: list[Token]) -> list[Token]:
    """A position without the quoted name of whose it is («главный энергетик АО «Кабельный завод»»)."""
    end = next((n for n, t in enumerate(tokens) if t.text in '«“„"' and n), len(tokens))
    while end < len(tokens) and end > 1 and tokens[end - 1].fold in known_words("legal_forms"):
        end -= 1
    return tokens[:end]


def _completed(text: str) -> str:
    """A position whose end a signature covers («Ответственный за тепло...»), from the list of those that go on like what can be read.

    One that goes on otherwise («Ответственный за узел учёта») stays what was read.
    """
    start, rest = [fold(word) for word in text.split()[:2]], " ".join(text.split()[2:]).lower()
    likeness = {
        position: fuzz.ratio(tail[: len(rest)], rest)
        for position in word_list("positions")
        if rest and [fold(word) for word in position.split()[:2]] == start and (tail := " ".join(position.split()[2:]).lower())
    }
    best = max(likeness, key=lambda position: likeness[position], default=text)
    return best if likeness.get(best, 0) >= _GOES_ON_ALIKE else text


def _lone_position(page: MarkedPage, without: Collection[int]) -> Found | None:
    for line in reversed(page.lines):
        items = [i for i in page.on_line(line.number) if i.sort == "label" and i.key == "position" and line.number not in without]
        if items and line.box.middle[1] > 0.3 * page.page.height:
            return _whole_position(page, line, items[0])
    for line in reversed(page.lines):
        labels = [i for i in page.on_line(line.number) if i.key == "position_label" and i.tokens[0].fold.startswith(_IN_CHARGE)]
        if labels and line.number not in without and line.box.middle[1] > 0.3 * page.page.height and page.ocr:
            return Found(printed(labels[-1].tokens), page.page.number, labels[-1].tokens, trust=_LABEL_ALONE)
    return None


def _torn_position(page: MarkedPage, name: Found) -> Found | None:
    """The first word of a position that stands before a name, or on a line of its own above it, where ink covers the others
    («Bosh …… Aliyev A.A.»)."""
    if not page.ocr:
        return None
    own = page.lines[name.tokens[0].line]
    firsts = {fold(position.split()[0]) for position in word_list("positions")}
    for line in reversed(page.lines[max(0, own.number - _ABOVE) : own.number + 1]):
        words = [t for t in line.tokens if t.form is Form.WORD and (line is not own or t.box.right < name.tokens[0].box.left)]
        near = own.box.top - line.box.bottom < 3 * own.box.height and len(words) <= _OF_A_POST and not page.on_line(line.number)
        if not words or not (line is own or near):
            continue
        if words[0].text.istitle() and max(fuzz.ratio(words[0].fold, first) for first in firsts) >= _ALIKE:
            return Found(words[0].text, page.page.number, words[:1], COVERED, _TORN_POSITION)
    return None
