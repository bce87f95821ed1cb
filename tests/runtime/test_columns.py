"""Columns return objects equal to those that were stored."""

import pickle
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from talkbook.runtime import columns
from talkbook.runtime.columns import Columns


@dataclass(frozen=True, slots=True)
class Part:
    start: int
    name: str


@dataclass(frozen=True, slots=True)
class Whole:
    label: str | None
    parts: tuple[Part, ...]
    tags: tuple[str, ...] = ()


PARTS = st.builds(Part, st.integers(), st.text(max_size=5))
WHOLES = st.builds(
    Whole,
    st.none() | st.text(max_size=5),
    st.lists(PARTS, max_size=4).map(tuple),
    st.lists(st.text(max_size=3), max_size=2).map(tuple),
)


@given(st.lists(PARTS) | st.lists(WHOLES))
def test_the_stored_objects_are_returned(rows: list[object]) -> None:
    kept = Columns(rows)
    assert list(kept) == rows
    assert kept == tuple(rows)
    assert tuple(rows) == kept
    assert pickle.loads(pickle.dumps(kept)) == kept
    assert [kept[at] for at in range(len(kept))] == rows
    assert columns.unfold(columns.fold(rows)) == tuple(rows)


@given(st.lists(PARTS, min_size=1), st.data())
def test_other_objects_are_not_equal(rows: list[Part], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(rows) - 1))
    other = [*rows[:at], Part(rows[at].start + 1, rows[at].name), *rows[at + 1 :]]
    assert Columns(rows) != Columns(other)
    assert Columns(rows) != tuple(other)
    assert Columns(rows) != rows[:-1]
