"""Serial numbers and types of meters: what stands in their column, after their label, or after a number sign behind a meter's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from metering.pages import Box
from parsers.page.found import Found
from parsers.page.items import Item
from parsers.page.lines import box_of, text_of
from parsers.page.marked import MarkedPage
from parsers.page.number_items import DASHED
from parsers.page.tokens import Form, Token
from parsers.wording.folding import fold

_SERIAL = re.compile(r"(?<![\d.,])(\d(?:[ ]?\d){2,11}(?:-\d)?)(?![\d.,]\d)")


_APART = 1.35  # letters between two numbers that are not one
_LETTERED = (Form.WORD, Form.SIGN, Form.NUMBER)
_COUNTED, _LEAST_SERIAL = 2, 5  # digits of a row's number at most, of a serial at least
_PARTED = 0.79  # trust in a serial put together from parts: one of them may be the row's number


def serial_of_cell(cell: Sequence[Token], page: int, least: int = 3) -> Found | None:
    """The serial in a cell of its column: behind a number sign, else the longest run of digits (a model may stand there too).

    In one piece, leading zeros and a dash suffix kept.
    """
    whole = [t for t in cell if t.text not in "№#" and t.fold != "№"]
    if least == 3 and DASHED.fullmatch("".join(t.text for t in whole)) and all(t.glued for t in whole[1:]):
        return Found("".join(t.text for t in whole), page, whole)
    tokens = [t for n, t in enumerate(cell) if not _part_of_model(cell, n)]
    signs = [n for n, t in enumerate(tokens) if t.fold in ("№", "n")]
    behind = tokens[signs[-1] + 1 :] if signs else []
    for part in (behind, tokens):
        lines = [piece for line in _printed_lines(part) for piece in _pieces(line)]
        matches = [(match[1], line) for line in lines for match in _SERIAL.finditer(text_of(line))]
        if not matches:
            continue
        value, line = max(matches, key=lambda match: len(match[0].split("-")[0]))
        plain = value.replace(" ", "")
        if len(plain.split("-")[0]) >= least:
            numbers = [t for t in line if t.form is Form.NUMBER and t.text in plain]
            return Found(plain, page, numbers, "parts read apart", _PARTED) if " " in value else Found(plain, page, numbers)
    return _behind_letters(cell, page)


def _behind_letters(cell: Sequence[Token], page: int) -> Found | None:
    """The digits of a serial with letters before them («ТС-77120») that stands alone in its cell. Whether they are a part of it only the
    register knows."""
    parts = [t for t in cell if t.form is not Form.BAR]
    if len(parts) != len(_LETTERED) or not all(t.glued for t in parts[1:]) or [t.form for t in parts] != list(_LETTERED):
        return None
    number = parts[-1]
    is_long = number.text.isdigit() and len(number.text) >= _LEAST_SERIAL
    return Found(number.text, page, [number], "letters before it", _PARTED) if is_long else None


def _pieces(line: Sequence[Token]) -> list[list[Token]]:
    """The words of a line, parted where a number stands apart from the next one: «9  4888861» is a row's number and a serial."""
    pieces: list[list[Token]] = []
    for token in line:
        before = pieces[-1][-1] if pieces else None
        if before is None or (before.form is token.form is Form.NUMBER and _stand_apart(before, token)):
            pieces.append([])
        pieces[-1].append(token)
    return pieces


def _stand_apart(one: Token, two: Token) -> bool:
    """Whether two numbers are not one: by the gap, or because nobody parts a serial so (groups have three digits or four)."""
    letter = max(t.box.width / len(t.text) for t in (one, two))
    return two.box.left - one.box.right > _APART * letter or (len(one.text) <= _COUNTED and len(two.text) >= _LEAST_SERIAL)


def _printed_lines(cell: Sequence[Token]) -> list[list[Token]]:
    """The lines of a cell: a drawn row is one line of the page however often its cells wrap («Multical 603» over the serial)."""
    lines: list[list[Token]] = []
    for token in cell:
        before = lines[-1][-1] if lines else None
        if before is None or token.line != before.line or token.box.left < before.box.left:
            lines.append([])
        lines[-1].append(token)
    return lines


