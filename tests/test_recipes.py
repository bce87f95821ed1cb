"""The recipes in content/pages/linking.md work as printed, apart from the site's address."""

import datetime
import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest
from click.testing import CliRunner
from mkdocs.exceptions import Abort

import building
import making
from making import ROOT, booked, page
from talkbook.cli.main import main
from talkbook.pages import routes

TEXT = (ROOT / "content" / "pages" / "linking.md").read_text("utf-8")
PRINTED = "https://example.org/book/"
TOPICS = {
    "mixture-of-experts": page("Mixture of experts", aliases="[MoE]", summary="Many small networks."),
    "evals": page('"Evals: all of them"', aliases="[evaluations]"),
}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The address of a site with two topics."""
    folder = tmp_path / "site"
    context = making.site(booked({}, TOPICS), name="Gemini 3, in their words", url=PRINTED)
    specs = (routes.spec(context, uri) for uri in routes.uris(context))
    pages = {f"{context.site.addresses.of(each.uri)}index.html": each.make().html for each in specs}
    for name, content in (making.whole(context) | pages).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    with building.served(folder) as address:
        yield address


def printed(title: str, site: str) -> str:
    """Return a block of code from the page, for the site at an address."""
    match = re.search(rf"`{re.escape(title)}`:\n\n```\w+\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
    assert match
    return match[1].replace(PRINTED, site)


class Printed(datetime.date):
    """The day on which the page was printed."""

    @classmethod
    def today(cls) -> Self:
        return cls(2026, 9, 5)


def test_the_command_prints_what_the_page_says(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    console = re.findall(r"^\$ talkbook (link .*)\n(.*)$", TEXT, re.MULTILINE)
    assert len(console) == 2
    monkeypatch.setattr("datetime.date", Printed)
    for command, output in console:
        words = [word.strip('"') for word in command.split()]
        result = CliRunner().invoke(main, words, env={"TALKBOOK_SITE": site})
        assert result.output == output + "\n"


def test_every_markup_of_the_command_is_on_the_page() -> None:
    (option,) = (each for each in main.commands["link"].params if "--as" in each.opts)
    (listed,) = re.findall(r"`--as` accepts (.*)", TEXT)
    assert {*re.findall(r"`(\w[a-z-]+)`", listed)} == {*option.type.choices}  # type: ignore[attr-defined]


def test_an_obsidian_vault_gets_a_note_for_each_topic(site: str, tmp_path: Path) -> None:
    script = tmp_path / "talkbook_vault.py"
    script.write_text(printed(script.name, site), "utf-8")
    subprocess.run([sys.executable, str(script), site, str(tmp_path / "vault")], check=True)
    notes = {path.name: path.read_text("utf-8") for path in (tmp_path / "vault").iterdir()}
    assert set(notes) == {"Mixture of experts.md", "Evals- all of them.md"}
    _, front, body = notes["Mixture of experts.md"].split("---\n")
    assert json.loads(front) == {"aliases": ["MoE"], "url": f"{site}topics/mixture-of-experts/"}
    assert body == f"Many small networks.\n\n[Quotes and context]({site}topics/mixture-of-experts/)\n"


@pytest.fixture
def docs(site: str, tmp_path: Path) -> Path:
    """A MkDocs project with the hook."""
    project = tmp_path / "docs-project"
    (project / "docs").mkdir(parents=True)
    (project / "talkbook_links.py").write_text(printed("talkbook_links.py", site), "utf-8")
    (project / "mkdocs.yml").write_text(f"site_name: Docs\ntheme: mkdocs\nplugins: []\n{printed('mkdocs.yml', site)}")
    return project


def test_a_mkdocs_project_links_here_by_name(
    site: str, docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (docs / "docs" / "index.md").write_text(
        "# A\n\n[[mixture of experts]], [[MOE|the architecture]], `[[code]]`.\n\n"
        "```\n[[more code]]\n```\n\n[[evaluations]]\n"
    )
    monkeypatch.chdir(docs)
    config = building.load_config("mkdocs.yml", site_dir=str(tmp_path / "out"))
    building.building.build(config)
    html = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert f'<a href="{site}topics/mixture-of-experts/">mixture of experts</a>' in html
    assert f'<a href="{site}topics/mixture-of-experts/">the architecture</a>' in html
    assert f'<a href="{site}topics/evals/">evaluations</a>' in html
    assert "[[code]]" in html
    assert "[[more code]]" in html


def test_a_name_that_is_no_topic_fails_a_strict_build(
    site: str, docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (docs / "docs" / "index.md").write_text("# A\n\n[[bananas]]\n")
    with pytest.raises(Abort) as stopped:
        building.build(docs, tmp_path / "out")
    assert f'index.md: "bananas" is not a topic of {site}' in str(stopped.value.args)


@pytest.mark.skipif(importlib.util.find_spec("sphinx") is None, reason="Sphinx is not installed")
def test_a_sphinx_project_links_here_by_name(site: str, tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(printed("conf.py", site), "utf-8")
    (tmp_path / "index.rst").write_text(
        "A\n=\n\n[[mixture of experts]], [[MoE]] and :external+talkbook:term:`evaluations`.\n", "utf-8"
    )
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-W", "-q", str(tmp_path), str(tmp_path / "out")]
    subprocess.run(command, check=True)
    html = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert html.count(f'href="{site}topics/mixture-of-experts/"') == 2
    assert html.count(f'href="{site}topics/evals/"') == 1
