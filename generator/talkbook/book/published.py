"""Compare what a book may publish with what was published before."""

from collections.abc import Iterable

from talkbook.book.book import Book
from talkbook.text.masking import MASK


def book_is_unsafe(before: Book, now: Book) -> bool:
    """Return whether anything that `before` shows may be private now, so that nothing of it may be kept.

    That is so if a conversation is gone or withheld, or if its source has changed and contains private passages.
    """
    for transcript in before.transcripts:
        then = now.transcript.get(transcript.slug)
        if then is None or (then is not transcript and then.source != transcript.source and MASK in then.source):
            return True
    return False


def site_is_unsafe(now: Book, slugs: Iterable[str]) -> bool:
    """Return whether a site that was built earlier may show what is private now.

    That is so if anything is private or withheld, or if a conversation that the site shows is gone.

    slugs: the conversations that it shows.
    """
    return bool(now.hidden or now.withheld) or any(slug not in now.transcript for slug in slugs)


def same_conversations(before: Book, now: Book) -> bool:
    """Return whether all conversations that `before` shows are the same now."""
    return all(now.transcript.get(transcript.slug) == transcript for transcript in before.transcripts)
