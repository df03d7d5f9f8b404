"""Pictures: formats, orientation, pages, and what must be refused before it is decoded."""

from __future__ import annotations

import contextlib
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from metering.messages import Fault, FileKind, Sheet
from parsers.files.pictures import KEPT_PIXELS, PictureError, open_picture, size_of
from parsers.files.sniff import sniff

STEM = "e" * 64
ORIENTATION = 0x0112


def page(width: int = 600, height: int = 800, mode: str = "RGB") -> Image.Image:
    """White with a red square in the top left corner, so that it shows which way is up."""
    picture = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(picture).rectangle((0, 0, width // 4, width // 4), fill="red")
    return picture.convert(mode)


def encoded(picture: Image.Image, form: str, **options: object) -> bytes:
    if form == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
    out = BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def opened(data: bytes, folder: Path, pages: int = 20) -> list[Sheet]:
    return open_picture(data, sniff(data), folder, STEM, pages)[0]


def is_upright(folder: Path, sheet: Sheet) -> bool:
    with Image.open(folder / sheet.picture) as picture:
        red, green, _ = picture.convert("RGB").getpixel((20, 20))
        return red > 200 > 90 > green


def refused(data: bytes, folder: Path) -> Fault:
    with pytest.raises(PictureError) as caught:
        opened(data, folder)
    return caught.value.fault


@pytest.mark.parametrize(
    ("form", "kind"), [("JPEG", FileKind.JPEG), ("PNG", FileKind.PNG), ("TIFF", FileKind.TIFF), ("HEIF", FileKind.HEIC)]
)
def test_every_format_becomes_a_plain_picture_of_the_same_size(tmp_path: Path, form: str, kind: FileKind) -> None:
    data = encoded(page(), form)
    assert sniff(data) is kind
    assert size_of(data, kind) == (600, 800)
    (sheet,) = opened(data, tmp_path)
    assert sheet.picture == f"{STEM}-1.ppm"
    assert (tmp_path / sheet.picture).read_bytes()[:15] == b"P6\n600 800\n255\n"
    assert (sheet.width, sheet.height, sheet.words, sheet.pixels_per_inch) == (631.5, 842, None, None)
    assert is_upright(tmp_path, sheet)


@pytest.mark.parametrize(("form", "orientation"), [(f, o) for f in ("JPEG", "TIFF", "PNG") for o in (3, 6, 8)])
def test_the_orientation_of_the_camera_is_undone(tmp_path: Path, form: str, orientation: int) -> None:
    turned = page().transpose({3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}[orientation])
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    (sheet,) = opened(encoded(turned, form, exif=exif), tmp_path)
    assert sheet.height > sheet.width
    assert is_upright(tmp_path, sheet)


def test_a_heic_turned_by_the_phone_stands_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    (sheet,) = opened(encoded(page().transpose(Image.Transpose.ROTATE_90), "HEIF", exif=exif.tobytes()), tmp_path)
    assert sheet.height > sheet.width
    assert is_upright(tmp_path, sheet)


@pytest.mark.parametrize(("mode", "ending"), [("L", "pgm"), ("1", "pgm"), ("P", "ppm"), ("RGBA", "ppm"), ("LA", "pgm"), ("I;16", "pgm")])
def test_every_mode_becomes_colour_or_grey(tmp_path: Path, mode: str, ending: str) -> None:
    source = page(mode="L").point(lambda v: v * 257, "I").convert("I;16") if mode == "I;16" else page(mode=mode)
    (sheet,) = opened(encoded(source, "PNG"), tmp_path)
    assert sheet.picture.endswith(ending)
    with Image.open(tmp_path / sheet.picture) as picture:
        assert picture.convert("L").getpixel((500, 700)) == 255
        assert picture.convert("L").getpixel((20, 20)) < 120


def test_what_is_transparent_is_paper(tmp_path: Path) -> None:
    (sheet,) = opened(encoded(Image.new("RGBA", (400, 400), (0, 0, 0, 0)), "PNG"), tmp_path)
    with Image.open(tmp_path / sheet.picture) as picture:
        assert picture.convert("L").getextrema() == (255, 255)


def test_all_pages_of_a_fax_are_sheets_up_to_the_limit(tmp_path: Path) -> None:
    data = encoded(page(mode="1"), "TIFF", save_all=True, append_images=[page(mode="1")] * 4, compression="group4", dpi=(200, 200))
    assert [sheet.number for sheet in opened(data, tmp_path)] == [1, 2, 3, 4, 5]
    sheets, problems = open_picture(data, FileKind.TIFF, tmp_path, STEM, 2)
    assert len(sheets) == 2
    assert problems == ["only the first 2 pages are read"]


def test_a_scanner_s_resolution_is_believed_and_a_phone_s_is_not(tmp_path: Path) -> None:
    (scan,) = opened(encoded(page(1654, 2339), "JPEG", dpi=(200, 200)), tmp_path)
    (photo,) = opened(encoded(page(1654, 2339), "JPEG", dpi=(72, 72)), tmp_path)
    assert (scan.pixels_per_inch, round(scan.width), round(scan.height)) == (200, 595, 842)
    assert photo.pixels_per_inch is None


def test_a_very_large_photo_is_made_smaller(tmp_path: Path) -> None:
    (sheet,) = opened(encoded(Image.new("L", (6000, 5000), 200), "PNG", dpi=(400, 400)), tmp_path)
    with Image.open(tmp_path / sheet.picture) as picture:
        assert picture.width * picture.height <= KEPT_PIXELS
        assert sheet.pixels_per_inch == pytest.approx(400 * picture.width / 6000, abs=0.1)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it is very large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(bytes(999)))
    )


