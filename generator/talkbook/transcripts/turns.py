"""Split utterances into turns and paragraphs, and derive their ids from their words."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, islice, pairwise

import numpy as np

from talkbook.model import Paragraph, Section, Turn
from talkbook.readers.speech.speech import Utterance
from talkbook.runtime import columns
from talkbook.text import ids, sentences
from talkbook.transcripts.spoken_text import SpokenText


def cut(
    source: str,
    utterances: Sequence[Utterance],
    text: SpokenText,
    breaks: Sequence[int],
    cold: Sequence[Section],
) -> tuple[Turn, ...]:
    """Return the turns of a conversation, with their paragraphs, and ids for both.

    utterances: spans of `source`, without white space at the end, with people's slugs as labels.
    text: what they say.
    breaks: offsets in `source` at which the file starts a new paragraph, in order.
    cold: sections that repeat what is said later, and are not quoted.
    """
    cuts = list(_paragraphs(source, utterances, text, breaks))
    spans = list(chain.from_iterable(cuts))
    in_order = iter(ids.keys([source[start:end] for start, end in spans]))
    paragraph_keys = [list(islice(in_order, len(inside))) for inside in cuts]
    turn_keys = map(_turn_key, [source] * len(utterances), utterances, cuts, paragraph_keys)
    speakers = list(map(_attributed, utterances))
    keys = ids.distinct_keys(list(zip(speakers, turn_keys, strict=True)))
    turn_ids = ids.unique(ids.from_key("t", speaker, key) for speaker, key in zip(speakers, keys, strict=True))
    paragraphs = iter(
        columns.rows(
            Paragraph,
            id=ids.unique(_paragraph_ids(speakers, turn_ids, paragraph_keys)),
            start=[start for start, _ in spans],
            end=[end for _, end in spans],
        )
    )
    counts = np.diff(np.append(0, np.cumsum(text.sizes))[text.begins]).tolist()
    return columns.rows(
        Turn,
        id=turn_ids,
        speaker=[utterance.label for utterance in utterances],
        start=[utterance.start for utterance in utterances],
        end=[utterance.end for utterance in utterances],
        paragraphs=[tuple(islice(paragraphs, len(inside))) for inside in cuts],
        quotable=[
            not any(section.start <= utterance.start < section.end for section in cold) for utterance in utterances
        ],
        words=counts,
        speaker_draft=[None if utterance.label else utterance.draft for utterance in utterances],
    )


def _attributed(utterance: Utterance) -> str | None:
    """Return the slug that ids are made with. It includes drafts, so that an id stays when a draft is confirmed."""
    return utterance.label or utterance.draft


def _paragraphs(
    source: str, utterances: Sequence[Utterance], text: SpokenText, breaks: Sequence[int]
) -> Iterator[list[tuple[int, int]]]:
    """Yield for each utterance the (start, end) of its paragraphs."""
    starts, sizes = text.starts.tolist(), text.sizes.tolist()
    words = list(accumulate(sizes, initial=0))  # words before each sentence
    for utterance, (first, last) in zip(utterances, pairwise(text.begins.tolist()), strict=True):
        inside = breaks[bisect_right(breaks, utterance.start) : bisect_left(breaks, utterance.end)]
        if not inside and words[last] - words[first] <= sentences.WHOLE:  # most turns
            yield [(utterance.start, utterance.end)]
            continue
        hard = {
            at - first
            for offset in inside
            if (at := bisect_left(starts, offset, first, last)) < last and not source[offset : starts[at]].strip()
        }
        firsts = sentences.paragraphs(text.view.text, text.sentences[first:last], sizes[first:last], hard)
        ends = [utterance.start, *(starts[first + at] for at in firsts[1:]), utterance.end]
        spans = ((start, start + len(source[start:end].rstrip())) for start, end in pairwise(ends))
        yield [(start, text.view.past(end)) for start, end in spans]  # the trimmed end may lie within a mark


def _turn_key(source: str, utterance: Utterance, spans: Sequence[tuple[int, int]], keys: Sequence[str]) -> str:
    """Return the key of the utterance's words, from the keys of its paragraphs if possible."""
    if len(keys) == 1:
        return keys[0]
    if all(source[start - 1].isspace() for start, _ in spans[1:]):  # no word spans two paragraphs
        return ids.joined_key(keys)
    return ids.key(source[utterance.start : utterance.end])


def _paragraph_ids(
    speakers: Sequence[str | None], turn_ids: Sequence[str], paragraph_keys: Sequence[Sequence[str]]
) -> Iterator[str]:
    """Yield an id for each paragraph; a turn's only paragraph gets an id from the turn's."""
    for speaker, turn_id, keys in zip(speakers, turn_ids, paragraph_keys, strict=True):
        if len(keys) == 1:
            yield f"p{turn_id[1:]}"
        else:
            yield from (ids.from_key("p", speaker, key) for key in keys)
