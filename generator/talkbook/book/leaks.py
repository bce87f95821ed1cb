"""Search finished files for private words in any form: HTML, JSON, addresses, compressed search indexes."""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

from talkbook.book.private_words import PrivateWords, Run
from talkbook.problems import Problem
from talkbook.runtime import pool
from talkbook.sources import content_folder

_ESCAPED = re.compile(rb"%[0-9a-f]{2}|\\u[0-9a-f]{4}|\\[a-z]")  # escapes, whose letters would join a word
_ASCII = re.compile(rb"[a-z0-9_]+")
_UNICODE = re.compile(r"\\u([0-9a-fA-F]{4})")
_BACKSLASH = re.compile(r"\\(?:[nrtbf]|(?=[\"/\\]))")
_TAG = re.compile(r"<[^<>]*>")
_DEPTH = 5  # archives in archives; one may contain itself
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")  # invisible characters within words
_THEMES = re.compile(r"(?:assets/(?:javascripts|stylesheets)|schemas)/.*\.(?:js|css|map|json)")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".woff", ".woff2", ".ttf", ".otf", ".ico")
_OPAQUE = re.compile(  # files in which words can't be found
    r".*\.(?:pdf|doc|ppt|xls|7z|rar|bz2|xz|zst|mp3|m4a|aac|wav|ogg|opus|flac|mp4|m4v|webm|mov|mkv|avi)", re.IGNORECASE
)
_ZIP = b"PK\x03\x04"


def find(private: PrivateWords, folders: Iterable[Path]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Yield (path, places) for each file that contains private words. places: the lines that say that they are private.

    folders: searched with everything below them; they need not exist. The names of files are searched, too. Of
        pictures, only the names are. In scripts and styles of the theme, which are the same in every site, a few
        consecutive words are there by chance.
    """
    if not private.runs:
        return
    every = [(folder, path) for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    frame = [path for folder, path in every if path.parent == folder and path.name == "404.html"]
    frame += sorted(content_folder.templates().rglob("*.html"))
    private = private.without_common(_TAG.sub(" ", path.read_text("utf-8", "replace")) for path in frame)
    ours = {f"assets/{name}": path.read_bytes() for name, path in content_folder.assets()}
    below = {path: path.relative_to(folder).as_posix() for folder, path in every}
    found = dict(pool.spread(partial(_in_file, private, ours, below), [*below]))
    for at, path in enumerate(below):
        if found[at]:
            yield path, found[at]


def opaque(folder: Path) -> Iterator[Path]:
    """Yield the files in which nobody can look for words, such as recordings, and archives that can't be unpacked."""
    for path in sorted(folder.rglob("*")):
        with suppress(OSError):  # deleted since
            if path.is_file() and (_OPAQUE.fullmatch(path.name) or _locked(path.read_bytes())):
                yield path


def _locked(data: bytes, depth: int = _DEPTH) -> bool:
    """Return whether these are the bytes of an archive of which a part can't be unpacked, or is nested too deeply."""
    return any(member is None or not depth or _locked(member, depth - 1) for member in _members(data))


def _in_file(
    private: PrivateWords, ours: Mapping[str, bytes], below: Mapping[Path, str], path: Path
) -> tuple[str, ...]:
    """Return the places that say that words in the file or its name are private.

    ours: path in a site -> content, of the files that come with the package.
    below: path -> the part below the folder that is searched.
    """
    name = below[path]
    found = private.runs_in(name.replace("_", " "))
    if not name.lower().endswith(_PICTURES):
        try:
            data = path.read_bytes()
        except OSError:  # deleted since
            return ()
        if data != ours.get(name):
            found |= in_bytes(private.long() if _THEMES.fullmatch(name) else private, data)
    return tuple(sorted({private.runs[run] for run in found}))


def in_bytes(private: PrivateWords, data: bytes) -> set[Run]:
    """Return which private runs of words are in the bytes of a file."""
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
    """Return whether all words may be there. Only ASCII words are looked for, as others can be encoded in many ways."""
    return all(not word.isascii() or word.encode() in here for word in run)


def _unpacked(data: bytes, depth: int = _DEPTH) -> Iterator[bytes]:
    """Yield the data, and what is compressed in it: all of it, what follows a few lines of comments, or its parts.

    depth: how deeply archives are searched that are nested in it.
    """
    yield data
    for member in _members(data) if depth else ():
        yield from _unpacked(member, depth - 1) if member else ()
    head = re.match(rb"(?:#[^\n]*\n){1,8}", data)
    for part in (data, data[head.end() :] if head else b""):
        for bits in (47, -15):  # with the header of zlib or gzip, and without one
            with suppress(zlib.error):
                unpacked = zlib.decompressobj(bits).decompress(part)
                if unpacked:
                    yield unpacked


def _members(data: bytes) -> Iterator[bytes | None]:
    """Yield the names and contents in an archive, as documents of word processors are, too; None for what is damaged.

    data: of any file; if it is no archive, nothing is yielded.
    """
    if not data.startswith(_ZIP) and not zipfile.is_zipfile(BytesIO(data)):
        return
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except Exception:  # damage makes zipfile raise many kinds of exception
        yield None
        return
    for member in archive.infolist():
        yield member.filename.encode("utf-8", "replace")
        try:
            yield archive.read(member)
        except Exception:  # as above; also if a password is needed
            yield None


def _texts(text: str) -> Iterator[str]:
    """Yield what a reader may see: with tags as spaces, without tags, and with tags as text."""
    text = _BACKSLASH.sub(" ", _UNICODE.sub(lambda match: chr(int(match[1], 16)), text))
    text = _UNSEEN.sub("", unescape(unquote(text)))
    yield _TAG.sub(" ", text)
    yield _TAG.sub("", text)
    yield text


def unsearched(path: str) -> Problem:
    """Return a warning that nobody can tell whether a file contains private words."""
    message = "Nobody can tell whether this file contains private words."
    return Problem(path, 0, message, "Look through it yourself.", warning=True)


def problem(path: str, places: tuple[str, ...], done: str = "") -> Problem:
    """Return a problem that says that a file contains private words.

    places: the lines that say that the words are private.
    done: a sentence about what has been done about it, followed by a space.
    """
    where = ", ".join(places[:5])
    hint = f"{done}Remove them from what you write for everybody. If they are not there, report this as a bug."
    return Problem(path, 0, f"This file contains words that are private according to {where}.", hint)
