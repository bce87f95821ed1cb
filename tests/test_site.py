"""This repository's knowledge base: speakers are right, quotes are proven, topics are complete and explained."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import yaml
from jsonschema import Draft202012Validator

import building
import markup
from making import ROOT
from talkbook.book import build
from talkbook.book.book import Book
from talkbook.matching.topic_names import fold
from talkbook.sources import content_folder
from talkbook.text import anchors
from talkbook.transcripts import source_map

SLUG = "gemini-3-pre-training"
TALK = ROOT / f"content/transcripts/{SLUG}.txt"
SHARED = ROOT.parent / "shared/interview/transcript.txt"
CHANGES, UNMARKED = 102, 22  # changes of speaker, counted by hand; those that the captions don't mark
TOPICS = [
    "mixture-of-experts",
    "chinchilla",
    "retro",
    "evals",
    "data-limited-regime",
    "continual-learning",
    "scaling-laws",
    "synthetic-data",
    "long-context",
    "research-taste",
    "pre-training",
    "post-training",
    "native-multimodality",
    "transformer",
    "retrieval",
    "reinforcement-learning-scaling",
    "agents",
    "vibe-coding",
    "thinking-models",
    "alignment",
    "benchmark-contamination",
    "inference-cost",
    "reasoning-traces",
    "research-engineering",
    "tpus",
    "gopher",
    "gemini-3",
    "ai-for-science",
    "generalist-models",
    "team-organisation",
]
# Mishearings of names and terms in the captions; none is English that could have been said here.
MISHEARD = (
    "Bourjou|oral viney|Sasabis|de mind|deep mind|Deepmind|anti-gravity|GBT|New RIPs|imagelet|mixtron|computer optimal|"
    "VIP coding|obiates|dayto-day|MOE|XLNET|Metas list|Matt podcast|open eye|in frost|scaling loss|held out emails|"
    "like Germany|multimodel|train thought|model field|printing side|switch tax|Matt Turk|a retro|rag|retro|chinchilla|"
    "anti gravity|uh|um|mhm"
)


@pytest.fixture(scope="module")
def made() -> Book:
    return build.build(content_folder.read(ROOT / "content", ROOT))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly and without warnings."""
    folder = tmp_path_factory.mktemp("site")
    assert building.build(ROOT, folder) == []
    return folder


def written(path: Path) -> Element:
    return markup.parse(path.read_text("utf-8"))


def read(site: Path, name: str) -> Any:
    return json.loads((site / name).read_text("utf-8"))


def test_nothing_is_wrong_with_the_sources(made: Book) -> None:
    assert [str(problem) for problem in made.problems] == []


@pytest.mark.skipif(not SHARED.is_file(), reason="the transcript as it was received is not beside the project")
def test_the_transcript_is_the_one_received() -> None:
    assert TALK.read_bytes() == SHARED.read_bytes()


def test_every_spoken_character_is_in_a_turn_and_in_one_only(made: Book) -> None:
    (talk,) = made.transcripts
    assert talk.source == TALK.read_text("utf-8")
    assert all(one.end <= other.start for one, other in pairwise(talk.turns))
    between = [talk.source[one.end : other.start] for one, other in pairwise(talk.turns)]
    assert {gap.strip() for gap in between} <= {"", ">>"}
    assert talk.turns[0].start == 0
    assert not talk.source[talk.turns[-1].end :].strip()


def test_every_turn_has_a_speaker_or_says_that_nobody_knows(made: Book) -> None:
    (talk,) = made.transcripts
    assert {each.person for each in talk.speakers} == {"matt-turck", "sebastian-borgeaud"}
    assert {turn.speaker for turn in talk.turns} <= {"matt-turck", "sebastian-borgeaud", None}
    unknown = sum(turn.end - turn.start for turn in talk.turns if turn.speaker is None)
    assert unknown / len(talk.source) < 0.002


