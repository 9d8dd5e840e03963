"""Rows of Parquet files, where pyarrow is there to read them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ripple.errors import BadFile
from ripple.lines import Numbered


def is_parquet(path: str | Path) -> bool:
    """Say whether a file is Parquet, by its name."""
    return Path(path).suffix in {".parquet", ".pq"}


def rows_of_parquet(path: str | Path) -> Iterator[Numbered]:
    """Give the first two columns of each row as text, with its number, from 1.

    Raises:
        BadFile: pyarrow is absent, the file cannot be read, or a field is empty.
    """
    try:
        from pyarrow import ArrowException, parquet  # type: ignore[import-untyped]
    except ImportError:
        raise BadFile(
            f"{path} is Parquet, which needs pyarrow: install it, or save the file as CSV."
        ) from None
    try:
        file = parquet.ParquetFile(path)
        columns = file.schema_arrow.names[:2]
        start = 1
        for batch in file.iter_batches(columns=columns):
            table = [column.to_pylist() for column in batch.columns]
            for number, row in enumerate(zip(*table, strict=True), start):
                yield number, ["" if cell is None else str(cell) for cell in row]
            start += batch.num_rows
    except FileNotFoundError:
        raise BadFile(f"{path} is not there; look at its name and folder.") from None
    except (ArrowException, OSError) as problem:
        raise BadFile(f"{path} cannot be read as Parquet: {problem}.") from problem
