"""What scripts add to pages that are complete without them: reports of errors in place, words on a strip's marks."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

import building

NO_SCRIPTS = {"java_script_enabled": False}
TALK = "transcripts/soil/"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a served site with a repository for reports."""
    folder = tmp_path_factory.mktemp("garden")
    project = building.copied("garden", folder)
    assert building.build(project, folder / "site", repo_url="https://code.example/garden") == []
    with building.served(folder / "site") as where:
        yield where


def reported(link: Locator) -> str:
    """Return the text with which a link begins a report."""
    address = urlsplit(link.get_attribute("href") or "")
    assert (address.netloc, address.path) == ("code.example", "/garden/issues/new")
    (body,) = parse_qs(address.query)["body"]
    return body


@pytest.mark.parametrize("page", [{}, NO_SCRIPTS], indirect=True)
def test_an_error_can_be_reported_on_every_transcript(page: Page) -> None:
    page.goto(TALK)
    report = page.get_by_role("link", name="Report an error", exact=True)
    assert re.match(r"In `content/transcripts/soil\.txt`:\n", reported(report))


def test_an_error_is_reported_with_its_place_and_words(page: Page, address: str) -> None:
    page.goto(TALK)
    paragraphs = page.locator(".tb-transcript p[id]")
    links = page.get_by_role("link", name="Report an error in this paragraph")
    expect(links).to_have_count(paragraphs.count())
    for at, paragraph in enumerate(paragraphs.all()):
        words = " ".join(paragraph.inner_text().split())
        links.nth(at).focus()
        file, passage = reported(links.nth(at)).split("\n\n")[:2]
        assert file == f"In `content/transcripts/soil.txt`, {address}{TALK}#{paragraph.get_attribute('id')}:"
        said = passage.removeprefix("> ").removesuffix("…")
        assert said
        assert words.startswith(said)
        assert len(said) <= 60
        assert not said.endswith(("!", "¶"))


def test_a_transcript_has_its_contents_above_it_if_there_is_no_room_beside_it(page: Page) -> None:
    page.goto(TALK)
    box = page.locator(".tb-contents")
    expect(box).to_be_hidden()
    page.set_viewport_size({"width": 360, "height": 740})
    box.locator("summary").click()
    expect(box.get_by_role("link")).to_have_text(page.locator(".tb-transcript > h2").all_inner_texts())
    box.get_by_role("link").last.click()
    expect(page.locator(".tb-transcript > h2").last).to_be_in_viewport()


def test_every_permalink_has_a_name(page: Page) -> None:
    page.goto(TALK)
    for paragraph in page.locator(".tb-transcript p[id] > .pin").all():
        expect(paragraph).to_have_accessible_name("Link to this paragraph")


@pytest.mark.parametrize("page", [{}, NO_SCRIPTS], indirect=True)
def test_each_mark_of_a_strip_links_to_its_words(page: Page) -> None:
    page.goto("topics/compost/")
    marks = page.locator(".tb-strip a")
    assert marks.count()
    for mark in marks.all():
        place = mark.get_attribute("href") or ""
        if place.startswith("#"):
            expect(page.locator(place).locator("blockquote, q").first).to_be_attached()
        else:
            assert place.startswith("../../transcripts/")  # a mention that the page doesn't list
        expect(mark).to_have_accessible_name(
            re.compile(r"^(turn \d+ of \d+|about \d+ of \d+ min|\d+:\d\d)(, and \d+ more)?(: .+)?$")
        )


def test_a_mark_shows_the_words_at_its_place(page: Page) -> None:
    page.goto("topics/compost/")
    marks = page.locator(".tb-strip a").all()
    here = [mark for mark in marks if (mark.get_attribute("href") or "").startswith("#")]
    assert here
    for mark in here:
        words = page.locator(mark.get_attribute("href") or "").locator("blockquote, q").first.inner_text()
        said = (mark.locator("title").text_content() or "").partition(": ")[2]
        assert said[:10]
        assert said[:10] in " ".join(words.split())


@pytest.mark.parametrize("page", [{}, NO_SCRIPTS], indirect=True)
def test_what_links_here_is_listed_once(page: Page) -> None:
    page.goto("topics/compost/")
    related = page.locator(".tb-related > li > a").all_text_contents()
    linked = page.locator(".tb-backlinks > li > a").all_text_contents()
    assert related
    assert not {*related} & {*linked}
