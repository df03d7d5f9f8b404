"""All layouts by name, and which of them are kept aside: nobody tunes the reading on those (docs/bench.md, "Kept aside")."""
# ruff: noqa: E501 - tables

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from metering.units import Unit
from tests.corpus.facts import Demand, Facts
from tests.corpus.layouts import forms, hand, letters, printouts, text_tables
from tests.corpus.layouts.aside import (
    archives,
    arrangements,
    calculator_sheets,
    calculators,
    correspondence,
    desk_letters,
    desk_tables,
    eighth,
    eighth_shown,
    eleventh,
    eleventh_hand,
    eleventh_hand_shown,
    eleventh_shown,
    everyday,
    hand_blanks,
    hand_shown,
    journals,
    letters_shown,
    logs,
    ninth,
    ninth_shown,
    offices,
    official_forms,
    papers,
    plain,
    printouts_shown,
    prose,
    readouts_shown,
    schools,
    seventh,
    seventh_shown,
    sheets,
    statements,
    tables_shown,
    tenth,
    tenth_hand,
    tenth_hand_shown,
    tenth_shown,
)
from tests.corpus.layouts.aside import forms as aside_forms
from tests.corpus.layouts.aside import hand as aside_hand
from tests.corpus.layouts.aside import letters as aside_letters
from tests.corpus.layouts.aside import printouts as aside_printouts
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style

ALL = ("ru", "uz", "uz_cyrl")
SUFFIXES = {"ru": "ru", "uz": "uz", "uz_cyrl": "uzc"}


