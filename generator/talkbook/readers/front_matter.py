"""The parts of a transcript file that are not spoken: front matter, lines of metadata and HTML comments.

They are never quoted, searched or exported. Front matter may contain `private:`, so a file whose front matter can't be
told from its speech is rejected as a whole.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from operator import attrgetter

from talkbook.model import Edit
from talkbook.problems import ParseError, Problem
from talkbook.readers.speech.speech import Speech
from talkbook.sources import sidecar_names
from talkbook.text.anchors import line_of

_FRONT = re.compile(
    r"\A(?P<before>(?:[ \t]*\n)*)(?P<fence>---|\+\+\+)[ \t]*\n"
    r"(?P<text>(?:(?!---|\.\.\.|\+\+\+)[^\n]*\n){1,400})(?:---|\.\.\.|\+\+\+)[ \t]*(?:\n|\Z)"
)
_KEY = re.compile(r"^[\w-]+[ \t]*[:=]", re.MULTILINE)
_OPENED = re.compile(r"\A(?:[ \t]*\n)*(?:---+|\+\+\++)[ \t]*\n(?:[ \t]*(?:#[^\n]*)?\n)*[a-z][\w-]*[ \t]*[:=](?:\s|\Z)")
_COMMENT = re.compile("<!--")
_COMMENT_LINE = re.compile(r"^[ \t]*<!--", re.MULTILINE)
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The text of a file, and which parts of it are not spoken.

    front: the YAML of its front matter, preceded by as many empty lines as the fence, to keep line numbers; else YAML
        made of the lines of metadata, whose line numbers are not those of the file; "" if none.
    unspoken: (start, end) of the front matter, the lines of metadata and each comment, in order, without overlap.
    """

    text: str
    front: str
    unspoken: tuple[tuple[int, int], ...]


def open_text(text: str, path: str) -> FrontMatter:
    """Return the text of a file with its front matter marked off.

    path: the file, for messages.

    Raises ParseError if the front matter is not closed, or if `private:` occurs outside of YAML front matter.
    """
    match = _FRONT.match(text)
    front = match if match and _KEY.search(match["text"]) else None
    if front is None and _OPENED.match(text):
        message = "The front matter has no closing line of dashes."
        raise ParseError(Problem(path, 1, message, 'End it with a line "---", or remove the first one.'))
    yaml = front["before"] + front["text"] if front and front["fence"] == "---" else ""
    if stray := sidecar_names.private(text, front.end() if front and yaml else 0):
        message = "Talkbook doesn't look here for what is private."
        hint = "Write it in the sidecar, or at the head of the file between two lines of dashes."
        raise ParseError(Problem(path, line_of(text, stray.start()), message, hint))
    return FrontMatter(text, yaml, ((front.start(), front.end()),) if front else ())


def without_comments(opened: FrontMatter, path: str, markdown: bool) -> FrontMatter:
    """Mark off the HTML comments, too.

    markdown: whether the content is Markdown even if the file's suffix isn't. In other text, only a comment at the
    start of a line counts.

    Raises ParseError for a comment that is not closed in Markdown, where it would hide everything after it.
    """
    unspoken = [*opened.unspoken]
    text = opened.text
    markdown = markdown or path.lower().endswith(_MARKDOWN)
    at = unspoken[-1][1] if unspoken else 0
    while match := (_COMMENT if markdown else _COMMENT_LINE).search(text, at):
        end = text.find("-->", match.end())
        if end < 0 and markdown:
            line = line_of(text, match.start())
            raise ParseError(Problem(path, line, "This comment has no end.", 'Write "-->" where it ends.'))
        if end < 0:
            break
        at = end + 3
        unspoken.append((match.start(), at))
    return replace(opened, unspoken=tuple(unspoken))


def hide(unspoken: Iterable[tuple[int, int]], speech: Speech) -> tuple[Edit, ...]:
    """Return the speech's marks, with further ones that hide the unspoken spans within its utterances."""
    ends = [utterance.end for utterance in speech.utterances]
    fresh: list[Edit] = []
    for start, end in unspoken:
        at = bisect_right(ends, start)
        if at == len(ends) or speech.utterances[at].start > start:
            continue
        for mark in islice(speech.marks, bisect_right(speech.marks, start, key=_end), None):
            if mark.start >= end:
                break
            if mark.start > start:
                fresh.append(Edit(start, mark.start, "", "mark"))
            start = max(start, mark.end)  # noqa: PLW2901
        if start < end:
            fresh.append(Edit(start, end, "", "mark"))
    return tuple(sorted([*speech.marks, *fresh], key=attrgetter("start"))) if fresh else speech.marks


_end = attrgetter("end")
