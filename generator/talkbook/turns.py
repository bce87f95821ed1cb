"""Voices cut into turns and paragraphs, each with an id made from its words."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from talkbook import ids, sentences
from talkbook.model import Paragraph, Section, Turn, Voice
from talkbook.said import Said


def cut(
    source: str,
    voices: Sequence[Voice],
    said: Sequence[Said],
    breaks: Sequence[int],
    cold: Sequence[Section],
) -> tuple[Turn, ...]:
    """The turns of a conversation, with their paragraphs and the ids of both.

    voices: who speaks from where to where in `source`, persons' slugs for labels. said:
    each of them as shown. breaks: where the file starts a new paragraph. cold: sections
    that only repeat what is said later.
    """
    keys = ids.keys((voice.label, source[voice.start : voice.end]) for voice in voices)
    names = ids.unique(ids.named("t", voice.label, key) for voice, key in zip(voices, keys, strict=True))
    paragraphed = [_paragraphs(source, voice, each, breaks) for voice, each in zip(voices, said, strict=True)]
    spans = [span for spans in paragraphed for span in spans]
    paragraphs = map(
        Paragraph, ids.unique(_paragraph_ids(source, voices, names, paragraphed)), *zip(*spans, strict=True)
    )
    return tuple(
        Turn(
            id=name,
            speaker=voice.label,
            start=voice.start,
            end=voice.end,
            paragraphs=tuple(islice(paragraphs, len(spans))),
            quotable=not any(section.start <= voice.start < section.end for section in cold),
            words=len(each.view.text.split()),
        )
        for name, voice, spans, each in zip(names, voices, paragraphed, said, strict=True)
    )


def _paragraphs(source: str, voice: Voice, said: Said, breaks: Sequence[int]) -> list[tuple[int, int]]:
    """(start, end) of each paragraph of the voice."""
    view, cut = said.view, said.sentences
    hard: list[int] = []
    inside = breaks[bisect_right(breaks, voice.start) : bisect_left(breaks, voice.end)]
    if inside:
        hard = [start for start, end in cut if _broken(source, inside, view.span(start, end)[0])]
    starts = [view.span(start, end)[0] for start, end in sentences.paragraphs(view.text, cut, hard)] or [voice.start]
    starts[0] = voice.start
    return [(start, start + len(source[start:end].rstrip())) for start, end in pairwise([*starts, voice.end])]


def _broken(source: str, breaks: Sequence[int], at: int) -> bool:
    before = bisect_right(breaks, at) - 1
    return before >= 0 and not source[breaks[before] : at].strip()


def _paragraph_ids(
    source: str, voices: Sequence[Voice], names: Sequence[str], cut: Sequence[Sequence[tuple[int, int]]]
) -> Iterator[str]:
    """An id for each paragraph; a turn that is one paragraph gives it its own."""
    for voice, name, spans in zip(voices, names, cut, strict=True):
        if len(spans) == 1:
            yield f"p{name[1:]}"
        else:
            yield from (ids.of("p", voice.label, source[start:end]) for start, end in spans)
