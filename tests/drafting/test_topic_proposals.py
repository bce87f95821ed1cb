"""Topics proposed from nothing but what is said."""

import pytest

from making import booked
from talkbook.cli import draft_files
from talkbook.drafting import conversation, draft, language, salience, terms
from talkbook.drafting import topics as proposed
from talkbook.drafting.draft import Drafts
from talkbook.drafting.proposals import SourceSpan, TopicProposal
from talkbook.sources import topics

BREAD = [
    "Ann: What is rye sourdough, and why do you bake with rye sourdough at all?",
    "Mira: Rye sourdough is a culture of yeast and lactic acid bacteria, or LAB. The culture raises the bread.",
    "Ann: And lactic acid bacteria are what makes it sour?",
    "Mira: Lactic acid bacteria, yes. Without LAB, rye sourdough would be glue, because rye has hardly any gluten.",
    "Ann: Where did you learn about gluten, Mira?",
    "Mira: At the mill. Gluten needs wheat. We tried gluten in rye, and the Bernese Mill Museum wrote about gluten.",
    "Ann: The Bernese Mill Museum shows a stone mill, doesn't it?",
    "Mira: The stone mill is the heart of the Bernese Mill Museum. A stone mill keeps the flour cool.",
] * 9


def drafted(*lines: str, name: str = "talk.txt") -> Drafts:
    return draft.draft(booked({name: "\n".join(lines) + "\n"}))


def titles(drafts: Drafts) -> list[str]:
    return [each.title for each in drafts.topics]


def test_what_is_said_again_and_again_is_proposed_and_the_speakers_are_not() -> None:
    found = titles(drafted(*BREAD))
    assert "Rye sourdough" in found[:5]
    assert "Bernese Mill Museum" in found
    assert not {"Ann", "Mira"} & set(found)


def test_a_short_form_and_what_it_stands_for_are_one_topic() -> None:
    (bacteria,) = [each for each in drafted(*BREAD).topics if each.title == "LAB"]
    assert bacteria.aliases == ("lactic acid bacteria",)


def test_the_evidence_is_what_was_said_about_it() -> None:
    text = "\n".join(BREAD) + "\n"
    proposal = next(each for each in drafted(*BREAD).topics if each.title == "Rye sourdough")
    for span in proposal.evidence:
        assert "rye sourdough" in text[span.start : span.end].lower()


def test_spellings_are_one_term() -> None:
    book = booked(
        {"talk.txt": "The auto-immune test. An autoimmune disease. One test, two tests of auto immune cells.\n"}
    )
    found = terms.find(conversation.read(book.transcripts[0]), language.load("en"))
    (term,) = [each for each in found.values() if "immune" in each.form and len(each.occurrences) == 3]
    assert {term.form, *term.others} == {"auto-immune", "autoimmune", "auto immune"}


def doubt(text: str, name: str) -> float:
    talk = conversation.read(booked({"talk.txt": text}).transcripts[0])
    english = language.load("en")
    (term,) = [each for each in terms.find(talk, english).values() if each.form == name]
    return proposed.word_factor(talk, english, term)


FILLER = "We said that it is so and that they are here with us as well. "


def test_a_word_that_is_mostly_said_of_something_is_less_likely_a_topic() -> None:
    assert doubt(f"{FILLER}It is enzymatic. We like enzymatic breads. Those are very enzymatic.\n", "enzymatic") < 1
    assert doubt(f"{FILLER}We bought a ceramic. The ceramic was new. We used the ceramic.\n", "ceramic") == 1


def test_everyday_words_and_those_that_others_fill_with_a_meaning_are_less_likely_topics() -> None:
    assert doubt(f"{FILLER}The notion was old. We had a notion.\n", "notion") < 1
    assert doubt(f"{FILLER}The house was old. We had a house.\n", "house") < 1
    assert doubt(f"{FILLER}The sourdough was old. We had a sourdough.\n", "sourdough") == 1
    assert doubt(f"{FILLER}The house rules were old. We had house rules.\n", "house rules") == 1


