"""The words of private passages, to make sure that they don't appear anywhere.

They are computed from the sources when needed and never stored.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from talkbook import readers
from talkbook.book import versions
from talkbook.problems import ParseError, Problem
from talkbook.sources import sidecar_names
from talkbook.sources.sidecar import Sidecar
from talkbook.sources.source import Source
from talkbook.text import anchors, masking, scripts
from talkbook.text.masking import MASK
from talkbook.transcripts import frontmatter, private_passages

_RUN = 5  # consecutive words that give a passage away; if it is shorter, all of it
_FEW = 3  # consecutive words that appear nowhere else by chance
_LONG = 4  # runs in a passage; a text with most of so many is a copy of it, not a coincidence
_QUOTED = re.compile(r'"[^"]*"|\([^()]*\)|(?<=: )(?!").+$')  # where a message quotes words of a file
_WORD = re.compile(rf"{MASK}+|[{scripts.LETTERS}]|(?:(?![{scripts.LETTERS}])\w)+")
_TAG = re.compile(r"<[^<>]*>")
_NAMED = re.compile(r"privat", re.IGNORECASE)


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, without punctuation; in scripts without spaces, each letter is a word.

    What is masked counts as one word, so that the words before and after it are never consecutive.
    """
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


Run = tuple[str, ...]  # consecutive words


@dataclass(frozen=True, slots=True)
class PrivateWords:
    """What gives private passages away.

    runs: consecutive words -> the path and line that say that they are private.
    telling: words that give a passage away on their own, as they appear nowhere else.
    """

    runs: Mapping[Run, str] = field(default_factory=dict)
    telling: frozenset[str] = frozenset()

    def runs_in(self, text: str) -> set[Run]:
        """Return which of the runs are in the text."""
        found = words(text)
        here = {*found}
        wanted = {run for run in self.runs if here.issuperset(run)}
        sizes = {len(run) for run in wanted}
        return wanted & {tuple(found[at : at + size]) for size in sizes for at in range(len(found))}

    def without(self, texts: Iterable[str]) -> "PrivateWords":
        """Return the words without those that are public, because they are in one of the texts.

        If a text contains most of a passage, it is a copy of it and makes none of its runs public.
        """
        if not self.runs:
            return self
        sizes = Counter(self.runs.values())
        public: set[Run] = set()
        telling = self.telling
        for text in texts:
            found = self.runs_in(text)
            counts = Counter(self.runs[run] for run in found)
            copied = {place for place, count in counts.items() if sizes[place] >= _LONG and count * 2 > sizes[place]}
            public.update(run for run in found if self.runs[run] not in copied)
            telling -= {*words(text)}
        return PrivateWords({run: place for run, place in self.runs.items() if run not in public}, telling)

    def without_common(self, frame: Iterable[str]) -> "PrivateWords":
        """Return the words without the short runs in texts that frame every page, where they may appear by chance."""
        short = PrivateWords({run: place for run, place in self.runs.items() if len(run) < _FEW})
        common = {run for text in frame for run in short.runs_in(text)}
        return replace(self, runs={run: place for run, place in self.runs.items() if run not in common})

    def long(self) -> "PrivateWords":
        """Return the words without the passages that are shorter than a run usually is."""
        return replace(self, runs={run: place for run, place in self.runs.items() if len(run) == _RUN})

    def redacted(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return the problems without private words."""
        return tuple(map(self._redacted, problems)) if self.runs else tuple(problems)

    def _redacted(self, problem: Problem) -> Problem:
        message, hint = (_QUOTED.sub(self._hidden, text) for text in (problem.message, problem.hint))
        if self.runs_in(message):
            message = "What is wrong here can't be described without private words."
        return replace(problem, message=message, hint="Look at the file." if self.runs_in(hint) else hint)

    def _hidden(self, quoted: re.Match[str]) -> str:
        """Return what a message quotes from a file, or an ellipsis if that contains private words."""
        return '"…"' if self.in_text(quoted[0]) else quoted[0]

    def in_text(self, text: str) -> bool:
        """Return whether the text contains a run of private words, or a telling word."""
        return not self.telling.isdisjoint(words(text)) or bool(self.runs_in(text))


def collect(source: Source, side: Source | None, files: Sequence[Source] = ()) -> PrivateWords:
    """Return the private words of a transcript.

    source: its file.
    side: its sidecar.
    files: all files of the conversation, if there are several.

    If it is unclear what is private, these are all words of the file, and all that follow `private` in the sidecar.
    """
    try:
        stated = versions.stated(side)
        chosen = versions.choose(files or (source,), stated)
        speech, path = chosen.speech, chosen.source.path
        stated = frontmatter.under(chosen.side, frontmatter.read(speech.front, path))
        found, unsure = private_passages.find(speech.source, stated, path)
    except ParseError as refused:
        found, unsure = [], refused.problems
    if unsure:
        return merged(_withheld(each, side) for each in files or (source,))
    runs: dict[Run, str] = {}
    telling: set[str] = set()
    for passage in found:
        said = words(speech.source[passage.start : passage.end])
        runs |= dict.fromkeys(_runs(said), f"{passage.entry.path}:{passage.entry.start.line}")
        telling.update(said)
    spans = sorted((passage.start, passage.end) for passage in found)
    return PrivateWords(runs, frozenset(telling)).without([masking.masked(speech.source, spans)])


def _withheld(source: Source, side: Source | None) -> PrivateWords:
    marked = [_NAMED.split(text, maxsplit=1)[1] for text in _texts(side) if _NAMED.search(text)]
    telling = {*words(marked[0])} - sidecar_names.PRIVATE_KEYS if marked else set[str]()
    text, *_ = _texts(source)
    for entry in _stated(side).private:
        starts, ends = anchors.spans(text, entry.start.text), anchors.spans(text, entry.end.text)
        telling.update(words(text[starts[0][0] : ends[-1][1]]) if starts and ends else ())
    spoken = words(_spoken(source, text))
    runs = _runs(spoken) if len(spoken) >= _RUN else ()  # less of it gives no conversation away
    return PrivateWords(dict.fromkeys(runs, side.path if side else source.path), frozenset(telling))


def _spoken(source: Source, text: str) -> str:
    """Return the speech in a file, without markup that others have too; if it can't be read, all but its tags."""
    try:
        speech = readers.read(source.data, source.path)
    except ParseError:
        return _TAG.sub(" ", text)
    return " ".join(speech.source[utterance.start : utterance.end] for utterance in speech.utterances)


def _stated(side: Source | None) -> Sidecar:
    """Return what the sidecar says; nothing if it can't be read."""
    try:
        return versions.stated(side)
    except ParseError:
        return Sidecar()


def _texts(source: Source | None) -> Sequence[str]:
    """Return what the bytes of a file may mean, the likeliest first."""
    if source is None:
        return ()
    wide = [each for each in ("utf-16-le", "utf-16-be") if b"\0" in source.data]
    return [source.data.decode(encoding, "replace") for encoding in (*wide, "utf-8")]


def _runs(passage: Sequence[str]) -> Iterator[Run]:
    size = min(_RUN, len(passage))
    return (tuple(passage[at : at + size]) for at in range(len(passage) - size + 1) if size)


def merged(every: Iterable[PrivateWords]) -> PrivateWords:
    """Return all of them as one value."""
    runs: dict[Run, str] = {}
    telling: set[str] = set()
    for each in every:
        runs |= each.runs
        telling |= each.telling
    return PrivateWords(runs, frozenset(telling))
