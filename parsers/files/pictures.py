"""Photos and scans that came as pictures: decoded within limits, turned upright by EXIF, written anew in our own plain format."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageFile, ImageOps, ImageSequence

from metering.messages import Fault, FileKind, Sheet
from parsers.files.plain import write_plain
from parsers.files.sniff import picture_size
from parsers.files.spreads import parted

PIXELS_LIMIT = 40_000_000
KEPT_PIXELS = 16_000_000  # A4 at 400 dpi; what is larger is made smaller before it is written
TINY = (200, 200)  # pixels; no page of a report is that small
_FORMATS = {
    FileKind.JPEG: "JPEG",
    FileKind.PNG: "PNG",
    FileKind.TIFF: "TIFF",
    FileKind.HEIC: "HEIF",
    FileKind.WEBP: "WEBP",
    FileKind.BMP: "BMP",
    FileKind.GIF: "GIF",
}

Image.MAX_IMAGE_PIXELS = PIXELS_LIMIT


class PictureError(Exception):
    """A picture cannot be read; `fault` says in which way."""

    def __init__(self, fault: Fault, text: str) -> None:
        super().__init__(text)
        self.fault = fault


@contextmanager
def _bombs_are_errors() -> Iterator[None]:
    """Odd metadata, of which Pillow warns, spoils no picture; a bomb is refused, and so is half a picture."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on for the whole process that imports it
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _open(data: bytes, kind: FileKind) -> Image.Image:
    if kind is FileKind.HEIC:
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False, decode_threads=1)
    try:
        with _bombs_are_errors():
            picture = Image.open(BytesIO(data), formats=[_FORMATS[kind]])
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise PictureError(Fault.LIMIT, f"over {PIXELS_LIMIT} pixels") from error
    except Exception as error:  # Pillow's plugins let every kind of exception out
        raise PictureError(Fault.DAMAGED, f"no {kind}: {type(error).__name__}") from error
    if picture.width * picture.height > PIXELS_LIMIT:
        raise PictureError(Fault.LIMIT, f"{picture.width} x {picture.height} pixels")
    return picture


def size_of(data: bytes, kind: FileKind) -> tuple[int, int] | None:
    """Width and height in pixels without decoding; None where the bytes do not say."""
    if kind in (FileKind.GIF, FileKind.BMP) or kind not in _FORMATS:
        return picture_size(data)
    try:
        return _open(data, kind).size
    except PictureError:
        return None


def open_small(data: bytes, kind: FileKind) -> Image.Image:
    """The first picture of a file, upright, in RGB or grey: to be set into a page. Raises PictureError."""
    return _decoded(_open(data, kind))[0]


def open_picture(data: bytes, kind: FileKind, folder: Path, stem: str, pages_limit: int, first: int = 1) -> tuple[list[Sheet], list[str]]:
    """Sheets of a picture file, numbered from `first`, with their pictures written into `folder`, and problems.

    Raises PictureError.
    """
    picture = _open(data, kind)
    if picture.width < TINY[0] and picture.height < TINY[1]:
        raise PictureError(Fault.NOT_A_REPORT, f"only {picture.width} x {picture.height} pixels")
    sheets: list[Sheet] = []
    problems: list[str] = []
    for frame in _frames(picture, kind):
        upright, resolution = _decoded(frame)
        for page in parted(upright):
            number = first + len(sheets)
            if len(sheets) >= pages_limit:
                problems.append(f"only the first {pages_limit} pages are read")
                return sheets, problems
            sheets.append(_sheet(page, resolution, folder / f"{stem}-{number}", number))
    return sheets, problems


def _frames(picture: Image.Image, kind: FileKind) -> Iterator[Image.Image]:
    """All pages of a TIFF; the first frame of anything else (a HEIC burst, an animated PNG)."""
    if kind is not FileKind.TIFF:
        yield picture
        return
    try:
        yield from ImageSequence.Iterator(picture)
    except Exception as error:  # a damaged directory of a TIFF: Pillow raises what its code happens to hit
        raise PictureError(Fault.DAMAGED, f"damaged pages: {type(error).__name__}") from error


def _decoded(frame: Image.Image) -> tuple[Image.Image, float | None]:
    """The frame in RGB or grey, upright, of at most KEPT_PIXELS, and its pixels per inch where it tells them plausibly."""
    width, height = frame.size
    if width * height > PIXELS_LIMIT:
        raise PictureError(Fault.LIMIT, f"{width} x {height} pixels")
    resolution = _resolution(frame)
    try:
        with _bombs_are_errors():
            if width * height > KEPT_PIXELS:
                scale = (KEPT_PIXELS / (width * height)) ** 0.5
                frame.draft(None, (int(width * scale), int(height * scale)))
            frame.load()
            upright = _flat(ImageOps.exif_transpose(frame))
            if upright.width * upright.height > KEPT_PIXELS:
                scale = (KEPT_PIXELS / (upright.width * upright.height)) ** 0.5
                smaller = int(upright.width * scale), int(upright.height * scale)
                upright = upright.resize(smaller, Image.Resampling.LANCZOS, reducing_gap=2.0)
    except Exception as error:  # truncated or malformed data: OSError, SyntaxError, struct.error, ...
        raise PictureError(Fault.DAMAGED, f"cannot be decoded: {type(error).__name__}") from error
    if resolution is not None:
        resolution *= max(upright.size) / max(width, height)
    return upright, resolution


def _flat(picture: Image.Image) -> Image.Image:
    """Without alpha and palette, white behind what is transparent."""
    if picture.mode in ("1", "L"):
        return picture.convert("L")
    if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
        low, high = picture.getextrema()
        spread = max(1, high - low)
        return picture.convert("F").point(lambda v: (v - low) * (255 / spread)).convert("L")
    if picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in picture.info:
        over = picture.convert("RGBA")
        paper = Image.new("RGBA", over.size, "white")
        return Image.alpha_composite(paper, over).convert("RGB")
    return picture.convert("RGB")


def _resolution(frame: Image.Image) -> float | None:
    """Scanners tell the truth (75 to 1200); phones and editors write 72 or 96 without a meaning."""
    try:
        across, down = (float(v) for v in frame.info["dpi"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    if not (100 <= across <= 1200 and abs(across - down) < 0.02 * across):
        return None
    inches = max(frame.size) / across
    return across if 4 <= inches <= 48 else None


def _sheet(picture: Image.Image, resolution: float | None, stem: Path, number: int) -> Sheet:
    """Where the resolution is unknown the longer side is taken for A4's, so that points mean something."""
    points = 72 / resolution if resolution else 842 / max(picture.size)
    return Sheet(
        number=number,
        width=round(picture.width * points, 2),
        height=round(picture.height * points, 2),
        words=None,
        picture=write_plain(np.asarray(picture), stem),
        pixels_per_inch=round(resolution, 2) if resolution else None,
    )
