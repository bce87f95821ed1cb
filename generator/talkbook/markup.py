"""Words written in other tools' markup, so that each character of them means itself there."""

import re
from html import escape

_MARKDOWN = re.compile(r"[\\`*_\[\]<>|~&$]|(?<![^\s])#|!(?=\[)|^(?:[-+=:](?=\s|[-=+]|$)|\d+(?=[.)]\s))", re.MULTILINE)
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)", re.MULTILINE)
_ADDRESS = re.compile(r"(https?|ftp)://|\bwww\.", re.IGNORECASE)
_MEDIAWIKI = re.compile(
    r"[<>&\[\]{}|]|'(?=')|(?<=')'|~(?=~)|(?<=~)~|_(?=_)|(?<=_)_|^[ *#:;=!-]|"
    r"(?<=\w):(?=//)|(?<=mailto):|\b(?P<magic>ISBN|RFC|PMID) (?=\d)",
    re.MULTILINE,
)
_CONFLUENCE = re.compile(
    r"[\\{}\[\]|!^~*_@]|\?(?=\?)|(?<=\?)\?|(?<!\w)[-+](?=\S)|(?<=\S)[-+](?!\w)|(?<=-)-|-(?=-)|"
    r":(?=[()DP|])|;(?=\))|\((?=(?:/|x|!|\+|-|\?|on|off|\*\w?|y|n|i|flag|flagoff)\))|^\#|(?<=\w):(?=//)",
    re.MULTILINE,
)
_CONFLUENCE_LINE = re.compile(r"^(h[1-6]|bq|fn\d+)\.(?=\s)", re.MULTILINE)
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
    """For Markdown in any flavour, GitHub's with its tables, mathematics and struck text included."""
    plain = _NUMBERED.sub(r"\1\\\2", words)
    return _ADDRESS.sub(_unlinked, re.sub(_MARKDOWN_SIGNS, r"\\\g<0>", plain))


_MARKDOWN_SIGNS = re.compile(
    r"\\(?![.)](?:\s|$))|[`*_\[\]<>|~&$]|(?<!\S)#|!(?=\[)|^[-+=:](?=[\s=+-]|$)|@(?=\w)", re.MULTILINE
)


def _unlinked(match: re.Match[str]) -> str:
    return match[0].replace(":", "\\:").replace(".", "\\.")


def html(words: str) -> str:
    """For HTML, in text and in attributes."""
    return escape(words)


def mediawiki(words: str) -> str:
    """For wikitext, also within the label of a link or an argument of a template."""
    return _MEDIAWIKI.sub(_entities, words)


def confluence(words: str) -> str:
    """For the wiki markup of Confluence and Jira."""
    return _CONFLUENCE_LINE.sub(r"\1&#46;", _CONFLUENCE.sub(r"\\\g<0>", words))


def slack(words: str) -> str:
    """For Slack's mrkdwn, which can hide three characters and no others."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def bibtex(words: str) -> str:
    """For a field of BibTeX, read as UTF-8."""
    return "".join(_BIBTEX.get(each, each) for each in words)


def _entities(match: re.Match[str]) -> str:
    if match["magic"]:
        return f"{match['magic']}&#32;"
    return "".join(f"&#{ord(each)};" for each in match[0])
