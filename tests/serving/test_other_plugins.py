"""A project's own settings are kept, the defaults are useful, and other plugins find what they need."""

import logging
from pathlib import Path

import pytest

import building
import markup

HOOK = """
from pathlib import Path

def on_page_content(html, page, config, files):
    path = Path(page.file.abs_src_path)
    assert path.is_file(), path
    with Path(config.site_dir).parent.joinpath("seen.txt").open("a") as seen:
        seen.write(f"{page.file.src_uri} {path.name}\\n")
    return html
"""


def project(folder: Path, settings: str) -> Path:
    made = building.copied("bare", folder)
    (made / "mkdocs.yml").write_text(settings)
    return made


def page(site: Path, name: str = "index.html") -> str:
    return (site / name).read_text("utf-8")


def tabs(site: Path) -> list[str]:
    lists = [each for each in markup.parse(page(site)).iter("ul") if each.get("class") == "md-tabs__list"]
    return [markup.text(each).strip() for found in lists for each in found.iter("li")]


def test_the_shortest_project_has_tabs(tmp_path: Path) -> None:
    made = project(tmp_path, "site_name: Bare\ntheme: material\nplugins: [search, talkbook]\n")
    (made / "docs/about").mkdir()
    (made / "docs/about/us.md").write_text("# Us\n")
    building.build(made, tmp_path / "site")
    assert tabs(tmp_path / "site") == ["Home", "Topics", "Conversations", "People", "About"]


def test_a_projects_own_navigation_and_looks_are_kept(tmp_path: Path) -> None:
    made = project(
        tmp_path,
        "site_name: Bare\nplugins: [search, talkbook]\nnav: [{Who: people/index.md}, {Start: index.md}, "
        "{Subjects: topics/index.md}]\ntheme: {name: material, features: [navigation.tabs, navigation.top], "
        "logo: a.svg, font: false, palette: {primary: teal, accent: lime, scheme: slate}}\n",
    )
    (made / "docs/a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    building.build(made, tmp_path / "site")
    assert tabs(tmp_path / "site") == ["Who", "Start", "Subjects"]
    html = page(tmp_path / "site")
    assert 'data-md-color-primary="teal"' in html
    assert 'src="a.svg"' in html
    assert 'data-md-component="top"' in html
    sheet = page(tmp_path / "site", "assets/talkbook.css").replace(" ", "")
    for rule in sheet.split("}"):
        if "--md-primary-fg-color:" in rule and "slate" in rule:
            assert "custom" in rule  # otherwise a project's own colour wouldn't be used in the dark scheme


def test_other_plugins_find_the_source_file_of_each_page(tmp_path: Path) -> None:
    settings = "site_name: Bare\ntheme: {name: material, font: false}\nplugins: [search, talkbook]\nhooks: [hook.py]\n"
    made = project(tmp_path, settings)
    (made / "hook.py").write_text(HOOK)
    building.build(made, tmp_path / "site")
    seen = dict(line.split() for line in (tmp_path / "seen.txt").read_text().splitlines())
    assert seen["topics/stone.md"] == "stone.md"
    assert seen["transcripts/stones.md"] == "stones.txt"
    assert seen["topics/index.md"] == "mkdocs.yml"


@pytest.mark.parametrize("address", ["", "site_url: https://example.org/\n"])
def test_what_a_site_without_an_address_lacks_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, address: str
) -> None:
    made = project(tmp_path, f"site_name: Bare\n{address}theme: {{name: material, font: false}}\nplugins: [talkbook]\n")
    with caplog.at_level(logging.INFO, "mkdocs"):
        building.build(made, tmp_path / "site")
    assert ("There is no site_url" in caplog.text) is not bool(address)
