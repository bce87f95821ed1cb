"""What the words of a conversation show of who speaks, as names of features whose weights are learnt.

No feature is about a subject: those of a sentence are how long it is, whether it asks and where it stands; those of
the border between two are how the one ends and the other begins. So what is learnt of some shows holds for others.
"""

import re
from collections.abc import Iterator, Sequence

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LENGTHS = (1, 2, 3, 5, 8, 13, 21, 34, 55)  # words up to which sentences are alike
_OPENING, _EARLY, _CLOSING = 3, 15, 8  # sentences at either end of a conversation, which go their own way
_PEOPLE = "you your i my we i'm you're me they he it's that's".split()
_TO_OTHER, _OF_SELF = frozenset(("you", "your", "you're")), frozenset(("i", "my", "i'm"))
_NOTHING: tuple[list[str], bool] = ([], False)


def words(sentence: str) -> list[str]:
    """The words in lower case; each number is "#"."""
    found = (word.casefold().replace("’", "'") for word in _WORD.findall(sentence))
    return ["#" if word[0].isdigit() else word for word in found]


def asks(sentence: str) -> bool:
    """Whether the sentence ends with a question mark."""
    return sentence.rstrip("\"'”’) ").endswith(("?", "？"))


def of_sentences(tokens: Sequence[Sequence[str]], asking: Sequence[bool]) -> Iterator[set[str]]:
    """For each sentence the features that tell who asks from who answers.

    tokens: the words of each. asking: whether it asks.
    """
    count = len(tokens)
    for at, (each, asked) in enumerate(zip(tokens, asking, strict=True)):
        length = _length(len(each))
        found = {"bias", f"len={length}"}
        found |= {"?", f"?len={length}"} if asked else set()
        found |= {"first"} if at < _OPENING else set()
        found |= {"early"} if at < _EARLY else set()
        found |= {"late"} if at >= count - _CLOSING else set()
        yield found


def of_borders(tokens: Sequence[Sequence[str]], asking: Sequence[bool]) -> Iterator[set[str]]:
    """For each sentence but the last the features that tell whether somebody else says the next one."""
    known = [_NOTHING, *zip(tokens, asking, strict=True), _NOTHING]
    for around in zip(known, known[1:], known[2:], known[3:], strict=False):
        yield _border(*around)


def _border(
    before: tuple[Sequence[str], bool],
    last: tuple[Sequence[str], bool],
    following: tuple[Sequence[str], bool],
    after: tuple[Sequence[str], bool],
) -> set[str]:
    (one, asked), (other, asks_too), (third, _) = last, following, after
    sizes = _length(len(one)), _length(len(other))
    found = {
        "bias",
        f"?{asked:d}{asks_too:d}",
        f"??{before[1]:d}{asked:d}{asks_too:d}{after[1]:d}",
        f"n0={sizes[0]}",
        f"n1={sizes[1]}",
        f"n2={_length(len(third))}",
        f"{asked:d}n0={sizes[0]}",
        f"{asked:d}n1={sizes[1]}",
        f"n01={sizes[0]},{sizes[1]}",
    }
    for size in (1, 2, 3):
        if len(other) >= size:
            opening = " ".join(other[:size])
            found |= {f">{opening}", f"{asked:d}>{opening}"}
            found |= {f"=>{opening}"} if len(other) == size else set()
        if len(one) >= size:
            opening = " ".join(one[:size])
            found |= {f"<{opening}", f"<<{' '.join(one[-size:])}"}
            found |= {f"=<{opening}"} if len(one) == size else set()
    if third:
        found |= {f">2{third[0]}", f">2{' '.join(third[:2])}"}
    here, there = set(one), set(other)
    found |= {f"in0 {word}" for word in _PEOPLE if word in here}
    found |= {f"in1 {word}" for word in _PEOPLE if word in there}
    found.add(f"same={min(sum(len(word) > 4 for word in here & there), 3)}")
    if here & _TO_OTHER and there & _OF_SELF:
        found.add("you-i")
    if len(other) <= 4 and len(one) > 8:
        found.add("short after long")
    return found


def _length(count: int) -> str:
    return next((str(limit) for limit in _LENGTHS if count <= limit), "more")
