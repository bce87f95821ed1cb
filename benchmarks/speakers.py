"""Measure how well speakers are inferred on held-out shows, and how many answers settle the rest.

    python benchmarks/speakers.py [GROUP]...    # needs scipy, ../shared/corpora/dialogues and scale

Each group of shows is left out in turn: weights and odds are learnt from the others. Labels are removed in three ways,
as in pasted captions: leaving a mark at every change, at four in five, or at none. Shares are of characters. At most
eight conversations of a group are tried.
"""

import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import permutations
from statistics import mean

import labelled
from labelled import WAYS, Conversation, conversations, episodes, true_speakers, unlabelled
from train_speaker_names import replace_name_odds
from train_speaker_odds import Trials, replace_odds

from talkbook import readers
from talkbook.drafting import speaker_attribution, speaker_decoder, speaker_questions
from talkbook.drafting.speaker_attribution import ProposedSpeaker

_ASKED = "some"  # the way of removing labels for which questions are asked
_HOUR = 55_000  # characters
_TRIED = 8  # conversations per group
_TRIED_OF_SEVERAL = 40  # conversations between more than two people, per show
_HOSTS = frozenset(("Chris Benson", "Daniel Whitenack"))  # of practicalai, some of whose conversations have no guest


def measure(each: Conversation, way: str) -> tuple[float, float, float]:
    """Return the shares that are right, that are wrong, and that are right under the right name."""
    text, starts = unlabelled(each, way, random.Random(each.name))
    utterances = readers.read(text.encode(), "talk.txt").utterances
    read = speaker_attribution.sentences_of(text, utterances)
    names = true_speakers(read, starts)
    draft = speaker_attribution.propose(text, utterances)
    proposed = {each.key: each.name for each in draft.speakers}
    sizes: Counter[tuple[str, str]] = Counter()
    for (start, end), name in zip(read.spans, names, strict=True):
        key = next((turn.speaker for turn in draft.turns if turn.start <= start < turn.end), None)
        if key:
            sizes[key, name] += end - start
    people = sorted(set(names))
    bearers = {key: [who for who in people if _words(who) & _words(name)] for key, name in proposed.items()}
    named = {key: found[0] for key, found in bearers.items() if len(found) == 1}
    pairs = [dict(zip(proposed, order, strict=False)) for order in permutations(people)]
    meant = max(
        ({**pair, **named} for pair in pairs), key=lambda pair: sum(sizes[key, who] for key, who in pair.items())
    )
    right = sum(sizes[key, who] for key, who in meant.items())
    total = sum(end - start for start, end in read.spans)
    return right / total, (sizes.total() - right) / total, sum(sizes[key, who] for key, who in named.items()) / total


def of_several(each: Conversation, way: str) -> tuple[float, float, float]:
    """Return (1, 0, 0) if more than two people are drafted as two, or else 0 and the right and wrong shares."""
    text, starts = unlabelled(each, way, random.Random(each.name))
    utterances = readers.read(text.encode(), "talk.txt").utterances
    draft = speaker_attribution.propose(text, utterances)
    if any(speaker.role for speaker in draft.speakers):
        return 1, 0, 0
    names = {speaker.key: speaker.name.split()[0] for speaker in draft.speakers}
    read = speaker_attribution.sentences_of(text, utterances)
    sizes: Counter[bool] = Counter()
    for (start, end), name in zip(read.spans, true_speakers(read, starts), strict=True):
        key = next((turn.speaker for turn in draft.turns if turn.start <= start < turn.end), None)
        if key:
            sizes[name.startswith(names[key])] += end - start  # Alex may be Alexandre
    total = sum(end - start for start, end in read.spans)
    return 0, sizes[True] / total, sizes[False] / total


def answered(each: Conversation, way: str) -> tuple[float, float]:
    """Return the share that is right in the end, and the answers per hour, if every question is answered truthfully."""
    text, starts = unlabelled(each, way, random.Random(each.name))
    read = speaker_attribution.sentences_of(text, readers.read(text.encode(), "talk.txt").utterances)
    names = true_speakers(read, starts)
    sizes = [end - start for start, end in read.spans]
    answers: dict[int, int] = {}
    finding, question = speaker_questions.ask(read, answers)
    own: Counter[str] = Counter()
    for likely, size, name in zip(finding.decoded.first.tolist(), sizes, names, strict=True):
        own[name] += (likely - 0.5) * size
    of_first = max(own, key=own.__getitem__)
    while question and len(answers) < speaker_questions.most(read):
        answers[question.sentence] = int(names[question.sentence] != of_first)
        finding, question = speaker_questions.ask(read, answers)
    right = sum(
        size
        for likely, size, name in zip(finding.decoded.first.tolist(), sizes, names, strict=True)
        if (likely > 0.5) == (name == of_first)
    )
    return right / sum(sizes), len(answers) / (sum(sizes) / _HOUR)


