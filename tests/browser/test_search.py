"""Searching a site in Talkbook's index, which consists of many small files, with Material's search box."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from tabs import opened

import building
from making import ROOT

QUESTIONS = [line.split("\t") for line in (ROOT / "tests/browser/questions.tsv").read_text("utf-8").splitlines()[1:]]
RIGHT = 38  # at least so many of 40 questions have their answer among the first three results
TAGS = re.compile("<[^>]*>")


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small site."""
    folder = tmp_path_factory.mktemp("garden")
    building.build(building.copied("garden", folder), folder / "site", site_url="http://127.0.0.1/")
    return folder / "site"


@pytest.fixture(scope="module")
def address(garden: Path) -> Iterator[str]:
    with building.served(garden) as where:
        yield where


@pytest.fixture
def real(browser: Browser, built: Path) -> Iterator[Page]:
    """A page of the real site."""
    with building.served(built) as where, opened(browser, base_url=where) as page:
        yield page


def results(page: Page, query: str) -> list[tuple[str, str, str]]:
    """Search, and return (address, title, text) of each result."""
    page.goto("")
    box = page.locator("input[name=query]")
    box.fill(query)
    box.press("End")  # Material reads the box on keyup
    meta = page.locator(".md-search-result__meta")
    expect(meta).to_have_text(re.compile(r"document|No matching", re.I))
    if "No matching" not in meta.inner_text():
        expect(page.locator(".md-search-result__link").first).to_be_attached()
    found = listed(page)
    while True:  # the list is drawn after its header, and in pieces
        page.wait_for_timeout(100)
        before, found = found, listed(page)
        if found == before:
            return found


