"""If more than two people speak, they aren't drafted as two, and only turns that names settle get a speaker."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import building
from drafting.test_speaker_drafts import MARKED, PLAIN, proposed, spoken
from talkbook.cli import speakers as ask_command
from talkbook.cli.main import main
from talkbook.drafting import speaker_attribution, speaker_count, speaker_panels, speaker_questions
from talkbook.drafting.speaker_attribution import ProposedSpeaker
from talkbook.sources import sidecar
from talkbook.text import anchors

ROUND = (
    "Hello and welcome to the show. I'm your host, Ada Byron. I'm joined by Charles Babbage and Mary Somerville. "
    "Charles, how are you?",
    "I am well, thank you, Ada. It is a pleasure to see both of you again after all of these years.",
    "And Mary Somerville, welcome back. How are you today, Mary?",
    "I am very well. I have been travelling through Italy, and I have written a new book about the heavens there.",
    "What was it like?",
    "It was very warm.",
    "Charles, what did you make of that book?",
    "I have read it twice. The tables in it are right, which I can say of few books, and I have looked for errors.",
    "That is high praise. Mary, what do you say to that?",
    "I say that he has not found the one on the ninth page yet, and I hope that he never does.",
    "Thank you both. Charles, where can listeners find you?",
    "They find me in Marylebone, where I complain about the noise and build what I can.",
    "And you, Mary?",
    "In Naples, as long as I live. Thanks for having us, Ada.",
)
PANEL = "\n".join(f">> {turn}" for turn in ROUND).removeprefix(">> ") + "\n"


def said(name: str) -> list[str]:
    """Return the turns that are proposed to be said by this person."""
    draft = proposed(PANEL)
    keys = {each.name: each.key for each in draft.speakers}
    return [PANEL[turn.start : turn.end] for turn in draft.turns if turn.speaker == keys.get(name, "")]


def test_with_three_speakers_turns_settled_by_names_are_drafted() -> None:
    assert said("Mary Somerville")
    assert set(said("Mary Somerville")) <= {ROUND[3], ROUND[5], ROUND[9], ROUND[13]}
    assert set(said("Charles Babbage")) <= {ROUND[1], ROUND[7], ROUND[11]}
    assert {each.role for each in proposed(PANEL).speakers} == {""}
    assert None not in {turn.speaker for turn in proposed(PANEL).turns}  # other turns are left out


def test_with_three_speakers_and_no_marks_nothing_is_drafted() -> None:
    assert proposed(PANEL.replace("\n>> ", " ")).turns == ()


def test_there_are_never_more_people_than_names() -> None:
    text = PANEL.replace("Mary Somerville", "my sister").replace(", Mary", "").replace("Mary, w", "W")
    found = speaker_attribution.sentences_of(text, spoken(text))
    course = speaker_panels.decode(found.texts, found.marks, found.people, found.evidence)
    assert set(course.names) <= {"Ada Byron", "Charles Babbage"}
    assert course.likely.shape == (len(ROUND), len(course.names) + 1)
    assert course.likely.sum(1) == pytest.approx(1)


def test_an_answer_is_certain_and_affects_neighbouring_turns() -> None:
    found = speaker_attribution.sentences_of(PANEL, spoken(PANEL))
    at = found.texts.index("It was very warm.")
    for name in ("Ada Byron", "Charles Babbage", "Mary Somerville", ""):
        course = speaker_panels.decode(found.texts, found.marks, found.people, found.evidence, {at: name})
        who = course.names.index(name) if name else -1
        assert course.likely[5, who] == pytest.approx(1)
        if name:
            assert course.likely[[4, 6], who] == pytest.approx(0)  # successive turns have different speakers


def test_an_answer_is_certain_even_if_a_mark_is_wrong_and_somebody_follows_themselves() -> None:
    found = speaker_attribution.sentences_of(PANEL, spoken(PANEL))
    turns = list(dict.fromkeys(np.cumsum([False, *found.marks]).tolist()))
    firsts = [np.cumsum([False, *found.marks]).tolist().index(turn) for turn in turns[3:5]]
    decoded, people = speaker_attribution.find_of_several(
        found, [ProposedSpeaker("ada", "Ada Byron")], dict.fromkeys(firsts, "Ada Byron")
    )
    assert decoded.likely[turns[3:5], 0] == pytest.approx(1.0)
    assert speaker_attribution.draft_of_several(found, decoded, people).turns


def test_whoever_mentions_a_name_is_probably_somebody_else() -> None:
    def likely(text: str) -> float:
        found = speaker_attribution.sentences_of(text, spoken(text))
        course = speaker_panels.decode(found.texts, found.marks, found.people, found.evidence)
        return float(course.likely[5, course.names.index("Charles Babbage")])

    assert likely(PANEL.replace("It was very warm.", "It was as warm as Charles had told me.")) < likely(PANEL)


def test_fifteen_people_may_speak_and_the_result_never_changes() -> None:
    names = ("Ada Brian Carla Dennis Erika Felix Grace Henry Irene Jacob Karen Linus Maria Norbert Olga").split()
    turns = [turn for name in names for turn in (f"{name}, what do you say?", f"I say that, as it is {name[::-1]}.")]
    text = "\n>> ".join(turns) + "\n"
    assert proposed(text) == proposed(text)
    found = speaker_attribution.sentences_of(text, spoken(text))
    course = speaker_panels.decode(found.texts, found.marks, found.people, found.evidence, {1: "Olga"}, names)
    assert course.names == names
    assert course.sure[1] == 1
    assert course.likely[1, names.index("Olga")] == pytest.approx(1)


@pytest.mark.parametrize("text", [MARKED, PLAIN])
def test_addressing_several_people_is_a_sign_of_more_than_two(text: str) -> None:
    def read(said: str) -> list[float]:
        found = speaker_attribution.sentences_of(said, spoken(said))
        decoded = speaker_attribution.find(found, {}).decoded
        assert not speaker_count.more_than_two(found.texts, found.people, decoded)
        return speaker_count.features(found.texts, found.people, decoded)

    to_several = text.replace("people say of it?", "both of you say of it?").replace("having me", "having us")
    assert read(to_several)[2] > read(text)[2]


def test_a_site_shows_probable_speakers_of_three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("panel.txt").write_text(PANEL, "utf-8")
    assert CliRunner().invoke(main, ["new", "book", "panel.txt"], catch_exceptions=False).exit_code == 0
    assert building.build(tmp_path / "book", tmp_path / "site") == []
    (transcript,) = json.loads((tmp_path / "site/transcripts.json").read_text("utf-8"))
    drafted = [turn["speaker_draft"] for turn in transcript["turns"]]
    assert {turn["speaker"] for turn in transcript["turns"]} == {None}
    assert len(drafted) == len(ROUND)
    assert drafted[3] == "Mary Somerville"
    assert None in drafted
    page = (tmp_path / "site/transcripts/panel/index.html").read_text("utf-8")
    assert ">Probably Mary Somerville</a>" in page
    assert "Probably Guest" not in page
    assert page.count("Speaker not known") >= drafted.count(
        None
    )  # these turns must not seem to continue the one before


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("panel.txt").write_text(PANEL, "utf-8")
    CliRunner().invoke(main, ["new", "book", "panel.txt"], catch_exceptions=False)
    monkeypatch.chdir("book")
    return tmp_path / "book"


def test_with_several_speakers_an_answer_settles_one_turn(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask_command, "answerable", lambda: True)
    pressed = iter("xn?1")
    monkeypatch.setattr("click.getchar", lambda: next(pressed, "q"))
    output = CliRunner().invoke(main, ["speakers"], input="Caroline Herschel\n", catch_exceptions=False).output
    first, second, third, *_ = re.findall(r"^> (.*)$", output, re.MULTILINE)
    side = sidecar.read((project / "content/transcripts/panel.yml").read_text("utf-8"), "panel.yml")
    turns = {anchors.spans(PANEL, each.at.text)[0][0]: each.speaker for each in side.turns}
    keys = re.findall(r"Who says this\?  1 (.+?)  2", output)
    one = next(each.key for each in side.speakers if each.name == keys[0])
    assert turns == {
        PANEL.index(first): "caroline-herschel",
        PANEL.index(second): None,
        PANEL.index(third): one,
    }
    assert building.build(project, project / "made") == []
    (transcript,) = json.loads((project / "made/transcripts.json").read_text("utf-8"))
    assert sorted(filter(None, (turn["speaker"] for turn in transcript["turns"]))) == sorted(
        ["Caroline Herschel", keys[0]]
    )


def test_turns_in_which_the_speaker_probably_changes_are_not_asked_about() -> None:
    text = PANEL.replace("\n>> I have read it twice", " I have read it twice")
    read = speaker_attribution.sentences_of(text, spoken(text))
    found, _ = speaker_attribution.find_of_several(read)
    turn = int(found.turns[next(at for at, said in enumerate(read.texts) if said.startswith("I have read it twice"))])
    assert found.mixed[turn] and not found.sure[turn]
    asked: list[int] = []
    while (at := speaker_questions.ask_of_several(read, found, asked)) is not None:
        asked.append(at)
    assert asked and turn not in found.turns[asked]


def test_a_name_that_is_asked_for_is_not_blank(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask_command, "answerable", lambda: True)
    pressed = iter("n")
    monkeypatch.setattr("click.getchar", lambda: next(pressed, "q"))
    CliRunner().invoke(main, ["speakers"], input="  \n Caroline Herschel \n", catch_exceptions=False)
    side = sidecar.read((project / "content/transcripts/panel.yml").read_text("utf-8"), "panel.yml")
    assert [each.name for each in side.speakers if each.key in {turn.speaker for turn in side.turns}] == [
        "Caroline Herschel"
    ]


def test_a_new_speaker_gets_a_key_that_nobody_else_has(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = project / "content/transcripts/panel.yml"
    path.write_text(path.read_text("utf-8").replace("ada-byron", "ada"), "utf-8")
    monkeypatch.setattr(ask_command, "answerable", lambda: True)
    pressed = iter("n")
    monkeypatch.setattr("click.getchar", lambda: next(pressed, "q"))
    CliRunner().invoke(main, ["speakers"], input="Ada\n", catch_exceptions=False)
    side = sidecar.read(path.read_text("utf-8"), "panel.yml")
    (turn,) = side.turns
    assert {each.key: each.name for each in side.speakers}[turn.speaker or ""] == "Ada"


def test_without_a_terminal_the_questions_about_several_are_printed(project: Path) -> None:
    before = (project / "content/transcripts/panel.yml").read_text("utf-8")
    output = CliRunner().invoke(main, ["speakers"], catch_exceptions=False).output
    assert output.startswith("content/transcripts/panel.txt: more than two people speak here")
    questions = re.findall(r"^> (.*)$", output, re.MULTILINE)
    assert len(questions) == len(set(questions)) > 1
    assert (project / "content/transcripts/panel.yml").read_text("utf-8") == before
