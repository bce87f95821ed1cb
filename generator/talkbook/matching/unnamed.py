"""Warn about topics that no conversation mentions, and suggest what their curators may have meant."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from rapidfuzz import fuzz, process

from talkbook.matching.topic_names import fold, labels
from talkbook.model import Topic, Transcript
from talkbook.problems import Problem
from talkbook.transcripts import source_map

_WORD = re.compile(r"\w+")
_LONGEST = 4  # words of a phrase that is suggested
_BEGINS = 60  # of 100: similarity of a phrase's first word to the beginning of a name
_LIKE = 78  # of 100: similarity from which a phrase is suggested


def problems(topics: Sequence[Topic], found: Collection[str], transcripts: Sequence[Transcript]) -> Iterator[Problem]:
    """Yield a warning for each topic that no transcript mentions, with the most similar phrase that one contains.

    found: the slugs of the topics that have a passage or a mention.
    """
    missing = [topic for topic in topics if topic.slug not in found]
    if not (missing and transcripts):
        return
    phrases = _phrases(transcripts, {name for topic in missing for name in map(_letters, labels(topic)) if name})
    offered = {phrase.replace(" ", ""): phrase for phrase, _ in reversed(phrases.most_common())}
    for topic in missing:
        message = f'No conversation mentions "{topic.title}": none of its names is said in the sense of the topic.'
        hint = "Add what people call it to its aliases or hidden_labels, or pin a passage."
        likest = (process.extractOne(_letters(name), [*offered], scorer=fuzz.ratio) for name in labels(topic))
        score, phrase = max(((match[1], offered[match[0]]) for match in likest if match), default=(0.0, ""))
        if score >= _LIKE:
            hint = f'Did you mean "{phrase}", which is said {_times(phrases[phrase])}? {hint}'
        yield Problem(topic.path, 0, message, hint, warning=True)


def _letters(name: str) -> str:
    return "".join(_WORD.findall(fold(name)))


def _phrases(transcripts: Sequence[Transcript], names: Collection[str]) -> Counter[str]:
    """Count the phrases whose first word is similar to the beginning of one of the names.

    Counting all phrases of an archive would take too much memory. names: as _letters() returns them.
    """
    begins: dict[str, bool] = {}  # word -> whether it is similar to the beginning of a name
    initials: dict[str, list[str]] = {}
    for name in names:
        initials.setdefault(name[0], []).append(name)
    phrases: Counter[str] = Counter()
    for transcript in transcripts:
        spans = [(turn.start, turn.end) for turn in transcript.turns]
        words = _WORD.findall(fold(source_map.JoinedView(transcript.source, transcript.edits, spans).text))
        for at, word in enumerate(words):
            if word not in begins:
                likely = initials.get(word[0], ())
                begins[word] = any(fuzz.ratio(word, name[: len(word)]) >= _BEGINS for name in likely)
            if begins[word]:
                ends = range(at + 1, min(at + _LONGEST, len(words)) + 1)
                phrases.update(" ".join(words[at:end]) for end in ends)
    return phrases


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"
