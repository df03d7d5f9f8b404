"""What a meter measures, where no word says it plainly: by a cell that OCR garbled («Tec» for ГВС), by a letter («Eг-х»)."""

from __future__ import annotations

from rapidfuzz import fuzz

from metering.units import MeterKind, Unit, is_energy
from parsers.page.found import Draft
from parsers.page.items import Item
from parsers.page.marked import MarkedPage
from parsers.wording.folding import fold
from parsers.wording.shapes import shape

_SPELLED = {
    MeterKind.HEAT: ("отопление", "отопл", "isitish", "иситиш", "issiqlik", "иссиқлик", "тепло"),
    MeterKind.HOT_WATER: ("гвс", "горячая вода", "горячее водоснабжение", "горячая", "горячее", "issiq suv", "иссиқ сув", "issiq", "иссиқ"),
}
_WATER_METERS = frozenset(fold(word) for word in ("счетчик", "счетчика", "водосчетчик", "водосчетчика", "расходомер"))
_CALCULATORS = tuple(fold(word) for word in ("тепловычислител", "теплосчетчик", "вычислител"))
_LEAST, _LIKE, _APART = 3, 60, 15  # letters; of 100, how like a cell is to what it says, and how much less to anything else


def misread_kind(text: str) -> MeterKind | None:
    """Only of a cell in which nothing else can stand; None where it is as like the other kind, or like neither."""
    plain = "".join(c for c in text if c.isalpha() or c == " ").strip()
    if len(plain) < _LEAST:
        return None
    like = {kind: max(fuzz.ratio(shape(plain), shape(word)) for word in words) for kind, words in _SPELLED.items()}
    best = max(like, key=lambda kind: like[kind])
    rest = max(score for kind, score in like.items() if kind is not best)
    return best if like[best] >= _LIKE and like[best] - rest >= _APART else None


def counts_hot_water(page: MarkedPage) -> bool:
    """Whether the letter of hot water («Qг», «Eг-х») says so on a page. A calculator that counts one circuit calls it «Eг-х», too: only
    beside the heat of another one it is that of hot water."""
    labels = [i for i in page.items if i.sort == "label" and i.key in ("energy", "energy_water")]
    return any(i.key == "energy" or not i.tokens[0].fold.startswith("е") for i in labels)


def only_kind(pages: list[MarkedPage], draft: Draft) -> MeterKind | None:
    """The one kind that the report names above a meter (in its title, over its block). What names the meter of a volume beside a
    calculator of heat («Счетчик ГВС, зав. № …», «ГВС, м³») says nothing of heat."""
    heat = draft.unit is not None and is_energy(draft.unit)
    above = [
        i
        for p in pages
        for i in p.items
        if i.sort == "kind" and (p.page.number, i.box.top) <= (draft.page, draft.top) and not _is_second(p, i)
        if not (heat and is_of_volume(p, i))
    ]
    kinds = {i.value for i in above}
    only = kinds.pop() if len(kinds) == 1 else None
    return only if isinstance(only, MeterKind) else None


def _is_second(page: MarkedPage, item: Item) -> bool:
    """Whether a kind is the second thing of two («отчет о тепловой энергии и горячей воде»): it says nothing of one meter."""
    return item.first > 0 and page.tokens[item.first - 1].fold in ("и", "va", "ва", "хамда", "hamda", "&")


def is_of_volume(page: MarkedPage, item: Item) -> bool:
    """Whether a kind is that of a meter of water beside the calculator of heat that the page names: in the words for one, or cubic
    metres stand right behind it."""
    if not any(t.fold.startswith(_CALCULATORS) for t in page.tokens):
        return False
    before = page.tokens[item.first - 1].fold if item.first else ""
    named = before in _WATER_METERS or item.tokens[0].fold in _WATER_METERS
    return named or unit_behind(page, item) is Unit.M3


def unit_behind(page: MarkedPage, item: Item) -> Unit | None:
    """The unit right behind what an item names, a comma or bracket between them («ГВС, м³»)."""
    near = (i for i in page.on_line(item.line) if i.sort == "unit" and item.last < i.first <= item.last + 2)
    unit = next((i.value for i in near), None)
    return unit if isinstance(unit, Unit) else None


def kind_by_unit(draft: Draft, page_kind: MeterKind | None) -> MeterKind | None:
    """What a meter measures: what its page says, which is no heat in cubic metres; else what its unit is one of."""
    if page_kind is not None and not (page_kind is MeterKind.HEAT and draft.unit is Unit.M3):
        return page_kind
    if draft.unit is None:
        return None
    return MeterKind.HEAT if is_energy(draft.unit) else MeterKind.HOT_WATER
