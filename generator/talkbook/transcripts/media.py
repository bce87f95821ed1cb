"""Links to a moment in a recording, in the form that each host understands."""

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
    """The address of a recording, and the kind of host or file."""

    kind: Kind
    address: str

    @property
    def plays(self) -> bool:
        """Whether a browser can play it in its own player."""
        return self.kind in ("audio", "video")

    def at(self, seconds: float | None) -> str:
        """Return the address that plays from `seconds`; the plain one if that is None or the host has no such form."""
        if seconds is None or self.kind == "page":
            return self.address
        before, after = _around(self.kind, self.address)
        return f"{before}{int(seconds)}{after}"


_SECONDS = "seconds-go-here"


@lru_cache(maxsize=100)  # a transcript needs hundreds of moments of the same recording
def _around(kind: Kind, address: str) -> tuple[str, str]:
    """Return the parts of a moment's address before and after the seconds."""
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
    """Classify the address of a recording, as in a sidecar's `media:`; None for "".

    An address without a scheme is a file of the site. An invalid one is kept as that of a page.
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
    """Convert any form of YouTube address to the one that takes a time; unchanged if it has no video id."""
    parts = urlsplit(address)
    steps = [step for step in parts.path.split("/") if step]
    name = parse_qs(parts.query).get("v", [""])[0]
    if not name and steps and (parts.hostname or "").endswith("youtu.be"):
        name = steps[0]
    elif not name and len(steps) > 1 and steps[0] in ("embed", "shorts", "live", "v"):
        name = steps[1]
    return f"https://www.youtube.com/watch?v={name}" if name else address
