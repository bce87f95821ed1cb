"""Pages load little, don't move while loading, show first what matters, can be printed, and help on a wrong address."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Response, expect

from talkbook.text import escape

TALK = "transcripts/gemini-3-pre-training/"
BYTES = {"": 80_000, "topics/": 80_000, "topics/evals/": 75_000, TALK: 165_000, "people/sebastian-borgeaud/": 110_000}
SHARED = 470_000  # bytes of the files that all pages use, before compression, mostly Material's style sheet and script
REQUESTS = 13
SHIFT = """() => new Promise((resolve) => {
  let shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(shift), 300);
})"""
TOPICS = ["evals", "mixture-of-experts", "transformer", "data-limited-regime", "neurips"]


def asked(page: Page, path: str) -> list[Response]:
    """Return everything that is loaded for the page at a path."""
    responses: list[Response] = []

    def note(response: Response) -> None:  # Playwright takes no method of a list
        responses.append(response)

    page.on("response", note)
    page.goto(path, wait_until="networkidle")
    return responses


@pytest.mark.parametrize("path", BYTES)
def test_the_first_page_loads_few_bytes(page: Page, path: str) -> None:
    responses = asked(page, path)
    sizes = {response.url: len(response.body()) for response in responses}
    assert len(responses) <= REQUESTS, sorted(sizes)
    assert sizes.pop(responses[0].url) <= BYTES[path]
    assert sum(sizes.values()) <= SHARED, sizes


def test_search_is_not_loaded_before_it_is_used(page: Page) -> None:
    responses = asked(page, "topics/evals/")
    search = re.compile(r"/search/|workers/")
    assert [response.url for response in responses if search.search(response.url)] == []
    page.get_by_role("textbox", name="Search").fill("chinchilla")
    page.keyboard.press("End")  # Material reads the box on keyup
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    assert [response.url for response in responses if search.search(response.url)]


@pytest.mark.parametrize("path", ["", "topics/evals/", TALK])
def test_nothing_moves_while_a_page_loads_slowly(page: Page, path: str) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    slow = {"offline": False, "latency": 100, "downloadThroughput": 400_000, "uploadThroughput": 200_000}
    session.send("Network.emulateNetworkConditions", slow)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(path, wait_until="networkidle")
    assert page.evaluate(SHIFT) <= 0.02


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1440, 900)])
def test_the_first_quote_is_on_the_first_screen(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    for slug in TOPICS:
        page.goto(f"topics/{slug}/")
        box = page.locator(".tb-card blockquote").first.bounding_box()
        assert box
        assert box["y"] < height, slug


@pytest.mark.parametrize("page", [{}, {"java_script_enabled": False}], indirect=True)
def test_a_folded_explanation_opens(page: Page) -> None:
    page.goto("topics/evals/")
    text = page.locator(".tb-explanation")
    expect(text).to_be_hidden()
    page.locator(".tb-fold > summary").click()
    expect(text).to_be_visible()


@pytest.mark.parametrize("path", ["", "topics/evals/", "topics/"])
def test_marks_and_rows_are_large_enough_for_a_finger(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(path)
    marks = page.locator(".tb-strip a, .tb-map td a:visible, .tb-topic-map li")
    assert marks.count()
    for mark in marks.all():
        box = mark.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 23.9, mark.get_attribute("title")


def test_an_hours_transcript_prints_on_25_pages(page: Page) -> None:
    page.goto(TALK)
    for size in ("A4", "Letter"):
        assert len(re.findall(rb"/Type\s*/Page(?!s)", page.pdf(format=size))) <= 25
    page.emulate_media(media="print")
    expect(page.locator(".md-header")).to_be_hidden()
    expect(page.locator(".tb-printed")).to_contain_text(TALK)


def test_a_wrong_address_shows_the_most_similar_titles(page: Page, quotes: list[dict[str, Any]]) -> None:
    page.goto("404.html")
    page.evaluate("history.replaceState(null, '', location.pathname.replace('404.html', 'topics/mixtures-of-expert/'))")
    page.add_script_tag(url=page.locator("script[src$='nearest.js']").evaluate("script => script.src"))
    nearest = page.locator("[data-nearest] a").first
    expect(nearest).to_have_text("Mixture of experts")
    expect(nearest).to_have_attribute("href", re.compile(r"/topics/mixture-of-experts/$"))


def test_a_suggested_title_is_shown_as_it_is_written(page: Page) -> None:
    title = r"R&D, 2 * [1 < 2] & \a"
    listed = f"- [{escape.markdown(title)}](topics/research-and-development.md)\n"
    page.route("**/llms.txt", lambda route: route.fulfill(body=listed))
    page.goto("404.html")
    page.evaluate(
        "history.replaceState(null, '', location.pathname.replace('404.html', 'topics/research-development/'))"
    )
    page.add_script_tag(url=page.locator("script[src$='nearest.js']").evaluate("script => script.src"))
    expect(page.locator("[data-nearest] a")).to_have_text(title)
