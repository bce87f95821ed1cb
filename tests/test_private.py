"""What a curator marks as private is in no file of a site, no cache and no message, however it is marked."""

import io
import json
import logging
import os
import random
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from pathlib import Path

import pytest
from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

import building
from making import page

TALK = (
    ">> Welcome to the show. What do you think of gardens?\n"
    ">> Gardens matter to all of us. My code is {secret} please. Gardens are hard work, and we measure them every day "
    "because it helps.\n>> Thank you.\n"
)
BOLD = (
    "**Ann Lee:** Welcome to the show. What do you think of gardens?\n\n**Ben Orr:** Gardens matter to all of us. My "
    "code is {secret} please. Gardens are hard work.\n\n**Ann Lee:** Thank you.\n"
)
CAPTIONS = (
    "WEBVTT\n\n00:01.000 --> 00:04.000\nWelcome to all.\n\n00:05.000 --> 00:09.000\nMy code is {secret} please.\n"
)
PRIVATE = "private:\n  - {{from: My code, to: please}}\n"
OTHER = "title: A talk\n"
FRONT = f"---\ntitle: A talk\n{PRIVATE}---\n"

Make = Callable[[Path, str], None]


def link(target: str) -> Make:
    return lambda path, text: path.symlink_to(target)


def folder(path: Path, text: str) -> None:
    path.mkdir()
    (path / "inside.txt").write_text(text)


def encoded(encoding: str) -> Make:
    return lambda path, text: (path.write_bytes(text.encode(encoding)), None)[1]


def pipe(path: Path, text: str) -> None:
    os.mkfifo(path)


