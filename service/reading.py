"""Steps 4 and 5, read and extract: one opened file -> the reports it holds. Runs inside a reader process.

This is where `ocr` and `parsers` meet: extraction asks the second reader about each deciding number.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from metering.messages import OpenedFile, Sheet
from metering.pages import Page, PageSource
from metering.reports import Report
from ocr.reader import PageReader, ReadPage
from parsers.fields import extract
