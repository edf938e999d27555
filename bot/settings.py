"""Every setting, with its default and its check, read once from ``.env`` and the environment.

A setting may also be given as ``NAME_FILE``, the path of a file that holds it (for secrets).
``.env.example`` lists them all; a test holds the two together.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

_NOT_UTF8 = "not UTF-8 text; save it as UTF-8"
_SEPARATORS = re.compile(r"[\s,;]+")


class SettingsError(Exception):
    """A setting is missing or wrong. ``problems`` maps its name to what is wrong with it."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {problem}" for name, problem in problems.items()))
        self.problems = dict(problems)


class Settings(BaseSettings):
    """The settings of one bot, frozen. Secrets do not show in ``repr`` or logs."""

    model_config = SettingsConfigDict(
        env_file_encoding="utf-8-sig", env_ignore_empty=True, extra="ignore", frozen=True
    )

    telegram_bot_token: SecretStr | None = Field(None, description="from @BotFather")
    telegram_allowed: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="ids of the chats (or people) that may use the bot; * lets everybody"
    )
    telegram_owner: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="ids of the people who run the bot; else the first person allowed"
    )
    telegram_api: str = Field("https://api.telegram.org", description="another Bot API server")
    feeds: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="addresses of RSS, Atom or JSON feeds"
    )
    poll_seconds: int = Field(300, ge=10, le=86_400, description="how often feeds are visited")
    hold_seconds: int = Field(
        20, ge=0, le=600, description="how long the first report of a story waits for better ones"
    )
    database: Path = Field(Path("data/tickerbell.db"), description="the SQLite file")
    companies_file: Path | None = Field(None, description="your own companies and aliases (CSV)")
    language: Literal["zh-TW", "en"] = Field("zh-TW", description="of chats that chose none")
    zone: str = Field("Asia/Taipei", description="time zone of chats that chose none")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment comes as an argument of ``load``; nothing is read behind its back."""
        return init_settings, dotenv_settings

    @field_validator("telegram_allowed", "telegram_owner", "feeds", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """Lists may be separated by commas, semicolons, spaces or lines."""
        return tuple(p for p in _SEPARATORS.split(value) if p) if isinstance(value, str) else value

    @field_validator("feeds")
    @classmethod
    def _are_addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        wrong = [v for v in value if not v.startswith(("http://", "https://"))]
        if wrong:
            raise ValueError(f"not an http(s) address: {wrong[0]}")
        return value

    @field_validator("telegram_api")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        scheme, _, rest = value.partition("://")
        if scheme not in {"http", "https"} or not rest.strip("/"):
            raise ValueError(f"not an http(s) address: {value}")
        return value

    @field_validator("zone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: Asia, a folder
            raise ValueError(f"no such time zone: {value} (for example Asia/Taipei)") from error
        return value


def load(env_file: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings from ``env_file`` (if it exists), overridden by ``environ``.

    Raises SettingsError naming every setting that is wrong.
    """
    environ = os.environ if environ is None else environ
    known = Settings.model_fields
    given: dict[str, Any] = {k.lower(): v for k, v in environ.items() if v and k.lower() in known}
    given |= _from_files(environ)
    try:
        return Settings(
            _env_file=env_file if env_file and env_file.is_file() else None,  # type: ignore[call-arg]
            **given,
        )
    except UnicodeDecodeError as error:
        raise SettingsError({str(env_file): _NOT_UTF8}) from error
    except ValidationError as error:
        raise SettingsError(
            {str(e["loc"][0]).upper(): e["msg"] for e in error.errors(include_input=False)}
        ) from error


def _from_files(environ: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for name in Settings.model_fields:
        path = environ.get(f"{name.upper()}_FILE")
        if not path:
            continue
        try:
            found[name] = Path(path).read_text("utf-8").strip()
        except OSError as error:
            raise SettingsError({f"{name.upper()}_FILE": f"{path}: {error.strerror}"}) from error
        except UnicodeDecodeError as error:
            raise SettingsError({f"{name.upper()}_FILE": f"{path}: {_NOT_UTF8}"}) from error
    return found
