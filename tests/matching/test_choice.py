"""What is chosen after an edit is what would be chosen with nothing known of before."""

from hypothesis import given, settings
from hypothesis import strategies as st

from making import topic
from talkbook.book import pipeline
from talkbook.book.pipeline import Processed, ReadingContext, TranscriptInput
from talkbook.matching import quotes
from talkbook.model import TextSelector, Topic
from talkbook.sources.source import Source

SAID = (
    "Soil is what feeds the roots of every plant in the whole garden, and dark soil feeds them best of all.",
    "Worms eat the leaves and leave soil behind, which is why a garden with many worms needs no other help.",
    "It rained for a week and the water stood in the beds until the worms came up to the light.",
    "Rain is good for the roots if the soil lets the water go, and bad for them if the soil holds it.",
    "I had tea with my neighbour.",
)
PIN = TextSelector("It rained for a week and the water stood in the beds", 1)
TOPICS = (
    topic("soil", "Soil", "Soil feeds the roots of plants. Dark soil lets water go."),
    topic("worms", "Worms", "Worms eat leaves and come up to the light when it rained."),
    topic("rain", "Rain", "Rain is water that stood in the beds of the garden.", pins=(PIN,)),
    topic("rain", "Rain", "Rain is water.", hides=(TextSelector(SAID[3], 1),)),
)

talks = st.lists(st.sampled_from(SAID), min_size=1, max_size=4).map(" ".join)
archives = st.lists(talks, min_size=3, max_size=3)
subjects = st.lists(st.sampled_from(TOPICS), min_size=1, max_size=3, unique_by=lambda each: each.slug).map(tuple)


def heard(known: dict[object, Processed], at: int, text: str, topics: tuple[Topic, ...]) -> Processed:
    """What is heard of a text, the same object for the same text and topics."""
    source = f"Ada: {text}\n\nBob: {text[::-1]}\n\nAda: {text}\n"
    work = TranscriptInput(Source(f"{at}.txt", f"talk-{at}", source.encode()))
    return known.setdefault((at, text, topics), pipeline.process(work, ReadingContext(topics=topics)))


@settings(max_examples=60)
@given(archives, st.lists(st.tuples(archives, subjects, subjects), min_size=1, max_size=3))
def test_choosing_again_gives_what_choosing_anew_gives(
    first: list[str], edits: list[tuple[list[str], tuple[Topic, ...], tuple[Topic, ...]]]
) -> None:
    known: dict[object, Processed] = {}
    before = None
    for texts, topics, old in [(first, TOPICS[:2], TOPICS[:2]), *edits]:  # old: of what was heard, which may lag behind
        every = [heard(known, at, text, old) for at, text in enumerate(texts)]
        transcripts = [each.transcript for each in every if each.transcript]
        found = [each.found for each in every if each.found]
        again = quotes.choose(topics, transcripts, found, before)
        anew = quotes.choose(topics, transcripts, found)
        assert (again.quotes, again.passages) == (anew.quotes, anew.passages)
        assert (again.mentions, again.problems) == (anew.mentions, anew.problems)
        before = again
