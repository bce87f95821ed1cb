"""What Talkbook has proposed and nobody has looked at yet, counted."""

from collections.abc import Mapping

from talkbook.book.build import Book
from talkbook.cli import plural


def counts(book: Book) -> Mapping[str, int]:
    """Kind of proposal -> how many wait, kinds without any left out."""
    found = {
        "topic": sum(topic.status == "proposed" for topic in book.topics),
        "section": sum(section.kind == "proposed" for each in book.transcripts for section in each.sections),
        "correction": sum(each.proposed_corrections for each in book.transcripts),
        "turn": sum(turn.speaker_draft is not None for each in book.transcripts for turn in each.turns),
    }
    return {kind: count for kind, count in found.items() if count}


def sentence(found: Mapping[str, int]) -> str:
    """What waits, in a sentence; "" where nothing does."""
    if not found:
        return ""
    *most, last = [plural.count(count, f"proposed {kind}") for kind, count in found.items()]
    return f"Waiting for somebody to look: {', '.join(most)}{' and ' if most else ''}{last}."
