"""Finished replicas in a folder, so that a sweep that was broken off goes on where it was.

One file holds a row for each replica and is mapped into memory: what was written to it is there
when the process has been killed the moment after. A second file says of which sweep it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from ripple import saved
from ripple.errors import BadFile
from ripple.replicas import Sizes

ROWS = "rows.npy"
SWEEP = "sweep.json"


def open_rows(folder: str | Path, sweep: str, seed: Any, empty: Sizes) -> Sizes:
    """Open the rows of a sweep; where none are kept yet, begin with empty ones.

    Args:
        folder: Made if need be.
        sweep: What `named` says of the sweep.
        seed: Its seed, for `seed_of`.
        empty: Rows in which nothing is answered.

    Returns:
        Rows of which every change is kept, int64, shape (replicas, 3).

    Raises:
        BadFile: The folder keeps another sweep, or no rows that can be read.
    """
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    told = _description(place)
    if told is None:
        saved.write(place / ROWS, empty)
        simple = int(seed) if isinstance(seed, int | np.integer) else None
        description = json.dumps({"sweep": sweep, "seed": simple})
        saved.replaced(place / SWEEP, lambda file: file.write(description.encode()))
    elif told.get("sweep") != sweep:
        raise BadFile(
            f"{place} keeps another sweep: other points, questions, runs or seed; give a folder of "
            "its own to each"
        )
    return _mapped(place / ROWS, empty.shape)


def seed_of(folder: str | Path) -> int | None:
    """Give the seed of the sweep that a folder keeps, or None where there is none yet.

    Raises:
        BadFile: What describes the sweep cannot be read.
    """
    seed = (_description(Path(folder)) or {}).get("seed")
    return seed if isinstance(seed, int) else None


def named(value: Any) -> str:
    """Give a name that is the same exactly for what computes the same."""
    name = hashlib.sha256()
    for part in _told(value):
        name.update(part + b"\0")
    return name.hexdigest()


def _description(place: Path) -> dict[str, Any] | None:
    try:
        told = json.loads((place / SWEEP).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise BadFile(f"{place / SWEEP} cannot be read; remove its folder to begin anew") from error
    return told if isinstance(told, dict) else {}


def _mapped(path: Path, shape: tuple[int, ...]) -> Sizes:
    try:
        rows: Sizes = np.load(path, mmap_mode="r+", allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise BadFile(
            f"{path} cannot be read ({error}); remove its folder to begin anew"
        ) from error
    if rows.shape != shape or rows.dtype != np.int64:
        raise BadFile(f"{path} has other rows than this sweep; remove its folder to begin anew")
    return rows


def _told(value: Any) -> Iterator[bytes]:
    """Spell a value out in bytes, without what differs from one process to the next."""
    if isinstance(value, str | int | float | None):
        yield repr(value).encode()
    elif isinstance(value, np.ndarray):
        yield f"{value.dtype.str}{value.shape}".encode()
        yield np.ascontiguousarray(value).tobytes()
    elif isinstance(value, np.random.SeedSequence):
        yield repr((value.entropy, value.spawn_key)).encode()
    elif isinstance(value, list | tuple):
        yield f"{len(value)} of".encode()
        for item in value:
            yield from _told(item)
    elif isinstance(value, Path):
        yield from _contents(value)
    elif parts := _parts(value):
        yield f"{type(value).__module__}.{type(value).__qualname__}".encode()
        yield from _told(parts)
    else:
        yield repr(value).encode()


def _contents(path: Path) -> Iterator[bytes]:
    """Give what stands in a file, or in those of a folder, which may lie elsewhere next time."""
    files = sorted(path.glob("[!.]*.npy")) if path.is_dir() else [path]
    try:
        for file in files:
            yield _digest(file, file.stat().st_mtime_ns, file.stat().st_size)
    except OSError as error:
        raise BadFile(f"{path} cannot be read: {error}") from error


@lru_cache
def _digest(file: Path, _changed: int, _size: int) -> bytes:
    """Give the digest of a file; all points of a sweep may ask for that of one large network."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").digest()


def _parts(value: Any) -> list[Any]:
    """Give the attributes of an object of any kind, in the order of their names."""
    if is_dataclass(value) and not isinstance(value, type):
        return [(one.name, getattr(value, one.name)) for one in fields(value)]
    return sorted(vars(value).items()) if hasattr(value, "__dict__") else []
