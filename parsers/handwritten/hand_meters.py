"""The meters of a page filled in by hand: a row of its table each, or what stands behind their labels."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace

from metering.pages import Box
from metering.units import MeterKind, Unit
from parsers.handwritten.lines import Place
from parsers.handwritten.tables import PlacedRow
from parsers.handwritten.values import Written, digits_field, is_dust, number_fields
from parsers.handwritten.writing import SURELY_PRINT, HandFields, Writing, read_place, word_of
from parsers.handwritten.written_units import asks_for_unit, parted_from_unit, unit_by_hand
from parsers.meters.garbled_units import misread_unit
from parsers.meters.serials import serial_in
from parsers.page.found import NUMBERS, Draft
from parsers.page.items import Item
from parsers.page.marked import MarkedPage
from parsers.pagefacts import PageFacts, read_page

_ROW = 2.0  # points by which a word of a row reaches over its places
_HEADS = 60.0  # points above a meter's first value in which its column may say what it measures
_COUNTED = 2  # written numbers that follow each other count the columns
_BESIDE = 3  # points by which a row's print reaches over its cells
_LEGIBLE = 0.5  # the engine's confidence in what it read in a table's row


def table_draft(
    row: PlacedRow, facts: PageFacts, marked: MarkedPage, writing: Writing, hands: HandFields, others: Sequence[PlacedRow]
) -> Draft | None:
    """The meter of a table's row, None where nothing is written in it or it is a total. others: the table's other rows."""
    number = marked.page.number
    beside = [i for i in marked.items if row.band.top <= i.box.middle[1] <= row.band.bottom]
    if any(i.sort == "label" and i.key in ("total", "average") for i in beside):
        return None
    written = {role: w for role, place in row.places.items() if (w := read_place(number, role, place, writing)) is not None}
    if not any(name in written for name in NUMBERS) or is_dust(written) or _numbers_columns(row, written, facts.marked):
        return None
    own = [c.unit for c in row.header.columns if c.unit is not None and c.role in NUMBERS]
    if (asked := asks_for_unit(row, marked)) in written:
        written[asked], unit = parted_from_unit(written[asked], row.places[asked], facts.marked, writing)
        own += [unit] if unit is not None else []
    # A row's own comes before what was read into a head of none of its numbers; a small «м³» is lost with the ink beside it.
    said = _units_beside(row.band, marked, facts.marked)
    units = set(own[:1]) or (said if len(said) == 1 else _heads_units(row) or said)
    if not units and row.unit is not None:
        units = _units_of(row.unit, marked, facts.marked, writing)
    if not units and row.above is not None:
        units = _units_beside(row.above, marked, facts.marked)
    if "serial" not in row.places and row.model is not None and (serial := _serial_beside_type(number, row.model, writing)) is not None:
        written["serial"] = serial
    draft = _draft(written, row.band, marked, units, hands, [other.band for other in others])
    if row.kind is not None:
        cell = _printed_in(row.kind, marked, writing)
        # Where each row names its own, what another row names is not this one's.
        band = row.band.union(row.kind)
        known = (_kind(row.kind, cell), *(_kind(band, page, in_column=bool(others)) for page in (marked, facts.marked)))
        draft.kind = next((kind for kind in known if kind is not None), None)
    elif row.above is not None:
        said = (_kind(row.above, page, in_column=True) for page in (marked, facts.marked))
        draft.kind = next((kind for kind in said if kind is not None), draft.kind)
    here = [d for d in facts.drafts if row.band.top - 3 <= d.top <= row.band.bottom]
    draft.model = here[0].model if len(here) == 1 else None
    if (place := row.places.get("serial")) is not None:
        put_serial_of_row(draft, place, here, marked, writing)
    return draft


def _heads_units(row: PlacedRow) -> set[Unit]:
    """The units that the heads of a row's table name; what was read into the head of the units' column is another row's."""
    return {c.unit for c in row.header.columns if c.unit is not None and (row.unit is None or c.role != "unit_column")}


def _serial_beside_type(page: int, cell: Box, writing: Writing) -> Written | None:
    """The serial that is written in the cell for a meter's type («Тип и заводской номер»)."""
    return None if (writing.look(page, cell, True) or 0.0) <= SURELY_PRINT else word_of(page, "serial", Place(cell, boxed=True), writing)


def put_serial_of_row(draft: Draft, place: Place, known: list[Draft], marked: MarkedPage, writing: Writing) -> None:
    """The typed serial of a table's row: as the engine read it with the page; of two rows that it took for one meter, whose serial is the
    other's, as it reads the cell by itself («Ultraheat T550 | № 19304033»)."""
    boxes = [d.serial.box for d in known if d.serial is not None and d.serial.box is not None]
    if all(place.box.top - _BESIDE <= box.middle[1] <= place.box.bottom for box in boxes):
        put_typed_serial(draft, place, known, writing)
    elif (writing.look(draft.page, place.box, place.boxed) or 0.0) <= SURELY_PRINT:
        cell = _printed_in(place.box, marked, writing)
        draft.serial = serial_in(cell, cell.tokens) or draft.serial


