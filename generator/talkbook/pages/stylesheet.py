"""The style sheet, one file of all components so that a page asks for one, and scripts, as a site has them."""

import re
from collections.abc import Mapping

from talkbook.pages import palette

# In the order in which they overrule one another.
COMPONENTS = (
    *("fonts", "theme", "material", "layout", "lists", "timeline", "card", "layers", "topic", "transcript", "player"),
    *("home", "map", "quote", "cite", "search", "print"),
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BREAK = re.compile(r"(?<=[{};,])\s*\n\s*|\s*\n\s*(?=})")  # no string in our components runs over a line
_GAP = re.compile(r"\s*\n\s*")
_NOTHING = re.compile(r"^\s*(?://[^\n]*|/\*.*?\*/[ \t]*)\n|^\s+", re.DOTALL | re.MULTILINE)
_COLOURS = (
    f":root{{{palette.variables(palette.LIGHT)}}}\n"
    # On paper it is day.
    f'@media screen{{[data-md-color-scheme="slate"]{{{palette.variables(palette.DARK)}}}}}\n'
)


def join(components: Mapping[str, str]) -> str:
    """CSS of the colours and of the components, which are given by name, without comments and line breaks."""
    return _COLOURS + "\n".join(_compact(components[name]) for name in COMPONENTS) + "\n"


def script(text: str) -> str:
    """One of our scripts without comments on lines of their own, empty lines and indentation."""
    return _NOTHING.sub("", text)


def _compact(css: str) -> str:
    return _GAP.sub(" ", _BREAK.sub("", _COMMENT.sub("", css).strip()))
