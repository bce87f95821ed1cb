"""The style sheet and scripts as they are published: all CSS in one file, without comments and indentation."""

import re
from collections.abc import Mapping

from talkbook.pages import palette

# Later ones override earlier ones.
COMPONENTS = (
    *("fonts", "theme", "material", "layout", "lists", "timeline", "card", "layers", "topic", "transcript", "player"),
    *("home", "map", "quote", "cite", "search", "print"),
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BREAK = re.compile(r"(?<=[{};,])\s*\n\s*|\s*\n\s*(?=})")  # no string in the CSS contains a line break
_GAP = re.compile(r"\s*\n\s*")
_NOTHING = re.compile(r"^\s*(?://[^\n]*|/\*.*?\*/[ \t]*)\n|^\s+", re.DOTALL | re.MULTILINE)
_COLOURS = (
    f":root{{{palette.variables(palette.LIGHT)}}}\n"
    # Pages are always printed in the light colours.
    f'@media screen{{[data-md-color-scheme="slate"]{{{palette.variables(palette.DARK)}}}}}\n'
)


def join(components: Mapping[str, str]) -> str:
    """Return the style sheet of a site: the colours and all components. components: name -> CSS."""
    return _COLOURS + "\n".join(_compact(components[name]) for name in COMPONENTS) + "\n"


def script(text: str) -> str:
    """Return a script without indentation, empty lines and comments on lines of their own."""
    return _NOTHING.sub("", text)


def _compact(css: str) -> str:
    return _GAP.sub(" ", _BREAK.sub("", _COMMENT.sub("", css).strip()))
