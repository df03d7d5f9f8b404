"""Messages to leaves and text: what mail programs do, what breaks on the way, and what attackers send."""

from __future__ import annotations

import base64
import binascii

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.mail.html_text import text_of_html
from parsers.mime import DEPTH_LIMIT, PARTS_LIMIT, Letter, read_message
from tests.parsers.mail_writing import HEAD, message, multipart, part

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 4


def names(letter: Letter) -> list[str]:
    return [leaf.name for leaf in letter.leaves]


def test_a_usual_report_mail_gives_its_headers_text_and_file() -> None:
    raw = message(
        part("Отчет по договору 02303".encode("koi8-r"), 'Content-Type: text/plain; charset="koi8-r"'),
        part(PDF, "Content-Type: application/octet-stream", 'Content-Disposition: attachment; filename="otchet.pdf"'),
    )
    letter = read_message(raw)
    assert letter.text == "Отчет по договору 02303"
    assert [(leaf.name, leaf.data, leaf.inline) for leaf in letter.leaves] == [("otchet.pdf", PDF, False)]
    assert letter.headers[:2] == (("From", "a@example.com"), ("To", "b@example.com"))
    assert letter.problems == ()


@pytest.mark.parametrize(
    "headers",
    [
        ["Content-Type: application/pdf", "Content-Disposition: inline"],
        ["Content-Type: application/pdf"],
        ["Content-Type: application/octet-stream; name=x.pdf"],
        ["Content-Type: text/plain"],  # a wrong type: the bytes decide
        ["Content-Type: nonsense"],
        ["X-Nothing: else"],
    ],
)
def test_a_file_is_found_however_its_part_is_labelled(headers: list[str]) -> None:
    letter = read_message(message(part(b"text", "Content-Type: text/plain"), part(PDF, *headers)))
    assert [leaf.data for leaf in letter.leaves] == [PDF]
    assert letter.text == "text"


def test_a_message_that_is_nothing_but_a_file() -> None:
    letter = read_message(HEAD + part(PDF, 'Content-Type: application/pdf; name="a.pdf"'))
    assert [(leaf.name, leaf.data) for leaf in letter.leaves] == [("a.pdf", PDF)]


def test_text_of_the_html_is_taken_only_where_there_is_no_plain_text() -> None:
    markup = "<html><head><title>t</title><style>p{}</style></head><body><p>Договор&nbsp;02303<br>октябрь</p><!-- <p>no -->".encode()
    html = part(markup, "Content-Type: text/html; charset=utf-8")
    plain = part(b"plain", "Content-Type: text/plain")
    assert read_message(message(html)).text == "Договор 02303\nоктябрь"
    assert read_message(HEAD + multipart(plain, html, kind="alternative")).text == "plain"


def test_a_forwarded_message_gives_its_files_and_text_and_none_of_its_headers() -> None:
    inner = message(part(b"inner text", "Content-Type: text/plain"), part(PDF, "Content-Type: application/pdf; name=scan.pdf"))
    twice = HEAD.replace(b"Subject: x", b"Subject: Fwd 00417") + multipart(
        part(inner, "Content-Type: message/rfc822", encode=False), boundary="second"
    )
    for encode in (False, True):
        raw = HEAD + multipart(
            part(b"outer", "Content-Type: text/plain"),
            part(twice, "Content-Type: message/rfc822; name=f.eml", encode=encode),
            boundary="first",
        )
        letter = read_message(raw)
        assert [(leaf.name, leaf.path) for leaf in letter.leaves] == [("scan.pdf", ("f.eml", "message.eml"))]
        assert letter.text.split("\n\n")[0] == "outer"
        assert "Fwd 00417" in letter.text
        assert "inner text" in letter.text
        assert [name for name, _ in letter.headers].count("From") == 1


def test_the_inner_boundary_may_begin_like_the_outer_one() -> None:
    inner = multipart(part(PDF, "Content-Type: application/pdf; name=1.pdf"), boundary="abc-inner")
    letter = read_message(HEAD + multipart(inner, part(PDF, "Content-Type: application/pdf; name=2.pdf"), boundary="abc"))
    assert names(letter) == ["1.pdf", "2.pdf"]