def test_the_changes_of_speaker_are_those_that_were_counted(made: Book) -> None:
    (talk,) = made.transcripts
    changes = [(one, other) for one, other in pairwise(talk.turns) if one.speaker != other.speaker]
    assert len(changes) == CHANGES
    assert sum(">>" not in talk.source[one.end : other.start] for one, other in changes) == UNMARKED


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("I don't really see an end in sight", "sebastian-borgeaud"),
        ("Please enjoy this great conversation", "matt-turck"),
        ("Sebastian, welcome", "matt-turck"),
        ("That's fascinating.", "matt-turck"),
        ("falls in I believe so", "sebastian-borgeaud"),
        ("This is I know I'm asking the right questions", "matt-turck"),
        ("My dad has a technical", "sebastian-borgeaud"),
        ("Thanks for listening", "matt-turck"),
        ("unfortunately I can't comment on", "sebastian-borgeaud"),
    ],
)
def test_words_are_in_the_right_mouth(made: Book, words: str, speaker: str) -> None:
    (talk,) = made.transcripts
    found = anchors.spans(talk.source, words)
    assert found
    speakers = {turn.speaker for start, end in found for turn in talk.turns if turn.start <= start and end <= turn.end}
    assert speakers == {speaker}


def test_nothing_is_quoted_from_the_cold_open(made: Book) -> None:
    (talk,) = made.transcripts
    cold = next(section for section in talk.sections if section.kind == "cold-open")
    assert all(quote.start >= cold.end for quote in made.quotes)
    assert all(mention.start >= cold.end for mentions in made.mentions_of.values() for mention in mentions)


def test_every_recorded_correction_is_made(made: Book) -> None:
    (talk,) = made.transcripts
    side = yaml.safe_load(TALK.with_suffix(".yml").read_text("utf-8"))
    for each in side["corrections"]:
        ((start, end),) = anchors.spans(talk.source, each["in"])
        (at,) = (span for span in anchors.spans(talk.source, each["heard"]) if start <= span[0] and span[1] <= end)
        (edit,) = (edit for edit in talk.edits if edit.start <= at[0] and at[1] <= edit.end)
        shown = f"[{each['means']}]" if each.get("sense") else each["means"]
        assert edit.text.lower() == shown.lower() or edit.kind == "filler", each
    assert all(edit.why for edit in talk.edits if edit.kind == "correction")


def test_no_misheard_word_is_left_in_a_quote(made: Book, site: Path) -> None:
    heard = [re.escape(entry.heard) for entry in made.lexicon.entries if not entry.near]
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join([MISHEARD, *heard])})(?!\w)")
    for quote in read(site, "quotes.json"):
        assert not pattern.search(quote["text"]), quote["text"]


def test_every_quote_is_in_the_source_at_its_place_and_in_its_turn(site: Path) -> None:
    source = TALK.read_text("utf-8")
    turns = {turn["id"]: turn for turn in read(site, "transcripts.json")[0]["turns"]}
    quotes = read(site, "quotes.json")
    assert len(quotes) > 60
    for quote in quotes:
        assert source[quote["start"] : quote["end"]] == quote["exact"]
        turn = turns[quote["turn"]]
        assert turn["start"] <= quote["start"] < quote["end"] <= turn["end"]
        assert quote["speaker"] == turn["speaker"]
    assert (site / f"transcripts/{SLUG}.source.txt").read_text("utf-8") == source


def test_quotes_are_a_sentence_to_a_short_paragraph(site: Path) -> None:
    lengths = [len(quote["text"].split()) for quote in read(site, "quotes.json") if quote["selected_by"] == "generator"]
    assert max(lengths) <= 180
    assert sum(length >= 25 for length in lengths) >= 0.9 * len(lengths)


@pytest.mark.parametrize("name", ["topics", "quotes", "transcripts"])
def test_the_data_is_valid(site: Path, name: str) -> None:
    Draft202012Validator(read(site, f"schemas/{name}.schema.json")).validate(read(site, f"{name}.json"))


