"""Noises, music and transcribers' notes within speech: `[laughter]`, `(crosstalk)`, `♪ … ♪`."""

import re

_HEARD = (
    r"laugh\w*|chuckl\w*|giggl\w*|applau\w*|clap\w*|cheer\w*|music|song|singing|sings?|jingle|crosstalk|"
    r"cross-talk|overlap\w*|inaudible|unintelligible|indiscernible|unclear|silence|pauses?|noises?|sounds?|"
    r"cough\w*|sigh\w*|sneez\w*|gasp\w*|breath\w*|snort\w*|scoff\w*|groan\w*|bleep\w*|beep\w*|ring\w*|knock\w*|"
    r"bell|whistl\w*|static|feedback|background|crickets|foreign language|speaking \w+|blank_audio|risas|aplausos|"
    r"música|rires|applaudissements|gelächter|lachen|笑|掌声|音乐"
)
_NAMED = re.compile(rf"(?:[\w'’-]+ ){{0,4}}(?:{_HEARD})\b", re.IGNORECASE)
SQUARE = re.compile(r"\\?\[([^\[\]\n\\]{1,120})\\?\](?!\()")
ROUND = re.compile(rf"\((?:(?:[\w'’-]+ ){{0,3}}(?:{_HEARD})\b[^()\n]{{0,60}})\)", re.IGNORECASE)
MUSIC = re.compile(r"[♪♫][^♪♫\n]{0,2000}[♪♫]+|[♪♫]+")
_WHOLE = re.compile(r"\([^()]{1,200}\)|\[[^\[\]]{1,200}\]|\*[^*\s][^*]{0,80}\*|[♪♫#].{0,2000}[♪♫#]|[♪♫]+", re.DOTALL)


def bracketed(text: str, start: int, words: str) -> bool:
    """Return whether the square brackets at text[start] hold a sound or a note, unlike those of "b[ecause]"."""
    return note(words) and not text[start - 1 : start].isalnum()


def note(words: str) -> bool:
    """Return whether words in square brackets are a sound or a note, and not speech that was filled in."""
    inner = words.strip()
    if not inner or _NAMED.match(inner):
        return bool(inner)
    return any(char.isalpha() for char in inner) and (
        inner == inner.lower() or (len(inner) > 3 and inner == inner.upper())
    )


def spans(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each sound in plain `text`, in order, without overlap."""
    if not any(mark in text for mark in "[(♪♫"):
        return []
    result = [match.span() for match in SQUARE.finditer(text) if bracketed(text, match.start(), match[1])]
    result += [match.span() for pattern in (ROUND, MUSIC) for match in pattern.finditer(text)]
    return apart(result)


def alone(text: str) -> bool:
    """Return whether `text`, a whole cue or line, is nothing but a sound."""
    return _WHOLE.fullmatch(text.strip()) is not None


def apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans in order, without those that overlap an earlier one."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not result or start >= result[-1][1]:
            result.append((start, end))
    return result
