"""The lexicon corrects whole words in the right context only, and the captions' words can be recovered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import transcript, words
from talkbook.sources import lexicon
from talkbook.transcripts import source_map

SOURCE = "We use mixtron experts. The scaling  loss is down. Mixtron is no mixtrons; VIP\ncoding helps."


def mended(source: str, known: lexicon.Lexicon) -> str:
    return source_map.shown(source, tuple(sorted(lexicon.corrections(known, source))))


@pytest.mark.parametrize(
    ("heard", "means", "shown"),
    [
        ("mixtron experts", "mixture of experts", SOURCE.replace("mixtron experts", "mixture of experts")),
        ("scaling loss", "scaling laws", SOURCE.replace("scaling  loss", "scaling laws")),  # any white space
        ("VIP coding", "vibe coding", SOURCE.replace("VIP\ncoding", "vibe coding")),  # also across a line break
        ("vip coding", "vibe coding", SOURCE),  # case matters
        ("mix", "mend", SOURCE),  # not part of a word
        ("mixtron", "mixture", SOURCE.replace("mixtron e", "mixture e")),  # an inflected form is a different word
    ],
)
def test_whole_words_only(heard: str, means: str, shown: str) -> None:
    assert mended(SOURCE, words((heard, means))) == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("the scaling of a loss", "the scaling of a law"),
        ("a loss at scaling", "a law at scaling"),
        ("scaling one two three four five loss", "scaling one two three four five law"),
        ("scaling one two three four five six loss", "scaling one two three four five six loss"),
        ("a loss of money", "a loss of money"),
        ("Scaling of loss", "Scaling of law"),
        ("rescaling of loss", "rescaling of loss"),
    ],
)
def test_near_asks_for_one_of_its_words_within_six(source: str, shown: str) -> None:
    assert mended(source, words(("loss", "law"), near=("scaling",))) == shown


def test_a_word_of_the_context_may_not_be_the_word_itself() -> None:
    assert mended("scaling is hard", words(("scaling", "sailing"), near=("scaling",))) == "scaling is hard"


def test_a_correction_of_one_place_wins_over_the_lexicon() -> None:
    side = "corrections:\n  - {in: the loss of money, heard: loss, means: lack}\n"
    whole = transcript("We saw the loss of money. It is a loss.", side, words(("loss", "law")))
    assert source_map.shown(whole.source, whole.edits) == "We saw the lack of money. It is a law."


def test_reading_keeps_reasons_lines_and_abbreviations() -> None:
    text = "corrections:\n  - heard: a\n    means: b\n    near: [c]\n    why: d\n"
    text += "abbreviations:\n  MoE: mixture of experts\n"
    found = lexicon.read(text, "lexicon.yml")
    assert found.entries == (lexicon.LexiconEntry("a", "b", ("c",), "d", 2),)
    assert found.abbreviations == {"MoE": "mixture of experts"}


def test_an_empty_file_is_an_empty_lexicon() -> None:
    assert lexicon.read("", "lexicon.yml").entries == ()


@given(
    st.lists(
        st.sampled_from(["a", "scaling", "loss.", "LOSS", "lossy", "uh", "the", "the", ".*", "(", "\\d"]), min_size=1
    ).map(" ".join)
)
def test_the_captioned_words_stand_below_every_correction(source: str) -> None:
    whole = transcript(source, words=words(("loss", "laws"), (".*", "dots"), ("(", "bracket")))
    for edit in whole.edits:
        if edit.kind == "correction":
            assert source[edit.start : edit.end] in ("loss", ".*", "(")
    raw = "".join(source[tile.start : tile.end] for tile in source_map.tiles(source, whole.edits, 0, len(source)))
    assert raw == source
