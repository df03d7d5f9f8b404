"""Where on a printed form something is to be written: frames and lines behind labels, cells of ruled tables (docs/handwriting.md)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from metering.pages import Box
from parsers.handwritten.before_label import numbering_word, place_before, place_before_verb, place_of_day
from parsers.handwritten.columns import meters_in_columns
from parsers.handwritten.corners import corner_rows
from parsers.handwritten.date_parts import date_parts, is_before_year, is_quoted, unlabelled_dates
from parsers.handwritten.form_places import Places, in_order
from parsers.handwritten.journals import find_journal
from parsers.handwritten.lines import SHARED, Place, is_drawn, place_of
from parsers.handwritten.order import contract_beside_inn, contract_without_label, with_lost_labels, with_torn_labels
from parsers.handwritten.print_behind import sign_behind_type, sign_below, up_to_number_sign
from parsers.handwritten.side_by_side import by_meter, columns_behind
from parsers.handwritten.sides import value_side
from parsers.handwritten.tables import METER_KEYS, cells_beside_labels, framed_headers, grid_rows, heads_column, roles_of
from parsers.handwritten.unit_cells import day_cells, unit_cells
from parsers.handwritten.writing import DATES
from parsers.meters.table_headers import find_headers
from parsers.page.found import NUMBERS
from parsers.page.items import Item, item_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Token
from parsers.requisites.labelled_dates import names_but_a_town
from parsers.wording.folding import fold

SINGLE_KEYS = {"contract": "contract_number", "inn": "inn", "reading_date": "reading_date", "report_date": "report_date"}
_DASHES = frozenset("-–—")
_TWO = 2  # dates that say when a page was drawn up
#: By what is behind it: the label, and the word before the day («Исх. № 14 от 24.03.2026», «Показания на 21.10.2026»).
_DAY_BEHIND = {"report_date": ("outgoing", fold("от")), "reading_date": ("reading", fold("на"))}
_AS_OF = (fold("holat"), fold("ҳолат"))
_NEXT_LINE = 4.0  # of a label's height: so far below it the next line is
_BEGIN = 6.0  # points by which a label behind another begins in its place
_REQUISITES = ("organization", "address", *SINGLE_KEYS)


def find_places(page: MarkedPage, frames: Sequence[Box]) -> Places:
    """The places of a page; frames: insides of everything framed on it, cells of tables and single boxes."""
    places = Places()
    cards = [f for f in frames if _is_card(page, f) and not heads_column(page, f, frames)]
    frames = [f for f in frames if f not in cards]
    tables: list[Box] = []
    for header in sorted((*find_headers(page), *framed_headers(page, frames)), key=lambda h: -len(roles_of(h))):
        rows = grid_rows(header, frames, page)
        if rows and not any(table.holds(row.band) for table in tables for row in rows):
            places.rows += rows
            tables.append(Box.around([*(row.band for row in rows), *(c.box for c in header.columns)]))
    if not tables:
        places.rows = corner_rows(page, frames)
        tables = [Box.around([row.band, *(c.box for c in row.header.columns)]) for row in places.rows]
    if (journal := find_journal(page, frames)) is not None:
        places.journal = journal
        tables.append(journal.area)
    if days := [Place(row.day, boxed=True) for row in places.rows if row.day is not None]:
        places.single["reading_date"] = days
    labels = [i for i in page.items if i.sort == "label"]
    titles = {i.line for i in labels if i.key == "title" and not _names_its_day(i, labels)}
    head = min((i.line for i in labels if i.key in _REQUISITES), default=0)
    labels = [i for i in labels if i.line not in titles and not any(table.holds(i.box) for table in tables)]
    if not tables and {i.key for i in labels} & {"consumption", "current", "total"} == {"current", "total"}:
        # «на начало ____, на конец ____, итого ____»: what else would be summed up stands in a table
        labels = [replace(i, key="consumption") if i.key == "total" else i for i in labels]
    if any(_stands_behind(item) for item in labels) and unlabelled_dates(page, []):
        labels = [item for item in labels if not _stands_behind(item)]
    day_before = place_of_day(page, [item for item in labels if _stands_behind(item)])
    days_of = day_cells(page, frames) if not tables else {}
    units = unit_cells(page, frames) | days_of.keys()
    beside_units = [f for f in frames if f not in units]
    columns = None
    if not tables:
        in_columns_of = ([i for i in labels if i.key in keys] for keys in (METER_KEYS, DATES))
        columns = meters_in_columns(*in_columns_of, frames, units, [i for i in labels if i.key == "unit_column"])
    if columns is not None:
        in_columns = {key for key, _ in columns.places}
        labels = [i for i in labels if not columns.area.holds(i.box) and i.key not in in_columns]
    side = value_side(page, [i for i in labels if i.key in (*SINGLE_KEYS, *METER_KEYS)], frames)
    if side is None and not tables and columns is None:
        beside = columns_behind(page, [i for i in labels if i.key in METER_KEYS and i.line >= head], beside_units)
        labels = [i for i in labels if not beside or i.key not in METER_KEYS]
    else:
        beside = []

    def find(item: Item, drawn: bool) -> Place | None:
        if item.key in ("contract", "serial") and (numbering := numbering_word(page, item)) is not None:
            return place_before(page, numbering)
        if day_before is not None and _stands_behind(item):
            return day_before
        if item.key == "contract" and side is None:
            item = sign_below(page, item) or item
        if (
            item.key == "reading_date"
            and side is None
            and not _stands_behind(item)
            and (before := place_before_verb(page, item)) is not None
        ):
            return place_of(page, item, beside_units, drawn=True, passed=units) or before
        found = side(page, item, frames) if side is not None else None
        found = found or place_of(page, item, beside_units, drawn=drawn or side is not None, passed=units)
        return found and _within(found, next((card for card in cards if card.holds(item.box)), None))

    of_meters = METER_KEYS if not tables else () if any("serial" in row.places for row in places.rows) else ("serial",)
    numbers = [i for i in labels if i.key in NUMBERS]
    of_column = [p for i in labels if i.key == "serial" and not tables and columns is None for p in cells_beside_labels(i, numbers, frames)]
    if of_column:
        labels = [i for i in labels if i.key != "serial"]
    for item in labels:
        parts = date_parts(page, item, frames) if side is None and item.key in DATES else None
        if parts is not None:
            places.put_date(item.key, parts)
            continue
        if item.key in DATES and side is None and is_before_year(page, item):
            continue  # «снятия показаний за ________ 2025 г.»
        if item.key in SINGLE_KEYS and (place := find(item, False)) is not None:
            same = places.single.setdefault(SINGLE_KEYS[item.key], [])
            if not any(other.box.holds(place.box) for other in same):
                same.append(place)
        # A meter's word above all requisites is a title's, unless something is drawn behind it.
        if item.key in of_meters and (place := find(item, item.line < head)) is not None:
            before = places.loose.pop() if places.loose and _is_said_twice(places.loose[-1], (item.key, place)) else None
            places.loose.append((item.key, place if before is None or place.boxed else _lower(before[1], place)))
    places.loose = beside or by_meter(_without_strays(page, places.loose))
    if of_column:
        places.loose = in_order([*places.loose, *(("serial", place) for place in of_column)])
    if side is None and columns is None and "serial" in of_meters and all(key != "serial" for key, _ in places.loose):
        named = [place for item in labels if item.key == "meter" and (place := _behind_meter(page, item, find)) is not None]
        places.loose = in_order([*places.loose, *(("serial", place) for place in named if not _is_taken(place, places))])
    if columns is not None:
        places.loose += columns.places
        places.units = columns.units
        if columns.reading_date is not None:
            places.single.setdefault("reading_date", []).append(columns.reading_date)
    elif days := [Place(cell, boxed=True) for cell, key in days_of.items() if key == "current"]:
        places.single["reading_date"] = days
        places.dates.pop("reading_date", None)
    passed = dict.fromkeys((*(cell for cell, key in days_of.items() if key == "previous"), *(row.passed for row in places.rows)))
    places.passed = [Place(cell, boxed=True) for cell in passed if cell is not None]
    if side is None and "reading_date" not in places.single:
        _put_reading_date_without_label(page, places)
    if side is None and "reading_date" not in places.single:
        _put_day_behind(page, places, frames, "reading_date")
    if side is None and "report_date" not in places.single:
        _put_day_behind(page, places, frames, "report_date")
    if side is None and "report_date" not in places.single:
        _put_report_date_without_label(page, places)
    if side is not None:
        places.loose = with_lost_labels(page, frames, places.loose, places.single, places.all())
        if "contract_number" not in places.single and "inn" in places.single:
            before = contract_beside_inn(page, frames, places.single["inn"][0], places.all())
            places.single |= {"contract_number": [before]} if before is not None else {}
        return places
    if "contract_number" not in places.single and (place := contract_without_label(page, frames, places.all())) is not None:
        places.single["contract_number"] = [place]
    if not tables and columns is None:
        places.loose = with_torn_labels(page, frames, places.loose, places.all())
    return places


def _names_its_day(title: Item, labels: Sequence[Item]) -> bool:
    """Whether a paper's name begins the label for the day when it was drawn up, and is no title («Далолатнома тузилган сана ____»)."""
    behind = (i.box.left for i in labels if i.key == "report_date" and i.line == title.line)
    return any(0 < left - title.box.right < title.box.height for left in behind)


