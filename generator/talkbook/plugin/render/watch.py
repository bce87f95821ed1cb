"""Dependency tracking: what a page reads of the site is noted, so that only a change of that has it made again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from jinja2 import Template

from talkbook.pages.context import RenderContext
from talkbook.plugin.render.templates import Templates

# (root, name, key): an attribute of "site" or of one of _RECORDS, or a "template"; the key that is read of it.
Read = tuple[str, str, object]
_WHOLE, _LENGTH = "\0whole", "\0length"


class Watched(RenderContext):
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
        if name not in _DERIVED and name != "book":
            return object.__getattribute__(self, name)
        state["reads"] = None  # what it is derived from counts only as far as the result shows it
        try:
            value = object.__getattribute__(self, name)
        finally:
            state["reads"] = reads
        return _Record(value, reads, name) if name in _RECORDS else _noted(value, reads, "site", name)

    def template(self, name: str) -> Template:
        """As RenderContext.template()."""
        reads = object.__getattribute__(self, "__dict__").get("reads")
        if reads is not None:
            reads.add(("template", f"{name}.html", _WHOLE))
        return super().template(name)


_DERIVED = {name for name, value in vars(RenderContext).items() if isinstance(value, cached_property)} - {"environment"}
_RECORDS = ("book", "moved")  # of which the parts are noted, each for itself


class _Record:
    def __init__(self, record: object, reads: set[Read], name: str) -> None:
        self._record, self._reads, self._name = record, reads, name

    def __getattr__(self, name: str) -> Any:
        return _noted(getattr(self._record, name), self._reads, self._name, name)


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


class Readers:
    """The pages of a site, each by what it has read of it: a change concerns those that have read what has changed."""

    def __init__(self) -> None:
        self._reads: dict[str, frozenset[Read]] = {}
        self._uris: dict[tuple[str, str], dict[object, set[str]]] = {}

    def put(self, uri: str, reads: frozenset[Read]) -> None:
        """The page at `uri` has read this, and nothing of what it had read before."""
        old = self._reads.get(uri, frozenset())
        for root, name, key in old - reads:
            self._uris[root, name][key].discard(uri)
        for root, name, key in reads - old:
            self._uris.setdefault((root, name), {}).setdefault(key, set()).add(uri)
        self._reads[uri] = reads

    def touched(self, before: "Watched", now: "Watched") -> set[str]:
        """The pages that have read what differs between two sites."""
        found: set[str] = set()
        for (root, name), uris in self._uris.items():
            one, other = _value(before, root, name), _value(now, root, name)
            if one is not other:
                for key in uris if not isinstance(one, Mapping) else _suspects(one, other, uris):
                    if _differ(one, other, key):
                        found |= uris[key]
        return found


def _suspects(one: Mapping[object, object], other: Mapping[object, object], keys: Iterable[object]) -> list[object]:
    """The keys whose values are not the very same object, so that few values have to be compared."""
    before, now = one.get, other.get
    return [key for key in keys if before(key) is not now(key) or key in (_WHOLE, _LENGTH)]


def _value(context: Watched, root: str, name: str) -> Any:
    if root == "template":
        return context.loader.stamps.get(name) if isinstance(context.loader, Templates) else None
    return getattr(context if root == "site" else getattr(context, root), name)


def _differ(one: Any, other: Any, key: object) -> bool:
    if key == _LENGTH:
        return len(one) != len(other)
    if key != _WHOLE:
        one, other = one.get(key, _WHOLE), other.get(key, _WHOLE)
    return one is not other and bool(one != other)
