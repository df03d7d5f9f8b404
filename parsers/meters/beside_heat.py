"""Numbers of running text that a calculator tells beside heat in the words of readings: masses, temperatures, hours."""

from __future__ import annotations

from metering.units import Unit, is_energy
from parsers.meters.head_cells import BESIDE_HEAT, names_heat
from parsers.page.found import NUMBERS
from parsers.page.items import Item
from parsers.page.lines import Line
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form

#: What the rows of one quantity are called.
_ROW_NAMES = frozenset({*NUMBERS, "period", "total"})
#: Words for what a meter never counts; a volume may be hot water's.
_UNCOUNTED = BESIDE_HEAT - {"volume"}

_LETTERS = 5  # of the name of a quantity («Vпод»)


def beside_heat(page: MarkedPage) -> set[int]:
    """The tokens of such numbers, by id."""
    behind = (number for line in page.lines for number in _behind_a_name(page, line))
    beside = (number for line in page.lines for number in equal_beside(page, line))
    return _below_a_name(page) | {id(t) for number in (*behind, *beside) for t in number.tokens}


def equal_beside(page: MarkedPage, line: Line) -> list[Item]:
    """The numbers of a line that letters of another quantity are equal to, where heat is told so beside them («Q = 4127,316 Гкал;
    V = 120344,51 м3; M = 118220,10 т»): what a calculator counts besides, also in a unit that water is booked in."""
    named = [i for i in page.on_line(line.number) if i.sort == "number" and _is_equal_to_letters(page, i)]
    heat = [number for number in named if _in_energy(page, number)]
    return [number for number in named if heat and number not in heat]


def _is_equal_to_letters(page: MarkedPage, number: Item) -> bool:
    """Whether letters are said to be a number («V1 =»)."""
    before = page.tokens[max(0, number.first - 2) : number.first]
    if len(before) < 2 or before[1].text != "=" or before[0].line != number.line:
        return False
    return before[0].form is Form.WORD and len(before[0].text) <= _LETTERS


def _in_energy(page: MarkedPage, number: Item) -> bool:
    behind = (i.value for i in page.on_line(number.line) if i.sort == "unit" and i.first == number.last + 1)
    return any(isinstance(unit, Unit) and is_energy(unit) for unit in behind)


def _behind_a_name(page: MarkedPage, line: Line) -> list[Item]:
    """The numbers of a line behind both a word for a mass, a temperature or hours, or their unit, and words for readings («M1 нач./кон.,
    т: 25548,78 / 32507,85», «M1, т: на начало 2360,40, на конец 3828,40»). A name or unit of what meters count, before or right behind the
    number, says otherwise."""
    found: list[Item] = []
    said: list[Item] = []  # of the number to come, and of those right behind it
    names: list[Item] = []  # of the last number, where it was such a one
    items = page.on_line(line.number)
    told = False
    for place, item in enumerate(items):
        if item.sort == "unit" and told:
            continue  # of the number before it
        if item.sort != "number":
            kept = said if not told else names if item.key in _ROW_NAMES else []
            said, told = [*kept, item], False
            continue
        told = True
        around = [*said, *items[place + 1 : place + 2]]
        counted = any(names_heat(i) or isinstance(i.value, Unit) for i in around)
        names = [i for i in said if i.key in _UNCOUNTED or (i.sort == "unit" and not isinstance(i.value, Unit))]
        if names and not counted and any(i.key in _ROW_NAMES for i in said):
            found.append(item)
        else:
            names = []
    return found


def _below_a_name(page: MarkedPage) -> set[int]:
    """The tokens of numbers in rows of readings («на нач. 28790.02») under a line that names masses, temperatures or hours («M1, т»). On a
    picture a digit alone is dirt of what was stamped or signed beside («М2, т 5 ©»)."""
    taken: set[int] = set()
    counted = False  # beside heat
    for line in page.lines:
        items = [i for i in page.on_line(line.number) if not (page.ocr and i.sort == "number" and len(i.text) == 1)]
        numbers = [i for i in items if i.sort == "number"]
        heat = any(map(names_heat, items))
        if items and items[0].key in BESIDE_HEAT and not numbers and not heat:
            counted = True
        elif heat or (items and items[0].key not in _ROW_NAMES):
            counted = False
        elif counted:
            taken |= {id(t) for number in numbers for t in number.tokens}
    return taken
