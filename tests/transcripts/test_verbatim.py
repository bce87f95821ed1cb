"""Clean verbatim removes fillers and stammers by rule, and never a word that carries meaning."""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import transcript
from talkbook.model import Edit
from talkbook.transcripts import source_map, verbatim

FILLER = re.compile(r"u+h+m*|u+m+|e+r+m+|mm+-?hm+|mhm+|hmm+|uh-huh", re.IGNORECASE)
WORD = re.compile(r"[\w'’-]+")
VOCABULARY = (
    "the a I it it's I'm we we're that is was had very no really think model data Gemini so and of "
    "in what up log pre- pre-training so, and, best where going "
    "um uh mhm Um, uh, well, yes. right? Yes the. 10 3.5 état naïve you know"
).split()
SPEECH = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=14).map(" ".join)


def edits(rule: Callable[[str, Sequence[verbatim.Span]], Iterator[Edit]], said: str) -> list[Edit]:
    return list(rule(said, [(0, len(said))]))


def clean(said: str) -> str:
    return source_map.shown((whole := transcript(said)).source, whole.edits)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("I think uh this works.", "I think this works."),
        ("I think, uh, this works.", "I think, this works."),
        ("Um, so we started.", "So we started."),
        ("Uh yes.", "Yes."),
        ("It works, um.", "It works."),
        ("That is it, uh?", "That is it?"),
        ("It was uh um really hard.", "It was really hard."),
        ("the the model", "the model"),
        ("The the model", "The model"),
        ("it's it's a system", "it's a system"),
        ("it it's a system", "it's a system"),
        ("we we we're building", "we're building"),
        ("I think that that I think that works", "I think that I think that works"),
        ("and it was and it was good", "and it was good"),
        ("the uh the model", "the model"),
        ("in in the paper", "in the paper"),
        ("sci- science matters", "science matters"),
        ("So, so the only way is to hold them out.", "So the only way is to hold them out."),
        ("So so we started.", "So we started."),
        ("I, I think so.", "I think so."),
        ("and, and then it's, it's done", "and then it's done"),
        ("use the best best version", "use the best version"),
        ("where we are going in in the short term", "where we are going in the short term"),
        ("all of this is is not true", "all of this is not true"),
        ("it is is better", "it is better"),
        ("what I was seeing is is people who try", "what I was seeing is people who try"),
        ("see what happens when you ask is is vibes a thing", "see what happens when you ask is vibes a thing"),
        ("the way to put this is is that these compound", "the way to put this is that these compound"),
        ("nothing right now that that needs work", "nothing right now that needs work"),
    ],
)
def test_what_goes(said: str, shown: str) -> None:
    assert clean(said) == shown


@pytest.mark.parametrize(
    "said",
    [
        "It was very very good.",
        "No no, that's wrong.",
        "It is really really hard.",
        "much much larger",
        "many many years",
        "He had had enough.",
        "The team had had more time.",
        "what it is is that we scale",
        "What the problem is is that data runs out.",
        "what this really is is a system",
        "How it was was unclear.",
        "All we are are children.",
        "Now that that is done, we go on.",
        "It was so, so good.",
        "So, so good.",
        "I saw it, it was there.",
        "If so, so be it.",
        "It came in in May.",
        "What we do do is measure.",
        "The fact that that works is odd.",
        "He went in in May.",
        "you know you know",
        "an umbrella, a hum and a thermos",
        "Uma and Erma met at the museum.",
        "long long term",
        "more and more and more data",
        "step by step by step",
        "again and again and again",
        "bye bye",
        "pre- and post-training",
        "ha ha",
    ],
)
def test_what_stays(said: str) -> None:
    assert clean(said) == said


@given(SPEECH)
def test_only_fillers_and_repetitions_of_the_next_words_are_left_out(said: str) -> None:
    for edit in edits(verbatim.fillers, said):
        assert all(FILLER.fullmatch(word) for word in WORD.findall(said[edit.start : edit.end - len(edit.text)]))
    for edit in edits(verbatim.stammers, said):
        assert repeats(said, edit)


def repeats(said: str, edit: Edit) -> bool:
    """Return whether the omitted words repeat the words that follow, or the beginning of the next word."""
    gone = said[edit.start : edit.end - len(edit.text)].lower().replace(",", "").split()
    rest = said[edit.end - len(edit.text) :].lower().replace(",", "").split()
    if gone[-1].endswith("-"):
        return len(gone) == 1 and rest[0].startswith(gone[0].strip("-"))
    for size in range(1, len(gone) + 1):
        once = gone[:size]
        following = " ".join(rest[:size])
        if gone == once * (len(gone) // size) and re.match(re.escape(" ".join(once)) + r"(?![\w-])", following):
            return True
    return False


@given(SPEECH)
def test_the_words_that_stay_are_unchanged_and_in_order(said: str) -> None:
    whole = transcript(said)
    left = WORD.findall(source_map.shown(whole.source, whole.edits).lower())
    words = iter(WORD.findall(said.lower()))
    assert all(any(word == other for other in words) for word in left)


@given(SPEECH)
def test_no_stray_white_space_is_left(said: str) -> None:
    shown = clean(said)
    assert shown == shown.strip()
    assert "  " not in shown
    assert not re.search(r"\s[,.?!]", shown)


@given(SPEECH)
def test_clean_speech_is_left_alone(said: str) -> None:
    once = clean(said)
    for edit in edits(verbatim.fillers, once):
        raise AssertionError(f"a filler is left: {once[edit.start : edit.end]!r}")


@given(st.text(max_size=200))
def test_any_text_can_be_read(said: str) -> None:
    for rule in (verbatim.fillers, verbatim.stammers):
        found = edits(rule, said)
        assert all(0 <= edit.start < edit.end <= len(said) for edit in found)
        assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@given(st.lists(SPEECH, max_size=5))
def test_texts_processed_together_give_the_same_as_one_by_one(texts: list[str]) -> None:
    ends = list(itertools.accumulate(len(said) + len(source_map.APART) for said in texts))
    starts = [0, *ends][: len(texts)]
    stretches = [(start, start + len(said)) for start, said in zip(starts, texts, strict=True)]
    for rule in (verbatim.fillers, verbatim.stammers):
        alone = [
            replace(edit, start=edit.start + start, end=edit.end + start)
            for start, said in zip(starts, texts, strict=True)
            for edit in edits(rule, said)
        ]
        assert list(rule(source_map.APART.join(texts), stretches)) == alone


@given(SPEECH)
def test_no_filler_is_overlooked(said: str) -> None:
    left = list(said)
    for edit in edits(verbatim.fillers, said):
        left[edit.start : edit.end] = "_" * (edit.end - edit.start)
    assert not re.search(rf"(?<![\w'’-])(?:{FILLER.pattern})(?![\w'’-])", "".join(left), re.IGNORECASE)


@pytest.mark.parametrize("words", ["the", "I think that", "because even", "and so it", "we've"])
@given(before=SPEECH, after=SPEECH)
def test_no_repetition_is_overlooked(words: str, before: str, after: str) -> None:
    said = f"{before}, {words} {words} {words}, {after}"
    light = not words.startswith("I think")
    start = len(before) + 2
    gone = any(edit.start <= start and start + len(words) < edit.end for edit in edits(verbatim.stammers, said))
    assert gone == light
