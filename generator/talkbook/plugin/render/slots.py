"""Stand-ins for what varies from page to page, that notice what a template asks of them.

A template is rendered once with slots in place of a page's title, content and so on. A
slot prints a mark that nothing else prints. What the template decides by it (is it empty?
does it hold "<h1"?) is answered from the value of the page at hand and written down as a
guard: another page may use the rendering only if it would have given the same answers.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mkdocs.structure.toc import AnchorLink

MARK = f"Zq{secrets.token_hex(4)}X"
# What follows the mark comes out changed from every filter that escapes, strips, cuts or recodes.
_FRAGILE = "<i> & \"'\n\t{}%1/é  Aa</i>"


@dataclass(frozen=True, slots=True)
class Guard:
    """That `question` of the slot called `slot`, asked with `given`, has this answer."""

    slot: str
    question: str
    given: tuple[Any, ...]
    answer: Any

    def holds(self, value: Any) -> bool:
        """Whether it has with another value in the slot."""
        return bool(_ask(value, self.question, self.given) == self.answer)


def mark(name: str) -> str:
    """The text that the slot called `name` prints."""
    return f"{MARK}{name}.{_FRAGILE}.{name}{MARK}"


class Slot(str):
    """A text that prints its mark, and answers every question as `value` would."""

    __slots__ = ("guards", "name", "value")
    guards: list[Guard]
    name: str
    value: str

    def __new__(cls, name: str, value: str, guards: list[Guard]) -> "Slot":
        """A slot called `name` for a page with this value; the questions asked go into `guards`."""
        made = super().__new__(cls, mark(name))
        made.name, made.value, made.guards = name, value, guards
        return made

    def __str__(self) -> str:
        return self  # and not a copy, which would answer for itself


class Contents(Sequence[AnchorLink]):
    """A contents list of three slots, by which the text of one entry can be told from what stands between two."""

    def __init__(self, length: int, guards: list[Guard]) -> None:
        self._length, self._guards = length, guards
        self._items = [
            AnchorLink(Slot(f"title{at}", "title", guards), f"{MARK}id{at}{MARK}", 2) for at in range(CONTENTS)
        ]
        self._items[0].active = True  # type: ignore[attr-defined]  # as get_toc does

    def __iter__(self) -> Iterator[AnchorLink]:
        return iter(self._items)

    def __bool__(self) -> bool:
        return True

    def __getitem__(self, at: Any) -> Any:
        self._guards.append(Guard("toc", "__len__", (), self._length))
        return self._items[at]

    def __len__(self) -> int:
        self._guards.append(Guard("toc", "__len__", (), self._length))
        return self._length


CONTENTS = 3  # entries in a contents list of slots


def _ask(value: Any, question: str, given: tuple[Any, ...]) -> Any:
    if question == "__bool__":
        return bool(value)
    answer = getattr(value, question)(*given)
    return tuple(answer) if question == "__iter__" else answer


def _trap(question: str) -> Callable[..., Any]:
    def asked(self: Slot, *given: Any, **named: Any) -> Any:
        others = [each for each in (*given, *named.values()) if isinstance(each, Slot)]
        if named or others:  # too rare to tell pages apart by: only one with the same values will do
            self.guards.extend(Guard(each.name, "__str__", (), each.value) for each in (self, *others))
            plain = [each.value if isinstance(each, Slot) else each for each in given]
            return getattr(self.value, question)(*plain, **named)
        answer = _ask(self.value, question, given)
        self.guards.append(Guard(self.name, question, given, answer))
        return iter(answer) if question == "__iter__" else answer

    return asked


_SILENT = {"__new__", "__str__", "__repr__", "__format__", "__class__", "__doc__", "__init__", "__init_subclass__"}
_SILENT |= {"__getattribute__", "__setattr__", "__delattr__", "__dir__", "__subclasshook__", "__sizeof__"}
_SILENT |= {"__reduce__", "__reduce_ex__", "__getnewargs__", "__getstate__", "maketrans"}
for _name in {"__bool__", *dir(str)} - _SILENT:
    setattr(Slot, _name, _trap(_name))
