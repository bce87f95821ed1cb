"""Features of sentences, and of the borders between them, from which speakers are inferred.

None is about a subject, so what is learnt from some shows holds for others. A sentence is described by its common
words, its length, its place, and whether it asks; a border by how one sentence ends and the next begins, and by the
common words in both.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LENGTHS = (1, 2, 3, 5, 8, 13, 21, 34, 55)  # upper limits of the classes of lengths, in words
_OPENING, _EARLY, _CLOSING = 3, 15, 8  # sentences at either end of a conversation, where people talk differently
_TO_OTHER, _OF_SELF = frozenset(("you", "your", "you're")), frozenset(("i", "my", "i'm"))
_SHORT, _LONG = 4, 8  # words: a sentence up to the first may be a mere nod, one longer than the second is not

Sentence = tuple[Sequence[str], bool]  # (words, whether it asks)
_NOTHING: Sentence = ((), False)


def words(sentence: str) -> list[str]:
    """Return the words of a sentence in lower case, with "#" for each number."""
    folded = (word.casefold().replace("’", "'") for word in _WORD.findall(sentence))
    return ["#" if word[0].isdigit() else word for word in folded]


def asks(sentence: str) -> bool:
    """Return whether the sentence ends with a question mark."""
    return sentence.rstrip("\"'”’) ").endswith(("?", "？"))


def of_sentences(
    tokens: Sequence[Sequence[str]], asking: Sequence[bool], common: Collection[str]
) -> Iterator[set[str]]:
    """Yield for each sentence the features that tell whoever asks from whoever answers.

    tokens: the words of each sentence, as words() returns them.
    asking: whether each sentence is a question.
    common: words that occur in conversations of all kinds.
    """
    count = len(tokens)
    for at, (sentence, asked) in enumerate(zip(tokens, asking, strict=True)):
        length = size(len(sentence))
        features = {"bias", f"len={length}", *(f"w {word}" for word in sentence if word in common)}
        features |= {"?", f"?len={length}"} if asked else set()
        features |= {f"w {one} {two}" for one, two in pairwise(sentence) if one in common and two in common}
        features |= {"first"} if at < _OPENING else set()
        features |= {"early"} if at < _EARLY else set()
        features |= {"late"} if at >= count - _CLOSING else set()
        features |= {f"b {sentence[0]}", f"b {' '.join(sentence[:2])}"} if sentence else set()
        yield features


def of_borders(tokens: Sequence[Sequence[str]], asking: Sequence[bool], common: Collection[str]) -> Iterator[set[str]]:
    """Yield for each sentence but the last the features that tell whether somebody else says the next one."""
    known = [_NOTHING, *zip(tokens, asking, strict=True), _NOTHING]
    for before, last, following, after in zip(known, known[1:], known[2:], known[3:], strict=False):
        features = _lengths(before, last, following, after)
        features |= _openings(before[0], last, following[0], after[0])
        yield features | _shared(before[0], last[0], following[0], after[0], common)


def of_style(tokens: Sequence[Sequence[str]], asking: Sequence[bool]) -> Iterator[set[str]]:
    """Yield for each sentence its traits: words, pairs of words and openings that may be typical of a speaker."""
    for sentence, asked in zip(tokens, asking, strict=True):
        features = {*sentence, *map(" ".join, pairwise(sentence))}
        if sentence:
            features |= {f"^{sentence[0]}", f"^{' '.join(sentence[:2])}"}
            features |= {"?" if asked else ".", f"#{size(len(sentence))}"}
        yield features


def size(count: int) -> str:
    """Return the name of the class to which a length in words belongs."""
    return next((str(limit) for limit in _LENGTHS if count <= limit), "more")


def _lengths(before: Sentence, last: Sentence, following: Sentence, after: Sentence) -> set[str]:
    (one, asked), (other, asks_too) = last, following
    sizes = size(len(one)), size(len(other))
    features = {
        "bias",
        f"?{asked:d}{asks_too:d}",
        f"??{before[1]:d}{asked:d}{asks_too:d}{after[1]:d}",
        f"n-1={size(len(before[0]))}",
        f"n0={sizes[0]}",
        f"n1={sizes[1]}",
        f"n2={size(len(after[0]))}",
        f"{asked:d}n0={sizes[0]}",
        f"{asked:d}n1={sizes[1]}",
        f"n01={sizes[0]},{sizes[1]}",
    }
    if len(other) <= _SHORT and len(one) > _LONG:
        features.add("short after long")
    return features


def _openings(before: Sequence[str], last: Sentence, other: Sequence[str], after: Sequence[str]) -> set[str]:
    """Return how the sentences begin, and how the last one ends."""
    one, asked = last
    features: set[str] = set()
    for count in range(1, _SHORT + 1):
        if len(other) >= count:
            opening = " ".join(other[:count])
            features |= {f">{opening}"} | ({f"{asked:d}>{opening}"} if count < _SHORT else set())
            features |= {f"=>{opening}", f"{asked:d}=>{opening}"} if len(other) == count else set()
        if len(one) >= count:
            opening = " ".join(one[:count])
            features |= {f"<{opening}", f"<<{' '.join(one[-count:])}"}
            features |= {f"=<{opening}"} if len(one) == count else set()
    features |= {f">2{after[0]}", f">2{' '.join(after[:2])}"} if after else set()
    features |= {f"<-1{before[0]}", f"<-1{' '.join(before[:2])}"} if before else set()
    features |= {f"x{one[0]}|{other[0]}", f"y{one[-1]}|{other[0]}"} if one and other else set()
    return features


def _shared(
    before: Sequence[str], one: Sequence[str], other: Sequence[str], after: Sequence[str], common: Collection[str]
) -> set[str]:
    """Return which common words the two sentences have, who is addressed, and how far the subject continues."""
    first, second = set(one), set(other)
    features = {f"in0 {word}" for word in first if word in common}
    features |= {f"in1 {word}" for word in second if word in common}
    features.add(f"same={min(sum(len(word) > 4 for word in first & second), 3)}")
    subject = {word for word in (*before, *one) if word not in common}
    features.add(f"share={min(len(subject.intersection((*other, *after))), 4)}")
    features |= {"you-i"} if first & _TO_OTHER and second & _OF_SELF else set()
    features |= {"i-you"} if first & _OF_SELF and second & _TO_OTHER else set()
    features |= {"i-i"} if first & _OF_SELF and second & _OF_SELF else set()
    return features