def _is_card(page: MarkedPage, frame: Box) -> bool:
    """Whether a frame goes around several labels and what is written behind each, and is no place itself."""
    labels = [i for i in page.items if i.sort == "label" and i.key in (*SINGLE_KEYS, *METER_KEYS) and frame.holds(i.box)]
    return len({i.key for i in labels}) > 1 and len({i.line for i in labels}) > 1


def _within(place: Place, card: Box | None) -> Place:
    """A place no wider than the card in which its label stands."""
    if card is None or not place.box.left < card.right < place.box.right:
        return place
    return Place(Box(place.box.left, place.box.top, card.right, place.box.bottom), place.boxed)


def _is_taken(place: Place, places: Places) -> bool:
    return any(place.box.overlaps(other.box, SHARED) for other in places.all())


def _behind_meter(page: MarkedPage, item: Item, find: Callable[[Item, bool], Place | None]) -> Place | None:
    """The blank behind the word for a meter alone («Счетчик: ____», «Прибор учёта (1-й ввод), № ____»), where no label of the form asks
    for its serial, or behind the number sign that follows the blank for its type («Теплосчетчик тип ____ № ____»); None where another
    label stands between."""
    label = sign_behind_type(page, item) or up_to_number_sign(page, item)
    place = find(label, True)
    if place is None:
        return None
    between = (o for o in page.on_line(item.line) if o.sort == "label" and label.box.right < o.box.left < place.box.left + _BEGIN)
    return None if any(between) else place


