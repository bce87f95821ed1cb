"""The proposals that nobody has reviewed yet, and what a curator can do about them, page by page."""

from collections import Counter
from collections.abc import Iterator, Mapping

from talkbook.book.book import Book
from talkbook.model import Topic, Transcript
from talkbook.problems import counted


def counts(book: Book) -> Mapping[str, int]:
    """Return kind of proposal -> how many are waiting, without kinds that have none."""
    waiting = Counter(topic=sum(topic.status == "proposed" for topic in book.topics))
    for transcript in book.transcripts:
        waiting.update(of_transcript(transcript))
    return {kind: count for kind, count in waiting.items() if count}


def of_transcript(transcript: Transcript) -> Mapping[str, int]:
    """Return kind of proposal in a conversation -> how many are waiting."""
    return {
        "section": sum(section.kind == "proposed" for section in transcript.sections),
        "correction": transcript.proposed_corrections,
        "turn": sum(turn.speaker_draft is not None for turn in transcript.turns),
    }


def sentence(waiting: Mapping[str, int]) -> str:
    """Return what is waiting as a sentence, or "" if nothing is."""
    return f"Waiting for review: {_listed(waiting)}." if any(waiting.values()) else ""


def steps(book: Book, uri: str) -> Iterator[str]:
    """Yield sentences that tell a curator what to do next about the page at this URI, if there is anything.

    uri: "topics/NAME", "transcripts/NAME", or "index" for the start page.
    """
    kind, _, slug = uri.partition("/")
    if kind == "topics" and (topic := book.topic.get(slug)):
        yield from _about_topic(topic)
    elif kind == "transcripts" and slug in book.transcript:
        yield from _about_transcript(book, book.transcript[slug])
    elif uri == "index":
        if not book.transcripts:
            yield "There are no conversations yet. Put a transcript into content/transcripts/, and run talkbook draft."
        elif not book.topics:
            yield "There are no topics yet. Run talkbook draft, or write content/topics/NAME.md."
        elif waiting := counts(book):
            yield f"{sentence(waiting)} Their pages say how to accept or refuse them."


def _about_topic(topic: Topic) -> Iterator[str]:
    if topic.status == "proposed":
        yield (
            f"This topic is a proposal. To accept it, write an explanation in {topic.path} and remove "
            "“status: proposed”. To refuse it, delete the file: it won't be proposed again."
        )
    elif not topic.body.strip():
        yield f"This topic has no explanation. Write one in {topic.path}, below the second line of dashes."


def _about_transcript(book: Book, transcript: Transcript) -> Iterator[str]:
    waiting = of_transcript(transcript)
    names = {"section": "sections", "correction": "corrections", "turn": "speakers"}
    if any(waiting.values()):
        keys = " and ".join(f"“proposed_{names[kind]}”" for kind, count in waiting.items() if count)
        yield f"{_listed(waiting)} here. To accept them, remove “proposed_” from {keys} in {transcript.sidecar}."
    if not any(passage.transcript == transcript.slug for topic in book.passages_of.values() for passage in topic):
        yield "No topic has a passage here. Run talkbook draft, or write content/topics/NAME.md."


def _listed(waiting: Mapping[str, int]) -> str:
    rows = [counted(count, f"proposed {kind}") for kind, count in waiting.items() if count]
    return f"{', '.join(rows[:-1])} and {rows[-1]}" if len(rows) > 1 else rows[0]
