"""A private passage, anywhere in a transcript of any format and however marked, is in no published byte."""

import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from making import page
from test_made_private import showing
from test_private import built, files, project
from test_serve import serving_of

Turns = Sequence[Sequence[str]]  # the words of each turn; two people alternate
NAMES = ("Ann Lee", "Ben Orr")


def _lines(turns: Turns, form: str) -> str:
    return "".join(form.format(name=NAMES[at % 2], said=" ".join(turn)) for at, turn in enumerate(turns))


def _cues(turns: Turns, form: str) -> str:
    return "".join(form.format(at=at, n=at + 1, said="\n".join(turn)) for at, turn in enumerate(turns))


def _whisper(turns: Turns) -> str:
    segments = [{"id": at, "start": at, "end": at + 1, "text": " ".join(turn)} for at, turn in enumerate(turns)]
    return json.dumps({"language": "en", "segments": segments, "text": " ".join(" ".join(turn) for turn in turns)})


FORMATS: Mapping[str, Callable[[Turns], str]] = {
    "a.txt": lambda turns: _lines(turns, ">> {said}.\n"),
    "b.txt": lambda turns: _lines(turns, "{name}: {said}.\n\n"),
    "c.txt": lambda turns: _lines(turns, "{said}.\n"),
    "d.md": lambda turns: _lines(turns, "**{name}:** {said}.\n\n"),
    "e.vtt": lambda turns: "WEBVTT\n\n" + _cues(turns, "00:{at:02}.000 --> 00:{at:02}.900\n{said}\n\n"),
    "f.srt": lambda turns: _cues(turns, "{n}\n00:00:{at:02},000 --> 00:00:{at:02},900\n{said}\n\n"),
    "g.json": _whisper,
    "h.ttml": lambda turns: (
        '<tt xmlns="http://www.w3.org/ns/ttml"><body><div>'
        + _cues(turns, '<p begin="{at}s" end="{n}s">{said}</p>')
        + "</div></body></tt>"
    ),
    "i.html": lambda turns: _lines(turns, "<cite>{name}:</cite>\n<p>{said}.</p>\n"),
}
PRIVATE = "private:\n  - {from: FROM, to: TO, why: because}\n"
# Where it is marked: in another file next to NAME, or in the front matter of the transcript itself.
WRITTEN: Mapping[str, tuple[str, str]] = {
    "sidecar": ("NAME.yml", PRIVATE),
    "capitals": ("NAME.YAML", PRIVATE),
    "misnamed": ("NAME.yml.txt", PRIVATE),
    "elsewhere": ("../NAME.yml", PRIVATE),
    "hidden": (".NAME.yml", PRIVATE),
    "near": ("NAME-notes.yml", PRIVATE),
    "without its dot": ("NAMEyml", PRIVATE),
    "another ending": ("NAME-private.txt", PRIVATE),
    "not yet saved": (".NAME.yml.swp", f"b0VIM 9.0\0\0{PRIVATE}"),
    "misspelt": ("NAME.yml", PRIVATE.replace("private", "privates")),
    "in a text": ("NAME.yml", f"title: |\n  A talk\n  {PRIVATE.replace(chr(10), chr(10) + '  ')}\n"),
    "in a folded text": ("NAME.yml", f"description: >-\n  A talk\n  {PRIVATE.replace(chr(10), chr(10) + '  ')}\n"),
    "another name": ("remarks-on-NAME.txt", PRIVATE),
    "another name, and not YAML": ("remarks-on-NAME.txt", f"[remarks\n{PRIVATE}"),
    "broken": ("NAME.yml", f"title: [\n{PRIVATE}"),
    "not found": ("NAME.yml", PRIVATE.replace("TO,", "TO nowhere,")),
    "the wrong way round": ("NAME.yml", "private: [{from: TO, to: FROM}]\n"),
    "front matter": ("", f"---\ntitle: A talk\n{PRIVATE}---\n"),
    "other front matter": ("", f";;;\n{PRIVATE};;;\n"),
    "in a text of the front matter": (
        "",
        f"---\ntitle: |\n  A talk\n  {PRIVATE.replace(chr(10), chr(10) + '  ')}\n---\n",
    ),
    "broken front matter": ("", f'---\ntitle: "A talk\n{PRIVATE}---\n'),
}


class Hidden(NamedTuple):
    """A transcript, and which of its words are private."""

    form: str
    way: str
    turns: int
    start: float
    length: int


def word(*at: int) -> str:
    """A word that occurs nowhere else."""
    return "zq" + "".join("bdfgklmnprstvz"[each % 14] + "aeiou"[each // 14 % 5] for each in at)


def write(content: Path, number: int, hidden: Hidden) -> list[str]:
    """Write the transcript, and return its private words."""
    turns = [[word(number, turn, at) for at in range(9)] for turn in range(hidden.turns)]
    every = [each for turn in turns for each in turn]
    first = int(hidden.start * (len(every) - 1))
    private = every[first : first + hidden.length]
    stem, _, ending = hidden.form.partition(".")
    name = f"{stem * 4}{word(number, 1)}"
    path, text = WRITTEN[hidden.way]
    text = text.replace("FROM", private[0]).replace("TO", private[-1])
    head = "" if path else text
    talks = content / "transcripts"
    (talks / f"{name}.{ending}").write_text(head + FORMATS[hidden.form](turns))
    if path:
        (talks / path.replace("NAME", name)).write_text(text)
    pin = " ".join(private[:3])
    (content / f"topics/t{number}.md").write_text(page(f"Topic {number}", quotes=f"{{pin: [{pin}]}}"))
    return private


HIDDEN = st.builds(
    Hidden,
    st.sampled_from(sorted(FORMATS)),
    st.sampled_from(sorted(WRITTEN)),
    st.integers(2, 6),
    st.floats(0, 1),
    st.integers(1, 12),
)


@settings(max_examples=4, derandomize=True)
@given(st.lists(HIDDEN, min_size=8, max_size=14))
def test_a_build_and_a_copy_for_disks_hold_no_private_word(every: list[Hidden]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = project(Path(place), {})
        private = [each for at, one in enumerate(every) for each in write(folder / "content", at, one)]
        said = built(folder) + built(folder, "offline.yml")
        assert "private according to" not in said, said
        held = files(folder) | {"what is said": said.lower().encode()}
        assert [(path, each) for path, data in held.items() for each in private if each.encode() in data] == []


@pytest.mark.slow
@settings(max_examples=1)
@given(st.lists(HIDDEN, min_size=12, max_size=14))
def test_a_served_site_holds_no_private_word(every: list[Hidden]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = project(Path(place), {})
        private = [each for at, one in enumerate(every) for each in write(folder / "content", at, one)]
        built(folder)
        paths = [path.relative_to(folder / "site").as_posix() for path in (folder / "site").rglob("*.*")]
        with serving_of(folder) as served:
            assert showing(served, paths, private) == []
