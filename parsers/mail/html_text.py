"""What a person reads of an HTML part."""

from __future__ import annotations

import html
import re

MARKUP_LIMIT = 1_000_000  # characters of HTML that are looked at
_BREAKS = ("br", "p", "div", "tr", "li", "h1", "h2", "h3", "table", "/p", "/div", "/tr", "/li", "/h1", "/h2", "/h3", "/table")


def text_of_html(markup: str) -> str:
    """What a person reads of HTML, roughly, in one pass: no nesting is followed, so none can hurt."""
    markup = markup[:MARKUP_LIMIT]
    lower = markup.lower() if len(markup.lower()) == len(markup) else markup
    pieces: list[str] = []
    position = 0
    while (opening := markup.find("<", position)) >= 0:
        pieces.append(markup[position:opening])
        if markup.startswith("<!--", opening):
            closing, width = markup.find("-->", opening), 3
        else:
            closing, width = markup.find(">", opening), 1
        if closing < 0:
            position = len(markup)
            break
        tag = re.split(r"[\s>]", lower[opening + 1 : min(closing, opening + 20)], maxsplit=1)[0].rstrip("/")
        position = closing + width
        if tag in ("script", "style", "head", "title"):
            ended = lower.find(f"</{tag}", position)
            position = ended if ended >= 0 else len(markup)
        pieces.append("\n" if tag in _BREAKS else "\t" if tag in ("td", "th") else "")
    pieces.append(markup[position:])
    text = html.unescape("".join(pieces)).replace("\xa0", " ").replace("\x00", "")
    return "\n".join(line for line in (re.sub(r"[ \t\r\f]+", " ", line).strip() for line in text.split("\n")) if line)
