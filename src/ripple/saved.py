"""Networks in a folder: two `.npy` files that workers map into memory instead of being sent them.

A network of a hundred million ties sent with every block would fill a scheduler. A path is short;
whoever opens it shares the pages with all others on that machine.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from ripple.errors import BadFile, BadNetwork
from ripple.network import Network

INDPTR = "indptr.npy"
INDICES = "indices.npy"


def save(network: Network, folder: str | Path) -> Path:
    """Write a network to a folder, so that workers anywhere that see it can open it.

    Args:
        network: The network.
        folder: Made if need be; a network that lies there is replaced.

    Returns:
        The folder.

    Raises:
        BadNetwork: It is a complete group, of which no tie is stored.
    """
    if not isinstance(network, Network):
        raise BadNetwork(
            f"{type(network).__name__} stores no ties, so there is nothing to save; "
            "give it to workers as it is"
        )
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    for name, array in ((INDPTR, network.indptr), (INDICES, network.indices)):
        write(place / name, array)
    return place


def open_saved(folder: str | Path) -> Network:
    """Open a network that `save` wrote, mapped into memory: nothing is copied.

    Args:
        folder: The folder that was given to `save`.

    Returns:
        The network. What is written to its arrays never reaches the files.

    Raises:
        BadFile: A file is absent, is no such array, or the two do not belong together.
    """
    place = Path(folder)
    indptr = read(place / INDPTR, np.dtype(np.int64))
    indices = read(place / INDICES, np.dtype(np.uint32))
    if not _belong_together(indptr, indices):
        raise BadFile(f"{place}: {INDPTR} and {INDICES} make no network together; save it again")
    return Network(indptr, indices)


def write(path: Path, array: NDArray[Any]) -> None:
    """Write an array to a file, whole or not at all."""
    replaced(path, lambda file: np.save(file, array, allow_pickle=False))


def replaced(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    """Fill a file beside this one, and put it in its place when it is whole."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix)
    try:
        with os.fdopen(handle, "wb") as file:
            fill(file)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read(path: Path, kind: np.dtype[Any]) -> NDArray[Any]:
    """Map a flat array of this type into memory.

    Raises:
        BadFile: The file is absent or holds something else.
    """
    try:
        # "c" keeps what is written to oneself. Arrays that may not be written to at all would make
        # numba compile every kernel once more.
        array = np.load(path, mmap_mode="c", allow_pickle=False)
    except FileNotFoundError:
        raise BadFile(f"{path} is not there; write it with ripple.sweeps.save") from None
    except (OSError, ValueError, EOFError) as error:
        raise BadFile(f"{path} is no .npy file ({error}); write it once more") from error
    if not isinstance(array, np.ndarray) or array.ndim != 1 or array.dtype != kind:
        raise BadFile(f"{path} is no flat array of {kind}; write it once more")
    return np.asarray(array)


def _belong_together(indptr: NDArray[np.int64], indices: NDArray[np.uint32]) -> bool:
    """Say whether no kernel would read or write outside these arrays."""
    if not len(indptr) or indptr[0] != 0 or indptr[-1] != len(indices):
        return False
    if np.any(indptr[1:] < indptr[:-1]):
        return False
    return not len(indices) or int(indices.max()) < len(indptr) - 1
