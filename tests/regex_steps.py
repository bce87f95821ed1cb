"""Count the steps of a regular expression: what Python's engine would try, one character per step.

Python's engine doesn't report its steps, and tests don't measure seconds. This one is slow and has no shortcuts, but
works the same way: it tries alternatives in order and backtracks over each repetition.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Groups = dict[int, tuple[int, int]]
_BOUND = 8  # all bounded repetitions count as bounded by this, since any bound is constant


class Steps:
    """Counts the steps of searches in one text."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self.count = 0
        self._text = text
        self._tree = _parsed(pattern.pattern, pattern.flags)
        self._flags = pattern.flags

    def search_all(self) -> int:
        """Count the steps to find all matches in the text, one after another."""
        at = 0
        while at <= len(self._text):
            self.count += 1
            end = next(self._run(self._tree, 0, at, {}, self._flags), None)
            at = at + 1 if end is None or end == at else end
        return self.count

    def match(self, *, whole: bool = False) -> int:
        """Count the steps to match at the start of the text. whole: whether the match must span the text."""
        for end in self._run(self._tree, 0, 0, {}, self._flags):
            if not whole or end == len(self._text):
                break
        return self.count

    def _run(self, items: Sequence[Any], number: int, at: int, groups: Groups, flags: int) -> Iterator[int]:
        """Yield where the items from `number` on may end, in the order in which the engine tries it."""
        if number == len(items):
            yield at
            return
        code, value = items[number]
        for end in self._one(code, value, at, groups, flags):
            yield from self._run(items, number + 1, end, groups, flags)

    def _one(self, code: Any, value: Any, at: int, groups: Groups, flags: int) -> Iterator[int]:
        if code in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN):
            self.count += 1
            if at < len(self._text) and _acceptor(code, value, flags)(self._text[at]):
                yield at + 1
        elif code is op.BRANCH:
            for each in value[1]:
                yield from self._run(each, 0, at, groups, flags)
        elif code is op.SUBPATTERN:
            group, added, taken, inside = value
            for end in self._run(inside, 0, at, groups, (flags | added) & ~taken):
                if group is not None:
                    groups[group] = (at, end)
                yield end
        elif code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            least, most, inside = value
            most = int(most) if most is op.MAXREPEAT else min(int(most), max(_BOUND, least))
            ends = self._repeated(code, least, most, inside, at, groups, flags)
            yield from [next(ends)] if code is op.POSSESSIVE_REPEAT and (ends := _peek(ends)) else ends
        elif code is op.ATOMIC_GROUP:
            end = next(self._run(value, 0, at, groups, flags), None)
            if end is not None:
                yield end
        elif code in (op.ASSERT, op.ASSERT_NOT):
            direction, inside = value
            start = at if direction > 0 else at - inside.getwidth()[0]
            found = start >= 0 and next(self._run(inside, 0, start, groups, flags), None) is not None
            if found is (code is op.ASSERT):
                yield at
        elif code is op.AT:
            self.count += 1
            if _at(value, flags).match(self._text, at):
                yield at
        elif code is op.GROUPREF:
            words = self._text[slice(*groups[value])] if value in groups else None
            self.count += len(words or "")
            if words is not None and self._text.startswith(words, at):
                yield at + len(words)
        else:
            raise NotImplementedError(code)

    def _repeated(
        self, code: Any, least: int, most: int, inside: Any, at: int, groups: Groups, flags: int
    ) -> Iterator[int]:
        single = len(inside) == 1 and inside[0][0] in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN)
        if not single:
            yield from self._nested(code, least, most, inside, at, groups, flags)
            return
        test, end = _acceptor(*inside[0], flags), at
        if code is op.MIN_REPEAT:
            while end - at < most:
                if end - at >= least:
                    yield end
                self.count += 1
                if end >= len(self._text) or not test(self._text[end]):
                    return
                end += 1
            yield end
            return
        while end - at < most and end < len(self._text) and test(self._text[end]):
            end += 1
        self.count += end - at + 1
        for stop in range(end, at + least - 1, -1):
            self.count += 1
            yield stop

    def _nested(
        self, code: Any, least: int, most: int, inside: Any, at: int, groups: Groups, flags: int
    ) -> Iterator[int]:
        lazy = code is op.MIN_REPEAT
        if lazy and least <= 0:
            yield at
        if most > 0:
            for end in self._run(inside, 0, at, groups, flags):
                if end > at or least > 0:  # an empty match is not repeated
                    yield from self._nested(code, least - 1, most - 1, inside, end, groups, flags)
        if not lazy and least <= 0:
            yield at


def _peek(ends: Iterator[int]) -> Iterator[int] | None:
    first = next(ends, None)
    return None if first is None else iter((first,))


@cache
def _parsed(pattern: str, flags: int) -> Any:
    return parser.parse(pattern, flags)


_COMPILED: dict[tuple[Any, ...], Callable[[str], bool]] = {}


def _acceptor(code: Any, value: Any, flags: int) -> Callable[[str], bool]:
    """Return a function that tells whether this part of a pattern accepts a character."""
    key = (code, str(value), flags)
    if key not in _COMPILED:
        fits = re.compile(_source(code, value), flags & (re.I | re.S | re.A)).fullmatch
        _COMPILED[key] = cache(lambda character: fits(character) is not None)
    return _COMPILED[key]


def _source(code: Any, value: Any) -> str:
    if code is op.ANY:
        return "."
    if code is op.LITERAL:
        return re.escape(chr(value))
    if code is op.NOT_LITERAL:
        return f"[^{re.escape(chr(value))}]"
    negated = value and value[0][0] is op.NEGATE
    return f"[{'^' if negated else ''}{''.join(map(_member, value[negated:]))}]"


_CLASSES = {
    op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_SPACE: r"\s", op.CATEGORY_NOT_SPACE: r"\S",
    op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def _member(item: tuple[Any, Any]) -> str:
    code, value = item
    if code is op.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return _CLASSES[value] if code is op.CATEGORY else re.escape(chr(value))


_PLACES = {
    op.AT_BEGINNING: "^", op.AT_BEGINNING_STRING: r"\A", op.AT_BOUNDARY: r"\b", op.AT_NON_BOUNDARY: r"\B",
    op.AT_END: "$", op.AT_END_STRING: r"\Z",
}  # fmt: skip


@cache
def _at(place: Any, flags: int) -> re.Pattern[str]:
    return re.compile(_PLACES[place], flags & (re.M | re.A))
