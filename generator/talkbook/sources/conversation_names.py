"""What a conversation is called, told from where its files lie: guest/transcript.md is "guest"."""

import datetime
import re
from collections.abc import Collection
from pathlib import PurePosixPath

# Names of files that say only what all files of an archive are; then the folder has the name.
_NOTHING = re.compile(
    r"(?:full[-_ ])?(?:transcripts?|transcription)|captions?|subtitles?|subs|episode|index|audio|video|recording|"
    r"interview|text|content",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"\.(?P<code>[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?)")
_DAY = re.compile(r"\A(?P<day>\d{4}-\d{2}-\d{2})(?:[-_ ]+|$)")
_YEAR = re.compile(r"\d{4}(?:-\d{2}){0,2}")


def name(folder: str, stem: str, *, one_talk: bool = False) -> str:
    """The name of the conversation in a file: the file's own, or its folder's where that says nothing.

    folder: below transcripts/, "" for none. stem: the file's name without its ending. Of captions.en.vtt the language
    stays, since another file may hold another one. one_talk: whether the folder is known to hold one conversation.
    """
    around = PurePosixPath(folder).name
    if around and _NOTHING.fullmatch(stem):
        return around
    if around and (language := _language(stem)):
        return around if one_talk else f"{around}{language}"
    return stem


def one_talk(stems: Collection[str]) -> bool:
    """Whether files of one folder are one conversation: captions.en.vtt beside transcript.md, and no other language."""
    return len({*map(_language, stems)} - {""}) == 1 and any(map(_NOTHING.fullmatch, stems))


def _language(stem: str) -> str:
    """The language, with its dot, in a name that says nothing else; "" for any other name."""
    plain, language = PurePosixPath(stem).stem, PurePosixPath(stem).suffix
    return language if _LANGUAGE.fullmatch(language) and _NOTHING.fullmatch(plain) else ""


def show(folder: str, stem: str) -> str:
    """The name of the show that a conversation is part of, told from its folders alone; "" for none.

    A folder that holds one conversation is no show, and neither is a year.
    """
    parts = list(PurePosixPath(folder).parts)
    if parts and name(folder, stem) != stem:
        parts.pop()
    return "" if not parts or _YEAR.fullmatch(parts[0]) else parts[0]


def day(conversation: str) -> datetime.date | None:
    """The day that a conversation's name begins with, as in 2024-03-03-why-worms."""
    match = _DAY.match(conversation)
    try:
        return datetime.date.fromisoformat(match["day"]) if match else None
    except ValueError:
        return None


def title(conversation: str, show_title: str = "") -> str:
    """A conversation's name as a title: its case is kept, but for the first letter and the title of the show.

    show_title: "JS Party", so that js-party-106 is "JS Party 106".
    """
    named = (_DAY.sub("", conversation, count=1) if day(conversation) else "") or conversation
    words = named.replace("_", " ").replace("-", " ").split()
    head = show_title.replace("_", " ").replace("-", " ").split()
    if head and [word.casefold() for word in words[: len(head)]] == [word.casefold() for word in head]:
        return " ".join([show_title, *words[len(head) :]])
    plain = " ".join(words)
    return plain[:1].upper() + plain[1:]
