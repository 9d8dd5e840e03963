"""Reads the catalogue from its folder; of a fault it says in which file, where, and what to do."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import ValidationError

from kleinverzet.catalogue.shapes import Act, Helpline, Question, Shape, Value

STALE_AFTER_DAYS = 180
S = TypeVar("S", bound=Shape)
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

SHOWN_FAULTS = 20


class ContentError(ValueError):
    """One or more files of the content do not hold; the text names file, line and remedy."""

    def __init__(self, faults: list[str]) -> None:
        more = len(faults) - SHOWN_FAULTS
        rest = [f"… and {more} more."] if more > 0 else []
        super().__init__("\n".join([*faults[:SHOWN_FAULTS], *rest]))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that people read, by id, in the order of the files."""

    acts: dict[str, Act]
    values: dict[str, Value]
    helplines: tuple[Helpline, ...]
    questions: tuple[Question, ...] = ()

    def stale_helplines(self, today: date) -> tuple[Helpline, ...]:
        """Give the helplines that nobody has checked for 180 days."""
        return tuple(
            line for line in self.helplines if (today - line.verified_on).days > STALE_AFTER_DAYS
        )


@cache
def read(folder: Path) -> Catalogue:
    """Read and check everything under a content folder, once.

    Raises:
        ContentError: If any file does not hold; all faults are named at once.
    """
    shelf = _Shelf[Any](folder)
    acts = shelf.items("acts", Act)
    values = shelf.items("values", Value)
    helplines = tuple(shelf.listed("helplines.yaml", Helpline))
    questions = tuple(shelf.listed("intake.yaml", Question))
    shelf.need_known_values(acts, values)
    if shelf.faults:
        raise ContentError(shelf.faults)
    return Catalogue(acts, values, helplines, questions)


class _Shelf(Generic[S]):
    """Collects faults while reading, so that an author sees all of them in one go."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[str] = []

    def items(self, name: str, shape: type[S]) -> dict[str, S]:
        """Read a folder of files, one item each, named by its id."""
        found: dict[str, S] = {}
        for path in sorted((self.folder / name).glob("*.yaml")):
            node, item = self._item(path, shape)
            if item is None:
                continue
            if item.id != path.stem:  # type: ignore[attr-defined]
                self._fault(path, node, ("id",), f"write 'id: {path.stem}', as the file is named")
            found[path.stem] = item
        if not found:
            self.faults.append(f"{self.folder / name}: no item was found; add a .yaml file")
        return found

    def listed(self, name: str, shape: type[S]) -> list[S]:
        """Read one file that holds a list of items."""
        path = self.folder / name
        node, data = self._open(path)
        if not isinstance(data, list):
            self.faults.append(f"{path}:1: this file holds a list; begin each item with '- '")
            return []
        items = (self._fit(path, node, shape, item, (n,)) for n, item in enumerate(data))
        return [item for item in items if item is not None]

    def need_known_values(self, acts: dict[str, Act], values: dict[str, Value]) -> None:
        """Find acts that name a value which is not there."""
        for act in acts.values():
            for value in set(act.values) - values.keys():
                path = self.folder / "acts" / f"{act.id}.yaml"
                node, _ = self._open(path)
                self._fault(path, node, ("values",), f"there is no value '{value}'; pick another")

    def _item(self, path: Path, shape: type[S]) -> tuple[yaml.Node | None, S | None]:
        node, data = self._open(path)
        return node, None if data is None else self._fit(path, node, shape, data, ())

    def _open(self, path: Path) -> tuple[yaml.Node | None, Any]:
        try:
            text = path.read_text(encoding="utf-8")
            return yaml.compose(text, Loader=_Loader), yaml.load(text, Loader=_Loader)  # noqa: S506
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            hint = "put text that has ': ' in it between quotation marks"
            self.faults.append(f"{path}:{line}: this is no YAML ({error.problem}); {hint}")
        except (OSError, UnicodeDecodeError) as error:
            self.faults.append(f"{path}: cannot be read ({error}); it is a UTF-8 text file")
        return None, None

    def _fit(
        self, path: Path, node: yaml.Node | None, shape: type[S], data: Any, at: tuple[Any, ...]
    ) -> S | None:
        try:
            return shape.model_validate(data)
        except ValidationError as error:
            for problem in error.errors():
                self._fault(path, node, (*at, *problem["loc"]), _remedy(problem["msg"]))
            return None

    def _fault(self, path: Path, node: yaml.Node | None, loc: tuple[Any, ...], remedy: str) -> None:
        place = ".".join(str(part) for part in loc)
        self.faults.append(f"{path}:{_line_of(node, loc)}: {place or 'item'}: {remedy}")


def _remedy(message: str) -> str:
    return message.removeprefix("Value error, ")


def _line_of(node: yaml.Node | None, loc: tuple[Any, ...]) -> int:
    """Give the line on which a place stands, or that of the nearest thing around it."""
    line = 1
    for part in loc:
        if isinstance(node, yaml.MappingNode):
            pairs = {key.value: (key, value) for key, value in node.value}
            if part not in pairs:
                break
            key, node = pairs[part]
            line = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            if part >= len(node.value):
                break
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line
