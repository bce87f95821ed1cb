"""The page of a topic."""

from collections import Counter
from collections.abc import Iterator, Sequence, Sized
from dataclasses import dataclass, replace
from typing import TypeVar

from talkbook.book import citation
from talkbook.book.relations import Backlink
from talkbook.model import Mention, Quote, Topic, Transcript
from talkbook.pages import (
    citations,
    conversation_lists,
    old_anchors,
    quote_card,
    timeline,
    topic_mentions,
    transcript_html,
)
from talkbook.pages.context import Site
from talkbook.pages.explanation_sections import Chapter
from talkbook.pages.page import Entry, Heading, Page
from talkbook.pages.topic_mentions import Line

_P = TypeVar("_P", Quote, Mention)

LINES = 40  # mentions listed on a page
_EXPLAINED = 20  # pages that link here of which the sentence is given; of others the name
_BARE = "named by the editors"  # of a relation, where nothing else is known of it; a sentence says more
_STRIPS = 3  # conversations drawn as a strip: those that are quoted, and in which the topic comes up most


@dataclass(frozen=True, slots=True)
class Related:
    """A topic to go on to, why, and the sentence with which its page links here, "" if it does not."""

    topic: Topic
    reason: str
    sentence: str


def page(web: Site, topic: Topic) -> Page:
    """The page of one topic."""
    uri = f"topics/{topic.slug}"
    quotes = quoted(web, topic)
    mentions = web.book.mentions_of.get(topic.slug, ())
    seen = {topic.slug}
    shown = [quote_card.card(web, quote, uri, on=topic.slug, seen=seen) for quote in quotes]
    listed = list(topic_mentions.find(web, mentioned(web, topic)))
    leading = [
        replace(link, sentence=topic_mentions.excerpt(web, link.sentence, topic.slug))
        for link in web.backlinks.get(topic.slug, ())
    ]
    related = list(_related(web, topic, leading))
    above = {f"topics/{each.topic.slug}" for each in related}
    backlinks = [link for link in leading if link.page not in above]
    explanation = web.explained[topic.slug]
    html = web.render(
        "topic",
        uri,
        topic=topic,
        explanation=explanation.html,
        cards=shown,
        strips=list(_strips(web, topic, quotes, listed, uri)),
        often=_often(web, topic),
        lines=listed,
        more=len(mentions) - LINES,
        related=related,
        backlinks=backlinks,
        explained=_EXPLAINED,
        cited=citation.article(citations.article(web, topic)) if web.url else (),
    )
    made = Page(
        uri=uri,
        title=topic.title,
        html=html,
        description=topic.summary,
        source=topic.path,
        contents=(
            *(Heading(each.anchor, each.title) for each in explanation.chapters if each.title),
            *_contents(topic, shown, related, listed, backlinks),
        ),
        entries=(
            Entry("", topic.title, _summary(topic), boost=3.0, topics=(topic.slug,)),
            *_explained(topic, explanation.chapters),
            *(_entry(web, quote, topic) for quote in quotes),
            *_further(topic),
        ),
    )
    return old_anchors.noted(web, made)


def _related(web: Site, topic: Topic, backlinks: Sequence[Backlink]) -> Iterator[Related]:
    sentences = {link.page: link.sentence for link in backlinks}
    for each in web.book.relations[topic.slug]:
        if each.topic in web.book.topic:
            sentence = sentences.get(f"topics/{each.topic}", "")
            reason = "" if sentence and each.reason == _BARE else each.reason
            yield Related(web.book.topic[each.topic], reason, sentence)


def _explained(topic: Topic, chapters: Sequence[Chapter]) -> Iterator[Entry]:
    for each in chapters:
        title = each.title or f"About {topic.title}"
        yield Entry(each.anchor, title, each.text, boost=1.25, topics=(topic.slug,))


