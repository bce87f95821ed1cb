"""Front matter: YAML between two lines of dashes at the head of a text."""

import re

_FRONT = re.compile(r"\A---[ \t]*\n(?P<yaml>(?:(?!---|\.\.\.)[^\n]*\n){1,400})(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_KEY = re.compile(r"^[\w-]+[ \t]*:", re.MULTILINE)
_CHARACTER = re.compile(r"[^\n]")


def split(text: str) -> tuple[str, str]:
    """(YAML of the front matter, text with a space for each of its characters); ("", text) without any.

    The second has the length and the lines of the first, so that offsets stay.
    """
    match = _FRONT.match(text)
    if match is None or not _KEY.search(match["yaml"]):
        return "", text
    return match["yaml"], _CHARACTER.sub(" ", match[0]) + text[match.end() :]
