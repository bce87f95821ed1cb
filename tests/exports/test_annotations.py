"""annotations.json follows the Web Annotation model: only its terms, and selectors that agree."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from talkbook.book.book import Book

# The terms of http://www.w3.org/ns/anno.jsonld that each type of object may have.
TERMS = {
    "AnnotationCollection": {"@context", "id", "type", "label", "total", "first"},
    "AnnotationPage": {"id", "type", "startIndex", "items"},
    "Annotation": {"id", "type", "motivation", "body", "target"},
    "SpecificResource": {"type", "source", "purpose", "selector"},
    "TextualBody": {"type", "value", "format", "purpose"},
    "TextQuoteSelector": {"type", "exact", "prefix", "suffix"},
    "TextPositionSelector": {"type", "start", "end"},
}
MOTIVATIONS = {"classifying", "describing"}


@pytest.fixture(scope="module")
def value(files: Mapping[str, str]) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(files["annotations.json"])
    return read


def test_only_terms_of_the_context_stand_in_it(value: object) -> None:
    if isinstance(value, dict):
        assert set(value) <= TERMS[value["type"]]
        assert {value.get("motivation", "classifying"), value.get("purpose", "classifying")} <= MOTIVATIONS
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        test_only_terms_of_the_context_stand_in_it(inner)


def test_the_collection_says_how_many_and_holds_them(value: dict[str, Any], made: Book) -> None:
    items = value["first"]["items"]
    assert value["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert value["total"] == len(items) == len(made.quotes) > 0
    assert len({item["id"] for item in items}) == len(items)
    assert all(item["id"].startswith("https://book.example/talks/quotes/q-") for item in items)


def test_both_selectors_choose_the_same_passage_of_the_published_source(value: dict[str, Any], made: Book) -> None:
    source = made.transcripts[0].source
    for item in value["first"]["items"]:
        assert item["target"]["source"] == "https://book.example/talks/transcripts/talk.source.txt"
        quote, position = item["target"]["selector"]
        start, end = position["start"], position["end"]
        assert source[start:end] == quote["exact"]
        assert source[:start].endswith(quote["prefix"])
        assert source[end:].startswith(quote["suffix"])
        assert source.count(quote["prefix"] + quote["exact"] + quote["suffix"]) == 1


def test_what_is_private_is_not_in_it(files: Mapping[str, str]) -> None:
    assert not [path for path, text in files.items() if "4711" in str(text)]
