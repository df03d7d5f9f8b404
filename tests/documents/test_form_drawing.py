"""The form says what the register says, in the contract's language, and its code cannot be altered unnoticed."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from documents.form import draw_form, form_meter
from metering.contracts import Language
from metering.errors import PermanentError
from metering.forms import FormCode, FormMeter, claims_to_be_ours, is_sealed, parse_code
from metering.units import MeterKind, Unit
from ocr.codes import find_codes
from tests.corpus import paper
from tests.support.forms import KEY, NOVEMBER, facts
from tests.support.pdf_pages import sizes_of, texts_of

CODE = FormCode("00421", NOVEMBER, (FormMeter("1306457", MeterKind.HEAT, Unit.GCAL), FormMeter("В-7/2:а", MeterKind.HOT_WATER, Unit.M3, 8)))


def text(pdf: bytes, page: int = 0) -> str:
    return texts_of(pdf)[page]


def code_of(pdf: bytes, page: int = 0) -> str:
    picture = cv2.cvtColor(np.asarray(paper.pictures(pdf, 150)[page]), cv2.COLOR_RGB2GRAY)
    (code,) = find_codes(picture)
    return code.text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.RUSSIAN, ("ОТЧЁТ", "за ноябрь 2026 года", "теплосчётчик", "Гкал")),
        (Language.UZBEK, ("HISOBOT", "2026-yil noyabr uchun", "issiqlik hisoblagichi", "Gkal")),
        (Language.UZBEK_CYRILLIC, ("ҲИСОБОТ", "2026 йил ноябрь учун", "иссиқлик ҳисоблагичи", "Гкал")),
    ],
)
def test_a_form_is_prefilled_from_the_register_in_the_language_of_the_contract(language: Language, words: tuple[str, ...]):
    said = text(draw_form(facts(language=language)))
    for word in (*words, "00421", "300000421", "1306457", "1306458", "1284,37", "1285,37", "22.10.2026", "metrology@teploenergo.uz"):
        assert word in said


def test_eight_meters_fit_on_a_page_and_the_ninth_begins_another_with_a_code_of_its_own():
    pdf = draw_form(facts(9))
    codes = [parse_code(code_of(pdf, page)) for page in (0, 1)]
    assert [(code.page, code.pages, len(code.meters)) for code in codes if code] == [(1, 2, 8), (2, 2, 1)]
    assert sizes_of(pdf) == [(595, 842)] * 2
    assert codes[1] is not None
    assert codes[1].meters[0].serial == "1306465"


def test_what_is_drawn_is_what_was_sealed():
    code = code_of(draw_form(facts()))
    assert is_sealed(code, KEY)
    assert parse_code(code) == FormCode("00421", NOVEMBER, tuple(form_meter(record.meter) for record in facts().meters))


def test_a_name_of_the_register_is_text_and_never_markup():
    name = '<img src="file:///etc/passwd"> & «Лола»'
    assert name in text(draw_form(facts(organization=name))).replace("\n", " ")


def test_a_contract_without_meters_has_no_form():
    with pytest.raises(PermanentError, match="00421 has no meters"):
        draw_form(replace(facts(), meters=()))


def test_a_meter_with_a_longer_index_has_more_boxes():
    meter = facts().meters[0].meter
    assert [form_meter(replace(meter, digits=digits)).digits for digits in (None, 5, 6, 8, 12)] == [6, 6, 6, 8, 9]


def test_a_code_says_what_went_into_it_whatever_a_serial_holds():
    assert parse_code(CODE.sealed(KEY)) == CODE


@pytest.mark.parametrize(("old", "new"), [("00421", "00422"), ("202611", "202612"), ("1306457", "1306458"), ("HG6", "HM6"), ("1.1", "1.2")])
def test_a_code_that_was_altered_has_no_seal_of_ours(old: str, new: str):
    sealed = CODE.sealed(KEY)
    assert is_sealed(sealed, KEY)
    altered = sealed.replace(old, new, 1)
    assert parse_code(altered) is not None
    assert not is_sealed(altered, KEY)
    assert not is_sealed(sealed, b"another key")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "HISOBOT:",
        "HISOBOT:9:00421:202611:1.1:1/HG6:AAAAAAAAAAAAAAAAAAAA",
        "HISOBOT:1:00421:202613:1.1:1/HG6:AAAAAAAAAAAAAAAAAAAA",
        "HISOBOT:1:00421:202611:1.1:1/HG99:AAAAAAAAAAAAAAAAAAAA",
        "HISOBOT:1:00421:202611:1.1:1/HG0:AAAAAAAAAAAAAAAAAAAA",
        "https://x",
    ],
)
def test_a_code_that_is_no_form_of_a_version_we_read_says_nothing(text: str):
    assert parse_code(text) is None
    assert claims_to_be_ours(text) == text.startswith("HISOBOT:")
