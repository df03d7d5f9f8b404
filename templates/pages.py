"""The pages of both web faces: from a template and facts to HTML, with every text in the reader's language (docs/web.md)."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from metering.contracts import Language
from metering.periods import TASHKENT, Period
from templates import charts, sums, terms

FOLDER = Path(__file__).parent / "pages"
_HTML = jinja2.Environment(
    loader=jinja2.FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,  # else each template's file is looked at for each page
)
_HTML.globals.update(charts=charts, Language=Language, plural=terms.plural)
_HTML.filters["capitalize_first"] = lambda said: said[:1].upper() + said[1:]

#: BCP 47 tags of our languages.
TAGS = {Language.RUSSIAN: "ru", Language.UZBEK: "uz-Latn", Language.UZBEK_CYRILLIC: "uz-Cyrl"}


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands on every page of a face, whatever the page.

    url: the address of a path of this face; asset: the address of a file that we ship; csrf: goes into each form;
    account: who is logged in, None for a visitor; idle_seconds: after which the session ends; here: the path of this page.
    """

    face: str
    language: Language
    url: Callable[[str], str]
    asset: Callable[[str], str]
    csrf: str
    here: str
    account: str | None = None
    role: str | None = None
    idle_seconds: int = 0
    utility: str = ""


def render_page(template: str, frame: Frame, facts: Mapping[str, Any]) -> str:
    """The page as HTML. Raises KeyError for a text that is missing, UndefinedError for a fact that is."""
    given = {"frame": frame, "csrf_field": partial(_csrf_field, frame), **_words(frame.language), **facts}
    return _HTML.get_template(template).render(given)


def text(language: Language, key: str, **blanks: object) -> str:
    """A text by `file.name` or `file.group.name`, its {blanks} filled. Raises KeyError."""
    said: Any = texts(language)
    for part in key.split("."):
        said = said[part]
    return said.format_map(blanks) if blanks else said


@cache
def texts(language: Language) -> dict[str, Any]:
    """All texts of a language: templates/pages/texts/FILE.LANGUAGE.toml under the file's name."""
    found = {}
    for file in sorted((FOLDER / "texts").glob(f"*.{language.value}.toml")):
        found[file.name.split(".")[0]] = tomllib.loads(file.read_text(encoding="utf-8"))
    return found


def local_time(moment: dt.datetime) -> str:
    """25.10.2026 14:07, by Tashkent."""
    return f"{moment.astimezone(TASHKENT):%d.%m.%Y %H:%M}"


def short_date(date: dt.date) -> str:
    return f"{date:%d.%m.%Y}"


def short_month(period: Period) -> str:
    return f"{period.month:02d}.{period.year}"


def _csrf_field(frame: Frame) -> Markup:
    """What each form begins with: the proof that it came from a page of ours."""
    return Markup('<input type="hidden" name="csrf" value="{}">').format(frame.csrf)


@cache
def _words(language: Language) -> dict[str, Any]:
    return {
        "t": partial(text, language),
        "lang": TAGS[language],
        "day": lambda date: terms.day(date, language),
        "month": lambda period: terms.month(period, language),
        "local_day": lambda moment: terms.local_day(moment, language),
        "clock_time": terms.clock_time,
        "local_time": local_time,
        "short_date": short_date,
        "short_month": short_month,
        "number": terms.number,
        "money": sums.money,
        "unit_name": lambda unit: terms.unit_name(unit, language),
        "meter_name": lambda kind: terms.meter_name(kind, language),
        "file_size": lambda size: terms.file_size(size, language),
    }