# What is private in talk.txt, and where that is written: path in the content folder -> text, or how it is made.
# "talk" stands for the name, {secret} for the words.
WAYS: Mapping[str, Mapping[str, str | Make | tuple[Make, str]]] = {
    "yml": {"talk.yml": PRIVATE},
    "yaml": {"talk.yaml": PRIVATE},
    "YML": {"talk.YML": PRIVATE},
    "Yaml": {"talk.Yaml": PRIVATE},
    "named after the whole file": {"talk.txt.yml": PRIVATE},
    "named after the whole file, in capitals": {"TALK.TXT.YAML": PRIVATE},
    "another case": {"TALK.yml": PRIVATE},
    "a space before the ending": {"talk .yml": PRIVATE},
    "an ending that the system adds": {"talk.yml.txt": PRIVATE},
    "a copy of the editor's alone": {"talk.yml~": PRIVATE},
    "set aside": {"talk.yml.bak": PRIVATE},
    "a misspelt ending": {"talk.ymal": PRIVATE},
    "hidden": {".talk.yml": PRIVATE},
    "passed over": {"_talk.yml": PRIVATE},
    "a word in the name": {"talk.private.yml": PRIVATE},
    "a word at the name": {"talk-private.yml": PRIVATE},
    "a misspelt name": {"talkk.yml": PRIVATE},
    "a foreign name": {"unheard-of-{secret}.yml": PRIVATE},
    "in a folder": {"notes/talk.yml": PRIVATE},
    "above": {"../talk.yml": PRIVATE},
    "among the topics": {"../topics/talk.yml": PRIVATE},
    "among the pages": {"../pages/talk.yml": "private:\n  - {{from: My code is {secret}, to: please}}\n"},
    "in a folder beside": {"../sidecars/talk.yaml": PRIVATE},
    "two": {"talk.yml": PRIVATE, "talk.yaml": OTHER},
    "the second of two": {"talk.yaml": OTHER, "talk.yml": PRIVATE},
    "two, one named after the whole file": {"talk.yml": OTHER, "talk.txt.yml": PRIVATE},
    "a copy of the transcript": {"talk.yml": PRIVATE, "talk.txt.bak": TALK},
    "an editor's copy of the transcript": {"talk.yml": PRIVATE, "talk.txt~": TALK},
    "no permission": {"talk-locked.yml": OTHER, "talk-locked.txt": TALK, "talk.yml": PRIVATE},
    "a link out": {"talk.yml": link("../../../outside.yml")},
    "a link out of a name in capitals": {"talk.YAML": link("../../../outside.yml")},
    "a link to nowhere": {"talk.yml": link("nowhere.yml")},
    "a link to itself": {"talk.yml": link("talk.yml")},
    "a pipe": {"talk.yml": pipe},
    "a second one that is a pipe": {"talk.yaml": OTHER, "talk.yml": pipe},
    "a folder": {"talk.yml": (folder, TALK)},
    "a hidden pipe": {".talk.yml": pipe},
    "broken YAML": {"talk.yml": f'title: "A talk\n{PRIVATE}'},
    "tabs": {"talk.yml": "private:\n\t- from: My code\n\t  to: please\n"},
    "a misspelt key": {"talk.yml": "privat:\n  - {{from: My code, to: please}}\n"},
    "a key in capitals": {"talk.yml": "PRIVATE:\n  - {{from: My code, to: please}}\n"},
    "other keys": {"talk.yml": "private:\n  - {{start: My code is {secret}, end: please}}\n"},
    "words as keys": {"talk.yml": "private:\n  - {{My code is {secret}: please}}\n"},
    "words twice as keys": {"talk.yml": "private:\n  - {{{secret}: please, {secret}: too}}\n"},
    "a mapping": {"talk.yml": "private: {{from: My code is {secret}, to: please}}\n"},
    "a text": {"talk.yml": "private: My code is {secret}\n"},
    "a list of texts": {"talk.yml": "private: [My code is {secret}]\n"},
    "nothing under the key": {"talk.yml": "private:\n"},
    "an empty text": {"talk.yml": "private:\n  - {{from: My code is {secret}, to: ''}}\n"},
    "one end": {"talk.yml": "private:\n  - {{from: My code is {secret}}}\n"},
    "deeper": {"talk.yml": f"title: A talk\nmore:\n  {PRIVATE}".replace("\n  -", "\n    -")},
    "at the margin": {"talk.yml": "private:\nfrom: My code is {secret}\nto: please\n"},
    "a second document": {"talk.yml": f"title: A talk\n---\n{PRIVATE}"},
    "a key twice": {"talk.yml": f"private: []\n{PRIVATE}"},
    "an alias": {"talk.yml": "private:\n  - {{from: *{secret}, to: please}}\n"},
    "words that are not there": {"talk.yml": "private:\n  - {{from: My cod is {secret}, to: please}}\n"},
    "words that are there twice": {"talk.yml": "private:\n  - {{from: Gardens, to: '{secret}'}}\n"},
    "the wrong way round": {"talk.yml": "private:\n  - {{from: please, to: My code is {secret}}}\n"},
    "one of two that is not there": {"talk.yml": f"{PRIVATE}  - {{{{from: nothing, to: like it}}}}\n"},
    "UTF-16": {"talk.yml": (encoded("utf-16"), PRIVATE)},
    "UTF-16 without a mark": {"talk.yml": (encoded("utf-16-le"), PRIVATE)},
    "Latin-1": {"talk.yml": (encoded("latin-1"), f"title: Käthe\n{PRIVATE}")},
    "a byte that is no text": {"talk.yml": f"title: A\0talk\n{PRIVATE}"},
    "an encoding that is none": {"talk.yml": f"encoding: utf-99\n{PRIVATE}"},
    "a format that is none": {"talk.yml": f"format: {{secret}}\n{PRIVATE}"},
    "front matter": {"talk.txt": FRONT + TALK},
    "front matter of Markdown": {"talk.md": FRONT + BOLD},
    "front matter of captions": {"talk.vtt": FRONT + CAPTIONS},
    "front matter after empty lines": {"talk.md": f"\n\n{FRONT}{BOLD}"},
    "front matter beside a sidecar": {"talk.md": FRONT + BOLD, "talk.yml": OTHER},
    "front matter of a transcript in other letters": {"talk.md": (encoded("utf-16"), FRONT + BOLD)},
    "broken front matter": {"talk.md": f'---\ntitle: "A talk\n{PRIVATE}---\n{BOLD}'},
    "front matter without an end": {"talk.md": f"---\ntitle: A talk\n{PRIVATE}\n{BOLD}"},
    "front matter with too many dashes": {"talk.md": f"---\ntitle: A talk\n{PRIVATE}----\n{BOLD}"},
    "front matter with dashes before": {"talk.md": f"----\ntitle: A talk\n{PRIVATE}----\n{BOLD}"},
    "front matter with a key in capitals": {"talk.md": FRONT.replace("private", "Private") + BOLD},
    "front matter with a misspelt key": {"talk.md": FRONT.replace("private", "privates") + BOLD},
    "front matter that says all is private": {"talk.md": f"---\ntitle: A talk\nprivate: true\n---\n{BOLD}"},
    "front matter of words that are not there": {"talk.md": FRONT.replace("please", "thanks, {secret}") + BOLD},
    "front matter in TOML": {"talk.md": f'+++\nprivate = [{{{{from = "My code", to = "please"}}}}]\n+++\n{BOLD}'},
    "front matter without dashes": {"talk.md": f"title: A talk\n{PRIVATE}\n{BOLD}"},
    "front matter at the end": {"talk.md": f"{BOLD}\n---\n{PRIVATE}---\n"},
    "a key that nobody reads": {"talk.md": "---\nnote: {secret}\n---\n" + BOLD.replace("is {secret}", "")},
    "a comment": {"talk.md": BOLD.replace("{secret}", "none") + "\n<!-- {secret} -->\n"},
    "a comment in a line": {"talk.md": BOLD.replace("{secret}", "<!-- not {secret}\nat all --> here")},
    "a comment without an end": {"talk.md": BOLD.replace("{secret}", "none") + "\n<!-- {secret}\n"},
    "a comment of a name": {"talk.md": BOLD.replace("{secret}", "none") + "\n<!--\n**Mx {secret}:** Hello.\n\n-->\n"},
    "a comment in plain text": {"talk.txt": TALK.replace("{secret}", "none") + "<!-- {secret}\n-->\n"},
    "a title": {"talk.md": f"{BOLD}\n## The {{secret}} years\n\n**Ann Lee:** Yes.\n",
                "talk.yml": f"{PRIVATE}  - {{{{from: The {{secret}}, to: years}}}}\n".replace("My code", "My code is")},
    "a name": {"talk.md": BOLD.replace("Ben Orr", "Mx {secret}"),
               "talk.yml": "private:\n  - {{from: Gardens matter, to: hard work.}}\n"},
    "a turn that begins with the words": {
        "talk.yml": f"{PRIVATE}speakers: {{{{ann: {{{{name: Ann}}}}}}}}\nturns:\n  - ann: code is {{secret}} please\n"
    },
    "a section that begins with the words": {
        "talk.yml": f"{PRIVATE}sections:\n  - {{{{at: code is {{secret}}, title: Codes}}}}\n"
    },
    "a pin of the words": {
        "talk.yml": PRIVATE,
        "../topics/talk.md": "---\ntitle: Code\nquotes:\n  pin: [My code is {secret} please]\n---\nOn codes.\n",
    },
    "a pin of nearly the words": {
        "talk.yml": PRIVATE,
        "../topics/talk.md": "---\ntitle: Codes\nquotes:\n  pin: [The code is {secret} here]\n---\nOn codes.\n",
    },
    "an address that was published": {
        "talk.yml": PRIVATE,
        "../permalinks.txt": "quotes/q-abcdefgh in talk on garden: My code is {secret} please\n",
    },
    "somebody whose words are all private": {
        "talk.md": BOLD.replace("Ben Orr", "Mx {secret}"),
        "talk.yml": "private:\n  - {{from: Gardens matter, to: hard work.}}\n",
        "../people.yml": "Mx {secret}: {{description: Somebody.}}\n",
    },
    "a name that nobody is sure of": {
        "talk.md": BOLD + "\n**Ann Lee:** More.\n\nMx {secret}: Hello.\n",
        "talk.yml": f"{PRIVATE}  - {{{{from: Mx, to: Hello}}}}\n",
    },
    "a show's file": {"talk/show.yml": PRIVATE, "talk/talk.txt": TALK},
    "front matter of another file of the conversation": {"talk.md": FRONT + BOLD, "talk.vtt": CAPTIONS},
    "a folder of the conversation": {"talk/transcript.txt": TALK, "talk/transcript.yml": PRIVATE},
    "the folder's name beside it": {"talk/transcript.txt": TALK, "talk.yml": PRIVATE},
    "a correction of the words": {
        "talk.yml": f"{PRIVATE}corrections:\n  - {{{{in: code is {{secret}}, heard: code, means: number}}}}\n"
    },
}  # fmt: skip


