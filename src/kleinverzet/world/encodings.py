"""In which forms an answer can travel, and which of them somebody takes."""

import gzip
from collections.abc import Callable, Iterator
from enum import StrEnum

import brotli  # type: ignore[import-untyped]


class Encoding(StrEnum):
    """A form, by its name in HTTP; the best comes first."""

    BROTLI = "br"
    GZIP = "gzip"
    PLAIN = "identity"


# What browsers say, so that it need not be taken apart each time.
_COMMON = {
    "gzip, deflate, br, zstd": Encoding.BROTLI,
    "gzip, deflate, br": Encoding.BROTLI,
    "gzip, deflate": Encoding.GZIP,
    "gzip": Encoding.GZIP,
    "": Encoding.PLAIN,
}
_SQUEEZED = (Encoding.BROTLI, Encoding.GZIP)
# Above this brotli takes many times as long for the last few percent.
_BROTLI = 7
_SQUEEZE: dict[Encoding, Callable[[bytes], bytes]] = {
    Encoding.BROTLI: lambda plain: brotli.compress(plain, quality=_BROTLI),
    Encoding.GZIP: lambda plain: gzip.compress(plain, mtime=0),
    Encoding.PLAIN: bytes,
}


def chosen(accepted: str) -> Encoding:
    """Give the best form that is accepted, as the header `Accept-Encoding` says it."""
    common = _COMMON.get(accepted)
    if common is not None:
        return common
    weights = dict(_weights(accepted))
    others = weights.get("*", 0.0)
    best = max(_SQUEEZED, key=lambda encoding: weights.get(encoding, others))
    return best if weights.get(best, others) else Encoding.PLAIN


def squeeze(plain: bytes, encoding: Encoding) -> bytes:
    """Put an answer into a form."""
    return _SQUEEZE[encoding](plain)


def _weights(accepted: str) -> Iterator[tuple[str, float]]:
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        digits = weight.replace(" ", "").removeprefix("q=")
        try:
            yield name.strip(), float(digits or 1)
        except ValueError:
            yield name.strip(), 0.0
