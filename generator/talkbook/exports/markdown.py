"""Each page as Markdown, beside the page: topics/evals.md for topics/evals/. For models, editors and other tools."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from talkbook.model import Mention, Passage, Person, Quote, Topic, Transcript
from talkbook.pages import people, places, transcript_html
from talkbook.pages.context import RenderContext
from talkbook.pages.conversations import conversation_lists
from talkbook.pages.quotes import citations, questions
from talkbook.pages.topics import topic_index, topic_passages
from talkbook.pages.topics.topic import LINES, mentioned, quoted
from talkbook.text import escape

# What may stand in an explanation, with code and addresses told apart from tags.
_TAG = re.compile(r"(?P<keep>```.*?```|`[^`\n]*`|<https?://[^\s<>]*>)|<(?=[A-Za-z/!?])", re.DOTALL)

HOME = "- [Topics](topics/index.md)\n- [Conversations](transcripts/index.md)\n- [People](people/index.md)\n"


def path(uri: str) -> str:
    """Where in the site the Markdown of the page at `uri` is."""
    return f"{uri}.md"


def markdown(context: RenderContext, uri: str) -> str:
    """The Markdown of the page at `uri`, which is made of the book."""
    return "\n".join(_lines(context, uri)).rstrip() + "\n"


def _lines(context: RenderContext, uri: str) -> Iterator[str]:
    kind, _, name = uri.partition("/")
    book = context.book
    if uri == "index":
        return _home(context)
    if uri == "topics/index":
        return _list("Topics", [(f"topics/{each.slug}", each.title, each.summary) for each in book.topics])
    if uri == "people/index":
        return _list("People", [(f"people/{each.slug}", each.name, each.description) for each in book.people])
    if kind == "topics":
        return _topic(context, book.topic[name])
    if kind == "passages":
        return _passages(context, uri)
    if kind == "transcripts" and name != "index":
        return _transcript(book.transcript[name])
    if kind == "people":
        return _person(context, book.person[name])
    if kind == "quotes":
        return _quote_page(context, context.quote[name])
    if kind in ("letters", "kinds"):
        entries = topic_index.listing(context, uri)
        rows = [(f"topics/{each.topic.slug}", each.name, each.topic.summary) for each in entries.items]
        return _list(entries.title, rows, uri)
    if kind == "names":
        names = people.listing(context, uri)
        return _list(names.title, [(f"people/{each.slug}", each.name, each.description) for each in names.items], uri)
    if kind == "said":
        return _said(context, uri)
    page = conversation_lists.listing(context, uri)
    return _list(page.title, [(f"transcripts/{each.slug}", each.title, each.description) for each in page.items], uri)


def _home(context: RenderContext) -> Iterator[str]:
    yield f"# {escape.markdown(context.name)}\n"
    if context.description:
        yield f"{escape.markdown(context.description)}\n"
    yield HOME


def _list(title: str, rows: Sequence[tuple[str, str, str]], here: str = "topics/index") -> Iterator[str]:
    """here: uri of the page that the list stands on."""
    yield f"# {escape.markdown(title)}\n"
    for uri, name, summary in rows:
        about = f": {escape.markdown(summary)}" if summary else ""
        yield f"- {_link(name, '../' * here.count('/') + uri)}{about}"


def _topic(context: RenderContext, topic: Topic) -> Iterator[str]:
    yield f"# {escape.markdown(topic.title)}\n"
    if topic.aliases:
        yield f"Also called {escape.markdown(', '.join(topic.aliases))}.\n"
    if topic.summary:
        yield f"{escape.markdown(topic.summary)}\n"
    yield _TAG.sub(lambda match: match["keep"] or "&lt;", topic.body).strip() + "\n"
    quotes = quoted(context, topic)
    if quotes:
        yield "## Quotes\n"
        yield from (_quote(context, quote) for quote in quotes)
    relations = [each for each in context.book.relations[topic.slug] if each.topic in context.book.topic]
    if relations:
        yield "## Related topics\n"
        for relation in relations:
            other = context.book.topic[relation.topic]
            yield f"- {_link(other.title, f'../topics/{other.slug}')}: {escape.markdown(relation.reason)}"
        yield ""
    if topic.references:
        yield "## Further reading\n"
        yield from (f"- [{escape.markdown(each.title)}](<{each.url}>)" for each in topic.references)
        yield ""
    others = topic_passages.best(context, topic)
    if others:
        yield "## More passages\n"
        yield from (_place(context, passage) for passage in others)
        yield from (f"- [All passages](<../{path(uri)}>)" for uri in topic_passages.lists(context, topic)[:1])
        yield ""
    mentions = context.book.mentions_of.get(topic.slug, ())
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
        *((each.name, each.role) for each in transcript.speakers),
    ]
    yield from (f"- {escape.markdown(name)}: {escape.markdown(value)}" for name, value in facts if value)
    yield ""
    sections = list(transcript.sections)
    # Signs are escaped in all of them at once: most paragraphs have none.
    said = iter(escape.markdown("\n".join(transcript_html.paragraphs(transcript))).split("\n"))
    names = {each.shown: escape.markdown(each.shown) for each in (*transcript.speakers, *transcript.drafted)}
    where = places.places(transcript, [turn.start for turn in transcript.turns])
    for turn, place in zip(transcript.turns, where, strict=True):
        while sections and sections[0].start <= turn.start:
            yield f"## {escape.markdown(sections.pop(0).title)}\n"
        paragraphs = [words for words in islice(said, len(turn.paragraphs)) if words]
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
    for transcript in context.talks.get(person.slug, ()):
        speaker = transcript.part(person.slug)
        role = f": {escape.markdown(speaker.role)}" if speaker and speaker.role else ""
        yield f"- {_link(transcript.title, f'../transcripts/{transcript.slug}')}{role}"
    quotes = context.quoted.get(person.slug, ())
    if quotes:
        yield "\n## Quotes\n"
        yield from (_quote(context, quote) for quote in quotes)


def _said(context: RenderContext, uri: str) -> Iterator[str]:
    page = people.quote_list(context, uri)
    yield f"# {escape.markdown(page.title)}\n"
    for quote in page.items:
        words = transcript_html.plain(context.book.transcript[quote.transcript], quote.start, quote.end)
        yield f"- {_link(words, f'../../quotes/{quote.id}')}"


def _quote_page(context: RenderContext, quote: Quote) -> Iterator[str]:
    yield f"# {escape.markdown(citations.label(context, quote))}\n"
    transcript = context.book.transcript[quote.transcript]
    asked = questions.find(transcript, quote)
    if asked:
        words = transcript_html.plain(transcript, asked.start, asked.end)
        yield f"{escape.markdown(asked.heading)}: {escape.markdown(words)}\n"
    yield _quote(context, quote)
    yield "Topics: " + ", ".join(_link(context.book.topic[slug].title, f"../topics/{slug}") for slug in quote.topics)


def _quote(context: RenderContext, quote: Quote) -> str:
    """The quote for a page that is one folder deep, as all are that have quotes."""
    transcript = context.book.transcript[quote.transcript]
    said = citations.quotation(context, quote)
    words = "\n>\n".join(f"> {escape.markdown(words)}" for words in said.paragraphs)
    who = escape.markdown(said.by)
    permalink = _link("permalink", f"../quotes/{quote.id}")
    return f"{words}\n>\n> — {who}, {_where(transcript, quote.start)} ({permalink})\n"


def _where(transcript: Transcript, offset: int) -> str:
    return f"{_link(transcript.title, f'../transcripts/{transcript.slug}')}, {places.place(transcript, offset)}"


def _link(title: str, uri: str) -> str:
    return f"[{escape.markdown(title)}]({path(uri)})"
