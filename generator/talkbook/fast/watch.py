"""Seeing what a page reads of the site as it is made, so that it is made again only when that has changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any

from talkbook.pages.every import Draft
from talkbook.pages.site import Site

Read = tuple[str, str, object]  # of the site or the book, which attribute, and which key of it, _WHOLE or _LENGTH
_WHOLE, _LENGTH = "\0whole", "\0length"


class Watched(Site):
    """A site that notes, while `reads` is a set, what is read of it and of its book."""

    def begin(self) -> set[Read]:
        """Note in a new set what is read from now on."""
        reads: set[Read] = set()
        self.__dict__["reads"] = reads
        return reads

    def end(self) -> None:
        """Note nothing any more."""
        self.__dict__["reads"] = None

    def __getattribute__(self, name: str) -> Any:
        state = object.__getattribute__(self, "__dict__")
        reads = state.get("reads")
        if reads is None or name.startswith("_"):
            return object.__getattribute__(self, name)
        if name == "book":
            return _Book(state["book"], reads)
        if name not in _DERIVED:
            return object.__getattribute__(self, name)
        state["reads"] = None  # what it is derived from counts only as far as the result shows it
        try:
            value = object.__getattribute__(self, name)
        finally:
            state["reads"] = reads
        return _noted(value, reads, "site", name)


_DERIVED = {name for name, value in vars(Site).items() if isinstance(value, cached_property)} - {"environment"}


class _Book:
    def __init__(self, book: object, reads: set[Read]) -> None:
        self._book, self._reads = book, reads

    def __getattr__(self, name: str) -> Any:
        return _noted(getattr(self._book, name), self._reads, "book", name)


class _Keys(Mapping[Any, Any]):
    def __init__(self, values: Mapping[Any, Any], reads: set[Read], of: tuple[str, str]) -> None:
        self._values, self._reads, self._of = values, reads, of

    def __getitem__(self, key: Any) -> Any:
        self._reads.add((*self._of, key))
        return self._values[key]

    def __iter__(self) -> Iterator[Any]:
        self._reads.add((*self._of, _WHOLE))
        return iter(self._values)

    def __len__(self) -> int:
        self._reads.add((*self._of, _WHOLE))
        return len(self._values)


class _Items(Sequence[Any]):
    def __init__(self, values: Sequence[Any], reads: set[Read], of: tuple[str, str]) -> None:
        self._values, self._reads, self._of = values, reads, of

    def __getitem__(self, at: Any) -> Any:
        self._reads.add((*self._of, _WHOLE))
        return self._values[at]

    def __len__(self) -> int:
        self._reads.add((*self._of, _LENGTH))
        return len(self._values)


def _noted(value: Any, reads: set[Read], root: str, name: str) -> Any:
    if isinstance(value, Mapping):
        return _Keys(value, reads, (root, name))
    if isinstance(value, tuple):
        return _Items(value, reads, (root, name))
    reads.add((root, name, _WHOLE))
    return value


class Changes:
    """What differs between the site before and the site now."""

    def __init__(self, before: Site, now: Site, reads: Iterable[frozenset[Read]]) -> None:
        """For pages that have read this."""
        self._reads = {read for read in frozenset[Read]().union(*reads) if _value(before, read) != _value(now, read)}

    def touch(self, reads: frozenset[Read]) -> bool:
        """Whether anything differs of what a page has read."""
        return not self._reads.isdisjoint(reads)


def _value(web: Site, read: Read) -> object:
    root, name, key = read
    if (root, name) == ("book", "terms"):  # made of the topics' names, and of nothing else
        return [(topic.slug, topic.names, topic.hidden_labels) for topic in web.book.topics]
    value = getattr(web if root == "site" else web.book, name)
    if key == _LENGTH:
        return len(value)
    return value if key == _WHOLE else value.get(key, _WHOLE)


def given(draft: Draft) -> list[object]:
    """What a draft makes its page of besides the site."""
    found: list[object] = []
    waiting: list[object] = [draft.make]
    while waiting:
        each = waiting.pop()
        if isinstance(each, partial):
            waiting.extend(each.args)
        elif isinstance(each, Draft):
            waiting.append(each.make)
        elif not isinstance(each, Site):
            found.append(each)
    return found
