"""talkbook speakers: ask who is speaking, the most useful questions first, and record the answers in sidecars."""

import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import click
import numpy as np

from talkbook.book import build, parallel, versions
from talkbook.cli import named, project_folder, speaker_lines, speakers_of_several
from talkbook.drafting import speaker_attribution, speaker_questions, speaker_sidecar
from talkbook.drafting.speaker_attribution import ProposedSpeaker, ProposedTurn, Sentences, SpeakerAttribution
from talkbook.drafting.speaker_crf import Bools, Floats
from talkbook.drafting.speaker_questions import SETTLED
from talkbook.model import Transcript
from talkbook.sources import content_folder, replacing, sidecar
from talkbook.sources.sidecar import Sidecar
from talkbook.text import ids, speaker_labels

_REST = "further answers would settle little. Accept the remaining proposals? They are estimates."


@click.command("speakers")
@click.argument("transcripts", metavar="[TRANSCRIPT]...", nargs=-1)
def ask(transcripts: Sequence[str]) -> None:
    """Ask who is speaking, and record the answers.

    The questions are about the TRANSCRIPTs, by default all that have proposed speakers. You answer with a single key,
    and whatever follows from the answer is recorded, too. Without a terminal, the questions are printed.
    """
    content = project_folder.find(Path()).content
    sources = content_folder.read(content.resolve(), Path.cwd().resolve())
    book = build.build(sources, process=parallel.process_all)
    wanted = named.slugs(sources, transcripts)
    alone = {each.slug: each for each in reversed(sources.transcripts)}
    asked = [each for each in book.transcripts if each.drafted and each.slug in wanted]
    if not asked:
        click.echo("There is nothing to ask: no transcript has a proposed speaker.")
    for transcript in asked:
        beside = sources.sidecars[transcript.slug]
        side = sidecar.read(replacing.text(beside.data, beside.path), beside.path)
        files = sources.versions.get(transcript.slug, (alone[transcript.slug],))
        read = speaker_attribution.sentences_of(transcript.source, versions.choose(files, side).speech.utterances)
        finding = speaker_attribution.find(read, {})
        if _of_several(read, finding, side):
            speakers_of_several.ask(transcript, read, side, answerable=answerable())
        elif answerable():
            _settle(_session(transcript, read, finding, side), Path.cwd() / transcript.sidecar)
        else:
            _print(_session(transcript, read, finding, side))


def answerable() -> bool:
    """Return whether somebody can press a key: whether the standard input is a terminal."""
    return sys.stdin.isatty()


@dataclass(frozen=True, slots=True)
class SpeakerSession:
    """A transcript that is asked about, and what was known before the first question.

    people: the two speakers.
    known: index of a sentence -> index in `people`, for confirmed turns.
    first: shape (sentences,); the probability that people[0] says each sentence, given `known`.
    """

    transcript: Transcript
    sentences: Sentences
    people: tuple[ProposedSpeaker, ProposedSpeaker]
    known: Mapping[int, int]
    first: Floats


def _of_several(read: Sentences, finding: SpeakerAttribution, side: Sidecar) -> bool:
    """Return whether the sidecar's proposal is for more than two people: such a proposal has no roles."""
    if read.paragraphs or any(each.role for each in side.proposed_speakers):
        return False
    return speaker_attribution.several(read, finding)


def _session(
    transcript: Transcript, sentences: Sentences, finding: SpeakerAttribution, side: Sidecar
) -> SpeakerSession:
    """Return a session whose first and second speaker are those in the sidecar, told apart by the turns they have."""
    entries = [*side.speakers, *side.proposed_speakers]
    slugs = ids.slugs(each.name for each in entries)
    keys = {slugs[each.name]: ProposedSpeaker(each.key, each.name, each.role) for each in entries}
    turns = [transcript.turn_at(start) for start, _ in sentences.spans]
    first = dict.fromkeys(keys, 0.0)
    for turn, likely in zip(turns, finding.decoded.first.tolist(), strict=True):
        if turn.attributed in first:
            first[turn.attributed] += likely - 0.5
    order = sorted(first, key=first.__getitem__, reverse=True)
    one = keys[order[0]] if order and first[order[0]] > 0 else finding.speakers[0]
    two = keys[order[-1]] if order and first[order[-1]] < 0 else finding.speakers[1]
    stated = {slug: at for at, person in enumerate((one, two)) for slug, each in keys.items() if each == person}
    known = {at: stated[turn.speaker] for at, turn in enumerate(turns) if turn.speaker in stated}
    return SpeakerSession(
        transcript, sentences, (one, two), known, speaker_attribution.find(sentences, known).decoded.first
    )


