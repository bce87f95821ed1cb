"""The files of an index, except the blocks, which segments contain."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from talkbook.search import postings, segments
from talkbook.search.postings import MergePlan

_SMALLEST, _LARGEST = 4_000, 24_000  # bytes of postings in a file, before compression
_SHARDS = 40  # files for a small group; a large one has more
_WORDS = 48_000  # bytes of words in a file
_OFTEN = 0.4  # share of units; a more frequent word is no use for searching
_LETTERS = "abcdefghijklmnopqrstuvwxyz"  # stand for the kinds of units

File = tuple[str, bytes]  # (path, content), to be compressed and written


@dataclass(frozen=True, slots=True)
class Group:
    """What remains of a group of terms once its files are written.

    firsts: the first term in each file.
    words: those among the terms.
    frequent: words too frequent to search for.
    digest: of the files.
    """

    firsts: tuple[str, ...]
    words: tuple[str, ...]
    frequent: tuple[str, ...]
    digest: bytes


def block(part: int, at: int) -> str:
    """Return the path of a block, given the numbers of its segment and of the block.

    A block is JSON: [address, title, units] for each page. A unit is a list of entries [anchor, title, text, speaker,
    topics, transcript, topic titles, start, end, words, …]. The last three are repeated for each place where captions
    have `words` instead of text[start:end]; offsets are in UTF-16 code units, as in JavaScript.
    """
    return f"blocks/{part}-{at}.bin"


def script(path: str, packed: bytes) -> File:
    """Wrap a compressed file in a script, since pages opened from a disk can load nothing else."""
    data = b64encode(packed).decode()
    return f"{path.removesuffix('bin')}js", f'talkbookSearch.part("{path}","{data}")'.encode()


def group(way: MergePlan, number: int) -> tuple[Group, list[File]]:
    """Merge a group of terms, and make its files terms/G-N.bin.

    A file is JSON of [term, bytes of its postings, …], a newline, and the postings. Terms are words, pairs of common
    words " first second", and filters ":speaker ada".
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
    """Yield the files that tell where everything is. common: the words whose pairs are terms.

    - words/N.bin: all words, one per line.
    - index.bin, the last: JSON that lists what is in which file. `blocks` has a list for each segment, with a string
      for each block, in which a letter stands for each unit's kind. `terms` has a list for each group, with the
      first term in each file.
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
    """Yield the first term and the content of each file of terms. most: bytes of postings in a file."""
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
