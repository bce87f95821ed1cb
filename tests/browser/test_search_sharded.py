"""Searching an archive: an index of many small files behind Material's search box."""

import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

import building
from talkbook.plugin import search


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small site that is made as a large one is."""
    folder = tmp_path_factory.mktemp("archive")
    project = building.copied("garden", folder)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(search, "_LARGE", 0)
        building.build(project, folder / "site", site_url="http://127.0.0.1/")
    return folder / "site"


@pytest.fixture(scope="module")
def address(archive: Path) -> Iterator[str]:
    with building.served(archive) as where:
        yield where


def results(page: Page, query: str) -> list[tuple[str, str, str]]:
    """Place, title and text of each result, once they are there."""
    page.goto("")
    box = page.locator("input[name=query]")
    box.fill(query)
    box.press("End")  # Material looks at the box when a key comes up
    meta = page.locator(".md-search-result__meta")
    expect(meta).to_have_text(re.compile(r"document|No matching", re.I))
    if "No matching" not in meta.inner_text():
        expect(page.locator(".md-search-result__link").first).to_be_attached()
    found = listed(page)
    while True:  # the list is drawn after its head, and piece by piece
        page.wait_for_timeout(100)
        before, found = found, listed(page)
        if found == before:
            return found


def listed(page: Page) -> list[tuple[str, str, str]]:
    """The same, as far as they are drawn."""
    page.locator(".md-search-result__more:not([open]) summary").evaluate_all("all => all.forEach(each => each.click())")
    found = []
    for each in page.locator(".md-search-result__link").all():
        place = urlsplit(str(each.get_attribute("href")))
        name = each.locator("h1, h2").inner_text()
        found.append((f"{place.path}#{place.fragment}".strip("/#"), name, squeezed(each.inner_text())))
    return found


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_the_pages_name_the_script_and_material_has_nothing_to_load(archive: Path) -> None:
    for path in ("index.html", "topics/soil/index.html", "made/index.html"):
        text = (archive / path).read_text("utf-8")
        settings = json.loads(
            text.partition('<script id="__config" type="application/json">')[2].partition("</script>")[0]
        )
        assert settings["search"].endswith("assets/search.js")
    assert json.loads((archive / "search" / "search_index.json").read_text("utf-8"))["docs"] == []
    assert (archive / "assets" / "search.js").stat().st_size < 16_000


def test_nothing_withheld_is_in_the_index(archive: Path) -> None:
    files = [zlib.decompress(path.read_bytes()) for path in (archive / "search").rglob("*.bin")]
    assert any(b"worms" in data for data in files)
    assert not [data for data in files if b"mill lane" in data.lower() or b"red door" in data.lower()]


def test_a_topic_comes_before_quotes_and_they_before_turns(page: Page) -> None:
    found = results(page, "worms")
    assert found[0][:2] == ("topics/worms", "Worms")
    assert found[0][2].endswith("Animals that make soil.")
    expect(page.locator(".md-search-result__item").first.locator("mark").first).to_have_text("Worms")
    kinds = [place.partition("/")[0] for place, _, _ in results(page, "layers") if "#" in place]
    assert kinds == ["topics", "topics", "transcripts"]


def test_a_result_leads_to_the_place(page: Page) -> None:
    results(page, "drought metres")
    page.locator(".md-search-result__link[href*='#']").first.click()
    page.wait_for_url("**/transcripts/sun/#t-*")


def test_a_phrase_is_found_in_this_order_only(page: Page) -> None:
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
def test_a_slip_of_the_hand_is_forgiven(page: Page, query: str) -> None:
    assert results(page, query)[0][0] == "topics/compost"


def test_a_page_by_hand_is_found(page: Page) -> None:
    assert any(place.startswith("made") for place, _, _ in results(page, "how this was made"))


def test_the_small_site_keeps_materials_index(built: Path) -> None:
    assert not (built / "search" / "index.bin").exists()
    assert len(json.loads((built / "search" / "search_index.json").read_text("utf-8"))["docs"]) > 100
