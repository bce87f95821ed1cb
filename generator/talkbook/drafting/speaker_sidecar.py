"""What is proposed, and what has been answered, of who speaks, written into the text of a sidecar.

Comments, order and quotes of what is there stay. A place is named by the words that stand there, as a curator does it.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from talkbook.drafting.speaker_attribution import ProposedSpeaker, SpeakerDraft
from talkbook.sources import yaml_append
from talkbook.sources.sidecar import UNKNOWN
from talkbook.text import anchors

_SIZES = (6, 8, 11, 15, 20, 30, 45, 60)  # words tried one after another until they stand in one place only
_TOKEN = re.compile(r"\S+")
_BROKEN = re.compile(r"[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAIN = re.compile(r"[A-Za-z][\w '’.,-]*[\w.]")


def with_draft(text: str, source: str, draft: SpeakerDraft) -> str:
    """The text of a sidecar with what is proposed at its end. source: of the transcript.

    Renamed to speakers and turns, both lists are a curator's own. Raises ValueError where nothing can be added so, and
    where something is proposed already.
    """
    turns = list(_turns(source, draft))
    if not turns:
        return text
    lines = ["proposed_speakers:"]
    for each in draft.speakers:
        lines += [f"  # {' '.join(_BROKEN.sub(' ', words).split())}" for words in each.evidence]
        role = {"role": each.role} if each.role else {}
        lines.append(f"  {each.key}: {yaml_append.item({'name': each.name} | role)}")
    lines += ["proposed_turns:", *(f"  - {key}: {yaml_append.scalar(words)}" for key, words in turns)]
    return yaml_append.block(text, lines)


def with_answers(
    text: str, source: str, settled: Mapping[int, str], speakers: Iterable[ProposedSpeaker], draft: SpeakerDraft
) -> str:
    """The text of the sidecar with turns that somebody has settled, and with what is proposed of the others by now.

    settled: offset in `source` at which words begin -> key of who says them. speakers: who is meant by keys; those who
    have said something become speakers. Comments, order and quotes of what is there stay.
    """
    yaml, data = _load(text)
    known = data.setdefault("speakers", CommentedMap())
    for each in speakers:
        if each.key not in known and each.key in settled.values():
            known[each.key] = _flow({"name": _scalar(each.name)} | ({"role": each.role} if each.role else {}))
        if each.key in known and each.key in data.get("proposed_speakers", {}):
            del data["proposed_speakers"][each.key]
    if not known:
        del data["speakers"]
    turns = data.setdefault("turns", CommentedSeq())
    written = {_start(source, turn) for turn in turns}
    for at in sorted(settled):
        words = place(source, at)
        if words and at not in written:
            turns.append(CommentedMap({settled[at]: _scalar(words)}))
            written.add(at)
    if not turns:
        del data["turns"]
    left = [turn for turn in draft.turns if turn.start not in written]
    proposed = [CommentedMap({key: _scalar(words)}) for key, words in _turns(source, replace(draft, turns=tuple(left)))]
    if "proposed_turns" in data:
        data["proposed_turns"] = CommentedSeq(proposed)
    for key in ("proposed_speakers", "proposed_turns"):
        if key in data and not data[key]:
            del data[key]
    return _dump(yaml, data, text)


def place(source: str, start: int) -> str:
    """Words at `start` that stand nowhere else in the source; "" where there are none."""
    tokens = [match[0] for match, _ in zip(_TOKEN.finditer(source, start), range(_SIZES[-1]), strict=False)]
    for size in _SIZES:
        words = " ".join(tokens[:size])
        if _BROKEN.search(words):
            return ""
        pattern = re.compile(r"\s+".join(map(re.escape, tokens[:size])))
        first = pattern.search(source)
        if first and not pattern.search(source, first.start() + 1):
            return words
        if size >= len(tokens):
            break
    return ""


def _turns(source: str, draft: SpeakerDraft) -> Iterator[tuple[str, str]]:
    """(key, words) for each place from which on somebody else probably speaks, or nobody can tell who does.

    Where a place can't be named, what follows would go on as it was before: the turn before is left out, too.
    """
    entries: list[tuple[str, str]] = []
    for turn in draft.turns:
        words = place(source, turn.start)
        if words:
            entries.append((turn.speaker or UNKNOWN, words))
        elif entries and not turn.marked:
            entries.pop()
    yield from entries


def _start(source: str, turn: Mapping[str, str]) -> int | None:
    found = anchors.spans(source, next(iter(turn.values()), ""))
    return found[0][0] if len(found) == 1 else None


def _scalar(text: str) -> str:
    """In quotes, unless it is plain words, so that nothing in it can be read as YAML."""
    return text if _PLAIN.fullmatch(text) else DoubleQuotedScalarString(text)


def _flow(values: Mapping[str, Any]) -> CommentedMap:
    made = CommentedMap(values)
    made.fa.set_flow_style()
    return made


def _load(text: str) -> tuple[YAML, CommentedMap]:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml, yaml.load(text) or CommentedMap()


def _dump(yaml: YAML, data: CommentedMap, before: str) -> str:
    file = io.StringIO()
    if data:
        yaml.dump(data, file)
    made = file.getvalue()
    return made.replace("\n", "\r\n") if "\r\n" in before else made
