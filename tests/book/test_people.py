"""Everybody who speaks under a name has a page, and unknown speakers are shown as unknown."""

import markup
from making import booked, pages_of, sentences, site
from talkbook.book import people

TALK = ">> Hello, I am the host.\n>> Hello, and thank you.\n>> You are welcome.\n"
SIDE = """\
speakers:
  zoe: {name: Zoë Quist, role: host}
  ann: {name: Ann Wise}
turns:
  - zoe: Hello, I am
  - ann: Hello, and
"""


def test_people_are_those_who_speak_under_a_name() -> None:
    made = booked(
        {"talk": TALK}, sides={"talk": SIDE}, people="Ann Wise:\n  description: A guest.\n  url: https://example.org/\n"
    )
    assert [(each.slug, each.name, each.description, each.url) for each in made.people] == [
        ("ann-wise", "Ann Wise", "A guest.", "https://example.org/"),
        ("zoe-quist", "Zoë Quist", "", ""),
    ]
    assert not made.problems


def test_one_person_in_two_talks_is_one_person() -> None:
    made = booked({"one": TALK, "two": TALK}, sides={"one": SIDE, "two": SIDE})
    assert [each.name for each in made.people] == ["Ann Wise", "Zoë Quist"]


def test_everybody_has_a_page_with_their_turns() -> None:
    context = site(booked({"talk": TALK}, sides={"talk": SIDE}))
    pages = {each.uri: each for each in pages_of(context)}
    turns = {each.speaker: each.id for each in context.book.transcripts[0].turns}
    for person in context.book.people:
        assert f"../../transcripts/talk/#{turns[person.slug]}" in list(
            markup.links(markup.body(pages[f"people/{person.slug}"].html))
        )
    listed = set(markup.links(markup.body(pages["people/index"].html)))
    assert {"../people/ann-wise/", "../people/zoe-quist/"} <= listed


def test_an_unknown_speaker_is_shown_as_unknown() -> None:
    context = site(booked({"talk": TALK}, sides={"talk": SIDE}))
    page = next(each for each in pages_of(context) if each.uri == "transcripts/talk")
    last = context.book.transcripts[0].turns[-1]
    assert last.speaker is None
    (turn,) = [each for each in markup.body(page.html).iter() if each.get("id") == last.id]
    assert "not known" in markup.text(turn)


def test_labels_lead_to_names() -> None:
    entries = people.read("Ann Wise:\n  labels: [AW, SPEAKER_01]\nZoë Quist: {}\n", "people.yml")
    assert people.labels(entries) == {
        "AW": "Ann Wise",
        "SPEAKER_01": "Ann Wise",
        "Ann Wise": "Ann Wise",
        "Zoë Quist": "Zoë Quist",
    }


TWO = "王伟: 你好。\n王微: 你好吗？\n王伟: 好。\n王微: 好的。\n"


def test_two_people_with_the_same_slug_have_two_pages() -> None:
    made = booked({"talk": TWO})
    assert {each.name for each in made.people} == {"王伟", "王微"}
    side = "speakers:\n  a: {name: 王伟}\n  b: {name: 王微}\nturns:\n  - a: Hello, I am\n  - b: Hello, and\n"
    made = booked({"talk": TALK}, sides={"talk": side})
    assert {each.name for each in made.people} == {"王伟", "王微"}
    assert not made.problems


def test_two_people_with_the_same_slug_in_two_talks_are_a_problem() -> None:
    second = "王微: 你好。\nTom Reed: Hi.\n王微: 好的。\nTom Reed: Bye.\n"
    assert sentences(booked({"one": TWO, "two": second})) == [
        'content/transcripts/two.txt: "王微" and "王伟" of content/transcripts/one.txt would both be "wang-wei" in '
        'addresses. In people.yml, give one of them a longer name, such as "王微 (of Rome)": {labels: ["王微"]}; '
        'or, if they are the same person, add "王微" to the labels of "王伟".'
    ]
    made = booked({"one": TWO, "two": second}, people='"王微 (of Rome)": {labels: ["王微"]}')
    assert not made.problems
    assert [each.slug for each in made.people] == ["tom-reed", "wang-wei", "wang-wei-of-rome"]


def test_a_name_in_people_yml_is_not_given_to_somebody_with_the_same_slug() -> None:
    made = booked({"one": TWO}, people="王为:\n  description: Somebody else.\n")
    assert {each.name for each in made.people} == {"王伟", "王微"}
    assert sentences(made) == ['content/people.yml:1: "王为" doesn\'t speak in any transcript. Remove the entry.']


def test_spellings_with_and_without_accents_are_one_person() -> None:
    talk = "Søren Łuk: Hi.\nAnn Wise: Hello.\nSøren Łuk: Bye.\nAnn Wise: Yes.\n"
    made = booked({"one": talk, "two": talk.replace("Søren Łuk", "Soren Luk")})
    assert not made.problems
    assert [each.slug for each in made.people] == ["ann-wise", "soren-luk"]
