"""Each broken or hostile file is reported with its place and a cure, and everything else is built."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

import building
from making import XML_BOMB, booked, page, sentences

SECRET = "A secret of the machine that nobody may read."
GOOD = ">> What is a stone?\n>> A stone is what is left when the river has gone, and that is why we keep them.\n"
FOREIGN = '<!DOCTYPE tt [<!ENTITY x SYSTEM "file://{}">]><tt><body><div><p>&x;</p></div></body></tt>'
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256))

# name of a bad transcript -> (its bytes, the start of the message)
FILES: Mapping[str, tuple[bytes, str]] = {
    "empty.txt": (b"", ": This file is empty. "),
    "latin.txt": ("Ein schöner Stein für Käthe.\n".encode("latin-1"), ":1: This is not UTF-8 text. "),
    "wide.txt": ("A stone is here.\n".encode("utf-16-le"), ":1: This is not UTF-8 text: it contains NUL bytes. "),
    "nul.txt": (b">> One.\n>> Two\0 stones.\n", ":2: There is a NUL byte in the text. "),
    "picture.vtt": (JPEG, ": This is a JPEG picture, not text. "),
    "cut.json": (b'{"segments": [{"text": "A stone', ":1: This is not valid JSON"),
    "deep.json": (b'[{"a": ' + b"[" * 200_000, ":1: This JSON is nested too deeply. "),
    "cut.ttml": (b"<tt><body><div><p>A stone", ":1: This is not valid XML"),
    "bomb.ttml": (XML_BOMB.encode(), ":1: This XML defines entities"),
}


def project(folder: Path) -> Path:
    """Make a valid project with one transcript and one topic, and a secret file outside it."""
    (folder / "secret.txt").write_text(f">> {SECRET}\n")
    return building.project(folder / "project", {"transcripts/stones.txt": GOOD, "topics/stone.md": page("Stone")})


def refused(folder: Path, good: str = "stones") -> list[str]:
    """Return the messages of a strict build, which must fail, yet build the transcript `good` and leak no secret."""
    with pytest.raises(Abort) as aborted:
        building.build(folder, folder / "site")
    site = folder / "site"
    assert good in [each["slug"] for each in json.loads((site / "transcripts.json").read_text())]
    assert "A stone is what is left" in (site / "topics/stone/index.html").read_text()
    assert building.dead(site) == []
    said: list[str] = aborted.value.args[-1]
    for text in [*said, *(path.read_text("utf-8") for path in site.rglob("*.*") if path.suffix in TEXT)]:
        assert SECRET not in text
    return said


def test_a_quiet_strict_build_fails_on_errors(tmp_path: Path) -> None:
    folder = project(tmp_path)
    (folder / "content/topics/river.md").write_text(page("River", related="[rivr]"))
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert made.returncode == 1
    assert 'content/topics/river.md:3: There is no topic "rivr". Did you mean "river"?' in made.stderr


TEXT = (".html", ".json", ".md", ".txt", ".xml", ".atom")


def test_each_bad_file_is_reported_with_its_place_and_the_rest_is_built(tmp_path: Path) -> None:
    folder = project(tmp_path)
    talks = folder / "content" / "transcripts"
    files = {**FILES, "foreign.ttml": (FOREIGN.format(tmp_path / "secret.txt").encode(), ":1: This XML defines")}
    for name, (data, _) in files.items():
        (talks / f"{name.partition('.')[0]}-{name.partition('.')[2]}.{name.partition('.')[2]}").write_bytes(data)
    said = refused(folder)
    assert len(said) == len(files)
    for name, (_, expected) in files.items():
        stem, _, ending = name.partition(".")
        start = f"content/transcripts/{stem}-{ending}.{ending}{expected}"
        (found,) = [each for each in said if each.startswith(start)]
        assert found.removeprefix(start).rstrip().endswith((".", "?")), found  # a cure follows


def test_a_line_of_five_megabytes_is_read(tmp_path: Path) -> None:
    folder = project(tmp_path)
    line = ">> " + "What a long line that is, and it goes on for ever and ever. " * 85_000
    (folder / "content/transcripts/long.txt").write_text(line)
    (folder / "content/transcripts/other.txt").write_text("x" * 5_000_000)
    assert building.build(folder, folder / "site") == []


def test_links_out_of_the_content_folder_are_reported_and_not_followed(tmp_path: Path) -> None:
    folder = project(tmp_path)
    content = folder / "content"
    links = {
        "transcripts/leak.txt": tmp_path / "secret.txt",
        "transcripts/leak.yml": tmp_path / "secret.txt",
        "topics/leak.md": tmp_path / "secret.txt",
        "lexicon.yml": tmp_path / "secret.txt",
        "people.yml": tmp_path / "secret.txt",
        "permalinks.txt": tmp_path / "secret.txt",
    }
    for name, target in links.items():
        (content / name).symlink_to(target)
    nowhere = {"circle.txt": "circle.txt", "folder": "../transcripts", "gone.txt": "other.txt"}
    for name, to in nowhere.items():
        (content / "transcripts" / name).symlink_to(content / "transcripts" / to)
    hint = "Put a copy of its target here, or remove it."
    out = [f"content/{name}: This link leads out of the content folder. {hint}" for name in links]
    none = [f"content/transcripts/{name}: This link doesn't lead to a file. {hint}" for name in nowhere]
    assert sorted(refused(folder)) == sorted([*out, *none])


@pytest.mark.parametrize("name", ["lexicon.yml", "people.yml", "permalinks.txt"])
@pytest.mark.parametrize("link", [False, True])
def test_a_file_about_the_whole_book_that_is_no_file_is_reported(tmp_path: Path, name: str, link: bool) -> None:
    folder = project(tmp_path)
    place = folder / "content" / name
    if link:
        place.symlink_to(tmp_path / "gone")
    else:
        place.mkdir()
    assert refused(folder) == [f"content/{name}: This is not a file that can be read. Put a file here, or remove it."]


@pytest.mark.parametrize("name", ["lexicon", "people"])
def test_a_file_about_the_whole_book_with_another_suffix_is_reported(tmp_path: Path, name: str) -> None:
    folder = project(tmp_path)
    (folder / f"content/{name}.yaml").write_text("{}\n")
    assert refused(folder) == [
        f"content/{name}.yaml: The name of this file must be {name}.yml, so it is ignored. Rename it."
    ]


@pytest.mark.parametrize("name", ["topics", "transcripts"])
def test_a_file_in_the_place_of_a_folder_of_sources_is_reported(tmp_path: Path, name: str) -> None:
    folder = project(tmp_path)
    (folder / "content" / name).rename(folder / "aside")
    (folder / "content" / name).write_text("A list of them.")
    with pytest.raises(Abort) as aborted:
        building.build(folder, folder / "site")
    assert aborted.value.args[-1] == [
        f"content/{name}: This is not a folder. Put the files into a folder with the name {name}."
    ]


def test_two_transcripts_with_the_same_slug_are_both_reported(tmp_path: Path) -> None:
    folder = project(tmp_path)
    (folder / "content/transcripts/zoo").mkdir()
    (folder / "content/transcripts/zoo/stones.md").write_text("**Ida:** A stone.\n\n**Tom:** Yes.\n")
    (said,) = refused(folder)
    assert "content/transcripts/zoo/stones.md" in said
    assert "content/transcripts/stones.txt" in said
    assert "Rename one of them" in said


@pytest.mark.parametrize("name", ["more.markdown", "more.txt", "more.yml"])
def test_a_topic_with_another_suffix_is_reported(tmp_path: Path, name: str) -> None:
    folder = project(tmp_path)
    (folder / "content/topics" / name).write_text(page("More"))
    (folder / "content/topics" / f"_{name}").write_text("Notes.\n")
    assert refused(folder) == [
        f"content/topics/{name}: The file of a topic must end in .md, so this one is ignored. "
        "Rename it. Files whose names begin with _ are skipped without a message."
    ]


def test_a_topic_may_have_an_uppercase_suffix(tmp_path: Path) -> None:
    folder = project(tmp_path)
    (folder / "content/topics/MORE.MD").write_text(page("More"))
    assert building.build(folder, folder / "site") == []
    assert (folder / "site/topics/more/index.html").is_file()


@pytest.mark.parametrize(
    ("name", "hint"),
    [("stone.yml", 'Did you mean "stones"?'), ("xq.yml", "Give it the name of its transcript, or remove it.")],
)
def test_a_sidecar_without_a_transcript_is_a_problem(tmp_path: Path, name: str, hint: str) -> None:
    folder = project(tmp_path)
    (folder / "content/transcripts" / name).write_text("title: Stones\n")
    stem = name.partition(".")[0]
    assert refused(folder) == [f'content/transcripts/{name}: There is no transcript "{stem}" for this sidecar. {hint}']


def test_a_second_sidecar_is_a_problem(tmp_path: Path) -> None:
    folder = project(tmp_path)
    for ending in ("yaml", "yml"):
        (folder / f"content/transcripts/stones.{ending}").write_text("title: Stones\n")
    (folder / "content/transcripts/others.txt").write_text(GOOD)
    assert refused(folder, "others") == [
        "content/transcripts/stones.yml: content/transcripts/stones.yaml is a sidecar of the same transcript. "
        "Put everything into one of them."
    ]
    assert [each["slug"] for each in json.loads((folder / "site/transcripts.json").read_text())] == ["others"]


def test_an_unreadable_folder_withholds_all_transcripts_without_a_sidecar(tmp_path: Path) -> None:
    folder = project(tmp_path)
    talks = folder / "content/transcripts"
    (tmp_path / "aside").mkdir()
    (tmp_path / "aside/talk.txt").write_text(f">> {SECRET}\n")
    (talks / "aside").symlink_to(tmp_path / "aside")
    (talks / "others.txt").write_text(GOOD)
    (talks / "others.yml").write_text("title: Others\n")
    (said,) = refused(folder, "others")
    assert said.startswith("content/transcripts/aside: This link leads out of the content folder.")
    assert "withheld" in (folder / "site/transcripts/stones/index.html").read_text()


@pytest.mark.parametrize(
    "data", [b">> The river is gone.\n>> So\0 it is.\n", "Der Fluß: The river is gone.".encode("latin-1")]
)
def test_a_pin_in_an_unreadable_transcript_is_not_reported_as_lost(data: bytes) -> None:
    topics = {"stone": page("Stone", quotes='{pin: ["The river is gone."], hide: ["Nobody said that anywhere."]}')}
    made = booked({"stones": GOOD, "bad": data}, topics)
    assert [said.partition(" ")[0] for said in sentences(made)] == [
        "content/topics/stone.md:3:",
        f"content/transcripts/bad.txt:{'2' if 0 in data else '1'}:",
    ]
    assert "Nobody said that" in sentences(made)[0]


def test_a_redirect_where_the_site_has_a_file_is_reported_once_with_its_line(tmp_path: Path) -> None:
    folder = project(tmp_path)
    old = ("assets/talkbook.css", "/index", "/sitemap.xml")
    (folder / "content/topics/river.md").write_text(page("River", "Water.", redirect_from=f"[{', '.join(old)}]"))
    assert refused(folder) == [
        f"content/topics/river.md:3: There can be no redirect at {path}, because the site has a file there. "
        "Remove that old address."
        for path in ("assets/talkbook.css/index.html", "index.html", "sitemap.xml/index.html")
    ]


def test_a_published_address_where_the_site_has_a_file_now_is_reported_with_its_line(tmp_path: Path) -> None:
    folder = project(tmp_path)
    (folder / "content/topics/river.md").write_text(page("River", "Water."))
    (folder / "content/permalinks.txt").write_text("topics/brook -> topics/river\nsitemap.xml/a -> topics/river\n")
    assert refused(folder) == [
        "content/permalinks.txt:2: There can be no redirect at sitemap.xml/a/index.html, because the site has a file "
        "there. Rename the file that is there now."
    ]
