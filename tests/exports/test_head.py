"""The head of each page: JSON-LD in schema.org's terms, OpenGraph, alternates, oEmbed."""

import json
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from rdflib import RDF, Graph
from rdflib.namespace import SDO

import markup as dom
from making import pages_of, site
from talkbook.book.book import Book
from talkbook.exports import head
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Page

URL = "https://book.example/talks/"


@pytest.fixture(scope="module")
def pages(context: RenderContext) -> Mapping[str, Page]:
    return {page.uri: head.with_head(context, page) for page in pages_of(context)}


def parsed(page: Page) -> Element:
    return dom.parse(f"<!doctype html><title>t</title>{page.head}")


def data(page: Page) -> Any:
    scripts = [each.text for each in parsed(page).iter("script") if each.get("type") == "application/ld+json"]
    assert len(scripts) == 1
    return json.loads(scripts[0] or "")


def subject(page: Page) -> dict[str, Any]:
    first: dict[str, Any] = data(page)["@graph"][0]
    return first


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # raised within RDFLib
def test_every_term_is_one_of_schema_org(pages: Mapping[str, Page]) -> None:
    for page in pages.values():
        value = data(page) | {"@context": {"@vocab": str(SDO)}}
        graph = Graph().parse(data=json.dumps(value), format="json-ld")
        assert len(graph)
        terms = {*graph.predicates(), *graph.objects(None, RDF.type)} - {RDF.type}
        assert not [term for term in terms if str(term).removeprefix(str(SDO)) not in SDO]


def test_each_kind_of_page_has_its_type(pages: Mapping[str, Page]) -> None:
    kinds = {"index": "WebSite", "topics/index": "DefinedTermSet", "topics/evals": "DefinedTerm"}
    kinds |= {"transcripts/talk": "PodcastEpisode", "people/ben": "Person"}
    for uri, kind in kinds.items():
        assert subject(pages[uri])["@type"] == kind


def test_a_topic_is_a_term_of_the_set(pages: Mapping[str, Page]) -> None:
    value = subject(pages["topics/evals"])
    assert value["name"] == "Evals"
    assert value["alternateName"] == ["eval", "evaluation"]
    assert value["inDefinedTermSet"]["@id"] == subject(pages["topics/index"])["@id"] == f"{URL}topics/#scheme"


def test_an_episode_has_its_show_its_date_and_its_people(pages: Mapping[str, Page]) -> None:
    value = subject(pages["transcripts/talk"])
    assert value["partOfSeries"] == {"@type": "PodcastSeries", "name": "The Show"}
    assert value["datePublished"] == "2024-02-29"
    assert value["timeRequired"] == "PT1H2M03S"
    assert [person["name"] for person in value["contributor"]] == ["Ann <Lee>", "Ben"]


def test_a_quotation_says_who_spoke_it(pages: Mapping[str, Page], made: Book) -> None:
    quote = next(quote for quote in made.quotes if quote.speaker == "ben")
    value = subject(pages[f"quotes/{quote.id}"])
    assert value["@type"] == "Quotation"
    assert value["spokenByCharacter"]["name"] == "Ben"
    assert value["creator"] == {"@id": value["spokenByCharacter"]["@id"]}
    assert value["isPartOf"]["@id"] == subject(pages["transcripts/talk"])["@id"]


def test_the_trail_leads_from_home_to_the_page(pages: Mapping[str, Page]) -> None:
    trail = data(pages["topics/evals"])["@graph"][1]
    assert trail["@type"] == "BreadcrumbList"
    assert [step["position"] for step in trail["itemListElement"]] == [1, 2, 3]
    assert [step["item"] for step in trail["itemListElement"]] == [URL, f"{URL}topics/", f"{URL}topics/evals/"]


def test_no_words_escape_from_the_script_or_an_attribute(pages: Mapping[str, Page]) -> None:
    for page in pages.values():
        tags = {str(each.tag) for each in parsed(page).iter()}
        assert tags <= {"html", "head", "body", "title", "meta", "link", "script"}
        assert page.head.count("</script") == 1


def test_opengraph_shows_title_description_and_card(pages: Mapping[str, Page]) -> None:
    page = pages["topics/evals"]
    tags = {each.get("property") or each.get("name"): each.get("content") for each in parsed(page).iter("meta")}
    assert tags["og:title"] == "Evals"
    assert tags["og:description"] == page.description == 'Tests & "scores" </script>.'
    assert tags["og:url"] == f"{URL}topics/evals/"
    assert tags["og:image"] == f"{URL}cards/topics/evals.png"
    assert (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")
    assert tags["twitter:card"] == "summary_large_image"


def test_alternates_lead_to_files_that_are_there(pages: Mapping[str, Page], files: Mapping[str, str]) -> None:
    for uri, page in pages.items():
        found = {each.get("type"): each.get("href") or "" for each in parsed(page).iter("link")}
        assert found["text/markdown"].lstrip("./") == f"{uri}.md"
        assert found["application/atom+xml"].lstrip("./") == "feed.xml"
        assert ("application/json+oembed" in found) == uri.startswith("quotes/")
        if uri.startswith("quotes/"):
            assert found["application/json+oembed"].removeprefix(URL) in files


def test_without_an_address_of_the_site_nothing_claims_one(made: Book) -> None:
    for page in pages_of(site(made)):
        tags = head.tags(site(made), page)
        assert "og:" not in tags
        assert "ld+json" not in tags
        assert "text/markdown" in tags
