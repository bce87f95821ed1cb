"""The start page: what the site is about, and where to begin."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from talkbook.model import Topic
from talkbook.pages import maps, takeaways
from talkbook.pages.context import RenderContext
from talkbook.pages.conversations import conversation_lists
from talkbook.pages.page import Page
from talkbook.runtime.lists import grouped

_STARTS = 6  # topics offered as a start
_LATEST = 12  # conversations listed
_TOPICS = 40  # topics listed of each kind


@dataclass(frozen=True, slots=True)
class Kind:
    """The most quoted topics of one kind, sorted by title. others: how many more there are."""

    name: str
    topics: Sequence[Topic]
    others: int


def page(context: RenderContext, intro: str = "") -> Page:
    """Return the start page. intro: handwritten HTML, which is shown first."""
    html = context.render(
        "home",
        "index",
        intro=intro,
        map=maps.build(context),
        takeaways=takeaways.choose(context),
        starts=_most(context, context.book.topics, _STARTS) if len(context.book.transcripts) > 1 else (),
        latest=conversation_lists.latest(context.book.transcripts)[:_LATEST],
        kinds=list(_kinds(context)),
    )
    return Page("index", "Home", html, context.site.description)


def _kinds(context: RenderContext) -> Iterator[Kind]:
    by_title = sorted(context.book.topics, key=lambda topic: topic.title.lower())
    for name, topics in grouped((topic.kind, topic) for topic in by_title).items():
        listed = {topic.slug for topic in _most(context, topics, _TOPICS)}
        yield Kind(name, [topic for topic in topics if topic.slug in listed], len(topics) - len(listed))


def _most(context: RenderContext, topics: Sequence[Topic], number: int) -> Sequence[Topic]:
    """Return the topics with the most quotes and, among equals, the most mentions."""

    def spoken(topic: Topic) -> tuple[int, int, str]:
        quotes, mentions = context.book.quotes_of[topic.slug], context.book.mentions_of[topic.slug]
        return -len(quotes), -len(mentions), topic.title

    return sorted(topics, key=spoken)[:number]
