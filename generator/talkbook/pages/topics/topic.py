"""The page of a topic."""

from collections import Counter
from collections.abc import Iterator, Sequence, Sized
from dataclasses import dataclass, replace
from functools import partial

from talkbook.book import citation
from talkbook.book.relations import Backlink
from talkbook.drafting import definitions
from talkbook.model import Mention, Quote, Topic
from talkbook.pages import old_anchors
from talkbook.pages.context import RenderContext
from talkbook.pages.conversations import conversation_lists
from talkbook.pages.page import Page, SearchEntry, TocHeading
from talkbook.pages.quotes import citations, quote_card
from talkbook.pages.topics import appearances, topic_mentions, topic_passages
from talkbook.text import scripts

LINES = 40  # mentions listed on a page
_EXPLAINED = 12  # pages that link here and are shown with the sentence; others are only named
_BARE = "named by the editors"  # reason of a relation about which nothing else is known; a sentence says more
_LONG = 60  # words; a longer explanation is folded below the summary, so that the quotes are visible at once


@dataclass(frozen=True, slots=True)
class Related:
    """A related topic, and why it is related. sentence: the one that links here on its page; "" if none does."""

    topic: Topic
    reason: str
    sentence: str


def page(context: RenderContext, topic: Topic) -> Page:
    """Return the page of a topic."""
    uri = f"topics/{topic.slug}"
    quotes = quoted(context, topic)
    mentions = context.book.mentions_of[topic.slug]
    seen = {topic.slug}
    cards = [quote_card.card(context, quote, uri, on=topic.slug, seen=seen) for quote in quotes]
    shown = list(quote_card.asked_once(cards))
    listed = list(topic_mentions.lines(context, mentioned(context, topic)))
    others = topic_passages.best(context, topic)
    leading = [
        replace(link, sentence=topic_mentions.excerpt(context, link.sentence, topic.slug))
        for link in context.backlinks.get(topic.slug, ())
    ]
    related = list(_related(context, topic, leading))
    above = {f"topics/{each.topic.slug}" for each in related}
    backlinks = [link for link in leading if link.page not in above]
    explanation = context.explained[topic.slug]
    voices = appearances.voices(context, topic)
    html = context.render(
        "topic",
        uri,
        topic=topic,
        explanation=explanation.html,
        cards=shown,
        folded=_folded(topic),
        appearances=appearances.count(context, topic, quotes, listed, uri),
        voices=voices,
        neighbours=context.neighbours[topic.slug],
        checked=topic.checked or context.changed.get(topic.path),
        others=list(topic_passages.lines(context, others)),
        lists=topic_passages.lists(context, topic),
        passages_total=len(context.book.passages_of[topic.slug]),
        lines=listed,
        more=len(mentions) - LINES,
        related=related,
        backlinks=backlinks,
        explained=_EXPLAINED,
        cited=citation.article(citations.article(context, topic)) if context.site.url else (),
    )
    made = Page(
        uri=uri,
        title=topic.title,
        html=html,
        description=topic.summary,
        source=topic.path,
        contents=(
            *(TocHeading(each.anchor, each.title) for each in explanation.chapters if each.title),
            *_contents(topic, shown, voices, related, others, listed, backlinks),
        ),
        entries=tuple(entries(context, topic)),
    )
    return old_anchors.with_notes(context, made)


def entries(context: RenderContext, topic: Topic) -> Iterator[SearchEntry]:
    """Yield what search finds on the page of a topic."""
    entry = partial(SearchEntry, topics=(topic.slug,), topic_titles=(topic.title,))
    yield entry("", topic.title, f"{'; '.join(topic.aliases)}. {topic.summary}".lstrip(". "), "topic")
    for chapter in context.explained[topic.slug].chapters:
        yield entry(chapter.anchor, chapter.title or f"About {topic.title}", chapter.text, "section")
    if topic.references:
        titles = ". ".join(reference.title for reference in topic.references)
        yield entry("references", f"Further reading on {topic.title}", titles, "section")


def _folded(topic: Topic) -> int:
    """Return the number of words of the explanation if it is folded, otherwise 0."""
    words = scripts.count(topic.body)
    return words if topic.summary and words > _LONG else 0


def _related(context: RenderContext, topic: Topic, backlinks: Sequence[Backlink]) -> Iterator[Related]:
    sentences = {link.page: link.sentence for link in backlinks}
    for each in context.book.relations[topic.slug]:
        if each.topic in context.book.topic:
            sentence = sentences.get(f"topics/{each.topic}", "")
            reason = "" if sentence and each.reason == _BARE else each.reason
            yield Related(context.book.topic[each.topic], reason, sentence)


def _contents(
    topic: Topic, quotes: Sized, voices: Sized, related: Sized, others: Sized, mentions: Sized, backlinks: Sized
) -> Iterator[TocHeading]:
    parts = {
        TocHeading("quotes", "Quotes"): quotes,
        TocHeading("where", "Where it comes up"): voices,
        TocHeading("related", "Related topics"): related,
        TocHeading("references", "Further reading"): topic.references,
        TocHeading("passages", "More passages" if quotes else "Passages"): others,
        TocHeading("mentions", "Further mentions"): mentions,
        TocHeading("linked-from", "Linked from"): backlinks,
    }
    return (heading for heading, listed in parts.items() if listed)


def quoted(context: RenderContext, topic: Topic) -> Sequence[Quote]:
    """Return the topic's quotes by conversation, starting with the one that says most about it, in spoken order.

    For a proposed topic, which nobody has explained, quotes that say what it is come before all others.
    """
    order: dict[str, int] = {}
    for passage in context.book.passages_of[topic.slug]:
        order.setdefault(passage.transcript, len(order))
    quotes = sorted(context.book.quotes_of[topic.slug], key=lambda quote: order[quote.transcript])
    if topic.status != "proposed":
        return quotes
    defines = definitions.pattern(topic.names)
    spoken = {quote: context.book.transcript[quote.transcript].source[quote.start : quote.end] for quote in quotes}
    return sorted(quotes, key=lambda quote: not defines.search(spoken[quote]))


def mentioned(context: RenderContext, topic: Topic) -> Sequence[Mention]:
    """Return up to LINES mentions, from as many conversations as possible, those of the newest first."""
    mentions = context.book.mentions_of[topic.slug]
    met: Counter[str] = Counter()
    ranks = []
    for at, mention in enumerate(mentions):
        ranks.append((met[mention.transcript], at))
        met[mention.transcript] += 1
    some = [mentions[at] for at in sorted(at for _, at in sorted(ranks)[:LINES])]
    return sorted(some, key=lambda each: conversation_lists.place(context.book.transcript[each.transcript]))
