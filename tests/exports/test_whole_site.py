"""A built site contains all promised export files, and none that is switched off or belongs to a draft."""

from pathlib import Path

import building


def test_what_the_formats_promise_is_there(tmp_path: Path) -> None:
    project = building.copied("garden", tmp_path)
    building.build(project, tmp_path / "site", site_url="https://garden.example/")
    found = building.contents(tmp_path / "site").keys()
    assert {"topics.ttl", "annotations.json", "objects.inv", "llms.txt", "feed.xml"} <= found
    assert {"topics/soil.md", "made.md", "index.md"} <= found
    assert {"cards/index.png", "cards/topics/soil.png", "cards/people/ida-moss.png"} <= found


def test_no_page_claims_to_be_as_new_as_the_build(tmp_path: Path) -> None:
    project = building.copied("garden", tmp_path)
    page = project / "content/pages/made.md"
    page.write_text(page.read_text("utf-8").replace("---\n", "---\nupdated: 2025-01-02\n", 1))
    building.build(project, tmp_path / "site", site_url="https://garden.example/")
    sitemap = (tmp_path / "site/sitemap.xml").read_text("utf-8")
    assert sitemap.count("<url>") > 5
    assert sitemap.count("<lastmod>") == sitemap.count("<lastmod>2025-01-02</lastmod>") == 1


def test_cards_can_be_switched_off(tmp_path: Path) -> None:
    project = building.copied("garden", tmp_path)
    config = project / "mkdocs.yml"
    text = config.read_text("utf-8")
    assert "[search, talkbook]" in text
    config.write_text(text.replace("[search, talkbook]", "[search, talkbook: {cards: false}]"))
    building.build(project, tmp_path / "site", site_url="https://garden.example/")
    assert not (tmp_path / "site/cards").exists()
    assert "og:image" not in (tmp_path / "site/topics/soil/index.html").read_text("utf-8")


def test_a_draft_has_no_markdown(tmp_path: Path) -> None:
    project = building.copied("garden", tmp_path)
    (project / "content/pages/secret.md").write_text("# Secret\n")
    config = project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "draft_docs: secret.md\n")
    building.build(project, tmp_path / "site", site_url="https://garden.example/")
    assert not list((tmp_path / "site").rglob("*secret*"))
