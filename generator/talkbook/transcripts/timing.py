"""Tell when words are said, with estimates where a turn has no times inside."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

from talkbook.model import Transcript

_LENGTH = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d\d)")
_NEAR = 30.0  # seconds; up to so long after a known time, that time is close enough
_PACE = 15.0  # characters per second, if the transcript has too few times
_PACES = (8.0, 25.0)  # limits for the pace measured in a transcript


class Moment(NamedTuple):
    """Seconds from the start of the recording. about: whether they are estimated."""

    seconds: float
    about: bool = False


def length(transcript: Transcript) -> float:
    """Return the length of the conversation in seconds; 0.0 if unknown or less than a minute."""
    match = _LENGTH.fullmatch(transcript.duration.strip())
    seconds = int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3]) if match else 0
    return float(seconds) if seconds >= 60 else 0.0


def seconds(transcript: Transcript, offset: int) -> float | None:
    """Return the time in seconds at which the words at `offset` are said; None if it could only be estimated."""
    moment = next(moments(transcript, [offset]))
    return moment.seconds if moment and not moment.about else None


def moments(transcript: Transcript, offsets: Iterable[int]) -> Iterator[Moment | None]:
    """Yield the time at which the words at each offset are said; None if the transcript has no times before it.

    Between two distant times, a time is interpolated by the amount of text. After the last one, it is estimated from
    the length of the conversation or the pace of its speakers.
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
    """Return the offset of the end of the conversation, and its time in seconds."""
    (first, begin), (last, seconds) = transcript.moments[0], transcript.moments[-1]
    end = transcript.turns[-1].end if transcript.turns else len(transcript.source)
    if (whole := length(transcript)) > seconds:
        return end, whole
    pace = (last - first) / (seconds - begin) if seconds > begin else _PACE
    slowest, fastest = _PACES
    return end, seconds + (end - last) / min(max(pace, slowest), fastest)
