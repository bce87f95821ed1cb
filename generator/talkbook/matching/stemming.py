"""Reduce words to what is compared: the stems of content words (Porter's English stemmer, from Snowball)."""

import threading
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import Stemmer
import stopwordsiso

from talkbook.text import scripts, tokens
from talkbook.text.tokens import Bytes, Ints, Numbers

SHORTEST = 3  # letters of a content word
SEPARATOR = "\0"  # separates texts that are processed as one
COMMON = 0  # stands for the key of a word without meaning, such as a stop word
_MANY = 20  # characters to replace, from which one pass for all is faster than one for each
_BITS = 18  # the cache of stems has 2**18 slots: 4 MB
_LETTERS = bytes(byte if byte > 127 or chr(byte).isalpha() or chr(byte) == SEPARATOR else 32 for byte in range(256))
_SPOKEN = (
    "yeah okay gonna wanna gotta kinda stuff thing things kind sort lot bit guys cool really actually maybe pretty"
)

_snowball = Stemmer.Stemmer("english", 0)  # without a cache of its own
_lock = threading.RLock()  # threads share the stemmer, which has state


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of a word in lower case."""
    with _lock:
        stemmed: str = _snowball.stemWord(word)
    return stemmed


_COMMON_STEMS = frozenset(stem(word) for word in (*stopwordsiso.stopwords("en"), *_SPOKEN.split()))
# The cache: keys of words and of their stems. The first word in a slot is never replaced.
_words, _stems = np.zeros((2, 1 << _BITS), np.uint64)


def keys(words: str) -> Numbers:
    """Return the keys of words that are separated by spaces; see tokens.keys()."""
    letters = np.frombuffer(words.encode(), np.uint8)
    return tokens.keys(letters, *tokens.word_bounds(letters))


def letters(text: str) -> Bytes:
    """Return the text in lower case and UTF-8, with all characters but letters and SEPARATOR replaced by spaces.

    Scripts without spaces are split by scripts.with_spaces().
    """
    text = text.lower()
    others = [
        char for char in tokens.non_ascii(text) if char.isdecimal() or not (char.isalnum() or scripts.present(char))
    ]
    if len(others) > _MANY:
        text = text.translate(dict.fromkeys(map(ord, others), " "))
    else:
        for char in others:
            text = text.replace(char, " ")
    if scripts.present(text):
        text = scripts.with_spaces(text)
    return np.frombuffer(text.encode().translate(_LETTERS), np.uint8)


def stems(letters: Bytes, starts: Ints, ends: Ints, words: Numbers) -> Numbers:
    """Return the key of each word's stem, or COMMON for words without meaning.

    letters: the text, as letters() returns it.
    starts, ends: of the words, in bytes.
    words: their keys.
    """
    slots = tokens.slots(words, _BITS)
    with _lock:
        found: Numbers = _stems[slots]
        new = np.flatnonzero(_words[slots] != words)
        if len(new):
            whole = letters.tobytes()
            bounds = zip(starts[new].tolist(), ends[new].tolist(), strict=True)
            stemmed = [_meaning(whole[start:end].decode()) for start, end in bounds]
            found[new] = COMMON
            found[new[[*map(bool, stemmed)]]] = keys(" ".join(filter(None, stemmed)))
            free = new[_words[slots[new]] == 0][::-1]  # reversed: if several share a slot, the last write wins
            _words[slots[free]], _stems[slots[free]] = words[free], found[free]
    return found


def _meaning(word: str) -> str:
    """Return the stem of a content word; "" for other words."""
    stemmed = stem(word)
    return stemmed if len(word) >= SHORTEST and stemmed not in _COMMON_STEMS and word not in _COMMON_STEMS else ""


def content_stems(text: str) -> Iterator[str]:
    """Yield the stems of the content words in a text."""
    return filter(None, map(_meaning, letters(text).tobytes().decode().split()))