def put_typed_serial(draft: Draft, place: Place, known: list[Draft], writing: Writing) -> None:
    """The serial as the engine read it where it is print: forms come with the numbers of their meters typed. place: where it was to be
    written; known: the meters that the engine read in the place of this one, several where each row of its journal was taken for one."""
    serials = {d.serial.value: d.serial for d in known if d.serial is not None and d.serial.tokens}
    if len(serials) != 1:
        return
    (serial,) = serials.values()
    typed = writing.look(draft.page, Box.around([t.box for t in serial.tokens]), False)
    written = writing.look(draft.page, place.box, place.boxed)
    if typed is not None and max(typed, written or 0.0) <= SURELY_PRINT:
        draft.serial = serial


def serials_over(drafts: Sequence[Draft], serials: Sequence[Place]) -> list[tuple[Draft, Place]]:
    """The meters with the place of each one's serial: of one meter wherever it is, of several tables one over each of them."""
    pairs = list(zip(sorted(drafts, key=lambda d: d.top), sorted(serials, key=lambda p: p.box.top), strict=False))
    if len(drafts) != len(serials) or (len(pairs) > 1 and any(serial.box.top > draft.top for draft, serial in pairs)):
        return []
    return [] if any(one.top > serial.box.top for (one, _), (_, serial) in itertools.pairwise(pairs)) else pairs


def put_loose_serial(draft: Draft, place: Place, known: list[Draft], writing: Writing, hands: HandFields) -> None:
    """The serial of a page's one meter that stands by itself: of a table that has no column for it what is written behind its label, and
    of any what the engine read there where it is print."""
    if draft.serial is None and (written := read_place(draft.page, "serial", place, writing)) is not None:
        draft.serial = hands.found(digits_field(written))
    put_typed_serial(draft, place, known, writing)


def _printed_in(cell: Box, marked: MarkedPage, writing: Writing) -> MarkedPage:
    """The page with nothing on it but what is printed in a cell, read by itself."""
    return read_page(replace(marked.page, words=writing.print(marked.page.number, cell), rules=())).marked


def _numbers_columns(row: PlacedRow, written: dict[str, Written], inked: MarkedPage) -> bool:
    """Whether a row under the heads says which column is which («1 2 3 4»): by what is printed in it, or read there by the readers of
    handwriting."""
    inside = sorted((t for t in inked.tokens if row.band.top < t.box.middle[1] < row.band.bottom), key=lambda t: t.box.left)
    printed = [t.text for t in inside if t.confidence >= _LEGIBLE]
    read = [written[name].values[0].text for name in NUMBERS if name in written]
    return _counts_up(printed, len(NUMBERS), len(row.header.columns)) or ("serial" not in written and _counts_up(read, _COUNTED, 2))


def _counts_up(texts: list[str], least: int, step: int) -> bool:
    """Whether all of so many texts at least are small numbers, each higher than the last by a step at most: some may be lost."""
    numbers = [int(text) for text in texts if text.isdigit() and len(text) <= 2]
    return len(numbers) == len(texts) >= least and all(0 < b - a <= step for a, b in itertools.pairwise(numbers))


def loose_meters(loose: list[tuple[str, Place]], page: int, writing: Writing) -> tuple[list[dict[str, Written]], list[Box]]:
    """The meters whose values stand behind labels: a value of a sort that the meter has begins the next one. And the bands of those that
    were left out, or struck through with dashes: what stands there is of a meter that the customer has not."""
    rows: list[dict[str, Written]] = [{}]
    for key, place in loose:
        written = read_place(page, key, place, writing)
        if written is None:
            continue
        if key in rows[-1]:
            rows.append({})
        rows[-1][key] = written
    if len(rows) == 2 and len(rows[0]) >= 3 and len(rows[1]) == 1:
        # One word of a meter stood apart from it, in a title or a sentence above: what comes later is the meter's.
        rows = [{**rows[0], **rows[1]}]
    unused = [Box.around([w.place for w in row.values()]) for row in rows if row and is_dust(row)]
    rows = [row for row in rows if not is_dust(row)]
    return [row for row in rows if any(n in row for n in NUMBERS)] or [row for row in rows if row], unused


def loose_drafts(
    rows: list[dict[str, Written]],
    marked: MarkedPage,
    inked: MarkedPage,
    writing: Writing,
    hands: HandFields,
    cells: Sequence[Box] = (),
    unused: Sequence[Box] = (),
) -> list[Draft]:
    """marked: the print alone; inked: the page as it was read with its ink, where a unit or a heating system may stand that got lost
    with it; cells: those that say the unit of a meter in a column; unused: the bands of meters that the customer has not."""
    drafts = []
    rows = [row for row in rows if any(n in row for n in NUMBERS)]
    bands = [Box.around([w.place for w in row.values()]) for row in rows]
    beside = len(bands) > 1 and bands[0].bottom > bands[1].middle[1]  # meters in columns; lines of two that are close overlap a little
    for row, band in zip(rows, bands, strict=True):
        numbers = Box.around([row[n].place for n in NUMBERS if n in row])
        near = [_units_between(page, place) for place in (numbers, band) for page in (marked, inked)]
        if beside:
            near = [{i.value for i in said if isinstance(i.value, Unit)} for said in _said_in_column(band, bands, marked, inked, "unit")]
        own = (_units_of(cell, marked, inked, writing) for cell in cells if cell.left < band.middle[0] < cell.right)
        units = next((found for found in (*own, *near) if found), set())
        others = [*unused, *(other for other in bands if other is not band and not beside)]
        drafts.append(_draft(row, band, marked, units, hands, others))
        if beside:
            every = _said_in_column(band, bands, marked, inked, "kind")
            kinds = ({i.value for i in said if isinstance(i.value, MeterKind)} for said in every)
            drafts[-1].kind = next((found.pop() for found in kinds if len(found) == 1), None)
        drafts[-1].kind = drafts[-1].kind or (None if beside else _kind(band, inked, others=others))
    return drafts


