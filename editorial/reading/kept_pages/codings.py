"""Content codings: which one a browser gets, and how a page is compressed."""

import gzip
from functools import lru_cache

import brotli  # type: ignore[import-untyped]  # published without types
import zstandard

IDENTITY = "identity"
# The smallest first: of those that a browser likes equally, it gets the first.
CODINGS = ("br", "zstd", "gzip")
_LEVELS = {"br": (5, 11), "zstd": (3, 19), "gzip": (5, 9)}  # (quick, best)
_LONGEST_HEADER = 500  # characters; a browser's has some 25


@lru_cache(maxsize=256)
def choose_coding(accepted: str) -> str:
    """The coding for an Accept-Encoding header ("" for none), as RFC 9110 12.5.3 weighs them; IDENTITY for none."""
    weights = _weights(accepted[:_LONGEST_HEADER])
    others = weights.get("*", 0.0)
    offered = [(weights.get(coding, others), coding) for coding in CODINGS]
    best, coding = max(offered, key=lambda pair: pair[0])
    return coding if best > 0 and best >= weights.get(IDENTITY, 0.0) else IDENTITY


def _weights(accepted: str) -> dict[str, float]:
    """{coding: its weight, 0 to 1}. A weight that is no number counts as 0: what is unclear is not sent."""
    weights = {}
    for part in accepted.lower().split(","):
        name, _semicolon, parameter = part.partition(";")
        key, _equals, value = parameter.partition("=")
        try:
            weight = float(value) if key.strip() == "q" else 1.0
        except ValueError:
            weight = 0.0
        weights[name.strip()] = weight if 0 <= weight <= 1 else 0.0
    return weights


def compress(body: bytes, coding: str, *, best: bool = False) -> bytes:
    """In a millisecond or two for a page, while its reader waits.

    As small as it gets where `best`: a fifth of a second for a page, so never while somebody waits.
    """
    if coding not in _LEVELS:
        return body
    level = _LEVELS[coding][best]
    match coding:
        case "br":
            return bytes(brotli.compress(body, quality=level))
        case "zstd":
            return zstandard.ZstdCompressor(level=level).compress(body)
        case _:
            return gzip.compress(body, compresslevel=level, mtime=0)


def decompress_gzip(body: bytes) -> bytes:
    """The inverse of `compress(body, "gzip")`; never of bytes from outside, whose size nobody bounds."""
    return gzip.decompress(body)
