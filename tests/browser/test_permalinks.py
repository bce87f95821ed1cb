"""Old links lead to the passage, in view and highlighted, with and without scripts."""

from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

import building
from making import page as topic
from talkbook.cli.main import main
from talkbook.sources import ledger

FILLING = "Matter of no moment was spoken of for a while, and then for a while longer, at some length. " * 12
SAID = f"""\
Ann: What do you make of looms, now that everybody wants to build one at home?
Ben: {FILLING}
Ann: And of engines? Tell us where they came from, if you know.
Ben: Engines came later, and they borrowed the cards from the looms, which is the part that I like most of all.
Ann: Which cards are those? I never saw one with my own eyes, I believe.
Ben: Those that tell the loom which threads to lift, so that the pattern comes out as it was drawn.
Ann: {FILLING}
Ben: {FILLING}
"""
PIN = '{pin: ["Those that tell the loom which threads to lift, so that the pattern comes out as it was drawn."]}'
EDITED = SAID.replace("borrowed the cards", "took all their cards")
LIT = """each => {  // it, or a passage that it is part of
  for (; each?.matches("span"); each = each.parentElement)
    if (getComputedStyle(each).backgroundColor !== "rgba(0, 0, 0, 0)") return true;
  return false;
}"""


@pytest.fixture(scope="module", params=[True, False], ids=["folders", "files"])
def republished(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """What an address was for -> old address, of a site that was published, changed and published again."""
    project = tmp_path_factory.mktemp("project")
    content = project / "content"
    (content / "topics").mkdir(parents=True)
    (content / "transcripts").mkdir()
    (project / "docs").mkdir()
    (content / "transcripts" / "talk.txt").write_text(SAID)
    (content / "topics" / "craft.md").write_text(topic("Handicraft", quotes=PIN))
    (project / "mkdocs.yml").write_text(
        "site_name: Looms\nplugins: [search, talkbook]\ntheme: {name: material, font: false}\n"
        f"use_directory_urls: {str(request.param).lower()}\n"
    )
    runner = CliRunner()
    assert runner.invoke(main, ["links", str(project), "--update"]).exit_code == 0
    old = ledger.read((content / "permalinks.txt").read_text(), "permalinks.txt").lines
    (content / "transcripts" / "talk.txt").write_text(EDITED)
    (content / "topics" / "craft.md").unlink()
    (content / "topics" / "crafts.md").write_text(topic("Handicraft"))
    assert runner.invoke(main, ["links", str(project), "--update", "--yes"]).exit_code == 0
    folder = tmp_path_factory.mktemp("served-again")
    with building.served(folder) as where:
        address = f"{where}sub/"
        assert building.build(project, folder / "sub", site_url=address) == []
        end = "/" if request.param else ".html"
        turn = next(at for at, line in old.items() if line.words.startswith("engines came later"))
        quote = next(at for at in old if at.startswith("quotes/"))
        yield {
            "turn": address + turn.replace("#", f"{end}#"),
            "topic": f"{address}topics/craft{end}#quotes",
            "new topic": f"{address}topics/crafts{end}",
            "quote": f"{address}{quote}{end}",
            "quote on topic": f"{address}topics/crafts{end}#{quote.removeprefix('quotes/')}",
            "quote in talk": f"{address}transcripts/talk{end}#{quote.removeprefix('quotes/')}",
        }


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def tab(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def lands(tab: Page, words: str) -> None:
    """Assert that the passage with these words is highlighted, in view, and below the header."""
    passage = tab.locator("[data-quotes], span[id]").filter(has_text=words).last
    expect(passage).to_be_in_viewport()
    tab.wait_for_timeout(200)
    assert passage.evaluate(LIT)
    header, box = tab.locator(".md-header").bounding_box(), passage.bounding_box()
    assert header
    assert box
    assert box["y"] >= header["y"] + header["height"]


def test_the_anchor_of_an_edited_turn_still_works(republished: dict[str, str], tab: Page) -> None:
    tab.goto(republished["turn"])
    lands(tab, "they took all their cards")


def test_the_page_of_a_renamed_topic_redirects_and_may_keep_the_hash(republished: dict[str, str], tab: Page) -> None:
    tab.goto(republished["topic"])
    tab.wait_for_url(f"{republished['new topic']}*")
    expect(tab.locator("h1")).to_contain_text("Handicraft")
    assert tab.url.partition("#")[2] in ("", "quotes")


def test_the_page_of_a_former_quote_redirects_to_its_passage(republished: dict[str, str], tab: Page) -> None:
    tab.goto(republished["quote"])
    tab.wait_for_url(republished["quote in talk"])
    lands(tab, "Those that tell the loom")


def test_the_anchor_of_a_former_quote_says_where_it_is_now(republished: dict[str, str], tab: Page) -> None:
    tab.goto(republished["quote on topic"])
    note = tab.locator(".tb-moved:target")
    expect(note).to_be_in_viewport()
    note.get_by_role("link").click()
    tab.wait_for_url(republished["quote in talk"])
    lands(tab, "Those that tell the loom")


def test_without_an_old_link_readers_see_no_note(republished: dict[str, str], tab: Page) -> None:
    tab.goto(republished["new topic"])
    expect(tab.locator(".tb-moved")).to_have_count(1)
    expect(tab.locator(".tb-moved")).to_be_hidden()
