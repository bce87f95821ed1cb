"""The page of a topic."""

from collections import Counter
from collections.abc import Iterable, Sequence

from talkbook import citing
from talkbook.links import Backlink
from talkbook.model import Mention, Quote, Topic, Transcript
from talkbook.pages import cards, citations, explanations, moved, strip, text
from talkbook.pages.explanations import Explanation
from talkbook.pages.page import Entry, Heading, Page
from talkbook.pages.site import Site

LINES = 40  # mentions listed on a page
_STRIPS = 3  # conversations drawn as a strip: those that are quoted, and in which the topic comes up most


def explain(web: Site, topic: Topic) -> Explanation:
    """The topic's explanation as it stands on its page."""
    uri = f"topics/{topic.slug}"
    # Where a short form names a topic, the link says what it means.
    glossary = {
        short: meaning for short, meaning in web.book.lexicon.abbreviations.items() if not web.book.terms.find(short)
    }
    return explanations.render(
        topic,
        web.book.terms,
        web.book.topic,
        lambda slug: web.addresses.link(uri, f"topics/{slug}"),
        glossary,
    )


def page(web: Site, topic: Topic, explained: Explanation, leading_here: Sequence[Backlink]) -> Page:
    """The page of one topic. explained: its explanation; leading_here: what links to it."""
    uri = f"topics/{topic.slug}"
    quotes = web.book.quotes_of.get(topic.slug, ())
    mentions = web.book.mentions_of.get(topic.slug, ())
    seen = {topic.slug}
    shown = [cards.card(web, quote, uri, on=topic.slug, seen=seen) for quote in quotes]
    html = web.render(
        "topic",
        uri,
        topic=topic,
        explanation=explained.html,
        cards=shown,
        strips=list(_strips(web, topic, quotes, uri)),
        often=_often(web, topic),
        lines=[cards.line(web, mention) for mention in _spread(mentions)],
        more=len(mentions) - LINES,
        relations=web.book.relations[topic.slug],
        backlinks=leading_here,
        cited=citing.article(citations.article(web, topic)) if web.url else (),
    )
    made = Page(
        uri=uri,
        title=topic.title,
        html=html,
        description=topic.summary,
        source=topic.path,
        contents=tuple(_contents(topic, bool(quotes), bool(mentions), web, leading_here)),
        entries=(
            Entry("", topic.title, _summary(topic), boost=3.0, topics=(topic.slug,)),
            *(_entry(web, quote, topic) for quote in quotes),
        ),
    )
    return moved.noted(web, made)


def _entry(web: Site, quote: Quote, topic: Topic) -> Entry:
    transcript = web.book.transcript[quote.transcript]
    speaker = transcript.speaker(quote.speaker)
    words = text.plain(transcript, quote.start, quote.end)
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


def _contents(
    topic: Topic, quotes: bool, mentions: bool, web: Site, leading_here: Sequence[Backlink]
) -> Iterable[Heading]:
    if quotes:
        yield Heading("quotes", "Quotes")
    if web.book.relations[topic.slug]:
        yield Heading("related", "Related topics")
    if topic.references:
        yield Heading("references", "Further reading")
    if mentions:
        yield Heading("mentions", "Further mentions")
    if leading_here:
        yield Heading("linked-from", "Linked from")


def _spread(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """As many as a page lists, from as many conversations as there are, in their order."""
    met: Counter[str] = Counter()
    ranks = []
    for at, mention in enumerate(mentions):
        ranks.append((met[mention.transcript], at))
        met[mention.transcript] += 1
    return [mentions[at] for at in sorted(at for _, at in sorted(ranks)[:LINES])]


def _often(web: Site, topic: Topic) -> Counter[str]:
    """By the slug of a conversation, how often the topic is quoted or mentioned in it."""
    quotes, mentions = web.book.quotes_of.get(topic.slug, ()), web.book.mentions_of.get(topic.slug, ())
    return Counter([*(quote.transcript for quote in quotes), *(mention.transcript for mention in mentions)])


def _strips(web: Site, topic: Topic, quotes: Sequence[Quote], uri: str) -> Iterable[tuple[Transcript, str]]:
    mentions = web.book.mentions_of.get(topic.slug, ())
    often = _often(web, topic)
    quoted = {quote.transcript for quote in quotes}
    for slug in sorted(often, key=lambda slug: (slug not in quoted, -often[slug]))[:_STRIPS]:
        transcript = web.book.transcript[slug]
        marks = [
            strip.Mark(quote.start, quote.end, f"#{quote.id}", _label(transcript, quote.start, quote.end), passage=True)
            for quote in quotes
            if quote.transcript == slug
        ]
        for mention in mentions:
            if mention.transcript == slug:
                anchor = cards.paragraph_at(web.turn(mention), mention.start)
                address = web.addresses.link(uri, f"transcripts/{slug}", anchor)
                label = _label(transcript, mention.start, mention.end)
                marks.append(strip.Mark(mention.start, mention.end, address, label, passage=False))
        yield transcript, strip.draw(transcript, marks, f"Where {topic.title} comes up in {transcript.title}")


def _label(transcript: Transcript, start: int, end: int) -> str:
    words = text.plain(transcript, start, end)
    return f"{cards.place(transcript, start)}: {words[:60].rsplit(' ', 1)[0]}…"