_LONG_SERIAL = 6  # digits that no type of a meter has


def _part_of_model(cell: Sequence[Token], place: int) -> bool:
    """Whether a number is glued to a name (SA-94/1): a number sign before it makes it a serial all the same."""
    token = cell[place]
    if token.form is not Form.NUMBER or not token.glued or place == 0:
        return False
    before = cell[place - 1]
    if before.text == "/" and token.text.isdigit() and len(token.text) >= _LONG_SERIAL:
        return False  # «Multical 602/71234567»
    return before.form is not Form.BAR and before.fold not in ("№", "n") and before.text not in ":(|[{"


def serial_in(page: MarkedPage, tokens: Sequence[Token]) -> Found | None:
    """A serial among other words: after its label or a number sign, else a whole number of five to nine digits alone."""
    for place, token in enumerate(tokens):
        if token.form is not Form.NUMBER or not token.text.isdigit() or not 3 <= len(token.text) <= 10:
            continue
        before = next((t for t in reversed(tokens[:place]) if t.text not in ':.(«"_'), None)
        if _is_of_seal(page, token):
            continue
        if before is not None and (before.fold in ("№", "n") or _labelled(page, before)):
            return Found(token.text, page.page.number, [token])
    whole = [t for t in tokens if t.form is Form.NUMBER and t.text.isdigit() and 5 <= len(t.text) <= 9 and not t.glued]
    whole = [t for t in whole if not _is_of_seal(page, t)]
    return Found(whole[0].text, page.page.number, [whole[0]], trust=0.8) if len(whole) == 1 else None


_SEAL_REACH = 3  # tokens


def _is_of_seal(page: MarkedPage, number: Token) -> bool:
    """Whether a number is that of a seal («plomba № 462261»): never a meter's."""
    seals = [i for i in page.on_line(number.line) if i.sort == "label" and i.key == "seal"]
    place = next((i.first for i in page.on_line(number.line) if i.tokens[0] is number), None)
    return place is not None and any(0 < place - seal.last <= _SEAL_REACH for seal in seals)


def _labelled(page: MarkedPage, token: Token) -> bool:
    return any(i.sort == "label" and i.key == "serial" and i.tokens[-1] is token for i in page.on_line(token.line))


#: Tokens that a serial may stand behind its label.
SERIAL_REACH = 6
#: What stands between a meter's name and its number («Теплосчетчик ТЭМ-104, номер 4411223»).
_NUMBER_WORDS = frozenset({"№", "n", *(fold(word) for word in ("номер", "raqami", "рақами", "nomeri", "номери"))})
_LONGEST_MODEL = 8  # tokens
_POST_CODE = 6  # digits
_TOWN = frozenset(fold(word) for word in ("г", "город", "Ташкент", "Toshkent", "Тошкент", "sh", "shahri", "ш", "шаҳри"))
_LONGEST_NAME, _LONGEST_SERIAL = 3, 10  # digits
_OTHER_COLUMN = 3.0  # letters between a label and the next column
_UNDER = 2.0  # of a label's height, below it


def is_signed(page: MarkedPage, item: Item) -> bool:
    """Whether a number sign or the word for it stands right before a number."""
    return item.first > 0 and page.tokens[item.first - 1].fold in _NUMBER_WORDS


def is_dashed(item: Item) -> bool:
    """Whether a number has a type or a year before a dash: only behind its label a serial, elsewhere it may be a phone's or a letter's."""
    return DASHED.fullmatch(item.text) is not None


def is_of_another(page: MarkedPage, label: int, item: Item) -> bool:
    """Whether a further word with a colon stands between a serial's label (its last token) and a number: «Номер прибора: -  Конфигурация:
    200»."""
    return sum(t.text == ":" for t in page.tokens[label + 1 : item.first]) > 1


