"""The lexicon: words that captions mishear, to be corrected wherever the context allows."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, Implementation

from talkbook.model import Edit
from talkbook.sources import yaml_schema
from talkbook.text import anchors, scripts

_REACH = 6  # words on either side that count as context
_FAR = 600  # characters within which to look for them


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """A correction of `heard` to `means`, made where one of `near` is close by (or anywhere, if `near` is empty)."""

    heard: str
    means: str
    near: tuple[str, ...] = ()
    why: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Corrections for all transcripts, and the site's abbreviations (short form -> long form)."""

    path: str = ""
    entries: tuple[LexiconEntry, ...] = ()
    abbreviations: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.path, len(self.entries)))  # cheap, as the lexicon is a cache key for each transcript


def read(text: str, path: str) -> Lexicon:
    """Parse a lexicon. Raises ParseError with every fault found."""
    document = yaml_schema.read(text, path, "lexicon")
    entries = tuple(
        LexiconEntry(item["heard"], item["means"], tuple(item.get("near", ())), item.get("why", ""), line)
        for line, item in yaml_schema.items(document, "corrections")
    )
    return Lexicon(path, entries, document.data.get("abbreviations", {}))


def corrections(lexicon: Lexicon, source: str) -> Iterator[Edit]:
    """Yield the edits that the lexicon makes in `source`: whole words in the same case. They may overlap."""
    for entry in present(lexicon, source):
        for start, end in anchors.spans(source, entry.heard):
            if not entry.near or _near(entry.near, source, start, end):
                yield Edit(start, end, entry.means, "correction", entry.why)


def present(lexicon: Lexicon, source: str) -> list[LexiconEntry]:
    """Return the entries whose longest word occurs in the source; no others can apply."""
    if not lexicon.entries:
        return []
    automaton, owners = _automaton(lexicon)
    words = {index for index, _, _ in automaton.find_matches_as_indexes(source, overlapping=True)}
    return [lexicon.entries[at] for at in sorted(at for index in words for at in owners[index])]


@lru_cache(maxsize=1)  # one lexicon serves all transcripts
def _automaton(lexicon: Lexicon) -> tuple[AhoCorasick, list[list[int]]]:
    owners: dict[str, list[int]] = {}
    for at, entry in enumerate(lexicon.entries):
        owners.setdefault(max(entry.heard.split(), key=len, default=""), []).append(at)
    owners.pop("", None)
    return AhoCorasick(list(owners), implementation=Implementation.DFA), list(owners.values())


def _near(words: tuple[str, ...], source: str, start: int, end: int) -> bool:
    before = scripts.words(source, max(0, start - _FAR), start)[-_REACH:]
    after = scripts.words(source, end, end + _FAR)[:_REACH]
    first, last = before[0][0] if before else start, after[-1][1] if after else end
    context = f"{source[first:start]} | {source[end:last]}"
    return any(re.search(anchors.pattern(word).pattern, context, re.IGNORECASE) for word in words)
