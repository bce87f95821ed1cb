"""The cards that are drawn already: a folder of PNG files, each named after what stands on it."""

import os
import shutil
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from hashlib import blake2s
from importlib import resources
from multiprocessing import get_context
from pathlib import Path

from talkbook.pages.social import drawing
from talkbook.pages.social.card import SocialCard
from talkbook.runtime import processes, progress

_WORK = "Drawing cards"
_MANY = 40  # missing cards from which it pays to start processes


def pictures(cards: Mapping[str, SocialCard], folder: Path, *, draw: bool = True) -> Mapping[str, Path]:
    """The file of each card, by the same keys; those that are missing in `folder` are drawn into it, if `draw`."""
    current = folder / _style()
    files = {key: current / f"{_name(card)}.png" for key, card in cards.items()}
    missing = {files[key]: card for key, card in cards.items() if not files[key].exists()}
    if missing and draw:
        for other in folder.iterdir() if folder.is_dir() else ():
            if other != current:
                shutil.rmtree(other, ignore_errors=True)  # drawn in another way than now
        current.mkdir(parents=True, exist_ok=True)
        _draw(missing.items())
    return files


def _draw(missing: Iterable[tuple[Path, SocialCard]]) -> None:
    pairs = list(missing)
    if len(pairs) < _MANY or processes.most() == 1:
        for pair in progress.shown(_WORK, pairs, len(pairs)):
            _write(pair)
        return
    # Not forked: MkDocs' server has threads, and a fork of one that holds a lock never ends.
    try:
        with ProcessPoolExecutor(processes.most(), mp_context=get_context("spawn")) as pool:
            for _ in progress.shown(_WORK, pool.map(_write, pairs, chunksize=10), len(pairs)):
                pass
    except BrokenProcessPool:  # no processes to be had here: one after the other, then
        for pair in pairs:
            _write(pair)


def _write(pair: tuple[Path, SocialCard]) -> None:
    path, card = pair
    waiting = path.with_suffix(f".{os.getpid()}")
    waiting.write_bytes(drawing.png(card))
    waiting.replace(path)  # so that a build that is stopped leaves no half picture


def _name(card: SocialCard) -> str:
    return blake2s(repr(card).encode(), digest_size=12).hexdigest()


@cache
def _style() -> str:
    """What stands for the way cards are drawn: another way draws them anew."""
    package = resources.files("talkbook.pages.social")
    parts = [
        "drawing.py",
        "../palette.py",
        "layout.py",
        *(f"fonts/{name}.ttf" for name in ("serif", "sans", "sans-bold")),
    ]
    return blake2s(b"".join(package.joinpath(part).read_bytes() for part in parts), digest_size=8).hexdigest()
