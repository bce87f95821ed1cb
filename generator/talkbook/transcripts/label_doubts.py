"""Labels that hardly name a person: a term that a list explains, a film whose clip is played.

People who type a transcript write other things than names before a colon. Whom nobody has named elsewhere is taken
for a speaker where the text bears it out: by taking part more than once, or by a name that isn't a word of the text.
"""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import replace

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
    typed = [each for each in speech.utterances if each.label and each.head is not None]
    labels = dict.fromkeys(each.label for each in typed if each.label)
    names = {label: _name(label) for label in labels if not _anonymous(label)}
    turns: Counter[str] = Counter()
    for each in speech.utterances:  # the title of a section divides what somebody says, and is no new turn
        turns[_name(each.label or "")] += each.head is not None
    asked = {label: name for label, name in names.items() if turns[name] < _TURNS and label not in named}
    if not asked:
        return ()
    words: Counter[str] = Counter()
    for each in speech.utterances:
        words[_name(each.label or "")] += scripts.count(speech.source[each.start : each.end])
    total = words.total()
    if total < _TOLD:
        return ()
    found = {*_WORD.findall(speech.source)}
    few = total >= _LONG and 0 < sum(count >= _LITTLE for name, count in words.items() if name) <= _FEW
    once = [name for name in {*names.values()} if turns[name] == 1]
    glossary = len(once) >= _TERMS and len(once) * 2 > len({*names.values()})
    cited = {each.label for each in typed if _ADDRESS.match(speech.source, each.start)}
    return tuple(
        label
        for label, name in asked.items()
        if label in cited
        or (few and words[name] < _LITTLE)
        or not _only_a_name(label, found)
        or (glossary and turns[name] == 1)
    )


def _name(label: str) -> str:
    return speaker_labels.tidy(label)[0].casefold()


def _anonymous(label: str) -> bool:
    return speaker_labels.anonymous(label) or speaker_labels.anonymous(speaker_labels.tidy(label)[0])


def _only_a_name(label: str, text: Collection[str]) -> bool:
    """Whether the label can only be a name: capitals, and a word that isn't in the text in lower case."""
    name, _ = speaker_labels.tidy(label)
    words = name.split()
    if any(map(str.isdigit, name)) or not label_rules.capitals(name):
        return False
    called = [word for word in words if _CALLED.fullmatch(word)]
    return any(word.casefold() not in text for word in called if not word.isupper())


def among(label: str, labels: Collection[str]) -> bool:
    """Whether the label is one of the labels, in whatever case, and with a role or without."""
    return any(each.casefold() in (label.casefold(), _name(label)) for each in labels)


def as_text(speech: Speech, labels: Collection[str]) -> Speech:
    """The speech with these labels as words of the text, said by somebody unknown.

    A label whose words aren't in the source, as of captions with voices, only stands for nobody.
    """
    if not labels:
        return speech
    utterances: list[Utterance] = []
    marks: list[Edit] = [*speech.marks]
    for each in speech.utterances:
        if each.label is None or not among(each.label, labels):
            utterances.append(each)
            continue
        place = speech.source.find(each.label, each.head, each.start) if each.head is not None else -1
        start = each.start if place < 0 else place
        if place >= 0 and place + len(each.label) < each.start:
            marks.append(Edit(place + len(each.label), each.start, ": ", "mark"))
        utterances.append(Utterance(start, each.end))
    return replace(speech, utterances=tuple(utterances), marks=tuple(sorted(marks)))
