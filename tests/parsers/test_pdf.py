"""PDF files: which text layers are believed, where words stand, and what is damaged."""

from __future__ import annotations

import math
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image
from weasyprint import HTML

from metering.messages import Fault, Sheet
from parsers.files.pictures import PictureError
from parsers.pdf import is_sound, open_pdf, trial
from parsers.pdf import text as pdf_text
from tests.parsers.pdf_drawing import LINES, PdfPage, checkered, image_object, text_lines, write_pdf

PLAIN = text_lines(*LINES)
SCAN = b"q 595 0 0 842 0 0 cm /Im0 Do Q\n"


def opened(data: bytes, folder: Path) -> list[Sheet]:
    return open_pdf(data, folder, "f" * 64, 20)[0]


def texts(sheet: Sheet) -> list[str]:
    assert sheet.words is not None
    return [word.text for word in sheet.words]


def place(sheet: Sheet, text: str) -> tuple[float, float]:
    assert sheet.words is not None
    return next((w.box.left, w.box.bottom) for w in sheet.words if w.text == text)


def test_a_sound_text_layer_gives_words_with_a_box_for_each_letter(tmp_path: Path) -> None:
    (sheet,) = opened(write_pdf(PdfPage(PLAIN)), tmp_path)
    assert " ".join(texts(sheet)) == " ".join(LINES)
    assert (sheet.number, sheet.width, sheet.height, sheet.pixels_per_inch) == (1, 595, 842, 100)
    for word in sheet.words or ():
        assert len(word.symbols) == len(word.text)
        assert word.box.left <= word.symbols[0].left < word.symbols[-1].right <= word.box.right
    left, bottom = place(sheet, "Hisobot")
    assert left == pytest.approx(60, abs=1)
    assert bottom == pytest.approx(842 - 780, abs=4)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_words_stand_where_the_upright_page_shows_them_whatever_its_rotation_and_boxes(tmp_path: Path, rotate: int) -> None:
    """Text drawn sideways, /Rotate set or not, MediaBox off zero, CropBox smaller: the result is one and the same upright page."""
    matrix = {0: "1 0 0 1 0 0", 90: "0 1 -1 0 842 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 595"}[rotate]
    media = (0, 0, 595, 842) if rotate in (0, 180) else (0, 0, 842, 595)
    content = f"q {matrix} cm\n".encode() + PLAIN + b"Q\n"
    crop = {0: (20, 0, 595, 832), 90: (10, 20, 842, 595), 180: (0, 10, 575, 842), 270: (0, 0, 832, 575)}[rotate]
    for declared in {0, rotate}:
        (sheet,) = opened(write_pdf(PdfPage(content, declared, media, crop)), tmp_path)
        assert (sheet.width, sheet.height) == (575, 832)
        assert " ".join(texts(sheet)) == " ".join(LINES)
        left, bottom = place(sheet, "Hisobot")
        assert left == pytest.approx(40, abs=1)
        assert bottom == pytest.approx(52, abs=4)
        with Image.open(tmp_path / sheet.picture) as picture:
            dots = picture.convert("L").point(lambda v: 255 if v < 128 else 0).getbbox()
        assert dots is not None
        assert dots[0] * 0.72 == pytest.approx(41, abs=2)
        assert dots[1] * 0.72 == pytest.approx(52 - 9, abs=3)


def test_a_mediabox_off_zero_does_not_move_the_words(tmp_path: Path) -> None:
    content = b"q 1 0 0 1 100 -50 cm\n" + PLAIN + b"Q\n"
    (sheet,) = opened(write_pdf(PdfPage(content, media=(100, -50, 695, 792))), tmp_path)
    left, bottom = place(sheet, "Hisobot")
    assert left == pytest.approx(60, abs=1)
    assert bottom == pytest.approx(62, abs=4)


@pytest.mark.parametrize("turn", ["0 1 -1 0", "0.87 0.5 -0.5 0.87"], ids=["a rotated head", "a slanted one"])
def test_a_thousand_beside_a_head_that_runs_another_way_is_kept(tmp_path: Path, turn: str) -> None:
    """«5 091,02»: its 5 was taken for a letter of a stamp that stands upright by chance."""
    head = f"BT /F0 10 Tf {turn} 190 735 Tm (Oldingi) Tj ET\n"
    (sheet,) = opened(write_pdf(PdfPage(PLAIN + (head + "BT /F0 10 Tf 1 0 0 1 185 722 Tm (5 091,02) Tj ET\n").encode())), tmp_path)
    assert " ".join(texts(sheet)).endswith(" 5 091,02")
    assert sheet.turned == ("Oldingi",)


