"""The map of topics: a column in which related topics are close together, with an arc between any two of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from talkbook.model import Topic
from talkbook.pages.context import RenderContext
from talkbook.runtime.lists import grouped

_MOST = 80  # topics on the map: the most quoted
_WIDTH, _STEP = 120, 24  # units of the drawing: its width, and the height of a topic, enough for a finger
_WEAK = 1e-3  # weight between topics that aren't tied, so that the graph is connected


@dataclass(frozen=True, slots=True)
class MapNode:
    """A topic on the map. related: the topics to which it is tied, nearest first. quotes: how many it has."""

    topic: Topic
    related: Sequence[Topic]
    quotes: int


@dataclass(frozen=True, slots=True)
class TopicMap:
    """The topics from top to bottom, and a drawing of the arcs beside them, 24 units high for each topic."""

    places: Sequence[MapNode]
    drawing: Markup


def draw(context: RenderContext) -> TopicMap | None:
    """Return the map of the most quoted topics; None if there are fewer than four, or none are related."""
    book = context.book
    weight = {topic.slug: len(book.quotes_of[topic.slug]) for topic in book.topics}
    topics = sorted(book.topics, key=lambda topic: (-weight[topic.slug], topic.title))[:_MOST]
    index = {topic.slug: at for at, topic in enumerate(topics)}
    ties = {
        (min(at, index[each.topic]), max(at, index[each.topic]))
        for topic, at in ((topic, index[topic.slug]) for topic in topics)
        for each in book.relations[topic.slug]
        if each.topic in index and each.topic != topic.slug
    }
    if len(topics) < 4 or not ties:
        return None
    row = order(len(topics), ties)
    rank = {at: place for place, at in enumerate(row)}
    closest = sorted(ties, key=lambda tie: abs(rank[tie[0]] - rank[tie[1]]))
    near = grouped(pair for one, other in closest for pair in ((one, topics[other]), (other, topics[one])))
    places = [MapNode(topics[at], near[at], weight[topics[at].slug]) for at in row]
    return TopicMap(places, _drawn(sorted(sorted((rank[one], rank[other])) for one, other in ties), len(row)))


def order(number: int, ties: set[tuple[int, int]]) -> Sequence[int]:
    """Return the numbers from 0 to `number` - 1 in an order in which tied numbers are close: spectral seriation.

    They are sorted by the Fiedler vector of the graph, which minimises the sum of the squared lengths of ties (Atkins,
    Boman and Hendrickson, A Spectral Algorithm for Seriation, 1998).
    """
    weights = np.full((number, number), _WEAK)
    for one, other in ties:
        weights[one, other] = weights[other, one] = 1.0
    laplacian = np.diag(weights.sum(axis=0)) - weights
    vector = np.linalg.eigh(laplacian)[1][:, 1]
    # Its sign is arbitrary. The first topic, which has the most quotes, is put in the upper half.
    vector = np.round(vector if vector[0] <= 0 else -vector, 6)
    return sorted(range(number), key=lambda at: (vector[at], at))


def _drawn(arcs: Sequence[Sequence[int]], number: int) -> Markup:
    paths = []
    for first, last in arcs:
        top, bottom = first * _STEP + _STEP // 2, last * _STEP + _STEP // 2
        reach = round(_WIDTH * 1.3 * ((last - first) / max(1, number - 1)) ** 0.5)
        paths.append(f"M{_WIDTH} {top}C{_WIDTH - reach} {top} {_WIDTH - reach} {bottom} {_WIDTH} {bottom}")
    return Markup(
        f'<svg class="tb-arcs" viewBox="0 0 {_WIDTH} {number * _STEP}" preserveAspectRatio="none" aria-hidden="true">'
        f'<path d="{"".join(paths)}"/></svg>'
    )


def sizes(places: Sequence[MapNode]) -> Mapping[str, int]:
    """Return slug of a topic -> its size on the map, from 1 to 4."""
    most = max((place.quotes for place in places), default=0) or 1
    return {place.topic.slug: 1 + round(3 * place.quotes / most) for place in places}
