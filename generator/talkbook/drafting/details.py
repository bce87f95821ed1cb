"""Find what a transcript states about itself: its show, date, page and recording.

Only explicit statements count: "another episode of Practical AI", or first lines such as "Podcast:
https://example.org/7" and "A talk with Ann Lee - June 24th 2019". A show that one conversation states also applies to
files that are named after it.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from talkbook.drafting import show_names
from talkbook.drafting.tokenization import TokenizedConversation
from talkbook.model import Transcript

_NUMBER = re.compile(r"[-_]\d+\Z")  # of an episode, in a slug
_LONGEST = 600  # characters at the start that are searched for such lines
_LINE = 120  # maximum number of characters of a line that ends with the date
_ADDRESS = re.compile(r"(?:(?P<label>[A-Za-z ]{1,20}):\s*)?<?(?P<address>https?://[^\s<>\"]+?)>?")
_PAGE = frozenset(("podcast", "episode", "link", "url", "show notes", "website"))
_RECORDING = frozenset(("video", "audio", "recording", "youtube", "media", "listen", "watch"))
_RECORDED = re.compile(r"https?://(?:www\.)?(?:youtube\.com/watch|youtu\.be/)|\.(?:mp3|m4a|mp4|ogg|webm)(?:\?|$)")
_DAY = re.compile(
    r"(?:^|[-–—,(|] *)(?:(?P<iso>\d{4}-\d\d-\d\d)|(?P<month>[A-Z][a-z]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? "
    r"(?P<year>\d{4}))\)?$"
)


def find(conversations: Iterable[TokenizedConversation]) -> Mapping[str, Mapping[str, str]]:
    """Return slug of a transcript -> key of its sidecar (show, date, url, media) -> the value that it states.

    What is already known is left out. All spellings of a show are replaced by the most frequent one.
    """
    stated = {talk.transcript.slug: (talk.transcript, _stated(talk)) for talk in conversations}
    spellings = Counter(filter(None, (talk.show or values.get("show") for talk, values in stated.values())))
    shows: dict[str, str] = {}
    for spelling, _ in spellings.most_common():
        shows.setdefault(_folded(spelling), spelling)
    details: dict[str, Mapping[str, str]] = {}
    for slug, (transcript, values) in stated.items():
        named = values.get("show") or _NUMBER.sub("", slug)
        show = "" if transcript.show else shows.get(_folded(named), "")
        if values or show:
            details[slug] = {**values, "show": show} if show else values
    return details


def _folded(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _stated(conversation: TokenizedConversation) -> Mapping[str, str]:
    """Return key of the sidecar -> value, for what this conversation states and isn't known yet."""
    transcript = conversation.transcript
    stated = {"show": show_names.stated(conversation), **_first_lines(transcript)}
    return {key: value for key, value in stated.items() if value and not getattr(transcript, key)}


def _first_lines(transcript: Transcript) -> Mapping[str, str]:
    """Return key of the sidecar -> value, for what the first lines state, up to the second line that states nothing."""
    source = transcript.source
    first = min((turn.start for turn in transcript.turns), default=0)
    start = source.rfind("\n", 0, first) + 1  # includes the label, as in "Podcast: "
    stated: dict[str, str] = {}
    others = 0
    for line in filter(None, map(str.strip, source[start : start + _LONGEST].splitlines())):
        if address := _ADDRESS.fullmatch(line):
            label = (address["label"] or "").strip().lower()
            if label in _RECORDING or _RECORDED.search(address["address"]):
                stated.setdefault("media", address["address"])
            elif label in _PAGE:
                stated.setdefault("url", address["address"])
        elif day := _day(line):
            stated.setdefault("date", day)
        else:
            others += 1
            if others > 1:
                break
    return stated


def _day(line: str) -> str:
    """Return the date at the end of a line, as 2024-03-31, or "" if there is none."""
    match = _DAY.search(line) if len(line) < _LINE else None
    if not match:
        return ""
    written = match["iso"] or f"{match['month']} {match['day']} {match['year']}"
    for form in ("%Y-%m-%d", "%B %d %Y", "%b %d %Y"):
        try:
            return datetime.datetime.strptime(written, form).date().isoformat()
        except ValueError:
            continue
    return ""