@pytest.mark.parametrize(("turn", "foot", "next_line"), [("0 1 -1 0", 400, 12), ("0 -1 1 0", 480, -12)], ids=["up", "down"])
def test_three_heads_that_run_up_or_down_the_page_say_their_words_upright_each_in_its_place(
    tmp_path: Path, turn: str, foot: int, next_line: int
) -> None:
    heads = "".join(
        f"BT /F0 10 Tf {turn} {x + line * next_line} {foot} Tm ({text}) Tj ET\n"
        for x, lines in ((100, ("Zavod raqami",)), (200, ("Oldingi", "Gkal")), (300, ("Joriy",)))
        for line, text in enumerate(lines)
    )
    (sheet,) = opened(write_pdf(PdfPage(PLAIN + heads.encode())), tmp_path)
    assert " ".join(texts(sheet)) == " ".join([*LINES, "Zavod raqami Oldingi Gkal Joriy"])
    places = {word.text: word.box for word in sheet.words or ()}
    assert places["Zavod"].bottom <= places["raqami"].top
    assert places["Oldingi"].bottom <= places["Gkal"].top
    assert abs(places["Oldingi"].middle[0] - 200) < 20
    assert 842 - 480 < places["Gkal"].middle[1] < 842 - 400


def test_two_lines_that_run_up_the_page_s_edge_are_no_heads(tmp_path: Path) -> None:
    edge = "".join(f"BT /F0 10 Tf 0 1 -1 0 {x} 300 Tm (Hujjat imzolangan) Tj ET\n" for x in (20, 570))
    (sheet,) = opened(write_pdf(PdfPage(PLAIN + edge.encode())), tmp_path)
    assert " ".join(texts(sheet)) == " ".join(LINES)


def test_a_word_written_straight_across_the_page_is_kept_beside_the_lines_and_letters_along_a_curve_are_none(tmp_path: Path) -> None:
    across = "".join(f"BT /F0 60 Tf 0.82 0.57 -0.57 0.82 {100 + 49 * i} {300 + 34 * i} Tm ({c}) Tj ET\n" for i, c in enumerate("NAMUNA"))
    along = "".join(
        f"BT /F0 8 Tf {math.cos(a):.3f} {math.sin(a):.3f} {-math.sin(a):.3f} {math.cos(a):.3f} {400 - 40 * math.sin(a):.0f} "
        f"{150 + 40 * math.cos(a):.0f} Tm ({c}) Tj ET\n"
        for a, c in ((1.2 - 0.3 * i, c) for i, c in enumerate("TASHKENT"))
    )
    (sheet,) = opened(write_pdf(PdfPage(PLAIN + (across + along).encode())), tmp_path)
    assert [text.replace(" ", "") for text in sheet.turned] == ["NAMUNA"]
    assert " ".join(texts(sheet)) == " ".join(LINES)


def test_words_outside_the_visible_page_are_not_read(tmp_path: Path) -> None:
    (sheet,) = opened(write_pdf(PdfPage(PLAIN + text_lines("Yashirin", left=60, top=-300))), tmp_path)
    assert "Yashirin" not in texts(sheet)


def test_bold_printed_twice_is_one_number(tmp_path: Path) -> None:
    twice = text_lines("728331,80", left=300, top=600) + text_lines("728331,80", left=300, top=600).replace(b"300 600", b"300.3 600")
    (sheet,) = opened(write_pdf(PdfPage(PLAIN + twice)), tmp_path)
    assert texts(sheet)[-1] == "728331,80"


def test_a_space_that_ends_a_piece_of_text_parts_words_however_narrow(tmp_path: Path) -> None:
    """PDFium drops such a space; 2.6 points of gap are a fifth of the letters' size, which alone would join them."""
    piece = "BT /F0 12 Tf 1 0 0 1 {} 600 Tm ({}) Tj ET\n"
    (sheet,) = opened(write_pdf(PdfPage(PLAIN + (piece.format(60, "Joriy ") + piece.format(90.9, "728331,80")).encode())), tmp_path)
    assert texts(sheet)[-2:] == ["Joriy", "728331,80"]


