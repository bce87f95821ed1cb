"""Words in other tools' markup, so that each character means itself there. All take and give one line of text."""

import re
from html import escape

_MARKDOWN = re.compile(r"(?P<escaped>[\\`*_\[\]]|(?<!\S)#|!(?=\[)|^[-+](?=[\s+-]|$))|[<>&|~$]|^=")
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")
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
    signs = _MARKDOWN.sub(lambda match: f"\\{match[0]}" if match["escaped"] else _entities(match[0]), words)
    return _NUMBERED.sub(r"\1\\\2", signs)


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


def _entities(words: str) -> str:
    return "".join(f"&#{ord(each)};" for each in words)


def _last_entity(words: str) -> str:
    return words[:-1] + _entities(words[-1])
