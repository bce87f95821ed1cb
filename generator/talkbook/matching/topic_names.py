"""Finding topics' names in text, all at once, with Aho and Corasick's automaton (CACM 18(6), 1975)."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, groupby
from operator import attrgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from talkbook.model import Topic
from talkbook.text import scripts

_start, _end = attrgetter("start"), attrgetter("end")
_PLURAL = re.compile(rf"(?:['’]s|s|es)?{scripts.END}")
_MANY = 10_000  # names from which the faster automaton would take more memory than it is worth
_APART = "\f"  # which no name holds, so that none is found from one text to the next
_SPACES = "-‐‑–\n\t\xa0\u3000"


class NameHit(NamedTuple):
    """text[start:end] names the topic; `hidden` if by one of its hidden labels."""

    start: int
    end: int
    topic: str
    hidden: bool


def fold(text: str) -> str:
    """The text as it is compared: lower case, hyphens as spaces, every offset kept."""
    lower = "İ".join(part.lower() for part in text.split("İ"))  # all other letters are as long in lower case
    for space in _SPACES:
        lower = lower.replace(space, " ")  # seven times is ten times as fast as `translate` for text beyond ASCII
    return lower


def _implementation(labels: int) -> Implementation:
    """A table of all transitions reads text two to four times as fast, and is too large for very many names."""
    return Implementation.DFA if labels <= _MANY else Implementation.ContiguousNFA


class Terms:
    """The names of all topics, ready to be found."""

    __slots__ = ("_automaton", "_owners")

    def __init__(self, topics: Iterable[Topic]) -> None:
        owners: dict[str, list[tuple[str, bool]]] = {}
        for topic in topics:
            for hidden, labels in ((False, topic.names), (True, topic.hidden_labels)):
                for label in labels:
                    owners.setdefault(" ".join(fold(label).split()), []).append((topic.slug, hidden))
        owners.pop("", None)
        self._owners: Sequence[list[tuple[str, bool]]] = list(owners.values())
        self._automaton = AhoCorasick(list(owners), implementation=_implementation(len(owners)))

    def find(self, text: str) -> list[NameHit]:
        """Every whole-word hit in `text`, in order; an English plural or genitive counts too.

        Of two hits of one topic that overlap only the longer is given.
        """
        folded = fold(text)
        return self._hits(folded, self._automaton.find_matches_as_indexes(folded, overlapping=True), 0)

    def each(self, texts: Sequence[str]) -> Iterator[tuple[int, list[NameHit]]]:
        """The index of each text in which any topic is named, and what find() gives for it, by one search for all."""
        folded = fold(_APART.join(texts))
        starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
        matches = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        for at, here in groupby(matches, key=lambda match: bisect_right(starts, match[1]) - 1):
            if hits := self._hits(folded, here, starts[at]):
                yield at, hits

    def _hits(self, folded: str, matches: Iterable[tuple[int, int, int]], offset: int) -> list[NameHit]:
        """The hits among the matches in a text that begins at folded[offset]."""
        best: dict[str, list[NameHit]] = {}
        for index, start, stop in matches:
            tail = _PLURAL.match(folded, stop)
            if not (tail and scripts.begins(folded, start)):
                continue
            first, end = start - offset, tail.end() - offset
            for topic, hidden in self._owners[index]:
                hits = best.setdefault(topic, [])
                if not hits or hits[-1].end <= first:
                    hits.append(NameHit(first, end, topic, hidden))
                elif end - first > hits[-1].end - hits[-1].start:
                    hits[-1] = NameHit(first, end, topic, hidden)
        found = list(chain.from_iterable(best.values()))
        if len(found) > 1:
            found.sort(key=_end, reverse=True)
            found.sort(key=_start)  # those with the same start stay in order, the longest first
        return found
