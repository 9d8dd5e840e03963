"""A book as a PDF, set by Typst in a process of its own that ends with it.

Typst keeps what it has set in memory, to be faster the next time: half a gigabyte for thousands of
entries, and somebody's words. A process that ends gives both back. The book goes in and the PDF
comes out through pipes, so nothing of it ever lies on a disk; what Typst would say of a fault is
not kept, since it could quote somebody.

Run as a program, this file is that process: it needs nothing of the house.
"""

import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kleinverzet.me.takeout_book import Book

FOLDER = Path(__file__).parent / "typst"
# Five thousand long entries take five to eight seconds of one core, and 650 MB.
LONGEST = 120.0
MOST_MEMORY = 1024**3
# One at a time.
_press = threading.BoundedSemaphore(1)


class NotSet(Exception):
    """There is no PDF this time; everything in it is in the page as well."""


def set_(book: "Book") -> bytes:
    """Give a book as a PDF.

    Raises:
        NotSet: If it took too long, or Typst could not do it.
    """
    if not _press.acquire(timeout=LONGEST):
        raise NotSet
    try:
        return _run(json.dumps(asdict(book)).encode())
    finally:
        _press.release()


def _run(data: bytes) -> bytes:
    command = [sys.executable, "-I", __file__]
    try:
        ended = subprocess.run(  # noqa: S603
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ},
            cwd=FOLDER,
            timeout=LONGEST,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise NotSet from fault
    if ended.returncode or not ended.stdout.startswith(b"%PDF-"):
        raise NotSet
    return ended.stdout


def _limit_memory() -> None:
    """Let this process fail alone, before the machine runs short."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    except (ImportError, ValueError, OSError):
        return  # not every system can


def _press_it(book: str) -> Any:
    """Set a book, given as JSON. Fonts of the machine serve letters that ours lack."""
    import typst

    return typst.compile(
        FOLDER / "book.typ",
        root=FOLDER,
        font_paths=[FOLDER / "fonts"],
        sys_inputs={"book": book},
        format="pdf",
    )


if __name__ == "__main__":
    _limit_memory()
    sys.stdout.buffer.write(_press_it(sys.stdin.buffer.read().decode()))
