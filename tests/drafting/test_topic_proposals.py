"""Topics are proposed from nothing but what is said."""

import numpy as np
import pytest

from making import booked
from talkbook.cli import draft_files
from talkbook.drafting import (
    book_drafts,
    candidates,
    language,
    salience,
    terms,
    titles,
    tokenization,
    topic_ranking,
    word_classes,
)
from talkbook.drafting.book_drafts import Drafts
from talkbook.drafting.logistic import Model
from talkbook.drafting.proposals import SourceSpan, TopicProposal
from talkbook.drafting.tokenization import TokenizedConversation
from talkbook.sources import topic_file

BREAD = [
    "Ann: What is rye sourdough, and why do you bake with rye sourdough at all?",
    "Mira: Rye sourdough is a culture of yeast and lactic acid bacteria, or LAB. The culture raises the bread.",
    "Ann: And lactic acid bacteria are what makes it sour?",
    "Mira: Lactic acid bacteria, yes. Without LAB, rye sourdough would be glue, because rye has hardly any gluten.",
    "Ann: Where did you learn about gluten, Mira?",
    "Mira: At the mill. Gluten needs wheat. We tried gluten in rye, and the Bernese Mill Museum wrote about gluten.",
    "Ann: The Bernese Mill Museum shows a stone mill, doesn't it?",
    "Mira: The stone mill is the heart of the Bernese Mill Museum. A stone mill keeps the flour cool.",
] * 9


def drafted(*lines: str, name: str = "talk.txt") -> Drafts:
    return book_drafts.propose(booked({name: "\n".join(lines) + "\n"}))


def proposed(drafts: Drafts) -> list[str]:
    return [each.title for each in drafts.topics]


def test_frequent_terms_are_proposed_and_speakers_are_not() -> None:
    found = proposed(drafted(*BREAD))
    assert "Rye sourdough" in found[:5]
    assert "Bernese Mill Museum" in found
    assert not {"Ann", "Mira"} & set(found)


def test_a_short_form_and_its_long_form_are_one_topic() -> None:
    (bacteria,) = [each for each in drafted(*BREAD).topics if "LAB" in each.aliases]
    assert bacteria.title == "Lactic acid bacteria"  # the more frequent form


def test_the_evidence_names_the_topic() -> None:
    text = "\n".join(BREAD) + "\n"
    proposal = next(each for each in drafted(*BREAD).topics if each.title == "Rye sourdough")
    for span in proposal.evidence:
        assert "rye sourdough" in text[span.start : span.end].lower()


def test_spelling_variants_are_one_term() -> None:
    book = booked(
        {"talk.txt": "The auto-immune test. An autoimmune disease. One test, two tests of auto immune cells.\n"}
    )
    found = terms.find(tokenization.read(book.transcripts[0]), language.load("en"))
    (term,) = [each for each in found.values() if "immune" in each.form and len(each.occurrences) == 3]
    assert {term.form, *term.others} == {"auto-immune", "autoimmune", "auto immune"}


FILLER = "We said that it is so and that they are here with us as well. "
ENGLISH = language.load("en")


def talk(text: str, filler: str = FILLER) -> TokenizedConversation:
    return tokenization.read(booked({"talk.txt": f"{filler}{text}\n"}).transcripts[0])


def forms(text: str, filler: str = FILLER) -> set[str]:
    said = talk(text, filler)
    return {term.form for term in candidates.find(said, language.load(said.language))}


def factor(text: str, name: str) -> float:
    said = talk(text)
    (term,) = [each for each in terms.find(said, ENGLISH).values() if each.form == name]
    whole = word_classes.phrase_share(said, ENGLISH, term.occurrences)
    return topic_ranking.word_factor(term, word_classes.count(said, ENGLISH), ENGLISH, whole)


def feature(text: str, name: str, of: str) -> float:
    said = talk(text)
    found = list(terms.find(said, ENGLISH).values())
    row = [each.form for each in found].index(of)
    return float(salience.features(said, ENGLISH, found)[row, salience.ALL_FEATURES.index(name)])


def test_a_word_that_is_not_a_noun_is_a_less_likely_topic() -> None:
    assert factor("It is enzymatic. We like enzymatic breads. Those are very enzymatic.", "enzymatic") < 1
    assert factor("We keep assuming things. They are assuming it.", "assuming") < 1
    assert factor("We bought a ceramic. The ceramic was new. We used the ceramic.", "ceramic") == 1
    assert factor("We like cloud-native tools. They are cloud-native.", "cloud-native") == 1


