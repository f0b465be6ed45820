"""Settings from the environment and `.env`; one error names all that is missing or wrong."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

TELEGRAM = "https://api.telegram.org"
TOKEN_SHAPE = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
_SECRET_SHAPE = re.compile(r"[A-Za-z0-9_-]{1,256}")
_WEBHOOK_PORTS = (443, 80, 88, 8443)

# What to do about a value that cannot even be read as what it should be. Values are never echoed: a token pasted into
# the wrong line must not end up in a log.
_ADVICE = {
    "PORT": "PORT must be a whole number from 1 to 65535.",
    "BULK_RATE": "BULK_RATE must be a whole number from 1 to 30: messages a second sent unasked.",
    "ORGANISER_IDS": "ORGANISER_IDS must be Telegram ids (whole numbers) with commas between; /organiser tells yours.",
    "LOG_LEVEL": "LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR.",
    "LOG_FORMAT": "LOG_FORMAT must be text or json.",
    "BACKUP_FOLDER": "BACKUP_FOLDER must be the path of a folder, such as /var/backups/ghid.",
    "BACKUPS_KEPT": "BACKUPS_KEPT must be a whole number from 0 (no nightly backups) to 365.",
    "DATABASE_PATH": "DATABASE_PATH must be the path of a file, such as data/ghid.db.",
}


class SettingsError(Exception):
    """Something in the environment is missing or wrong; ``problems`` are sentences that say what to do."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _stripped(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _upper(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


def _lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def _ids(value: object) -> object:
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


def _is_file_path(path: Path) -> Path:
    if path.is_dir():
        raise ValueError("DATABASE_PATH is a folder; name a file in it, such as data/ghid.db.")
    return path


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for a port that is no number
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and parts.hostname else None


class StorageSettings(BaseSettings):
    """What every command that opens the database needs."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    database_path: Annotated[Path, BeforeValidator(_stripped), AfterValidator(_is_file_path)] = Path("data/ghid.db")
    backup_folder: Annotated[Path | None, BeforeValidator(_stripped)] = None
    backups_kept: int = Field(default=14, ge=0, le=365)
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = "INFO"
    log_format: Annotated[Literal["text", "json"], BeforeValidator(_lower)] = "text"

    @classmethod
    def load(cls) -> Self:
        """Read the environment, then `.env` in the working directory for what the environment leaves open.

        Raises:
            SettingsError: with every problem at once, without any value.
        """
        try:
            return cls()
        except ValidationError as error:
            problems = [_sentence(str(found["loc"][0]), found["type"], found["msg"]) for found in error.errors()]
        except UnicodeDecodeError:
            problems = ["The file .env is not UTF-8 text; save it as UTF-8."]
        except OSError as error:
            problems = [f"The file .env cannot be read: {error.strerror}."]
        raise SettingsError(tuple(problems))


class Settings(StorageSettings):
    """What the running bot needs. Keyword arguments win over the environment."""

    # An empty default, refused by the validator, so that "missing" is told in our words together with the rest.
    telegram_bot_token: SecretStr = Field(default=SecretStr(""), validate_default=True)
    telegram_api_url: Annotated[str, BeforeValidator(_stripped)] = TELEGRAM
    webhook_url: Annotated[str | None, BeforeValidator(_stripped)] = None
    webhook_secret: SecretStr | None = Field(default=None, validate_default=True)
    port: int | None = Field(default=None, ge=1, le=65535, validate_default=True)
    bulk_rate: int = Field(default=20, ge=1, le=30)
    organiser_ids: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_ids)] = ()

    @field_validator("telegram_bot_token")
    @classmethod
    def _token_has_its_shape(cls, value: SecretStr) -> SecretStr:
        token = value.get_secret_value().strip()
        if not token:
            raise ValueError("TELEGRAM_BOT_TOKEN is missing; @BotFather gives you one: send it /newbot.")
        if not TOKEN_SHAPE.fullmatch(token):
            raise ValueError(
                "TELEGRAM_BOT_TOKEN is no bot token; copy it whole from @BotFather (digits, a colon, 35 characters)."
            )
        return SecretStr(token)

    @field_validator("telegram_api_url")
    @classmethod
    def _api_is_scheme_and_host(cls, value: str) -> str:
        url = value.rstrip("/")
        parts = _split(url)
        if parts is None or parts.path or parts.query or parts.fragment or "@" in parts.netloc:
            raise ValueError(
                f"TELEGRAM_API_URL must be scheme and host alone, such as {TELEGRAM} (which is what it is by itself)."
            )
        return url

    @field_validator("webhook_url")
    @classmethod
    def _webhook_can_be_reached(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None:
            return None
        parts = _split(value)
        if parts is None or parts.fragment:
            raise ValueError(
                "WEBHOOK_URL must be the bot's own public address, such as https://ghid.example.org/telegram."
            )
        if re.search("[{}]", parts.path):  # our web server would take it for a place to fill in
            raise ValueError("WEBHOOK_URL must not hold { or } in its path; name another, such as /telegram.")
        # A Bot API server of one's own may call any address; Telegram's calls https on four ports.
        if info.data.get("telegram_api_url") == TELEGRAM:
            if parts.scheme != "https":
                raise ValueError("WEBHOOK_URL must begin with https://; Telegram sends updates nowhere else.")
            if (parts.port or 443) not in _WEBHOOK_PORTS:
                raise ValueError("WEBHOOK_URL must use port 443, 80, 88 or 8443; Telegram calls no other.")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _webhook_has_a_secret(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if value is None:
            if _webhook_is_wanted(info):
                raise ValueError("WEBHOOK_SECRET is missing; make one with: openssl rand -hex 32")
            return None
        if not _SECRET_SHAPE.fullmatch(value.get_secret_value().strip()):
            raise ValueError("WEBHOOK_SECRET may hold A-Z, a-z, 0-9, _ and - only, at most 256 of them.")
        return SecretStr(value.get_secret_value().strip())

    @field_validator("port")
    @classmethod
    def _webhook_has_a_port(cls, value: int | None, info: ValidationInfo) -> int | None:
        if value is None and _webhook_is_wanted(info):
            raise ValueError("PORT is missing; WEBHOOK_URL needs the port on which the bot listens, such as 8080.")
        return value


class GivenSettings(Settings):
    """Settings from keyword arguments and defaults alone: neither the environment nor `.env` is looked at."""

    model_config = SettingsConfigDict(env_file=None)  # which would be read all the same

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic-settings' signature
        init_settings: PydanticBaseSettingsSource,
        *_: PydanticBaseSettingsSource,
        **__: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Leave all sources out but the arguments."""
        return (init_settings,)


def _webhook_is_wanted(info: ValidationInfo) -> bool:
    # A field that was refused is absent from `data`: somebody did set it.
    return info.data.get("webhook_url", "refused") is not None


def _sentence(field: str, kind: str, message: str) -> str:
    name = field.upper()
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    return _ADVICE.get(name, f"{name} cannot be read as what it should be.")
