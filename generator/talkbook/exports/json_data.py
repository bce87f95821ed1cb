"""topics.json, quotes.json, transcripts.json and each topic's passages.json, described by schemas/*.schema.json.

Addresses are relative to the site's root.
"""

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from importlib import resources
from typing import Any

from talkbook.book.book import Book
from talkbook.model import Quote, Topic, Transcript, Turn
from talkbook.pages.page import Addresses
from talkbook.transcripts import source_map, timing

SCHEMAS = ("topics", "quotes", "transcripts", "passages")


def files(book: Book, addresses: Addresses) -> Mapping[str, Callable[[], str | bytes]]:
    """Return path in the site -> function that makes the content, including the schemas."""
    values = {"transcripts": _transcripts, "quotes": _quotes, "topics": _topics}
    return {
        **{f"{name}.json": partial(_json, make, book, addresses) for name, make in values.items()},
        **{f"schemas/{name}.schema.json": partial(_schema, name) for name in SCHEMAS},
    }


def passages(book: Book, topic: str) -> bytes:
    """Return the passages about a topic as JSON, starting with the conversation that says most about it."""
    keys = ("transcript", "start", "end", "score", "quote")
    return _lines({key: getattr(passage, key) for key in keys} for passage in book.passages_of[topic])


def _json(values: Callable[[Book, Addresses], Iterable[object]], book: Book, addresses: Addresses) -> bytes:
    return _lines(values(book, addresses))


def _lines(values: Iterable[object]) -> bytes:
    """Format a JSON list with one item per line, for line-by-line comparison.

    json's C encoder can't indent. Items are encoded one by one, as a single text would need several times its size.
    """
    written, border = io.BytesIO(), "[\n"
    for value in values:
        written.write(f"{border}{json.dumps(value, ensure_ascii=False)}".encode())
        border = ",\n"
    written.write(b"\n]\n" if written.tell() else b"[\n\n]\n")
    return written.getvalue()


def _schema(name: str) -> str:
    return resources.files("talkbook").joinpath(f"schemas/{name}.schema.json").read_text("utf-8")


def _ranks(book: Book) -> dict[str, int]:
    """Return slug -> rank of each topic, from 1: confirmed topics first, the most quoted first, then proposed ones."""

    def place(topic: Topic) -> tuple[bool, int, int, int, str]:
        quotes, mentions = book.quotes_of[topic.slug], book.mentions_of[topic.slug]
        return topic.status == "proposed", topic.rank, -len(quotes), -len(mentions), topic.slug

    return {topic.slug: rank for rank, topic in enumerate(sorted(book.topics, key=place), 1)}


def _topics(book: Book, addresses: Addresses) -> list[dict[str, Any]]:
    ranks = _ranks(book)
    return [
        {
            "slug": topic.slug,
            "url": addresses.of(f"topics/{topic.slug}"),
            "title": topic.title,
            "aliases": list(topic.aliases),
            "kind": topic.kind,
            "summary": topic.summary,
            "related": [relation.topic for relation in book.relations[topic.slug] if relation.topic in book.topic],
            "broader": list(topic.broader),
            "status": topic.status,
            "rank": ranks[topic.slug],
            "quotes": [quote.id for quote in book.quotes_of[topic.slug]],
            "mentions": len(book.mentions_of[topic.slug]),
        }
        for topic in sorted(book.topics, key=lambda topic: topic.slug)
    ]


def _quotes(book: Book, addresses: Addresses) -> Iterator[dict[str, Any]]:
    for quote in book.quotes:
        transcript = book.transcript[quote.transcript]
        person = book.person.get(quote.speaker) if quote.speaker else None
        yield {
            "id": quote.id,
            "url": addresses.of(f"quotes/{quote.id}"),
            "topics": list(quote.topics),
            "transcript": quote.transcript,
            "turn": quote.turn,
            "speaker": person.name if person else None,
            "speaker_draft": _draft(transcript, quote),
            "exact": transcript.source[quote.start : quote.end],
            "text": source_map.shown(transcript.source, transcript.edits, quote.start, quote.end),
            "start": quote.start,
            "end": quote.end,
            "time": timing.seconds(transcript, quote.start),
            "selected_by": "editor" if quote.pinned else "generator",
        }


def _transcripts(book: Book, addresses: Addresses) -> Iterator[dict[str, Any]]:
    return (
        {
            "slug": transcript.slug,
            "url": addresses.of(f"transcripts/{transcript.slug}"),
            "title": transcript.title,
            "source": transcript.path,
            "speakers": [speaker.name for speaker in transcript.speakers],
            "sections": [
                {
                    "start": section.start,
                    "title": section.title,
                    "status": "proposed" if section.kind == "proposed" else "written",
                }
                for section in transcript.sections
            ],
            "turns": [
                {
                    "id": turn.id,
                    "speaker": book.person[turn.speaker].name if turn.speaker else None,
                    "speaker_draft": _draft(transcript, turn),
                    "start": turn.start,
                    "end": turn.end,
                    "time": timing.seconds(transcript, turn.start),
                }
                for turn in transcript.turns
            ],
        }
        for transcript in book.transcripts
    )


def _draft(transcript: Transcript, passage: Turn | Quote) -> str | None:
    """Return the name of whoever probably speaks; None if the speaker is known, or nobody can tell."""
    speaker = transcript.speaker_of(passage)
    return speaker.name if speaker and speaker.drafted else None