def test_a_country_is_a_less_likely_topic() -> None:
    assert factor("We baked in Switzerland. They mill in Switzerland.", "Switzerland") < 1
    assert factor("We baked in Ulmhof. They mill in Ulmhof.", "Ulmhof") == 1


def test_an_adjective_of_a_country_is_a_less_likely_topic() -> None:
    assert factor("An Omani mill grinds. The Omani bread is flat. We like Omani bakers.", "Omani") < 1
    assert factor("We met Ulmi there. Then Ulmi left. She called Ulmi.", "Ulmi") == 1


@pytest.mark.parametrize(("plural", "singular"), [("wolves", "wolf"), ("knives", "knife"), ("caves", "cave")])
def test_a_plural_and_its_singular_are_one_word(plural: str, singular: str) -> None:
    assert ENGLISH.base(plural) == ENGLISH.base(singular) == singular


def test_a_transcriber_s_note_is_no_term() -> None:
    assert not any(
        "unclear" in form for form in forms("We set (unclear) there. It was (unclear). I saw [unclear] too.")
    )


def test_the_share_of_nouns_combines_this_conversation_with_others() -> None:
    counts = word_classes.count(talk("The gleaning was old. We had a gleaning. They were gleaning it."), ENGLISH)
    assert counts["gleaning"] == (2, 1)
    usual = word_classes.noun_share("gleaning", {}, ENGLISH)
    assert word_classes.noun_share("gleaning", {"gleaning": (9, 0)}, ENGLISH) > usual
    assert word_classes.noun_share("gleaning", {"gleaning": (0, 9)}, ENGLISH) < usual
    assert word_classes.noun_share("assuming", {}, ENGLISH) < 0.3
    assert word_classes.noun_share("codebase", {}, ENGLISH) > 0.8


def test_days_and_times_are_not_topics() -> None:
    found = forms(
        "On Saturday morning we bake. A Saturday morning is slow. Saturday bread sells. Saturday bread is new."
    )
    assert "Saturday bread" in found
    assert not {"Saturday morning", "Saturday", "morning"} & found


def test_numbers_and_quantities_are_not_topics() -> None:
    found = forms(
        "Some 70,000 mills are here. All 70,000 mills ground. On the 7th of May. By May 7th it is. In the 19th "
        "century. The 19th century again. In Ulmhof 15 years ago. To Ulmhof 15 years ago. The "
        "Ulmhof 3 is. An Ulmhof 3 grinds."
    )
    assert {"Ulmhof", "Ulmhof 3"} <= found
    assert not {"000 mills", "7th", "May 7th", "19th century", "Ulmhof 15"} & found


def test_a_name_that_begins_with_a_stop_word_is_whole() -> None:
    found = forms("We bake in New Ulmhof. They mill in New Ulmhof. And New Ulmhof is old. A new Ulm. A new Ulm.")
    assert "New Ulmhof" in found
    assert not {"Ulmhof", "new Ulm"} & found


def test_the_full_name_of_a_speaker_is_not_a_topic() -> None:
    lines = ["Holm: I am Mira Holm. Did Mira Holm mill?", "Ben: She is Mira Holm. The stone mill is hers."]
    assert "Stone mill" in proposed(drafted(*lines * 30))
    assert "Mira Holm" not in proposed(drafted(*lines * 30))


def test_somebody_who_introduces_herself_is_not_a_topic() -> None:
    said = "A stone mill grinds. The stone mill of Holm is old. So Holm grinds with a stone mill. "
    assert "Holm" in proposed(drafted(said * 20))
    assert "Holm" not in proposed(drafted("Hello everyone, I'm Mira Holm. " + said * 20))


def test_first_names_and_nationalities_are_less_likely_topics() -> None:
    assert factor("We met Emma. They met Emma. And Emma it was.", "Emma") < 1
    assert factor("We like Ulmish bread. They bake Ulmish rye. The Ulmish mill.", "Ulmish") < 1
    assert factor("We speak Ulmish. They learn Ulmish. It is in Ulmish.", "Ulmish") == 1


@pytest.mark.parametrize("words", ["open source", "work from home", "use cases", "Hugging Face", "Omega 3"])
def test_stop_words_and_numbers_are_parts_of_terms(words: str) -> None:
    assert words in forms(f"We like {words} a lot. So {words} it is, and {words} again.")