def _said_in_column(band: Box, bands: Sequence[Box], marked: MarkedPage, inked: MarkedPage, sort: str) -> list[list[Item]]:
    """The units or heating systems of one of several meters side by side, by each reading of the page: those on its lines, and those
    over it. bands: of all of them."""
    found: list[list[Item]] = []
    for page in (marked, inked):
        items = [i for i in page.items if i.sort == sort]
        level = [i for i in items if band.top - _ROW <= i.box.middle[1] <= band.bottom + _ROW]
        over = [i for i in items if band.top - _HEADS <= i.box.middle[1] < band.top - _ROW]
        found.append([i for i in level if max((b for b in bands if b.left < i.box.middle[0]), key=lambda b: b.left, default=None) is band])
        found.append([i for i in over if min(bands, key=lambda b: abs(b.middle[0] - i.box.middle[0])) is band])
    return found


def _draft(
    written: dict[str, Written], band: Box, marked: MarkedPage, units: set[Unit], hands: HandFields, others: Sequence[Box] = ()
) -> Draft:
    """others: the rows of other meters, whose names are not this one's."""
    unit = next(iter(units)) if len(units) == 1 else None
    draft = Draft(marked.page.number, kind=_kind(band, marked, others=others), unit=unit, top=band.top)
    if "serial" in written:
        draft.serial = hands.found(digits_field(written["serial"]))
    for name, value in number_fields(written).items():
        setattr(draft, name, hands.found(value))
    return draft


def _kind(band: Box, marked: MarkedPage, *, in_column: bool = False, above: float = _ROW, others: Sequence[Box] = ()) -> MeterKind | None:
    """What the row's print says, or between the meter's lines, or the only kind that the page names; in_column: only what stands in the
    meter's own column; above: points above it that count, too; others: other meters' rows, in which nothing counts."""
    named = [i for i in marked.items if i.sort == "kind" and isinstance(i.value, MeterKind)]
    every = [i for i in named if not any(other.top <= i.box.middle[1] <= other.bottom for other in others)]
    near = [i for i in every if band.top - above <= i.box.middle[1] <= band.bottom + 2]
    if in_column:
        near = [i for i in near if band.left <= i.box.middle[0] <= band.right]
    kinds = {i.value for i in (near if in_column else near or every)}
    return kinds.pop() if len(kinds) == 1 else None  # type: ignore[return-value]


def _units_beside(band: Box, marked: MarkedPage, inked: MarkedPage) -> set[Unit]:
    """The units on a band of the page as its print alone says them, else as they were read with its ink."""
    return _units_between(marked, band) or _units_between(inked, band)


def _units_between(marked: MarkedPage, band: Box) -> set[Unit]:
    """The units printed on a band of the page."""
    return _units_where(marked, lambda box: band.top <= box.middle[1] <= band.bottom)


def _units_in(marked: MarkedPage, cell: Box) -> set[Unit]:
    """The units that were read in a cell with the ink beside it: where the print alone lost one («M2» for м³)."""
    return _units_where(marked, cell.holds)


def _units_where(marked: MarkedPage, is_there: Callable[[Box], bool]) -> set[Unit]:
    return {i.value for i in marked.items if i.sort == "unit" and isinstance(i.value, Unit) and is_there(i.box)}


def _units_of(cell: Box, marked: MarkedPage, inked: MarkedPage, writing: Writing) -> set[Unit]:
    """The unit that is printed in a cell for it, read by itself."""
    alone = _printed_in(cell, marked, writing)
    printed = _units_between(alone, cell) or _units_in(inked, cell) or _torn_units(alone)
    by_hand = None if printed else unit_by_hand(inked, cell)
    return printed or ({by_hand} if by_hand is not None else set())


def _torn_units(cell: MarkedPage) -> set[Unit]:
    """The unit that the only word of a cell for units is like, if it was read fairly («M2»; «3 M», whose small number stands higher)."""
    words = sorted((t for t in cell.tokens if any(c.isalnum() for c in t.text)), key=lambda t: t.box.left)
    text = "".join(t.text for t in words)
    alone = len(words) == 1 or (len(words) == len(text) == len("м³") and not words[0].text.isdigit())
    unit = misread_unit(text) if alone and min(t.confidence for t in words) >= _LEGIBLE else None
    return {unit} if unit is not None else set()