def answered_of_several(each: Conversation, way: str) -> tuple[float, float, float]:
    """Return the same for more than two people: right and wrong shares in the end, and the answers per hour."""
    text, starts = unlabelled(each, way, random.Random(each.name))
    read = speaker_attribution.sentences_of(text, readers.read(text.encode(), "talk.txt").utterances)
    names = true_speakers(read, starts)
    people = list(speaker_attribution.find_of_several(read)[1])
    meant = {name: next((who.name for who in people if name.startswith(who.name.split()[0])), name) for name in names}
    answers: dict[int, str] = {}
    for _ in range(speaker_questions.most(read)):
        found, _ = speaker_attribution.find_of_several(read, people, answers)
        at = speaker_questions.ask_of_several(read, found, answers)
        if at is None:
            break
        answers[at] = meant[names[at]]
        if answers[at] not in [who.name for who in people]:
            people.append(ProposedSpeaker(answers[at], answers[at]))
    found, _ = speaker_attribution.find_of_several(read, people, answers)
    known = {who.key: who.name for who in people}
    draft = speaker_attribution.draft_of_several(read, found, people)
    sizes: Counter[bool] = Counter()
    for (start, end), name in zip(read.spans, names, strict=True):
        key = next((turn.speaker for turn in draft.turns if turn.start <= start < turn.end), None)
        if key:
            sizes[known[key] == meant[name]] += end - start
    total = sum(end - start for start, end in read.spans)
    return sizes[True] / total, sizes[False] / total, len(answers) / (total / _HOUR)


def ten_hours(every: Sequence[Conversation], way: str) -> float:
    """Return the processor time, in seconds, of inferring who speaks in ten hours of talk."""
    two = [each for each in every if len(each.people) == len(_HOSTS)]
    text = (" " if way == "none" else "\n>> ").join(unlabelled(each, way, random.Random(each.name))[0] for each in two)[
        : 10 * _HOUR
    ]
    utterances = readers.read(text.encode(), "talk.txt").utterances
    began = time.process_time()
    speaker_attribution.find(speaker_attribution.sentences_of(text, utterances), {})
    return time.process_time() - began


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w{3,}", name.casefold()))


def group(each: Conversation) -> str:
    """Return the name of the group under which a conversation is measured."""
    return "practicalai, its hosts alone" if each.people == _HOSTS else labelled.group(each)


def main() -> int:
    """Print a row for each left-out group and each way of removing labels."""
    every = [*conversations(), *episodes()]
    groups: Mapping[str, list[Conversation]] = defaultdict(list)
    several: Mapping[str, list[Conversation]] = defaultdict(list)
    for each in every:
        if len(each.people) > len(_HOSTS):
            several[each.show].append(each)
        if len(each.people) == len(_HOSTS):
            groups[group(each)].append(each)
    trials = Trials(every)
    print("| left out | marks | right | in the wrong mouth | under the right name | after answers | answers an hour |")
    print("|---|---|--:|--:|--:|--:|--:|")
    for name in sys.argv[1:] or groups:
        left_out = labelled.group(groups[name][0])
        speaker_decoder.weights = lambda left_out=left_out: trials.weights[left_out]
        replace_name_odds(trials.names[left_out])
        replace_odds(trials.odds(left_out))
        tried = groups[name][:: max(1, len(groups[name]) // _TRIED)][:_TRIED]
        for way in WAYS:
            right, wrong, named = map(mean, zip(*(measure(each, way) for each in tried), strict=True))
            row = f"| {name} | {way} | {right:.1%} | {wrong:.1%} | {named / right if right else 0:.0%}"
            if way == _ASKED:
                end, answers = map(mean, zip(*(answered(each, way) for each in tried), strict=True))
                row += f" | {end:.1%} | {answers:.0f}"
            print(f"{row} |", flush=True)
        for way in WAYS if name in several else ():
            tried = several[name][:: max(1, len(several[name]) // _TRIED_OF_SEVERAL)][:_TRIED_OF_SEVERAL]
            two, right, wrong = map(mean, zip(*(of_several(each, way) for each in tried), strict=True))
            row = f"{name}, {len(tried)} of several people, {way}: as two {two:.0%}, {right:.1%} / {wrong:.1%}"
            if way == "marked":
                end, errors, answers = map(
                    mean, zip(*(answered_of_several(each, way) for each in tried[::2]), strict=True)
                )
                row += f", after {answers:.0f} answers an hour {end:.1%} / {errors:.1%}"
            print(row, flush=True)
    for way in WAYS:
        print(f"Ten hours, {way}: {ten_hours(every, way):.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
