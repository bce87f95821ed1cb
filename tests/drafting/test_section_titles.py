"""The title of a proposed section is a noun phrase that is said in it."""

import re

from making import booked
from talkbook.drafting import book_drafts, language, sections, tokenization, word_classes
from talkbook.drafting.terms import Occurrence
from talkbook.drafting.tokenization import TokenizedConversation

PADDING = "And so it was, and so it went on for them, and we were there as well, as it is. " * 10
ENGLISH = language.load("en")


def talk(text: str) -> TokenizedConversation:
    return tokenization.read(booked({"talk.txt": f"{text}\n"}).transcripts[0])


def places(said: TokenizedConversation, word: str) -> list[Occurrence]:
    return [
        Occurrence(at, place, place)
        for at, sentence in enumerate(said.sentences)
        for place, token in enumerate(sentence)
        if token.lower == word
    ]


def title(said: TokenizedConversation, first: str, *words: str) -> str:
    """Return the title of the section that begins at the first sentence with `first`; `words` are its likely topics."""
    start = places(said, first)[0].sentence
    terms = [(word, places(said, word), 0.5) for word in words]
    return sections._titles(said, [0, start], terms)[1]


def test_a_section_is_named_after_what_it_begins_with() -> None:
    said = talk(f"The anvil is old. {PADDING}What is a kiln? {PADDING}A kiln. A forge is. The forge. {PADDING}")
    assert title(said, "kiln", "kiln", "forge", "anvil") == "Kiln"


def test_a_title_prefers_terms_that_are_new_in_the_section() -> None:
    said = talk(f"The anvil is old. {PADDING}What is a kiln by an anvil? {PADDING}A kiln. The anvil. {PADDING}")
    assert title(said, "kiln", "kiln", "anvil") == "Kiln"


def test_titles_are_made_of_noun_phrases() -> None:
    said = talk("We grind the flour. They grind it. The flour is fine, and flour mills grind flour. It is flour.")
    assert word_classes.phrase_share(said, ENGLISH, places(said, "flour")) > 0.5
    assert word_classes.phrase_share(said, ENGLISH, places(said, "grind")) < 0.25


def test_no_title_ends_in_an_adjective() -> None:
    lines = [
        f"Ann: Let's talk about authentic {name}. Is it authentic?\nBen: It is very authentic. They are. {PADDING}"
        for name in ("rye", "spelt", "copper", "oak", "cloth", "salt")
    ]
    made = book_drafts.propose(booked({"talk.txt": "\n".join(lines) + "\n"})).sections
    assert not [each.title for each in made if each.title.lower().endswith("authentic")]


def test_titles_consist_of_words_that_are_said() -> None:
    subjects = ("rye starter", "stone mill", "copper kiln", "oak barrel", "hand loom", "salt cellar")
    lines = [
        f"Ann: Let's talk about the {name}. What is a {name}?\nBen: A {name} is old. A {name} is. {PADDING}"
        for name in subjects
    ]
    text = "\n".join(lines)
    made = [each.title for each in book_drafts.propose(booked({"talk.txt": f"{text}\n"})).sections]
    assert len(made) > 1
    assert {word for each in made for word in re.findall(r"\w+", each.lower())} <= {*re.findall(r"\w+", text.lower())}