def secret(way: str) -> str:
    """Return letters that identify the way, and occur nowhere else."""
    number = [*WAYS].index(way)
    return f"zorb{chr(97 + number // 26)}{chr(97 + number % 26)}q"


def name(way: str) -> str:
    """Return the transcript's name. Most names differ a lot, so that none is taken for another."""
    number = [*WAYS].index(way)
    return f"{chr(97 + number // 10) * 4}{number % 10}{chr(107 + number % 10) * 3}"


def own(text: str, way: str) -> str:
    """Return the text with words that occur in no other transcript, so that none is a copy of another."""
    choice = random.Random(way).choices
    for at in ("to the show", "all of us", "Thank you"):
        text = text.replace(at, f"{at} {' '.join(''.join(choice('bdfgklmnprstv', k=4)) for _ in range(25))}")
    return text.replace("My code", f"My {name(way)} code")


def write(content: Path, way: str) -> None:
    """Write the transcript with this way's secret in it, and the file that marks the secret as private."""
    files = dict(WAYS[way])
    if not any(path.endswith((".txt", ".md", ".vtt")) and ".yml" not in path and path[4] in "./" for path in files):
        files["talk.txt"] = TALK
    for path, given in files.items():
        called = name(way).upper() if path.startswith("TALK") else name(way)
        place = content / "transcripts" / path.replace("talk", called).replace("TALK", called)
        place = place.with_name(place.name.replace("{secret}", f"x{[*WAYS].index(way)}"))
        make, text = given if isinstance(given, tuple) else (given, "")
        if isinstance(make, str):
            make, text = lambda path, text: (path.write_text(text, "utf-8"), None)[1], make
        place.parent.mkdir(parents=True, exist_ok=True)
        make(place, own(text.format(secret=secret(way)), way))


