"""From a source and its sidecar to turns: who says what, in which section, and what is withheld."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import booked, built, exported, page, pages_of, paragraphs, sentences, site, transcript, words
from talkbook.model import Transcript
from talkbook.readers.speech.speech import Heading, Speech, Utterance
from talkbook.sources.sidecar import Sidecar
from talkbook.text.masking import MASK
from talkbook.transcripts import source_map, timing
from talkbook.transcripts.cleaning import clean

SOURCE = "Welcome to the show. Thank you. Hi.\nWhat is it? It is a model. Right.\nYes."
CAST = "speakers:\n  ann: {name: Ann, role: host}\n  ben: {name: Ben}\n"
WORDS = [*"the the model um uh is is a VIP coding so. Yes? No! it's it's <b> & {{7*7}} very very".split(), "ok\n"]
SOURCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join)
LEXICON = words(("VIP coding", "vibe coding"), ("model", "Model"))


def said(whole: Transcript) -> list[tuple[str | None, str]]:
    return [(turn.speaker, whole.source[turn.start : turn.end]) for turn in whole.turns]


def test_a_turn_starts_at_the_words_that_the_sidecar_names_even_within_a_paragraph() -> None:
    side = (
        CAST
        + "turns:\n  - ann: Welcome to\n  - ben: Thank you\n  - ann: What is\n  - ben: It is a\n  - unknown: Right\n"
    )
    assert said(transcript(SOURCE, side)) == [
        ("ann", "Welcome to the show."),
        ("ben", "Thank you. Hi."),
        ("ann", "What is it?"),
        ("ben", "It is a model."),
        (None, "Right."),
        (None, "Yes."),
    ]


def test_a_turn_that_nobody_named_has_no_speaker() -> None:
    side = CAST + "turns:\n  - ann: Welcome to\n"
    assert [speaker for speaker, _ in said(transcript(SOURCE, side))] == ["ann", None, None]


def test_labels_of_the_file_become_people() -> None:
    utterances = tuple(
        Utterance(utterance.start, utterance.end, label)
        for utterance, label in zip(paragraphs(SOURCE), ("SPEAKER 1", "Cleo", None), strict=True)
    )
    side = "speakers:\n  ann: {name: Ann Wise, role: host, labels: [SPEAKER 1]}\n"
    whole, problems = built(SOURCE, side, utterances=utterances)
    assert not problems
    assert [turn.speaker for turn in whole.turns] == ["ann-wise", "cleo", None]
    assert [(each.name, each.role) for each in whole.speakers] == [("Ann Wise", "host"), ("Cleo", "")]


def test_a_speaker_of_the_sidecar_whom_the_file_calls_otherwise_is_asked_about() -> None:
    utterances = tuple(
        Utterance(utterance.start, utterance.end, label)
        for utterance, label in zip(paragraphs(SOURCE), ("Ann", "CLEO", "Cleo"), strict=True)
    )
    side = "speakers:\n  ann: {name: Ann Wise}\n  c: {name: Cleo}\n  ben: {name: Ben Low}\n"
    whole, problems = built(SOURCE, side, utterances=utterances)
    assert [turn.speaker for turn in whole.turns] == ["ann", "cleo", "cleo"]
    assert [(problem.line, problem.warning, f"{problem.message} {problem.hint}") for problem in problems] == [
        (
            2,
            True,
            '"Ann Wise" says nothing here, and "Ann" is somebody else. If they are one person, write labels: ["Ann"].',
        )
    ]


def test_sections_follow_one_another_to_the_end() -> None:
    side = "sections:\n  - {at: What is it, title: The model}\n  - {at: Welcome, title: Clips, kind: cold-open}\n"
    whole = transcript(SOURCE, side)
    assert [(each.title, each.kind, whole.source[each.start : each.end]) for each in whole.sections] == [
        ("Clips", "cold-open", SOURCE[: SOURCE.index("What")]),
        ("The model", "", SOURCE[SOURCE.index("What") :]),
    ]
    assert [turn.quotable for turn in whole.turns] == [False, True, True]


def test_sections_of_the_same_title_have_ids_of_their_own() -> None:
    speech = Speech(SOURCE, tuple(paragraphs(SOURCE)), headings=(Heading(0, "Break"), Heading(36, "Break")))
    whole = clean("talk", "talk.txt", speech, Sidecar(), words()).transcript
    assert [each.id for each in whole.sections] == ["break", "break-2"]


def test_times_are_those_of_the_cue_before() -> None:
    speech = Speech(SOURCE, tuple(paragraphs(SOURCE)), moments=((0, 1.5), (36, 62.0)))
    whole = clean("talk", "talk.txt", speech, Sidecar(), words()).transcript
    assert [timing.seconds(whole, turn.start) for turn in whole.turns[:2]] == [1.5, 62.0]
    assert [*timing.moments(transcript(SOURCE), [3])] == [None]


def test_a_correction_of_one_place_is_made_in_that_place_only() -> None:
    side = "corrections:\n  - {in: It is a model, heard: model, means: medal, why: seen}\n"
    whole = transcript(SOURCE + "\nA model.", side)
    assert "It is a medal. Right.\nYes.\nA model." in source_map.shown(whole.source, whole.edits)
    assert [(edit.kind, edit.why) for edit in whole.edits] == [("correction", "seen")]


@given(SOURCES)
def test_turns_and_paragraphs_hold_every_spoken_word_once(source: str) -> None:
    whole = transcript(source, words=LEXICON)
    assert [(turn.start, turn.end) for turn in whole.turns] == [
        (utterance.start, utterance.end) for utterance in paragraphs(source)
    ]
    for turn in whole.turns:
        assert turn.paragraphs[0].start == turn.start
        assert turn.paragraphs[-1].end == turn.end
        for one, other in pairwise(turn.paragraphs):
            assert one.end <= other.start
            assert not source[one.end : other.start].strip()


@given(SOURCES)
def test_edits_are_sorted_apart_and_within_one_turn(source: str) -> None:
    whole = transcript(source, words=LEXICON)
    assert all(one.end <= other.start for one, other in pairwise(whole.edits))
    for edit in whole.edits:
        assert (
            any(turn.start <= edit.start and edit.end <= turn.end for turn in whole.turns) or edit.kind == "correction"
        )


_PIECES = [
    "So it goes. ", "And it came along", ".", "\n", "\n\n", "\n\n> ", "\n>", "\n\n- ", "\n* ", "\n2. ", "\\[44:01\\] ", "[a](https://a.b/)",
    " [12:03] ", "*so*", "word " * 40, "**Tom Reed:** ", "&amp; ",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=25).map("".join))
def test_no_mark_crosses_the_border_of_a_paragraph(text: str) -> None:
    (made,) = booked({"talk.md": f"**Ida Moss:** Hear.\n\n**Tom Reed:** Now.\n\n**Ida Moss:** And {text}"}).transcripts
    spans = [(each.start, each.end) for turn in made.turns for each in turn.paragraphs]
    for edit in made.edits:
        touched = [(start, end) for start, end in spans if start < edit.end and edit.start < end]
        assert all(start <= edit.start and edit.end <= end for start, end in touched), made.source


def test_the_items_of_a_list_are_paragraphs() -> None:
    said = "It has\n- created_at\n- updated_at\n\n1. One. Two.\n2. Three\n   goes on."
    (made,) = booked({"talk.md": f"**Ida Moss:** {said}\n\n**Tom Reed:** Yes.\n\n**Ida Moss:** So."}).transcripts
    shown = [
        source_map.shown(made.source, made.edits, each.start, each.end).strip() for each in made.turns[0].paragraphs
    ]
    assert shown == ["It has", "created_at", "updated_at", "1. One. Two.", "2. Three\n   goes on."]


def test_times_and_block_quotes_between_paragraphs_show_no_mark() -> None:
    said = "Look.\n\n\\[44:01\\] There it is:\n\n> First.\n>\n> - Second.\n\nThat was it."
    (made,) = booked({"talk.md": f"**Ida Moss:** {said}\n\n**Tom Reed:** Yes.\n\n**Ida Moss:** So."}).transcripts
    shown = [
        source_map.shown(made.source, made.edits, each.start, each.end).strip() for each in made.turns[0].paragraphs
    ]
    assert shown == ["Look.", "There it is:", "First.", "Second.", "That was it."]


@given(SOURCES)
def test_the_source_is_never_changed(source: str) -> None:
    assert transcript(source, words=LEXICON).source == source


SECRET = ">> What about evals?\n>> Evals matter. My number is quagga zebu okapi, please don't print it. Evals are hard "
SECRET += "because they must be held out, and we measure progress with evals every day.\n>> Thank you.\n"
EVALS = {"evals": page("Evals", "Evals measure progress of models.")}


@pytest.mark.parametrize(
    "private",
    [
        "{from: My number, to: print it}",
        "{from: quagga, to: okapi}",
        "{from: What about, to: Thank you}",
        "{from: zebu, to: nowhere at all}",  # not found, so everything is withheld
        "{from: okapi, to: quagga}",
    ],
)
def test_the_words_of_a_private_passage_are_in_no_output(private: str) -> None:
    made = booked({"talk": SECRET}, EVALS, {"talk": f"private:\n  - {private}\n"})
    context = site(made, repository="https://example.org/repo")
    outputs = [*sentences(made), *map(str, exported(context).values())]
    for each in pages_of(context):
        outputs += [each.html, each.title, each.description, each.style]
        outputs += [f"{entry.title} {entry.text}" for entry in each.entries]
    assert len(outputs) > 20
    for output in outputs:
        assert not any(word in output for word in ("quagga", "zebu", "okapi"))
    if not made.withheld:
        (whole,) = made.transcripts
        assert MASK in whole.source
        assert len(whole.source) == len(SECRET)
    elif "nowhere" in private:
        side = "content/transcripts/talk.yml:2:"
        until = "Until then, nothing of it is published."
        message = 'The words under "to" are not in content/transcripts/talk.txt. Copy them from the file.'
        assert sentences(made) == [f"{side} {message} {until}"]
        assert not made.transcripts


def test_each_turn_of_a_withheld_passage_shows_that_something_is_withheld() -> None:
    both = "private:\n  - {from: about, to: don't}\n  - {from: My number, to: print it}\n"
    whole = transcript(SECRET, both)
    shown = [source_map.shown(whole.source, whole.edits, turn.start, turn.end) for turn in whole.turns]
    assert shown[0].endswith("What [withheld]")
    assert shown[1].startswith("[withheld]. Evals are hard")
    assert not any(MASK in each for each in shown)
    nothing = transcript(SECRET, "private:\n  - {from: What about, to: Thank you}\n")
    assert [nothing.source[turn.start : turn.end].strip(f"{MASK}>. ") for turn in nothing.turns] == ["", "", ""]


NAMED = "**Ann Lee:** Welcome. Call me later.\n\n## Quagga years\n\n**Zebu Okapi:** It was bad.\n\n"
NAMED += "## Then\n\n**Ann Lee:** Bye.\n"


@pytest.mark.parametrize("private", ["{from: Call me, to: was bad}", "{from: Call me, to: nowhere at all}"])
def test_the_names_and_titles_in_a_private_passage_are_in_no_output(private: str) -> None:
    made = booked({"talk.md": NAMED}, EVALS, {"talk": f"private:\n  - {private}\n"})
    context = site(made)
    outputs = [*map(str, exported(context).values()), *(each.html for each in pages_of(context))]
    for output in outputs:
        assert not any(word in output.lower() for word in ("quagga", "zebu", "okapi"))
    assert [section.title for each in made.transcripts for section in each.sections] == (
        [] if "nowhere" in private else ["Then"]
    )


def test_a_person_all_of_whose_words_are_private_is_in_no_output() -> None:
    made = booked({"talk.md": NAMED}, sides={"talk": "private:\n  - {from: It was, to: bad}\n"})
    (whole,) = made.transcripts
    assert [*made.person] == ["ann-lee"]
    assert whole.turns[1].speaker is None
    outputs = [*map(str, exported(site(made)).values()), *(each.html for each in pages_of(site(made)))]
    assert not any(word in output.lower() for word in ("zebu", "okapi") for output in outputs)
    assert whole.source.replace(MASK, "") == NAMED.replace("Zebu Okapi", " ").replace("It was bad", "")


def test_a_person_of_whose_words_some_are_private_keeps_their_page() -> None:
    made = booked({"talk.md": NAMED}, sides={"talk": "private:\n  - {from: It, to: was}\n"})
    assert "zebu-okapi" in made.person


@pytest.mark.parametrize("words", ["Quagga years", "Zebu Okapi"])
def test_a_title_or_a_name_that_is_itself_private_is_in_no_output(words: str) -> None:
    first, last = words.split()
    made = booked({"talk.md": NAMED}, sides={"talk": f"private:\n  - {{from: {first}, to: {last}}}\n"})
    outputs = [*map(str, exported(site(made)).values()), *(each.html for each in pages_of(site(made)))]
    assert not any(word in output for word in (first, last) for output in outputs)


def test_a_topic_of_a_private_passage_finds_nothing_there() -> None:
    topics = EVALS | {"quagga": page("Quagga", aliases="[zebu, okapi]")}
    made = booked({"talk": SECRET}, topics, {"talk": "private:\n  - {from: My number, to: print it}\n"})
    assert not made.quotes_of.get("quagga")
    assert not made.mentions_of.get("quagga")
    assert made.quotes_of["evals"]


def test_a_withheld_passage_is_marked_as_such() -> None:
    whole = transcript(SECRET, "private:\n  - {from: My number, to: print it}\n")
    assert "Evals matter. [withheld]. Evals are hard" in source_map.shown(whole.source, whole.edits)


def test_a_title_made_of_a_files_name_keeps_its_case() -> None:
    made = booked({"JS Party 106.md": "Ida Moss: So.\n\nTom Reed: Yes.\n", "episode-12_on-models.md": "Dig.\n"})
    assert [each.title for each in made.transcripts] == ["JS Party 106", "Episode 12 on models"]


def test_the_heading_of_the_whole_transcript_is_not_a_section() -> None:
    text = "# How to dig\n\n## Transcript\n\nIda Moss: So.\n\n## Worms\n\nTom Reed: Yes.\n"
    (transcript,) = booked({"talk.md": text}, sides={"talk": "title: How to dig\n"}).transcripts
    assert [section.title for section in transcript.sections] == ["Worms"]


TITLED = "# Engines that weave\n\nAda: We begin with looms.\n\n## Looms\n\nBob: They weave.\n"
PAGE = "<html><body><h1>Engines that weave</h1><p>Ada: We begin.</p><h2>Looms</h2><p>Bob: They weave.</p></body></html>"


@pytest.mark.parametrize(("name", "text"), [("talk.md", TITLED), ("talk.html", PAGE)])
def test_the_heading_above_everything_is_the_title_and_no_section(name: str, text: str) -> None:
    made = booked({name: text}).transcript["talk"]
    assert (made.title, [section.title for section in made.sections]) == ("Engines that weave", ["Looms"])


def test_a_title_that_is_stated_takes_precedence_over_the_heading() -> None:
    for text, side in ((TITLED, {"talk": "title: Looms at work\n"}), (f"---\ntitle: Looms at work\n---\n{TITLED}", {})):
        made = booked({"talk.md": text}, sides=side).transcript["talk"]
        assert (made.title, [section.title for section in made.sections]) == ("Looms at work", ["Looms"])


@pytest.mark.parametrize(
    "text",
    [
        TITLED.replace("## Looms", "# Looms"),
        TITLED.replace("# Engines that weave", "# Introduction", 1),
        "Ada: Hello.\n\n# Engines that weave\n\nAda: We begin.\n\nBob: Yes.\n",
    ],
)
def test_other_headings_are_titles_of_sections(text: str) -> None:
    assert booked({"talk.md": text}).transcript["talk"].title == "Talk"


def test_a_heading_that_is_private_is_no_title() -> None:
    side = "private:\n  - {from: Engines that weave, to: Engines that weave}\n"
    made = booked({"talk.md": TITLED}, sides={"talk": side}).transcript["talk"]
    assert made.title == "Talk"
    assert "Engines" not in made.source
