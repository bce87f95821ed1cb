"""The ledger of permalinks: every address that was ever published, one per line, in plain text.

A line says what was there, so that it can be found again, or where the address leads now:

    topics/evals: Evals
    transcripts/interview#t-mfxwcylb by ada-lovelace: the engine weaves … and leaves
    transcripts/interview#p-mfxwcylb: =
    quotes/q-onsxe5dj by ada-lovelace in interview on engines,looms: the engine weaves … and leaves
    topics/benchmarks -> topics/evals
    topics/gossip -> withdrawn

Lines may be in any order and may be repeated, so two branches can be merged by keeping the lines of both.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from talkbook.problems import ParseError, Problem, excerpt

WITHDRAWN = "withdrawn"
_HEAD = """\
# Every published address, so that none is lost. `talkbook links --update` writes this file; commit it, and keep both
# sides of a merge. If an address is gone, redirect it with "old -> new", or give it up with "old -> withdrawn".
"""
_FORM = r"""
    (?P<address>[^\s:#][^\s:]*)
    (?:[ ]by[ ](?P<speaker>[^\s:]+))?
    (?:[ ]in[ ](?P<transcript>[^\s:]+))?
    (?:[ ]on[ ](?P<topics>[^\s:]+))?
    (?: [ ]->[ ](?P<successor>\S+) | :(?:[ ](?P<words>.*))? )
    """
_LINE = re.compile(_FORM, re.VERBOSE)
_ADDRESSES = re.compile(rf"^{re.sub(r'[(][?]P<(?!address)[^>]*>', '(?:', _FORM)}$", re.VERBOSE | re.MULTILINE)
_OPENING, _CLOSING = 6, 4  # words kept of a passage
_SAME = "="  # in a paragraph's line: the same words as its turn, of which it is the only paragraph
_MERGE = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One published address.

    address: a page's URI (topics/evals), possibly with an anchor (transcripts/interview#t-mfxwcylb).
    words: a title, or the words of a passage as shorten() returns them.
    speaker: a person's slug.
    transcript, topics: of a quote, the slugs of the pages on which it also appears.
    successor: the address to go to instead, or WITHDRAWN.
    number: the line in the file, from 1; 0 if not yet written.
    """

    address: str
    words: str = ""
    speaker: str | None = None
    transcript: str = ""
    topics: tuple[str, ...] = ()
    successor: str = ""
    number: int = field(default=0, compare=False)

    def __str__(self) -> str:
        facts = f" by {self.speaker}" if self.speaker else ""
        facts += f" in {self.transcript}" if self.transcript else ""
        facts += f" on {','.join(self.topics)}" if self.topics else ""
        leads = f" -> {self.successor}" if self.successor else f": {self.words}"
        return f"{self.address}{facts}{leads}"


class LedgerEntries(Mapping[str, LedgerEntry]):
    """Address -> entry. Lines are parsed on access, as most are never needed."""

    def __init__(self, raw: Mapping[str, tuple[int, str]]) -> None:
        self._raw = raw

    def __getitem__(self, address: str) -> LedgerEntry:
        line = _line(*self._raw[address])
        turn = self._raw.get(_turn(address)) if line.words == _SAME else None
        if turn is None:
            return line
        whole = _line(*turn)
        return replace(line, words=whole.words, speaker=whole.speaker)

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The entries by their addresses. path: the file, for messages."""

    path: str = "content/permalinks.txt"
    lines: Mapping[str, LedgerEntry] = field(default_factory=dict)


def shorten(key: str) -> str:
    """Return the first and last words of a passage's key (see talkbook.text.ids.key), or all if they are few."""
    before, slash, own = key.rpartition("/ ")
    words = own.split()
    if len(words) > _OPENING + _CLOSING:
        own = " ".join([*words[:_OPENING], "…", *words[-_CLOSING:]])
    return f"{before}{slash}{own}"


def read(text: str, path: str) -> Ledger:
    """Parse a ledger. Raises ParseError with every fault found."""
    numbered = [(number, raw.rstrip()) for number, raw in enumerate(text.split("\n"), 1)]
    content = [(number, raw) for number, raw in numbered if raw and raw[0] != "#"]
    addresses = _ADDRESSES.findall(text)
    if len(addresses) == len(content) == len(set(addresses)):  # no faults or repeated lines
        return Ledger(path, LedgerEntries(dict(zip(addresses, content, strict=True))))
    lines: dict[str, tuple[int, str]] = {}
    faults: list[Problem] = []
    for number, raw in content:
        match = _LINE.fullmatch(raw)
        if raw.startswith(_MERGE):
            hint = "Remove the lines that git added and keep both sides; the order doesn't matter."
            faults.append(Problem(path, number, "This is a marker of an unfinished merge.", hint))
        elif match is None:
            hint = 'Write "address: words" or "old -> new".'
            faults.append(Problem(path, number, f'"{excerpt(raw)}" is not a valid line of this file.', hint))
        else:
            other = lines.get(match["address"], (number, raw))
            lines[match["address"]] = _stronger(other, (number, raw), path, faults)
    if faults:
        raise ParseError(*faults)
    return Ledger(path, LedgerEntries(lines))


def _line(number: int, raw: str) -> LedgerEntry:
    match = _LINE.fullmatch(raw)
    assert match, raw
    return LedgerEntry(
        address=match["address"],
        words=match["words"] or "",
        speaker=match["speaker"],
        transcript=match["transcript"] or "",
        topics=tuple(match["topics"].split(",")) if match["topics"] else (),
        successor=match["successor"] or "",
        number=number,
    )


def _turn(address: str) -> str:
    """Return the address of the turn with the same id as the paragraph at `address`."""
    return address.replace("#p-", "#t-")


def _stronger(one: tuple[int, str], other: tuple[int, str], path: str, faults: list[Problem]) -> tuple[int, str]:
    """Return which of two lines for one address counts: one with a successor, otherwise the later.

    Two different successors are added to `faults`.
    """
    first, second = _line(*one), _line(*other)
    if first.successor and second.successor and first.successor != second.successor:
        message = f"{second.address} leads to {second.successor} here and to {first.successor} in line {first.number}."
        faults.append(Problem(path, second.number, message, "Keep one of the two."))
    return one if first.successor and not second.successor else other


def write(lines: Iterable[LedgerEntry]) -> str:
    """Format the entries as the text of a ledger."""
    entries = {line.address: line for line in lines}
    texts = []
    for address, line in entries.items():
        turn = entries.get(_turn(address))
        same = turn is not None and turn is not line and line.words and turn.words == line.words
        texts.append(f"{replace(line, words=_SAME, speaker=None) if same else line}\n")
    return _HEAD + "".join(sorted(texts))
