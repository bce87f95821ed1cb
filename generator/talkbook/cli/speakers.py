"""talkbook speakers: asks who speaks, in the order in which an answer settles most, and writes it down."""

import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import click
import numpy as np

from talkbook import readers
from talkbook.book import build, parallel
from talkbook.cli import project
from talkbook.drafting import speaker_questions, speaker_sidecar, speakers
from talkbook.drafting.speaker_chain import Bools, Floats
from talkbook.drafting.speaker_questions import SETTLED
from talkbook.drafting.speakers import Finding, ProposedSpeaker, ProposedTurn, Sentences
from talkbook.model import Transcript
from talkbook.sources import content_folder, sidecar
from talkbook.sources.source import Source
from talkbook.text import anchors, ids, speaker_labels

_BEFORE, _AFTER = 3, 2  # sentences shown around the one in question
_REST = "nothing is left that an answer would settle. Take the rest as it is proposed? It is an estimate."
_PRINTED = 10  # questions of a conversation that are printed where nobody can answer


@click.command("speakers")
@click.argument("transcripts", metavar="[TRANSCRIPT]...", nargs=-1)
def ask(transcripts: Sequence[str]) -> None:
    """Ask who speaks in TRANSCRIPTs, in all that have proposals if none is named, and write the answers down.

    One key answers, and what follows is settled with it. Without a terminal, the questions are printed.
    """
    content = project.find(Path()).content
    sources = content_folder.read(content.resolve(), Path.cwd().resolve())
    book = build.build(sources, process=parallel.process_all)
    wanted = {Path(name).stem for name in transcripts}
    files = {each.path: each for each in sources.transcripts}
    asked = [each for each in book.transcripts if each.drafted and (not wanted or Path(each.path).stem in wanted)]
    if not asked:
        click.echo("There is nobody to ask about: no transcript has a proposed speaker.")
    for transcript in asked:
        conversation = _read(transcript, files[transcript.path], sources.sidecars[transcript.slug])
        if answerable():
            _settle(conversation, Path.cwd() / transcript.sidecar)
        else:
            _print(conversation)


def answerable() -> bool:
    """Whether somebody can press a key."""
    return sys.stdin.isatty()


@dataclass(frozen=True, slots=True)
class SpeakerSession:
    """A transcript, its sentences, who the two speakers are, and what is known: number of a sentence -> 0 or 1."""

    transcript: Transcript
    read: Sentences
    people: tuple[ProposedSpeaker, ProposedSpeaker]
    known: Mapping[int, int]


def _read(transcript: Transcript, file: Source, beside: Source) -> SpeakerSession:
    side = sidecar.read(readers.decode(beside.data, beside.path), beside.path)
    speech = readers.read(file.data, file.path, side.format, side.encoding)
    read = speakers.sentences_of(transcript.source, speech.utterances)
    finding = speakers.find(read, {})
    entries = [*side.speakers, *side.proposed_speakers]
    slugs = ids.slugs(each.name for each in entries)
    keys = {slugs[each.name]: ProposedSpeaker(each.key, each.name, each.role) for each in entries}
    turns = [transcript.turn_at(start) for start, _ in read.spans]
    first = dict.fromkeys(keys, 0.0)
    for turn, likely in zip(turns, finding.course.first.tolist(), strict=True):
        if turn.attributed in first:
            first[turn.attributed] += likely - 0.5
    order = sorted(first, key=first.__getitem__, reverse=True)
    one = keys[order[0]] if order and first[order[0]] > 0 else finding.speakers[0]
    two = keys[order[-1]] if order and first[order[-1]] < 0 else finding.speakers[1]
    stated = {slug: at for at, person in enumerate((one, two)) for slug, each in keys.items() if each == person}
    known = {at: stated[turn.speaker] for at, turn in enumerate(turns) if turn.speaker in stated}
    return SpeakerSession(transcript, read, (one, two), known)


