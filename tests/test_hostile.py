"""Whatever is in transcripts, sidecars, topics and lists appears in the HTML as text."""

import json
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
import yaml

import building
import markup

# If not escaped, each makes an element called xss, an attribute called onxss or a script that says xss().
PAYLOADS = (
    "<xss onxss=1>", '"><xss onxss="1">', "'><xss onxss='1'>", "</title><xss>", "</script><xss>", "</style><xss>",
    "--><xss>", "]]><xss>", "</textarea></noscript><xss>", "&lt;xss&gt;", "<script>xss()</script>", '" onxss="1',
    "' onxss='1", "` onxss=1", "[x](javascript:xss())", "<a href='javascript:xss()'>x</a>",
    "![x](http://x.example/ onxss=1)",
    "javascript:xss()", "{{7*191}}", "{% raw %}{{ config }}", "${7*191}", "{: onxss=1 }", "*[Ida]: <xss>",
    "<svg><script>xss()</script></svg>", "\\\"><xss>", "&quot;&gt;<xss>", "../../../xss", "%3Cxss%3E", "<!--",
)  # fmt: skip
WORDS = "Compost is important because worms need it, and the reason why we make compost is that soil is hungry, "


def project(folder: Path, payload: str) -> Path:
    """Make a project that has the payload in every possible place."""
    answer = f"{WORDS} {payload} um uh {payload} com post it it {payload} works."
    side = {
        **{key: f"{key.capitalize()} {payload}" for key in ("title", "show", "episode", "description")},
        "duration": payload,
        "tags": [payload],
        "speakers": {"ida": {"name": f"Ida {payload}", "role": f"role {payload}", "labels": [payload]}},
        "turns": [{"ida": "Compost is important because"}],
        "sections": [{"at": "Why compost?", "title": f"Section {payload}"}, {"at": "Compost is", "title": "Section"}],
    }
    lexicon = {
        "corrections": [{"heard": "com post", "means": f"compost {payload}", "why": payload}],
        "abbreviations": {"pH": payload},
    }
    front = {
        "title": f"Compost {payload}",
        "aliases": ["compost", f"alias {payload}"],
        "hidden_labels": [payload],
        "summary": f"Summary {payload}",
        "references": [{"title": f"Book {payload}", "url": "https://library.example/?a='&b=`"}],
    }
    body = f"The pH of compost. {payload}\n\n{payload}\n\n> {payload}\n\n- {payload}\n\n## {payload}\n"
    files = {
        "transcripts/talk.txt": f">> {payload} Why compost? {payload}\n>> {answer}\n>> Bye.\n",
        "transcripts/talk.yml": yaml.safe_dump(side),
        "lexicon.yml": yaml.safe_dump(lexicon),
        "people.yml": yaml.safe_dump({f"Ida {payload}": {"description": payload, "labels": [payload]}}),
        "topics/compost.md": f"---\n{yaml.safe_dump(front)}---\n\n{body}",
        "topics/worms.md": f"---\ntitle: Worms\nrelated: [compost]\n---\nWorms make compost. {payload}\n",
        "pages/index.md": "# Home\n",
        "pages/made.md": "---\nappend: corrections\n---\n# How\n",
    }
    settings = (
        "site_name: Hostile\nsite_url: https://site.example/\nrepo_url: https://forge.example/x/y\n"
        "docs_dir: content/pages\n"
        "theme: {name: material, font: false, features: [navigation.footer, navigation.path, toc.follow]}\n"
        "plugins: [search, talkbook]\nmarkdown_extensions: [attr_list, abbr, {toc: {permalink: true}}]\n"
    )
    return building.project(folder, files, settings)


