"""Speakers are inferred from the words, shown as probable everywhere, and never taken for known."""

import json
import random
import re
from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import building
from making import booked
from talkbook import readers
from talkbook.cli import speakers as ask_command
from talkbook.cli.main import main
from talkbook.drafting import (
    book_drafts,
    speaker_attribution,
    speaker_crf,
    speaker_decoder,
    speaker_names,
    speaker_phrases,
    speaker_sidecar,
)
from talkbook.drafting.speaker_attribution import ProposedSpeaker, ProposedTurn, SpeakerDraft
from talkbook.drafting.speaker_crf import Floats, Scores
from talkbook.readers.speech.speech import Utterance
from talkbook.sources import sidecar
from talkbook.sources.sidecar import Sidecar
from talkbook.text import anchors

TURNS = (
    "Hello and welcome to the show. I'm your host, Ada Byron. My guest today is Charles Babbage, who builds engines. "
    "Charles, welcome. What made you begin with engines?",
    "Thank you, Ada. I was tired of tables that were wrong. My tables had been copied by hand for years, and every "
    "copy brought errors of its own, so I thought that a machine should do the work for me.",
    "And how did you begin? Did you have a plan?",
    "I began with differences. The method needs addition alone, and I knew that I could build wheels that add. I drew "
    "them for a year before I had the first one made, and I still keep that drawing at home.",
    "What did people say of it? Were you laughed at?",
    "Some laughed, of course. George Airy wrote that it was worthless, and I have never forgiven him. But the workshop "
    "went on, and my toolmaker found ways to cut the metal that nobody in the country had seen before.",
    "Can you tell us what it cost?",
    "I paid for most of it myself. The treasury gave money for ten years, and then I was asked for a result that I "
    "could not show, because I had thought of a better engine by then.",
    "So, Charles, what would you do otherwise today?",
    "I would finish the first one. I think that a machine that runs is worth more than ten that are drawn.",
    "Wonderful. Thank you so much for coming, Charles. Where can listeners find you?",
    "They find me in Marylebone, where I complain about the noise. Thanks for having me, Ada.",
)
GUESTS = ("Charles Babbage", "Mary Somerville", "George Airy", "Charles Wheatstone")
MARKED = "\n".join(f">> {turn}" for turn in TURNS).removeprefix(">> ") + "\n"
PLAIN = "".join(f"{turn} " for turn in TURNS).strip() + "\n"  # no marks at all


def spoken(text: str) -> Sequence[Utterance]:
    return readers.read(text.encode(), "talk.txt").utterances


def proposed(text: str) -> SpeakerDraft:
    return speaker_attribution.propose(text, spoken(text))


def test_marks_and_introductions_tell_who_speaks() -> None:
    draft = proposed(MARKED)
    assert [(each.name, each.role) for each in draft.speakers] == [("Ada Byron", "host"), ("Charles Babbage", "guest")]
    assert [MARKED[turn.start : turn.end] for turn in draft.turns] == [*TURNS]
    assert [turn.speaker for turn in draft.turns] == ["ada-byron", "charles-babbage"] * 6


def test_speakers_are_drafted_only_if_the_file_distinguishes_no_voices_or_two() -> None:
    def drafted(voices: int) -> bool:
        lines = [f"Speaker {number % voices + 1}: {turn}\n" for number, turn in enumerate(TURNS)]
        return bool(book_drafts.propose(booked({"talk.txt": "".join(lines)})).speakers)

    assert book_drafts.propose(booked({"talk.txt": MARKED})).speakers
    assert [voices for voices in (1, 2, 3, 9) if drafted(voices)] == [2]


def test_a_name_comes_with_its_evidence() -> None:
    ada, charles = proposed(MARKED).speakers
    assert "I'm your host, Ada Byron." in ada.evidence
    assert "My guest today is Charles Babbage, who builds engines." in charles.evidence


def test_people_who_are_only_mentioned_do_not_speak() -> None:
    told = speaker_phrases.evidence(
        ["George Airy wrote that it was worthless.", "As Mary Somerville said, look at it."]
    )
    assert told == ()


@pytest.mark.parametrize(
    "said",
    [
        "Hello, this is Ada Byron.",
        "I'm joined today by myself, Ada Byron.",
        "This is Ada Byron.",
        "I'm your host this week, Ada Byron.",
        "I am your internet friend, Ada Byron, and you are welcome.",
        "And it's Ada Byron.",
        "It's Ada Byron here.",
    ],
)
def test_introducing_oneself_is_evidence_of_a_speaker(said: str) -> None:
    told = speaker_phrases.evidence([said, "Ada asked for it."])
    assert [(each.name, each.kind) for each in told] == [("Ada Byron", "says")]


