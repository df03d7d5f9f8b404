"""Character sets: named rightly, wrongly, not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mail.charsets import codec, decode, plausibility

RUSSIAN = "Здравствуйте, отчет по договору 00421 во вложении. С уважением, Каримов"
UZBEK = "Ҳисобот: иссиқлик энергияси, шартнома рақами 02303, ғазна ўлчагич"
SHORT = "Отчет за май.pdf"
NAMES = ("cp1251", "koi8-r", "ptcp154", "cp866", "iso8859-5", "utf-8")


@pytest.mark.parametrize("declared", [None, "", "utf-8", "us-ascii", "iso-8859-1", "windows-1251", "koi8-r", "x-no-such", "zip", "idna"])
@pytest.mark.parametrize(
    ("text", "real"),
    [(text, real) for text in (RUSSIAN, SHORT, SHORT.lower()) for real in NAMES] + [(UZBEK, "ptcp154"), (UZBEK, "utf-8")],
)
def test_cyrillic_is_read_whatever_its_label_says(text: str, real: str, declared: str | None) -> None:
    assert decode(text.encode(real), declared) == text


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("Café crème à la carte", "iso-8859-1"),
        ("Größe", "windows-1252"),
        ("日本語", "iso-2022-jp"),
        ("中文", "gb2312"),
        ("Oʻzbekiston", "utf-8"),
    ],
)
def test_a_true_label_of_another_language_is_believed(text: str, charset: str) -> None:
    assert decode(text.encode(codec(charset) or "ascii"), charset) == text


def test_a_byte_order_mark_decides() -> None:
    assert decode(RUSSIAN.encode("utf-16"), "koi8-r") == RUSSIAN
    assert decode(b"\xef\xbb\xbf" + RUSSIAN.encode(), "koi8-r") == RUSSIAN


def test_utf8_with_its_last_letter_cut_stays_utf8() -> None:
    assert decode(RUSSIAN.encode()[:-1], "utf-8").startswith("Здравствуйте, отчет")


def test_nul_and_half_characters_are_gone() -> None:
    assert decode(b"a\x00b") == "ab"
    assert decode(b"+2AA-", "utf-7").encode("utf-8") != b""


def test_no_python_codec_is_reached_by_an_unknown_name() -> None:
    assert [codec(name) for name in ("zip", "rot13", "idna", "unicode_escape", "mbcs", "undefined", "x" * 5000)] == [None] * 7


def test_plausibility_tells_words_from_mojibake() -> None:
    assert plausibility(RUSSIAN) > 0.95
    assert plausibility(UZBEK) > 0.95
    assert plausibility(RUSSIAN.encode("cp1251").decode("koi8-r")) < 0.6
    assert plausibility(RUSSIAN.encode().decode("cp1251", "replace")) < 0.5


@given(st.binary(max_size=300), st.one_of(st.none(), st.text(max_size=20), st.sampled_from(["utf-7", "utf-16", "gb18030", "iso-2022-kr"])))
def test_any_bytes_under_any_name_give_text_that_a_database_takes(data: bytes, declared: str | None) -> None:
    text = decode(data, declared)
    assert "\x00" not in text
    assert text.encode("utf-8").decode("utf-8") == text
