"""The cast of the demo: people who do not exist, as `demo.yaml` describes them."""

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kleinverzet.catalogue.shelves import Catalogue, ContentError

FILE = "demo.yaml"
# What an entry may name that is no act of the catalogue.
NO_ACT = {"", "own", "none"}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Later(_Strict):
    """What somebody says afterwards."""

    days: int
    outcome: Literal["did", "partly", "not_yet", "no_chance", "chose_not", "unsafe"]
    tension: int = Field(ge=0, le=5)
    noticed: str = ""


class Entry(_Strict):
    """One reflection, so many days ago."""

    ago: int
    tension: int = Field(ge=0, le=5)
    setting: str
    presser: str
    pressure: str
    values: tuple[str, ...]
    safe: str
    helps: str
    words: str
    towards: str
    act: str
    hard: int = Field(ge=0, le=5)
    own: str = ""
    beside: str = ""
    begun: bool = False
    later: tuple[Later, ...] = ()


class Look(_Strict):
    """A month's look back, so many months ago."""

    ago: int
    ground: int
    noticed: int
    acted: int
    kind: int
    beside: int


class Hours(_Strict):
    """On these days of the week, 0 is Monday, between these times, in these ways."""

    weekdays: tuple[int, ...]
    starts: str
    ends: str
    modes: tuple[Literal["online", "home", "practice"], ...]


class Appointment(_Strict):
    """Somebody who comes, so many working days from today; `hold` waits for a guardian."""

    ahead: int
    at: str
    mode: Literal["online", "home", "practice"]
    place: str = ""
    name: str
    email: str
    phone: str = ""
    address: str = ""
    whom: Literal["me", "child", "team"] = "me"
    age: int | None = None
    answers: dict[str, str] = Field(default_factory=dict)
    guardian: str = ""


class Coaching(_Strict):
    """What a coach of the cast is known as, when they are there, and who comes."""

    name: str
    hours: tuple[Hours, ...]
    appointments: tuple[Appointment, ...] = ()


class Character(_Strict):
    """Somebody of the cast; an editor works at /beheer/, a coach at /coach/."""

    name: str
    language: str
    passphrase: str
    learned: str = ""
    months: tuple[Look, ...] = ()
    entries: tuple[Entry, ...] = ()
    editor: bool = False
    coach: Coaching | None = None


class Cast(_Strict):
    """Everybody."""

    people: tuple[Character, ...]


def read(content: Path, catalogue: Catalogue) -> Cast:
    """Read the cast.

    Args:
        content: The folder of all content.
        catalogue: What entries may name.

    Raises:
        ContentError: If the file does not hold; says where.
    """
    path = content / FILE
    try:
        cast = Cast.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (ValidationError, yaml.YAMLError, OSError) as fault:
        raise ContentError([f"{path}: {fault}"]) from None
    for one in cast.people:
        for entry in one.entries:
            unknown = {entry.act} - NO_ACT - set(catalogue.acts)
            unknown |= set(entry.values) - set(catalogue.values)
            if unknown:
                named = ", ".join(sorted(unknown))
                raise ContentError([f"{path}: {one.name} names {named}; the catalogue has none."])
    return cast
