"""Stored social cards: a folder of PNG files, each named after a digest of what it shows."""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import cache
from hashlib import blake2s
from importlib import resources
from multiprocessing import get_context
from pathlib import Path

from talkbook.pages.social import drawing
from talkbook.pages.social.social_card import SocialCard
from talkbook.runtime import processes, progress

_HEAD, _END = b"\x89PNG\r\n\x1a\n", b"\0\0\0\0IEND\xaeB`\x82"  # start and end of every PNG
_WORK = "Drawing cards"
_MANY = 40  # missing cards; with fewer, processes aren't worth starting


def pictures(cards: Mapping[str, SocialCard], folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield (key, PNG) for each card. Cards missing from `folder` or broken there are drawn, and stored if possible."""
    current = folder / _style()
    files = {key: current / f"{_name(card)}.png" for key, card in cards.items()}
    missing = {files[key]: card for key, card in cards.items() if _read(files[key]) is None}
    if missing:
        with suppress(OSError):
            for other in folder.iterdir() if folder.is_dir() else ():
                if other != current:
                    shutil.rmtree(other, ignore_errors=True)  # from before the design changed
            current.mkdir(parents=True, exist_ok=True)
            _draw(missing.items())
    for key, card in cards.items():
        yield key, _read(files[key]) or drawing.png(card)


def _read(path: Path) -> bytes | None:
    """Return the PNG in a file, or None if there is none that is complete."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return data if data.startswith(_HEAD) and data.endswith(_END) else None


def _draw(missing: Iterable[tuple[Path, SocialCard]]) -> None:
    pairs = list(missing)
    if len(pairs) < _MANY or processes.most() == 1:
        for pair in progress.track(_WORK, pairs, len(pairs)):
            _write(pair)
        return
    # Not forked: a lock that a thread of MkDocs' server holds would never be released in the child.
    try:
        first = processes.end_with_parent
        with ProcessPoolExecutor(processes.most(), mp_context=get_context("spawn"), initializer=first) as pool:
            for _ in progress.track(_WORK, pool.map(_write, pairs, chunksize=10), len(pairs)):
                pass
    except BrokenProcessPool:  # this system allows no processes
        for pair in pairs:
            _write(pair)


def _write(pair: tuple[Path, SocialCard]) -> None:
    path, card = pair
    waiting = path.with_suffix(f".{os.getpid()}")
    waiting.write_bytes(drawing.png(card))
    waiting.replace(path)  # so that an interrupted build leaves no partial file


def _name(card: SocialCard) -> str:
    return blake2s(repr(card).encode(), digest_size=12).hexdigest()


@cache
def _style() -> str:
    """Return a digest of everything that decides how cards look; if it changes, all are drawn again."""
    package = resources.files("talkbook.pages.social")
    parts = [
        "drawing.py",
        "../palette.py",
        "layout.py",
        *(f"fonts/{name}.ttf" for name in ("serif", "sans", "sans-bold")),
    ]
    return blake2s(b"".join(package.joinpath(part).read_bytes() for part in parts), digest_size=8).hexdigest()
