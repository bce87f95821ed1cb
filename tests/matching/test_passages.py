"""Words are split correctly, names aren't found across turns, and passages are chosen optimally."""

import re
from itertools import combinations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from making import topic, transcript
from talkbook.matching import bag_of_words, passages, ranges, segmentation, stemming
from talkbook.matching.passages import TopicPassages
from talkbook.matching.topic_names import Terms
from talkbook.matching.topic_words import TopicWords
from talkbook.text import scripts, tokens


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
@example("It’s naïve – “state-of-the-art”, 1984 ½ e\u0301 日本語。")
@example("".join(map(chr, range(0x2190, 0x21F0))))
def test_words_are_runs_of_letters(text: str) -> None:
    text = re.sub(f"[{scripts.LETTERS}]", "ж", text)  # the others are tested in tests/text/test_unspaced.py
    assert stemming.letters(text).tobytes().replace(b"\0", b" ").decode().split() == re.findall(
        r"[^\W\d_]+", text.lower()
    )


def test_content_stems_are_content_words_without_endings() -> None:
    said = "The Models, modelled: quantizations of naïveties; tree trees, a lies-is-lie ÉÉÉÉing ééés make"
    found = ["model", "model", "quantiz", "naïveti", "tree", "tree", "lie", "lie", "ééééing", "ééés"]
    assert list(stemming.content_stems(said)) == found


LONG = st.integers(1, 80).map(lambda size: "transformer" * 9 if size == 80 else ("transformer" * 9)[:size])


@given(st.lists(LONG | st.text("abé", min_size=1, max_size=12), max_size=30))
def test_different_words_have_different_keys(words: list[str]) -> None:
    keys = stemming.keys(" ".join(words))
    assert tokens.first_equal(keys).tolist() == [words.index(word) for word in words]


def test_bags_of_words_have_each_stem_once_and_count_all_content_words() -> None:
    held = bag_of_words.count(["Models train models.", "", "So it is!", "A model of training"])
    assert held.keys.tolist() == stemming.keys("model train").tolist()
    assert list(zip(held.sentence.tolist(), held.stem.tolist(), strict=True)) == [(0, 0), (0, 1), (3, 0), (3, 1)]
    assert held.meaningful.tolist() == [3, 0, 0, 2]


@given(st.lists(st.tuples(st.integers(-20, 20), st.integers(0, 5)), max_size=9))
def test_ranges_are_expanded_in_order(parts: list[tuple[int, int]]) -> None:
    starts, sizes = np.array(parts, np.intp).reshape(-1, 2).T
    assert ranges.expand(starts, sizes).tolist() == [start + at for start, size in parts for at in range(size)]


def find(talk: str, *names: str) -> TopicPassages:
    topics = [topic(name.lower().replace(" ", "-"), name) for name in names]
    return passages.find(transcript(talk), Terms(topics), TopicWords(topics))


def test_a_name_is_not_found_across_turns() -> None:
    assert not find(">> It is long\n>> context is what counts.\n", "long context").named.topics
    assert find(">> It is\n>> long context that counts.\n", "long context").named.topics


def test_nothing_is_found_without_topics_or_words() -> None:
    assert find(">> Tea. It is the end.\n") == find(">> Tea.\n", "Gopher") == find("", "Gopher") == TopicPassages()


pieces = st.builds(
    lambda first, size, worth: (first, first + size, float(worth)),
    st.integers(0, 7),
    st.integers(1, 4),
    st.integers(1, 9),
)


@given(st.lists(pieces, max_size=7).map(lambda some: sorted(some, key=lambda piece: piece[1])))
def test_the_best_segmentation_has_the_highest_total(some: list[tuple[int, int, float]]) -> None:
    choices = (each for size in range(len(some) + 1) for each in combinations(some, size))
    apart = (each for each in choices if all(one[1] <= other[0] for one, other in combinations(each, 2)))
    most = max(sum(piece[2] for piece in each) for each in apart)
    chosen = [some[at] for at in segmentation.best(some)]
    assert sum(worth for _, _, worth in chosen) == most
    assert all(one[1] <= other[0] for one, other in combinations(chosen, 2))


@given(st.lists(st.lists(pieces, min_size=1, max_size=5).map(lambda some: sorted(some, key=lambda piece: piece[1]))))
def test_segmenting_many_pairs_equals_segmenting_each(many: list[list[tuple[int, int, float]]]) -> None:
    rows = [(pair, *piece) for pair, some in enumerate(many) for piece in some]
    pair, first, end, worth = np.array(rows, np.intp).reshape(-1, 4).T
    found = zip(*map(np.ndarray.tolist, segmentation.bests(pair, first, end, worth.astype(float))), strict=True)
    assert list(found) == [(pair, *some[at][:2]) for pair, some in enumerate(many) for at in segmentation.best(some)]


def test_rounding_does_not_decide_between_equal_segmentations() -> None:
    early, late = [(0, 2, 5.0), (2, 5, 9.0)], [(0, 3, 6.0), (3, 5, 8.0 - 1e-13)]
    some = sorted([*early, *late], key=lambda piece: (piece[1], -piece[0]))
    assert [some[at][:2] for at in segmentation.best(some)] == [(0, 3), (3, 5)]
