"""`talkbook speakers` asks about the transcripts that are named, as the book reads them, or says why it can't."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from talkbook.cli import speakers
from talkbook.cli.main import main

TALK = (
    "Hello and welcome to the show. I'm your host, Ada Byron. My guest today is Charles Babbage, who builds engines.",
    "Thank you, Ada. I was tired of tables that were wrong. My tables had been copied by hand for years.",
    "And how did you begin? Did you have a plan?",
    "I began with differences. The method needs addition alone, and I knew that I could build wheels that add.",
    "So, Charles, what would you do otherwise today?",
    "I would finish the first one. I think that a machine that runs is worth more than ten that are drawn.",
    "Wonderful. Thank you so much for coming, Charles.",
)
PLAIN = " ".join(TALK)
CUES = "WEBVTT\n\n" + "".join(
    f"00:{at:02}.000 --> 00:{at:02}.900\n{sentence}.\n\n" for at, sentence in enumerate(PLAIN.split(". "))
)
SIDE = """\
proposed_speakers:
  ada: {name: Ada Byron, role: host}
  charles: {name: Charles Babbage, role: guest}
proposed_turns:
  - ada: Hello and welcome to the show
  - charles: I was tired of tables
"""
TOLD = "Thank you. I like tables. They are old. What are yours? Mine are new. Ada. No."


@pytest.fixture
def talks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "content/transcripts"
    folder.mkdir(parents=True)
    (folder / "talk.txt").write_text(PLAIN, "utf-8")
    (folder / "talk.yml").write_text(SIDE, "utf-8")
    return folder


def ask(*names: str) -> Result:
    return CliRunner().invoke(main, ["speakers", *names], catch_exceptions=False)


def test_a_conversation_of_several_files_is_asked_about_as_it_is_read(talks: Path) -> None:
    (talks / "talk.vtt").write_text(CUES, "utf-8")
    for names in ([], ["talk"], ["talk.txt"], ["talk.vtt"], ["content/transcripts/talk.vtt"]):
        said = ask(*names)
        assert said.exit_code == 0
        assert "1. content/transcripts/talk.vtt:" in said.output


def test_a_conversation_of_a_few_sentences_is_asked_about(talks: Path) -> None:
    (talks / "talk.txt").write_text(TOLD, "utf-8")
    (talks / "talk.yml").write_text(
        SIDE.replace("Hello and welcome to the show", "Thank you.").replace("was tired of", "like")
    )
    said = ask()
    assert said.exit_code == 0
    assert "1. content/transcripts/talk.txt:1: " in said.output


def test_a_transcript_that_there_is_not_is_said(talks: Path) -> None:
    said = ask("talks.txt")
    assert said.exit_code == 1
    assert said.output == 'Error: There is no transcript "talks.txt". Did you mean "talk.txt"?\n'


def test_a_sidecar_that_is_not_utf8_is_refused_before_anything_is_asked(
    talks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speakers, "answerable", lambda: True)
    (talks / "talk.yml").write_text(SIDE, "utf-16")
    before = (talks / "talk.yml").read_bytes()
    said = ask()
    assert said.exit_code == 1
    assert said.output == "Error: content/transcripts/talk.yml:1: This is not UTF-8 text. Save it as UTF-8.\n"
    assert (talks / "talk.yml").read_bytes() == before
