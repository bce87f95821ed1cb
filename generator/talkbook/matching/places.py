"""The place that a curator means by words of a transcript, whole sentences within one turn."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from ahocorasick_rs import AhoCorasick, Implementation

from talkbook import anchors, columns, layers, sentences
from talkbook.model import Transcript, Turn, Words
from talkbook.problems import excerpt

_GAP = re.compile(r"\s*(?:…|\[\.\.\.\]|\.\.\.)\s*")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Place:
    """Whole sentences of one turn; start and end count in the transcript's source."""

    transcript: Transcript
    turn: Turn
    start: int
    end: int


Places = Mapping[str, Mapping[int, Sequence[Place]]]  # of a text, by the index of the transcript


def every(transcripts: Sequence[Transcript], among: Iterable[int], wanted: Iterable[str]) -> Places:
    """All places of each of the texts wanted; see find() for what a text may be.

    among: the indexes of the transcripts that are looked at. All texts are looked for at once: an archive is gone
    through one time, and not once for each.
    """
    words = {text: sorted(_words(text), key=len, reverse=True) for text in wanted}
    telling = sorted({each[0] for each in words.values() if each})
    found: dict[str, dict[int, list[Place]]] = {text: {} for text in words}
    automaton = AhoCorasick(telling, implementation=Implementation.ContiguousNFA)
    for at in among if telling else ():
        each = transcripts[at]
        said = "\n".join([each.source, *(edit.text for edit in each.edits if edit.text)]).lower()
        told = {telling[index] for index, _, _ in automaton.find_matches_as_indexes(said, overlapping=True)}
        for text, its in words.items():
            if its and its[0] in told and all(word in said for word in its) and (places := [*_in(each, text)]):
                found[text][at] = places
    return found


def _words(text: str) -> set[str]:
    """The words of the text up to a gap; without what an edit may take from a word or put to it."""
    return set(_WORD.findall(_GAP.split(text.strip(), maxsplit=1)[0].lower()))


def find(transcripts: Sequence[Transcript], words: Words, known: Places | None = None) -> Place:
    """The one place where the words stand, as captioned or as shown, widened to whole sentences.

    "first words … last words" names all that lies between. known: every() place, where that was looked for
    before. Raises anchors.Lost where there is no such place, or more than one.
    """
    held = (known or every(transcripts, range(len(transcripts)), [words.text]))[words.text]
    found = [place for at in sorted(held) for place in held[at]]
    if len(found) == 1:
        return found[0]
    if found:
        where = ", ".join(f"{p.transcript.path}:{anchors.line_of(p.transcript.source, p.start)}" for p in found[:4])
        message = f'"{excerpt(words.text)}" stands in {len(found)} places: {where}.'
        raise anchors.Lost(message, "Add words until it stands in one.")
    head = _GAP.split(words.text)[0]
    cure = "" if transcripts else "Add a transcript."
    for each in transcripts:
        hint = anchors.nearest(each.source, head, each.path)
        cure = cure or hint
        if hint.startswith("The nearest"):
            cure = hint
            break
    raise anchors.Lost(f'"{excerpt(words.text)}" is in no turn of a transcript.', cure)


def _in(transcript: Transcript, words: str) -> Iterator[Place]:
    parts = _GAP.split(words.strip(), maxsplit=1)
    for turn in _turns(transcript, max(_WORD.findall(parts[0]), key=len, default=parts[0])):
        view = layers.Shown(transcript.source, transcript.edits, turn.start, turn.end)
        spans = list(_between(transcript.source[turn.start : turn.end], parts))
        if spans:
            places = [(turn.start + start, turn.start + end) for start, end in spans]
        else:
            places = [view.span(start, end) for start, end in _between(view.text, parts)]
        cut = [view.span(start, end) for start, end in sentences.spans(view.text)] if places else []
        for start, end in places:
            inside = [span for span in cut if span[0] < end and start < span[1]]
            if inside:
                yield Place(transcript, turn, inside[0][0], inside[-1][1])


def _turns(transcript: Transcript, word: str) -> list[Turn]:
    """The turns in which the word stands, as captioned or in an edit."""
    told = [found.start() for found in re.finditer(re.escape(word), transcript.source)]
    told += [edit.start for edit in transcript.edits if word in edit.text]
    turns = columns.opened(transcript.turns)
    at = {bisect_right(turns, offset, key=attrgetter("start")) - 1 for offset in told}
    return [turns[index] for index in sorted(at) if index >= 0]


def _between(text: str, parts: list[str]) -> Iterator[tuple[int, int]]:
    for start, end in anchors.spans(text, parts[0]):
        if len(parts) == 1:
            yield start, end
        else:
            last = anchors.pattern(parts[1]).search(text, end)
            if last:
                yield start, last.end()
