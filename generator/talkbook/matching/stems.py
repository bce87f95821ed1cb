"""Words as they are compared: those that carry meaning, without the commonest endings."""

from functools import lru_cache

_ENDINGS = ("ations", "ation", "ings", "ing", "ers", "er", "ies", "ed", "es", "s", "ly", "al")
_COMMON_WORDS = (
    "the and that this with for from they them their there then than what when where which while who whom whose why "
    "how are was were been being have has had does did doing not but you your yours our ours his her its him she can "
    "could would should will may might must shall about above after again all also any because before below between "
    "both each few more most other some such only own same too very just into over under out off one two three first "
    "second third much many lot lots really actually kind sort thing things way ways get got make makes made say says "
    "said like well yes yeah think know want going come goes went good better best new now still even ever never "
    "always often quite need use used using these those here let something anything everything people"
)
_COMMON = frozenset(_COMMON_WORDS.split())
_MANY = 20  # characters from which replacing one after the other takes longer than all at once
_ASCII = bytes(range(128))
_LETTERS = bytes(byte if byte > 127 or chr(byte).isalpha() else 32 for byte in range(256))


def split(text: str) -> list[bytes]:
    """The runs of letters in `text`, each in UTF-8: a tenth of the time that a regular expression takes."""
    beyond = {*text.encode().translate(None, _ASCII).decode()}
    others = [char for char in beyond if not char.isalnum() or char.isdecimal()]
    if len(others) > _MANY:
        text = text.translate(dict.fromkeys(map(ord, others), " "))
    else:
        for char in others:
            text = text.replace(char, " ")
    return text.encode().translate(_LETTERS).split()


@lru_cache(maxsize=100_000)  # most words of a conversation are the same few thousand
def of(word: bytes) -> str:
    """The stem of a word in lower case; "" if the word carries no meaning."""
    text = word.decode()
    if len(text) < 3 or text in _COMMON:
        return ""
    for ending in _ENDINGS:
        if text.endswith(ending) and len(text) - len(ending) >= 4:
            return text[: -len(ending)]
    return text.removesuffix("e") if len(text) > 4 else text
