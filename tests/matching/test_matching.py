"""Names of topics are found as whole words, quotes are whole sentences of one turn, and pins and hides are obeyed."""

import random
from dataclasses import replace
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import booked, page, sentences, topic, transcript
from talkbook.book.book import Book
from talkbook.matching import pins
from talkbook.matching.topic_names import Terms, fold
from talkbook.model import Edit, TextSelector
from talkbook.text import anchors
from talkbook.text import sentences as cutting
from talkbook.transcripts import source_map


def found(text: str, *names: str, hidden: tuple[str, ...] = ()) -> list[str]:
    terms = Terms([topic("t", names[0], aliases=names[1:], hidden_labels=hidden)])
    return [text[hit.start : hit.end] for hit in terms.find(text)]


@pytest.mark.parametrize(
    ("text", "names", "hits"),
    [
        ("An eval, two Evals and EVAL.", ("Eval",), ["eval", "Evals", "EVAL"]),
        ("evaluate medieval evals_x", ("Eval",), []),
        ("the pre-training and pre training of pretraining", ("Pre-training",), ["pre-training", "pre training"]),
        ("a mixture of\nexperts model", ("mixture of experts",), ["mixture of\nexperts"]),
        ("Chinchilla's and Chinchilla’s law", ("Chinchilla",), ["Chinchilla's", "Chinchilla’s"]),
        ("long context attention", ("long context", "context"), ["long context"]),
        ("C++ and .NET", ("C++", ".NET"), ["C++", ".NET"]),
        ("Ünïcode, ÜNÏCODE and İstanbul evals", ("ünïcode", "evals"), ["Ünïcode", "ÜNÏCODE", "evals"]),
        ("nothing", ("",), []),
    ],
)
def test_names_are_found_as_whole_words(text: str, names: tuple[str, ...], hits: list[str]) -> None:
    assert found(text, *names) == hits


def test_hits_of_hidden_labels_are_marked() -> None:
    terms = Terms([topic("moe", "MoE", hidden_labels=("experts",))])
    assert [(hit.topic, hit.hidden) for hit in terms.find("MoE has experts")] == [("moe", False), ("moe", True)]


@given(st.lists(st.lists(st.sampled_from(["long", "context", "evals", "İ", "-", "\n"]), max_size=6).map(" ".join)))
def test_searching_many_texts_equals_searching_each(texts: list[str]) -> None:
    terms = Terms([topic("c", "context", aliases=("long context",)), topic("e", "eval"), topic("f", "evals")])
    alone = [(at, hits) for at, hits in enumerate(map(terms.find, texts)) if hits]
    assert list(terms.find_all(texts)) == alone


@given(st.text(max_size=100))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(
    st.lists(st.sampled_from(["eval", "evals", "the", "context", "long-context", "window", "a"]), max_size=20).map(
        " ".join
    )
)
def test_hits_of_one_topic_are_in_order_and_do_not_overlap(text: str) -> None:
    hits = Terms([topic("c", "context", aliases=("long context", "context window")), topic("e", "eval")]).find(text)
    for one, other in combinations(hits, 2):
        assert one.start <= other.start
        assert one.topic != other.topic or one.end <= other.start


TALK = "Uh we like VIP coding. It is the the future. Yes.\nThe future is near. It is the end."


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("we like VIP coding", "Uh we like VIP coding."),  # as captioned
        ("We like vibe coding", "Uh we like VIP coding."),  # as shown
        ("It is the future", "It is the the future."),
        ("like VIP … the the", "Uh we like VIP coding. It is the the future."),
        ("The future [...] the end", "The future is near. It is the end."),
        ("near", "The future is near."),
    ],
)
def test_a_pin_covers_the_whole_sentences_around_its_words(wanted: str, place: str) -> None:
    side = "corrections:\n  - {in: like VIP coding, heard: VIP coding, means: vibe coding}\n"
    whole = transcript(TALK, side)
    at = pins.find([whole], TextSelector(wanted, 1), pins.find_all([whole], [0], [wanted]))
    assert whole.source[at.start : at.end] == place


def test_a_pin_may_contain_a_word_that_an_edit_joins() -> None:
    captioned = transcript(TALK)
    space = TALK.index(" coding")
    whole = replace(captioned, edits=[Edit(space, space + 1, "", "mark")])
    known = pins.find_all([whole], [0], ["like VIPcoding", "like VIP coding", "VIPcodings"])
    first = pins.TurnSpan(0, 0, 0, TALK.index(" It is the the"))
    assert known == {"like VIPcoding": {0: [first]}, "like VIP coding": {0: [first]}, "VIPcodings": {}}


@pytest.mark.parametrize("wanted", ["future", "coding. Yes", "VIP … near", "not there"])
def test_a_pin_without_a_unique_place_is_lost(wanted: str) -> None:
    with pytest.raises(anchors.AnchorNotFound):
        pins.find([transcript(TALK)], TextSelector(wanted, 1), pins.find_all([transcript(TALK)], [0], [wanted]))


SUBJECTS = {
    "evals": page(
        "Evals", "Evals are tests that measure the progress of models; they must be held out.", aliases="[eval]"
    ),
    "gopher": page("Gopher", "A large language model of DeepMind from 2021.", aliases="[Gopher model]"),
}
ANSWER = (
    "Evals are tests of a model, and the reason we need them is that without a measure nobody can see whether a change "
    "is progress. They have to be held out, because otherwise the tests leak into the training data. "
    "That means that we write our own and keep them to ourselves."
)
TALKS = (
    f">> What do you think about evals?\n>> {ANSWER}\n>> And how was the weather in London at the time?\n"
    ">> It rained a lot, and Gopher was nice.\n>> Thank you for coming.\n"
)


