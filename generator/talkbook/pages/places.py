"""Where in a conversation words are said, in readers' terms, and links to that moment of the recording."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter
from urllib.parse import quote as quote_url

from talkbook.model import Transcript
from talkbook.pages.context import RenderContext
from talkbook.text import clock
from talkbook.transcripts import media, timing
from talkbook.transcripts.media import Media
from talkbook.transcripts.timing import Moment

_EARLIER = 10  # seconds by which a link into a recording starts earlier if the moment is only estimated


def place(transcript: Transcript, offset: int) -> str:
    """Return where the words at `offset` are said: "34:12", or "about 34:12" if the time is only estimated.

    If there are no times, it is "about 27 of 55 min", or "turn 51 of 103" if the length is unknown as well.
    """
    return next(places(transcript, [offset]))


def places(transcript: Transcript, offsets: Sequence[int]) -> Iterator[str]:
    """Yield what place() returns for each offset."""
    whole = timing.length(transcript)
    for offset, moment in zip(offsets, timing.moments(transcript, offsets), strict=True):
        if moment:
            yield f"{'about ' if moment.about else ''}{clock.timestamp(moment.seconds)}"
        elif whole:
            minute = max(1, round(whole * _share(transcript, offset) / 60))  # the first minute is 1
            yield f"about {minute} of {round(whole / 60)} min"
        else:
            yield f"turn {_turn(transcript, offset)} of {len(transcript.turns)}"


def brief(transcript: Transcript, offsets: Sequence[int]) -> Iterator[str]:
    """Yield the places in a shorter form: "~27 min", "turn 51"."""
    for place in places(transcript, offsets):
        words, of, _ = place.partition(" of ")
        yield words.replace("about ", "~") + (" min" if of and words.startswith("about") else "")


def recording(context: RenderContext, transcript: Transcript, uri: str) -> Media | None:
    """Return the recording of a conversation, with its address relative to the page at `uri`; None if there is none."""
    media_file = media.read(transcript.media)
    if media_file and "://" not in media_file.address:
        return Media(media_file.kind, context.site.addresses.root(uri) + quote_url(media_file.address.lstrip("/")))
    return media_file


def moment(context: RenderContext, transcript: Transcript, offset: int, uri: str) -> str:
    """Return the address at which the recording plays the words at `offset`, for a link on the page at `uri`.

    If the time is only estimated, the recording starts a little earlier. The address is "" if there is no recording, or
    if neither times nor the length are known.
    """
    media_file = recording(context, transcript, uri)
    if media_file is None:
        return ""
    when = next(timing.moments(transcript, [offset]))
    if when is None and (whole := timing.length(transcript)):
        when = Moment(whole * _share(transcript, offset), about=True)
    return media_file.at(earlier(when)) if when else ""


def earlier(moment: Moment) -> float:
    """Return the seconds at which to start listening: a little before a moment that is only estimated."""
    return max(0.0, moment.seconds - _EARLIER) if moment.about else moment.seconds


def _share(transcript: Transcript, offset: int) -> float:
    return offset / max(1, len(transcript.source))


def _turn(transcript: Transcript, offset: int) -> int:
    return max(1, bisect_right(transcript.turns, offset, key=attrgetter("start")))
