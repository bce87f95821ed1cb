"""A topic's explanation: its untrusted Markdown as HTML, with links to other topics."""

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple
from urllib.parse import unquote

from markupsafe import Markup, escape

from talkbook.book import relations
from talkbook.book.book import Book
from talkbook.matching.topic_names import NameHit, Terms
from talkbook.model import Topic
from talkbook.pages.explanations import explanation_markdown, explanation_sections
from talkbook.pages.explanations.explanation_sections import Chapter
from talkbook.pages.page import Addresses
from talkbook.problems import Problem, did_you_mean
from talkbook.runtime.memo import Memo
from talkbook.text import ids, sentences

_TAG = re.compile(r"(<[^<>]*>)")
_HREF = re.compile(r'<a href="([^"]*)"')
_OWN = re.compile(r"(?!/)(?:(?P<folder>[^:?#]*)/)?(?P<name>[^:?#/]+)\.md(?:#(?P<anchor>.*))?")
_KINDS = ("transcripts", "people", "quotes")
_CLOSED = {"a", "code", "pre", "h1", "h2", "h3", "h4", "abbr"}  # no links are made inside these
Link = Callable[[str, str], str]
_ENDS = {"</p>", "</li>", "</td>", "</th>", "</h2>", "</h3>", "</h4>", "</blockquote>"}


@dataclass(frozen=True, slots=True)
class Explanation:
    """A topic's explanation. linked: (slug, sentence) for each link to another topic."""

    html: Markup
    chapters: tuple[Chapter, ...]
    linked: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


def explain_all(book: Book, addresses: Addresses, known: Memo) -> Mapping[str, Explanation]:
    """Return slug of a topic -> its explanation, as its page shows it. known: results of earlier calls."""
    # A short form that names a topic needs no explanation, as it is a link.
    glossary = {short: meaning for short, meaning in book.lexicon.abbreviations.items() if not book.terms.find(short)}

    def one(topic: Topic) -> Explanation:
        link = partial(addresses.link, f"topics/{topic.slug}")
        return render(topic, book.terms, book.topic, link, glossary)

    around = book.terms, [*book.topic], glossary, addresses
    return {
        topic.slug: known.of(("explained", topic.slug), (topic, *around), partial(one, topic)) for topic in book.topics
    }


def render(
    topic: Topic, terms: Terms, known: Mapping[str, Topic], link: Link, abbreviations: Mapping[str, str]
) -> Explanation:
    """Return the topic's body as HTML, with a link where another topic is named first.

    terms: the names of all topics.
    known: slug -> topic, for all topics.
    link: returns the address of a page; called with its URI and an anchor.
    abbreviations: short form -> long form.
    """
    pieces = _TAG.split(explanation_markdown.html(topic.body, tuple(abbreviations.items())))
    text = _Text(pieces)
    owns = [_target(piece, known) for piece in pieces]
    seen = {topic.slug, *(own.slug for own in owns if own)}
    linked: list[tuple[str, str]] = []
    problems: list[Problem] = []
    opened: list[str] = []
    result: list[str] = []
    for at, (piece, own) in enumerate(zip(pieces, owns, strict=True)):
        if piece.startswith("<"):
            _track(opened, piece)
        if own and own.dead:
            problems.append(_missing_topic(topic, own.dead, known))
            result.append("<a>")
        elif own:
            if own.slug:
                linked.append((own.slug, text.sentence(at)))
            result.append(f'<a href="{escape(link(own.uri, own.anchor))}">')
        elif piece.startswith("<") or _CLOSED.intersection(opened):
            result.append(piece)
        else:
            hits = relations.first(terms.find(piece), seen)
            linked.extend((hit.topic, text.sentence(at, hit.start)) for hit in hits)
            result.append(_link(piece, hits, link))
    made = "".join(result)
    return Explanation(Markup(made), explanation_sections.split(made), tuple(linked), tuple(problems))


class _Target(NamedTuple):
    """The target of a link to a page of the book. slug: a topic, "" for others. dead: a topic that doesn't exist."""

    uri: str
    anchor: str
    slug: str = ""
    dead: str = ""


def _target(piece: str, known: Mapping[str, Topic]) -> _Target | None:
    href = _HREF.match(piece)
    match = _OWN.fullmatch(unquote(html.unescape(href[1]))) if href else None
    if match is None:
        return None
    folder, name, anchor = match["folder"] or "", match["name"], match["anchor"] or ""
    kind, slug = folder.rpartition("/")[2], ids.slug(name)
    if kind in _KINDS or (name == "index" and kind in ("", ".", "topics")):
        return _Target(f"{kind if kind in _KINDS else 'topics'}/{name if name == 'index' else slug}", anchor)
    if slug in known:
        return _Target(f"topics/{slug}", anchor, slug)
    return _Target("", "", dead=name) if folder in ("", ".") else None  # may be a handwritten page


def _track(opened: list[str], tag: str) -> None:
    name = tag.strip("</>").split()[0].lower()
    if tag.startswith("</"):
        if name in opened:
            del opened[len(opened) - 1 - opened[::-1].index(name) :]
    elif name not in ("br", "hr"):
        opened.append(name)


def _missing_topic(topic: Topic, name: str, known: Mapping[str, Topic]) -> Problem:
    before, found, _ = topic.body.partition(f"{name}.md")
    line = topic.body_line + (before.count("\n") if found else 0)
    hint = did_you_mean(name, known) or "Write that topic, or remove the link."
    return Problem(topic.path, line, f'There is no topic "{name}" to link to.', hint)


def _link(piece: str, hits: Sequence[NameHit], link: Link) -> str:
    result, at = [], 0
    for hit in hits:
        name = piece[hit.start : hit.end]
        result += [piece[at : hit.start], f'<a href="{escape(link(f"topics/{hit.topic}", ""))}">{name}</a>']
        at = hit.end
    return "".join([*result, piece[at:]])


class _Text:
    """The text of HTML that is cut into tags and texts, for finding the sentence around a place."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._starts: list[int] = []
        words: list[str] = []
        length = 0
        for piece in pieces:
            self._starts.append(length)
            text = html.unescape(piece) if not piece.startswith("<") else "\n\n" if piece in _ENDS else ""
            words.append(text)
            length += len(text)
        self._text = "".join(words)
        self._sentences = sentences.spans(self._text)

    def sentence(self, piece: int, offset: int = 0) -> str:
        """Return the sentence that contains the character at `offset` of a piece."""
        at = self._starts[piece] + offset
        start, end = next(((start, end) for start, end in self._sentences if at < end), (0, len(self._text)))
        return " ".join(self._text[start:end].split())
