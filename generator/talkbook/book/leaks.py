"""Whether private words stand in finished files, in whatever form: HTML, JSON, addresses, packed search indexes."""

import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from talkbook.book.private_words import PrivateWords, Run
from talkbook.problems import Problem
from talkbook.runtime import pool
from talkbook.sources import content_folder

_ESCAPED = re.compile(rb"%[0-9a-f]{2}|\\u[0-9a-f]{4}|\\[a-z]")  # whose letters would join a word
_ASCII = re.compile(rb"[a-z0-9_]+")
_UNICODE = re.compile(r"\\u([0-9a-fA-F]{4})")
_BACKSLASH = re.compile(r"\\(?:[nrtbf]|(?=[\"/\\]))")
_TAG = re.compile(r"<[^<>]*>")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")  # that divide a word and do not show
_THEMES = ("assets/javascripts/", "assets/stylesheets/", "schemas/")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".woff", ".woff2", ".ttf", ".otf", ".ico")


def find(private: PrivateWords, folders: Iterable[Path]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The files in which private words stand, in order, each with the places that say that they are private.

    folders: with all that is in them; one that is not there holds nothing. Pictures are not looked at, nor what the
    package and the theme bring along: they are the same in every site.
    """
    if not private.runs:
        return
    every = [(folder, path) for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    frame = [path for folder, path in every if path.parent == folder and path.name == "404.html"]
    frame += sorted(content_folder.templates().rglob("*.html"))
    private = private.without_common(_TAG.sub(" ", path.read_text("utf-8", "replace")) for path in frame)
    ours = {f"assets/{name}" for name, _ in content_folder.assets()}
    paths = [path for folder, path in every if not _foreign(path.relative_to(folder).as_posix(), ours)]
    found = dict(pool.spread(partial(_in_file, private), paths))
    for at, path in enumerate(paths):
        if found[at]:
            yield path, found[at]


def _foreign(path: str, ours: set[str]) -> bool:
    return path.lower().endswith(_PICTURES) or path in ours or path.startswith(_THEMES)


def _in_file(private: PrivateWords, path: Path) -> tuple[str, ...]:
    try:
        data = path.read_bytes()
    except OSError:  # gone meanwhile
        return ()
    return tuple(sorted({private.runs[run] for run in in_bytes(private, data)}))


def in_bytes(private: PrivateWords, data: bytes) -> set[Run]:
    """Which of the private words in a row stand in the bytes of a file."""
    found: set[Run] = set()
    for each in _unpacked(data):
        if each.count(b"\0") * 3 > len(each):
            each = each.decode("utf-16-le", "replace").encode("utf-8", "replace")  # noqa: PLW2901
        here = {*_ASCII.findall(_ESCAPED.sub(b" ", each.lower()))}
        if any(_may(run, here) for run in private.runs):
            for text in _texts(each.decode("utf-8", "replace")):
                found |= private.runs_in(text)
    return found


def _may(run: Run, here: set[bytes]) -> bool:
    """Whether the words may all be there: letters beyond ASCII can be written in many ways."""
    return all(not word.isascii() or word.encode() in here for word in run)


def _unpacked(data: bytes) -> Iterator[bytes]:
    """The data, and what is packed in it: as a whole, or behind a few lines of text."""
    yield data
    head = re.match(rb"(?:#[^\n]*\n){1,8}", data)
    for part in (data, data[head.end() :] if head else b""):
        for bits in (47, -15):  # with a head of zlib's or gzip's, and without one
            with suppress(zlib.error):
                unpacked = zlib.decompressobj(bits).decompress(part)
                if unpacked:
                    yield unpacked


def _texts(text: str) -> Iterator[str]:
    """What a text says to a reader, with tags as borders of words and as none."""
    text = _BACKSLASH.sub(" ", _UNICODE.sub(lambda match: chr(int(match[1], 16)), text))
    text = _UNSEEN.sub("", unescape(unquote(text)))
    yield _TAG.sub(" ", text)
    yield _TAG.sub("", text)
    yield text


def problem(path: str, places: tuple[str, ...], done: str = "") -> Problem:
    """That private words stand in a file. places: that say that they are. done: what has been done about it."""
    where = ", ".join(places[:5])
    hint = f"{done}Remove them from what you write for everybody. If they are not there, report this as a bug."
    return Problem(path, 0, f"This file contains words that are private according to {where}.", hint)
