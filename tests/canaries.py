"""Words that nobody else would ever write, and a search for them through whole folders.

A canary is found as it is, in capitals or not, in base64 (wherever it begins), in hexadecimal,
in UTF-16, and within whatever was compressed: zlib, gzip, deflate in a ZIP, and base64 of any of
these. `tests/test_canaries.py` shows what the search can find, and so does the journey with
encryption switched off in `tests/me/test_canary.py`.
"""

import re
import secrets
import zlib
from base64 import b32decode, b64decode, b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# How many layers of packing are opened, and how much of one.
DEEPEST = 3
MOST = 32 * 1024 * 1024
CHUNK = 512

_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_GZIP = re.compile(rb"\x1f\x8b\x08")
_ZIP = re.compile(rb"PK\x03\x04")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{24,}")


@dataclass(frozen=True)
class Canary:
    """One thing that may be found nowhere.

    Attributes:
        name: What it was typed into.
        word: As it was typed.
        is_kept: Whether the program keeps it, sealed; else it only passes through.
        more: Other bytes that would give it away.
    """

    name: str
    word: str
    is_kept: bool = True
    more: tuple[bytes, ...] = field(default=(), repr=False)

    def needles(self) -> Iterator[bytes]:
        """Give every way in which it may lie in a file; all but base64 in lower case."""
        for said in (self.word.encode(), *self.more):
            yield from (said.lower(), said.hex().encode())
            yield from _in_base64(said)
        for coding in ("utf-16-le", "utf-16-be"):
            yield self.word.lower().encode(coding)
            yield self.word.upper().encode(coding).lower()


def new(name: str, *, is_kept: bool = True) -> Canary:
    """Make a canary that was never seen before."""
    return Canary(name, f"kanarie{secrets.token_hex(8)}", is_kept)


def code(name: str, groups: list[str]) -> Canary:
    """Make a canary of a recovery code: in groups, in one piece, and as the bytes it stands for."""
    together = "".join(groups)
    return Canary(name, " ".join(groups), more=(together.encode(), b32decode(together)))


def found_in(folders: Iterable[Path], canaries: Iterable[Canary], *, skip: Path) -> dict[str, str]:
    """Give the names of the canaries that are found, each with the file that it was found in.

    Args:
        folders: Searched whole.
        canaries: What is looked for.
        skip: A folder that holds nothing of people.
    """
    wanted = [(canary, list(canary.needles())) for canary in canaries]
    found: dict[str, str] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_relative_to(skip):
                for data in _unpacked(path.read_bytes()):
                    _look(data, wanted, path.name, found)
    return found


def _look(
    data: bytes, wanted: list[tuple[Canary, list[bytes]]], place: str, found: dict[str, str]
) -> None:
    low = data.lower()
    for canary, needles in wanted:
        if canary.name not in found and any(one in low or one in data for one in needles):
            found[canary.name] = place


def _unpacked(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """Give some bytes, and whatever is packed inside them, layer by layer."""
    yield data
    if depth < DEEPEST:
        for inner in _inside(data):
            yield from _unpacked(inner, depth + 1)


def _inside(data: bytes) -> Iterator[bytes]:
    for pattern, bits in ((_ZLIB, zlib.MAX_WBITS), (_GZIP, zlib.MAX_WBITS | 16)):
        for match in pattern.finditer(data):
            yield from _inflated(data[match.start() :], bits)
    for match in _ZIP.finditer(data):
        head = data[match.start() : match.start() + 30]
        start = match.start() + 30 + int.from_bytes(head[26:28], "little")
        start += int.from_bytes(head[28:30], "little")
        yield from _inflated(data[start:], -zlib.MAX_WBITS)
    for match in _BASE64.finditer(data):
        text = match[0].translate(bytes.maketrans(b"-_", b"+/"))
        for skipped in range(4):
            whole = text[skipped:]
            decoded = b64decode(whole[: len(whole) // 4 * 4])
            if any(mark.search(decoded) for mark in (_ZLIB, _GZIP, _ZIP)):
                yield decoded


def _inflated(data: bytes, bits: int) -> Iterator[bytes]:
    """Give what a stream holds, up to where it breaks off or is none."""
    reader, inflated = zlib.decompressobj(bits), b""
    for start in range(0, len(data), CHUNK):
        piece, before = data[start : start + CHUNK], reader.copy()
        try:
            inflated += reader.decompress(piece)
        except zlib.error:
            inflated += _bytewise(before, piece)
            break
        if reader.eof or len(inflated) > MOST:
            break
    if len(inflated) > 8:
        yield inflated


def _bytewise(reader: Any, piece: bytes) -> bytes:
    inflated = b""
    with suppress(zlib.error):
        for at in range(len(piece)):
            inflated += reader.decompress(piece[at : at + 1])
    return inflated


def _in_base64(said: bytes) -> Iterator[bytes]:
    """Give the part of its base64 that stays the same whatever stands around it."""
    for before in range(3):
        for encode in (b64encode, urlsafe_b64encode):
            text = encode(bytes(before) + said)
            yield text[-(-before * 8 // 6) : (before + len(said)) * 8 // 6]