def test_email_addresses_are_not_evidence_of_names() -> None:
    said = ["Ada, how are you?", "I'm @ada_byron, at ada@example.org and example.org/ada.", "It is Ada who asks."]
    told = speaker_phrases.evidence(said)
    assert [(each.name, each.kind) for each in told] == [("Ada", "addressed")]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Thank you so much for having me, Ada.", "greeted"),
        ("Thanks for having me Ada.", "greeted"),
        ("Well, welcome to the show, Ada.", "greeted"),
        ("How are you, Ada?", "greeted"),
        ("It is great to be on again, Ada!", "greeted"),
        ("Joining me today is none other than Ada Byron.", "introduced"),
        ("I'm joined by a very special guest, Dr. Ada Byron.", "introduced"),
        ("Welcome to Better Engines, Ada.", "greeted"),
        ("I learn a lot when I speak to you Ada.", "addressed"),
        ("I wonder, Ada, if you could explain that.", "addressed"),
        ("So Ada I have read your notes.", "addressed"),
        ("Ada before we let you go, where are you found?", "addressed"),
        ("Thank you so much, Ada.", "greeted"),
    ],
)
def test_being_addressed_is_evidence_of_a_speaker(said: str, kind: str) -> None:
    told = speaker_phrases.evidence([said, "It is Ada who asks."])
    assert [(each.name.split()[0], each.kind) for each in told] == [("Ada", kind)]


@pytest.mark.parametrize(
    "said",
    [
        "Thanks for coming to London.",
        "It is great to work with Ada.",
        "Thanks for having me on the Ada show.",
        "How is it going at Brown and Sharpe?",
        "It is good, and so is Mage.",
        'He said "Ada, how are you?" to us.',
        'Ada, that is mad."',
        "So he was like, Ada, you should read it.",
        "Thanks for joining me on today's Ada.",
        "So thank you, Ada Byron.",
        "That was our good friend Ada.",
    ],
)
def test_being_mentioned_is_not_evidence_of_a_speaker(said: str) -> None:
    assert speaker_phrases.evidence([said, "It is Ada, or London, or Sharpe, or Mage."]) == ()


def test_nationalities_are_not_names() -> None:
    told = speaker_phrases.evidence(["I'm English, and I'm Cornish.", "I'm German.", "My name is Merrin."])
    assert [each.name for each in told] == ["Merrin"]


def test_whoever_is_greeted_is_there_and_whoever_is_thanked_may_not_be() -> None:
    told = speaker_phrases.evidence(["Merrin, thanks for joining us.", "Thank you, Jago.", "It is Merrin or Jago."])
    people = speaker_names.by_person(told)
    assert speaker_names.hypotheses(people) == [("", ""), ("", "Merrin"), ("Merrin", "")]


def test_products_and_employers_are_not_people() -> None:
    told = ["My guest is Ada Byron, Better Engines engineer.", "Coldcard, it is good.", *["It is Coldcard."] * 30]
    assert [each.name for each in speaker_phrases.evidence(told)] == ["Ada Byron"]


def test_a_show_with_a_personal_name_is_evidence_of_its_host() -> None:
    told = speaker_phrases.evidence(
        ["You are listening to the Charles Babbage podcast.", "And to the Engine Room show."]
    )
    assert [(each.name, each.kind) for each in told] == [("Charles Babbage", "says")]


def test_a_first_name_is_enough_for_an_introduction() -> None:
    told = speaker_phrases.evidence(
        ["I'm here with Charles.", "We had a talk with Joan.", "It is better with us, VPNs."]
    )
    assert [each.name for each in told] == ["Charles"]
    people, first = speaker_names.by_person(told), np.array([0.9, 0.5, 0.5])
    assert set(speaker_names.hypotheses(people)) == {("", ""), ("Charles", ""), ("", "Charles")}
    found = speaker_names.assign(people, ("", "Charles"), first, first, 5.0)
    assert found is not None
    one, other = found
    assert one is None
    assert other is not None and other.name == "Charles"


