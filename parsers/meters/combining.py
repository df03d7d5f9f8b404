"""Drafts of meters from tables and from sentences become the meters of a report: parts of one meter joined, restatements dropped."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from metering.pages import PageSource
from metering.units import MeterKind, Unit, is_energy
from parsers.meters.dropping import is_of_hours, only_meters
from parsers.meters.kinds import kind_by_unit, only_kind
from parsers.meters.restated import without_converted
from parsers.meters.settling import settle_dated
from parsers.page.found import NUMBERS, Draft, FoundTotal, closes
from parsers.page.marked import MarkedPage
from parsers.page.trust import DOUBTED, OTHER_SYSTEM, SHARED

_TELLING = 5  # signs of an index
_COUNT = 2  # digits of what is no quantity without a unit
_PARTS = ("serial", "model", "kind", "unit", *NUMBERS, "reading_date", "daily_total")


def combine(drafts: list[Draft], totals: list[FoundTotal], pages: list[MarkedPage]) -> list[Draft]:
    """The meters of one report, in the order of the page."""
    drafts = [d for d in join_page(drafts) if d.has_value() or d.daily_total is not None]
    drafts = _share_calculator(without_converted(only_meters(drafts, totals, pages)))
    unit = only_unit(pages)
    in_sum = _adds_up(drafts, totals)
    pictures = all(page.page.source is PageSource.OCR for page in pages)
    by_row = any(draft.unit is not None for draft in drafts) and pictures
    _doubt_shared_serials(drafts)
    _doubt_hours(drafts)
    named = {draft.kind for draft in drafts}
    for draft in drafts:
        if draft.unit is None and by_row and draft.kind is MeterKind.HOT_WATER and not in_sum:
            draft.unit = Unit.M3  # a small m³ is lost more easily than any other unit
        elif draft.unit is None and (in_sum or not draft.may_have_other_unit()) and not (unit is Unit.M3 and draft.kind is MeterKind.HEAT):
            draft.unit = unit
        if pictures and draft.kind is MeterKind.HEAT and draft.unit is Unit.M3 and draft.serial is not None:
            draft.kind = MeterKind.HOT_WATER  # heat was said of the meter above: this one's own words were misread
        only = only_kind(pages, draft)
        # «ГВС» over one meter's own column says nothing of the others.
        draft.kind = draft.kind or kind_by_unit(draft, None if only is MeterKind.HOT_WATER and only in named else only)
    return drafts


def _adds_up(drafts: list[Draft], totals: list[FoundTotal]) -> bool:
    """Whether the page has the sum of what all its meters used: then they have one unit."""
    used = [Decimal(d.consumption.value) for d in drafts if d.consumption is not None]
    return 1 < len(used) == len(drafts) and any(Decimal(t.value.value) == sum(used) for t in totals)


def _doubt_shared_serials(drafts: list[Draft]) -> None:
    """Two meters cannot have one serial: one of them was taken from the wrong place. What was only proposed for another system of a
    calculator says nothing against the one that has it."""
    for draft in drafts:
        twins = [
            d
            for d in drafts
            if d is not draft and d.serial and draft.serial and d.serial.value == draft.serial.value and d.unit == draft.unit
            if d.serial.note != OTHER_SYSTEM or draft.serial.note == OTHER_SYSTEM
        ]
        if twins and draft.serial is not None:
            draft.serial = replace(draft.serial, trust=0.5, note="the same serial stands for another meter")


def _doubt_hours(drafts: list[Draft]) -> None:
    """A calculator counts its hours beside heat: what rises by 24 for each day of about a month is time, unless its unit was read."""
    for draft in drafts:
        if draft.unit is not None or not is_of_hours(draft):
            continue
        for name in NUMBERS:
            if (found := getattr(draft, name)) is not None:
                setattr(draft, name, replace(found, trust=min(found.trust, DOUBTED), note="may be hours"))


def join_page(drafts: list[Draft]) -> list[Draft]:
    """Parts of one meter joined, in the order of the page; drafts that are only a serial stay (another page may have the values)."""
    drafts = _without_counts(_with_history(drafts))
    for draft in drafts:
        settle_dated(draft, draft.page)
    drafts = sorted(drafts, key=lambda d: (d.page, d.top))
    drafts = _give_serials(_join_halves(_join_restated(_join_printouts(drafts))))
    for draft in drafts:
        total, read = draft.daily_total, draft.consumption
        adds_up = closes(draft.previous, draft.current, total) and not closes(draft.previous, draft.current, read)
        if total is not None and (read is None or adds_up):
            draft.consumption = total
        if draft.daily and draft.previous is None and (day := draft.reading_date) is not None:
            # Of two integrators one was read: which of the two it is, its day cannot tell.
            draft.reading_date = replace(day, trust=min(day.trust, DOUBTED))
    return drafts


def _without_counts(drafts: list[Draft]) -> list[Draft]:
    """Beside meters with serials a whole number of two digits at most, alone and without a unit, counts something else, or is what the
    engine made of a word («sarfi to‘g‘risida» read as «sarfi 10 д»). Further readings of the page are not to complete it."""
    if not any(d.serial is not None and d.has_value() for d in drafts):
        return drafts
    return [d for d in drafts if not _is_count(d)]


def _is_count(draft: Draft) -> bool:
    values = draft.numbers()
    named = draft.serial is not None or draft.unit is not None or draft.daily or draft.dated or draft.daily_total is not None
    return not named and len(values) == 1 and len(values[0].value) <= _COUNT and values[0].value.isdigit()


def _with_history(drafts: list[Draft]) -> list[Draft]:
    """Indexes of earlier days in a table of their own («Сохраненные значения») go to the one meter of their unit."""
    out = []
    for draft in drafts:
        latest = max((date for date, _ in draft.dated), default=None)
        homes = [d for d in drafts if d is not draft and d.current is not None and d.reading_date is not None and d.unit == draft.unit]
        bare = draft.serial is None and not any((draft.previous, draft.current, draft.consumption))
        if bare and latest is not None and len(homes) == 1 and homes[0].reading_date and homes[0].reading_date.value > latest.isoformat():
            homes[0].dated = [*homes[0].dated, *draft.dated]
        else:
            out.append(draft)
    return out


def _join_into(target: Draft, other: Draft) -> None:
    for part in _PARTS:
        if getattr(target, part) is None:
            setattr(target, part, getattr(other, part))
    if not target.daily:
        target.daily, target.gaps = other.daily, other.gaps
    target.top = min(target.top, other.top)


def _fits(one: Draft, two: Draft) -> bool:
    """Whether two drafts can be parts of one meter: nothing that both say differs."""
    return _agrees(one, two) and not (one.unit and two.unit and one.unit != two.unit)


def _agrees(one: Draft, two: Draft) -> bool:
    """The same, units aside."""
    for part in ("serial", *NUMBERS):
        a, b = getattr(one, part), getattr(two, part)
        if a is not None and b is not None and a.value != b.value:
            return False
    return not (one.kind and two.kind and one.kind != two.kind)


def _join_printouts(drafts: list[Draft]) -> list[Draft]:
    """Daily rows, integrator lines and the printout's heading with the serial are one meter."""
    out: list[Draft] = []
    dailies = [d for d in drafts if d.daily]
    if not dailies:
        return drafts
    for draft in drafts:
        if draft.daily:
            out.append(draft)
    for draft in drafts:
        if draft.daily:
            continue
        homes = [d for d in dailies if abs(d.page - draft.page) <= 1 and _fits(d, draft)]
        home = min(homes, key=lambda d: (abs(d.page - draft.page), _sum_off(d, draft))) if homes else None
        if home is not None:
            _join_into(home, draft)
        else:
            out.append(draft)
    return out


