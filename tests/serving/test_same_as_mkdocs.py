"""The pages that Talkbook writes are those that MkDocs would write itself, byte for byte."""

import gzip
from pathlib import Path

import pytest

import building
from talkbook.plugin import other_plugins
from talkbook.plugin.render import page_writer

HOOK = "def on_post_page(output, page, config):\n    return output\n"


@pytest.mark.parametrize(("project", "processes"), [("garden", True), ("allotment", False), ("bare", False)])
def test_pages_are_those_that_mkdocs_would_write(
    project: str, processes: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if processes:
        monkeypatch.setattr(page_writer, "_FEWEST", 0)
    compare_with_mkdocs(building.copied(project, tmp_path), tmp_path, monkeypatch)


def test_a_projects_own_partials_may_differ_between_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = building.copied("garden", tmp_path)
    part = place / "overrides/partials/nav.html"
    part.parent.mkdir(parents=True)
    part.write_text("<nav>{{ page.title }}</nav>", "utf-8")
    settings = (place / "mkdocs.yml").read_text("utf-8")
    (place / "mkdocs.yml").write_text(settings.replace("  font: false", "  font: false\n  custom_dir: overrides"))
    compare_with_mkdocs(place, tmp_path, monkeypatch)
    pages = [path.read_bytes() for path in (tmp_path / "ours/quotes").rglob("index.html")]
    assert len({page.partition(b"<nav>")[2].partition(b"</nav>")[0] for page in pages}) == len(pages) > 1


def compare_with_mkdocs(place: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare a build in folder/"ours" with one in which MkDocs writes each page, because there is a hook for pages."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    building.build(place, folder / "ours")
    (place / "hook.py").write_text(HOOK, "utf-8")
    settings = (place / "mkdocs.yml").read_text("utf-8")
    assert "hooks:" not in settings
    (place / "mkdocs.yml").write_text(f"{settings}\nhooks: [hook.py]\n", "utf-8")
    seen: list[str] = []
    reason = other_plugins.page_handler
    monkeypatch.setattr(other_plugins, "page_handler", lambda config: seen.append(reason(config)) or seen[-1])
    building.build(place, folder / "theirs")
    assert [each.partition(" ")[2] for each in seen] == ["handles on_post_page"]
    ours, theirs = building.contents(folder / "ours"), building.contents(folder / "theirs")
    assert ours.keys() == theirs.keys()
    packed = "sitemap.xml.gz"  # its header has the day of the newest page that MkDocs writes
    assert gzip.decompress(ours[packed]) == gzip.decompress(theirs[packed])
    assert [name for name in ours if ours[name] != theirs[name] and name != packed] == []
