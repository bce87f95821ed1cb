"""Measure Talkbook's stages on one core, and compare finding names with only scanning the bytes.

More topics are named more often and have more passages. The additional time for matching, compared with the fewest
topics, is given per thousand additional finds, to distinguish the cost of results from the cost of searching.
"""

import time
from collections.abc import Callable
from typing import TypeVar

import corpus

from talkbook import readers
from talkbook.book import build, pipeline
from talkbook.matching import passages
from talkbook.matching.topic_names import fold
from talkbook.model import Topic
from talkbook.sources import sidecar
from talkbook.sources.lexicon import Lexicon
from talkbook.sources.source import Source, Sources
from talkbook.transcripts import cleaning as transcript_build

TOPICS = (20, 200, 2000)

_R = TypeVar("_R")


def table(number: int) -> str:
    """Return a Markdown table, measured on this many episodes in this process."""
    texts = dict(corpus.episodes(number))
    works = [pipeline.TranscriptInput(Source(f"{name}.md", name, text.encode())) for name, text in texts.items()]
    size = sum(len(work.source.data) for work in works)
    lines = [
        f"## Our stages: milliseconds an episode on one core ({number} episodes of {size / number / 1000:.0f} kB)\n",
        "| topics | read | clean | match | hits | passages | ms for 1,000 more | names, MB/s | bare scan, MB/s |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    fewest: tuple[float, int] | None = None  # time and number of finds with the fewest topics
    for count in TOPICS:
        subjects = _topics(corpus.topics(count, texts))
        common = pipeline.ReadingContext(topics=subjects)
        pipeline.process(works[0], common)
        speech, read = _timed(lambda: [readers.read(work.source.data, work.source.path) for work in works])
        made, clean = _timed(
            lambda: [
                transcript_build.clean(work.source.slug, work.source.path, each, sidecar.Sidecar(), Lexicon())
                for work, each in zip(works, speech, strict=True)  # noqa: B023
            ]
        )
        found, match = _timed(
            lambda: [passages.find(each.transcript, common.terms, common.topic_words, each.spoken) for each in made]  # noqa: B023
        )
        folded = [fold(text) for text in texts.values()]
        hits, names = _timed(lambda: [common.terms.find(text) for text in texts.values()])  # noqa: B023
        _, scan = _timed(lambda: [text.count("\0\1") for text in folded])  # noqa: B023
        times = " | ".join(f"{seconds / number * 1000:.1f}" for seconds in (read, clean, match))
        named, about = sum(map(len, hits)), sum(len(each.passages.rows) for each in found)
        fewest = fewest or (match, named + about)
        more = named + about - fewest[1]
        further = f"{(match - fewest[0]) / more * 1e6:.1f}" if more else "–"
        lines.append(
            f"| {count} | {times} | {named / number:.0f} | {about / number:.0f} | {further} "
            f"| {size / names / 1e6:.0f} | {size / scan / 1e6:.0f} |"
        )
    return "\n".join(lines) + "\n"


def _topics(texts: dict[str, str]) -> tuple[Topic, ...]:
    sources = tuple(Source(f"topics/{name}.md", name, text.encode()) for name, text in texts.items())
    return build.build(Sources(topics=sources)).topics


def _timed(work: Callable[[], _R]) -> tuple[_R, float]:
    start = time.process_time()
    result = work()
    return result, time.process_time() - start
