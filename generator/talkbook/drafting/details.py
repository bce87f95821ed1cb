"""What a transcript's own words say of the conversation as a whole: its show, its date, its page and its recording.

Only what is stated is taken: "another episode of Practical AI", and lines that the text begins with, as
"Podcast: https://example.org/7" and "A talk with Ann Lee - June 24th 2019".
"""

import datetime
import re
from collections.abc import Iterator, Mapping

from talkbook.drafting import show_names
from talkbook.drafting.conversation import TokenizedConversation
from talkbook.model import Transcript

_LONGEST = 600  # characters in which those lines stand
_LINE = 120  # characters of a line that ends with the day of the conversation
_ADDRESS = re.compile(r"(?:(?P<label>[A-Za-z ]{1,20}):\s*)?<?(?P<address>https?://[^\s<>\"]+?)>?")
_PAGE = frozenset(("podcast", "episode", "link", "url", "show notes", "website"))
_RECORDING = frozenset(("video", "audio", "recording", "youtube", "media", "listen", "watch"))
_RECORDED = re.compile(r"https?://(?:www\.)?(?:youtube\.com/watch|youtu\.be/)|\.(?:mp3|m4a|mp4|ogg|webm)(?:\?|$)")
_DAY = re.compile(
    r"(?:^|[-–—,(|] *)(?:(?P<iso>\d{4}-\d\d-\d\d)|(?P<month>[A-Z][a-z]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? "
    r"(?P<year>\d{4}))\)?$"
)


def find(conversation: TokenizedConversation) -> Mapping[str, str]:
    """Key of a sidecar (show, date, url, media) -> its value, for what nothing else says yet."""
    transcript = conversation.transcript
    there = {
        "show": transcript.show,
        "date": transcript.date,
        "url": transcript.url,
        "media": transcript.media,
    }
    stated = {"show": show_names.stated(conversation), **dict(_above(transcript))}
    return {key: value for key, value in stated.items() if value and not there[key]}


def _above(transcript: Transcript) -> Iterator[tuple[str, str]]:
    """What the lines say that the text begins with, each key once; up to the second line that is something else."""
    source = transcript.source
    first = min((turn.start for turn in transcript.turns), default=0)
    start = source.rfind("\n", 0, first) + 1  # before the label, as in "Podcast: "
    found: dict[str, str] = {}
    others = 0
    for line in filter(None, map(str.strip, source[start : start + _LONGEST].splitlines())):
        if address := _ADDRESS.fullmatch(line):
            label = (address["label"] or "").strip().lower()
            if label in _RECORDING or _RECORDED.search(address["address"]):
                found.setdefault("media", address["address"])
            elif label in _PAGE:
                found.setdefault("url", address["address"])
        elif day := _day(line):
            found.setdefault("date", day)
        else:
            others += 1
            if others > 1:
                break
    yield from found.items()


def _day(line: str) -> str:
    """The day with which a line ends, as 2024-03-31; "" where it ends with none."""
    found = _DAY.search(line) if len(line) < _LINE else None
    if not found:
        return ""
    written = found["iso"] or f"{found['month']} {found['day']} {found['year']}"
    for form in ("%Y-%m-%d", "%B %d %Y", "%b %d %Y"):
        try:
            return datetime.datetime.strptime(written, form).date().isoformat()
        except ValueError:
            continue
    return ""
