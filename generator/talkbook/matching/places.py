"""The place that a curator means by words of a transcript, whole sentences within one turn."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, Implementation

from talkbook import anchors, layers, sentences
from talkbook.model import Transcript, Turn, Words
from talkbook.problems import excerpt

_GAP = re.compile(r"\s*(?:…|\[\.\.\.\]|\.\.\.)\s*")


@dataclass(frozen=True, slots=True)
class Place:
    """Whole sentences of one turn; start and end count in the transcript's source."""

    transcript: Transcript
    turn: Turn
    start: int
    end: int


def likely(transcripts: Sequence[Transcript], wanted: Iterable[Words]) -> Mapping[str, Sequence[Transcript]]:
    """By each of the texts wanted, the transcripts that hold its longest word, and so perhaps all of it.

    All texts are looked for at once: an archive is gone through one time, and not once for each.
    """
    holders: dict[str, list[Transcript]] = {_telling(words.text): [] for words in wanted}
    telling = [word for word in holders if word]
    automaton = AhoCorasick(telling, implementation=Implementation.ContiguousNFA)
    for each in transcripts if telling else ():
        texts = [each.source, *(edit.text for edit in each.edits if edit.text)]
        found = automaton.find_matches_as_indexes("\n".join(texts).lower(), overlapping=True)
        for index in {index for index, _, _ in found}:
            holders[telling[index]].append(each)
    return {words.text: holders[_telling(words.text)] for words in wanted}


def _telling(text: str) -> str:
    return max(_GAP.split(text.strip(), maxsplit=1)[0].lower().split(), key=len, default="")


def find(transcripts: Iterable[Transcript], words: Words, among: Iterable[Transcript] | None = None) -> Place:
    """The one place where the words stand, as captioned or as shown, widened to whole sentences.

    "first words … last words" names all that lies between. among: the transcripts that may hold
    them, if that is known. Raises anchors.Lost where there is no such place, or more than one.
    """
    every = list(transcripts)
    found = [place for transcript in (every if among is None else among) for place in _in(transcript, words.text)]
    if len(found) == 1:
        return found[0]
    if found:
        where = ", ".join(f"{p.transcript.path}:{anchors.line_of(p.transcript.source, p.start)}" for p in found[:4])
        message = f'"{excerpt(words.text)}" stands in {len(found)} places: {where}.'
        raise anchors.Lost(message, "Add words until it stands in one.")
    head = _GAP.split(words.text)[0]
    near = [anchors.nearest(each.source, head, each.path) for each in every]
    cure = next((hint for hint in near if hint.startswith("The nearest")), near[0] if near else "Add a transcript.")
    raise anchors.Lost(f'"{excerpt(words.text)}" is in no turn of a transcript.', cure)


def _in(transcript: Transcript, words: str) -> Iterator[Place]:
    parts = _GAP.split(words.strip(), maxsplit=1)
    for turn in transcript.turns:
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


def _between(text: str, parts: list[str]) -> Iterator[tuple[int, int]]:
    for start, end in anchors.spans(text, parts[0]):
        if len(parts) == 1:
            yield start, end
        else:
            last = anchors.pattern(parts[1]).search(text, end)
            if last:
                yield start, last.end()
