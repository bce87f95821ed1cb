"""Speakers' names in the text of cues: `Kevin: yes`, at the start of a cue or line, or after a sentence."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from operator import eq

from talkbook.problems import Problem
from talkbook.readers.speech import label_rules
from talkbook.readers.speech.cue import Cue

_LABEL = re.compile(rf"^[ \t]*(?P<name>{label_rules.NAME})[ \t]*(?::(?=\s|$)|：)", re.MULTILINE)
_INSIDE = re.compile(rf"(?<=[.?!…\"”\])\-—][ \n])(?P<name>{label_rules.NAME})[ \t]*:(?=\s|$)")


def split(cues: Sequence[Cue], path: str, problems: list[Problem]) -> list[Cue]:
    """Split the cues at the names in their text; a name is the speaker until the next one.

    A cue whose speaker the file states otherwise is left alone, and ends the last name's turn. If it is unclear whether
    a label is a name, the speaker is left unknown and a warning is added to `problems`.
    """
    open_cues = [cue for cue in cues if cue.speaker is None]
    candidates = [match["name"].strip() for cue in open_cues for match in _LABEL.finditer(cue.text)]
    for cue in open_cues:
        if ":" in cue.text:
            inside = (match["name"].strip() for match in _INSIDE.finditer(cue.text))
            candidates += [name for name in inside if label_rules.strong(name)]
    labels = label_rules.accept(candidates, len(open_cues))
    if not labels:
        return list(cues)
    firsts = [(match["name"].strip(), cue) for cue in open_cues if (match := _LABEL.match(cue.text))]
    doubtful = label_rules.doubtful([name for name, _ in firsts], labels, len(open_cues))
    names = "|".join(map(re.escape, sorted(labels | doubtful, key=len, reverse=True)))
    pattern = re.compile(
        rf"(?:^[ \t]*|(?<=[.?!…\"”\])\-—][ \n]))(?P<name>{names})[ \t]*(?::(?=\s|$)|：|{label_rules.GLUED})\s*",
        re.MULTILINE,
    )
    problems += [label_rules.doubt(name, cue.text, path, cue.line) for name, cue in firsts if name in doubtful]
    named = list(_split(cues, pattern, doubtful))
    return [replace(cue, name="") for cue in named] if _by_a_tool(firsts, len(open_cues)) else named


def _by_a_tool(firsts: Sequence[tuple[str, Cue]], cues: int) -> bool:
    """Return whether software wrote the names, which makes them certain: they also recur while one person speaks on."""
    names = [name for name, _ in firsts]
    return len(names) >= cues * label_rules.NEARLY_ALL and any(map(eq, names, names[1:]))


def _split(cues: Sequence[Cue], pattern: re.Pattern[str], doubtful: Set[str]) -> Iterator[Cue]:
    speaker: str | None = None
    for cue in cues:
        if cue.speaker is not None:
            speaker = None
            yield cue
            continue
        if cue.turn:
            speaker = None
        at, turn, title, stated = 0, cue.turn, cue.title, ""
        for match in pattern.finditer(cue.text):
            name = match["name"]
            doubt = name in doubtful
            if doubt and cue.text[: match.start()].strip():
                continue
            if cue.text[at : match.start()].strip() or title:
                yield replace(cue.part(at, match.start()), speaker=speaker, turn=turn, title=title, name=stated)
                turn, title = False, ""
            at = match.start("name") if doubt else match.end()
            section = label_rules.section(name)
            speaker, title = (None, name) if section else (None if doubt else name, title)
            stated = match[0] if speaker else ""
            turn = turn or doubt
        yield replace(cue.part(at, len(cue.text)), speaker=speaker, turn=turn, title=title, name=stated)
