"""A topic's explanation: Markdown that nobody trusts, made into HTML with links to other topics."""

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import markdown
import nh3
from markupsafe import Markup, escape

from talkbook import links, sentences
from talkbook.book import Book
from talkbook.known import Known
from talkbook.matching.terms import Hit, Terms
from talkbook.model import Topic
from talkbook.pages.page import Addresses
from talkbook.problems import Problem, did_you_mean

_TAG = re.compile(r"(<[^>]*>)")
_HREF = re.compile(r'<a href="([^"]*)"')
_OWN = re.compile(r"^(?:\./)?(?P<slug>[\w-]+)\.md(?:#[\w-]*)?$")
_CLOSED = {"a", "code", "pre", "h1", "h2", "h3", "h4", "abbr"}  # no link may stand in these
_ENDS = {"</p>", "</li>", "</td>", "</th>", "</h2>", "</h3>", "</h4>", "</blockquote>"}


@dataclass(frozen=True, slots=True)
class Explanation:
    """HTML, the topics that it links to with the sentences that do so, and what is wrong with it."""

    html: Markup
    linked: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


def every(book: Book, addresses: Addresses, known: Known) -> Mapping[str, Explanation]:
    """By its slug, each topic's explanation as it stands on its page. known: what was made before."""
    # Where a short form names a topic, the link says what it means.
    glossary = {short: meaning for short, meaning in book.lexicon.abbreviations.items() if not book.terms.find(short)}

    def one(topic: Topic) -> Explanation:
        def link(slug: str) -> str:
            return addresses.link(f"topics/{topic.slug}", f"topics/{slug}")

        return render(topic, book.terms, book.topic, link, glossary)

    around = book.terms, [*book.topic], glossary, addresses
    return {each.slug: known.of(("explained", each.slug), (each, *around), partial(one, each)) for each in book.topics}


def render(
    topic: Topic, terms: Terms, known: Mapping[str, Topic], link: Callable[[str], str], abbreviations: Mapping[str, str]
) -> Explanation:
    """The topic's body as HTML.

    link: the address of a topic by its slug. abbreviations: short form -> long form.
    Raw HTML in the body is shown as text; of what Markdown makes only safe tags stay.
    """
    pieces = _TAG.split(_convert(topic.body, tuple(abbreviations.items())))
    text = _Text(pieces)
    seen = {topic.slug} | {match["slug"] for piece in pieces if (match := _own(piece))}
    linked: list[tuple[str, str]] = []
    problems: list[Problem] = []
    opened: list[str] = []
    result: list[str] = []
    for at, piece in enumerate(pieces):
        own = _own(piece)
        if piece.startswith("<"):
            _track(opened, piece)
        if own and own["slug"] in known:
            linked.append((own["slug"], text.sentence(at)))
            result.append(f'<a href="{escape(link(own["slug"]))}">')
        elif own:
            problems.append(_dead(topic, own["slug"], known))
            result.append("<a>")
        elif piece.startswith("<") or _CLOSED.intersection(opened):
            result.append(piece)
        else:
            hits = links.first(terms.find(piece), seen)
            linked.extend((hit.topic, text.sentence(at, hit.start)) for hit in hits)
            result.append(_link(piece, hits, link))
    return Explanation(Markup("".join(result)), tuple(linked), tuple(problems))


@lru_cache(maxsize=2_000)  # while somebody edits, most bodies stay as they are
def _convert(body: str, abbreviations: tuple[tuple[str, str], ...]) -> str:
    converter = markdown.Markdown(extensions=["tables", "sane_lists", "abbr"], output_format="html")
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    glossary = "".join(f"\n\n*[{short}]: {meaning}" for short, meaning in abbreviations)
    return nh3.clean(converter.convert(body + glossary), tags=_ALLOWED, attributes=_ATTRIBUTES, link_rel=None)


_ALLOWED = set(
    "p br hr strong em code pre ul ol li blockquote h2 h3 h4 table thead tbody tr th td a abbr sup sub".split()
)
_ATTRIBUTES = {"a": {"href", "title"}, "abbr": {"title"}, "ol": {"start"}}


def _own(piece: str) -> re.Match[str] | None:
    href = _HREF.match(piece)
    return _OWN.match(html.unescape(href[1])) if href else None


def _track(opened: list[str], tag: str) -> None:
    name = tag.strip("</>").split()[0].lower()
    if tag.startswith("</"):
        if name in opened:
            del opened[len(opened) - 1 - opened[::-1].index(name) :]
    elif name not in ("br", "hr"):
        opened.append(name)


def _dead(topic: Topic, slug: str, known: Mapping[str, Topic]) -> Problem:
    before = topic.body.partition(f"{slug}.md")[0]
    cure = did_you_mean(slug, known) or "Write that topic, or take the link out."
    return Problem(topic.path, topic.body_line + before.count("\n"), f'There is no topic "{slug}" to link to.', cure)


def _link(piece: str, hits: Sequence[Hit], link: Callable[[str], str]) -> str:
    result, at = [], 0
    for hit in hits:
        name = piece[hit.start : hit.end]
        result += [piece[at : hit.start], f'<a href="{escape(link(hit.topic))}">{name}</a>']
        at = hit.end
    return "".join([*result, piece[at:]])


class _Text:
    """The words of HTML in pieces, to find the sentence around a place."""

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
        """The sentence that holds the character at `offset` of a piece."""
        at = self._starts[piece] + offset
        start, end = next(((start, end) for start, end in self._sentences if at < end), (0, len(self._text)))
        return " ".join(self._text[start:end].split())
