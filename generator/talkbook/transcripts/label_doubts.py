"""Labels that hardly name a person: a term that a list explains, a film whose clip is played.

People who type a transcript write other things than names before a colon. Whom nobody has named elsewhere is taken
for a speaker where the text bears it out: by taking part more than once, or by a name that isn't a word of the text.
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

_TOLD = 150  # words of a transcript from which it can be told whether the words of a label stand elsewhere in it
_LONG = 600  # words from which somebody who hardly takes part is noticed
_LITTLE = 60  # words of somebody who hardly takes part
_FEW = 4  # people of a conversation up to which whoever hardly takes part may be a voice in a clip
_TURNS = 3  # turns from which every label is believed
_TERMS = 5  # labels that stand once, from which the text is taken for a list if most do
_WORD = re.compile(r"\b[^\W\d_]+\b")
_CALLED = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]*)*")
_ADDRESS = re.compile(r"\s*<?https?://\S+[ \t]*(?:\n|\Z)")


def find(speech: Speech, named: Collection[str]) -> tuple[str, ...]:
    """The labels that are in doubt, in order; none in a format that says by itself who speaks.

    named: labels that somebody has written down as a person's.
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
    """Whether the label can only name a person: words with capitals, each once, one of them not in the text in lower
    case, and no article.
    """
    name, _ = speaker_labels.tidy(label)
    if any(map(str.isdigit, name)) or not label_rules.capitals(name) or name.casefold().startswith("the "):
        return False
    words = name.casefold().split()
    known = [word for word in name.split() if _CALLED.fullmatch(word) and not word.isupper()]
    return len({*words}) == len(words) and any(word.casefold() not in text for word in known)


def among(label: str, labels: Collection[str]) -> bool:
    """Whether the label is one of the labels, in whatever case, and with a role or without."""
    return any(other.casefold() in (label.casefold(), _name(label)) for other in labels)


def in_source(speech: Speech, labels: Collection[str]) -> Speech:
    """The speech with these labels in its source where they stood in captions, as a text has them before its turns."""
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
        """An offset in the new source, in front of a name that is put there."""
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
    """The speech with these labels as words of the text, said by somebody unknown.

    A label whose words aren't in the source, as of captions with voices, only stands for nobody.
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
