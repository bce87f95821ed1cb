"""Terms of units: their words, pairs of common words that follow each other, and filters."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from talkbook.search import tokenizer
from talkbook.search.blocks import Unit
from talkbook.text import tokens

COMMON = 128  # one more than the number of common words
_NEAR = 40  # characters within which to look for the next word
_HEAD = 4  # the weight of a word in a page's title
_APART, _UNIT = map(chr, tokenizer.MARKS)  # (separates texts within a unit, starts a unit)
_NO_MARKS = dict.fromkeys(tokenizer.MARKS, " ")

Longs = NDArray[np.int64]


def collect(units: Sequence[Unit], frequent: Sequence[str]) -> tuple[list[str], Longs, Longs]:
    """Return all terms of the units, sorted; and for each occurrence the index of its term, and its unit.

    frequent: the common words; two in a row form a term " first second".

    Filters are terms of the form ":name word". The occurrences of a term are in the order of the units.
    """
    text = tokenizer.marked("".join(map(_text, units)))
    starts, ends = tokens.word_bounds(text)
    own, which = tokens.unique(tokens.keys(text, starts, ends))
    whole = text.tobytes()
    names = [whole[start:end].decode() for start, end in zip(starts[own].tolist(), ends[own].tolist(), strict=True)]
    owners = _before(starts, np.flatnonzero(text == tokenizer.MARKS[1])) - 1
    stretches = _before(starts, np.flatnonzero(text < ord(" ")))
    rank = {word: at for at, word in enumerate(frequent, 1)}
    common = np.array([rank.get(name, 0) for name in names], np.int64)[which]
    first = np.flatnonzero((common[:-1] > 0) & (common[1:] > 0) & (stretches[:-1] == stretches[1:]))
    pairs, paired = _pairs(common[first], common[first + 1], frequent)
    filters, filtered, filtering = _filters(units)
    every = [*names, *pairs, *filters]
    terms = ordered(every)
    place = {term: at for at, term in enumerate(terms)}
    places = np.fromiter(map(place.__getitem__, every), np.int64, len(every))
    rows = np.concatenate((which, paired + len(names), filtered + len(names) + len(pairs)))
    return terms, places[rows], np.concatenate((owners, owners[first], filtering))


def _before(starts: Longs, marks: Longs) -> Longs:
    """Return how many of the marks (few) precede each of the starts."""
    lengths = np.diff(np.searchsorted(starts, marks), prepend=0, append=len(starts))
    return np.repeat(np.arange(len(marks) + 1), lengths)


def ordered(terms: Iterable[str]) -> list[str]:
    """Sort the terms by UTF-16 code units, as JavaScript compares strings."""
    every = list(terms)
    beyond = max("".join(every), default="") >= "\ud800"  # otherwise Python's order is the same
    return sorted(every, key=lambda term: term.encode("utf-16-be")) if beyond else sorted(every)


def _pairs(first: Longs, second: Longs, words: Sequence[str]) -> tuple[list[str], Longs]:
    """Return the terms for pairs of words, and for each pair the index of its term.

    first, second: indices in `words`, plus 1.
    """
    codes = first * COMMON + second
    there = np.flatnonzero(np.bincount(codes, minlength=COMMON * COMMON))
    table: Longs = np.zeros(COMMON * COMMON, np.int64)
    table[there] = np.arange(len(there))
    one, other = np.divmod(there, COMMON)
    return [f" {words[a - 1]} {words[b - 1]}" for a, b in zip(one.tolist(), other.tolist(), strict=True)], table[codes]


def _text(unit: Unit) -> str:
    texts: list[str] = []
    for title, head in {(entry.title, not entry.anchor): None for entry in unit}:
        texts += [title] * (_HEAD if head else 1)
    texts += [entry.text for entry in unit]
    texts += [_around(entry.text, *each) for entry in unit for each in entry.captioned]
    joined = f" {_APART} ".join(texts)
    if joined.count(_APART) >= len(texts) or _UNIT in joined:
        joined = f" {_APART} ".join([text.translate(_NO_MARKS) for text in texts])
    return f" {_UNIT} {joined}"


def _around(text: str, start: int, end: int, words: str) -> str:
    """Return what captions have instead of text[start:end], with adjacent words, so that phrases across it match."""
    before, after = text[max(0, start - _NEAR) : start].split()[-1:], text[end : end + _NEAR].split()[:1]
    return " ".join([*before, words, *after])


def _filters(units: Sequence[Unit]) -> tuple[list[str], Longs, Longs]:
    """Return the filters, and for each occurrence the index of the filter, and the unit."""
    number: dict[str, int] = {}
    numbers: list[int] = []
    owners: list[int] = []
    for at, unit in enumerate(units):
        narrowing = {term for entry in unit for term in _narrowing(entry.speaker, entry.transcript, entry.topics)}
        numbers += [number.setdefault(term, len(number)) for term in narrowing]
        owners += [at] * len(narrowing)
    return [*number], np.array(numbers, np.int64), np.array(owners, np.int64)


@lru_cache(maxsize=1_000)  # mostly the same as those of the previous unit
def _narrowing(speaker: str, transcript: str, topics: Sequence[str]) -> frozenset[str]:
    values = [("speaker", speaker), ("in", transcript), *(("topic", topic) for topic in topics)]
    return frozenset(f":{name} {word}" for name, value in values for word in tokenizer.split(value))
