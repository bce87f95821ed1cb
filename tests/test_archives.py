"""Archives as they occur: a folder per episode, two files of one conversation, defaults of a show."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from talkbook.book import build, pipeline
from talkbook.book.book import Book
from talkbook.book.pipeline import ReadingContext, TranscriptInput
from talkbook.plugin import transcript_cache
from talkbook.runtime.result_store import ResultStore
from talkbook.sources import content_folder, conversation_names
from talkbook.sources.show import Show
from talkbook.sources.source import Source

BOLD = "**Ann Lee:** Why worms?\n\n**Ben Orr:** They dig, and my number is one two three.\n\n**Ann Lee:** So.\n"
TIMES = "WEBVTT\n\n00:01.000 --> 00:04.000\nWhy worms?\n\n00:05.000 --> 00:09.000\nThey dig, and so on.\n"
PRIVATE = "private:\n  - {from: my number, to: three}\n"


def book(folder: Path, files: dict[str, str]) -> Book:
    """Return the book of these files in the folder transcripts/."""
    for name, text in files.items():
        path = folder / "transcripts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return build.build(content_folder.read(folder, folder))


def said(made: Book) -> str:
    return "".join(each.source for each in made.transcripts)


def test_a_folder_an_episode_gives_each_its_name(tmp_path: Path) -> None:
    made = book(tmp_path, {f"guest-{at}/transcript.md": BOLD for at in range(20)})
    assert not made.problems
    assert [(each.slug, each.title, each.show) for each in made.transcripts][:1] == [("guest-0", "Guest 0", "")]
    assert len(made.transcripts) == 20


@pytest.mark.parametrize(
    ("folder", "stem", "name", "show"),
    [
        ("guest", "transcript", "guest", ""),
        ("lenny/guest", "Transcript", "guest", "lenny"),
        ("guest", "captions.en", "guest.en", ""),
        ("", "transcript", "transcript", ""),
        ("lenny", "why-worms", "why-worms", "lenny"),
        ("meetup/2019", "why-worms", "why-worms", "meetup"),
        ("2019", "why-worms", "why-worms", ""),
    ],
)
def test_names_and_shows_are_told_from_folders(folder: str, stem: str, name: str, show: str) -> None:
    assert conversation_names.name(folder, stem) == name
    assert conversation_names.show(folder, stem) == show


def test_a_name_that_begins_with_a_day_gives_the_date(tmp_path: Path) -> None:
    (talk,) = book(tmp_path, {"2024-03-03-why-worms.md": BOLD}).transcripts
    assert (talk.slug, talk.title, str(talk.date)) == ("2024-03-03-why-worms", "Why worms", "2024-03-03")


@pytest.mark.parametrize(
    "side",
    [
        *("guest/transcript.yml", "guest/transcript.yaml", "guest/TRANSCRIPT.YML", "guest/transcript.md.yml"),
        *("guest/guest.yml", "guest/index.yml", "guest.yml", "notes/transcript.yml", "transcript.yml"),
        *("guest/.transcript.yml", "guest/transcript.yml.txt", "guest/transcript.yml~", "../transcript.yml"),
        *("guest/.transcript.yml.swp", "guest/transcriptyml", "guest/transcript-yml", "guest/transcript.md.private"),
    ],
)
def test_what_is_private_in_an_episodes_folder_is_private_wherever_it_is_written(tmp_path: Path, side: str) -> None:
    made = book(tmp_path, {"guest/transcript.md": BOLD, side: PRIVATE})
    assert "one two three" not in said(made)
    assert bool(made.transcripts) is (not made.problems)


def test_what_one_transcript_keeps_private_withholds_no_other_whose_name_begins_it(tmp_path: Path) -> None:
    made = book(tmp_path, {"talk.md": BOLD, "talk-2.md": f"---\n{PRIVATE}---\n{BOLD}", "talk-3.md": BOLD})
    assert {each.slug for each in made.transcripts} == {"talk", "talk-2", "talk-3"}
    assert not made.problems


@pytest.mark.parametrize(
    "head",
    [
        f";;;\n{PRIVATE};;;\n",
        ';;;\n{\n "private": [\n  {\n   "from": "my number",\n   "to": "three"\n  }\n ]\n}\n;;;\n',
        '+++\ntitle = "Worms"\n[[private]]\nfrom = "my number"\nto = "three"\n+++\n',
    ],
)
def test_what_is_private_in_front_matter_of_another_kind_withholds_the_transcript(tmp_path: Path, head: str) -> None:
    made = book(tmp_path, {"talk.md": head + BOLD})
    assert not made.transcripts
    (problem,) = made.problems
    assert problem.message == "Talkbook doesn't look here for what is private."


def test_of_many_episodes_each_has_its_own_sidecar(tmp_path: Path) -> None:
    files = {f"guest-{at}/transcript.md": BOLD for at in range(3)}
    made = book(tmp_path, {**files, "guest-1/transcript.yml": f"title: Worms\n{PRIVATE}"})
    assert not made.problems
    assert [each.title for each in made.transcripts] == ["Guest 0", "Worms", "Guest 2"]
    assert ["one two three" in each.source for each in made.transcripts] == [True, False, True]


def test_a_sidecar_that_may_be_any_episodes_withholds_all(tmp_path: Path) -> None:
    files = {f"guest-{at}/transcript.md": BOLD for at in range(3)}
    made = book(tmp_path, {**files, "notes/transcript.yml": "private:\n  - {from: nothing of, to: the like}\n"})
    assert said(made) == ""
    assert len(made.withheld) == 3


@pytest.mark.parametrize(("texts", "read"), [((BOLD, TIMES), ".txt"), (("They dig, and so on.", TIMES), ".vtt")])
def test_two_files_of_one_conversation_are_one(tmp_path: Path, texts: tuple[str, str], read: str) -> None:
    made = book(tmp_path, {"talk.txt": texts[0], "talk.vtt": texts[1]})
    (talk,) = made.transcripts
    assert talk.path == f"transcripts/talk{read}"
    (note,) = made.problems
    assert note.warning
    assert note.path == talk.path
    assert ("would add times" in note.message) is (read == ".txt")


@pytest.mark.parametrize("side", ["transcript.yml", "captions.en.yml", "captions.en.vtt.yml", "captions.yml"])
def test_captions_with_their_language_beside_a_transcript_are_the_same_conversation(tmp_path: Path, side: str) -> None:
    files = {"guest/transcript.md": BOLD, "guest/captions.en.vtt": TIMES, "other/captions.en.vtt": TIMES}
    made = book(tmp_path, files)
    assert [each.slug for each in made.transcripts] == ["guest", "other-en"]
    hidden = book(tmp_path, {**files, f"guest/{side}": PRIVATE})
    assert "one two three" in said(made)
    assert "one two three" not in said(hidden)


def test_captions_in_two_languages_are_two_conversations(tmp_path: Path) -> None:
    files = {f"guest/{name}": TIMES for name in ("transcript.vtt", "captions.en.vtt", "captions.de.vtt")}
    assert [each.slug for each in book(tmp_path, files).transcripts] == ["guest-de", "guest-en", "guest"]


def test_it_is_said_once_of_all_conversations(tmp_path: Path) -> None:
    made = book(
        tmp_path, {f"talk-{at}{end}": text for at in range(9) for end, text in ((".md", BOLD), (".vtt", TIMES))}
    )
    (note,) = made.problems
    assert ".md, not .vtt (9 files). The others would add times (9 files)." in note.message


def test_a_sidecar_says_which_file_is_read(tmp_path: Path) -> None:
    files = {"talk.txt": BOLD, "talk.vtt": TIMES, "talk.yml": "format: webvtt\n"}
    assert [each.path for each in book(tmp_path, files).transcripts] == ["transcripts/talk.vtt"]


def test_what_the_file_that_is_not_read_keeps_private_is_private(tmp_path: Path) -> None:
    captions = TIMES.replace("and so on", "and my number is one two three")
    front = f"---\n{PRIVATE}---\nThey dig, and my number is one two three.\n"
    made = book(tmp_path, {"talk.txt": front, "talk.vtt": captions})
    assert [each.path for each in made.transcripts] == ["transcripts/talk.vtt"]
    assert "one two three" not in said(made)
    broken = book(tmp_path, {"talk.txt": "---\nprivate: [\n", "talk.vtt": captions})
    assert said(broken) == ""


SHOW = "title: JS Party\nhosts: [Ann Lee]\nlanguage: en-GB\naddress: js-party-{name}\nnobody: [Clip]\n"


def test_a_shows_file_says_what_its_episodes_have_in_common(tmp_path: Path) -> None:
    text = f"{BOLD}\n**Clip:** Hello.\n\n**Clip:** Hello again.\n\n**Clip:** And again.\n"
    made = book(tmp_path, {"party/show.yml": f"{SHOW}url: https://example.org/{{number}}\n", "party/106.md": text})
    (talk,) = made.transcripts
    assert not made.problems
    assert (talk.slug, talk.show, talk.language, talk.url) == (
        "js-party-106", "JS Party", "en-GB", "https://example.org/106"
    )  # fmt: skip
    assert [(each.name, each.role) for each in talk.speakers] == [("Ann Lee", "host"), ("Ben Orr", "")]
    assert [turn.speaker for turn in talk.turns][3:] == [None] * 3


def test_a_shows_title_gives_its_case_to_titles(tmp_path: Path) -> None:
    show, side = {"party/show.yml": "title: JS Party\n"}, {"party/js-party-106.yml": "show: JS Party\n"}
    for folder, told in (("one", show), ("two", side)):
        made = book(tmp_path / folder, {**told, "party/js-party-106.md": BOLD})
        assert [each.title for each in made.transcripts] == ["JS Party 106"]


def test_what_an_episode_says_itself_comes_first(tmp_path: Path) -> None:
    files = {
        "party/show.yml": SHOW,
        "party/a.md": f"---\nshow: Backstage\n---\n{BOLD}",
        "party/a.yml": "language: de\n",
    }
    (talk,) = book(tmp_path, files).transcripts
    assert (talk.show, talk.language) == ("Backstage", "de")


def test_episodes_with_one_name_in_two_shows_are_told_apart_by_an_address(tmp_path: Path) -> None:
    files = {"party/1.md": BOLD, "news/1.md": BOLD}
    (clash,) = book(tmp_path, files).problems
    assert "address: garden-{name}" in clash.hint
    made = book(tmp_path, {"party/show.yml": SHOW, "party/1.yml": PRIVATE})
    assert not made.problems
    assert {each.slug: "one two three" in each.source for each in made.transcripts} == {"1": True, "js-party-1": False}


def test_what_is_private_cannot_stand_in_a_shows_file(tmp_path: Path) -> None:
    for text in (PRIVATE, f"title: A\n{PRIVATE}", "private: ["):
        made = book(tmp_path, {"party/show.yml": text, "party/1.md": BOLD, "other/2.md": BOLD})
        assert [each.slug for each in made.transcripts] == ["2"]
        assert any(each.path == "transcripts/party/show.yml" and not each.warning for each in made.problems)


def test_a_transcript_called_show_has_a_sidecar(tmp_path: Path) -> None:
    made = book(tmp_path, {"show.md": BOLD, "show.yml": f"title: The show\n{PRIVATE}"})
    assert not made.problems
    assert [each.title for each in made.transcripts] == ["The show"]
    assert "one two three" not in said(made)


def test_what_is_stored_of_a_conversation_is_made_of_all_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    store = ResultStore(tmp_path / "store")
    talk, captions = Source("talk.txt", "talk", b"They dig."), Source("talk.vtt", "talk", TIMES.encode())
    named = replace(captions, data=BOLD.replace("my number is", "so on,").encode(), path="talk.md")
    ways = [
        TranscriptInput(talk),
        TranscriptInput(talk, versions=(talk, captions)),
        TranscriptInput(talk, versions=(talk, named)),
        TranscriptInput(talk, show=Show(title="The garden")),
        TranscriptInput(replace(talk, name="Worms")),
    ]
    for given in [*ways, *ways]:
        (stored,) = transcript_cache.process_stored(store, [given], ReadingContext())
        assert stored == pipeline.process(given, ReadingContext())


@pytest.mark.parametrize("number", [1, 2, 12, 400])
def test_a_page_of_a_list_leads_to_those_near_it_the_first_and_the_last(number: int) -> None:
    template = Environment(loader=FileSystemLoader(content_folder.templates() / "pages")).from_string(
        '{% from "macros.html" import numbered %}{{ numbered(pages, here, link) }}'
    )
    pages = [f"list/{at}" for at in range(1, number + 1)]
    for at, here in enumerate(pages):
        html = template.render(pages=pages, here=here, link=str)
        led = re.findall('href="([^"]+)"', html)
        near = [each for each in pages[max(at - 9, 0) : at + 10] if each != here]
        ends = [each for each in {pages[0]: 0, pages[-1]: 0} if each != here]
        assert sorted(led) == sorted({*near, *ends})
        assert html.count("<b ") == (number > 1)
