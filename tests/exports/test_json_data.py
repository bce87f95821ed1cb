"""The JSON files agree with the source and are valid by their schemas."""

import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from making import booked, page, site, whole
from talkbook.book.book import Book
from talkbook.exports import json_data
from talkbook.pages.page import Addresses
from talkbook.transcripts import source_map

TALK = (
    ">> Why do evals matter?\n>> Um evals are are tests, and the reason that we need VIP coding evals is that without "
    "them nobody knows what a model of \U0001f600 can do, not even we.\n>> Thanks.\n"
)
TOPICS = {
    "evals": page("Evals", "Evals are tests of models.", aliases="[eval]", related="[models]"),
    "models": page("Models", "A model does things; evals test models.", broader="[evals]", summary="What is tested."),
}
SIDE = "title: A talk\nspeakers:\n  ann: {name: Ann}\n  ben: {name: Ben}\nturns:\n  - ann: Why do\n  - ben: Um evals\n"
LEXICON = "corrections:\n  - {heard: VIP coding, means: vibe coding}\n"
NAMES = ("topics", "quotes", "transcripts")


@pytest.fixture(scope="module")
def made() -> Book:
    return booked({"talk": TALK}, TOPICS, {"talk": SIDE}, LEXICON)


def read(book: Book, addresses: Addresses | None = None) -> dict[str, Any]:
    texts = whole(site(book, addresses=addresses or Addresses()))
    return {name: json.loads(texts[f"{name}.json"]) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_each_file_is_valid_by_the_schema_that_ships_with_it(made: Book, name: str) -> None:
    texts = whole(site(made))
    schema = json.loads(texts[f"schemas/{name}.schema.json"])
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(texts[f"{name}.json"]))


@pytest.mark.parametrize("name", NAMES)
def test_every_field_is_described_or_says_its_kind(made: Book, name: str) -> None:
    schema = json.loads(whole(site(made))[f"schemas/{name}.schema.json"])
    assert schema["description"]
    fields = schema["items"]["properties"]
    assert set(schema["items"]["required"]) == set(fields)
    assert all("type" in field or "enum" in field for field in fields.values())


def test_a_quote_is_the_source_and_what_is_shown_of_it(made: Book) -> None:
    (transcript,) = made.transcripts
    assert transcript.source == TALK
    values = read(made)["quotes"]
    assert values
    for quote in values:
        assert TALK[quote["start"] : quote["end"]] == quote["exact"]
        assert quote["text"] == source_map.shown(TALK, transcript.edits, quote["start"], quote["end"])
    assert "VIP coding" in values[0]["exact"]
    assert "vibe coding" in values[0]["text"]
    assert values[0]["speaker"] == "Ben"


def test_an_unknown_speaker_is_null(made: Book) -> None:
    (transcript,) = read(made)["transcripts"]
    assert [turn["speaker"] for turn in transcript["turns"]] == ["Ann", "Ben", None]
    assert transcript["speakers"] == ["Ann", "Ben"]
    assert transcript["source"] == "content/transcripts/talk.txt"
    assert [TALK[turn["start"] : turn["end"]] for turn in transcript["turns"]] == [
        line.removeprefix(">> ") for line in TALK.strip().split("\n")
    ]


def test_what_is_named_is_there(made: Book) -> None:
    values = read(made)
    slugs = {topic["slug"] for topic in values["topics"]}
    quotes = {quote["id"]: quote for quote in values["quotes"]}
    turns = {turn["id"] for transcript in values["transcripts"] for turn in transcript["turns"]}
    for topic in values["topics"]:
        assert {*topic["related"], *topic["broader"]} <= slugs
        assert all(topic["slug"] in quotes[name]["topics"] for name in topic["quotes"])
    for quote in quotes.values():
        assert {*quote["topics"]} <= slugs
        assert quote["turn"] in turns
        assert quote["transcript"] == "talk"
        assert quote["url"] == f"quotes/{quote['id']}/"


def test_who_chose_is_said(made: Book) -> None:
    pinned = booked({"talk": TALK}, {"evals": page("Evals", quotes='{pin: ["Why do"]}')})
    assert ["editor" if "Why do" in quote["exact"] else "generator" for quote in read(pinned)["quotes"]] == [
        quote["selected_by"] for quote in read(pinned)["quotes"]
    ]
    assert {quote["selected_by"] for quote in read(made)["quotes"]} == {"generator"}


def test_addresses_follow_the_site(made: Book) -> None:
    for directories in (True, False):
        addresses = Addresses(directories)
        for name, values in read(made, addresses).items():
            for value in values:
                assert value["url"] == addresses.of(f"{name}/{value.get('slug') or value['id']}")


@settings(max_examples=15)
@given(st.permutations(["evals", "models"]))
def test_the_order_of_files_does_not_change_what_is_said_of_topics(order: list[str]) -> None:
    value = read(booked({"talk": TALK}, {slug: TOPICS[slug] for slug in order}))["topics"]
    assert [topic["slug"] for topic in value] == ["evals", "models"]


def test_nothing_is_escaped_that_a_reader_could_read(made: Book) -> None:
    assert "\U0001f600".encode() in whole(site(made))["quotes.json"]


def test_a_large_archive_is_exported_in_little_more_memory_than_the_file_has_bytes() -> None:
    talk = "".join(f">> Line {at} of it.\n" for at in range(40))
    book = booked({f"talk-{at}": talk for at in range(40)}, sides={f"talk-{at}": "title: “Ja” 中" for at in range(40)})
    make = json_data.files(book, Addresses())["transcripts.json"]
    size = len(make())
    tracemalloc.start()
    make()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 100_000
    assert peak < 1.5 * size
