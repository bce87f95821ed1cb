"""The files of an index."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import chain

from talkbook.search import parts
from talkbook.search.parts import Part
from talkbook.search.postings import Group

_SHARD = 24_000  # bytes of postings in a file, before compression
_WORDS = 48_000  # bytes of words in a file
_OFTEN = 0.4  # share of units from which a word says nothing
_LETTERS = "abcdefghijklmnopqrstuvwxyz"  # of boosts


def block(part: int, at: int) -> str:
    """The path of a block of a part, by their numbers."""
    return f"blocks/{part}-{at}.bin"


def join(every: Sequence[Part], groups: Iterable[Group], frequent: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """(path, content) of each file of the index with these parts but for their blocks, to be packed and written.

    groups: of the postings of all parts. frequent: the words that they were made with. What is in the files:

    - blocks/P-N.bin, for each part: JSON of pages [address, title, units], a unit being a list of entries
      [anchor, title, text, speaker, topics, transcript].
    - terms/N.bin: JSON of [term, bytes of its postings, …], a new line, and the postings. Terms
      are words, pairs of common words " first second" and filters ":speaker ada".
    - words/N.bin: all words, a line each.
    - index.bin: JSON of what is in which file; it comes last. `blocks` has for each part a list with a string
      for each block, with a letter for each unit that stands for its boost.
    """
    version = sha256(b"".join(part.digest for part in every))
    total = sum(map(len, (units for part in every for units in part.boosts)))
    words: list[str] = []
    often: list[str] = []

    def counted() -> Iterator[tuple[str, bytes]]:
        for term, units, data in chain.from_iterable(groups):
            if term[0] not in " :":
                words.append(term)
                if units > max(100, _OFTEN * total):
                    often.append(term)
            yield term, data

    def file(path: str, content: bytes) -> tuple[str, bytes]:
        version.update(content)
        return path, content

    firsts: list[str] = []
    for at, (first, content) in enumerate(_shards(counted())):
        firsts.append(first)
        yield file(f"terms/{at}.bin", content)
    begins: list[str] = []
    for at, lines in enumerate(_lines(words)):
        begins.append(lines[0])
        yield file(f"words/{at}.bin", "\n".join(lines).encode())
    boosts: dict[float, str] = {}
    letters = [
        ["".join([boosts.setdefault(boost, _LETTERS[len(boosts)]) for boost in units]) for units in part.boosts]
        for part in every
    ]
    index = {
        "version": version.hexdigest()[:12],
        "boosts": {letter: boost for boost, letter in boosts.items()},
        "blocks": letters,
        "terms": firsts,
        "words": begins,
        "common": list(frequent),
        "frequent": often,
    }
    yield file("index.bin", parts.dump(index))


def _shards(terms: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The first term and the content of each file of terms."""
    head: list[str | int] = []
    body: list[bytes] = []
    size = 0
    for term, data in terms:
        if body and size + len(data) > _SHARD:
            yield str(head[0]), parts.dump(head) + b"\n" + b"".join(body)
            head, body, size = [], [], 0
        head += (term, len(data))
        body.append(data)
        size += len(data) + len(term) + 4
    if body:
        yield str(head[0]), parts.dump(head) + b"\n" + b"".join(body)


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
