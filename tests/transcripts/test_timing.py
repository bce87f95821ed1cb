"""Times of words: exact at cues, estimated and marked as such within long turns, and never exported if estimated."""

import json

import making
from making import booked, page, site
from talkbook.model import Transcript
from talkbook.pages import places, routes
from talkbook.transcripts import timing

LONG = " ".join(f"Sentence {number} tells us what the worms of the garden eat." for number in range(200))
TALK = f"Ida Moss (00:00:00):\nWhy worms?\n\nTom Reed (00:00:42):\n{LONG}\n\nIda Moss (00:30:00):\nSo compost.\n"


def talk(text: str = TALK, side: str = "") -> Transcript:
    (made,) = booked({"talk.txt": text}, sides={"talk": side} if side else {}).transcripts
    return made


def where(made: Transcript, words: str) -> str:
    return places.place(made, made.source.index(words))


def test_a_time_within_a_long_turn_is_estimated_and_marked() -> None:
    made = talk()
    assert where(made, "Sentence 0 ") == "0:42"
    assert where(made, "So compost") == "30:00"
    minutes = [where(made, f"Sentence {number} ").removeprefix("about ").split(":") for number in (50, 100, 150)]
    assert [abs(int(found[0]) - meant) <= 1 for found, meant in zip(minutes, (8, 15, 22), strict=True)] == [True] * 3
    assert where(made, "Sentence 100 ").startswith("about ")


def test_estimates_are_in_order_and_never_beyond_the_next_time() -> None:
    made = talk()
    found = [*timing.moments(made, range(made.source.index("Sentence 0 "), made.source.index("So compost"), 50))]
    seconds = [each.seconds for each in found if each]
    assert seconds == sorted(seconds)
    assert 42 <= seconds[0] <= seconds[-1] <= 1800


def test_after_the_last_time_estimates_use_the_length_or_the_pace() -> None:
    text = TALK.partition("Ida Moss (00:30:00)")[0]
    assert where(talk(text, "duration: '40:42'\n"), "Sentence 100 ").startswith("about 20:")
    assert where(talk(text), "Sentence 199 ").startswith("about ")


def test_a_close_time_counts_as_exact() -> None:
    cues = "".join(f"\n00:{at:02}.000 --> 00:{at + 5:02}.000\nWords {at} of a cue.\n" for at in range(0, 55, 5))
    (made,) = booked({"talk.vtt": f"WEBVTT\n{cues}"}).transcripts
    assert [each.about for each in timing.moments(made, range(len(made.source))) if each] == [False] * len(made.source)


def test_no_export_holds_an_estimate() -> None:
    book = booked({"talk.txt": TALK}, {"worms": page("Worms", quotes='{pin: ["Sentence 100 tells us"]}')})
    files = making.whole(site(book))
    quotes = json.loads(files["quotes.json"])
    (quote,) = [each for each in quotes if "Sentence 100 " in json.dumps(each)]
    assert quote["time"] is None
    assert "about 15:" in routes.spec(site(book), "topics/worms").make().html
