"""A transcript is withheld if a file that isn't used may say what is private in it, however the two are encoded."""

import pytest

from talkbook import readers
from talkbook.book import withholding
from talkbook.sources.source import Source, Sources

PAGE = '<html><head><meta charset="windows-1252"></head><body><p>Ida: Ring Käthe at one two three.</p></body></html>'
TALK = "Ida: Ring Käthe at one two three.\n"
STRAY = "private:\n  - {from: Ring Käthe, to: two three}\n"
OTHER = Source("content/transcripts/other.txt", "other", b"Bob: It rains today.\n")


def withheld(name: str, data: bytes, side: str = "") -> set[str]:
    """The slugs that are withheld of a talk and another one, beside a sidecar without a transcript."""
    stray = Source("content/transcripts/zzz.yml", "zzz", STRAY.encode())
    beside = {"talk": Source("content/transcripts/talk.yml", "talk", side.encode())} if side else {}
    talk = Source(f"content/transcripts/{name}", "talk", data)
    return {*withholding.collect(Sources(transcripts=(talk, OTHER), sidecars={"zzz": stray, **beside}))[0]}


@pytest.mark.parametrize(
    ("name", "data", "side"),
    [
        ("talk.txt", TALK.encode(), ""),
        ("talk.html", PAGE.encode("cp1252"), ""),
        ("talk.txt", TALK.encode("cp1252"), "encoding: cp1252\n"),
        ("talk.txt", TALK.encode("utf-16-le"), "encoding: utf-16-le\n"),
        ("talk.txt", TALK.encode("cp1252"), "encoding: nonesuch\n"),
        ("talk.txt", TALK.encode("cp1252"), "title: [\n"),
        ("talk.txt", TALK.encode() + b"\0", ""),
    ],
)
def test_a_transcript_with_the_words_is_withheld_whatever_its_encoding(name: str, data: bytes, side: str) -> None:
    assert withheld(name, data, side) == {"talk"}


def test_each_transcript_is_decoded_once_however_many_files_have_no_transcript(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded: list[str] = []
    real = readers.decode

    def decode(data: bytes, path: str, encoding: str | None = None) -> str:
        decoded.append(path)
        return real(data, path, encoding)

    monkeypatch.setattr(readers, "decode", decode)
    strays = [Source(f"content/transcripts/z{at}.yml", f"z{at}", STRAY.encode()) for at in range(5)]
    withholding.collect(Sources(transcripts=(OTHER,), sidecars={each.slug: each for each in strays}))
    assert decoded.count(OTHER.path) == 1
    decoded.clear()
    withholding.collect(Sources(transcripts=(OTHER,)))
    assert decoded == []
