"""How well it is found who speaks, on shows that nothing was learnt of, and how many answers settle the rest.

    python benchmarks/speakers.py [GROUP]...    # needs scipy, ../shared/corpora/dialogues and scale

Each group of shows is left out in turn: weights are learnt of the others. Labels are taken away in three ways, as in
pasted captions: a mark at every change, at four changes in five, and none. Shares are of characters. Of a group with
many conversations, eight are tried.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import mean

from labelled import Conversation, conversations, episodes
from train_speakers import Lesson

from talkbook import readers
from talkbook.drafting import speaker_decoder, speaker_questions, speakers
from talkbook.drafting.speakers import Sentences

WAYS = ("marked", "some", "none")
_HOUR = 55_000  # characters
_TRIED = 8  # conversations of a group
_LARGE = ("bitcoin-explained", "chaincode-podcast", "stephan-livera-podcast", "gotime", "practicalai")
_HOSTS = frozenset(("Chris Benson", "Daniel Whitenack"))  # of practicalai, who are alone in some of its conversations


def bare(each: Conversation, way: str, chance: random.Random) -> tuple[str, list[tuple[int, str]]]:
    """(the text without labels, (offset, name) of each turn)."""
    text = ""
    starts = []
    for at, (name, said) in enumerate(each.turns):
        plain = way == "none" or (way == "some" and chance.random() < 0.2)
        text += "" if not at else " " if plain else "\n>> "
        starts.append((len(text), name))
        text += said
    return text, starts


def truth(read: Sentences, starts: Sequence[tuple[int, str]]) -> list[str]:
    """Who says each of the sentences."""
    names = []
    left = list(starts)
    for start, _ in read.spans:
        while len(left) > 1 and left[1][0] <= start:
            left.pop(0)
        names.append(left[0][1])
    return names


def measure(each: Conversation, way: str) -> tuple[float, float, float, float]:
    """(right, wrong, right in the end, answers an hour)."""
    text, starts = bare(each, way, random.Random(each.name))
    read = speakers.sentences_of(text, readers.read(text.encode(), "talk.txt").utterances)
    names = truth(read, starts)
    sizes = [end - start for start, end in read.spans]
    answers: dict[int, int] = {}
    finding, question = speaker_questions.ask(read, answers)
    first = finding.decoded.first.tolist()
    of_first = max(
        set(names),
        key=lambda name: sum(
            (likely - 0.5) * size * (1 if who == name else -1)
            for likely, size, who in zip(first, sizes, names, strict=True)
        ),
    )
    told = [likely if who == of_first else 1 - likely for likely, who in zip(first, names, strict=True)]
    sure = speakers.threshold(read)
    right = sum(size for likely, size in zip(told, sizes, strict=True) if likely >= sure)
    wrong = sum(size for likely, size in zip(told, sizes, strict=True) if likely <= 1 - sure)
    while question and len(answers) < speaker_questions.most(read):
        answers[question.sentence] = int(names[question.sentence] != of_first)
        finding, question = speaker_questions.ask(read, answers)
    end = sum(
        size
        for likely, size, who in zip(finding.decoded.first.tolist(), sizes, names, strict=True)
        if (likely > 0.5) == (who == of_first)
    )
    total = sum(sizes)
    return right / total, wrong / total, end / total, len(answers) / (total / _HOUR)


def group(each: Conversation) -> str:
    """The show, or what its conversations are alike in."""
    if each.people == _HOSTS:
        return "practicalai, its hosts alone"
    return each.show if each.show in _LARGE else "four shows of one conversation each"


def main() -> int:
    """Print a row for each group that is left out, and way."""
    every = [*conversations(), *episodes()]
    groups: Mapping[str, list[Conversation]] = defaultdict(list)
    for each in every:
        if len(each.people) == len(_HOSTS):
            groups[group(each)].append(each)
    lesson = Lesson(every)
    print("| left out | marks | right | in the wrong mouth | after answers | answers an hour |")
    print("|---|---|--:|--:|--:|--:|")
    for name in sys.argv[1:] or groups:
        learnt = lesson.learn(frozenset(each.show for each in groups[name]))
        speaker_decoder.weights = lambda learnt=learnt: learnt
        for way in WAYS:
            tried = groups[name][:: max(1, len(groups[name]) // _TRIED)][:_TRIED]
            right, wrong, end, answers = map(mean, zip(*(measure(each, way) for each in tried), strict=True))
            print(f"| {name} | {way} | {right:.1%} | {wrong:.1%} | {end:.1%} | {answers:.0f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
