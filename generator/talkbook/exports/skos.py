"""topics.ttl: the topics as a SKOS concept scheme, in Turtle."""

import re
from collections.abc import Iterator

from talkbook.book import relations
from talkbook.book.book import Book
from talkbook.model import Topic
from talkbook.pages.context import RenderContext

_PREFIXES = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
"""
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_NOT_IN_IRIS = re.compile(r"[\x00-\x20<>\"{}|^`\\]")


def scheme(context: RenderContext) -> str:
    """Return the IRI of the concept scheme."""
    return context.site.absolute("topics/index", "scheme")


def concept(context: RenderContext, topic: Topic) -> str:
    """Return the IRI of a topic's concept, which is not that of its page."""
    return context.site.absolute(f"topics/{topic.slug}", "concept")


def turtle(context: RenderContext) -> str:
    """Return the scheme and its concepts, sorted by slug."""
    topics = sorted(context.book.topics, key=lambda topic: topic.slug)
    head = [
        ("a", "skos:ConceptScheme"),
        ("dcterms:title", _text(context.site.name, context)),
        *([("dcterms:description", _text(context.site.description, context))] if context.site.description else []),
        *(("skos:hasTopConcept", _iri(concept(context, topic))) for topic in topics if _top(context.book, topic)),
    ]
    parts = [_PREFIXES, _subject(scheme(context), head)]
    parts += [_subject(concept(context, topic), list(_properties(context, topic))) for topic in topics]
    return "\n".join(parts)


def _properties(context: RenderContext, topic: Topic) -> Iterator[tuple[str, str]]:
    known = context.book.topic
    yield "a", "skos:Concept"
    yield "skos:inScheme", _iri(scheme(context))
    if _top(context.book, topic):
        yield "skos:topConceptOf", _iri(scheme(context))
    yield "skos:notation", _quoted(topic.slug)
    # SKOS: no label may be preferred, alternative and hidden at once.
    labels = {topic.title}
    yield "skos:prefLabel", _text(topic.title, context)
    for name, values in (("skos:altLabel", topic.aliases), ("skos:hiddenLabel", topic.hidden_labels)):
        for value in values:
            if value not in labels:
                labels.add(value)
                yield name, _text(value, context)
    if topic.summary:
        yield "skos:definition", _text(topic.summary, context)
    for slug in dict.fromkeys(topic.broader):
        if slug in known:
            yield "skos:broader", _iri(concept(context, known[slug]))
    for slug in related(context.book, topic):
        yield "skos:related", _iri(concept(context, known[slug]))
    yield "foaf:isPrimaryTopicOf", _iri(context.site.absolute(f"topics/{topic.slug}"))


def related(book: Book, topic: Topic) -> list[str]:
    """Return the slugs of topics that editors related to this one, in either direction.

    Broader and narrower ones are left out, as SKOS requires.
    """
    related = {*topic.related, *(other.slug for other in book.topics if topic.slug in other.related)}
    return sorted(
        slug
        for slug in related
        if slug in book.topic
        and slug != topic.slug
        and slug not in relations.above(topic, book.topic)
        and topic.slug not in relations.above(book.topic[slug], book.topic)
    )


def _top(book: Book, topic: Topic) -> bool:
    return not any(slug in book.topic for slug in topic.broader)


def _subject(iri: str, properties: list[tuple[str, str]]) -> str:
    lines = " ;\n".join(f"    {name} {value}" for name, value in properties)
    return f"{_iri(iri)}\n{lines} .\n"


def _iri(address: str) -> str:
    return f"<{_NOT_IN_IRIS.sub(lambda match: f'%{ord(match[0]):02X}', address)}>"


def _quoted(words: str) -> str:
    return '"' + "".join(_ESCAPES.get(each, each) for each in words) + '"'


def _text(words: str, context: RenderContext) -> str:
    return f"{_quoted(words)}@{context.site.language}"
