"""Words as they are compared: those that carry meaning, without the commonest endings."""

from collections.abc import Iterator

import numpy as np

from talkbook.text import scripts, tokens
from talkbook.text.tokens import Bytes, Ints, Numbers

_ENDINGS = "s e al ed er es ly ers ies ing ings ation ations".split()  # of which the longest that fits is cut off
_BY_SIZE = [(size, [tokens.number(each) for each in _ENDINGS if len(each) == size]) for size in range(1, 7)]
_COMMON_WORDS = (
    "the and that this with for from they them their there then than what when where which while who whom whose why "
    "how are was were been being have has had does did doing not but you your yours our ours his her its him she can "
    "could would should will may might must shall about above after again all also any because before below between "
    "both each few more most other some such only own same too very just into over under out off one two three first "
    "second third much many lot lots really actually kind sort thing things way ways get got make makes made say says "
    "said like well yes yeah think know want going come goes went good better best new now still even ever never "
    "always often quite need use used using these those here let something anything everything people"
)
SHORTEST = 3  # letters of a word that carries a meaning
_LEFT = 4  # letters that are left of it without its ending
_MANY = 20  # characters from which replacing one after the other takes longer than all at once
BORDER = "\0"  # of two texts that are looked at as one
_LETTERS = bytes(byte if byte > 127 or chr(byte).isalpha() or chr(byte) == BORDER else 32 for byte in range(256))


def keys(words: str) -> Numbers:
    """The key of each of the words, as of those found in a text."""
    letters = np.frombuffer(words.encode(), np.uint8)
    return tokens.keys(letters, *tokens.borders(letters))


_COMMON = np.sort(keys(_COMMON_WORDS))


def letters(text: str) -> Bytes:
    """The text in lower case and in UTF-8, with a space for each character that is neither a letter nor BORDER."""
    text = text.lower()
    others = [char for char in tokens.beyond(text) if char.isdecimal() or not (char.isalnum() or scripts.found(char))]
    if len(others) > _MANY:
        text = text.translate(dict.fromkeys(map(ord, others), " "))
    else:
        for char in others:
            text = text.replace(char, " ")
    if scripts.found(text):
        text = scripts.apart(text)
    return np.frombuffer(text.encode().translate(_LETTERS), np.uint8)


def cut(letters: Bytes, starts: Ints, ends: Ints, keys: Numbers) -> Ints:
    """Where the stem of each of the words ends; where it starts, if the word carries no meaning. keys: of the words."""
    sizes = _characters(letters, starts, ends)
    tails = tokens.tails(letters, ends)
    gone = np.zeros(len(ends), np.intp)
    for size, numbers in _BY_SIZE:
        last = tails >> np.uint64(64 - 8 * size)
        fits = np.logical_or.reduce([last == number for number in numbers])
        gone[fits & (sizes >= size + _LEFT)] = size
    common = _COMMON[np.searchsorted(_COMMON[:-1], keys)] == keys
    return np.where(common | (sizes < SHORTEST), starts, ends - gone)


def _characters(letters: Bytes, starts: Ints, ends: Ints) -> Ints:
    """How many characters each of the words has."""
    if letters.max(initial=0) < 128:
        return ends - starts
    before = np.append(0, np.cumsum((letters & 0xC0) != 0x80))  # bytes that begin one
    sizes: Ints = before[ends] - before[starts]
    return sizes


def of(text: str) -> Iterator[str]:
    """The stems of the words in a text that carry a meaning."""
    found = letters(text)
    whole, starts, ends = found.tobytes(), *tokens.borders(found)
    stops = cut(found, starts, ends, tokens.keys(found, starts, ends))
    for start, stop in zip(starts.tolist(), stops.tolist(), strict=True):
        if start < stop:
            yield whole[start:stop].decode()
