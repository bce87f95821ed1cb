"""The place that a curator means by words of a transcript, whole sentences within one turn."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from talkbook.model import TextSelector, Transcript
from talkbook.problems import excerpt
from talkbook.text import anchors, sentences
from talkbook.transcripts.source_map import JoinedView, View

_GAP = re.compile(r"(?:(?<!\s)\s+)?(?:…|\[\.\.\.\]|\.\.\.)\s*")
_WORD = re.compile(r"\w+")


class TurnSpan(NamedTuple):
    """A stretch of one turn; the transcript and the turn by their index."""

    transcript: int
    turn: int
    start: int
    end: int

    def meets(self, other: "TurnSpan") -> bool:
        """Whether they have something in common."""
        return self.transcript == other.transcript and self.start < other.end and other.start < self.end


Places = Mapping[str, Mapping[int, Sequence[TurnSpan]]]  # of a text, by the index of the transcript


def every(transcripts: Sequence[Transcript], among: Iterable[int], wanted: Iterable[str]) -> Places:
    """All places of each of the texts wanted, as captioned or as shown, widened to whole sentences.

    "first words … last words" names all that lies between. among: the indexes of the transcripts that are looked
    at. All texts are looked for at once: an archive is gone through one time, and not once for each.
    """
    words = {text: sorted(_words(text), key=len, reverse=True) for text in wanted}
    telling = sorted({each[0] for each in words.values() if each})
    found: dict[str, dict[int, list[TurnSpan]]] = {text: {} for text in words}
    automaton = AhoCorasick(telling, implementation=Implementation.ContiguousNFA)
    for at in among if telling else ():
        each = transcripts[at]
        shown = JoinedView(each.source, each.edits, [(turn.start, turn.end) for turn in each.turns])
        said = f"{each.source}\n{shown.text}"
        told = {telling[index] for index, _, _ in automaton.find_matches_as_indexes(said, overlapping=True)}
        for text, its in words.items():
            if its and its[0] in told and all(word in said for word in its):
                places = [*_in(at, each, text, _turns(each, shown, its[0]))]
                if places:
                    found[text][at] = places
    return found


def _words(text: str) -> set[str]:
    """The words of the text up to a gap."""
    return set(_WORD.findall(_GAP.split(text.strip(), maxsplit=1)[0]))


def find(transcripts: Sequence[Transcript], words: TextSelector, known: Places) -> TurnSpan:
    """The one place where the words stand. known: every() place of them.

    Raises anchors.AnchorNotFound where there is no such place, or more than one.
    """
    held = known[words.text]
    found = [place for at in sorted(held) for place in held[at]]
    if len(found) == 1:
        return found[0]
    if found:
        talks = [(transcripts[place.transcript], place.start) for place in found[:4]]
        where = ", ".join(f"{talk.path}:{anchors.line_of(talk.source, start)}" for talk, start in talks)
        message = f'"{excerpt(words.text)}" stands in {len(found)} places: {where}.'
        raise anchors.AnchorNotFound(message, "Add words until it appears in only one.")
    head = _GAP.split(words.text)[0]
    at = anchors.most_similar([each.source for each in transcripts], head)
    near = transcripts[at] if at is not None else None
    hint = anchors.nearest(near.source, head, near.path) if near else anchors.UNLIKE
    message = f'"{excerpt(words.text)}" is not in any turn of a transcript.'
    raise anchors.AnchorNotFound(message, hint if transcripts else "Add a transcript.")


def _in(at: int, transcript: Transcript, words: str, turns: Iterable[int]) -> Iterator[TurnSpan]:
    parts = _GAP.split(words.strip(), maxsplit=1)
    for index in turns:
        turn = transcript.turns[index]
        view = View(transcript.source, transcript.edits, turn.start, turn.end)
        spans = list(_between(transcript.source[turn.start : turn.end], parts))
        if spans:
            places = [(turn.start + start, turn.start + end) for start, end in spans]
        else:
            places = [view.span(start, end) for start, end in _between(view.text, parts)]
        cut = [view.span(start, end) for start, end in sentences.spans(view.text)] if places else []
        for start, end in places:
            inside = [span for span in cut if span[0] < end and start < span[1]]
            if inside:
                yield TurnSpan(at, index, inside[0][0], inside[-1][1])


def _turns(transcript: Transcript, shown: JoinedView, word: str) -> list[int]:
    """The indexes of the turns in which the word stands, as captioned or as shown."""
    starts = ([turn.start for turn in transcript.turns], shown.starts)
    texts = (transcript.source, shown.text)
    found = {
        bisect_right(begins, each.start()) - 1
        for begins, text in zip(starts, texts, strict=True)
        for each in re.finditer(re.escape(word), text)
    }
    return sorted(found - {-1})


def _between(text: str, parts: list[str]) -> Iterator[tuple[int, int]]:
    for start, end in anchors.spans(text, parts[0]):
        if len(parts) == 1:
            yield start, end
        else:
            last = anchors.pattern(parts[1]).search(text, end)
            if last:
                yield start, last.end()