def test_a_cut_message_gives_what_arrived() -> None:
    raw = message(part(b"text", "Content-Type: text/plain"), part(PDF, "Content-Type: application/pdf; name=a.pdf"))
    letter = read_message(raw[: raw.index(b"JVBER") + 100])
    assert letter.text == "text"
    assert letter.leaves[0].data == PDF[: len(letter.leaves[0].data)]
    assert len(letter.leaves[0].data) > 50


@pytest.mark.parametrize("end", [b"\n", b"\r"])
def test_other_line_endings_are_as_good(end: bytes) -> None:
    raw = message(part(b"text", "Content-Type: text/plain"), part(PDF, "Content-Type: application/pdf; name=a.pdf")).replace(b"\r\n", end)
    letter = read_message(raw)
    assert letter.text == "text"
    assert letter.leaves[0].data == PDF


def test_a_mailbox_line_and_empty_lines_before_the_headers_are_skipped() -> None:
    for before in (b"From a@example.com Tue Oct 20 10:00:00 2026\n", b"\r\n\r\n", b"\xef\xbb\xbf"):
        assert read_message(before + HEAD + b"\r\ntext").headers[0] == ("From", "a@example.com")


def test_a_multipart_without_parts_or_boundary_is_text() -> None:
    assert read_message(HEAD + b"Content-Type: multipart/mixed\r\n\r\nhello").text == "hello"


@pytest.mark.parametrize("declared", [b"", b'; boundary="other"', b'; boundary=""'])
def test_a_boundary_that_is_not_the_declared_one_is_found(declared: bytes) -> None:
    body = (
        b"--abcd\r\nContent-Type: text/plain\r\n\r\nhello\r\n--abcd\r\n" + part(PDF, "Content-Type: application/pdf") + b"\r\n--abcd--\r\n"
    )
    letter = read_message(HEAD + b"Content-Type: multipart/mixed" + declared + b"\r\n\r\n" + body)
    assert letter.text == "hello"
    assert [leaf.data for leaf in letter.leaves] == [PDF]


class TestTransferEncodings:
    def read(self, body: bytes, encoding: str = "base64") -> tuple[bytes, tuple[str, ...]]:
        headers = f"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
        letter = read_message(HEAD + headers.encode() + body)
        return letter.leaves[0].data, letter.problems

    def test_base64_with_a_footer_that_a_gateway_added(self) -> None:
        data, problems = self.read(base64.encodebytes(PDF) + b"\r\n_______________\r\nThis message was checked by antivirus\r\n")
        assert data == PDF
        assert problems == ("base64 is damaged in 'a.pdf'",)

    def test_base64_with_junk_letters_is_decoded_around_them(self) -> None:
        lines = base64.encodebytes(PDF).splitlines()
        data, _ = self.read(b"\n".join([lines[0][:20] + b"!" + lines[0][20:], *lines[1:]]))
        assert data == PDF

    def test_two_base64_blocks_one_after_the_other(self) -> None:
        data, _ = self.read(base64.encodebytes(PDF[:100]) + base64.encodebytes(PDF[100:]))
        assert data == PDF

    def test_base64_on_one_endless_line_and_without_padding(self) -> None:
        data, problems = self.read(base64.b64encode(PDF).rstrip(b"="))
        assert data == PDF
        assert problems == ()

    def test_base64_that_calls_itself_7bit(self) -> None:
        data, problems = self.read(base64.encodebytes(PDF), "7bit")
        assert data == PDF
        assert problems == ("base64 that does not say so",)

    def test_base64_within_another_encoding(self) -> None:
        once = base64.encodebytes(PDF)
        assert self.read(binascii.b2a_qp(once), "quoted-printable")[0] == PDF
        assert self.read(base64.encodebytes(once))[0] == PDF

    def test_quoted_printable_with_damage(self) -> None:
        data, _ = self.read(b"%PDF-1.4=0Aab=ZZ=\r\nc=", "quoted-printable")
        assert data.startswith(b"%PDF-1.4\nab=ZZc")

    def test_an_unknown_encoding_leaves_the_bytes(self) -> None:
        data, problems = self.read(PDF, "x-compressed")
        assert data == PDF
        assert problems == ("unknown transfer encoding 'x-compressed' in 'a.pdf'",)

    def test_uuencode_as_encoding_and_within_the_text(self) -> None:
        lines = b"".join(binascii.b2a_uu(PDF[i : i + 45]) for i in range(0, len(PDF), 45))
        encoded = b"begin 644 scan.pdf\n" + lines + b"`\nend\n"
        assert self.read(encoded, "x-uuencode")[0] == PDF
        letter = read_message(HEAD + b"\r\nSee below\n" + encoded + b"regards\n")
        assert [(leaf.name, leaf.data) for leaf in letter.leaves] == [("scan.pdf", PDF)]
        assert letter.text.split() == ["See", "below", "regards"]


