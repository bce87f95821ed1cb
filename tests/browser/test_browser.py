"""What a reader can do in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

import building

TALK = "transcripts/gemini-3-pre-training/"
NO_SCRIPTS = pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def corrected(quotes: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a quote with words that differ from the captions."""
    return max(quotes, key=lambda quote: len(quote["exact"]) - len(quote["text"]) + 50 * ("uh" not in quote["exact"]))


def passage(page: Page, name: str) -> Locator:
    """Return the first piece of a passage in the transcript."""
    return page.locator(f'.tb-transcript :is([id="{name}"], [data-quotes="{name}"])').first


def lands(page: Page, piece: Locator) -> None:
    """Assert that a passage is highlighted, in view, and not covered by the header."""
    expect(piece).to_be_in_viewport()
    page.wait_for_timeout(200)
    box, header = piece.bounding_box(), page.locator(".md-header").first.bounding_box()
    assert box is not None
    assert header is not None
    assert box["y"] >= header["y"] + header["height"]
    assert piece.evaluate("each => getComputedStyle(each).backgroundColor") not in ("rgba(0, 0, 0, 0)", "transparent")


@pytest.mark.parametrize(
    "page", [{}, {"java_script_enabled": False}, {"viewport": {"width": 360, "height": 740}}], indirect=True
)
def test_a_permalink_lands_on_its_passage(page: Page, quotes: list[dict[str, Any]]) -> None:
    for quote in (quotes[len(quotes) // 2], quotes[-1]):
        page.goto(f"{TALK}#{quote['id']}")
        lands(page, passage(page, quote["id"]))


@pytest.mark.parametrize("page", [{}, {"viewport": {"width": 360, "height": 740}}], indirect=True)
def test_the_speaker_is_in_view_wherever_a_quote_is_in_a_turn(page: Page, quotes: list[dict[str, Any]]) -> None:
    for quote in quotes[:: len(quotes) // 5]:
        page.goto("about:blank")  # otherwise Material may restore the scroll position
        page.goto(f"{TALK}#{quote['id']}")
        piece = passage(page, quote["id"])
        lands(page, piece)
        name = piece.locator("xpath=ancestor::div[@id][1]").locator("p:not([id]) > :first-child").first
        expect(name).to_have_text(quote["speaker"])
        box, header = name.bounding_box(), page.locator(".md-header").first.bounding_box()
        assert box and header and header["height"] <= box["y"] + 1 < 740


def test_printed_pages_have_no_menus_and_are_white(page: Page, quotes: list[dict[str, Any]]) -> None:
    asked: list[str] = []
    page.on("request", lambda each: asked.append(each.url))
    page.emulate_media(color_scheme="dark")
    page.goto(f"topics/{quotes[-1]['topics'][0]}/", wait_until="networkidle")
    asked.clear()
    page.emulate_media(color_scheme="dark", media="print")
    expect(page.locator(".tb-cite >> nth=0")).to_be_hidden()
    page.wait_for_timeout(300)
    assert not [each for each in asked if "/quotes/" in each]
    ink = page.locator("blockquote p").first.evaluate("each => getComputedStyle(each).color")
    assert max(map(int, re.findall(r"\d+", ink)[:3])) < 80


def test_a_quote_on_a_topics_page_can_be_linked_to(page: Page, quotes: list[dict[str, Any]]) -> None:
    quote = quotes[-1]
    page.goto(f"topics/{quote['topics'][0]}/#{quote['id']}")
    card = page.locator(f"figure.tb-card#{quote['id']}")
    expect(card).to_be_in_viewport()
    page.wait_for_timeout(200)
    box, header = card.bounding_box(), page.locator(".md-header").first.bounding_box()
    assert box and header and box["y"] >= header["y"] + header["height"]


def test_a_link_from_a_card_highlights_the_passage(page: Page, quotes: list[dict[str, Any]]) -> None:
    quote = quotes[len(quotes) // 3]
    page.goto(f"topics/{quote['topics'][0]}/")
    page.locator(f"#{quote['id']} figcaption a[href*='{quote['id']}'][href*='transcripts/']").first.click()
    page.wait_for_url(f"**/{TALK}#{quote['id']}")
    lands(page, passage(page, quote["id"]))


@pytest.mark.parametrize("page", [{}, {"java_script_enabled": False}], indirect=True)
def test_the_switch_shows_the_captions_as_they_were(page: Page, quotes: list[dict[str, Any]]) -> None:
    slug = corrected(quotes)["topics"][0]
    page.goto(f"topics/{slug}/")
    cards = [quote for quote in quotes if slug in quote["topics"]]
    assert any(quote["exact"] != quote["text"] for quote in cards)

    def words(quote: dict[str, Any]) -> str:
        return squeezed(page.locator(f"#{quote['id']} blockquote").inner_text())

    for quote in cards:
        assert words(quote) == squeezed(quote["text"])
    page.locator(".tb-switch input").first.check()
    for quote in cards:
        assert words(quote) == squeezed(quote["exact"])
    page.locator(".tb-switch input").first.uncheck()
    assert words(cards[0]) == squeezed(cards[0]["text"])


def test_the_switch_shows_the_whole_source_of_a_transcript(page: Page) -> None:
    page.goto(TALK)
    source = page.request.get(f"{TALK.rstrip('/')}.source.txt").text()
    page.locator(".tb-switch input").first.check()
    said = page.locator(".tb-transcript p[id]").all_inner_texts()
    spoken = squeezed(source.replace(">>", " "))
    shown = squeezed(" ".join(re.sub(r"[¶!\s]+$", "", words) for words in said))
    assert re.sub(r"\W", "", shown) == re.sub(r"\W", "", spoken)


def test_a_focused_correction_shows_what_was_captioned(page: Page) -> None:
    page.goto(TALK)
    fix = page.locator("span[role=note][tabindex='0']").first
    heard = fix.locator("del")
    expect(heard).to_be_hidden()
    expect(fix).to_have_accessible_name(f"captioned: {heard.text_content()}")
    fix.focus()
    expect(heard).to_be_visible()
    page.locator(".tb-switch input").first.check()
    expect(heard).to_be_visible()
    expect(fix.locator("ins")).to_be_hidden()


def test_the_keyboard_reaches_everything(page: Page, quotes: list[dict[str, Any]]) -> None:
    quote = next(quote for quote in quotes if "Borgeaud" in (quote["speaker"] or ""))
    page.goto(f"quotes/{quote['id']}/")
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "() => { const at = document.activeElement; return at.closest('.tb-switch') ? 'switch' : "
                "at.matches('.tb-speaker') ? 'speaker' : at.getAttribute('href') ?? at.tagName }"
            )
        )
        if reached.count("switch") > 1:
            break  # once around the page
        if reached[-1] == "switch":
            page.keyboard.press("Space")
    assert "switch" in reached
    assert "speaker" in reached
    assert any(TALK in each and quote["id"] in each for each in reached)
    switch = page.locator(".tb-switch input").first
    assert switch.is_checked()
    switch.focus()
    page.keyboard.press("Space")
    assert not switch.is_checked()


def test_the_focus_is_visible(page: Page, quotes: list[dict[str, Any]]) -> None:
    page.goto(f"quotes/{quotes[0]['id']}/")
    page.locator(".tb-switch input").first.focus()
    seen = "each => { const style = getComputedStyle(each); return style.outlineStyle + style.boxShadow }"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    here = page.locator(".tb-switch input").first.evaluate(seen)
    label = page.locator(".tb-switch").first.evaluate(seen)
    assert {here, label} != {"nonenone"}


def find(page: Page, words: str) -> Locator:
    """Search for the words, and return the links of the results."""
    page.locator("[data-md-component=search-query]").focus()
    page.keyboard.type(words)
    results = page.locator("[data-md-component=search-result] a[href]")
    expect(results.first).to_be_visible()
    page.wait_for_timeout(500)
    return results


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("MoE", "mixture-of-experts"),
        ("Scaling laws", "scaling-laws"),
        ("evaluation", "evals"),
        ("retro", "retro"),
        ("TPUs", "tpus"),
    ],
)
def test_search_finds_a_topic_first_by_title_and_alias(page: Page, words: str, slug: str) -> None:
    page.goto("")
    first = find(page, words).first.get_attribute("href") or ""
    assert re.search(rf"topics/{slug}/(?:[?#]|$)", first), first


