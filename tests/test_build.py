"""Whole folders through the real MkDocs: good ones build strictly, and everything wrong in bad ones is reported."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from mkdocs.exceptions import Abort

import building
import markup
from making import ROOT
from talkbook.text import ids

GOOD = ("garden", "bare", "allotment")


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each good project, built."""
    folder = tmp_path_factory.mktemp("sites")
    for name in GOOD:
        assert building.build(building.PROJECTS / name, folder / name) == []
    return {name: folder / name for name in GOOD}


def read(site: Path, name: str) -> Any:
    return json.loads((site / name).read_text("utf-8"))


@pytest.mark.parametrize("name", GOOD)
def test_every_link_and_anchor_leads_somewhere(sites: dict[str, Path], name: str) -> None:
    base = "/talks/" if name == "garden" else "/"
    assert building.dead(sites[name], base) == []


@pytest.mark.parametrize("name", GOOD)
def test_no_page_asks_another_host_for_anything(sites: dict[str, Path], name: str) -> None:
    assert building.foreign(sites[name]) == []


@pytest.mark.parametrize("name", GOOD)
def test_no_id_stands_twice_on_a_page(sites: dict[str, Path], name: str) -> None:
    for path, page in building.pages(sites[name]):
        ids = markup.ids(page)
        assert len(ids) == len(set(ids)), path


@pytest.mark.parametrize("name", GOOD)
def test_the_data_is_valid_and_true_to_the_published_source(sites: dict[str, Path], name: str) -> None:
    site = sites[name]
    for kind in ("topics", "quotes", "transcripts"):
        Draft202012Validator(read(site, f"schemas/{kind}.schema.json")).validate(read(site, f"{kind}.json"))
    sources = {
        each["slug"]: (site / f"transcripts/{each['slug']}.source.txt").read_bytes().decode()
        for each in read(site, "transcripts.json")
    }
    for quote in read(site, "quotes.json"):
        assert sources[quote["transcript"]][quote["start"] : quote["end"]] == quote["exact"]
    for each in [*read(site, "topics.json"), *read(site, "quotes.json"), *read(site, "transcripts.json")]:
        target = each["url"] if each["url"].endswith(".html") else f"{each['url']}index.html"
        assert (site / target).is_file()


def test_three_formats_become_one_book(sites: dict[str, Path]) -> None:
    talks = {each["slug"]: each for each in read(sites["garden"], "transcripts.json")}
    assert set(talks) == {"soil", "rain", "sun"}
    assert {turn["speaker"] for turn in talks["rain"]["turns"]} == {"Ida Moss", "Tom Reed"}
    assert [turn["time"] for turn in talks["sun"]["turns"]] == [0, 4.5, 9.5]
    assert [turn["speaker"] for turn in talks["soil"]["turns"]][-1] is None


def test_a_source_file_is_byte_for_byte_what_was_received(sites: dict[str, Path]) -> None:
    shown = (sites["bare"] / "transcripts/stones.source.txt").read_bytes()
    assert shown == (building.PROJECTS / "bare/content/transcripts/stones.txt").read_bytes()


def test_private_words_are_in_no_file_of_the_site(sites: dict[str, Path]) -> None:
    for path in sites["garden"].rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert b"Mill Lane" not in data, path
            assert b"the red door" not in data, path


def test_search_has_topics_and_lands_on_passages(sites: dict[str, Path]) -> None:
    entries = building.indexed(sites["garden"])
    (topic,) = [each for each in entries if each.place == "topics/compost/"]
    assert (topic.kind, topic.title) == ("topic", "Compost")
    assert "leaf mould" in topic.text
    pages = dict(building.pages(sites["garden"]))
    for each in entries:
        address, _, anchor = each.place.partition("#")
        assert not anchor or anchor in markup.ids(pages[f"{address}index.html"])
    quotes = {each.place.partition("#")[2] for each in entries if each.kind == "quote"}
    assert {*read_quotes(sites["garden"], "compost")} <= quotes


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("hardly matters", "topics/compost/#explanation"),
        ("A book of soil & worms", "topics/compost/#references"),
    ],
)
def test_all_that_a_topic_says_is_found(sites: dict[str, Path], words: str, place: str) -> None:
    assert [each.place for each in building.indexed(sites["garden"]) if words in each.text] == [place]
    address, _, anchor = place.partition("#")
    assert anchor in markup.ids(dict(building.pages(sites["garden"]))[f"{address}index.html"])


def read_quotes(site: Path, slug: str) -> list[str]:
    return next(each["quotes"] for each in read(site, "topics.json") if each["slug"] == slug)


def test_hand_written_pages_get_what_belongs_to_them(sites: dict[str, Path]) -> None:
    pages = dict(building.pages(sites["garden"]))
    assert "Talks about compost and worms." in markup.text(pages["index.html"])
    assert "Conversations" in markup.text(pages["index.html"])
    assert "there is no com in a garden" in markup.text(pages["made/index.html"])


def test_each_passage_can_be_reported(sites: dict[str, Path]) -> None:
    page = dict(building.pages(sites["garden"]))["topics/compost/index.html"]
    reports = [address for address in markup.links(page) if "/issues/new?" in address]
    assert reports
    assert all(address.startswith("https://forge.example/garden/talks/issues/new?title=") for address in reports)


