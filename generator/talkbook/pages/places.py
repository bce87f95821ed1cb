"""Where in a conversation words are said, as people understand it, and the way to that moment of the recording."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter
from urllib.parse import quote as quote_url

from talkbook.model import Transcript
from talkbook.pages.context import RenderContext
from talkbook.text import clock
from talkbook.transcripts import media
from talkbook.transcripts.media import Media

_LENGTH = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d\d)")
_EARLIER = 10  # seconds that a link into a recording starts before a moment that is only known about


def place(transcript: Transcript, offset: int) -> str:
    """Where the words at `offset` are said: "34:12"; without times "about 27 of 55 min"; or else "turn 51 of 103"."""
    return next(places(transcript, [offset]))


def places(transcript: Transcript, offsets: Sequence[int]) -> Iterator[str]:
    """What place() gives for each of the offsets."""
    whole = length(transcript)
    for offset, seconds in zip(offsets, transcript.times(offsets), strict=True):
        if seconds is not None:
            yield clock.written(seconds)
        elif whole:
            yield f"about {_minutes(transcript, offset, whole)} of {round(whole / 60)} min"
        else:
            yield f"turn {_turn(transcript, offset)} of {len(transcript.turns)}"


def brief(transcript: Transcript, offsets: Sequence[int]) -> Iterator[str]:
    """As places(), where there is little room: "~27 min", "turn 51"."""
    for each in places(transcript, offsets):
        words, of, _ = each.partition(" of ")
        yield words.replace("about ", "~") + (" min" if of and words.startswith("about") else "")


def length(transcript: Transcript) -> float:
    """Seconds that the conversation lasts; 0.0 where that is not known, or is less than a minute."""
    match = _LENGTH.fullmatch(transcript.duration.strip())
    seconds = int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3]) if match else 0
    return float(seconds) if seconds >= 60 else 0.0


def recording(context: RenderContext, transcript: Transcript, uri: str) -> Media | None:
    """The recording of a conversation, its address as it is from the page at `uri`; None if there is none."""
    found = media.read(transcript.media)
    if found and "://" not in found.address:
        return Media(found.kind, context.addresses.root(uri) + quote_url(found.address.lstrip("/")))
    return found


def moment(context: RenderContext, transcript: Transcript, offset: int, uri: str) -> str:
    """The address of the recording where the words at `offset` are said, or a little before where that is only known
    about; "" without a recording, and where neither times nor its length are known.
    """
    heard = recording(context, transcript, uri)
    if heard is None:
        return ""
    seconds = transcript.time_at(offset)
    if seconds is None and (whole := length(transcript)):
        seconds = max(0.0, whole * _share(transcript, offset) - _EARLIER)
    return heard.at(seconds) if seconds is not None else ""


def _minutes(transcript: Transcript, offset: int, whole: float) -> int:
    return round(whole * _share(transcript, offset) / 60)


def _share(transcript: Transcript, offset: int) -> float:
    return offset / max(1, len(transcript.source))


def _turn(transcript: Transcript, offset: int) -> int:
    return max(1, bisect_right(transcript.turns, offset, key=attrgetter("start")))