class Part(StrEnum):
    """What a layout is for: tuning; once kept aside and then looked at; kept aside."""

    TUNED = "tuned"
    SEEN = "seen"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of page in one language. `handwritten`: its values are in ink; `sheets`: more than one come in a PDF or TIFF, as no picture."""

    name: str
    language: str
    draw: Callable[[Facts, Style], Drawn]
    demand: Demand = field(default_factory=Demand)
    part: Part = Part.TUNED
    handwritten: bool = False
    spelled_dates: bool = True
    sheets: int = 1

    def arrives_as(self, mode: str) -> bool:
        """Nothing written by hand is born digital, and one photo does not hold two sheets."""
        if self.handwritten and mode.startswith("text"):
            return False
        return self.sheets == 1 or not mode.startswith(("photo", "heic", "png"))


def _in(languages: tuple[str, ...], name: str, draw: Callable[[Facts, Style], Drawn], **rest: object) -> list[Layout]:
    return [Layout(f"{name}_{SUFFIXES[language]}", language, draw, **rest) for language in languages]  # type: ignore[arg-type]


def _aside(languages: tuple[str, ...], name: str, draw: Callable[[Facts, Style], Drawn], **rest: object) -> list[Layout]:
    return _in(languages, name, draw, part=Part.ASIDE, **rest)


_GCAL = (Unit.GCAL,)
_ONE = Demand(most_meters=1)
_ONE_UNIT = Demand(units=(Unit.GCAL, Unit.GCAL, Unit.GJ, Unit.MWH), one_unit=True)
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
        *_in(ALL, "certificate", forms.certificate, part=Part.SEEN),
        *_in(("ru", "uz"), "act", forms.act, part=Part.SEEN),
        *_in(ALL, "letter", letters.letter),
        *_in(ALL, "letter_list", letters.letter_list),
        *_in(ALL, "letter_table", letters.letter_table, part=Part.SEEN),
        *_in(ALL, "pipes", text_tables.pipes),
        *_in(("ru", "uz_cyrl"), "typewriter", text_tables.typewriter),
        *_in(("ru", "uz"), "box_drawing", text_tables.box_drawing, part=Part.SEEN),
        *_in(("ru",), "km5", printouts.km5, demand=Demand(1, ("КМ-5-2", "КМ-5-4"), _GCAL, hot_water=False), spelled_dates=False),
        *_in(("ru",), "vkt7", printouts.vkt7, demand=Demand(1, ("ВКТ-7",), _GCAL, hot_water=False), spelled_dates=False),
        *_in(("ru",), "tsrv", printouts.tsrv, demand=Demand(1, ("ТСРВ-024М", "ТСРВ-026М"), _PRINTED.units, hot_water=False), spelled_dates=False),
        *_in(("ru",), "sa94", printouts.sa94, demand=Demand(1, ("SA-94/1", "SA-94/2"), _GCAL, hot_water=False), spelled_dates=False),
        *_in(("ru",), "vist", printouts.vist, demand=Demand(1, ("ВИСТ", "ТС-201"), _GCAL, hot_water=False), spelled_dates=False),
        *_in(("ru",), "elteko", printouts.elteko, demand=Demand(1, ("ИВ",), _GCAL, hot_water=False), part=Part.SEEN, spelled_dates=False),
        *_in(("ru",), "karat", printouts.karat, demand=Demand(1, ("Карат-307", "ТВ-7"), _PRINTED.units, hot_water=False), part=Part.SEEN, spelled_dates=False),
        *_in(ALL, "hand_lines", hand.lines, demand=Demand(1, units=_GCAL), handwritten=True, spelled_dates=False),
        *_in(("ru", "uz"), "hand_table", hand.table, demand=Demand(units=_GCAL, one_unit=True), handwritten=True, spelled_dates=False),
        *_in(("ru", "uz_cyrl"), "hand_comb", hand.comb, demand=_ONE, handwritten=True, part=Part.SEEN, spelled_dates=False),
        *_in(ALL, "passport", aside_forms.passport, demand=_ONE, part=Part.SEEN),
        *_in(("ru", "uz_cyrl"), "dated_columns", aside_forms.dated_columns, demand=_ONE_UNIT, part=Part.SEEN),
        *_in(("ru", "uz"), "wide_register", aside_forms.wide_register, part=Part.SEEN),
        *_in(("ru", "uz_cyrl"), "goods_with_parts", aside_forms.goods_with_parts, demand=Demand(units=_GCAL, one_unit=True, indexes=False), part=Part.SEEN),
        *_in(("uz", "uz_cyrl"), "cards", aside_forms.cards, demand=Demand(most_meters=2), part=Part.SEEN),
        *_in(("ru", "uz"), "sections", aside_forms.sections, part=Part.SEEN),
        *_in(("ru",), "sheet", aside_forms.sheet, part=Part.SEEN),
        *_in(ALL, "request", aside_letters.request, part=Part.SEEN),
        *_in(("ru", "uz_cyrl"), "items", aside_letters.items, part=Part.SEEN),
        *_in(("ru", "uz"), "note", aside_letters.note, part=Part.SEEN),
        *_in(("ru",), "spt", aside_printouts.spt, demand=Demand(1, ("СПТ941", "СПТ943"), _GCAL, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_in(("ru",), "tem", aside_printouts.tem, demand=Demand(1, ("ТЭМ-104", "ТЭМ-106"), _GCAL, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_in(("ru", "uz"), "multical", aside_printouts.multical, demand=Demand(1, ("MULTICAL 603", "ULTRAHEAT T550", "SHARKY 775"), (Unit.MWH, Unit.MWH, Unit.GJ, Unit.KWH), hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_in(("ru",), "km5_bars", aside_printouts.km5_bars, demand=Demand(1, ("КМ-5-1", "КМ-5-6"), _GCAL, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_in(("ru",), "mkts", aside_printouts.mkts, demand=Demand(1, ("МКТС",), _GCAL, hot_water=False, serial_end="-1"), spelled_dates=False, part=Part.SEEN),
        *_in(("ru",), "tv7", aside_printouts.tv7, demand=Demand(1, ("ТВ-7",), _GCAL, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_in(("ru", "uz"), "hand_school", hand_shown.school, demand=Demand(1, units=_GCAL), handwritten=True, spelled_dates=False, part=Part.SEEN),
        *_aside(ALL, "hand_boxes", aside_hand.boxes, demand=_ONE, handwritten=True, spelled_dates=False),
        *_aside(("ru", "uz_cyrl"), "hand_grid", aside_hand.grid, demand=Demand(units=_GCAL, one_unit=True), handwritten=True, spelled_dates=False),
        *_in(("uz",), "hand_slip", hand_shown.slip, demand=Demand(1, units=_GCAL), handwritten=True, spelled_dates=False, part=Part.SEEN),
        *_aside(("ru",), "three_row_head", official_forms.three_row_head, demand=_ONE_UNIT),
        *_in(("ru",), "captions_below", official_forms.captions_below, demand=Demand(most_meters=2), part=Part.SEEN),
        *_in(("ru",), "consumption_first", official_forms.consumption_first, demand=_ONE_UNIT, part=Part.SEEN),
        *_aside(("uz",), "labels_above", official_forms.labels_above),
        *_aside(("uz",), "electronic_document", official_forms.electronic_document, demand=Demand(most_meters=2)),
        *_in(("uz",), "columns_of_meters", arrangements.columns_of_meters, part=Part.SEEN),
        *_in(("uz_cyrl",), "start_and_end", arrangements.start_and_end, part=Part.SEEN),
        *_aside(("uz_cyrl",), "halves", arrangements.halves, demand=Demand(most_meters=2)),
        *_in(("ru",), "abbreviations", arrangements.abbreviations, demand=_ONE_UNIT, part=Part.SEEN),
        *_in(("uz",), "endings", statements.endings, part=Part.SEEN),
        *_aside(("uz_cyrl",), "commission", statements.commission),
        *_in(("ru",), "dispatcher", logs.dispatcher, demand=Demand(1, ("ТСРВ-043", "ВКТ-9", "ТВ7-04", "СПТ943"), _PRINTED.units, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_aside(("ru",), "spt961", logs.spt961, demand=Demand(1, ("СПТ961.2", "СПТ961М"), _PRINTED.units, hot_water=False), spelled_dates=False),
        *_aside(("ru",), "sks", logs.sks, demand=Demand(1, ("SKS-3", "SKU-02", "SONOMETER 2000"), (Unit.GCAL, Unit.MWH, Unit.GJ), hot_water=False), spelled_dates=False),
        *_in(("ru",), "stored_values", printouts_shown.stored_values, demand=Demand(1, ("ULTRAHEAT UH50", "SHARKY 775", "CF-800"), (Unit.MWH, Unit.MWH, Unit.GJ, Unit.KWH), hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_in(("ru",), "strip", logs.card, demand=Demand(1, ("Пульсар", "Эльф-02", "Sensonic II"), _PRINTED.units, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_in(("ru",), "season", journals.season, demand=_PRINTED, part=Part.SEEN),
        *_in(("uz",), "dates_as_rows", journals.dates_as_rows, part=Part.SEEN),
        *_in(("ru",), "parameters", journals.parameters, demand=_PRINTED, part=Part.SEEN),
        *_in(("ru",), "questionnaire", journals.questionnaire, demand=Demand(most_meters=2), part=Part.SEEN),
        *_aside(("ru",), "letter_with_annex", papers.letter_with_annex, sheets=2),
        *_in(("ru",), "act_with_prices", papers.act_with_prices, demand=Demand(2, units=_GCAL, one_unit=True), part=Part.SEEN),
        *_in(("ru",), "formula", papers.formula, part=Part.SEEN),
        *_aside(("ru",), "in_words", papers.in_words, demand=Demand(most_meters=2)),
        *_in(("uz",), "bare_letters", letters_shown.bare_letters, part=Part.SEEN),
        *_aside(("uz",), "annex", schools.annex, demand=_ONE_UNIT),
        *_aside(("uz_cyrl",), "kindergarten", schools.kindergarten),
        *_aside(("uz_cyrl",), "two_alphabets", schools.two_alphabets, demand=Demand(most_meters=2)),
        *_aside(("uz_cyrl",), "clinic", schools.clinic),
        *_in(("ru",), "counters_first", printouts_shown.counters_first, demand=Demand(1, ("ТСРВ-034", "ТСРВ-026М"), _PRINTED.units, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_aside(("ru",), "typed_below", archives.typed_below, demand=Demand(1, ("ВКТ-7М", "ВКТ-9-02"), _GCAL, hot_water=False), spelled_dates=False),
        *_in(("uz",), "logger", archives.logger, demand=Demand(1, ("MULTICAL 403", "Sharky 774", "PolluStat E"), (Unit.MWH, Unit.MWH, Unit.GJ, Unit.KWH), hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_in(("ru",), "ascii_frames", archives.ascii_frames, demand=Demand(1, ("Эльф-04", "ВИС.Т", "Магика А2200"), _PRINTED.units, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_aside(("ru",), "objects", everyday.objects),
        *_aside(("ru",), "memo", everyday.memo),
        *_in(("ru",), "reference", everyday.reference, part=Part.SEEN),
        *_aside(("uz",), "statement", everyday.statement),
        *_in(("uz",), "dashes", letters_shown.dashes, part=Part.SEEN),
        *_in(("uz_cyrl",), "notice", letters_shown.notice, part=Part.SEEN),
        *_aside(("uz_cyrl",), "listed", everyday.listed, demand=_ONE_UNIT),
        *_in(("ru",), "monthly_archive", everyday.monthly_archive, demand=Demand(1, ("ТЭМ-05М", "КМ-5-3", "МТ200DS"), _PRINTED.units, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_aside(ALL, "report", offices.report, demand=Demand(6)),
        *_in(("uz",), "bilingual", offices.bilingual, demand=Demand(4), part=Part.SEEN),
        *_aside(("ru",), "card", offices.card),
        *_in(("uz_cyrl",), "workbook", offices.workbook, demand=Demand(6), part=Part.SEEN),
        *_aside(("ru",), "readings_act", offices.readings_act, demand=Demand(4)),
        *_in(("uz",), "readings_act_latin", offices.readings_act_latin, part=Part.SEEN),
        *_aside(("ru",), "please_accept", correspondence.please_accept),
        *_in(("ru",), "cover", correspondence.cover, demand=Demand(4), part=Part.SEEN),
        *_aside(("uz",), "inform", correspondence.inform, demand=Demand(2)),
        *_in(("uz_cyrl",), "listed_letter", correspondence.listed_letter, part=Part.SEEN),
        *_aside(("ru",), "underscored", correspondence.underscored),
        *_in(("uz",), "answered", correspondence.answered, demand=Demand(2), part=Part.SEEN),
        *_aside(("uz_cyrl",), "goods", correspondence.goods, demand=Demand(4, units=_GCAL, one_unit=True, indexes=False)),
        *_in(("uz",), "bare_text", correspondence.bare_text, demand=Demand(4), part=Part.SEEN),
        *_in(("ru",), "km5_protocol", readouts_shown.km5_protocol, demand=Demand(1, ("КМ-5-2", "КМ-5-1", "КМ-5-4"), _GCAL, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_in(("ru",), "vkt7_integrators", calculators.vkt7_integrators, demand=Demand(1, ("ВКТ-7",), _GCAL, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_aside(("ru",), "vkt7_days", calculators.vkt7_days, demand=Demand(1, ("ВКТ-7",), _GCAL, hot_water=False, indexes=False), spelled_dates=False),
        *_in(("ru",), "tsrv_sheet", calculator_sheets.tsrv_sheet, demand=Demand(1, ("ТСРВ-026М", "ТСРВ-034", "ТСРВ-043", "ТСРВ-024М"), _PRINTED.units, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_aside(("ru",), "sa94_sheet", calculator_sheets.sa94_sheet, demand=Demand(1, ("SA-94/2", "SA-94/1", "SA-94/3"), _GCAL, hot_water=False), spelled_dates=False),
        *_in(("ru",), "vist_frames", calculators.vist_frames, demand=Demand(1, ("ВИС.Т", "ТС-201", "ВИСТ"), _GCAL, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_aside(("ru",), "elteko_sheet", calculator_sheets.elteko_sheet, demand=Demand(1, ("ИВ", "Элтеко ИВ"), _GCAL, hot_water=False), spelled_dates=False),
        *_in(("ru",), "karat_month", calculator_sheets.karat_month, demand=Demand(1, ("Карат-307", "ТВ-7"), _PRINTED.units, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_in(("ru",), "tem_card", printouts_shown.tem_card, demand=Demand(1, ("ТЭМ-104", "ТЭМ-106", "ТЭМ-05М"), _PRINTED.units, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_in(("ru",), "spt943", calculators.spt943, demand=Demand(1, ("СПТ943", "СПТ941.20", "СПТ942"), _GCAL, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_aside(("ru",), "readout_centre", calculator_sheets.readout_centre, demand=Demand(1, ("ВКТ-9", "ТСРВ-043", "Multical 602", "Карат-307", "СПТ943"), _PRINTED.units, hot_water=False), spelled_dates=False),
        *_aside(("ru",), "two_tables", plain.two_tables, demand=_ONE_UNIT),
        *_in(("ru",), "landscape", plain.landscape, part=Part.SEEN),
        *_in(("ru",), "day_journal", tables_shown.day_journal, demand=_PRINTED, part=Part.SEEN),
        *_aside(("uz_cyrl",), "letter_in_cyrillic", plain.letter_in_cyrillic),
        *_aside(("uz",), "statement_of_month", plain.statement_of_month),
        *_aside(("ru",), "one_line_each", plain.one_line_each),
        *_aside(("uz_cyrl",), "card_in_cyrillic", plain.card_in_cyrillic, demand=Demand(2)),
        *_in(("ru",), "month_of_archive", plain.month_of_archive, part=Part.SEEN, demand=Demand(1, ("MULTICAL 603", "Sharky 775", "Ultraheat T550", "SonoSensor 30"), (Unit.GCAL, Unit.MWH, Unit.MWH, Unit.GJ, Unit.KWH), hot_water=False)),
        *_in(("ru",), "appendix", desk_tables.appendix, demand=Demand(4, units=_GCAL, one_unit=True), part=Part.SEEN),
        *_in(("ru",), "verified", tables_shown.verified, demand=Demand(4, units=_ONE_UNIT.units, one_unit=True), part=Part.SEEN),
        *_in(("ru",), "bill", desk_tables.bill, demand=Demand(3, units=_GCAL, one_unit=True), part=Part.SEEN),
        *_aside(("ru",), "points", sheets.points, demand=Demand(3)),
        *_in(("ru",), "coded_rows", desk_tables.coded_rows, demand=Demand(3, units=_ONE_UNIT.units, one_unit=True), part=Part.SEEN),
        *_aside(("uz_cyrl",), "tall_head", sheets.tall_head, demand=Demand(4, units=_ONE_UNIT.units, one_unit=True)),
        *_in(("uz",), "remarks", desk_tables.remarks, demand=Demand(5), part=Part.SEEN),
        *_aside(("uz_cyrl",), "word_page", sheets.word_page, demand=Demand(6)),
        *_in(("uz_cyrl",), "two_scripts", desk_tables.two_scripts, demand=Demand(4), part=Part.SEEN),
        *_aside(("uz",), "plain_list", sheets.plain_list),
        *_in(("uz",), "buildings", desk_tables.buildings, demand=Demand(5), part=Part.SEEN),
        *_in(("uz_cyrl",), "three_rows", tables_shown.three_rows, part=Part.SEEN),
        *_in(("ru",), "brief", desk_letters.brief, demand=Demand(2), part=Part.SEEN),
        *_aside(("ru",), "enclosed", prose.enclosed, demand=Demand(2)),
        *_in(("uz",), "sentences", desk_letters.sentences, demand=Demand(2), part=Part.SEEN),
        *_aside(("uz_cyrl",), "we_tell", prose.we_tell, demand=Demand(2)),
        *_in(("ru",), "lettered", desk_letters.lettered, part=Part.SEEN),
        *_aside(("ru",), "parties", prose.parties, demand=Demand(4)),
        *_in(("uz_cyrl",), "record", desk_tables.record, demand=Demand(3), part=Part.SEEN),
        *_aside(("ru",), "volumes", sheets.volumes, demand=Demand(3, units=_GCAL, one_unit=True, indexes=False)),
        *_in(("ru",), "km5_web", readouts_shown.km5_web, demand=Demand(1, ("КМ-5-2", "КМ-5-4", "КМ-5-1"), _GCAL, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_in(("ru",), "vkt7_sheet", readouts_shown.vkt7_sheet, demand=Demand(1, ("ВКТ-7",), _GCAL, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_in(("ru",), "sa94_bars", readouts_shown.sa94_bars, demand=Demand(1, ("SA-94/2", "SA-94/1"), _GCAL, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_in(("ru",), "tv7_sheet", readouts_shown.tv7_sheet, demand=Demand(1, ("ТВ7-04", "ТВ7-01"), _PRINTED.units, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_in(("ru",), "readout_card", readouts_shown.readout_card, demand=Demand(1, ("MULTICAL 603", "Sharky 775", "Ultraheat T550"), (Unit.MWH, Unit.GJ, Unit.GCAL), hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_in(("ru",), "weekly", tables_shown.weekly, demand=_PRINTED, part=Part.SEEN),
        *_aside(("uz",), "note_of_month", prose.note_of_month),
        *_aside(("ru",), "hand_ruled_sheet", hand_blanks.ruled_sheet, demand=Demand(1, units=_GCAL), handwritten=True, spelled_dates=False),
        *_aside(("ru",), "hand_gaps", hand_blanks.gaps, demand=Demand(1, units=_GCAL), handwritten=True, spelled_dates=False),
        *_in(("uz",), "hand_combs", hand_shown.combs, demand=_ONE, handwritten=True, spelled_dates=False, part=Part.SEEN),
        *_in(("ru",), "hand_captions", hand_shown.captions, demand=Demand(1, units=_GCAL), handwritten=True, spelled_dates=False, part=Part.SEEN),
        *_in(("uz_cyrl",), "hand_columns", hand_shown.columns, demand=Demand(units=_GCAL, one_unit=True), handwritten=True, spelled_dates=False, part=Part.SEEN),
        *_in(("uz",), "hand_two_on_a_line", hand_shown.two_on_a_line, demand=Demand(1, units=_GCAL), handwritten=True, spelled_dates=False, part=Part.SEEN),
        *_in(("ru",), "one_frame", seventh_shown.one_frame, demand=Demand(4), part=Part.SEEN),
        *_aside(("ru",), "pairs_in_cells", seventh.pairs_in_cells, demand=Demand(4)),
        *_in(("uz",), "workbook_page", seventh_shown.workbook_page, demand=Demand(4, units=_ONE_UNIT.units, one_unit=True), part=Part.SEEN),
        *_aside(("uz",), "sent_with", seventh.sent_with),
        *_in(("uz_cyrl",), "reference_page", seventh_shown.reference_page, part=Part.SEEN),
        *_aside(("uz_cyrl",), "groups", seventh.groups, demand=Demand(5)),
        *_in(("ru",), "answer", seventh_shown.answer, part=Part.SEEN),
        *_aside(("ru",), "act_of_day", seventh.act_of_day, demand=Demand(2)),
        *_in(("ru",), "slashed", seventh_shown.slashed, demand=Demand(4), part=Part.SEEN),
        *_aside(("ru",), "tem_days", seventh.tem_days, demand=Demand(1, ("ТЭМ-104", "ТЭМ-106"), _PRINTED.units, hot_water=False), spelled_dates=False),
        *_in(("ru",), "karat_log", seventh_shown.karat_log, demand=Demand(1, ("Карат-307", "Карат-011"), _PRINTED.units, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_in(("ru",), "two_months", printouts_shown.two_months, demand=Demand(1, ("Ultraheat UH50", "Sharky 775", "MULTICAL 603"), (Unit.MWH, Unit.GJ, Unit.GCAL), hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_in(("uz",), "state_line", seventh_shown.state_line, part=Part.SEEN),
        *_in(("ru",), "own_form", tables_shown.own_form, demand=Demand(4, units=_ONE_UNIT.units, one_unit=True), part=Part.SEEN),
        *_in(("ru",), "hospital", eighth_shown.hospital, demand=Demand(4, units=_ONE_UNIT.units, one_unit=True), part=Part.SEEN),
        *_aside(("uz",), "branch", eighth.branch, demand=Demand(4)),
        *_in(("uz",), "preschool", eighth_shown.preschool, demand=Demand(2), part=Part.SEEN),
        *_aside(("ru",), "housing", eighth.housing, demand=Demand(6, units=_ONE_UNIT.units, one_unit=True)),
        *_in(("ru",), "blank", eighth_shown.blank, demand=Demand(3), part=Part.SEEN),
        *_aside(("ru",), "embassy", eighth.embassy),
        *_in(("ru",), "gridlines", eighth_shown.gridlines, demand=Demand(4), part=Part.SEEN),
        *_aside(("uz_cyrl",), "factory", eighth.factory, demand=Demand(5)),
        *_in(("ru",), "in_brief", eighth_shown.in_brief, demand=Demand(2), part=Part.SEEN),
        *_aside(("uz",), "month_ends", eighth.month_ends, demand=_ONE_UNIT),
        *_in(("uz_cyrl",), "two_heads", eighth_shown.two_heads, demand=Demand(4), part=Part.SEEN),
        *_aside(("ru",), "with_printout", eighth.with_printout, demand=Demand(1, ("ВКТ-7", "ТВ7-04", "СПТ943", "Карат-307"), _PRINTED.units, hot_water=False)),
        *_in(("ru",), "km5_rtm", eighth_shown.km5_rtm, demand=Demand(1, ("КМ-5-2", "КМ-5-4", "КМ-5-6И"), _GCAL, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_in(("uz_cyrl",), "in_list", letters_shown.in_list, demand=Demand(3), part=Part.SEEN),
        *_in(("uz",), "multical_read", eighth_shown.multical_read, demand=Demand(1, ("MULTICAL 403", "MULTICAL 603", "MULTICAL 302"), (Unit.MWH, Unit.GJ, Unit.KWH, Unit.GCAL), hot_water=False), part=Part.SEEN),
        *_in(("ru",), "tsrv_counters", printouts_shown.tsrv_counters, demand=Demand(1, ("ТСРВ-034", "ТСРВ-043", "ТСРВ-024М"), _PRINTED.units, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_aside(("ru",), "spt944", eighth.spt944, demand=Demand(1, ("СПТ944", "СПТ941.20"), _GCAL, hot_water=False), spelled_dates=False),
        *_in(("ru",), "own_sheet", ninth_shown.own_sheet, demand=Demand(4, units=_ONE_UNIT.units, one_unit=True), part=Part.SEEN),
        *_aside(("ru",), "landscape_book", ninth.landscape_book, demand=Demand(5)),
        *_in(("uz",), "one_meter", ninth_shown.one_meter, demand=_ONE, part=Part.SEEN),
        *_aside(("uz",), "shaded", ninth.shaded, demand=Demand(5)),
        *_in(("uz_cyrl",), "summary", ninth_shown.summary, demand=Demand(4), part=Part.SEEN),
        *_in(("ru",), "typed_comb", ninth_shown.typed_comb, demand=Demand(1, units=_GCAL), part=Part.SEEN),
        *_in(("ru",), "two_copies", ninth_shown.two_copies, demand=Demand(2, units=_ONE_UNIT.units, one_unit=True), part=Part.SEEN),
        *_in(("ru",), "vertical_heads", tables_shown.vertical_heads, demand=Demand(4), part=Part.SEEN),
        *_in(("ru",), "joint_act", ninth_shown.joint_act, demand=Demand(3), part=Part.SEEN),
        *_aside(("uz",), "listed_lines", ninth.listed_lines, demand=Demand(2)),
        *_in(("ru",), "told", ninth_shown.told, demand=Demand(2), part=Part.SEEN),
        *_aside(("uz_cyrl",), "school_letter", ninth.school_letter, demand=Demand(3)),
        *_in(("ru",), "km5_card", ninth_shown.km5_card, demand=Demand(1, ("КМ-5-2", "КМ-5-4", "КМ-5-1"), _GCAL, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_in(("ru",), "sa94_counters", readouts_shown.sa94_counters, demand=Demand(1, ("SA-94/2", "SA-94/1"), _GCAL, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_in(("ru",), "vkt7_inputs", ninth_shown.vkt7_inputs, demand=Demand(1, ("ВКТ-7",), _GCAL, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_aside(("ru",), "ts201_text", ninth.ts201_text, demand=Demand(1, ("ТС-201", "ВИСТ"), _GCAL, hot_water=False), spelled_dates=False),
        *_in(("ru",), "elteko_below", ninth_shown.elteko_below, demand=Demand(1, ("ИВ", "Элтеко ИВ"), _GCAL, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_aside(("uz",), "multical_log", ninth.multical_log, demand=Demand(1, ("MULTICAL 601", "MULTICAL 603", "MULTICAL 602"), (Unit.MWH, Unit.GJ, Unit.GCAL), hot_water=False)),
        *_aside(("ru",), "month_form", tenth.month_form, demand=Demand(4)),
        *_aside(("uz",), "hisobot", tenth.hisobot, demand=Demand(4, units=_ONE_UNIT.units, one_unit=True)),
        *_in(("uz_cyrl",), "per_meter", tenth_shown.per_meter, part=Part.SEEN),
        *_in(("ru",), "nomenclature_with_part", tenth_shown.nomenclature_with_part, demand=Demand(3, units=_GCAL, one_unit=True, indexes=False), part=Part.SEEN),
        *_in(("ru",), "to_director", tenth_shown.to_director, demand=Demand(2), part=Part.SEEN),
        *_aside(("uz_cyrl",), "listed_days", tenth.listed_days, demand=Demand(2)),
        *_in(("uz",), "we_inform", tenth_shown.we_inform, part=Part.SEEN),
        *_aside(("ru",), "joint_reading", tenth.joint_reading, demand=Demand(4)),
        *_in(("ru",), "vkt7_pipes", tenth_shown.vkt7_pipes, demand=Demand(1, ("ВКТ-7",), _GCAL, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_aside(("ru",), "km5_month", tenth.km5_month, demand=Demand(1, ("КМ-5-2", "КМ-5-4", "КМ-5-1"), _GCAL, hot_water=False), spelled_dates=False),
        *_in(("ru",), "tsrv_daily", tenth_shown.tsrv_daily, demand=Demand(1, ("ТСРВ-026М", "ТСРВ-034", "ТСРВ-024М"), _PRINTED.units, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_aside(("ru",), "sa94_month", tenth.sa94_month, demand=Demand(1, ("SA-94/2", "SA-94/1"), _GCAL, hot_water=False), spelled_dates=False),
        *_aside(("ru",), "karat_days", tenth.karat_days, demand=Demand(1, ("Карат-307", "ТВ-7"), _PRINTED.units, hot_water=False), spelled_dates=False),
        *_in(("uz",), "multical_month", tenth_shown.multical_month, demand=Demand(1, ("MULTICAL 603", "MULTICAL 602", "MULTICAL 403"), (Unit.MWH, Unit.MWH, Unit.GJ), hot_water=False), part=Part.SEEN),
        *_in(("ru",), "spt_card", tenth_shown.spt_card, demand=Demand(1, ("СПТ943", "СПТ941", "СПТ942"), _GCAL, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_aside(("ru",), "hand_copied", tenth_hand.copied, demand=Demand(1, units=_GCAL), handwritten=True, spelled_dates=False),
        *_in(("uz",), "hand_table_by_hand", tenth_hand_shown.table_by_hand, demand=Demand(2, units=_GCAL, one_unit=True), handwritten=True, spelled_dates=False, part=Part.SEEN),
        *_aside(("uz_cyrl",), "hand_lines_in_cyrillic", tenth_hand.lines_in_cyrillic, demand=Demand(1, units=_GCAL), handwritten=True, spelled_dates=False),
        *_in(("ru",), "hand_act_with_gaps", tenth_hand_shown.act_with_gaps, demand=Demand(1, units=_GCAL), handwritten=True, spelled_dates=False, part=Part.SEEN),
        *_aside(("ru",), "nodes", eleventh.nodes, demand=Demand(4)),
        *_in(("uz",), "numbered", eleventh_shown.numbered, demand=Demand(4, units=_ONE_UNIT.units, one_unit=True), part=Part.SEEN),
        *_in(("uz_cyrl",), "named_rows", eleventh_shown.named_rows, demand=Demand(2), part=Part.SEEN),
        *_aside(("ru",), "systems_across", eleventh.systems_across, demand=Demand(2)),
        *_aside(("ru",), "contract_rows", eleventh.contract_rows, demand=Demand(5)),
        *_in(("uz",), "sheet_of_cells", eleventh_shown.sheet_of_cells, demand=Demand(4), part=Part.SEEN),
        *_in(("ru",), "by_days", eleventh_shown.by_days, demand=Demand(2), part=Part.SEEN),
        *_aside(("uz",), "amounted", eleventh.amounted, demand=Demand(2)),
        *_in(("uz_cyrl",), "line_a_meter", eleventh_shown.line_a_meter, demand=Demand(3), part=Part.SEEN),
        *_aside(("uz",), "dalolatnoma", eleventh.dalolatnoma, demand=Demand(3)),
        *_aside(("ru",), "km5_integrators", eleventh.km5_integrators, demand=Demand(1, ("КМ-5-2", "КМ-5-4", "КМ-5-1"), _GCAL, hot_water=False), spelled_dates=False),
        *_aside(("ru",), "vkt7_ends_first", eleventh.vkt7_ends_first, demand=Demand(1, ("ВКТ-7",), _GCAL, hot_water=False), spelled_dates=False),
        *_in(("ru",), "tsrv_periods", eleventh_shown.tsrv_periods, demand=Demand(1, ("ТСРВ-026М", "ТСРВ-034", "ТСРВ-024М"), _PRINTED.units, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_in(("ru",), "sa94_hours", eleventh_shown.sa94_hours, demand=Demand(1, ("SA-94/2", "SA-94/1"), _GCAL, hot_water=False), spelled_dates=False, part=Part.SEEN),
        *_aside(("ru",), "hand_day_parts", eleventh_hand.day_parts, demand=Demand(1, units=_GCAL), handwritten=True, spelled_dates=False),
        *_aside(("uz_cyrl",), "hand_comb_rows", eleventh_hand.comb_rows, demand=Demand(1, units=_GCAL), handwritten=True, spelled_dates=False),
        *_aside(("uz",), "hand_dotted", eleventh_hand.dotted, demand=Demand(1, units=_GCAL), handwritten=True, spelled_dates=False),
        *_in(("ru",), "hand_rows", eleventh_hand_shown.rows, demand=Demand(2, units=_GCAL, one_unit=True), handwritten=True, spelled_dates=False, part=Part.SEEN),
        *_in(("uz",), "hand_squared", eleventh_hand_shown.squared, demand=Demand(1, units=_GCAL), handwritten=True, spelled_dates=False, part=Part.SEEN),
        *_in(("ru",), "hand_counterfoil", eleventh_hand_shown.counterfoil, demand=Demand(1, units=_GCAL), handwritten=True, spelled_dates=False, part=Part.SEEN),
    ]
}  # fmt: skip
