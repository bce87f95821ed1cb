"""Ids that come from what a thing is: its speaker and its words, not its number."""

import re
from base64 import b32encode
from collections.abc import Iterable
from hashlib import blake2s

from slugify import slugify

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def slug(name: str) -> str:
    """A name as it stands in an address: lower case, ASCII letters, digits and hyphens."""
    return str(slugify(name)) or digest(name)


def digest(text: str) -> str:
    """Eight letters and digits that stand for the text."""
    return b32encode(blake2s(text.encode(), digest_size=5).digest()).decode().lower()


def of(kind: str, speaker: str | None, words: str) -> str:
    """`kind`-xxxxxxxx for what a speaker said; case, punctuation and white space do not count."""
    said = " ".join(_WORD.findall(words.lower()))
    return f"{kind}-{digest(f'{speaker}|{said}')}"


def unique(ids: Iterable[str]) -> list[str]:
    """The same ids, the second of two equal ones as `id-2`, and so on."""
    seen: dict[str, int] = {}
    result = []
    for each in ids:
        seen[each] = seen.get(each, 0) + 1
        result.append(each if seen[each] == 1 else f"{each}-{seen[each]}")
    return result
