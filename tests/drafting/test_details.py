"""A drafted sidecar has the show, date and links that the transcript itself states, and leaves the rest open."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

import building
from making import booked
from talkbook.cli.main import main
from talkbook.drafting import details, tokenization
from talkbook.sources import sidecar

TALK = "Ann: What is a loom?\nBen: Looms weave cloth, and nobody thought of cards for a long time.\n"


def found(text: str) -> dict[str, str]:
    return dict(of_each(**{"talk.txt": text}).get("talk", {}))


def of_each(**texts: str) -> Mapping[str, Mapping[str, str]]:
    return details.find(map(tokenization.read, booked(texts).transcripts))


@pytest.mark.parametrize(
    "greeting",
    [
        "Welcome to another episode of Loom Hour. How are you?",
        "Hello, and welcome back to the Loom Hour podcast.",
        "Welcome to Loom Hour, the show about looms.",
    ],
)
def test_the_show_is_named_by_its_greeting(greeting: str) -> None:
    assert found(f"Ann: {greeting}\n{TALK}") == {"show": "Loom Hour"}


@pytest.mark.parametrize(
    "greeting",
    ["Welcome to Berlin.", "Welcome to the show, Ben.", "This is an episode of mine.", "Welcome to the Ann podcast."],
)
def test_an_unclear_greeting_names_no_show(greeting: str) -> None:
    assert found(f"Ann: {greeting}\n{TALK}") == {}


def test_a_show_named_in_one_conversation_applies_to_files_named_after_it() -> None:
    greetings = ("another episode of Loom Hour. How are you?", "another episode of LoomHour. Well?", "Berlin.")
    texts = {f"loom-hour-{at}.txt": f"Ann: Welcome to {greeting}\n{TALK}" for at, greeting in enumerate(greetings)}
    texts |= {"loom-hour-3.txt": f"Ann: Welcome to another episode of Loom Hour, everyone.\n{TALK}", "loom-4.txt": TALK}
    assert of_each(**texts) == {f"loom-hour-{at}": {"show": "Loom Hour"} for at in range(4)}


def test_lines_above_the_first_speaker_give_url_recording_and_date() -> None:
    head = (
        "A talk with Ben Lee - June 24th 2019\n\nPodcast: <https://example.org/7>\nhttps://example.org/7.mp3\n"
        "<https://example.com/status/1>\n\n"
    )
    assert found(head + TALK) == {
        "date": "2019-06-24",
        "url": "https://example.org/7",
        "media": "https://example.org/7.mp3",
    }


def test_invalid_dates_and_dates_in_speech_are_ignored() -> None:
    assert found(f"A talk - June 31st 2019\n\n{TALK}") == {}
    assert found(f"{TALK}Ann: We wove it in May 2019, on June 24th 2019\n") == {}


def test_known_details_are_not_added() -> None:
    head = "---\ntitle: Looms\nshow: Mine\ndate: 2020-01-02\n---\nA talk - June 24th 2019\n\n"
    assert found(f"{head}Ann: Welcome to another episode of Loom Hour.\n{TALK}") == {}


def test_details_are_written_into_the_sidecar_and_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("talk.txt").write_text(f"Ann: Welcome to another episode of Loom Hour.\n{TALK}", "utf-8")
    said = CliRunner().invoke(main, ["new", "looms", "talk.txt"], catch_exceptions=False).output
    assert "Found in the words of talk: show Loom Hour." in said
    path = Path("looms/content/transcripts/talk.yml")
    assert sidecar.read(path.read_text("utf-8"), str(path)).show == "Loom Hour"
    assert building.build(tmp_path / "looms", tmp_path / "site") == []
