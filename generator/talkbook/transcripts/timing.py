"""When words are said, within turns that have no times of their own inside, too."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

from talkbook.model import Transcript

_LENGTH = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d\d)")
_NEAR = 30.0  # seconds after a known time up to which it is taken for that of the words
_PACE = 15.0  # characters that somebody says in a second, where the transcript doesn't tell
_PACES = (8.0, 25.0)  # between which it is, whatever the transcript tells


class Moment(NamedTuple):
    """Seconds from the start of the recording; `about` where they are estimated."""

    seconds: float
    about: bool = False


def length(transcript: Transcript) -> float:
    """Seconds that the conversation lasts; 0.0 where that is not known, or is less than a minute."""
    match = _LENGTH.fullmatch(transcript.duration.strip())
    seconds = int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3]) if match else 0
    return float(seconds) if seconds >= 60 else 0.0


def seconds(transcript: Transcript, offset: int) -> float | None:
    """Seconds at which the words at `offset` are said; None where that could only be estimated."""
    moment = next(moments(transcript, [offset]))
    return moment.seconds if moment and not moment.about else None


def moments(transcript: Transcript, offsets: Iterable[int]) -> Iterator[Moment | None]:
    """When the words at each of the offsets are said; None without times.

    Between two times far apart a place is estimated from how much of the text between them stands before it; behind
    the last one, from the conversation's length, or from how fast people speak in it.
    """
    for offset in offsets:
        at = bisect_right(transcript.moments, offset, key=itemgetter(0)) - 1
        if at < 0:
            yield None
            continue
        start, seconds = transcript.moments[at]
        end, until = transcript.moments[at + 1] if at + 1 < len(transcript.moments) else _end(transcript)
        estimate = seconds + (offset - start) / max(1, end - start) * max(0.0, until - seconds)
        yield Moment(seconds) if estimate - seconds < _NEAR else Moment(estimate, about=True)


def _end(transcript: Transcript) -> tuple[int, float]:
    """The offset at which the conversation ends, and when that is."""
    (first, begin), (last, seconds) = transcript.moments[0], transcript.moments[-1]
    end = transcript.turns[-1].end if transcript.turns else len(transcript.source)
    if (whole := length(transcript)) > seconds:
        return end, whole
    pace = (last - first) / (seconds - begin) if seconds > begin else _PACE
    slowest, fastest = _PACES
    return end, seconds + (end - last) / min(max(pace, slowest), fastest)