def test_a_question_may_be_a_topic() -> None:
    assert "what to bake" in forms("Deciding what to bake is hard. She knows what to bake. And what to bake now?")


def test_a_recurring_question_ranks_first_whatever_its_signs() -> None:
    count = len(salience.ALL_FEATURES)
    blind = Model(np.zeros(count), np.zeros(count), np.ones(count), -3.0)  # to which all terms are equally likely
    asked = "Deciding what to bake is hard. She knows what to bake. A stone mill is old. The stone mill grinds. "
    often, twice = (talk(asked * times) for times in (3, 1))
    first, *others = topic_ranking.rank(often, ENGLISH, candidates.find(often, ENGLISH), blind, 9)
    assert first[0].form == "what to bake"
    assert all(likely < 0.1 for _, likely in others)
    assert all(
        likely < 0.1 for _, likely in topic_ranking.rank(twice, ENGLISH, candidates.find(twice, ENGLISH), blind, 9)
    )


def test_a_phrase_introduced_as_a_name_is_a_term_even_if_said_once() -> None:
    found = forms("This is a method that we call retarded proofing. Have you seen overnight shaping?")
    assert "retarded proofing" in found
    assert "overnight shaping" not in found


def test_the_show_itself_is_not_a_topic() -> None:
    found = forms(
        "Welcome to another episode of Crumb Club. Crumb Club is Bread Board now. Crumb Club was. Bread Board is fun."
    )
    assert "Bread Board" in found
    assert "Crumb Club" not in found


def test_the_most_frequent_form_names_a_term_with_a_short_form() -> None:
    lines = "A lactic acid bacterium is small. Lactic acid bacterium again. The lactic acid bacterium, or LAB, is old."
    (term,) = [each for each in terms.find(talk(lines), ENGLISH).values() if "LAB" in (each.form, *each.others)]
    assert term.form == "lactic acid bacterium"
    assert "LAB" in term.others


def test_two_letters_are_not_short_for_two_words_that_are_joined() -> None:
    lines = "The AI is old. Our APIs and integrations are new. APIs and integrations, and an AI. The AI and APIs."
    assert all("AI" not in each.others for each in terms.find(talk(lines), ENGLISH).values())


def test_the_sign_of_a_word_family_counts_related_words() -> None:
    text = "The fermentation is slow. A fermentation takes days. We ferment it. The gluten is old. Some gluten."
    assert feature(text, "family", "fermentation") > feature(text, "family", "gluten")


@pytest.mark.parametrize(("title", "marked"), [("On rye starters", 1), ("Rye Starters 12", 0)])
def test_terms_in_titles_are_marked_but_not_in_episode_numbers(title: str, marked: int) -> None:
    words = "The rye starter is old. A rye starter is sour. Spelt flour is. Spelt flour too."
    text = f"---\ntitle: {title}\n---\nAnn: {words}\n"
    said = tokenization.read(booked({"talk.txt": text}).transcripts[0])
    possible = list(terms.find(said, ENGLISH).values())
    column = salience.features(said, ENGLISH, possible)[:, salience.ALL_FEATURES.index("headed")]
    headed = dict(zip([term.form for term in possible], column.tolist(), strict=True))
    assert (headed["rye starter"], headed["Spelt flour"]) == (marked, 0)


def test_a_term_that_is_mostly_said_alone_stays_likely() -> None:
    said = talk("Rye is old. The rye is dark. Her rye, his rye. The rye bread is. A rye bread is.")
    found = {each.form: each for each in terms.find(said, ENGLISH).values()}
    rye = next(term for form, term in found.items() if form.lower() == "rye")
    assert topic_ranking._share_inside(rye, found["rye bread"]) == 2 / 6


def ranked(text: str, filler: str = FILLER) -> list[str]:
    """Return the titles of all terms, ranked by a model to which they are equally likely."""
    count = len(salience.ALL_FEATURES)
    blind = Model(np.zeros(count), np.zeros(count), np.ones(count), 0.0)
    said = talk(text, filler)
    order = topic_ranking.rank(said, ENGLISH, candidates.find(said, ENGLISH), blind, 99)
    return [titles.named(said, term, ENGLISH).form for term, _ in order]


