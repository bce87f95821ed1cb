"""An offline copy of the real site, opened from a disk, works without a server and makes no request to any host."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tabs import opened
from test_browser import find, lands, passage

import building
from making import ROOT

TALK = "transcripts/gemini-3-pre-training.html"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `make offline` makes, at a path with characters that must be escaped in an address."""
    folder = tmp_path_factory.mktemp("disk") / "a copy, 100% ours #1"
    assert building.build(ROOT, folder, "mkdocs.offline.yml") == []
    return folder


@pytest.fixture(scope="module")
def quote(copy: Path) -> dict[str, Any]:
    """A quote from the middle of the conversation."""
    quotes = json.loads((copy / "quotes.json").read_text("utf-8"))
    return dict(quotes[len(quotes) // 2])


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def tab(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page for which requests to any host and script errors fail the test."""
    enabled = request.getfixturevalue("scripts") if "scripts" in request.fixturenames else True
    own = lambda url: url.startswith(("file:", "data:", "blob:"))  # noqa: E731
    with opened(browser, own, java_script_enabled=enabled) as page:
        yield page


def at(copy: Path, address: str) -> str:
    path, _, anchor = address.partition("#")
    return (copy / path).as_uri() + (f"#{anchor}" if anchor else "")


def test_a_reader_goes_from_the_start_page_to_the_place_in_the_transcript(
    copy: Path, quote: dict[str, Any], tab: Page, scripts: bool
) -> None:
    tab.goto(at(copy, "index.html"))
    expect(tab.locator("h1").first).to_be_visible()
    tab.locator("a[href='topics/index.html']").locator("visible=true").first.click()
    tab.locator(f"article a[href$='topics/{quote['topics'][0]}.html']").first.click()
    expect(tab.locator(f"figure[id='{quote['id']}']")).to_be_attached()
    tab.locator(f"#{quote['id']} figcaption a[href*='transcripts/']").first.click()
    tab.wait_for_url(f"**/{TALK}#{quote['id']}")
    lands(tab, passage(tab, quote["id"]))


def test_a_link_into_the_copy_lands_on_its_passage(copy: Path, quote: dict[str, Any], tab: Page, scripts: bool) -> None:
    tab.goto(at(copy, f"{TALK}#{quote['id']}"))
    lands(tab, passage(tab, quote["id"]))


def test_a_page_has_its_fonts_and_styles(copy: Path, quote: dict[str, Any], tab: Page) -> None:
    tab.goto(at(copy, f"quotes/{quote['id']}.html"))
    assert tab.evaluate("document.fonts.ready.then(all => [...all].some(each => each.status === 'loaded'))")
    assert tab.evaluate("[...document.styleSheets].every(each => each.href === null || each.href.startsWith('file:'))")
    broken = "[...document.images].filter(each => each.complete && !each.naturalWidth).map(each => each.src)"
    assert tab.evaluate(broken) == []


def test_search_finds_the_topic_first_and_it_opens(copy: Path, tab: Page) -> None:
    tab.goto(at(copy, "people/index.html"))
    first = find(tab, "MoE").first
    assert re.search(r"topics/mixture-of-experts\.html(?:[?#]|$)", first.get_attribute("href") or "")
    first.click()
    tab.wait_for_url("**/topics/mixture-of-experts.html*")
    expect(tab.locator("article h1")).to_have_text(re.compile("Mixture of experts"))


def test_a_search_result_lands_on_its_passage(copy: Path, quote: dict[str, Any], tab: Page) -> None:
    tab.goto(at(copy, "index.html"))
    words = re.sub(r"[^\w\s]", " ", quote["text"])
    find(tab, " ".join(words.split()[3:13]))
    result = tab.locator(f"[data-md-component=search-result] a[href*='{quote['id']}']").first
    expect(result).to_be_attached()
    result.evaluate("each => each.click()")
    tab.wait_for_url(f"**#{quote['id']}")
    expect(tab.locator(f"#{quote['id']}")).to_be_in_viewport()


def test_the_cite_menu_links_to_the_citations_that_it_cannot_fetch(
    copy: Path, quote: dict[str, Any], tab: Page
) -> None:
    said: list[str] = []
    tab.goto(at(copy, f"topics/{quote['topics'][0]}.html"))
    tab.on("console", lambda message: said.append(message.text))
    menu = tab.locator(f"figure[id='{quote['id']}'] details.tb-cite")
    menu.locator("summary").click()
    expect(menu.locator("code")).to_contain_text(f"quotes/{quote['id']}/")
    assert said == []
    menu.locator("a").click()
    tab.wait_for_url(f"**/quotes/{quote['id']}.html#cite")
    expect(tab.locator(".tb-quote-page textarea")).to_have_count(12)
    expect(tab.locator("button.tb-cite-copy")).to_have_count(12)
    assert f"quotes/{quote['id']}/" in tab.locator("[data-format=url], [data-format=link]").first.input_value()


def test_a_readers_choices_are_kept_from_page_to_page(copy: Path, quote: dict[str, Any], tab: Page) -> None:
    tab.goto(at(copy, f"quotes/{quote['id']}.html"))
    tab.locator(".tb-switch input").first.check()
    tab.goto(at(copy, TALK))
    expect(tab.locator(".tb-switch input").first).to_be_checked()
