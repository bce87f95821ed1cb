"""What units are found by: their words, pairs of common words that follow one another, and filters."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from talkbook import bytewise
from talkbook.search import words
from talkbook.search.blocks import Unit

COMMON = 128  # one more than the words that count as common
_HEAD = 4  # times that a word in the title of a page counts
_APART, _UNIT = map(chr, words.MARKS)  # between texts that do not follow one another, and before those of a unit
_NO_MARKS = dict.fromkeys(words.MARKS, " ")

Longs = NDArray[np.int64]


def find(units: Sequence[Unit], frequent: Sequence[str]) -> tuple[list[str], Longs, Longs]:
    """(all terms of the units, in order; of each place where one stands its index among them, and its unit).

    frequent: the common words; two of them in a row are a term " first second". Filters are ":name word".
    """
    vocabulary = _Vocabulary()
    text = words.marked("".join(map(_text, units)))
    starts, ends = bytewise.borders(text)
    own, number = bytewise.numbered(bytewise.keys(text, starts, ends))
    whole = text.tobytes()
    names = [whole[start:end].decode() for start, end in zip(starts[own].tolist(), ends[own].tolist(), strict=True)]
    owners = np.searchsorted(np.flatnonzero(text == words.MARKS[1]), starts) - 1
    stretches = np.searchsorted(np.flatnonzero(text < ord(" ")), starts)
    rank = {word: at for at, word in enumerate(frequent, 1)}
    common = np.array([rank.get(name, 0) for name in names], np.int64)[number]
    first = np.flatnonzero((common[:-1] > 0) & (common[1:] > 0) & (stretches[:-1] == stretches[1:]))
    pairs = vocabulary.pairs(common[first], common[first + 1], frequent)
    filters, filtered = _filters(units, vocabulary)
    said = vocabulary.numbers(names)[number]
    terms = ordered(vocabulary)
    place = {term: at for at, term in enumerate(terms)}
    rank_of = np.fromiter(map(place.__getitem__, vocabulary), np.int64, len(vocabulary))
    return terms, rank_of[np.concatenate((said, pairs, filters))], np.concatenate((owners, owners[first], filtered))


def ordered(terms: Iterable[str]) -> list[str]:
    """The terms in the order of UTF-16, as JavaScript compares them."""
    every = list(terms)
    beyond = max("".join(every), default="") >= "\ud800"  # only with such characters it is not Python's
    return sorted(every, key=lambda term: term.encode("utf-16-be")) if beyond else sorted(every)


class _Vocabulary(dict[str, int]):
    """The number of each term, given when it is first asked for."""

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number

    def numbers(self, terms: Iterable[str]) -> Longs:
        return np.array([self[term] for term in terms], np.int64)

    def pairs(self, first: Longs, second: Longs, words: Sequence[str]) -> Longs:
        """The number of each pair of words, which are given by their place among `words`, from 1 on."""
        codes = first * COMMON + second
        there = np.flatnonzero(np.bincount(codes, minlength=COMMON * COMMON))
        table: Longs = np.zeros(COMMON * COMMON, np.int64)
        one, other = np.divmod(there, COMMON)
        pairs = zip(one.tolist(), other.tolist(), strict=True)
        table[there] = self.numbers(f" {words[a - 1]} {words[b - 1]}" for a, b in pairs)
        found: Longs = table[codes]
        return found


def _text(unit: Unit) -> str:
    texts: list[str] = []
    for title, head in {(entry.title, not entry.anchor): None for entry in unit}:
        texts += [title] * (_HEAD if head else 1)
    texts += [entry.text for entry in unit]
    joined = f" {_APART} ".join(texts)
    if joined.count(_APART) >= len(texts) or _UNIT in joined:
        joined = f" {_APART} ".join([text.translate(_NO_MARKS) for text in texts])
    return f" {_UNIT} {joined}"


def _filters(units: Sequence[Unit], vocabulary: _Vocabulary) -> tuple[Longs, Longs]:
    """What a search can be narrowed by, and the unit of each."""
    terms: list[str] = []
    owners: list[int] = []
    for at, unit in enumerate(units):
        here = {term for entry in unit for term in _narrowing(entry.speaker, entry.transcript, entry.topics)}
        terms += here
        owners += [at] * len(here)
    return vocabulary.numbers(terms), np.array(owners, np.int64)


@lru_cache(maxsize=1_000)  # those of a unit are mostly those of the one before
def _narrowing(speaker: str, transcript: str, topics: Sequence[str]) -> frozenset[str]:
    values = [("speaker", speaker), ("in", transcript), *(("topic", topic) for topic in topics)]
    return frozenset(f":{name} {word}" for name, value in values for word in words.split(value))
