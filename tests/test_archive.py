"""Many conversations: usable lists, quotes chosen across them, and doubts that don't stop a build."""

from pathlib import Path
from posixpath import join, normpath

import building
import markup
from making import booked, page, pages_of, site
from talkbook.pages import home_page, people_pages, routes
from talkbook.pages.context import RenderContext
from talkbook.pages.conversations import conversation_lists
from talkbook.pages.topics import topic, topic_index, topic_passages
from talkbook.plugin.render import pages
from talkbook.text import speaker_labels

TALK = "**Ida Moss:** Why talk {}?\n\n**Tom Reed:** Compost is what worms need, and number {} is why we make compost.\n"


def many(count: int) -> dict[str, str]:
    return {f"talk-{number}.md": TALK.format(number, number) for number in range(1, count + 1)}


def test_what_has_no_date_stands_in_the_order_of_its_numbers() -> None:
    made = booked(many(11), sides={"talk-3": "date: 2020-01-02\n", "talk-10": "date: 2021-01-02\n"})
    order = [each.slug.removeprefix("talk-") for each in conversation_lists.latest(made.transcripts)]
    assert order == ["10", "3", "1", "2", "4", "5", "6", "7", "8", "9", "11"]


def firsts(context: RenderContext, *kinds: str) -> list[str]:
    """Return the URIs of lists of these kinds, without those of their further pages."""
    return [uri for uri in conversation_lists.lists(context) if uri.split("/")[0] in kinds and uri.count("/") == 1]


def test_many_conversations_are_listed_by_show_and_year() -> None:
    sides = {f"talk-{number}": f"show: Garden {number % 2}\n" for number in range(1, 62)}
    undated = site(booked(many(61), sides=sides))
    assert firsts(undated, "shows", "years") == ["shows/garden-0", "shows/garden-1"]
    assert "By year" not in conversation_lists.page(undated, conversation_lists.INDEX).html
    sides["talk-7"] += "date: 2020-01-02\n"
    dated = site(booked(many(61), sides=sides))
    assert {*firsts(dated, "years")} == {"years/2020", "years/undated"}
    assert "Talk 7" in conversation_lists.page(dated, conversation_lists.INDEX).html.partition('id="latest"')[2][:400]


def linked(context: RenderContext, start: str, to: str) -> set[str]:
    """Return the URIs that begin with `to` and are linked from the page at `start`, or from the pages of its list."""
    found: set[str] = set()
    waiting, seen = [start], {start}
    while waiting:
        uri = waiting.pop()
        html = routes.spec(context, uri).make().html
        assert len(html.encode()) < 100_000
        here = context.site.addresses.of(uri)
        addresses = {normpath(join(here, each)).partition("#")[0] for each in markup.links(markup.body(html))}
        found |= {each for each in addresses if each.startswith(to)}
        behind = {each for each in addresses if each.split("/")[0] in ("conversations", "said", "names", "letters")}
        waiting += behind - seen
        seen |= behind
    return found


def test_every_conversation_can_be_reached_from_the_list_and_from_who_speaks() -> None:
    context = site(booked(many(120)))
    every = {f"transcripts/talk-{number}" for number in range(1, 121)}
    assert linked(context, "transcripts/index", "transcripts/talk") == every
    assert linked(context, "with/tom-reed", "transcripts/talk") < every
    pages = [uri for uri in conversation_lists.lists(context) if uri.startswith("with/tom-reed")]
    assert set().union(*(linked(context, uri, "transcripts/talk") for uri in pages)) == every
    assert 'href="../../with/tom-reed/"' in routes.spec(context, "people/tom-reed").make().html


def test_every_quote_of_a_person_can_be_reached() -> None:
    talks = {f"talk-{at}.md": TALK.format(at, f"{at} of all these") for at in range(130)}
    context = site(booked(talks, {f"t{at}": page(f"Number {at}") for at in range(130)}))
    in_navigation = [uri for uri in routes.uris(context) if pages.inclusion(uri).is_in_nav()]
    assert in_navigation == ["index", "topics/index", "transcripts/index", "people/index"]
    quotes = {f"quotes/{quote.id}" for quote in context.quoted["tom-reed"]}
    assert len(quotes) > 100
    assert linked(context, "people/tom-reed", "quotes/") == quotes


def test_many_topics_and_many_people_are_listed_by_letter() -> None:
    talks = {f"talk-{at}.md": f"**Ann{at} Lee:** So.\n\n**Bob{at} Ray:** Yes.\n" for at in range(210)}
    topics = {f"t{at}": page(f"{'AB'[at % 2]}pple {at}", aliases=f"[Pear {at}]") for at in range(230)}
    context = site(booked(talks, topics))
    assert len(linked(context, "topics/index", "topics/t")) == 230
    assert len(linked(context, "people/index", "people/")) == 420


def test_an_archive_starts_with_its_newest_conversations_and_what_is_spoken_of_most() -> None:
    sides = {f"talk-{number}": f"date: 2020-01-{number:02}\n" for number in range(1, 14)}
    spoken = {**many(13), "talk-1.md": TALK.format(1, "one, as a mole knows") + "\n**Ida Moss:** A mole? A worm.\n"}
    subjects = {f"subject-{number}": page(f"Subject {number}") for number in range(60)}
    context = site(booked(spoken, {**subjects, "mole": page("Mole"), "zoo": page("Zoo")}, sides=sides))
    home = markup.body(home_page.page(context).html)
    titles = [markup.text(each) for each in home.iter("p") if each.get("class") == "tb-glance-title"]
    assert titles == [f"Talk {number}" for number in range(13, 1, -1)]
    assert "All 13 conversations" in markup.text(home)
    (first, *_) = next(each for each in home.iter("ul") if each.get("class") == "tb-starts").iter("a")
    assert markup.text(first) == "Mole"
    (chips,) = [each for each in home.iter("span") if each.get("class") == "tb-chips"]
    *shown, last = map(markup.text, chips)
    assert (len(shown), last) == (40, "22 more")
    assert "Mole" in shown


