"""Quotes in other sites' pages: the oEmbed response, and the page in its frame."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

import markup as dom
from making import booked, page, site
from talkbook.book import citation
from talkbook.pages.context import RenderContext
from talkbook.pages.quotes import citations, embed

URL = "https://book.example/talks/"


@pytest.fixture(scope="module")
def pages(context: RenderContext) -> Mapping[str, str]:
    return {citations.embedded(quote): embed.html(context, quote.id) for quote in context.book.quotes}


def test_the_answer_is_a_rich_one_of_oembed(files: Mapping[str, str], context: RenderContext) -> None:
    for quote in context.book.quotes:
        answer = json.loads(files[f"embed/{quote.id}.json"])
        assert (answer["version"], answer["type"]) == ("1.0", "rich")
        assert {"html", "width", "height", "title", "provider_name", "provider_url"} <= set(answer)
        assert isinstance(answer["width"], int)
        assert isinstance(answer["height"], int)
        assert {"thumbnail_url", "thumbnail_width", "thumbnail_height"} <= set(answer)


def test_its_frame_shows_the_page_of_the_quote(
    files: Mapping[str, str], pages: Mapping[str, str], context: RenderContext
) -> None:
    for quote in context.book.quotes:
        (frame,) = dom.body(json.loads(files[f"embed/{quote.id}.json"])["html"])
        assert frame.tag == "iframe"
        assert frame.get("title")
        assert (frame.get("src") or "").removeprefix(URL) in pages


def test_the_page_stands_alone_and_runs_nothing(pages: Mapping[str, str]) -> None:
    for html in pages.values():
        page = dom.parse(html)
        assert not list(dom.requests(page))
        assert not {"script", "b2", "iframe"} & {str(each.tag) for each in page.iter()}
        assert "default-src 'none'" in html


def test_it_shows_the_words_the_speaker_and_the_way_back(pages: Mapping[str, str], context: RenderContext) -> None:
    for quote in context.book.quotes:
        page = dom.parse(pages[citations.embedded(quote)])
        said = citations.quotation(context, quote)
        words = dom.text(page)
        assert all(paragraph in words for paragraph in said.paragraphs)
        assert f"../quotes/{quote.id}/" in dom.links(page)
        assert f"../transcripts/talk/#{quote.id}" in dom.links(page)


def test_it_leads_to_a_recording_that_lies_in_the_site() -> None:
    sides = {"talk": 'media: audio/talk.mp3\nduration: "54:56"\n'}
    made = booked(
        {"talk": ">> Why looms?\n\n>> Looms wove plain cloth, and nobody thought of cards.\n"},
        {"looms": page("Looms")},
        sides,
    )
    frame = embed.html(site(made), made.quotes[0].id)
    assert any(link.startswith("../audio/talk.mp3#t=") for link in dom.links(dom.parse(frame)))


def test_the_frame_grows_with_the_words(context: RenderContext) -> None:
    said = citations.quotation(context, context.book.quotes[0])
    longer = replace(said, paragraphs=said.paragraphs * 3)
    assert citation.height(longer) > citation.height(said)
