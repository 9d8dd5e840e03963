"""What a new site begins with, as `content/` describes it: checked before any of it is used."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from kleinverzet.catalogue.shelves import ContentError
from kleinverzet.world import pieces

Language = Literal["nl", "en"]
T = TypeVar("T", bound=BaseModel)
LANGUAGES: tuple[Language, ...] = ("nl", "en")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Name(_Strict):
    """What a topic is called, and its part of an address."""

    name: str
    slug: str


class TopicFile(_Strict):
    """A topic."""

    id: str
    nl: Name
    en: Name


class RegionFile(_Strict):
    """A region."""

    id: str
    nl: str
    en: str


class TownFile(_Strict):
    """A town; `drive` in minutes, where somebody knows it."""

    slug: str
    name: str
    region: str
    latitude: float
    longitude: float
    drive: int | None = None


class TownsFile(_Strict):
    """All towns."""

    regions: tuple[RegionFile, ...]
    towns: tuple[TownFile, ...]


class PracticeWords(_Strict):
    """What the practice says of itself in a language."""

    tagline: str
    what: str
    who_answers: str
    first_talk: str


class PracticeFile(_Strict):
    """The practice."""

    name: str
    town: str
    email: str
    phone: str
    latitude: float
    longitude: float
    nl: PracticeWords
    en: PracticeWords


class Text(_Strict):
    """A page in a language; `body` holds blocks, each under its name, `poster` three lines."""

    slug: str = ""
    title: str
    lead: str = ""
    description: str = Field(default="", max_length=155)
    poster: tuple[str, ...] = ()
    note: str = ""
    body: tuple[Annotated[dict[str, Any], AfterValidator(pieces.check)], ...] = ()


class PageFile(_Strict):
    """A page; `order` is its place in the menu, 0 for none."""

    kind: Literal["home", "text", "method", "towns", "contact", "index"]
    order: int = 0
    drawing: str = ""
    nl: Text
    en: Text


class ArticleFile(_Strict):
    """An article."""

    published: date
    topic: str
    drawing: str = ""
    nl: Text
    en: Text


class Beginning(_Strict):
    """Everything that a new site begins with."""

    practice: PracticeFile
    towns: TownsFile
    topics: tuple[TopicFile, ...]
    pages: dict[str, PageFile]
    articles: dict[str, ArticleFile]


def read(content: Path) -> Beginning:
    """Read and check it all.

    Raises:
        ContentError: If a file is missing or does not hold; says which and why.
    """
    topics = content / "topics.yaml"
    return Beginning(
        practice=_one(PracticeFile, content / "practice.yaml"),
        towns=_one(TownsFile, content / "towns.yaml"),
        topics=tuple(_shaped(TopicFile, one, topics) for one in _loaded(topics)),
        pages=_all(PageFile, content / "pages"),
        articles=_all(ArticleFile, content / "articles"),
    )


def _all(shape: type[T], folder: Path) -> dict[str, T]:
    return {path.stem: _one(shape, path) for path in sorted(folder.glob("*.yaml"))}


def _one(shape: type[T], path: Path) -> T:
    return _shaped(shape, _loaded(path), path)


def _loaded(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as problem:
        raise ContentError([f"{path}: it cannot be read: {problem}"]) from None


def _shaped(shape: type[T], raw: Any, path: Path) -> T:
    try:
        return shape.model_validate(raw)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise ContentError([f"{path}: {where}: {first['msg']}"]) from None