def _sum_off(daily: Draft, draft: Draft) -> Decimal:
    """How far an integrator's difference is from the daily rows' sum, or from their total: tells two systems of one printout apart."""
    if draft.previous is None or draft.current is None:
        return Decimal(0)
    difference = Decimal(draft.current.value) - Decimal(draft.previous.value)
    told = [sum((Decimal(d.value) for d in daily.daily), Decimal(0))]
    if daily.daily_total is not None:
        told.append(Decimal(daily.daily_total.value))
    return min(abs(difference - used) for used in told)


def _join_restated(drafts: list[Draft]) -> list[Draft]:
    """The same meter told again (in the letter and in its table) is one."""
    out: list[Draft] = []
    for draft in drafts:
        for home in out:
            same_serial = draft.serial is not None and home.serial is not None and draft.serial.value == home.serial.value
            shared = any(getattr(draft, n) is not None and getattr(home, n) is not None for n in NUMBERS)
            same_reading = (draft.serial is None or home.serial is None) and _tells_again(home, draft)
            alike = _fits(home, draft) or (same_serial and _is_twin(home, draft))
            if (same_serial or same_reading) and alike and (not shared or _repeats(home, draft)):
                _join_into(home, draft)
                break
        else:
            out.append(draft)
    return out


def _is_twin(home: Draft, draft: Draft) -> bool:
    """Whether two drafts have the same three numbers, which add up: whatever unit a misread head gave to one, it is one meter."""
    return home.adds_up() and len(draft.numbers()) == len(NUMBERS) and _agrees(home, draft)