def _settle(session: SpeakerSession, path: Path) -> None:
    """Ask until enough is settled or somebody stops, and write what is settled into the sidecar after each answer."""
    one, two = map(_named, session.people)
    session = replace(session, people=(one, two))
    answers, skipped = dict(session.known), set[int]()
    left = speaker_questions.most(session.sentences)
    while True:
        finding, question = speaker_questions.ask(session.sentences, answers, skipped)
        if question is None or not left:
            if click.confirm(f"{session.transcript.path}: {_REST}", default=True):
                unsure = replace(session, first=session.first * 0 + 0.5)
                likely = speaker_attribution.threshold(session.sentences)
                _write(unsure, path, finding, range(len(session.first)), skipped, likely)
            return
        click.echo(f"\n{speaker_lines.place(session.transcript, session.sentences, question.sentence)}")
        click.echo("\n".join(speaker_lines.lines(session.sentences, question.sentence)))
        click.echo(f"Who says this?  1 {one.name}  2 {two.name}  ? nobody can tell  q stop")
        key = click.getchar()
        left -= key in ("1", "2", "?")
        if key in ("1", "2"):
            answers[question.sentence] = int(key) - 1
            _write(session, path, speaker_attribution.find(session.sentences, answers), answers, skipped)
        elif key == "?":
            skipped.add(question.sentence)
            _write(session, path, finding, answers, skipped)
        elif key in speaker_lines.STOP:
            return


def _named(speaker: ProposedSpeaker) -> ProposedSpeaker:
    """Return the speaker with a name, which is asked for if only the role is known."""
    if not speaker_labels.anonymous(speaker.name):
        return speaker
    name = (
        click.prompt(f"What is the name of the {speaker.role or speaker.key}?", default=speaker.name).strip()
        or speaker.name
    )
    return replace(speaker, name=name, key=ids.slug(name)) if name != speaker.name else speaker


def _write(
    session: SpeakerSession,
    path: Path,
    finding: SpeakerAttribution,
    answered: Collection[int],
    untold: Collection[int],
    settled: float = SETTLED,
) -> None:
    """Write the turns that the answers have settled into the sidecar, and update its proposals.

    Those are turns that are certain now, and were uncertain in `session.first` or contain an answered sentence.

    finding: who says what, given the answers.
    untold: sentences whose speaker nobody can tell; they are written as unknown.
    settled: the probability from which a speaker is certain.
    """
    drafted = speaker_attribution.draft(session.sentences, SpeakerAttribution(finding.decoded, session.people))
    sure = np.maximum(finding.decoded.first, 1 - finding.decoded.first)
    parts = (
        part
        for turn in drafted.turns
        for part in _parts(turn, session.sentences.spans, sure >= settled, answered, untold)
    )
    drafted = replace(drafted, turns=tuple(parts))
    numbers = {start: at for at, (start, _) in enumerate(session.sentences.spans)}
    stated = {}
    for turn in drafted.turns:
        inside = [at for start, at in numbers.items() if turn.start <= start < turn.end]
        unsure = any(max(session.first[at], 1 - session.first[at]) < SETTLED for at in inside)
        if turn.speaker and sure[inside].min() >= settled and (unsure or not set(inside).isdisjoint(answered)):
            stated[turn.start] = turn.speaker
    stated |= {session.sentences.spans[at][0]: sidecar.UNKNOWN for at in untold}
    before = replacing.text(path.read_bytes(), session.transcript.sidecar)
    after = speaker_sidecar.with_answers(before, session.transcript.source, stated, session.people, drafted)
    replacing.write(path, after.encode())


def _parts(
    turn: ProposedTurn,
    spans: Sequence[tuple[int, int]],
    settled: Bools,
    answered: Collection[int],
    untold: Collection[int],
) -> Iterator[ProposedTurn]:
    """Yield the turn, cut around sentences in `untold`, and where `settled` changes if it has an answered sentence.

    settled: shape (sentences,); whether the speaker of each is certain.
    """
    inside = [at for at, (start, _) in enumerate(spans) if turn.start <= start < turn.end]
    divided = not set(inside).isdisjoint(answered)
    for (unknown, _), group in groupby(inside, lambda at: (at in untold, divided and bool(settled[at]))):
        part = list(group)
        start, end = spans[part[0]][0], spans[part[-1]][1]
        marked = turn.marked and start == turn.start
        yield replace(turn, start=start, end=end, speaker=None if unknown else turn.speaker, marked=marked)


def _print(session: SpeakerSession) -> None:
    answers, skipped = dict(session.known), set[int]()
    for number in range(1, speaker_lines.PRINTED + 1):
        _, question = speaker_questions.ask(session.sentences, answers, skipped)
        if question is None:
            break
        at = question.sentence
        skipped.update(speaker_lines.around(session.sentences, at))  # one answer is likely to settle all of these
        place = speaker_lines.place(session.transcript, session.sentences, at)
        click.echo(f"{number}. {place}: {session.people[0].name} or {session.people[1].name}?")
        click.echo("\n".join(speaker_lines.lines(session.sentences, at)))
    if not skipped:
        click.echo(f"{session.transcript.path}: there is nothing to ask.")
