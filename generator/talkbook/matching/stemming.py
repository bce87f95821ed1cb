"""Words as they are compared: those that carry a meaning, by their stems (Porter's English stemmer, from Snowball)."""

import threading
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import Stemmer
import stopwordsiso

from talkbook.text import scripts, tokens
from talkbook.text.tokens import Bytes, Ints, Numbers

SHORTEST = 3  # letters of a word that carries a meaning
BORDER = "\0"  # of two texts that are looked at as one
COMMON = 0  # the key of words that carry no meaning
_MANY = 20  # characters from which replacing one after the other takes longer than all at once
_BITS = 18  # of the number of words whose stems are kept: 4 MB
_LETTERS = bytes(byte if byte > 127 or chr(byte).isalpha() or chr(byte) == BORDER else 32 for byte in range(256))
_SPOKEN = (
    "yeah okay gonna wanna gotta kinda stuff thing things kind sort lot bit guys cool really actually maybe pretty"
)

_snowball = Stemmer.Stemmer("english", 0)  # without a cache of its own
_lock = threading.RLock()  # the stemmer keeps the word that it is at


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a word in lower case."""
    with _lock:
        stemmed: str = _snowball.stemWord(word)
    return stemmed


_COMMON_STEMS = frozenset(stem(word) for word in (*stopwordsiso.stopwords("en"), *_SPOKEN.split()))
# The keys of words and those of their stems, each in the slot of the word: the first word that belongs there stays.
_words, _stems = np.zeros((2, 1 << _BITS), np.uint64)


def keys(words: str) -> Numbers:
    """The key of each of the words, as of those found in a text."""
    letters = np.frombuffer(words.encode(), np.uint8)
    return tokens.keys(letters, *tokens.word_bounds(letters))


def letters(text: str) -> Bytes:
    """The text in lower case and in UTF-8, with a space for each character that is neither a letter nor BORDER."""
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
    """The key of the stem of each of the words, COMMON for those that carry no meaning. words: their keys."""
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
            free = new[_words[slots[new]] == 0][::-1]  # of several in one slot the last one written stays
            _words[slots[free]], _stems[slots[free]] = words[free], found[free]
    return found


def _meaning(word: str) -> str:
    """The stem of a word, "" if it carries no meaning."""
    stemmed = stem(word)
    return stemmed if len(word) >= SHORTEST and stemmed not in _COMMON_STEMS and word not in _COMMON_STEMS else ""


def content_stems(text: str) -> Iterator[str]:
    """The stems of the words in a text that carry a meaning."""
    return filter(None, map(_meaning, letters(text).tobytes().decode().split()))
