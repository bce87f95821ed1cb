"""Find the names of all topics in a text at once, with Aho and Corasick's automaton (CACM 18(6), 1975)."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain, groupby, takewhile
from operator import attrgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from talkbook.matching import stemming
from talkbook.model import Topic
from talkbook.text import scripts

_start, _end = attrgetter("start"), attrgetter("end")
_PLURAL = re.compile(rf"(?:['’]s|s|es)?{scripts.END}")
_REST = re.compile(rf"\w*{scripts.END}")
_LAST = re.compile(r"[^\W\d_]+$")
_PARENTHESES = re.compile(r"\(([^()]*)\)")
_MANY = 10_000  # names; beyond that, the faster automaton takes too much memory
_SEPARATOR = "\f"  # separates texts that are searched as one; no name contains it
_SPACES = "-‐‑–\n\t\xa0\u3000"
_BOUNDARY = frozenset(["", *" ,.?!"])  # what usually stands beside a word; checked first, as a pattern is slower
_SHORTEST = 4  # letters of a word whose other forms count


class NameHit(NamedTuple):
    """A place that names a topic: text[start:end].

    hidden: whether it is one of the topic's hidden labels.
    inflected: whether it is another form of a name, as "reviewing" is of "review". These are less certain and never
        become links.
    case: for a name that begins with a capital, 1 if the text has the capital and -1 if not; 0 for other names.
    """

    start: int
    end: int
    topic: str
    hidden: bool
    inflected: bool = False
    case: int = 0

    def meets(self, other: "NameHit") -> bool:
        """Return whether the two overlap."""
        return self.start < other.end and other.start < self.end

    def surer_than(self, other: "NameHit") -> bool:
        """Return whether this is the one to keep if the two overlap."""
        one, two = ((hit.end - hit.start, not hit.inflected, -abs(hit.case)) for hit in (self, other))
        return one > two


@dataclass(frozen=True, slots=True)
class _Name:
    """A name, with the letters that all its forms begin with as the pattern to search for.

    rest: what follows the pattern in the name itself.
    stem: the stem of the last word; "" if other forms don't count.
    head: how many letters of the last word are in the pattern.
    capital, acronym: whether the name begins with a capital; whether all its letters are capitals.
    excepted: whether this is a phrase in which the topic is not meant.
    """

    topic: str
    hidden: bool = False
    rest: str = ""
    stem: str = ""
    head: int = 0
    capital: bool = False
    acronym: bool = False
    excepted: bool = False


def fold(text: str) -> str:
    """Return the text for comparison: in lower case, with spaces for hyphens. All offsets stay the same."""
    lower = "İ".join(part.lower() for part in text.split("İ"))  # only İ is longer in lower case
    for space in _SPACES:
        lower = lower.replace(space, " ")  # seven passes, ten times as fast as one `translate` of text beyond ASCII
    return lower


def labels(topic: Topic) -> Sequence[str]:
    """Return the topic's names as people say them: "Human feedback (RLHF)" is two."""
    title = _PARENTHESES.sub(" ", topic.title).strip() or topic.title
    return (title, *filter(None, map(str.strip, _PARENTHESES.findall(topic.title))), *topic.aliases)


