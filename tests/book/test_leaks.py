"""The search for leaks in finished files finds private words in every form, and never takes public ones for private."""

import gzip
import json
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from mkdocs.exceptions import Abort

import building
from making import page
from talkbook.book import leaks, private_words
from talkbook.book.private_words import PrivateWords
from talkbook.cli.main import main
from talkbook.sources.source import Source

SAID = "My café code is the quagga of Zebu's okapi"
TALK = f">> Welcome, what is your code?\n>> You know what I mean by that, of course. {SAID}, please. Thank you.\n"
SIDE = "private:\n  - {from: You know, to: okapi}\n"


def private(talk: str = TALK, side: str = SIDE) -> PrivateWords:
    source = Source("content/transcripts/talk.txt", "talk", talk.encode())
    return private_words.collect(source, Source("content/transcripts/talk.yml", "talk", side.encode()))


def packed(name: str, content: str | bytes) -> bytes:
    """An archive, such as a word processor's document, always with the same date."""
    with BytesIO() as file:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        return file.getvalue()


def spoilt(how: str) -> bytes:
    """An archive of two texts, of which one can't be unpacked."""
    with BytesIO() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.txt", "Nothing of note.")
            archive.writestr("b.txt", SAID)
        data = bytearray(file.getvalue())
    central = data.index(b"PK\x01\x02")
    if how == "encrypted":
        data[6] |= 1
        data[central + 8] |= 1
    elif how == "damaged":
        data[37] ^= 0xFF
    elif how == "packed in an unknown way":
        data[8] = data[central + 10] = 99
    return bytes(data)


FORMS: Mapping[str, bytes] = {
    "as it is": SAID.encode(),
    "another case": SAID.upper().encode(),
    "other white space": "\n\t".join(SAID.split()).encode(),
    "spaces that do not break": SAID.replace(" ", "\u00a0").encode(),
    "entities": SAID.replace(" ", "&nbsp;").replace("é", "&eacute;").replace("'", "&#39;").encode(),
    "tags between the words": SAID.replace(" ", "</i> <i>").encode(),
    "a tag in a word": SAID.replace("quagga", "qua<wbr>gga").encode(),
    "an attribute": f'<a title="{SAID}">x</a>'.encode(),
    "soft hyphens": SAID.replace("quagga", "qua\u00adgga").encode(),
    "letters and their accents apart": SAID.replace("é", "e\u0301").encode(),
    "JSON": json.dumps({"text": f"<p>\n{SAID}</p>\n"}).encode(),
    "JSON of lines": json.dumps("\n".join(SAID.split())).encode(),
    "an address": f"https://x.example/?q={quote(SAID)}".encode(),
    "an address with plus signs": f"https://x.example/?q={quote(SAID, safe=' ').replace(' ', '+')}".encode(),
    "UTF-16": SAID.encode("utf-16-le"),
    "gzip": gzip.compress(SAID.encode()),
    "zlib": zlib.compress(SAID.encode()),
    "an inventory": b"# Sphinx inventory\n# Project: x\n# Version:\n# zlib\n" + zlib.compress(SAID.encode()),
    "a document": packed("word/document.xml", f"<w:t>{SAID[:20]}</w:t><w:t>{SAID[20:]}</w:t>"),
    "an archive in an archive": packed("talk.zip", packed("talk.txt", SAID)),
    "a name in an archive": packed(f"{SAID}.txt", ""),
    "part of the words": b"... caf\xc3\xa9 code is the quagga ...",
    "among bytes": b"\x80\x04\x95\x8c\x2b" + SAID.encode() + b"\x94\x8c\x05speak\x94",
}


@pytest.mark.parametrize("form", FORMS)
def test_private_words_are_found_in_every_form(form: str) -> None:
    found = leaks.in_bytes(private(), FORMS[form])
    assert {private().runs[run] for run in found} == {"content/transcripts/talk.yml:2"}


SPOILT = ("encrypted", "damaged", "packed in an unknown way")


@pytest.mark.parametrize("how", SPOILT)
def test_an_archive_is_searched_beyond_what_cannot_be_unpacked(how: str) -> None:
    assert leaks.in_bytes(private(), spoilt(how))
    assert leaks.in_bytes(private(), packed("inner.zip", spoilt(how)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"My code is my own.",
        " ".join(reversed(SAID.split())).encode(),
        b"\x1f\x8b\x08broken",
        b"%PDF",
        packed("a", "b")[:-4],
        packed("é", "b").replace("é".encode(), b"\xff\xfe"),
    ],
)
def test_other_words_are_not_private(data: bytes) -> None:
    assert not leaks.in_bytes(private(), data)


def test_words_that_are_also_said_in_public_are_not_private() -> None:
    words = private(TALK + ">> You know what I mean by that.\n", SIDE.replace("You know", "of course."))
    assert not leaks.in_bytes(words, b"You know what I mean by that.")
    assert not leaks.in_bytes(private().without(["You know what I mean by that, my dear."]), b"what I mean by that")


def test_a_copy_of_a_passage_does_not_make_it_public() -> None:
    assert leaks.in_bytes(private().without([TALK]), SAID.encode())


def test_a_short_passage_is_looked_for_as_a_whole() -> None:
    words = private(side="private:\n  - {from: quagga, to: quagga}\n")
    assert leaks.in_bytes(words, b"Not a Quagga!")
    assert not leaks.in_bytes(words, b"No quaggas.")


def test_a_conversation_of_one_word_has_no_private_words() -> None:
    assert not private(">> Search.\n", "titel: x\n").runs


def test_a_word_of_the_page_layout_is_not_a_leak(tmp_path: Path) -> None:
    folder = project(tmp_path)
    (folder / "content/transcripts/talk.yml").write_text("private:\n  - {from: Search, to: Search}\n")
    (folder / "content/transcripts/talk.txt").write_text(f"{TALK}>> Search for it.\n")
    assert building.build(folder, folder / "site") == []


