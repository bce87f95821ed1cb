"""What the show is called, of which a conversation is an episode: "welcome to another episode of Practical AI"."""

import re
from collections.abc import Iterator

from talkbook.drafting.tokenization import TokenizedConversation

_WELCOME = re.compile(
    r"\b(?:welcome(?: back)?(?:,? everybody|,? everyone|,? folks|,? all)?,?(?: back)? to|"
    r"listening to|tuning in to|episodes? of|edition of)\s+"
    r"(?P<rest>[^.,;:!?\n]{1,80})",
    re.IGNORECASE,
)
_WORDS = r"(?:(?:[A-Z]|\d)[\w&'’-]* ?){1,5}"
_STATED = re.compile(
    rf"\b(?:episode|edition) of (?:the )?(?P<of>{_WORDS})(?:podcast|show)?(?=[.,;:!?\n]|with\b|where\b)|"
    rf"\b[Ww]elcome(?: back)? to (?:the )?(?P<to>{_WORDS})(?:podcast\b|, the (?:show|podcast)\b)"
)
_NAME = re.compile(r"(?:\b(?:[A-Z]|\d+\b)[\w&'’]*)(?:[ -](?:of |the |and |with )?(?:[A-Z]|\d)[\w&'’]*)*")
_ENDS = re.compile(r"\b(?:where|with|about|focused|and I|I'm|I am|this is|brought|who|from)\b")
_GENERIC = re.compile(r"[ -](?:podcast|show|episode|FM)$", re.IGNORECASE)
_OPENING = 600  # characters from the start in which a show says its name
_SUFFIXES = ("", " FM", " Podcast", " Show")


def find(conversation: TokenizedConversation) -> Iterator[str]:
    """The names that the show is called by in its greeting, and its name in the transcript's data."""
    if conversation.transcript.show:
        yield conversation.transcript.show
    for greeting in _WELCOME.finditer(conversation.text[:_OPENING]):
        end = _ENDS.search(greeting["rest"])
        for name in _NAME.findall(greeting["rest"][: end.start() if end else None]):
            plain = _GENERIC.sub("", name)
            yield from (plain + suffix for suffix in _SUFFIXES)


def stated(conversation: TokenizedConversation) -> str:
    """The name of the show where its greeting leaves no doubt of it, "" elsewhere."""
    found = _STATED.search(conversation.text[:_OPENING])
    name = _GENERIC.sub("", (found["of"] or found["to"]).strip()) if found else ""
    transcript = conversation.transcript
    people = {speaker.name.partition(" ")[0] for speaker in (*transcript.speakers, *transcript.drafted)}
    return "" if name in people else name  # "the Matt podcast" is one that Matt calls otherwise
