"""Who signed: position and name of the first signature, also where a stamp or a pen covers part of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from parsers.page.found import Found
from parsers.page.items import Item
from parsers.page.lines import Line
from parsers.page.marked import MarkedPage
from parsers.requisites.names import names_on, wrapped_name
from parsers.requisites.other_side import is_of_supplier
from parsers.requisites.phrases import known_words
from parsers.requisites.positions import before_name, lone_position, position_at, torn_position
from parsers.requisites.torn_names import OF_OTHERS, torn_name
from parsers.wording.folding import fold

_DREW_UP = tuple(fold(word) for word in ("составил", "tuzdi", "тузди"))


def find_signatory(page: MarkedPage, organization: Found | None, without: Collection[int]) -> tuple[Found | None, Found | None]:
    """Position and name («Фамилия И.О.») of who signed: the first name beside a position, from the bottom half's signature lines."""
    taken = {id(t) for t in organization.tokens} if organization is not None else set()
    names = [(line, found) for line in page.lines if line.number not in without for found in names_on(page, line, taken)]
    names += [(line, found) for line in page.lines if line.number not in without and (found := wrapped_name(page, line, taken)) is not None]
    best: tuple[float, Found | None, Found] | None = None
    # Who signed stands below what was read; above it are those who approve, or are named in the text.
    readings = max((*without, *(i.line for i in page.items if i.sort == "number" and "." in i.text)), default=0)
    for line, name in sorted(names, key=lambda pair: (pair[0].number, pair[1].tokens[0].box.left)):
        labels = [i for i in page.on_line(line.number) if i.sort == "label"]  # one behind the name is of the next column
        keys = {i.key for i in labels if i.key == "phone" or i.box.left < name.tokens[0].box.left}
        position = position_at(page, line, name)
        others = keys & OF_OTHERS and not (position is not None and _drew_up_alone(page, line, labels))
        weight = (2.0 if position is not None else 0.0) - (3.0 if others else 0.0)
        weight += 0.5 * (line.number > readings if readings else line.box.middle[1] > 0.35 * page.page.height) - 0.001 * line.number
        weight -= 3.0 * is_of_supplier(page, line, name, readings)
        weight -= 2.0 * any(t.fold in known_words("legal_forms") and t.text.isupper() for t in line.tokens)
        if best is None or weight > best[0]:
            best = weight, position, name
    if best is None or best[0] < -0.5:
        position = lone_position(page, without)
        torn = torn_name(page, taken, without) if page.ocr else None
        if torn is None:
            return position, None
        return before_name(position, torn[1]) or position_at(page, *torn), torn[1]
    return best[1] or lone_position(page, without) or torn_position(page, best[2]), best[2]


def _drew_up_alone(page: MarkedPage, line: Line, labels: Sequence[Item]) -> bool:
    """Whether a line names who drew the report up, with his post, and no other line of the page a post: he signs («Отчет составил: …»)."""
    drew_up = any(i.key == "executor" and i.tokens[0].fold.startswith(_DREW_UP) for i in labels)
    posts = (i for i in page.items if i.sort == "label" and i.key in ("position", "position_label"))
    return drew_up and all(i.line == line.number for i in posts)
