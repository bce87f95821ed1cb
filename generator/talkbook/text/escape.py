"""Words in other tools' markup, so that each character means itself there.

All take and give one line of text, and markdown() several too, each for itself.
"""

import re
from html import escape

_SIGN = re.compile(r"[\\`*_\[\]&<>|~$#!=+\d-]")  # with which anything begins that is escaped in Markdown
# What is first in each row would change what the others have become.
_MARKDOWN = [*((sign, f"\\{sign}") for sign in r"\`*_[]"), *((sign, f"&#{ord(sign)};") for sign in "&<>|~$")]
# These begin with one character, for which the regex engine looks ten times as fast as for alternatives.
_HASH = re.compile(r"#(?<!\S#)")
_START = re.compile(r"\n(?:([-+])(?=[\s+-]|\Z)|(=)|(\d+)([.)])(?=\s|\Z))")
# So do these with a set of characters, and what has to stand around it follows.
_MEDIAWIKI = re.compile(
    r"[<>&\[\]{}|'~_:](?:(?<=[^'~_:])|(?<=''|~~|__)|(?<=')(?=')|(?<=~)(?=~)|(?<=_)(?=_)|(?<=:)(?=//)|(?<=mailto:))"
)
_LINE = tuple("*#:;=!-")  # what a line of wikitext may begin with
_NUMBER = re.compile(r"(ISBN|RFC|PMID)(\s)(?=\d)")
_BIBTEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "{}$&#%_"}
    | {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
)


def markdown(words: str) -> str:
    """For Markdown of any flavour. Entities, where flavours do not agree on what a backslash escapes."""
    if not _SIGN.search(words):  # as in most names and titles
        return words
    for sign, escaped in _MARKDOWN:
        if sign in words:  # which is known ten times as soon as that there is nothing to replace
            words = words.replace(sign, escaped)
    words = _HASH.sub(r"\#", words.replace(r"!\[", r"\!\["))
    return _START.sub(_started, f"\n{words}")[1:]


def html(words: str) -> str:
    """For HTML, between tags."""
    return escape(words, quote=False)


def attribute(words: str) -> str:
    """For the value of an attribute of HTML, in double quotes."""
    return escape(words, quote=False).replace('"', "&quot;")


def mediawiki(words: str) -> str:
    """For wikitext, also in the label of a link or the argument of a template."""
    text = _MEDIAWIKI.sub(lambda match: _entities(match[0]), words)
    text = _NUMBER.sub(lambda match: match[1] + _entities(match[2]), text)
    bare = (words[:1].isspace() or words.startswith(_LINE)) and text[0] == words[0]
    return _entities(text[0]) + text[1:] if bare else text


def bibtex(words: str) -> str:
    """For a field of a BibTeX entry that is read as UTF-8."""
    return words.translate(_BIBTEX)


def _started(match: re.Match[str]) -> str:
    mark, equals, number, ending = match.groups()
    return f"\n&#{ord(equals)};" if equals else f"\n\\{mark}" if mark else f"\n{number}\\{ending}"


def _entities(words: str) -> str:
    return "".join(f"&#{ord(each)};" for each in words)