def _further(topic: Topic) -> Iterator[Entry]:
    if topic.references:
        titles = ". ".join(reference.title for reference in topic.references)
        yield Entry("references", f"Further reading on {topic.title}", titles, topics=(topic.slug,))


def _entry(web: Site, quote: Quote, topic: Topic) -> Entry:
    transcript = web.book.transcript[quote.transcript]
    speaker = transcript.speaker(quote.speaker)
    words = transcript_html.plain(transcript, quote.start, quote.end)
    return Entry(
        quote.id,
        f"{speaker.name if speaker else 'Unknown speaker'} on {topic.title}",
        words,
        boost=1.5,
        speaker=speaker.name if speaker else "",
        topics=(topic.slug,),
        transcript=transcript.slug,
    )


def _summary(topic: Topic) -> str:
    return f"{'; '.join(topic.aliases)}. {topic.summary}".lstrip(". ")


def _contents(topic: Topic, quotes: Sized, related: Sized, mentions: Sized, backlinks: Sized) -> Iterator[Heading]:
    parts = {
        Heading("quotes", "Quotes"): quotes,
        Heading("related", "Related topics"): related,
        Heading("references", "Further reading"): topic.references,
        Heading("mentions", "Further mentions"): mentions,
        Heading("linked-from", "Linked from"): backlinks,
    }
    return (heading for heading, listed in parts.items() if listed)


def quoted(web: Site, topic: Topic) -> Sequence[Quote]:
    """The topic's quotes, those of the newest conversation first."""
    return _latest(web, web.book.quotes_of.get(topic.slug, ()))


def mentioned(web: Site, topic: Topic) -> Sequence[Mention]:
    """As many of its mentions as are listed, from as many conversations as there are, those of the newest first."""
    mentions = web.book.mentions_of.get(topic.slug, ())
    met: Counter[str] = Counter()
    ranks = []
    for at, mention in enumerate(mentions):
        ranks.append((met[mention.transcript], at))
        met[mention.transcript] += 1
    return _latest(web, [mentions[at] for at in sorted(at for _, at in sorted(ranks)[:LINES])])


def _latest(web: Site, places: Sequence[_P]) -> Sequence[_P]:
    return sorted(places, key=lambda each: conversation_lists.place(web.book.transcript[each.transcript]))


def _often(web: Site, topic: Topic) -> Counter[str]:
    """By the slug of a conversation, how often the topic is quoted or mentioned in it."""
    quotes, mentions = web.book.quotes_of.get(topic.slug, ()), web.book.mentions_of.get(topic.slug, ())
    return Counter([*(quote.transcript for quote in quotes), *(mention.transcript for mention in mentions)])


def _strips(
    web: Site, topic: Topic, quotes: Sequence[Quote], listed: Sequence[Line], uri: str
) -> Iterator[tuple[Transcript, str]]:
    """Marks lead to their words on the page, else to the transcript."""
    often = _often(web, topic)
    quoted = {quote.transcript for quote in quotes}
    here = {(line.transcript.slug, line.anchor): f"#m{at}" for at, line in enumerate(listed, 1)}
    for slug in sorted(often, key=lambda slug: (slug not in quoted, -often[slug]))[:_STRIPS]:
        transcript = web.book.transcript[slug]
        marks = [
            timeline.Mark(
                quote.start, quote.end, f"#{quote.id}", quote_card.place(transcript, quote.start), passage=True
            )
            for quote in quotes
            if quote.transcript == slug
        ]
        for mention in web.book.mentions_of.get(topic.slug, ()):
            if mention.transcript == slug:
                anchor = transcript.anchor_at(mention.start)
                address = here.get((slug, anchor)) or web.addresses.link(uri, f"transcripts/{slug}", anchor)
                place = quote_card.place(transcript, mention.start)
                marks.append(timeline.Mark(mention.start, mention.end, address, place, passage=False))
        yield transcript, timeline.draw(transcript, marks, f"Where {topic.title} comes up in {transcript.title}")
