"""In real files (if available), no spoken word is lost without being reported."""

import json
import re
from pathlib import Path

import corpora
import pytest

from talkbook import readers
from talkbook.problems import ParseError
from talkbook.readers.speech.speech import Speech

TEXTS = corpora.files("formats/**/*.md", "quality/*.md")
CUES = corpora.files(*(f"formats/**/*.{kind}" for kind in ("srt", "sbv", "ssa", "ttml", "xml", "html")))
CUES += [path for path in corpora.files("formats/**/*.json", "formats/**/*.vtt") if "mozilla" not in path.parts[-3:]]
CUES = [path for path in CUES if "mozilla-vtt.js" not in path.parts]
MOZILLA = [path for path in corpora.files("formats/**/mozilla-vtt.js/**/*.vtt") if path.with_suffix(".json").exists()]
ARCHIVE = corpora.files("scale/*/*.md")[::8]  # a sample of each show
beside = pytest.mark.skipif(not ARCHIVE, reason="the shared corpora do not lie beside the project")

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def read(path: Path) -> tuple[Speech, str]:
    """Return the speech and all messages about it; an empty speech if the file is rejected."""
    encoding = "gb18030" if "gb2312" in path.name else ""
    try:
        speech = readers.read(path.read_bytes(), path.name, encoding=encoding)
    except ParseError as refused:
        return Speech("", ()), "\n".join(map(str, refused.problems))
    return speech, "\n".join(map(str, speech.problems))


def name(path: Path) -> str:
    return "/".join(path.parts[-2:])


@pytest.mark.parametrize("path", CUES, ids=name)
def test_every_word_of_a_file_with_cues_is_spoken_or_reported(path: Path) -> None:
    speech, reported = read(path)
    said = " ".join(speech.source[each.start : each.end] for each in speech.utterances)
    about = " ".join(
        [*(each.label or "" for each in speech.utterances), *(head.title for head in speech.headings), reported]
    )
    expected, found = corpora.words(corpora.spoken(path)), corpora.words(said)
    if path.suffix == ".json" or "youtube" in path.name:
        expected, found = corpora.words(" ".join(expected)), corpora.words(" ".join(found))
    if not speech.source:
        assert reported
        return
    assert not set(expected - found) - set(corpora.words(about))


@pytest.mark.parametrize("path", TEXTS, ids=name)
def test_every_word_of_a_text_is_spoken_or_a_name_a_title_or_reported(path: Path) -> None:
    check(path)


@beside
def test_every_word_of_the_archive_is_spoken_or_a_name_a_title_or_reported() -> None:
    for path in ARCHIVE:
        check(path)


def check(path: Path) -> None:
    speech, reported = read(path)
    text = corpora.text(path).removeprefix("\ufeff")
    assert len(speech.source) == len(text)
    hidden = "".join(was for was, now in zip(text, speech.source, strict=True) if was != now)
    unsaid = [*_FRONT.findall(text), *re.findall(r"<!--.*?-->", text, re.DOTALL)]
    assert len(hidden) == sum(len(each.replace("\n", "")) for each in unsaid)
    labels = [each.label or "" for each in speech.utterances]
    allowed = set(corpora.words(" ".join([*labels, *(head.title for head in speech.headings), reported])))
    assert not set(corpora.words(_beside(speech))) - allowed, path
    assert not set(corpora.words(_hidden(speech))) - allowed, path


def _beside(speech: Speech) -> str:
    """Return the text outside of all utterances, without front matter, addresses, times and tags."""
    at, parts = 0, []
    for voice in speech.utterances:
        parts.append(speech.source[at : voice.start])
        at = voice.end
    rest = "\n".join([*parts, speech.source[at:]])
    rest = re.sub(r"\A---\n.*?\n---\n", "", rest, flags=re.DOTALL) if speech.front else rest
    return _unmarked(rest)


def _hidden(speech: Speech) -> str:
    """Return the text hidden by marks, without addresses, entities and tags."""
    return _unmarked("\n".join(speech.source[mark.start : mark.end] for mark in speech.marks if not mark.text))


def _unmarked(text: str) -> str:
    text = re.sub(r"\]\(\S*|<!--.*?-->|</?[a-z]+[^>]*>", " ", text)
    return re.sub(r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.:]\d+)?|\bto\b", " ", text)


@pytest.mark.parametrize("path", MOZILLA, ids=name)
def test_the_cues_of_the_webvtt_conformance_files_are_there(path: Path) -> None:
    try:
        cues = json.loads(path.with_suffix(".json").read_text("utf-8"))["cues"]
    except ValueError:
        pytest.skip("its JSON is broken")
    speech, reported = read(path)
    expected = corpora.words(corpora.captions("\n\n".join(f"0 --> 0\n{cue['text']}" for cue in cues)))
    said = corpora.words(" ".join([speech.source, *(each.label or "" for each in speech.utterances), reported]))
    assert not set(expected) - set(said)
    starts = {round(seconds, 3) for _, seconds in speech.moments}
    for cue in cues:
        if "<" not in cue["text"] and cue["startTime"] < 3_600_000:
            assert not starts or any(start <= cue["startTime"] + 0.001 for start in starts)


@beside
def test_speakers_of_the_archive_are_people() -> None:
    known = unknown = 0
    for path in ARCHIVE:
        for voice in read(path)[0].utterances:
            size = voice.end - voice.start
            known, unknown = known + size * bool(voice.label), unknown + size * (not voice.label)
    assert known > 0
    assert unknown <= known / 100
