"""Conversations of two people whose turns are labelled, from the shared corpus, for learning and for measuring."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from talkbook.text import sentences

DIALOGUES = Path(__file__).parents[2] / "shared/corpora/dialogues"
_LABEL = re.compile(r"\*\*([^*]+?):?\*\*:?\s*(.*)|([A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}):\s*(.*)", re.DOTALL)
_BRACKETS = re.compile(r"\\?\[[^\]\n]*\\?\](?:\([^)]*\))?")


@dataclass(frozen=True)
class Conversation:
    """turns: (who says it, what is said), of the two who say most."""

    name: str
    show: str
    turns: Sequence[tuple[str, str]]

    @cached_property
    def text(self) -> str:
        """What is said, and nothing of who says it."""
        return " ".join(said for _, said in self.turns)

    @cached_property
    def sentences(self) -> Sequence[tuple[str, str]]:
        """(sentence, who says it)."""
        ends, at = [], 0
        for _, said in self.turns:
            at += len(said) + 1
            ends.append(at)
        return [
            (self.text[start:end], self.turns[bisect_right(ends, (start + end) // 2)][0])
            for start, end in sentences.spans(self.text)
        ]


def conversations(folder: Path = DIALOGUES) -> list[Conversation]:
    """Every labelled conversation in the folder, each once; none where there is no such folder."""
    found = [Conversation(path.stem, path.stem.split("--")[0], _turns(path)) for path in sorted(folder.glob("*.md"))]
    once = {each.text[:200]: each for each in found}
    return list(once.values())


def _turns(path: Path) -> Sequence[tuple[str, str]]:
    text = re.sub(r"\A---\n.*?\n---\n", "", path.read_text("utf-8"), flags=re.DOTALL)
    turns: list[tuple[str, str]] = []
    for block in text.split("\n\n"):
        match = _LABEL.match(block.strip())
        name, said = (match[1] or match[3], match[2] or match[4] or "") if match else ("", block)
        said = " ".join(_BRACKETS.sub("", said).split())
        if block.strip().startswith("#") or not (match or turns):
            continue
        turns = _joined(turns, name or turns[-1][0], said)
    words = Counter(name for name, said in turns for _ in said.split())
    most = {name for name, _ in words.most_common(2)}
    kept: list[tuple[str, str]] = []
    for name, said in turns:
        kept = _joined(kept, name, said) if name in most and said else kept
    return kept


def _joined(turns: list[tuple[str, str]], name: str, said: str) -> list[tuple[str, str]]:
    if turns and turns[-1][0] == name:
        return [*turns[:-1], (name, f"{turns[-1][1]} {said}".strip())]
    return [*turns, (name, said)]
