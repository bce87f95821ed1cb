"""Ids that come from what a thing is: its speaker and its words, not its number."""

import re
import unicodedata
from base64 import b32encode
from collections.abc import Iterable, Iterator
from hashlib import blake2s

from slugify import slugify

_WORD = re.compile(r"[\w\u0300-\u036f]+(?:['’][\w\u0300-\u036f]+)*")
_FILLERS = frozenset("uh uhh uhm um umm er erm mm mmm hm hmm mhm uhhuh mhmm".split())
_SHORT = 20  # characters of words below which they alone tell nothing: "yes", "thank you"
_BEFORE = 6  # words of the passage before that tell a short one from its like
_NUMBER = re.compile(r"-\d+$")


def slug(name: str) -> str:
    """A name as it stands in an address: lower case, ASCII letters, digits and hyphens."""
    return str(slugify(name)) or digest(name)


def digest(text: str) -> str:
    """Eight letters and digits that stand for the text."""
    return b32encode(blake2s(text.encode(), digest_size=5).digest()).decode().lower()


def words(text: str) -> list[str]:
    """The words that count: no case, punctuation, fillers or word said twice running; all words if none is left."""
    found = _WORD.findall(text.lower()) if text.isascii() else [_plain(word) for word in _WORD.findall(text)]
    kept = [word for word in found if word not in _FILLERS] or found
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


def keys(texts: Iterable[str]) -> Iterator[str]:
    """The key of each of the texts that follow one another; a short one has the words before it, " / " and its own."""
    before: list[str] = []
    for text in texts:
        own = words(text)
        joined = " ".join(own)
        yield joined if len(joined) >= _SHORT else f"{' '.join(before[-_BEFORE:])} / {joined}"
        before = own


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