def test_a_letter_that_reaches_below_its_line_stays_in_its_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of some subset fonts PDFium tells the foot of the print: of p and y another one than of the letters beside them."""
    told = pdf_text.pdfium_c.FPDFText_GetLooseCharBox

    def foot_of_print(layer: pdfium.PdfTextPage, i: int, box: pdf_text.pdfium_c.FS_RECTF) -> int:
        done = told(layer, i, box)
        box.bottom += 0 if chr(pdf_text.pdfium_c.FPDFText_GetUnicode(layer, i)) in "pyj," else 2.5
        return int(done)

    monkeypatch.setattr(pdf_text.pdfium_c, "FPDFText_GetLooseCharBox", foot_of_print)
    (sheet,) = opened(write_pdf(PdfPage(PLAIN)), tmp_path)
    assert " ".join(texts(sheet)) == " ".join(LINES)


def test_unseen_words_among_seen_ones_are_not_read(tmp_path: Path) -> None:
    (sheet,) = opened(write_pdf(PdfPage(text_lines(*LINES, *LINES, *LINES) + text_lines("999999,99", top=300, mode=3))), tmp_path)
    assert "999999,99" not in texts(sheet)


@pytest.mark.parametrize("explained", [True, False])
def test_glyphs_that_the_file_does_not_explain_are_known_by_their_font_or_the_layer_is_not_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, explained: bool
) -> None:
    said = "Отчет о потреблении тепловой энергии по договору № 02303 за октябрь 2026"
    html = f"<p style='font-family: DejaVu Sans'>{said}"
    pdf = HTML(string=html).write_pdf(uncompressed_pdf=True).replace(b"/ToUnicode", b"/NoUnicode")
    if not explained:
        monkeypatch.setattr(pdf_text, "letters_by_glyph", lambda font: {})
    (sheet,) = opened(pdf, tmp_path)
    assert (sheet.words and " ".join(texts(sheet))) == (said if explained else None)


def test_rules_within_forms_and_of_one_path_are_each_known(tmp_path: Path) -> None:
    grid = b"2 0 0 2 0 0 cm 30 200 m 200 200 l 30 150 m 200 150 l S\n"
    page = PdfPage(PLAIN, notes=[("300 500 500 540", b"0 10 m 100 10 l S\n")])
    page.content += b"q " + grid + b" Q\n"
    (sheet,) = opened(write_pdf(page), tmp_path)
    found = sorted((round(r.left), round(r.top), round(r.right)) for r in sheet.rules)
    assert found == [(60, 442, 400), (60, 542, 400), (300, 322, 500)]


def test_drawn_lines_and_thin_rectangles_are_rules(tmp_path: Path) -> None:
    drawn = b"60 500 m 400 500 l S\n60 400 300 0.5 re f\n60 300 200 50 re S\n60 200 200 50 re f\n"
    (sheet,) = opened(write_pdf(PdfPage(PLAIN + drawn)), tmp_path)
    across = sorted((round(r.left), round(r.top), round(r.right)) for r in sheet.rules if r.width > r.height)
    upwards = [r for r in sheet.rules if r.height > r.width]
    assert across == [(60, 342, 400), (60, 442, 360), (60, 492, 260), (60, 542, 260)]
    assert len(upwards) == 2


def test_what_a_pen_wrote_has_no_sides_and_a_rounded_frame_has(tmp_path: Path) -> None:
    pen = b"100 300 m 130 350 150 260 180 340 c 200 380 230 250 260 310 c S\n"
    corners = (b"390 500 l 396 500 400 504 400 510 c", b"400 590 l 400 596 396 600 390 600 c", b"70 600 l 64 600 60 596 60 590 c")
    frame = b" ".join((b"70 500 m", *corners, b"60 510 l 60 504 64 500 70 500 c S\n"))
    (sheet,) = opened(write_pdf(PdfPage(PLAIN + pen + frame)), tmp_path)
    assert sorted((round(r.left), round(r.top), round(r.right)) for r in sheet.rules if r.width > r.height) == [
        (60, 242, 400),
        (60, 342, 400),
    ]


def test_a_scan_is_rendered_at_its_own_resolution_between_200_and_300(tmp_path: Path) -> None:
    for width, height, dpi in ((620, 877, 200), (2067, 2924, 250), (4134, 5847, 300)):
        page = PdfPage(SCAN, image=image_object(width, height, (bytes(width // 2) + b"\xff" * (width - width // 2)) * height))
        (sheet,) = opened(write_pdf(page), tmp_path)
        assert sheet.words is None
        assert sheet.pixels_per_inch == pytest.approx(dpi, abs=1)
        with Image.open(tmp_path / sheet.picture) as picture:
            assert picture.width == pytest.approx(595 / 72 * dpi, abs=10)


def test_a_scan_of_usual_resolution_is_rendered_to_the_pixel(tmp_path: Path) -> None:
    width, height, dpi = 413, 501, 200  # 148.68 points in the file, which at 200 dpi are a little more than 413 pixels again
    pixels = bytes(range(5, 255)) * (width * height // 250 + 1)
    page = PdfPage(b"q 148.68 0 0 180.36 0 0 cm /Im0 Do Q\n", media=(0, 0, 148.68, 180.36))
    page.image = image_object(width, height, pixels[: width * height])
    (sheet,) = opened(write_pdf(page), tmp_path)
    assert sheet.pixels_per_inch == dpi
    with Image.open(tmp_path / sheet.picture) as picture:
        assert (picture.mode, picture.size) == ("L", (width, height))
        assert picture.tobytes() == pixels[: width * height]


def test_somebody_elses_ocr_behind_or_under_a_scan_is_not_believed(tmp_path: Path) -> None:
    behind = PdfPage(SCAN + PLAIN, image=image_object(400, 560, checkered(400, 560)))
    unseen = PdfPage(text_lines(*LINES, mode=3) + b"100 100 200 200 re f\n")
    for page in (behind, unseen):
        (sheet,) = opened(write_pdf(page), tmp_path)
        assert sheet.words is None
        assert sheet.pixels_per_inch is not None
        assert sheet.pixels_per_inch >= 200


def test_a_stamp_beside_the_text_does_not_spoil_the_layer(tmp_path: Path) -> None:
    page = PdfPage(PLAIN + b"q 120 0 0 120 300 100 cm /Im0 Do Q\n", image=image_object(64, 64, checkered(64, 64)))
    assert opened(write_pdf(page), tmp_path)[0].words is not None


def test_what_was_typed_into_a_note_is_read(tmp_path: Path) -> None:
    page = PdfPage(PLAIN, notes=[("300 500 400 520", text_lines("90210,55", left=2, top=4))])
    (sheet,) = opened(write_pdf(page), tmp_path)
    assert "90210,55" in texts(sheet)
    assert place(sheet, "90210,55") == pytest.approx((302, 842 - 504), abs=4)


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        (" ".join(LINES), True),
        ("Отчет о потреблении тепловой энергии по договору № 02303 за октябрь 2026 г. Счетчик 1234567", True),
        ("Иссиқлик энергияси бўйича ҳисобот, шартнома рақами 02303, ҳисоблагич 1234567", True),
        ("Issiqlik energiyasi bo‘yicha hisobot, shartnoma raqami 02303, hisoblagich 1234567", True),
        ("Отчет 02303", False),
        ("Îò÷åò î ïîòðåáëåíèè òåïëîâîé ýíåðãèè ïî äîãîâîðó ¹ 02303 çà îêòÿáðü 2026", False),
        ("РћС‚С‡РµС‚ Рѕ РїРѕС‚СЂРµР±Р»РµРЅРёРё С‚РµРїР»РѕРІРѕР№ СЌРЅРµСЂРіРёРё РїРѕ РґРѕРіРѕРІРѕСЂСѓ", False),
        ("нРВЕР Н ОНРПЕАКЕМХХ РЕОКНБНИ ЩМЕПЦХХ ОН ДНЦНБНПС гЮ НЙРЪАПЭ 2026 дНЦНБНП яВЕРВХЙ", False),
        ("(cid:12)(cid:44) " * 20 + " ".join(LINES), False),
        ("\ue001\ue002\ue003 " * 30 + "12345678901234567890" * 5, False),
        ("Issiqlik energiyasi isteʻmoli haqida maʻlumot. Oʻtgan oydagi koʻrsatkich, shu oydagi koʻrsatkich, issiq suv taʻminoti", True),
        ("Мeсячный прoтoкол учeта. Тeплocчeтчик: Дaтa, Tпoд, Tобp, Tнаp, потрeбитeль тeпловой энeргии", True),
    ],
)
def test_a_layer_is_sound_when_it_holds_words_of_our_alphabets(text: str, sound: bool) -> None:
    assert is_sound(text) is sound


def test_a_file_that_was_cut_off_is_damaged_and_never_a_blank_page(tmp_path: Path) -> None:
    page = PdfPage(SCAN, image=image_object(300, 420, bytes((x * 7919 + 13) % 251 for x in range(300 * 420))))
    whole = write_pdf(page, page)
    assert len(opened(whole, tmp_path)) == 2
    for share in (0.2, 0.5, 0.7):
        with pytest.raises(PictureError) as caught:
            opened(whole[: int(len(whole) * share)], tmp_path)
        assert caught.value.fault is Fault.DAMAGED


def test_an_image_that_does_not_decode_is_damage(tmp_path: Path) -> None:
    page = PdfPage(SCAN, image=image_object(300, 420, b"").replace(b"/FlateDecode", b"/DCTDecode  "))
    with pytest.raises(PictureError) as caught:
        opened(write_pdf(page), tmp_path)
    assert caught.value.fault is Fault.DAMAGED


def test_an_empty_back_side_is_a_page_but_a_file_of_empty_pages_is_damaged(tmp_path: Path) -> None:
    assert len(opened(write_pdf(PdfPage(PLAIN), PdfPage(b"")), tmp_path)) == 2
    with pytest.raises(PictureError) as caught:
        opened(write_pdf(PdfPage(b""), PdfPage(b"")), tmp_path)
    assert caught.value.fault is Fault.DAMAGED


def test_a_password_is_told_apart_from_damage(tmp_path: Path) -> None:
    locked = write_pdf(PdfPage(PLAIN)).replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>",
    )
    with pytest.raises(PictureError) as caught:
        opened(locked, tmp_path)
    assert caught.value.fault is Fault.ENCRYPTED


def test_form_fields_that_branch_without_an_end_are_damage_and_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "SECONDS", 1)
    fields = [f"{n} 0 obj\n<< /Kids [{n + 1} 0 R {n + 1} 0 R] /Parent {n - 1} 0 R >>\nendobj" for n in range(5, 35)]
    body = [
        "%PDF-1.4",
        "1 0 obj\n<< /Type /Catalog /Pages 2 0 R /AcroForm 4 0 R >>\nendobj",
        "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj",
        "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>\nendobj",
        "4 0 obj\n<< /Fields [5 0 R] /NeedAppearances true >>\nendobj",
        *fields,
        "35 0 obj\n<< /T (a) /FT /Tx /Parent 34 0 R >>\nendobj",
        "trailer\n<< /Size 36 /Root 1 0 R >>\n%%EOF",
    ]
    with pytest.raises(PictureError, match="have no end"):
        open_pdf("\n".join(body).encode(), tmp_path, "form", 20)


def test_junk_before_the_header_is_skipped(tmp_path: Path) -> None:
    assert texts(opened(b"HTTP/1.1 200 OK\r\n\r\n" + write_pdf(PdfPage(PLAIN)), tmp_path)[0])[0] == "Hisobot"


def test_pages_beyond_the_limit_are_left_out_and_said(tmp_path: Path) -> None:
    sheets, problems = open_pdf(write_pdf(*[PdfPage(PLAIN)] * 5), tmp_path, "f" * 64, 3)
    assert [sheet.number for sheet in sheets] == [1, 2, 3]
    assert problems == ["only the first 3 of 5 pages are read"]


def test_a_page_of_many_metres_is_made_smaller_or_refused(tmp_path: Path) -> None:
    (sheet,) = opened(write_pdf(PdfPage(b"0 0 5000 7000 re f\n", media=(0, 0, 10000, 14000))), tmp_path)
    assert sheet.pixels_per_inch is not None
    assert sheet.pixels_per_inch < 30
    with pytest.raises(PictureError) as caught:
        opened(write_pdf(PdfPage(PLAIN, media=(0, 0, 200000, 200000))), tmp_path)
    assert caught.value.fault is Fault.LIMIT
