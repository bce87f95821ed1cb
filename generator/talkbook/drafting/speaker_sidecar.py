"""Write proposed speakers, and answers about who speaks, into the text of a sidecar.

Comments, order and quoting of existing entries are kept. A place is named by its words, as a curator does it.
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

_SIZES = (6, 8, 11, 15, 20, 30, 45, 60)  # numbers of words, tried in order until the words are unique
_TOKEN = re.compile(r"\S+")
_BROKEN = re.compile(r"[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAIN = re.compile(r"[A-Za-z][\w '’.,-]*[\w.]")


def with_draft(text: str, source: str, draft: SpeakerDraft) -> str:
    """Return the text of a sidecar with proposed_speakers and proposed_turns appended.

    A curator accepts both by removing "proposed_" from their names.

    source: of the transcript.

    Raises ValueError if nothing can be appended to the text, or if it has proposals already.
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
    """Return the text of a sidecar with settled turns added, and with its proposals for the other turns replaced.

    source: of the transcript.
    settled: offset in `source` at which a turn starts -> key of its speaker.
    speakers: the people with these keys; those who have a settled turn are added to the sidecar's speakers.
    draft: what is proposed now.
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
    """Return words at the offset `start` that are unique in the source, or "" if there are none."""
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
    """Yield (key, words) for each place from which somebody else probably speaks, or it is unclear who does.

    If a place has no unique words, the turn before it is left out, too, as it would include what follows.
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
    """Return the text, in quotes unless it is plain words, so that nothing in it is read as YAML."""
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
