"""A show's file: what the conversations in its folder have in common."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from talkbook.problems import ParseError, Problem
from talkbook.sources import yaml_schema
from talkbook.sources.sidecar import Sidecar, SpeakerEntry
from talkbook.sources.source import Source
from talkbook.text import ids

_NUMBER = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True)
class Show:
    """The defaults of a show. A field is empty if the file doesn't set it.

    address: of a conversation's page, with {name} for the name of the conversation.
    url: where a conversation was published, with {name}, or with {number} for the last number in its name.
    nobody: labels that name nobody.
    """

    title: str = ""
    language: str = ""
    address: str = ""
    url: str = ""
    hosts: tuple[str, ...] = ()
    nobody: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def slug(self, name: str) -> str:
        """Return the slug of the conversation with this name."""
        return ids.slug(self.address.replace("{name}", name) if self.address else name)

    def defaults(self, name: str) -> Sidecar:
        """Return the show's defaults for the conversation with this name, as a sidecar; its speakers are the hosts."""
        numbers = _NUMBER.findall(name)
        number = str(int(numbers[-1])) if numbers else ""
        url = self.url if numbers or "{number}" not in self.url else ""
        return Sidecar(
            show=self.title,
            language=self.language,
            url=url.replace("{name}", ids.slug(name)).replace("{number}", number),
            tags=self.tags,
            nobody=self.nobody,
            speakers=tuple(SpeakerEntry(ids.slug(host), host, "host") for host in self.hosts),
        )


def nearest(folder: str, shows: Mapping[str, Source]) -> Show:
    """Return the show of a folder or of the closest folder above it; an empty one if there is none, or it is invalid.

    shows: folder below transcripts/ -> file of a show.
    """
    for outer in (PurePosixPath(folder), *PurePosixPath(folder).parents):
        if file := shows.get("" if outer.name == "" else outer.as_posix()):
            try:
                return read(file)
            except ParseError:  # reported where the files are collected
                return Show()
    return Show()


@lru_cache(maxsize=1000)  # needed for each of its conversations
def read(source: Source) -> Show:
    """Parse a show's file. Raises ParseError with every fault found."""
    try:
        text = source.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ParseError(Problem(source.path, 0, "This file is not in UTF-8.", "Save it as UTF-8.")) from None
    data = yaml_schema.read(text, source.path, "show").data
    texts = (data.get(key, "") for key in ("title", "language", "address", "url"))
    return Show(*texts, *(tuple(data.get(key, ())) for key in ("hosts", "nobody", "tags")))