def test_ranking_prefers_terms_from_parts_without_topics() -> None:
    crowded = "".join(f"The {name} is old. A {name} is new. " for name in ("loom", "anvil", "kiln", "forge", "lathe"))
    order = ranked(crowded + FILLER * 60 + "The quern is old. A quern is new.", "")
    assert order.index("quern") < 5
    assert set(order) == {"loom", "anvil", "kiln", "forge", "lathe", "quern"}


@pytest.mark.parametrize(
    ("text", "word", "fuller"),
    [
        ("A rye starter is old. The rye starter is sour. Our starter again.", "starter", "rye starter"),
        ("They came to Ulmhof Bakery. So Ulmhof Bakery is new. We like Ulmhof.", "Ulmhof", "Ulmhof Bakery"),
    ],
)
def test_a_word_that_mostly_stands_for_a_longer_term_is_merged_into_it(text: str, word: str, fuller: str) -> None:
    assert {word, fuller} & set(ranked(text)) == {fuller}
    assert word in ranked(f"{text} {f'And {word} was it. ' * 5}")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The kiln is old. A kiln is new. Kilns are hot.", "Kilns"),
        ("The kiln is old. A kiln is new. Some kiln it was. That kiln. Her kiln. Old kilns are hot.", "Kiln"),
        ("They had a LAB here. The LAB is old. So a lactic acid bacterium, or LAB, it is.", "Lactic acid bacterium"),
        ("In bernese mill we had. To Bernese Mill we went. In Bernese Mill they are. A bernese mill.", "Bernese Mill"),
        ("We sing in BrotKunst. So BrotKunst is it. They are in BrotKunst.", "BrotKunst"),
    ],
)
def test_titles_are_plurals_long_forms_and_names(text: str, title: str) -> None:
    assert title in map(titles.title, ranked(text))


def test_there_is_nothing_to_propose_where_little_is_said() -> None:
    assert drafted("Ann: Good morning, Ben.", "Ben: Good morning, Ann, and goodbye.") == Drafts(
        undrafted={"talk": "nothing is proposed, because its language is unknown"}
    )


def test_a_conversation_too_short_for_topics_is_reported() -> None:
    found = drafted(*BREAD[:3])
    assert found.topics == ()
    assert found.undrafted == {"talk": "no topics are proposed, because hardly anything is said"}


def test_stop_words_without_apostrophes_are_not_topics() -> None:
    lines = ["ANN: DONT BAKE RYE BREAD THATS WET, YOURE LATE", "MIRA: RYE BREAD DOESNT RISE, DONT WAIT, THATS ALL"] * 9
    words = {word for title in proposed(drafted(*lines)) for word in title.lower().split()}
    assert "rye" in words
    assert not {"dont", "thats", "youre", "doesnt"} & words


def test_capitals_in_an_all_caps_text_are_not_a_sign_of_a_name() -> None:
    found = drafted(*(line.upper() for line in BREAD))
    assert "Rye sourdough" in proposed(found)
    assert all(not each.aliases for each in found.topics)  # LAB looks like any other word


def test_topics_are_proposed_in_german() -> None:
    lines = [
        "Ann: Was ist denn nun ein Sauerteig, und wie backt man mit einem Sauerteig?",
        "Mira: Ein Sauerteig ist eine Mischung, die man aus Roggenmehl und Wasser macht, und sie ist nicht schwer.",
        "Ann: Und das Roggenmehl kommt aus der Mühle, die du mir gezeigt hast?",
        "Mira: Ja, das Roggenmehl kommt aus der Mühle, und der Sauerteig auch, wenn du es so willst. Nach 40 Minuten.",
    ] * 10
    found = proposed(drafted(*lines))
    assert {"Sauerteig", "Roggenmehl"} <= set(found)
    assert not {"Und", "Nicht", "Minuten", "Ann", "Mira"} & set(found)


def test_verbs_are_not_topics_in_other_languages() -> None:
    spanish = forms(
        "El molino muele la harina. La harina es del molino, y el pan necesita harina. El pan necesita sal. La masa "
        "necesita agua. Puedes amasar la masa y puedes hornear el pan. Cuando puedes, el pan es del molino.",
        filler="",
    )
    assert {"molino", "harina", "pan"} <= spanish
    assert not {"necesita", "puedes"} & spanish
    german = forms(
        "Der Sauerteig ist eine Kultur, und die Kultur hebt das Brot. Wir mahlen das Mehl, und dann backen wir mit dem "
        "Mehl. Sie mahlen langsam und backen viel, und sie mahlen und backen gut. Der Sauerteig ist alt, wie das Mehl. "
        "Der Sauerteig ist gut.",
        filler="",
    )
    assert {"Sauerteig", "Mehl"} <= german
    assert not {"mahlen", "backen"} & german