def test_a_share_of_nouns_counts_the_places_where_nothing_follows() -> None:
    talk = conversation.read(
        booked({"talk.txt": f"{FILLER}We bought a ceramic. Two ceramic bowls broke. It is ceramic.\n"}).transcripts[0]
    )
    (term,) = [each for each in terms.find(talk, language.load("en")).values() if each.form == "ceramic"]
    assert salience.noun_share(talk, language.load("en"), term) == 1 / 3


def test_how_wide_a_term_is_spread_and_how_many_turns_it_opens_are_signs() -> None:
    lines = ["Ann: Gluten is here.", "Mira: We like sourdough. The sourdough is here.", "Ann: Gluten is there."]
    talk = conversation.read(booked({"talk.txt": "\n".join(lines) + "\n"}).transcripts[0])
    found = list(terms.find(talk, language.load("en")).values())
    rows = dict(zip([each.form for each in found], salience.signs(talk, language.load("en"), found), strict=True))
    spread, opens = salience.SIGNS.index("spread"), salience.SIGNS.index("opens")
    assert rows["Gluten"][spread] > rows["sourdough"][spread]
    assert rows["Gluten"][opens] > rows["sourdough"][opens]


def test_there_is_nothing_to_propose_where_little_is_said() -> None:
    assert drafted("Ann: Good morning, Ben.", "Ben: Good morning, Ann, and goodbye.") == Drafts(
        undrafted={"talk": "nothing is proposed, for its language is not known"}
    )


def test_capitals_that_mean_nothing_are_no_sign_of_a_name() -> None:
    found = drafted(*(line.upper() for line in BREAD))
    assert "RYE SOURDOUGH" in titles(found)
    assert all(not each.aliases for each in found.topics)  # LAB is written as every word is


def test_german_is_read_with_german_words() -> None:
    lines = [
        "Ann: Was ist denn nun ein Sauerteig, und wie backt man mit einem Sauerteig?",
        "Mira: Ein Sauerteig ist eine Mischung, die man aus Roggenmehl und Wasser macht, und sie ist nicht schwer.",
        "Ann: Und das Roggenmehl kommt aus der Mühle, die du mir gezeigt hast?",
        "Mira: Ja, das Roggenmehl kommt aus der Mühle, und der Sauerteig auch, wenn du es so willst.",
    ] * 10
    found = titles(drafted(*lines))
    assert {"Sauerteig", "Roggenmehl"} <= set(found)
    assert not {"Und", "Nicht", "Ann", "Mira"} & set(found)


def test_topics_that_there_are_and_those_that_nobody_wants_are_not_proposed() -> None:
    spoken = {"talk.txt": "\n".join(BREAD) + "\n"}
    book = booked(spoken, {"sourdough": "---\ntitle: Bread\naliases: [rye sourdoughs]\n---\nWords.\n"})
    found = titles(draft.draft(book, ["stone mill"]))
    assert "Gluten" in found
    assert not {"Rye sourdough", "Stone mill"} & set(found)


def test_conversations_that_speak_of_one_thing_propose_one_topic() -> None:
    text = "\n".join(BREAD) + "\n"
    both = draft.draft(booked({"one.txt": text, "two.txt": text}))
    alone = {each.title: each.probability for each in drafted(*BREAD).topics}
    assert titles(both).count("Rye sourdough") == 1
    assert {span.transcript for each in both.topics for span in each.evidence} == {"one"}  # there is enough of it
    assert all(each.probability > alone[each.title] for each in both.topics if each.title in alone)


@pytest.mark.parametrize(
    "title", ["true", "1: 2", "- a", "a # b", '"', "{x}", "[x]", "yes", "ü 🍞", "a\\b", "'", "@x", "*"]
)
def test_a_topics_file_says_what_was_proposed_whatever_that_is(title: str) -> None:
    span = SourceSpan("talk", 0, 12)
    proposal = TopicProposal(title, (title,), (title,), "event", 0.5, (span,))
    text = draft_files.topic(proposal, 7, {"talk": 'a\n---\n"b\x00: c\x85'})
    topic = topics.read(text, "content/topics/a.md", "a")
    assert (topic.title, topic.aliases, topic.hidden_labels) == (title, (title,), (title,))
    assert (topic.kind, topic.status, topic.rank, topic.body) == ("event", "proposed", 7, "")