def serial_under(page: MarkedPage, label: Item) -> Item | None:
    """A number as long as a serial right under its label, from its left edge on, where nothing stands behind the label: in another column a
    text may wrap between the two."""
    height, line = label.box.height, page.lines[label.line]
    behind = [t.box.left for t in line.tokens if t.form is not Form.SIGN and t.box.left >= label.box.right]
    letter = line.letter
    if {t.line for t in label.tokens} != {label.line} or (behind and behind[0] - label.box.right < _OTHER_COLUMN * letter):
        return None
    reach = Box(label.box.left, label.box.bottom - 0.2 * height, label.box.right, label.box.bottom + _UNDER * height)
    below = [t for line in page.lines for t in line.tokens if t.form is not Form.BAR and t.box.meets(reach) and t.line != label.line]
    first = min(below, key=lambda t: (round((t.box.top - label.box.bottom) / height), t.box.left), default=None)
    number = next((i for i in page.items if i.sort == "number" and i.tokens[0] is first), None)
    whole = number is not None and "." not in number.text and _LEAST_SERIAL <= len(number.text) <= _LONGEST_SERIAL
    return number if whole and number is not None and abs(number.box.left - label.box.left) < 2 * letter else None


def is_post_code(page: MarkedPage, item: Item) -> bool:
    """Whether a number is the post code of an address («100120, г. Ташкент»)."""
    behind = [t.fold for t in page.tokens[item.last + 1 : item.last + 5] if t.line == item.line and t.text != "."]
    return len(item.text) == _POST_CODE and behind[:1] == [","] and any(word in _TOWN for word in behind[1:3])


def is_of_kind(page: MarkedPage, item: Item) -> bool:
    """Whether what a meter measures stands in brackets right behind a number («КМ-5-2 № 29280339 (Isitish)»)."""
    behind = page.tokens[item.last + 1 : item.last + 2]
    return bool(behind) and behind[0].text == "(" and any(i.sort == "kind" and i.first == item.last + 2 for i in page.on_line(item.line))


def is_of_name(page: MarkedPage, item: Item) -> bool:
    """Whether a number is of the meter's name: it stands right behind the brand and is shorter than any serial («Multical 603»), the line's
    next number has a number sign («MULTICAL 603, № 37985744»), or stands behind a comma and is as long as a serial, which this one is not
    («Sharky 774, 17263831»)."""
    if len(item.text) <= _LONGEST_NAME and any(i.key == "brand" and i.last == item.first - 1 for i in page.on_line(item.line)):
        return True
    later = next((i for i in page.on_line(item.line) if i.sort == "number" and i.first > item.last), None)
    if later is None or later.first - item.last > SERIAL_REACH or "." in later.text:
        return False
    if any(i.group == "requisites" and item.last < i.first < later.first for i in page.on_line(item.line)):
        return False  # «Сер.номер: 6515682   Договор № 26154»
    longer = len(item.text) < _LEAST_SERIAL <= len(later.text) and page.tokens[later.first - 1].text == ","
    return is_signed(page, later) or longer


def model_between(page: MarkedPage, meter: int, serial: Item) -> Found | None:
    """The meter's type between the word for a meter (the index of its last token) and its serial."""
    between = [t for t in page.tokens[meter + 1 : serial.first] if t.form is not Form.BAR]
    between = [t for t in between if t.line == between[0].line]
    marks = [n for n, t in enumerate(between) if t.fold in ("№", "n", "сет") or t.text in "(:" or _is_named(page, t)]
    model = between[: marks[0]] if marks else between[:-1]
    return model_of(model, page.page.number) if 0 < len(model) <= _LONGEST_MODEL else None


def _is_named(page: MarkedPage, token: Token) -> bool:
    """Whether a label that ends the name of a model holds a token, the next cell's («ТС-45 | Номер абонента») included."""
    labels = [i for i in page.on_line(token.line) if i.sort == "label" and token in i.tokens]
    return any(i.key in ("serial", "model", "kind_column") or i.group == "requisites" for i in labels)


def model_of(cell: Sequence[Token], page: int) -> Found | None:
    """A meter's type as printed, without the words around it and the number behind it («ВКТ-7 № 0231184 (отопление)»)."""
    tokens = [t for t in cell if t.form is not Form.BAR]
    end = next((n for n, t in enumerate(tokens) if t.text in ("(", "№")), len(tokens))
    tokens = tokens[:end] or tokens
    text = text_of(tokens).strip(' .,:;()«»"')
    return Found(text, page, tokens) if text and any(t.form is Form.WORD for t in tokens) and box_of(tokens) else None
