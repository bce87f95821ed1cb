"""The page of a transcript, with the topics that quote it in the margin, and the page of a withheld one."""

from collections.abc import Sequence

from talkbook.model import Transcript, Withheld
from talkbook.pages import old_anchors, places, transcript_html
from talkbook.pages.context import RenderContext
from talkbook.pages.conversations import search_entries, turn_views
from talkbook.pages.page import Page, TocHeading

_WITHHELD = "This conversation is withheld"


def page(context: RenderContext, transcript: Transcript) -> Page:
    """Return the page of a transcript."""
    uri = f"transcripts/{transcript.slug}"
    quoting = search_entries.quoting(context, transcript)
    recording = places.recording(context, transcript, uri)
    html = context.render(
        "transcript",
        uri,
        transcript=transcript,
        turns=turn_views.views(context, transcript, uri, quoting, recording),
        recording=recording,
        report=context.report(transcript),
    )
    made = Page(
        uri=uri,
        title=transcript.title,
        html=html,
        description=transcript.description or f"The full transcript of {transcript.title}.",
        source=transcript.editable,
        contents=tuple(
            TocHeading(section.id, section.title) for section in transcript.sections if section.kind != "break"
        ),
        entries=tuple(search_entries.entries(context, transcript)),
        style=_highlights(transcript_html.in_several_pieces(html)),
    )
    return old_anchors.with_notes(context, made)


def withheld_page(context: RenderContext, withheld: Withheld) -> Page:
    """Return the page of a withheld conversation. It shows nothing of it, and search finds nothing on it."""
    uri = f"transcripts/{withheld.slug}"
    html = context.render("withheld", uri, title=_WITHHELD)
    return Page(uri, _WITHHELD, html, head='<meta name="robots" content="noindex">')


def _highlights(names: Sequence[str]) -> str:
    """Return a CSS rule that highlights all pieces of the passage named by the address if no script runs."""
    if not names:
        return ""
    pieces = ",\n".join(f".no-js:has(#{name}:target) [data-quotes={name}]" for name in names)
    return f"{pieces}{{background:var(--tb-highlight)}}"
