"""Front matter of a transcript is read leniently, and the sidecar takes precedence."""

import datetime

import pytest

from making import booked
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


def test_keys_of_a_sidecar_are_read_and_others_ignored() -> None:
    side = frontmatter.read(FRONT, "talk.md")
    assert (side.title, side.date, side.tags) == (
        "A talk: on engines",
        datetime.date(2024, 8, 28),
        ("engines", "looms"),
    )
    assert [who.name for who in side.speakers] == ["Ada Lovelace", "Charles Babbage"]
    assert side.media == "https://example.org/watch?v=1"


def test_the_sidecar_takes_precedence() -> None:
    front = frontmatter.read(FRONT, "talk.md")
    side = frontmatter.under(sidecar.read("title: Better", "talk.yml"), front)
    assert (side.title, side.date, side.speakers, side.path) == ("Better", front.date, (), "talk.yml")


def test_invalid_values_are_ignored() -> None:
    side = frontmatter.read("date: someday\ntitle: [a]\nspeakers: 7\nurl: javascript:x\n", "talk.md")
    assert (side.date, side.title, side.url) == (None, "", "")


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ('title: x\nprivat: "open\n', "talk.md:4: The front matter is not valid YAML."),
        ("title: x: y\n  Private:\n", "talk.md:2: The front matter is not valid YAML."),
        ("title: x: y\nprivatePassages:\n", "talk.md:2: The front matter is not valid YAML."),
        ("title: x: y\nnonprivate_parts:\n", "talk.md:2: The front matter is not valid YAML."),
        ("- title\n", "talk.md:2: The front matter is not a list of keys and values."),
        ("title: x\nprivat:\n  - {from: a, to: b}\n", 'talk.md:3: Unknown key "privat".'),
        ("talkbook:\n  private:\n    - {from: a, to: b}\n", 'talk.md:3: Unknown key "private".'),
        ("privatePassages:\n  - {from: a, to: b}\n", 'talk.md:2: Unknown key "privatePassages".'),
        ("more:\n  not private: {from: a, to: b}\n", 'talk.md:3: Unknown key "not private".'),
        ("private: true\n", 'talk.md:2: "private" is text.'),
        ("private:\n  - {from: a}\n", 'talk.md:3: The key "to" is missing in "private.0".'),
    ],
)
def test_an_unclear_private_key_is_rejected(front: str, said: str) -> None:
    with pytest.raises(ParseError) as refused:
        frontmatter.read(front, "talk.md")
    (problem,) = refused.value.problems
    assert str(problem).startswith(said)
    assert problem.hint


def test_of_front_matter_that_is_not_yaml_the_single_lines_are_read() -> None:
    side = frontmatter.read(
        "title: Engines: a talk\ndate: 2024-08-28\nguest: 'Ada Lovelace'\nnotes: first\n\nA second: paragraph.\n",
        "talk.md",
    )
    assert (side.title, side.date) == ("Engines: a talk", datetime.date(2024, 8, 28))
    assert [who.name for who in side.speakers] == ["Ada Lovelace"]
    (problem,) = side.problems
    assert problem.warning
    assert not side.unknown_keys
    assert str(problem).startswith("talk.md:2: The front matter is not valid YAML.")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: Engines: a talk # do not tell anyone", "Engines: a talk"),
        ("title: Engines: a talk \t# do: not # tell", "Engines: a talk"),
        ("title: A talk # do not tell anyone", "A talk"),
        ("title: # do not tell anyone", ""),
        ("title: 'Engine #1' # do not tell anyone", "Engine #1"),
        ("title: Engine#1: a talk", "Engine#1: a talk"),
    ],
)
def test_a_comment_is_not_shown_even_if_the_front_matter_is_not_yaml(line: str, title: str) -> None:
    assert frontmatter.read(f"{line}\nnote: a: b\n", "talk.md").title == title


@pytest.mark.parametrize(
    "nothing",
    ["private: false\n", "private: []\n", "feed_is_private: true\nprivate_notes: []\n", "title: x\ntags: [private]\n"],
)
def test_private_false_makes_nothing_private(nothing: str) -> None:
    assert frontmatter.read(nothing, "talk.md").private == ()


