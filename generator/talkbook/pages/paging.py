"""Long lists cut into pages: the first at the list's own address, the others behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ListPage(Generic[_T]):
    """One page of a list. uris: of all its pages. total: items on all of them."""

    uri: str
    title: str
    items: Sequence[_T]
    uris: tuple[str, ...]
    total: int


def cut(uri: str, title: str, items: Sequence[_T], size: int, behind: str = "") -> Iterator[ListPage[_T]]:
    """The pages of a list, one at least. behind: the uri that the others are numbered behind; "" for the list's own."""
    count = max(1, -(-len(items) // size))
    uris = (uri, *(f"{behind or uri}/{number}" for number in range(2, count + 1)))
    for at, each in enumerate(uris):
        named = f"{title}, page {at + 1}" if at else title
        yield ListPage(each, named, items[at * size : (at + 1) * size], uris, len(items))
