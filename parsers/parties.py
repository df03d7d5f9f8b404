"""Who reports: the organisation's name and address, never the addressee's, and who signed."""

from __future__ import annotations

import re
from collections.abc import Collection

from parsers.folding import fold, tidy
from parsers.found import Found
from parsers.lines import Form, Line, Token, cells_of, text_of
from parsers.marked import Item, MarkedPage, beside

_FORMS = frozenset(
    fold(w)
    for w in [
        "ООО",
        "АО",
        "ОАО",
        "ЗАО",
        "ГУП",
        "ЧП",
        "ИП",
        "СП",
        "ГУ",
        "НОУ",
        "ДОУ",
        "МОУ",
        "УП",
        "ДП",
        "АКБ",
        "АТБ",
        "ТЧСЖ",
        "ТСЖ",
        "ФХ",
        "ПК",
        "КП",
        "ГУЗ",
        "ГБУ",
        "МЧЖ",
        "АЖ",
        "ДУК",
        "ХК",
        "ЯТТ",
        "ҚК",
        "МТТ",
        "ДМТТ",
        "НТМ",
        "ТХМШ",
        "MChJ",
        "AJ",
        "DUK",
        "XK",
        "YaTT",
        "QK",
        "MTT",
        "DMTT",
        "NTM",
        "NTT",
        "TXMSh",
        "OOO",
        "Школа",
        "Гостиница",
        "Больница",
        "Поликлиника",
        "Лицей",
        "Колледж",
        "Институт",
        "Университет",
        "Детский",
        "Махалля",
        "Отель",
        "Клиника",
        "Maktab",
        "maktabi",
        "maktab",
        "mehmonxonasi",
        "mehmonxona",
        "bog'cha",
        "bog'chasi",
        "shifoxonasi",
        "shifoxona",
        "poliklinika",
        "poliklinikasi",
        "kolleji",
        "litseyi",
        "litsey",
        "universiteti",
        "instituti",
        "банк",
        "банки",
        "банка",
        "bank",
        "banki",
        "мактаб",
        "мактаби",
        "меҳмонхонаси",
        "меҳмонхона",
        "боғча",
        "боғчаси",
        "шифохона",
        "шифохонаси",
        "поликлиникаси",
        "коллежи",
        "лицейи",
        "лицей",
        "филиал",
        "filial",
        "filiali",
        "филиали",
        "общество",
        "предприятие",
        "ташкилоти",
        "tashkiloti",
        "markazi",
        "маркази",
        "jamiyati",
        "жамияти",
        "учреждение",
    ]
)
_STREET = frozenset(
    fold(w)
    for w in [
        "г",
        "ул",
        "улица",
        "улицы",
        "просп",
        "проспект",
        "пр",
        "пр-т",
        "район",
        "р-н",
        "мкр",
        "массив",
        "кв",
        "дом",
        "пер",
        "туп",
        "проезд",
        "шоссе",
        "бульвар",
        "ш",
        "tumani",
        "tuman",
        "ko'chasi",
        "ko'cha",
        "shahri",
        "shahar",
        "sh",
        "mavze",
        "mavzesi",
        "uy",
        "туман",
        "тумани",
        "кўчаси",
        "кўча",
        "шаҳри",
        "шаҳар",
        "мавзе",
        "мавзеси",
        "уй",
        "ташкент",
        "toshkent",
        "тошкент",
    ]
)
_UPPER = "A-ZА-ЯЁЎҚҒҲ"
_LOWER = "a-zа-яёўқғҳ"
_INITIAL = rf"(?:[{_UPPER}](?:h|')?|Yo|Yu|Ya|Ye|Sh|Ch|Ts)"
_SURNAME = rf"[{_UPPER}]'?[{_LOWER}][{_LOWER}'-]*(?:-[{_UPPER}][{_LOWER}]+)?"
_NAME_LAST = re.compile(rf"(?<![\w'])(?P<i>{_INITIAL}\s?[.,]\s{{0,3}}(?:{_INITIAL}\s?\.?,?\s{{0,3}})?)(?P<s>{_SURNAME})")
_NAME_FIRST = re.compile(
    rf"(?<![\w'])(?P<s>{_SURNAME})\s{{1,4}}(?:[{_LOWER}«»*]\s{{1,4}})?(?P<i>{_INITIAL}\s?[.,]\s{{0,3}}(?:{_INITIAL}(?:\s?[.,])?)?)(?![\w'])"
)
_INITIAL_DIGIT = re.compile(r"(?<![\d.,])[30](?=\s?\.\D)|(?<=\D\.)[30](?=\s?[.,]?(?:\s|$))|(?<=\b3\.)0(?=\.)")


