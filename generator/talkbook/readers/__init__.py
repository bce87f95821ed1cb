"""Readers: the bytes of a transcript file in, its speech out. A new format is one file and one line here."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from types import ModuleType

from talkbook.model import Speech
from talkbook.problems import Problem, Refused, did_you_mean
from talkbook.readers import (
    assemblyai,
    aws,
    azure,
    captions,
    deepgram,
    google,
    jsontext,
    podcast,
    podhtml,
    sbv,
    srt,
    ssa,
    tei,
    ttml,
    vtt,
    whisper,
    xmltext,
)
from talkbook.readers.encoding import decode

# In this order they are asked whether a text is theirs: the surest first, plain prose last.
FORMATS: Mapping[str, ModuleType] = {
    "webvtt": vtt,
    "podcast-json": podcast,
    "azure": azure,
    "aws": aws,
    "deepgram": deepgram,
    "google": google,
    "assemblyai": assemblyai,
    "whisper": whisper,
    "ttml": ttml,
    "tei": tei,
    "podcast-html": podhtml,
    "ssa": ssa,
    "srt": srt,
    "sbv": sbv,
    "captions": captions,
}


def read(data: bytes, path: str, format: str = "", encoding: str = "") -> Speech:
    text = decode(data, path, encoding)
    for name, reader in FORMATS.items():
        if name == format or (not format and reader.fits(text)):
            speech: Speech = reader.read(text, path)
            return speech
    raise Refused(Problem(path, 0, "This is no transcript in a format that Talkbook reads.", "See talkbook formats."))