def test_what_says_most_on_a_topic_comes_first_then_what_is_newest() -> None:
    sides = {"talk-3": "date: 2020-01-02\n", "talk-2": "date: 2021-01-02\n"}
    more = (
        TALK.format(5, 5) + "\n**Ida Moss:** Compost?\n\n**Tom Reed:** Compost is made of leaves, so compost is slow.\n"
    )
    context = site(booked({**many(11), "talk-5.md": more}, {"compost": page("Compost")}, sides=sides))
    passages = context.book.passages_of["compost"]
    order = list(dict.fromkeys(each.transcript for each in passages))
    assert order[:3] == ["talk-5", "talk-2", "talk-3"]
    assert {*order} == {each.slug for each in context.book.transcripts}
    assert [each.start for each in passages if each.transcript == "talk-5"] == sorted(
        each.start for each in passages if each.transcript == "talk-5"
    )
    quoted = [order.index(each.transcript) for each in topic.quoted(context, context.book.topic["compost"])]
    assert quoted == sorted(quoted)


def test_a_topics_page_has_the_best_passages_and_lists_behind_it_have_all() -> None:
    context = site(booked(many(120), {"compost": page("Compost")}))
    html = topic.page(context, context.book.topic["compost"]).html
    assert html.count('<li id="p') == topic_passages.BEST
    lists = [uri for uri in routes.uris(context) if uri.startswith("passages/")]
    assert lists == ["passages/compost/1", "passages/compost/2"]
    assert "passages/compost/1" in html
    whole = "".join(topic_passages.page(context, uri).html for uri in lists)
    for passage in context.book.passages_of["compost"]:
        source = context.book.transcript[passage.transcript].source
        assert source[passage.start : passage.end] in whole


def test_topics_are_listed_by_conversation_only_where_these_are_few() -> None:
    few, more = (topic_index.topics(site(booked(many(number), {"compost": page("Compost")}))) for number in (12, 13))
    assert [each.title for each in few.contents] == ["By letter", "By kind", "By conversation"]
    assert [each.title for each in more.contents] == ["By letter", "By kind"]
    assert "By conversation" not in more.html


def test_two_shows_whose_names_are_one_in_addresses_have_two_lists() -> None:
    sides = {f"talk-{number}": f"show: {['播客', '波克'][number % 2]}\n" for number in range(1, 62)}
    lists = conversation_lists.lists(site(booked(many(61), sides=sides)))
    shows = [listed for uri, listed in lists.items() if uri.startswith("shows/")]
    assert [(listed.title, listed.total) for listed in shows] == [("播客", 30), ("波克", 31)]
    assert {talk.show for listed in shows for talk in listed.items if talk.show != listed.title} == set()


def test_a_person_in_many_conversations_has_a_short_list_first() -> None:
    context = site(booked(many(25)))
    html = people_pages.page(context, context.book.person["tom-reed"]).html
    assert "In 25 conversations" in html
    assert html.count("/talk-") == 20
    assert "All 25 conversations</a>" in html


def test_a_topics_page_says_from_which_conversations_it_takes() -> None:
    context = site(booked(many(60), {"compost": page("Compost")}))
    html = topic.page(context, context.book.topic["compost"]).html
    assert html.count('class="tb-strip"') == 3
    assert "In 60 conversations" in html
    passages = markup.text(markup.body(html.partition('id="passages"')[2]))
    assert sum(f"Talk {number}" in passages for number in range(1, 61)) >= 30


def test_a_clip_is_a_part_of_the_recording_and_nobody() -> None:
    text = TALK.format(1, 1) + "\n**Clip from Go Time:** Hear, hear.\n\n**Ida Moss:** That was it.\n"
    (transcript,) = booked({"talk.md": text}).transcripts
    assert [turn.speaker for turn in transcript.turns] == ["ida-moss", "tom-reed", None, "ida-moss"]
    assert [section.kind for section in transcript.sections] == ["break"]


def test_a_break_is_no_entry_of_the_contents_list() -> None:
    text = TALK.format(1, 1) + "\n**Break:** \\[00:40\\]\n\n**Ida Moss:** So.\n\n## Worms\n\n**Tom Reed:** They dig.\n"
    (made,) = [each for each in pages_of(site(booked({"talk.md": text}))) if each.uri == "transcripts/talk"]
    assert [each.title for each in made.contents] == ["Worms"]
    assert '<h2 id="break">' in made.html


def test_names_that_begin_like_a_label_are_names() -> None:
    for name in ("chg", "Ally", "Mann", "Botha", "Usher"):
        assert not speaker_labels.anonymous(name), name
    for label in ("Speaker A", "SpeakerB", "Speaker 1", "CH1", "channel_2", "Q", "Audience member"):
        assert speaker_labels.anonymous(label), label


def test_a_doubt_about_what_was_received_stops_no_build(tmp_path: Path) -> None:
    project = building.copied("bare", tmp_path)
    (project / "content/transcripts/doubt.md").write_text(TALK.format(1, 1) + "\n**Tom Reed:**\n\n**Audience:** Yes.\n")
    assert building.build(project, tmp_path / "site") == []
    (transcript,) = booked({"doubt.md": "**Ida:** A.\n\n**Audience:** B.\n"}).transcripts
    assert transcript.turns[-1].speaker is None