def find_organization(page: MarkedPage, without: Collection[int]) -> Found | None:
    """The consumer's name as printed, by its label, else the letterhead's line with a legal form in it."""
    best: Found | None = None
    for item in page.items:
        if item.sort == "label" and item.key == "organization" and item.line not in without:
            if not _opens_cell(page, item):
                continue
            found = _text_after(page, item, _open_quote)
            if found is not None and not _is_supplier(found.tokens) and _plausible_name(found):
                colon = page.tokens[item.last + 1 : item.last + 2]
                found.trust = (
                    0.97 if _has_form(found.tokens) else 0.85 if item.last > item.first or (colon and colon[0].text == ":") else 0.6
                )
                if best is None or found.trust > best.trust:
                    best = found
    if best is not None and best.trust > 0.6:
        return best
    return _letterhead(page, without) or best or _named_in_text(page, without)


def _opens_cell(page: MarkedPage, label: Item) -> bool:
    """Whether a label stands where labels stand: at a cell's start, or with a colon behind it."""
    after = page.tokens[label.last + 1 : label.last + 2]
    if after and after[0].text in ":-–—":
        return True
    line = page.lines[label.line]
    return any(cell[0] is label.tokens[0] for cell in cells_of(line.tokens, line.letter))


def _named_in_text(page: MarkedPage, without: Collection[int]) -> Found | None:
    """A legal form with a name in quotation marks, anywhere outside the tables."""
    for line in page.lines:
        if line.number in without:
            continue
        for place, token in enumerate(line.tokens):
            if token.text not in '«“"„':
                continue
            close = next((n for n in range(place + 1, min(place + 12, len(line.tokens))) if line.tokens[n].text in '»”"'), None)
            if close is None:
                continue
            start = place
            while start and line.tokens[start - 1].fold in _FORMS:
                start -= 1
            end = close + 1
            while end < len(line.tokens) and line.tokens[end].fold in _FORMS:
                end += 1
            tokens = line.tokens[start:end]
            if (start < place or end > close + 1) and not _is_supplier(tokens):
                return Found(printed(tokens), page.page.number, tokens, trust=0.8)
    return None


def _plausible_name(found: Found) -> bool:
    return sum(c.isalpha() for c in found.value) >= 3


def _has_form(tokens: list[Token]) -> bool:
    return any(t.fold in _FORMS for t in tokens) or any(t.text in '«»"“”„' for t in tokens)


def _is_supplier(tokens: list[Token]) -> bool:
    words = {t.fold for t in tokens}
    return any(
        w.startswith(
            (
                "toshissiq",
                "тошисси",
                "таштепло",
                "veolia",
                "веолия",
                "теплоснабж",
                fold("rahbariga"),
                fold("раҳбарига"),
                "директору",
                "начальник",
                "отдел",
            )
        )
        for w in words
    )


def _open_quote(text: str) -> bool:
    """Whether a name must go on: a quotation mark is open, or a branch's name is to follow."""
    if fold(text.split()[-1]) in ("филиал", "filial", "филиали", "filiali"):
        return True
    return text.count("«") > text.count("»") or text.count("“") > text.count("”")


def _text_after(page: MarkedPage, label: Item, goes_on: object = None) -> Found | None:
    """The words behind a label up to the next label or a wide gap; from the next line where nothing stands behind it."""
    line = page.lines[label.line]
    tokens = _until_label(
        page, line, [t for t in line.tokens if t.box.left >= label.tokens[-1].box.right - 1 and t not in label.tokens], label
    )
    if not any(t.form is Form.WORD for t in tokens):
        aside = beside(page, label)
        if any(t.form is Form.WORD for t in aside) and not any(
            i.sort == "label" and i.group == "requisites" and i.tokens[0] in aside and i.key not in ("object", "organization")
            for i in page.items
        ):
            return Found(printed(_trim(aside)), page.page.number, _trim(aside))
    if not any(t.form is Form.WORD for t in tokens) and label.line + 1 < len(page.lines):
        below = page.lines[label.line + 1]
        first = page.on_line(below.number)[:1]
        if (
            not (first and first[0].sort == "label" and first[0].group == "requisites")
            and below.box.top - line.box.bottom < 1.5 * line.box.height
        ):
            near = [t for t in below.tokens if t.box.right > label.box.left]
            tokens = _until_label(page, below, near, label)
    tokens = _trim(tokens)
    if not tokens:
        return None
    if callable(goes_on):
        while goes_on(text_of(tokens)):
            more = _next_line(page, tokens)
            if not more:
                break
            tokens = [*tokens, *more]
    return Found(printed(tokens), page.page.number, tokens)


