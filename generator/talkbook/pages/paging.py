"""Long lists cut into pages: the first at the list's own URI, the others numbered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ListPage(Generic[_T]):
    """One page of a list. uris: those of all its pages. total: the number of items on all of them."""

    uri: str
    title: str
    items: Sequence[_T]
    uris: tuple[str, ...]
    total: int


def cut(uri: str, title: str, items: Sequence[_T], size: int, behind: str = "") -> Iterator[ListPage[_T]]:
    """Yield the pages of a list, at least one.

    size: items per page.
    behind: the URI to which the numbers of later pages are appended; "" for `uri`.
    """
    count = max(1, -(-len(items) // size))
    uris = (uri, *(f"{behind or uri}/{number}" for number in range(2, count + 1)))
    for at, each in enumerate(uris):
        named = f"{title}, page {at + 1}" if at else title
        yield ListPage(each, named, items[at * size : (at + 1) * size], uris, len(items))
