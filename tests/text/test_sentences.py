"""Sentences contain everything that is said, and paragraphs contain all sentences."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from talkbook.text import sentences

TEXTS = st.lists(
    st.sampled_from(
        ["a", "b.", "I.", "Mr.", "etc.", "e.g.", "so", "x!”", "…", "?", "。好", "1.5", " ", " ", "\n", "\n\n"]
    ),
    max_size=40,
).map("".join)
TALK = st.lists(st.sampled_from(["We say it.", "Now that is it.", "so and so on", "word"]), min_size=1, max_size=90)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences.spans(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("Mr. Turing met Dr. Ada. J. Smith too.", ["Mr. Turing met Dr. Ada.", "J. Smith too."]),
        ("So did I. It was late, e.g. at 5 p.m. We left.", ["So did I.", "It was late, e.g. at 5 p.m.", "We left."]),
        ("Chairs, etc. are there. Tables, etc. We sat.", ["Chairs, etc. are there.", "Tables, etc.", "We sat."]),
        ("He said “no.” I left (at once.) Right...", ["He said “no.”", "I left (at once.)", "Right..."]),
        ("A title\n \nand words\nin two lines", ["A title", "and words\nin two lines"]),
        ("好。「是！」对", ["好。", "「是！」", "对"]),
        ("  \n ", []),
    ],
)
def test_examples(text: str, found: list[str]) -> None:
    assert cut(text) == found


@given(TEXTS)
def test_nothing_is_lost_but_white_space_between_sentences(text: str) -> None:
    assert "".join("".join(cut(text)).split()) == "".join(text.split())
    assert all(one.strip() == one != "" for one in cut(text))
    assert all(end <= start for (_, end), (start, _) in pairwise(sentences.spans(text)))


def test_speech_without_punctuation_is_cut_where_a_clause_begins() -> None:
    pieces = cut(" ".join(["word"] * 55 + ["and"] + ["word"] * 100))
    assert [len(piece.split()) for piece in pieces] == [55, 101]
    assert pieces[1].startswith("and")


def paragraphs(text: str, breaks: Sequence[int] = ()) -> list[str]:
    found = sentences.spans(text)
    starts, ends = np.array(found, np.intp).reshape(-1, 2).T
    first = sentences.paragraphs(text, found, sentences.sizes(text, starts, ends).tolist(), breaks)
    assert first[:1] == [0]
    assert set(first) >= set(breaks)
    return [text[start:end] for start, end in pairwise([*(found[at][0] for at in first), len(text)])]


@given(TALK.map(" ".join), st.data())
def test_paragraphs_are_whole_sentences_and_start_at_every_break(text: str, data: st.DataObject) -> None:
    breaks = data.draw(st.lists(st.integers(0, len(sentences.spans(text)) - 1), max_size=3))
    assert "".join(paragraphs(text, breaks)) == text.lstrip()


@given(TALK.map(" ".join))
def test_no_paragraph_starts_just_before_the_end(text: str) -> None:
    cut = paragraphs(text)
    assert len(cut) == 1 or all(len(each.split()) > 25 for each in cut)
