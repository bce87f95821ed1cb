"""Readers: the bytes of a transcript file in, its speech out. A new format is one file and one line here."""

from collections.abc import Mapping
from types import ModuleType

from talkbook.model import Speech
from talkbook.problems import Problem, Refused, did_you_mean
from talkbook.readers import captions

FORMATS: Mapping[str, ModuleType] = {"captions": captions}


def read(data: bytes, path: str, format: str = "", encoding: str = "") -> Speech:
    """The speech in a file.

    data: the file's bytes. path: its name for messages. format: a key of FORMATS, or ""
    to find it from the content. encoding: of the bytes; "" for UTF-8 with or without a
    byte-order mark. Raises Refused where the file can't be read as speech at all.
    """
    text = decode(data, path, encoding)
    if format and format not in FORMATS:
        cure = did_you_mean(format, FORMATS) or f"The formats are: {', '.join(FORMATS)}."
        raise Refused(Problem(path, 0, f'There is no format "{format}".', cure))
    for name, reader in FORMATS.items():
        if name == format or (not format and reader.fits(text)):
            speech: Speech = reader.read(text)
            return speech
    raise Refused(Problem(path, 0, "This is no transcript in a format that Talkbook reads.", "See talkbook formats."))


def decode(data: bytes, path: str, encoding: str = "") -> str:
    """The text in the bytes, without a byte-order mark. Raises Refused where they are no text."""
    try:
        return data.decode(encoding or "utf-8-sig")
    except (UnicodeDecodeError, LookupError) as error:
        line = data.count(b"\n", 0, getattr(error, "start", 0)) + 1
        raise Refused(
            Problem(
                path,
                line,
                f"This is not {encoding or 'UTF-8'} text.",
                'Save it as UTF-8, or name its encoding in the sidecar ("encoding: latin-1").',
            )
        ) from None
