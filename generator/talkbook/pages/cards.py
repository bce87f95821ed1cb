"""A quote as a card: its words, who said them and where, and the ways on from there."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from urllib.parse import quote as quote_url

from markupsafe import Markup

from talkbook import layers, media, sentences
from talkbook.media import Media
from talkbook.model import Mention, Quote, Section, Speaker, Topic, Transcript, Turn
from talkbook.pages import site, text
from talkbook.pages.site import Site

_LONGEST_QUESTION = 60  # words of the question shown above an answer


@dataclass(frozen=True, slots=True)
class Card:
    """What a template needs to show a quote."""

    quote: Quote
    transcript: Transcript
    paragraphs: tuple[Markup, ...]
    speaker: Speaker | None
    section: Section | None
    place: str  # "34% in", or a time
    recording: str  # address of the moment in the recording, "" if it is not known
    question: Markup | None
    asker: Speaker | None
    topics: tuple[Topic, ...]
    report: str
    address: str  # of the quote's own page, whole; "" where the site's is not known


def card(web: Site, quote: Quote, uri: str, *, on: str = "", seen: set[str] | None = None) -> Card:
    """The card of a quote on the page at `uri`.

    on: slug of the topic that the page is about. seen: topics that need no further link
    on the page, taken up as they are linked.
    """
    transcript = web.book.transcript[quote.transcript]
    turn = web.turn(quote)
    linked = seen if seen is not None else {on}
    asked = question(transcript, turn)
    seconds = transcript.time_at(quote.start)
    heard = recording(web, transcript, uri)
    spans = [
        (max(quote.start, paragraph.start), min(quote.end, paragraph.end))
        for paragraph in turn.paragraphs
        if paragraph.start < quote.end and quote.start < paragraph.end
    ]
    return Card(
        quote=quote,
        transcript=transcript,
        paragraphs=tuple(
            text.html(transcript, start, end, web.notes(transcript, start, end, uri, linked)) for start, end in spans
        ),
        speaker=transcript.speaker(quote.speaker),
        section=site.section(transcript, quote.start),
        place=place(transcript, quote.start),
        recording=heard.at(seconds) if heard and seconds is not None else "",
        question=text.html(transcript, asked[1], asked[2]) if asked else None,
        asker=transcript.speaker(asked[0].speaker) if asked else None,
        topics=tuple(web.book.topic[slug] for slug in quote.topics if slug != on),
        report=web.report(transcript, quote.start, quote.end),
        address=web.absolute(f"quotes/{quote.id}") if web.url else "",
    )


def question(transcript: Transcript, turn: Turn) -> tuple[Turn, int, int] | None:
    """The question that a turn answers: (turn of the asker, start, end), or None if none is asked.

    It is asked by the turn before, if another speaks there, and reaches from its last
    question mark back as far as about 60 words. A short turn asks without a mark too.
    """
    at = bisect_left(transcript.turns, turn.start, key=attrgetter("start"))
    while at and transcript.turns[at - 1].speaker is None:
        at -= 1  # what nobody knows who said does not ask
    before = transcript.turns[at - 1] if at else None
    if before is None or before.speaker == turn.speaker or not before.quotable:
        return None
    view = layers.Shown(transcript.source, transcript.edits, before.start, before.end)
    cut = sentences.spans(view.text)
    asking = [at for at, (start, end) in enumerate(cut) if view.text[start:end].endswith("?")]
    if not asking and not 4 <= len(view.text.split()) <= _LONGEST_QUESTION:
        return None
    last = asking[-1] if asking else len(cut) - 1
    first = last
    words = len(view.text[slice(*cut[last])].split())
    while first > 0 and (words := words + len(view.text[slice(*cut[first - 1])].split())) <= _LONGEST_QUESTION:
        first -= 1
    return before, *view.span(cut[first][0], cut[last][1])


def recording(web: Site, transcript: Transcript, uri: str) -> Media | None:
    """The recording of a conversation, its address as it is from the page at `uri`; None if there is none."""
    found = media.read(transcript.media)
    if found and "://" not in found.address:
        return Media(found.kind, web.addresses.root(uri) + quote_url(found.address.lstrip("/")))
    return found


def place(transcript: Transcript, offset: int) -> str:
    """Where in the conversation the words at `offset` are said: the time, or how far in."""
    seconds = transcript.time_at(offset)
    return clock(seconds) if seconds is not None else f"{site.share(transcript, offset):.0%} in"


def clock(seconds: float) -> str:
    """Seconds as 1:02:03 or 2:03."""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


@dataclass(frozen=True, slots=True)
class Line:
    """A mention or a quote as one line: some of its words, and where they stand."""

    html: Markup
    cut: tuple[bool, bool]  # whether words are left out before, and after
    anchor: str  # of the paragraph
    transcript: Transcript
    speaker: Speaker | None
    place: str


_AROUND = 70  # characters of a line on either side of the name that it is there for


def line(web: Site, mention: Mention) -> Line:
    """The line of a mention: the words around the topic's name."""
    transcript = web.book.transcript[mention.transcript]
    turn = web.turn(mention)
    view = layers.Shown(transcript.source, transcript.edits, mention.start, mention.end)
    hit = next((hit for hit in web.book.terms.find(view.text) if hit.topic == mention.topic), None)
    first, last = around(view.text, hit.start if hit else 0, hit.end if hit else 0)
    return Line(
        html=text.html(transcript, *view.span(first, last)),
        cut=(first > 0, last < len(view.text)),
        anchor=paragraph_at(turn, mention.start),
        transcript=transcript,
        speaker=transcript.speaker(turn.speaker),
        place=place(transcript, mention.start),
    )


def around(shown: str, start: int, end: int) -> tuple[int, int]:
    """(start, end) of about 70 characters on either side of shown[start:end], cut at words."""
    first = 0 if start <= _AROUND else shown.find(" ", start - _AROUND) + 1
    last = len(shown) if end + _AROUND >= len(shown) else shown.rfind(" ", end, end + _AROUND)
    return min(first, start), max(last, end)


def paragraph_at(turn: Turn, offset: int) -> str:
    """The id of the paragraph that holds the character at `offset`."""
    inside: Sequence[str] = [each.id for each in turn.paragraphs if each.start <= offset < each.end]
    return inside[0] if inside else turn.id
