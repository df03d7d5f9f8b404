"""Header lines: unfolding, encoded words, parameters, and what an attacker writes into them."""

from __future__ import annotations

from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mail.headers import BLOCK_LIMIT, VALUE_LIMIT, decode_value, decode_words, split_headers, split_parameters


def split(raw: bytes) -> tuple[list[tuple[str, bytes]], bytes, list[str]]:
    headers, body, problems = split_headers(raw, 0, len(raw))
    return headers, raw[body:], problems


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_folded_and_repeated_headers_keep_their_order(end: bytes) -> None:
    raw = end.join((b"Received: by a", b"\tfor b", b"From: x", b"received: by c", b"X-Empty:", b"", b"body: no header", b""))
    headers, body, problems = split(raw)
    assert headers == [("Received", b"by a for b"), ("From", b"x"), ("received", b"by c"), ("X-Empty", b"")]
    assert body.startswith(b"body: no header")
    assert problems == []


def test_a_line_that_is_no_header_is_left_out_and_said() -> None:
    headers, body, problems = split(b"From: a\nno header at all\nTo: b\n\nx")
    assert [name for name, _ in headers] == ["From", "To"]
    assert body == b"x"
    assert problems == ["a line among the headers is none"]


def test_a_part_without_headers_is_all_body() -> None:
    assert split(b"just text\nmore: text\n\nend") == ([], b"just text\nmore: text\n\nend", [])


def test_headers_beyond_each_limit_are_cut_and_the_body_is_still_found() -> None:
    cases = (
        b"X: " + b"a" * (VALUE_LIMIT + 10) + b"\n\nbody",
        b"".join(b"X-%d: a\n" % i for i in range(3000)) + b"\nbody",
        b"".join(b"X-%d: " % i + b"a" * 8000 + b"\n" for i in range(BLOCK_LIMIT // 8000 + 5)) + b"\nbody",
    )
    for raw in cases:
        headers, body, problems = split(raw)
        assert body == b"body"
        assert len(problems) == 1
        assert len(headers) <= 2000
        assert all(len(value) <= VALUE_LIMIT for _, value in headers)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("=?koi8-r?b?z9TexdQ=?=", "отчет"),
        ("=?UTF-8?Q?=D0=BE=D1?= =?UTF-8?Q?=82=D1=87=D0=B5=D1=82?=", "отчет"),  # a letter divided between two words
        ("=?windows-1251*ru?q?=EE=F2=F7=E5=F2?= (x)", "отчет (x)"),
        ("Re:=?utf-8?b?0L7RgtGH0LXRgg?=!", "Re:отчет!"),  # no white space, no padding
        ("=?x-no-such?b?7vL35fI=?=", "отчет"),
        ("=?utf-8?b?!!!?= plain", " plain"),
        ("a =?utf-8?q?b?= c =?utf-8?q?d?=", "a b c d"),
        ("=?not encoded?=", "=?not encoded?="),
    ],
)
def test_encoded_words_are_decoded_wherever_they_stand(raw: str, text: str) -> None:
    assert decode_words(raw) == text


def test_raw_eight_bit_headers_are_guessed() -> None:
    for charset in ("cp1251", "koi8-r", "ptcp154", "utf-8"):
        assert decode_value("Subject", "Отчет по договору".encode(charset)) == "Отчет по договору"


def test_an_encoded_word_can_smuggle_in_neither_an_address_nor_a_line() -> None:
    for value in (
        b"=?utf-8?q?boss=40bank=2Ecom=2C?= <real@example.com>",
        b'"=?utf-8?q?x=22_=3Cboss=40bank=2Ecom=3E=2C_=22?=" <real@example.com>',
        b"(=?utf-8?q?=29_boss=40bank=2Ecom=2C_=28?=) real@example.com",
        b"=?utf-8?b?PGJvc3NAYmFuay5jb20+LA==?= real <real@example.com>",
    ):
        assert [address for _, address in getaddresses([decode_value("From", value)])] == ["real@example.com"]
    assert "\n" not in decode_value("Subject", b"=?utf-8?q?x=0D=0ABcc:_victim=40example.com?=")


def test_headers_that_servers_write_are_not_decoded() -> None:
    assert decode_value("Authentication-Results", b"mx; =?utf-8?q?dmarc=3Dpass?=") == "mx; =?utf-8?q?dmarc=3Dpass?="


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b'attachment; filename="=?windows-1251?b?7vL35fIuemlw?="', "отчет.zip"),
        (b"attachment; filename*=utf-8'ru'%D0%BE%D1%82%D1%87%D0%B5%D1%82.pdf", "отчет.pdf"),
        (b"attachment; filename*0*=koi8-r''%CF%D4%DE; filename*2=.pdf; filename*1*=%C5%D4", "отчет.pdf"),
        (b"attachment; filename=fallback.pdf; filename*=utf-8''%D0%BE%D1%82%D1%87%D0%B5%D1%82.pdf", "отчет.pdf"),
        ('attachment; filename="отчет за май.pdf"'.encode("cp1251"), "отчет за май.pdf"),
        ("attachment; filename=отчет за май.pdf".encode("koi8-r"), "отчет за май.pdf"),
        (b'attachment; filename="a\\"b;c.pdf"; size=3', 'a"b;c.pdf'),
        (b'attachment; filename="never closed.pdf', "never closed.pdf"),
        (b"attachment; filename*=broken%ZZ", "broken%ZZ"),
        (b'attachment; filename="a\x00b.pdf"', "ab.pdf"),
    ],
)
def test_file_names_are_read_in_every_spelling(raw: bytes, name: str) -> None:
    main, parameters = split_parameters(raw)
    assert main == "attachment"
    assert parameters["filename"] == name


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reading_of_headers(data: bytes) -> None:
    headers, _, _ = split(data)
    for name, value in headers:
        assert "\n" not in decode_value(name, value)
        split_parameters(value)
    for name in ("From", "Subject"):
        assert "\r" not in decode_value(name, data)
    split_parameters(data)
