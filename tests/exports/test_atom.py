"""feed.xml, as a feed reader sees it."""

from collections.abc import Mapping
from xml.etree import ElementTree

import feedparser

from making import booked, page, site
from talkbook.exports import atom

URL = "https://book.example/talks/"


def test_conversations_and_topics_are_entries_with_true_dates(files: Mapping[str, str]) -> None:
    feed = feedparser.parse(files["feed.xml"])
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.title == "The Book"
    assert feed.feed.updated == "2024-02-29T00:00:00Z"
    assert feed.entries[0].link == f"{URL}transcripts/talk/"
    assert {f"{URL}topics/evals/", f"{URL}topics/models/"} <= {entry.link for entry in feed.entries}
    assert {entry.updated for entry in feed.entries} == {"2024-02-29T00:00:00Z"}
    assert feed.entries[0].title == 'Talk & "more"'


def test_every_element_that_atom_demands_is_there_once(files: Mapping[str, str]) -> None:
    name = "{http://www.w3.org/2005/Atom}"
    root = ElementTree.fromstring(files["feed.xml"])
    for each in (root, *root.findall(f"{name}entry")):
        for child in ("id", "title", "updated"):
            assert len(each.findall(f"{name}{child}")) == 1
    assert root.find(f"{name}author/{name}name") is not None
    ids = [each.findtext(f"{name}id") for each in root.findall(f"{name}entry")]
    assert len(ids) == len(set(ids))


def test_there_is_no_feed_where_no_date_is_known() -> None:
    made = booked({"talk": ">> Evals are tests of models.\n"}, {"evals": page("Evals")})
    assert atom.feed(site(made, url=URL)) == ""
    assert not made.dated


def test_a_character_that_xml_forbids_does_not_break_it() -> None:
    made = booked({"talk": ">> Evals.\n"}, {}, {"talk": 'title: "a\\u0007b"\ndate: 2024-01-02\n'})
    assert feedparser.parse(atom.feed(site(made, url=URL, name="N\x08"))).entries[0].title == "ab"