def test_edit_buttons_lead_to_the_source(tmp_path: Path) -> None:
    theme = {"name": "material", "font": False, "features": ["content.action.edit"]}
    edits = "edit/main/content/pages/"
    assert building.build(building.PROJECTS / "garden", tmp_path, theme=theme, edit_uri=edits) == []
    pages = dict(building.pages(tmp_path))
    sources = {
        "topics/compost": "topics/compost.md",
        "transcripts/soil": "transcripts/soil.yml",
        "made": "pages/made.md",
    }
    for name, source in sources.items():
        (edit,) = {address for address in markup.links(pages[f"{name}/index.html"]) if "/edit/" in address}
        assert edit == f"https://forge.example/garden/talks/edit/main/content/{source}"


def test_all_mistakes_are_said_at_once_with_place_and_cure(tmp_path: Path) -> None:
    with pytest.raises(Abort) as aborted:
        building.build(building.PROJECTS / "mistakes", tmp_path / "site")
    said = aborted.value.args[-1]
    content = "content"
    assert [each for each in said if "encoded.txt" not in each] == [
        f'{content}/lexicon.yml:2: The key "means" is missing in "corrections.0". Add it.',
        f'{content}/people.yml:1: "Anne" doesn\'t speak in any transcript. Did you mean "Ann"?',
        f'{content}/topics/river.md:3: Unknown key "alias". Did you mean "aliases"?',
        f'{content}/topics/sea.md:3: There is no topic "ocean". Write that topic, or remove the name.',
        f'{content}/topics/sea.md:6: "the see never minds them" is not in any turn of a transcript. '
        f'The nearest passage is "the sea never minds them" ({content}/transcripts/rivers.txt:2).',
        f"{content}/transcripts/broken.yml:1: This is not valid YAML: mapping values are not allowed in this context. "
        "Put quotes around text that contains a colon, a # or quotes, and indent with spaces.",
        f'{content}/transcripts/keyed.yml:1: Unknown key "titel". Did you mean "title"?',
        f'{content}/transcripts/rivers.yml:4: "Hello, that is a talk" is not in {content}/transcripts/rivers.txt. '
        f'The nearest passage is "Hello, this is a talk" ({content}/transcripts/rivers.txt:1).',
        f'{content}/transcripts/rivers.yml:5: "the" appears 2 times in {content}/transcripts/rivers.txt (lines 2, 2). '
        "Add words until it appears there once.",
        f'{content}/topics/sea.md:8: There is no topic "lake" to link to. Write that topic, or remove the link.',
    ]
    (encoded,) = [each for each in said if "encoded.txt" in each]
    assert encoded.startswith(f"{content}/transcripts/encoded.txt:1: This is not UTF-8 text.")


