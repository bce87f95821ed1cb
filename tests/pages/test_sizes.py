"""The size of the real site's pages, in bytes before compression, is limited and independent of the number of pages."""

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urldefrag, urljoin
from xml.etree.ElementTree import Element

import pytest

import building
import markup
from making import ROOT

TEXT = 2.6  # the largest size of a transcript's page, as a multiple of its text
TOPIC = 42_000  # the largest size of a topic's page, without its quotes and passages


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it is published, except for social cards."""
    folder = tmp_path_factory.mktemp("weighed")
    assert building.build(ROOT, folder) == []
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> Sequence[tuple[str, Element]]:
    return building.pages(site)


def weight(html: str) -> int:
    return len(html.encode())


def test_a_transcripts_page_is_little_larger_than_its_two_forms(site: Path) -> None:
    for source in (ROOT / "content/transcripts").glob("*.txt"):
        html = (site / f"transcripts/{source.stem}/index.html").read_text("utf-8")
        assert weight(html) <= TEXT * source.stat().st_size, (
            f"{weight(html) / source.stat().st_size:.3f} times its text"
        )


def test_a_topics_page_is_light_beyond_its_quotes_and_passages(site: Path) -> None:
    weights = {}
    for path in (site / "topics").glob("*/index.html"):
        html = path.read_text("utf-8")
        cards = re.findall(r'<figure class="tb-card".*?</figure>', html, re.DOTALL)
        assert len(cards) == html.count('class="tb-card"')
        passages = re.findall(r'<details class="tb-passage">.*?</details>', html, re.DOTALL)
        weights[path.parent.name] = weight(html) - sum(map(weight, (*cards, *passages)))
    assert weights
    assert {name: size for name, size in weights.items() if size > TOPIC} == {}


def test_no_page_contains_a_list_of_all_pages(pages: Sequence[tuple[str, Element]]) -> None:
    leaves = {f"/{path.removesuffix('index.html')}" for path, _ in pages if path.count("/") == 2}
    assert len(leaves) > 100
    for path, page in pages:
        linked = {urldefrag(urljoin(f"/{path}", address)).url for address in markup.links(page)}
        assert len(leaves & linked) < 0.8 * len(leaves), path


def test_no_script_delays_the_display_of_a_page(pages: Sequence[tuple[str, Element]]) -> None:
    for path, page in pages:
        seen = False  # what readers came for
        for each in page.iter():
            seen = seen or each.tag == "h1"
            if each.tag == "script" and each.get("src") and each.get("defer") is None:
                assert seen, f"{path}: {each.get('src')}"
