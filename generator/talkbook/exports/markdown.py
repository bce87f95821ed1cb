"""Each page as Markdown, next to the page: topics/evals.md for topics/evals/. For models, editors and other tools."""

from collections.abc import Iterable, Iterator
from itertools import islice

from talkbook.model import Mention, Passage, Person, Quote, Topic, Transcript
from talkbook.pages import people_pages, places, transcript_html
from talkbook.pages.context import RenderContext
from talkbook.pages.conversations import conversation_lists
from talkbook.pages.explanations import explanation_markdown
from talkbook.pages.quotes import citations, questions
from talkbook.pages.topics import topic_index, topic_passages
from talkbook.pages.topics.topic import LINES, mentioned, quoted
from talkbook.text import escape

HOME = "- [Topics](topics/index.md)\n- [Conversations](transcripts/index.md)\n- [People](people/index.md)\n"


def path(uri: str) -> str:
    """Return the path in the site of the Markdown for the page at `uri`."""
    return f"{uri}.md"


def markdown(context: RenderContext, uri: str) -> str:
    """Return the Markdown of the page at `uri`."""
    return "\n".join(_lines(context, uri)).rstrip() + "\n"


def _lines(context: RenderContext, uri: str) -> Iterator[str]:
    match context.subject(uri):
        case Topic() as topic:
            return _topic(context, topic)
        case Transcript() as transcript:
            return _transcript(transcript)
        case Person() as person:
            return _person(context, person)
        case Quote() as quote:
            return _quote_page(context, quote)
    kind, book = uri.partition("/")[0], context.book
    if uri == "index":
        return _home(context)
    if uri == "topics/index":
        return _list("Topics", [(f"topics/{topic.slug}", topic.title, topic.summary) for topic in book.topics])
    if uri == "people/index":
        return _list("People", map(_person_row, book.people))
    if kind == "passages":
        return _passages(context, uri)
    if kind in ("letters", "kinds"):
        names = topic_index.lists(context)[uri]
        rows = [(f"topics/{item.topic.slug}", item.name, item.topic.summary) for item in names.items]
        return _list(names.title, rows, uri)
    if kind == "names":
        persons = people_pages.name_lists(context)[uri]
        return _list(persons.title, map(_person_row, persons.items), uri)
    if kind == "said":
        return _person_quotes(context, uri)
    talks = conversation_lists.lists(context)[uri]
    rows = [(f"transcripts/{talk.slug}", talk.title, talk.description) for talk in talks.items]
    return _list(talks.title, rows, uri)


def _home(context: RenderContext) -> Iterator[str]:
    yield f"# {escape.markdown(context.site.name)}\n"
    if context.site.description:
        yield f"{escape.markdown(context.site.description)}\n"
    yield HOME


def _person_row(person: Person) -> tuple[str, str, str]:
    return f"people/{person.slug}", person.name, person.description


def _list(title: str, rows: Iterable[tuple[str, str, str]], page: str = "topics/index") -> Iterator[str]:
    """Yield a list with a title.

    rows: (uri, name, summary).
    page: the URI of the page with the list.
    """
    yield f"# {escape.markdown(title)}\n"
    for uri, name, summary in rows:
        about = f": {escape.markdown(summary)}" if summary else ""
        yield f"- {_link(name, '../' * page.count('/') + uri)}{about}"


def _topic(context: RenderContext, topic: Topic) -> Iterator[str]:
    yield f"# {escape.markdown(topic.title)}\n"
    if topic.aliases:
        yield f"Also called {escape.markdown(', '.join(topic.aliases))}.\n"
    if topic.summary:
        yield f"{escape.markdown(topic.summary)}\n"
    yield f"{explanation_markdown.safe(topic.body).strip()}\n"
    quotes = quoted(context, topic)
    if quotes:
        yield "## Quotes\n"
        yield from (_quote(context, quote) for quote in quotes)
    relations = [relation for relation in context.book.relations[topic.slug] if relation.topic in context.book.topic]
    if relations:
        yield "## Related topics\n"
        for relation in relations:
            other = context.book.topic[relation.topic]
            yield f"- {_link(other.title, f'../topics/{other.slug}')}: {escape.markdown(relation.reason)}"
        yield ""
    if topic.references:
        yield "## Further reading\n"
        yield from (f"- [{escape.markdown(work.title)}](<{work.url}>)" for work in topic.references)
        yield ""
    others = topic_passages.best(context, topic)
    if others:
        yield "## More passages\n"
        yield from (_place(context, passage) for passage in others)
        yield from (f"- [All passages](<../{path(uri)}>)" for uri in topic_passages.lists(context, topic)[:1])
        yield ""
    mentions = context.book.mentions_of[topic.slug]
    if mentions:
        yield "## Further mentions\n"
        yield from (_place(context, mention) for mention in mentioned(context, topic))
        if len(mentions) > LINES:
            yield f"- and {len(mentions) - LINES} more"


