"""What a block of `content/` holds, so that a slip of the pen is named before any page is made."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from kleinverzet.world import drawings, ways

TARGETS = {key for key, _label in ways.CHOICES}
Words = Annotated[str, Field(min_length=1)]


class _Piece(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Point(_Piece):
    """One of a list of things, with a word about it."""

    title: Words = Field(max_length=80)
    text: str = ""


class Number(_Piece):
    """A figure, with what was counted and by whom."""

    value: Words = Field(max_length=20)
    what: Words = Field(max_length=200)
    definition: Words
    source: Words = Field(max_length=200)
    link: str = ""


class Drawing(_Piece):
    """A drawing of the house."""

    name: Words
    caption: str = Field(default="", max_length=200)


class Question(_Piece):
    """A question and its answer."""

    question: Words = Field(max_length=160)
    answer: Words


class Step(_Piece):
    """An idea and where it leads."""

    title: Words = Field(max_length=80)
    text: Words
    goes_to: str = ""
    label: str = Field(default="", max_length=60)


class Offer(_Piece):
    """Something that there is, and where it leads."""

    title: Words = Field(max_length=80)
    text: Words
    goes_to: str = ""


class Ideas(_Piece):
    """Ideas under one head."""

    title: Words
    items: tuple[Point, ...]


class Offers(_Piece):
    """Things that there are, under one head."""

    title: Words
    items: tuple[Offer, ...]


class Section(_Piece):
    """A head, a text and a small text."""

    title: Words
    text: Words
    note: str = ""


class Latest(_Piece):
    """The newest articles."""

    title: Words


class Talk(_Piece):
    """The call to make an appointment."""

    title: Words
    text: Words
    label: Words


_SHAPES: dict[str, Any] = {
    "first": Words, "text": Words, "source": Words,
    "quote": Annotated[str, Field(min_length=1, max_length=120)],
    "lines": tuple[Words, ...], "points": tuple[Point, ...],
    "number": Number, "drawing": Drawing, "question": Question, "step": Step,
    "practice": Literal[True], "towns": Literal[True], "data_table": Literal[True],
    "circle": Section, "towns_map": Section, "ideas": Ideas, "offers": Offers,
    "latest": Latest, "talk": Talk,
}  # fmt: skip
_ADAPTERS = {name: TypeAdapter(shape) for name, shape in _SHAPES.items()}


def check(block: dict[str, Any]) -> dict[str, Any]:
    """Give a block as it is, once it holds.

    Raises:
        ValueError: If it does not; the text names the block and the fault.
    """
    if len(block) != 1:
        raise ValueError(f"a block has one name, and this has {len(block)}: {', '.join(block)}")
    ((name, value),) = block.items()
    if name not in _ADAPTERS:
        raise ValueError(f"there is no block named {name}; there are {', '.join(_ADAPTERS)}")
    try:
        shaped = _ADAPTERS[name].validate_python(value)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise ValueError(f"block {name} {where}: {first['msg']}".replace("  ", " ")) from None
    _need_known(name, shaped)
    return block


def _need_known(name: str, shaped: Any) -> None:
    """Refuse a drawing that nobody made, and a way to nowhere."""
    if isinstance(shaped, Drawing) and shaped.name not in drawings.NAMES:
        raise ValueError(f"block {name}: there is no drawing {shaped.name}")
    for one in (shaped, *getattr(shaped, "items", ())):
        goes_to = getattr(one, "goes_to", "")
        if goes_to and goes_to not in TARGETS:
            raise ValueError(f"block {name}: nothing is called {goes_to}")
