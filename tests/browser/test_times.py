"""Times link into recordings, the player loads nothing before it is used, and copied text contains no times."""

import re
import wave
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

import building

TALK = """WEBVTT

00:00.000 --> 00:02.000
<v Ada>Why does anybody make compost at all?

00:02.000 --> 00:04.000
<v Bob>Compost is important because worms need it, and the soil {} is hungry for it every year.

00:04.000 --> 00:06.000
<v Ada>That is what I thought, and I shall tell everybody about it.
"""
RECORDINGS = {
    "file": ("media/a talk.wav", "../../media/a%20talk.wav#t={}"),
    "distant": ("https://cdn.example/1.mp4", "https://cdn.example/1.mp4#t={}"),
    "youtube": ("https://youtu.be/abc123", "https://www.youtube.com/watch?v=abc123&t={}s"),
    "vimeo": ("https://vimeo.com/123", "https://vimeo.com/123#t={}s"),
    "podcast": ("https://podcast.example/1", "https://podcast.example/1"),
    "lost": ("", ""),
}
SECONDS = 8
CLOCK = re.compile(r"\d:\d\d")
NO_SCRIPTS = {"java_script_enabled": False}
NARROW = {"viewport": {"width": 360, "height": 740}}


class Ranges(building.Quiet):
    """Serves parts of files, which browsers need for seeking."""

    def do_GET(self) -> None:  # noqa: N802
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        path = Path(self.translate_path(self.path))
        if not asked or not path.is_file():
            super().do_GET()
            return
        data = path.read_bytes()
        first, last = int(asked[1]), int(asked[2] or len(data) - 1)
        self.send_response(HTTPStatus.PARTIAL_CONTENT)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
        self.send_header("Content-Length", str(last + 1 - first))
        self.end_headers()
        self.wfile.write(data[first : last + 1])


@pytest.fixture(scope="module")
def times(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that contains a project's site in a subfolder."""
    files = {f"transcripts/{name}.vtt": TALK.format(name) for name in RECORDINGS}
    for name, (media, _) in RECORDINGS.items():
        said = f"media: {media}\n" if media else ""
        files[f"transcripts/{name}.yml"] = f"title: The {name} talk\n{said}"
    pins = "".join(f"    - the soil {name} is hungry\n" for name in RECORDINGS)
    files["topics/compost.md"] = f"---\ntitle: Compost\nquotes:\n  pin:\n{pins}---\n\nWhat soil and worms need.\n"
    files["pages/own.css"] = ":root { --md-text-font: Verdana; --tb-serif: Courier; }"
    settings = building.SETTINGS.replace("site.example/", "site.example/talks/")
    folder = building.project(tmp_path_factory.mktemp("times"), files, f"{settings}extra_css: [own.css]\n")
    (folder / "content/pages/media").mkdir()
    with wave.open(str(folder / "content/pages/media/a talk.wav"), "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(1)
        recording.setframerate(8000)
        recording.writeframes(b"\x80" * 8000 * SECONDS)
    assert building.build(folder, folder / "served/talks") == []
    assert building.dead(folder / "served/talks", "/talks/") == []
    return folder / "served"


@pytest.fixture(scope="module")
def address(times: Path) -> Iterator[str]:
    """The address of the served site."""
    with building.served(times, Ranges) as where:
        yield f"{where}talks/"


def test_a_projects_own_fonts_apply_to_all_text(page: Page) -> None:
    page.goto("topics/compost/")
    family = "element => getComputedStyle(element).fontFamily"
    assert page.locator("body").evaluate(family).startswith("Verdana")
    assert page.locator("h1").evaluate(family) == page.locator("figure blockquote").first.evaluate(family) == "Courier"


def current(page: Page) -> float:
    return float(page.locator(".tb-player").evaluate("player => player.currentTime"))


@pytest.mark.parametrize("name", [name for name in RECORDINGS if name != "lost"])
def test_each_paragraph_and_quote_links_to_its_moment(page: Page, name: str) -> None:
    form = RECORDINGS[name][1]
    page.goto(f"transcripts/{name}/")
    for at, link in enumerate(page.locator(".tb-transcript a.tb-time").all()):
        expect(link).to_have_attribute("href", form.format(at * 2))
        expect(link).to_have_accessible_name(re.compile(f"0:0{at * 2}$"))
    expect(page.locator(".tb-transcript a.tb-time")).to_have_count(3)
    expect(page.locator(".tb-player")).to_have_count(1 if name in ("file", "distant") else 0)
    page.goto("topics/compost/")
    card = page.locator("figure.tb-card").filter(has_text=f"soil {name} is")
    expect(card.locator("a.tb-place")).to_have_attribute("href", form.format(2))


def test_the_player_stays_in_view_after_it_was_started(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 200})
    page.goto("transcripts/file/")
    page.locator("a.tb-time").first.click()
    page.locator(".tb-transcript p[id]").last.evaluate("each => each.scrollIntoView({block: 'end'})")
    expect(page.locator(".tb-player")).to_be_in_viewport()


def test_without_a_recording_times_are_not_links(page: Page) -> None:
    page.goto("transcripts/lost/")
    expect(page.locator(".tb-transcript p[data-clock]")).to_have_count(3)
    expect(page.locator("a.tb-time")).to_have_count(0)


@pytest.mark.parametrize("name", ["file", "distant"])
def test_nothing_is_loaded_before_it_is_played(page: Page, name: str) -> None:
    asked: list[str] = []
    page.on("request", lambda each: asked.append(urlsplit(each.url).path))
    page.goto(f"transcripts/{name}/", wait_until="networkidle")
    page.wait_for_timeout(300)
    assert not [path for path in asked if path.endswith((".wav", ".mp4"))]
    if name == "file":
        page.locator("a.tb-time").first.click()
        page.wait_for_function("document.querySelector('.tb-player').currentTime > 0")
        assert [path for path in asked if path.endswith(".wav")]


@pytest.mark.parametrize("page", [{}, NARROW], indirect=True)
def test_a_click_on_a_paragraph_plays_it_and_marks_it(page: Page) -> None:
    page.goto("transcripts/file/")
    paragraphs = page.locator(".tb-transcript p[id]")
    paragraphs.nth(1).click(position={"x": 60, "y": 20})
    expect(paragraphs.nth(1)).to_have_class(re.compile("tb-playing"))
    assert 2 <= current(page) < 4
    expect(paragraphs.nth(2)).to_have_class(re.compile("tb-playing"))  # it continues to play
    expect(page.locator(".tb-playing")).to_have_count(1)
    paragraphs.first.click(position={"x": 60, "y": 20})
    expect(paragraphs.first).to_have_class(re.compile("tb-playing"))
    assert current(page) < 2


def test_the_keyboard_plays_from_a_time(page: Page) -> None:
    page.goto("transcripts/file/")
    page.locator("a.tb-time").nth(2).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".tb-transcript p[id]").nth(2)).to_have_class(re.compile("tb-playing"))
    assert current(page) >= 4
    assert page.url.endswith("/transcripts/file/")


