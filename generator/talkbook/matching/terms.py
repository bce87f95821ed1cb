"""Finding topics' names in text, all at once, with Aho and Corasick's automaton (CACM 18(6), 1975)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, Implementation

from talkbook.model import Topic

_PLURAL = re.compile(r"(?:['’]s|s|es)?(?!\w)")
_MANY = 10_000  # names from which the faster automaton would take more memory than it is worth
_HYPHENS = str.maketrans("-‐‑–\n\t\xa0", "       ")


@dataclass(frozen=True, slots=True)
class Hit:
    """text[start:end] names the topic; `hidden` if by one of its hidden labels."""

    start: int
    end: int
    topic: str
    hidden: bool


def fold(text: str) -> str:
    """The text as it is compared: lower case, hyphens as spaces, every offset kept."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lower.translate(_HYPHENS)


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
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            tail = _PLURAL.match(folded, end)
            if tail is None or (start and (folded[start - 1].isalnum() or folded[start - 1] == "_")):
                continue
            for topic, hidden in self._owners[index]:
                hits = best.setdefault(topic, [])
                hit = Hit(start, tail.end(), topic, hidden)
                if hits and hits[-1].end > start:
                    if hit.end - hit.start > hits[-1].end - hits[-1].start:
                        hits[-1] = hit
                else:
                    hits.append(hit)
        return sorted((hit for hits in best.values() for hit in hits), key=lambda hit: (hit.start, -hit.end))
