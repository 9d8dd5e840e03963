"""The search for canaries finds them however they lie: else it would prove nothing."""

import gzip
import io
import zipfile
import zlib
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import canaries

WAYS: dict[str, Callable[[bytes], bytes]] = {
    "raw": bytes,
    "capitals": bytes.upper,
    "base64": b64encode,
    "base64, one further": lambda said: b64encode(b"x" + said + b"yz"),
    "base64, two further": lambda said: b64encode(b"xy" + said + b"z"),
    "base64 for addresses": lambda said: urlsafe_b64encode(b"\xff\xfe" + said),
    "hex": lambda said: said.hex().encode(),
    "hex in capitals": lambda said: said.hex().upper().encode(),
    "UTF-16-LE": lambda said: said.decode().encode("utf-16-le"),
    "UTF-16-BE": lambda said: said.decode().upper().encode("utf-16-be"),
    "zlib": zlib.compress,
    "gzip": gzip.compress,
    "zip": lambda said: _zipped(said),
    "zip in a gzip": lambda said: gzip.compress(_zipped(said)),
    "a signed session": lambda said: b".e" + urlsafe_b64encode(zlib.compress(said)).strip(b"="),
    "cut off": lambda said: gzip.compress(said * 2)[:-6],
}


@pytest.mark.parametrize("way", WAYS)
def test_it_finds_a_canary_however_it_lies(way: str, tmp_path: Path) -> None:
    canary = canaries.new("words")
    said = WAYS[way](canary.word.encode())
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(b"\x00before " + said + b" after\xff")
    skip = tmp_path / "static"
    assert canaries.found_in([tmp_path], [canary], skip=skip) == {"words": "file"}
    assert canaries.found_in([tmp_path], [canaries.new("other")], skip=skip) == {}


def test_what_is_left_out_is_not_searched(tmp_path: Path) -> None:
    canary = canaries.new("words")
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "file").write_text(canary.word)
    assert canaries.found_in([tmp_path], [canary], skip=tmp_path / "static") == {}


def _zipped(said: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("part", said)
    return whole.getvalue()
