"""The settings of a command: read when it begins, so that --help and a wrong usage need none."""

from __future__ import annotations

from pathlib import Path

import typer

from service.config import Settings
from service.config_file import load_settings


def config_of(context: typer.Context) -> Path | None:
    """The file that --config names."""
    return context.find_root().params["config"]


def settings_of(context: typer.Context) -> Settings:
    """Raises PermanentError that names the file and each wrong key."""
    return load_settings(config_of(context))
