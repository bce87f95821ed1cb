"""Names of conversations, derived from where their files are: guest/transcript.md is "guest"."""

import datetime
import re
from collections.abc import Collection
from pathlib import PurePosixPath

# File names that every conversation of an archive has; the folder then gives the name.
_NOTHING = re.compile(
    r"(?:full[-_ ])?(?:transcripts?|transcription)|captions?|subtitles?|subs|episode|index|audio|video|recording|"
    r"interview|text|content",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"\.(?P<code>[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?)")
_DAY = re.compile(r"\A(?P<day>\d{4}-\d{2}-\d{2})(?:[-_ ]+|$)")
_YEAR = re.compile(r"\d{4}(?:-\d{2}){0,2}")


def name(folder: str, stem: str, *, one_talk: bool = False) -> str:
    """Return the name of the conversation in a file: that of the file or, if it says nothing, that of its folder.

    folder: below transcripts/; "" for none.
    stem: the file name without its suffix. A language stays, as in captions.en.vtt, since there may be others.
    one_talk: whether the folder is known to hold a single conversation.
    """
    around = PurePosixPath(folder).name
    if around and _NOTHING.fullmatch(stem):
        return around
    if around and (language := _language(stem)):
        return around if one_talk else f"{around}{language}"
    return stem


def one_talk(stems: Collection[str]) -> bool:
    """Return whether the files of a folder are one conversation, such as captions.en.vtt and transcript.md.

    If there is more than one language, they are not.
    """
    return len({*map(_language, stems)} - {""}) == 1 and any(map(_NOTHING.fullmatch, stems))


def _language(stem: str) -> str:
    """Return the language, with its dot, in a name that says nothing else, such as captions.en; otherwise ""."""
    plain, language = PurePosixPath(stem).stem, PurePosixPath(stem).suffix
    return language if _LANGUAGE.fullmatch(language) and _NOTHING.fullmatch(plain) else ""


def show(folder: str, stem: str) -> str:
    """Return the name of the show to which a conversation belongs, judging by its folders; "" for none.

    A folder that holds a single conversation is not a show, nor is a year.
    """
    parts = list(PurePosixPath(folder).parts)
    if parts and name(folder, stem) != stem:
        parts.pop()
    return "" if not parts or _YEAR.fullmatch(parts[0]) else parts[0]


def day(conversation: str) -> datetime.date | None:
    """Return the date with which a conversation's name begins, as in 2024-03-03-why-worms."""
    match = _DAY.match(conversation)
    try:
        return datetime.date.fromisoformat(match["day"]) if match else None
    except ValueError:
        return None


def title(conversation: str, show_title: str = "") -> str:
    """Turn a conversation's name into a title. Its case is kept, except for the first letter and the show's title.

    show_title: for example "JS Party", so that js-party-106 becomes "JS Party 106".
    """
    named = (_DAY.sub("", conversation, count=1) if day(conversation) else "") or conversation
    words = named.replace("_", " ").replace("-", " ").split()
    head = show_title.replace("_", " ").replace("-", " ").split()
    if head and [word.casefold() for word in words[: len(head)]] == [word.casefold() for word in head]:
        return " ".join([show_title, *words[len(head) :]])
    plain = " ".join(words)
    return plain[:1].upper() + plain[1:]
