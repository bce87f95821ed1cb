"""Escape text for other tools' markup, so that every character stands for itself.

Each function takes and returns one line of text; markdown() also takes several, and escapes each as a line of its own.
"""

import re
from html import escape

_SIGN = re.compile(r"[\\`*_\[\]&<>|~$#!=+\d-]")  # every text that needs escaping in Markdown has one of these
# The order within each row matters: a later replacement must not touch what an earlier one inserted.
_MARKDOWN = [*((sign, f"\\{sign}") for sign in r"\`*_[]"), *((sign, f"&#{ord(sign)};") for sign in "&<>|~$")]
# Patterns that begin with a single character are searched ten times as fast as alternatives.
_HASH = re.compile(r"#(?<!\S#)")
_START = re.compile(r"\n(?:([-+])(?=[\s+-]|\Z)|(=)|(\d+)([.)])(?=\s|\Z))")
# The same goes for a set of characters; lookarounds then check the context.
_MEDIAWIKI = re.compile(
    r"[<>&\[\]{}|'~_:](?:(?<=[^'~_:])|(?<=''|~~|__)|(?<=')(?=')|(?<=~)(?=~)|(?<=_)(?=_)|(?<=:)(?=//)|(?<=mailto:))"
)
_LINE = tuple("*#:;=!-")  # markup at the start of a line of wikitext
_NUMBER = re.compile(r"(ISBN|RFC|PMID)(\s)(?=\d)")
_BIBTEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "{}$&#%_"}
    | {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
)


def markdown(words: str) -> str:
    """Escape for Markdown of any flavour, with entities where flavours differ in what a backslash escapes."""
    if not _SIGN.search(words):  # as in most names and titles
        return words
    for sign, escaped in _MARKDOWN:
        if sign in words:  # a test is ten times as fast as a replacement without effect
            words = words.replace(sign, escaped)
    words = _HASH.sub(r"\#", words.replace(r"!\[", r"\!\["))
    return _START.sub(_started, f"\n{words}")[1:]


def html(words: str) -> str:
    """Escape for HTML text between tags."""
    return escape(words, quote=False)


def attribute(words: str) -> str:
    """Escape for an HTML attribute in double quotes."""
    return escape(words, quote=False).replace('"', "&quot;")


def mediawiki(words: str) -> str:
    """Escape for wikitext, including link labels and template arguments."""
    text = _MEDIAWIKI.sub(lambda match: _entities(match[0]), words)
    text = _NUMBER.sub(lambda match: match[1] + _entities(match[2]), text)
    bare = (words[:1].isspace() or words.startswith(_LINE)) and text[0] == words[0]
    return _entities(text[0]) + text[1:] if bare else text


def bibtex(words: str) -> str:
    """Escape for a field of a BibTeX entry that is read as UTF-8."""
    return words.translate(_BIBTEX)


def _started(match: re.Match[str]) -> str:
    mark, equals, number, ending = match.groups()
    return f"\n&#{ord(equals)};" if equals else f"\n\\{mark}" if mark else f"\n{number}\\{ending}"


def _entities(words: str) -> str:
    return "".join(f"&#{ord(each)};" for each in words)
