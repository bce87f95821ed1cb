"""A topic is quoted where people talk about it, and nowhere else."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import booked, page, topic
from talkbook.book import relations
from talkbook.book.book import Book
from talkbook.matching import unnamed
from talkbook.matching.topic_names import Terms

SOIL = page("Soil", summary="What plants grow in, made of clay and sand, dark where worms and leaves have fed it.")
WORMS = page("Worms", aliases="[earthworm]", summary="Animals that dig through soil and eat leaves.")
ABOUT = (
    "Soil is what plants grow in, and most of it is clay and sand that was rock a long time ago.",
    "Dark soil has been fed by leaves for years, and you can smell the difference with your eyes closed.",
    "It holds the water when it rains and lets it go when the sun is out, which is all that plants ask for.",
)
ELSE = (
    "Plants grow in clay and sand that leaves have fed, and worms are in it.",
    "My sister sings in a choir on Tuesdays, and the choir travels every summer.",
    "We took the train to the coast because the car was broken again.",
    "What did you do when the train was late?",
    "Yeah.",
)


def spoken(made: Book, slug: str) -> list[str]:
    return [made.transcript[each.transcript].source[each.start : each.end] for each in made.passages_of.get(slug, ())]


def test_a_topic_that_nobody_names_has_no_passage() -> None:
    made = booked({"talk": ">> What is it made of?\n>> " + " ".join(ELSE * 4) + "\n"}, {"soil": SOIL})
    assert not made.passages_of.get("soil")
    assert not made.quotes


@given(st.integers(0, 2**32))
def test_every_passage_names_its_topic_or_follows_a_sentence_that_does(seed: int) -> None:
    dice = random.Random(seed)
    turns = [" ".join(dice.choices(ABOUT + ELSE, k=dice.randint(1, 6))) for _ in range(dice.randint(1, 9))]
    made = booked({"talk": "".join(f">> {turn}\n" for turn in turns)}, {"soil": SOIL, "worms": WORMS})
    talk = made.transcript["talk"]
    starts = [turn.start for turn in talk.turns]
    for slug, name in (("soil", "soil"), ("worms", "worm")):
        for passage in made.passages_of.get(slug, ()):
            at = next(at for at, turn in enumerate(talk.turns) if turn.id == passage.turn)
            assert name in talk.source[starts[max(at - 2, 0)] : passage.end].lower()
        quotes = {quote.id: quote for quote in made.quotes_of.get(slug, ())}
        listed = {each.quote: each for each in made.passages_of.get(slug, ()) if each.quote}
        assert quotes.keys() == listed.keys()
        assert all(listed[key].start <= each.start and each.end <= listed[key].end for key, each in quotes.items())


def test_an_answer_is_about_what_the_question_names() -> None:
    answer = "It is mostly clay and sand, and where leaves fall every year it turns dark and plants grow twice as fast."
    talk = f">> So what is soil?\n>> {answer}\n>> And where did you go in summer?\n>> {ELSE[2]} {ELSE[1]}\n"
    made = booked({"talk": talk}, {"soil": SOIL})
    assert answer in " ".join(spoken(made, "soil"))
    assert "coast" not in " ".join(spoken(made, "soil"))


def test_a_pin_needs_no_evidence() -> None:
    pinned = page("Trips", quotes='{pin: ["We took the train … broken again"]}')
    made = booked({"talk": f">> {' '.join(ELSE)}\n"}, {"trips": pinned})
    assert spoken(made, "trips") == [ELSE[2]]


@pytest.mark.parametrize(
    ("names", "text", "found"),
    [
        (
            ("Review",),
            "We review and are reviewing what reviewers reviewed.",
            ["review", "reviewing", "reviewers", "reviewed"],
        ),
        (("Policies",), "A policy.", ["policy"]),
        (("Testing",), "the Testament", []),
        (("RAG",), "A rag and a RAG.", ["RAG"]),
        (("RAG",), "a rag", ["rag"]),  # as in captions without capitals
        (("Retrieval (RAG)",), "RAG is retrieval.", ["RAG", "retrieval"]),
        (("learning",), "scikit-learn, learned", ["learned"]),
    ],
)
def test_names_are_found_in_inflected_forms(names: tuple[str, ...], text: str, found: list[str]) -> None:
    assert [text[hit.start : hit.end] for hit in Terms([topic("t", names[0], aliases=names[1:])]).find(text)] == found


def test_an_inflected_form_counts_only_near_the_name_and_never_links() -> None:
    positions = "The position of the lamp and the position of the chair matter, and so does every other position."
    subject = page("Positioning", summary="The position of a product beside others.")
    assert not booked({"talk": f">> {positions}\n"}, {"positioning": subject}).mentions_of
    named = f">> Positioning is hard. {positions}\n"
    made = booked({"talk": named}, {"positioning": subject})
    assert any("every other position" in each for each in spoken(made, "positioning"))
    assert not relations.first(made.terms.find(positions), set())


def test_a_name_with_a_capital_is_not_the_common_word() -> None:
    capital = "We open a channel on Lightning. People pay each other over Lightning, and then Lightning closes it."
    common = "In the lightning round everybody has ten seconds to answer as fast as lightning."
    subject = {"lightning": page("Lightning", summary="A network of channels for payments.")}
    made = booked({"talk": f">> {capital}\n>> And now?\n>> {common}\n"}, subject)
    named = [*spoken(made, "lightning"), *(_text(made, each) for each in made.mentions_of.get("lightning", ()))]
    assert any("channel" in each for each in named)
    assert not any("round" in each for each in named)


def test_excepted_phrases_are_neither_passages_nor_links() -> None:
    talk = ">> " + " ".join(ABOUT) + "\n>> Ask the soil association about it, said the Soil Association.\n"
    made = booked({"talk": talk}, {"soil": SOIL.replace("summary:", "except: [soil association]\nsummary:")})
    assert not made.problems
    assert spoken(made, "soil")
    assert not any("sociation" in each for each in spoken(made, "soil"))
    assert not made.terms.find("The Soil Association")
    assert [hit.start for hit in made.terms.find("soil of the soil association")] == [0]


def test_words_are_quoted_once_even_for_several_topics() -> None:
    both = f"{ABOUT[0]} {ABOUT[1]} Worms eat the leaves, and worms leave soil behind that is finer than any other soil."
    made = booked({"talk": f">> What about soil and worms?\n>> {both}\n"}, {"soil": SOIL, "worms": WORMS})
    assert made.quotes
    for one in made.quotes:
        assert not any(other is not one and other.start <= one.start and one.end <= other.end for other in made.quotes)


def _text(made: Book, place: object) -> str:
    return made.transcript["talk"].source[place.start : place.end]  # type: ignore[attr-defined]


LIGHTNING = page("Lightning", summary="A network of channels on top of Bitcoin, for payments that are fast and cheap.")
ROUND = (
    ">> What comes next?\n>> Now the lightning round, where everybody has ten seconds, and the lightning round has "
    "five questions on number {}. Lightning it is, and whoever wins the lightning round of number {} goes home.\n"
)
NETWORK = (
    ">> What is Lightning?\n>> Lightning is a network of channels for payments in Bitcoin. With Lightning a payment "
    "is as fast as a message, and so cheap that people send a cent over Lightning just to see that it works.\n"
)


def test_a_name_that_is_said_in_another_sense_gives_no_passages() -> None:
    rounds = {f"talk-{number}": ROUND.format(number, number * 17) for number in range(4)}
    assert not booked(rounds, {"lightning": LIGHTNING}).passages_of
    made = booked({**rounds, "network": NETWORK}, {"lightning": LIGHTNING})
    assert {each.transcript for each in made.passages_of["lightning"]} == {"network"}
    assert {quote.transcript for quote in made.quotes} == {"network"}


def test_a_short_summary_rejects_no_passages() -> None:
    rounds = {f"talk-{number}": ROUND.format(number, number * 17) for number in range(4)}
    made = booked(rounds, {"lightning": page("Lightning", summary="Contests with prizes for guests of shows.")})
    assert len({each.transcript for each in made.passages_of["lightning"]}) == len(rounds)


LOOPS = " ".join(
    f"A loop runs the lines again for every one of the {count} rows of a table until its condition is false, and a "
    f"loop within a loop does that {count * count} times."
    for count in range(3, 12)
)
PASSING = "We had dinner by the sea, and afterwards there was a debate with a feedback {} in the speakers of the hall."


def test_a_common_word_that_another_conversation_says_in_passing_is_not_quoted_there() -> None:
    talks = {"code": f">> How does it work?\n>> {LOOPS}\n", "dinner": f">> And you?\n>> {PASSING.format('loop')}\n"}
    made = booked(talks, {"loop": page("Loop")})
    assert {quote.transcript for quote in made.quotes} == {"code"}
    assert "dinner" in {each.transcript for each in made.mentions_of["loop"]}


def test_a_name_with_a_capital_is_quoted_wherever_it_is_said() -> None:
    talks = {
        "code": f">> How does it work?\n>> {LOOPS.replace('loop', 'Fortran')}\n",
        "dinner": f">> And you?\n>> {PASSING.format('Fortran')}\n",
    }
    made = booked(talks, {"fortran": page("Fortran")})
    assert {quote.transcript for quote in made.quotes} == {"code", "dinner"}


def test_a_topic_that_nobody_names_is_reported_with_a_similar_phrase() -> None:
    made = booked(
        {"talk": f">> Why?\n>> {' '.join(ABOUT)} My neighbour has vermi compost.\n"},
        {
            "soil": SOIL,
            "vermicompost": page("Vermicompost"),
            "quantum": page("Quantum computing"),
        },
    )
    found = unnamed.problems(made.topics, {*made.passages_of, *made.mentions_of}, made.transcripts)
    quantum, compost = sorted(found, key=lambda problem: problem.path)
    assert quantum.warning and 'No conversation mentions "Quantum computing"' in quantum.message
    assert "Did you mean" not in quantum.hint
    assert 'Did you mean "vermi compost", which is said once?' in compost.hint
