"""Segments: the index of a few consecutive pages. Each can be made in any process."""

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from talkbook.search import blocks, index_terms, tokenizer
from talkbook.search.blocks import Listing

_RARE = 1_000  # a common word is at least one in so many words
_SAMPLE = 200_000  # words to count for this
_LEVEL = 4  # of compression: two thirds of the time of the default, 6, for 3 % more bytes


@dataclass(frozen=True, slots=True)
class Segment:
    """The index of some consecutive pages.

    kinds: of each unit, by block.
    terms: sorted, one per line.
    starts: where the postings of each term begin in `values`, followed by the end.
    values: unit * 4 + weight; those of a term are sorted.
    digest: of the blocks.
    blocks: their compressed contents; () once they are written.
    """

    kinds: tuple[tuple[str, ...], ...]
    terms: str
    starts: NDArray[np.uint32]
    values: NDArray[np.uint32]
    digest: bytes
    blocks: tuple[bytes, ...]


def common(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the most common words in the texts, judging by a sample."""
    counts: Counter[str] = Counter()
    total = 0
    for text in texts:
        words = tokenizer.split(text)
        counts.update(words)
        total += len(words)
        if total >= _SAMPLE:
            break
    often = sorted((-count, word) for word, count in counts.items() if count * _RARE >= total)
    return tuple(word for _, word in often[: index_terms.COMMON - 1])


def make(pages: Iterable[Listing], frequent: Sequence[str]) -> Segment:
    """Index these pages. frequent: the words that common() returned."""
    cut = list(blocks.cut(pages))
    units = [unit for block in cut for unit in block.units]
    words, numbers, owners = index_terms.collect(units, frequent)
    # Sorting 16-bit numbers, as most are, takes a tenth of the time of sorting whole keys.
    order = np.argsort(numbers.astype(np.min_scalar_type(len(words))), kind="stable")
    places = (numbers << 32 | owners)[order]
    first = np.flatnonzero(np.diff(places, prepend=-1))
    keys, times = places[first], np.diff(first, append=len(places))
    contents = [dump(block.data) for block in cut]
    return Segment(
        kinds=tuple(tuple(unit[0].kind for unit in block.units) for block in cut),
        terms="\n".join(words),
        starts=np.searchsorted(keys, np.arange(len(words) + 1) << 32).astype(np.uint32),
        values=((keys & 0xFFFFFFFF) << 2 | np.minimum(times, 4) - 1).astype(np.uint32),
        digest=sha256(b"".join(contents)).digest(),
        blocks=tuple(map(pack, contents)),
    )


def dump(value: object) -> bytes:
    """Encode the value as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def pack(content: bytes) -> bytes:
    """Compress the content with zlib, so that little is sent even if the server doesn't compress."""
    return zlib.compress(content, _LEVEL)
