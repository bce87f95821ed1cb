"""Front matter of a transcript: read leniently, and under the sidecar."""

import datetime

import pytest

from talkbook.sources import sidecar
from talkbook.sources.sidecar import Sidecar
from talkbook.transcripts import frontmatter

FRONT = """title: 'A talk: on engines'
date: 2024-08-28T10:00:00Z
transcript_by: somebody --needs-review
tags: [engines, looms]
speakers: ['Ada Lovelace', {name: Charles Babbage}]
media: https://example.org/watch?v=1
nonsense: {a: [b]}
"""


def test_what_a_sidecar_would_say_is_read_and_the_rest_passed_over() -> None:
    side, problems = frontmatter.read(FRONT, "talk.md")
    assert not problems
    assert (side.title, side.date, side.tags) == (
        "A talk: on engines",
        datetime.date(2024, 8, 28),
        ("engines", "looms"),
    )
    assert [who.name for who in side.speakers] == ["Ada Lovelace", "Charles Babbage"]
    assert side.media == "https://example.org/watch?v=1"


def test_the_sidecar_wins() -> None:
    front, _ = frontmatter.read(FRONT, "talk.md")
    side = frontmatter.under(sidecar.read("title: Better", "talk.yml"), front)
    assert (side.title, side.date, side.speakers, side.path) == ("Better", front.date, (), "talk.yml")


def test_values_that_make_no_sense_are_passed_over() -> None:
    side, problems = frontmatter.read("date: someday\ntitle: [a]\nspeakers: 7\nurl: javascript:x\n", "talk.md")
    assert (side.date, side.title, side.url) == (None, "", "")
    assert not problems


def test_broken_yaml_is_a_warning_with_its_line() -> None:
    side, problems = frontmatter.read('title: x\nnote: "open\n', "talk.md")
    assert side == Sidecar()
    assert [(each.path, each.line, each.warning) for each in problems] == [("talk.md", 4, True)]


@pytest.mark.parametrize(
    ("line", "media"),
    [
        ("audio: media/talk.mp3", "media/talk.mp3"),
        ("source: https://podcast.example/1", "https://podcast.example/1"),
        ("source: A talk in Bern", ""),
        ("source_file: talk.docx", ""),
        ("video: http://[::1", "http://[::1"),
    ],
)
def test_only_an_address_or_a_recording_is_one(line: str, media: str) -> None:
    side, problems = frontmatter.read(line, "talk.md")
    assert (side.media, problems) == (media, ())