GARDEN = (
    ">> What is a garden?\n>> A garden is a piece of land where plants are grown, and that is why we keep it.\n"
    ">> Gardens are important because people need plants, and plants need people every day.\n"
)


def project(folder: Path, ways: Iterator[str] | Mapping[str, object]) -> Path:
    """Make a project of transcripts with secrets, each marked in one of the ways, and one without a secret."""
    files = {"transcripts/garden.txt": GARDEN, "topics/garden.md": page("Garden", "A place.", aliases="[Gardens]")}
    made = building.project(folder / "project", files)
    (folder / "outside.yml").write_text(PRIVATE.format())
    (made / "offline.yml").write_text(
        "INHERIT: mkdocs.yml\nsite_dir: offline\nplugins: [search, talkbook: {cards: false}, offline]\n"
    )
    for way in ways:
        write(made / "content", way)
    return made


def built(folder: Path, file: str = "mkdocs.yml", *, dirty: bool = False) -> str:
    """Build strictly, which may fail. Returns all log messages."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    log = logging.getLogger()
    log.addHandler(handler)
    before = log.level
    log.setLevel(logging.DEBUG)
    try:
        with redirect_stdout(said), redirect_stderr(said), suppress(Abort):
            config = load_config(str(folder / file), strict=True)
            config.plugins.on_startup(command="build", dirty=dirty)
            mkdocs_build.build(config, dirty=dirty)
    finally:
        log.removeHandler(handler)
        log.setLevel(before)
    return said.getvalue()


def unpacked(data: bytes) -> bytes:
    """Return the data, and the decompressed content in it."""
    found = [data]
    for bits in (47, -15):
        with suppress(zlib.error):
            found.append(zlib.decompressobj(bits).decompress(data))
    return b"\n".join(found).lower()


def files(folder: Path) -> dict[str, bytes]:
    """Return everything in a site and in the cache for the next build."""
    places = [folder / "site", folder / "offline", folder / ".cache"]
    every = [path for place in places for path in place.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): unpacked(path.read_bytes()) for path in every}


@contextmanager
def locked() -> Iterator[None]:
    """Make opening files with certain names fail, as without permission, even for root."""
    real = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if "locked.yml" in path.name or path.name == f"{name('no permission')}.yml":
            raise PermissionError(13, "Permission denied")
        return real(path)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Path, "read_bytes", read_bytes)
        yield


Built = tuple[Path, dict[str, bytes], str]


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The project with all ways: its folder, all files of a strict build and an offline copy, and the messages."""
    folder = project(tmp_path_factory.mktemp("private"), WAYS)
    with locked():
        said = built(folder) + built(folder, "offline.yml")
    return folder, files(folder), said


@pytest.mark.parametrize("way", WAYS)
def test_what_is_private_is_nowhere(everything: Built, way: str) -> None:
    _, found, said = everything
    word = secret(way)
    assert [path for path, data in found.items() if word.encode() in data] == []
    assert word not in said.lower()


def test_the_last_look_at_what_is_written_has_nothing_to_remove(everything: Built) -> None:
    assert "private according to" not in everything[2]


def test_the_rest_is_built_and_says_which_are_withheld(everything: Built) -> None:
    folder, found, said = everything
    assert b"a piece of land where plants are grown" in found["site/transcripts/garden/index.html"]
    listed = {each["slug"] for each in json.loads((folder / "site/transcripts.json").read_text())}
    assert "garden" in listed
    for way in WAYS:
        text = found[f"site/transcripts/{name(way)}/index.html"]
        assert (b"this conversation is withheld" in text) == (name(way) not in listed), way
    withheld = {name(way) for way in WAYS} - listed
    assert withheld
    for data in (found["site/sitemap.xml"], found["site/llms.txt"], found["site/search/search_index.json"]):
        assert not [each for each in withheld if each.encode() in data]
    assert not [path for path in found for each in withheld if path.startswith(f"site/transcripts/{each}.")]
    assert not [each for each in withheld if f"{each}." not in said]  # and each is reported with its file
