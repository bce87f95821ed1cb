"""Find the place that a curator names by words of a transcript: whole sentences of one turn."""

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
    """A stretch of one turn. transcript, turn: their indices. start, end: offsets in the source."""

    transcript: int
    turn: int
    start: int
    end: int

    def meets(self, other: "TurnSpan") -> bool:
        """Return whether the two overlap."""
        return self.transcript == other.transcript and self.start < other.end and other.start < self.end


Places = Mapping[str, Mapping[int, Sequence[TurnSpan]]]  # text -> index of a transcript -> the places of the text


def find_all(transcripts: Sequence[Transcript], among: Iterable[int], wanted: Iterable[str]) -> Places:
    """Return all places of each of the texts, in the source or as shown, widened to whole sentences.

    among: the indices of the transcripts to search.
    wanted: the texts. "first words … last words" stands for everything from the first to the last.

    All texts are searched for at once, so that each transcript is read only once.
    """
    words = {text: sorted(_words(text), key=len, reverse=True) for text in wanted}
    longest = sorted({parts[0] for parts in words.values() if parts})
    places: dict[str, dict[int, list[TurnSpan]]] = {text: {} for text in words}
    automaton = AhoCorasick(longest, implementation=Implementation.ContiguousNFA)
    for at in among if longest else ():
        transcript = transcripts[at]
        view = JoinedView(transcript.source, transcript.edits, [(turn.start, turn.end) for turn in transcript.turns])
        both = f"{transcript.source}\n{view.text}"
        present = {longest[index] for index, _, _ in automaton.find_matches_as_indexes(both, overlapping=True)}
        for text, parts in words.items():
            if parts and parts[0] in present and all(word in both for word in parts):
                spans = [*_spans(at, transcript, text, _turns(transcript, view, parts[0]))]
                if spans:
                    places[text][at] = spans
    return places


def _words(text: str) -> set[str]:
    """Return the words of the text, up to a gap ("…")."""
    return set(_WORD.findall(_GAP.split(text.strip(), maxsplit=1)[0]))


def find(transcripts: Sequence[Transcript], words: TextSelector, known: Places) -> TurnSpan:
    """Return the only place of the words. known: what find_all() returned for them.

    Raises anchors.AnchorNotFound if the words are nowhere, or in more than one place.
    """
    spans = [span for _, places in sorted(known[words.text].items()) for span in places]
    if len(spans) == 1:
        return spans[0]
    if spans:
        talks = [(transcripts[span.transcript], span.start) for span in spans[:4]]
        where = ", ".join(f"{talk.path}:{anchors.line_of(talk.source, start)}" for talk, start in talks)
        message = f'"{excerpt(words.text)}" appears in {len(spans)} places: {where}.'
        raise anchors.AnchorNotFound(message, "Add words until it appears in only one.")
    head = _GAP.split(words.text)[0]
    at = anchors.most_similar([transcript.source for transcript in transcripts], head)
    near = transcripts[at] if at is not None else None
    hint = anchors.nearest(near.source, head, near.path) if near else anchors.UNLIKE
    message = f'"{excerpt(words.text)}" is not in any turn of a transcript.'
    raise anchors.AnchorNotFound(message, hint if transcripts else "Add a transcript.")


def _spans(at: int, transcript: Transcript, words: str, turns: Iterable[int]) -> Iterator[TurnSpan]:
    parts = _GAP.split(words.strip(), maxsplit=1)
    for index in turns:
        turn = transcript.turns[index]
        view = View(transcript.source, transcript.edits, turn.start, turn.end)
        spans = list(_between(transcript.source[turn.start : turn.end], parts))
        if spans:
            places = [(turn.start + start, turn.start + end) for start, end in spans]
        else:
            places = [view.span(start, end) for start, end in _between(view.text, parts)]
        whole = [view.span(start, end) for start, end in sentences.spans(view.text)] if places else []
        for start, end in places:
            inside = [span for span in whole if span[0] < end and start < span[1]]
            if inside:
                yield TurnSpan(at, index, inside[0][0], inside[-1][1])


def _turns(transcript: Transcript, shown: JoinedView, word: str) -> list[int]:
    """Return the indices of the turns that contain the word, in the source or as shown."""
    starts = ([turn.start for turn in transcript.turns], shown.starts)
    texts = (transcript.source, shown.text)
    indexes = {
        bisect_right(begins, match.start()) - 1
        for begins, text in zip(starts, texts, strict=True)
        for match in re.finditer(re.escape(word), text)
    }
    return sorted(indexes - {-1})


def _between(text: str, parts: list[str]) -> Iterator[tuple[int, int]]:
    for start, end in anchors.spans(text, parts[0]):
        if len(parts) == 1:
            yield start, end
        else:
            last = anchors.pattern(parts[1]).search(text, end)
            if last:
                yield start, last.end()
