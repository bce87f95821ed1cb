"""The page of a transcript: a long read with the topics that quote it in the margin."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from talkbook import layers
from talkbook.model import Topic, Transcript, Turn
from talkbook.pages import cards, moved, text, turns
from talkbook.pages.page import Entry, Heading, Page
from talkbook.pages.site import Site, section


def page(web: Site, transcript: Transcript) -> Page:
    """The page of one transcript."""
    uri = f"transcripts/{transcript.slug}"
    quoting: dict[str, dict[str, Topic]] = {}
    for quote in web.book.quotes_in.get(transcript.slug, ()):
        quoting.setdefault(quote.turn, {}).update((slug, web.book.topic[slug]) for slug in quote.topics)
    shown = {turn.id: text.plain(transcript, turn.start, turn.end) for turn in transcript.turns}
    recording = cards.recording(web, transcript, uri)
    html = web.render(
        "transcript",
        uri,
        transcript=transcript,
        said=list(turns.find(web, transcript, uri, quoting, shown, recording)),
        recording=recording,
        report=_report(web, transcript),
    )
    made = Page(
        uri=uri,
        title=transcript.title,
        html=html,
        description=transcript.description or f"The full transcript of {transcript.title}.",
        source=transcript.sidecar or transcript.path,
        contents=tuple(Heading(each.id, each.title) for each in transcript.sections),
        entries=(
            Entry("", transcript.title, transcript.description, boost=3.0, transcript=transcript.slug),
            *(
                _entry(transcript, turn, shown[turn.id], quoting.get(turn.id, {}))
                for turn in transcript.turns
                if turn.quotable
            ),
        ),
        style=_highlights(text.parted(html)),
    )
    return moved.noted(web, made)


def _report(web: Site, transcript: Transcript) -> str:
    """The address at which an error can be reported, "" without a repository. A script adds what passage it is in."""
    if not web.repository:
        return ""
    body = f"In `{transcript.path}`:\n\nWhat is wrong, and what should it say?\n"
    query = urlencode({"title": f"Error in {transcript.title}", "body": body})
    return f"{web.repository.rstrip('/')}/issues/new?{query}"


def _entry(transcript: Transcript, turn: Turn, shown: str, topics: Mapping[str, Topic]) -> Entry:
    speaker = transcript.speaker(turn.speaker)
    part = section(transcript, turn.start)
    title = " · ".join([speaker.name if speaker else "Unknown speaker", *([part.title] if part else [])])
    heard = " ".join(
        transcript.source[edit.start : edit.end]
        for edit in layers.within(transcript.edits, turn.start, turn.end)
        if edit.kind == "correction"
    )
    return Entry(
        turn.id,
        title,
        f"{shown} {heard}".strip(),
        boost=0.7,
        speaker=speaker.name if speaker else "",
        topics=tuple(topics),
        transcript=transcript.slug,
    )


def _highlights(names: Sequence[str]) -> str:
    """A rule that lights up, with no script, the later pieces of the passage that the address names."""
    if not names:
        return ""
    pieces = ",\n".join(f":root:has(#{name}:target) [data-quotes={name}]" for name in names)
    return f"{pieces}{{background:var(--tb-highlight)}}"
