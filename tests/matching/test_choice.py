"""Choosing quotes again after an edit gives what choosing them from scratch would give."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from making import topic
from talkbook.book import pipeline
from talkbook.book.pipeline import Processed, ReadingContext, TranscriptInput
from talkbook.matching import quotes
from talkbook.matching.quotes import Selection
from talkbook.model import TextSelector, Topic
from talkbook.sources.lexicon import Lexicon, LexiconEntry
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

CORRECTIONS = (
    LexiconEntry("tea", "Tee"),  # in no passage
    LexiconEntry("roots", "leaves of every plant in the garden"),
    LexiconEntry("week", "soil"),
)

talks = st.lists(st.sampled_from(SAID), min_size=1, max_size=4).map(" ".join)
archives = st.lists(talks, min_size=3, max_size=3)
lexicons = st.lists(st.sampled_from(CORRECTIONS), unique=True).map(lambda entries: Lexicon(entries=tuple(entries)))
subjects = st.lists(st.sampled_from(TOPICS), min_size=1, max_size=3, unique_by=lambda each: each.slug).map(tuple)


def heard(known: dict[object, Processed], at: int, text: str, context: ReadingContext) -> Processed:
    """Return the processed text; the same object if text, topics and lexicon are the same."""
    source = f"Ada: {text}\n\nBob: {text[::-1]}\n\nAda: {text}\n"
    work = TranscriptInput(Source(f"{at}.txt", f"talk-{at}", source.encode()))
    return known.setdefault((at, text, context.topics, context.lexicon), pipeline.process(work, context))


@settings(max_examples=60)
@given(archives, st.lists(st.tuples(archives, subjects, subjects, lexicons), min_size=1, max_size=3))
def test_choosing_again_equals_choosing_from_scratch(
    first: list[str], edits: list[tuple[list[str], tuple[Topic, ...], tuple[Topic, ...], Lexicon]]
) -> None:
    known: dict[object, Processed] = {}
    before = None
    for texts, topics, old, words in [(first, TOPICS[:2], TOPICS[:2], Lexicon()), *edits]:
        context = ReadingContext(words, topics=old)  # transcripts may have been processed with older topics
        every = [heard(known, at, text, context) for at, text in enumerate(texts)]
        transcripts = [each.transcript for each in every if each.transcript]
        found = [each.found for each in every if each.found]
        again = quotes.choose(topics, transcripts, found, before)
        anew = quotes.choose(topics, transcripts, found)
        assert (again.quotes, again.passages) == (anew.quotes, anew.passages)
        assert (again.mentions, again.problems) == (anew.mentions, anew.problems)
        before = again


def corrected(texts: Sequence[str], *entries: LexiconEntry) -> tuple[Selection, Selection, Selection]:
    """Return the quotes about soil: without a lexicon, chosen again with these entries, and from scratch with them."""
    topics = TOPICS[:1]
    choices: list[Selection] = []
    for words, before in ((Lexicon(), 0), (Lexicon(entries=entries), 1), (Lexicon(entries=entries), 0)):
        every = [heard({}, at, text, ReadingContext(words, topics=topics)) for at, text in enumerate(texts)]
        transcripts = [each.transcript for each in every if each.transcript]
        found = [each.found for each in every if each.found]
        choices.append(quotes.choose(topics, transcripts, found, choices[0] if before else None))
    one, again, anew = choices
    assert one.transcripts[0].edits != again.transcripts[0].edits
    assert one.quotes
    return one, again, anew


def test_a_correction_outside_a_topic_s_passages_keeps_its_choice() -> None:
    one, again, anew = corrected([f"{SAID[4]} {'Nobody knew what to say. ' * 40} {SAID[0]}"], CORRECTIONS[0])
    assert one.parts["soil"] is again.parts["soil"]
    assert again.quotes == anew.quotes


def test_of_two_passages_that_a_correction_makes_equal_one_is_quoted() -> None:
    numbers = ("1111 2222 3333 4444 5555 6666", "9999 8888 7777 9898 8787 7979")  # which are related to no topic
    one, again, anew = corrected([f"{SAID[0]} It took {each} weeks." for each in numbers], LexiconEntry(*numbers))
    assert len(one.quotes) == 2
    assert again.quotes == anew.quotes
    assert len(again.quotes) == 1
