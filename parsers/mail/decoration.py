"""What belongs to a letter and not to its sender's report: logos, lines, signatures, calendars, scraps of text (docs/opening.md)."""

from __future__ import annotations

import re

from metering.messages import FileKind
from parsers.mime import Leaf

_PICTURES = frozenset((FileKind.JPEG, FileKind.PNG, FileKind.TIFF, FileKind.HEIC, FileKind.WEBP, FileKind.BMP, FileKind.GIF))
#: Parts that mail programs add and nobody means as a report.
_FURNITURE = re.compile(
    r"application/(pkcs7-signature|x-pkcs7-signature|pgp-signature|pgp-keys|ics)|"
    r"text/(calendar|x-vcard|vcard|directory|rfc822-headers|x-amp-html)|"
    r"message/(delivery-status|disposition-notification|global-delivery-status|feedback-report)"
)
_LOGO_PIXELS = 300 * 200
_CITED_LOGO_PIXELS = 600 * 300
_SCRAP_BYTES = 2000  # the ATT00001.txt that phones and Exchange cut a text into


def is_furniture(content_type: str) -> bool:
    return _FURNITURE.fullmatch(content_type) is not None


def is_decoration(leaf: Leaf, kind: FileKind, markup: str) -> bool:
    """A logo or a line of a signature: small in pixels; where the text shows it in place, a bit larger or banner-shaped too."""
    if kind not in (*_PICTURES, FileKind.OTHER):
        return False
    if leaf.content_type.startswith("text/"):
        return len(leaf.data) <= _SCRAP_BYTES
    from parsers.files.pictures import size_of

    size = size_of(leaf.data, kind)
    if size is None:
        return False
    width, height = size
    if width * height <= _LOGO_PIXELS or min(width, height) <= 64:
        return True
    cited = bool(leaf.content_id) and leaf.inline and f"cid:{leaf.content_id}" in markup
    return cited and (width * height <= _CITED_LOGO_PIXELS or max(width, height) > 3 * min(width, height))