def test_ambiguous_or_contradicted_names_are_not_assigned() -> None:
    said = ["Hello, my name is Ada Byron.", "How are you, Charles?", "So Charles, go on.", "Charles, did Charles win?"]
    people = speaker_names.by_person(speaker_phrases.evidence(said))
    pair = ("Ada Byron", "Charles")
    assert pair in speaker_names.hypotheses(people)
    clear, open_ = np.array([0.9] * 4), np.array([0.5] * 4)

    def assigned(first: Floats, blind: Floats, margin: float = 1.0) -> list[str | None] | None:
        found = speaker_names.assign(people, pair, first, blind, margin)
        return None if found is None else [each.name if each else None for each in found]

    assert assigned(clear, clear) == ["Ada Byron", "Charles"]
    assert assigned(1 - clear, clear) == ["Charles", "Ada Byron"]  # it may be open who is the first
    assert assigned(clear, 1 - clear) == ["Ada Byron", "Charles"]
    assert assigned(clear, open_) is None
    assert assigned(clear, open_, 5.0) == ["Ada Byron", "Charles"]
    assert assigned(clear, clear, 0.1) is None  # it would fit as well to exchange them
    assert assigned(clear, np.array([0.9, 0.9, 0.1, 0.1])) is None
    assert assigned(np.array([0.5, 0.6, 0.5, 0.6]), clear) == [None, None]


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("Welcome to the Ada Byron podcast. Thanks, Ada.", {"Ada Byron": "says"}),
        ("Welcome to the Better Engines podcast. Thanks, Ada.", {"Ada": "greeted"}),
        ("Normally I'm joined by Charles Babbage. Thanks, Ada.", {"Ada": "greeted"}),
        ("It is made by Maudslay, Clement. Clement says so. Thanks, Ada.", {"Ada": "greeted"}),
        ("Thanks for listening to Engines, Explained. Thanks, Ada.", {"Ada": "greeted"}),
        ("Welcome to Better Engines. This is Better Engines. Thanks, Ada.", {"Ada": "greeted"}),
        ("I heard your interview with Charles Babbage. Thanks, Ada.", {"Ada": "greeted"}),
    ],
)
def test_shows_and_absent_people_are_not_taken_for_speakers(said: str, kinds: dict[str, str]) -> None:
    told = speaker_phrases.evidence(re.split(r"(?<=\.) ", said))
    assert {each.name: each.kind for each in told} == kinds


def with_last(turn: str) -> str:
    """Return the marked conversation with a different last turn."""
    return "\n".join(f">> {said}" for said in (*TURNS[:11], turn)).removeprefix(">> ") + "\n"


def test_where_every_change_is_marked_names_and_phrases_do_not_override_the_marks() -> None:
    draft = proposed(with_last("Thank you, Charles. It was a pleasure, Charles."))
    one, other = (turn.speaker for turn in draft.turns[:2])
    assert None not in (one, other) and one != other
    assert [turn.speaker for turn in draft.turns] == [one, other] * 6


def test_contradictory_evidence_puts_no_words_into_the_wrong_mouth() -> None:
    text = with_last("Thank you, Charles. Thanks, Charles. Charles, welcome. Thank you for coming, Charles.")
    turns = proposed(text).turns
    last = text.index("Thank you, Charles")
    assert turns[0].speaker not in {turn.speaker for turn in turns if turn.start >= last}


def test_two_courses_are_the_same_whoever_comes_first_in_either() -> None:
    first = np.array([0.9, 0.2, 0.8, 0.1])
    assert speaker_decoder.same_speakers(first, 1 - first) == speaker_decoder.same_speakers(first, first) == 1.0
    assert speaker_decoder.same_speakers(first, np.array([0.9, 0.2, 0.8, 0.6])) == 0.75


def test_only_probable_speakers_are_proposed() -> None:
    text = MARKED.replace("\n>> I began with", " I began with")
    assert all(turn.probability >= 0.6 for turn in proposed(text).turns if turn.speaker)


@pytest.mark.parametrize("number", [2, 7, 9])
def test_a_missing_mark_is_found(number: int) -> None:
    text = MARKED.replace(f"\n>> {TURNS[number]}", f" {TURNS[number]}")
    draft = proposed(text)
    at = text.index(TURNS[number])
    speaker = ("ada-byron", "charles-babbage")[number % 2]
    assert next(turn.speaker for turn in draft.turns if turn.start <= at < turn.end) == speaker