@pytest.mark.parametrize("size", [(7000, 6000), (13000, 13000), (60000, 60000)])
def test_a_bomb_is_refused_before_it_is_decoded(tmp_path: Path, size: tuple[int, int]) -> None:
    assert refused(bomb(*size), tmp_path) is Fault.LIMIT
    assert list(tmp_path.iterdir()) == []


def test_a_tiny_picture_can_be_no_report(tmp_path: Path) -> None:
    assert refused(encoded(page(120, 90), "PNG"), tmp_path) is Fault.NOT_A_REPORT


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "HEIF"])
def test_a_truncated_picture_is_damaged_and_never_half_grey(tmp_path: Path, form: str) -> None:
    noise = Image.effect_noise((600, 800), 90).convert("RGB")
    data = encoded(noise, form)
    for share in (0.05, 0.5, 0.9):
        assert refused(data[: int(len(data) * share)], tmp_path) is Fault.DAMAGED


def test_a_tiff_whose_directories_loop_ends(tmp_path: Path) -> None:
    data = bytearray(encoded(page(mode="L"), "TIFF"))
    directory = struct.unpack("<I", data[4:8])[0]
    entries = struct.unpack("<H", data[directory : directory + 2])[0]
    data[directory + 2 + 12 * entries : directory + 6 + 12 * entries] = struct.pack("<I", directory)
    sheets, problems = open_picture(bytes(data), FileKind.TIFF, tmp_path, STEM, 5)
    assert len(sheets) <= 5
    assert bool(problems) == (len(sheets) == 5)


def test_an_animated_png_gives_its_first_picture(tmp_path: Path) -> None:
    data = encoded(page(), "PNG", save_all=True, append_images=[Image.new("RGB", (600, 800), "blue")])
    assert len(opened(data, tmp_path)) == 1


_SEEDS = {form: encoded(page(300, 300), form) for form in ("JPEG", "PNG", "TIFF")}


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=st.sampled_from(sorted(_SEEDS)), changes=st.lists(st.tuples(st.integers(8, 400), st.integers(0, 255)), min_size=1, max_size=8))
def test_damage_gives_sheets_or_a_fault_and_nothing_else(tmp_path: Path, form: str, changes: list[tuple[int, int]]) -> None:
    data = bytearray(_SEEDS[form])
    for position, value in changes:
        data[position % len(data)] = value
    if sniff(bytes(data)) is FileKind.OTHER:
        return
    with contextlib.suppress(PictureError):  # any other exception fails the test
        assert opened(bytes(data), tmp_path)
