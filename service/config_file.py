"""Where settings come from: one TOML file, the environment, and secrets from systemd credentials; unknown keys are refused."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pydantic import ValidationError
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsError

from metering.errors import PermanentError
from service.config import SecretSettings, Settings


class _Loaded(Settings):
    """Settings whose constructor is given the file's content, which comes last."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, InitSettingsSource(settings_cls, {"secrets": _credentials()}), init_settings


def load_settings(file: Path | None = None) -> Settings:
    """Settings from the file given, else HISOBOT_CONFIG, else hisobot.toml in HISOBOT_HOME if there is one.

    The environment (HISOBOT_SECTION__KEY) comes before systemd's credentials, these before the file.
    Raises PermanentError that names the file and each wrong key, and never shows a value.
    """
    source = settings_file(file)
    content = _read(source) if source else {}
    strays = [name for name in unknown_variables() if "__" in name]
    if strays:
        raise PermanentError(f"environment: there is no such setting: {', '.join(strays)} (systemd/hisobot.toml has them all)")
    try:
        return _Loaded(**content)
    except ValidationError as error:
        raise PermanentError(f"settings ({source or 'no file'}): {_in_words(error)}") from None
    except SettingsError as error:  # a whole section in one variable; the text names it and does not show it
        raise PermanentError(f"settings: {error}; give each setting a variable of its own, HISOBOT_SECTION__KEY") from None


def settings_file(file: Path | None = None) -> Path | None:
    """The file that settings are read from, None if there is none. Raises PermanentError if one that was named does not exist."""
    given = os.environ.get("HISOBOT_CONFIG")
    named = file or (Path(given) if given else None)
    if named is not None:
        if not named.exists():
            raise PermanentError(f"settings file {named} does not exist; name another with --config or HISOBOT_CONFIG")
        return named
    usual = Path(os.environ.get("HISOBOT_HOME", "."), "hisobot.toml")
    return usual if usual.exists() else None


def unknown_variables() -> list[str]:
    """Variables of the environment that look like ours and are no setting: most likely misspelt."""
    known = {"HISOBOT_CONFIG", *(f"HISOBOT_{name.upper()}" for name in Settings.model_fields)}
    return sorted(name for name in os.environ if name.upper().startswith("HISOBOT_") and name.upper().partition("__")[0] not in known)


def _read(file: Path) -> dict[str, Any]:
    """The file's content. Raises PermanentError if it cannot be read or holds a secret."""
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise PermanentError(f"settings file {file} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise PermanentError(f"settings file {file} is not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise PermanentError(f"settings file {file} is not TOML: {error}") from None
    if "secrets" in content:
        raise PermanentError(
            f"settings file {file}: secrets do not belong into the file; remove [secrets] and hand each over as a systemd credential "
            'or as HISOBOT_SECRETS__NAME (docs/operation.md, "Credentials")'
        )
    if _holds_password(content.get("database_url")):
        raise PermanentError(
            f"settings file {file}: database_url holds a password, and secrets do not belong into the file; use peer authentication, "
            "a .pgpass file, or HISOBOT_DATABASE_URL"
        )
    return content


def _holds_password(url: object) -> bool:
    if not isinstance(url, str):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False  # storage says what is wrong with it
    return parts.password is not None or "password" in parse_qs(parts.query)


def _credentials() -> dict[str, str]:
    """Secrets that systemd handed over (LoadCredential=, systemd.exec(5)), by file name; the line's end is not part of one."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    if not folder:
        return {}
    found = {}
    for name in SecretSettings.model_fields:
        try:
            found[name] = Path(folder, name).read_text(encoding="utf-8").rstrip("\r\n")
        except FileNotFoundError:
            continue
        except OSError as error:
            raise PermanentError(f"the systemd credential {name} cannot be read: {error.strerror}") from None
        except UnicodeDecodeError:
            raise PermanentError(f"the systemd credential {name} is not UTF-8 text") from None
    return found


_FAULTS = {
    "extra_forbidden": "there is no such setting (systemd/hisobot.toml has them all)",
    "string_pattern_mismatch": "is no mail address",
    "too_short": "is empty",
}


def _in_words(error: ValidationError) -> str:
    """What is wrong and where, without the values: one of them may be a secret."""
    faults = error.errors(include_input=False, include_context=False, include_url=False)
    said = [_FAULTS.get(fault["type"], fault["msg"]).removeprefix("Value error, ") for fault in faults]
    return "; ".join(f"{_place(fault['loc'])}: {text}" for fault, text in zip(faults, said, strict=True))


def _place(place: tuple[int | str, ...]) -> str:
    """The setting as the person who has to mend it wrote it."""
    parts = [str(part) for part in place]
    variable = f"HISOBOT_{'__'.join(parts[:2])}".upper()
    if variable in os.environ:
        return variable
    return f"systemd credential {parts[-1]}" if parts[0] == "secrets" else ".".join(parts)
