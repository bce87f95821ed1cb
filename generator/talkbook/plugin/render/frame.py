"""A rendered page taken apart into what stays and what varies."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from posixpath import basename

from mkdocs.structure.toc import AnchorLink

from talkbook.plugin.render.slots import CONTENTS, MARK, Guard, mark

_ENTRY = re.compile(r"(id|title)([0-2])")
_WAY = re.compile(r'\s(?:href|src|action)="?([^"\s>#?]+)')


class Opaque(Exception):
    """The rendering can't be taken apart; the message says why."""


@dataclass(frozen=True, slots=True)
class Loop:
    """The entries of a contents list: `inner` holds literals and fields in turn, `between` parts two entries."""

    inner: tuple[str, ...]  # literal, field, literal, field, …, field
    between: str

    def fill(self, toc: Sequence[AnchorLink]) -> str:
        """The entries of this list."""
        return self.between.join(self._entry(entry) for entry in toc)

    def _entry(self, entry: AnchorLink) -> str:
        return "".join(part if at % 2 == 0 else getattr(entry, part) for at, part in enumerate(self.inner))


@dataclass(frozen=True, slots=True)
class Frame:
    """What the pages of one shape have in common.

    parts: literals, and in between names of slots or loops.
    guards: what must hold of a page's values.
    names: last parts of addresses that the frame links to in the page's own folder, for
    which relative links would come out differently on that very page.
    """

    parts: tuple[str | Loop, ...]
    guards: tuple[Guard, ...]
    names: frozenset[str]

    def fits(self, values: Mapping[str, str], toc: Sequence[AnchorLink]) -> bool:
        """Whether a page with these values has this frame."""
        return all(guard.holds(toc if guard.slot == "toc" else values[guard.slot]) for guard in self.guards)

    def fill(self, values: Mapping[str, str], toc: Sequence[AnchorLink]) -> str:
        """The page."""
        result: list[str] = []
        for at, part in enumerate(self.parts):
            if isinstance(part, Loop):
                result.append(part.fill(toc))
            elif at % 2 == 0:
                result.append(part)
            else:
                result.append(getattr(toc[0], part[6:]) if part.startswith("first.") else values[part])
        return "".join(result)


def cut(html: str, slots: Sequence[str], name: str, guards: Sequence[Guard]) -> Frame:
    """The frame of a page rendered with slots of these names, in a file called `name`.

    Raises Opaque where a slot's text did not come out as it went in.
    """
    known = {mark(slot): slot for slot in (*slots, *(f"title{at}" for at in range(CONTENTS)))}
    known |= {f"{MARK}id{at}{MARK}": f"id{at}" for at in range(CONTENTS)} | {name: "name"}
    pattern = re.compile("(" + "|".join(re.escape(each) for each in sorted(known, key=len, reverse=True)) + ")")
    pieces = pattern.split(html)
    literals = "\n".join(pieces[::2]).casefold()
    if MARK.casefold() in literals or name.casefold() in literals:
        raise Opaque("the theme changes a value on its way to the page")
    parts = _folded(pieces[::2], [known[piece] for piece in pieces[1::2]])
    ways = _WAY.findall("\n".join(pieces[::2]))
    names = frozenset(part for way in ways for part in (basename(way.rstrip("/")), basename(way).partition(".")[0]))
    kept: list[Guard] = []
    for guard in guards:
        if guard.slot not in (*slots, "toc"):
            raise Opaque("the theme decides by single entries of the contents list")
        if guard not in kept:
            kept.append(guard)
    return Frame(tuple(parts), tuple(kept), names)


def _folded(literals: list[str], names: list[str]) -> Iterator[str | Loop]:
    """Literals and names in turn, with each run of three entries made into a loop."""
    at = 0
    while at < len(names):
        loop, length = _loop(literals, names, at)
        yield literals[at]
        if loop:
            yield loop
            at += length
            continue
        entry = _ENTRY.fullmatch(names[at])
        if entry and entry[2] != "0":
            raise Opaque("the theme shows a contents list in a way of its own")
        yield f"first.{entry[1]}" if entry else names[at]
        at += 1
    yield literals[at]


def _loop(literals: list[str], names: list[str], at: int) -> tuple[Loop | None, int]:
    """The loop that starts with name `at` and how many names it spans, or (None, 0)."""
    one = _ENTRY.fullmatch(names[at])
    if not one or one[2] != "0":
        return None, 0
    for size in range(1, (len(names) - at) // CONTENTS + 1):
        items = [names[at + size * item : at + size * (item + 1)] for item in range(CONTENTS)]
        fields = [name[:-1] for name in items[0]]
        if any(items[item] != [f"{field}{item}" for field in fields] for item in range(CONTENTS)):
            continue
        inside = [literals[at + size * item + 1 : at + size * (item + 1)] for item in range(CONTENTS)]
        between = [literals[at + size * item] for item in range(1, CONTENTS)]
        if any(a != b for a, b in (*pairwise(inside), *pairwise(between))):
            continue
        woven = [part for pair in zip(["", *inside[0]], fields, strict=True) for part in pair]
        return Loop(tuple(woven), between[0]), size * CONTENTS
    return None, 0