def _without_strays(page: MarkedPage, loose: list[tuple[str, Place]]) -> list[tuple[str, Place]]:
    """Without the paper behind a meter's word in a sentence or a head, where the same label has a frame or a line elsewhere."""
    drawn = {key for key, place in loose if is_drawn(page, place)}
    return [(key, place) for key, place in loose if key not in drawn or is_drawn(page, place)]


def _stands_behind(item: Item) -> bool:
    """Whether a label names the date before it («25 ноябр ҳолатига»)."""
    return item.key == "reading_date" and item.tokens[0].fold.startswith(_AS_OF)


def _put_reading_date_without_label(page: MarkedPage, places: Places) -> None:
    """In an act the date of the readings has no label, or one that says when the act was drawn up, as the one at its end does."""
    lowest = _foot_of_numbers(places)
    reports = places.dates.get("report_date", [])
    free = unlabelled_dates(page, [place.box for place in places.all()])
    every = sorted([*reports, *free], key=lambda parts: parts.box.top)
    if not every or every[0].box.top > lowest or (every[0] in reports and len(places.single["report_date"]) < _TWO):
        return
    first, *others = every
    if first in reports:
        places.dates["report_date"] = [parts for parts in reports if parts is not first]
        places.single["report_date"] = [p for p in places.single["report_date"] if p.box != first.box]
    places.put_date("reading_date", replace(first, labelled=False))
    if "report_date" not in places.single and others:
        places.put_date("report_date", others[-1])


