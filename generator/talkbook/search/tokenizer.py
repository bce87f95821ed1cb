"""Split text into words for search. `templates/assets/search.js` splits queries in the same way."""

import re
import unicodedata
from functools import lru_cache

import numpy as np

from talkbook.text import scripts, tokens
from talkbook.text.tokens import Bytes

_SINGLE = re.compile(f"[{scripts.LETTERS}]")  # each counts as a word; consecutive ones in a query must be adjacent
_ACCENT = re.compile("[\u0300-\u036f]")
_MANY = 200  # characters; with more, one pass over the text is faster than replacing each
_KEPT = bytes(byte if byte > 127 or chr(byte).isalnum() else 32 for byte in range(256))
MARKS = (1, 2)  # characters that are not part of words
_MARKED = bytes(byte if byte in MARKS else _KEPT[byte] for byte in range(256))


def split(text: str) -> list[str]:
    """Return the words of a text in order, in lower case and without accents."""
    return _plain(text).encode("utf-8", "replace").translate(_KEPT).decode().split()


def marked(text: str) -> Bytes:
    """Return the same words in UTF-8, separated by spaces, with MARKS kept."""
    return np.frombuffer(_plain(text).encode("utf-8", "replace").translate(_MARKED), np.uint8)


def _plain(text: str) -> str:
    """Lower the case of a text, and replace each non-ASCII character by the letters it stands for, or a space."""
    text = text.lower()
    beyond = tokens.non_ascii(text)
    if len(beyond) > _MANY:
        return text.translate({ord(char): _letters(char) for char in beyond})
    for char in beyond:  # most texts have few
        text = text.replace(char, _letters(char))
    return text


@lru_cache(maxsize=10_000)
def _letters(char: str) -> str:
    whole = _ACCENT.sub("", unicodedata.normalize("NFKD", char))
    return "".join(f" {each} " if _SINGLE.match(each) else each if each.isalnum() else " " for each in whole)
