"""Our way of writing pages gives what MkDocs gives where it writes each page itself, byte for byte."""

import gzip
from pathlib import Path

import pytest

import building
from talkbook.plugin import other_plugins
from talkbook.plugin.render import writer

HOOK = "def on_post_page(output, page, config):\n    return output\n"


@pytest.mark.parametrize(("project", "processes"), [("garden", True), ("allotment", False), ("bare", False)])
def test_pages_are_what_mkdocs_would_write(
    project: str, processes: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    if processes:
        monkeypatch.setattr(writer, "_FEWEST", 0)
    place = building.copied(project, tmp_path)
    building.build(place, tmp_path / "ours")
    (place / "hook.py").write_text(HOOK, "utf-8")
    settings = (place / "mkdocs.yml").read_text("utf-8")
    assert "hooks:" not in settings
    (place / "mkdocs.yml").write_text(f"{settings}\nhooks: [hook.py]\n", "utf-8")
    seen: list[str] = []
    reason = other_plugins.of_pages
    monkeypatch.setattr(other_plugins, "of_pages", lambda config: seen.append(reason(config)) or seen[-1])
    building.build(place, tmp_path / "theirs")
    assert [each.partition(" ")[2] for each in seen] == ["handles on_post_page"]
    ours, theirs = building.contents(tmp_path / "ours"), building.contents(tmp_path / "theirs")
    assert ours.keys() == theirs.keys()
    packed = "sitemap.xml.gz"  # MkDocs puts the day of the newest of the pages that it writes into its header
    assert gzip.decompress(ours[packed]) == gzip.decompress(theirs[packed])
    assert [name for name in ours if ours[name] != theirs[name] and name != packed] == []
