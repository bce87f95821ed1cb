"""Ids depend on the speaker and the words only, so they survive all other changes."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from making import booked, built, page, paragraphs, transcript, words
from talkbook.readers.speech.speech import Utterance
from talkbook.text import ids

PLAIN = st.lists(
    st.from_regex(r"[a-z]{2,8}", fullmatch=True).filter(lambda word: ids.key(f"a {word}") != "a"),
    min_size=1,
    max_size=12,
)
LINES = st.lists(PLAIN.map(" ".join), min_size=2, max_size=6, unique=True)


@given(PLAIN, st.data())
def test_case_punctuation_and_white_space_do_not_count(said: list[str], data: st.DataObject) -> None:
    other = "".join(
        data.draw(st.sampled_from([word, word.upper(), word.capitalize()]))
        + data.draw(st.sampled_from([" ", ", ", "\n", ". "]))
        for word in said
    )
    assert ids.make("q", "ann", " ".join(said)) == ids.make("q", "ann", other)


@given(PLAIN, PLAIN)
def test_other_words_and_other_speakers_have_other_ids(one: list[str], two: list[str]) -> None:
    first, second = " ".join(one), " ".join(two)
    assert (ids.make("q", "ann", first) == ids.make("q", "ann", second)) == (ids.words(first) == ids.words(second))
    assert ids.make("q", "ann", first) != ids.make("q", "ben", first)
    assert ids.make("q", None, first) != ids.make("q", "ben", first)


@given(LINES, st.data())
def test_an_edit_of_one_turn_leaves_the_ids_of_the_others(lines: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(lines) - 1))
    changed = [*lines[:at], "something else was really said here", *lines[at + 1 :]]
    before, after = transcript("\n".join(lines)), transcript("\n".join(changed))
    for index, (one, other) in enumerate(zip(before.turns, after.turns, strict=True)):
        same = (one.id, [each.id for each in one.paragraphs]) == (other.id, [each.id for each in other.paragraphs])
        assert same == (index != at)


@given(LINES, st.data())
def test_a_new_turn_leaves_the_ids_of_the_others(lines: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(lines)))
    changed = [*lines[:at], "one more turn that nobody had", *lines[at:]]
    before = [turn.id for turn in transcript("\n".join(lines)).turns]
    after = [turn.id for turn in transcript("\n".join(changed)).turns]
    assert [name for name in after if name in before] == before
    assert len(after) == len(before) + 1


@given(LINES)
def test_a_correction_leaves_every_id(lines: list[str]) -> None:
    source = "\n".join(lines)
    heard = lines[0].split()[0]
    before, after = transcript(source), transcript(source, words=words((heard, "Mended")))
    assert [turn.id for turn in before.turns] == [turn.id for turn in after.turns]
    assert [each.id for turn in before.turns for each in turn.paragraphs] == [
        each.id for turn in after.turns for each in turn.paragraphs
    ]


def test_who_speaks_is_part_of_an_id() -> None:
    source = "hello there\nhello there"
    utterances = paragraphs(source)
    named = tuple(
        Utterance(utterance.start, utterance.end, name)
        for utterance, name in zip(utterances, ("Ann", "Ben"), strict=True)
    )
    (first, second) = built(source, utterances=named)[0].turns
    assert first.id != second.id
    assert not second.id.endswith("-2")


def test_the_same_words_of_the_same_speaker_are_told_apart_by_the_words_before() -> None:
    lines = ["Is it so?", "Yes.", "Is it true?", "yes", "Is it good?", "YES!"]
    before, after = (transcript("\n".join(said)).turns for said in (lines, [*lines[:2], *lines[4:]]))
    assert len({turn.id for turn in before}) == 6
    assert [turn.id for turn in after] == [turn.id for turn in (*before[:2], *before[4:])]
    assert not any(turn.id[10:] for turn in before)


def test_indistinguishable_passages_are_numbered() -> None:
    _, second, third = transcript("Yes.\nyes\nYES!").turns
    assert third.id == f"{second.id}-2"


@given(PLAIN, st.data())
def test_fillers_and_words_said_twice_do_not_count(said: list[str], data: st.DataObject) -> None:
    other = [word for each in said for word in data.draw(st.sampled_from([[each], ["uh,", each], [each, each]]))]
    assert ids.make("t", "ann", " ".join(said)) == ids.make("t", "ann", " ".join(other))


def test_curly_and_straight_apostrophes_and_both_ways_to_write_an_accent_are_one() -> None:
    assert ids.make("t", "ann", "don’t stop, café") == ids.make("t", "ann", "don't stop, cafe\u0301")


@given(st.text(alphabet="aé’' uhm,.中ﬁßI\u0301\n", max_size=60) | st.text(st.characters(codec="ascii") | st.just("'")))
def test_words_and_their_places_agree(text: str) -> None:
    assert [word for word, _, _ in ids.word_spans(text, 0, len(text))] == ids.words(text)


@given(st.lists(st.text(alphabet="aé' uhm,.", max_size=8)))
def test_the_words_of_the_parts_are_those_of_the_whole(parts: list[str]) -> None:
    assert ids.joined_key(map(ids.key, parts)) == ids.key(" ".join(parts))


@given(st.lists(st.text(alphabet="aé’' uhm,.中ﬁßI\u0301\n\0", max_size=20) | st.text(max_size=9)))
@example(["uh", "", "uh uh, Um", "'tis the dogs' ' '", "that that's", "a_b", "rock ’n’ roll"])
@example(["\U0003134b", "ก็ 中\u3040"])  # characters that Python doesn't classify as letters
def test_keys_of_many_texts_are_those_of_each(texts: list[str]) -> None:
    assert ids.keys(texts) == list(map(ids.key, texts))


def test_quotes_keep_their_ids_when_something_else_is_mended() -> None:
    said = (
        ">> What about evals?\n>> Evals are tests, and the reason that we need evals is that we can not see progress "
        "without evals of our own, which are hard to build.\n>> And the weather?\n>> The whether is fine today.\n"
    )
    topics = {"evals": page("Evals", "Tests of models that show progress.")}
    before = booked({"talk": said}, topics)
    after = booked({"talk": said}, topics, lexicon="corrections:\n  - {heard: whether, means: weather}\n")
    assert [quote.id for quote in before.quotes] == [quote.id for quote in after.quotes] != []


@given(st.text(max_size=40))
def test_a_slug_is_safe_in_an_address_and_a_file_name(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", ids.slug(name))


@given(st.lists(st.sampled_from(["a", "b", "c", "a-2", "a-3", "b-2"])))
def test_unique_ids_are_unique_and_the_first_keeps_its_name(names: list[str]) -> None:
    made = ids.unique(names)
    assert len(set(made)) == len(made)
    assert [made[names.index(name)] for name in names] == names