def test_two_builds_are_the_same_to_the_byte(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(tmp_path / seed)]
        environment = os.environ | {"PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "1700000000"}
        subprocess.run(command, cwd=building.PROJECTS / "garden", env=environment, check=True)
    one, two = building.contents(tmp_path / "1"), building.contents(tmp_path / "2")
    assert one.keys() == two.keys()
    assert [path for path in one if one[path] != two[path]] == []


def test_a_projects_own_templates_come_first(tmp_path: Path) -> None:
    project = building.copied("bare", tmp_path)
    folder = project / "templates" / "pages"
    folder.mkdir(parents=True)
    (folder / "topic.html").write_text("<h1>{{ topic.title }} of our own</h1>")
    building.build(project, tmp_path / "site")
    assert "Stone of our own" in (tmp_path / "site/topics/stone.html").read_text()


def test_an_empty_folder_is_a_site_too(tmp_path: Path) -> None:
    for folder in ("docs", "content/topics"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Empty\ntheme: {name: material, font: false}\nplugins: [search, talkbook]\n"
    )
    assert building.build(tmp_path, tmp_path / "site") == []
    assert read(tmp_path / "site", "quotes.json") == []


@pytest.mark.parametrize("name", ["Index", "llama-index", "404", "README", "assets", "search"])
def test_a_source_may_have_a_name_that_sites_use(tmp_path: Path, name: str) -> None:
    project = building.copied("bare", tmp_path)
    (project / "content/transcripts" / name).mkdir()
    for path in (f"transcripts/{name}.txt", f"transcripts/{name}/more.txt"):
        (project / "content" / path).write_text(f"{name}: Soil is dark.\n\nAda: It is.\n", "utf-8")
    (project / f"content/topics/{name}.md").write_text("---\ntitle: Dark soil\n---\n\nSoil is dark.\n", "utf-8")
    assert building.build(project, tmp_path / "site") == []
    assert building.dead(tmp_path / "site", "/") == []
    assert {"stones", "more", ids.slug(name)} == {each["slug"] for each in read(tmp_path / "site", "transcripts.json")}


@pytest.mark.parametrize("name", ["topics/stone.md", "topics/README.md", "people.md", "llms.txt"])
def test_what_is_written_by_hand_at_the_place_of_a_page_of_ours_is_not_lost_without_a_word(
    tmp_path: Path, name: str
) -> None:
    project = building.copied("garden", tmp_path)
    (project / "content/topics/stone.md").write_text("---\ntitle: Stone\n---\n\nA stone in soil.\n", "utf-8")
    path = project / "content/pages" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("# Of our own\n", "utf-8")
    with pytest.raises(Abort) as aborted:
        building.build(project, tmp_path / "site")
    (said,) = aborted.value.args[-1]
    assert said.startswith(f"content/pages/{name}: Talkbook makes ")
    assert said.endswith(" itself, so this file is ignored. Give the file another name.")
    for _, page in building.pages(tmp_path / "site"):
        assert "Of our own" not in markup.text(page)


def test_no_source_is_published_as_it_is_where_it_lies_among_the_pages_by_hand(tmp_path: Path) -> None:
    project = building.copied("bare", tmp_path)
    side = "private:\n  - {from: could be, to: washed away, why: shyness}\n"
    (project / "content/transcripts/stones.yml").write_text(side, "utf-8")
    (project / "content/index.md").write_text("# Home\n", "utf-8")
    assert building.build(project, tmp_path / "site", docs_dir=str(project / "content")) == []
    for path in (tmp_path / "site").rglob("*"):
        if path.suffix in (".txt", ".yml", ".md", ".html", ".json"):
            text = path.read_text("utf-8")
            assert "washed away" not in text, path
            assert "shyness" not in text, path
    assert "Home" in (tmp_path / "site/index.html").read_text("utf-8")


@pytest.mark.parametrize("folder", ["content", "contents"])
def test_a_content_folder_that_is_not_there_or_empty_fails_the_build(tmp_path: Path, folder: str) -> None:
    project = building.copied("bare", tmp_path)
    config = project / "mkdocs.yml"
    if folder == "content":
        for name in ("topics", "transcripts"):
            shutil.rmtree(project / "content" / name)
    else:
        config.write_text(config.read_text("utf-8").replace("talkbook]", "{talkbook: {content: contents}}]"), "utf-8")
    with pytest.raises(Abort) as aborted:
        building.build(project, tmp_path / "site")
    assert aborted.value.args[-1] == [
        f"mkdocs.yml: There is no folder {folder}/transcripts, and no folder {folder}/topics. "
        "Create them, or name the folder that contains both: talkbook: {content: …}."
    ]


def test_the_project_that_the_readme_shows_asks_no_other_host(tmp_path: Path) -> None:
    (text,) = re.findall(r"```yaml\n(site_name:.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    project = building.copied("garden", tmp_path)
    (project / "mkdocs.yml").write_text(text, "utf-8")
    assert building.build(project, tmp_path / "site") == []
    for path, found in building.pages(tmp_path / "site"):
        assert [address for address in markup.requests(found) if "//" in address] == [], path


@pytest.mark.parametrize("home", ["index.md", "README.md"])
def test_pages_by_hand_may_lie_in_folders_and_be_called_readme(tmp_path: Path, home: str) -> None:
    project = building.copied("garden", tmp_path)
    pages = project / "content/pages"
    (pages / "index.md").rename(pages / home)
    (project / "mkdocs.yml").write_text((project / "mkdocs.yml").read_text().replace("index.md", home, 1))
    for name in ("about/README.md", "about/made.md", "about/deep/made.md"):
        (pages / name).parent.mkdir(parents=True, exist_ok=True)
        (pages / name).write_text("---\nappend: corrections\n---\n# How\n", "utf-8")
    assert building.build(project, tmp_path / "site") == []
    assert building.dead(tmp_path / "site", "/talks/") == []
    assert "Talks about" in (tmp_path / "site/index.html").read_text("utf-8")
    head = (tmp_path / "site/about/index.html").read_text("utf-8")
    assert 'property="og:url" content="https://garden.example/talks/about/"' in head


def test_what_hides_is_not_read(tmp_path: Path) -> None:
    project = building.copied("bare", tmp_path)
    talks = project / "content" / "transcripts"
    (talks / ".hidden.txt").write_text(">> Hidden.\n")
    (talks / "_draft.txt").write_text(">> Draft.\n")
    building.build(project, tmp_path / "site")
    assert [each["slug"] for each in read(tmp_path / "site", "transcripts.json")] == ["stones"]


def test_the_page_says_what_is_wrong_with_a_transcript_and_the_rest_is_built(tmp_path: Path) -> None:
    project = building.copied("bare", tmp_path)
    (project / "content/transcripts/bad.txt").write_bytes(b">> \xff\xfe\x00")
    with pytest.raises(Abort):
        building.build(project, tmp_path / "site")
    page = (tmp_path / "site/topics/stone.html").read_text()
    assert re.search(r"A stone is what is left", page)


def test_a_broken_template_is_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    project = building.copied("bare", tmp_path)
    folder = project / "templates" / "pages"
    folder.mkdir(parents=True)
    (folder / "topic.html").write_text("\n{% if %}")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode
    assert "templates/pages/topic.html:2: The template is not valid" in done.stderr
    assert "Traceback" not in done.stderr
