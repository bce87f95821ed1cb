"""Make transcripts, books and sites for tests from a few lines of text."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader

from talkbook import exports
from talkbook.book import build
from talkbook.book.book import Book
from talkbook.model import Topic, Transcript
from talkbook.pages import routes
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Page
from talkbook.pages.site_settings import SiteSettings
from talkbook.problems import ParseError, Problem
from talkbook.readers.speech.speech import Speech, Utterance
from talkbook.sources import content_folder, lexicon, sidecar
from talkbook.sources.lexicon import Lexicon
from talkbook.sources.sidecar import Sidecar
from talkbook.sources.source import Source, Sources
from talkbook.transcripts import cleaning as transcript_build

ROOT = Path(__file__).parents[1]
PATH = "content/transcripts/talk.txt"
XML_BOMB = (  # nine letters that stand for a thousand million
    '<?xml version="1.0"?><!DOCTYPE tt [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><tt><body><div><p>&i;</p></div></body></tt>"
)


def built(
    source: str,
    side: str = "",
    words: Lexicon | None = None,
    utterances: tuple[Utterance, ...] | None = None,
    slug: str = "talk",
) -> tuple[Transcript, tuple[Problem, ...]]:
    """Return the transcript of `source`, with one utterance per paragraph, and the problems in its sidecar's YAML."""
    said = utterances if utterances is not None else tuple(paragraphs(source))
    beside = sidecar.read(side, "content/transcripts/talk.yml") if side else Sidecar()
    made = transcript_build.clean(slug, PATH, Speech(source, said), beside, words or Lexicon())
    return made.transcript, made.problems


def transcript(source: str, side: str = "", words: Lexicon | None = None) -> Transcript:
    """Like built(), but nothing may be wrong."""
    result, problems = built(source, side, words)
    assert not problems
    return result


def paragraphs(source: str) -> list[Utterance]:
    """Return one utterance for each line with text."""
    utterances, at = [], 0
    for line in source.split("\n"):
        said = line.strip()
        if said:
            start = at + line.index(said)
            utterances.append(Utterance(start, start + len(said)))
        at += len(line) + 1
    return utterances


def words(*pairs: tuple[str, str], near: tuple[str, ...] = ()) -> Lexicon:
    """Return a lexicon of (heard, means)."""
    return Lexicon("content/lexicon.yml", tuple(lexicon.LexiconEntry(heard, means, near) for heard, means in pairs))


def topic(slug: str, title: str = "", body: str = "", **more: object) -> Topic:
    """Return a topic with the given fields."""
    return Topic(slug, f"content/topics/{slug}.md", title or slug.capitalize(), body, **more)  # type: ignore[arg-type]


def page(title: str, body: str = "Words about it.", **front: str) -> str:
    """Return the text of a topic's file. front: further keys, each with its YAML on one line."""
    lines = [f"title: {title}", *(f"{key}: {value}" for key, value in front.items())]
    return "---\n" + "\n".join(lines) + f"\n---\n\n{body}\n"


def booked(
    spoken: Mapping[str, str | bytes],
    topics: Mapping[str, str | bytes] | None = None,
    sides: Mapping[str, str | bytes] | None = None,
    lexicon: str | bytes | None = None,
    people: str | bytes | None = None,
) -> Book:
    """Return the book of files given as slug (or name with a suffix) -> text."""

    def source(path: str, slug: str, text: str | bytes) -> Source:
        return Source(f"content/{path}", slug, text if isinstance(text, bytes) else text.encode())

    return build.build(
        Sources(
            transcripts=tuple(
                source(f"transcripts/{name if '.' in name else name + '.txt'}", name.partition(".")[0], text)
                for name, text in spoken.items()
            ),
            sidecars={slug: source(f"transcripts/{slug}.yml", slug, text) for slug, text in (sides or {}).items()},
            topics=tuple(source(f"topics/{slug}.md", slug, text) for slug, text in (topics or {}).items()),
            lexicon=source("lexicon.yml", "lexicon", lexicon) if lexicon is not None else None,
            people=source("people.yml", "people", people) if people is not None else None,
        )
    )


def site(made: Book, **more: Any) -> RenderContext:
    """Return the site of a book, with the built-in templates. more: its settings."""
    return RenderContext(made, FileSystemLoader(content_folder.templates() / "pages"), SiteSettings(**more))


def pages_of(context: RenderContext) -> list[Page]:
    """Return every page of the book, including the start page."""
    return [routes.spec(context, uri).make() for uri in routes.uris(context)]


def sentences(error: ParseError | Book | Sidecar | Topic) -> list[str]:
    """Return the messages that a curator reads."""
    return [str(problem) for problem in error.problems]


def exported(context: RenderContext) -> dict[str, str | bytes]:
    """Return path -> content of every file in the site that isn't a page."""
    drafts = [exports.spec(context, routes.spec(context, uri)) for uri in routes.uris(context)]
    return whole(context) | {each.path: each.make() for draft in drafts for each in draft.files}


def whole(context: RenderContext) -> dict[str, Any]:
    """Return path -> content of the files about the whole book."""
    return {each.path: each.make() for each in exports.files(context)}


def in_other_words(text: str, number: int) -> str:
    """Insert unique words into the text: what several conversations repeat is never quoted."""
    own = "".join("bdfgklmnpr"[int(digit)] + "o" for digit in f"{number:03}")
    return "\n".join(
        " ".join(f"{word} {own}" if at % 4 == 3 else word for at, word in enumerate(line.split(" ")))
        for line in text.split("\n")
    )
