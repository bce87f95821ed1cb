"""Ids derived from a passage's speaker and words instead of its number, so that they survive edits elsewhere."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2s
from itertools import islice
from operator import eq

import numpy as np
from slugify import slugify

from talkbook.text import scripts, tokens

_LETTER = r"[\w\u0300-\u036f]"
_WORD = re.compile(rf"{_LETTER}+(?:['’]{_LETTER}+)*")
_SINGLE = f"[{scripts.LETTERS}]"  # each counts as a word, so that punctuation between two doesn't matter
_MIXED = re.compile(_WORD.pattern.replace(_LETTER, f"(?:(?!{_SINGLE}){_LETTER})") + f"|{_SINGLE}")
_ASCII = bytes(ord(chr(code).lower()) if chr(code).isalnum() or chr(code) in "_'" else 32 for code in range(256))
_STRAY = re.compile(r"'(?:(?!\w)|(?<!\w'))")  # an apostrophe outside of any word
_FILLERS = frozenset(("uh", "uhh", "uhm", "um", "umm", "er", "erm", "mm", "mmm", "hm", "hmm", "mhm", "mhmm", "uhhuh"))
_BEFORE = 6  # words of the preceding passage that distinguish it from an identical one
_HINTS = np.zeros(1 << 16, np.bool_)  # indexed by the first two letters of a word, as a number: may it be a filler?
_HINTS[[tokens.prefix(word[:2]) for word in _FILLERS]] = True
_BORDER = "\0"  # separates joined texts
_KEPT = b"\n" + _ASCII[1:]
_SPACE = np.uint8(ord(" "))
_NUMBER = re.compile(r"-\d{1,9}$")
_LIST = "index"  # the slug of the list page in each folder
_LONGEST = 120  # characters of a slug; a digest replaces the rest


_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [first + second for first in _BASE32 for second in _BASE32]  # base64.b32encode is Python: ten times as slow


@lru_cache(maxsize=10_000)  # the same people speak in many transcripts
def slug(name: str) -> str:
    """Return a name for use in addresses: lower-case ASCII letters, digits and hyphens, short enough for a file."""
    made = str(slugify(name)) or digest(name)
    if len(made) > _LONGEST or made == _LIST:
        return f"{made[:_LONGEST].rstrip('-')}-{digest(name)}"
    return made


def slugs(names: Iterable[str]) -> dict[str, str]:
    """Return name -> slug. If names would share a slug, as 王伟 and 王微 would, all but the first get a digest."""
    owners: dict[str, str] = {}
    result: dict[str, str] = {}
    for name in names:
        made = slug(name)
        same = owners.setdefault(made, letters(name)) == letters(name)
        result[name] = made if same else f"{made}-{digest(name)}"
    return result


@lru_cache(maxsize=10_000)
def letters(name: str) -> str:
    """Return the letters of a name without case, accents and punctuation; it distinguishes names with the same slug."""
    chars = [char for char in unicodedata.normalize("NFKD", name.casefold()) if char.isalnum()]
    latin = all(char.isdecimal() or unicodedata.name(char, "").startswith("LATIN") for char in chars)
    return slug(name).replace("-", "") if latin else "".join(chars)  # the slug also turns ø into o


def digest(text: str) -> str:
    """Return eight letters and digits derived from the text by hashing."""
    number = int.from_bytes(blake2s(text.encode(), digest_size=5).digest(), "big")
    return _PAIRS[number >> 30] + _PAIRS[number >> 20 & 1023] + _PAIRS[number >> 10 & 1023] + _PAIRS[number & 1023]


def words(text: str) -> list[str]:
    """Return the significant words, in lower case: without punctuation, fillers and immediate repetitions.

    If the text has nothing but fillers, they are significant.
    """
    if text.isascii():  # the same words as below, three times as fast
        return _counting(_STRAY.sub(" ", text.encode().translate(_ASCII).decode()).split())
    return _counting([_plain(match[0]) for match in _words(text, 0, len(text))])


def _words(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    pattern = _MIXED if scripts.present(text[start:end]) else _WORD
    return pattern.finditer(text, start, end)


def _counting(every: list[str]) -> list[str]:
    """Return the significant ones among lower-case words."""
    words = every if _FILLERS.isdisjoint(every) else [word for word in every if word not in _FILLERS] or every
    if not any(map(eq, words, islice(words, 1, None))):
        return words
    return [word for word, before in zip(words, [None, *words], strict=False) if word != before]


def joined_key(keys: Iterable[str]) -> str:
    """Return the key() of a text from the keys of its parts, provided that no word spans two parts."""
    parts = list(filter(None, keys))
    last, first = ([part.rpartition(" ")[2] for part in parts], [part.partition(" ")[0] for part in parts])
    whole = " ".join(parts)
    if _FILLERS.isdisjoint(first) and not any(map(eq, last, islice(first, 1, None))):
        return whole
    return " ".join(_counting(whole.split(" ")))


def word_spans(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield (word, start, end) for each of the words() of text[start:end]; offsets are those of `text`."""
    every = [(_plain(match[0]), *match.span()) for match in _words(text, start, end)]
    words = [word for word in every if word[0] not in _FILLERS] or every
    return (word for word, before in zip(words, [None, *words], strict=False) if not before or word[0] != before[0])


