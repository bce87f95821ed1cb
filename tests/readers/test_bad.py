"""Broken and hostile files lead to a problem with a place and a hint, never to a crash."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import SAMPLES

from making import XML_BOMB
from talkbook import readers
from talkbook.problems import ParseError
from talkbook.readers.speech.speech import Speech
from talkbook.transcripts import source_map

FOREIGN = '<!DOCTYPE tt [<!ENTITY x SYSTEM "file:///etc/passwd">]><tt><body><p>&x;</p></body></tt>'


def refusal(data: bytes, path: str = "talk.txt", **stated: str) -> str:
    with pytest.raises(ParseError) as caught:
        readers.read(data, path, **stated)
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "path", "start"),
    [
        (b"", "talk.txt", "talk.txt: This file is empty."),
        (b"\n \n", "talk.txt", "talk.txt: This file is empty."),
        (b"\xef\xbb\xbf\n", "talk.txt", "talk.txt: This file is empty."),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "talk.vtt", "talk.vtt: This is a JPEG picture, not text."),
        (b"\0" * 50, "talk.txt", "talk.txt: This file is empty."),
        (b"{\\rtf1 Ada: Hi}", "talk.rtf", "talk.rtf: This is an RTF document, not text. Save it as plain text,"),
        (b"Who,Words\nAda,Hi\n", "talk.csv", "talk.csv:1: Talkbook can't recognise the format of this file."),
        (b"one\ntwo\0three", "talk.txt", "talk.txt:2: There is a NUL byte in the text."),
        ("one\ntwö".encode("latin-1"), "talk.txt", "talk.txt:2: This is not UTF-8 text."),
        (
            "Привет, как дела?\n".encode("utf-16-le"),
            "talk.txt",
            "talk.txt:1: This is not UTF-8 text: it contains NUL bytes.",
        ),
        ("A talk.\n".encode("utf-16-le"), "talk.txt", "talk.txt:1: This is not UTF-8 text: it contains NUL bytes."),
        (b"\x01\x02\x03" * 50, "talk.txt", "talk.txt:1: This is a binary file, not text."),
        (b'{"segments": [{"text": "cut o', "a.json", "a.json:1: This is not valid JSON: Unterminated string"),
        (b'[{"a": 1}, {"a": ' + b"[" * 200_000, "a.json", "a.json:1: This JSON is nested too deeply."),
        (b'{"a": ' + b"1" * 10_000 + b"}", "a.json", "a.json:1: This JSON has a number that is too long."),
        (b'{"a": 1}', "a.json", "a.json:1: Talkbook can't recognise the format of this file."),
        (b"<tt><body><p>cut o", "a.ttml", "a.ttml:1: This is not valid XML"),
        (XML_BOMB.encode(), "a.ttml", "a.ttml:1: This XML defines entities"),
        (FOREIGN.encode(), "a.xml", "a.xml:1: This XML defines entities"),
        (
            b"<tt>" + b"<div>" * 5_000 + b"</div>" * 5_000 + b"</tt>",
            "a.ttml",
            "a.ttml:1: This XML is nested too deeply.",
        ),
        (b"WEBVTT\n", "a.vtt", "a.vtt: There is no speech in this file."),
        (b"NOT WEBVTT\n", "a.vtt", "a.vtt:1: Talkbook can't recognise the format of this file."),
        (b"---\n...\n---\n", "a.md", "a.md:1: Talkbook can't recognise the format of this file."),
    ],
)
def test_a_bad_file_is_refused_with_a_place_and_a_reason(data: bytes, path: str, start: str) -> None:
    assert refusal(data, path).startswith(start)


def test_a_file_that_is_too_large_is_refused() -> None:
    assert refusal(b"a" * 100_000_000).startswith("talk.txt: This file has 100 MB; Talkbook reads up to 50 MB.")


def test_the_likely_encoding_is_named() -> None:
    data = "Привет, как дела? Хорошо, спасибо, и всё остальное тоже хорошо.\n".encode("cp1251")
    assert "write encoding: cp1251 in the sidecar" in refusal(data)
    assert readers.read(data, "talk.txt", encoding="cp1251").source.startswith("Привет")


@pytest.mark.parametrize(
    "stated",
    [
        '<?xml version="1.0" encoding="{}"?>',
        "<html><meta charset={}>",
        '<html><meta http-equiv="x" content="text/html; charset={}">',
    ],
)
def test_the_encoding_that_a_page_states_is_used_where_it_is_not_utf_8(stated: str) -> None:
    page = f"{stated}<body><p>It’s a café.</p></body></html>"
    assert "It’s a café." in readers.read(page.format("ISO-8859-1").encode("cp1252"), "talk.html").source
    assert "It’s a café." in readers.read(page.format("windows-1252").encode(), "talk.html").source
    for unknown in ("utf-8", "base64", "nonsense"):
        assert "This is not UTF-8 text." in refusal(page.format(unknown).encode("cp1252"), "talk.html")


@pytest.mark.parametrize("encoding", ["latin-9000", "base64", "a\0b", "../utf-8", "undefined"])
def test_an_unknown_encoding_is_rejected(encoding: str) -> None:
    assert refusal(b"some text", encoding=encoding).startswith("talk.txt")


def test_half_a_character_is_refused() -> None:
    assert refusal(b"One.\nTwo +2AA- three.", encoding="utf-7").startswith(
        "talk.txt:2: In utf-7, this text contains half"
    )


def test_an_unknown_format_is_rejected() -> None:
    assert refusal(b"some text", format="webvt") == 'talk.txt: There is no format "webvt". Did you mean "webvtt"?'


@pytest.mark.parametrize(
    "piece", ["[", "(", "<v ", "**", "&", "♪", "\\[", "`", "[a](", "a:", "00:", "-", "\n", " ", ">>", "{", "<"]
)
def test_a_long_line_of_one_thing_is_read_or_refused(piece: str) -> None:
    for head in (
        "",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n",
        "**Ada:** One.\n\n**Bob:** ",
        "Ada: One.\n\nBob: ",
        "0:00\na\n0:01\n",
    ):
        answer((head + piece * 60_000 + " end").encode(), "talk.md")


def answer(data: bytes, path: str, format: str = "") -> Speech | None:
    """Return what is read, after checking that it keeps the promises of Speech; None if the file is rejected."""
    try:
        speech = readers.read(data, path, format)
    except ParseError as refused:
        assert refused.problems
        return None
    at = 0
    for utterance in speech.utterances:
        assert at <= utterance.start < utterance.end <= len(speech.source)
        assert source_map.shown(speech.source, speech.marks, utterance.start, utterance.end).strip()
        at = utterance.end
    for spans in ([(mark.start, mark.end) for mark in speech.marks], speech.sounds):
        assert all(one[1] <= two[0] for one, two in pairwise(spans))
        assert all(0 <= start < end <= len(speech.source) for start, end in spans)
    offsets = [offset for offset, _ in speech.moments]
    assert offsets == sorted(set(offsets))
    assert all(seconds >= 0 for _, seconds in speech.moments)
    speech.source.encode()
    return speech


names = st.sampled_from(["a.txt", "a.md", "a.vtt", "a.srt", "a.json", "a.xml", "a.html", "a"])


@given(st.binary(max_size=300), names)
def test_any_bytes_are_read_or_refused(data: bytes, path: str) -> None:
    answer(data, path)


@given(st.text(max_size=300), names, st.sampled_from(["", *readers.FORMATS]))
def test_any_text_is_read_or_refused_in_any_format(text: str, path: str, format: str) -> None:
    answer(text.encode("utf-8", "replace"), path, format)


@given(st.sampled_from(list(SAMPLES)), st.data())
def test_damaged_samples_are_read_or_refused(name: str, data: st.DataObject) -> None:
    path, _, text, _ = SAMPLES[name]
    raw = bytearray(text.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(raw)))
        end = data.draw(st.integers(start, min(start + 20, len(raw))))
        raw[start:end] = data.draw(st.binary(max_size=6) | st.just(bytes(raw[start:end]) * 2))
    answer(bytes(raw), path)


TOKENS = [
    *("Ada:", "**Ada:**", "**Bob**", ">>", "00:01", "[00:02]", "(00:03):", "\n", "\n\n", " ", "word", "# T", "*em*"),
    *("[laughs]", "♪", "&amp;", "[x](http://y)", "- ", "`", "**", "\\[", "\\]", "<v Ada>", "-->"),
    "00:00:01.000 --> 00:00:02.000\n",
]


@given(st.lists(st.sampled_from(TOKENS), max_size=40).map("".join), names)
def test_any_mixture_of_marks_is_read_or_refused(text: str, path: str) -> None:
    answer(text.encode(), path)


KEYS = (
    *("segments", "results", "channels", "alternatives", "words", "word", "text", "start", "end", "speaker", "items"),
    *("transcripts", "phrases", "combinedPhrases", "nBest", "utterances", "audio_url", "body", "startTime", "offset"),
    *("recognizedPhrases", "transcript", "speaker_labels", "start_time", "content", "timestamps", "transcription"),
)
LEAVES = st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5)


@given(
    st.recursive(
        LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner), max_leaves=30
    )
)
def test_any_json_is_read_or_refused(value: object) -> None:
    answer(json.dumps(value).encode(), "a.json")
