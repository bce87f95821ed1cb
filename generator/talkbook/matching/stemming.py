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
_KNOWN = 300_000  # words whose stems are kept, some 30 MB
_LETTERS = bytes(byte if byte > 127 or chr(byte).isalpha() or chr(byte) == BORDER else 32 for byte in range(256))
_SPOKEN = (
    "yeah okay gonna wanna gotta kinda stuff thing things kind sort lot bit guys cool really actually maybe pretty"
)

_snowball = Stemmer.Stemmer("english")
_lock = threading.Lock()  # the stemmer keeps the word that it is at


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a word in lower case."""
    with _lock:
        stemmed: str = _snowball.stemWord(word)
    return stemmed


_COMMON_STEMS = frozenset(stem(word) for word in (*stopwordsiso.stopwords("en"), *_SPOKEN.split()))
_known: dict[int, int] = {}  # by the key of a word that of its stem


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
    found = list(map(_known.get, words.tolist()))
    if None in found:
        if len(_known) > _KNOWN:
            _known.clear()
        whole = letters.tobytes()
        new = [at for at, key in enumerate(found) if key is None]
        stemmed = [_meaning(whole[starts[at] : ends[at]].decode()) for at in new]
        made = iter(keys(" ".join(filter(None, stemmed))).tolist())
        for at, each in zip(new, stemmed, strict=True):
            found[at] = _known[int(words[at])] = next(made) if each else COMMON
    return np.array(found, np.uint64)


def _meaning(word: str) -> str:
    """The stem of a word, "" if it carries no meaning."""
    stemmed = stem(word)
    return stemmed if len(word) >= SHORTEST and stemmed not in _COMMON_STEMS and word not in _COMMON_STEMS else ""


def content_stems(text: str) -> Iterator[str]:
    """The stems of the words in a text that carry a meaning."""
    return filter(None, map(_meaning, letters(text).tobytes().decode().split()))
