"""Find labels that probably don't name a person: a term in a glossary, a film whose clip is played.

Transcribers also put other words before a colon. A label that nobody has identified elsewhere counts as a speaker's if
the text supports it: it recurs, or it is a name that isn't also a word of the text.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Set
from dataclasses import replace
from itertools import accumulate, chain, pairwise

from talkbook.model import Edit
from talkbook.readers.speech import label_rules
from talkbook.readers.speech.speech import Speech, Utterance
from talkbook.text import scripts, speaker_labels

_TOLD = 150  # words; in a shorter transcript, other occurrences of a label's words prove nothing
_LONG = 600  # words; in a longer transcript, someone who says little stands out
_LITTLE = 60  # words; someone who says fewer says little
_FEW = 4  # people; with more speakers, it is normal that some say little
_TURNS = 3  # turns; a label with as many is always accepted
_TERMS = 5  # labels; if as many occur once, and they are the majority, the text is a list of terms
_WORD = re.compile(r"\b[^\W\d_]+\b")
_CALLED = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]*)*")
_ADDRESS = re.compile(r"\s*<?https?://\S+[ \t]*(?:\n|\Z)")


def find(speech: Speech, named: Collection[str]) -> tuple[str, ...]:
    """Return the doubtful labels, in order; none if the format itself marks speakers.

    named: the labels that somebody has identified as a person's.
    """
    named_at = {offset for offset, _ in speech.names}
    typed = [
        (turn.label, turn.start)
        for turn in speech.utterances
        if turn.label and (turn.head is not None or turn.start in named_at)
    ]
    counts = Counter(label for label, _ in typed)
    names = {label: _name(label) for label in counts if not _anonymous(label)}
    turns: Counter[str] = Counter()
    for label, name in names.items():
        turns[name] += counts[label]
    asked = {label: name for label, name in names.items() if turns[name] < _TURNS and label not in named}
    if not asked:
        return ()
    spoken = {label for label, start in typed if not _ADDRESS.match(speech.source, start)}
    names_of = {label: _name(label or "") for label in {utterance.label for utterance in speech.utterances}}
    words: Counter[str] = Counter()
    for utterance in speech.utterances:
        words[names_of[utterance.label]] += scripts.count(speech.source[utterance.start : utterance.end])
    total = words.total()
    if total < _TOLD:
        return tuple(label for label in asked if label not in spoken)
    times = {offset for offset, _ in speech.moments} if speech.lines is None else set[int]()
    stamped = {label for label, start in typed if start in times}
    text = {*_WORD.findall(speech.source)}
    few = total >= _LONG and 0 < sum(count >= _LITTLE for name, count in words.items() if name) <= _FEW
    once = [name for name in {*names.values()} if turns[name] == 1]
    glossary = len(once) >= _TERMS and len(once) * 2 > len({*names.values()})
    return tuple(
        label
        for label, name in asked.items()
        if label not in spoken
        or (few and words[name] < _LITTLE and label not in stamped)
        or not _only_a_name(label, text)
        or (glossary and turns[name] == 1)
    )


def _name(label: str) -> str:
    return speaker_labels.tidy(label)[0].casefold()


def _anonymous(label: str) -> bool:
    return speaker_labels.anonymous(label) or speaker_labels.anonymous(speaker_labels.tidy(label)[0])


def _only_a_name(label: str, text: Set[str]) -> bool:
    """Return whether the label can only be a person's name.

    It has capitalised, distinct words without an article, and one of them is not in the text in lower case.
    """
    name, _ = speaker_labels.tidy(label)
    if any(map(str.isdigit, name)) or not label_rules.capitals(name) or name.casefold().startswith("the "):
        return False
    words = name.casefold().split()
    known = [word for word in name.split() if _CALLED.fullmatch(word) and not word.isupper()]
    return len({*words}) == len(words) and any(word.casefold() not in text for word in known)


def among(label: str, labels: Collection[str]) -> bool:
    """Return whether the label is one of `labels`, ignoring case and roles."""
    return any(other.casefold() in (label.casefold(), _name(label)) for other in labels)


def in_source(speech: Speech, labels: Collection[str]) -> Speech:
    """Put these labels back into the source where captions had them, as in a text with labels before its turns."""
    starts = [turn.start for turn in speech.utterances]
    names = [
        (offset, name)
        for offset, name in speech.names
        if among(speech.utterances[bisect_right(starts, offset) - 1].label or "", labels)
    ]
    if not names:
        return speech
    offsets = [offset for offset, _ in names]
    sizes = [*accumulate((len(name) for _, name in names), initial=0)]

    def before(offset: int) -> int:
        """Map an offset to the new source, before a name that is inserted there."""
        return offset + sizes[bisect_left(offsets, offset)]

    def behind(offset: int) -> int:
        return offset + sizes[bisect_right(offsets, offset)]

    pieces = [speech.source[start:end] for start, end in pairwise([0, *offsets, len(speech.source)])]
    return replace(
        speech,
        source="".join(chain.from_iterable(zip(pieces, [*(name for _, name in names), ""], strict=True))),
        utterances=tuple(
            turn._replace(
                start=(start := behind(turn.start)),
                end=before(turn.end),
                head=head if (head := before(turn.start)) < start else None,
            )
            for turn in speech.utterances
        ),
        moments=tuple((behind(offset), seconds) for offset, seconds in speech.moments),
        breaks=tuple(map(before, speech.breaks)),
        sounds=tuple((behind(start), before(end)) for start, end in speech.sounds),
        headings=tuple(replace(heading, start=before(heading.start)) for heading in speech.headings),
        names=(),
        lines=tuple((before(offset), line) for offset, line in speech.lines or ()),
    )


def as_text(speech: Speech, labels: Collection[str]) -> Speech:
    """Turn these labels into words of the text, said by an unknown speaker.

    A label that isn't in the source, as in captions with voices, is only removed.
    """
    if not labels:
        return speech
    utterances: list[Utterance] = []
    marks: list[Edit] = [*speech.marks]
    for turn in speech.utterances:
        if turn.label is None or not among(turn.label, labels):
            utterances.append(turn)
            continue
        start = speech.source.find(turn.label, turn.head, turn.start) if turn.head is not None else -1
        end = start + len(turn.label)
        if start >= 0 and end < turn.start:
            marks.append(Edit(end, turn.start, ": ", "mark"))
        utterances.append(Utterance(turn.start if start < 0 else start, turn.end))
    return replace(speech, utterances=tuple(utterances), marks=tuple(sorted(marks)))