def test_private_passages_of_both_files_are_private() -> None:
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
def test_invalid_addresses_and_recordings_are_ignored(line: str, media: str) -> None:
    assert frontmatter.read(line, "talk.md").media == media


def test_keys_of_other_tools_are_understood() -> None:
    side = frontmatter.read(
        "guest: Ada Lovelace & Charles Babbage\nHost: [Ida Moss]\nyoutube-url: https://youtu.be/dQw4w9WgXcQ\n"
        "publish_date: Sun, 03 Mar 2024 08:00:00 GMT\nkeywords: [looms]\nduration_seconds: 6141.0\nview_count: 7\n",
        "talk.md",
    )
    assert [(who.name, who.role) for who in side.speakers] == [
        ("Ida Moss", "host"), ("Ada Lovelace", "guest"), ("Charles Babbage", "guest")
    ]  # fmt: skip
    assert (side.media, side.date) == ("https://youtu.be/dQw4w9WgXcQ", datetime.date(2024, 3, 3))
    assert (side.tags, side.duration, side.unknown_keys) == (("looms",), "1:42:21", ("view_count",))


@pytest.mark.parametrize("day", ["2024-03-03T09:00", "20240303", "2024/03/03", "March 3, 2024", "3 Mar 2024"])
def test_dates_are_read_in_many_formats(day: str) -> None:
    assert frontmatter.read(f"published: {day}\n", "talk.md").date == datetime.date(2024, 3, 3)


def test_an_invalid_value_gives_way_to_the_next_key() -> None:
    side = frontmatter.read("date: soon\nrecorded: 2024-03-03\nmedia: x:y\nvideo_id: dQw4w9WgXcQ\n", "talk.md")
    assert (side.date, side.media) == (datetime.date(2024, 3, 3), "https://www.youtube.com/watch?v=dQw4w9WgXcQ")


def test_unknown_keys_are_reported_once_per_archive() -> None:
    made = booked({f"talk-{at}.md": f"---\nviews: 7\nodd{at}: x\n---\nIda: So.\n\nTom: Yes.\n" for at in range(3)})
    assert [str(each) for each in made.problems if "doesn't use" in each.message] == [
        "content/transcripts/talk-0.md: The front matter has keys that Talkbook doesn't use: "
        "views (3 files), odd0 (1 file), odd1 (1 file), odd2 (1 file). If one of them means the same as title, "
        "show, episode, description, date, duration, url, media, tags, language or speakers, rename it; the others can "
        "stay."
    ]


def speakers(text: str, sides: str = "") -> list[str | None]:
    (transcript,) = booked({"talk.md": text}, sides={"talk": sides} if sides else {}).transcripts
    return [turn.speaker for turn in transcript.turns]


def test_the_only_person_introduced_speaks_in_a_talk_without_labels() -> None:
    talk = "---\nspeakers: [Ada Lovelace]\n---\n# Engines\n\nThey weave.\n\n## Looms\n\nSo do looms.\n"
    assert speakers(talk) == ["ada-lovelace"] * 2
    assert speakers(f"{talk}\nQ: Why?\n\nA: They do.\n\nQ: Do they?\n") == ["ada-lovelace"] * 2 + [None] * 3
    assert speakers(f"{talk}\n## References\n\nA book.\n") == ["ada-lovelace"] * 2 + [None]


def test_an_introduced_person_is_not_assumed_to_speak_if_others_may() -> None:
    for front in ("speakers: [Ada, Bob]", "guest: Ada", "speakers: Ada\nhost: Bob"):
        assert speakers(f"---\n{front}\n---\nThey weave.\n") == [None]
    assert speakers("---\nspeaker: Ada\n---\n>> They weave.\n>> Do they?\n") == [None, None]
    assert speakers("---\nspeaker: Ada\n---\nThey weave.\n", "turns: [{unknown: They}]\n") == [None]


def test_the_front_matter_says_who_is_host() -> None:
    (transcript,) = booked(
        {"talk.md": "---\nhost: Ida Moss\n---\nIda: So.\n\nTom: Yes.\n\nIda: So.\n\nTom: So.\n"}
    ).transcripts
    assert [(each.name, each.role) for each in transcript.speakers] == [("Ida Moss", "host"), ("Tom", "")]
