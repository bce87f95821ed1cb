"""Upper limits for the cost of the expensive stage, as counts that are the same on every machine.

Function calls stand for time: each takes some hundred nanoseconds, and growth beyond that of the text, the topics or
the lexicon shows in them. Seconds are measured in benchmarks/.
"""

import pickle
import random
from collections.abc import Callable

import pytest

import counting
from talkbook.book import pipeline
from talkbook.model import Topic
from talkbook.sources.lexicon import Lexicon, LexiconEntry
from talkbook.sources.source import Source

PER_KILOBYTE = 690  # calls; more means that something is repeated for each sentence or word
BACK = 1.5  # bytes returned from a process per byte of text

_WORDS = (
    "time people system model data work thing question code team compiler network language server memory build kind "
    "really about would because think there where which could every other thought people running make value stream"
).split()


def spoken(turns: int, seed: int = 1) -> bytes:
    """Return a conversation between two people in Markdown, with 60 words per turn."""
    chance = random.Random(seed)
    said = (" ".join(chance.choices(_WORDS, k=12)).capitalize() + "." for _ in range(5 * turns))
    return "\n\n".join(
        f"**{('Ada Lovelace', 'Alan Turing')[at % 2]}:** {' '.join(next(said) for _ in range(5))}"
        for at in range(turns)
    ).encode()


def subjects(number: int) -> tuple[Topic, ...]:
    """Return topics, three of which are mentioned; the others only add to their number."""
    chance = random.Random(2)
    named = ["compiler", "network", "memory"]
    names = [*named, *(f"subject {at} {chance.random():.6f}" for at in range(number - len(named)))]
    return tuple(
        Topic(f"t{at}", f"topics/t{at}.md", name, f"The {name} is a {'thing' if at % 20 == 0 else f'matter{at}'}.")
        for at, name in enumerate(names)
    )


def calls(work: Callable[[], object]) -> int:
    """Count the calls that the work makes when it is run a second time."""
    work()
    return counting.calls(work)


def cost(data: bytes, common: pipeline.ReadingContext) -> int:
    work = pipeline.TranscriptInput(Source("transcripts/talk.md", "talk", data))
    return calls(lambda: pipeline.process(work, common))


COMMON = pipeline.ReadingContext(topics=subjects(20))


def test_a_kilobyte_of_speech_costs_so_many_calls() -> None:
    data = spoken(100)
    assert cost(data, COMMON) <= PER_KILOBYTE * len(data) / 1000


def test_cost_grows_with_the_text_and_not_faster() -> None:
    assert cost(spoken(400), COMMON) <= 4.2 * cost(spoken(100), COMMON)


def test_one_long_turn_costs_no_more_than_many_short_ones() -> None:
    many = spoken(200)
    one = b"**Ada Lovelace:** Yes.\n\n**Alan Turing:** " + many.replace(b"**Ada Lovelace:** ", b"").replace(
        b"**Alan Turing:** ", b""
    )
    assert cost(one, COMMON) <= 1.1 * cost(many, COMMON)


@pytest.mark.parametrize("number", [200, 2000])
def test_more_topics_that_are_not_spoken_of_cost_next_to_nothing(number: int) -> None:
    data = spoken(100)
    assert cost(data, pipeline.ReadingContext(topics=subjects(number))) <= 1.1 * cost(data, COMMON)


def test_a_long_lexicon_costs_next_to_nothing() -> None:
    data = spoken(100)
    entries = tuple(LexiconEntry(f"misheard{at} word", "meant") for at in range(2000))
    assert cost(data, pipeline.ReadingContext(Lexicon(entries=entries), topics=subjects(20))) <= 1.1 * cost(
        data, COMMON
    )


def test_what_comes_back_from_a_process_is_hardly_more_than_the_text() -> None:
    data = spoken(400)
    heard = pipeline.process(pipeline.TranscriptInput(Source("transcripts/talk.md", "talk", data)), COMMON)
    assert len(pickle.dumps(heard)) <= BACK * len(data)
