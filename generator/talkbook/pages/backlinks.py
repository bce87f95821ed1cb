"""What links to each topic: from explanations, from quotes on other topics' pages, and from transcripts."""

from collections.abc import Iterator, Mapping

from talkbook import layers, links, sentences
from talkbook.links import Backlink
from talkbook.model import Topic, Transcript
from talkbook.pages.cards import around
from talkbook.pages.explanations import Explanation
from talkbook.pages.site import Site

_FEW = 60  # conversations up to which the links in transcripts are listed


def find(web: Site, explained: Mapping[str, Explanation]) -> Mapping[str, tuple[Backlink, ...]]:
    """By topic, each link on another page that leads to it, one for a page.

    explained: the topics' explanations. The links in a topic's quotes are those that its
    page makes of their first mentions, and so for transcripts.
    """
    result: dict[str, dict[str, Backlink]] = {}
    for topic in web.book.topics:
        for slug, sentence in explained[topic.slug].linked:
            _add(result, slug, Backlink(slug, f"topics/{topic.slug}", topic.title, sentence))
        for slug, sentence in _in_quotes(web, topic):
            _add(result, slug, Backlink(slug, f"topics/{topic.slug}", topic.title, sentence))
    for transcript in web.book.transcripts if len(web.book.transcripts) <= _FEW else ():
        for slug, sentence in _in_transcript(web, transcript):
            _add(result, slug, Backlink(slug, f"transcripts/{transcript.slug}", transcript.title, sentence))
    return {slug: tuple(found.values()) for slug, found in result.items()}


def _add(result: dict[str, dict[str, Backlink]], slug: str, link: Backlink) -> None:
    result.setdefault(slug, {}).setdefault(link.page, link)


def _in_quotes(web: Site, topic: Topic) -> Iterator[tuple[str, str]]:
    seen = {topic.slug}
    for quote in web.book.quotes_of.get(topic.slug, ()):
        yield from _first(web, web.book.transcript[quote.transcript], quote.start, quote.end, seen)


def _in_transcript(web: Site, transcript: Transcript) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for turn in transcript.turns:
        yield from _first(web, transcript, turn.start, turn.end, seen)


def _first(web: Site, transcript: Transcript, start: int, end: int, seen: set[str]) -> Iterator[tuple[str, str]]:
    shown = layers.shown(transcript.source, transcript.edits, start, end)
    hits = links.first(web.book.terms.find(shown), seen)
    cut = sentences.spans(shown) if hits else []
    for hit in hits:
        first, last = next((span for span in cut if hit.start < span[1]), (0, len(shown)))
        start, end = around(shown, max(first, hit.start), min(last, hit.end))
        start, end = max(first, start), min(last, end)
        cuts = "…" if start > first else "", "…" if end < last else ""
        yield hit.topic, " ".join(shown[start:end].split()).join(cuts)