def _plain(word: str) -> str:
    return word.lower() if word.isascii() else unicodedata.normalize("NFC", word).casefold().replace("’", "'")


def key(text: str) -> str:
    """Return the text's significant words, joined by spaces: together with the speaker, what an id is derived from."""
    return " ".join(words(text))


def keys(texts: Sequence[str]) -> list[str]:
    """Return the key() of each text. Processing many short texts at once takes a third of the time."""
    whole = _BORDER.join(texts).replace("’", "'")
    if whole.count(_BORDER) != len(texts) - 1:
        return list(map(key, texts))
    chars = tokens.encode(whole, _KEPT)
    border, in_word = chars == ord("\n"), chars > ord("'")
    in_word[1:-1] |= (chars[1:-1] == ord("'")) & in_word[:-2] & in_word[2:]
    stays = in_word | border
    chars = np.where(stays, chars, _SPACE)
    stays[1:] |= in_word[:-1]  # and of the other characters, one after each word
    chars = chars[stays]
    result = [words.rstrip() for words in chars.tobytes().decode().split("\n")]
    starts, ends = tokens.word_bounds(chars)
    prefixes = tokens.prefixes(chars, starts, ends)
    doubtful = _HINTS[prefixes & np.uint64(0xFFFF)]  # words that may be fillers or repetitions, and a few more
    doubtful[1:] |= prefixes[1:] == prefixes[:-1]
    for at in set(np.searchsorted(np.flatnonzero(chars == ord("\n")), starts[doubtful]).tolist()):
        result[at] = " ".join(_counting(result[at].split()))
    letters = "".join(filter(_MIXED.match, tokens.non_ascii(whole)))
    if letters:  # texts with letters beyond ASCII are processed one at a time
        pattern = re.compile(f"[{letters}]")
        for at, text in enumerate(texts):
            if pattern.search(text):
                result[at] = key(text)
    return result


def distinct_keys(passages: Sequence[tuple[str | None, str]]) -> Iterator[str]:
    """Yield a distinct key for each of several consecutive passages, given as (speaker, key).

    If a speaker says the same words more than once, such as "yes", the key gets the last words of the preceding passage
    and "/ " as a prefix, so that the passages can be told apart without numbers.
    """
    counts = Counter(passages)
    for at, passage in enumerate(passages):
        if counts[passage] == 1:
            yield passage[1]
        else:
            before = passages[at - 1][1].split()[-_BEFORE:] if at else []
            yield " ".join([*before, "/", passage[1]])


def from_key(kind: str, speaker: str | None, key: str) -> str:
    """Return the id `kind`-xxxxxxxx for a speaker's slug (None if unknown) and the key of what they said."""
    return f"{kind}-{digest(f'{speaker}|{key}')}"


def make(kind: str, speaker: str | None, text: str) -> str:
    """Return the id `kind`-xxxxxxxx for what a speaker said; see from_key()."""
    return from_key(kind, speaker, key(text))


def split_number(name: str) -> tuple[str, int]:
    """Split an id into the part without the number that unique() appended, and that number (1 if there is none)."""
    match = _NUMBER.search(name, 10)
    return (name[: match.start()], int(match[0][1:])) if match else (name, 1)


def unique(ids: Iterable[str]) -> list[str]:
    """Make the ids unique: repetitions of an id get "-2", "-3" and so on appended."""
    names = list(ids)
    if len(set(names)) == len(names):
        return names
    given = set(names)
    seen: dict[str, int] = {}
    for at, name in enumerate(names):
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            while f"{name}-{seen[name]}" in given:
                seen[name] += 1
            names[at] = f"{name}-{seen[name]}"
            given.add(names[at])
    return names
