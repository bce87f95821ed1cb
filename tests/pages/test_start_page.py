"""The start page has a map of what is spoken about and takeaways; places are given in terms that readers understand."""

import re
from collections.abc import Mapping
from itertools import pairwise

import pytest

from making import booked, built, in_other_words, page, site
from talkbook.pages import home_page, maps, places, takeaways
from talkbook.pages.quotes import quote
from talkbook.pages.topics import topic
from talkbook.sources import sidecar

TURNS = [
    "**Ida:** What do you do with leaves?",
    "**Tom:** I make compost of all the leaves that fall in autumn, and in a year it is earth, because worms eat it.",
    "**Ida:** And the worms?",
    "**Tom:** Worms need air and water, so I turn the compost every month, and never let it dry out in summer.",
    "**Ida:** And in winter?",
    "**Tom:** Frost does no harm to mulch at all, because mulch keeps the earth below it warm and the roots alive.",
]
TALK = "\n\n".join(TURNS) + "\n"
TOPICS = {
    "compost": page("Compost", "Compost is earth made of leaves."),
    "worms": page("Worms", "Worms eat leaves."),
    "mulch": page("Mulch", "Mulch keeps earth warm."),
}
SIDE = """
sections:
  - {at: What do you do with leaves, title: Leaves}
  - {at: And the worms, title: Worms}
  - {at: And in winter, title: Winter}
"""


def home(spoken: Mapping[str, str | bytes], sides: Mapping[str, str], topics: Mapping[str, str] = TOPICS) -> str:
    return home_page.page(site(booked(spoken, topics, sides))).html


def test_a_conversations_start_page_has_a_map_of_its_sections_by_topics() -> None:
    context = site(booked({"talk.md": TALK}, TOPICS, {"talk": SIDE}))
    found = maps.build(context)
    assert found
    assert [row.header.title for row in found.rows] == ["Leaves", "Worms", "Winter"]
    assert {head.title for head in found.columns} == {"Compost", "Worms", "Mulch"}
    cells = {
        (row.header.title, head.title): cell
        for row in found.rows
        for head, cell in zip(found.columns, row.cells, strict=True)
    }
    assert cells["Winter", "Mulch"]
    assert cells["Winter", "Mulch"].quoted
    assert cells["Leaves", "Mulch"] is None
    html = home_page.page(context).html
    for row in found.rows:
        for cell in filter(None, row.cells):
            assert f'<a href="{cell.address}" title="{cell.title}">' in html


@pytest.mark.parametrize("number", [3, 40])
def test_an_archives_start_page_has_a_map_of_topics_by_conversation_or_year(number: int) -> None:
    spoken: dict[str, str | bytes] = {f"talk-{at}.md": in_other_words(TALK, at) for at in range(number)}
    sides = {f"talk-{at}": f"date: {2015 + at % 4}-03-0{1 + at % 9}\n" for at in range(number)}
    found = maps.build(site(booked(spoken, TOPICS, sides)))
    assert found
    assert {row.header.title for row in found.rows} == {"Compost", "Worms", "Mulch"}
    heads = [head.title for head in found.columns]
    assert heads == (["2015", "2016", "2017", "2018"] if number > 10 else ["Talk 0", "Talk 1", "Talk 2"])
    marks = [cell for row in found.rows for cell in row.cells if cell]
    assert len(marks) >= len(found.rows)
    assert all(1 <= cell.size <= 4 for cell in marks)


def test_a_curators_takeaways_come_first() -> None:
    side = "takeaways:\n  - never let it … dry out in summer\n"
    context = site(booked({"talk.md": TALK}, TOPICS, {"talk": SIDE + side}))
    first, *others = takeaways.choose(context)
    assert first.words == "never let it dry out in summer"
    assert first.speaker
    assert first.speaker.name == "Tom"
    assert others
    assert len({each.words for each in (first, *others)}) == 1 + len(others)
    assert "turn 4 of 6" in home_page.page(context).html


def test_takeaways_are_not_questions_and_come_from_different_sections() -> None:
    found = takeaways.choose(site(booked({"talk.md": TALK}, TOPICS, {"talk": SIDE})))
    assert 1 < len(found) <= 8
    assert not any(each.words.endswith("?") for each in found)
    assert len({each.in_transcript for each in found}) == len(found)


def test_takeaways_are_by_guests_rather_than_hosts() -> None:
    talk = {"talk.md": TALK.replace("**Tom:** Worms", "**Ann:** Worms")}
    for role, speaker in (("guest", "Tom"), ("host", "Ann")):
        side = f"speakers:\n  tom: {{name: Tom, role: {role}}}\n"
        (found,) = takeaways.choose(site(booked(talk, TOPICS, {"talk": side})))
        assert found.speaker
        assert found.speaker.name == speaker


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("no such words", '"no such words" is not in content/transcripts/talk.txt.'),
        ("And the worms … water", '"And the worms … water" is not within one turn.'),
    ],
)
def test_a_takeaway_that_is_not_found_is_reported(words: str, message: str) -> None:
    plain = TALK.replace("**", "")
    _, problems = built(plain, f"takeaways:\n  - {words}\n")
    assert [(each.line, each.message) for each in problems] == [(2, message)]


def test_a_curator_can_name_at_most_eight_takeaways() -> None:
    side = sidecar.read("takeaways: [a, b, c, d, e, f, g, h, i]\n", "content/transcripts/talk.yml")
    assert side.takeaways == ()
    assert [(each.message, each.hint) for each in side.problems] == [
        ('"takeaways" has 9 items; at most 8 are allowed.', "Remove some.")
    ]


RECORDING = "media: https://www.youtube.com/watch?v=abc\n"


def test_without_times_a_place_is_estimated_from_the_length_and_links_to_the_recording() -> None:
    context = site(booked({"talk.md": TALK}, TOPICS, {"talk": SIDE + RECORDING + 'duration: "54:56"\n'}))
    (mulch,) = context.book.quotes_of["mulch"]
    found = re.search(r"about (\d+) of 55 min", places.place(context.book.transcripts[0], mulch.start))
    assert found
    share = mulch.start / len(context.book.transcripts[0].source)
    assert abs(int(found[1]) - share * 54.93) <= 1
    for html in (topic.page(context, context.book.topic["mulch"]).html, quote.page(context, mulch).html):
        assert found[0] in html
        (seconds,) = {int(each) for each in re.findall(r"watch\?v=abc&amp;t=(\d+)s", html)}
        assert 0 <= share * 3296 - seconds <= 15


@pytest.mark.parametrize("side", ["", 'duration: "0:40"\n', "duration: an hour\n"])
def test_without_times_or_length_a_place_is_a_turn(side: str) -> None:
    (talk,) = booked({"talk.md": TALK}, TOPICS, {"talk": SIDE + RECORDING + side}).transcripts
    assert places.place(talk, talk.source.index("Frost")) == "turn 6 of 6"
    assert list(places.brief(talk, [0, talk.source.index("Frost")])) == ["turn 1", "turn 6"]


def test_each_quote_links_to_the_next_of_its_conversation() -> None:
    context = site(booked({"talk.md": TALK}, TOPICS))
    row = context.book.quotes
    assert len(row) > 1
    html = [quote.page(context, each).html for each in row]
    for at, (before, after) in enumerate(pairwise(row)):
        assert f'rel="next" href="../../quotes/{after.id}/"' in html[at]
        assert f'rel="prev" href="../../quotes/{before.id}/"' in html[at + 1]
    assert 'rel="next"' not in html[-1]
