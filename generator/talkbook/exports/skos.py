"""topics.ttl: the topics as a SKOS concept scheme, in Turtle."""

import re
from collections.abc import Iterator

from talkbook.book import relations
from talkbook.book.build import Book
from talkbook.model import Topic
from talkbook.pages.context import Site

_PREFIXES = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
"""
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_NOT_IN_IRIS = re.compile(r"[\x00-\x20<>\"{}|^`\\]")


def scheme(web: Site) -> str:
    """The IRI of the scheme."""
    return web.absolute("topics/index", "scheme")


def concept(web: Site, topic: Topic) -> str:
    """The IRI of a topic: what its page is about, and not the page."""
    return web.absolute(f"topics/{topic.slug}", "concept")


def turtle(web: Site) -> str:
    """The scheme and its concepts, in order of their slugs."""
    topics = sorted(web.book.topics, key=lambda topic: topic.slug)
    head = [
        ("a", "skos:ConceptScheme"),
        ("dcterms:title", _text(web.name, web)),
        *([("dcterms:description", _text(web.description, web))] if web.description else []),
        *(("skos:hasTopConcept", _iri(concept(web, topic))) for topic in topics if _top(web.book, topic)),
    ]
    parts = [_PREFIXES, _subject(scheme(web), head)]
    parts += [_subject(concept(web, topic), list(_properties(web, topic))) for topic in topics]
    return "\n".join(parts)


def _properties(web: Site, topic: Topic) -> Iterator[tuple[str, str]]:
    known = web.book.topic
    yield "a", "skos:Concept"
    yield "skos:inScheme", _iri(scheme(web))
    if _top(web.book, topic):
        yield "skos:topConceptOf", _iri(scheme(web))
    yield "skos:notation", _quoted(topic.slug)
    # SKOS: no label of a concept is preferred, alternative and hidden at once.
    labels = {topic.title}
    yield "skos:prefLabel", _text(topic.title, web)
    for name, values in (("skos:altLabel", topic.aliases), ("skos:hiddenLabel", topic.hidden_labels)):
        for value in values:
            if value not in labels:
                labels.add(value)
                yield name, _text(value, web)
    if topic.summary:
        yield "skos:definition", _text(topic.summary, web)
    for slug in dict.fromkeys(topic.broader):
        if slug in known:
            yield "skos:broader", _iri(concept(web, known[slug]))
    for slug in related(web.book, topic):
        yield "skos:related", _iri(concept(web, known[slug]))
    yield "foaf:isPrimaryTopicOf", _iri(web.absolute(f"topics/{topic.slug}"))


def related(book: Book, topic: Topic) -> list[str]:
    """The topics that editors relate to it, either way; none that is above or below it, as SKOS demands."""
    named = {*topic.related, *(other.slug for other in book.topics if topic.slug in other.related)}
    return sorted(
        slug
        for slug in named
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


def _text(words: str, web: Site) -> str:
    return f"{_quoted(words)}@{web.language}"