def alike(number: int) -> tuple[str, list[int]]:
    """Return a conversation of two who differ only in a few favourite words, and where each of its turns begins.

    One change in five is not marked.
    """
    chance = random.Random(number)
    favourites = (
        "basically definitely sort honestly stuff kinda exactly literally".split(),
        "perhaps somewhat indeed quite rather certainly naturally presumably".split(),
    )
    common = "the people who build it know that there is more to say about how this works with what they do".split()
    text = ""
    starts = []
    for turn in range(60):
        text += "" if not turn else " " if chance.random() < 0.2 else "\n>> "
        starts.append(len(text))
        said = (
            [chance.choice(favourites[turn % 2] if chance.random() < 0.3 else common) for _ in range(10)]
            for _ in range(chance.randint(2, 5))
        )
        text += " ".join(" ".join(words).capitalize() + "." for words in said)
    return text, starts


def test_two_who_talk_alike_are_told_apart_by_their_favourite_words() -> None:
    right = []
    for number in range(6):
        text, starts = alike(number)
        read = speaker_attribution.sentences_of(text, spoken(text))
        first = speaker_attribution.find(read, {}).decoded.first > 1 / 2
        share = np.mean(first == [bisect(starts, start) % 2 for start, _ in read.spans])
        right.append(max(share, 1 - share))
    assert np.mean(right) > 0.85


def test_with_three_people_nobody_is_host_or_guest() -> None:
    three = MARKED.replace("Charles Babbage, who", "Charles Babbage and Mary Somerville, who")
    assert proposed(three).turns  # she may join later
    drafted = proposed(three.replace("Can you tell us", "Mary, can you tell us"))
    assert {each.role for each in drafted.speakers} <= {""}


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (["My guest is David Brewster.", "Dave, welcome."], "David Brewster"),
        (["My guest is David Brewster.", "Thank you, Dr. Brewster."], "David Brewster"),
        (["My guest is Bryan Donkin.", "Bryan, welcome.", "So Brian, go on."], "Bryan Donkin"),
        (["Hello, Ada.", "You know Ada Byron for her notes."], "Ada Byron"),
        (["Fred K. Schott is with us.", "Welcome, Fred."], "Fred K. Schott"),
    ],
)
def test_a_full_name_is_found_for_nicknames_and_first_names(said: Sequence[str], name: str) -> None:
    assert set(speaker_names.by_person(speaker_phrases.evidence(said))) == {name}


def test_two_people_with_similar_names_are_two() -> None:
    said = ["My guests are Ada Byron and Tom Mudge.", "Welcome, Adam.", "So Adam, go on.", "Thanks, Adam.", "Hi, Tim."]
    assert len(speaker_names.by_person(speaker_phrases.evidence(said))) == 4


def test_a_person_with_a_nickname_is_counted_once() -> None:
    told = speaker_phrases.evidence(
        [
            "Welcome, Nicholas Mohn.",
            "My guest is Nicholas Mohn.",
            "Nick, thanks for coming.",
            "So Nick, go on.",
            "Thanks for having me, Ada.",
            "Thanks, Ada.",
        ]
    )
    assert {each.name.split()[0] for each in told} == {"Nicholas", "Nick", "Ada"}
    assert speaker_names.count(speaker_names.by_person(told)) == 2


TALK = (
    "The first engine that was ever planned in this country was meant for tables. Tables were needed by sailors, by "
    "astronomers and by everybody who lent money, and they were full of errors because they were made by hand. The "
    "errors came from two places, from those who reckoned and from those who set the type. A machine that reckons and "
    "prints leaves room for neither of them. The method of differences was known for a hundred years by then, and it "
    "needs nothing but addition. The wheels of the machine carry the digits from one column to the next one. The "
    "carriage of tens was the hardest part, and it took three years to find a way that holds. The workshop made parts "
    "that were finer than anything that had been made before. The money came from the treasury, and the treasury lost "
    "its patience in the tenth year. The drawings of the second machine are in the museum, and the machine that was "
    "made of them runs to this day. The number of its parts is eight thousand, and it weighs five tons.\n"
)


