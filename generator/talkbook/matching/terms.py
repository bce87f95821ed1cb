"""Finding topics' names in text, all at once, with Aho and Corasick's automaton (CACM 18(6), 1975)."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from talkbook.model import Topic

_PLURAL = re.compile(r"(?:['’]s|s|es)?(?!\w)")
_MANY = 10_000  # names from which the faster automaton would take more memory than it is worth
_SPACES = "-‐‑–\n\t\xa0"


class Hit(NamedTuple):
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

    def find(self, text: str) -> list[Hit]:
        """Every whole-word hit in `text`, in order; an English plural or genitive counts too.

        Of two hits of one topic that overlap only the longer is given.
        """
        folded = fold(text)
        best: dict[str, list[Hit]] = {}
        for index, start, stop in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            before = folded[start - 1] if start else " "
            tail = None if before.isalnum() or before == "_" else _PLURAL.match(folded, stop)
            if not tail:
                continue
            end = tail.end()
            for topic, hidden in self._owners[index]:
                hits = best.setdefault(topic, [])
                if not hits or hits[-1].end <= start:
                    hits.append(Hit(start, end, topic, hidden))
                elif end - start > hits[-1].end - hits[-1].start:
                    hits[-1] = Hit(start, end, topic, hidden)
        found = sorted(chain.from_iterable(best.values()), key=attrgetter("end"), reverse=True)
        return sorted(found, key=attrgetter("start"))  # those with the same start stay in order, the longest first