def escaped(page: Element) -> list[str]:
    """Return what is in a page as markup instead of text."""
    found = []
    for each in page.iter():
        tag = each.tag if isinstance(each.tag, str) else "comment"
        if "xss" in tag or "onxss" in each.attrib:
            found.append(f"<{tag} {' '.join(each.attrib)}>")
        if tag == "script" and "xss()" in (each.text or "") and each.get("type") != "application/ld+json":
            found.append("script")
        for name in ("href", "src", "action", "formaction", "data", "{http://www.w3.org/1999/xlink}href", "xlink:href"):
            if (each.get(name) or "").strip().lower().startswith(("javascript:", "data:", "vbscript:")):
                found.append(f"{tag} {name}={each.get(name)}")
    if "1337" in markup.text(page) or "1337" in " ".join(
        value for each in page.iter() for value in each.attrib.values()
    ):
        found.append("a template was run")
    return found


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The hostile project with all payloads at once, and the same with harmless words."""
    result = {}
    for name, payload in (("hostile", " ".join(PAYLOADS)), ("innocent", "calm words")):
        folder = tmp_path_factory.mktemp(name)
        building.build(project(folder / "project", payload), folder / "site")
        result[name] = folder / "site"
    return result


def test_nothing_escapes_into_a_page(sites: dict[str, Path]) -> None:
    found = {path: bad for path, page in building.pages(sites["hostile"]) if (bad := escaped(page))}
    assert found == {}


def test_the_same_pages_are_built_as_of_innocent_words(sites: dict[str, Path]) -> None:
    """No page is cut short: each still ends with its article, its footer and its script."""
    hostile, innocent = (Counter(path.partition("/")[0] for path, _ in building.pages(sites[name])) for name in sites)
    assert hostile.keys() == innocent.keys()
    assert {name for name in hostile if hostile[name] != innocent[name]} <= {
        "quotes",
        "embed",
    }  # different words, different quotes
    for path, page in building.pages(sites["hostile"]):
        assert page.find("head/title") is not None, path
        body = page.find("body")
        assert body is not None
        if not path.startswith("embed/"):
            assert [each.tag for each in body][-1] == "script", path
            assert page.find(".//article") is not None, path


@pytest.mark.parametrize("payload", [payload for payload in PAYLOADS if "<xss" in payload or "javascript:" in payload])
def test_what_does_escape_is_noticed(payload: str) -> None:
    """A test of the tests: unescaped, each payload is found somewhere."""
    raw = f"<title>{payload}</title><script>'{payload}'</script><p a='{payload}' b=\"{payload}\">{payload}"
    raw += f"<a href='{payload}'>x</a>"
    assert escaped(markup.parse(raw)) or "](" in payload or payload.startswith("*[")


def test_every_link_still_leads_somewhere(sites: dict[str, Path]) -> None:
    assert building.dead(sites["hostile"]) == []
    assert building.foreign(sites["hostile"]) == []


def test_no_file_is_written_outside_or_under_a_strange_name(sites: dict[str, Path]) -> None:
    names = [path.relative_to(sites["hostile"]).as_posix() for path in sites["hostile"].rglob("*") if path.is_file()]
    ours = [name for name in names if not name.startswith("assets/")]
    assert all(char.isascii() and (char.isalnum() or char in "-_./") for name in ours for char in name)


def test_the_search_index_holds_words_and_no_tags(sites: dict[str, Path]) -> None:
    for entry in json.loads((sites["hostile"] / "search/search_index.json").read_text())["docs"]:
        for value in (entry["title"], entry["text"]):
            assert not [each.tag for each in markup.body(value).iter() if "xss" in str(each.tag)], entry["location"]


def test_every_file_for_machines_can_be_read_by_them(sites: dict[str, Path]) -> None:
    for path in sites["hostile"].rglob("*"):
        if path.suffix in (".json", ".jsonld"):
            json.loads(path.read_text("utf-8"))
        elif path.suffix in (".xml", ".atom", ".svg") and "assets/" not in path.as_posix():
            ElementTree.parse(path)


def test_data_is_still_data(sites: dict[str, Path]) -> None:
    (whole,) = json.loads((sites["hostile"] / "transcripts.json").read_text())
    assert PAYLOADS[0] in whole["title"]
    assert whole["url"] == "transcripts/talk/"


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("transcripts/talk.yml", "media: javascript:xss()"),
        ("transcripts/talk.yml", "url: javascript:xss()"),
        ("people.yml", "Ida:\n  url: javascript:xss()"),
        ("topics/compost.md", "---\ntitle: A\nreferences: [{title: a, url: 'javascript:xss()'}]\n---\n"),
        ("topics/compost.md", "---\ntitle: A\nrelated: ['../../../etc']\n---\n"),
    ],
)
def test_an_address_that_runs_or_leads_out_is_refused(tmp_path: Path, path: str, line: str) -> None:
    folder = project(tmp_path, "calm words")
    (folder / "content" / path).write_text(line)
    with pytest.raises(building.Abort) as aborted:
        building.build(folder, tmp_path / "site")
    assert any("cannot be" in said for said in aborted.value.args[-1])
    for _, page in building.pages(tmp_path / "site"):
        assert escaped(page) == []


def test_thousands_of_digits_are_words_too(tmp_path: Path) -> None:
    folder, digits = project(tmp_path, "calm words"), "1" * 5_000
    (folder / "content/transcripts/talk.yml").write_text(f"title: {digits}\nduration: {digits}:00:00\n")
    (folder / "content/people.yml").unlink()
    turn = f"transcripts/talk#t-abcdefgh-{digits}"
    (folder / "content/permalinks.txt").write_text(f"{turn}: bye\n")
    with pytest.raises(building.Abort) as aborted:
        building.build(folder, tmp_path / "site")
    (said,) = aborted.value.args[-1]
    assert said.startswith(f"content/permalinks.txt:1: {turn} was published (bye) and is gone.")


@pytest.mark.parametrize(
    "name", ["..%2f..%2fetc.txt", "<xss>.txt", "a b'c\".txt", "....txt", "％２e％２e.txt", "CON.txt"]
)
def test_names_of_files_become_safe_addresses(tmp_path: Path, name: str) -> None:
    folder = project(tmp_path, "calm words")
    (folder / "content/transcripts/talk.txt").rename(folder / "content/transcripts" / name)
    (folder / "content/transcripts/talk.yml").unlink()
    (folder / "content/people.yml").unlink()
    assert building.build(folder, tmp_path / "site") == []
    assert building.dead(tmp_path / "site") == []
    test_no_file_is_written_outside_or_under_a_strange_name({"hostile": tmp_path / "site"})