@pytest.mark.parametrize("text", [MARKED, PLAIN])
def test_without_marks_names_that_change_who_speaks_are_dropped(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = speaker_attribution.sentences_of(text, spoken(text))
    same = speaker_decoder.same_speakers
    monkeypatch.setattr(speaker_decoder, "same_speakers", lambda one, other: min(same(one, other), 0.8))
    named = [not speaker.unnamed for speaker in speaker_attribution.find(read, {}).speakers]
    assert named == [text == MARKED] * 2


def test_nothing_is_proposed_if_only_one_person_may_be_speaking(monkeypatch: pytest.MonkeyPatch) -> None:
    clearest = [
        speaker_decoder.clearest_changes(speaker_attribution.sentences_of(text, spoken(text)).evidence)
        for text in (TALK, PLAIN)
    ]
    assert clearest[0] < 0.6 < clearest[1]
    assert proposed(PLAIN).turns
    monkeypatch.setattr(speaker_decoder, "clearest_changes", lambda _: clearest[0])
    assert proposed(PLAIN).turns == ()
    assert proposed(MARKED).turns  # marks are believed


@pytest.mark.parametrize(
    "text",
    [
        "Ada: Who are you?\nCharles: I build engines.\nAda: Do you?\nCharles: I do.\n",  # the file names them
        "One word.\n",
        "WAS MACHEN SIE? ICH BAUE MASCHINEN. WARUM? WEIL ICH ES KANN. UND WARUM NOCH? ICH WEISS ES NICHT.\n",
        "Was machen Sie heute? Ich baue Maschinen, weil ich Tabellen nicht mag. Warum mögen Sie die nicht? Sie sind "
        "falsch, und das ist nicht gut. Und was kommt danach? Das weiß ich noch nicht, aber es wird groß.\n",
    ],
)
def test_nothing_is_proposed_without_evidence(text: str) -> None:
    assert proposed(text).turns == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[st.floats(-3, 3)] * 3), min_size=2, max_size=7))
def test_marginals_of_the_chain_equal_sums_over_all_sequences(rows: Sequence[tuple[float, float, float]]) -> None:
    first, leaves, returns = (np.array(column)[:, None] for column in zip(*rows, strict=True))
    scores = Scores(first, leaves[:-1], returns[:-1])
    weights = {}
    for course in product((True, False), repeat=len(rows)):
        total = sum(float(first[at, 0]) for at, own in enumerate(course) if own)
        for at, (own, following) in enumerate(pairwise(course)):
            total += float(leaves[at, 0]) * (own and not following) + float(returns[at, 0]) * (following and not own)
        weights[course] = np.exp(total)
    every = sum(weights.values())
    found, given_first, given_second = speaker_crf.clamped(scores, [0])
    for at in range(len(rows)):
        assert found[at, 0] == pytest.approx(sum(w for course, w in weights.items() if course[at]) / every)
        for own, known in ((True, given_first), (False, given_second)):
            among = [(course, weight) for course, weight in weights.items() if course[0] == own]
            share = sum(weight for course, weight in among if course[at]) / sum(weight for _, weight in among)
            assert known[at, 0, 0] == pytest.approx(share)


SIDE = "# Ours.\ntitle: 'Engines'   # as announced\nspeakers:\n  ada: {name: Ada Byron}  # the host\nturns: []\n"


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_written_turns_are_found_again_and_the_rest_of_the_sidecar_stays(data: st.DataObject) -> None:
    sentences = [
        "So it is.",
        'He said: "no".',
        "Yes # or no",
        "it's [a] {b}",
        "- dash: x",
        "So it is.",
        ">> Well",
        "ünd",
    ]
    said = data.draw(st.lists(st.sampled_from(sentences), min_size=1, max_size=12))
    source = " ".join(said)
    starts = [sum(len(each) + 1 for each in said[:at]) for at in range(len(said))]
    keys = data.draw(st.lists(st.sampled_from(["ada", "guest", None]), min_size=len(said), max_size=len(said)))
    turns = tuple(
        ProposedTurn(at, at + len(each), key, 0.9, False) for at, each, key in zip(starts, said, keys, strict=True)
    )
    text = speaker_sidecar.with_draft(SIDE, source, SpeakerDraft((ProposedSpeaker("guest", "A: [Guest]"),), turns))
    assert text.startswith(SIDE)
    side = sidecar.read(text, "talk.yml")
    truth = dict(zip(starts, keys, strict=True))
    for each in side.proposed_turns:
        ((start, _),) = anchors.spans(source, each.at.text)
        assert truth[start] == each.speaker
    if side.proposed_turns:
        with pytest.raises(ValueError, match="can't be added"):
            speaker_sidecar.with_draft(text, source, SpeakerDraft((ProposedSpeaker("guest", "A: [Guest]"),), turns))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("engines.txt").write_text(MARKED, "utf-8")
    assert CliRunner().invoke(main, ["new", "book", "engines.txt"], catch_exceptions=False).exit_code == 0
    topic = "---\ntitle: Engines\naliases: [machine, engine]\nkind: concept\n---\nMachines that calculate.\n"
    (tmp_path / "book/content/topics/engines.md").write_text(topic, "utf-8")
    return tmp_path / "book"


