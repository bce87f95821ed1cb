"""The index of a few pages that follow one another. Each part can be made alone, in any process."""

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from talkbook.search import blocks, words
from talkbook.search.blocks import Listing, Unit

_COMMON = 128  # one more than the words that count as common: two of them in a row are a term
_RARE = 1_000  # a common word is at least one in so many
_SAMPLE = 200_000  # words that are counted for it
_HEAD = 4  # times that a word in the title of a page counts
_LEVEL = 4  # of compression: two thirds of the time of the usual 6 for three bytes in a hundred more
_APART, _UNIT = words.MARKS  # between texts that do not follow one another, and before those of a unit
_NO_MARKS = dict.fromkeys(map(ord, words.MARKS), " ")

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Part:
    """What is found on the pages of a part.

    boosts: of each unit, by blocks. terms: in order. starts: where the postings of each begin in `values`, and
    the end. values: unit * 4 + weight; of one term, in order. digest: of the blocks. blocks: what they hold,
    packed; () once they are written.
    """

    boosts: tuple[tuple[float, ...], ...]
    terms: tuple[str, ...]
    starts: Numbers
    values: NDArray[np.uint32]
    digest: bytes
    blocks: tuple[bytes, ...]


def common(texts: Iterable[str]) -> tuple[str, ...]:
    """The commonest words of some texts, of which not all may be looked at."""
    counts: Counter[str] = Counter()
    total = 0
    for text in texts:
        found = words.split(text)
        counts.update(found)
        total += len(found)
        if total >= _SAMPLE:
            break
    often = sorted((-count, word) for word, count in counts.items() if count * _RARE >= total)
    return tuple(word for _, word in often[: _COMMON - 1])


def make(pages: Iterable[Listing], frequent: Sequence[str]) -> Part:
    """The part of these pages. frequent: the words that are common()."""
    cut = list(blocks.cut(pages))
    units = [unit for block in cut for unit in block.units]
    vocabulary = _Vocabulary({_APART.encode(): 0, _UNIT.encode(): 1})
    found = [_said(units, vocabulary)]
    found += [_pairs(*found[0], vocabulary, frequent), _filters(units, vocabulary)]
    names = [word.decode() for word in vocabulary][2:]
    terms = ordered(names)
    place = {term: at for at, term in enumerate(terms)}
    rank = np.array([-1, -1, *map(place.__getitem__, names)])  # what is no word has none
    keys = np.concatenate([rank[numbers] << 32 | owners for numbers, owners in found])
    keys, times = np.unique(keys[keys >= 0], return_counts=True)
    contents = [dump(block.data) for block in cut]
    return Part(
        boosts=tuple(tuple(unit[0].boost for unit in block.units) for block in cut),
        terms=tuple(terms),
        starts=np.searchsorted(keys, np.arange(len(terms) + 1) << 32),
        values=((keys & 0xFFFFFFFF) << 2 | np.minimum(times, 4) - 1).astype(np.uint32),
        digest=sha256(b"".join(contents)).digest(),
        blocks=tuple(map(pack, contents)),
    )


def ordered(terms: Iterable[str]) -> list[str]:
    """The terms in the order of UTF-16, as JavaScript compares them."""
    every = list(terms)
    beyond = max("".join(every), default="") >= "\ud800"  # only with such characters it is not Python's
    return sorted(every, key=lambda term: term.encode("utf-16-be")) if beyond else sorted(every)


def dump(value: object) -> bytes:
    """The value as JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def pack(content: bytes) -> bytes:
    """The content in zlib's format: whatever the server does, few bytes travel."""
    return zlib.compress(content, _LEVEL)


class _Vocabulary(dict[bytes, int]):
    """The number of each word, given when it is first asked for."""

    def __missing__(self, word: bytes) -> int:
        self[word] = number = len(self)
        return number

    def numbers(self, found: Sequence[bytes]) -> Numbers:
        return np.fromiter(map(self.__getitem__, found), np.int64, len(found))


def _said(units: Sequence[Unit], vocabulary: _Vocabulary) -> tuple[Numbers, Numbers]:
    """The words of all units in a row with marks in between, and the unit of each."""
    numbers = vocabulary.numbers(words.marked("".join(map(_text, units))))
    return numbers, np.cumsum(numbers == 1) - 1


def _text(unit: Unit) -> str:
    texts: list[str] = []
    for title, head in {(entry.title, not entry.anchor): None for entry in unit}:
        texts += [title] * (_HEAD if head else 1)
    texts += [entry.text for entry in unit]
    joined = f" {_APART} ".join(texts)
    if joined.count(_APART) >= len(texts) or _UNIT in joined:
        joined = f" {_APART} ".join([text.translate(_NO_MARKS) for text in texts])
    return f" {_UNIT} {joined}"


def _pairs(
    numbers: Numbers, owners: Numbers, vocabulary: _Vocabulary, frequent: Sequence[str]
) -> tuple[Numbers, Numbers]:
    """Common words that follow one another as terms " first second", and the unit of each."""
    rank = {word.encode(): at for at, word in enumerate(frequent, 1)}
    common = np.array([rank.get(word, 0) for word in vocabulary])[numbers]
    both = np.flatnonzero((common[:-1] > 0) & (common[1:] > 0))
    codes, inverse = np.unique(common[both] * _COMMON + common[both + 1], return_inverse=True)
    names = [f" {frequent[code // _COMMON - 1]} {frequent[code % _COMMON - 1]}".encode() for code in codes.tolist()]
    return vocabulary.numbers(names)[inverse], owners[both]


def _filters(units: Sequence[Unit], vocabulary: _Vocabulary) -> tuple[Numbers, Numbers]:
    """What a search can be narrowed by as terms ":name word", and the unit of each."""
    terms: list[bytes] = []
    owners: list[int] = []
    for at, unit in enumerate(units):
        here = {term for entry in unit for term in _narrowing(entry.speaker, entry.transcript, entry.topics)}
        terms += here
        owners += [at] * len(here)
    return vocabulary.numbers(terms), np.array(owners, np.int64)


@lru_cache(maxsize=1_000)  # those of a unit are mostly those of the one before
def _narrowing(speaker: str, transcript: str, topics: Sequence[str]) -> frozenset[bytes]:
    values = [("speaker", speaker), ("in", transcript), *(("topic", topic) for topic in topics)]
    return frozenset(f":{name} {word}".encode() for name, value in values for word in words.split(value))
