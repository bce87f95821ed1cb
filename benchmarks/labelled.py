"""Labelled conversations from the shared corpora, for learning and measuring who speaks."""

import hashlib
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from talkbook.drafting.speaker_attribution import Sentences
from talkbook.text import sentences

CORPORA = Path(__file__).parents[2] / "shared/corpora"
DIALOGUES = CORPORA / "dialogues"
SHOWS = CORPORA / "scale/gotime", CORPORA / "scale/practicalai"
LARGE = ("bitcoin-explained", "chaincode-podcast", "stephan-livera-podcast", "gotime", "practicalai")
WAYS = ("marked", "some", "none")  # of removing labels: with a mark at every change, at four in five, or at none
_LABEL = re.compile(r"\*\*([^*]+?):?\*\*:?\s*(.*)|([A-Z][\w.'’-]+(?: (?:van )?[A-Z][\w.'’-]+){0,3}):\s*(.*)", re.DOTALL)
_BRACKETS = re.compile(r"\\?\[[^\]\n]*\\?\](?:\([^)]*\))?")
_NOBODY = frozenset(("Break", "Outro", "Jingle", "Sponsor"))
_PAIR = 0.97  # share of the words that two people say, from which it is a conversation between these two
_FEW = 20  # minimum number of turns of a conversation


@dataclass(frozen=True)
class Conversation:
    """A conversation. turns: (speaker, what is said), of the two who say most, or of everybody if others say much."""

    name: str
    show: str
    turns: Sequence[tuple[str, str]]

    @cached_property
    def text(self) -> str:
        """What is said, without labels."""
        return " ".join(said for _, said in self.turns)

    @cached_property
    def people(self) -> frozenset[str]:
        """The names of the speakers."""
        return frozenset(name for name, _ in self.turns)

    @cached_property
    def sentences(self) -> Sequence[tuple[str, str]]:
        """The sentences, as (sentence, speaker)."""
        return [(said[start:end], name) for name, said in self.turns for start, end in sentences.spans(said)]


def conversations(folder: Path = DIALOGUES) -> list[Conversation]:
    """Return the conversations between two people in a folder, without duplicates; none if there is no such folder."""
    found = {path.stem: _turns(path) for path in sorted(folder.glob("*.md"))}
    two = [
        Conversation(stem, stem.split("--")[0], _dialogue(turns))
        for stem, turns in found.items()
        if _is_dialogue(turns)
    ]
    return list({each.text[:200]: each for each in two}.values())


def episodes(folders: Sequence[Path] = SHOWS) -> Iterator[Conversation]:
    """Yield the conversations between two or more people in folders that are named after their shows."""
    for path in sorted(path for folder in folders for path in folder.glob("*.md")):
        turns = [turn for turn in _turns(path) if turn[0] not in _NOBODY]
        if _is_dialogue(turns):
            turns = _dialogue(turns)
        if len(turns) >= _FEW and len({name for name, _ in turns}) > 1:
            yield Conversation(path.stem, path.parent.name, _joined(turns))


def digest(every: Sequence[Conversation]) -> str:
    """Return the SHA-256 of what is said in the conversations."""
    return hashlib.sha256("".join(sorted(each.text for each in every)).encode()).hexdigest()


def group(each: Conversation) -> str:
    """Return the name of what is left out together: the show, or all shows with a single conversation."""
    return each.show if each.show in LARGE else "four shows of one conversation each"


def unlabelled(each: Conversation, way: str, chance: random.Random) -> tuple[str, list[tuple[int, str]]]:
    """Return the text without labels, and (offset, name) for each turn.

    way: one of WAYS.
    chance: decides which marks are missing.
    """
    text = ""
    starts = []
    for at, (name, said) in enumerate(each.turns):
        plain = way == "none" or (way == "some" and chance.random() < 0.2)
        text += "" if not at else " " if plain else "\n>> "
        starts.append((len(text), name))
        text += said
    return text, starts


def true_speakers(read: Sentences, starts: Sequence[tuple[int, str]]) -> list[str]:
    """Return who says each of the sentences. starts: as returned by unlabelled()."""
    names = []
    left = list(starts)
    for start, _ in read.spans:
        while len(left) > 1 and left[1][0] <= start:
            left.pop(0)
        names.append(left[0][1])
    return names


def _turns(path: Path) -> list[tuple[str, str]]:
    text = re.sub(r"\A---\n.*?\n---\n", "", path.read_text("utf-8"), flags=re.DOTALL)
    turns: list[tuple[str, str]] = []
    for block in map(str.strip, text.split("\n\n")):
        match = _LABEL.match(block)
        name, said = (match[1] or match[3], match[2] or match[4] or "") if match else ("", block)
        if not block.startswith("#") and (match or turns):
            said = " ".join(_BRACKETS.sub("", said).replace("*", "").split())
            turns.append((name or turns[-1][0], said))
    return _joined(turns)


def _is_dialogue(turns: Sequence[tuple[str, str]]) -> bool:
    words = Counter(name for name, said in turns for _ in said.split())
    return sum(count for _, count in words.most_common(2)) >= _PAIR * words.total()


def _dialogue(turns: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    words = Counter(name for name, said in turns for _ in said.split())
    most = {name for name, _ in words.most_common(2)}
    return _joined([turn for turn in turns if turn[0] in most])


def _joined(turns: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the turns without empty ones, with successive turns of the same speaker joined."""
    parts: list[tuple[str, list[str]]] = []
    for name, said in turns:
        if said and parts and parts[-1][0] == name:
            parts[-1][1].append(said)
        elif said:
            parts.append((name, [said]))
    return [(name, " ".join(said)) for name, said in parts]
