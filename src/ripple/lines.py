"""Lines of text files, plain or packed: cut into fields, each with the number of its line.

The separator is seen from the first line. Lines that begin with # or % are remarks, as in the
collections of networks that are published.
"""

from __future__ import annotations

import csv
import gzip
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ripple.errors import BadFile

Numbered = tuple[int, list[str]]
STANDARD_INPUT = "-"


def fields(path: str | Path) -> Iterator[Numbered]:
    """Give the fields of each line that says something, with its number, from 1.

    Args:
        path: A text file in UTF-8, packed if it ends in .gz; - is standard input.

    Raises:
        BadFile: It cannot be opened or unpacked, or a line is no UTF-8.
    """
    with _opened(path) as file:
        cut: Callable[[str], list[str]] | None = None
        for number, line in _decoded(file, path):
            if cut is None:
                cut = _cutter(line)
            yield number, cut(line)


def is_number(text: str) -> bool:
    """Say whether a text is a number, such as 3, -1.5 or 1e-3."""
    try:
        float(text)
    except ValueError:
        return False
    return True


@contextmanager
def _opened(path: str | Path) -> Iterator[BinaryIO]:
    if str(path) == STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    try:
        with Path(path).open("rb") as raw:
            if Path(path).suffix == ".gz":
                with gzip.open(raw) as unpacked:
                    yield unpacked  # type: ignore[misc]  # it reads as a binary file does
            else:
                yield raw
    except FileNotFoundError:
        raise BadFile(f"{path} is not there; look at its name and folder.") from None
    except (OSError, EOFError, zlib.error) as problem:
        reason = getattr(problem, "strerror", None) or problem
        raise BadFile(f"{path} cannot be read: {reason}.") from problem


def _decoded(file: Iterable[bytes], path: str | Path) -> Iterator[tuple[int, str]]:
    for number, raw in enumerate(file, 1):
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip(" \r\n")
        except UnicodeDecodeError:
            raise BadFile(
                f"{path}, line {number} is no UTF-8; save the file as UTF-8.", line=number
            ) from None
        if line and line[0] not in "#%":
            yield number, line


def _cutter(line: str) -> Callable[[str], list[str]]:
    """Give what cuts lines like this one into fields."""
    separator = next((one for one in "\t;," if one in line), None)
    if separator is None:
        return str.split

    def cut(line: str) -> list[str]:
        if '"' in line:
            return next(csv.reader([line], delimiter=separator, skipinitialspace=True))
        return line.split(separator)

    return cut