def test_people_who_are_addressed_are_not_topics() -> None:
    lines = ["What is a loom, Benno?", "A loom weaves cloth.", "How old are looms, Benno?", "Benno built looms."]
    assert "Benno" not in proposed(drafted(*lines * 12))
    assert "Benno" in proposed(drafted(*[line.replace(", Benno?", " now, says Benno?") for line in lines] * 12))


def test_a_word_that_is_mostly_a_sentence_by_itself_is_an_interjection() -> None:
    assert "Gotcha" not in forms("Gotcha! The loom is old. Gotcha, and so on. It is an old loom.")
    assert "Gotcha" in forms("Gotcha! The loom is a Gotcha. Gotcha weaves cloth. It is a Gotcha.")


def test_more_topics_are_proposed_for_longer_conversations() -> None:
    subjects = [f"{first}{last}" for first in ("Mar", "Tol", "Ved", "Sur", "Kib") for last in "abcdefghijklmnopqrst"]
    hours = [f"Ann: What is the {each}net? The {each}net is new. I like the {each}net of theirs." for each in subjects]
    padding = ["Ben: " + "So it is, and so it was, and then we went on and on with it for a long while. " * 40] * 30
    assert len(proposed(drafted(*hours))) <= 30
    assert len(proposed(drafted(*hours, *padding))) > 30


def test_existing_and_rejected_topics_are_not_proposed() -> None:
    spoken = {"talk.txt": "\n".join(BREAD) + "\n"}
    book = booked(spoken, {"sourdough": "---\ntitle: Bread\naliases: [rye sourdoughs]\n---\nWords.\n"})
    found = proposed(book_drafts.propose(book, ["stone mill"]))
    assert "Gluten" in found
    assert not {"Rye sourdough", "Stone mill"} & set(found)


def test_several_conversations_about_one_thing_propose_one_topic() -> None:
    text = "\n".join(BREAD) + "\n"
    both = book_drafts.propose(booked({"one.txt": text, "two.txt": text}))
    alone = {each.title: each.probability for each in drafted(*BREAD).topics}
    assert proposed(both).count("Rye sourdough") == 1
    assert {span.transcript for each in both.topics for span in each.evidence} == {"one"}  # which has enough of it
    assert all(each.probability > alone[each.title] for each in both.topics if each.title in alone)


def test_no_two_proposals_have_a_name_in_common() -> None:
    other = [
        line.replace("lactic acid bacteria, or LAB", "lactic acid bacteria").replace("LAB", "them") for line in BREAD
    ]
    labels = [line.replace("lactic acid bacteria, or LAB", "lab access badge, or LAB") for line in BREAD]
    labels = [line.replace("actic acid bacteria", "ab access badge") for line in labels]
    texts = {"one.txt": BREAD, "two.txt": other, "three.txt": labels}
    for names in (["one.txt", "two.txt"], ["one.txt", "three.txt"], ["one.txt", "two.txt", "three.txt"]):
        drafts = book_drafts.propose(booked({name: "\n".join(texts[name]) + "\n" for name in names}))
        said = [name.casefold() for each in drafts.topics for name in {each.title, *each.aliases}]
        assert len(said) == len(set(said))
        assert "lactic acid bacteria" in said


@pytest.mark.parametrize(
    "title", ["true", "1: 2", "- a", "a # b", '"', "{x}", "[x]", "yes", "ü 🍞", "a\\b", "'", "@x", "*"]
)
def test_any_title_survives_writing_and_reading_a_topic_file(title: str) -> None:
    span = SourceSpan("talk", 0, 12)
    proposal = TopicProposal(title, (title,), (title,), "event", 0.5, (span,))
    text = draft_files.topic(proposal, 7, {"talk": 'a\n---\n"b\x00: c\x85'})
    topic = topic_file.read(text, "content/topics/a.md", "a")
    assert (topic.title, topic.aliases, topic.hidden_labels) == (title, (title,), (title,))
    assert (topic.kind, topic.status, topic.rank, topic.body) == ("event", "proposed", 7, "")
