"""Read an index as the script in the browser does, in a few lines."""

import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from talkbook.pages.page import SearchEntry
from talkbook.search import index_files, segments
from talkbook.search import postings as postings_of
from talkbook.search.blocks import Listing

Postings = dict[str, dict[int, int]]  # term -> unit -> weight


def files(pages: Iterable[Listing], chunk: int = 3) -> dict[str, bytes]:
    """Build an index, with `chunk` pages per segment, and return its files."""
    every = list(pages)
    frequent = segments.common(f"{entry.title} {entry.text}" for page in every for entry in page.entries)
    made = [segments.make(every[at : at + chunk], frequent) for at in range(0, len(every), chunk)]
    found = {
        index_files.block(number, at): zlib.decompress(content)
        for number, part in enumerate(made)
        for at, content in enumerate(part.blocks)
    }
    way = postings_of.plan(made)
    groups = [index_files.group(way, number) for number in range(len(way.groups))]
    listed = (file for _, files in groups for file in files)
    return found | dict(listed) | dict(index_files.head(way, [group for group, _ in groups], frequent))


def blocks(made: dict[str, bytes]) -> Sequence[tuple[str, str]]:
    """Return the path of each block, and a letter for each of its units."""
    every = enumerate(about(made)["blocks"])
    return [(index_files.block(number, at), letters) for number, part in every for at, letters in enumerate(part)]


def about(made: dict[str, bytes]) -> dict[str, Any]:
    return dict(json.loads(made["index.bin"]))


def units(made: dict[str, bytes]) -> list[tuple[str, list[list[str]]]]:
    """Return the page and the entries of each unit."""
    found = []
    for path, _ in blocks(made):
        for address, _, inside in json.loads(made[path]):
            found += [(address, unit) for unit in inside]
    return found


def postings(made: dict[str, bytes]) -> Postings:
    found: Postings = {}
    for path, _ in terms(made):
        head, _, body = made[path].partition(b"\n")
        listed = json.loads(head)
        for term, length in zip(listed[::2], listed[1::2], strict=True):
            found[term] = dict(_decoded(body[:length]))
            body = body[length:]
        assert body == b""
    return found


def terms(made: dict[str, bytes]) -> Sequence[tuple[str, str]]:
    """Return the path of each file of terms, and its first term."""
    every = enumerate(about(made)["terms"])
    return [(f"terms/{number}-{at}.bin", first) for number, group in every for at, first in enumerate(group)]


def words(made: dict[str, bytes]) -> list[str]:
    every = [made[f"words/{at}.bin"].decode() for at in range(len(about(made)["words"]))]
    return [word for each in every for word in each.split("\n")]


def page(*texts: str, title: str = "Title", address: str = "talk/", **more: Any) -> Listing:
    """Return a page with its own entry and one for each text."""
    said: Sequence[SearchEntry] = [SearchEntry(f"t{at}", "Ada", text, "turn", **more) for at, text in enumerate(texts)]
    return Listing(address, [SearchEntry("", title, "", "topic"), *said])


def _decoded(data: bytes) -> Iterable[tuple[int, int]]:
    unit = number = shift = 0
    for byte in data:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            unit += number >> 2
            yield unit, number & 3
            number = shift = 0
