"""Ask who is speaking in a conversation between more than two people, where each answer settles one turn."""

from dataclasses import replace
from pathlib import Path

import click

from talkbook.cli import speaker_lines
from talkbook.drafting import speaker_attribution, speaker_questions, speaker_sidecar
from talkbook.drafting.speaker_attribution import ProposedSpeaker, Sentences
from talkbook.model import Transcript
from talkbook.sources import replacing, sidecar
from talkbook.sources.sidecar import Sidecar
from talkbook.text import ids

_SEVERAL = "more than two people speak here. Each answer settles one turn, and what it makes probable is proposed."
_KEYS = "123456789"


def ask(transcript: Transcript, read: Sentences, side: Sidecar, *, answerable: bool) -> None:
    """Ask about the most doubtful turns, and write the sidecar after each answer.

    read: the transcript's sentences.
    side: its sidecar.
    answerable: whether somebody can press a key; otherwise, the questions are only printed.
    """
    path = Path.cwd() / transcript.sidecar
    listed = [ProposedSpeaker(each.key, each.name, each.role) for each in (*side.speakers, *side.proposed_speakers)]
    people = list(speaker_attribution.find_of_several(read, listed)[1])
    slugs = ids.slugs(each.name for each in people)
    names = {slugs[each.name]: each.name for each in people}
    turns = [transcript.turn_at(start) for start, _ in read.spans]
    answers = {at: names[turn.speaker] for at, turn in enumerate(turns) if turn.speaker in names}
    settled: dict[int, str] = {}
    asked, left = set(answers), speaker_questions.most(read) if answerable else speaker_lines.PRINTED
    click.echo(f"{transcript.path}: {_SEVERAL}")
    found, _ = speaker_attribution.find_of_several(read, people, answers)
    while left:
        at = speaker_questions.ask_of_several(read, found, asked)
        if at is None:
            return
        click.echo(f"\n{speaker_lines.place(transcript, read, at)}")
        click.echo("\n".join(speaker_lines.lines(read, at)))
        chosen = _chosen(people) if answerable else None
        if chosen == "":
            return
        asked.add(at)
        left -= 1
        if chosen is None:
            continue
        settled[read.spans[at][0]] = chosen
        if chosen != sidecar.UNKNOWN:
            answers[at] = next(each.name for each in people if each.key == chosen)
        found, _ = speaker_attribution.find_of_several(read, people, answers)
        draft = speaker_attribution.draft_of_several(read, found, people)
        written = {each.key for each in listed}.union(settled.values())
        draft = replace(draft, turns=tuple(turn for turn in draft.turns if turn.speaker in written))
        before = replacing.text(path.read_bytes(), transcript.sidecar)
        after = speaker_sidecar.with_answers(before, transcript.source, settled, people, draft)
        replacing.write(path, after.encode())


def _chosen(people: list[ProposedSpeaker]) -> str:
    """Ask, and return the key of the chosen speaker, "unknown" if nobody can tell, or "" to stop.

    A new speaker is added to `people`.
    """
    keys = dict(zip(_KEYS, people, strict=False))
    choices = "  ".join(f"{key} {each.name}" for key, each in keys.items())
    click.echo(f"Who says this?  {choices}  n somebody else  ? nobody can tell  q stop")
    while (key := click.getchar()) not in keys:
        if key == "?":
            return sidecar.UNKNOWN
        if key in speaker_lines.STOP:
            return ""
        if key == "n":
            while not (name := click.prompt("What is the name?").strip()):
                pass
            if name not in [each.name for each in people]:
                key = ids.unique([sidecar.UNKNOWN, *(each.key for each in people), ids.slug(name)])[-1]
                people.append(ProposedSpeaker(key, name))
            return next(each.key for each in people if each.name == name)
    return keys[key].key