@pytest.mark.parametrize("slug", TOPICS)
def test_a_topic_that_must_exist_is_there_and_quoted(made: Book, slug: str) -> None:
    assert made.quotes_of.get(slug), slug


def test_every_topic_is_explained_in_120_to_400_words(made: Book) -> None:
    assert {topic.slug: size for topic in made.topics if not 120 <= (size := len(topic.body.split())) <= 400} == {}
    assert all(topic.summary and topic.status != "stub" for topic in made.topics)


def test_explanations_hold_no_quotations_of_their_own(made: Book) -> None:
    """Only the generator quotes, from the source."""
    (talk,) = made.transcripts
    said = " ".join(fold(source_map.shown(talk.source, talk.edits)).split())
    for topic in made.topics:
        for words in re.findall(r"[\"“]([^\"“”]+)[\"”]", topic.body):
            if len(words.split()) > 4:
                assert " ".join(fold(words).split()).strip(" .,?!") in said, topic.slug


def test_every_link_and_anchor_leads_somewhere(site: Path) -> None:
    assert building.dead(site) == []


def test_no_page_asks_another_host_for_anything(site: Path) -> None:
    assert building.foreign(site) == []


def test_no_id_stands_twice_on_a_page(site: Path) -> None:
    for path, page in building.pages(site):
        ids = markup.ids(page)
        assert len(ids) == len(set(ids)), path


def test_every_page_says_what_it_is(site: Path) -> None:
    for path, page in building.pages(site):
        if path.startswith(("404", "embed/")) or page.find("head//meta[@http-equiv='refresh']") is not None:
            continue
        assert (page.findtext("head/title") or "").strip(), path
        assert page.find("head/meta[@name='description']") is not None, path
        assert len(list(page.iter("h1"))) <= 1, path


def test_a_quotes_own_page_names_its_conversation(made: Book, site: Path) -> None:
    talk = made.transcript[SLUG]
    for quote in made.quotes[:3]:
        (cast,) = written(site / f"quotes/{quote.id}/index.html").findall(".//p[@class='tb-cast']")
        assert markup.text(cast) == f"In {talk.title}, {talk.show}"


def test_a_page_that_is_not_there_leads_on(site: Path) -> None:
    (article,) = written(site / "404.html").findall(".//article")
    assert {"/topics/", "/people/"} <= {*markup.links(article)}


def test_the_list_that_a_page_belongs_to_is_lit(site: Path) -> None:
    for path, named in (("topics/evals", "Topics"), ("people/matt-turck", "People")):
        (tab,) = written(site / path / "index.html").findall(".//li[@class='md-tabs__item md-tabs__item--active']")
        assert markup.text(tab).strip() == named


def test_search_has_every_topic_by_title_and_alias_and_each_passage_once(made: Book, site: Path) -> None:
    entries = building.indexed(site)
    by_place = {each.place: each for each in entries}
    for topic in made.topics:
        entry = by_place[f"topics/{topic.slug}/"]
        assert entry.kind == "topic"
        assert all(name in f"{entry.title} {entry.text}" for name in topic.names)
    places = [each.place for each in entries]
    for quote in made.quotes:
        assert places.count(f"transcripts/{SLUG}/#{quote.id}") == 1
    (talk,) = made.transcripts
    for turn in talk.turns:
        assert not turn.quotable or places.count(f"transcripts/{SLUG}/#{turn.id}") == 1


def test_the_transcript_can_be_read_as_captioned(made: Book, site: Path) -> None:
    """The page contains the whole source: without the insertions, each paragraph is that of the source."""
    (talk,) = made.transcripts
    page = dict(building.pages(site))[f"transcripts/{SLUG}/index.html"]
    places = {each.get("id"): each for each in page.iter() if each.get("id")}
    for turn in talk.turns:
        for paragraph in turn.paragraphs:
            shown = markup.text(places[paragraph.id], without="ins")
            assert shown.startswith(talk.source[paragraph.start : paragraph.end])
