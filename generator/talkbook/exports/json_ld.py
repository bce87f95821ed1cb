"""JSON-LD for a page's head: what the page is about, in the vocabulary of schema.org."""

import json
import re
from collections import Counter
from typing import Any

from talkbook.exports import skos
from talkbook.model import Person, Quote, Topic, Transcript
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Page
from talkbook.pages.quotes import citations

Thing = dict[str, Any]

_LISTS = {"topics": "Topics", "transcripts": "Conversations", "people": "People"}
_ABOUT = 5  # topics of a conversation: those with the most quotes from it
_SCRIPT = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}  # so that no text can close the <script>
_CLOCK = re.compile(r"(?:(\d{1,9}):)?(\d{1,3}):(\d\d)")


def json_ld(context: RenderContext, page: Page) -> str:
    """Return the JSON-LD of a page, escaped for use in a <script>; "" if there is nothing to say about it."""
    graph = [thing for thing in (_subject(context, page), _trail(context, page)) if thing]
    value = {"@context": "https://schema.org", "@graph": graph}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_SCRIPT) if graph else ""


def _subject(context: RenderContext, page: Page) -> Thing | None:
    if page.uri == "index":
        return _named(
            "WebSite",
            context.site.url,
            context.site.name,
            description=context.site.description,
            inLanguage=context.site.language,
        )
    if page.uri == "topics/index":
        return _set(context)
    match context.subject(page.uri):
        case Topic() as topic:
            return _topic(context, topic)
        case Transcript() as transcript:
            return _transcript(context, transcript)
        case Person() as person:
            return _person(context, person)
        case Quote() as quote:
            return _quote(context, quote)
    return None


def _named(kind: str, identity: str, name: str, **more: Any) -> Thing:
    """Make a thing, without those of its properties that are empty."""
    return {"@type": kind, "@id": identity, "name": name} | _some(**more)


def _set(context: RenderContext) -> Thing:
    return _named(
        "DefinedTermSet",
        skos.scheme(context),
        f"Topics of {context.site.name}",
        url=context.site.absolute("topics/index"),
    )


def _topic(context: RenderContext, topic: Topic) -> Thing:
    return _term(
        context,
        topic,
        url=context.site.absolute(f"topics/{topic.slug}"),
        alternateName=list(topic.aliases),
        description=topic.summary,
        termCode=topic.slug,
        inDefinedTermSet={"@id": skos.scheme(context)},
    )


def _some(**values: Any) -> Thing:
    return {key: value for key, value in values.items() if value}


def _term(context: RenderContext, topic: Topic, **more: Any) -> Thing:
    return _named("DefinedTerm", skos.concept(context, topic), topic.title, **more)


def _name(context: RenderContext, person: Person) -> Thing:
    """Return a person in the short form for pages other than their own."""
    return _named("Person", f"{context.site.absolute(f'people/{person.slug}')}#person", person.name)


def _person(context: RenderContext, person: Person) -> Thing:
    return _name(context, person) | _some(
        url=context.site.absolute(f"people/{person.slug}"), description=person.description, sameAs=person.url
    )


def _conversation(context: RenderContext, transcript: Transcript) -> Thing:
    """Return a PodcastEpisode if there is a show, otherwise a Conversation: schema.org has no type for interviews."""
    address = context.site.absolute(f"transcripts/{transcript.slug}")
    kind = "PodcastEpisode" if transcript.show else "Conversation"
    return _named(kind, f"{address}#conversation", transcript.title, url=address)


def _transcript(context: RenderContext, transcript: Transcript) -> Thing:
    quoted = Counter(slug for quote in context.book.quotes_in[transcript.slug] for slug in quote.topics)
    return _conversation(context, transcript) | _some(
        alternateName=transcript.episode,
        description=transcript.description,
        inLanguage=context.site.language,
        datePublished=transcript.date.isoformat() if transcript.date else "",
        timeRequired=_duration(transcript.duration),
        partOfSeries={"@type": "PodcastSeries", "name": transcript.show} if transcript.show else None,
        contributor=[_name(context, context.book.person[speaker.person]) for speaker in transcript.speakers],
        sameAs=[url for url in (transcript.media, transcript.url) if url.startswith(("http://", "https://"))],
        keywords=list(transcript.tags),
        about=[_term(context, context.book.topic[slug]) for slug, _ in quoted.most_common(_ABOUT)],
    )


def _quote(context: RenderContext, quote: Quote) -> Thing:
    quotation = citations.quotation(context, quote)
    person = _name(context, context.book.person[quote.speaker]) if quote.speaker else None
    return _named("Quotation", f"{quotation.address}#quote", quotation.label) | _some(
        url=quotation.address,
        text="\n\n".join(quotation.paragraphs),
        inLanguage=context.site.language,
        spokenByCharacter=person,
        creator={"@id": person["@id"]} if person else None,
        isPartOf=_conversation(context, context.book.transcript[quote.transcript]),
        about=[_term(context, context.book.topic[slug]) for slug in quote.topics],
    )


def _trail(context: RenderContext, page: Page) -> Thing | None:
    kind, _, name = page.uri.partition("/")
    if page.uri == "index":
        return None
    steps = [(context.site.name, context.site.absolute("index"))]
    if kind in _LISTS and name != "index":
        steps.append((_LISTS[kind], context.site.absolute(f"{kind}/index")))
    steps.append((page.title, context.site.absolute(page.uri)))
    items = [
        {"@type": "ListItem", "position": position, "name": title, "item": address}
        for position, (title, address) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _duration(words: str) -> str:
    """Convert a duration such as 54:56 or 1:02:03 to ISO 8601; "" if it has another form."""
    match = _CLOCK.fullmatch(words.strip())
    if not match:
        return ""
    hours = f"{int(match[1])}H" if match[1] else ""
    return f"PT{hours}{int(match[2])}M{match[3]}S"
