"""Find the name of the show of which a conversation is an episode: "welcome to another episode of Practical AI"."""

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
_OPENING = 600  # characters at the start that are searched for the name
_SUFFIXES = ("", " FM", " Podcast", " Show")


def find(conversation: TokenizedConversation) -> Iterator[str]:
    """Yield the possible names of the show: from the metadata, and from the greeting, with usual suffixes."""
    if conversation.transcript.show:
        yield conversation.transcript.show
    for greeting in _WELCOME.finditer(conversation.text[:_OPENING]):
        end = _ENDS.search(greeting["rest"])
        for name in _NAME.findall(greeting["rest"][: end.start() if end else None]):
            plain = _GENERIC.sub("", name)
            yield from (plain + suffix for suffix in _SUFFIXES)


def stated(conversation: TokenizedConversation) -> str:
    """Return the name of the show if its greeting leaves no doubt, or ""."""
    found = _STATED.search(conversation.text[:_OPENING])
    name = _GENERIC.sub("", (found["of"] or found["to"]).strip()) if found else ""
    transcript = conversation.transcript
    people = {speaker.name.partition(" ")[0] for speaker in (*transcript.speakers, *transcript.drafted)}
    return "" if name in people else name  # "the Matt podcast" has another name
