"""Reading a topic: YAML front matter between --- lines, and an explanation in Markdown."""

import datetime
import re

from talkbook.model import Reference, TextSelector, Topic
from talkbook.problems import ParseError, Problem
from talkbook.sources import yaml_schema

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)

_DECIDING = ("status", "quotes")  # keys that say what is shown at all


def read(text: str, path: str, slug: str) -> Topic:
    """The topic in a file's text.

    path: of the file, for messages. slug: its name in addresses.
    Raises ParseError where it has no front matter that is YAML.
    """
    text = text.replace("\r\n", "\n")
    match = _FRONT.match(text)
    if match is None:
        hint = 'Begin the file with a line "---", "title: …" and another line "---".'
        raise ParseError(Problem(path, 1, "This topic has no front matter.", hint))
    document = yaml_schema.read_valid(match[1], path, "topic", first_line=2)
    data = document.data
    problems = [fault.problem for fault in document.faults]
    checked = _day(document, problems)
    quotes = data.get("quotes", {})
    return Topic(
        slug=slug,
        path=path,
        title=data.get("title", slug),
        body=text[match.end() :],
        body_line=text.count("\n", 0, match.end()) + 1,
        kind=data.get("kind", "concept"),
        summary=" ".join(data.get("summary", "").split()),
        aliases=tuple(data.get("aliases", ())),
        hidden_labels=tuple(data.get("hidden_labels", ())),
        excepted=tuple(data.get("except", ())),
        related=tuple(data.get("related", ())),
        broader=tuple(data.get("broader", ())),
        references=tuple(Reference(item["title"], item["url"]) for item in data.get("references", ())),
        pins=_words(document, "pin", quotes.get("pin", ())),
        hides=_words(document, "hide", quotes.get("hide", ())),
        status=data.get("status", "draft"),
        rank=int(data.get("rank", 0)),
        checked=checked,
        redirect_from=tuple(data.get("redirect_from", ())),
        lines=tuple(
            (slug, document.line(key, index))
            for key in ("related", "broader")
            for index, slug in enumerate(data.get(key, ()))
        ),
        problems=tuple(problems),
        incomplete="title" not in data or any(not each.wording or each.at[0] in _DECIDING for each in document.faults),
    )


def _day(document: yaml_schema.Document, problems: list[Problem]) -> datetime.date | None:
    value = document.data.get("checked", "")
    try:
        return datetime.date.fromisoformat(value) if value else None
    except ValueError:
        message = f'There is no day "{value}".'
        problems.append(Problem(document.path, document.line("checked"), message, "Write 2025-12-31."))
        return None


def _words(document: yaml_schema.Document, key: str, items: list[str]) -> tuple[TextSelector, ...]:
    return tuple(TextSelector(item, document.line("quotes", key, index)) for index, item in enumerate(items))
