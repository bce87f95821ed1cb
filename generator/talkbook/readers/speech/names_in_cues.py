"""Names within the text of cues: `Kevin: yes`, at a cue's start, on a line of it, or after a sentence."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from talkbook.problems import Problem
from talkbook.readers.speech import label_rules
from talkbook.readers.speech.cue import Cue

_LABEL = re.compile(rf"^[ \t]*(?P<name>{label_rules.NAME})[ \t]*(?::(?=\s|$)|：)", re.MULTILINE)
_INSIDE = re.compile(rf"(?<=[.?!…\"”\])\-—][ \n])(?P<name>{label_rules.NAME})[ \t]*:(?=\s|$)")


def split(cues: Sequence[Cue], path: str, problems: list[Problem]) -> list[Cue]:
    """The cues, cut where a name stands, with the name as the speaker until another one comes.

    A cue whose speaker the file itself states is left alone, and ends what a name began. Where a name may stand, and
    nobody can tell, nobody is named, and that is said.
    """
    open_cues = [cue for cue in cues if cue.speaker is None]
    found = [match["name"].strip() for cue in open_cues for match in _LABEL.finditer(cue.text)]
    for cue in open_cues:
        if ":" in cue.text:
            inside = (match["name"].strip() for match in _INSIDE.finditer(cue.text))
            found += [name for name in inside if label_rules.strong(name)]
    labels = label_rules.accept(found, len(open_cues))
    if not labels:
        return list(cues)
    firsts = [(match["name"].strip(), cue) for cue in open_cues if (match := _LABEL.match(cue.text))]
    doubtful = label_rules.doubtful([name for name, _ in firsts], labels, len(open_cues))
    names = "|".join(map(re.escape, sorted(labels | doubtful, key=len, reverse=True)))
    pattern = re.compile(
        rf"(?:^[ \t]*|(?<=[.?!…\"”\])\-—][ \n]))(?P<name>{names})[ \t]*(?::(?=\s|$)|：)\s*",
        re.MULTILINE,
    )
    problems += [label_rules.doubt(name, cue.text, path, cue.line) for name, cue in firsts if name in doubtful]
    return list(_split(cues, pattern, doubtful))


def _split(cues: Sequence[Cue], pattern: re.Pattern[str], doubtful: Set[str]) -> Iterator[Cue]:
    speaker: str | None = None
    for cue in cues:
        if cue.speaker is not None:
            speaker = None
            yield cue
            continue
        if cue.turn:
            speaker = None
        at, turn, title = 0, cue.turn, cue.title
        for match in pattern.finditer(cue.text):
            name = match["name"]
            doubt = name in doubtful
            if doubt and cue.text[: match.start()].strip():
                continue
            if cue.text[at : match.start()].strip() or title:
                yield _part(cue, at, match.start(), speaker, turn, title)
                turn, title = False, ""
            at = match.start("name") if doubt else match.end()
            section = label_rules.section(name)
            speaker, title = (None, name) if section else (None if doubt else name, title)
            turn = turn or doubt
        yield _part(cue, at, len(cue.text), speaker, turn, title)


def _part(cue: Cue, start: int, end: int, speaker: str | None, turn: bool, title: str) -> Cue:
    if start == 0 and end == len(cue.text):
        return replace(cue, speaker=speaker, turn=turn, title=title)
    words = tuple((offset - start, seconds) for offset, seconds in cue.words if start <= offset < end)
    begin = words[0][1] if words and start else cue.start
    return replace(cue, text=cue.text[start:end], words=words, start=begin, speaker=speaker, turn=turn, title=title)
