"""The contents of a search index."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import about, blocks, files, page, postings, terms, units, words

from talkbook.pages.page import SearchEntry
from talkbook.search import postings as collecting
from talkbook.search import tokenizer as cutting
from talkbook.search.blocks import Listing

TEXT = st.text(
    st.sampled_from("aAbcé's .-,ßǅ中文かﬁ½\u0301\U0001d4d0") | st.characters(exclude_categories=["Cs"]), max_size=60
)
ENTRY = st.builds(
    SearchEntry,
    anchor=st.sampled_from(["", "a", "b"]),
    title=TEXT,
    text=TEXT,
    kind=st.sampled_from(["topic", "quote", "turn"]),
    speaker=TEXT,
    topics=st.lists(st.sampled_from(["evals", "mixture-of-experts"])).map(tuple),
    transcript=st.sampled_from(["", "talk", "talk-2"]),
    captioned=st.just(()),
)
PAGES = st.lists(st.builds(Listing, st.sampled_from(["a/", "b/"]), st.lists(ENTRY, min_size=1)), max_size=6)


@given(PAGES)
def test_every_word_of_an_entry_finds_it(pages: list[Listing]) -> None:
    made = files(pages)
    found, every = postings(made), units(made)
    assert [entry[:3] for _, unit in every for entry in unit] == [
        [entry.anchor, entry.title, entry.text] for each in pages for entry in each.entries
    ]
    for at, (_, unit) in enumerate(every):
        for _, title, text, speaker, topics, transcript, *_ in unit:
            for word in [*cutting.split(title), *cutting.split(text)]:
                assert at in found[word]
                assert word in words(made)
            for name, value in (("speaker", speaker), ("topic", topics), ("in", transcript)):
                for word in cutting.split(value):
                    assert at in found[f":{name} {word}"]


@given(PAGES)
def test_nothing_is_found_that_is_not_there(pages: list[Listing]) -> None:
    made = files(pages)
    every = units(made)
    for term, found in postings(made).items():
        for at in found:
            said = {word for entry in every[at][1] for part in entry[1:] for word in cutting.split(part)}
            assert {*term.lstrip(":").split()} - {"speaker", "topic", "in"} <= said | {"speaker", "topic", "in"}


@given(PAGES)
def test_the_same_pages_give_the_same_bytes(pages: list[Listing]) -> None:
    assert files(pages) == files(iter(pages))


@given(TEXT, TEXT)
def test_ascii_and_other_texts_are_split_at_the_same_places(one: str, two: str) -> None:
    plain = one.encode("ascii", "ignore").decode()
    assert cutting.split(plain) == [word for word in cutting.split(f"{plain} é") if word][:-1]
    assert cutting.split(f"{one} {two}") == [*cutting.split(one), *cutting.split(two)] or "Σ" in one + two


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Don’t panic: GPT-4!", ["don", "t", "panic", "gpt", "4"]),
        ("Zoë's naïve CAFÉ", ["zoe", "s", "naive", "cafe"]),
        ("snake_case", ["snake", "case"]),
        ("東京 tower", ["東", "京", "tower"]),
        ("Ω ﬁne", ["ω", "fine"]),
    ],
)
def test_words_have_neither_case_nor_accents(text: str, found: list[str]) -> None:
    assert cutting.split(text) == found


def test_pairs_of_common_words_are_terms_where_they_follow_one_another() -> None:
    made = files([page("to be or not to be", "be it. To", title="Or not")])
    found = postings(made)
    assert {"to", "be", "or", "not"} <= {*about(made)["common"]}
    assert {" to be", " be or", " or not", " not to"} <= {*found}
    assert " be be" not in found
    assert " be ada" not in found  # spans the end of an entry and the next title


def test_what_is_in_a_title_weighs_more_than_what_is_said_often() -> None:
    made = files([page("evals " * 3, "once", title="Scaling")])
    found = postings(made)
    assert found["scaling"] == {0: 3}
    assert found["evals"] == {1: 2}
    assert found["once"] == {1: 0}


@pytest.mark.parametrize("gathered", [50, 3])  # 50; and 3, fewer than the postings of some words
@pytest.mark.parametrize("chunk", [1, 4, 9])
def test_segments_make_no_difference(monkeypatch: pytest.MonkeyPatch, gathered: int, chunk: int) -> None:
    pages = [
        page(*(f"word{at} and word{at * each} again" for at in range(40)), address=f"{each}/") for each in range(9)
    ]
    whole = files(pages, chunk=len(pages))
    monkeypatch.setattr(collecting, "_GATHERED", gathered)
    parted = files(pages, chunk)
    assert units(parted) == units(whole)
    assert postings(parted) == postings(whole)
    assert words(parted) == words(whole)


@given(PAGES, st.integers(1, 6))
def test_results_do_not_depend_on_the_division_into_segments(pages: list[Listing], chunk: int) -> None:
    one, other = files(pages, chunk), files(pages, len(pages) or 1)
    assert postings(one) == postings(other)
    assert units(one) == units(other)


@given(TEXT)
def test_separator_characters_of_the_index_are_in_no_word(text: str) -> None:
    plain = page(text.replace("\1", " ").replace("\2", " "), "next")
    assert postings(files([page(f"\1{text} \2 \1", "next")])) == postings(files([plain]))


def test_what_captions_have_is_found_with_the_words_around_it() -> None:
    text = "\U0001f600 And then, to Gemini, to be sure."
    start = text.index("Gemini")
    made = files([page(text, captioned=((start, start + 6, "be Germany"),))])
    found = postings(made)
    assert {"gemini", "germany", " to be", " to to"} <= {*found, " to to"}
    (_, _, shown, *_, first, end, said) = units(made)[1][1][0]
    assert shown.encode("utf-16-le")[2 * first : 2 * end].decode("utf-16-le") == "Gemini"
    assert said == "be Germany"


def test_files_stay_small_and_say_where_they_begin() -> None:
    talks = [
        page(*(f"{'said ' * 100}w{each}x{at}" for at in range(200)), address=f"talk-{each}/", title=f"Talk {each}")
        for each in range(10)
    ]
    made = files(talks)
    assert len(blocks(made)) > 10
    for path, content in made.items():
        assert path == "index.bin" or len(content) < 60_000, path
    assert [*postings(made)] == sorted(postings(made))
    assert len(terms(made)) > 1
    for path, first in terms(made):
        assert json.loads(made[path].partition(b"\n")[0])[0] == first
    assert all(one < two for (_, one), (_, two) in pairwise(terms(made)))
    for path, letters in blocks(made):
        assert len(letters) == sum(len(each[2]) for each in json.loads(made[path]))


def test_an_empty_site_has_an_index() -> None:
    made = files([])
    assert [*made] == ["index.bin"]
    assert about(made)["blocks"] == []


def test_half_a_surrogate_pair_does_no_harm() -> None:
    assert postings(files([page("broken \ud800 text")]))["broken"] == {1: 0}
