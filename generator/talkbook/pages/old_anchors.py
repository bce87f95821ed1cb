"""Old anchors on a page: notes that, without any script, are shown only to readers who follow an old link."""

from dataclasses import replace

from markupsafe import Markup

from talkbook.model import Transcript
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Page
from talkbook.pages.transcript_html import PassageMark
from talkbook.sources.ledger import WITHDRAWN
from talkbook.transcripts import source_map

_STYLE = ".tb-moved:not(:target){display:none}"


def with_notes(context: RenderContext, page: Page) -> Page:
    """Return the page with a note for each of its old anchors that leads elsewhere now."""
    targets = context.old_addresses.notes.get(page.uri)
    if not targets:
        return page
    notes = Markup("\n").join(_note(context, page.uri, anchor, target) for anchor, target in sorted(targets.items()))
    return replace(page, html=f"{page.html}\n{notes}\n", style=f"{page.style}\n{_STYLE}".lstrip())


def _note(context: RenderContext, uri: str, anchor: str, target: str) -> Markup:
    if target == WITHDRAWN:
        return Markup('<p class="tb-moved" id="{}">What this link led to has been withdrawn.</p>').format(anchor)
    page, _, name = target.partition("#")
    address = context.site.addresses.link(uri, page, name)
    what = "quote" if target.startswith("quotes/") or anchor.startswith("q-") else "passage"
    return Markup(
        '<p class="tb-moved" id="{}">The {} that this link led to has moved: <a href="{}">go to it</a>.</p>'
    ).format(anchor, what, address)


def marks(context: RenderContext, transcript: Transcript) -> list[PassageMark]:
    """Return the marks of old anchors in a transcript, extended so that they contain whole edits."""
    return [
        PassageMark(*_with_whole_edits(transcript, passage.start, passage.end), passage.id)
        for passage in context.old_addresses.passages.get(transcript.slug, ())
    ]


def _with_whole_edits(transcript: Transcript, start: int, end: int) -> tuple[int, int]:
    met = source_map.within(transcript.edits, start, end)
    return min([start, *(edit.start for edit in met)]), max([end, *(edit.end for edit in met)])
