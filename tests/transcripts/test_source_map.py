"""Edits lose nothing of the source, and all shown text can be mapped back to it."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from talkbook.model import Edit
from talkbook.transcripts import source_map

TEXTS = st.text(alphabet="ab é,.\n<&", min_size=1, max_size=60)


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> tuple[Edit, ...]:
    """Edits of `text`: sorted, without overlap, each of at least one character."""
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    kept = []
    for start, end in list(pairwise(cuts))[::2]:
        words = draw(st.sampled_from(["", "", "X", "two words"]))
        kept.append(Edit(start, end, words, "correction" if words else "filler"))
    return tuple(kept)


@st.composite
def layered(draw: st.DrawFn) -> tuple[str, tuple[Edit, ...]]:
    text = draw(TEXTS)
    return text, draw(edits_of(text))


def applied(text: str, edits: tuple[Edit, ...]) -> str:
    """Apply edits in the simplest way, for comparison."""
    for edit in reversed(edits):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


@given(layered(), st.data())
def test_tiles_hold_every_character_of_the_source_once_and_in_order(
    layer: tuple[str, tuple[Edit, ...]], data: st.DataObject
) -> None:
    source, edits = layer
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    tiles = list(source_map.tiles(source, edits, start, end))
    assert "".join(source[tile.start : tile.end] for tile in tiles) == source[start:end]
    assert all(first.end == second.start for first, second in pairwise(tiles))
    assert all(tile.text == source[tile.start : tile.end] for tile in tiles if tile.edit is None)


@given(layered())
def test_shown_is_the_source_with_every_edit_made(layer: tuple[str, tuple[Edit, ...]]) -> None:
    source, edits = layer
    assert source_map.shown(source, edits) == applied(source, edits)


@given(layered(), st.data())
def test_an_edit_that_crosses_a_border_is_not_applied(layer: tuple[str, tuple[Edit, ...]], data: st.DataObject) -> None:
    source, edits = layer
    at = data.draw(st.integers(0, len(source)))
    inside = tuple(edit for edit in edits if edit.end <= at)
    assert source_map.shown(source, edits, 0, at) == applied(source[:at], inside)


@given(layered(), st.data())
def test_a_stretch_of_what_is_shown_leads_back_to_raw_characters_that_show_it(
    layer: tuple[str, tuple[Edit, ...]], data: st.DataObject
) -> None:
    source, edits = layer
    view = source_map.View(source, edits, 0, len(source))
    assert view.text == applied(source, edits)
    assume(view.text)
    start = data.draw(st.integers(0, len(view.text) - 1))
    end = data.draw(st.integers(start + 1, len(view.text)))
    first, last = view.span(start, end)
    assert 0 <= first < last <= len(source)
    assert view.text[start:end] in source_map.shown(source, edits, first, last)
    cut = [edit for edit in edits if edit.text and first <= edit.start and edit.end <= last]
    if not cut:
        assert source_map.shown(source, edits, first, last) == view.text[start:end]


@given(layered(), st.data())
def test_many_stretches_are_shown_as_each_on_its_own(layer: tuple[str, tuple[Edit, ...]], data: st.DataObject) -> None:
    source, edits = layer
    cuts = sorted(data.draw(st.sets(st.integers(0, len(source)), min_size=2)))
    view = source_map.JoinedView(source, edits, pairwise(cuts))
    single = [source_map.View(source, edits, *span) for span in pairwise(cuts)]
    assert [view.text[start:end] for start, end in view.stretches()] == [each.text for each in single]
    places = [(at, each) for at, each in zip(view.starts, single, strict=True) if each.text]
    starts, ends = np.array([(at, at + len(each.text)) for at, each in places], np.intp).reshape(-1, 2).T
    found = list(zip(*map(np.ndarray.tolist, view.spans(starts, ends)), strict=True))
    assert found == [each.span(0, len(each.text)) for _, each in places]
    assert found == [view.span(*span) for span in zip(starts.tolist(), ends.tolist(), strict=True)]


@given(layered(), st.data())
def test_two_layers_are_merged_into_one_with_the_same_effect(
    layer: tuple[str, tuple[Edit, ...]], data: st.DataObject
) -> None:
    source, first = layer
    view = source_map.View(source, first, 0, len(source))
    assume(view.text)
    second = data.draw(edits_of(view.text))
    met = [view.span(edit.start, edit.end) for edit in second]
    assume(all(one[1] <= other[0] for one, other in pairwise(met)))  # no two within the same edit of the first layer
    both = source_map.merge([view.over(edit) for edit in sorted(second)], first)
    assert source_map.shown(source, both) == applied(applied(source, first), second)
    assert all(one.end <= other.start for one, other in pairwise(both))


@given(TEXTS.flatmap(lambda text: st.tuples(st.just(text), edits_of(text), edits_of(text))))
def test_the_first_layer_wins_where_edits_overlap(
    both: tuple[str, tuple[Edit, ...], tuple[Edit, ...]],
) -> None:
    _, first, second = both
    merged = source_map.merge(first, second)
    assert set(first) <= set(merged) <= {*first, *second}
    assert all(one.end <= other.start for one, other in pairwise(merged))
    left_out = {*second} - {*merged}
    assert all(any(edit.start < other.end and other.start < edit.end for other in first) for edit in left_out)


@pytest.mark.parametrize(
    ("source", "edits", "shown"),
    [
        ("a b c", (), "a b c"),
        ("a uh b", (Edit(2, 5, "", "filler"),), "a b"),
        ("a vip b", (Edit(2, 5, "vibe", "correction"),), "a vibe b"),
        ("", (), ""),
    ],
)
def test_examples(source: str, edits: tuple[Edit, ...], shown: str) -> None:
    assert source_map.shown(source, edits) == shown
