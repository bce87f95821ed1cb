"""From what a reader found and a curator recorded to a Transcript."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from talkbook import anchors, ids, layers, lexicon, sentences, verbatim
from talkbook.lexicon import Lexicon
from talkbook.model import Edit, Paragraph, Section, Speaker, Speech, Transcript, Turn, Voice, Words
from talkbook.problems import Problem
from talkbook.sidecar import Sidecar

WITHHELD = "█"  # stands in the source for each character of a private passage


def build(
    slug: str, path: str, speech: Speech, side: Sidecar, words: Lexicon
) -> tuple[Transcript, tuple[Problem, ...]]:
    """The transcript with this slug, and what is wrong with its sidecar.

    speech: of the file at `path`. side: its sidecar (an empty one if there is none).
    Private passages are gone from the source before anything else looks at it.
    """
    place = _Places(path, side.path, speech.source)
    source, private = _withhold(speech.source, side, place)
    place.text = source
    voices, speakers = _voices(speech, side, place)
    sections = _sections(speech, side, place)
    cold = [section for section in sections if section.kind == "cold-open"]
    corrections = layers.merge([*private, *_local(source, side, place)], lexicon.corrections(words, source))
    edits = _clean(source, corrections, voices)
    turns = _turns(source, edits, voices, speech.breaks, cold)
    transcript = Transcript(
        slug=slug,
        path=path,
        title=side.title or slug.replace("-", " ").capitalize(),
        source=source,
        turns=turns,
        edits=edits,
        speakers=speakers,
        sections=sections,
        moments=speech.moments,
        sounds=speech.sounds,
        description=side.description,
        show=side.show,
        episode=side.episode,
        date=side.date,
        duration=side.duration,
        url=side.url,
        media=side.media,
        tags=side.tags,
    )
    return transcript, tuple(place.problems)


class _Places:
    """Looks up anchors in the source and keeps the problems met."""

    def __init__(self, path: str, sidecar: str, text: str) -> None:
        self.path, self.sidecar, self.text = path, sidecar, text
        self.problems: list[Problem] = []

    def span(self, words: Words) -> tuple[int, int] | None:
        try:
            return anchors.find(self.text, words.text, self.path)
        except anchors.Lost as lost:
            self.problems.append(Problem(self.sidecar, words.line, lost.message, lost.cure))
            return None

    def fault(self, line: int, message: str, cure: str) -> None:
        self.problems.append(Problem(self.sidecar, line, message, cure))


def _withhold(source: str, side: Sidecar, place: _Places) -> tuple[str, list[Edit]]:
    edits = []
    for each in side.private:
        first, last = place.span(each.start), place.span(each.end)
        if first and last and first[0] <= last[0]:
            edits.append(Edit(first[0], last[1], "[withheld]", "private"))
        else:
            # What can't be found can't be kept back: nothing of the file is published until it can.
            return WITHHELD * len(source), [Edit(0, len(source), "[withheld]", "private")]
    for edit in edits:
        source = source[: edit.start] + WITHHELD * (edit.end - edit.start) + source[edit.end :]
    return source, list(layers.merge(edits, ()))


def _voices(speech: Speech, side: Sidecar, place: _Places) -> tuple[list[Voice], tuple[Speaker, ...]]:
    """The voices cut at the sidecar's turns, each label replaced by a person's slug, or None."""
    names = {who.key: who.name for who in side.speakers}
    labels = {label: who.name for who in side.speakers for label in (*who.labels, who.name)}
    roles = {who.name: who.role for who in side.speakers}
    said = {}
    for turn in side.turns:
        span = place.span(turn.at)
        if span:
            said[span[0]] = ids.slug(names[turn.speaker]) if turn.speaker else None
    cuts = sorted(said)
    voices, people = [], {ids.slug(who.name): who.name for who in side.speakers}
    for voice in speech.voices:
        name = labels.get(voice.label, voice.label) if voice.label else None
        person = ids.slug(name) if name else None
        if person and name:
            people.setdefault(person, name)
        inside = cuts[bisect_right(cuts, voice.start - 1) : bisect_right(cuts, voice.end - 1)]
        for start, end in pairwise(sorted({voice.start, *inside, voice.end})):
            length = len(speech.source[start:end].rstrip())
            voices.append(Voice(start, start + length, said.get(start, person if start == voice.start else None)))
    spoken = {voice.label for voice in voices}
    speakers = tuple(
        Speaker(person, name, roles.get(name, "")) for person, name in people.items() if person in spoken or name in roles
    )
    return voices, speakers


def _sections(speech: Speech, side: Sidecar, place: _Places) -> tuple[Section, ...]:
    starts = [(heading.start, heading.title, "") for heading in speech.headings]
    for each in side.sections:
        span = place.span(each.at)
        if span:
            starts.append((span[0], each.title, each.kind))
    starts.sort()
    names = ids.unique(ids.slug(title) for _, title, _ in starts)
    ends = [*(start for start, _, _ in starts), len(speech.source)][1:]
    return tuple(
        Section(name, title, start, end, kind)
        for name, (start, title, kind), end in zip(names, starts, ends, strict=True)
    )


def _local(source: str, side: Sidecar, place: _Places) -> list[Edit]:
    edits = []
    for each in side.corrections:
        span = place.span(each.passage)
        if span is None:
            continue
        found = [at for at in anchors.spans(source, each.heard) if span[0] <= at[0] and at[1] <= span[1]]
        if len(found) != 1:
            times = f"{len(found)} times" if found else "nowhere"
            place.fault(
                each.passage.line,
                f'"{each.heard}" stands {times} in "{each.passage.text}".',
                "Quote a passage that holds the word once.",
            )
            continue
        edits.append(Edit(*found[0], each.means, "correction", each.why))
    return edits


def _clean(source: str, corrections: Sequence[Edit], voices: Sequence[Voice]) -> tuple[Edit, ...]:
    edits = tuple(corrections)
    for rule in (verbatim.fillers, verbatim.stammers):
        found = []
        for voice in voices:
            view = layers.Shown(source, edits, voice.start, voice.end)
            found += [view.over(edit) for edit in rule(view.text)]
        edits = layers.merge(_apart(found), edits)
    return edits


def _apart(edits: Sequence[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in edits:
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _turns(
    source: str, edits: tuple[Edit, ...], voices: Sequence[Voice], breaks: Sequence[int], cold: Sequence[Section]
) -> tuple[Turn, ...]:
    keys = ids.keys(source[voice.start : voice.end] for voice in voices)
    names = ids.unique(ids.named("t", voice.label, key) for voice, key in zip(voices, keys, strict=True))
    turns = [
        Turn(
            id=name,
            speaker=voice.label,
            start=voice.start,
            end=voice.end,
            paragraphs=_paragraphs(source, edits, voice, breaks),
            quotable=not any(section.start <= voice.start < section.end for section in cold),
        )
        for name, voice in zip(names, voices, strict=True)
    ]
    return tuple(_renamed(turns))


def _paragraphs(
    source: str, edits: tuple[Edit, ...], voice: Voice, breaks: Sequence[int]
) -> tuple[Paragraph, ...]:
    view = layers.Shown(source, edits, voice.start, voice.end)
    cut = sentences.spans(view.text)
    spans = [view.span(start, end) for start, end in cut]
    hard = [start for (start, _), (at, _) in zip(cut, spans, strict=True) if _broken(source, breaks, at)]
    starts = [view.span(start, end)[0] for start, end in sentences.paragraphs(view.text, cut, hard)] or [voice.start]
    starts[0] = voice.start
    return tuple(
        Paragraph(ids.of("p", voice.label, source[start:end]), start, start + len(source[start:end].rstrip()))
        for start, end in pairwise([*starts, voice.end])
    )


def _broken(source: str, breaks: Sequence[int], at: int) -> bool:
    before = bisect_right(breaks, at) - 1
    return before >= 0 and not source[breaks[before] : at].strip()


def _renamed(turns: list[Turn]) -> list[Turn]:
    """The turns with ids of paragraphs that no two share; a turn that is one paragraph gives it its own."""
    names = iter(
        ids.unique(
            paragraph.id if len(turn.paragraphs) > 1 else f"p{turn.id[1:]}"
            for turn in turns
            for paragraph in turn.paragraphs
        )
    )
    return [
        Turn(
            turn.id,
            turn.speaker,
            turn.start,
            turn.end,
            tuple(Paragraph(next(names), paragraph.start, paragraph.end) for paragraph in turn.paragraphs),
            turn.quotable,
        )
        for turn in turns
    ]