def _until_label(page: MarkedPage, line: Line, tokens: list[Token], label: Item) -> list[Token]:
    stops = {id(i.tokens[0]) for i in page.on_line(line.number) if i.sort == "label" and i is not label and i.group in ("requisites", "people", "meters")
             and i.key not in ("title", "organization", "supplier", "meter_point", "meter", "object", "position", "model", "part", "total", "report_date", "order")}  # fmt: skip
    out: list[Token] = []
    for token in tokens:
        gap = token.box.left - out[-1].box.right if any(t.form is not Form.SIGN for t in out) else 0.0
        if id(token) in stops or gap > 4 * line.box.height:
            break
        out.append(token)
    return out


def _trim(tokens: list[Token]) -> list[Token]:
    while tokens and (tokens[0].text in ":-–—.,;_=|)" or tokens[0].form is Form.BAR):
        tokens = tokens[1:]
    while tokens and (tokens[-1].text in ":-–—,;_=|(" or tokens[-1].form is Form.BAR):
        tokens = tokens[:-1]
    return tokens


_LIMITED = re.compile(r"^[0OО]{3}(?=\s?[«\"“„])")


def printed(tokens: list[Token]) -> str:
    """The text of tokens as printed, over several lines; ООО is what OCR read as 000."""
    lines: dict[int, list[Token]] = {}
    for token in tokens:
        lines.setdefault(token.line, []).append(token)
    return _LIMITED.sub("ООО", " ".join(text_of(part) for part in lines.values()))


def _next_line(page: MarkedPage, tokens: list[Token]) -> list[Token]:
    """What stands under a value on the next line, from its left edge on and in the same column."""
    last = tokens[-1]
    if last.line + 1 >= len(page.lines):
        return []
    below = page.lines[last.line + 1]
    left = min(t.box.left for t in tokens)
    if below.box.top - last.box.bottom > 1.2 * last.box.height:
        return []
    if any(
        i.sort == "label" and i.group == "requisites" and i.key not in ("supplier", "title", "object", "organization")
        for i in page.on_line(below.number)[:1]
    ):
        return []
    cells = [
        c
        for c in cells_of(below.tokens, 2.5 * below.letter)
        if left - 3 * below.letter <= c[0].box.left <= max(t.box.right for t in tokens)
    ]
    return cells[0] if cells else []


