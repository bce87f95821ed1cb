"""Corrections are proposed for what sounds or looks like a certain name, and never for common words."""

import pytest

from making import booked
from talkbook.cli import draft_files
from talkbook.cli.draft_files import DraftFolder
from talkbook.drafting import book_drafts
from talkbook.sources import lexicon, sidecar
from talkbook.text import anchors

SURE = (
    "Ann: We build all of our agents with LangGraph, and LangGraph keeps their state. "
    "What would you do without LangGraph? "
    "We store it with VividCortex, and VividCortex is what I look at when the database is slow in the morning.\n"
)
TOPIC = {"compute-optimal": "---\ntitle: Compute-optimal training\naliases: [compute-optimal]\n---\nWords.\n"}


def corrected(said: str, topics: dict[str, str] | None = None) -> list[tuple[str, str]]:
    book = booked({"talk.txt": f"{SURE}Ben: {said} And that is all there is to say of it, as far as I know.\n"}, topics)
    return [(each.heard, each.means) for each in book_drafts.propose(book).corrections]


@pytest.mark.parametrize(
    ("said", "heard", "means"),
    [
        ("I have tried lane graph once, and it was good.", "lane graph", "LangGraph"),
        ("I have tried LandGraph once, and it was good.", "LandGraph", "LangGraph"),
        ("I like the charts of Vivid Cortex very much.", "Vivid Cortex", "VividCortex"),
        ("The charts are of Vividcortex, I think.", "Vividcortex", "VividCortex"),
    ],
)
def test_what_sounds_like_a_name_in_the_same_talk_is_proposed(said: str, heard: str, means: str) -> None:
    assert corrected(said) == [(heard, means)]


def test_what_sounds_like_a_topic_is_proposed() -> None:
    said = "These models are not computer optimal at all."
    assert corrected(said) == []
    assert corrected(said, TOPIC) == [("computer optimal", "compute-optimal")]


@pytest.mark.parametrize(
    "said",
    [
        "The language of the graph was a long one.",
        "I was longing for a graph of the cortex.",
        "Vivid dreams and the cortex are what we study.",
        "LangGraphs are not what I mean, nor is LangGraph's state.",
        "My computer is old, and my computers were older.",
    ],
)
def test_common_words_and_inflections_are_left_alone(said: str) -> None:
    assert corrected(said, TOPIC) == []


def test_a_line_break_within_a_name_is_not_a_mishearing() -> None:
    name = "the Bernese Mill Museum"
    assert (
        corrected(f"We saw {name}. Then {name} closed, and {name.replace(' Mill ', chr(10) + 'Mill ')} was sold.") == []
    )
    assert corrected("I like the charts of Vivid\nCortex very much.") == [("Vivid Cortex", "VividCortex")]


def test_a_proposed_correction_has_no_effect_until_accepted() -> None:
    text = (
        f"{SURE}Ben: I tried lane graph. You tried lane graph, too, and lane graph was slow when we tried it in May.\n"
    )
    book = booked({"talk.txt": text})
    drafts = book_drafts.propose(book)
    assert [text[each.place.start : each.place.end] for each in drafts.corrections] == ["lane graph"] * 3
    assert len({each.place for each in drafts.corrections}) == 3
    folder = DraftFolder({"talk": text}, {"talk": "transcripts/talk.txt"}, {"talk": text.encode()})
    (made,) = [each for each in draft_files.drafted(drafts, folder, print) if each.path.endswith(".yml")]
    assert len(sidecar.read(made.after, made.path).proposed_corrections) == 3
    assert booked({"talk.txt": text}, sides={"talk": made.after}).transcripts[0].edits == book.transcripts[0].edits
    accepted = made.after.replace("proposed_corrections", "corrections")
    fixed = booked({"talk.txt": text}, sides={"talk": accepted})
    assert not fixed.problems
    assert [edit.text for edit in fixed.transcripts[0].edits if edit.kind == "correction"] == ["LangGraph"] * 3
    for each in drafts.corrections:
        assert len(anchors.spans(text, each.passage)) == 1


@pytest.mark.parametrize(
    "said",
    [
        "You find it at vividcortexx.com, or at langgraf.dev/docs.",  # addresses
        "I call langraph.invoke there.",  # code
    ],
)
def test_addresses_and_code_are_not_mishearings(said: str) -> None:
    assert corrected(said) == []


def test_a_spelling_variant_is_a_mishearing_only_if_the_other_is_usual() -> None:
    paper = "The whitepaper is new. I wrote a whitepaper."
    assert corrected(f"{paper} Have you read the white paper?") == []
    usual = "My whitepaper is. Our whitepaper was. Her whitepaper, too."
    assert corrected(f"{paper} {usual} Have you read the white paper?") == [("white paper", "whitepaper")]


def test_of_two_similar_words_the_rarer_is_misheard() -> None:
    said = "The lightning network grows. A lightning network is fast. Lightning is. Is it lightning?"
    assert corrected(f"{said} A lighting network.") == [("lighting network", "lightning network")]
    said = (
        "The lighting network grows. A lighting network is fast. Is it lightning? It was lightning, lightning it was."
    )
    assert corrected(f"{said} A lightning network.") == []


def test_a_plural_is_not_a_mishearing_of_the_singular() -> None:
    assert corrected("The monkeys banging drums. The monkeys banging pots. A monkey banging drums.") == []


def test_a_misheard_term_is_not_proposed_as_a_topic() -> None:
    often = "I like lane graph. You like lane graph. We like lane graph. They like lane graph. "
    book = booked({"talk.txt": f"{SURE}Ben: {often * 9}\n"})
    assert not {"Lane graph", "Lane Graph"} & {each.title for each in book_drafts.propose(book).topics}


def test_what_several_conversations_mishear_is_added_to_the_lexicon_as_a_comment() -> None:
    text = f"{SURE}Ben: I tried lane graph in May, and I was happy with it all the time.\n"
    texts = dict.fromkeys(("one", "two"), text)
    drafts = book_drafts.propose(booked({f"{name}.txt": text for name in texts}))
    mine = "# Mine.\ncorrections:\n  - {heard: come post, means: compost}"
    folder = DraftFolder(texts, {name: f"transcripts/{name}.txt" for name in texts}, {}, lexicon=mine)
    (made,) = [each for each in draft_files.drafted(drafts, folder, print) if each.path == "lexicon.yml"]
    assert made.after.startswith(f"{mine}\n#")
    assert "#  - {heard: lane graph, means: LangGraph}  # in 2 conversations\n" in made.after
    assert lexicon.read(made.after, made.path) == lexicon.read(mine, made.path)
    accepted = lexicon.read(made.after.replace("#  - {heard: lane", "  - {heard: lane"), made.path)
    assert [each.means for each in accepted.entries] == ["compost", "LangGraph"]
    assert lexicon.read(made.after.removeprefix(mine), made.path).entries == ()
    again = DraftFolder(texts, folder.transcripts, {}, lexicon=made.after)
    assert not [each for each in draft_files.drafted(drafts, again, print) if each.path == "lexicon.yml"]
