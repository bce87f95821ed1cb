"""No file can send control characters to a terminal, and only well-formed addresses are accepted."""

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import building
from making import booked, page, sentences
from talkbook.cli.main import main
from talkbook.problems import Problem, visible
from talkbook.sources import yaml_schema

HOSTILE = ["\x1b[2J", "\r", "\n", "\x9b31m", "\u202e", "\udc80", "\x00", "\u2028"]


@given(st.text(), st.text(), st.text())
def test_a_problem_is_one_line_of_printable_characters(path: str, message: str, hint: str) -> None:
    said = str(Problem(path + "".join(HOSTILE), 3, message, hint))
    assert len(said.splitlines()) == 1
    assert said == visible(said)
    said.encode()


def test_printable_characters_are_kept() -> None:
    assert visible("Zoë 王 👩‍💻 – “quoted”") == "Zoë 王 👩‍💻 – “quoted”"


@pytest.mark.parametrize("form", ["text", "github", "json"])
def test_check_prints_no_escape_sequences(form: str, tmp_path: Path) -> None:
    files = {
        "topics/a\x1b[2Jb.md": '---\n"ti\\e[2Jtle": "\\e]0;x\\a"\n---\n',
        "transcripts/talk.txt": "Ann: \x1b[31mHello.\n\nBen: Yes.\n",
    }
    building.project(tmp_path, files)
    result = CliRunner().invoke(main, ["check", "--format", form, str(tmp_path)])
    assert result.exit_code == 1
    assert "\x1b" not in result.output
    assert "\x07" not in result.output
    assert "[2J" in result.output


@pytest.mark.parametrize(
    "url", ['"https://x.example/\\n"', "'https://[::1'", "https://x.example:99999/", "https://:80/a"]
)
def test_an_invalid_address_is_rejected(url: str) -> None:
    for files in ({"sides": {"talk": f"url: {url}\n"}}, {"people": f"ann:\n  url: {url}\n"}):
        book = booked({"talk": "Ann: Hello there.\n"}, {"evals": page("Evals")}, **files)
        assert any("Write a full address, with https:// at the start" in each for each in sentences(book))


def test_yaml_is_read_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "title: A talk\ndate: 2025-01-01\nspeakers:\n  ann: {name: Ann}\n"
    read = yaml_schema.read(text, "talk.yml", "sidecar")
    monkeypatch.setattr(yaml_schema, "LOADER", yaml.BaseLoader)
    assert yaml_schema.read(text, "talk.yml", "sidecar") == read
