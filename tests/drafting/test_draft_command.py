"""`talkbook draft` writes each proposal once, into the usual files, and changes nothing that is there."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import building
from talkbook.cli.main import main
from talkbook.problems import counted

LINES = [
    "Ann: What is rye sourdough, and why do you bake with rye sourdough at all?",
    "Mira: Rye sourdough is a culture of yeast and lactic acid bacteria. The culture raises the bread, slowly.",
    "Ann: Let's talk about the stone mill. What does a stone mill do to the flour?",
    "Mira: The stone mill keeps the flour cool. Our stone mill is older than the house, and we grind at night.",
    "Ann: Before we go on, how about gluten? Do you measure gluten in wheat flour?",
    "Mira: Gluten needs wheat. We measured gluten once, and the gluten of spelt was weak and the dough was soft.",
]


def talk(*subjects: str) -> str:
    """Return a conversation about one subject after another, with some 3,600 characters for each."""
    said = []
    for each in subjects:
        for number in range(6):
            opening = f"{LINES[0]} That is question {number}.", LINES[1]
            said += [line.replace("rye sourdough", each).replace("Rye sourdough", each) for line in opening]
            said.append(f"Ann: And the {each} of number {number}, is it like the others, or is it a kind of its own?")
            said.append(f"Mira: It is a {each} like others. {'We tried it again and again for weeks. ' * 5}")
        said += [f"{line} I mean for the {each}." for line in LINES[2:]]
    return "\n".join(said) + "\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("talk.txt").write_text(talk("rye sourdough", "brown butter", "pie crust", "lemon curd"))
    assert run("new", "bread", "talk.txt").startswith("bread: 1 conversation.\n")
    monkeypatch.chdir(tmp_path / "bread")
    return tmp_path / "bread"


def run(*words: str, status: int = 0) -> str:
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    assert result.exit_code == status, result.output
    return result.output


def site(project: Path, name: str) -> Path:
    assert building.build(project, project.parent / name) == []
    return project.parent / name


def test_a_drafted_transcript_is_not_drafted_again(project: Path) -> None:
    before = building.contents(project)
    assert run("draft") == "There is nothing new: every transcript has been drafted.\n"
    assert run("draft", "talk.txt") == "There is nothing new: every transcript has been drafted.\n"
    assert building.contents(project) == before


def test_deleted_and_changed_proposals_are_left_alone_by_later_drafts(project: Path) -> None:
    Path("content/topics/rye-sourdough.md").unlink()
    Path("content/topics/stone-mill.md").write_text("---\ntitle: Mills\n---\nMy own words.\n")
    before = building.contents(project)
    Path("content/transcripts/more.txt").write_text(talk("rye sourdough", "salted caramel"))
    assert "Proposed: " in run("draft")
    after = building.contents(project)
    assert not Path("content/topics/rye-sourdough.md").exists()
    assert Path("content/topics/salted-caramel.md").exists()
    assert {path: data for path, data in after.items() if path in before and path != "content/drafts.txt"} == {
        path: data for path, data in before.items() if path != "content/drafts.txt"
    }
    assert after == {**after, **building.contents(project)}
    assert run("draft") == "There is nothing new: every transcript has been drafted.\n"


def test_a_dry_run_shows_what_would_be_written_and_writes_nothing(project: Path) -> None:
    Path("content/transcripts/more.txt").write_text(talk("salted caramel"))
    before = building.contents(project)
    said = run("draft", "--dry-run")
    assert "+++ content/topics/salted-caramel.md\n" in said
    assert "+title: Salted caramel\n" in said
    assert "+++ content/drafts.txt\n" in said
    assert building.contents(project) == before


def test_an_existing_sidecar_keeps_every_character(project: Path) -> None:
    mine = (
        "# Mine.\r\ntitle:   'A talk'  # as published\r\n\r\n# who\r\nspeakers: {ann: {name: Ann, labels: [Ann]}}\r\n"
    )
    Path("content/transcripts/more.txt").write_text(talk("salted caramel", "brown butter", "pie crust", "lemon curd"))
    Path("content/transcripts/more.yml").write_bytes(mine.encode())
    run("draft")
    made = Path("content/transcripts/more.yml").read_bytes().decode()
    assert made.startswith(mine)
    assert made.removeprefix(mine).startswith("proposed_sections:\r\n  - {at: ")
    site(project, "site")


def test_a_missing_transcript_is_reported(project: Path) -> None:
    assert (
        run("draft", "talks.txt", status=1) == 'Error: There is no transcript "talks.txt". Did you mean "talk.txt"?\n'
    )


def test_a_broken_record_is_reported(project: Path) -> None:
    Path("content/drafts.txt").write_text("# a remark\nnonsense\n")
    assert run("draft", status=1).startswith(
        "Error: content/drafts.txt:2: This is not a valid line of the record of drafts."
    )


def test_proposals_are_shown_as_such_and_can_be_hidden(project: Path) -> None:
    Path("content/topics/mill.md").write_text("---\ntitle: Mills\n---\nWhere corn is ground.\n")
    shown = site(project, "shown")
    Path("mkdocs.yml").write_text(Path("mkdocs.yml").read_text().replace("- talkbook", "- talkbook: {proposals: hide}"))
    hidden = site(project, "hidden")
    proposed = "topics/rye-sourdough/index.html"
    assert "proposed" in (shown / proposed).read_text("utf-8")
    assert not (hidden / proposed).exists()
    for folder, there in ((shown, True), (hidden, False)):
        assert ("Rye sourdough" in (folder / "index.html").read_text("utf-8")) == there
        assert ('"status": "proposed"' in (folder / "topics.json").read_text("utf-8")) == there
        assert ("<small>proposed</small>" in (folder / "transcripts/talk/index.html").read_text("utf-8")) == there
        assert ('"status": "proposed"' in (folder / "transcripts.json").read_text("utf-8")) == there
        assert (folder / "topics/mill/index.html").exists()


def test_check_counts_waiting_proposals(project: Path) -> None:
    topics = len(list(Path("content/topics").glob("*.md")))
    sections = Path("content/transcripts/talk.yml").read_text().count("  - {at: ")
    waits = f"Waiting for review: {topics} proposed topics and {counted(sections, 'proposed section')}."
    assert run("check") == f"No problems.\n{waits}\n"
    assert json.loads(run("check", "--format", "json"))["proposed"] == {"topic": topics, "section": sections}
    for path in Path("content/topics").glob("*.md"):
        path.write_text(path.read_text().replace("status: proposed\n", ""))
    Path("content/transcripts/talk.yml").unlink()
    assert run("check") == "No problems.\n"


def test_a_proposed_topic_is_marked_and_opens_with_its_definition(project: Path) -> None:
    page = (site(project, "site") / "topics/rye-sourdough/index.html").read_text("utf-8")
    assert "Nobody has checked or explained it yet." in page
    assert 0 < page.index("<blockquote") < page.index("is a culture of yeast")
    path = Path("content/topics/rye-sourdough.md")
    path.write_text(path.read_text().replace("status: proposed\n", "") + "Bread that rises by itself.\n")
    page = (site(project, "explained") / "topics/rye-sourdough/index.html").read_text("utf-8")
    assert "Nobody has checked" not in page
    assert "Bread that rises by itself." in page


def test_accepted_sections_are_shown_as_written(project: Path) -> None:
    path = Path("content/transcripts/talk.yml")
    path.write_text(path.read_text().replace("proposed_sections:", "sections:"))
    made = site(project, "site")
    assert '"status": "written"' in (made / "transcripts.json").read_text("utf-8")
    assert "<small>proposed</small>" not in (made / "transcripts/talk/index.html").read_text("utf-8")


def test_a_transcript_from_elsewhere_is_copied_byte_for_byte_and_drafted(project: Path) -> None:
    data = b"\xef\xbb\xbf" + talk("salted caramel").replace("\n", "\r\n").encode()
    Path("../_more.txt").write_bytes(data)
    assert run("draft", "--dry-run", "../_more.txt")
    assert not Path("content/transcripts/more.txt").exists()
    run("draft", "../_more.txt")
    assert Path("content/transcripts/more.txt").read_bytes() == data
    assert Path("content/topics/salted-caramel.md").exists()
    assert Path("../_more.txt").read_bytes() == data
    site(project, "site")


def test_a_transcript_from_elsewhere_never_takes_the_place_of_another(project: Path) -> None:
    Path("../talk.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:04.000\n<v Mira>Rye bread needs time.\n")
    before = building.contents(project)
    assert 'content/transcripts/talk.txt is "talk" in addresses already.' in run("draft", "../talk.vtt", status=1)
    assert "This is a folder." in run("draft", "..", status=1)
    assert building.contents(project) == before


def test_if_a_transcript_cannot_be_read_nothing_is_copied(project: Path) -> None:
    Path("../broken.vtt").write_bytes(b"no cue\n")
    before = building.contents(project)
    assert "Talkbook can't recognise the format of this file." in run("draft", "../broken.vtt", status=1)
    assert building.contents(project) == before


def test_draft_reports_earlier_proposals_and_changed_transcripts(project: Path) -> None:
    Path("content/topics/rye-sourdough.md").unlink()
    Path("content/topics/stone-mill.md").write_text("---\ntitle: Mills\n---\nMy own words.\n")
    with Path("content/transcripts/talk.txt").open("a") as file:
        file.write("Ann: One word more.\n")
    Path("content/transcripts/more.txt").write_text(talk("salted caramel"))
    said = run("draft")
    assert re.search(r"topics \(waiting \d+, accepted 1, changed 0, deleted 1\); \d+ sections? \(waiting", said)
    assert "talk.txt: This file has changed since it was drafted." in said


def test_reviewed_sections_and_corrections_are_not_proposed_again(project: Path) -> None:
    misheard = "Mira: We like LangGraph. LangGraph it is. Ann: LangGraph? Mira: I tried langgraf once.\n"
    text = misheard + talk("rye sourdough", "brown butter", "pie crust", "lemon curd")
    Path("content/transcripts/more.txt").write_text(text)
    run("draft")
    record, path = Path("content/drafts.txt"), Path("content/transcripts/more.yml")
    drafted = path.read_text()
    first, second, *rest = re.findall(r"^  - {at: .*$", drafted, re.MULTILINE)
    fix = re.search(r"^  - {in: .*LangGraph.*$", drafted, re.MULTILINE)
    assert rest
    assert fix
    mine = drafted.replace(f"{first}\n", "").replace(f"{fix[0]}\n", "").replace("proposed_corrections:\n", "")
    mine = mine.replace(second, re.sub(r"title: .*}", "title: My own title}", second))
    for text in (mine, "# Nothing is right here.\n"):
        path.write_text(text)
        record.write_text(re.sub(r"^transcript \w+ more\n", "", record.read_text(), flags=re.MULTILINE))
        made = run("draft")
        assert path.read_text() == text
        assert "0 sections and 0 corrections." in made
        if text == mine:
            assert (
                "accepted 0, changed 1, deleted 1); 1 correction (waiting 0, accepted 0, changed 0, deleted 1)." in made
            )


def test_accepted_proposals_are_counted_as_accepted(project: Path) -> None:
    path = Path("content/transcripts/talk.yml")
    sections = path.read_text().count("  - {at: ")
    path.write_text(path.read_text().replace("proposed_sections:", "sections:"))
    topic = Path("content/topics/stone-mill.md")
    topic.write_text(topic.read_text().replace("status: proposed\n", ""))
    Path("content/transcripts/more.txt").write_text(talk("salted caramel"))
    made = run("draft")
    assert f"{counted(sections, 'section')} (waiting 0, accepted {sections}, changed 0, deleted 0)" in made
    assert "accepted 1, changed 0, deleted 0);" in made


def test_later_proposals_rank_after_earlier_ones(project: Path) -> None:
    def ranks() -> dict[str, int]:
        found = {path.name: path.read_text() for path in Path("content/topics").glob("*.md")}
        return {name: int(re.findall(r"^rank: (\d+)$", text, re.MULTILINE)[0]) for name, text in found.items()}

    before = ranks()
    Path("content/transcripts/more.txt").write_text(talk("salted caramel", "plum jam"))
    run("draft")
    after = ranks()
    assert {name: after[name] for name in before} == before
    assert len(set(after.values())) == len(after) > len(before)
    assert min(rank for name, rank in after.items() if name not in before) > max(before.values())
