"""The shapes as JSON Schema, so that an editor can help whoever writes content."""

import json
from pathlib import Path

from kleinverzet.catalogue.shapes import Act, Helpline, Question, Shape, Value

SHAPES: dict[str, type[Shape]] = {
    "act": Act,
    "value": Value,
    "helpline": Helpline,
    "question": Question,
}


def export(shape: type[Shape]) -> str:
    """Give a shape's JSON Schema as text, always in the same order."""
    return json.dumps(shape.model_json_schema(), indent=2, ensure_ascii=False) + "\n"


def write(folder: Path) -> list[Path]:
    """Write every shape's schema into a folder; give the files."""
    folder.mkdir(exist_ok=True)
    paths = []
    for name, shape in SHAPES.items():
        path = folder / f"{name}.schema.json"
        path.write_text(export(shape), encoding="utf-8")
        paths.append(path)
    return paths