def test_selecting_words_plays_nothing(page: Page) -> None:
    page.goto("transcripts/file/")
    page.locator(".tb-transcript p[id]").nth(1).dblclick(position={"x": 60, "y": 20})
    page.evaluate("document.querySelector('.tb-player').pause()")
    page.evaluate("getSelection().selectAllChildren(document.querySelectorAll('.tb-transcript p[id]')[1])")
    page.locator(".tb-transcript p[id]").nth(1).dispatch_event("click")
    assert page.locator(".tb-player").evaluate("player => player.paused")


@pytest.mark.parametrize("page", [{}, NO_SCRIPTS], indirect=True)
def test_times_can_be_hidden(page: Page) -> None:
    page.goto("transcripts/file/")
    expect(page.locator("a.tb-time").first).to_be_visible()
    page.locator(".tb-toggle input").check()
    for time in page.locator("a.tb-time").all():
        expect(time).to_be_hidden()
    shown = "each => each.textContent + getComputedStyle(each, '::before').content"
    page.goto("transcripts/lost/")
    page.locator(".tb-toggle input").check()
    for place in page.locator(".tb-transcript :is(p[data-clock], p:not([id]) > a:last-child)").all():
        assert not CLOCK.search(place.evaluate(shown))


@pytest.mark.parametrize(
    "page", [{"viewport": {"width": at, "height": 800}} for at in (1240, 1366, 1920)], indirect=True
)
def test_notes_beside_a_turn_leave_room_for_its_words(page: Page) -> None:
    page.goto("transcripts/file/")
    inside = """each => [...each.children].every(
        child => child.getBoundingClientRect().right <= each.getBoundingClientRect().right + 1)"""
    turns = page.locator(".tb-transcript > .quoted").all()
    assert turns
    assert all(turn.evaluate(inside) for turn in turns)


def test_hidden_times_stay_hidden_from_page_to_page(page: Page) -> None:
    page.goto("transcripts/file/")
    page.locator(".tb-toggle input").check()
    page.goto("transcripts/youtube/")
    expect(page.locator(".tb-toggle input")).to_be_checked()
    expect(page.locator(".tb-switch input")).not_to_be_checked()
    expect(page.locator("a.tb-time").first).to_be_hidden()
    page.locator(".tb-toggle input").uncheck()
    page.reload()
    expect(page.locator("a.tb-time").first).to_be_visible()


@pytest.mark.parametrize("page", [{"permissions": ["clipboard-read", "clipboard-write"]}], indirect=True)
@pytest.mark.parametrize("path", ["transcripts/file/", "transcripts/lost/", "topics/compost/", "people/bob/"])
def test_copied_text_has_no_times_in_it(page: Page, path: str) -> None:
    page.goto(path)
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    copied: Any = page.evaluate("navigator.clipboard.readText()")
    assert "Compost is important because worms need it" in copied
    words = re.sub(r"^— .*$", "", copied, flags=re.MULTILINE)  # the source below a quote has a time
    assert not CLOCK.search(words)