def _put_report_date_without_label(page: MarkedPage, places: Places) -> None:
    """The one date in parts below all readings («М.П. «__» ________ 20__ г.») is the day on which a form was filled in; so is that above
    all else that is asked for, at the head of an act in which the day of the readings stands («г. Ташкент  «__» ________ 2026 г.»)."""
    lowest, highest = _foot_of_numbers(places), min((place.box.top for place in places.all()), default=0.0)
    free = [parts for parts in unlabelled_dates(page, [place.box for place in places.all()]) if is_quoted(page, parts)]
    below = [parts for parts in free if parts.box.top > lowest]
    above = [p for p in free if p.box.bottom < highest and names_but_a_town(_before(page, p.day.box))]
    found = below or (above if "reading_date" in places.single else [])
    if lowest and len(found) == 1:
        places.put_date("report_date", found[0])


def _before(page: MarkedPage, place: Box) -> list[Token]:
    """The words on the line of a place before it."""
    return [t for t in page.tokens if place.top < t.box.middle[1] < place.bottom and t.box.right < place.left]


def _put_day_behind(page: MarkedPage, places: Places, frames: Sequence[Box], key: str) -> None:
    """The day behind a word that follows what is no label of a date: that on which a letter was sent («Исх. № ____ от ____», also with the
    word below the label) is its report's date, that of «Показания на: ____» the readings'."""
    label_key, word = _DAY_BEHIND[key]
    for item in (i for i in page.items if i.sort == "label" and i.key == label_key):
        line = (n for n, t in enumerate(page.tokens) if t.line == item.line and t.box.left > item.box.right and t.fold == word)
        found = next(line, None)
        if found is None and key == "report_date":
            found = next((n for n, t in enumerate(page.tokens) if t.fold == word and _begins_below(item, t.box)), None)
        if found is None or (key == "reading_date" and found != item.last + 1):
            continue
        label = item_of("label", page.tokens, found, found, key=key)
        if (parts := date_parts(page, label, frames)) is not None:
            places.put_date(key, parts)
        elif (place := place_of(page, label, frames, drawn=True)) is not None and not _is_taken(place, places):
            dashes = (
                t.box.left for t in page.tokens if t.text in _DASHES and t.line == page.tokens[found].line and t.box.left > place.box.left
            )
            right = min([place.box.right, *dashes])  # «Показания на ____ — ____ Гкал»
            places.single[key] = [Place(Box(place.box.left, place.box.top, right, place.box.bottom), place.boxed)]


def _begins_below(label: Item, word: Box) -> bool:
    """Whether a word begins the line below a label, right under its beginning."""
    return abs(word.left - label.box.left) < label.box.height and 0 < word.middle[1] - label.box.middle[1] < _NEXT_LINE * label.box.height


def _foot_of_numbers(places: Places) -> float:
    """Where the lowest place of a meter's number ends; 0 where there is none."""
    loose = [place.box.bottom for key, place in places.loose if key in NUMBERS]
    return max([*loose, *(row.band.bottom for row in places.rows)], default=0.0)


def _is_said_twice(one: tuple[str, Place], two: tuple[str, Place]) -> bool:
    """Whether two labels are one in two languages, one below the other: of one key, with one place behind them."""
    return one[0] == two[0] and one[1].box.overlaps(two[1].box, SHARED)


def _lower(one: Place, two: Place) -> Place:
    """Of the places behind both the one with a frame, else the lower one: there the line is."""
    return max(one, two, key=lambda place: (place.boxed, place.box.bottom))
