"""Ids that come from what a thing is: its speaker and its words, not its number."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2s
from itertools import islice
from operator import eq

from slugify import slugify

_WORD = re.compile(r"[\w\u0300-\u036f]+(?:['’][\w\u0300-\u036f]+)*")
_FILLERS = frozenset(("uh", "uhh", "uhm", "um", "umm", "er", "erm", "mm", "mmm", "hm", "hmm", "mhm", "mhmm", "uhhuh"))
_BEFORE = 6  # words of the passage before that tell it from its like
_NUMBER = re.compile(r"-\d+$")
_LONGEST = 120  # characters of a slug, after which a digest takes the place of the rest


_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [first + second for first in _BASE32 for second in _BASE32]  # base64.b32encode is Python: ten times as slow


def slug(name: str) -> str:
    """A name as it stands in an address: lower case ASCII letters, digits and hyphens, short enough for a file."""
    made = str(slugify(name)) or digest(name)
    return made if len(made) <= _LONGEST else f"{made[:_LONGEST].rstrip('-')}-{digest(name)}"


def digest(text: str) -> str:
    """Eight letters and digits that stand for the text."""
    number = int.from_bytes(blake2s(text.encode(), digest_size=5).digest(), "big")
    return _PAIRS[number >> 30] + _PAIRS[number >> 20 & 1023] + _PAIRS[number >> 10 & 1023] + _PAIRS[number & 1023]


def words(text: str) -> list[str]:
    """The words that count: no case, punctuation, fillers or word said twice running; all words if none is left."""
    if text.isascii():
        found = _WORD.findall(text.lower())
    else:
        found = [word.lower() if word.isascii() else _plain(word) for word in _WORD.findall(text)]
    kept = found
    if not _FILLERS.isdisjoint(found):
        kept = [word for word in found if word not in _FILLERS] or found
    if not any(map(eq, kept, islice(kept, 1, None))):
        return kept
    return [word for word, before in zip(kept, [None, *kept], strict=False) if word != before]


def places(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """`words` of text[start:end], each with where it stands in `text`."""
    found = [(_plain(match[0]), *match.span()) for match in _WORD.finditer(text, start, end)]
    kept = [each for each in found if each[0] not in _FILLERS] or found
    return (each for each, before in zip(kept, [None, *kept], strict=False) if not before or each[0] != before[0])


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold().replace("’", "'")


def key(text: str) -> str:
    """What an id stands for, beside the speaker: the words that count."""
    return " ".join(words(text))


def keys(said: Iterable[tuple[str | None, str]]) -> Iterator[str]:
    """The key of each of (speaker, text) that follow one another.

    What one speaker says in the same words more than once, such as "yes", has the last words
    before it and "/ " in front of its own, so that it needs no number to be told from its like.
    """
    spoken = [(speaker, words(text)) for speaker, text in said]
    joined = [(speaker, " ".join(own)) for speaker, own in spoken]
    count = Counter(joined)
    for at, each in enumerate(joined):
        before = spoken[at - 1][1][-_BEFORE:] if at else []
        yield each[1] if count[each] == 1 else " ".join([*before, "/", each[1]])


def named(kind: str, speaker: str | None, key: str) -> str:
    """`kind`-xxxxxxxx for a key in the mouth of a speaker."""
    return f"{kind}-{digest(f'{speaker}|{key}')}"


def of(kind: str, speaker: str | None, text: str) -> str:
    """`kind`-xxxxxxxx for what a speaker said."""
    return named(kind, speaker, key(text))


def number(name: str) -> tuple[str, int]:
    """An id without the number that `unique` gave it, and that number (1 if it gave none)."""
    match = _NUMBER.search(name, 10)
    return (name[: match.start()], int(match[0][1:])) if match else (name, 1)


def unique(ids: Iterable[str]) -> list[str]:
    """The same ids, the second of two equal ones as `id-2`, and so on."""
    seen: dict[str, int] = {}
    result = []
    for each in ids:
        seen[each] = seen.get(each, 0) + 1
        result.append(each if seen[each] == 1 else f"{each}-{seen[each]}")
    return result
