"""What a transcript's own words say of the conversation as a whole: its show, its date, its page and its recording.

Only what is stated is taken: "another episode of Practical AI", and lines that the text begins with, as
"Podcast: https://example.org/7" and "A talk with Ann Lee - June 24th 2019". What one conversation says of its show
counts for those, too, whose files are named after that show.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from talkbook.drafting import show_names
from talkbook.drafting.tokenization import TokenizedConversation
from talkbook.model import Transcript

_NUMBER = re.compile(r"[-_]\d+\Z")  # of an episode, in a slug
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


def find(conversations: Iterable[TokenizedConversation]) -> Mapping[str, Mapping[str, str]]:
    """By slug of a transcript, what is stated of it: key of a sidecar (show, date, url, media) -> its value.

    Only what nothing else says yet. A show has one spelling, the most frequent one.
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
    """Key of a sidecar -> its value, for what the conversation itself says."""
    transcript = conversation.transcript
    stated = {"show": show_names.stated(conversation), **_above(transcript)}
    return {key: value for key, value in stated.items() if value and not getattr(transcript, key)}


def _above(transcript: Transcript) -> Mapping[str, str]:
    """What the lines say that the text begins with, each key once; up to the second line that is something else."""
    source = transcript.source
    first = min((turn.start for turn in transcript.turns), default=0)
    start = source.rfind("\n", 0, first) + 1  # before the label, as in "Podcast: "
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
    """The day with which a line ends, as 2024-03-31; "" where it ends with none."""
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