class Terms:
    """The names of all topics, ready to be searched for."""

    __slots__ = ("_automaton", "_owners")

    def __init__(self, topics: Iterable[Topic]) -> None:
        owners: dict[str, dict[_Name, None]] = {}
        for topic in topics:
            for pattern, name in _names(topic):
                owners.setdefault(pattern, {})[name] = None
        owners.pop("", None)
        self._owners: Sequence[Sequence[_Name]] = [tuple(names) for names in owners.values()]
        # The DFA reads text two to four times as fast, but is too large for very many names.
        kind = Implementation.DFA if len(owners) <= _MANY else Implementation.ContiguousNFA
        self._automaton = AhoCorasick(list(owners), implementation=kind)

    def find(self, text: str) -> list[NameHit]:
        """Return all places where whole words of `text` name a topic, in order.

        Plurals, genitives and other forms of a name's last word count too. If two hits for one topic overlap, only the
        longer is returned. Hits in a phrase that the topic excepts are left out, and so are acronyms in lower case,
        unless the whole text is in lower case.
        """
        folded = fold(text)
        return self._hits(text, folded, self._automaton.find_matches_as_indexes(folded, overlapping=True), 0)

    def find_all(self, texts: Sequence[str]) -> Iterator[tuple[int, list[NameHit]]]:
        """Yield (index, hits) for each text that names a topic, with the hits that find() returns for it.

        All texts are searched at once.
        """
        folded = fold(_SEPARATOR.join(texts))
        starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
        matches = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        for at, here in groupby(matches, key=lambda match: bisect_right(starts, match[1]) - 1):
            if hits := self._hits(texts[at], folded, here, starts[at]):
                yield at, hits

    def _hits(self, text: str, folded: str, matches: Iterable[tuple[int, int, int]], offset: int) -> list[NameHit]:
        """Return the hits among the matches in `text`, which begins at folded[offset]."""
        best: dict[str, list[NameHit]] = {}
        excepted: dict[str, list[NameHit]] = {}
        for index, start, stop in matches:
            if folded[start - 1 : start] not in _BOUNDARY and not scripts.begins(folded, start):
                continue
            for name in self._owners[index]:
                end = _plain(folded, stop, name.rest)
                inflected = end < 0
                if inflected and (
                    (end := _inflected(folded, stop, name)) < 0 or text[start - offset - 1 : start - offset] == "-"
                ):
                    continue
                first, last = start - offset, end - offset
                if name.acronym and text[first:last].islower() and not text.islower():
                    continue
                case = (-1 if text[first].islower() else 1) if name.capital else 0
                hit = NameHit(first, last, name.topic, name.hidden, inflected, case)
                _keep((excepted if name.excepted else best).setdefault(name.topic, []), hit)
        for topic in excepted.keys() & best.keys():
            best[topic] = [hit for hit in best[topic] if not any(hit.meets(other) for other in excepted[topic])]
        found = list(chain.from_iterable(best.values()))
        if len(found) > 1:
            found.sort(key=_end, reverse=True)
            found.sort(key=_start)  # stable: of those with the same start, the longest stays first
        return found


def _keep(hits: list[NameHit], hit: NameHit) -> None:
    """Add a hit to those of its topic; of two that overlap, only the surer is kept."""
    if not hits or hits[-1].end <= hit.start:
        hits.append(hit)
    elif hit.surer_than(hits[-1]):
        hits[-1] = hit


def _plain(folded: str, stop: int, rest: str) -> int:
    """Return the end of a name, or its plural, if `rest` follows its pattern at folded[stop:]; -1 if not."""
    if rest:
        if not folded.startswith(rest, stop):
            return -1
        stop += len(rest)
    if folded[stop : stop + 1] in _BOUNDARY:
        return stop
    tail = _PLURAL.match(folded, stop)
    return tail.end() if tail else -1


def _inflected(folded: str, stop: int, name: _Name) -> int:
    """Return the end of another form of the name whose pattern ends at folded[stop]; -1 if there is none."""
    tail = _REST.match(folded, stop) if name.stem else None
    return tail.end() if tail and stemming.stem(folded[stop - name.head : tail.end()]) == name.stem else -1


def _names(topic: Topic) -> Iterator[tuple[str, _Name]]:
    """Yield (pattern, name) for everything that is searched for on behalf of a topic."""
    for hidden, group in ((False, labels(topic)), (True, topic.hidden_labels)):
        for label in group:
            yield _name(topic.slug, label, hidden)
    for phrase in topic.excepted:
        yield " ".join(fold(phrase).split()), _Name(topic.slug, excepted=True)


def _name(topic: str, label: str, hidden: bool) -> tuple[str, _Name]:
    folded = " ".join(fold(label).split())
    acronym = label.isupper() and sum(map(str.isalpha, label)) > 1
    name = _Name(topic, hidden, capital=label[:1].isupper(), acronym=acronym)
    word = _LAST.search(folded)
    if acronym or word is None or len(word[0]) < _SHORTEST or scripts.present(folded):
        return folded, name
    stem = stemming.stem(word[0])
    pairs = zip(word[0], stem.rstrip("eiy") or stem, strict=False)
    head = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))  # the length of their common prefix
    if head < _SHORTEST - 1:
        return folded, name
    cut = word.start() + head
    return folded[:cut], replace(name, rest=folded[cut:], stem=stem, head=head)