def _place(context: RenderContext, place: Passage | Mention) -> str:
    transcript = context.book.transcript[place.transcript]
    speaker = transcript.speaker_of(context.turn(place))
    who = escape.markdown(speaker.shown if speaker else "Speaker not known")
    words = escape.markdown(transcript_html.plain(transcript, place.start, place.end))
    return f"- {_where(transcript, place.start)}, {who}: “{words}”"


def _passages(context: RenderContext, uri: str) -> Iterator[str]:
    topic, passages = topic_passages.listing(context, uri)
    yield f"# Passages on {escape.markdown(topic.title)}\n"
    yield from (_place(context, passage) for passage in passages)


def _transcript(transcript: Transcript) -> Iterator[str]:
    yield f"# {escape.markdown(transcript.title)}\n"
    if transcript.description:
        yield f"{escape.markdown(transcript.description)}\n"
    facts = [
        ("Show", transcript.show),
        ("Episode", transcript.episode),
        ("Date", transcript.date.isoformat() if transcript.date else ""),
        ("Published at", transcript.media or transcript.url),
        *((speaker.name, speaker.role) for speaker in transcript.speakers),
    ]
    yield from (f"- {escape.markdown(name)}: {escape.markdown(value)}" for name, value in facts if value)
    yield ""
    sections = list(transcript.sections)
    # Escape all paragraphs at once: most need no escaping.
    words = iter(escape.markdown("\n".join(transcript_html.paragraphs(transcript))).split("\n"))
    names = {who.shown: escape.markdown(who.shown) for who in (*transcript.speakers, *transcript.drafted)}
    where = places.places(transcript, [turn.start for turn in transcript.turns])
    for turn, place in zip(transcript.turns, where, strict=True):
        while sections and sections[0].start <= turn.start:
            yield f"## {escape.markdown(sections.pop(0).title)}\n"
        paragraphs = list(filter(None, islice(words, len(turn.paragraphs))))
        if paragraphs:
            speaker = transcript.speaker_of(turn)
            name = names[speaker.shown] if speaker else "Speaker not known"
            yield f"**{name}** ({place}):\n\n" + "\n\n".join(paragraphs) + "\n"


def _person(context: RenderContext, person: Person) -> Iterator[str]:
    yield f"# {escape.markdown(person.name)}\n"
    if person.description:
        yield f"{escape.markdown(person.description)}\n"
    if person.url:
        yield f"<{person.url}>\n"
    yield "## Conversations\n"
    for transcript in context.talks[person.slug]:
        speaker = transcript.part(person.slug)
        role = f": {escape.markdown(speaker.role)}" if speaker and speaker.role else ""
        yield f"- {_link(transcript.title, f'../transcripts/{transcript.slug}')}{role}"
    quotes = context.quoted[person.slug]
    if quotes:
        yield "\n## Quotes\n"
        yield from (_quote(context, quote) for quote in quotes)


def _person_quotes(context: RenderContext, uri: str) -> Iterator[str]:
    quotes = people_pages.quote_lists(context)[uri]
    yield f"# {escape.markdown(quotes.title)}\n"
    for quote in quotes.items:
        words = transcript_html.plain(context.book.transcript[quote.transcript], quote.start, quote.end)
        yield f"- {_link(words, f'../../quotes/{quote.id}')}"


def _quote_page(context: RenderContext, quote: Quote) -> Iterator[str]:
    yield f"# {escape.markdown(citations.label(context, quote))}\n"
    transcript = context.book.transcript[quote.transcript]
    if question := questions.find(transcript, quote):
        words = transcript_html.plain(transcript, question.start, question.end)
        yield f"{escape.markdown(question.heading)}: {escape.markdown(words)}\n"
    yield _quote(context, quote)
    yield "Topics: " + ", ".join(_link(context.book.topic[slug].title, f"../topics/{slug}") for slug in quote.topics)


def _quote(context: RenderContext, quote: Quote) -> str:
    """Return the quote for a page that is one folder deep, as all pages with quotes are."""
    transcript = context.book.transcript[quote.transcript]
    quotation = citations.quotation(context, quote)
    words = "\n>\n".join(f"> {escape.markdown(words)}" for words in quotation.paragraphs)
    permalink = _link("permalink", f"../quotes/{quote.id}")
    return f"{words}\n>\n> — {escape.markdown(quotation.by)}, {_where(transcript, quote.start)} ({permalink})\n"


def _where(transcript: Transcript, offset: int) -> str:
    return f"{_link(transcript.title, f'../transcripts/{transcript.slug}')}, {places.place(transcript, offset)}"


def _link(title: str, uri: str) -> str:
    return f"[{escape.markdown(title)}]({path(uri)})"