def _settle(here: SpeakerSession, path: Path) -> None:
    """Ask until it is enough or somebody has enough, and write what is settled after each answer."""
    people = tuple(_named(each) for each in here.people)
    begun = speakers.find(here.read, here.known).course.first
    answers, skipped = dict(here.known), set[int]()
    while True:
        finding, question = speaker_questions.ask(here.read, answers, skipped)
        if question is None:
            if click.confirm(f"{here.transcript.path}: {_REST}", default=True):
                _write(
                    here,
                    path,
                    people,
                    finding,
                    begun * 0 + 0.5,
                    range(len(begun)),
                    skipped,
                    speakers.threshold(here.read),
                )
            return
        click.echo(f"\n{_place(here, question.sentence)}")
        click.echo("\n".join(_around(here, question.sentence)))
        click.echo(f"Who says it?  1 {people[0].name}  2 {people[1].name}  ? nobody can tell  q stop")
        key = click.getchar()
        if key in ("1", "2"):
            answers[question.sentence] = int(key) - 1
            finding = speakers.find(here.read, answers)
            _write(here, path, people, finding, begun, answers, skipped)
        elif key == "?":
            skipped.add(question.sentence)
            _write(here, path, people, finding, begun, answers, skipped)
        elif key in ("q", "\x03", "\x04", "\x1b"):
            return


def _named(each: ProposedSpeaker) -> ProposedSpeaker:
    """The speaker with a name, asked for where only a part is known."""
    if not speaker_labels.anonymous(each.name):
        return each
    name = click.prompt(f"What is the name of the {each.role or each.key}?", default=each.name)
    return replace(each, name=name, key=ids.slug(name)) if name != each.name else each


def _write(
    here: SpeakerSession,
    path: Path,
    people: Sequence[ProposedSpeaker],
    finding: Finding,
    begun: Floats,
    answered: Collection[int],
    untold: Collection[int],
    settled: float = SETTLED,
) -> None:
    """Write the turns that are settled: those that were asked about, and those that were not sure when it began.

    untold: sentences that nobody can tell; they are written as unknown. settled: how probable a speaker must be.
    """
    drafted = speakers.draft(here.read, Finding(finding.course, (people[0], people[1])))
    sure = np.maximum(finding.course.first, 1 - finding.course.first)
    parts = (
        part for turn in drafted.turns for part in _parts(turn, here.read.spans, sure >= settled, answered, untold)
    )
    drafted = replace(drafted, turns=tuple(parts))
    numbers = {start: at for at, (start, _) in enumerate(here.read.spans)}
    said = {}
    for turn in drafted.turns:
        inside = [at for start, at in numbers.items() if turn.start <= start < turn.end]
        unsure = any(max(begun[at], 1 - begun[at]) < SETTLED for at in inside)
        if turn.speaker and sure[inside].min() >= settled and (unsure or not set(inside).isdisjoint(answered)):
            said[turn.start] = turn.speaker
    said |= {here.read.spans[at][0]: sidecar.UNKNOWN for at in untold}
    before = path.read_bytes().decode()
    after = speaker_sidecar.with_answers(before, here.transcript.source, said, people, drafted)
    path.write_bytes(after.encode())


def _parts(
    turn: ProposedTurn,
    spans: Sequence[tuple[int, int]],
    settled: Bools,
    answered: Collection[int],
    untold: Collection[int],
) -> Iterator[ProposedTurn]:
    """The turn, divided where nobody can tell who says a sentence, and between what an answer settles and the rest.

    settled: of each sentence, whether it is.
    """
    inside = [at for at, (start, _) in enumerate(spans) if turn.start <= start < turn.end]
    divided = not set(inside).isdisjoint(answered)
    for (unknown, _), group in groupby(inside, lambda at: (at in untold, divided and bool(settled[at]))):
        part = list(group)
        start, end = spans[part[0]][0], spans[part[-1]][1]
        marked = turn.marked and start == turn.start
        yield replace(turn, start=start, end=end, speaker=None if unknown else turn.speaker, marked=marked)


def _print(here: SpeakerSession) -> None:
    answers, skipped = dict(here.known), set[int]()
    for number in range(1, _PRINTED + 1):
        _, question = speaker_questions.ask(here.read, answers, skipped)
        if question is None:
            break
        skipped.add(question.sentence)
        click.echo(f"{number}. {_place(here, question.sentence)}: {here.people[0].name} or {here.people[1].name}?")
        click.echo("\n".join(_around(here, question.sentence)))
    if not skipped:
        click.echo(f"{here.transcript.path}: there is nothing to ask.")


def _place(here: SpeakerSession, sentence: int) -> str:
    return f"{here.transcript.path}:{anchors.line_of(here.transcript.source, here.read.spans[sentence][0])}"


def _around(here: SpeakerSession, sentence: int) -> Iterator[str]:
    """The sentence with those before and after, line by line."""
    for at in range(max(0, sentence - _BEFORE), min(len(here.read.texts), sentence + _AFTER + 1)):
        words = "".join(each if each.isprintable() else " " for each in here.read.texts[at])
        yield click.style(f"> {words}", bold=True) if at == sentence else f"  {words}"
