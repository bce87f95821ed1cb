"""Parse a topic's file: YAML front matter between --- lines, and an explanation in Markdown."""

import re

from talkbook.model import Reference, TextSelector, Topic
from talkbook.problems import ParseError, Problem
from talkbook.sources import yaml_schema
from talkbook.text.anchors import line_of

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_DECIDING = ("status", "quotes")  # keys that decide what is shown at all


def read(text: str, path: str, slug: str) -> Topic:
    """Parse a topic.

    path: the file, for messages.
    slug: the topic's name in addresses.

    Raises ParseError if there is no front matter, or it is not YAML.
    """
    text = text.replace("\r\n", "\n")
    match = _FRONT.match(text)
    if match is None:
        hint = 'Begin the file with a line "---", "title: …" and another line "---".'
        raise ParseError(Problem(path, 1, "This topic has no front matter.", hint))
    document = yaml_schema.read_valid(match[1], path, "topic", first_line=2)
    data = document.data
    problems = [fault.problem for fault in document.faults]
    return Topic(
        slug=slug,
        path=path,
        title=data.get("title", slug),
        body=text[match.end() :],
        body_line=line_of(text, match.end()),
        kind=data.get("kind", "concept"),
        summary=" ".join(data.get("summary", "").split()),
        aliases=tuple(data.get("aliases", ())),
        hidden_labels=tuple(data.get("hidden_labels", ())),
        excepted=tuple(data.get("except", ())),
        related=tuple(data.get("related", ())),
        broader=tuple(data.get("broader", ())),
        references=tuple(Reference(item["title"], item["url"]) for item in data.get("references", ())),
        pins=_passages(document, "pin"),
        hides=_passages(document, "hide"),
        status=data.get("status", "draft"),
        rank=int(data.get("rank", 0)),
        checked=yaml_schema.day(document, "checked", problems),
        redirect_from=tuple((name, line) for line, name in yaml_schema.items(document, "redirect_from")),
        lines=tuple((slug, line) for key in ("related", "broader") for line, slug in yaml_schema.items(document, key)),
        problems=tuple(problems),
        incomplete="title" not in data
        or any(not fault.wording or fault.at[0] in _DECIDING for fault in document.faults),
    )


def _passages(document: yaml_schema.Document, key: str) -> tuple[TextSelector, ...]:
    return tuple(TextSelector(words, line) for line, words in yaml_schema.items(document, "quotes", key))
