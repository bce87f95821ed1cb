"""The page of a transcript: a long read with the topics that quote it in the margin."""

from collections.abc import Iterator, Mapping, Sequence

from talkbook.model import Topic, Transcript
from talkbook.pages import old_anchors, places, transcript_html, turns
from talkbook.pages.context import RenderContext, section
from talkbook.pages.page import Page, SearchEntry, TocHeading
from talkbook.transcripts import source_map


def page(context: RenderContext, transcript: Transcript) -> Page:
    """The page of one transcript."""
    uri = f"transcripts/{transcript.slug}"
    quoting: dict[str, dict[str, Topic]] = {}
    for quote in context.book.quotes_in.get(transcript.slug, ()):
        quoting.setdefault(quote.turn, {}).update((slug, context.book.topic[slug]) for slug in quote.topics)
    recording = places.recording(context, transcript, uri)
    html = context.render(
        "transcript",
        uri,
        transcript=transcript,
        said=turns.find(context, transcript, uri, quoting, recording),
        recording=recording,
        report=context.report(transcript),
    )
    made = Page(
        uri=uri,
        title=transcript.title,
        html=html,
        description=transcript.description or f"The full transcript of {transcript.title}.",
        source=transcript.editable,
        contents=tuple(TocHeading(each.id, each.title) for each in transcript.sections if each.kind != "break"),
        entries=(
            SearchEntry("", transcript.title, transcript.description, boost=3.0, transcript=transcript.slug),
            *_entries(transcript, quoting),
        ),
        style=_highlights(transcript_html.parted(html)),
    )
    return old_anchors.noted(context, made)


def _entries(transcript: Transcript, quoting: Mapping[str, Mapping[str, Topic]]) -> Iterator[SearchEntry]:
    spans = [(turn.start, turn.end) for turn in transcript.turns]
    corrections = source_map.inside((edit for edit in transcript.edits if edit.kind == "correction"), spans)
    names = {each.person: each.name for each in transcript.speakers}
    for at, (turn, words) in enumerate(zip(transcript.turns, transcript_html.turns(transcript), strict=True)):
        if not turn.quotable:
            continue
        name = names.get(turn.speaker or "", "")
        who = name or "Unknown speaker"
        part = section(transcript, turn.start)
        heard = [transcript.source[edit.start : edit.end] for edit in corrections.get(at, ())]
        yield SearchEntry(
            turn.id,
            f"{who} · {part.title}" if part else who,
            " ".join([words, *heard]).strip() if heard else words,
            0.7,
            name,
            tuple(quoting.get(turn.id, ())),
            transcript.slug,
        )


def _highlights(names: Sequence[str]) -> str:
    """A rule that lights up, with no script, the later pieces of the passage that the address names."""
    if not names:
        return ""
    pieces = ",\n".join(f":root:has(#{name}:target) [data-quotes={name}]" for name in names)
    return f"{pieces}{{background:var(--tb-highlight)}}"