def _join_halves(drafts: list[Draft]) -> list[Draft]:
    """Indexes told in one place and the consumption in another («Архив», then «расход за март») are one meter's where they agree."""
    indexes = [d for d in drafts if d.previous is not None and d.current is not None]
    amounts = [d for d in drafts if d.consumption is not None and d.previous is None and d.current is None and not d.daily]
    out = list(drafts)
    for draft in indexes:
        fitting = [d for d in amounts if _is_half(draft, d)]
        if len(fitting) == 1 and sum(_is_half(d, fitting[0]) for d in indexes) == 1:
            draft.consumption = None  # perhaps what a word of the title was read as
            _join_into(draft, fitting[0])
            out = [d for d in out if d is not fitting[0]]
    return out


def _is_half(whole: Draft, amount: Draft) -> bool:
    """Whether a consumption by itself is that of a meter's indexes; one of the two has a serial at the most."""
    apart = whole.serial is None or amount.serial is None or whole.serial.value == amount.serial.value
    if whole.unit is None and whole.has_foreign_amount():
        whole = replace(whole, consumption=None)
    return apart and _fits(whole, amount) and closes(whole.previous, whole.current, amount.consumption)


def _tells_again(home: Draft, draft: Draft) -> bool:
    """Whether two drafts have one current index, of so many digits that no two meters share it, or both indexes alike."""
    one, two = home.current, draft.current
    if one is not None and home.previous is not None and draft.previous is not None and home.previous.value == draft.previous.value != "0":
        return two is not None and one.value == two.value and (home.unit is None or draft.unit in (None, home.unit))
    bare = draft.previous is draft.consumption is draft.serial is None and closes(home.previous, one, home.consumption)
    telling = one is not None and (len(one.value) > _TELLING or (bare and draft.unit is not None))
    return one is not None and two is not None and one.value == two.value and telling and home.unit == draft.unit


def _repeats(home: Draft, draft: Draft) -> bool:
    both = [(getattr(home, n), getattr(draft, n)) for n in NUMBERS]
    return all(a.value == b.value for a, b in both if a is not None and b is not None)


def _give_serials(drafts: list[Draft]) -> list[Draft]:
    """Serials that stand alone (a heading, a line over the block) go to the values without one, in order."""
    alone = [d for d in drafts if not d.has_value() and not d.daily and d.serial is not None]
    without = [d for d in drafts if d.has_value() and d.serial is None]
    # A serial stated again beside values of its own needs no home.
    known = {d.serial.value for d in drafts if d.serial is not None and d.has_value()}
    alone = [d for d in alone if d.serial is not None and d.serial.value not in known]
    if alone and without and (len(alone) == len(without) or len(alone) == 1):
        for n, draft in enumerate(without):
            source = alone[n] if len(alone) == len(without) else alone[0]
            if len(alone) == len(without) or not (source.unit and draft.unit and source.unit != draft.unit):
                _join_into(draft, source)
    return drafts


def _share_calculator(drafts: list[Draft]) -> list[Draft]:
    """One calculator counts several systems, each with columns of its own: the serial of the one that got it is that of the others on its
    page, as a proposal."""
    serials = {d.serial.value: d for d in drafts if d.serial is not None}
    home = next(iter(serials.values())) if len(serials) == 1 else None
    if home is None or home.serial is None or not home.daily:
        return drafts
    for draft in drafts:
        whole = draft.adds_up()
        heat = draft.unit is not None and is_energy(draft.unit)
        if draft.serial is None and draft.page == home.page and whole and heat:
            draft.serial = replace(home.serial, trust=SHARED, note=OTHER_SYSTEM)
            draft.model = draft.model or home.model
    return drafts


def only_unit(pages: list[MarkedPage]) -> Unit | None:
    """The one unit that pages name, of two the one of energy: numbers without a unit of their own are in it."""
    units = {i.value for p in pages for i in p.items if i.sort == "unit" and isinstance(i.value, Unit)}
    if len(units) > 1:
        units = {u for u in units if isinstance(u, Unit) and is_energy(u)}
    only = units.pop() if len(units) == 1 else None
    return only if isinstance(only, Unit) else None
