"""Links into a recording, at the second: the right form of address for each place where recordings lie."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

Kind = Literal["youtube", "vimeo", "audio", "video", "page"]

_AUDIO = {".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".wav", ".flac"}
_VIDEO = {".mp4", ".m4v", ".webm", ".ogv", ".mov"}


@dataclass(frozen=True, slots=True)
class Media:
    """A recording: what kind of place its address is, and the address."""

    kind: Kind
    address: str

    @property
    def plays(self) -> bool:
        """Whether a browser plays it as it is, in its own player."""
        return self.kind in ("audio", "video")

    def at(self, seconds: float | None) -> str:
        """The address that starts at `seconds`; the plain one without, and where a page knows no such form."""
        if seconds is None or self.kind == "page":
            return self.address
        before, after = _around(self.kind, self.address)
        return f"{before}{int(seconds)}{after}"


_SECONDS = "seconds-go-here"


@lru_cache(maxsize=100)  # a transcript asks for hundreds of moments of one recording
def _around(kind: Kind, address: str) -> tuple[str, str]:
    """What is before and after the seconds in the address of a moment."""
    parts = urlsplit(address)
    if kind == "youtube":
        query = {**{key: values[-1] for key, values in parse_qs(parts.query).items()}, "t": f"{_SECONDS}s"}
        moment = urlunsplit(parts._replace(query=urlencode(query), fragment=""))
    elif kind == "vimeo":
        moment = urlunsplit(parts._replace(fragment=f"t={_SECONDS}s"))
    else:
        moment = urlunsplit(parts._replace(fragment=f"t={_SECONDS}"))  # W3C Media Fragments
    before, _, after = moment.rpartition(_SECONDS)
    return before, after


def read(address: str) -> Media | None:
    """The recording at an address, as `media:` in a sidecar gives it; None for "".

    An address without a scheme is a file of the site. One that cannot be taken apart is kept as a page's.
    """
    if not address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:  # http://[x
        return Media("page", address)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    ending = PurePosixPath(parts.path).suffix.lower()
    if host in ("youtube.com", "youtu.be", "music.youtube.com", "youtube-nocookie.com"):
        return Media("youtube", _watch(address))
    if host in ("vimeo.com", "player.vimeo.com"):
        return Media("vimeo", address)
    if ending in _AUDIO:
        return Media("audio", address)
    if ending in _VIDEO:
        return Media("video", address)
    return Media("page", address)


def _watch(address: str) -> str:
    """A YouTube address of whatever form as the one that takes a time; unchanged if it names no video."""
    parts = urlsplit(address)
    steps = [step for step in parts.path.split("/") if step]
    name = parse_qs(parts.query).get("v", [""])[0]
    if not name and steps and (parts.hostname or "").endswith("youtu.be"):
        name = steps[0]
    elif not name and len(steps) > 1 and steps[0] in ("embed", "shorts", "live", "v"):
        name = steps[1]
    return f"https://www.youtube.com/watch?v={name}" if name else address
