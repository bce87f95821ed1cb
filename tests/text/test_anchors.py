"""The words that a curator writes down identify exactly one place, or the error says why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talkbook.text import anchors

TEXT = "one two three\nfour  five two six\nseven eight nine"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("one two", "one two"),
        ("four five", "four  five"),
        ("three four", "three\nfour"),
        ("  seven\neight ", "seven eight"),
        ("six", "six"),
    ],
)
def test_white_space_does_not_count(words: str, found: str) -> None:
    start, end = anchors.span(TEXT, words, "talk.txt")
    assert TEXT[start:end] == found


@pytest.mark.parametrize("words", ["on", "wo three", "ONE", "one  four", "", "   "])
def test_words_that_are_not_there_are_lost(words: str) -> None:
    with pytest.raises(anchors.AnchorNotFound):
        anchors.span(TEXT, words, "talk.txt")


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        ("two", '"two" appears 2 times in talk.txt (lines 1, 2).', "Add words until it appears there once."),
        (
            "four five too six",
            '"four five too six" is not in talk.txt.',
            'The nearest passage is "four five two six" (talk.txt:2).',
        ),
        (
            "quagga",
            '"quagga" is not in talk.txt.',
            "Nothing there is similar; copy the words from the file.",
        ),
    ],
)
def test_the_message_says_what_to_do(words: str, message: str, hint: str) -> None:
    with pytest.raises(anchors.AnchorNotFound) as lost:
        anchors.span(TEXT, words, "talk.txt")
    assert (lost.value.message, lost.value.hint) == (message, hint)


@given(st.text(min_size=1, max_size=80), st.data())
def test_what_is_copied_from_the_text_is_found_where_it_was(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words = text[start:end]
    alone = not (text[start - 1 : start] + words[:1]).isalnum() or not start
    if not words.strip() or words != words.strip() or not alone:
        return
    found = anchors.spans(text, words)
    bordered = anchors.pattern(words).match(text, start) is not None
    assert all(" ".join(text[a:b].split()) == " ".join(words.split()) for a, b in found)
    assert not bordered or any(a <= start < b for a, b in found)


@given(st.text(alphabet="ab \n", max_size=40), st.sampled_from(["a", "ab", "a b", "b"]), st.data())
def test_words_within_a_stretch_are_those_that_stand_in_it(text: str, words: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = anchors.spans(text, words, start, end)
    assert found == [at for at in anchors.spans(text, words) if start <= at[0] and at[1] <= end]


@given(st.text(max_size=60), st.text(max_size=30))
def test_any_words_in_any_text_give_a_place_or_a_reason(text: str, words: str) -> None:
    try:
        start, end = anchors.span(text, words, "talk.txt")
        assert 0 <= start < end <= len(text)
    except anchors.AnchorNotFound as lost:
        assert lost.message
        assert lost.hint