def project(folder: Path) -> Path:
    files = {"transcripts/talk.txt": TALK, "transcripts/talk.yml": SIDE, "topics/code.md": page("Code")}
    return building.project(folder, files)


SAYS = "This file contains words that are private according to content/transcripts/talk.yml:2."


def test_a_build_leaves_no_file_with_private_words(tmp_path: Path) -> None:
    folder = project(tmp_path)
    (folder / ".cache/talkbook").mkdir(parents=True)
    (folder / ".cache/talkbook/old").write_bytes(FORMS["among bytes"])
    assert building.build(folder, folder / "site") == []
    assert not (folder / ".cache/talkbook/old").exists()
    (folder / "content/pages/notes.md").write_text(f"# Notes\n\n{SAID.replace('code', '*code*')}\n")
    with pytest.raises(Abort) as aborted:
        building.build(folder, folder / "site")
    said = aborted.value.args[-1]
    places = sorted(each.partition(": ")[0] for each in said)
    assert places[:2] == ["site/notes.md", "site/notes/index.html"]
    assert places[2:] and all(place.startswith("site/search/") for place in places[2:])
    assert all(SAYS in each and "quagga" not in each for each in said)
    assert not [path for path in (folder / "site").rglob("*") if path.is_file() and b"quagga" in path.read_bytes()]
    assert (folder / "site/transcripts/talk/index.html").exists()


@pytest.mark.parametrize(
    "path",
    [
        "assets/javascripts/notes.txt",
        "assets/stylesheets/extra.css",
        "schemas/notes.json",
        "assets/talkbook.js",
        "notes.docx",
        f"a/{SAID}.pdf",
        "my_café_code_is_the_quagga.png",
    ],
)
def test_files_that_a_curator_puts_among_the_pages_are_searched_with_their_names(tmp_path: Path, path: str) -> None:
    folder = project(tmp_path)
    file = folder / "site" / path
    file.parent.mkdir(parents=True)
    file.write_bytes(FORMS["a document"] if path.endswith(".docx") else b"%PDF" if SAID in path else SAID.encode())
    result = CliRunner().invoke(main, ["check", str(folder), "--private"])
    assert f"{file.as_posix()}: error: This file contains words that are private" in result.output


def test_check_lists_files_that_nobody_can_search(tmp_path: Path) -> None:
    folder = project(tmp_path)
    (folder / "site").mkdir()
    (folder / "site/talk.mp3").write_bytes(b"ID3")
    said = "talk.mp3: warning: Nobody can tell whether this file contains private words. Look through it yourself."
    assert said in CliRunner().invoke(main, ["check", str(folder), "--private"]).output
    (folder / "content/transcripts/talk.yml").unlink()
    assert said not in CliRunner().invoke(main, ["check", str(folder), "--private"]).output


def test_a_build_names_files_that_nobody_can_search_by_where_they_will_be(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = project(tmp_path)
    (folder / "content/pages/talk.mp3").write_bytes(b"ID3")
    caplog.set_level("INFO")
    building.build(folder, folder / "site")
    (said,) = [each for each in caplog.messages if "Nobody can tell" in each]
    assert said.startswith("site/talk.mp3: ")


def test_archives_that_cannot_be_unpacked_are_listed(tmp_path: Path) -> None:
    every = {how: spoilt(how) for how in SPOILT} | {
        "with a name that is no text": packed("é", "b").replace("é".encode(), b"\xff\xfe"),
        "cut off": packed("a", "b")[:-30],
        "inside": packed("inner.zip", spoilt("encrypted")),
        "whole": packed("a.txt", "b"),
        "other": b"PK",
    }
    for name, data in every.items():
        (tmp_path / name).write_bytes(data)
    assert {path.name for path in leaks.opaque(tmp_path)} == {*every} - {"whole", "other"}


def test_archives_in_archives_are_searched_up_to_a_depth_and_then_listed(tmp_path: Path) -> None:
    data = SAID.encode()
    for depth in range(1, 8):
        data = packed("talk.zip", data)
        (tmp_path / "talk.zip").write_bytes(data)
        assert bool(leaks.in_bytes(private(), data)) == (depth <= 5) != bool([*leaks.opaque(tmp_path)])


def test_the_record_of_drafts_is_not_published(tmp_path: Path) -> None:
    folder = project(tmp_path)
    (folder / "mkdocs.yml").write_text((folder / "mkdocs.yml").read_text().replace("content/pages", "content"))
    (folder / "content/drafts.txt").write_text("")
    building.build(folder, folder / "site")
    assert not (folder / "site/drafts.txt").exists()


def test_check_reports_where_private_words_are(tmp_path: Path) -> None:
    folder = project(tmp_path)
    (folder / "mkdocs.offline.yml").write_text("INHERIT: mkdocs.yml\nsite_dir: offline\n")
    for path in ("site/index.html", "offline/search/search_index.js", ".cache/talkbook/kept", "site/fine.html"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(SAID if "fine" not in path else "Nothing.")
    result = CliRunner().invoke(main, ["check", str(folder), "--private"])
    assert result.exit_code == 1
    found = [line.partition(": error: ") for line in result.output.splitlines() if ": error: " in line]
    assert [Path(place).relative_to(folder).as_posix() for place, _, _ in found] == [
        ".cache/talkbook/kept",
        "offline/search/search_index.js",
        "site/index.html",
    ]
    assert all(words.startswith("This file contains words that are private according to ") for _, _, words in found)
    assert "quagga" not in result.output
    assert CliRunner().invoke(main, ["check", str(folder)]).exit_code == 0
