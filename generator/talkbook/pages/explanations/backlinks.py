"""The links to each topic: from explanations, from quotes on other topics' pages, and from transcripts."""

from collections.abc import Iterator, Mapping, Sequence

from talkbook.book import relations
from talkbook.book.book import Book
from talkbook.book.relations import Backlink
from talkbook.matching.topic_names import Terms
from talkbook.model import Transcript
from talkbook.pages import transcript_html
from talkbook.pages.explanations.explanations import Explanation
from talkbook.runtime.memo import Memo
from talkbook.text import sentences
from talkbook.transcripts import source_map

_FEW = 60  # conversations; with more, links from transcripts aren't listed


def find(book: Book, explained: Mapping[str, Explanation], known: Memo) -> Mapping[str, tuple[Backlink, ...]]:
    """Return slug of a topic -> links to it on other pages, at most one per page.

    In quotes and transcripts, the first mention of another topic on a page is a link.

    explained: slug of a topic -> its explanation.
    known: results of earlier calls.
    """
    result: dict[str, dict[str, Backlink]] = {}
    for topic in book.topics:
        quotes = [(book.transcript[quote.transcript], quote.start, quote.end) for quote in book.quotes_of[topic.slug]]
        for slug, sentence in (
            *explained[topic.slug].linked,
            *_known(known, f"topics/{topic.slug}", book.terms, quotes, topic.slug),
        ):
            _add(result, slug, Backlink(f"topics/{topic.slug}", topic.title, sentence))
    for transcript in book.transcripts if len(book.transcripts) <= _FEW else ():
        page = f"transcripts/{transcript.slug}"
        turns = [(transcript, turn.start, turn.end) for turn in transcript.turns]
        for slug, sentence in _known(known, page, book.terms, turns):
            _add(result, slug, Backlink(page, transcript.title, sentence))
    return {slug: tuple(found.values()) for slug, found in result.items()}


def _add(result: dict[str, dict[str, Backlink]], slug: str, link: Backlink) -> None:
    result.setdefault(slug, {}).setdefault(link.page, link)


def _known(
    known: Memo, page: str, terms: Terms, places: Sequence[tuple[Transcript, int, int]], *seen: str
) -> Sequence[tuple[str, str]]:
    def find() -> Sequence[tuple[str, str]]:
        met = {*seen}
        return [link for place in places for link in _first(terms, *place, met)]

    return known.of(("links", page), (terms, *places), find)


def _first(terms: Terms, transcript: Transcript, start: int, end: int, seen: set[str]) -> Iterator[tuple[str, str]]:
    text = source_map.shown(transcript.source, transcript.edits, start, end)
    hits = relations.first(terms.find(text), seen)
    cut = sentences.spans(text) if hits else []
    for hit in hits:
        first, last = next((span for span in cut if hit.start < span[1]), (0, len(text)))
        start, end = transcript_html.around(text, max(first, hit.start), min(last, hit.end))
        start, end = max(first, start), min(last, end)
        cuts = "…" if start > first else "", "…" if end < last else ""
        yield hit.topic, " ".join(text[start:end].split()).join(cuts)