def site(project: Path, name: str) -> Path:
    made = project.parent / name
    assert building.build(project, made) == []
    return made


def turns(made: Path) -> list[tuple[str | None, str | None]]:
    (transcript,) = json.loads((made / "transcripts.json").read_text("utf-8"))
    return [(turn["speaker"], turn["speaker_draft"]) for turn in transcript["turns"]]


def test_a_drafted_speaker_is_only_shown_as_probable(project: Path) -> None:
    made = site(project, "site")
    assert turns(made) == [(None, "Ada Byron"), (None, "Charles Babbage")] * 6
    (transcript,) = json.loads((made / "transcripts.json").read_text("utf-8"))
    assert transcript["speakers"] == []
    quotes = json.loads((made / "quotes.json").read_text("utf-8"))
    assert {quote["speaker"] for quote in quotes} == {None}
    page = (made / "transcripts/engines/index.html").read_text("utf-8")
    assert ">Probably Charles Babbage</a>" in page
    quote = next(quote for quote in quotes if quote["speaker_draft"] == "Charles Babbage")
    page = (made / f"quotes/{quote['id']}/index.html").read_text("utf-8")
    assert "Probably Charles Babbage on" in page
    assert "probably Charles Babbage" in page  # in the citations
    cited = page.replace("My guest today is Charles Babbage", "")  # somebody says this; the site doesn't claim it
    named = [cited[max(0, each.start() - 60) : each.end() + 60] for each in re.finditer("Charles Babbage", cited)]
    assert [place for place in named if "robably" not in place] == []
    person = (made / "people/charles-babbage/index.html").read_text("utf-8")
    assert "which nobody has confirmed" in person
    assert "of the conversation" not in person


def test_names_from_greetings_and_thanks_come_with_evidence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    first = "Hello and welcome to the show, Charles. What made you begin with engines?"
    said = [first, TURNS[1].removeprefix("Thank you, Ada. "), *TURNS[2:]]
    Path("engines.txt").write_text("".join(f">> {turn}\n" for turn in said), "utf-8")
    assert CliRunner().invoke(main, ["new", "book", "engines.txt"], catch_exceptions=False).exit_code == 0
    assert turns(site(tmp_path / "book", "site")) == [(None, "Ada"), (None, "Charles")] * 6
    side = (tmp_path / "book/content/transcripts/engines.yml").read_text("utf-8")
    assert "  # Hello and welcome to the show, Charles." in side
    assert "  # Thanks for having me, Ada." in side