def _letterhead(page: MarkedPage, without: Collection[int]) -> Found | None:
    """The first cell from the top with a legal form or a quoted name that is not the addressee."""
    limit = max(12, len(page.lines) // 2)
    for line in page.lines[:limit]:
        if line.number in without:
            continue
        for cell in cells_of(line.tokens, 2.5 * line.letter):
            cell = _trim(cell)
            words = [t for t in cell if t.form is Form.WORD]
            if not cell or not words or not _has_form(cell) or _is_supplier(cell):
                continue
            if any(
                i.sort == "label"
                and i.key in ("addressee", "contract", "bank_account", "mfo", "title", "address", "meter", "reading")
                and i.tokens[0] in cell
                for i in page.on_line(line.number)
            ):
                continue
            quoted = any(t.text in '«»"“”„' for t in cell)
            capital = any(t.text.isupper() and t.fold in _FORMS for t in cell) or any(
                t.text[:1].isupper() and t.fold in _FORMS for t in cell
            )
            if not (quoted or capital) or len(words) > 12:
                continue
            while _open_quote(text_of(cell)):
                more = _next_line(page, cell)
                if not more:
                    break
                cell = [*cell, *more]
            return Found(printed(cell), page.page.number, cell, trust=0.85)
    return None


def find_address(page: MarkedPage, organization: Found | None, without: Collection[int]) -> Found | None:
    """The consumer's address: behind its label with what wraps under it, else the lines under the letterhead that read as one."""
    best: tuple[float, Found] | None = None
    for item in page.items:
        if item.sort != "label" or item.key != "address" or item.line in without:
            continue
        found = _text_after(page, item)
        if found is None or sum(c.isalpha() for c in found.value) < 4 or "@" in found.value:
            continue
        tokens = found.tokens
        while len(tokens) < 60 and (more := _next_line(page, tokens)) and _goes_on(page, tokens, more, item):
            tokens = [*tokens, *more]
        streets = sum(t.fold in _STREET for t in tokens)
        weight = min(streets, 4) + 0.5 * (item.last == item.first or "юр" in item.tokens[0].fold) - 0.01 * item.line
        if best is None or weight > best[0]:
            best = weight, Found(printed(tokens), page.page.number, tokens, trust=0.95 if streets else 0.7)
    if best is not None:
        return best[1]
    return _address_under(page, organization, without)


def _goes_on(page: MarkedPage, tokens: list[Token], more: list[Token], label: Item) -> bool:
    """A value wraps when its next line begins under it (not under its label) and is no new label or sentence."""
    if any(
        i.sort in ("label", "month", "date", "kind") and i.key not in ("object", "supplier", "meter_point") and i.tokens[0] in more
        for i in page.on_line(more[0].line)
    ):
        return False
    left = min(t.box.left for t in tokens)
    if abs(more[0].box.left - left) > 4 * max(1.0, more[0].box.height) or more[0].box.left < label.box.right - 1 < left - 3:
        return False
    width = page.page.width
    ends_open = tokens[-1].text in ",." or tokens[-1].box.right > 0.75 * width or tokens[-1].fold in _STREET
    return ends_open


def _address_under(page: MarkedPage, organization: Found | None, without: Collection[int]) -> Found | None:
    place = organization.tokens[-1].line if organization is not None and organization.tokens else -1
    left = min((t.box.left for t in organization.tokens), default=0.0) if organization is not None else 0.0
    for line in page.lines[place + 1 : place + 6]:
        if line.number in without:
            continue
        for cell in cells_of(line.tokens, 2.5 * line.letter):
            streets = sum(t.fold in _STREET for t in cell)
            if streets < 2 or _is_supplier(cell) or abs(cell[0].box.left - left) > 0.5 * page.page.width:
                continue
            tokens = _trim(cell)
            while len(tokens) < 60 and (more := _next_line(page, tokens)) and _is_address_part(page, more):
                tokens = [*tokens, *more]
            return Found(printed(tokens), page.page.number, tokens, trust=0.85)
    return None


def _is_address_part(page: MarkedPage, tokens: list[Token]) -> bool:
    if any(i.sort in ("label", "date", "month") and i.tokens[0] in tokens for i in page.on_line(tokens[0].line)):
        return False
    return any(t.fold in _STREET or t.form is Form.NUMBER for t in tokens) and len(tokens) < 16


# -- who signed


def find_signatory(page: MarkedPage, organization: Found | None, without: Collection[int]) -> tuple[Found | None, Found | None]:
    """Position and name («Фамилия И.О.») of who signed: the first name beside a position, from the bottom half's signature lines."""
    taken = {id(t) for t in organization.tokens} if organization is not None else set()
    names = [(line, found) for line in page.lines if line.number not in without for found in _names(page, line, taken)]
    best: tuple[float, Found | None, Found] | None = None
    for line, name in names:
        keys = {i.key for i in page.on_line(line.number) if i.sort == "label"}
        position = _position_at(page, line, name)
        weight = (2.0 if position is not None else 0.0) - (3.0 if keys & {"executor", "accepted", "phone", "addressee"} else 0.0)
        weight += 0.5 * (line.box.middle[1] > 0.35 * page.page.height) - 0.001 * line.number
        weight -= 2.0 * any(t.fold in _FORMS and t.text.isupper() for t in line.tokens)
        if best is None or weight > best[0]:
            best = weight, position, name
    if best is None or best[0] < -0.5:
        position = _lone_position(page, without)
        return position, _torn_name(page, position) if page.ocr and position is not None else None
    return best[1] or _lone_position(page, without), best[2]


def _names(page: MarkedPage, line: Line, taken: set[int]) -> list[Found]:
    text = _INITIAL_DIGIT.sub(lambda m: {"3": "З", "0": "О"}[m[0]], tidy(line.text())) if page.ocr else tidy(line.text())
    starts, length = [], 0
    shown = [t for t in line.tokens if t.form is not Form.BAR]
    for n, token in enumerate(shown):
        length += 0 if token.glued or n == 0 else 1
        starts.append(length)
        length += len(token.text)
    found = []
    for pattern in (_NAME_FIRST, _NAME_LAST):
        for match in pattern.finditer(text):
            tokens = [t for t, at in zip(shown, starts, strict=True) if match.start() <= at < match.end()]
            if any(fold(w) in _STREET for w in match["s"].split("-")):
                continue
            if not tokens or any(id(t) in taken for t in tokens) or any(id(t) in {id(x) for f in found for x in f.tokens} for t in tokens):
                continue
            if any(
                i.sort in ("label", "unit")
                and i.key not in ("signature", "full_name")
                and any(t is tokens[0] or t is tokens[-1] for t in i.tokens)
                for i in page.on_line(line.number)
            ):
                continue
            if pattern is _NAME_FIRST and _is_stamp_mark(page, line, match["i"]) and _NAME_LAST.search(text[: match.end("s")]):
                continue  # «Ҳ. Ғаниева   М.Ў.»: the mark for the stamp, not initials
            letters = match["i"].translate(_LATIN_LIKE_TO_CYRILLIC) if "а" <= match["s"][-1] <= "я" else match["i"]
            initials = ".".join(re.findall(_INITIAL, letters)) + "."
            found.append(Found(f"{match['s']} {initials}", page.page.number, tokens, trust=0.95))
    return found


_LATIN_LIKE = "ABCEHKMOPTXY"
_LATIN_LIKE_TO_CYRILLIC = str.maketrans(_LATIN_LIKE, "АВСЕНКМОРТХУ")


def _torn_name(page: MarkedPage, position: Found) -> Found | None:
    """A name under a stamp or a signature: a capital word behind the position, its initials without dots or lost."""
    line = page.lines[position.tokens[-1].line]
    tokens = [t for t in line.tokens if t.box.left > position.tokens[-1].box.right and t.form is not Form.BAR]
    for place, token in enumerate(tokens):
        if token.form is not Form.WORD or len(token.text) < 4 or not token.text[0].isupper() or token.text[1:] != token.text[1:].lower():
            continue
        rest = tokens[place + 1 : place + 5]
        initials = [t for t in rest if t.form is Form.WORD and len(t.text) <= 2 and t.text.isupper()]
        letters = "".join(t.text for t in initials)[:2]
        if any("а" <= c.lower() <= "я" for c in token.text):
            letters = letters.translate(_LATIN_LIKE_TO_CYRILLIC)
        value = f"{token.text} {'.'.join(letters)}." if letters else token.text
        return Found(value, page.page.number, [token, *initials], "partly covered", 0.6 if letters else 0.4)
    return None


def _is_stamp_mark(page: MarkedPage, line: Line, initials: str) -> bool:
    marks = [i for i in page.on_line(line.number) if i.sort == "label" and i.key == "stamp"]
    return any("".join(t.text for t in i.tokens).strip(".' ") == initials.replace(" ", "").strip(".' ") for i in marks)


def _position_at(page: MarkedPage, line: Line, name: Found) -> Found | None:
    """The position at the left of a name, or on the nearest line above it."""
    for number in (line.number, line.number - 1, line.number - 2):
        if number < 0:
            break
        if line.box.top - page.lines[number].box.bottom > 3 * line.box.height:
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
            label = next(i for i in page.on_line(number) if i.sort == "label" and i.key == "position_label")
            after = _text_after(page, label)
            if after is not None and not any(t in name.tokens for t in after.tokens):
                return after
            return Found(printed(label.tokens), page.page.number, label.tokens, trust=0.7)
    return None


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
    ):
        start -= 1
    tokens = cell[start:]
    if label is not None and label.tokens[0].box.left > item.tokens[0].box.left:
        tokens = tokens[: next(n for n, t in enumerate(tokens) if t is label.tokens[0])]
    names = [m.start() for pattern in (_NAME_FIRST, _NAME_LAST) for m in pattern.finditer(tidy(text_of(tokens)))]
    if names:
        tokens = tokens[: sum(1 for n in range(len(tokens)) if len(text_of(tokens[: n + 1])) <= min(names))]
    ends = [n for n, t in enumerate(tokens) if t.text in "_/([\\" or t.form is Form.NUMBER]
    tokens = _trim(tokens[: ends[0]] if ends and ends[0] > 0 else tokens) or item.tokens
    return Found(printed(tokens), page.page.number, tokens, trust=0.95)


def _lone_position(page: MarkedPage, without: Collection[int]) -> Found | None:
    for line in reversed(page.lines):
        items = [i for i in page.on_line(line.number) if i.sort == "label" and i.key == "position" and line.number not in without]
        if items and line.box.middle[1] > 0.3 * page.page.height:
            return _whole_position(page, line, items[0])
    return None
