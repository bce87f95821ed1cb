"""Front matter of a transcript: read leniently, and under the sidecar."""

import datetime

import pytest

from talkbook.problems import ParseError
from talkbook.sources import sidecar
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
    side = frontmatter.read(FRONT, "talk.md")
    assert (side.title, side.date, side.tags) == (
        "A talk: on engines",
        datetime.date(2024, 8, 28),
        ("engines", "looms"),
    )
    assert [who.name for who in side.speakers] == ["Ada Lovelace", "Charles Babbage"]
    assert side.media == "https://example.org/watch?v=1"


def test_the_sidecar_wins() -> None:
    front = frontmatter.read(FRONT, "talk.md")
    side = frontmatter.under(sidecar.read("title: Better", "talk.yml"), front)
    assert (side.title, side.date, side.speakers, side.path) == ("Better", front.date, (), "talk.yml")


def test_values_that_make_no_sense_are_passed_over() -> None:
    side = frontmatter.read("date: someday\ntitle: [a]\nspeakers: 7\nurl: javascript:x\n", "talk.md")
    assert (side.date, side.title, side.url) == (None, "", "")


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ('title: x\nnote: "open\n', "talk.md:4: The front matter is not valid YAML."),
        ("- title\n", "talk.md:2: The front matter is no list of keys and values."),
        ("title: x\nprivat:\n  - {from: a, to: b}\n", 'talk.md:3: Unknown key "privat".'),
        ("talkbook:\n  private:\n    - {from: a, to: b}\n", 'talk.md:3: Unknown key "private".'),
        ("private: true\n", 'talk.md:2: "private" is a text.'),
        ("private:\n  - {from: a}\n", 'talk.md:3: The key "to" is missing in "private.0".'),
    ],
)
def test_what_may_say_what_is_private_and_is_not_understood_is_refused(front: str, said: str) -> None:
    with pytest.raises(ParseError) as refused:
        frontmatter.read(front, "talk.md")
    (problem,) = refused.value.problems
    assert str(problem).startswith(said)
    assert problem.hint


@pytest.mark.parametrize("nothing", ["private: false\n", "private: []\n", "title: x\ntags: [private]\n"])
def test_what_says_that_nothing_is_private_is_believed(nothing: str) -> None:
    assert frontmatter.read(nothing, "talk.md").private == ()


def test_what_is_private_is_taken_from_both() -> None:
    front = frontmatter.read("title: x\nprivate:\n  - {from: a, to: b}\n", "talk.md")
    side = frontmatter.under(sidecar.read("private:\n  - {from: c, to: d}\n", "talk.yml"), front)
    assert [(each.start.text, each.start.line, each.path) for each in side.private] == [
        ("c", 2, "talk.yml"),
        ("a", 4, "talk.md"),
    ]


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
    assert frontmatter.read(line, "talk.md").media == media
