"""A sidecar is read as text, without guessing types or meanings."""

import datetime

from talkbook.model import TextSelector
from talkbook.sources import sidecar

EVERYTHING = """\
title: "A talk: about it"
date: 2025-12-18
show: The Show
duration: 54:56
url: https://example.org/talk
media: https://example.org/talk.mp3
format: captions
encoding: latin-1
tags: [no, 1.0, 0x10]
speakers:
  ann: {name: Ann, role: host, labels: [Speaker 1, A]}
  ben: {name: Ben}
turns:
  - ann: Hello there
  - unknown: who is it
sections:
  - {at: Hello there, title: Start, kind: cold-open}
corrections:
  - in: the vip coding
    heard: vip coding
    means: vibe coding
    why: the term
private:
  - {from: my address, to: in Rome, why: she asked}
"""


def test_everything_that_it_can_say() -> None:
    found = sidecar.read(EVERYTHING, "talk.yml")
    assert found == sidecar.Sidecar(
        path="talk.yml",
        title="A talk: about it",
        date=datetime.date(2025, 12, 18),
        show="The Show",
        duration="54:56",
        url="https://example.org/talk",
        media="https://example.org/talk.mp3",
        format="captions",
        encoding="latin-1",
        tags=("no", "1.0", "0x10"),
        speakers=(sidecar.SpeakerEntry("ann", "Ann", "host", ("Speaker 1", "A")), sidecar.SpeakerEntry("ben", "Ben")),
        turns=(
            sidecar.TurnEntry(TextSelector("Hello there", 14), "ann"),
            sidecar.TurnEntry(TextSelector("who is it", 15), None),
        ),
        sections=(sidecar.SectionEntry(TextSelector("Hello there", 17), "Start", "cold-open"),),
        corrections=(
            sidecar.CorrectionEntry(TextSelector("the vip coding", 19), "vip coding", "vibe coding", "the term"),
        ),
        private=(sidecar.PrivateEntry(TextSelector("my address", 24), TextSelector("in Rome", 24)),),
    )


def test_nothing_is_needed() -> None:
    assert sidecar.read("", "talk.yml") == sidecar.Sidecar(path="talk.yml")
    assert sidecar.read("# a remark\n", "talk.yml") == sidecar.Sidecar(path="talk.yml")


def test_yaml_values_stay_text() -> None:
    found = sidecar.read("title: no\nduration: 1:30:00\nshow: 1e3\nepisode: 007\n", "talk.yml")
    assert (found.title, found.duration, found.show, found.episode) == ("no", "1:30:00", "1e3", "007")


def test_a_key_of_a_speaker_may_look_like_anything() -> None:
    found = sidecar.read("speakers:\n  1: {name: Ann}\nturns:\n  - 1: Hello\n", "talk.yml")
    assert found.turns[0].speaker == "1"
