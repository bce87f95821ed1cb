"""The files of an index."""

import json
import zlib
from collections.abc import Iterable, Iterator
from hashlib import sha256

from talkbook.search import blocks
from talkbook.search.blocks import Listing
from talkbook.search.postings import Postings

_SHARD = 24_000  # bytes of postings in a file, before compression
_WORDS = 48_000  # bytes of words in a file
_LEVEL = 5  # of compression: half the time of the usual 6 for two bytes in a hundred more
_LETTERS = "abcdefghijklmnopqrstuvwxyz"  # of boosts


def write(pages: Iterable[Listing]) -> Iterator[tuple[str, bytes]]:
    """(path, content) of each file of an index of these pages, to be written as pack() makes it. What is in them:

    - blocks/N.bin: JSON of pages [address, title, units], a unit being a list of entries
      [anchor, title, text, speaker, topics, transcript].
    - terms/N.bin: JSON of [term, bytes of its postings, …], a new line, and the postings. Terms
      are words, pairs of common words " first second" and filters ":speaker ada".
    - words/N.bin: all words, a line each.
    - index.bin: JSON of what is in which file; it comes last. `blocks` has for each block a string,
      with a letter for each unit that stands for its boost.
    """
    postings = Postings()
    boosts: dict[float, str] = {}
    ranks: list[str] = []
    version = sha256()
    total = 0

    def file(path: str, content: bytes) -> tuple[str, bytes]:
        version.update(content)
        return path, content

    for at, block in enumerate(blocks.cut(pages)):
        for unit in block.units:
            postings.add(blocks.terms(unit))
        ranks.append("".join(boosts.setdefault(unit[0].boost, _LETTERS[len(boosts)]) for unit in block.units))
        total += len(ranks[-1])
        yield file(f"blocks/{at}.bin", _json(block.data))
    firsts: list[str] = []
    words: list[str] = []
    frequent: list[str] = []

    def counted() -> Iterator[tuple[str, bytes]]:
        for term, units, data in postings:
            if term[0] not in " :":
                words.append(term)
                if units > max(100, 0.4 * total):
                    frequent.append(term)
            yield term, data

    for at, (first, content) in enumerate(_shards(counted())):
        firsts.append(first)
        yield file(f"terms/{at}.bin", content)
    begins: list[str] = []
    for at, lines in enumerate(_lines(words)):
        begins.append(lines[0])
        yield file(f"words/{at}.bin", "\n".join(lines).encode())
    index = {
        "version": version.hexdigest()[:12],
        "boosts": {letter: boost for boost, letter in boosts.items()},
        "blocks": ranks,
        "terms": firsts,
        "words": begins,
        "common": postings.common,
        "frequent": frequent,
    }
    yield file("index.bin", _json(index))


def pack(content: bytes) -> bytes:
    """The content in zlib's format: whatever the server does, few bytes travel."""
    return zlib.compress(content, _LEVEL)


def _shards(terms: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The first term and the content of each file of terms."""
    head: list[str | int] = []
    body: list[bytes] = []
    size = 0
    for term, data in terms:
        if body and size + len(data) > _SHARD:
            yield str(head[0]), _json(head) + b"\n" + b"".join(body)
            head, body, size = [], [], 0
        head += (term, len(data))
        body.append(data)
        size += len(data) + len(term) + 4
    if body:
        yield str(head[0]), _json(head) + b"\n" + b"".join(body)


def _lines(words: Iterable[str]) -> Iterator[list[str]]:
    lines: list[str] = []
    size = 0
    for word in words:
        if size > _WORDS:
            yield lines
            lines, size = [], 0
        lines.append(word)
        size += len(word.encode()) + 1
    if lines:
        yield lines


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
