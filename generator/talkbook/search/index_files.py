"""The files of an index, besides the blocks that its parts hold."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from talkbook.search import postings, segments
from talkbook.search.postings import MergePlan

_SMALLEST, _LARGEST = 4_000, 24_000  # bytes of postings in a file, before compression
_SHARDS = 40  # files of a small group; a large one has more
_WORDS = 48_000  # bytes of words in a file
_OFTEN = 0.4  # share of units from which a word says nothing
_LETTERS = "abcdefghijklmnopqrstuvwxyz"  # of kinds

File = tuple[str, bytes]  # path and content, to be packed and written


@dataclass(frozen=True, slots=True)
class Group:
    """What is left of a group of terms once its files are written.

    firsts: the first term of each file. words: of the group. frequent: those that say nothing. digest: of the files.
    """

    firsts: tuple[str, ...]
    words: tuple[str, ...]
    frequent: tuple[str, ...]
    digest: bytes


def block(part: int, at: int) -> str:
    """The path of a block of a part, by their numbers. It holds JSON of pages [address, title, units].

    A unit is a list of entries [anchor, title, text, speaker, topics, transcript, topic titles, start, end, words, …],
    where captions have these words in the place of text[start:end], in characters as JavaScript counts them.
    """
    return f"blocks/{part}-{at}.bin"


def script(path: str, packed: bytes) -> File:
    """A packed file as a script, for a copy that is opened from a disk: there, scripts may load nothing but scripts."""
    data = b64encode(packed).decode()
    return f"{path.removesuffix('bin')}js", f'talkbookSearch.part("{path}","{data}")'.encode()


def group(way: MergePlan, number: int) -> tuple[Group, list[File]]:
    """The files terms/G-N.bin of a group of terms: JSON of [term, bytes of its postings, …], a new line, the postings.

    Terms are words, pairs of common words " first second" and filters ":speaker ada".
    """
    words: list[str] = []
    frequent: list[str] = []
    often = max(100, _OFTEN * way.first[-1])

    def counted() -> Iterator[tuple[str, bytes]]:
        for term, units, data in postings.join(way, number):
            if term[0] not in " :":
                words.append(term)
                if units > often:
                    frequent.append(term)
            yield term, data

    listed = list(counted())
    size = sum(len(data) for _, data in listed)
    shards = list(_shards(listed, min(_LARGEST, max(_SMALLEST, size // _SHARDS))))
    files = [(f"terms/{number}-{at}.bin", content) for at, (_, content) in enumerate(shards)]
    digest = sha256(b"".join(content for _, content in files)).digest()
    return Group(tuple(first for first, _ in shards), tuple(words), tuple(frequent), digest), files


def head(way: MergePlan, groups: Sequence[Group], common: Sequence[str]) -> Iterator[File]:
    """The files that tell what is where. common: the words of which two in a row are a term.

    - words/N.bin: all words, a line each.
    - index.bin: JSON of what is in which file; it comes last. `blocks` has for each part a list with a string
      for each block, with a letter for each unit that stands for its kind; `terms` for each group a list with
      the first term of each file.
    """
    version = sha256(b"".join([*(part.digest for part in way.parts), *(each.digest for each in groups)]))
    begins: list[str] = []
    for at, lines in enumerate(_lines(word for each in groups for word in each.words)):
        begins.append(lines[0])
        yield f"words/{at}.bin", "\n".join(lines).encode()
    kinds: dict[str, str] = {}
    letters = [
        ["".join([kinds.setdefault(kind, _LETTERS[len(kinds)]) for kind in units]) for units in part.kinds]
        for part in way.parts
    ]
    index = {
        "version": version.hexdigest()[:12],
        "kinds": {letter: kind for kind, letter in kinds.items()},
        "blocks": letters,
        "terms": [each.firsts for each in groups],
        "words": begins,
        "common": list(common),
        "frequent": [word for each in groups for word in each.frequent],
    }
    yield "index.bin", segments.dump(index)


def _shards(terms: Iterable[tuple[str, bytes]], most: int) -> Iterator[tuple[str, bytes]]:
    """The first term and the content of each file of terms. most: bytes of postings in a file."""
    listed: list[str | int] = []
    body: list[bytes] = []
    size = 0
    for term, data in terms:
        if body and size + len(data) > most:
            yield str(listed[0]), segments.dump(listed) + b"\n" + b"".join(body)
            listed, body, size = [], [], 0
        listed += (term, len(data))
        body.append(data)
        size += len(data) + len(term) + 4
    if body:
        yield str(listed[0]), segments.dump(listed) + b"\n" + b"".join(body)


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
