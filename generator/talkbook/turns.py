"""Voices cut into turns and paragraphs, each with an id made from its words."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, islice, pairwise

from talkbook import ids, sentences
from talkbook.layers import Shown
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
    sizes = [sentences.sizes(each.view.text, each.sentences) for each in said]
    cuts = [_paragraphs(source, breaks, *each) for each in zip(voices, said, sizes, strict=True)]
    spoken = [[ids.words(source[start:end]) for start, end in spans] for spans in cuts]
    whole = [_whole(source, *each) for each in zip(voices, cuts, spoken, strict=True)]
    keys = ids.distinct([(voice.label, words) for voice, words in zip(voices, whole, strict=True)])
    names = ids.unique(ids.named("t", voice.label, key) for voice, key in zip(voices, keys, strict=True))
    inside = ids.unique(_paragraph_ids(voices, names, spoken))
    paragraphs = map(Paragraph, inside, *zip(*chain.from_iterable(cuts), strict=True))
    return tuple(
        Turn(
            id=name,
            speaker=voice.label,
            start=voice.start,
            end=voice.end,
            paragraphs=tuple(islice(paragraphs, len(spans))),
            quotable=not (cold and any(section.start <= voice.start < section.end for section in cold)),
            words=sentences.words(each.sentences, counts),
        )
        for name, voice, spans, each, counts in zip(names, voices, cuts, said, sizes, strict=True)
    )


def _paragraphs(
    source: str, breaks: Sequence[int], voice: Voice, said: Said, sizes: Sequence[int]
) -> list[tuple[int, int]]:
    """(start, end) of each paragraph of the voice."""
    view, cut = said.view, said.sentences
    inside = breaks[bisect_right(breaks, voice.start) : bisect_left(breaks, voice.end)]
    hard = _after(source, inside, view, cut) if inside else []
    found = sentences.paragraphs(view.text, cut, sizes, hard)
    starts = [voice.start, *(view.span(start, end)[0] for start, end in found[1:]), voice.end]
    return [(start, start + len(source[start:end].rstrip())) for start, end in pairwise(starts)]


def _after(source: str, breaks: Sequence[int], view: Shown, cut: Sequence[tuple[int, int]]) -> list[int]:
    """Where in the view the sentences start that follow a break."""
    starts = [view.span(start, end)[0] for start, end in cut]
    first = ((at, bisect_left(starts, at)) for at in breaks)
    return [cut[index][0] for at, index in first if index < len(cut) and not source[at : starts[index]].strip()]


def _whole(source: str, voice: Voice, spans: Sequence[tuple[int, int]], words: Sequence[list[str]]) -> list[str]:
    """The words of the voice that count, from those of its paragraphs."""
    if len(words) == 1:
        return words[0]
    if all(source[start - 1].isspace() for start, _ in spans[1:]):  # no word stands in two of them
        return ids.together(words)
    return ids.words(source[voice.start : voice.end])


def _paragraph_ids(
    voices: Sequence[Voice], names: Sequence[str], spoken: Sequence[Sequence[list[str]]]
) -> Iterator[str]:
    """An id for each paragraph; a turn that is one paragraph gives it its own."""
    for voice, name, paragraphs in zip(voices, names, spoken, strict=True):
        if len(paragraphs) == 1:
            yield f"p{name[1:]}"
        else:
            yield from (ids.named("p", voice.label, " ".join(words)) for words in paragraphs)