def listed(page: Page) -> list[tuple[str, str, str]]:
    """Return the results that are drawn so far, in the same form."""
    page.locator(".md-search-result__more:not([open]) summary").evaluate_all("all => all.forEach(each => each.click())")
    found = []
    for each in page.locator(".md-search-result__link").all():
        place = urlsplit(str(each.get_attribute("href")))
        name = each.locator("h1, h2").inner_text()
        found.append((f"{place.path}#{place.fragment}".strip("/#"), name, squeezed(each.inner_text())))
    return found


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_the_index_is_not_loaded_before_somebody_searches(page: Page, garden: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto("topics/soil/")
    page.wait_for_load_state("networkidle")
    assert {path for path in asked if "search" in path} == {"/assets/search-box.js"}
    results(page, "worms")
    assert {"/assets/search.js", "/search/index.bin"} <= {*asked}
    assert not [path for path in asked if path.endswith("search_index.json")]


def test_nothing_withheld_is_in_the_index(garden: Path) -> None:
    paths = [path.relative_to(garden / "search").as_posix() for path in (garden / "search").rglob("*.bin")]
    files = [building.index_part(garden, path) for path in paths]
    assert any(b"worms" in data for data in files)
    assert not [data for data in files if b"mill lane" in data.lower() or b"red door" in data.lower()]


def test_topics_come_before_quotes_and_quotes_before_turns(page: Page) -> None:
    found = results(page, "worms")
    assert found[0][:2] == ("topics/worms", "Worms")
    assert found[0][2].endswith("Animals that make soil.")
    expect(page.locator(".md-search-result__item").first.locator("mark").first).to_have_text("Worms")
    kinds = [re.sub(r"[^#]*(#[qt]-)?.*", r"\1", place) for place, _, _ in results(page, "layers")]
    assert kinds == sorted(kinds)
    assert "#q-" in kinds


def test_a_result_links_to_the_place(page: Page) -> None:
    results(page, "drought metres")
    page.locator(".md-search-result__link[href*='#']").first.click()
    page.wait_for_url("**/transcripts/sun/#t-*")


def test_a_phrase_is_found_only_in_its_order(page: Page) -> None:
    assert results(page, '"the green brings the wet"')
    assert not results(page, '"the wet brings the green"')
    assert not results(page, '"the rain the rain"')


@pytest.mark.parametrize("query", ["weather decides", "whether decides", "com post", "compost"])
def test_words_as_shown_and_as_captioned_are_found(page: Page, query: str) -> None:
    assert any(place.startswith("transcripts/") for place, _, _ in results(page, query))


def test_speakers_narrow_a_search(page: Page) -> None:
    ida, tom = results(page, 'speaker:"Ida Moss" garden'), results(page, "speaker:tom garden")
    assert {name.split(" · ")[0].split(" on ")[0] for place, name, _ in ida if "#" in place} == {"Ida Moss"}
    assert {name.split(" · ")[0] for place, name, _ in tom if "#" in place} == {"Tom Reed"}
    assert not results(page, "speaker:nobody garden")


def test_topics_and_transcripts_narrow_a_search(page: Page) -> None:
    places = [place for place, _, _ in results(page, "in:sun worms") if "#" in place]
    assert places
    found = [name for place, name, _ in results(page, "topic:compost") if "#" in place]
    assert any("on Compost" in name for name in found)
    assert not any("on Worms" in name for name in found)
    assert not any(place.startswith("transcripts/soil") for place in places)


@pytest.mark.parametrize("query", ["composst", "compots", "cmpost", "compast", "comp"])
def test_typing_errors_are_forgiven(page: Page, query: str) -> None:
    assert results(page, query)[0][0] == "topics/compost"


def test_handwritten_pages_are_found(page: Page) -> None:
    assert any(place.startswith("made") for place, _, _ in results(page, "how this was made"))


def test_words_are_highlighted_where_a_result_leads(page: Page) -> None:
    results(page, "drought metres")
    page.locator(".md-search-result__link[href*='#']").first.click()
    page.wait_for_url("**/transcripts/sun/#*")
    assert page.locator("article mark").first.inner_text().lower() in ("drought", "metres", "metre")
    assert "h=" not in page.url


def test_filters_are_offered_and_can_be_removed(page: Page) -> None:
    results(page, "garden")
    before = page.locator(".md-search-result__link").count()
    page.get_by_role("group", name="Speaker").get_by_role("button", name="Ida Moss").click()
    expect(page.locator("input[name=query]")).to_have_value('garden speaker:"Ida Moss"')
    active = page.locator(".tb-search-filter[aria-pressed=true]")
    expect(active).to_have_text("Ida Moss")
    active.click()
    expect(page.locator("input[name=query]")).to_have_value("garden")
    expect(page.locator(".md-search-result__link")).to_have_count(before)


def test_topics_are_offered_by_their_titles(real: Page) -> None:
    results(real, "reinforcement")
    offered = real.get_by_role("group", name="Topic").get_by_role("button").all_inner_texts()
    assert "Reinforcement learning" in offered  # not the slug, reinforcement-learning-scaling
    assert not {each for each in offered if each.lower() == each or "-scaling" in each}


def test_a_similar_word_is_suggested(page: Page) -> None:
    results(page, "compots")
    page.get_by_role("button", name="compost", exact=True).click()
    expect(page.locator("input[name=query]")).to_have_value("compost")
    expect(page.locator(".tb-search-tools p")).to_have_count(0)


def test_results_show_the_words_around_the_hit_without_entities(page: Page) -> None:
    for query in ("worms", "it's", '"the green brings the wet"'):
        for _, _, text in results(page, query):
            assert not re.search("&#?[a-z0-9]+;", text)
            assert len(text) < 500


def test_readers_questions_are_answered_among_the_first_three_results(real: Page) -> None:
    real.goto("")
    results(real, "evals")  # loads the search
    wrong = []
    for question, wanted in QUESTIONS:
        found = real.evaluate("query => talkbookSearch.find(query)", question)["results"][:3]
        if not any(answers(each, places) for each in found for places in wanted.split(" | ")):
            wrong.append((question, [each["location"] for each in found]))
    assert len(QUESTIONS) == 40
    assert len(QUESTIONS) - len(wrong) >= RIGHT, wrong


def answers(result: dict[str, Any], wanted: str) -> bool:
    if wanted.startswith("“"):
        return wanted.strip("“”").lower() in TAGS.sub("", result["text"]).lower()
    return wanted in result["location"]


@pytest.mark.parametrize(
    ("query", "first", "meant"),
    [
        ("chincilla", "topics/chinchilla/", "chinchilla"),
        ("borgaud", "people/sebastian-borgeaud/", "borgeaud"),
        ("Bourjou", "people/sebastian-borgeaud/", "Borgeaud"),
    ],
)
def test_misspelt_names_are_found(real: Page, query: str, first: str, meant: str) -> None:
    assert results(real, query)[0][0] == first.rstrip("/")
    expect(real.locator(".tb-search-meant")).to_have_text(meant)


@pytest.mark.parametrize("query", ['"mixture of experts"', "reasearch tase", "benchmarcks contaminaton"])
def test_the_first_query_reads_few_bytes(real: Page, built: Path, query: str) -> None:
    asked: set[str] = set()
    real.on("request", lambda request: asked.add(urlsplit(request.url).path.strip("/")))
    results(real, query)
    read = [path for path in asked if path.startswith(("search/", "assets/search"))]
    assert len(read) > 5
    assert sum((built / path).stat().st_size for path in read) <= 60_000


@pytest.mark.parametrize("phrase", ["mixture of experts", "mixture of expert", "held out emails", "held out evals"])
def test_phrases_match_as_shown_and_as_captioned(real: Page, phrase: str) -> None:
    assert any("#q-" in place or "#t-" in place for place, _, _ in results(real, f'"{phrase}"'))


def test_the_order_of_a_phrase_matters(real: Page) -> None:
    assert results(real, '"research taste"')
    assert not results(real, '"taste research"')


def test_an_offline_copy_finds_the_same(real: Page, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("disk")
    building.build(ROOT, folder, "mkdocs.offline.yml")
    tab = browser.new_context().new_page()
    for page, start in ((tab, (folder / "index.html").as_uri()), (real, "")):
        page.goto(start)
        page.locator("input[name=query]").fill("evals")
        page.locator("input[name=query]").press("End")
        expect(page.locator(".md-search-result__link").first).to_be_attached()
    for question, _ in QUESTIONS[::5]:
        there, here = (
            [each["text"] for each in page.evaluate("query => talkbookSearch.find(query)", question)["results"]]
            for page in (tab, real)
        )
        assert there == here
    tab.context.close()