def test_a_search_result_lands_on_its_passage(page: Page, quotes: list[dict[str, Any]]) -> None:
    page.goto("")
    quote = quotes[len(quotes) // 2]
    words = re.sub(r"[^\w\s]", " ", quote["text"])
    find(page, " ".join(words.split()[3:13]))
    result = page.locator(f"[data-md-component=search-result] a[href*='{quote['id']}']").first
    expect(result).to_be_attached()
    result.evaluate("each => each.click()")
    page.wait_for_url(f"**#{quote['id']}")
    expect(page.locator(f"#{quote['id']}")).to_be_in_viewport()


@NO_SCRIPTS
def test_links_work_without_scripts(page: Page) -> None:
    page.goto("topics/")
    page.locator("article a[href='../topics/evals/'], article a[href='evals/']").first.click()
    expect(page.locator("h1")).to_have_text("Evals")
    page.locator("article a[href*='people/']").first.click()
    expect(page.locator("h1")).to_be_visible()
    page.locator(".tb-strip a, article a[href*='transcripts/']").first.click()
    expect(page.locator("h1")).to_be_visible()


def test_a_mark_on_the_strip_links_to_its_quote(page: Page) -> None:
    page.goto("topics/evals/")
    mark = page.locator(".tb-strip a").last
    target = mark.get_attribute("href") or ""
    mark.dispatch_event("click")
    page.wait_for_url(f"**{target.removeprefix('../..')}")


KINDS = {
    "home": "",
    "topics": "topics/",
    "topic": "topics/scaling-laws/",
    "transcript": TALK,
    "transcripts": "transcripts/",
    "people": "people/",
    "person": "people/sebastian-borgeaud/",
    "quote": "quotes/{quote}/",
    "by hand": "how-this-was-made/",
    "not found": "404.html",
}
LONG = ("transcript", "person", "home", "topics", "by hand")  # checked at one size per scheme, as axe takes seconds


@pytest.mark.parametrize("kind", KINDS)
def test_pages_are_accessible(page: Page, quotes: list[dict[str, Any]], kind: str) -> None:
    """axe finds no fault with a page of any kind, on small and large screens, in light and dark colours."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    small, large = ({"width": 360, "height": 740}, {"width": 1280, "height": 800})
    sizes = {"light": (small, large), "dark": (large, small)}
    found: dict[str, list[str]] = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(KINDS[kind].format(quote=quotes[0]["id"]))
        for size in sizes[scheme][: 1 if kind in LONG else 2]:
            page.set_viewport_size(size)
            page.wait_for_timeout(200)
            for violation in axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]:
                nodes = [f"{scheme} {size['width']}: {node['html'][:160]}" for node in violation["nodes"]]
                found.setdefault(f"{violation['id']}: {violation['help']}", []).extend(nodes)
    assert {rule: (len(nodes), nodes[:3]) for rule, nodes in found.items()} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_is_wider_than_a_phone(page: Page, quotes: list[dict[str, Any]], kind: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(KINDS[kind].format(quote=quotes[0]["id"]))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.fixture
def elsewhere(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A page of a site that is served under another path and port than those of its published address."""
    project = building.copied("garden", tmp_path)
    building.build(project, tmp_path / "served" / "below", site_url="https://published.example/a/")
    with building.served(tmp_path / "served") as address:
        context = browser.new_context(base_url=f"{address}below/", reduced_motion="reduce")
        yield context.new_page()
        context.close()


def test_tooltips_of_links_work_wherever_the_site_is_served(elsewhere: Page) -> None:
    elsewhere.goto("topics/compost/")
    elsewhere.wait_for_load_state("networkidle")
    elsewhere.locator("article a[href='../soil/'], article a[href$='/soil/']").first.hover()
    shown = elsewhere.locator(".md-tooltip2--active")
    expect(shown).to_contain_text("Soil")
