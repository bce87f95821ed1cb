"""The question above a quote is asked by somebody else, and answered by the quote."""

import pytest

from making import transcript
from talkbook.model import Quote
from talkbook.pages.quotes import questions
from talkbook.transcripts import source_map

ANSWER = "Compost is what worms make of leaves, and it takes them the whole of a wet winter to do it."


def asked(talk: str, side: str = "", words: str = ANSWER) -> str:
    """Return the question above the quote with these words, or "" if there is none."""
    made = transcript(talk, side)
    start = made.source.index(words)
    turn = made.turn_at(start)
    quote = Quote("q-x", made.slug, turn.id, turn.speaker, start, start + len(words), ("compost",))
    found = questions.find(made, quote)
    return source_map.shown(made.source, made.edits, found.start, found.end) if found else ""


HOST = "speakers:\n  ida: {name: Ida Moss, role: host}\n  tom: {name: Tom Reed, role: guest}\n"


def turns(*said: str) -> tuple[str, str]:
    """Return a conversation in which Ida and Tom take turns, and its sidecar."""
    names = ["ida" if at % 2 == 0 else "tom" for at in range(len(said))]
    listed = "".join(f'  - {name}: "{" ".join(words.split()[:4])}"\n' for name, words in zip(names, said, strict=True))
    return "\n".join(said) + "\n", f"{HOST}turns:\n{listed}"


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("My neighbour has a heap. What is compost made of?", "What is compost made of?"),
        (
            "What is compost made of? And how long does that take?",
            "What is compost made of? And how long does that take?",
        ),
        (
            "My neighbour has a large heap behind her house. Why?",
            "My neighbour has a large heap behind her house. Why?",
        ),
        ("My neighbour has a large heap behind her house, right?", ""),
        ("My neighbour has a large heap behind her house.", ""),
        ("Why do you ask? " + "I have a heap. " * 6, ""),
    ],
)
def test_a_question_extends_from_its_first_word_to_its_question_mark(before: str, question: str) -> None:
    assert asked(*turns(before, ANSWER)) == question


def test_a_host_s_quote_has_no_question() -> None:
    talk, side = turns("What is compost made of, do you think?", "And what would you say yourself?", ANSWER)
    assert asked(talk, side) == ""


def test_a_quote_long_after_a_question_does_not_answer_it() -> None:
    long = "First of all a story. " + "I went home and had tea and went to bed. " * 20
    assert asked(*turns("What is compost made of?", long + ANSWER)) == ""
