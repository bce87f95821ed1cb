"""Readers take the bytes of a transcript file and return its Speech.

Each format is a module with `fits` and `read`. To add a format, write one module and add one line to a table here.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Protocol

from talkbook.problems import ParseError, Problem, did_you_mean
from talkbook.readers import front_matter, metadata_lines, preformatted
from talkbook.readers.asr import assemblyai, aws, azure, deepgram, google, json_values, podcast_json, whisper
from talkbook.readers.captions import numbered_lines, podcast_html, sbv, srt, ssa, tei, ttml, vtt, xml_tree
from talkbook.readers.dialogue import (
    bold_names,
    caption_marks,
    colon_labels,
    name_lines,
    prose,
    stamped_lines,
    stamped_names,
    titled_names,
    youtube_paste,
)
from talkbook.readers.encoding import decode
from talkbook.readers.speech import cues
from talkbook.readers.speech.speech import Speech
from talkbook.text import masking

__all__ = ["CUES", "FORMATS", "TEXTS", "decode", "detect", "find_format", "read"]


class Reader(Protocol):
    """The interface of a format's module. `text` is decoded, with its front matter blanked out."""

    __doc__: str | None  # its first line is shown by `talkbook formats`

    def fits(self, text: str) -> bool:
        """Return whether the text is in this format. Only called if the curator states none."""

    def read(self, text: str, path: str) -> Speech:
        """Return the speech in the text. path: the file, for messages. Raises ParseError if there is no speech."""


_JSON: Mapping[str, Reader] = {
    "podcast-json": podcast_json,
    "azure": azure,
    "aws": aws,
    "deepgram": deepgram,
    "google": google,
    "assemblyai": assemblyai,
    "whisper": whisper,
}
# Formats with cues: the source is their joined speech. In order of detection, the most distinctive first.
CUES: Mapping[str, Reader] = {
    "webvtt": vtt,
    **_JSON,
    "ttml": ttml,
    "tei": tei,
    "podcast-html": podcast_html,
    "ssa": ssa,
    "srt": srt,
    "sbv": sbv,
    "numbered-lines": numbered_lines,
}
# Text formats: the source is the text of the file. In order of detection, plain prose last.
TEXTS: Mapping[str, Reader] = {
    "captions": caption_marks,
    "bold-names": bold_names,
    "name-lines": name_lines,
    "stamped-names": stamped_names,
    "youtube-paste": youtube_paste,
    "stamped-lines": stamped_lines,
    "titled-names": titled_names,
    "labels": colon_labels,
    "prose": prose,
}
FORMATS: Mapping[str, Reader] = {**CUES, **TEXTS}

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f", " "))  # web pages have them behind labels

# Files with these suffixes are never read as prose: their markup would become speech.
_NO_PROSE = frozenset(
    [".vtt", ".srt", ".sbv", ".ssa", ".ass", ".ttml", ".dfxp", ".xml", ".json", ".html", ".htm", ".csv", ".tsv"]
)


def read(data: bytes, path: str, format: str = "", encoding: str = "") -> Speech:
    """Return the speech in a file.

    data: the bytes of the file.
    path: its name, for messages.
    format: a key of FORMATS, or "" to detect it from the content.
    encoding: of the bytes; "" for UTF-8, or UTF-16 or -32 with a byte-order mark.

    Front matter and comments are masked in the source and not part of what is shown. Raises ParseError if there is no
    speech, if the file can't be decoded or parsed, or if its front matter and comments can't be told from the speech.
    """
    name, opened = find_format(data, path, format, encoding)
    speech = FORMATS[name].read(_readable(opened), path)
    if name not in TEXTS:
        return replace(speech, front=opened.front)
    source = masking.masked(opened.text, opened.unspoken)
    return replace(speech, front=opened.front, source=source, marks=front_matter.hide(opened.unspoken, speech))


def find_format(data: bytes, path: str, format: str = "", encoding: str = "") -> tuple[str, front_matter.FrontMatter]:
    """Return the key of a file's format, and its text with the unspoken parts marked off.

    Arguments and errors as in read().
    """
    text = decode(data, path, encoding)
    opened = front_matter.open_text(text, path)
    like = path  # a path with the suffix of the text
    if plain := preformatted.text(text):
        text, like = plain, str(PurePosixPath(path).with_suffix(".txt"))
        opened = front_matter.open_text(text, path)
    name = detect(_readable(opened), like, format)
    if name in TEXTS and (above := metadata_lines.marked(opened)) is not opened:
        opened = above
        name = detect(_readable(opened), like, format)
    if name not in TEXTS or "<!--" not in text:
        return name, opened
    opened = front_matter.without_comments(opened, path, name == "bold-names")
    name = detect(_readable(opened), like, format)
    if name in CUES:  # only the comments looked like a text format
        raise cues.silent(path, ())
    return name, opened


def _readable(opened: front_matter.FrontMatter) -> str:
    """Return the text for readers: unspoken parts blanked out, non-breaking spaces as spaces; offsets stay the same."""
    return masking.masked(opened.text, opened.unspoken, " ").translate(_SPACES)


def detect(text: str, path: str, format: str = "") -> str:
    """Return the key of the format of a text.

    text: decoded, with its front matter blanked out.
    path: the file, for its suffix and for messages.
    format: the key that the curator states, or "".

    Raises ParseError if no format fits, if there is no such key, or if the text is broken JSON or XML.
    """
    if format and format not in FORMATS:
        hint = did_you_mean(format, FORMATS) or f"The formats are: {', '.join(FORMATS)}."
        raise ParseError(Problem(path, 0, f'There is no format "{format}".', hint))
    kind = PurePosixPath(path).suffix.lower()
    if json_values.looks(text) and (not format or format in _JSON):
        json_values.check(text, path)
    if xml_tree.root(text) and kind in (".xml", ".ttml", ".dfxp"):
        xml_tree.load(text, path)
    if format:
        return format
    markup = kind in _NO_PROSE or json_values.looks(text)
    name = next((key for key, reader in (CUES if markup else FORMATS).items() if reader.fits(text)), "")
    if not name:
        hint = "Export it again, or name its format in the sidecar (format: …); talkbook formats lists them."
        raise ParseError(Problem(path, 1, "Talkbook can't recognise the format of this file.", hint))
    return name
