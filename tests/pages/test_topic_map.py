"""The map of topics shows each of them once, close to related ones, and each topic's page links to the next."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from making import booked, page, site
from talkbook.pages.topics import topic, topic_index, topic_map

NAMES = [f"Topic {letter}" for letter in "ABCDEF"]
TOPICS = {
    f"topic-{at}": page(name, related=f"[topic-{(at + 1) % len(NAMES)}]") for at, name in enumerate(NAMES) if at != 5
} | {"topic-5": page(NAMES[5])}


@given(st.integers(4, 12).flatmap(lambda n: st.tuples(st.just(n), st.permutations(range(n)))))
def test_a_chain_of_topics_is_laid_out_as_a_chain(chain: tuple[int, list[int]]) -> None:
    number, row = chain
    ties = {(min(pair), max(pair)) for pair in pairwise(row)}
    found = topic_map.order(number, ties)
    assert list(found) in (list(row), list(row)[::-1])


@given(
    st.integers(2, 12).flatmap(
        lambda n: st.tuples(st.just(n), st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1))))
    )
)
def test_every_topic_is_on_the_map_once(graph: tuple[int, set[tuple[int, int]]]) -> None:
    number, pairs = graph
    ties = {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}
    assert sorted(topic_map.order(number, ties)) == list(range(number))


def test_the_index_of_topics_begins_with_the_map() -> None:
    context = site(booked({}, TOPICS))
    html = topic_index.topics(context).html
    drawn, _, rest = html.partition('id="by-letter"')
    assert drawn.count("<li>") == len(NAMES)
    assert drawn.count("M120 ") == len(NAMES) - 1
    for name in NAMES:
        assert f">{name}</a>" in drawn
        assert f">{name}</a>" in rest


def test_two_topics_need_no_map() -> None:
    context = site(booked({}, {"a": page("A", related="[b]"), "b": page("B")}))
    assert 'id="map"' not in topic_index.topics(context).html


def test_each_topic_links_to_the_next_by_title() -> None:
    context = site(booked({}, TOPICS))
    first, second = (topic.page(context, context.book.topic[f"topic-{at}"]).html for at in (0, 1))
    assert 'rel="prev"' not in first
    assert 'rel="next" href="../../topics/topic-1/"' in first
    assert 'rel="prev" href="../../topics/topic-0/"' in second