class TestContentHash:
    def test_the_same_mail_by_another_path_has_the_same_hash(self) -> None:
        one = b"Received: by mx1\r\nReturn-Path: <a@x>\r\nAuthentication-Results: mx; spf=pass\r\n" + HEAD + b"\r\nbody\r\nend\r\n"
        other = (
            b"Received: by mx2\nX-Added: y\n" + HEAD.replace(b"\r\n", b"\n").replace(b"Date: Tue,", b"Date:\n Tue,") + b"\nbody\nend\n\n\n"
        )
        assert read_message(one).content_sha256 == read_message(other).content_sha256

    @pytest.mark.parametrize(("old", "new"), [(b"1@example", b"2@example"), (b"Subject: x", b"Subject: y"), (b"body", b"bodY")])
    def test_another_mail_has_another(self, old: bytes, new: bytes) -> None:
        raw = HEAD + b"\r\nbody"
        assert read_message(raw).content_sha256 != read_message(raw.replace(old, new)).content_sha256


class TestHostile:
    """Each of these costs a naive reader minutes, its stack or an exception; together they must be done in no time (pytest's timeout)."""

    def test_more_parts_than_allowed(self) -> None:
        letter = read_message(message(*[part(b"%PDF-1.4", "Content-Type: application/pdf; name=a.pdf")] * 1000))
        assert 0 < len(letter.leaves) <= PARTS_LIMIT
        assert f"more than {PARTS_LIMIT} parts" in letter.problems

    def test_parts_nested_deeper_than_allowed(self) -> None:
        body = b""
        for i in range(500):
            body = multipart(body, boundary=f"b{i}")
        assert f"parts nested deeper than {DEPTH_LIMIT}" in read_message(HEAD + body).problems

    def test_messages_nested_deeper_than_allowed(self) -> None:
        body = b"Subject: innermost\r\n\r\ntext"
        for _ in range(500):
            body = b"Content-Type: message/rfc822\r\n\r\n" + body
        assert f"parts nested deeper than {DEPTH_LIMIT}" in read_message(body).problems

    @pytest.mark.parametrize(
        "value",
        [b"=?utf-8?q?" * 10_000, b'"' * 100_000, b"(" * 100_000, b";a=" * 33_000, b"\\" * 100_000, b"=?a?b?AA?= " * 9_000, b" " * 100_000],
    )
    @pytest.mark.parametrize("name", [b"From", b"Subject", b"Content-Type", b"Content-Disposition"])
    def test_evil_headers_of_100_kilobytes(self, name: bytes, value: bytes) -> None:
        letter = read_message(name + b": " + value + b"\r\n" + HEAD + b"\r\nbody")
        assert "body" in letter.text or letter.leaves or letter.problems

    def test_a_megabyte_of_lines_that_nearly_are_boundaries(self) -> None:
        letter = read_message(HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--bb\r\n" * 200_000)
        assert "multipart/mixed without its parts" in letter.problems

    def test_a_megabyte_of_markup_without_an_end(self) -> None:
        for markup in ("<" * 500_000, "<!--" * 200_000, "<script>" * 100_000, "&" * 500_000, "<p " + "a=b " * 200_000):
            assert isinstance(text_of_html(markup), str)

    def test_empty_and_blank_input(self) -> None:
        for raw in (b"", b"\n", b"\r\n\r\n", b":", b"\xff\xfe"):
            assert read_message(raw).leaves == ()


_PIECES = st.sampled_from(
    b"\r\n|\n|\n\n|--b|--b--|Content-Type: |multipart/mixed; boundary=b|message/rfc822|text/html; charset=|"
    b"Content-Transfer-Encoding: base64|begin 644 x\n|\nend|=?utf-8?b?|?=|filename*0*=|<p>|%PDF-1.4|\x00| |AAAA".split(b"|")
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(_PIECES, st.binary(max_size=20)), max_size=60))
def test_no_bytes_break_the_reader(pieces: list[bytes]) -> None:
    letter = read_message(b"".join(pieces))
    assert "\x00" not in letter.text
    assert len(letter.content_sha256) == 64
