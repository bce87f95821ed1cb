"""Voices cut into turns and paragraphs, each with an id made from its words."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, islice, pairwise

import numpy as np

from talkbook import ids, sentences
from talkbook.model import Paragraph, Section, Turn, Voice
from talkbook.said import Said


def cut(
    source: str,
    voices: Sequence[Voice],
    said: Said,
    breaks: Sequence[int],
    cold: Sequence[Section],
) -> tuple[Turn, ...]:
    """The turns of a conversation, with their paragraphs and the ids of both.

    voices: who speaks from where to where in `source`, persons' slugs for labels. said: what they say.
    breaks: where the file starts a new paragraph. cold: sections that only repeat what is said later.
    """
    cuts = list(_paragraphs(source, voices, said, breaks))
    spans = list(chain.from_iterable(cuts))
    each = iter(ids.every_key([source[start:end] for start, end in spans]))
    spoken = [list(islice(each, len(inside))) for inside in cuts]
    whole = list(map(_whole, [source] * len(voices), voices, cuts, spoken))
    keys = ids.distinct([(voice.label, key) for voice, key in zip(voices, whole, strict=True)])
    names = ids.unique(ids.named("t", voice.label, key) for voice, key in zip(voices, keys, strict=True))
    paragraphs = map(Paragraph, ids.unique(_paragraph_ids(voices, names, spoken)), *zip(*spans, strict=True))
    words = sentences.words(said.starts, said.ends, said.sizes)
    counts = np.diff(np.append(0, np.cumsum(words))[said.begins]).tolist()
    return tuple(
        Turn(
            id=name,
            speaker=voice.label,
            start=voice.start,
            end=voice.end,
            paragraphs=tuple(islice(paragraphs, len(inside))),
            quotable=not (cold and any(section.start <= voice.start < section.end for section in cold)),
            words=count,
        )
        for name, voice, inside, count in zip(names, voices, cuts, counts, strict=True)
    )


def _paragraphs(
    source: str, voices: Sequence[Voice], said: Said, breaks: Sequence[int]
) -> Iterator[list[tuple[int, int]]]:
    """(start, end) of each paragraph of each of the voices."""
    starts, sizes = said.starts.tolist(), said.sizes.tolist()
    words = list(accumulate(sizes, initial=0))  # before each sentence
    for voice, (first, last) in zip(voices, pairwise(said.begins.tolist()), strict=True):
        hard = {
            at - first
            for offset in breaks[bisect_right(breaks, voice.start) : bisect_left(breaks, voice.end)]
            if (at := bisect_left(starts, offset, first, last)) < last and not source[offset : starts[at]].strip()
        }
        ends = [voice.start, voice.end]
        if hard or words[last] - words[first] > sentences.WHOLE:  # as in few turns
            found = sentences.paragraphs(said.view.text, said.sentences[first:last], sizes[first:last], hard)
            ends[1:1] = [starts[first + at] for at in found[1:]]
        yield [(start, start + len(source[start:end].rstrip())) for start, end in pairwise(ends)]


def _whole(source: str, voice: Voice, spans: Sequence[tuple[int, int]], keys: Sequence[str]) -> str:
    """The key of what the voice says, from those of its paragraphs."""
    if len(keys) == 1:
        return keys[0]
    if all(source[start - 1].isspace() for start, _ in spans[1:]):  # no word stands in two of them
        return ids.together(keys)
    return ids.key(source[voice.start : voice.end])


def _paragraph_ids(voices: Sequence[Voice], names: Sequence[str], spoken: Sequence[Sequence[str]]) -> Iterator[str]:
    """An id for each paragraph; a turn that is one paragraph gives it its own."""
    for voice, name, keys in zip(voices, names, spoken, strict=True):
        if len(keys) == 1:
            yield f"p{name[1:]}"
        else:
            yield from (ids.named("p", voice.label, key) for key in keys)
