"""Interpret the metadata of other tools: one table of key names for everyone's front matter."""

import datetime
import re
from collections.abc import Iterator, Mapping
from email.utils import parsedate
from typing import Any

from talkbook.sources.sidecar import Sidecar, SpeakerEntry
from talkbook.text import clock, ids
from talkbook.transcripts import media

# Sidecar key -> names for it in other tools. If a file has several, the first with a valid value counts.
KEYS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "episode_title", "name"),
    "show": ("show", "podcast", "series", "channel", "program", "event", "conference"),
    "episode": ("episode", "episode_number", "number"),
    "description": ("description", "summary", "excerpt", "abstract", "subtitle"),
    "date": (
        *("date", "publish_date", "published", "publish_time", "published_at", "pub_date", "pubdate", "release_date"),
        *("upload_date", "recorded", "recorded_at", "air_date"),
    ),
    "duration": ("duration", "length", "duration_seconds"),
    "url": ("url", "link", "episode_url", "canonical_url", "permalink", "webpage_url"),
    "media": (
        *("media", "youtube_url", "video_url", "audio_url", "video", "youtube", "audio", "mp3", "enclosure"),
        *("media_url", "source_file", "source", "recording", "video_id", "youtube_id"),
    ),
    "tags": ("tags", "keywords", "categories", "topics"),
    "language": ("language", "lang"),
}
# Role -> keys that list the people with this role.
PEOPLE: Mapping[str, tuple[str, ...]] = {
    "host": ("host", "hosts", "cohosts", "interviewer", "interviewers", "moderator", "moderators"),
    "guest": ("guest", "guests", "interviewee", "interviewees"),
    "": ("speakers", "speaker", "participants", "presenter", "presenters"),
}
OURS = ("private",)  # read as in a sidecar

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_RECORDING = re.compile(rf"{_ADDRESS.pattern}|[^\s:<>\"/][^:<>\"]*")  # or a file of the site, but not javascript:
_VIDEO = re.compile(r"[\w-]{11}")  # a YouTube id
_NAMES = re.compile(r"(?:(?<!\s)\s+)?[,;]\s*|(?<!\s)\s+(?:&|\+|and)\s+")
_DAYS = ("%Y/%m/%d", "%Y%m%d", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_MOST = 300  # characters; a longer text is not a label


def read(data: Mapping[str, Any], path: str) -> Sidecar:
    """Interpret the metadata in a mapping of texts, lists and mappings.

    data: keys may be in any case, with "-" or "_".
    path: the transcript.

    The result's `speakers` are the people introduced, with their roles. Invalid values are ignored; unknown keys are in
    `unknown_keys`.
    """
    given = {_key(key): value for key, value in data.items()}
    found: dict[str, Any] = {}
    for key, names in KEYS.items():
        values = (_READ[key](name, given[name]) for name in names if name in given)
        if value := next(filter(None, values), None):
            found[key] = value
    speakers: dict[str, SpeakerEntry] = {}
    for role, keys in PEOPLE.items():
        for name in (name for key in keys for name in _people(given.get(key))):
            speakers.setdefault(name, SpeakerEntry(ids.slug(name), name, role))
    known = {name for names in (*KEYS.values(), *PEOPLE.values(), OURS) for name in names}
    unknown = tuple(key for key in data if isinstance(key, str) and _key(key) not in known)
    return Sidecar(path=path, speakers=tuple(speakers.values()), unknown_keys=unknown, **found)


def _key(key: Any) -> str:
    return key.strip().casefold().replace("-", "_").replace(" ", "_") if isinstance(key, str) else ""


def _text(_key: str, value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _url(key: str, value: Any) -> str:
    text = _text(key, value)
    return text if _ADDRESS.fullmatch(text) else ""


def _media(key: str, value: Any) -> str:
    if isinstance(value, dict):  # enclosure of a feed
        value = value.get("url")
    text = _text(key, value)
    if key in ("video_id", "youtube_id"):
        return f"https://www.youtube.com/watch?v={text}" if _VIDEO.fullmatch(text) else ""
    recording = media.read(text) if _RECORDING.fullmatch(text) else None
    plays = recording and (
        recording.kind != "page" or "://" in recording.address
    )  # "source: a talk in Bern" is not a file
    return text if plays else ""


def _duration(key: str, value: Any) -> str:
    text = _text(key, value)
    if key.endswith("_seconds") or re.fullmatch(r"\d{3,6}(?:\.\d+)?", text):
        try:
            return clock.timestamp(float(text))
        except (ValueError, OverflowError):
            return ""
    return text


def _date(key: str, value: Any) -> datetime.date | None:
    text = _text(key, value)
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError:
        pass
    for form in _DAYS:
        try:
            return datetime.datetime.strptime(text, form).date()
        except ValueError:
            continue
    parts = parsedate(text)  # as in feeds: Sun, 03 Mar 2024 08:00:00 GMT
    try:
        return datetime.date(*parts[:3]) if parts else None
    except ValueError:
        return None


def _tags(_key: str, value: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_list(value.split(",") if isinstance(value, str) else value)))


def _language(key: str, value: Any) -> str:
    text = _text(key, value)
    return text.replace("_", "-") if _LANGUAGE.fullmatch(text) else ""


def _people(value: Any) -> list[str]:
    return _list(_NAMES.split(value) if isinstance(value, str) else value)


def _list(value: Any) -> list[str]:
    """Return the texts in a list; a mapping counts by its "name"."""
    texts = [item.get("name") if isinstance(item, dict) else item for item in value] if isinstance(value, list) else []
    return [" ".join(text.split()) for text in texts if isinstance(text, str) and text.strip() and len(text) < _MOST]


def keys() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield (sidecar key, names in other tools) for everything that is read, for the documentation."""
    yield from KEYS.items()
    for role, names in PEOPLE.items():
        yield f"speakers, {role}" if role else "speakers", names


_READ = {
    **dict.fromkeys(("title", "show", "episode", "description"), _text),
    "date": _date,
    "duration": _duration,
    "url": _url,
    "media": _media,
    "tags": _tags,
    "language": _language,
}
