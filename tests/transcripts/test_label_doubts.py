"""No speaker is invented: a label counts as a person's only if the text or a curator supports it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import booked, sentences
from talkbook import readers
from talkbook.book.book import Book
from talkbook.pages import transcript_html
from talkbook.transcripts import label_doubts

TALK = " ".join(f"Word {number} of a long talk about worms and what they eat in the garden." for number in range(60))
NEWS = f"**Ida Moss:** {TALK}\n\n**Ned Flanders:** Hi there, neighbour.\n\n**Ida Moss:** That was a film. {TALK}\n"


def people(made: Book) -> list[str]:
    return [person.name for person in made.people]


def shown(made: Book) -> str:
    (transcript,) = made.transcripts
    return " ".join(transcript.source[turn.start : turn.end] for turn in transcript.turns)


def test_a_voice_in_a_clip_is_nobody_and_its_name_stays_in_the_text() -> None:
    made = booked({"news.md": NEWS})
    assert people(made) == ["Ida Moss"]
    turn = made.transcripts[0].turns[1]
    assert turn.speaker is None
    assert made.transcripts[0].source[turn.start : turn.end] == "Ned Flanders:** Hi there, neighbour."
    assert transcript_html.plain(made.transcripts[0], turn.start, turn.end) == "Ned Flanders: Hi there, neighbour."
    (said,) = sentences(made)
    assert '"Ned Flanders"' in said
    assert said.startswith("content/transcripts/news.md:3: ")


def test_whoever_is_named_by_a_curator_or_by_the_file_itself_is_a_person() -> None:
    side = "speakers:\n  ned: {name: Ned Flanders}\n"
    for made in (
        booked({"news.md": NEWS}, sides={"news": side}),
        booked({"news.md": NEWS}, people="Ned Flanders: {description: A neighbour.}\n"),
        booked({"news.md": f"---\nguest: Ned Flanders\n---\n{NEWS}"}),
    ):
        assert people(made) == ["Ida Moss", "Ned Flanders"]
        assert not made.problems


def test_labels_listed_as_nobody_are_not_reported_again() -> None:
    made = booked({"news.md": NEWS}, sides={"news": 'nobody: ["ned flanders"]\n'})
    assert people(made) == ["Ida Moss"]
    assert not made.problems
    made = booked({"talk.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Clip>Hi.\n"}, sides={"talk": "nobody: [Clip]\n"})
    assert people(made) == []


def test_a_short_turn_whose_label_has_a_time_is_a_persons() -> None:
    talk = f"Ida Moss  00:01\n{TALK}\n\nNed Flanders  20:00\nHi there.\n\nIda Moss  21:00\n{TALK}\n"
    assert people(booked({"talk.txt": talk})) == ["Ida Moss", "Ned Flanders"]
    assert people(booked({"talk.txt": talk.replace("Ned Flanders", "Worms Garden")})) == ["Ida Moss"]


def test_terms_of_a_glossary_are_not_speakers() -> None:
    terms = "Splicing Padding Fuzzing Reorgs Batching".split()
    notes = "\n\n".join(f"**{term}:** {TALK[:800]}" for term in terms)
    made = booked({"notes.md": f"**Ann Lee:** Today?\n\n**Bob Ray:** Notes.\n\n**Ann Lee:** Oh.\n\n{notes}\n"})
    assert people(made) == ["Ann Lee"]


def test_words_of_a_header_are_not_speakers() -> None:
    head = (
        "Start time: 09:00:00\n\nSlides: <https://example.org/worms.pdf>\n\nDraft BIP: <https://example.org/draft>\n\n"
    )
    made = booked(
        {"talk.md": f"{head}Ida: Why worms?\n\nTom: {TALK}\n\nIda: And?\n\nTom: {TALK}\n\nIda: So.\n\nTom: So.\n"}
    )
    assert people(made) == ["Ida", "Tom"]
    assert "Draft BIP" in shown(made)


def test_somebody_with_three_short_turns_is_a_person() -> None:
    made = booked({"talk.md": f"Ida: Why?\n\nTom: {TALK}\n\nIda: And?\n\nTom: {TALK}\n\nIda: So?\n\nTom: So.\n"})
    assert people(made) == ["Ida", "Tom"]


def test_in_a_short_transcript_every_label_is_accepted() -> None:
    assert people(booked({"talk.md": "Ann Lee: Hello.\n\nBob Ray: Hello.\n"})) == ["Ann Lee", "Bob Ray"]


def test_labels_of_a_format_that_marks_speakers_are_accepted() -> None:
    cues = "".join(f"\n00:{at:02}.000 --> 00:{at + 1:02}.000\n<v Ida Moss>{TALK[:500]}\n" for at in range(12))
    made = booked({"talk.vtt": f"WEBVTT\n{cues}\n01:00.000 --> 01:02.000\n<v Ned Flanders>Hello.\n"})
    assert people(made) == ["Ida Moss", "Ned Flanders"]


def test_initials_behind_a_name_and_dashes_are_no_part_of_it() -> None:
    made = booked({"talk.md": "Ada Lovelace (AL): Why?\n\nBob Ray –: So.\n\nAda Lovelace: Ah.\n\nBob Ray: Yes.\n"})
    assert people(made) == ["Ada Lovelace", "Bob Ray"]


def captions(*lines: str) -> str:
    times = [f"00:{at // 60:02}:{at % 60:02}" for at in range(len(lines) + 1)]
    cues = (f"{time}.000 --> {after}.000\n{line}" for time, after, line in zip(times, times[1:], lines, strict=False))
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


LONG = [f"{name}: {part}." for part, name in zip(TALK.split(". "), ["Ida Moss", "Tom Reed"] * 30, strict=True)]
CLIP = [
    "Ida Moss: Welcome.",
    "AKA: the heap.",
    "[music] of it.",
    *LONG,
    *["And so on."] * 4,
    "So there. Ned Flanders: Hi there, neighbour.",
]


def test_a_doubtful_name_within_captions_is_nobody_and_stays_in_the_text() -> None:
    made = booked({"talk.vtt": captions(*CLIP)})
    assert people(made) == ["Ida Moss", "Tom Reed"]
    (transcript,) = made.transcripts
    turns = {transcript.source[turn.start : turn.end]: turn.speaker for turn in transcript.turns}
    assert turns["AKA: the heap. [music] of it."] is None
    assert turns["Ned Flanders: Hi there, neighbour."] is None
    (said,) = sentences(made)
    assert '"AKA", "Ned Flanders"' in said
    assert said.startswith("content/transcripts/talk.vtt:6: ")
    times = {transcript.source[offset : offset + 4]: seconds for offset, seconds in transcript.moments}
    assert (times["the "], times["[mus"], times["So t"]) == (1, 2, len(CLIP) - 1)
    assert [transcript.source[start:end] for start, end in transcript.sounds] == ["[music]"]


SPOKEN = "Ada Ray: one two.", "AKA: [music] three.", "more of it.", "So. AKA: four", "AKA: five", "Bob: 6. Ada Ray: 7"


@given(st.lists(st.sampled_from(SPOKEN), min_size=3, max_size=20), st.sets(st.sampled_from(["aka", "bob", "Ada Ray"])))
def test_names_that_are_put_back_into_the_source_move_nothing_else(lines: list[str], labels: set[str]) -> None:
    before = readers.read(captions(*lines).encode(), "talk.vtt")
    after = label_doubts.in_source(before, labels)
    for old, new in zip(before.utterances, after.utterances, strict=True):
        assert old.label == new.label
        text = after.source[new.start : new.end].replace(f"{new.label}: ", "")
        assert text == before.source[old.start : old.end]
        assert new.head is None or after.source[new.head : new.start] == f"{new.label}: "
    assert [(after.source[at], seconds) for at, seconds in after.moments] == [
        (before.source[at], seconds) for at, seconds in before.moments
    ]
    assert {after.source[start:end] for start, end in after.sounds} <= {"[music]"}
    assert [line for _, line in after.lines or ()] == [line for _, line in before.lines or ()]


def test_a_curator_says_who_of_the_names_within_captions_is_a_person() -> None:
    side = "nobody: [aka]\nspeakers: {ned: {name: Ned Flanders}}\n"
    made = booked({"talk.vtt": captions(*CLIP)}, sides={"talk": side})
    assert people(made) == ["Ida Moss", "Ned Flanders", "Tom Reed"]
    assert not made.problems
    assert "AKA: the heap." in shown(made)
    assert "Ned Flanders:" not in shown(made)


def test_what_is_private_behind_a_doubtful_name_is_kept_back() -> None:
    made = booked({"talk.vtt": captions(*CLIP)}, sides={"talk": "private: [{from: the heap, to: the heap}]\n"})
    assert "heap" not in made.transcripts[0].source
    assert "Ned Flanders: Hi there, neighbour." in shown(made)


def test_names_that_a_tool_wrote_on_every_caption_are_accepted() -> None:
    lines = [line for line in LONG for _ in range(2)]
    made = booked({"talk.vtt": captions(*lines, "Ned Flanders: Hello.")})
    assert people(made) == ["Ida Moss", "Ned Flanders", "Tom Reed"]


def test_who_only_gives_an_address_is_nobody_however_short_the_transcript() -> None:
    links = "Ann Lee: Hello.\n\nWorm Show: https://example.org/12\n\nBob Ray: Hello.\n\nAnn Lee: Bye.\n"
    assert people(booked({"talk.md": links})) == ["Ann Lee", "Bob Ray"]
    theirs = links.replace("Bye.", "https://example.org/ is mine.").replace("Ann Lee: Hello.", "Ann Lee: Hi.")
    assert people(booked({"talk.md": theirs})) == ["Ann Lee", "Bob Ray"]


@pytest.mark.parametrize("label", ["The Goonies", "Lucas Lucas Lucas", "Song", "Extract", "Audience members"])
def test_an_article_a_repeated_word_or_a_part_of_the_show_is_no_persons_name(label: str) -> None:
    news = f"**Ida Moss:** {TALK[:1200]}\n\n**{label}:** Hey you guys.\n\n**Ida Moss:** That was a film.\n"
    made = booked({"news.md": news})
    assert people(made) == ["Ida Moss"]
    assert "Hey you guys." in shown(made)


def test_a_title_alone_is_not_a_name() -> None:
    hearing = "Senador: ¿Por qué?\n\nAnn Lee: Well.\n\nMr. Speaker: Order!\n\nSenador: Yes.\n\nAnn Lee: So.\n"
    assert people(booked({"hearing.txt": hearing})) == ["Ann Lee"]


def test_a_person_is_called_by_the_spelling_with_capitals() -> None:
    talk = "**{}:** Hello there, number {}.\n\n**Ann Lee:** Hi.\n"
    made = booked(
        {f"{at}.md": talk.format(name, at) for at, name in enumerate(["sam boyer", "Sam Boyer", "sam boyer"])}
    )
    assert people(made) == ["Ann Lee", "Sam Boyer"]


def test_a_message_names_the_line_of_the_file_where_a_label_stands() -> None:
    made = booked(
        {"a.vtt": captions("Hello.", "So.", "Speaker 1: Yes.", "Speaker 2: No."), "b.txt": "Q: So?\n\nA: Yes.\n"}
    )
    assert [each.partition(": ")[0] for each in sentences(made)] == [
        "content/transcripts/a.vtt:9",
        "content/transcripts/b.txt:1",
    ]