def quoted(made: Book, slug: str) -> list[str]:
    return [made.transcript[each.transcript].source[each.start : each.end] for each in made.quotes_of.get(slug, ())]


def test_an_answer_is_quoted_and_not_the_question() -> None:
    (quote,) = quoted(booked({"talk": TALKS}, SUBJECTS), "evals")
    assert "the reason we need them" in quote
    assert "What do you think" not in quote


def test_a_sentence_that_only_names_a_topic_is_a_mention() -> None:
    made = booked({"talk": TALKS}, SUBJECTS)
    assert not made.quotes_of.get("gopher")
    (mention,) = made.mentions_of["gopher"]
    assert made.transcript["talk"].source[mention.start : mention.end] == "It rained a lot, and Gopher was nice."


def test_a_cold_open_is_never_quoted_nor_mentioned() -> None:
    talk = f">> {ANSWER}\n>> Welcome to the show!\n{TALKS}"
    front = ">> Clips of it.\n"
    side = "sections:\n  - {at: Clips of it, title: Clips, kind: cold-open}\n  - {at: Welcome to the, title: Talk}\n"
    made = booked({"talk": front + talk}, SUBJECTS, {"talk": side})
    assert not made.problems
    start = made.transcript["talk"].sections[1].start
    assert all(each.start >= start for each in (*made.quotes, *chain(*made.mentions_of.values())))
    assert len(made.quotes_of["evals"]) == 1


def test_the_same_words_are_quoted_once() -> None:
    made = booked({"one": TALKS, "two": TALKS}, SUBJECTS)
    assert len(made.quotes_of["evals"]) == 1


def test_a_pin_is_quoted_and_marked_as_pinned() -> None:
    subjects = SUBJECTS | {"gopher": page("Gopher", quotes="{pin: [Gopher was nice]}")}
    made = booked({"talk": TALKS}, subjects)
    assert quoted(made, "gopher") == ["It rained a lot, and Gopher was nice."]
    assert made.quotes_of["gopher"][0].pinned
    assert not made.mentions_of.get("gopher")


def test_a_hidden_passage_is_neither_quoted_nor_mentioned() -> None:
    subjects = SUBJECTS | {"evals": page("Evals", quotes='{hide: ["Evals are tests … to ourselves"]}')}
    made = booked({"talk": TALKS}, subjects)
    assert not any("Evals are tests" in quote for quote in quoted(made, "evals"))
    assert not made.problems


def test_one_passage_may_serve_two_topics() -> None:
    wanted = '{pin: ["Evals are tests … held out"]}'
    made = booked({"talk": TALKS}, {slug: page(slug.capitalize(), quotes=wanted) for slug in ("evals", "tests")})
    (quote,) = made.quotes
    assert quote.topics == ("evals", "tests")
    assert made.quotes_of["evals"] == made.quotes_of["tests"] == (quote,)


LINES = (
    "Evals are hard, because the tests leak.", "We measure progress with evals every day.", "Is that an eval?",
    "The Gopher model had many parameters and it was large.", "Gopher means that scale matters.", "So it goes.",
    "Um the the evals are uh held out.", "I like tea.", "That is why we need 100 new evals of Gopher.", "Yeah.",
)  # fmt: skip


@given(st.integers(0, 2**32))
def test_quotes_are_whole_sentences_of_one_turn_in_any_talk(seed: int) -> None:
    dice = random.Random(seed)
    talk = "".join(f">> {' '.join(dice.choices(LINES, k=dice.randint(1, 9)))}\n" for _ in range(dice.randint(1, 8)))
    made = booked({"talk": talk}, SUBJECTS)
    whole = made.transcript["talk"]
    turns = {turn.id: turn for turn in whole.turns}
    assert len({quote.id for quote in made.quotes}) == len(made.quotes)
    for quote in made.quotes:
        turn = turns[quote.turn]
        assert turn.start <= quote.start < quote.end <= turn.end
        assert quote.speaker == turn.speaker
        view = source_map.View(whole.source, whole.edits, turn.start, turn.end)
        spans = [view.span(*span) for span in cutting.spans(view.text)]
        assert quote.start in {start for start, _ in spans}
        assert quote.end in {end for _, end in spans}
        assert quote.topics
    for slug in SUBJECTS:
        both = [*made.quotes_of.get(slug, ()), *made.mentions_of.get(slug, ())]
        assert all(one.end <= other.start or other.end <= one.start for one, other in combinations(both, 2))
    assert booked({"talk": talk}, SUBJECTS).quotes == made.quotes


def test_a_lost_pin_does_not_affect_the_others() -> None:
    subjects = SUBJECTS | {"gopher": page("Gopher", quotes="{pin: [Gopher was mean, Gopher was nice]}")}
    made = booked({"talk": TALKS}, subjects)
    assert len(sentences(made)) == 1
    assert quoted(made, "gopher") == ["It rained a lot, and Gopher was nice."]


def test_an_answer_is_quoted_rather_than_its_question() -> None:
    asks = (
        "So composting is what I would like to hear about from you. What does composting give to a garden? Why does it "
        "need worms, and how many of them are there? Is composting hard, and what does composting need?"
    )
    answer = (
        "I would say that composting gives back what was taken from the soil. It is work for the worms that turn the "
        "waste, and the worms like it warm and wet. A garden that has it needs no more than rain and some sun."
    )
    talk = f"Ann: Welcome.\n\nBob: {'Glad to be here with you all today. ' * 19}\n\nAnn: {asks}\n\nBob: {answer}\n"
    made = booked({"talk": talk}, {"composting": page("Composting", summary="Worms turn waste into soil.")})
    source = made.transcript["talk"].source
    assert [source[each.start : each.end].split()[0] for each in made.quotes] == ["I"]
