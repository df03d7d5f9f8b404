"""All layouts by name, and which of them are kept aside: nobody tunes the reading on those (docs/bench.md)."""
# ruff: noqa: E501 - tables

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from metering.units import Unit
from tests.corpus.facts import Demand, Facts
from tests.corpus.layouts import forms, hand, letters, printouts, text_tables
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style

ALL = ("ru", "uz", "uz_cyrl")
SUFFIXES = {"ru": "ru", "uz": "uz", "uz_cyrl": "uzc"}


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of page in one language. `handwritten`: its values are in ink; `can_be_text`: it also comes born digital."""

    name: str
    language: str
    draw: Callable[[Facts, Style], Drawn]
    demand: Demand = field(default_factory=Demand)
    held_out: bool = False
    handwritten: bool = False
    spelled_dates: bool = True


def _in(languages: tuple[str, ...], name: str, draw: Callable[[Facts, Style], Drawn], **rest: object) -> list[Layout]:
    return [Layout(f"{name}_{SUFFIXES[language]}", language, draw, **rest) for language in languages]  # type: ignore[arg-type]


_GCAL = (Unit.GCAL,)
_ONE = Demand(most_meters=1)
_PRINTED = Demand(most_meters=1, hot_water=False, units=(Unit.GCAL, Unit.GCAL, Unit.GCAL, Unit.GJ, Unit.MWH))

LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in [
        *_in(ALL, "ruled", forms.ruled),
        *_in(ALL, "ruled_two_rows", forms.ruled_two_rows),
        *_in(ALL, "unruled", forms.unruled),
        *_in(ALL, "blocks", forms.blocks),
        *_in(ALL, "transposed", forms.transposed),
        *_in(("ru", "uz"), "nomenclature", forms.nomenclature, demand=Demand(units=_GCAL, one_unit=True, indexes=False)),
        *_in(ALL, "certificate", forms.certificate, held_out=True),
        *_in(("ru", "uz"), "act", forms.act, held_out=True),
        *_in(ALL, "letter", letters.letter),
        *_in(ALL, "letter_list", letters.letter_list),
        *_in(ALL, "letter_table", letters.letter_table, held_out=True),
        *_in(ALL, "pipes", text_tables.pipes),
        *_in(("ru", "uz_cyrl"), "typewriter", text_tables.typewriter),
        *_in(("ru", "uz"), "box_drawing", text_tables.box_drawing, held_out=True),
        *_in(("ru",), "km5", printouts.km5, demand=Demand(1, ("КМ-5-2", "КМ-5-4"), _GCAL, hot_water=False), spelled_dates=False),
        *_in(("ru",), "vkt7", printouts.vkt7, demand=Demand(1, ("ВКТ-7",), _GCAL, hot_water=False), spelled_dates=False),
        *_in(("ru",), "tsrv", printouts.tsrv, demand=Demand(1, ("ТСРВ-024М", "ТСРВ-026М"), _PRINTED.units, hot_water=False), spelled_dates=False),
        *_in(("ru",), "sa94", printouts.sa94, demand=Demand(1, ("SA-94/1", "SA-94/2"), _GCAL, hot_water=False), spelled_dates=False),
        *_in(("ru",), "vist", printouts.vist, demand=Demand(1, ("ВИСТ", "ТС-201"), _GCAL, hot_water=False), spelled_dates=False),
        *_in(("ru",), "elteko", printouts.elteko, demand=Demand(1, ("ИВ",), _GCAL, hot_water=False), held_out=True, spelled_dates=False),
        *_in(("ru",), "karat", printouts.karat, demand=Demand(1, ("Карат-307", "ТВ-7"), _PRINTED.units, hot_water=False), held_out=True, spelled_dates=False),
        *_in(ALL, "hand_lines", hand.lines, demand=Demand(1, units=_GCAL), handwritten=True, spelled_dates=False),
        *_in(("ru", "uz"), "hand_table", hand.table, demand=Demand(units=_GCAL, one_unit=True), handwritten=True, spelled_dates=False),
        *_in(("ru", "uz_cyrl"), "hand_comb", hand.comb, demand=_ONE, handwritten=True, held_out=True, spelled_dates=False),
    ]
}  # fmt: skip
