"""The site works at any address: below a path, with and without directory URLs, and as an offline copy."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from mkdocs.config import load_config

import building
import markup
from making import ROOT
from talkbook.plugin import offline

HOME = "https://example.org/a/b/"
OFFLINE = ["search", "talkbook", "offline"]
WHOLE = re.compile(re.escape(HOME) + r"[\w./~-]*")
TEXTS = {".html", ".json", ".xml", ".txt", ".md", ".ttl"}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """One project, published in three ways."""
    folder = tmp_path_factory.mktemp("bases")
    project = building.copied("garden", folder)
    topic = project / "content/topics/soil.md"
    topic.write_text(topic.read_text("utf-8").replace("---\n", "---\nredirect_from: [earth]\n", 1), "utf-8")
    for name, more in {
        "folders": {"use_directory_urls": True},
        "files": {"use_directory_urls": False},
        "offline": {"plugins": OFFLINE},
    }.items():
        assert building.build(project, folder / name, site_url=HOME.rstrip("/"), **more) == []
    return {name: folder / name for name in ("folders", "files", "offline")}


def served(site: Path, address: str) -> Path | None:
    """Return the file that a plain web server returns for an address; None if there is none on this site."""
    if not address.startswith(HOME):
        return None
    path = site / unquote(address.removeprefix(HOME))
    if address.endswith("/"):
        path /= "index.html"
    return path if path.is_file() else None


def lost(site: Path, path: str, address: str) -> Iterator[str]:
    """Return the links and files of a page at an address that lead out of the site's path or to nothing."""
    pages = dict(building.pages(site))
    for link in {*markup.links(pages[path]), *markup.requests(pages[path])}:
        target, anchor = urldefrag(urljoin(address, link))
        if not target.startswith("https://example.org/"):
            continue
        file = served(site, target)
        if file is None:
            yield f"{path}: {link} leads to nothing"
        elif file.suffix == ".html" and anchor not in ("", "__comments"):
            there = pages[file.relative_to(site).as_posix()]
            if unquote(anchor) not in markup.ids(there):
                yield f"{path}: {link} has no such anchor"


@pytest.mark.parametrize("name", ["folders", "files", "offline"])
def test_every_link_stays_below_the_path_and_leads_somewhere(sites: Mapping[str, Path], name: str) -> None:
    site = sites[name]
    for path, _ in building.pages(site):
        address = HOME + (path.removesuffix("index.html") if name == "folders" else path)
        if path != "404.html":
            assert [*lost(site, path, address)] == []


@pytest.mark.parametrize("name", ["folders", "files"])
def test_the_links_of_the_page_for_lost_readers_work_from_everywhere(sites: Mapping[str, Path], name: str) -> None:
    page = dict(building.pages(sites[name]))["404.html"]
    assert len([*markup.links(page)]) > 3
    for address in ("nothing", "no/such/page/", "no/such/page.html"):
        assert [*lost(sites[name], "404.html", HOME + address)] == []


@pytest.mark.parametrize("name", ["folders", "files", "offline"])
def test_every_whole_address_in_every_file_is_one_that_is_published(sites: Mapping[str, Path], name: str) -> None:
    published = sites["folders" if name == "offline" else name]
    found = set()
    for file in sites[name].rglob("*"):
        if file.suffix in TEXTS:
            found |= {(file.name, each) for each in WHOLE.findall(file.read_text("utf-8"))}
    assert len({address for _, address in found}) > 20
    assert [(where, each) for where, each in sorted(found) if not served(published, each.rstrip("."))] == []


def test_a_copy_asks_no_other_host_and_brings_what_search_needs(sites: Mapping[str, Path]) -> None:
    site = sites["offline"]
    assert building.foreign(site) == []
    places = {each.place for each in building.indexed(site)}
    assert len(places) == len(building.indexed(sites["folders"]))
    assert all((site / urldefrag(place).url).is_file() for place in places)
    assert not [*(site / "search").rglob("*.bin")]
    for path, page in building.pages(site):
        if not path.startswith(("embed/", "topics/earth")):
            assert not [each for each in markup.requests(page) if "iframe-worker" in each], path
        discovered = [each.get("href") for each in page.iter("link") if each.get("rel") == "alternate"]
        assert discovered == [], "Material's script asks for a site map beside each of these, on whatever host"


def test_a_copy_names_the_published_page_as_the_true_one(sites: Mapping[str, Path]) -> None:
    for path, page in building.pages(sites["offline"]):
        true = [each.get("href") for each in page.iter("link") if each.get("rel") == "canonical"]
        if not path.startswith(("embed/", "topics/earth")):
            assert true == [HOME + re.sub(r"(^|/)index/$", r"\1", path.removesuffix(".html") + "/")]


def test_an_old_address_leads_on_in_each(sites: Mapping[str, Path]) -> None:
    assert 'href="../../topics/soil/"' in (sites["folders"] / "topics/earth/index.html").read_text("utf-8")
    for name in ("files", "offline"):
        assert 'href="../topics/soil.html"' in (sites[name] / "topics/earth.html").read_text("utf-8")


def test_a_published_site_has_nothing_of_a_copy(sites: Mapping[str, Path]) -> None:
    for name in ("folders", "files"):
        assert "iframe-worker" not in (sites[name] / "index.html").read_text("utf-8")
        assert not [*(sites[name] / "search").rglob("*.js")]


def test_only_what_fetches_pages_is_left_out_of_a_copy() -> None:
    assert offline.features(["toc.follow", "navigation.instant", "navigation.instant.preview", "navigation.top"]) == [
        "toc.follow",
        "navigation.top",
    ]


def test_the_environment_says_where_the_site_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", HOME.rstrip("/"))
    for file in ("mkdocs.yml", "mkdocs.offline.yml"):
        assert load_config(str(ROOT / file)).site_url == HOME


def test_a_copy_holds_no_template_of_a_file_that_nobody_asks_for(sites: Mapping[str, Path]) -> None:
    assert (sites["folders"] / "sitemap.xml").is_file()
    assert not (sites["offline"] / "sitemap.xml").exists()
    assert not (sites["offline"] / "404.html").exists()
