"""Words in other tools' markup, so that each character means itself there.

All take and give one line of text, and markdown() several too, each for itself.
"""

import re
from html import escape

# What is first in each row would change what the others have become.
_MARKDOWN = [*((sign, f"\\{sign}") for sign in r"\`*_[]"), *((sign, f"&#{ord(sign)};") for sign in "&<>|~$")]
# These begin with one character, for which the regex engine looks ten times as fast as for alternatives.
_HASH = re.compile(r"#(?<!\S#)")
_START = re.compile(r"\n(?:([-+])(?=[\s+-]|\Z)|(=)|(\d+)([.)])(?=\s|\Z))")
_MEDIAWIKI = re.compile(
    r"[<>&\[\]{}|]|'(?=')|(?<=')'|~(?=~)|(?<=~)~|_(?=_)|(?<=_)_|^[\s*#:;=!-]|:(?=//)|(?<=mailto):|"
    r"(?:(?<=ISBN)|(?<=RFC)|(?<=PMID))\s(?=\d)"
)
_CONFLUENCE = re.compile(
    r"(?P<entity>\\|^(?:h[1-6]|bq|fn\d+)\.(?=\s))|[{}\[\]|!^~*_]|\?(?=\?)|(?<=\?)\?|(?<!\w)[-+](?=\S)|(?<=\S)[-+](?!\w)|"
    r"^[-#](?=\s)|:(?=[()DP])|;(?=\))|\((?=(?:/|x|!|\+|-|\?|on|off|\*\w?|y|n|i|flag|flagoff)\))"
)
_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "^": r"\textasciicircum{}",
    "_": r"\_",
    "~": r"\textasciitilde{}",
}


def markdown(words: str) -> str:
    """For Markdown of any flavour. Entities, where flavours do not agree on what a backslash escapes."""
    for sign, escaped in _MARKDOWN:
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
    return _MEDIAWIKI.sub(lambda match: _entities(match[0]), words)


def confluence(words: str) -> str:
    """For the wiki markup of Confluence and Jira."""
    return _CONFLUENCE.sub(lambda match: _last_entity(match[0]) if match["entity"] else f"\\{match[0]}", words)


def slack(words: str) -> str:
    """For Slack's mrkdwn, in which three characters can be escaped and no others."""
    return escape(words, quote=False)


def bibtex(words: str) -> str:
    """For a field of a BibTeX entry that is read as UTF-8."""
    return "".join(_BIBTEX.get(each, each) for each in words)


def _started(match: re.Match[str]) -> str:
    mark, equals, number, ending = match.groups()
    return f"\n&#{ord(equals)};" if equals else f"\n\\{mark}" if mark else f"\n{number}\\{ending}"


def _entities(words: str) -> str:
    return "".join(f"&#{ord(each)};" for each in words)


def _last_entity(words: str) -> str:
    return words[:-1] + _entities(words[-1])