@pytest.mark.parametrize(
    ("front", "names"),
    [
        ("host: Ada Byron\nguest: Charles Babbage\n", ["Ada Byron", "Charles Babbage"]),
        ("host: Ada Byron\n", ["Ada Byron", "Charles"]),
        ("speakers: [Charles Babbage, Ada Byron]\n", ["Ada Byron", "Charles Babbage"]),
        ("guest: Mary Somerville\n", ["Host", "Charles"]),  # may be only spoken of
        ("guests: [Mary Somerville, Charles Babbage, George Airy]\n", ["Host", "Charles Babbage"]),
        ("host: Unknown\n", ["Host", "Charles"]),
        ("guests: [Charles Babbage, Charles Wheatstone]\nhost: Ada Byron\n", ["Host", "Charles"]),
    ],
)
def test_metadata_completes_names_that_the_words_confirm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, front: str, names: Sequence[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    first = "Hello and welcome to the show, Charles. What made you begin with engines?"
    said = [
        first,
        *(turn.replace("Thank you, Ada. ", "").replace(" Thanks for having me, Ada.", "") for turn in TURNS[1:]),
    ]
    Path("engines.md").write_text(f"---\n{front}---\n" + "".join(f">> {turn}\n" for turn in said), "utf-8")
    assert CliRunner().invoke(main, ["new", "book", "engines.md"], catch_exceptions=False).exit_code == 0
    assert turns(site(tmp_path / "book", "site")) == [(None, name) for name in names] * 6


def test_other_conversations_of_the_show_give_full_names_and_the_host() -> None:
    said = [turn.replace("Ada", "").replace(" Babbage", "") for turn in TURNS]
    said[0] = said[0].replace("I'm your host,  Byron. ", "")
    asked = "".join(f">> {turn}\n" for turn in said)
    guests = (*GUESTS[:3], "John Herschel", "William Whewell", GUESTS[3])
    stated = {f"talk-{at}": f"Ada Byron: Why?\n{name}: So it is.\n" * 3 for at, name in enumerate(guests)}

    def named(known: int, private: str = "", cohost: str = "") -> list[str]:
        spoken = {"engines": asked, **{name: text + cohost for name, text in [*stated.items()][:known]}}
        sides = dict.fromkeys(spoken, "show: Engines\n")
        book = booked(spoken, sides=sides | {"engines": f"show: Engines\n{private}"})
        return [each.name for each in book_drafts.propose(book).speakers["engines"].speakers]

    assert named(0) == ["Host", "Charles"]
    assert named(1) == ["Host", "Charles Babbage"]
    assert named(4) == ["Host", "Charles Babbage"]
    assert named(5) == ["Ada Byron", "Charles Babbage"]
    assert named(5, cohost="John Murray: Why not?\n") == ["Host", "Charles Babbage"]  # who may be either of the hosts
    assert named(6) == ["Ada Byron", "Charles"]  # two of them are called Charles
    assert named(5, "private: [{from: They find me in, to: the noise}]\n") == ["Host", "Charles"]


def test_metadata_of_a_conversation_with_private_passages_is_not_used_for_names(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    talk = project / "content/transcripts/engines.txt"
    said = MARKED.replace("I'm your host, Ada Byron. ", "").replace("Ada", "")
    talk.write_text(f"---\nhost: Ada Byron\n---\n{said}", "utf-8")
    side = talk.with_suffix(".yml")
    for private, named in (("", True), ("private:\n  - {from: They find me in, to: the noise}\n", False)):
        side.write_text(f"title: Engines\n{private}", "utf-8")
        (project / "content/drafts.txt").unlink(missing_ok=True)
        assert CliRunner().invoke(main, ["draft"], catch_exceptions=False).exit_code == 0
        assert ("Ada Byron" in side.read_text("utf-8")) == named
        assert "Charles Babbage" in side.read_text("utf-8")


def test_only_proposals_are_hidden(project: Path) -> None:
    config = project / "mkdocs.yml"
    options = "  - talkbook:\n      proposals: hide\n"
    text = re.sub(r"^  - talkbook:?\n", options, config.read_text("utf-8"), flags=re.MULTILINE)
    assert options in text
    config.write_text(text, "utf-8")
    side = project / "content/transcripts/engines.yml"
    stated = "speakers:\n  ada: {name: Ada Byron}\nturns:\n  - ada: Hello and welcome to the show\n"
    side.write_text(stated + side.read_text("utf-8"), "utf-8")
    made = site(project, "site")
    assert turns(made) == [("Ada Byron", None), *[(None, None)] * 11]
    assert not [path for path in made.rglob("*.html") if "Probably" in path.read_text("utf-8")]


def test_addresses_last_when_a_proposal_is_confirmed(project: Path) -> None:
    before = {quote["id"] for quote in json.loads((site(project, "before") / "quotes.json").read_text("utf-8"))}
    path = project / "content/transcripts/engines.yml"
    side = yaml.safe_load(path.read_text("utf-8"))
    people = {key: {"name": who["name"], "role": who["role"]} for key, who in side["proposed_speakers"].items()}
    path.write_text(yaml.safe_dump({"speakers": people, "turns": side["proposed_turns"]}), "utf-8")
    made = site(project, "after")
    assert {quote["id"] for quote in json.loads((made / "quotes.json").read_text("utf-8"))} == before
    assert turns(made) == [("Ada Byron", None), ("Charles Babbage", None)] * 6


def test_written_turns_take_precedence_over_proposals(project: Path) -> None:
    path = project / "content/transcripts/engines.yml"
    stated = "turns:\n  - mary: Thank you, Ada. I was tired\n  - unknown: And how did you begin\n"
    stated = "speakers:\n  mary: {name: Mary Somerville}\n" + stated
    path.write_text(stated + path.read_text("utf-8"), "utf-8")
    made = site(project, "site")
    assert turns(made)[:4] == [
        (None, "Ada Byron"),
        ("Mary Somerville", None),
        (None, None),
        (None, "Charles Babbage"),
    ]


def begin(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Create a project in `folder`, named "book", from a conversation without marks."""
    monkeypatch.chdir(folder)
    Path("engines.txt").write_text(PLAIN, "utf-8")
    CliRunner().invoke(main, ["new", "book", "engines.txt"], catch_exceptions=False)


def answered(project: Path, monkeypatch: pytest.MonkeyPatch, keys: str) -> Result:
    """Return the result of `talkbook speakers` if somebody presses these keys, one per question, and then "q"."""
    monkeypatch.chdir(project)
    monkeypatch.setattr(ask_command, "answerable", lambda: True)
    pressed = iter(keys)
    monkeypatch.setattr("click.getchar", lambda: next(pressed, "q"))
    return CliRunner().invoke(main, ["speakers"], input="y\n", catch_exceptions=False)


def test_accepting_the_rest_writes_all_turns_and_keeps_comments(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = project / "content/transcripts/engines.yml"
    path.write_text("# Ours.\ntitle: 'Engines'   # as announced\n" + path.read_text("utf-8"), "utf-8")
    answered(project, monkeypatch, "")  # every change is marked, so nothing is asked and everything is accepted
    side = path.read_text("utf-8")
    assert side.startswith("# Ours.\ntitle: 'Engines'   # as announced\n")
    assert turns(site(project, "site")) == [("Ada Byron", None), ("Charles Babbage", None)] * 6
    assert "proposed_turns" not in side


def written(project: Path) -> Sidecar:
    """Return the conversation's sidecar."""
    return sidecar.read((project / "content/transcripts/engines.yml").read_text("utf-8"), "engines.yml")


def asked_about(said: str) -> str:
    """Return the sentence that is asked about in the command's output."""
    question = re.search(r"^> (.*)$", said, re.MULTILINE)
    assert question
    return question[1]


def test_a_question_shows_its_context_and_the_answer_is_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(tmp_path, monkeypatch)
    said = answered(tmp_path / "book", monkeypatch, "1").output
    question = asked_about(said)
    assert "content/transcripts/engines.txt:1" in said
    stated = written(tmp_path / "book").turns
    at = PLAIN.index(question[:30])
    before = max(
        (start, each.speaker) for each in stated for start, _ in anchors.spans(PLAIN, each.at.text) if start <= at
    )
    assert before[1] == "ada-byron"


def test_the_number_of_questions_is_limited_by_the_length(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(tmp_path, monkeypatch)
    said = answered(tmp_path / "book", monkeypatch, "?" * 40).output
    assert said.count("Who says this?") == 5
    assert "further answers would settle little" in said


def test_an_undecidable_sentence_is_recorded_as_unknown_and_ends_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(tmp_path, monkeypatch)
    said = answered(tmp_path / "book", monkeypatch, "?").output
    question = asked_about(said)
    side = written(tmp_path / "book")
    assert [each.speaker for each in side.turns] == [None]
    assert anchors.spans(PLAIN, side.turns[0].at.text)[0][0] == PLAIN.index(question)
    after = PLAIN.index(question) + len(question) + 1
    assert after in [anchors.spans(PLAIN, each.at.text)[0][0] for each in side.proposed_turns]


def test_without_a_terminal_the_questions_are_printed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    before = (project / "content/transcripts/engines.yml").read_text("utf-8")
    said = CliRunner().invoke(main, ["speakers"], catch_exceptions=False)
    assert said.output == "content/transcripts/engines.txt: there is nothing to ask.\n"
    assert (project / "content/transcripts/engines.yml").read_text("utf-8") == before


def test_printed_questions_do_not_overlap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(tmp_path, monkeypatch)
    monkeypatch.chdir("book")
    said = CliRunner().invoke(main, ["speakers"], catch_exceptions=False).output
    numbers = re.findall(r"^(\d+)\. content/transcripts/engines\.txt:\d+: .+ or .+\?$", said, re.MULTILINE)
    assert numbers == [str(at + 1) for at in range(len(numbers))]
    assert len(numbers) > 1
    shown: set[str] = set()
    for question in re.split(r"^\d+\. .*$", said, flags=re.MULTILINE)[1:]:
        assert asked_about(question) not in shown
        shown |= {line[2:] for line in question.splitlines()}


def test_if_more_than_two_are_introduced_nobody_is_host_or_guest() -> None:
    others = (
        "I'm here with Grace Hopper, and with Joan Clarke. Grace Hopper, welcome. Joan Clarke, welcome. Thank you, "
    )
    others += "Grace. Thank you, Joan."
    drafted = proposed(MARKED.replace("What made you begin", f"{others} What made you begin"))
    assert {each.role for each in drafted.speakers} <= {""}
