"""What the surroundings may say: every setting read from the environment, with its type.

A value that is wrong stops the program at once, with the variable's name and what to do.
"""

import re
import sys
from functools import cache
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "KLEINVERZET_"
# Scheme, host and perhaps a port: what may stand in a header as the name of a site.
_ORIGIN = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::[0-9]{1,5})?"
)
PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parents[1]
IS_CHECKOUT = PACKAGE.parent.name == "src" and (CHECKOUT / "pyproject.toml").exists()


def _default_data() -> Path:
    return (CHECKOUT if IS_CHECKOUT else Path.cwd()) / "var"


def _default_content() -> Path:
    return (CHECKOUT if IS_CHECKOUT else PACKAGE) / "content"


class Environment(BaseSettings):
    """The settings, one variable each: `data` is read from `KLEINVERZET_DATA`, and so on."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="ignore", env_ignore_empty=True
    )

    data: Path = Field(
        default_factory=_default_data,
        description="Folder for the database, the secrets and prepared files.",
    )
    content: Path = Field(
        default_factory=_default_content, description="Folder with acts, values and helplines."
    )
    database: str = Field(
        default="",
        description="Address of a PostgreSQL database, such as postgresql://name@host/base; "
        "empty for the embedded SQLite.",
    )
    origin: str = Field(
        default="http://localhost:8000",
        description="The address people use, with http:// or https:// and without a path.",
    )
    hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="More host names that may be asked for, with commas between them."
    )
    frames: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Other sites that may show the planning of appointments in a frame, such as "
        "https://school.example, with commas between them; empty for none.",
    )
    pepper: Path | None = Field(
        default=None,
        description="File of the vault's pepper, kept apart from the database and its backups; "
        "empty for secrets/pepper in the data folder.",
    )
    young: Literal["off", "guardian", "service"] = Field(
        default="off",
        description="Accounts under 16: off, guardian (with a parent's confirmation) or service "
        "(a counselling service for young people); docs/privacy.md explains each.",
    )
    mail: str = Field(
        default="",
        description="Address of the mail server, such as smtps://name:password@host:465 or "
        "smtp+tls://host:587; empty to write mails to outbox/ in the data folder.",
    )
    mail_from: str = Field(
        default="", description="Who mails come from, such as practice@example.org."
    )
    video: str = Field(
        default="",
        description="Where an appointment online is held, such as https://meet.example.org/{room}: "
        "{room} becomes a name that nobody can guess; empty when the coach gives a link.",
    )
    backup_days: int = Field(
        default=30,
        ge=0,
        description="How many days a backup is kept at most; people who leave are told.",
    )
    debug: bool = Field(default=False, description="Show error details; never with real people.")

    @field_validator("hosts", mode="before")
    @classmethod
    def _split_hosts(cls, value: str | tuple[str, ...]) -> tuple[str, ...]:
        if isinstance(value, str):
            return tuple(host.strip() for host in value.split(",") if host.strip())
        return value

    @field_validator("frames", mode="before")
    @classmethod
    def _split_frames(cls, value: str | tuple[str, ...]) -> tuple[str, ...]:
        named = value.split(",") if isinstance(value, str) else value
        found = tuple(one.strip().rstrip("/") for one in named if one.strip())
        if not all(_ORIGIN.fullmatch(one) for one in found):
            raise ValueError("give only the scheme and the host of each site, without a path")
        return found

    @field_validator("data", "content", "pepper")
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        return value.expanduser().absolute() if value else None

    @field_validator("origin")
    @classmethod
    def _is_origin(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0:
            raise ValueError("give an address such as https://example.org")
        if parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError("give only the scheme and the host, without a path")
        return value.rstrip("/")

    @field_validator("database")
    @classmethod
    def _is_postgresql(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in {"postgresql", "postgres"}:
            raise ValueError("give an address that begins with postgresql://, or leave it empty")
        return value

    @field_validator("mail")
    @classmethod
    def _is_mail_server(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"smtp", "smtp+tls", "smtps"} or not parts.hostname):
            raise ValueError("give an address such as smtps://name:password@host:465")
        return value

    @field_validator("video")
    @classmethod
    def _is_video(cls, value: str) -> str:
        if not value:
            return value
        if value.count("{room}") != 1 or "{room}" not in _after_host(value):
            raise ValueError("give an address with {room} once, after the host")
        parts = urlsplit(value)
        is_safe = parts.scheme == "https" or (parts.scheme, parts.hostname) == ("http", "localhost")
        if not is_safe or not parts.hostname or not _is_plain(value):
            raise ValueError("give an address that begins with https:// and has no spaces")
        return value

    @property
    def pepper_file(self) -> Path:
        """Where the pepper lies."""
        return self.pepper or self.data / "secrets" / "pepper"

    @property
    def https(self) -> bool:
        """Whether people reach this program over https."""
        return self.origin.startswith("https://")

    @property
    def allowed_hosts(self) -> list[str]:
        """Every host name that may be asked for."""
        named = urlsplit(self.origin).hostname or "localhost"
        named = f"[{named}]" if ":" in named else named
        return ["localhost", "127.0.0.1", "[::1]", named, *self.hosts]


def _after_host(value: str) -> str:
    parts = urlsplit(value)
    return f"{parts.path}?{parts.query}#{parts.fragment}"


def _is_plain(value: str) -> bool:
    return value.isascii() and value.isprintable() and not set(value) & set(' "<>\\')


@cache
def read() -> Environment:
    """Read the environment once; on a bad value, say which variable and what to do, and stop."""
    try:
        return Environment()
    except ValidationError as error:
        sys.exit(_explain(error))


def _explain(error: ValidationError) -> str:
    lines = []
    for problem in error.errors():
        name = str(problem["loc"][0])
        meaning = Environment.model_fields[name].description
        reason = problem["msg"].removeprefix("Value error, ")
        lines.append(f"{PREFIX}{name.upper()}: {reason}. {meaning}")
    return "\n".join(lines)
